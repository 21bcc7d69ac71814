//! Elements to blocks: paragraphs, headings, lists, quotations, layouts; whatever has no kind is kept with its name.
//! It reads no running text and no macros: [`super::inline`] and [`super::macros`] do.

use super::super::kept::{Kept, Piece, Source};
use super::super::tree::{Block, BlockKind, Column, Inline, Item, ListStyle};
use super::canonical;
use super::dom::{Element, Node};
use super::look;
use core::cell::Cell;
use core::ops::Range;

/// Reads the elements of one source.
#[derive(Clone, Copy)]
pub(super) struct Reader<'a> {
    /// The source the elements' places point into.
    pub(super) source: &'a str,
    /// Bytes that copies of marks may still take: running text carries its marks piece by piece.
    pub(super) allowance: &'a Cell<usize>,
}

/// What all copies of marks in one body may take.
pub(super) const MARKS_ALLOWANCE: usize = 96 * 1024 * 1024;

/// Blocks with their places in the source.
pub(super) type Placed = (Vec<Block>, Vec<Range<usize>>);

impl<'a> Reader<'a> {
    /// The blocks of a page: layouts stand for themselves, not within `ac:layout`.
    pub(super) fn page(self, nodes: &[Node<'a>]) -> Placed {
        let mut out = (Vec::new(), Vec::new());
        let mut rest = nodes;
        while let Some(at) = rest.iter().position(|n| n.element().is_some_and(is_plain_layout)) {
            let (before, from) = rest.split_at(at);
            append(&mut out, self.blocks(before));
            let Some((Node::Element(layout), after)) = from.split_first() else {
                break;
            };
            append(&mut out, self.blocks(&layout.children));
            rest = after;
        }
        append(&mut out, self.blocks(rest));
        out
    }

    /// The blocks among these nodes. Loose text becomes paragraphs without an element.
    pub(super) fn blocks(self, nodes: &[Node<'a>]) -> Placed {
        let mut out = (Vec::new(), Vec::new());
        let mut rest = nodes;
        while let Some(first) = rest.first() {
            let run = rest.iter().take_while(|n| look::may_be_inline(n)).count();
            let (inline, after) = rest.split_at(run);
            if run > 0 {
                self.loose(inline, &mut out);
                rest = after;
            } else {
                if let Node::Element(element) = first {
                    out.0.push(self.block(element));
                    out.1.push(element.range.clone());
                }
                rest = rest.get(1..).unwrap_or_default();
            }
        }
        out
    }

    /// A run of nodes that could all be running text.
    fn loose(self, run: &[Node<'a>], out: &mut Placed) {
        if !run.iter().any(look::is_inline) {
            for element in run.iter().filter_map(Node::element) {
                out.0.push(self.block(element));
                out.1.push(element.range.clone());
            }
            return;
        }
        let first = run.iter().position(|n| !n.is_blank()).unwrap_or(0);
        let last = run.iter().rposition(|n| !n.is_blank()).unwrap_or(0);
        let run = run.get(first..=last).unwrap_or_default();
        let (Some(start), Some(end)) = (run.first(), run.last()) else {
            return;
        };
        let kept = Kept(Source::Storage(vec![Piece::Rest]));
        out.0.push(Block { kind: BlockKind::Paragraph(self.inlines(run)), kept });
        out.1.push(start.range().start..end.range().end);
    }

    /// The block an element is.
    pub(super) fn block(self, element: &Element<'a>) -> Block {
        match element.name {
            "p" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" if look::holds_blocks(element) => self.other(element),
            "p" => self.paragraph(element),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.heading(element),
            "ul" | "ol" => self.list(element),
            "ac:task-list" => self.tasks(element),
            "blockquote" => {
                let (blocks, ranges) = self.blocks(&element.children);
                self.settle(BlockKind::Quote(blocks), element, &ranges)
            }
            "pre" if !look::holds_blocks(element) => self.preformatted(element),
            "table" => self.table(element),
            "hr" => self.settle(BlockKind::Rule, element, &[]),
            "ac:image" | "img" => self.image(element),
            "ac:layout-section" => self.layout(element),
            "ac:structured-macro" | "ac:macro" => self.block_macro(element),
            "ac:adf-extension" => self.adf_extension(element),
            _ => self.other(element),
        }
    }

    fn paragraph(self, element: &Element<'a>) -> Block {
        if let Some(url) = look::block_card(element) {
            let kind = BlockKind::Card { url: Some(url.to_owned()) };
            return self.settle(kind, element, &[]);
        }
        self.settle(BlockKind::Paragraph(self.inlines(&element.children)), element, &inner(element))
    }

    fn heading(self, element: &Element<'a>) -> Block {
        let level = element.name.bytes().last().map_or(1, |b| b.wrapping_sub(b'0').clamp(1, 6));
        let kind = BlockKind::Heading { level, inlines: self.inlines(&element.children) };
        self.settle(kind, element, &inner(element))
    }

    fn list(self, element: &Element<'a>) -> Block {
        let style = match element.name {
            "ol" => ListStyle::Ordered { start: element.attribute("start").and_then(|s| s.parse().ok()) },
            _ if element.attribute("class") == Some("decision-list") => ListStyle::Decision,
            _ => ListStyle::Bullet,
        };
        if element.children.iter().any(|n| !n.is_blank() && n.element().is_none_or(|e| e.name != "li")) {
            return self.other(element);
        }
        let items = element.elements().map(|e| self.item(e)).collect();
        let ranges: Vec<_> = element.elements().map(|e| e.range.clone()).collect();
        self.settle(BlockKind::List { style, items }, element, &ranges)
    }

    fn item(self, element: &Element<'a>) -> Item {
        let (blocks, ranges) = self.blocks(&element.children);
        let kept = self.kept(element.range.clone(), &ranges, &canonical::item(None));
        Item { checked: None, blocks, kept }
    }

    fn layout(self, element: &Element<'a>) -> Block {
        if element.children.iter().any(|n| !n.is_blank() && n.element().is_none_or(|e| e.name != "ac:layout-cell")) {
            return self.other(element);
        }
        let columns = element.elements().map(|cell| {
            let (blocks, ranges) = self.blocks(&cell.children);
            Column { blocks, kept: self.kept(cell.range.clone(), &ranges, &canonical::column()) }
        });
        let kind = BlockKind::Layout(columns.collect());
        let ranges: Vec<_> = element.elements().map(|e| e.range.clone()).collect();
        self.settle(kind, element, &ranges)
    }

    fn preformatted(self, element: &Element<'a>) -> Block {
        let kind = BlockKind::Code { language: None, text: element.text() };
        self.settle(kind, element, &[])
    }

    /// An element without a kind: its blocks, under its name.
    pub(super) fn other(self, element: &Element<'a>) -> Block {
        let (blocks, ranges) = self.blocks(&element.children);
        let kind = BlockKind::Other { name: element.name.to_owned(), text: String::new(), blocks };
        self.settle(kind, element, &ranges)
    }

    /// A block with what its canonical form does not say.
    pub(super) fn settle(self, kind: BlockKind, element: &Element<'a>, children: &[Range<usize>]) -> Block {
        let mut block = Block::from(kind);
        block.kept = self.kept(element.range.clone(), children, &canonical::block(&block));
        block
    }

    /// What the source has around these children, unless it is what the canonical form has.
    pub(super) fn kept(self, whole: Range<usize>, children: &[Range<usize>], frame: &canonical::Frame) -> Kept {
        let pieces = pieces(self.source, whole, children);
        if frame.is(&pieces) { Kept::NONE } else { Kept(Source::Storage(pieces)) }
    }

    /// Running text.
    pub(super) fn inlines(self, nodes: &[Node<'a>]) -> Vec<Inline> {
        let mut out = Vec::new();
        self.running(nodes, &mut Vec::new(), &mut out);
        out
    }
}

/// The source of `whole` with the children's places left open.
pub(super) fn pieces(source: &str, whole: Range<usize>, children: &[Range<usize>]) -> Vec<Piece> {
    let mut out = Vec::new();
    let mut at = whole.start;
    for child in children {
        raw(source, at..child.start, &mut out);
        match out.last_mut() {
            Some(Piece::Children(count)) => *count += 1,
            Some(Piece::Raw(_) | Piece::Rest) | None => out.push(Piece::Children(1)),
        }
        at = child.end;
    }
    if let Some(last) = out.iter_mut().rfind(|p| matches!(p, Piece::Children(_))) {
        *last = Piece::Rest;
    }
    raw(source, at..whole.end, &mut out);
    out
}

fn raw(source: &str, range: Range<usize>, out: &mut Vec<Piece>) {
    let text = source.get(range).unwrap_or_default();
    if !text.is_empty() {
        out.push(Piece::Raw(text.to_owned()));
    }
}

/// The place of an element's running text: all of it is one child.
pub(super) fn inner(element: &Element<'_>) -> Vec<Range<usize>> {
    if element.children.is_empty() { Vec::new() } else { vec![element.inner.clone()] }
}

fn append(out: &mut Placed, more: Placed) {
    out.0.extend(more.0);
    out.1.extend(more.1);
}

/// An `ac:layout` with nothing but sections in it.
fn is_plain_layout(element: &Element<'_>) -> bool {
    element.name == "ac:layout"
        && element.children.iter().all(|n| n.is_blank() || n.element().is_some_and(|e| e.name == "ac:layout-section"))
}
