//! GitHub-flavored Markdown: the tree as text that people and models read, and such text as a tree.
//! It renders no HTML and runs no extension (no footnotes, no math); raw HTML in a body is text.
//!
//! INVARIANT: whatever text stands in a document stands in its Markdown, escaped where it would mean something else.

mod block;
mod cell;
mod escape;
mod inline;
mod labels;
mod lists;
mod read;
mod read_inline;

mod segments;
mod table;

pub(crate) use block::{Printed, Unit, UnitKind, printed};
pub(crate) use read::options;
pub use read::parse;

use super::Document;

/// A document as Markdown.
#[must_use]
pub fn print(document: &Document) -> String {
    printed(document).text
}
