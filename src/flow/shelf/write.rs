//! Documents in and out of the index, in one visible step.
//! It reads no product; what is replaced is found by id.

use std::collections::{BTreeMap, BTreeSet};

use super::held::lies_in;
use crate::flow::session::Session;
use crate::flow::stop::Stop;
use crate::protocol::{FailCode, Fault};
use crate::search::manifest::{Entry, Group, Manifest, Tombstone};
use crate::search::segment::{Basis, Segment, SegmentId, ValueName, average, build};
use crate::search::{Doc, Space};
use crate::vault::{Entropy, HostEntropy};

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

impl Session {
    /// Indexes documents (those there already are replaced) and takes others out, in one visible step.
    ///
    /// Documents of containers that the manifest does not have are left out: an opt-out wins over a crawl under way.
    /// Embeddings of another space than the manifest's are left out.
    ///
    /// # Errors
    /// What storage says; nothing is visible then.
    pub(crate) async fn write_segment(&self, docs: &[Doc], gone: &[String]) -> Result<Written, Stop> {
        let manifest = self.manifest().await?;
        self.write_to(&manifest, docs, gone, manifest.space.as_ref()).await
    }

    /// The same of documents whose embeddings live in `space`: in an index of another space they are left out.
    ///
    /// # Errors
    /// As [`Session::write_segment`].
    pub(crate) async fn write_embedded(
        &self,
        docs: &[Doc],
        gone: &[String],
        space: Option<&Space>,
    ) -> Result<Written, Stop> {
        let manifest = self.manifest().await?;
        self.write_to(&manifest, docs, gone, space.filter(|space| manifest.space.as_ref() == Some(*space))).await
    }

    async fn write_to(
        &self,
        manifest: &Manifest,
        docs: &[Doc],
        gone: &[String],
        space: Option<&Space>,
    ) -> Result<Written, Stop> {
        let docs: Vec<Doc> = docs.iter().filter(|doc| manifest.container(&doc.container).is_some()).cloned().collect();
        let hidden = self.hidden(manifest, &docs, gone).await?;
        let mean = if manifest.average > 0.0 || docs.is_empty() { manifest.average } else { average(&docs) };
        let built = build_all(&docs, mean, space)?;
        if built.is_empty() {
            return self.hide(hidden).await;
        }
        let now = self.host.now().as_seconds();
        self.change_manifest(|manifest| {
            // Another average would make other impacts: the first one stays.
            if manifest.average > 0.0 && manifest.average.to_bits() != mean.to_bits() {
                return Err(Stop::Failed(FailCode::Conflict));
            }
            manifest.average = mean;
            for segment in &built {
                manifest.build(segment.entry.id, now, most(&segment.values));
            }
            Ok(())
        })
        .await?;
        let mut written = Written::default();
        let mut entries = Vec::new();
        for Segment { entry, groups, values } in built {
            written.documents = written.documents.saturating_add(entry.documents);
            written.pieces = written.pieces.saturating_add(entry.pieces);
            written.values = written.values.saturating_add(u32::try_from(values.len()).unwrap_or(u32::MAX));
            written.bytes = written.bytes.saturating_add(self.write_values(entry.id, values, manifest.ttl_days).await?);
            entries.push((entry, groups));
        }
        written.merge = self.name(entries, &hidden).await?;
        Ok(written)
    }

    /// Makes the segments visible, all at once; whether a merge is due.
    async fn name(&self, entries: Vec<(Entry, Vec<Group>)>, hidden: &BTreeSet<u64>) -> Result<bool, Stop> {
        self.change_manifest(|manifest| {
            let is_there = |id: SegmentId| manifest.building.iter().any(|building| building.id == id);
            if !entries.iter().all(|(entry, _)| is_there(entry.id)) {
                // It took so long that a sweep gave it up.
                return Err(Stop::Failed(FailCode::Conflict));
            }
            manifest.add_all(entries.clone(), hidden);
            Ok(manifest.to_merge().is_some())
        })
        .await
    }

    async fn hide(&self, hidden: BTreeSet<u64>) -> Result<Written, Stop> {
        if hidden.is_empty() {
            return Ok(Written::default());
        }
        let merge = self
            .change_manifest(|manifest| {
                manifest.remove(hidden.iter().copied());
                Ok(manifest.to_merge().is_some())
            })
            .await?;
        Ok(Written { merge, ..Written::default() })
    }

    /// Tokens of the documents that older segments may hold: all of them when they are few, else those that are there.
    async fn hidden(&self, manifest: &Manifest, docs: &[Doc], gone: &[String]) -> Result<BTreeSet<u64>, Stop> {
        let mut hidden: BTreeSet<u64> = gone.iter().map(|id| Tombstone::token(id)).collect();
        if manifest.segments.is_empty() {
            return Ok(BTreeSet::new());
        }
        if docs.len() <= FEW {
            hidden.extend(docs.iter().map(|doc| Tombstone::token(&doc.id)));
            return Ok(hidden);
        }
        for entry in &manifest.segments {
            let ids: BTreeMap<&str, &str> = docs
                .iter()
                .filter(|doc| entry.runs.iter().any(|run| run.container == doc.container))
                .map(|doc| (doc.id.as_str(), doc.container.as_str()))
                .collect();
            if ids.is_empty() {
                continue;
            }
            let tables = self
                .tables(entry, |range, next| {
                    ids.iter().any(|(id, container)| lies_in(entry, range, next, container, id))
                })
                .await;
            let Ok(tables) = tables else {
                // What cannot be read hides nothing more than it does.
                hidden.extend(ids.keys().map(|id| Tombstone::token(id)));
                continue;
            };
            let there = tables.iter().flat_map(|(_, table)| (0..table.len()).filter_map(|at| table.id(at)));
            hidden.extend(there.filter(|id| ids.contains_key(id)).map(Tombstone::token));
        }
        Ok(hidden)
    }
}

/// One segment a container while there are few: a value that does not open then leaves the others answering.
fn build_all(docs: &[Doc], average: f32, space: Option<&Space>) -> Result<Vec<Segment>, Stop> {
    let basis = Basis { average, space };
    let mut groups: BTreeMap<&str, Vec<Doc>> = BTreeMap::new();
    let containers: BTreeSet<&str> = docs.iter().map(|doc| doc.container.as_str()).collect();
    for doc in docs {
        let group = if containers.len() <= MOST_APART { doc.container.as_str() } else { "" };
        groups.entry(group).or_default().push(doc.clone());
    }
    groups.into_values().map(|docs| Ok(build(random_id()?, &docs, basis))).collect()
}

/// A new segment's name.
pub(super) fn random_id() -> Result<SegmentId, Stop> {
    let mut bytes = [0; 8];
    HostEntropy.fill(&mut bytes).map_err(|_| Fault::Internal)?;
    Ok(SegmentId(u64::from_le_bytes(bytes)))
}

/// The greatest number of values of one kind.
fn most(values: &[(ValueName, Vec<u8>)]) -> u32 {
    values.iter().map(|(name, _)| name.parts().1.saturating_add(1)).max().unwrap_or_default()
}

/// So few documents are hidden in older segments without looking whether they are there.
const FEW: usize = 48;
const MOST_APART: usize = 6;
