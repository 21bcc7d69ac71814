//! From older segments to a newer one, without analyzing anything again: postings move, dead documents and theirs do not.
//! It decides no merge and stores nothing; texts stay where they are, the documents' table keeps pointing to them, unless their
//! group is to be written anew.
//!
//! A value that does not open takes nothing else with it: documents whose own it was are left out, and what else it held is counted
//! as lost. Only when nothing opens at all there is no merge: then it is not the values that are wrong.
//!
//! Memory: the documents of all inputs, and of the dictionaries a few ranges of each at a time.

use std::collections::{BTreeSet, HashMap, VecDeque};

use super::assembly::Assembly;
use super::compact::compact;
use super::documents::{Row, Table};
use super::order::by_place;
use super::{Broken, SegmentId, ValueKey, ValueName, single};
use crate::search::Space;
use crate::search::manifest::{Entry, Form, Group, GroupName, Routing, Tombstone};
use crate::search::posting::Posting;
use crate::search::posting::terms::{Terms, split_tier};
use crate::search::vector::{Codes, codes, gather};

/// Where a merge reads and writes.
pub(crate) trait Values {
    /// What went wrong with a value.
    type Error: From<Broken>;

    /// Reads values, in the order of the keys; none for one that is gone or does not open. That the store does not answer is
    /// an error: nothing is lost by it.
    async fn read(&mut self, keys: &[ValueKey]) -> Result<Vec<Option<Vec<u8>>>, Self::Error>;

    /// Stores values of the new segment.
    async fn write(&mut self, values: Vec<(ValueName, Vec<u8>)>) -> Result<(), Self::Error>;
}

/// Which documents live on.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Living<'a> {
    /// Documents hidden in older segments.
    pub(crate) tombstones: &'a [Tombstone],
    /// The containers that are switched on.
    pub(crate) containers: &'a [&'a str],
    /// Documents indexed before this day have outlived their time.
    pub(crate) since: u32,
    /// Groups of texts, by segment and container, of which the living are written anew.
    pub(crate) anew: &'a [GroupName],
}

/// What could not be read, and is not in the new segment.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Lost {
    /// Values.
    pub(crate) values: u32,
    /// Documents that are not there any more: the next comparison finds them missing.
    pub(crate) documents: u32,
    /// Containers of which a value was lost.
    pub(crate) containers: BTreeSet<String>,
    /// Of these, the ones whose documents are there and lack words or embeddings: all of them have to be read again.
    pub(crate) lacking: BTreeSet<String>,
}

/// What a merge made.
#[derive(Debug)]
pub(crate) struct Merged {
    /// For the manifest; none when no document was left. All its values are stored.
    pub(crate) entry: Option<Entry>,
    /// Live documents of each group of texts and container that the inputs pointed to; 0 where none is left.
    pub(crate) groups: Vec<(SegmentId, String, u32)>,
    /// Groups of texts written anew.
    pub(crate) texts: Vec<Group>,
    /// What could not be read.
    pub(crate) lost: Lost,
}

/// Merges. `space` is that of the embeddings to keep; those of other spaces go.
pub(crate) async fn merge<V: Values>(
    id: SegmentId,
    inputs: &[&Entry],
    living: Living<'_>,
    space: Option<&Space>,
    values: &mut V,
) -> Result<Merged, V::Error> {
    let mut lost = Lost::default();
    let mut sources = Vec::new();
    for entry in inputs {
        sources.extend(Source::open(entry, &mut lost, values).await?);
    }
    let (documents, texts) = Documents::gather(id, &mut sources, living, &mut lost, values).await?;
    let groups = documents.groups;
    let all: u32 = inputs.iter().map(|entry| entry.documents).sum();
    if lost.documents > 0 && lost.documents >= all {
        return Err(Broken.into());
    }
    if documents.rows.is_empty() {
        return Ok(Merged { entry: None, groups, texts, lost });
    }
    let names: Vec<&str> = documents.names.iter().map(String::as_str).collect();
    let mut assembly = Assembly::new(id, &documents.rows, &names);
    drop(documents.rows);
    while let Some(term) = least(&mut sources, &mut lost, values).await? {
        let list = postings(&term, &mut sources, &mut lost, values).await?;
        assembly.push(&term, &list);
        let whole = assembly.take();
        if !whole.is_empty() {
            values.write(whole).await?;
        }
    }
    let codes = embeddings(&mut sources, space, &mut lost, values).await?;
    let (mut entry, last) = assembly.finish(space, codes);
    values.write(last).await?;
    entry.seq = inputs.iter().map(|entry| entry.seq).max().unwrap_or_default();
    Ok(Merged { entry: Some(entry), groups, texts, lost })
}

/// An input: what it says of itself, and how far its dictionary was read.
struct Source<'a> {
    entry: &'a Entry,
    routing: Routing,
    parts: HashMap<ValueName, Vec<u8>>,
    /// New ordinal of each piece; [`DEAD`] for those that go.
    map: Vec<u32>,
    next: u32,
    ahead: VecDeque<(Vec<u8>, Vec<Posting>)>,
}

impl<'a> Source<'a> {
    /// None when it is a single value that does not open.
    async fn open<V: Values>(
        entry: &'a Entry,
        lost: &mut Lost,
        values: &mut V,
    ) -> Result<Option<Source<'a>>, V::Error> {
        let (routing, parts) = match &entry.form {
            Form::Cut(routing) => (routing.clone(), HashMap::new()),
            Form::Single => {
                let key = ValueKey { segment: entry.id, name: ValueName::Single };
                let value = values.read(&[key]).await?.pop().flatten();
                let Some(Ok((routing, parts))) = value.as_deref().map(single::unpack) else {
                    lost.miss(entry, entry.documents);
                    return Ok(None);
                };
                (routing, parts.into_iter().map(|(name, part)| (name, part.to_vec())).collect())
            }
        };
        Ok(Some(Source { entry, routing, parts, map: Vec::new(), next: 0, ahead: VecDeque::new() }))
    }

    async fn read<V: Values>(&mut self, names: &[ValueName], values: &mut V) -> Result<Vec<Option<Vec<u8>>>, V::Error> {
        if self.entry.form == Form::Single {
            return Ok(names.iter().map(|name| self.parts.remove(name)).collect());
        }
        let keys: Vec<ValueKey> = names.iter().map(|name| ValueKey { segment: self.entry.id, name: *name }).collect();
        values.read(&keys).await
    }

    /// Fills what is ahead when nothing is.
    async fn fill<V: Values>(&mut self, lost: &mut Lost, values: &mut V) -> Result<(), V::Error> {
        let last = u32::try_from(self.routing.terms.len()).unwrap_or(u32::MAX);
        while self.ahead.is_empty() && self.next < last {
            let until = self.next.saturating_add(AT_ONCE).min(last);
            let names: Vec<ValueName> = (self.next..until).map(ValueName::Terms).collect();
            self.next = until;
            for value in self.read(&names, values).await? {
                let taken = value.map(|value| self.take_terms(&value));
                if taken != Some(Ok(())) {
                    lost.lack(self.entry);
                }
            }
        }
        Ok(())
    }

    fn take_terms(&mut self, value: &[u8]) -> Result<(), Broken> {
        let mut cursor = Terms::open(value)?.all()?;
        while cursor.advance()? {
            let mut list = Vec::new();
            cursor.list().each(self.entry.pieces, |ordinal, impact| {
                let new = usize::try_from(ordinal).ok().and_then(|at| self.map.get(at)).copied().unwrap_or(DEAD);
                if new != DEAD {
                    list.push((new, impact));
                }
            })?;
            self.ahead.push_back((cursor.term().to_vec(), list));
        }
        Ok(())
    }
}

async fn least<V: Values>(
    sources: &mut [Source<'_>],
    lost: &mut Lost,
    values: &mut V,
) -> Result<Option<Vec<u8>>, V::Error> {
    let mut least: Option<Vec<u8>> = None;
    for source in sources {
        source.fill(lost, values).await?;
        if let Some((term, _)) = source.ahead.front() {
            let term = split_tier(term).0;
            if least.as_deref().is_none_or(|least| term < least) {
                least = Some(term.to_vec());
            }
        }
    }
    Ok(least)
}

async fn postings<V: Values>(
    term: &[u8],
    sources: &mut [Source<'_>],
    lost: &mut Lost,
    values: &mut V,
) -> Result<Vec<Posting>, V::Error> {
    let mut all: Vec<Posting> = Vec::new();
    for source in sources {
        while source.ahead.front().is_some_and(|(ahead, _)| split_tier(ahead).0 == term) {
            if let Some((_, list)) = source.ahead.pop_front() {
                all.extend(list);
            }
            // Further tiers of the term may be in the next range.
            source.fill(lost, values).await?;
        }
    }
    if !all.is_sorted() {
        all.sort_unstable();
    }
    Ok(all)
}

async fn embeddings<V: Values>(
    sources: &mut [Source<'_>],
    space: Option<&Space>,
    lost: &mut Lost,
    values: &mut V,
) -> Result<Codes, V::Error> {
    let mut all = codes(&[]);
    for source in sources.iter_mut().filter(|source| space.is_some() && source.entry.space.as_ref() == space) {
        let count = u32::try_from(source.routing.vectors.len()).unwrap_or(u32::MAX);
        for number in 0..count {
            let value = source.read(&[ValueName::Vectors(number)], values).await?.pop().flatten();
            let Some(Ok(found)) = value.as_deref().map(gather) else {
                lost.lack(source.entry);
                continue;
            };
            let moved = found.renumbered(|ordinal| {
                let at = usize::try_from(ordinal).ok()?;
                source.map.get(at).copied().filter(|new| *new != DEAD)
            });
            if all.append(moved).is_err() {
                lost.lack(source.entry);
            }
        }
    }
    Ok(all)
}

struct Documents {
    names: Vec<String>,
    rows: Vec<Row>,
    groups: Vec<(SegmentId, String, u32)>,
}

/// A document of an input: which input, its first piece there, its container, its row.
pub(super) struct Candidate {
    source: usize,
    first: u32,
    pub(super) container: String,
    pub(super) row: Row,
}

impl Lost {
    /// Counts a value with which so many documents go.
    fn miss(&mut self, entry: &Entry, documents: u32) {
        self.values = self.values.saturating_add(1);
        self.documents = self.documents.saturating_add(documents);
        self.containers.extend(entry.runs.iter().map(|run| run.container.clone()));
    }

    /// Counts a value whose documents are there without it.
    fn lack(&mut self, entry: &Entry) {
        self.miss(entry, 0);
        self.lacking.extend(entry.runs.iter().map(|run| run.container.clone()));
    }
}

impl Documents {
    async fn gather<V: Values>(
        id: SegmentId,
        sources: &mut [Source<'_>],
        living: Living<'_>,
        lost: &mut Lost,
        values: &mut V,
    ) -> Result<(Documents, Vec<Group>), V::Error> {
        let mut all: Vec<Candidate> = Vec::new();
        for (at, source) in sources.iter_mut().enumerate() {
            let pieces = source.documents(at, &mut all, lost, values).await?;
            source.map = vec![DEAD; usize::try_from(pieces).map_err(|_| Broken)?];
        }
        let seqs: Vec<u64> = sources.iter().map(|source| source.entry.seq).collect();
        let groups = groups(&all);
        let mut living_on = keep_living(all, &seqs, living);
        let texts = compact(id, living.anew, &mut living_on, values).await?;
        Ok((number(living_on, groups, sources), texts))
    }
}

impl Source<'_> {
    /// Adds the documents of each range that opens; the number of pieces of all ranges.
    async fn documents<V: Values>(
        &mut self,
        at: usize,
        all: &mut Vec<Candidate>,
        lost: &mut Lost,
        values: &mut V,
    ) -> Result<u32, V::Error> {
        let mut first = 0_u32;
        for (range, number) in self.routing.documents.clone().into_iter().zip(0..) {
            let value = self.read(&[ValueName::Documents(number)], values).await?.pop().flatten();
            let table = value.and_then(|value| Table::open(&value).ok());
            let is_whole = |table: &Table| {
                let own = (u32::try_from(table.len()), table.counts.iter().sum::<u32>());
                own == (Ok(range.documents), range.pieces)
            };
            match table.filter(is_whole) {
                None => lost.miss(self.entry, range.documents),
                Some(table) => {
                    let mut next = first;
                    for (container, row) in table.rows() {
                        let pieces = u32::try_from(row.blocks.len()).unwrap_or(u32::MAX);
                        all.push(Candidate { source: at, first: next, container: container.to_owned(), row });
                        next = next.checked_add(pieces).ok_or(Broken)?;
                    }
                }
            }
            first = first.checked_add(range.pieces).ok_or(Broken)?;
        }
        if first == self.entry.pieces { Ok(first) } else { Err(Broken.into()) }
    }
}

fn groups(all: &[Candidate]) -> HashMap<GroupName, u32> {
    all.iter().map(|one| ((one.row.group, one.container.clone()), 0)).collect()
}

/// Leaves out what is hidden, expired, of a container that is off, or of which there is a newer one.
fn keep_living(all: Vec<Candidate>, seqs: &[u64], living: Living<'_>) -> Vec<Candidate> {
    let hidden: HashMap<u64, u64> = living.tombstones.iter().fold(HashMap::new(), |mut hidden, tombstone| {
        let seq: &mut u64 = hidden.entry(tombstone.token).or_default();
        *seq = tombstone.seq.max(*seq);
        hidden
    });
    let seq = |one: &Candidate| seqs.get(one.source).copied().unwrap_or_default();
    let mut alive: Vec<Candidate> = all
        .into_iter()
        .filter(|one| one.row.indexed >= living.since && living.containers.contains(&one.container.as_str()))
        .filter(|one| {
            hidden.is_empty() || hidden.get(&Tombstone::token(&one.row.id)).is_none_or(|age| *age <= seq(one))
        })
        .collect();
    alive.sort_by(|one, other| {
        by_place((&one.container, &one.row.id), (&other.container, &other.row.id)).then(seq(other).cmp(&seq(one)))
    });
    alive.dedup_by(|next, kept| next.row.id == kept.row.id && next.container == kept.container);
    alive
}

fn number(living: Vec<Candidate>, mut groups: HashMap<GroupName, u32>, sources: &mut [Source<'_>]) -> Documents {
    let mut names: Vec<String> = Vec::new();
    let mut rows = Vec::new();
    let mut next = 0_u32;
    for one in living {
        let Candidate { source, first, container, mut row } = one;
        for offset in 0..u32::try_from(row.blocks.len()).unwrap_or(u32::MAX) {
            let old = usize::try_from(first.saturating_add(offset)).unwrap_or(usize::MAX);
            if let Some(new) = sources.get_mut(source).and_then(|source| source.map.get_mut(old)) {
                *new = next;
            }
            next = next.saturating_add(1);
        }
        if names.last() != Some(&container) {
            names.push(container.clone());
        }
        if let Some(alive) = groups.get_mut(&(row.group, container)) {
            *alive += 1;
        }
        row.run = u32::try_from(names.len().saturating_sub(1)).unwrap_or(u32::MAX);
        rows.push(row);
    }
    let mut groups: Vec<_> = groups.into_iter().map(|((id, container), alive)| (id, container, alive)).collect();
    groups.sort();
    Documents { names, rows, groups }
}

const DEAD: u32 = u32::MAX;
/// Ranges of a dictionary read at once.
const AT_ONCE: u32 = 8;
