//! What somebody typed, as terms to look up and filters to hold documents against.
//! It looks nothing up: dictionary, postings and texts are the plan's.
//!
//! # Syntax
//! | typed | means |
//! |---|---|
//! | `data node` | documents with either word, best those with both |
//! | `"data node"` | the words in this order |
//! | `-word`, `-"two words"` | none of these |
//! | `+word` | only with it |
//! | `repl*`, and the last word until a space follows | words that begin so |
//! | `project:ABC,DEF` `space:DOC` `in:ABC` `container:…` | in one of these |
//! | `type:bug` `type:"New Feature"` `author:…` | of this type or author |
//! | `updated:2026-01-01..2026-02-01` `updated:>2026-01-01` `updated:7d` | changed then |
//!
//! A filter with `-` in front leaves out. Every other word with a colon is a word.

mod filters;
mod syntax;
mod terms;
mod typo;

pub use filters::{Choice, Day, Filters, Place, Updated};
pub use typo::near;

use super::words;
use syntax::{Item, Sign};

/// A query, parsed.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Query {
    /// What to look up, the terms of a word together.
    pub terms: Vec<QueryTerm>,
    /// The words as typed, for telling which were found; [`QueryTerm::word`] counts in it.
    pub words: Vec<String>,
    /// The phrases, each as the words [`words::holds`] looks for.
    pub phrases: Vec<Vec<String>>,
    /// What a document must be or not be.
    pub filters: Filters,
    /// The text without operators and filters: for an embedding, and for the products' own search.
    pub plain: String,
}

/// One term to look up.
#[derive(Debug, Clone, PartialEq)]
pub struct QueryTerm {
    /// What is looked for: the term itself, or what terms begin with, or what they are like.
    pub text: String,
    /// What it counts, beside its idf: 1 for a whole word.
    pub weight: f32,
    /// Which typed word it stands for, as an index into [`Query::words`].
    pub word: usize,
    /// Terms of one group are the same thing in other forms: the best of them counts, once.
    pub group: usize,
    /// Whether terms that begin so are meant: the word is still being typed, or ends in `*`.
    pub prefix: bool,
    /// Whether terms that are like it are meant (see [`near`]): to be looked up when the others of its group are absent or rare.
    pub fuzzy: bool,
    /// Whether a document with none of the group is no hit.
    pub required: bool,
    /// The phrase it is of, as an index into [`Query::phrases`].
    pub phrase: Option<usize>,
}

impl QueryTerm {
    /// What a term of the dictionary counts for this one, its weight included; nothing when it is another.
    #[must_use]
    pub fn counts(&self, candidate: &str) -> Option<f32> {
        if self.fuzzy {
            return near(&self.text, candidate).map(|share| share * self.weight);
        }
        if !self.prefix {
            return (candidate == self.text).then_some(self.weight);
        }
        candidate.strip_prefix(self.text.as_str()).map(|more| {
            let (typed, more) = (self.text.chars().count(), more.chars().count());
            #[expect(clippy::as_conversions, reason = "lengths of words")]
            let share = typed as f32 / (typed + more) as f32;
            self.weight * share.max(LEAST_PREFIX)
        })
    }
}

/// Why a query is refused; it carries nothing of what was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BadQuery {
    /// The filter, or `query` when it is the whole.
    pub field: &'static str,
    /// Why: `too-long`, `empty`, `not-a-date`, `not-a-range`, `not-excludable`, `too-many`.
    pub reason: &'static str,
}

/// Parses what somebody typed.
///
/// Of more than [`MOST_WORDS`] words the most telling count: required ones and those of phrases, then names, keys and numbers, then
/// the longest. What only says "and" or "the" counts when nothing else was typed.
///
/// # Errors
/// [`BadQuery`] for a filter that says nothing, and for a text longer than every query.
pub fn parse(text: &str) -> Result<Query, BadQuery> {
    if text.len() > MOST_BYTES {
        return Err(BadQuery { field: "query", reason: "too-long" });
    }
    let typed = syntax::read(text)?;
    let mut query = Query::default();
    let mut builder = terms::Builder::new();
    let mut plain = Vec::new();
    let last = typed.items.len().saturating_sub(1);
    for (at, item) in typed.items.into_iter().enumerate() {
        match item {
            Item::Filter { field, sign, values } => query.filters.add(field, sign, values)?,
            Item::Words { sign: Sign::Not, text, .. } => {
                let (terms, phrases) = terms::excluded(&text);
                query.filters.exclude.extend(terms);
                query.filters.exclude_phrases.extend(phrases);
            }
            Item::Phrase { sign: Sign::Not, text } => query.filters.exclude_phrases.push(words::words(&text)),
            Item::Words { sign, text, star } => {
                builder.words(&text, sign == Sign::Must, star || (typed.open && at == last));
                plain.push(text);
            }
            Item::Phrase { text, .. } => {
                builder.phrase(&text, query.phrases.len());
                query.phrases.push(words::words(&text));
                plain.push(text);
            }
        }
    }
    query.plain = plain.join(" ");
    (query.terms, query.words) = builder.finish();
    Ok(query)
}

/// The query for what is like a text: its words and no syntax, as a title or a page has none.
///
/// Of more than [`MOST_WORDS`] words the most telling count, as in [`parse`].
#[must_use]
pub fn like(text: &str) -> Query {
    let text = text.get(..text.floor_char_boundary(MOST_BYTES)).unwrap_or_default();
    let mut builder = terms::Builder::new();
    builder.words(text, false, false);
    let (terms, words) = builder.finish();
    Query { terms, words, plain: text.trim().to_owned(), ..Query::default() }
}

/// Longest query in bytes.
pub const MOST_BYTES: usize = 16_384;

/// Most words of a query that are looked up.
pub const MOST_WORDS: usize = 32;

/// What a word counts at least that begins as typed, however long it is.
const LEAST_PREFIX: f32 = 0.4;

#[cfg(test)]
mod tests;
