//! From a draft's plan to an edit script for the page as it is now: anchors found again by their marks, items set as
//! blocks with their citations. It decides which changes start left out: the unsupported ones.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use super::outline;
use crate::content::Block;
use crate::prompt::plan::{Anchor, Body, Edit, Item, ItemKind, Op as PlanOp};
use crate::publish::compose::{self, Composed};
use crate::publish::{BlockIndex, ClaimId, EditId, EditScript, Op, Page, Place};
use crate::record::{Draft, DraftClaim, SourceRecord};

/// A draft made concrete for one body.
pub(crate) struct Script {
    pub(crate) script: EditScript,
    /// Edits whose claims are not supported.
    pub(crate) doubtful: BTreeSet<EditId>,
}

/// Makes the edit script of a draft for this page.
pub(crate) fn script(page: &Page, draft: &Draft, sources: &[SourceRecord]) -> Script {
    let mut writer = Writer {
        script: EditScript::new(page),
        page,
        doubtful: BTreeSet::new(),
        claims: draft.claims.iter().map(|claim| (claim.id.as_str(), claim)).collect(),
        sources,
    };
    match &draft.plan.body {
        Body::Sections(sections) => {
            for section in sections {
                writer.heading(Place::End, &section.heading);
                writer.items(Place::End, &section.items, None);
            }
        }
        Body::Edits(edits) => {
            let anchors = Anchors::of(page, draft);
            for edit in edits {
                writer.edit(&anchors, edit);
            }
        }
    }
    Script { script: writer.script, doubtful: writer.doubtful }
}

struct Writer<'a> {
    script: EditScript,
    page: &'a Page,
    doubtful: BTreeSet<EditId>,
    claims: BTreeMap<&'a str, &'a DraftClaim>,
    sources: &'a [SourceRecord],
}

impl Writer<'_> {
    fn heading(&mut self, place: Place, text: &str) {
        if let Some(composed) = compose::heading(HEADING, text) {
            self.script.push(Op::insert(self.page, place, &composed.block), composed.claims, None);
        }
    }

    /// Neighbors of one kind stand together; an item with an unsupported claim stands alone, so that it can be left out alone.
    fn items(&mut self, place: Place, items: &[Item], reason: Option<&str>) {
        for group in self.groups(items) {
            let doubtful = group.iter().any(|item| self.is_doubtful(item));
            if let Some(composed) = self.set(&group) {
                let id = self.script.push(Op::insert(self.page, place, &composed.block), composed.claims, reason);
                if doubtful {
                    self.doubtful.insert(id);
                }
            }
        }
    }

    fn groups<'i>(&self, items: &'i [Item]) -> Vec<Vec<&'i Item>> {
        let mut groups: Vec<Vec<&Item>> = Vec::new();
        for item in items {
            let joins = groups
                .last()
                .and_then(|group| group.first())
                .is_some_and(|first| first.kind == item.kind && !self.is_doubtful(item) && !self.is_doubtful(first));
            match groups.last_mut().filter(|_| joins) {
                Some(group) => group.push(item),
                None => groups.push(vec![item]),
            }
        }
        groups
    }

    fn is_doubtful(&self, item: &Item) -> bool {
        item.claims.iter().any(|claim| self.claims.get(claim.id.as_str()).is_none_or(|claim| !claim.supported))
    }

    fn set(&self, group: &[&Item]) -> Option<Composed> {
        let kind = group.first()?.kind;
        let ids: Vec<Vec<(ClaimId, &DraftClaim)>> = group.iter().map(|item| self.known(item)).collect();
        let links: Vec<Vec<Vec<(&str, &str)>>> =
            ids.iter().map(|item| item.iter().map(|(_, claim)| self.citations(claim)).collect()).collect();
        let claims: Vec<Vec<compose::Claim<'_>>> = ids
            .iter()
            .zip(&links)
            .map(|(item, links)| {
                let pairs = item.iter().zip(links);
                pairs.map(|((id, claim), sources)| compose::Claim { id, text: &claim.text, sources }).collect()
            })
            .collect();
        match kind {
            ItemKind::Sentence => compose::paragraph(&claims.concat()),
            ItemKind::Bullet => compose::bullets(&claims.iter().map(Vec::as_slice).collect::<Vec<_>>()),
        }
    }

    fn known(&self, item: &Item) -> Vec<(ClaimId, &DraftClaim)> {
        let known = item
            .claims
            .iter()
            .filter_map(|claim| Some((ClaimId::parse(&claim.id)?, *self.claims.get(claim.id.as_str())?)));
        known.collect()
    }

    fn citations(&self, claim: &DraftClaim) -> Vec<(&str, &str)> {
        let sources = claim.sources.iter().filter_map(|at| self.sources.get(*at));
        sources.map(|source| (label(source), source.url.as_str())).collect()
    }

    fn edit(&mut self, anchors: &Anchors, edit: &Edit) {
        let reason = Some(edit.reason.as_str()).filter(|reason| !reason.trim().is_empty());
        let Some(at) = anchors.find(edit.at) else { return };
        match (edit.op, at) {
            (PlanOp::InsertAfter, At::Place(place)) => self.insert(place, edit, reason),
            (PlanOp::InsertAfter, At::Block(block)) => self.insert(Place::After { block }, edit, reason),
            (PlanOp::Remove, At::Block(block)) => {
                self.script.push(Op::Remove { block }, Vec::new(), reason);
            }
            (PlanOp::Replace, At::Block(block)) => self.replace(block, edit, reason),
            (PlanOp::Remove | PlanOp::Replace, At::Place(_)) => {}
        }
    }

    fn insert(&mut self, place: Place, edit: &Edit, reason: Option<&str>) {
        self.heading(place, &edit.heading);
        self.items(place, &edit.items, reason);
    }

    /// The block most like the old one takes its place and its ids; the others stand before and after it.
    fn replace(&mut self, block: BlockIndex, edit: &Edit, reason: Option<&str>) {
        let groups = self.groups(&edit.items);
        let set = groups.iter().filter_map(|group| Some((self.set(group)?, group)));
        let composed: Vec<(Composed, bool)> =
            set.map(|(composed, group)| (composed, group.iter().any(|item| self.is_doubtful(item)))).collect();
        let blocks: Vec<&Block> = composed.iter().map(|(composed, _)| &composed.block).collect();
        let heir = self.page.heir(block, &blocks);
        for (at, (Composed { block: new, claims }, doubtful)) in composed.into_iter().enumerate() {
            let op = match at.cmp(&heir) {
                Ordering::Less => Op::insert(self.page, Place::Before { block }, &new),
                Ordering::Equal => Op::replace(self.page, block, &new),
                Ordering::Greater => Op::insert(self.page, Place::After { block }, &new),
            };
            let id = self.script.push(op, claims, reason);
            if doubtful {
                self.doubtful.insert(id);
            }
        }
    }
}

/// What a citation is called on the page.
fn label(source: &SourceRecord) -> &str {
    match source.kind {
        crate::protocol::SourceKind::Issue => &source.id,
        crate::protocol::SourceKind::Page => &source.title,
    }
}

/// Where the blocks a draft was made against stand on the page as it is now.
struct Anchors {
    now: Vec<Option<BlockIndex>>,
}

enum At {
    Block(BlockIndex),
    Place(Place),
}

impl Anchors {
    /// On an unchanged page block by block; else by mark, the nearest first, each block once.
    fn of(page: &Page, draft: &Draft) -> Anchors {
        let blocks: Vec<BlockIndex> = page.blocks().map(|(at, _)| at).collect();
        if draft.base.as_deref() == Some(page.digest().to_string().as_str()) {
            return Anchors { now: draft.marks.iter().enumerate().map(|(at, _)| blocks.get(at).copied()).collect() };
        }
        let mut by_mark: BTreeMap<String, Vec<BlockIndex>> = BTreeMap::new();
        for (at, block) in page.blocks() {
            by_mark.entry(outline::mark(&block.text())).or_default().push(at);
        }
        let nearest = |(old, mark): (usize, &String)| {
            let found = by_mark.get_mut(mark)?;
            let (at, _) = found.iter().enumerate().min_by_key(|(_, block)| block.get().abs_diff(old))?;
            Some(found.remove(at))
        };
        Anchors { now: draft.marks.iter().enumerate().map(nearest).collect() }
    }

    fn find(&self, anchor: Anchor) -> Option<At> {
        match anchor {
            Anchor::Start => Some(At::Place(Place::Start)),
            Anchor::End => Some(At::Place(Place::End)),
            Anchor::Block(at) => self.now.get(at).copied().flatten().map(At::Block),
        }
    }
}

/// Level of a section's heading.
const HEADING: u8 = 2;
