//! The part of a text that shows why it is a hit, with the words that are.
//! It escapes nothing: parts are plain text, and whoever shows them keeps them so.

use super::query::Query;

/// A part of a text with its hits.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Snippet {
    /// The text in order, and whether each part is a hit; put together it is what is shown.
    pub parts: Vec<(String, bool)>,
    /// Where it begins in the text it was cut from, in bytes.
    pub start: usize,
    /// Where it ends, in bytes.
    pub end: usize,
}

/// The best part of a text for a query, at most `max` UTF-16 units.
#[must_use]
pub fn snippet(text: &str, query: &Query, max: usize) -> Snippet {
    let mut units = 0;
    let kept: String = text
        .chars()
        .take_while(|c| {
            units += c.len_utf16();
            units <= max
        })
        .collect();
    let hit = query.terms.iter().any(|t| kept.to_lowercase().contains(&t.text));
    Snippet { start: 0, end: kept.len(), parts: vec![(kept, hit)] }
}
