//! Values of the index in the store: read, written and deleted, as many at once as the platform takes.
//! It knows their names and nothing of what they hold.

use crate::flow::session::Session;
use crate::flow::stop::Stop;
use crate::flow::task::together;
use crate::protocol::op::{KvDelete, KvGet, KvSet};
use crate::protocol::{FailCode, Millis};
use crate::record::{Class, key};
use crate::search::plan::Unreadable;
use crate::search::segment::{SegmentId, ValueKey, ValueName};

/// A value as read: its length as stored, and what it holds.
pub(super) type Read = (ValueKey, u64, Result<Vec<u8>, Unreadable>);

impl Session {
    /// Reads values concurrently, in the order of the keys.
    pub(super) async fn read_values(&self, keys: &[ValueKey]) -> Vec<Read> {
        let mut all = Vec::new();
        for keys in keys.chunks(AT_ONCE) {
            all.extend(together(keys.iter().map(|value| self.read_value(*value)).collect()).await);
        }
        all
    }

    async fn read_value(&self, value: ValueKey) -> Read {
        let name = key::index_value(&value);
        match self.host.perform(KvGet::of(name.clone())).await {
            Err(_) => (value, 0, Err(Unreadable::Storage)),
            Ok(stored) => match stored.value {
                None => (value, 0, Err(Unreadable::Missing)),
                Some(sealed) => {
                    let opened = self.open_sealed(Class::Index, &name, VERSION, &sealed);
                    let bytes = opened.map(|bytes| bytes.expose().to_vec()).map_err(|_| Unreadable::Sealed);
                    (value, u64::try_from(sealed.len()).unwrap_or(u64::MAX), bytes)
                }
            },
        }
    }

    /// Writes values of a segment concurrently; how many bytes as stored.
    ///
    /// # Errors
    /// What storage says; some may be written then.
    pub(super) async fn write_values(
        &self,
        segment: SegmentId,
        values: Vec<(ValueName, Vec<u8>)>,
        days: u16,
    ) -> Result<u64, Stop> {
        let ttl = u64::from(days).saturating_add(SLACK_DAYS).saturating_mul(24 * 3_600);
        let mut bytes = 0_u64;
        let mut values = values.into_iter();
        loop {
            let mut writes = Vec::new();
            for (name, value) in values.by_ref().take(AT_ONCE) {
                let name = key::index_value(&ValueKey { segment, name });
                let sealed = self.seal(Class::Index, &name, VERSION, &value)?;
                bytes = bytes.saturating_add(u64::try_from(sealed.len()).unwrap_or(0));
                writes.push(self.host.perform(KvSet { key: name, value: sealed, ttl_seconds: Some(ttl) }));
            }
            if writes.is_empty() {
                return Ok(bytes);
            }
            together(writes).await.into_iter().collect::<Result<Vec<_>, _>>()?;
        }
    }

    /// Deletes values while there is time; how many.
    ///
    /// # Errors
    /// What storage says.
    pub(super) async fn delete_values(&self, keys: &[ValueKey]) -> Result<usize, Stop> {
        let mut deleted = 0;
        for keys in keys.chunks(AT_ONCE) {
            if self.host.left() < ENOUGH {
                return Err(Stop::Failed(FailCode::Deadline));
            }
            let deletes = keys.iter().map(|value| self.host.perform(KvDelete { key: key::index_value(value) }));
            together(deletes.collect()).await.into_iter().collect::<Result<Vec<_>, _>>()?;
            deleted += keys.len();
        }
        Ok(deleted)
    }
}

/// A value never changes under its key.
const VERSION: u64 = 1;
/// Effects at once.
const AT_ONCE: usize = 24;
/// Values outlive the documents they hold, which leave by their own day.
const SLACK_DAYS: u64 = 7;
const ENOUGH: Millis = Millis(1_500);
