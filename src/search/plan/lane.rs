//! One segment under the query: its values as far as they came, the scores of its pieces, the documents it admits.
//! It asks for nothing and knows no budget.

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::rc::Rc;

use super::lookup::{Filter, ranges_of};
use super::opened::{MOST_PIECES, Opened, Part, of_starts};
use crate::search::manifest::{Entry, Form, Routing};
use crate::search::posting::terms::{List, Terms};
use crate::search::score;
use crate::search::segment::documents::Table;
use crate::search::segment::{Broken, ValueName};

/// The greatest values of the group that is being added.
#[derive(Debug, Default)]
pub(super) struct Best {
    values: Vec<f32>,
    touched: Vec<u32>,
}

impl Best {
    /// Makes room for so many pieces.
    pub(super) fn of(&mut self, pieces: usize) -> &mut Self {
        self.values.resize(pieces, 0.0);
        self
    }
}

/// What each impact counts.
fn impacts(weight: f32) -> [f32; 64] {
    let mut table = [0.0_f32; 64];
    for (impact, slot) in (0_u8..).zip(&mut table) {
        *slot = weight * score::weight(impact);
    }
    table
}

/// Visits a list's postings below `pieces`: the piece, its place, and what it counts.
fn weighed(list: &List<'_>, pieces: usize, weight: f32, mut visit: impl FnMut(u32, usize, f32)) -> Result<(), Broken> {
    let table = impacts(weight);
    let below = u32::try_from(pieces).map_err(|_| Broken)?;
    list.each(below, |ordinal, impact| {
        let at = usize::try_from(ordinal).unwrap_or(usize::MAX);
        visit(ordinal, at, table.get(usize::from(impact & 63)).copied().unwrap_or_default());
    })
}

/// One segment under the query.
#[derive(Debug)]
pub(super) struct Lane<'a> {
    pub(super) entry: &'a Entry,
    /// Number of its first document among those of all segments.
    pub(super) base: u32,
    /// Number of its first piece among those of all segments.
    pub(super) piece_base: u32,
    /// Documents of admitted containers.
    admitted: Vec<Range<u32>>,
    values: HashMap<ValueName, Rc<Opened>>,
    lost: HashSet<ValueName>,
    firsts: Rc<Vec<u32>>,
    pub(super) scores: Vec<f32>,
    pub(super) marks: Vec<u32>,
    /// Per document, whether its filters admit it; empty when there is none.
    allowed: Vec<bool>,
    pub(super) best: Best,
}

impl<'a> Lane<'a> {
    /// A segment with documents of a container that `admits`; none else.
    pub(super) fn new(entry: &'a Entry, (base, piece_base): (u32, u32), admits: &dyn Fn(&str) -> bool) -> Option<Self> {
        let mut next = 0_u32;
        let mut admitted: Vec<Range<u32>> = Vec::new();
        for run in &entry.runs {
            let end = next.saturating_add(run.documents);
            if admits(&run.container) {
                admitted.push(next..end);
            }
            next = end;
        }
        if admitted.is_empty() || entry.pieces > MOST_PIECES || next != entry.documents {
            return None;
        }
        Some(Lane {
            entry,
            base,
            piece_base,
            admitted,
            values: HashMap::new(),
            lost: HashSet::new(),
            firsts: Rc::default(),
            scores: Vec::new(),
            marks: Vec::new(),
            allowed: Vec::new(),
            best: Best::default(),
        })
    }

    pub(super) fn is_single(&self) -> bool {
        self.entry.form == Form::Single
    }

    /// Takes a value.
    pub(super) fn take(&mut self, name: ValueName, value: Rc<Opened>) {
        self.values.insert(name, value);
    }

    /// Takes note of a value that cannot be read.
    pub(super) fn lose(&mut self, name: ValueName) {
        self.lost.insert(name);
    }

    pub(super) fn has(&self, name: ValueName) -> bool {
        self.part(name).is_some() || self.lost.contains(&name)
    }

    /// Which value holds what, as soon as it is known.
    pub(super) fn routing(&self) -> Option<&Routing> {
        match (&self.entry.form, self.values.get(&ValueName::Single).map(|single| &single.0)) {
            (Form::Cut(routing), _) => Some(routing),
            (Form::Single, Some(Part::Single(whole))) => Some(&whole.routing),
            (Form::Single, _) => None,
        }
    }

    fn part(&self, name: ValueName) -> Option<&Part> {
        let found = match self.values.get(&ValueName::Single).map(|single| &single.0) {
            Some(Part::Single(whole)) if !matches!(name, ValueName::Texts(_)) => whole.parts.get(&name),
            _ => self.values.get(&name),
        };
        found.map(|opened| &opened.0)
    }

    /// A range of the dictionary.
    pub(super) fn terms(&self, number: u32) -> Option<Terms<'_>> {
        match self.part(ValueName::Terms(number))? {
            Part::Terms(value) => Terms::open(value).ok(),
            _ => None,
        }
    }

    /// A range of the documents.
    pub(super) fn table(&self, number: u32) -> Option<&Table> {
        match self.part(ValueName::Documents(number))? {
            Part::Documents(table) => Some(table),
            _ => None,
        }
    }

    /// A value that is read where it is used.
    pub(super) fn raw(&self, name: ValueName) -> Option<&[u8]> {
        match self.part(name)? {
            Part::Raw(value) => Some(value),
            _ => None,
        }
    }

    /// Gets ready to score: where documents begin.
    ///
    /// # Errors
    /// [`Broken`] when that cannot be known; the segment is then out.
    pub(super) fn begin(&mut self) -> Result<(), Broken> {
        let single = self.values.get(&ValueName::Single).map(|single| &single.0);
        self.firsts = match (&self.entry.form, single, self.part(ValueName::Root)) {
            (Form::Single, Some(Part::Single(whole)), _) => Rc::clone(&whole.firsts),
            (Form::Cut(_), _, Some(Part::Root(firsts))) => Rc::clone(firsts),
            (Form::Cut(routing), _, _) => Rc::new(of_starts(self.entry, &routing.starts)?.ok_or(Broken)?),
            (Form::Single, _, _) => return Err(Broken),
        };
        let pieces = usize::try_from(self.entry.pieces).map_err(|_| Broken)?;
        self.scores = vec![0.0; pieces];
        self.marks = vec![0; pieces];
        Ok(())
    }

    /// Whether the segment can be scored.
    pub(super) fn is_ready(&self) -> bool {
        !self.firsts.is_empty()
    }

    /// Adds a list's impacts, each times `weight`, and `mark`s its pieces.
    ///
    /// # Errors
    /// [`Broken`] when the list is; what came before it counts.
    pub(super) fn add(
        scores: &mut [f32],
        marks: &mut [u32],
        list: &List<'_>,
        weight: f32,
        mark: u32,
    ) -> Result<(), Broken> {
        weighed(list, scores.len(), weight, |_, at, value| {
            if let (Some(score), Some(marked)) = (scores.get_mut(at), marks.get_mut(at)) {
                *score += value;
                *marked |= mark;
            }
        })
    }

    /// Keeps for each piece of a list the greatest of what it counts and what is known, and `mark`s its pieces.
    ///
    /// # Errors
    /// [`Broken`] when the list is; what came before it counts.
    pub(super) fn keep_best(
        best: &mut Best,
        marks: &mut [u32],
        list: &List<'_>,
        weight: f32,
        mark: u32,
    ) -> Result<(), Broken> {
        weighed(list, marks.len(), weight, |ordinal, at, value| {
            if let (Some(known), Some(marked)) = (best.values.get_mut(at), marks.get_mut(at)) {
                if *known == 0.0 {
                    best.touched.push(ordinal);
                }
                *known = known.max(value);
                *marked |= mark;
            }
        })
    }

    /// Adds what was kept, and forgets it.
    pub(super) fn add_best(scores: &mut [f32], best: &mut Best) {
        for ordinal in best.touched.drain(..) {
            let at = usize::try_from(ordinal).unwrap_or(usize::MAX);
            if let (Some(score), Some(known)) = (scores.get_mut(at), best.values.get_mut(at)) {
                *score += std::mem::take(known);
            }
        }
    }

    /// Holds the documents against a filter; how many ranges were broken. Terms that cannot be read admit nothing, and forbid
    /// nothing.
    pub(super) fn filter(&mut self, filter: &Filter) -> u32 {
        let documents = usize::try_from(self.entry.documents).unwrap_or_default();
        let mut found = vec![false; documents];
        let Some(routing) = self.routing() else { return 0 };
        let mut broken = 0;
        for (first, last) in &filter.ranges {
            for number in ranges_of(routing, first, last) {
                let Some(terms) = self.terms(number) else { continue };
                // What is broken ends the walk; documents behind it are not found.
                broken += u32::from(self.mark_documents(&terms, first, last, &mut found).is_err());
            }
        }
        if self.allowed.is_empty() {
            self.allowed = vec![true; documents];
        }
        for (allowed, found) in self.allowed.iter_mut().zip(found) {
            *allowed = *allowed && found == filter.wanted;
        }
        broken
    }

    fn mark_documents(&self, terms: &Terms<'_>, first: &[u8], last: &[u8], found: &mut [bool]) -> Result<(), Broken> {
        let mut cursor = terms.from(first)?;
        while cursor.advance()? {
            let (term, _) = crate::search::posting::terms::split_tier(cursor.term());
            if term < first {
                continue;
            }
            if term > last {
                break;
            }
            cursor.list().each(self.entry.pieces, |ordinal, _| {
                let document = self.document_of(ordinal);
                if let Some(slot) = usize::try_from(document).ok().and_then(|at| found.get_mut(at)) {
                    *slot = true;
                }
            })?;
        }
        Ok(())
    }

    /// The document of a piece.
    pub(super) fn document_of(&self, piece: u32) -> u32 {
        let behind = self.firsts.partition_point(|first| *first <= piece);
        u32::try_from(behind.saturating_sub(1)).unwrap_or(u32::MAX)
    }

    /// Whether containers and filters admit a document.
    pub(super) fn admits(&self, document: u32) -> bool {
        let is_allowed = self.allowed.is_empty()
            || usize::try_from(document).ok().and_then(|at| self.allowed.get(at)).copied().unwrap_or(false);
        is_allowed && self.admitted.iter().any(|range| range.contains(&document))
    }

    /// The pieces of a document.
    pub(super) fn pieces(&self, document: u32) -> Range<usize> {
        let at = usize::try_from(document).unwrap_or(usize::MAX);
        let first = |at: usize| self.firsts.get(at).and_then(|first| usize::try_from(*first).ok()).unwrap_or(0);
        first(at)..first(at.saturating_add(1))
    }

    /// The piece of a document that counts most.
    pub(super) fn best_piece(&self, document: u32) -> Option<u32> {
        let pieces = self.pieces(document);
        let scores = self.scores.get(pieces.clone())?.iter().enumerate();
        let best = scores.max_by(|one, other| one.1.total_cmp(other.1).then(other.0.cmp(&one.0)))?;
        u32::try_from(pieces.start.saturating_add(best.0)).ok()
    }

    /// Documents of admitted containers, each with the range of its pieces.
    pub(super) fn documents(&self) -> impl Iterator<Item = (u32, Range<usize>)> {
        self.admitted.iter().flat_map(|range| range.clone()).map(|document| (document, self.pieces(document)))
    }

    /// The range of documents in which one lies, and its place there.
    pub(super) fn table_of(&self, document: u32) -> Option<(u32, usize)> {
        let mut left = document;
        let tables = self.routing()?.documents.iter().zip(0_u32..);
        for (table, number) in tables {
            match left.checked_sub(table.documents) {
                Some(rest) => left = rest,
                None => return Some((number, usize::try_from(left).ok()?)),
            }
        }
        None
    }
}
