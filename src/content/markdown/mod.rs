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
