//! stub
//! stub
use super::{Document, Malformed};
/// Reads.
/// # Errors
/// [`Malformed`]
pub fn parse(_body: &str) -> Result<Document, Malformed> { Ok(Document::default()) }
/// Prints.
#[must_use]
pub fn print(_document: &Document) -> String { String::new() }
/// One editable block of a page and the bytes of the source it was read from.
#[derive(Debug, Clone, PartialEq)]
pub struct SpannedBlock {
    /// Bytes of the source.
    pub range: core::ops::Range<usize>,
    /// The block.
    pub block: super::Block,
}

/// The editable blocks of a page in order.
///
/// # Errors
/// [`Malformed`], with the reason.
pub fn spans(_body: &str) -> Result<Vec<SpannedBlock>, Malformed> { Ok(Vec::new()) }

/// One block in storage format.
#[must_use]
pub fn print_block(_block: &super::Block) -> String { String::new() }
