//! One ranking out of the lexical and the dense one.
//! It looks at scores alone: no text, no document.

/// Fuses two rankings of the same ordinals, each in any order: best first, equal ones in the order of their ordinals.
/// A document missing from one ranking is taken to have its lowest score.
#[must_use]
pub fn fuse(lexical: &[(u32, f32)], dense: &[(u32, f32)]) -> Vec<(u32, f32)> {
    let mut sums = std::collections::BTreeMap::<u32, f32>::new();
    for scores in [lexical, dense] {
        let low = scores.iter().map(|s| s.1).fold(f32::INFINITY, f32::min);
        let high = scores.iter().map(|s| s.1).fold(f32::NEG_INFINITY, f32::max);
        let span = if high > low { high - low } else { 1.0 };
        for (ordinal, score) in scores {
            *sums.entry(*ordinal).or_default() += 0.5 * (score - low) / span;
        }
    }
    let mut all: Vec<_> = sums.into_iter().collect();
    all.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    all
}
