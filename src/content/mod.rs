//! What people write in Jira and Confluence: ADF, storage format and Markdown as one tree, parsed, printed, shown, cut
//! into excerpts and extracts.
//! It fetches nothing, masks nothing and changes no page: it turns text into structure and back.
//!
//! | part | what it is for |
//! |---|---|
//! | [`tree`] | the tree all formats share |
//! | [`kept`] | what a source carried besides, so that printing back loses nothing |
//! | [`adf`], [`storage`], [`markdown`] | one format each: parse and print |
//! | [`origin`] | which blocks of a source a text comes from |
//! | [`view`] | the tree as the page shows it |
//! | [`excerpts`](mod@excerpts), [`tokens`] | pieces of bounded size with their heading path |
//! | [`sentences`](mod@sentences), [`extract`] | the engine without a model |
//!
//! Invariants: printing a parsed document to its own format gives back what was parsed (ADF: the same JSON value; storage
//! format: the same bytes). No input panics; what is refused is refused with a code and never echoed.

use core::fmt;

pub mod adf;
mod bytes;
pub mod excerpts;
pub mod extract;
#[cfg(test)]
mod goldens;
#[cfg(test)]
mod hostile;
pub mod kept;
pub mod markdown;
#[cfg(test)]
mod measured;
#[cfg(test)]
mod measured_cuts;
pub mod origin;
#[cfg(test)]
mod origins;
mod people;
#[cfg(test)]
mod properties;
#[cfg(test)]
mod random;
pub mod sentences;
pub mod storage;
mod text;
pub mod tokens;
pub mod tree;
#[cfg(any(test, target_arch = "wasm32"))]
mod units;
pub mod view;
mod work;

pub use adf::print as print_adf;
pub(crate) use excerpts::utf16_len;
pub use excerpts::{Excerpt, ExcerptLimits, Found, Passage, Piece, Placed, excerpts, excerpts_of, passages, placed};
pub use markdown::Places;
pub use markdown::print as print_markdown;
pub use markdown::print_of as markdown_of;
pub use origin::{Above, Headings, Origin};
pub use people::{Mention, accounts, mentions};
pub use sentences::sentences;
pub use storage::print as print_storage;
pub use text::plain;
pub use tree::{Block, BlockKind, Document, Inline, InlineKind, Target};
#[cfg(target_arch = "wasm32")]
pub(crate) use units::{from_utf16, to_utf16};

/// The formats content comes in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Format {
    /// Atlassian Document Format, JSON.
    Adf,
    /// Confluence storage format, XHTML.
    Storage,
    /// GitHub-flavored Markdown.
    Markdown,
}

/// Why a body is no document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Malformed {
    /// Longer than [`MAX_BYTES`].
    TooLarge,
    /// Nested deeper than [`MAX_DEPTH`].
    TooDeep,
    /// Not JSON.
    NotJson,
    /// JSON, but no ADF document.
    NotADocument,
    /// Not XHTML: a tag that does not close, or closes what is not open.
    NotXml,
    /// A document type declaration, which storage format does not have.
    Doctype,
}

/// The longest body that is read, in bytes: 5 MB, twice the largest page Confluence stores.
pub const MAX_BYTES: usize = 5 * 1024 * 1024;

/// The deepest nesting that is read, in nodes or elements.
pub const MAX_DEPTH: usize = 200;

impl Malformed {
    /// The stable code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::TooLarge => "too-large",
            Self::TooDeep => "too-deep",
            Self::NotJson => "not-json",
            Self::NotADocument => "not-a-document",
            Self::NotXml => "not-xml",
            Self::Doctype => "doctype",
        }
    }
}

impl fmt::Display for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::TooLarge => "the body is too large",
            Self::TooDeep => "the body is nested too deep",
            Self::NotJson => "the body is not JSON",
            Self::NotADocument => "the body is not an ADF document",
            Self::NotXml => "the body is not well-formed storage format",
            Self::Doctype => "the body declares a document type",
        })
    }
}

/// Reads a body.
///
/// # Errors
/// [`Malformed`], with the reason.
pub fn parse(format: Format, body: &str) -> Result<Document, Malformed> {
    match format {
        Format::Adf => adf::parse(body),
        Format::Storage => storage::parse(body),
        Format::Markdown => markdown::parse(body),
    }
}

/// Prints a document.
#[must_use]
pub fn print(format: Format, document: &Document) -> String {
    match format {
        Format::Adf => print_adf(document),
        Format::Storage => print_storage(document),
        Format::Markdown => print_markdown(document),
    }
}
