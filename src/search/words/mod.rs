//! From text to the terms of the index: one piece of a document weighed, one piece of text cut into words.
//! It knows no query syntax and no postings.

/// What a piece is found by, and how strongly.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Weighed {
    /// Each term once, in the order of bytes, with its frequency weighted by field; more than zero.
    pub terms: Vec<(String, f32)>,
    /// The piece's length in words, weighted by field: what its frequencies are normalized by.
    pub length: f32,
}

/// Weighs one piece: its own text, and the title, the headings and the key of the document it is of.
#[must_use]
pub fn weigh(title: &str, heading: &[String], text: &str, key: Option<&str>) -> Weighed {
    let mut terms = std::collections::BTreeMap::new();
    let mut length = 0.0;
    let fields = [(title, 2.0), (text, 1.0), (key.unwrap_or_default(), 3.0)];
    for (field, weight) in fields.into_iter().chain(heading.iter().map(|h| (h.as_str(), 1.5))) {
        for word in words(field) {
            *terms.entry(word).or_insert(0.0) += weight;
            length += weight;
        }
    }
    Weighed { terms: terms.into_iter().collect(), length }
}

/// The words of a text in order, folded and not stemmed: what phrases are compared by.
#[must_use]
pub fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_lowercase).collect()
}

/// Whether the words of a phrase stand in the text one after the other.
#[must_use]
pub fn holds(text: &str, phrase: &[String]) -> bool {
    phrase.is_empty() || words(text).windows(phrase.len()).any(|window| window == phrase)
}
