//! From text to the terms of the index: one piece of a document weighed, one piece of text cut into words.
//! It knows no query syntax and no postings.
//!
//! Text is cut into chunks (`scan`), a chunk into its forms (`parts`), a form is folded (`fold`) and stemmed in the language of
//! its piece (`language`). Queries, snippets and phrases go the same way, so that what is indexed is found.

mod fold;
pub(super) mod language;
mod lines;
mod parts;
mod scan;
mod weigher;

pub(crate) use parts::Role;
pub(crate) use scan::is_dense;
pub use weigher::Weigher;

use core::ops::Range;
use language::Language;

/// What a piece is found by, and how strongly.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Weighed {
    /// Each term once, in the order they first stand, with its frequency weighted by field; more than zero.
    pub terms: Vec<(String, f32)>,
    /// The piece's length in words, weighted by field: what its frequencies are normalized by.
    pub length: f32,
}

/// Weighs one piece: its own text, and the title, the headings and the key of the document it is of.
///
/// For many pieces keep a [`Weigher`]: it remembers the words it has seen.
#[must_use]
pub fn weigh(title: &str, heading: &[String], text: &str, key: Option<&str>) -> Weighed {
    Weigher::new().weigh(title, heading, text, key)
}

/// The words of a text in order, folded and not stemmed: what phrases are compared by. Of scripts without spaces every letter is one.
#[must_use]
pub fn words(text: &str) -> Vec<String> {
    let mut out = Vec::new();
    for range in scan::chunks(text) {
        let chunk = text.get(range).unwrap_or_default();
        if chunk.starts_with(is_dense) {
            let folded = folded(chunk);
            out.extend(folded.chars().filter(|c| is_dense(*c)).map(String::from));
        } else {
            out.extend(chunk.split(['-', '_', '.', '/']).filter(|word| !word.is_empty()).map(folded));
        }
    }
    out
}

/// Whether the words of a phrase stand in the text one after the other.
#[must_use]
pub fn holds(text: &str, phrase: &[String]) -> bool {
    phrase.is_empty() || words(text).windows(phrase.len()).any(|window| window == phrase)
}

/// The chunks of a text: see `scan`.
pub(super) fn chunks(text: &str) -> impl Iterator<Item = Range<usize>> {
    scan::chunks(text)
}

/// The terms of a chunk in a language, each with what it is to the chunk; without one, folded and not stemmed.
pub(super) fn forms(chunk: &str, language: Option<Language>, found: &mut impl FnMut(&str, Role)) {
    let (mut low, mut term) = (String::new(), String::new());
    parts::parts(chunk, &mut |form, role| {
        low.clear();
        term.clear();
        fold::lower(form, &mut low);
        match language {
            Some(language) => language::stem(&low, language, &mut term),
            None => fold::fold(&low, &mut term),
        }
        if !term.is_empty() {
            found(&term, role);
        }
    });
}

/// The forms of a chunk, each with the bytes of the chunk it is of: as the index of a language has it, then not stemmed.
pub(super) fn located(chunk: &str, language: Language, found: &mut impl FnMut(&Range<usize>, &str)) {
    let (mut low, mut term) = (String::new(), String::new());
    parts::parts(chunk, &mut |form, _| {
        // a form that is no slice of the chunk is the whole of it, without its signs
        let at = form.as_ptr().addr().checked_sub(chunk.as_ptr().addr());
        let inside = at.map(|at| at..at + form.len()).filter(|range| range.end <= chunk.len());
        let range = inside.unwrap_or(0..chunk.len());
        low.clear();
        fold::lower(form, &mut low);
        for language in [Some(language), None] {
            term.clear();
            match language {
                Some(language) => language::stem(&low, language, &mut term),
                None => fold::fold(&low, &mut term),
            }
            found(&range, &term);
        }
    });
}

/// A word in lower case without diacritics.
pub(super) fn folded(word: &str) -> String {
    let (mut low, mut out) = (String::new(), String::new());
    fold::lower(word, &mut low);
    fold::fold(&low, &mut out);
    out
}

#[cfg(test)]
mod tests;
