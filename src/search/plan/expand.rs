//! Terms of the dictionary that count for one of the query: itself, longer ones while it is being typed, similar ones.
//! It reads only ranges that are there already.

use std::collections::BTreeMap;

use super::lane::Lane;
use super::lookup::{range_of, ranges_of};
use crate::search::posting::terms::split_tier;
use crate::search::query::QueryTerm;
use crate::search::segment::Broken;

/// Terms of the dictionary, with what they count and the number of pieces they stand in, all segments together.
pub(super) type Candidates = BTreeMap<Vec<u8>, (f32, u64)>;

/// Adds what a segment has for a term of the query.
///
/// # Errors
/// [`Broken`] when a range is; what was found before stays.
pub(super) fn gather(lane: &Lane<'_>, term: &QueryTerm, all: &mut Candidates) -> Result<(), Broken> {
    let text = term.text.as_bytes();
    let Some(routing) = lane.routing() else { return Ok(()) };
    if term.fuzzy {
        // What is similar lies near: only what the range of the word itself holds is looked at.
        let from: String = term.text.chars().take(1).collect();
        let Some(number) = range_of(routing, text) else { return Ok(()) };
        return walk(lane, number, from.as_bytes(), term, all);
    }
    if !term.prefix {
        let list = match range_of(routing, text).and_then(|number| lane.terms(number)) {
            Some(terms) => terms.find(text)?,
            None => None,
        };
        if let Some(list) = list {
            add(all, text, term.weight, u64::from(list.total));
        }
        return Ok(());
    }
    for number in ranges_of(routing, text, &[text, &[0xff]].concat()).take(RANGES) {
        walk(lane, number, text, term, all)?;
    }
    Ok(())
}

/// Adds the terms of a range that begin with `from` and count for the query's.
fn walk(lane: &Lane<'_>, number: u32, from: &[u8], term: &QueryTerm, all: &mut Candidates) -> Result<(), Broken> {
    let Some(terms) = lane.terms(number) else { return Ok(()) };
    let mut cursor = terms.from(from)?;
    while cursor.advance()? {
        let (found, tier) = split_tier(cursor.term());
        if tier > 0 || found < from {
            continue;
        }
        if !found.starts_with(from) {
            break;
        }
        // Most of a range is too long or too short to be a slip of the word: no need to look at its letters.
        let typed = term.text.len();
        if term.fuzzy && (found.len() > typed.saturating_add(SLACK) || found.len().saturating_add(2 * SLACK) < typed) {
            continue;
        }
        let candidate = std::str::from_utf8(found).map_err(|_| Broken)?;
        if let Some(counts) = term.counts(candidate) {
            add(all, found, counts, u64::from(cursor.list().total));
        }
    }
    Ok(())
}

fn add(all: &mut Candidates, term: &[u8], counts: f32, pieces: u64) {
    let slot = all.entry(term.to_vec()).or_insert((counts, 0));
    slot.1 = slot.1.saturating_add(pieces);
}

/// Bytes by which a similar word may be longer; it may be shorter by an ending besides.
const SLACK: usize = 6;
/// Ranges in which longer terms are looked for.
pub(super) const RANGES: usize = 2;
