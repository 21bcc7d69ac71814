//! The laws of the index, on random documents from a seed that every failure names: what is merged, split or built at once
//! answers alike; what is deleted is gone; what is damaged is said, and nothing panics.

mod damage;
mod meaning;
mod merging;
mod planning;

use std::collections::{BTreeMap, HashMap};
use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use super::manifest::{Container, ContainerState, Entry, GroupName, Manifest, Tombstone};
use super::plan::{Ask, Budget, Found, QueryVector, Search, Spent, Step, Unreadable};
use super::segment::merge::{Living, Lost, Values, merge};
use super::segment::{Basis, Broken, SegmentId, ValueKey, ValueName, build};
use super::{Doc, Meta, Piece, Space, query};
use crate::random::Xorshift;

struct Random(Xorshift);

impl Random {
    fn new(seed: u64) -> Self {
        Self(Xorshift::seeded(seed))
    }

    fn next(&mut self) -> u64 {
        self.0.next()
    }

    fn below(&mut self, most: usize) -> usize {
        self.0.below(most)
    }

    /// A word; the first ones much more often.
    fn word(&mut self) -> String {
        let share = 1 + self.below(12);
        let number = self.below(600 / share);
        format!("{}{}", ["pump", "valve", "crawler", "tunnel", "gasket"][number % 5], letters(number))
    }

    fn text(&mut self, words: usize) -> String {
        (0..words).map(|_| self.word()).collect::<Vec<_>>().join(" ")
    }

    fn doc(&mut self, container: &str, number: usize) -> Doc {
        let pieces = self.below(4);
        let piece = |random: &mut Random| Piece { heading: vec![random.word()], text: random.text(25), vector: None };
        Doc {
            id: format!("issue:{}-{number}", container.to_uppercase()),
            container: container.to_owned(),
            title: self.text(4),
            pieces: (0..pieces).map(|_| piece(self)).collect(),
            meta: Meta {
                key: Some(format!("{container}-{number}")),
                kind: Some(["Bug", "Task", "Story"][self.below(3)].to_owned()),
                author: Some(format!("account-{}", self.below(4))),
                updated: Some(u32::try_from(19_000 + self.below(900)).unwrap()),
                indexed: TODAY - 1,
            },
        }
    }

    fn docs(&mut self, container: &str, numbers: std::ops::Range<usize>) -> Vec<Doc> {
        numbers.map(|number| self.doc(container, number)).collect()
    }
}

/// Letters that stand for a number, so that no word is like another by a digit alone.
fn letters(mut number: usize) -> String {
    let mut out = String::new();
    for _ in 0..3 {
        out.push(char::from(b'a' + u8::try_from(number % 26).unwrap()));
        number /= 26;
    }
    out
}

/// An index in memory.
#[derive(Clone, Default)]
struct Index {
    manifest: Manifest,
    values: BTreeMap<ValueKey, Vec<u8>>,
    next: u64,
    space: Option<Space>,
}

struct Store<'a>(&'a mut Index, SegmentId);

impl Values for Store<'_> {
    type Error = Broken;

    async fn read(&mut self, keys: &[ValueKey]) -> Result<Vec<Option<Vec<u8>>>, Broken> {
        Ok(keys.iter().map(|key| self.0.values.get(key).cloned()).collect())
    }

    async fn write(&mut self, values: Vec<(ValueName, Vec<u8>)>) -> Result<(), Broken> {
        let Store(index, segment) = self;
        index.values.extend(values.into_iter().map(|(name, value)| (ValueKey { segment: *segment, name }, value)));
        Ok(())
    }
}

fn at_once<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(output) => output,
        Poll::Pending => panic!("waits"),
    }
}

impl Index {
    fn of(containers: &[&str]) -> Self {
        let manifest = Manifest { next_seq: 1, average: AVERAGE, ttl_days: 90, ..Manifest::default() };
        let mut index = Index { manifest, ..Index::default() };
        for name in containers {
            let container =
                Container { name: (*name).to_owned(), state: ContainerState::Ready, ..Container::default() };
            index.manifest.containers.push(container);
        }
        index
    }

    /// Writes documents as one segment; those there already are replaced.
    fn add(&mut self, docs: &[Doc]) {
        self.next += 1;
        let id = SegmentId(self.next);
        let segment = build(id, docs, Basis { average: AVERAGE, space: self.space.as_ref() });
        self.values.extend(segment.values.into_iter().map(|(name, value)| (ValueKey { segment: id, name }, value)));
        let hidden = docs.iter().map(|doc| Tombstone::token(&doc.id)).collect();
        self.manifest.add_all(vec![(segment.entry, segment.groups)], &hidden);
    }

    fn merge_all(&mut self) {
        let ids: Vec<SegmentId> = self.manifest.segments.iter().map(|entry| entry.id).collect();
        self.merge(&ids, &[]).unwrap();
        self.sweep();
    }

    /// Merges these, with these groups of texts anew.
    fn merge(&mut self, ids: &[SegmentId], anew: &[GroupName]) -> Result<Lost, Broken> {
        self.next += 1;
        let id = SegmentId(self.next);
        let before = self.manifest.clone();
        let inputs: Vec<&Entry> = before.segments.iter().filter(|entry| ids.contains(&entry.id)).collect();
        let names: Vec<&str> = before.containers.iter().map(|container| container.name.as_str()).collect();
        let living = Living { tombstones: &before.tombstones, containers: &names, since: TODAY - 90, anew };
        let space = self.space.clone();
        let merged = at_once(merge(id, &inputs, living, space.as_ref(), &mut Store(self, id)))?;
        assert!(self.manifest.replace(ids, merged.entry, &merged.groups, before.next_seq));
        self.manifest.add_texts(merged.texts);
        Ok(merged.lost)
    }

    /// Deletes what nothing names any more.
    fn sweep(&mut self) {
        for dropped in std::mem::take(&mut self.manifest.dropped) {
            dropped.keys().for_each(|key| assert!(self.values.remove(&key).is_some(), "{key:?} was never written"));
        }
    }

    fn search(&self, text: &str) -> Found {
        self.ask(text, &Ask { budget: Budget::NONE, ..ask() })
    }

    fn ask(&self, text: &str, ask: &Ask) -> Found {
        self.ask_near(text, None, ask)
    }

    fn ask_near(&self, text: &str, vector: Option<&QueryVector>, ask: &Ask) -> Found {
        let query = query::parse(text).unwrap();
        let mut search = Search::new(&self.manifest, &query, vector, ask.clone());
        for _ in 0..20 {
            match search.step() {
                Step::Done(found) => return found,
                Step::Read(keys) => {
                    for key in keys {
                        let value = self.values.get(&key).cloned();
                        let stored = value.as_ref().map_or(0, |value| u64::try_from(value.len()).unwrap());
                        search.give(key, stored, value.ok_or(Unreadable::Missing));
                    }
                }
            }
        }
        panic!("the plan does not end");
    }
}

fn ask() -> Ask {
    Ask {
        budget: Budget::QUERY,
        most: 200,
        containers: Vec::new(),
        today: TODAY,
        texts: false,
        spent: Spent::default(),
    }
}

/// Ids and scores, in an order that does not depend on where documents lie.
fn ranking(found: &Found) -> Vec<(String, f32)> {
    let mut all: Vec<(String, f32)> = found.hits.iter().map(|hit| (hit.doc.clone(), hit.score)).collect();
    all.sort_by(|one, other| other.1.total_cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
    all
}

fn scores(found: &Found) -> HashMap<String, f32> {
    found.hits.iter().map(|hit| (hit.doc.clone(), hit.score)).collect()
}

const TODAY: u32 = 20_000;
const AVERAGE: f32 = 30.0;
