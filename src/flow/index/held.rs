//! What the index holds of a container: ids and days, without texts.

use crate::flow::session::Session;
use crate::flow::stop::Stop;

/// A document of the index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Held {
    /// Its id.
    pub(super) id: String,
    /// Last change in days since the Unix epoch, if known.
    pub(super) updated: Option<u32>,
    /// When it was indexed, in days since the Unix epoch.
    pub(super) indexed: u32,
}

impl Session {
    /// The live documents of a container.
    pub(super) async fn held(&self, container: &str) -> Result<Vec<Held>, Stop> {
        let listed = self.listed(container).await?;
        Ok(listed.into_iter().map(|one| Held { id: one.id, updated: one.updated, indexed: one.indexed }).collect())
    }
}
