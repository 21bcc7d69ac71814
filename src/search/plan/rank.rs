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
    let mut heap: BinaryHeap<Reverse<Scored>> = BinaryHeap::new();
    let mut least = 0.0_f32;
    for lane in lanes.iter().filter(|lane| lane.is_ready()) {
        for (document, pieces) in lane.documents() {
            let Some(scores) = lane.scores.get(pieces.clone()) else { continue };
            let score = match scores {
                [score] => *score,
                scores if scores.iter().all(|score| *score <= 0.0) => continue,
                scores => score::document(scores),
            };
            if score <= least || !lane.admits(document) {
                continue;
            }
            let mark = lane.marks.get(pieces).unwrap_or_default().iter().fold(0, |mark, piece| mark | piece);
            if mark & required != required {
                continue;
            }
            heap.push(Reverse(Scored { document: lane.base.saturating_add(document), score }));
            if heap.len() > most {
                heap.pop();
                least = heap.peek().map_or(0.0, |worst| worst.0.score);
            }
        }
    }
    let mut best: Vec<Scored> = heap.into_iter().map(|reversed| reversed.0).collect();
    best.sort_by(|one, other| other.cmp(one));
    best
}
