//! What the index has of a document or a container, without ranking anything.
//! It asks no product.

use std::collections::{BTreeMap, HashMap};

use crate::flow::session::Session;
use crate::flow::stop::Stop;
use crate::protocol::Fault;
use crate::search::manifest::{Entry, Form, Manifest, Table as Range, Tombstone};
use crate::search::plan::Opened;
use crate::search::segment::documents::Table;
use crate::search::segment::order::by_place;
use crate::search::segment::{SegmentId, ValueKey, ValueName, texts};

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

/// A document of a container.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Listed {
    /// Its id.
    pub(crate) id: String,
    /// Last change in days since the Unix epoch, if known.
    pub(crate) updated: Option<u32>,
    /// When it was indexed, in days since the Unix epoch.
    pub(crate) indexed: u32,
}

impl Session {
    /// A document as the index has it, for the inspector.
    ///
    /// # Errors
    /// As [`Session::manifest`]; [`Fault::StorageUnreadable`] when the value it would be in cannot be read.
    pub(crate) async fn indexed(&self, container: &str, id: &str) -> Result<Option<Indexed>, Stop> {
        let manifest = self.manifest().await?;
        for entry in manifest.segments.iter().rev().filter(|entry| holds(entry, container)) {
            let is_hidden =
                manifest.tombstones.iter().any(|one| one.token == Tombstone::token(id) && one.seq > entry.seq);
            if is_hidden {
                continue;
            }
            for (_, table) in self.tables(entry, |range, next| lies_in(entry, range, next, container, id)).await? {
                let found =
                    (0..table.len()).find(|at| table.id(*at) == Some(id) && table.container(*at) == Some(container));
                if let Some(at) = found {
                    let pieces = self.texts(&table, at, id).await?;
                    let (updated, indexed) = (table.updated(at), table.indexed(at));
                    let (segment, container) = (entry.id.to_string(), container.to_owned());
                    return Ok(Some(Indexed { segment, container, updated, indexed, pieces }));
                }
            }
        }
        Ok(None)
    }

    async fn texts(&self, table: &Table, at: usize, id: &str) -> Result<Vec<(Vec<String>, String)>, Stop> {
        let pieces = table.counts.get(at).copied().unwrap_or_default();
        let places: Vec<(SegmentId, u32)> = (0..pieces).filter_map(|piece| table.place(at, piece)).collect();
        let mut keys: Vec<ValueKey> = places
            .iter()
            .map(|(segment, block)| ValueKey { segment: *segment, name: ValueName::Texts(*block) })
            .collect();
        keys.dedup();
        let mut found = Vec::new();
        for (_, _, value) in self.read_values(&keys).await {
            let value = value.map_err(|_| Fault::StorageUnreadable)?;
            let block = texts::read(&value).map_err(|_| Fault::StorageUnreadable)?;
            found.extend(block.into_iter().filter(|(of, ..)| of == id).map(|(_, _, text)| (text.heading, text.text)));
        }
        Ok(found)
    }

    /// The live documents of a container, in order.
    ///
    /// # Errors
    /// As [`Session::manifest`]; [`Fault::StorageUnreadable`] when one of the values cannot be read.
    pub(crate) async fn listed(&self, container: &str) -> Result<Vec<Listed>, Stop> {
        let manifest = self.manifest().await?;
        let hidden = ages(&manifest);
        let mut all: BTreeMap<String, Listed> = BTreeMap::new();
        for entry in manifest.segments.iter().filter(|entry| holds(entry, container)) {
            for (_, table) in self.tables(entry, |range, next| reaches(entry, range, next, container)).await? {
                for at in (0..table.len()).filter(|at| table.container(*at) == Some(container)) {
                    let Some(id) = table.id(at) else { continue };
                    let is_hidden =
                        !hidden.is_empty() && hidden.get(&Tombstone::token(id)).is_some_and(|seq| *seq > entry.seq);
                    if !is_hidden {
                        let (updated, indexed) = (table.updated(at), table.indexed(at));
                        all.insert(id.to_owned(), Listed { id: id.to_owned(), updated, indexed });
                    }
                }
            }
        }
        Ok(all.into_values().collect())
    }

    /// The ranges of a segment's documents that `wanted` takes, by itself and the one behind it.
    pub(super) async fn tables(
        &self,
        entry: &Entry,
        wanted: impl Fn(&Range, Option<&Range>) -> bool,
    ) -> Result<Vec<(u32, Table)>, Stop> {
        let Form::Cut(routing) = &entry.form else {
            let key = ValueKey { segment: entry.id, name: ValueName::Single };
            let value = self.read_values(&[key]).await.pop().ok_or(Fault::Internal)?.2;
            let value = value.map_err(|_| Fault::StorageUnreadable)?;
            let tables = Opened::tables(entry, &value).map_err(|_| Fault::StorageUnreadable)?;
            return Ok((0..).zip(tables).collect());
        };
        let ranges = (0_u32..).zip(&routing.documents).zip(routing.documents.iter().skip(1).map(Some).chain([None]));
        let numbers = ranges.filter(|((_, range), next)| wanted(range, *next)).map(|((number, _), _)| number);
        let keys: Vec<ValueKey> =
            numbers.map(|number| ValueKey { segment: entry.id, name: ValueName::Documents(number) }).collect();
        let mut tables = Vec::new();
        for (key, _, value) in self.read_values(&keys).await {
            let value = value.map_err(|_| Fault::StorageUnreadable)?;
            tables.push((key.name.parts().1, Table::open(&value).map_err(|_| Fault::StorageUnreadable)?));
        }
        Ok(tables)
    }
}

fn holds(entry: &Entry, container: &str) -> bool {
    entry.runs.iter().any(|run| run.container == container)
}

/// The newest tombstone of each document.
pub(super) fn ages(manifest: &Manifest) -> HashMap<u64, u64> {
    manifest.tombstones.iter().fold(HashMap::new(), |mut ages, tombstone| {
        let seq: &mut u64 = ages.entry(tombstone.token).or_default();
        *seq = tombstone.seq.max(*seq);
        ages
    })
}

/// Container and id of a range's first document.
fn start<'a>(entry: &'a Entry, range: &'a Range) -> (&'a str, &'a str) {
    let run = usize::try_from(range.run).ok().and_then(|at| entry.runs.get(at));
    (run.map(|run| run.container.as_str()).unwrap_or_default(), &range.first)
}

/// Whether a document may lie in a range.
pub(super) fn lies_in(entry: &Entry, range: &Range, next: Option<&Range>, container: &str, id: &str) -> bool {
    let place = (container, id);
    by_place(start(entry, range), place).is_le() && next.is_none_or(|next| by_place(start(entry, next), place).is_gt())
}

/// Whether a container reaches into a range.
fn reaches(entry: &Entry, range: &Range, next: Option<&Range>, container: &str) -> bool {
    start(entry, range).0 <= container && next.is_none_or(|next| start(entry, next).0 >= container)
}
