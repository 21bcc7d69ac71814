//! The best documents of all segments by their pieces' scores.
//! It knows no document but its number.

use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;

use super::lane::Lane;
use crate::search::score;

/// A document with its score, by number among those of all segments.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Scored {
    pub(super) document: u32,
    pub(super) score: f32,
}

impl Eq for Scored {}

impl PartialOrd for Scored {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Scored {
    /// Greater is better; of equal scores the smaller number.
    fn cmp(&self, other: &Self) -> Ordering {
        self.score.total_cmp(&other.score).then_with(|| other.document.cmp(&self.document))
    }
}

/// The best `most` documents that have all `required` words, best first.
pub(super) fn best(lanes: &[Lane<'_>], required: u32, most: usize) -> Vec<Scored> {
    let mut heap = Heap { heap: BinaryHeap::new(), least: 0.0, most };
    for lane in lanes.iter().filter(|lane| lane.is_ready()) {
        let mut offer = |document: u32, score: f32, mark: u32| {
            if mark & required == required && lane.admits(document) {
                heap.push(Scored { document: lane.base.saturating_add(document), score });
            }
            heap.least
        };
        if lane.entry.documents == lane.entry.pieces {
            each_piece(lane, &mut offer);
        } else {
            each_document(lane, &mut offer);
        }
    }
    let mut best: Vec<Scored> = heap.heap.into_iter().map(|reversed| reversed.0).collect();
    best.sort_by(|one, other| other.cmp(one));
    best
}

/// Offers the documents of one piece each that reach what the last offer asked for.
fn each_piece(lane: &Lane<'_>, offer: &mut impl FnMut(u32, f32, u32) -> f32) {
    let mut least = 0.0;
    for ((document, score), mark) in (0_u32..).zip(&lane.scores).zip(&lane.marks) {
        if *score > least {
            least = offer(document, *score, *mark);
        }
    }
}

/// Offers the documents whose pieces add up to what the last offer asked for.
fn each_document(lane: &Lane<'_>, offer: &mut impl FnMut(u32, f32, u32) -> f32) {
    let mut least = 0.0;
    for (document, pieces) in lane.documents() {
        let Some(scores) = lane.scores.get(pieces.clone()) else { continue };
        let (sum, greatest) =
            scores.iter().fold((0.0_f32, 0.0_f32), |(sum, most), score| (sum + score, most.max(*score)));
        // No document counts more than its pieces together.
        if greatest > 0.0 && sum > least {
            let score = score::document(scores);
            if score > least {
                let marks = lane.marks.get(pieces).unwrap_or_default();
                least = offer(document, score, marks.iter().fold(0, |all, mark| all | mark));
            }
        }
    }
}

/// The best so far.
struct Heap {
    heap: BinaryHeap<Reverse<Scored>>,
    least: f32,
    most: usize,
}

impl Heap {
    fn push(&mut self, scored: Scored) {
        if self.heap.len() < self.most {
            self.heap.push(Reverse(scored));
        } else if let Some(mut worst) = self.heap.peek_mut()
            && worst.0 < scored
        {
            *worst = Reverse(scored);
        }
        if self.heap.len() >= self.most {
            self.least = self.heap.peek().map_or(0.0, |worst| worst.0.score);
        }
    }
}
