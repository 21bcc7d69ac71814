//! The tree to storage format: each node as its source spelled it, or in its canonical form.
//! It decides no spelling: [`super::canonical`] does.

use super::super::kept::{Kept, Piece};
use super::super::tree::{Block, BlockKind, Cell, Column, Document, Inline, InlineKind, Item, ListStyle, Mark, Row};
use super::canonical::{self, Frame};
use super::canonical_inline;
use super::tables::is_task_text;

/// A document in storage format.
#[must_use]
pub fn print(document: &Document) -> String {
    let mut out = String::new();
    node(&document.kept, Frame::default, Children::Page(&document.blocks), &mut out);
    out
}

/// One block in storage format.
#[must_use]
pub fn print_block(block: &Block) -> String {
    let mut out = String::new();
    self::block(block, &mut out);
    out
}

/// The children of a node, of one kind.
#[derive(Clone, Copy)]
enum Children<'a> {
    None,
    /// Blocks of the page itself, where layouts stand in an element of their own.
    Page(&'a [Block]),
    Blocks(&'a [Block]),
    Inlines(&'a [Inline]),
    Items(&'a [Item], ListStyle),
    Rows(&'a [Row]),
    Cells(&'a [Cell]),
    Columns(&'a [Column]),
}

impl<'a> Children<'a> {
    fn is_empty(self) -> bool {
        match self {
            Self::None => true,
            Self::Page(all) | Self::Blocks(all) => all.is_empty(),
            Self::Inlines(all) => all.is_empty(),
            Self::Items(all, _) => all.is_empty(),
            Self::Rows(all) => all.is_empty(),
            Self::Cells(all) => all.is_empty(),
            Self::Columns(all) => all.is_empty(),
        }
    }

    /// The first `count` of them, and the others. Running text is one child.
    fn split(self, count: usize) -> (Self, Self) {
        fn cut<T>(all: &[T], count: usize) -> (&[T], &[T]) {
            all.split_at(count.min(all.len()))
        }
        match self {
            Self::None | Self::Inlines(_) => (self, Self::None),
            Self::Page(all) | Self::Blocks(all) => {
                let (first, rest) = cut(all, count);
                (Self::Blocks(first), Self::Blocks(rest))
            }
            Self::Items(all, style) => {
                let (first, rest) = cut(all, count);
                (Self::Items(first, style), Self::Items(rest, style))
            }
            Self::Rows(all) => {
                let (first, rest) = cut(all, count);
                (Self::Rows(first), Self::Rows(rest))
            }
            Self::Cells(all) => {
                let (first, rest) = cut(all, count);
                (Self::Cells(first), Self::Cells(rest))
            }
            Self::Columns(all) => {
                let (first, rest) = cut(all, count);
                (Self::Columns(first), Self::Columns(rest))
            }
        }
    }

    fn print(self, out: &mut String) {
        match self {
            Self::None => {}
            Self::Page(all) => page(all, out),
            Self::Blocks(all) => all.iter().for_each(|b| block(b, out)),
            Self::Inlines(all) => inlines(all, out),
            Self::Items(all, style) => all.iter().for_each(|i| item(i, style, out)),
            Self::Rows(all) => {
                all.iter().for_each(|r| node(&r.kept, canonical::row, Children::Cells(&r.cells), out));
            }
            Self::Cells(all) => {
                all.iter().for_each(|c| node(&c.kept, || canonical::cell(c), Children::Blocks(&c.blocks), out));
            }
            Self::Columns(all) => {
                all.iter().for_each(|c| node(&c.kept, canonical::column, Children::Blocks(&c.blocks), out));
            }
        }
    }
}

/// A node: what its source has around the children, or the canonical frame.
fn node(kept: &Kept, frame: impl FnOnce() -> Frame, children: Children<'_>, out: &mut String) {
    match kept.pieces().filter(|p| holds(p, children)) {
        Some(pieces) => fill(pieces, children, out),
        None => {
            let frame = frame();
            out.push_str(&frame.open);
            children.print(out);
            out.push_str(&frame.close);
        }
    }
}

/// Whether the pieces have a place for the children, if there are any.
fn holds(pieces: &[Piece], children: Children<'_>) -> bool {
    children.is_empty() || pieces.contains(&Piece::Rest)
}

fn fill(pieces: &[Piece], children: Children<'_>, out: &mut String) {
    let mut rest = match children {
        Children::Page(all) => Children::Blocks(all),
        other => other,
    };
    for piece in pieces {
        match piece {
            Piece::Raw(text) => out.push_str(text),
            Piece::Children(count) => {
                let (first, others) = rest.split(*count);
                first.print(out);
                rest = others;
            }
            Piece::Rest => {
                rest.print(out);
                rest = Children::None;
            }
        }
    }
}

fn block(block: &Block, out: &mut String) {
    let children = match &block.kind {
        BlockKind::Paragraph(all) | BlockKind::Heading { inlines: all, .. } => Children::Inlines(all),
        BlockKind::List { style, items } => Children::Items(items, *style),
        BlockKind::Quote(all)
        | BlockKind::Panel { blocks: all, .. }
        | BlockKind::Expand { blocks: all, .. }
        | BlockKind::Other { blocks: all, .. } => Children::Blocks(all),
        BlockKind::Macro(found) => Children::Blocks(&found.blocks),
        BlockKind::Table { rows, .. } => Children::Rows(rows),
        BlockKind::Media { caption: Some(caption), .. } => Children::Inlines(&caption.inlines),
        BlockKind::Layout(columns) => Children::Columns(columns),
        BlockKind::Media { caption: None, .. } | BlockKind::Code { .. } | BlockKind::Rule | BlockKind::Card { .. } => {
            Children::None
        }
    };
    node(&block.kept, || canonical::block(block), children, out);
}

fn item(item: &Item, style: ListStyle, out: &mut String) {
    let frame = || canonical::item((style == ListStyle::Task).then_some(item.checked.unwrap_or(false)));
    match item.blocks.as_slice() {
        [Block { kind: BlockKind::Paragraph(text), .. }] if is_task_text(style, &item.blocks) => {
            node(&item.kept, frame, Children::Inlines(text), out);
        }
        all => node(&item.kept, frame, Children::Blocks(all), out),
    }
}

/// Blocks of a page. A page with a layout is all layout: what stands between is a section of its own.
fn page(all: &[Block], out: &mut String) {
    let is_layout = |b: &Block| matches!(b.kind, BlockKind::Layout(_));
    if !all.iter().any(is_layout) {
        all.iter().for_each(|b| block(b, out));
        return;
    }
    out.push_str("<ac:layout>");
    for run in all.chunk_by(|a, b| is_layout(a) == is_layout(b)) {
        let loose = !run.iter().any(is_layout);
        if loose {
            out.push_str("<ac:layout-section ac:type=\"fixed-width\"><ac:layout-cell>");
        }
        run.iter().for_each(|b| block(b, out));
        if loose {
            out.push_str("</ac:layout-cell></ac:layout-section>");
        }
    }
    out.push_str("</ac:layout>");
}

/// Running text: neighbors under the same marks stand in one element.
fn inlines(all: &[Inline], out: &mut String) {
    let mut open: Vec<(&Mark, String)> = Vec::new();
    for inline in all {
        let same = open.iter().zip(&inline.marks).take_while(|((a, _), b)| *a == *b).count();
        close(&mut open, same, out);
        for mark in inline.marks.iter().skip(same) {
            let (start, end) = around(mark);
            out.push_str(&start);
            open.push((mark, end));
        }
        piece(inline, out);
    }
    close(&mut open, 0, out);
}

fn close(open: &mut Vec<(&Mark, String)>, keep: usize, out: &mut String) {
    while open.len() > keep {
        if let Some((_, end)) = open.pop() {
            out.push_str(&end);
        }
    }
}

/// What stands before and after the text under a mark.
fn around(mark: &Mark) -> (String, String) {
    match mark.kept.pieces() {
        Some([Piece::Raw(start), Piece::Rest, Piece::Raw(end)]) => (start.clone(), end.clone()),
        Some([Piece::Raw(start)]) => (start.clone(), String::new()),
        _ => {
            let frame = canonical_inline::mark(&mark.kind);
            (frame.open, frame.close)
        }
    }
}

fn piece(inline: &Inline, out: &mut String) {
    let children = match &inline.kind {
        InlineKind::Reference { inlines, .. } => Children::Inlines(inlines),
        InlineKind::Macro(found) => Children::Blocks(&found.blocks),
        InlineKind::Other { blocks, .. } => Children::Blocks(blocks),
        InlineKind::Text(_)
        | InlineKind::Break
        | InlineKind::Mention { .. }
        | InlineKind::Emoji { .. }
        | InlineKind::Date { .. }
        | InlineKind::Status { .. }
        | InlineKind::Card { .. }
        | InlineKind::Media(_)
        | InlineKind::Placeholder(_) => Children::None,
    };
    node(&inline.kept, || canonical_inline::inline(inline), children, out);
}
