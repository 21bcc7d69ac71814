//! Segments become one: read, merged and written a few values at a time, visible in one step.
//! It decides no merge; the manifest does.

use super::write::random_id;
use crate::flow::session::Session;
use crate::flow::stop::Stop;
use crate::protocol::{Fault, Millis};
use crate::search::manifest::{Entry, Form, Manifest};
use crate::search::segment::merge::{Living, Values, merge};
use crate::search::segment::{Broken, SegmentId, ValueKey, ValueName};

/// What a merge did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Merged {
    /// Segments that became one; 0 when there was nothing to do.
    pub(crate) segments: u32,
    /// Bytes of the values written, as stored.
    pub(crate) bytes: u64,
    /// Whether there is more to merge.
    pub(crate) more: bool,
}

impl Session {
    /// Merges once, if the index would be better off.
    ///
    /// # Errors
    /// What storage says, [`Fault::StorageUnreadable`] when a value cannot be read; the index is as before then.
    pub(crate) async fn merge_segments(&self) -> Result<Merged, Stop> {
        let manifest = self.manifest().await?;
        let Some(ids) = manifest.to_merge() else { return Ok(Merged::default()) };
        let id = random_id()?;
        let inputs: Vec<&Entry> = manifest.segments.iter().filter(|entry| ids.contains(&entry.id)).collect();
        let now = self.host.now();
        let values = most(&inputs);
        self.change_manifest(|manifest| {
            manifest.build(id, now.as_seconds(), values);
            Ok(())
        })
        .await?;
        let names: Vec<&str> = manifest.containers.iter().map(|container| container.name.as_str()).collect();
        let living = Living { tombstones: &manifest.tombstones, containers: &names, since: since(&manifest, now) };
        let mut store = Store { session: self, id, days: manifest.ttl_days, bytes: 0 };
        let merged = merge(id, &inputs, living, manifest.space.as_ref(), &mut store).await?;
        let bytes = store.bytes;
        let (replaced, more) = self
            .change_manifest(|now| {
                let is_there = now.building.iter().any(|building| building.id == id);
                let replaced = is_there && now.replace(&ids, merged.entry.clone(), &merged.groups, manifest.next_seq);
                Ok((replaced, now.to_merge().is_some()))
            })
            .await?;
        // Somebody else took an input away: what was written is swept with the builds that never ended.
        let segments = if replaced { u32::try_from(ids.len()).unwrap_or(u32::MAX) } else { 0 };
        Ok(Merged { segments, bytes, more })
    }
}

/// The first day whose documents live on.
fn since(manifest: &Manifest, now: Millis) -> u32 {
    if manifest.ttl_days == 0 { 0 } else { now.as_days().saturating_sub(u32::from(manifest.ttl_days)) }
}

/// The greatest number of values of one kind a merge of these can write, about.
fn most(inputs: &[&Entry]) -> u32 {
    let values = inputs.iter().map(|entry| match &entry.form {
        Form::Single => 16,
        Form::Cut(routing) => routing.terms.len().max(routing.documents.len()).max(routing.vectors.len()) + 16,
    });
    u32::try_from(values.sum::<usize>()).unwrap_or(u32::MAX)
}

struct Store<'a> {
    session: &'a Session,
    id: SegmentId,
    days: u16,
    bytes: u64,
}

impl From<Broken> for Stop {
    fn from(_: Broken) -> Self {
        Fault::StorageUnreadable.into()
    }
}

impl Values for Store<'_> {
    type Error = Stop;

    async fn read(&mut self, keys: &[ValueKey]) -> Result<Vec<Vec<u8>>, Stop> {
        let read = self.session.read_values(keys).await;
        read.into_iter().map(|(_, _, value)| value.map_err(|_| Fault::StorageUnreadable.into())).collect()
    }

    async fn write(&mut self, values: Vec<(ValueName, Vec<u8>)>) -> Result<(), Stop> {
        self.bytes = self.bytes.saturating_add(self.session.write_values(self.id, values, self.days).await?);
        Ok(())
    }
}
