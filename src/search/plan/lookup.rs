//! What a query looks up: its words, and the terms of its filters.
//! It reads no dictionary.

use crate::search::manifest::Routing;
use crate::search::query::{Filters, Query};
use crate::search::segment::filter;

/// A set of terms of which a document must have one, or none.
#[derive(Debug)]
pub(super) struct Filter {
    /// From the first to the last of each, both included.
    pub(super) ranges: Vec<(Vec<u8>, Vec<u8>)>,
    /// Whether a document with one is in, or out.
    pub(super) wanted: bool,
}

/// The filters that the dictionary answers.
pub(super) fn filters(query: &Query, today: u32) -> Vec<Filter> {
    let Filters { kinds, authors, updated, exclude, .. } = &query.filters;
    let one = |term: Vec<u8>| (term.clone(), term);
    let mut all = vec![
        Filter { ranges: kinds.any.iter().map(|kind| one(filter::kind(kind))).collect(), wanted: true },
        Filter { ranges: kinds.none.iter().map(|kind| one(filter::kind(kind))).collect(), wanted: false },
        Filter { ranges: authors.any.iter().map(|author| one(filter::author(author))).collect(), wanted: true },
        Filter { ranges: authors.none.iter().map(|author| one(filter::author(author))).collect(), wanted: false },
        Filter { ranges: exclude.iter().map(|term| one(term.as_bytes().to_vec())).collect(), wanted: false },
    ];
    if updated.from.is_some() || updated.to.is_some() {
        let from = updated.from.map_or(0, |day| day.resolve(today));
        let to = updated.to.map_or(MOST_DAYS, |day| day.resolve(today));
        let months = (filter::month(from / filter::MONTH), filter::month(to / filter::MONTH));
        all.push(Filter { ranges: vec![months], wanted: true });
    }
    all.retain(|filter| !filter.ranges.is_empty());
    all
}

/// The range of the dictionary in which a term lies.
pub(super) fn range_of(routing: &Routing, term: &[u8]) -> Option<u32> {
    let at = routing.terms.partition_point(|(first, _)| first.as_slice() <= term);
    u32::try_from(at.checked_sub(1)?).ok()
}

/// The ranges in which terms from `first` to `last` lie.
pub(super) fn ranges_of(routing: &Routing, first: &[u8], last: &[u8]) -> std::ops::RangeInclusive<u32> {
    let from = range_of(routing, first).unwrap_or(0);
    match range_of(routing, last) {
        Some(to) => from..=to,
        // Before every term.
        None => std::ops::RangeInclusive::new(1, 0),
    }
}

/// The number of pieces a term stands in, when it is common in this segment.
pub(super) fn common(routing: &Routing, term: &[u8]) -> Option<u32> {
    let at = routing.common.binary_search_by(|(common, _)| common.as_slice().cmp(term)).ok()?;
    Some(routing.common.get(at)?.1)
}

/// The year 4800: no document is younger.
const MOST_DAYS: u32 = 1 << 20;
