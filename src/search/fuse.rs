//! One ranking out of the lexical and the dense one.
//! It looks at scores alone: no text, no document.

use std::collections::BTreeMap;

/// Fuses two rankings of the same ordinals, each in any order: best first, equal ones in the order of their ordinals.
/// Fused scores are comparable within one ranking only.
///
/// Each score counts by how far it stands out: in standard deviations from the mean of the best [`REFERENCE`] of its list. One
/// rare word or identifier that only few documents have therefore outweighs any likeness. What a list does not name has no
/// score in the lexical one, and the lowest there is in the dense one.
#[must_use]
pub fn fuse(lexical: &[(u32, f32)], dense: &[(u32, f32)]) -> Vec<(u32, f32)> {
    let lexical = Ranking::new(lexical, Some(0.0));
    let dense = Ranking::new(dense, None);
    let mut fused = BTreeMap::<u32, f32>::new();
    for ordinal in lexical.scores.keys().chain(dense.scores.keys()) {
        fused.entry(*ordinal).or_insert_with(|| LEXICAL * lexical.of(*ordinal) + (1.0 - LEXICAL) * dense.of(*ordinal));
    }
    let mut all: Vec<_> = fused.into_iter().collect();
    all.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    all
}

/// The best lexical hits with weights that add up to one: toward them a query's embedding is moved, by [`SHARE`] of their mean.
#[must_use]
pub fn lead(lexical: &[(u32, f32)]) -> Vec<(u32, f32)> {
    let ranking = Ranking::new(lexical, Some(0.0));
    let mut best: Vec<(u32, f32)> = ranking.scores.keys().map(|ordinal| (*ordinal, ranking.of(*ordinal))).collect();
    best.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    best.truncate(LEADERS);
    let top = best.first().map_or(0.0, |(_, score)| *score);
    best.iter_mut().for_each(|(_, score)| *score = (*score - top).exp());
    let sum = best.iter().map(|(_, weight)| *weight).sum::<f32>().max(f32::MIN_POSITIVE);
    best.iter_mut().for_each(|(_, weight)| *weight /= sum);
    best
}

/// Scores, and how they are spread among the best of them.
struct Ranking {
    scores: BTreeMap<u32, f32>,
    mean: f32,
    deviation: f32,
    missing: f32,
}

impl Ranking {
    /// Where fewer than [`REFERENCE`] have a score, the others have `rest`, if that is something a document can have.
    fn new(scores: &[(u32, f32)], rest: Option<f32>) -> Self {
        let scores: BTreeMap<u32, f32> = scores.iter().copied().filter(|(_, score)| score.is_finite()).collect();
        let mut best: Vec<f32> = scores.values().copied().collect();
        best.sort_unstable_by(|a, b| b.total_cmp(a));
        if let Some(rest) = rest
            && best.len() < REFERENCE
        {
            best.resize(REFERENCE, rest);
        }
        best.truncate(REFERENCE);
        let count = best.iter().fold(0.0_f32, |count, _| count + 1.0).max(1.0);
        let mean = best.iter().sum::<f32>() / count;
        let deviation = (best.iter().map(|score| (score - mean) * (score - mean)).sum::<f32>() / count).sqrt();
        let missing = best.last().copied().unwrap_or(mean);
        Self { scores, mean, deviation, missing }
    }

    fn of(&self, ordinal: u32) -> f32 {
        let score = self.scores.get(&ordinal).copied().unwrap_or(self.missing);
        if self.deviation > f32::EPSILON * self.mean.abs() { (score - self.mean) / self.deviation } else { 0.0 }
    }
}

/// How many of a list say what a usual score is.
pub const REFERENCE: usize = 100;

/// By how much a query's embedding is moved toward its best lexical hits, see [`lead`].
pub const SHARE: f32 = 0.4;

/// What the lexical ranking counts; the dense one counts the rest.
const LEXICAL: f32 = 0.55;

/// Hits that move the query's embedding, at most.
const LEADERS: usize = 20;

#[cfg(test)]
mod tests {
    use super::*;

    fn order(lexical: &[(u32, f32)], dense: &[(u32, f32)]) -> Vec<u32> {
        fuse(lexical, dense).into_iter().map(|(ordinal, _)| ordinal).collect()
    }

    #[test]
    fn ranks_by_both() {
        let lexical = [(1, 9.0), (2, 8.0), (3, 1.0)];
        let dense = [(3, 0.9), (2, 0.8), (4, 0.1)];
        assert_eq!(order(&lexical, &dense)[0], 2);
    }

    #[test]
    fn keeps_the_order_of_a_ranking_that_is_alone() {
        assert_eq!(order(&[(7, 1.0), (3, 2.0), (5, 2.0)], &[]), [3, 5, 7]);
        assert_eq!(order(&[], &[(7, 0.1), (3, 0.2)]), [3, 7]);
        assert!(order(&[], &[]).is_empty());
        assert_eq!(order(&[(4, 3.0)], &[]), [4]);
    }

    #[test]
    fn lets_a_rare_word_outweigh_any_likeness() {
        let dense: Vec<(u32, f32)> = (0..200_u16).map(|at| (u32::from(at), 1.0 - f32::from(at) / 400.0)).collect();
        assert_eq!(order(&[(150, 7.0)], &dense)[0], 150);
        assert_eq!(order(&[(900, 7.0)], &dense)[0], 900);
    }

    #[test]
    fn ignores_what_is_no_number() {
        let found = fuse(&[(1, f32::NAN), (2, 1.0)], &[(1, 0.5), (2, f32::INFINITY), (3, 0.1)]);
        assert!(found.iter().all(|(_, score)| score.is_finite()));
        assert_eq!(found.len(), 3);
    }

    #[test]
    fn leads_to_the_best_hits_by_weights_of_one_in_all() {
        let hits: Vec<(u32, f32)> = (0..50_u16).map(|at| (u32::from(at), f32::from(at))).collect();
        let lead = lead(&hits);
        assert_eq!(lead.len(), 20);
        assert_eq!(lead[0].0, 49);
        assert!((lead.iter().map(|(_, weight)| weight).sum::<f32>() - 1.0).abs() < 1e-5);
        assert!(super::lead(&[]).is_empty());
    }
}
