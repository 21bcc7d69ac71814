//! The two records of masking in and out of storage, sealed and written on condition of their revision.
//! It decides nothing about them.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::flow::session::Session;
use crate::flow::stop::Stop;
use crate::protocol::op::{EntityGet, Transact};
use crate::protocol::{Condition, FailCode, Fault, Set, Test};
use crate::record::{self, Class, MaskingPolicy, MaskingReport, entity, key};

/// A record of masking.
pub(super) trait Row: Default + Clone + PartialEq + Serialize + DeserializeOwned {
    /// Its key in the entity.
    const KEY: &'static str;
}

impl Row for MaskingPolicy {
    const KEY: &'static str = key::MASKING_POLICY;
}

impl Row for MaskingReport {
    const KEY: &'static str = key::MASKING_REPORT;
}

impl Session {
    /// Reads a record of masking; the default when there is none.
    ///
    /// # Errors
    /// When storage does not answer, or what is stored does not open.
    pub(super) async fn masking<R: Row>(&self) -> Result<(R, u64), Stop> {
        let get = EntityGet { entity: entity::MASKING, key: R::KEY.to_owned() };
        let Some(value) = self.host.perform(get).await?.value else { return Ok((R::default(), 0)) };
        let rev = value.get("rev").and_then(Value::as_u64).ok_or(Fault::StorageUnreadable)?;
        let body = value.get("body").and_then(Value::as_str).ok_or(Fault::StorageUnreadable)?;
        let plaintext = self.open_sealed(Class::Masking, R::KEY, rev, body)?;
        let row = record::decode(plaintext.expose()).map_err(|_| Fault::StorageUnreadable)?;
        Ok((row, rev))
    }

    /// Reads a record, changes it and writes it on condition that nobody wrote meanwhile; else once more from the start.
    ///
    /// # Errors
    /// What `change` says; [`FailCode::Conflict`] when others kept writing.
    pub(super) async fn change_masking<R: Row, T>(
        &self,
        mut change: impl FnMut(&mut R) -> Result<T, Stop>,
    ) -> Result<(R, T), Stop> {
        let mut last = Stop::Failed(FailCode::Conflict);
        for _ in 0..ATTEMPTS {
            let (mut row, rev) = self.masking::<R>().await?;
            let before = row.clone();
            let outcome = change(&mut row)?;
            if row == before {
                return Ok((row, outcome));
            }
            match self.write_masking(&row, rev).await {
                Ok(()) => return Ok((row, outcome)),
                Err(stop @ Stop::Failed(FailCode::Conflict)) => last = stop,
                Err(stop) => return Err(stop),
            }
        }
        Err(last)
    }

    async fn write_masking<R: Row>(&self, row: &R, rev: u64) -> Result<(), Stop> {
        let next = rev.saturating_add(1);
        let body = self.seal(Class::Masking, R::KEY, next, &record::encode(row))?;
        let (condition, values) = match rev {
            0 => (Test::NotExists, Vec::new()),
            rev => (Test::EqualTo, vec![json!(rev)]),
        };
        let set = Set {
            entity: Some(entity::MASKING),
            key: R::KEY.to_owned(),
            value: json!({"rev": next, "body": body}),
            ttl_seconds: None,
            conditions: vec![Condition { property: entity::REV, condition, values }],
        };
        self.host.perform(Transact { set: vec![set], delete: Vec::new() }).await?;
        Ok(())
    }
}

const ATTEMPTS: usize = 5;
