//! Which blocks of its source a piece of text comes from, and under which of the source's headings they stand.
//! It reads no format and prints none: the printer says where each block begins, what a source keeps says its id.
//!
//! Blocks are counted in reading order, from 0; a layout counts as the blocks of its columns, for it says nothing itself.

use super::text::plain;
use super::tree::{Block, BlockKind, Document, Inline, InlineKind};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

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
        let (mut out, mut taken) = (Vec::new(), BTreeSet::new());
        for (at, block) in (0..).zip(blocks(document)) {
            if let BlockKind::Heading { level, inlines } = &block.kind {
                let anchor = anchor(inlines, &mut taken);
                out.push(Heading { block: at, level: *level, text: one_line(&plain(inlines)), anchor });
            } else {
                // they have names in addresses too, which no other heading has then
                within(block, &mut |inlines| drop(anchor(inlines, &mut taken)));
            }
        }
        Self(out)
    }

    /// Where a block stands.
    #[must_use]
    pub fn above(&self, block: u32) -> Above {
        let mut path: Vec<&Heading> = Vec::new();
        for heading in self.0.iter().take_while(|heading| heading.block <= block) {
            path.retain(|above| above.level < heading.level);
            path.push(heading);
        }
        let anchor = path.last().and_then(|last| last.anchor.clone());
        Above { path: path.into_iter().map(|heading| heading.text.clone()).collect(), anchor }
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

/// What the page calls a heading, before it is encoded for an address: its text with hyphens for white space, and a number when an
/// earlier heading is called so. None for one with more in it than text, of which the page takes other words than we show.
///
/// Source: `@atlaskit/renderer`, `ReactSerializer.getHeadingId`.
fn anchor(inlines: &[Inline], taken: &mut BTreeSet<String>) -> Option<String> {
    let is_text = |inline: &Inline| matches!(inline.kind, InlineKind::Text(_));
    let name: String = plain(inlines).trim().chars().map(|c| if c.is_whitespace() { '-' } else { c }).collect();
    if name.is_empty() || !inlines.iter().all(is_text) {
        return None;
    }
    let numbered = (1_u32..).map(|n| format!("{name}.{n}"));
    let free = std::iter::once(name.clone()).chain(numbered).find(|name| !taken.contains(name))?;
    taken.insert(free.clone());
    Some(free)
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
