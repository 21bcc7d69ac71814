//! One ranking out of the lexical and the dense one.
//! It looks at scores alone: no text, no document.

use std::collections::{BTreeMap, BTreeSet};

/// Fuses two rankings of the same ordinals, each in any order: best first, equal ones in the order of their ordinals.
/// Fused scores are comparable within one ranking only. Of the dense one only the best `most` come in by themselves.
///
/// Each score counts by how far it stands out: in standard deviations from the mean of the best [`REFERENCE`] of its list. One
/// rare word or identifier that only few documents have therefore outweighs any likeness. What the lexical list does not name
/// has no score there.
///
/// INVARIANT: what the dense list does not name was not read. It is taken to be as near as those are in the mean that both lists
/// name, so that reading a part of the embeddings neither punishes nor rewards the others; where both name none it is taken for
/// a usual one of the dense list. The words alone
/// are what is left when nothing is read. The dense list therefore has to be all that was read, not the best of it.
#[must_use]
pub fn fuse(lexical: &[(u32, f32)], dense: &[(u32, f32)], most: usize) -> Vec<(u32, f32)> {
    weighed(lexical, dense, most, LEXICAL)
}

/// The same with another weight of the lexical ranking, for measuring.
pub(super) fn weighed(lexical: &[(u32, f32)], dense: &[(u32, f32)], most: usize, weight: f32) -> Vec<(u32, f32)> {
    let lexical = Ranking::new(lexical, Some(0.0));
    let mut dense = Ranking::new(dense, None);
    dense.missing = dense.mean_of(lexical.scores.keys());
    let mut near: Vec<(u32, f32)> = dense.scores.iter().map(|(ordinal, score)| (*ordinal, *score)).collect();
    near.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    near.truncate(most);
    let candidates: BTreeSet<u32> =
        lexical.scores.keys().copied().chain(near.into_iter().map(|(ordinal, _)| ordinal)).collect();
    let likeness = (1.0 - weight) * dense.share_of(&lexical);
    let score = |ordinal: u32| weight * lexical.of(ordinal) + likeness * dense.of(ordinal);
    let mut all: Vec<_> = candidates.into_iter().map(|ordinal| (ordinal, score(ordinal))).collect();
    all.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    all
}

/// The best lexical hits with weights that add up to one: toward them a query's embedding is moved, by [`SHARE`] of their mean.
#[must_use]
pub fn lead(lexical: &[(u32, f32)]) -> Vec<(u32, f32)> {
    Ranking::new(lexical, Some(0.0)).leaders()
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

    /// The mean of the scores that these have; of the reference where none has one.
    fn mean_of<'a>(&self, ordinals: impl Iterator<Item = &'a u32>) -> f32 {
        let known: Vec<f32> = ordinals.filter_map(|ordinal| self.scores.get(ordinal)).copied().collect();
        let count = known.iter().fold(0.0_f32, |count, _| count + 1.0);
        if count > 0.0 { known.iter().sum::<f32>() / count } else { self.mean }
    }

    /// The best [`LEADERS`] with weights that add up to one.
    fn leaders(&self) -> Vec<(u32, f32)> {
        let mut best: Vec<(u32, f32)> = self.scores.keys().map(|ordinal| (*ordinal, self.of(*ordinal))).collect();
        best.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        best.truncate(LEADERS);
        let top = best.first().map_or(0.0, |(_, score)| *score);
        best.iter_mut().for_each(|(_, score)| *score = (*score - top).exp());
        let sum = best.iter().map(|(_, weight)| *weight).sum::<f32>().max(f32::MIN_POSITIVE);
        best.iter_mut().for_each(|(_, weight)| *weight /= sum);
        best
    }

    /// The share of another ranking's leaders that have a score here; one of no leaders.
    fn share_of(&self, other: &Self) -> f32 {
        let leaders = other.leaders();
        let read = leaders.iter().filter(|(ordinal, _)| self.scores.contains_key(ordinal));
        if leaders.is_empty() { 1.0 } else { read.map(|(_, weight)| weight).sum() }
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
    use crate::random::Xorshift;

    fn order(lexical: &[(u32, f32)], dense: &[(u32, f32)]) -> Vec<u32> {
        fuse(lexical, dense, 120).into_iter().map(|(ordinal, _)| ordinal).collect()
    }

    #[test]
    fn ranks_by_both() {
        let lexical = [(1, 9.0), (2, 8.0), (3, 1.0)];
        let dense = [(3, 0.9), (2, 0.8), (4, 0.1), (1, 0.0)];
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

    /// Made data: the one document that answers stands out a little in both lists, and what is read is a random part, mostly of the
    /// neighborhood of one document, as cells are.
    struct Made {
        lexical: Vec<(u32, f32)>,
        dense: Vec<(u32, f32)>,
        answer: u32,
    }

    fn made(random: &mut Random) -> Made {
        let documents = 1_000_u32;
        let answer = random.below(documents);
        let noise = |random: &mut Random| (0..6).map(|_| random.unit()).sum::<f32>() - 3.0;
        let mut all: Vec<(u32, f32, f32)> = (0..documents)
            .map(|at| {
                let shared = noise(random) * 0.3;
                let fits = if at == answer { 2.2 } else { 0.0 };
                (at, 5.0 + noise(random) + shared + fits, 0.3 + 0.1 * (noise(random) + shared + fits))
            })
            .collect();
        all.sort_by(|a, b| b.1.total_cmp(&a.1));
        let lexical = all.iter().take(120).map(|(at, words, _)| (*at, *words)).collect();
        let dense = all.into_iter().map(|(at, _, near)| (at, near)).collect();
        Made { lexical, dense, answer }
    }

    struct Random(Xorshift);

    impl Random {
        fn below(&mut self, most: u32) -> u32 {
            u32::try_from(self.0.next() % u64::from(most)).unwrap()
        }

        fn unit(&mut self) -> f32 {
            f32::from(u16::try_from(self.0.next() >> 48).unwrap()) / 65_536.0
        }
    }

    fn gain(ranked: &[u32], answer: u32) -> f64 {
        let rank = ranked.iter().take(10).position(|ordinal| *ordinal == answer);
        rank.map_or(0.0, |rank| 1.0 / (f64::from(u32::try_from(rank).unwrap()) + 2.0).log2())
    }

    #[test]
    fn ranks_no_worse_than_the_words_whatever_part_is_read() {
        let mut random = Random(Xorshift::seeded(1));
        let shares = [0.0, 0.02, 0.1, 0.3, 0.6, 1.0];
        // Of the lexical hits and of the others. Cells are read for the hits in them: no plan reads more of the others.
        let mut parts: Vec<(f32, f32)> = shares.iter().flat_map(|one| shares.map(|other| (*one, other))).collect();
        parts.retain(|(hits, others)| hits >= others);
        let mut sums = vec![0.0_f64; parts.len()];
        let mut words = 0.0;
        for _ in 0..200 {
            let Made { lexical, dense, answer } = made(&mut random);
            words += gain(&order(&lexical, &[]), answer);
            let hits_of: BTreeSet<u32> = lexical.iter().map(|(hit, _)| *hit).collect();
            for ((hits, others), sum) in parts.iter().zip(&mut sums) {
                let mut read = dense.clone();
                read.retain(|(at, _)| {
                    let share = if hits_of.contains(at) { *hits } else { *others };
                    random.unit() < share
                });
                *sum += gain(&order(&lexical, &read), answer);
            }
        }
        for ((hits, others), sum) in parts.iter().zip(&sums) {
            assert!(*sum >= words * 0.99, "{hits} of the hits and {others} of the others: {sum} after {words}");
        }
        assert!(sums.last().unwrap() > &(words * 1.1), "everything read: {sums:?} after {words}");
    }

    #[test]
    fn keeps_the_order_of_words_among_what_was_not_read() {
        let lexical: Vec<(u32, f32)> = (0..50_u16).map(|at| (u32::from(at), 50.0 - f32::from(at))).collect();
        let dense: Vec<(u32, f32)> = (100..300_u16).map(|at| (u32::from(at), f32::from(at) / 300.0)).collect();
        let found: Vec<u32> = order(&lexical, &dense).into_iter().filter(|ordinal| *ordinal < 50).collect();
        assert_eq!(found, (0..50).collect::<Vec<u32>>());
    }

    #[test]
    fn ignores_what_is_no_number() {
        let found = fuse(&[(1, f32::NAN), (2, 1.0)], &[(1, 0.5), (2, f32::INFINITY), (3, 0.1)], 120);
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
