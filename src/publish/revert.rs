//! Taking a published change back without touching what a person did since.
//!
//! It decides by comparing three bodies: before our change, as published, as it is now. Whatever differs between the last
//! two is a person's, and stays.

use super::align::{Alignment, Fate, Keys, Piece, align};
use super::page::{BlockIndex, Form, Page};
use super::places::Places;
use super::resolve::ApplyError;
use super::review::{Approved, Proposal};
use super::rows::{Row, rows_noted};
use super::script::{EditId, EditScript, Op, Place};
use super::split::is_editable;
use super::{identity, meaning};
use crate::content::Malformed;
use std::collections::{BTreeSet, HashMap};

/// How a published change can be taken back.
#[derive(Debug)]
#[expect(clippy::large_enum_variant, reason = "made once a revert and matched at once, never kept in numbers")]
pub enum Revert {
    /// Nobody changed the page since: the old body, verbatim.
    Whole(Restore),
    /// A person changed the page since: only our blocks, only where they are still ours.
    Merged(Merge),
}

/// The proof that the page is still exactly as we published it, with the body from before.
#[derive(Debug)]
pub struct Restore {
    body: String,
}

/// The edits that take our change out of a page that a person changed since.
#[derive(Debug)]
pub struct Merge {
    /// The page as it is now.
    pub page: Page,
    /// Edits against it; empty when nothing of ours is left as it was.
    pub script: EditScript,
    /// Where a person changed our blocks: they stay as the person left them.
    pub conflicts: Vec<Conflict>,
}

/// A change of ours that stays because a person changed the same block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// What the person did.
    pub kind: ConflictKind,
    /// The block on the page as it is now.
    pub block: Option<BlockIndex>,
}

/// What a person did to a block that we had changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConflictKind {
    /// Rewrote it.
    Changed,
    /// Moved it.
    Moved,
    /// Deleted it.
    Deleted,
    /// The block from before can no longer be put on a page.
    Unreadable,
}

/// Works out how to take a published change back. The bodies are those the product gave out: before, right after, now.
///
/// INVARIANT: every block that is in `current` and not in `published` is in the result, and so is every block of ours that
/// a person rewrote or moved. Blocks are the same when they mean the same: attributes and ids that the product writes by
/// itself make no difference.
///
/// # Errors
/// When a body is no storage format.
pub fn revert(base: &str, published: &str, current: &str) -> Result<Revert, Malformed> {
    if current == published {
        Page::parse(base)?;
        return Ok(Revert::Whole(Restore { body: base.to_owned() }));
    }
    let (base, published, page) = (Page::parse(base)?, Page::parse(published)?, Page::parse(current)?);
    let (script, conflicts) = Merger::new(&base, &published, &page).merge();
    Ok(Revert::Merged(Merge { page, script, conflicts }))
}

impl Restore {
    /// The body from before.
    pub fn body(&self) -> &str {
        &self.body
    }

    /// The approval to write it: the person asked to revert, and nothing of anybody else is lost.
    pub fn approve(self, proposal: Proposal) -> Approved {
        Approved::restored(self.body, proposal)
    }
}

impl Merge {
    /// The rows of the revert, with a reason beside each block that stays because a person changed it.
    ///
    /// # Errors
    /// [`ApplyError`] when what is left out is not in the script.
    pub fn rows(&self, left_out: &BTreeSet<EditId>) -> Result<Vec<Row>, ApplyError> {
        let noted = self.conflicts.iter().filter_map(|conflict| Some((conflict.block?.get(), conflict.kind.reason())));
        rows_noted(&self.page, &self.script, left_out, &noted.collect())
    }
}

impl ConflictKind {
    /// What the reader of the review is told.
    fn reason(self) -> &'static str {
        match self {
            Self::Changed => "Stays as it is: a person changed this block after it was published.",
            Self::Moved => "Stays as it is: a person moved this block after it was published.",
            Self::Deleted => "Stays deleted: a person deleted this block after it was published.",
            Self::Unreadable => "Stays as it is: the earlier block can no longer be written.",
        }
    }
}

pub(super) struct Merger<'a> {
    pub(super) base: &'a Page,
    page: &'a Page,
    /// From before to published.
    ours: Alignment,
    /// From published to now.
    theirs: Alignment,
    /// What each block before means.
    was: Vec<u32>,
    /// What the blocks that a person added or rewrote mean, and how many of each.
    came: HashMap<u32, usize>,
    edits: Vec<(usize, Op)>,
    conflicts: Vec<Conflict>,
}

impl<'a> Merger<'a> {
    fn new(base: &'a Page, published: &'a Page, page: &'a Page) -> Self {
        let meanings: Vec<Vec<String>> = [base, published, page].iter().map(|page| meanings(page)).collect();
        let mut keys = Keys::default();
        let mut pieces =
            [base, published, page].into_iter().zip(&meanings).map(|(page, all)| pieces(page, all, &mut keys));
        let (old, new, now) =
            (pieces.next().unwrap_or_default(), pieces.next().unwrap_or_default(), pieces.next().unwrap_or_default());
        let ours = align(&old, &new, &[(0..old.len(), 0..new.len())]);
        let theirs = align(&new, &now, &[(0..new.len(), 0..now.len())]);
        let is_theirs = |fate: &Fate| matches!(fate, Fate::Alone | Fate::Rewritten(_));
        let mut came = HashMap::new();
        for (piece, _) in now.iter().zip(&theirs.after).filter(|(_, fate)| is_theirs(fate)) {
            *came.entry(piece.key).or_default() += 1;
        }
        let was = old.iter().map(|piece| piece.key).collect();
        Self { base, page, ours, theirs, was, came, edits: Vec::new(), conflicts: Vec::new() }
    }

    fn merge(mut self) -> (EditScript, Vec<Conflict>) {
        let places = Places::new(&self);
        for at in 0..self.base.units.len() {
            self.undo(at, &places);
        }
        for at in 0..self.ours.after.len() {
            if self.ours.after.get(at) == Some(&Fate::Alone) {
                self.undo_insert(at);
            }
        }
        // Changes in place come in the order of the page; what is put back keeps the order it had.
        self.edits.sort_by_key(|(order, _)| *order);
        let taken = self.ids_taken();
        let mut script = EditScript::new(self.page);
        for (_, op) in self.edits {
            script.push(without(self.page.form, op, &taken), Vec::new(), None);
        }
        (script, self.conflicts)
    }

    /// Ids that edits bring and the page has where no edit takes them away: a person may have put a block of ours elsewhere.
    fn ids_taken(&self) -> BTreeSet<String> {
        let names = |text: &str| identity::names(self.page.form, text);
        let brought: BTreeSet<String> = self.edits.iter().filter_map(|(_, op)| op.text()).flat_map(names).collect();
        if brought.is_empty() {
            return brought;
        }
        let goes = |op: &Op| op.target().filter(|_| !matches!(op, Op::Move { .. }));
        let gone: BTreeSet<usize> = self.edits.iter().filter_map(|(_, op)| goes(op)).map(BlockIndex::get).collect();
        let stay = (0..self.page.units.len()).filter(|at| !gone.contains(at));
        stay.flat_map(|at| names(self.page.unit_bytes(at))).filter(|name| brought.contains(name)).collect()
    }

    /// Takes back what we did to a block of the page before.
    fn undo(&mut self, at: usize, places: &Places) {
        match self.ours.before.get(at) {
            Some(Fate::Rewritten(to)) => self.undo_rewrite(at, *to),
            Some(Fate::Moved(to)) => match self.now(*to) {
                Now::Untouched(now) => self.put_back(at, places, |place| Op::Move { block: now, place }),
                Now::Conflict(conflict) => self.conflicts.push(conflict),
            },
            Some(Fate::Alone) => self.undo_remove(at, places),
            Some(Fate::Stayed(_)) | None => {}
        }
    }

    fn undo_rewrite(&mut self, at: usize, to: usize) {
        let text = self.base.unit_bytes(at).to_owned();
        match self.now(to) {
            Now::Untouched(block) if self.fits(&text) => self.edits.push((block.get(), Op::Replace { block, text })),
            Now::Untouched(block) => {
                self.conflicts.push(Conflict { kind: ConflictKind::Unreadable, block: Some(block) })
            }
            Now::Conflict(_) if self.take_back(at) => {}
            Now::Conflict(conflict) => self.conflicts.push(conflict),
        }
    }

    fn undo_remove(&mut self, at: usize, places: &Places) {
        if self.take_back(at) {
            return;
        }
        let text = self.base.unit_bytes(at).to_owned();
        if self.fits(&text) {
            self.put_back(at, places, |place| Op::Insert { place, text, lead: None });
        } else {
            self.conflicts.push(Conflict { kind: ConflictKind::Unreadable, block: None });
        }
    }

    fn undo_insert(&mut self, at: usize) {
        match self.now(at) {
            Now::Untouched(block) => self.edits.push((block.get(), Op::Remove { block })),
            // What a person deleted is gone already.
            Now::Conflict(Conflict { kind: ConflictKind::Deleted, .. }) => {}
            Now::Conflict(conflict) => self.conflicts.push(conflict),
        }
    }

    fn put_back(&mut self, at: usize, places: &Places, op: impl FnOnce(Place) -> Op) {
        let place = places.of(at);
        let order = match place {
            Place::Start => 0,
            Place::Before { block } | Place::After { block } => block.get(),
            Place::End => usize::MAX,
        };
        self.edits.push((order, op(place)));
    }

    /// Whether a person already put this block back on the page; each block of theirs answers for one of ours.
    fn take_back(&mut self, at: usize) -> bool {
        let left = self.was.get(at).and_then(|key| self.came.get_mut(key)).filter(|left| **left > 0);
        left.map(|left| *left -= 1).is_some()
    }

    fn fits(&self, text: &str) -> bool {
        is_editable(self.page.form, self.page.grain, text)
    }

    /// What became of a published block.
    fn now(&self, published: usize) -> Now {
        let conflict = |kind, now: Option<usize>| Now::Conflict(Conflict { kind, block: now.and_then(BlockIndex::at) });
        match self.theirs.before.get(published) {
            Some(Fate::Stayed(now)) => {
                BlockIndex::at(*now).map_or_else(|| conflict(ConflictKind::Changed, None), Now::Untouched)
            }
            Some(Fate::Rewritten(now)) => conflict(ConflictKind::Changed, Some(*now)),
            Some(Fate::Moved(now)) => conflict(ConflictKind::Moved, Some(*now)),
            Some(Fate::Alone) | None => conflict(ConflictKind::Deleted, None),
        }
    }

    /// Where a block that we did not take away from its place stands now.
    pub(super) fn anchor(&self, at: usize) -> Option<BlockIndex> {
        let (Fate::Stayed(published) | Fate::Rewritten(published)) = *self.ours.before.get(at)? else { return None };
        let (Fate::Stayed(now) | Fate::Rewritten(now)) = *self.theirs.before.get(published)? else { return None };
        BlockIndex::at(now)
    }
}

enum Now {
    /// Where it stands, as we left it.
    Untouched(BlockIndex),
    /// A person was there.
    Conflict(Conflict),
}

/// The edit without ids that are taken.
fn without(form: Form, op: Op, taken: &BTreeSet<String>) -> Op {
    let free = |text: String| identity::without(form, &text, taken).unwrap_or(text);
    match op {
        Op::Insert { place, text, lead } => Op::Insert { place, text: free(text), lead },
        Op::Replace { block, text } => Op::Replace { block, text: free(text) },
        Op::Remove { .. } | Op::Move { .. } => op,
    }
}

fn meanings(page: &Page) -> Vec<String> {
    (0..page.units.len()).map(|at| meaning::of(page.unit_bytes(at))).collect()
}

fn pieces<'k>(page: &Page, meanings: &'k [String], keys: &mut Keys<'k>) -> Vec<Piece> {
    let mut pieces = super::diff::pieces(page, &mut Keys::default());
    for (piece, meaning) in pieces.iter_mut().zip(meanings) {
        piece.key = keys.of(meaning);
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::{ConflictKind, Revert, revert};
    use crate::content::Malformed;
    use crate::publish::{Proposal, RowKind, Target, TargetPage};
    use ConflictKind::{Changed, Deleted, Moved};
    use std::collections::BTreeSet;

    /// Blocks are words; a `-` stands for a space in a block.
    fn body(words: &str) -> String {
        words.split_whitespace().map(|word| format!("<p>{}</p>", word.replace('-', " "))).collect()
    }

    fn check(base: &str, published: &str, current: &str, expected: &str, conflicts: &[ConflictKind]) {
        let Revert::Merged(merge) = revert(&body(base), &body(published), &body(current)).unwrap() else {
            panic!("{current}")
        };
        let result = merge.page.apply(&merge.script, &BTreeSet::new()).unwrap();
        assert_eq!(result, body(expected), "{base} / {published} / {current}");
        let found: Vec<_> = merge.conflicts.iter().map(|conflict| conflict.kind).collect();
        assert_eq!(found, conflicts, "{base} / {published} / {current}");
        let reasons = merge.rows(&BTreeSet::new()).unwrap().iter().filter(|row| row.reason.is_some()).count();
        assert_eq!(reasons, merge.conflicts.iter().filter(|conflict| conflict.block.is_some()).count());
    }

    #[test]
    fn takes_out_what_is_ours_and_keeps_what_is_theirs() {
        check("a b", "a x b", "a x b h", "a b h", &[]);
        check("a b", "a x b", "h a x b", "h a b", &[]);
        check("a b c", "a c", "a c h", "a b c h", &[]);
        check("a b", "b", "b h", "a b h", &[]);
        check("a o-n-e b", "a o-n-x b", "a o-n-x b h", "a o-n-e b h", &[]);
        check("a b c", "c a b", "c a b h", "a b c h", &[]);
        check("", "x y", "x y h", "h", &[]);
        check("a b", "", "h", "a b h", &[]);
        check("a", "a x", "a", "a", &[]);
        check("a b c", "a c", "a b c", "a b c", &[]);
        check("a b", "a x y b", "a x h y b", "a h b", &[]);
    }

    #[test]
    fn leaves_what_a_person_changed() {
        check("a b", "a o-n-e b", "a o-n-x b", "a o-n-x b", &[Changed]);
        check("a o-n-e", "a o-n-x", "a o-y-x", "a o-y-x", &[Changed]);
        check("a o-n-e b", "a o-n-x b", "a b", "a b", &[Deleted]);
        check("a b c", "a b c x", "x a b c", "x a b c", &[Moved]);
        check("a b", "a x y b", "a b h", "a b h", &[]);
        check("a o-n-e b", "a o-n-x b", "a o-n-e b h", "a o-n-e b h", &[]);
    }

    #[test]
    fn shows_the_person_what_stays() {
        let merge = match revert(&body("a b"), &body("a o-n-e b"), &body("a o-n-x b")).unwrap() {
            Revert::Merged(merge) => merge,
            Revert::Whole(_) => panic!("changed"),
        };
        let rows = merge.rows(&BTreeSet::new()).unwrap();
        assert!(rows.iter().all(|row| row.kind == RowKind::Same) && merge.script.is_empty());
        assert_eq!(rows.iter().filter_map(|row| row.reason.as_deref()).collect::<Vec<_>>(), [Changed.reason()]);
    }

    #[test]
    fn puts_a_block_back_into_its_cell() {
        let layout = |left: &str, right: &str| {
            let (left, right) = (body(left), body(right));
            format!(
                "<ac:layout><ac:layout-section><ac:layout-cell>{left}</ac:layout-cell><ac:layout-cell>{right}</ac:layout-cell></ac:layout-section></ac:layout>"
            )
        };
        let (base, published, current) = (layout("a b", "c d"), layout("a", "d"), layout("a", "d h"));
        let Revert::Merged(merge) = revert(&base, &published, &current).unwrap() else { panic!("changed") };
        assert_eq!(merge.page.apply(&merge.script, &BTreeSet::new()).unwrap(), layout("a b", "c d h"));
    }

    #[test]
    fn gives_the_old_body_when_nobody_changed_the_page() {
        let Revert::Whole(restore) = revert("<p>a</p>\n", "<p>b</p>", "<p>b</p>").unwrap() else { panic!("unchanged") };
        let page = TargetPage::Existing { page_id: "7".into(), version: 8 };
        let target = Target { cloud_id: "c".into(), space_id: "s".into(), page };
        let proposal = Proposal { target, title: "t".into(), message: "m".into(), drafted_at: 0 };
        let approved = restore.approve(proposal);
        assert_eq!((approved.body(), approved.next_version(), approved.message()), ("<p>a</p>\n", 9, "m"));
    }

    #[test]
    fn refuses_what_it_cannot_read() {
        let cases = [("<p>", "", "x"), ("", "<p>", "x"), ("", "x", "<p>"), ("<p>", "x", "x")];
        for (base, published, current) in cases {
            assert_eq!(revert(base, published, current).err(), Some(Malformed::NotXml));
        }
    }
}
