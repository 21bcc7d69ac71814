//! The best documents of all segments by their pieces' scores and the share of the query's words they match.
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

/// How much each word of a query counts for the share that a document matches.
#[derive(Debug)]
pub(super) struct Words {
    /// For each byte of a mark, the sum of its bits.
    sums: [[f32; 256]; 4],
    all: f32,
    /// Words without which a document is no hit.
    pub(super) required: u32,
}

impl Words {
    /// `idf` of the word behind each bit.
    pub(super) fn new(idf: &[f32; 32], required: u32) -> Self {
        let mut sums = [[0.0; 256]; 4];
        for (table, idf) in sums.iter_mut().zip(idf.as_chunks::<8>().0) {
            for (byte, slot) in (0_u32..).zip(table.iter_mut()) {
                *slot = idf.iter().enumerate().filter(|(bit, _)| byte >> bit & 1 == 1).map(|(_, idf)| idf).sum();
            }
        }
        Words { sums, all: idf.iter().sum(), required }
    }

    fn share(&self, mark: u32) -> f32 {
        let sum = |(table, byte): (&[f32; 256], u8)| table.get(usize::from(byte)).copied().unwrap_or_default();
        score::coverage(self.sums.iter().zip(mark.to_le_bytes()).map(sum).sum(), self.all)
    }
}

/// The best `most` documents, best first.
pub(super) fn best(lanes: &[Lane<'_>], words: &Words, most: usize) -> Vec<Scored> {
    let mut heap: BinaryHeap<Reverse<Scored>> = BinaryHeap::new();
    let mut least = 0.0_f32;
    for lane in lanes.iter().filter(|lane| lane.is_ready()) {
        for (document, pieces) in lane.documents() {
            let Some(scores) = lane.scores.get(pieces.clone()) else { continue };
            let sum = match scores {
                [score] => *score,
                scores if scores.iter().all(|score| *score <= 0.0) => continue,
                scores => score::document(scores),
            };
            if sum <= least {
                continue;
            }
            let mark = lane.marks.get(pieces).unwrap_or_default().iter().fold(0, |mark, piece| mark | piece);
            let score = sum * words.share(mark);
            if score <= least || mark & words.required != words.required || !lane.admits(document) {
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
