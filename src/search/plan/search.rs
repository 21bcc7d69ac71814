//! The rounds of one query: dictionaries, cells of embeddings, documents, texts.
//! It scores nothing itself; a round is left out when nobody needs it.

use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;

use super::lane::Lane;
use super::lookup::{self, Filter};
use super::opened::Opened;
use super::purse::Purse;
use super::rank::Scored;
use super::{Ask, Found, Hit, Partial, QueryVector, Unreadable};
use crate::search::manifest::Manifest;
use crate::search::query::Query;
use crate::search::segment::{SegmentId, ValueKey, ValueName};

/// What the plan wants next.
#[derive(Debug)]
pub enum Step {
    /// These values, all at once.
    Read(Vec<ValueKey>),
    /// Nothing more.
    Done(Found),
}

/// One query under way: ask [`Search::step`], give what it wants, ask again.
#[derive(Debug)]
pub struct Search<'a> {
    pub(super) manifest: &'a Manifest,
    pub(super) query: &'a Query,
    pub(super) vector: Option<&'a QueryVector>,
    pub(super) ask: Ask,
    pub(super) lanes: Vec<Lane<'a>>,
    pub(super) filters: Vec<Filter>,
    pub(super) purse: Purse,
    pub(super) left_out: BTreeSet<usize>,
    pub(super) texts: HashMap<(SegmentId, u32), Option<Rc<Opened>>>,
    pub(super) ranked: Vec<Scored>,
    pub(super) similar: HashMap<u32, f32>,
    /// Words of the query that only similar terms were found for.
    pub(super) typos: u32,
    pub(super) hits: Vec<Hit>,
    partial: Option<Partial>,
    stage: Stage,
}

#[derive(Debug, Clone, Copy)]
enum Stage {
    Dictionaries,
    Tiers,
    Cells,
    Fuse,
    Documents(u8),
    Texts,
    Done,
}

impl<'a> Search<'a> {
    /// Begins a query.
    #[must_use]
    pub fn new(manifest: &'a Manifest, query: &'a Query, vector: Option<&'a QueryVector>, mut ask: Ask) -> Self {
        ask.most = ask.most.min(MOST_HITS);
        let (mut base, mut pieces) = (0_u32, 0_u32);
        let mut lanes = Vec::new();
        for entry in manifest.segments.iter().rev() {
            let admits = |name: &str| {
                manifest.container(name).is_some()
                    && (ask.containers.is_empty() || ask.containers.iter().any(|container| container == name))
                    && query.filters.admits_container(name)
            };
            lanes.extend(Lane::new(entry, (base, pieces), &admits));
            base = base.saturating_add(entry.documents);
            pieces = pieces.saturating_add(entry.pieces);
        }
        Search {
            manifest,
            query,
            vector,
            lanes,
            filters: lookup::filters(query, ask.today),
            purse: Purse::new(ask.budget, ask.spent),
            left_out: BTreeSet::new(),
            texts: HashMap::new(),
            ranked: Vec::new(),
            similar: HashMap::new(),
            typos: 0,
            hits: Vec::new(),
            partial: None,
            stage: Stage::Dictionaries,
            ask,
        }
    }

    /// What it wants next.
    pub fn step(&mut self) -> Step {
        loop {
            let wants = match self.stage {
                Stage::Dictionaries => {
                    self.stage = Stage::Tiers;
                    self.want_dictionaries()
                }
                Stage::Tiers => {
                    self.begin_lanes();
                    self.stage = Stage::Cells;
                    self.want_tiers()
                }
                Stage::Cells => {
                    self.stage = Stage::Fuse;
                    self.score();
                    self.want_cells()
                }
                Stage::Fuse => {
                    self.stage = Stage::Documents(0);
                    self.fuse();
                    Vec::new()
                }
                Stage::Documents(round) => {
                    let wants = if round < MOST_ROUNDS { self.want_documents() } else { Vec::new() };
                    self.stage = if wants.is_empty() { Stage::Texts } else { Stage::Documents(round + 1) };
                    wants
                }
                Stage::Texts => {
                    self.stage = Stage::Done;
                    let _ = self.resolve();
                    self.want_texts()
                }
                Stage::Done => return Step::Done(self.finish()),
            };
            if !wants.is_empty() {
                return Step::Read(wants);
            }
        }
    }

    /// Gives a value it asked for, with its length as stored.
    pub fn give(&mut self, key: ValueKey, stored: u64, value: Result<Vec<u8>, Unreadable>) {
        self.ask.spent.add(stored);
        let opened = value.and_then(|value| {
            let entry = self.lanes.iter().find(|lane| lane.entry.id == key.segment).map(|lane| lane.entry);
            match (key.name, entry) {
                (ValueName::Texts(_), _) => Ok(Opened::raw(value)),
                (_, Some(entry)) => Opened::open(entry, key.name, value).map_err(|_| Unreadable::Broken),
                (_, None) => Err(Unreadable::Broken),
            }
        });
        self.put(key, opened.map(Rc::new));
    }

    /// Gives a value that was opened before: it costs nothing.
    pub fn give_opened(&mut self, key: ValueKey, opened: Rc<Opened>) {
        self.put(key, Ok(opened));
    }

    fn put(&mut self, key: ValueKey, opened: Result<Rc<Opened>, Unreadable>) {
        if let Err(code) = opened {
            self.miss(code);
        }
        if let ValueName::Texts(number) = key.name {
            self.texts.insert((key.segment, number), opened.ok());
        } else if let Some(lane) = self.lanes.iter_mut().find(|lane| lane.entry.id == key.segment) {
            match opened {
                Ok(opened) => lane.take(key.name, opened),
                Err(_) => lane.lose(key.name),
            }
        }
    }

    /// Counts a value that cannot be read.
    pub(super) fn miss(&mut self, code: Unreadable) {
        let partial = self.partial.get_or_insert(Partial { code, values: 0 });
        partial.values = partial.values.saturating_add(1);
    }

    fn begin_lanes(&mut self) {
        let mut broken = 0;
        for lane in &mut self.lanes {
            // A value that did not come is counted already.
            let is_lost = lane.is_single() && lane.routing().is_none();
            if lane.begin().is_err() && !is_lost && !lane.has(ValueName::Root) {
                broken += 1;
            }
        }
        for lane in self.lanes.iter_mut().filter(|lane| lane.is_ready()) {
            broken += self.filters.iter().map(|filter| lane.filter(filter)).sum::<u32>();
        }
        (0..broken).for_each(|_| self.miss(Unreadable::Broken));
    }

    fn finish(&mut self) -> Found {
        self.check_texts();
        let mut hits = std::mem::take(&mut self.hits);
        hits.truncate(self.ask.most);
        Found { hits, spent: self.ask.spent, partial: self.partial, left_out: self.left_out.iter().copied().collect() }
    }
}

/// No page shows more, and no line asks for more.
const MOST_HITS: usize = 200;
/// Rounds of documents: the second and third only when hits of the first turned out dead.
const MOST_ROUNDS: u8 = 3;
