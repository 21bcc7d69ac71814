//! Embeddings: the cells worth reading once the words are ranked, and both rankings together.
//! It codes and compares nothing itself.

use std::collections::BTreeMap;

use super::Unreadable;
use super::lane::Lane;
use super::rank::Scored;
use super::scoring::CANDIDATES;
use super::search::Search;
use super::want::Wants;
use crate::search::fuse::{SHARE, fuse, lead};
use crate::search::segment::{ValueKey, ValueName};
use crate::search::vector::{Codes, gather, route};

impl Search<'_> {
    /// The cells nearest to the query's embedding, and those in which the best hits by words lie.
    pub(super) fn want_cells(&mut self) -> Vec<ValueKey> {
        let Some(vector) = self.vector else { return Vec::new() };
        let mut wants = Wants::default();
        let reserve = self.reserve_behind_cells();
        let mut broken = 0;
        for lane in self.lanes.iter().filter(|lane| lane.entry.space.as_ref() == Some(&vector.space)) {
            let (Some(routing), Some(centroids)) = (lane.routing(), lane.raw(ValueName::Centroids)) else { continue };
            if lane.is_single() {
                continue;
            }
            let hits: Vec<u32> = self.ranked.iter().filter_map(|hit| best_piece(lane, hit.document)).collect();
            let Ok(numbers) = route(centroids, &vector.vector, &hits, routing.vectors.len()) else {
                broken += 1;
                continue;
            };
            for number in numbers {
                let key = ValueKey { segment: lane.entry.id, name: ValueName::Vectors(number) };
                let bytes = usize::try_from(number).ok().and_then(|at| routing.vectors.get(at)).copied();
                if !wants.pay(key, bytes.unwrap_or_default(), &mut self.purse, reserve) {
                    break;
                }
            }
        }
        (0..broken).for_each(|_| self.miss(Unreadable::Broken));
        wants.keys
    }

    /// Ranks by words and embeddings together, as far as cells came.
    pub(super) fn fuse(&mut self) {
        let Some(vector) = self.vector else { return };
        let codes = self.codes();
        if codes.is_empty() {
            return;
        }
        let lexical: Vec<(u32, f32)> = self.ranked.iter().map(|hit| (hit.document, hit.score)).collect();
        let leaders: Vec<(u32, f32)> = lead(&lexical)
            .into_iter()
            .filter_map(|(document, weight)| {
                self.lanes
                    .iter()
                    .find_map(|lane| Some((best_piece(lane, document)?.saturating_add(lane.piece_base), weight)))
            })
            .collect();
        let moved = codes.toward(&vector.vector, &leaders, SHARE);
        let mut dense = self.dense(&codes.near(&moved));
        if self.required() != 0 {
            dense.retain(|(document, _)| lexical.iter().any(|hit| hit.0 == *document));
        }
        let most = CANDIDATES.max(self.ask.most.saturating_mul(2));
        self.similar = dense.iter().take(most).copied().collect();
        let fused = fuse(&lexical, &dense, most).into_iter();
        self.ranked = fused.map(|(document, score)| Scored { document, score }).collect();
    }

    /// Every code that came, by the number of its piece among those of all segments.
    fn codes(&mut self) -> Codes {
        let mut all = Codes::default();
        let mut broken = 0;
        let space = self.vector.map(|vector| &vector.space);
        for lane in self.lanes.iter().filter(|lane| lane.is_ready() && lane.entry.space.as_ref() == space) {
            let count = lane.routing().map_or(0, |routing| u32::try_from(routing.vectors.len()).unwrap_or(0));
            for number in 0..count {
                let Some(value) = lane.raw(ValueName::Vectors(number)) else { continue };
                let moved = gather(value).map(|codes| {
                    codes.renumbered(|piece| (piece < lane.entry.pieces).then(|| piece.saturating_add(lane.piece_base)))
                });
                broken += u32::from(moved.and_then(|codes| all.append(codes)).is_err());
            }
        }
        (0..broken).for_each(|_| self.miss(Unreadable::Broken));
        all
    }

    /// Every document of which a piece was read, the one with the nearest piece first.
    fn dense(&self, near: &[(u32, f32)]) -> Vec<(u32, f32)> {
        let mut best: BTreeMap<u32, f32> = BTreeMap::new();
        for (piece, similarity) in near {
            let lane = self.lanes.iter().find_map(|lane| {
                let own = piece.checked_sub(lane.piece_base).filter(|own| *own < lane.entry.pieces)?;
                Some((lane, lane.document_of(own)))
            });
            if let Some((lane, document)) = lane.filter(|(lane, document)| lane.admits(*document)) {
                let known = best.entry(lane.base.saturating_add(document)).or_insert(*similarity);
                *known = known.max(*similarity);
            }
        }
        let mut dense: Vec<(u32, f32)> = best.into_iter().collect();
        dense.sort_by(|one, other| other.1.total_cmp(&one.1).then(one.0.cmp(&other.0)));
        dense
    }
}

/// The best piece of a document, given by its number among those of all segments, when it lies in this one.
fn best_piece(lane: &Lane<'_>, document: u32) -> Option<u32> {
    let own = document.checked_sub(lane.base).filter(|own| *own < lane.entry.documents)?;
    lane.best_piece(own)
}
