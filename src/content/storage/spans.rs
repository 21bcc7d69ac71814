//! The editable blocks of a page with their places in the source, so that a change touches its own bytes only.
//! It changes nothing: the publisher does.

use super::super::tree::Block;
use super::super::{MAX_BYTES, Malformed};
use super::dom::{self, Element, Node};
use super::read::{MARKS_ALLOWANCE, Reader};
use core::cell::Cell;
use core::ops::Range;

/// One editable block of a page and the bytes of the source it was read from.
#[derive(Debug, Clone, PartialEq)]
pub struct SpannedBlock {
    /// Bytes of the source.
    pub range: Range<usize>,
    /// The block.
    pub block: Block,
}

/// The editable blocks of a page in order: those of the page itself and of the cells of its layouts.
///
/// The ranges do not overlap; what lies between them (white space, comments, the elements of layouts) is no block.
///
/// # Errors
/// [`Malformed`], as [`super::parse`].
pub fn spans(body: &str) -> Result<Vec<SpannedBlock>, Malformed> {
    if body.len() > MAX_BYTES {
        return Err(Malformed::TooLarge);
    }
    let mut out = Vec::new();
    let allowance = Cell::new(MARKS_ALLOWANCE);
    gather(Reader { source: body, allowance: &allowance }, &dom::parse(body)?, &mut out);
    Ok(out)
}

fn gather<'a>(reader: Reader<'a>, nodes: &[Node<'a>], out: &mut Vec<SpannedBlock>) {
    let mut rest = nodes;
    while let Some(at) = rest.iter().position(|n| n.element().is_some_and(is_layout)) {
        let (before, from) = rest.split_at(at);
        plain(reader, before, out);
        let Some((Node::Element(layout), after)) = from.split_first() else {
            break;
        };
        gather(reader, &layout.children, out);
        rest = after;
    }
    plain(reader, rest, out);
}

fn plain<'a>(reader: Reader<'a>, nodes: &[Node<'a>], out: &mut Vec<SpannedBlock>) {
    let (blocks, ranges) = reader.blocks(nodes);
    out.extend(blocks.into_iter().zip(ranges).map(|(block, range)| SpannedBlock { range, block }));
}

fn is_layout(element: &Element<'_>) -> bool {
    matches!(element.name, "ac:layout" | "ac:layout-section" | "ac:layout-cell")
}
