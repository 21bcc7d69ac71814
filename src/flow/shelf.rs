//! The index on its shelf: turns values of the index into effects on the key-value store, sealed and opened.
//! It decides neither what is indexed nor what a query is worth; it knows no product.
//!
//! | file | what |
//! |---|---|
//! | `values` | values read, written and deleted, many at once |
//! | `write` | documents in and out, in one visible step |
//! | `merge` | segments become one |
//! | `find` | a query within its budget |
//! | `held` | what the index has of a document or a container |
//! | `look` | values that do not open any more, and segments made anew without them |
//! | `embedded` | embeddings that the index has already |
//!
//! INVARIANT: values are written before the manifest names them and deleted after it has forgotten them. In between they are
//! listed in it, as being built or as dropped, so that a crash at any place leaves nothing that is not listed.

mod embedded;
mod find;
mod held;
mod look;
mod merge;
mod values;
mod write;

pub(crate) use embedded::Earlier;
pub(crate) use find::Kept;
pub(crate) use write::Written;

use std::collections::BTreeSet;

use super::row::{Address, Opened};
use super::session::Session;
use super::stop::Stop;
use crate::protocol::op::Transact;
use crate::protocol::{Delete, FailCode, Fault};
use crate::record::{Class, entity, key};
use crate::search::manifest::{BadManifest, Dropped, Manifest, blocks, values};

/// Why there is no manifest to work with.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum NoManifest {
    /// The record does not open, or has not the form of one.
    Sealed,
    /// It opens and is not what it should be.
    Bad(BadManifest),
    /// Storage does not answer.
    Stop(Stop),
}

impl NoManifest {
    /// The stable code.
    pub(crate) const fn code(&self) -> &'static str {
        match self {
            NoManifest::Sealed => "index-manifest-sealed",
            NoManifest::Bad(bad) => bad.code(),
            NoManifest::Stop(_) => "index-unavailable",
        }
    }
}

impl From<NoManifest> for Stop {
    fn from(why: NoManifest) -> Self {
        match why {
            NoManifest::Sealed | NoManifest::Bad(_) => Fault::StorageUnreadable.into(),
            NoManifest::Stop(stop) => stop,
        }
    }
}

/// A manifest with its length as stored.
pub(crate) struct Shelved {
    pub(crate) manifest: Manifest,
    pub(crate) stored: u64,
}

impl Session {
    /// The index's manifest; an empty one of revision 0 when there is none.
    ///
    /// # Errors
    /// [`Fault::StorageUnreadable`] when it does not open or is not what it says; what storage says.
    pub(crate) async fn manifest(&self) -> Result<Manifest, Stop> {
        Ok(self.shelved().await?.manifest)
    }

    /// The manifest with what reading it costs.
    ///
    /// # Errors
    /// [`NoManifest`] says which way it is not there.
    pub(crate) async fn shelved(&self) -> Result<Shelved, NoManifest> {
        let opened = self.read_row(SITE).await.map_err(|stop| match stop {
            Stop::Fault(Fault::StorageUnreadable) => NoManifest::Sealed,
            stop => NoManifest::Stop(stop),
        })?;
        let Some(Opened { plaintext, rev, stored }) = opened else {
            let manifest = Manifest { ttl_days: DAYS, next_seq: 1, ..Manifest::default() };
            return Ok(Shelved { manifest, stored: 0 });
        };
        let manifest = Manifest::decode(rev, plaintext.expose()).map_err(NoManifest::Bad)?;
        Ok(Shelved { manifest, stored })
    }

    /// Reads the manifest, changes it and writes it on condition that nobody wrote meanwhile; else once more from the start.
    ///
    /// # Errors
    /// What `change` says; [`FailCode::Conflict`] when others kept writing.
    pub(crate) async fn change_manifest<T>(
        &self,
        mut change: impl FnMut(&mut Manifest) -> Result<T, Stop>,
    ) -> Result<T, Stop> {
        for _ in 0..ATTEMPTS {
            let before = self.manifest().await?;
            let mut manifest = before.clone();
            let outcome = change(&mut manifest)?;
            if manifest == before {
                return Ok(outcome);
            }
            match self.keep_manifest(manifest).await {
                Ok(()) => return Ok(outcome),
                Err(Stop::Failed(FailCode::Conflict)) => {}
                Err(stop) => return Err(stop),
            }
        }
        Err(Stop::Failed(FailCode::Conflict))
    }

    /// Writes a manifest over the revision it was read at.
    async fn keep_manifest(&self, mut manifest: Manifest) -> Result<(), Stop> {
        let before = manifest.rev;
        manifest.rev = before.saturating_add(1);
        let plaintext = manifest.encode().map_err(|_| Fault::Internal)?;
        self.write_row(SITE, before, &plaintext).await
    }

    /// Deletes values that nothing names: those dropped, and those of builds that never ended. How many it deleted.
    ///
    /// # Errors
    /// What storage says; what was deleted is deleted.
    pub(crate) async fn drop_values(&self) -> Result<usize, Stop> {
        let manifest = self.manifest().await?;
        let now = self.host.now().as_seconds();
        let stale: Vec<_> =
            manifest.building.iter().filter(|building| building.since.saturating_add(STALE) <= now).copied().collect();
        let dropped = manifest.dropped.clone();
        if stale.is_empty() && dropped.is_empty() {
            return Ok(0);
        }
        let mut keys: Vec<_> = dropped.iter().copied().flat_map(Dropped::keys).collect();
        keys.extend(stale.iter().flat_map(|building| building.keys()));
        // A stale build is struck off first: should it wake up, its values are not to be named by anything.
        self.change_manifest(|manifest| {
            manifest.building.retain(|building| !stale.contains(building));
            manifest.dropped.extend(stale.iter().flat_map(|building| building.values()));
            Ok(())
        })
        .await?;
        let deleted = self.delete_values(&keys).await?;
        self.change_manifest(|manifest| {
            manifest.dropped.retain(|one| {
                let is_stale = stale.iter().any(|building| building.id == one.first.segment);
                !dropped.contains(one) && !is_stale
            });
            Ok(())
        })
        .await?;
        Ok(deleted)
    }

    /// Names of the values that searches read.
    ///
    /// # Errors
    /// As [`Session::manifest`].
    pub(super) async fn live_values(&self) -> Result<Vec<String>, Stop> {
        let manifest = match self.manifest().await {
            // One that does not open is built again, and its values with it.
            Err(Stop::Fault(Fault::StorageUnreadable)) => return Ok(Vec::new()),
            manifest => manifest?,
        };
        Ok(live(&manifest).flat_map(Dropped::keys).map(|value| key::index_value(&value)).collect())
    }

    /// Names of all values that something names: those that searches read, those being built, those to be deleted.
    ///
    /// # Errors
    /// As [`Session::manifest`].
    pub(super) async fn known_values(&self) -> Result<BTreeSet<String>, Stop> {
        let manifest = self.manifest().await?;
        let building = manifest.building.iter().flat_map(|building| building.values());
        let all = live(&manifest).chain(manifest.dropped.iter().copied()).chain(building);
        Ok(all.flat_map(Dropped::keys).map(|value| key::index_value(&value)).collect())
    }

    /// Deletes every value of the index and the manifest, as far as the time goes; whether all is gone.
    ///
    /// # Errors
    /// What storage says.
    pub(crate) async fn erase_index(&self) -> Result<bool, Stop> {
        // A manifest that cannot be read names nothing; its values go by their lifetime.
        if let Ok(manifest) = self.manifest().await {
            let building = manifest.building.iter().flat_map(|building| building.values());
            let keys: Vec<_> = live(&manifest)
                .chain(manifest.dropped.iter().copied())
                .chain(building)
                .flat_map(Dropped::keys)
                .collect();
            if self.delete_values(&keys).await? < keys.len() {
                return Ok(false);
            }
        }
        let gone = Delete { entity: Some(entity::INDEX), key: key::INDEX_SITE.to_owned(), conditions: Vec::new() };
        self.host.perform(Transact { set: Vec::new(), delete: vec![gone] }).await?;
        Ok(true)
    }
}

/// What searches read.
fn live(manifest: &Manifest) -> impl Iterator<Item = Dropped> {
    manifest.segments.iter().flat_map(values).chain(manifest.groups.iter().filter_map(blocks))
}

/// Where the manifest lies.
const SITE: Address<'static> = Address { entity: entity::INDEX, key: key::INDEX_SITE, class: Class::Index };
/// Days a document is shown after it was indexed, unless an admin says otherwise.
const DAYS: u16 = 90;
/// How often a change is tried again when somebody else wrote meanwhile.
const ATTEMPTS: u32 = 8;
/// Seconds after which a build is taken for dead; no invocation lives so long.
const STALE: u64 = 3_600;
