//! Embeddings that the index has already, found by the prints of what they are of: what did not change is not embedded again.
//! It asks no provider, reads no text, and fails nothing: what cannot be read here is embedded anew.
//!
//! A document's living version lies in one segment: of those that may hold it the largest is looked into first, and no tombstone
//! between them is passed. In a segment of several values that takes a table, the routing of the cells, and a value for each cell in
//! which excerpts of it lie, as [`MOST_VALUES`] allows; a small segment is one value.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap, HashSet};

use super::find::Kept;
use super::held::{ages, lies_in};
use crate::flow::session::Session;
use crate::search::Space;
use crate::search::manifest::{Entry, Form, Manifest, Routing, Tombstone};
use crate::search::segment::documents::Table;
use crate::search::segment::{ValueKey, ValueName, single};
use crate::search::vector::{Code, gather, homes};

/// What one event has read of earlier embeddings: no value twice.
#[derive(Default)]
pub(crate) struct Earlier {
    /// As it was when the event began: what the event itself writes holds nothing that it asks for.
    manifest: Option<Manifest>,
    values: Kept,
}

/// Container and id.
type Place<'a> = (&'a str, &'a str);

impl Session {
    /// The codes that the index holds of these documents in this space, by their prints.
    pub(crate) async fn embedded(
        &self,
        documents: &[Place<'_>],
        space: &Space,
        earlier: &mut Earlier,
    ) -> HashMap<u64, Code> {
        let mut codes = HashMap::new();
        let manifest = match earlier.manifest.take() {
            Some(manifest) => manifest,
            None => match self.manifest().await {
                Ok(manifest) => manifest,
                Err(_) => return codes,
            },
        };
        let hidden = ages(&manifest);
        let mut entries: Vec<&Entry> =
            manifest.segments.iter().filter(|entry| entry.space.as_ref() == Some(space)).collect();
        entries.sort_by_key(|entry| Reverse(entry.documents));
        let mut wanted: BTreeSet<Place<'_>> = documents.iter().copied().collect();
        for entry in entries {
            let lives = |(container, id): &Place<'_>| {
                entry.runs.iter().any(|run| run.container == *container)
                    && hidden.get(&Tombstone::token(id)).is_none_or(|seq| *seq <= entry.seq)
            };
            let own: BTreeSet<Place<'_>> = wanted.iter().copied().filter(lives).collect();
            if own.is_empty() {
                continue;
            }
            for place in self.codes_in(entry, &own, earlier, &mut codes).await.unwrap_or_default() {
                wanted.remove(&place);
            }
        }
        earlier.manifest = Some(manifest);
        codes
    }

    /// Adds the codes of the documents that lie in this segment, and says which these are; none when a value is not to be had.
    async fn codes_in<'a>(
        &self,
        entry: &Entry,
        wanted: &BTreeSet<Place<'a>>,
        earlier: &mut Earlier,
        codes: &mut HashMap<u64, Code>,
    ) -> Option<Vec<Place<'a>>> {
        let Form::Cut(routing) = &entry.form else {
            let value = self.one(entry, ValueName::Single, earlier).await?;
            let (_, parts) = single::unpack(&value).ok()?;
            let tables = parts.iter().filter(|(name, _)| matches!(name, ValueName::Documents(_)));
            let tables = tables.map(|(_, part)| Table::open(part)).collect::<Result<Vec<_>, _>>().ok()?;
            let (found, ordinals) = places(&tables, wanted);
            let vectors = parts.iter().filter(|(name, _)| matches!(name, ValueName::Vectors(_)));
            vectors.for_each(|(_, part)| add(part, &ordinals, codes));
            return Some(found);
        };
        let (found, ordinals) = self.places_in(entry, routing, wanted, earlier).await?;
        if found.is_empty() {
            return Some(found);
        }
        let centroids = self.one(entry, ValueName::Centroids, earlier).await?;
        let dimensions = usize::try_from(entry.space.as_ref()?.dimensions).ok()?;
        let all: Vec<u32> = ordinals.iter().copied().collect();
        let mut homes: Vec<(u32, usize)> = homes(&centroids, dimensions, &all).ok()?.into_iter().collect();
        // Those with most of what is wanted first: there may not be room for all.
        homes.sort_by_key(|(_, count)| Reverse(*count));
        let keys: Vec<ValueKey> = homes.into_iter().map(|(number, _)| key(entry, ValueName::Vectors(number))).collect();
        for value in self.some(&keys, earlier).await.into_iter().flatten() {
            add(&value, &ordinals, codes);
        }
        Some(found)
    }

    /// Which of the documents lie in this segment, and the ordinals of their pieces.
    async fn places_in<'a>(
        &self,
        entry: &Entry,
        routing: &Routing,
        wanted: &BTreeSet<Place<'a>>,
        earlier: &mut Earlier,
    ) -> Option<(Vec<Place<'a>>, HashSet<u32>)> {
        let (mut found, mut ordinals) = (Vec::new(), HashSet::new());
        let mut first = 0_u32;
        let next = routing.documents.iter().skip(1).map(Some).chain([None]);
        for ((range, next), number) in routing.documents.iter().zip(next).zip(0..) {
            if wanted.iter().any(|(container, id)| lies_in(entry, range, next, container, id)) {
                let value = self.one(entry, ValueName::Documents(number), earlier).await?;
                let (places, own) = places(&[Table::open(&value).ok()?], wanted);
                found.extend(places);
                ordinals.extend(own.into_iter().map(|ordinal| ordinal.saturating_add(first)));
            }
            first = first.saturating_add(range.pieces);
        }
        Some((found, ordinals))
    }

    async fn one(&self, entry: &Entry, name: ValueName, earlier: &mut Earlier) -> Option<Vec<u8>> {
        self.some(&[key(entry, name)], earlier).await.pop().flatten()
    }

    /// Values, as many of the first ones as there is room for.
    async fn some(&self, keys: &[ValueKey], earlier: &mut Earlier) -> Vec<Option<Vec<u8>>> {
        let mut room = MOST_VALUES.saturating_sub(earlier.values.len());
        let mut taken: Vec<ValueKey> = Vec::new();
        for key in keys {
            let is_kept = earlier.values.contains_key(key);
            if is_kept || room > 0 {
                room -= usize::from(!is_kept);
                taken.push(*key);
            }
        }
        let read = self.read_keeping(&taken, &mut earlier.values).await;
        read.into_iter().map(|(_, _, value)| value.ok()).collect()
    }
}

const fn key(entry: &Entry, name: ValueName) -> ValueKey {
    ValueKey { segment: entry.id, name }
}

/// Which of the documents are in these tables, one behind the other, and the ordinals of their pieces.
fn places<'a>(tables: &[Table], wanted: &BTreeSet<Place<'a>>) -> (Vec<Place<'a>>, HashSet<u32>) {
    let wanted: Vec<Place<'a>> = wanted.iter().copied().collect();
    let (mut found, mut ordinals) = (Vec::new(), HashSet::new());
    let mut first = 0_u32;
    for table in tables {
        for (at, count) in table.counts.iter().enumerate() {
            let end = first.saturating_add(*count);
            let place = table.container(at).zip(table.id(at));
            let known = place.and_then(|place| wanted.binary_search_by(|(one, id)| (*one, *id).cmp(&place)).ok());
            if let Some(place) = known.and_then(|at| wanted.get(at)) {
                found.push(*place);
                ordinals.extend(first..end);
            }
            first = end;
        }
    }
    (found, ordinals)
}

/// Adds the codes of these ordinals that a value holds.
fn add(value: &[u8], ordinals: &HashSet<u32>, codes: &mut HashMap<u64, Code>) {
    if let Ok(all) = gather(value) {
        codes.extend(all.known(|ordinal| ordinals.contains(&ordinal)).map(|code| (code.print(), code)));
    }
}

/// Values that one event reads for this, at most: 16 MB, not half of what the platform lets an installation read in a minute. What
/// lies in others is embedded again.
const MOST_VALUES: usize = 200;
