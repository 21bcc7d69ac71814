//! Which blocks of its source a piece of text comes from, and under which of the source's headings they stand.
//! It reads no format and prints none: the printer says where each block begins, what a source keeps says its id.
//!
//! Blocks are counted in reading order, from 0; a layout counts as the blocks of its columns, for it says nothing itself.

use super::text::plain;
use super::tree::{Block, BlockKind, Document, Inline, InlineKind};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// The blocks of a source that a text comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Origin {
    /// The first of them, by its place among the document's [`blocks`].
    pub first: u32,
    /// The last of them: the same where it is only one.
    pub last: u32,
    /// What the source itself calls the first: its `localId` (ADF), its `local-id` or macro id (storage format). It stays when other
    /// blocks come and go; none where the source gives none, as Markdown does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
}

/// A document's blocks, as an [`Origin`] counts them.
#[must_use]
pub fn blocks(document: &Document) -> Vec<&Block> {
    let mut out = Vec::with_capacity(document.blocks.len());
    document.blocks.iter().for_each(|block| gather(block, &mut out));
    out
}

fn gather<'d>(block: &'d Block, out: &mut Vec<&'d Block>) {
    match &block.kind {
        kind if !is_frame(kind) => out.push(block),
        BlockKind::Layout(columns) => columns.iter().flat_map(|c| &c.blocks).for_each(|inner| gather(inner, out)),
        BlockKind::Other { blocks, .. } => blocks.iter().for_each(|inner| gather(inner, out)),
        _ => {}
    }
}

impl Block {
    /// What the source itself calls the block, as in [`Origin::id`].
    #[must_use]
    pub fn id(&self) -> Option<&str> {
        self.kept.id()
    }
}

/// Whether a block is a layout, or an element of one that holds something a layout should not.
pub(super) fn is_frame(kind: &BlockKind) -> bool {
    match kind {
        BlockKind::Layout(_) => true,
        BlockKind::Other { name, text, .. } => text.is_empty() && name.starts_with("ac:layout"),
        _ => false,
    }
}

/// The headings of a document, in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Headings(Vec<Heading>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct Heading {
    /// Which of the document's blocks it is.
    block: u32,
    level: u8,
    text: String,
    anchor: Option<String>,
    /// Which of the headings it stands under.
    parent: Option<usize>,
}

/// Where a block stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Above {
    /// The headings above it, outermost first; of a heading itself the last is its own.
    pub path: Vec<String>,
    /// What the product's page calls the last of them in addresses.
    pub anchor: Option<String>,
}

impl Headings {
    /// Of a document. Those within a block (a panel, a table) are no headings of the document.
    #[must_use]
    pub fn of(document: &Document) -> Self {
        let (mut out, mut anchors) = (Self::default(), Anchors::default());
        for (at, block) in (0..).zip(blocks(document)) {
            if let BlockKind::Heading { level, inlines } = &block.kind {
                let (anchor, parent) = (anchors.take(inlines), out.under(*level));
                out.0.push(Heading { block: at, level: *level, text: one_line(&plain(inlines)), anchor, parent });
            } else {
                // they have names in addresses too, which no other heading has then
                within(block, &mut |inlines| drop(anchors.take(inlines)));
            }
        }
        out
    }

    /// Which of the headings one of this level stands under when it is the next.
    fn under(&self, level: u8) -> Option<usize> {
        let is_above = |at: &usize| self.0.get(*at).is_some_and(|heading| heading.level < level);
        self.up(self.0.len().checked_sub(1)).find(is_above)
    }

    /// A heading, and those it stands under, innermost first.
    fn up(&self, from: Option<usize>) -> impl Iterator<Item = usize> {
        std::iter::successors(from, |at| self.0.get(*at)?.parent)
    }

    /// The last heading at or before a block.
    fn last(&self, block: u32) -> Option<usize> {
        self.0.partition_point(|heading| heading.block <= block).checked_sub(1)
    }

    /// What the product's page calls the heading above a block, as in [`Above::anchor`].
    #[must_use]
    pub fn anchor(&self, block: u32) -> Option<String> {
        self.0.get(self.last(block)?)?.anchor.clone()
    }

    /// Where a block stands.
    #[must_use]
    pub fn above(&self, block: u32) -> Above {
        let text = |at: usize| self.0.get(at).map(|heading| heading.text.clone());
        let mut path: Vec<String> = self.up(self.last(block)).filter_map(text).collect();
        path.reverse();
        Above { path, anchor: self.anchor(block) }
    }
}

/// Headings that stand within a block.
fn within(block: &Block, each: &mut impl FnMut(&[Inline])) {
    let mut all = |blocks: &[Block]| {
        for inner in blocks {
            match &inner.kind {
                BlockKind::Heading { inlines, .. } => each(inlines),
                _ => within(inner, each),
            }
        }
    };
    match &block.kind {
        BlockKind::List { items, .. } => items.iter().for_each(|item| all(&item.blocks)),
        BlockKind::Quote(blocks)
        | BlockKind::Panel { blocks, .. }
        | BlockKind::Expand { blocks, .. }
        | BlockKind::Other { blocks, .. } => all(blocks),
        BlockKind::Macro(found) => all(&found.blocks),
        BlockKind::Table { rows, .. } => rows.iter().flat_map(|row| &row.cells).for_each(|cell| all(&cell.blocks)),
        BlockKind::Layout(columns) => columns.iter().for_each(|column| all(&column.blocks)),
        BlockKind::Paragraph(_)
        | BlockKind::Heading { .. }
        | BlockKind::Code { .. }
        | BlockKind::Rule
        | BlockKind::Media { .. }
        | BlockKind::Card { .. } => {}
    }
}

/// The names of headings in addresses, each once.
#[derive(Default)]
struct Anchors {
    /// Each name that is taken, and the number from which on one is looked for when it is wanted again: those before it are taken.
    taken: HashMap<String, u32>,
}

impl Anchors {
    /// What the page calls a heading, before it is encoded for an address: its text with hyphens for white space, and a number when an
    /// earlier heading is called so. None for one with more in it than text, of which the page takes other words than we show.
    ///
    /// Source: `@atlaskit/renderer`, `ReactSerializer.getHeadingId`.
    fn take(&mut self, inlines: &[Inline]) -> Option<String> {
        let is_text = |inline: &Inline| matches!(inline.kind, InlineKind::Text(_));
        let name: String = plain(inlines).trim().chars().map(|c| if c.is_whitespace() { '-' } else { c }).collect();
        if name.is_empty() || !inlines.iter().all(is_text) {
            return None;
        }
        let free = match self.taken.get(&name) {
            None => name,
            Some(from) => {
                let (number, free) = (*from..)
                    .map(|number| (number, format!("{name}.{number}")))
                    .find(|(_, free)| !self.taken.contains_key(free))?;
                self.taken.insert(name, number.saturating_add(1));
                free
            }
        };
        self.taken.insert(free.clone(), 1);
        Some(free)
    }
}

/// Text with each run of white space as one space, and none at its ends.
pub(super) fn one_line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}
