//! Alignment of two lists of blocks: which stayed, which moved, which were rewritten, which came or went.
//!
//! It knows nothing of pages and formats: blocks are equal by key, alike by sketch.

use super::pair::{Budget, pair};
use super::sketch::Sketch;
use similar::{Algorithm, DiffOp, capture_diff_slices};
use std::collections::{HashMap, VecDeque};
use std::ops::Range;

/// What alignment needs to know of a block.
#[derive(Clone, Debug)]
pub(crate) struct Piece {
    /// Equal blocks have equal keys, different blocks different ones.
    pub(crate) key: u32,
    /// Whether it says enough to be recognized elsewhere (an empty paragraph does not move).
    pub(crate) telling: bool,
    /// For likeness.
    pub(crate) sketch: Sketch,
}

/// What becomes of one block, with its place on the other side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fate {
    /// Equal, in the same order among those that stayed.
    Stayed(usize),
    /// Equal, elsewhere.
    Moved(usize),
    /// Rewritten in its place.
    Rewritten(usize),
    /// On this side only.
    Alone,
}

/// The fate of each block of both sides.
///
/// INVARIANT: both lists say the same; stayed and rewritten pairs together rise on both sides.
#[derive(Debug)]
pub(crate) struct Alignment {
    pub(crate) before: Vec<Fate>,
    pub(crate) after: Vec<Fate>,
}

/// Aligns two lists region by region (blocks that stay do so within their region); blocks move between regions too.
///
/// Time is bounded: the longest common subsequence is Myers' with a work limit, moves are one look-up a block, pairing
/// has a budget.
pub(crate) fn align(before: &[Piece], after: &[Piece], regions: &[(Range<usize>, Range<usize>)]) -> Alignment {
    let mut alignment = Alignment { before: vec![Fate::Alone; before.len()], after: vec![Fate::Alone; after.len()] };
    for (old, new) in regions {
        alignment.keep(before, after, old, new);
    }
    alignment.find_moves(before, after);
    let mut budget = Budget::new();
    for (old, new) in regions {
        alignment.find_rewritten(before, after, (old.clone(), new.clone()), &mut budget);
    }
    alignment
}

impl Alignment {
    fn set(&mut self, old: usize, new: usize, fate: fn(usize) -> Fate) {
        if let (Some(left), Some(right)) = (self.before.get_mut(old), self.after.get_mut(new)) {
            *left = fate(new);
            *right = fate(old);
        }
    }

    fn keep(&mut self, before: &[Piece], after: &[Piece], old: &Range<usize>, new: &Range<usize>) {
        let (left, right) = (keys(before, old), keys(after, new));
        for op in capture_diff_slices(Algorithm::Myers, &left, &right) {
            if let DiffOp::Equal { old_index, new_index, len } = op {
                for at in 0..len {
                    self.set(old.start + old_index + at, new.start + new_index + at, Fate::Stayed);
                }
            }
        }
    }

    fn find_moves(&mut self, before: &[Piece], after: &[Piece]) {
        let mut homeless: HashMap<u32, VecDeque<usize>> = HashMap::new();
        for (old, piece) in before.iter().enumerate() {
            if piece.telling && self.before.get(old) == Some(&Fate::Alone) {
                homeless.entry(piece.key).or_default().push_back(old);
            }
        }
        for (new, piece) in after.iter().enumerate() {
            if self.after.get(new) != Some(&Fate::Alone) {
                continue;
            }
            if let Some(old) = homeless.get_mut(&piece.key).and_then(VecDeque::pop_front) {
                self.set(old, new, Fate::Moved);
            }
        }
    }

    /// Pairs what is left between two neighbors that stayed.
    fn find_rewritten(
        &mut self,
        before: &[Piece],
        after: &[Piece],
        (old, new): (Range<usize>, Range<usize>),
        budget: &mut Budget,
    ) {
        let (mut left, mut right) = (old.start, new.start);
        while left < old.end && right < new.end {
            let old_stop = stop(&self.before, left..old.end);
            let new_stop = stop(&self.after, right..new.end);
            let (lefts, rights) = (alone(&self.before, left..old_stop), alone(&self.after, right..new_stop));
            let pairs = pair(&sketches(before, &lefts), &sketches(after, &rights), budget);
            for (from, to) in pairs {
                if let (Some(from), Some(to)) = (lefts.get(from), rights.get(to)) {
                    self.set(*from, *to, Fate::Rewritten);
                }
            }
            (left, right) = (old_stop + 1, new_stop + 1);
        }
    }
}

fn keys(pieces: &[Piece], range: &Range<usize>) -> Vec<u32> {
    pieces.get(range.clone()).unwrap_or_default().iter().map(|piece| piece.key).collect()
}

/// The next block that stayed, or the end.
fn stop(fates: &[Fate], range: Range<usize>) -> usize {
    let end = range.end;
    range.into_iter().find(|at| matches!(fates.get(*at), Some(Fate::Stayed(_)))).unwrap_or(end)
}

fn alone(fates: &[Fate], range: Range<usize>) -> Vec<usize> {
    range.filter(|at| fates.get(*at) == Some(&Fate::Alone)).collect()
}

fn sketches<'a>(pieces: &'a [Piece], at: &[usize]) -> Vec<&'a Sketch> {
    at.iter().filter_map(|at| pieces.get(*at)).map(|piece| &piece.sketch).collect()
}

/// Gives equal values equal keys, over both sides of a comparison.
#[derive(Default)]
pub(crate) struct Keys<'a>(HashMap<&'a str, u32>);

impl<'a> Keys<'a> {
    pub(crate) fn of(&mut self, value: &'a str) -> u32 {
        let next = u32::try_from(self.0.len()).unwrap_or(u32::MAX);
        *self.0.entry(value).or_insert(next)
    }
}

#[cfg(test)]
mod tests {
    use super::{Alignment, Fate, Keys, Piece, align};
    use crate::publish::generate::Generator;
    use crate::publish::sketch::Sketch;

    fn pieces<'a>(keys: &mut Keys<'a>, texts: &[&'a str]) -> Vec<Piece> {
        let piece =
            |text: &&'a str| Piece { key: keys.of(text), telling: !text.is_empty(), sketch: Sketch::new(0, text) };
        texts.iter().map(piece).collect()
    }

    fn aligned(before: &[&str], after: &[&str]) -> Alignment {
        let mut keys = Keys::default();
        let (before, after) = (pieces(&mut keys, before), pieces(&mut keys, after));
        align(&before, &after, &[(0..before.len(), 0..after.len())])
    }

    #[test]
    fn tells_the_fate_of_each_block() {
        use Fate::{Alone, Moved, Rewritten, Stayed};
        type Case<'a> = (&'a [&'a str], &'a [&'a str], &'a [Fate], &'a [Fate]);
        let cases: [Case<'_>; 5] = [
            (&[], &["a"], &[], &[Alone]),
            (&["a", "b"], &["a", "b"], &[Stayed(0), Stayed(1)], &[Stayed(0), Stayed(1)]),
            (&["a", "b", "c"], &["c", "a", "b"], &[Stayed(1), Stayed(2), Moved(0)], &[Moved(2), Stayed(0), Stayed(1)]),
            (
                &["a", "p q r", "b"],
                &["a", "p q s", "b"],
                &[Stayed(0), Rewritten(1), Stayed(2)],
                &[Stayed(0), Rewritten(1), Stayed(2)],
            ),
            (&["", "a", "b c"], &["a", "b c", ""], &[Alone, Stayed(0), Stayed(1)], &[Stayed(1), Stayed(2), Alone]),
        ];
        for (before, after, left, right) in cases {
            let alignment = aligned(before, after);
            assert_eq!((alignment.before.as_slice(), alignment.after.as_slice()), (left, right));
        }
    }

    #[test]
    fn keeps_stayed_and_rewritten_in_order_and_both_sides_agreed() {
        for seed in 0..300 {
            let mut random = Generator::new(seed);
            let before: Vec<String> = (0..random.below(30)).map(|_| random.sentence(4)).collect();
            let after: Vec<String> = (0..random.below(30))
                .map(|_| {
                    if random.below(3) == 0 {
                        random.sentence(4)
                    } else {
                        random.pick(&before).cloned().unwrap_or_default()
                    }
                })
                .collect();
            let (before, after): (Vec<&str>, Vec<&str>) =
                (before.iter().map(String::as_str).collect(), after.iter().map(String::as_str).collect());
            let alignment = aligned(&before, &after);
            let mut last = None;
            for (old, fate) in alignment.before.iter().enumerate() {
                let (new, mirrored) = match *fate {
                    Fate::Stayed(new) => (new, Fate::Stayed(old)),
                    Fate::Moved(new) => (new, Fate::Moved(old)),
                    Fate::Rewritten(new) => (new, Fate::Rewritten(old)),
                    Fate::Alone => continue,
                };
                assert_eq!(alignment.after[new], mirrored, "seed {seed}");
                assert_eq!(matches!(fate, Fate::Rewritten(_)), before[old] != after[new], "seed {seed}");
                if !matches!(fate, Fate::Moved(_)) {
                    assert!(last < Some(new), "seed {seed}");
                    last = Some(new);
                }
            }
        }
    }
}
