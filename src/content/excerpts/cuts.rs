//! Where a long section is best cut: into excerpts of about one size, between blocks rather than within one, at the end of
//! a line rather than of a sentence. It cuts nothing; [`super::pack`] does, and holds the bounds.
//!
//! Of all ways to cut, the one is taken whose excerpts are together nearest to the aim, each cut at its price. So a short
//! table goes with the text around it, and a paragraph gives up a sentence rather than stand alone at twice the size.

use super::super::markdown::{Unit, UnitKind};
use super::super::sentences;
use std::collections::BTreeMap;

/// Where the excerpts after the first begin that units of one section are best cut into, as bytes of `text`, in order;
/// none when the section is not much longer than `aim` bytes.
pub(super) fn cuts(text: &str, units: &[Unit], aim: usize) -> Vec<usize> {
    let whole = units.first().zip(units.last()).map_or(0, |(first, last)| last.range.end - first.range.start);
    if whole.saturating_mul(ALONE.1) <= aim.saturating_mul(ALONE.0) {
        return Vec::new();
    }
    best(&parts(text, units, aim), aim)
}

/// What is not cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Part {
    start: usize,
    end: usize,
    /// What beginning an excerpt with it costs, in thousandths of what one costs that is empty or twice as long.
    price: u64,
}

/// The parts of these units.
fn parts(text: &str, units: &[Unit], aim: usize) -> Vec<Part> {
    let mut out: Vec<Part> = Vec::new();
    let mut before: Option<&UnitKind> = None;
    for unit in units {
        let price = price(text, before, unit);
        match out.last_mut() {
            Some(last) if price.is_none_or(|price| price > 0 && unit.range.end - last.start < aim / LEAST) => {
                last.end = unit.range.end;
            }
            _ => out.push(Part { start: unit.range.start, end: unit.range.end, price: price.unwrap_or_default() }),
        }
        if unit.kind == UnitKind::Text && unit.range.len() > aim / WHOLE {
            within(text, unit, aim, &mut out);
        }
        before = Some(&unit.kind);
    }
    out
}

/// What it costs to begin an excerpt with a unit; none where that may not be.
fn price(text: &str, before: Option<&UnitKind>, unit: &Unit) -> Option<u64> {
    match (before?, &unit.kind) {
        (UnitKind::Heading { .. } | UnitKind::TableHead | UnitKind::CodeOpen, _) | (_, UnitKind::CodeClose) => None,
        (_, UnitKind::TableRow | UnitKind::CodeLine) => Some(LINE),
        _ => {
            let above = text.get(..unit.range.start).unwrap_or_default().trim_end();
            Some(if above.ends_with(':') { SENTENCE } else { 0 })
        }
    }
}

/// Takes a text apart, the last part of which it is.
fn within(text: &str, unit: &Unit, aim: usize, out: &mut Vec<Part>) {
    let part = text.get(unit.range.clone()).unwrap_or_default();
    for (at, price) in places(part, aim) {
        let start = unit.range.start + at;
        let end = text.get(..start).unwrap_or_default().trim_end().len();
        match out.last_mut() {
            Some(last) if start - last.start < aim / LEAST => {}
            Some(last) => {
                last.end = end;
                out.push(Part { start, end: unit.range.end, price });
            }
            None => {}
        }
    }
}

/// Where a text may be cut, and at what price: between sentences, and at the end of a line that was ended on purpose.
fn places(part: &str, aim: usize) -> BTreeMap<usize, u64> {
    let mut out = BTreeMap::new();
    for sentence in sentences(part) {
        out.insert(sentence.start, SENTENCE);
        let long = part.get(sentence.clone()).filter(|long| long.len() > aim / WHOLE).unwrap_or_default();
        // text without capitals has sentences too
        let ends = long.match_indices(['.', '!', '?']).filter_map(|(at, sign)| {
            let behind = long.get(at + sign.len()..)?;
            let next = behind.trim_start();
            (next.len() < behind.len() && !next.is_empty()).then(|| sentence.start + long.len() - next.len())
        });
        out.extend(ends.map(|at| (at, PERHAPS)));
    }
    let width = part.lines().map(str::len).max().unwrap_or_default();
    let mut at = 0;
    for (line, next) in part.lines().zip(part.split_inclusive('\n').skip(1)) {
        at += line.len() + 1;
        let word = next.split_whitespace().next().map_or(0, str::len);
        if line.trim_end().len() + 1 + word <= width {
            out.insert(at + next.len() - next.trim_start().len(), LINE);
        }
    }
    out.remove(&0);
    out
}

/// Where the excerpts after the first begin, at the least cost.
fn best(parts: &[Part], aim: usize) -> Vec<usize> {
    let wide = |bytes: usize| u64::try_from(bytes).unwrap_or(u64::MAX);
    let square = wide(aim).saturating_mul(wide(aim));
    let costs: Vec<u64> = parts.iter().map(|part| (square / 1000).saturating_mul(part.price)).collect();
    // by how many parts there are before it: the least cost, and where the last excerpt of them begins
    let mut known: Vec<(u64, usize)> = vec![(0, 0)];
    for (last, part) in parts.iter().enumerate() {
        let mut least = (u64::MAX, last);
        for (first, begin) in parts.iter().enumerate().take(last + 1).rev() {
            let size = part.end - begin.start;
            if size > aim * 2 && first < last {
                break;
            }
            let off = wide(size.abs_diff(aim).min(aim));
            let own = off.saturating_mul(off).saturating_add(costs.get(first).copied().unwrap_or_default());
            let cost = known.get(first).map_or(u64::MAX, |(before, _)| before.saturating_add(own));
            if cost < least.0 {
                least = (cost, first);
            }
        }
        known.push(least);
    }
    let mut out = Vec::new();
    let mut end = parts.len();
    while let Some(&(_, first)) = known.get(end).filter(|_| end > 0) {
        out.extend(parts.get(first).filter(|_| first > 0).map(|part| part.start));
        end = first;
    }
    out.reverse();
    out
}

/// A section up to so much of the aim is one excerpt: two halves of it would be farther off.
const ALONE: (usize, usize) = (7, 5);

/// A text up to this part of the aim is not taken apart.
const WHOLE: usize = 3;

/// Lines that are together less than this part of the aim are one part.
const LEAST: usize = 12;

/// The price of a cut at the end of a line, of a sentence within one, and where a sentence may end.
const LINE: u64 = 100;
const SENTENCE: u64 = 300;
const PERHAPS: u64 = 400;
