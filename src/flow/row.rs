//! A record with a revision: one row of an entity, sealed, and written only over the revision it was read at.
//! It knows no record; whoever keeps one says where it lies.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::session::Session;
use super::stop::Stop;
pub(super) use super::store::PAGE;
use crate::protocol::op::{Entities, EntityGet, EntityQuery, Transact};
use crate::protocol::{Condition, FailCode, Fault, Set, Test};
use crate::record::{self, Class, entity};
use crate::vault::SecretBytes;

/// Where a row lies, and as what it is sealed.
#[derive(Debug, Clone, Copy)]
pub(super) struct Address<'a> {
    pub(super) entity: &'static str,
    pub(super) key: &'a str,
    pub(super) class: Class,
}

/// A row's content with what it was read at.
pub(super) struct Opened {
    pub(super) plaintext: SecretBytes,
    pub(super) rev: u64,
    /// Bytes as stored.
    pub(super) stored: u64,
}

/// What a row can hold; the default until somebody writes it.
pub(super) trait Content: Default + Clone + PartialEq + Serialize + DeserializeOwned {}

impl<R: Default + Clone + PartialEq + Serialize + DeserializeOwned> Content for R {}

/// A record of which an installation has one.
pub(super) trait Row: Content {
    /// Where it lies.
    const ADDRESS: Address<'static>;
}

/// Such a record with the revision it was read at; only that revision can be written over.
pub(super) struct Kept<R> {
    pub(super) row: R,
    pub(super) rev: u64,
    /// Bytes as stored; none when it is the default.
    pub(super) stored: u64,
}

impl Session {
    /// Reads a record; the default when there is none.
    ///
    /// # Errors
    /// When storage does not answer, or what is stored does not open.
    pub(super) async fn row<R: Row>(&self) -> Result<Kept<R>, Stop> {
        self.row_at(R::ADDRESS).await
    }

    /// Reads a record of which there are many.
    ///
    /// # Errors
    /// As [`Session::row`].
    pub(super) async fn row_at<R: Content>(&self, at: Address<'_>) -> Result<Kept<R>, Stop> {
        let Some(Opened { plaintext, rev, stored }) = self.read_row(at).await? else {
            return Ok(Kept { row: R::default(), rev: 0, stored: 0 });
        };
        let row = record::decode(plaintext.expose()).map_err(|_| Fault::StorageUnreadable)?;
        Ok(Kept { row, rev, stored })
    }

    /// Reads a record, changes it and writes it on condition that nobody wrote meanwhile; else once more from the start.
    ///
    /// # Errors
    /// What `change` says; [`FailCode::Conflict`] when others kept writing.
    pub(super) async fn change_row<R: Row, T>(
        &self,
        change: impl FnMut(&mut R) -> Result<T, Stop>,
    ) -> Result<(R, T), Stop> {
        self.change_row_at(R::ADDRESS, change).await
    }

    /// The same of a record of which there are many.
    ///
    /// # Errors
    /// As [`Session::change_row`].
    pub(super) async fn change_row_at<R: Content, T>(
        &self,
        at: Address<'_>,
        mut change: impl FnMut(&mut R) -> Result<T, Stop>,
    ) -> Result<(R, T), Stop> {
        let mut last = Stop::Failed(FailCode::Conflict);
        for _ in 0..ATTEMPTS {
            let Kept { mut row, rev, .. } = self.row_at::<R>(at).await?;
            let before = row.clone();
            let outcome = change(&mut row)?;
            if row == before {
                return Ok((row, outcome));
            }
            match self.write_row(at, rev, &record::encode(&row)).await {
                Ok(()) => return Ok((row, outcome)),
                Err(stop @ Stop::Failed(FailCode::Conflict)) => last = stop,
                Err(stop) => return Err(stop),
            }
        }
        Err(last)
    }

    /// Writes a record over one that does not open: whatever lies there is given up, unless somebody wrote meanwhile.
    ///
    /// # Errors
    /// [`FailCode::Conflict`] when somebody wrote since; what storage says.
    pub(super) async fn replace_row<R: Row>(&self, row: &R) -> Result<(), Stop> {
        let Address { entity, key, .. } = R::ADDRESS;
        let found = self.host.perform(EntityGet { entity, key: key.to_owned() }).await?.value;
        let rev = found.and_then(|value| value.get("rev").and_then(Value::as_u64)).unwrap_or_default();
        self.write_row(R::ADDRESS, rev, &record::encode(row)).await
    }

    /// Reads what lies at an address; none when nothing does.
    ///
    /// # Errors
    /// [`Fault::StorageUnreadable`] when it does not open; what storage says.
    pub(super) async fn read_row(&self, at: Address<'_>) -> Result<Option<Opened>, Stop> {
        let found = self.host.perform(EntityGet { entity: at.entity, key: at.key.to_owned() }).await?;
        found.value.map(|value| self.open_row(at.class, at.key, &value)).transpose()
    }

    /// Opens a row's stored form.
    ///
    /// # Errors
    /// [`Fault::StorageUnreadable`] when it has not the form of one, or does not open under the class, key and revision.
    pub(super) fn open_row(&self, class: Class, key: &str, value: &Value) -> Result<Opened, Stop> {
        let (rev, body) = sealed_row(value).ok_or(Fault::StorageUnreadable)?;
        let plaintext = self.open_sealed(class, key, rev, body)?;
        Ok(Opened { plaintext, rev, stored: u64::try_from(body.len()).unwrap_or(u64::MAX) })
    }

    /// Writes the next revision over the one that was read; over 0 when there was none.
    ///
    /// # Errors
    /// [`FailCode::Conflict`] when somebody wrote since.
    pub(super) async fn write_row(&self, at: Address<'_>, rev: u64, plaintext: &[u8]) -> Result<(), Stop> {
        let next = rev.saturating_add(1);
        let body = self.seal(at.class, at.key, next, plaintext)?;
        let set = Set {
            entity: Some(at.entity),
            key: at.key.to_owned(),
            value: match at.entity {
                // The one entity whose rows are listed by what they are.
                entity::KEPT => json!({"rev": next, "class": at.class.name(), "body": body}),
                _ => json!({"rev": next, "body": body}),
            },
            ttl_seconds: None,
            conditions: vec![unchanged_since(rev)],
        };
        self.host.perform(Transact { set: vec![set], delete: Vec::new() }).await?;
        Ok(())
    }
}

impl Session {
    /// Rows of a class, as they are stored.
    ///
    /// # Errors
    /// What storage says.
    pub(super) async fn listed_rows(&self, class: Class, cursor: Option<String>) -> Result<Entities, Stop> {
        let query = EntityQuery {
            entity: entity::KEPT,
            index: entity::BY_CLASS,
            partition: vec![json!(class.name())],
            sort: "ASC",
            limit: PAGE,
            cursor,
        };
        self.host.perform(query).await
    }
}

/// That a row has the revision it was read at; that there is none, for 0.
pub(super) fn unchanged_since(rev: u64) -> Condition {
    let (condition, values) = match rev {
        0 => (Test::NotExists, Vec::new()),
        rev => (Test::EqualTo, vec![json!(rev)]),
    };
    Condition { property: entity::REV, condition, values }
}

/// The revision and the sealed body of a row as it is stored.
pub(super) fn sealed_row(value: &Value) -> Option<(u64, &str)> {
    Some((value.get("rev")?.as_u64()?, value.get("body")?.as_str()?))
}

/// How often a change is tried again when somebody else wrote meanwhile.
const ATTEMPTS: usize = 5;
