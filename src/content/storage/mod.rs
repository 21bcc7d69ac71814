//! Confluence storage format: XHTML with `ac:` and `ri:` elements.
//! It resolves no namespace, reads no document type and follows no link; unknown elements and macros are kept.
//!
//! Spec: *Confluence Storage Format*, and what Confluence Cloud writes beyond it (`ac:adf-extension`, layouts).
//!
//! INVARIANT: `print(&parse(source)?) == source`, byte for byte. Every node that its canonical form does not spell
//! exactly as the source did keeps the source's own text around its children (`Piece`).

mod canonical;
mod canonical_inline;
mod dom;
mod entities;
mod inline;
mod look;
mod macros;
mod read;
mod spans;
mod tables;
mod write;

use super::kept::{Kept, Piece, Source};
use super::{BlockKind, Document, MAX_BYTES, Malformed};
use core::cell::Cell;

pub(crate) use dom::reader;
pub use spans::{SpannedBlock, spans};
pub use write::{print, print_block};

#[cfg(test)]
pub(super) use entities::resolve as entities_for_tests;

/// Reads a page's body (or any fragment of one).
///
/// # Errors
/// [`Malformed`]: too large, too deep, tags that do not match, a document type.
pub fn parse(body: &str) -> Result<Document, Malformed> {
    if body.len() > MAX_BYTES {
        return Err(Malformed::TooLarge);
    }
    let nodes = dom::parse(body)?;
    let allowance = Cell::new(read::MARKS_ALLOWANCE);
    let (blocks, ranges) = read::Reader { source: body, allowance: &allowance }.page(&nodes);
    let mut document = Document::new(blocks);
    let pieces = read::pieces(body, 0..body.len(), &ranges);
    let plain = pieces == [Piece::Rest] && !document.blocks.iter().any(|b| matches!(b.kind, BlockKind::Layout(_)));
    if !plain && print(&document) != body {
        document.kept = Kept(Source::Storage(pieces));
    }
    Ok(document)
}
