//! GitHub-flavored Markdown: the tree as text that people and models read, and such text as a tree.
//! It renders no HTML and runs no extension (no footnotes, no math); raw HTML in a body is text.
//!
//! INVARIANT: whatever text stands in a document stands in its Markdown, escaped where it would mean something else.

mod block;
mod cell;
mod escape;
mod inline;
mod labels;
mod links;
mod lists;
mod printed;
mod read;
mod read_inline;
mod segments;
mod source;
mod table;

pub(crate) use block::printed;
pub use printed::Places;
pub(crate) use printed::{Printed, Unit, UnitKind};
pub(crate) use read::options;
pub use read::parse;
pub(crate) use source::{Blocks, Cells, Inlines, Items, OneCell, OneItem, Rows, View};

use super::{Document, Format, Malformed, adf};

/// A document as Markdown.
#[must_use]
pub fn print(document: &Document) -> String {
    block::text(Blocks::Tree(&document.blocks), 0)
}

/// A body as Markdown: what [`print`] makes of the document read from it. ADF is printed from its nodes, without a tree.
///
/// # Errors
/// [`Malformed`], with the reason.
pub fn print_of(format: Format, body: &str) -> Result<String, Malformed> {
    with_blocks(format, body, block::text)
}

/// The same with the places of its units and blocks.
pub(crate) fn printed_of(format: Format, body: &str) -> Result<Printed, Malformed> {
    with_blocks(format, body, printed)
}

fn with_blocks<T>(format: Format, body: &str, print: impl FnOnce(Blocks<'_>, usize) -> T) -> Result<T, Malformed> {
    match format {
        Format::Adf => adf::with_blocks(body, |nodes| print(Blocks::Nodes(nodes), body.len() / 2)),
        Format::Storage | Format::Markdown => Ok(print(Blocks::Tree(&super::parse(format, body)?.blocks), body.len())),
    }
}
