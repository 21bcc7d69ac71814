//! Rows of codes sorted into groups of neighbors of bounded size, the same for the same rows.
//! It knows no ordinal and no format: a group is a list of places.

use super::code::{self, Query};

/// Rows of half bytes, all of the same number of dimensions.
#[derive(Clone, Copy)]
pub(super) struct Rows<'a> {
    pub(super) dimensions: usize,
    pub(super) bytes: &'a [u8],
}

impl<'a> Rows<'a> {
    fn at(self, place: u32) -> &'a [u8] {
        let length = code::row_bytes(self.dimensions);
        let begin = usize::try_from(place).unwrap_or(usize::MAX).saturating_mul(length);
        self.bytes.get(begin..begin.saturating_add(length)).unwrap_or_default()
    }
}

/// Groups of at most `most` places, neighbors together. A place is in one group.
pub(super) fn groups(rows: Rows<'_>, most: usize) -> Vec<Vec<u32>> {
    let count = rows.bytes.len() / code::row_bytes(rows.dimensions);
    let mut done = Vec::new();
    let mut open = vec![(0..u32::try_from(count).unwrap_or(u32::MAX)).collect::<Vec<_>>()];
    while let Some(group) = open.pop() {
        if group.len() <= most.max(1) {
            done.push(group);
            continue;
        }
        let whole = group.len();
        let parts = split(rows, &group, ways(whole, most.max(1)));
        if parts.iter().all(|part| part.len() < whole) {
            open.extend(parts.into_iter().rev().filter(|part| !part.is_empty()));
        } else {
            // Copies of one text: no direction tells them apart.
            done.extend(group.chunks(most.max(1)).map(<[u32]>::to_vec));
        }
    }
    done
}

/// Into how many parts a group is split: few, and the same number on each level down.
fn ways(count: usize, most: usize) -> usize {
    let leaves = count.saturating_mul(5).div_ceil(most.saturating_mul(4)).max(2);
    (2..=WAYS).find(|ways| ways.saturating_mul(*ways) >= leaves).unwrap_or(WAYS).min(leaves)
}

/// K-means (spherical) on a sample, then every place to its nearest center.
fn split(rows: Rows<'_>, group: &[u32], ways: usize) -> Vec<Vec<u32>> {
    let step = (group.len() / (ways * SAMPLE)).max(1);
    let sample: Vec<u32> = group.iter().copied().step_by(step).collect();
    let mut centers: Vec<Vec<f32>> =
        (0..ways).filter_map(|n| sample.get(n * sample.len() / ways)).map(|place| center(rows, &[*place])).collect();
    for _ in 0..ROUNDS {
        let parts = assign(rows, &sample, &centers);
        for (old, part) in centers.iter_mut().zip(&parts) {
            // A center that attracts nothing stays where it is.
            if !part.is_empty() {
                *old = center(rows, part);
            }
        }
    }
    assign(rows, group, &centers)
}

/// The mean direction of the places.
pub(super) fn center(rows: Rows<'_>, places: &[u32]) -> Vec<f32> {
    let mut sum = vec![0.0; rows.dimensions];
    for place in places {
        code::add(rows.at(*place), 1.0, &mut sum);
    }
    sum
}

/// The places by nearest center.
fn assign(rows: Rows<'_>, places: &[u32], centers: &[Vec<f32>]) -> Vec<Vec<u32>> {
    let queries: Vec<Query> = centers.iter().map(|center| Query::new(center)).collect();
    let mut parts = vec![Vec::new(); centers.len()];
    let mut near = Vec::new();
    for block in places.chunks(BLOCK) {
        near.clear();
        near.extend(block.iter().flat_map(|place| rows.at(*place)));
        let mut best = vec![(f32::NEG_INFINITY, 0_usize); block.len()];
        for (number, query) in queries.iter().enumerate() {
            let mut places = best.iter_mut();
            query.project(&near, |likeness| {
                if let Some(best) = places.next().filter(|best| likeness > best.0) {
                    *best = (likeness, number);
                }
            });
        }
        for (place, (_, number)) in block.iter().zip(best) {
            if let Some(part) = parts.get_mut(number) {
                part.push(*place);
            }
        }
    }
    parts
}

const ROUNDS: usize = 6;
/// Places of a sample for each center.
const SAMPLE: usize = 128;
/// Parts of one split at most.
const WAYS: usize = 32;
/// Rows compared with all centers before the next ones: what a core keeps near.
const BLOCK: usize = 128;
