//! What of a container differs from the index: pure comparison of a page of ids with the documents held.
//! It reads and writes nothing.

use std::collections::BTreeMap;
use std::ops::Bound;

use super::held::Held;
use super::reading::{Listing, Notes, Read};
use crate::flow::shelf::Written;
use crate::flow::stop::{Stop, bad_field};
use crate::protocol::{ContainerKind, SourceKind};
use crate::record::{document_id, source_of};
use crate::search::Doc;
use crate::search::manifest::Tombstone;

/// Where a comparison is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Walk {
    /// The product's token of the next page; none before the first and after the last.
    pub(super) token: Option<String>,
    /// Documents seen.
    pub(super) done: u64,
    /// The number of the last document seen.
    after: u64,
    /// How often embedding the next page failed.
    pub(super) tries: u8,
}

impl Walk {
    /// From an event.
    pub(super) fn parse(cursor: Option<&str>) -> Result<Walk, Stop> {
        let Some(text) = cursor else { return Ok(Walk::default()) };
        let (token, done, after, tries) = serde_json::from_str(text).map_err(|_| bad_field("cursor"))?;
        Ok(Walk { token, done, after, tries })
    }

    /// For the next event.
    pub(super) fn print(&self) -> String {
        serde_json::json!([self.token, self.done, self.after, self.tries]).to_string()
    }

    /// Goes on behind a page.
    pub(super) fn move_on(&mut self, page: &Listing) {
        self.token.clone_from(&page.next);
        self.tries = 0;
        self.done = self.done.saturating_add(u64::try_from(page.there.len()).unwrap_or(u64::MAX));
        self.after = page.there.last().map_or(self.after, |(id, _)| number(id));
    }
}

/// How long what was indexed is good for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Age {
    /// Days since the Unix epoch.
    pub(super) today: u32,
    /// Days a document stays.
    pub(super) days: u32,
}

impl Age {
    /// Whether a document has to be read again before its time is over.
    fn is_due(self, indexed: u32) -> bool {
        self.today.saturating_sub(indexed) >= self.days.saturating_sub((self.days / 4).clamp(1, 14))
    }
}

/// What a page differs in.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Differs {
    /// Keys or ids to read.
    pub(super) changed: Vec<String>,
    /// Documents of the index that are not there any more.
    gone: Vec<String>,
}

/// A comparison under way.
pub(super) struct Compared {
    kind: SourceKind,
    held: BTreeMap<u64, Held>,
    age: Age,
    /// Whether what is held counts as read.
    counts: bool,
    docs: Vec<Doc>,
    gone: Vec<String>,
    /// What of the documents read was passed over; of those that are gone, nothing any more.
    pub(super) passed: Notes,
    merge: bool,
}

impl Compared {
    /// With what the index holds of the container.
    pub(super) fn of(kind: ContainerKind, held: Vec<Held>, age: Age, counts: bool) -> Compared {
        let kind = kind.source();
        let numbered = held.into_iter().filter_map(|held| Some((number(source_of(&held.id)?.1), held)));
        Compared {
            kind,
            held: numbered.collect(),
            age,
            counts,
            docs: Vec::new(),
            gone: Vec::new(),
            passed: Notes::new(),
            merge: false,
        }
    }

    /// What a page differs in from the index. Documents between the ends of the page that it does not have are gone; of a page that is
    /// not in order nothing is taken for gone.
    pub(super) fn differs(&self, walk: &Walk, page: &Listing) -> Differs {
        let numbers: Vec<u64> = page.there.iter().map(|(id, _)| number(id)).collect();
        let is_rising = numbers.is_sorted() && numbers.first().is_none_or(|first| *first > walk.after);
        let last = if page.next.is_none() { u64::MAX } else { numbers.last().copied().unwrap_or(walk.after) };
        let between = (Bound::Excluded(walk.after), Bound::Included(last));
        let held = (is_rising && last > walk.after).then(|| self.held.range(between)).into_iter().flatten();
        let gone = held.filter(|(number, _)| numbers.binary_search(number).is_err());
        let changed = page.there.iter().filter(|(id, updated)| !self.is_same(id, *updated));
        Differs {
            gone: gone.map(|(_, held)| held.id.clone()).collect(),
            changed: changed.map(|(id, _)| id.clone()).collect(),
        }
    }

    /// Whether the index has the document as it is. Days are compared: one that changed on the day it was indexed may have
    /// changed after that, and is read again.
    fn is_same(&self, id: &str, updated: Option<u32>) -> bool {
        self.held.get(&number(id)).is_some_and(|held| {
            self.counts
                && held.id == document_id(self.kind, id)
                && updated.is_some()
                && held.updated == updated
                && updated < Some(held.indexed)
                && !self.age.is_due(held.indexed)
        })
    }

    /// Takes what was read. What was to be read and was not there is gone.
    pub(super) fn keep(&mut self, Read { docs, passed }: Read, differs: Differs) {
        let read = |id: &str| docs.iter().any(|doc| doc.id == id);
        let missing = differs.changed.iter().map(|id| (number(id), document_id(self.kind, id)));
        let missing = missing.filter(|(number, id)| self.held.contains_key(number) && !read(id)).map(|(_, id)| id);
        self.passed.extend(passed);
        for id in differs.gone.into_iter().chain(missing) {
            self.passed.entry(Tombstone::token(&id)).or_insert(None);
            self.gone.push(id);
        }
        self.docs.extend(docs);
    }

    /// Whether there is enough for a segment.
    pub(super) fn is_full(&self) -> bool {
        let text = |doc: &Doc| doc.pieces.iter().map(|piece| piece.text.len()).sum::<usize>();
        self.docs.len() >= PER_SEGMENT || self.docs.iter().map(text).sum::<usize>() >= BYTES_PER_SEGMENT
    }

    /// Hands over what was found so far.
    pub(super) fn take(&mut self) -> (Vec<Doc>, Vec<String>) {
        (std::mem::take(&mut self.docs), std::mem::take(&mut self.gone))
    }

    /// Notes what a write said.
    pub(super) fn note(&mut self, written: Written) {
        self.merge |= written.merge;
    }

    /// Whether the index would be better off merged.
    pub(super) fn is_worth_a_merge(&self) -> bool {
        self.merge
    }
}

/// The number of an issue within its project, or of a page.
fn number(id: &str) -> u64 {
    id.rsplit_once('-').map_or(id, |(_, number)| number).parse().unwrap_or(0)
}

/// A segment of a crawl: documents, and bytes of their texts.
const PER_SEGMENT: usize = 300;
const BYTES_PER_SEGMENT: usize = 2 << 20;

#[cfg(test)]
mod tests {
    use super::*;

    const AGE: Age = Age { today: 1_000, days: 90 };

    fn held(number: u32, updated: u32, indexed: u32) -> Held {
        Held { id: format!("issue:A-{number}"), updated: Some(updated), indexed }
    }

    fn page(there: &[(u32, u32)], next: Option<&str>) -> Listing {
        let there = there.iter().map(|(number, day)| (format!("A-{number}"), Some(*day))).collect();
        Listing { there, next: next.map(str::to_owned) }
    }

    #[track_caller]
    fn check(index: &[Held], walk: &Walk, page: &Listing, changed: &[&str], gone: &[&str]) {
        let compared = Compared::of(ContainerKind::Project, index.to_vec(), AGE, true);
        let differs = compared.differs(walk, page);
        assert_eq!(differs.changed, changed, "changed");
        assert_eq!(differs.gone, gone, "gone");
    }

    #[test]
    fn reads_what_is_new_or_changed_and_nothing_else() {
        let index = [held(1, 900, 950), held(2, 900, 950)];
        check(&index, &Walk::default(), &page(&[(1, 900), (2, 960), (3, 900)], None), &["A-2", "A-3"], &[]);
    }

    #[test]
    fn reads_everything_of_a_container_that_was_never_read_to_its_end() {
        let compared = Compared::of(ContainerKind::Project, vec![held(1, 900, 950)], AGE, false);
        assert_eq!(compared.differs(&Walk::default(), &page(&[(1, 900)], None)).changed, ["A-1"]);
    }

    #[test]
    fn reads_again_what_changed_on_the_day_it_was_indexed() {
        check(&[held(1, 950, 950)], &Walk::default(), &page(&[(1, 950)], None), &["A-1"], &[]);
    }

    #[test]
    fn reads_again_what_is_nearly_too_old() {
        check(&[held(1, 900, 923)], &Walk::default(), &page(&[(1, 900)], None), &["A-1"], &[]);
        check(&[held(1, 900, 925)], &Walk::default(), &page(&[(1, 900)], None), &[], &[]);
    }

    #[test]
    fn what_a_page_passes_over_is_gone() {
        let index = [held(1, 900, 950), held(2, 900, 950), held(9, 900, 950)];
        let first = page(&[(1, 900), (3, 900)], Some("more"));
        check(&index, &Walk::default(), &first, &["A-3"], &["issue:A-2"]);
        let mut walk = Walk::default();
        walk.move_on(&first);
        check(&index, &walk, &page(&[(12, 900)], None), &["A-12"], &["issue:A-9"]);
        check(&index, &walk, &page(&[], None), &[], &["issue:A-9"]);
        check(&index, &walk, &page(&[], Some("more")), &[], &[]);
    }

    #[test]
    fn nothing_is_gone_by_a_page_that_is_not_in_order() {
        let index = [held(1, 900, 950), held(2, 900, 950)];
        check(&index, &Walk::default(), &page(&[(3, 900), (1, 900)], None), &["A-3"], &[]);
    }

    #[test]
    fn a_walk_is_what_it_was_when_it_is_read_back() {
        let mut walk = Walk::default();
        walk.move_on(&page(&[(7, 1)], Some("a\"b")));
        assert_eq!(Walk::parse(Some(&walk.print())).ok(), Some(walk));
        assert!(Walk::parse(Some("[]")).is_err());
    }
}
