//! What filters look up: kind, author and month of the last change, as terms of the dictionary that no word can be.
//! It filters nothing; a day within a month is checked on the document's own table.

use crate::search::Meta;

/// The terms a document has.
pub(crate) fn terms(meta: &Meta) -> impl Iterator<Item = Vec<u8>> {
    let kind = meta.kind.as_deref().map(kind);
    let author = meta.author.as_deref().map(author);
    kind.into_iter().chain(author).chain(meta.updated.map(|day| month(day / MONTH))).filter(|term| term.len() <= MOST)
}

/// The term of a kind; letters of either case.
pub(crate) fn kind(kind: &str) -> Vec<u8> {
    [&[MARK, b'k'], kind.to_lowercase().as_bytes()].concat()
}

/// The term of an author.
pub(crate) fn author(author: &str) -> Vec<u8> {
    [&[MARK, b'a'], author.as_bytes()].concat()
}

/// The term of so many times 32 days since the Unix epoch.
pub(crate) fn month(month: u32) -> Vec<u8> {
    [&[MARK, b'u'][..], format!("{month:05x}").as_bytes()].concat()
}

/// Days in what is called a month here.
pub(crate) const MONTH: u32 = 32;
/// No word begins so.
const MARK: u8 = 1;
const MOST: usize = 200;
