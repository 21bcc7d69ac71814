//! The difference as the page shows it: one row a block, in the order of the page as it will be.
//!
//! It decides nothing and folds nothing: rows of blocks that stay are there too.

use super::claims;
use super::page::{Form, Page};
use super::resolve::{ApplyError, Entry, Resolved, Taken};
use super::script::{ClaimId, Edit, EditId, EditScript, Op};
use super::split::fragment;
use super::words::{Word, words};
use crate::content::view::{self, BlockView};
use crate::content::{Block, BlockKind};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// One row of the review.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Row {
    /// The edit; none for a block that stays.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<EditId>,
    /// What happens.
    pub kind: RowKind,
    /// The block as it was: of `removed` and `changed` rows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<BlockView>,
    /// The block as it will be: of every row but `removed` ones.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<BlockView>,
    /// The words of a `changed` row.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub words: Option<Vec<Word>>,
    /// The claims that the edit states.
    pub claims: Vec<ClaimId>,
    /// The person left the edit out.
    pub left_out: bool,
    /// Why.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// What happens to a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum RowKind {
    /// It stays.
    Same,
    /// It comes.
    Added,
    /// It goes.
    Removed,
    /// It is rewritten.
    Changed,
    /// It stands elsewhere; the row is at its new place, or at its old one when left out.
    Moved,
}

/// How many blocks come, go, are rewritten and move: without what is left out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// Blocks that come.
    pub added: usize,
    /// Blocks that go.
    pub removed: usize,
    /// Blocks that are rewritten.
    pub changed: usize,
    /// Blocks that move.
    pub moved: usize,
}

/// The rows of a script.
///
/// # Errors
/// [`ApplyError`] when the script is none for this page.
pub fn rows(page: &Page, script: &EditScript, left_out: &BTreeSet<EditId>) -> Result<Vec<Row>, ApplyError> {
    rows_noted(page, script, left_out, &BTreeMap::new())
}

/// The same with a reason beside blocks that stay.
pub(crate) fn rows_noted(
    page: &Page,
    script: &EditScript,
    left_out: &BTreeSet<EditId>,
    notes: &BTreeMap<usize, &str>,
) -> Result<Vec<Row>, ApplyError> {
    let resolved = Resolved::new(page, script, left_out)?;
    let entries = page.regions.iter().flat_map(|region| resolved.entries(region.units.clone()));
    Ok(entries.filter_map(|entry| row(page, entry, notes)).collect())
}

/// The counts of a script.
pub fn summary(script: &EditScript, left_out: &BTreeSet<EditId>) -> Summary {
    let mut sum = Summary::default();
    for edit in script.edits().iter().filter(|edit| !left_out.contains(&edit.id)) {
        match edit.op {
            Op::Insert { .. } => sum.added += 1,
            Op::Replace { .. } => sum.changed += 1,
            Op::Remove { .. } => sum.removed += 1,
            Op::Move { .. } => sum.moved += 1,
        }
    }
    sum
}

fn row(page: &Page, entry: Entry<'_>, notes: &BTreeMap<usize, &str>) -> Option<Row> {
    match entry {
        Entry::Block(at, None) => {
            let reason = notes.get(&at).map(|note| (*note).to_owned());
            Some(Row { after: page.view(at), reason, ..Row::new(RowKind::Same) })
        }
        Entry::Block(at, Some(taken)) => match &taken.edit.op {
            Op::Replace { text, .. } => Some(changed(page, at, text, taken)),
            Op::Remove { .. } => Some(Row { before: page.view(at), ..Row::of(RowKind::Removed, taken) }),
            // A move shows where the block will be.
            Op::Move { .. } if taken.left_out => Some(Row { after: page.view(at), ..Row::of(RowKind::Moved, taken) }),
            Op::Move { .. } | Op::Insert { .. } => None,
        },
        Entry::Put(taken) => match &taken.edit.op {
            Op::Insert { text, .. } => {
                let after = marked(&read(page.form, text), taken.edit);
                Some(Row { after: Some(after), ..Row::of(RowKind::Added, taken) })
            }
            Op::Move { block, .. } if !taken.left_out => {
                Some(Row { after: page.view(block.get()), ..Row::of(RowKind::Moved, taken) })
            }
            Op::Move { .. } | Op::Replace { .. } | Op::Remove { .. } => None,
        },
    }
}

fn changed(page: &Page, at: usize, text: &str, taken: Taken<'_>) -> Row {
    let after = read(page.form, text);
    let before = page.units.get(at).map(|unit| unit.block.text()).unwrap_or_default();
    Row {
        before: page.view(at),
        words: Some(words(&before, &after.text())),
        after: Some(marked(&after, taken.edit)),
        ..Row::of(RowKind::Changed, taken)
    }
}

fn marked(block: &Block, edit: &Edit) -> BlockView {
    let mut view = view::block(block);
    claims::mark(&mut view, &edit.claims);
    view
}

/// A text that was read once; should it be none after all, it is shown as it is.
fn read(form: Form, text: &str) -> Block {
    let unknown = || BlockKind::Other { name: String::new(), text: text.to_owned(), blocks: Vec::new() }.into();
    fragment(form, text).unwrap_or_else(|_| unknown())
}

impl Row {
    pub(crate) fn new(kind: RowKind) -> Self {
        Self {
            id: None,
            kind,
            before: None,
            after: None,
            words: None,
            claims: Vec::new(),
            left_out: false,
            reason: None,
        }
    }

    fn of(kind: RowKind, taken: Taken<'_>) -> Self {
        let mut claims: Vec<ClaimId> = Vec::new();
        for mark in &taken.edit.claims {
            if !claims.contains(&mark.id) {
                claims.push(mark.id.clone());
            }
        }
        let (id, reason) = (Some(taken.edit.id), taken.edit.reason.clone());
        Self { id, claims, left_out: taken.left_out, reason, ..Self::new(kind) }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{BlockIndex, ClaimId, ClaimMark, EditId, EditScript, Op, Page, Place};
    use super::rows;
    use crate::content::{Block, Inline};
    use std::collections::BTreeSet;

    const GOLDEN: &str = include_str!("../../tests/golden/publish/rows-1.json");

    #[test]
    fn keeps_the_form_that_the_page_reads() {
        let page = Page::parse("<h2>Title</h2><p>Old words.</p><p>Gone.</p><p>Moves.</p><p>Stays.</p>").unwrap();
        let at = |position| BlockIndex::at(position).unwrap();
        let block = |text: &str| Block::paragraph(vec![Inline::text(text)]);
        let mark = |start, end| ClaimMark { id: ClaimId::parse("c1").unwrap(), start, end };
        let mut script = EditScript::new(&page);
        script.push(Op::replace(&page, at(1), &block("New words.")), vec![mark(0, 4), mark(4, 10)], Some("why"));
        script.push(Op::Remove { block: at(2) }, Vec::new(), None);
        script.push(Op::Move { block: at(3), place: Place::Start }, Vec::new(), None);
        script.push(Op::insert(&page, Place::End, &block("One. Two.")), vec![mark(0, 4)], None);
        script.push(Op::Move { block: at(4), place: Place::Start }, Vec::new(), None);
        let left_out = BTreeSet::from([EditId::parse("e5").unwrap()]);
        let rows = rows(&page, &script, &left_out).unwrap();
        let mut written = serde_json::to_string_pretty(&rows).unwrap();
        written.push('\n');
        assert_eq!(written, GOLDEN);
    }
}
