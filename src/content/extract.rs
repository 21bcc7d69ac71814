//! stub
//! stub
use super::Document;
/// A text to extract from.
#[derive(Debug, Clone, PartialEq)]
pub struct Source {
    /// Its Markdown.
    pub markdown: String,
    /// Its title.
    pub title: Option<String>,
}

impl Source {
    /// A source of a document: its Markdown is what [`super::print_markdown`] prints.
    #[must_use]
    pub fn new(document: &Document, title: Option<&str>) -> Self {
        Self { markdown: super::print_markdown(document), title: title.map(str::to_owned) }
    }
}

/// A sentence of an extract.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// Which source it stands in.
    pub source: usize,
    /// Where it starts in the source's Markdown, in UTF-16 code units.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// The sentence, as the Markdown has it.
    pub text: String,
}

/// The sentences that say most, at most `max`, in the order of the sources.
#[must_use]
pub fn rank(_sources: &[Source], _max: usize) -> Vec<Sentence> { Vec::new() }
