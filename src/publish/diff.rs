//! The difference of two bodies as an edit script that makes the one into the other, byte for byte.
//!
//! It looks for the changes a reader would name, not for the smallest script.

use super::align::{Alignment, Fate, Keys, Piece, align};
use super::apply::write;
use super::identity;
use super::page::{BlockIndex, Form, Grain, Page, Region, is_space};
use super::resolve::Resolved;
use super::script::{EditScript, Op, Place};
use super::sketch::Sketch;
use crate::content::{Block, BlockKind, Malformed};
use std::collections::BTreeSet;
use std::ops::Range;

/// Why two bodies cannot be compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DiffError {
    /// The body before cannot be read.
    Before(Malformed),
    /// The body after cannot be read.
    After(Malformed),
    /// The script does not give the body back, or is too long to be applied.
    NotExact,
}

/// Two pages and the script from one to the other.
#[derive(Debug)]
pub struct Diff {
    /// The page before; the script applies to it.
    pub before: Page,
    /// The edits.
    pub script: EditScript,
}

/// Compares two bodies of one format.
///
/// INVARIANT: applying the script to the page returned gives `after`, byte for byte (checked here before it is handed
/// out). Storage-format pages whose layouts are the same are compared cell by cell, others with a layout as one block.
///
/// # Errors
/// [`DiffError`].
pub fn diff(form: Form, before: &str, after: &str) -> Result<Diff, DiffError> {
    let read = |grain: Grain| {
        let old = Page::read(form, grain, before).map_err(DiffError::Before)?;
        let new = Page::read(form, grain, after).map_err(DiffError::After)?;
        Ok((old, new))
    };
    let (old, new) = read(Grain::Cell)?;
    if let Some(script) = between(&old, &new).filter(|script| gives(&old, script, after)) {
        return Ok(Diff { before: old, script });
    }
    let (old, new) = read(Grain::Top)?;
    match between(&old, &new).filter(|script| gives(&old, script, after)) {
        Some(script) => Ok(Diff { before: old, script }),
        None => Err(DiffError::NotExact),
    }
}

fn gives(page: &Page, script: &EditScript, after: &str) -> bool {
    Resolved::new(page, script, &BTreeSet::new()).is_ok_and(|resolved| write(page, &resolved) == after)
}

/// The script from one page to the other; `None` when what stands between the blocks differs by more than space.
pub(crate) fn between(old: &Page, new: &Page) -> Option<EditScript> {
    if !same_fences(old, new) {
        return None;
    }
    let mut keys = Keys::default();
    let (left, right) = (pieces(old, &mut keys), pieces(new, &mut keys));
    let regions: Vec<(Range<usize>, Range<usize>)> =
        old.regions.iter().zip(&new.regions).map(|(old, new)| (old.units.clone(), new.units.clone())).collect();
    let alignment = align(&left, &right, &regions);
    let mut script = EditScript::new(old);
    let ops = Ops { old, new, alignment: &alignment };
    for op in ops.in_order() {
        script.push(op, Vec::new(), None);
    }
    space(old, new, &alignment, &mut script);
    Some(script)
}

fn same_fences(old: &Page, new: &Page) -> bool {
    let fence = |page: &Page, region: &Region| trimmed(page, page.bytes(&region.fence)).to_owned();
    let ends = |page: &Page| trimmed(page, page.bytes(&page.tail)).to_owned();
    old.regions.len() == new.regions.len()
        && old.regions.iter().zip(&new.regions).all(|(left, right)| fence(old, left) == fence(new, right))
        && ends(old) == ends(new)
}

/// A fence that is only space is none: space is written by the script. The ends of an ADF document are, too.
fn trimmed<'a>(page: &Page, text: &'a str) -> &'a str {
    let free = page.form == Form::Adf || text.chars().all(is_space);
    if free { "" } else { text }
}

pub(crate) fn pieces<'a>(page: &'a Page, keys: &mut Keys<'a>) -> Vec<Piece> {
    let piece = |(at, unit): (usize, &'a super::page::Unit)| {
        let text = unit.block.text();
        let id = identity::own(page.form, page.unit_bytes(at));
        Piece {
            key: keys.of(page.unit_bytes(at)),
            telling: text.chars().any(char::is_alphanumeric),
            sketch: Sketch::new(kind(&unit.block), &text).with_id(id.as_deref()),
        }
    };
    page.units.iter().enumerate().map(piece).collect()
}

/// Kinds that a rewritten block rarely crosses.
fn kind(block: &Block) -> u8 {
    match &block.kind {
        BlockKind::Paragraph(_) => 0,
        BlockKind::Heading { .. } => 1,
        BlockKind::List { .. } => 2,
        BlockKind::Code { .. } => 3,
        BlockKind::Table { .. } => 4,
        BlockKind::Quote(_) | BlockKind::Panel { .. } | BlockKind::Expand { .. } => 5,
        BlockKind::Media { .. } | BlockKind::Card { .. } | BlockKind::Rule => 6,
        BlockKind::Layout(_) => 7,
        BlockKind::Macro(_) | BlockKind::Other { .. } => 8,
    }
}

struct Ops<'a> {
    old: &'a Page,
    new: &'a Page,
    alignment: &'a Alignment,
}

impl Ops<'_> {
    /// The edits in the order a reader meets them on the page.
    fn in_order(&self) -> Vec<Op> {
        let mut ops: Vec<((usize, u8), Op)> = Vec::new();
        for (at, fate) in self.alignment.before.iter().enumerate() {
            let Some(block) = BlockIndex::at(at) else { continue };
            match *fate {
                Fate::Stayed(_) | Fate::Moved(_) => {}
                Fate::Rewritten(to) => {
                    ops.push(((at, 1), Op::Replace { block, text: self.new.unit_bytes(to).to_owned() }));
                }
                Fate::Alone => ops.push(((at, 1), Op::Remove { block })),
            }
        }
        for (left, right) in self.old.regions.iter().zip(&self.new.regions) {
            self.puts(left, right, &mut ops);
        }
        ops.sort_by_key(|(order, _)| *order);
        ops.into_iter().map(|(_, op)| op).collect()
    }

    /// What comes into a region: right before the next block that stayed or was rewritten there.
    fn puts(&self, left: &Region, right: &Region, ops: &mut Vec<((usize, u8), Op)>) {
        let mut next = left.units.end;
        let mut found = Vec::new();
        for to in right.units.clone().rev() {
            let (order, place) = self.before(left, next);
            match self.alignment.after.get(to) {
                Some(Fate::Stayed(from) | Fate::Rewritten(from)) => next = *from,
                Some(Fate::Moved(from)) => {
                    found.extend(BlockIndex::at(*from).map(|block| (order, Op::Move { block, place })));
                }
                Some(Fate::Alone) => found.push((order, self.insert(place, to))),
                None => {}
            }
        }
        ops.extend(found.into_iter().rev());
    }

    fn before(&self, left: &Region, next: usize) -> ((usize, u8), Place) {
        let first = left.units.start;
        match (next.checked_sub(1).filter(|last| *last >= first).and_then(BlockIndex::at), BlockIndex::at(first)) {
            (Some(block), _) => ((block.get(), 2), Place::After { block }),
            (None, Some(block)) if !left.units.is_empty() => ((first, 0), Place::Before { block }),
            (None, _) => ((first, 0), Place::Start),
        }
    }

    fn insert(&self, place: Place, to: usize) -> Op {
        let lead = lead(self.new, to).filter(|lead| *lead != self.old.separator());
        Op::Insert { place, text: self.new.unit_bytes(to).to_owned(), lead: lead.map(str::to_owned) }
    }
}

/// The space a block has before it; none when it opens its region.
fn lead(page: &Page, at: usize) -> Option<&str> {
    page.units.get(at).filter(|_| !page.opens_region(at)).map(|unit| page.bytes(&unit.lead))
}

/// Writes down the spaces that differ.
fn space(old: &Page, new: &Page, alignment: &Alignment, script: &mut EditScript) {
    let separator = old.separator();
    for (from, fate) in alignment.before.iter().enumerate() {
        let (Fate::Stayed(to) | Fate::Moved(to) | Fate::Rewritten(to)) = *fate else { continue };
        let wanted = lead(new, to).filter(|wanted| *wanted != lead(old, from).unwrap_or(separator));
        let entry = wanted.and_then(|wanted| Some((BlockIndex::at(from)?, wanted.to_owned())));
        script.spacing.leads.extend(entry);
    }
    let head = |page: &Page| page.regions.first().map(|region| page.bytes(&region.fence).to_owned());
    let tail = |page: &Page| page.bytes(&page.tail).to_owned();
    script.spacing.head = head(new).filter(|new| head(old).as_ref() != Some(new));
    script.spacing.tail = Some(tail(new)).filter(|new| *new != tail(old));
}

#[cfg(test)]
mod tests {
    use super::super::{Grain, RowKind, rows, summary};
    use super::{DiffError, Form, diff};
    use crate::content::Malformed;
    use std::collections::BTreeSet;

    /// One sign a row: `=` same, `+` added, `-` removed, `~` changed, `>` moved.
    fn check(before: &str, after: &str, grain: Grain, expected: &str) {
        let found = diff(Form::Storage, before, after).unwrap();
        let sign = |kind| match kind {
            RowKind::Same => '=',
            RowKind::Added => '+',
            RowKind::Removed => '-',
            RowKind::Changed => '~',
            RowKind::Moved => '>',
        };
        let rows = rows(&found.before, &found.script, &BTreeSet::new()).unwrap();
        assert_eq!(rows.iter().map(|row| sign(row.kind)).collect::<String>(), expected, "{before} / {after}");
        let sum = summary(&found.script, &BTreeSet::new());
        let count = |wanted| expected.chars().filter(|found| *found == wanted).count();
        assert_eq!((sum.added, sum.removed, sum.changed, sum.moved), (count('+'), count('-'), count('~'), count('>')));
        assert_eq!(found.before.grain, grain);
    }

    #[test]
    fn names_the_changes_a_reader_would_name() {
        let cases = [
            ("", "", ""),
            ("<p>a</p>", "<p>a</p>", "="),
            ("<p>a</p>", "\n<p>a</p>\n", "="),
            ("", "<p>a</p><p>b</p>", "++"),
            ("<p>a</p><p>b</p>", "", "--"),
            ("<p>a</p><p>b</p>", "<p>a</p>\n<p>n</p>\n<p>b</p>", "=+="),
            ("<p>one two three</p><p>b</p>", "<p>one two four</p><p>b</p>", "~="),
            ("<p>one two three</p><p>b</p>", "<p>x y z</p><p>b</p>", "-+="),
            ("<p>a b</p><p>c d</p><p>e f</p>", "<p>e f</p><p>a b</p><p>c d</p>", ">=="),
            ("<p>a</p><hr /><p>b</p>", "<hr /><p>a</p><p>b</p>", "+=-="),
            ("<p local-id=\"1\">a</p>", "<p local-id=\"2\">a</p>", "~"),
            ("<!--x--><p>a</p>", "<!--x--><p>a b</p>", "~"),
        ];
        for (before, after, expected) in cases {
            check(before, after, Grain::Cell, expected);
        }
    }

    #[test]
    fn compares_layouts_cell_by_cell_or_whole() {
        let layout = |cells: &[&str]| {
            let cells: String = cells.iter().map(|cell| format!("<ac:layout-cell>{cell}</ac:layout-cell>")).collect();
            format!("<ac:layout><ac:layout-section ac:type=\"two_equal\">{cells}</ac:layout-section></ac:layout>")
        };
        let two = layout(&["<p>a b</p>", "<p>c d</p><p>e f</p>"]);
        check(&two, &layout(&["<p>a b</p>", "<p>c d</p><p>e g</p>"]), Grain::Cell, "==~");
        check(&two, &layout(&["<p>a b</p><p>c d</p>", "<p>e f</p>"]), Grain::Cell, "=>=");
        check(&two, &layout(&["<p>a b</p><p>c d</p><p>e f</p>"]), Grain::Top, "~");
        check(&two, &layout(&["<p>a b</p>", ""]), Grain::Top, "~");
        check("<p>a b</p>", &layout(&["<p>a b</p>", ""]), Grain::Top, "~");
        check("<!--x--><p>a</p>", "<!--y--><p>a</p>", Grain::Top, "-+=");
    }

    #[test]
    fn refuses_what_it_cannot_read() {
        let good = r#"{"type":"doc","version":1,"content":[]}"#;
        let cases = [
            (Form::Storage, "<p>", "", DiffError::Before(Malformed::NotXml)),
            (Form::Storage, "", "<p></b>", DiffError::After(Malformed::NotXml)),
            (Form::Adf, "x", good, DiffError::Before(Malformed::NotJson)),
            (Form::Adf, good, "{}", DiffError::After(Malformed::NotADocument)),
            (Form::Storage, &"<p/>".repeat(50_001), "", DiffError::Before(Malformed::TooLarge)),
        ];
        for (form, before, after, expected) in cases {
            assert_eq!(diff(form, before, after).err(), Some(expected));
        }
    }
}
