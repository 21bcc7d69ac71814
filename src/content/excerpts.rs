//! stub
//! stub
use super::Document;
/// How large an excerpt may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ExcerptLimits {
    /// UTF-16 code units.
    pub max_chars: usize,
    /// Tokens, by the safe upper bound.
    pub max_tokens: Option<u32>,
}

impl Default for ExcerptLimits {
    fn default() -> Self {
        Self { max_chars: 1800, max_tokens: None }
    }
}

/// A piece of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Excerpt {
    /// Stable: of the heading path and the text.
    pub id: String,
    /// The headings it stands under, outermost first.
    pub heading: Vec<String>,
    /// Markdown.
    pub text: String,
    /// Where it starts in the document's Markdown, in UTF-16 code units.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// A safe upper bound of its tokens.
    pub tokens: u32,
}

/// A document's excerpts in order.
#[must_use]
pub fn excerpts(_document: &Document, _limits: &ExcerptLimits) -> Vec<Excerpt> { Vec::new() }
