//! Where a block that we took away or moved belongs on a page that a person changed since.
//!
//! It decides nothing about what is taken back: that is [`super::revert`]'s.

use super::page::BlockIndex;
use super::revert::Merger;
use super::script::Place;

/// Where blocks of the page before belong on the page now.
pub(crate) struct Places(Vec<Place>);

impl Places {
    /// After the nearest block before it, in the same region if there is one there; else before the nearest after it.
    pub(crate) fn new(merger: &Merger<'_>) -> Self {
        let count = merger.base.units.len();
        let forward = nearest(0..count, merger, |at| merger.base.opens_region(at));
        let mut backward = nearest((0..count).rev(), merger, |at| merger.base.opens_region(at + 1));
        backward.reverse();
        let place = |(left, right): (Near, Near)| {
            let (after, before) =
                (left.inside.map(|block| Place::After { block }), right.inside.map(|block| Place::Before { block }));
            let far = left.any.map(|block| Place::After { block }).or(right.any.map(|block| Place::Before { block }));
            after.or(before).or(far).unwrap_or(Place::Start)
        };
        Self(forward.into_iter().zip(backward).map(place).collect())
    }

    pub(crate) fn of(&self, at: usize) -> Place {
        self.0.get(at).copied().unwrap_or(Place::End)
    }
}

#[derive(Clone, Copy, Default)]
struct Near {
    /// In the same region.
    inside: Option<BlockIndex>,
    /// Anywhere.
    any: Option<BlockIndex>,
}

fn nearest(order: impl Iterator<Item = usize>, merger: &Merger<'_>, opens: impl Fn(usize) -> bool) -> Vec<Near> {
    let mut near = Near::default();
    let step = |at| {
        if opens(at) {
            near.inside = None;
        }
        let here = near;
        if let Some(anchor) = merger.anchor(at) {
            near = Near { inside: Some(anchor), any: Some(anchor) };
        }
        here
    };
    order.map(step).collect()
}
