//! How strongly a piece answers a query: the impact kept in a posting, the weight of a term, and what pieces add up to.
//! It reads no posting: callers walk them.

/// Longest impact in bits.
pub const IMPACT_BITS: u32 = 8;

/// The impact of a term in a piece, 1 to 255: its weighted frequency, saturated and normalized by length.
///
/// `average` is the length the whole index normalizes by; a value kept with the index, so that segments agree.
#[must_use]
pub fn impact(frequency: f32, length: f32, average: f32) -> u8 {
    let norm = 1.0 - B + B * length / average.max(1.0);
    let saturated = frequency / (frequency + K1 * norm);
    let steps = (saturated * 255.0).round().clamp(1.0, 255.0);
    #[expect(clippy::as_conversions, reason = "clamped to a byte the line above")]
    let impact = steps as u8;
    impact
}

/// What an impact counts for: the saturated frequency, between 0 and 1.
#[must_use]
pub fn weight(impact: u8) -> f32 {
    f32::from(impact) / 255.0
}

/// The weight of a term that stands in `with_term` of `documents` pieces; never below zero.
#[must_use]
#[expect(clippy::as_conversions, reason = "counts far below the precision of a float")]
pub fn idf(documents: u64, with_term: u64) -> f32 {
    let (all, with) = (documents as f32, with_term.min(documents) as f32);
    (1.0 + (all - with + 0.5) / (with + 0.5)).ln()
}

/// What the scores of its pieces add up to for a document; `pieces` in any order.
#[must_use]
pub fn document(pieces: &[f32]) -> f32 {
    let best = pieces.iter().copied().fold(0.0, f32::max);
    let sum: f32 = pieces.iter().sum();
    best + REST * (sum - best)
}

/// How a score grows with the share of the query's words it matches: a factor between 0 and 1.
/// `matched` and `all` are sums of the words' idf.
#[must_use]
pub fn coverage(matched: f32, all: f32) -> f32 {
    if all <= 0.0 { 1.0 } else { (matched / all).clamp(0.0, 1.0).powf(0.25) }
}

const K1: f32 = 1.2;
const B: f32 = 0.75;
const REST: f32 = 0.1;
