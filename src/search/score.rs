//! How strongly a piece answers a query: the impact kept in a posting, the weight of a term, and what pieces add up to.
//! It reads no posting: callers walk them.
//!
//! Kept, because it moved nDCG@10 on real tickets (`measured`): words at the beginning of a piece count more, parts of names count
//! less than the whole, length counts half, impacts of four bits (three lose a point, eight gain nothing).
//! Tried and left out, because it moved nothing or cost some: a factor for the share of the query's words that match, a floor under
//! each match (BM25+), idf to a power, neighboring words as terms, unstemmed forms as terms, neighboring words of a query joined, the
//! initials of names, a second piece of the same document.

use super::query::Query;

/// What a posting's impact takes: 1 to 15.
pub const IMPACT_BITS: u32 = 4;

/// The impact of a term in a piece, 1 to 15: its weighted frequency, saturated and normalized by length (BM25F).
///
/// `average` is the length the whole index normalizes by; a value kept with the index, so that segments agree.
#[must_use]
pub fn impact(frequency: f32, length: f32, average: f32) -> u8 {
    let norm = 1.0 - LENGTH_SHARE + LENGTH_SHARE * length / average.max(1.0);
    let saturated = frequency / (frequency + SATURATION * norm);
    let steps = (saturated * STEPS).round().clamp(1.0, STEPS);
    #[expect(clippy::as_conversions, reason = "clamped to four bits the line above")]
    let impact = steps as u8;
    impact
}

/// What an impact counts for: the saturated frequency, between 0 and 1.
#[must_use]
pub fn weight(impact: u8) -> f32 {
    f32::from(impact) / STEPS
}

/// The weight of a term that stands in `with_term` of `documents` pieces; more than zero.
#[must_use]
#[expect(clippy::as_conversions, reason = "counts whose last digits do not matter")]
pub fn idf(documents: u64, with_term: u64) -> f32 {
    let (all, with) = (documents as f32, with_term.min(documents) as f32);
    (1.0 + (all - with + 0.5) / (with + 0.5)).ln()
}

/// A term of the dictionary that counts for a term of the query.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Found {
    /// The query's term, as an index into [`Query::terms`].
    pub term: usize,
    /// What it counts: see [`super::query::QueryTerm::counts`].
    pub counts: f32,
    /// The pieces that have it, in all segments.
    pub with_term: u64,
}

/// What the impact of each found term is multiplied by; zero for one that is not needed, whose postings need not be read.
///
/// Forms of one word share the idf of all of them, so that the rarest form is not worth most. Words that only begin as typed, or
/// are only like it, are kept when they are among the few most frequent; those that are like it, when the word itself is rare.
#[must_use]
pub fn weights(query: &Query, documents: u64, found: &[Found]) -> Vec<f32> {
    let groups = query.terms.iter().map(|t| t.group + 1).max().unwrap_or_default();
    let mut out = vec![0.0; found.len()];
    for group in 0..groups {
        let of = |prefix: bool, fuzzy: bool| -> Vec<(usize, Found)> {
            let is = |f: &Found| {
                query.terms.get(f.term).is_some_and(|t| t.group == group && t.prefix == prefix && t.fuzzy == fuzzy)
            };
            found.iter().copied().enumerate().filter(|(_, f)| is(f)).collect()
        };
        let (exact, begun, like) = (of(false, false), of(true, false), of(false, true));
        let own: u64 = exact.iter().map(|(_, f)| f.with_term).sum();
        let begun = most_frequent(begun, MOST_BEGUN);
        let all = own.max(begun.iter().map(|(_, f)| f.with_term).sum());
        let like: Vec<_> = like.into_iter().filter(|(_, f)| is_typo(all, f.with_term, documents)).collect();
        let like = most_frequent(like, MOST_LIKE);
        let meant = all.max(like.iter().map(|(_, f)| f.with_term).sum());
        for (kept, with_term) in [(exact, own), (begun, all), (like, meant)] {
            for (at, f) in kept {
                if let Some(weight) = out.get_mut(at) {
                    *weight = f.counts * idf(documents, with_term);
                }
            }
        }
    }
    out
}

/// Whether a word that `typed` pieces have may be a slip for one that `meant` pieces have.
fn is_typo(typed: u64, meant: u64, documents: u64) -> bool {
    typed == 0 || (typed <= documents / RARE && typed.saturating_mul(MORE_FREQUENT) <= meant)
}

/// The best by what they count and how often they stand.
#[expect(clippy::as_conversions, reason = "counts whose last digits do not matter")]
fn most_frequent(mut found: Vec<(usize, Found)>, most: usize) -> Vec<(usize, Found)> {
    let rank = |f: &Found| f.counts * (1.0 + f.with_term as f32).ln();
    found.sort_by(|(_, a), (_, b)| rank(b).total_cmp(&rank(a)));
    found.truncate(most);
    found
}

/// Adds up postings, group after group, into a score for each piece of a segment.
#[derive(Debug, Clone, Default)]
pub struct Tally {
    totals: Vec<f32>,
    best: Vec<f32>,
    touched: Vec<u32>,
}

impl Tally {
    /// For pieces with the ordinals below `pieces`.
    #[must_use]
    pub fn new(pieces: usize) -> Self {
        Self { totals: vec![0.0; pieces], best: vec![0.0; pieces], touched: Vec::new() }
    }

    /// Counts a posting of the present group: `value` is its found term's [`weights`] times the [`weight`] of its impact.
    /// An ordinal beyond the pieces counts nothing.
    pub fn add(&mut self, ordinal: u32, value: f32) {
        let Some(best) = usize::try_from(ordinal).ok().and_then(|at| self.best.get_mut(at)) else { return };
        if *best == 0.0 {
            self.touched.push(ordinal);
        }
        *best = best.max(value);
    }

    /// Ends a group: of its terms the best counts.
    pub fn close(&mut self) {
        for ordinal in self.touched.drain(..) {
            let Ok(at) = usize::try_from(ordinal) else { continue };
            if let (Some(best), Some(total)) = (self.best.get_mut(at), self.totals.get_mut(at)) {
                *total += core::mem::take(best);
            }
        }
    }

    /// The pieces with a score, in the order of their ordinals.
    #[must_use]
    pub fn finish(mut self) -> Vec<(u32, f32)> {
        self.close();
        (0..).zip(self.totals).filter(|(_, score)| *score > 0.0).collect()
    }
}

/// What the scores of its pieces make for a document: the best. More of them say that a document is long, not that it is meant.
#[must_use]
pub fn document(pieces: &[f32]) -> f32 {
    pieces.iter().copied().fold(0.0, f32::max)
}

const STEPS: f32 = 15.0;

/// BM25's k1: how soon more of a term counts little more.
const SATURATION: f32 = 1.1;

/// BM25's b: how much a long piece counts less.
const LENGTH_SHARE: f32 = 0.5;

/// Most words that are looked up for a beginning.
const MOST_BEGUN: usize = 24;

/// Most words that stand in for a mistyped one.
const MOST_LIKE: usize = 3;

/// One piece in so many has a word that is rare enough to be mistyped.
const RARE: u64 = 2_000;

/// So much more frequent is the word that was meant.
const MORE_FREQUENT: u64 = 20;

#[cfg(test)]
mod tests {
    use super::super::query::parse;
    use super::*;

    #[test]
    fn grows_with_frequency_and_falls_with_length() {
        assert!(impact(3.0, 50.0, 50.0) > impact(1.0, 50.0, 50.0));
        assert!(impact(1.0, 10.0, 50.0) > impact(1.0, 500.0, 50.0));
        assert_eq!(impact(1e-9, 1e9, 1.0), 1);
        assert_eq!(impact(1e9, 1.0, 0.0), 15);
    }

    #[test]
    fn weighs_rare_terms_more_and_none_below_zero() {
        assert!(idf(100, 1) > idf(100, 50) && idf(100, 100) > 0.0 && idf(0, 0) > 0.0 && idf(1, 9) > 0.0);
    }

    fn found(query: &Query, dictionary: &[(&str, u64)]) -> Vec<(String, f32)> {
        let mut terms = Vec::new();
        let mut names = Vec::new();
        for (term, wanted) in query.terms.iter().enumerate() {
            for (name, with_term) in dictionary {
                if let Some(counts) = wanted.counts(name) {
                    terms.push(Found { term, counts, with_term: *with_term });
                    names.push((*name).to_owned());
                }
            }
        }
        let weights = weights(query, 10_000, &terms);
        names.into_iter().zip(weights).filter(|(_, weight)| *weight > 0.0).collect()
    }

    #[test]
    fn lets_slips_stand_in_only_for_absent_and_rare_words() {
        let query = parse("clinet ").unwrap();
        assert_eq!(found(&query, &[("client", 100)]).len(), 1);
        assert_eq!(found(&query, &[("client", 100), ("clinet", 2)]).len(), 2);
        assert_eq!(found(&query, &[("client", 100), ("clinet", 50)]).len(), 1);
    }

    #[test]
    fn keeps_few_words_for_a_beginning() {
        let query = parse("repl").unwrap();
        let names: Vec<String> = (0..100).map(|n| format!("repl{n:03}")).collect();
        let dictionary: Vec<(&str, u64)> = names.iter().map(|name| (name.as_str(), 3)).collect();
        assert_eq!(found(&query, &dictionary).len(), MOST_BEGUN);
    }

    #[test]
    fn gives_forms_of_a_word_one_idf() {
        let query = parse("configuration ").unwrap();
        let weights = found(&query, &[("configur", 1_000), ("configuration", 1)]);
        assert!(weights.iter().all(|(_, weight)| *weight <= idf(10_000, 1_001)));
    }

    #[test]
    fn counts_the_best_of_a_group_and_adds_groups() {
        let mut tally = Tally::new(3);
        tally.add(1, 0.5);
        tally.add(1, 0.8);
        tally.add(9, 1.0);
        tally.close();
        tally.add(1, 0.25);
        tally.add(2, 0.25);
        assert_eq!(tally.finish(), [(1, 1.05), (2, 0.25)]);
    }
}
