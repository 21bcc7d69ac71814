//! The part of a text that shows why it is a hit, with the words that are.
//! It escapes nothing: parts are plain text, and whoever shows them keeps them so.

mod plain;

use super::query::Query;
use super::words;
use super::words::language::{Guess, StopWords};
use core::ops::Range;
use std::collections::{BTreeMap, BTreeSet};
use unicode_segmentation::UnicodeSegmentation;

/// A part of a text with its hits.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Snippet {
    /// The text in order, and whether each part is a hit; put together it is what is shown, on one line and without Markdown's marks.
    pub parts: Vec<(String, bool)>,
    /// Where it begins in the text it was cut from, in bytes.
    pub start: usize,
    /// Where it ends, in bytes.
    pub end: usize,
    /// Where the first hit that is shown begins in that text, in bytes; none where none is shown.
    pub hit: Option<usize>,
}

/// What of a query stands in a text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Matched {
    /// The words as typed, in their order.
    pub words: Vec<String>,
    /// Whether one of them stands there only in a form that was not typed so: a slip of the keys.
    pub typo: bool,
    /// Whether a phrase stands there.
    pub phrase: bool,
}

/// A word of the text that a word of the query stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Hit {
    range: Range<usize>,
    /// The same in UTF-16 units.
    units: Range<usize>,
    word: usize,
    typo: bool,
}

/// What of a query stands in a text: a title, or an excerpt.
#[must_use]
pub fn matched(text: &str, query: &Query) -> Matched {
    let hits = hits(text, query);
    let of = |word: usize| hits.iter().any(|hit| hit.word == word);
    Matched {
        words: query.words.iter().enumerate().filter(|(at, _)| of(*at)).map(|(_, word)| word.clone()).collect(),
        typo: hits.iter().any(|hit| hit.typo),
        phrase: query.phrases.iter().any(|phrase| !phrase.is_empty() && words::holds(text, phrase)),
    }
}

/// The best part of a text for a query, at most `max` UTF-16 units: the one with most of the query's words, from the beginning of a
/// sentence where that fits, cut between words, never within a grapheme.
#[must_use]
pub fn snippet(text: &str, query: &Query, max: usize) -> Snippet {
    let shown = plain::plain(text);
    let hits = hits(&shown.text, query);
    let range = window(&shown.text, &hits, max);
    let source = shown.source(&range);
    let first = hits.iter().find(|hit| hit.range.start < range.end && hit.range.end > range.start);
    let hit = first.map(|hit| shown.source(&(hit.range.start.max(range.start)..hit.range.end)).start);
    Snippet { parts: parts(&shown.text, &range, &hits), start: source.start, end: source.end, hit }
}

/// The words of a text that words of the query stand for, in order. A slip stands for a word only when nothing else does.
fn hits(text: &str, query: &Query) -> Vec<Hit> {
    let stops = StopWords::new();
    let mut guess = Guess::default();
    let chunks: Vec<_> = words::chunks(text).filter_map(|range| Some((text.get(range.clone())?, range))).collect();
    chunks.iter().for_each(|(chunk, _)| guess.see(stops.mask(&words::folded(chunk))));
    let language = guess.language();
    let mut out: Vec<Hit> = Vec::new();
    for (chunk, range) in &chunks {
        let mut best: Vec<Hit> = Vec::new();
        words::located(chunk, language, &mut |part, term| {
            let range = range.start + part.start..range.start + part.end;
            let counts = query.terms.iter().filter(|t| t.counts(term).is_some());
            best.extend(counts.map(|t| Hit { range: range.clone(), units: 0..0, word: t.word, typo: t.fuzzy }));
        });
        // the whole and its parts: the widest counts for each word
        best.sort_by_key(|hit| (hit.word, hit.typo, core::cmp::Reverse(hit.range.len()), hit.range.start));
        best.dedup_by(|next, kept| {
            next.word == kept.word && next.range.start < kept.range.end && kept.range.start < next.range.end
        });
        out.extend(best);
    }
    let exact: BTreeSet<usize> = out.iter().filter(|h| !h.typo).map(|h| h.word).collect();
    out.retain(|hit| !hit.typo || !exact.contains(&hit.word));
    out.sort_by_key(|hit| (hit.range.start, hit.range.end));
    count_units(text, &mut out);
    out
}

/// Where hits are in UTF-16 units, counted once.
fn count_units(text: &str, hits: &mut [Hit]) {
    let (mut at, mut count) = (0, 0);
    for hit in hits {
        count += units(text.get(at..hit.range.start).unwrap_or_default());
        at = at.max(hit.range.start);
        hit.units = count..count + units(text.get(hit.range.clone()).unwrap_or_default());
    }
}

/// The part of the text to show.
fn window(text: &str, hits: &[Hit], max: usize) -> Range<usize> {
    let Some((bytes, length)) = densest(hits, max) else { return head(text, 0, max) };
    // what leads up to the first hit takes up to half of what is left
    let reach = back(text, bytes.start, max.saturating_sub(length) / 2);
    let start = sentence_start(text, reach..bytes.start).unwrap_or_else(|| word_start(text, reach..bytes.start));
    head(text, start, max)
}

/// The shortest run of hits with the most words of the query that fits: its bytes, and its length in UTF-16 units.
fn densest(hits: &[Hit], max: usize) -> Option<(Range<usize>, usize)> {
    let mut counts = BTreeMap::new();
    let mut best: Option<(usize, usize, Range<usize>)> = None;
    let mut first = 0;
    for (last, hit) in hits.iter().enumerate() {
        *counts.entry(hit.word).or_insert(0_usize) += 1;
        while let Some(opening) = hits.get(first).filter(|_| first < last) {
            let repeated = counts.get(&opening.word).is_some_and(|n| *n > 1);
            if hit.units.end.saturating_sub(opening.units.start) <= max && !repeated {
                break;
            }
            if let Some(count) = counts.get_mut(&opening.word) {
                *count -= 1;
            }
            counts.retain(|_, count| *count > 0);
            first += 1;
        }
        let opening = hits.get(first).unwrap_or(hit);
        let length = hit.units.end.saturating_sub(opening.units.start);
        if best.as_ref().is_none_or(|(words, shortest, _)| (counts.len(), *shortest) > (*words, length)) {
            best = Some((counts.len(), length, opening.range.start..hit.range.end));
        }
    }
    best.map(|(_, length, range)| (range, length))
}

/// From `start` as far as fits, to the end of a word.
fn head(text: &str, start: usize, max: usize) -> Range<usize> {
    let rest = text.get(start..).unwrap_or_default();
    let (mut end, mut taken, mut space) = (0, 0, None);
    for (at, grapheme) in rest.grapheme_indices(true) {
        taken += units(grapheme);
        if taken > max {
            // a word that alone is longer than most of the room is cut
            let end = space.filter(|space| *space * 2 >= at).unwrap_or(at);
            return start..start + end;
        }
        if grapheme.starts_with(char::is_whitespace) {
            space = Some(at);
        }
        end = at + grapheme.len();
    }
    start..start + end
}

/// A place at most so many units before, between graphemes.
fn back(text: &str, from: usize, most: usize) -> usize {
    let mut taken = 0;
    let before = text.get(..from).unwrap_or_default();
    let reached = before.grapheme_indices(true).rev().take_while(|(_, grapheme)| {
        taken += units(grapheme);
        taken <= most
    });
    reached.last().map_or(from, |(at, _)| at)
}

/// The first sentence that begins in the range, or the range's own beginning when the text does.
fn sentence_start(text: &str, range: Range<usize>) -> Option<usize> {
    if range.start == 0 {
        return Some(0);
    }
    let part = text.get(range.clone())?;
    let end = part
        .char_indices()
        .zip(part.chars().skip(1))
        .find(|((_, c), next)| matches!(c, '.' | '!' | '?' | '。' | '！' | '？') && next.is_whitespace());
    let ((at, _), _) = end?;
    let after = part.get(at + 1..)?;
    Some(range.start + at + 1 + after.len() - after.trim_start().len()).filter(|start| *start <= range.end)
}

/// The first word that begins in the range.
fn word_start(text: &str, range: Range<usize>) -> usize {
    let part = text.get(range.clone()).unwrap_or_default();
    part.find(char::is_whitespace).map_or(range.start, |at| {
        let after = part.get(at..).unwrap_or_default();
        range.start + at + after.len() - after.trim_start().len()
    })
}

/// The range cut at the hits.
fn parts(text: &str, range: &Range<usize>, hits: &[Hit]) -> Vec<(String, bool)> {
    let mut out: Vec<(String, bool)> = Vec::new();
    let mut at = range.start;
    let mut push = |part: Range<usize>, hit: bool| {
        let part = text.get(part).unwrap_or_default();
        match out.last_mut() {
            _ if part.is_empty() => {}
            Some((last, kind)) if *kind == hit => last.push_str(part),
            _ => out.push((part.to_owned(), hit)),
        }
    };
    for hit in hits {
        let (start, end) = (hit.range.start.max(at), hit.range.end.min(range.end));
        if start < end {
            push(at..start, false);
            push(start..end, true);
            at = end;
        }
    }
    push(at..range.end, false);
    out
}

fn units(text: &str) -> usize {
    text.chars().map(char::len_utf16).sum()
}

#[cfg(test)]
mod tests;
