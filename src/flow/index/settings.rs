//! The admin's choices for the index in and out of storage: one sealed record, written conditionally on its revision.
//! It decides nothing about them.

use serde_json::{Value, json};

use crate::flow::session::Session;
use crate::flow::stop::Stop;
use crate::protocol::op::{EntityGet, Transact};
use crate::protocol::{Condition, FailCode, Fault, Set, Test};
use crate::record::{self, Class, IndexSettings, entity, key};
use crate::search::plan::Spent;

/// The choices with the revision they were read at; only that revision can be written over.
#[derive(Debug, Clone, Default)]
pub(super) struct Kept {
    pub(super) settings: IndexSettings,
    rev: u64,
    /// What reading them cost.
    pub(super) spent: Spent,
}

impl Session {
    /// Reads the choices; the defaults when there are none.
    pub(super) async fn index_settings(&self) -> Result<Kept, Stop> {
        let get = EntityGet { entity: entity::INDEX, key: key::INDEX_SETTINGS.to_owned() };
        let mut spent = Spent::default();
        let Some(value) = self.host.perform(get).await?.value else {
            spent.add(0);
            return Ok(Kept { spent, ..Kept::default() });
        };
        let rev = value.get("rev").and_then(Value::as_u64).ok_or(Fault::StorageUnreadable)?;
        let body = value.get("body").and_then(Value::as_str).ok_or(Fault::StorageUnreadable)?;
        spent.add(u64::try_from(body.len()).unwrap_or(u64::MAX));
        let plaintext = self.open_sealed(Class::IndexSettings, key::INDEX_SETTINGS, rev, body)?;
        let settings = record::decode(plaintext.expose()).map_err(|_| Fault::StorageUnreadable)?;
        Ok(Kept { settings, rev, spent })
    }

    /// Reads the choices, changes them and writes them on condition that nobody wrote meanwhile; else once more from the start.
    ///
    /// # Errors
    /// What `change` says; [`FailCode::Conflict`] when others kept writing.
    pub(in crate::flow) async fn change_index_settings<T>(
        &self,
        mut change: impl FnMut(&mut IndexSettings) -> Result<T, Stop>,
    ) -> Result<(IndexSettings, T), Stop> {
        let mut last = Stop::Failed(FailCode::Conflict);
        for _ in 0..ATTEMPTS {
            let mut kept = self.index_settings().await?;
            let before = kept.settings.clone();
            let outcome = change(&mut kept.settings)?;
            if kept.settings == before {
                return Ok((kept.settings, outcome));
            }
            match self.write_index_settings(&kept).await {
                Ok(()) => return Ok((kept.settings, outcome)),
                Err(stop @ Stop::Failed(FailCode::Conflict)) => last = stop,
                Err(stop) => return Err(stop),
            }
        }
        Err(last)
    }

    async fn write_index_settings(&self, kept: &Kept) -> Result<(), Stop> {
        let next = kept.rev.saturating_add(1);
        let body = self.seal(Class::IndexSettings, key::INDEX_SETTINGS, next, &record::encode(&kept.settings))?;
        let (condition, values) = match kept.rev {
            0 => (Test::NotExists, Vec::new()),
            rev => (Test::EqualTo, vec![json!(rev)]),
        };
        let set = Set {
            entity: Some(entity::INDEX),
            key: key::INDEX_SETTINGS.to_owned(),
            value: json!({"rev": next, "body": body}),
            ttl_seconds: None,
            conditions: vec![Condition { property: entity::REV, condition, values }],
        };
        self.host.perform(Transact { set: vec![set], delete: Vec::new() }).await?;
        Ok(())
    }
}

const ATTEMPTS: usize = 5;
