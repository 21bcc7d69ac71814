//! A document as excerpts of bounded size, by section and block, each with the headings it stands under.
//! It scores nothing and stores nothing: search and prompts do.
//!
//! Rows of a cut table repeat its header, cut code is fenced again; code is cut between lines and text between sentences,
//! else between words, and only a word longer than the bound within, never inside a grapheme.

mod cuts;
mod pack;
mod passages;
mod split;
mod units;

pub use passages::{Found, Passage, passages};

use super::markdown::{Blocks, Printed, printed, printed_of};
use super::work::did;
use super::{Document, Format, Malformed, Origin, tokens};
use core::ops::Range;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// How large an excerpt may be. A long section is cut into excerpts of about half of it, which find more at equal cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ExcerptLimits {
    /// UTF-16 code units; 64 at least, lower values count as that.
    pub max_chars: usize,
    /// Tokens, by the safe upper bound; 64 at least.
    pub max_tokens: Option<u32>,
}

impl Default for ExcerptLimits {
    /// What drafts, the index and the command cut by.
    fn default() -> Self {
        Self { max_chars: 1800, max_tokens: Some(MOST_TOKENS) }
    }
}

/// With the 35 percent that other vocabularies may have more, and about 300 for title and headings, within the 2,048 tokens that the
/// strictest of the known embedding models takes. 1,800 characters of English come to about 700 by the same bound.
const MOST_TOKENS: u32 = 1_300;

/// A piece of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Excerpt {
    /// Stable: of the heading path and the text (and which one it is of several that are the same).
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
    /// The blocks of the document it holds; a part of them where it begins or ends within one.
    pub origin: Origin,
}

/// An excerpt to read, without what an index knows it by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// The headings it stands under, outermost first.
    pub heading: Vec<String>,
    /// Markdown.
    pub text: String,
    /// A safe upper bound of its tokens.
    pub tokens: u32,
    /// The blocks of the document it holds.
    pub origin: Origin,
}

/// An excerpt with its place in the document's Markdown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed {
    /// The headings it stands under, outermost first.
    pub heading: Vec<String>,
    /// Markdown.
    pub text: String,
    /// Which bytes of the document's Markdown it holds.
    pub within: Range<usize>,
    /// Where these begin in the text, in bytes: before them is what a cut table or cut code repeats.
    pub at: usize,
    /// The blocks of the document it holds.
    pub origin: Origin,
}

/// A document's Markdown, and the excerpts of [`excerpts`] with their places in it.
#[must_use]
pub fn placed(document: &Document, limits: &ExcerptLimits) -> (String, Vec<Placed>) {
    let printed = printed(Blocks::Tree(&document.blocks), 0);
    let place = |pack::Draft { heading, text, range, lead, .. }| {
        let origin = origin(&printed, &range);
        Placed { heading, text, within: range, at: lead, origin }
    };
    let excerpts = drafts(&printed, limits).into_iter().map(place).collect();
    (printed.text, excerpts)
}

/// A document's excerpts in order. Every unit of its Markdown is in one of them.
#[must_use]
pub fn excerpts(document: &Document, limits: &ExcerptLimits) -> Vec<Excerpt> {
    cut(&printed(Blocks::Tree(&document.blocks), 0), limits)
}

/// The excerpts of a body: what [`excerpts`] makes of the document read from it.
///
/// # Errors
/// [`Malformed`], with the reason.
pub fn excerpts_of(format: Format, body: &str, limits: &ExcerptLimits) -> Result<Vec<Piece>, Malformed> {
    let printed = printed_of(format, body)?;
    let piece = |pack::Draft { heading, text, range, tokens, .. }: pack::Draft| {
        let tokens = tokens.unwrap_or_else(|| tokens::upper_bound(&text));
        Piece { heading, text, tokens, origin: origin(&printed, &range) }
    };
    Ok(drafts(&printed, limits).into_iter().map(piece).collect())
}

/// Whatever is printed is printed from a block, so that there is always one.
fn origin(printed: &Printed, range: &Range<usize>) -> Origin {
    printed.places.origin(range).unwrap_or(Origin { first: 0, last: 0, id: None })
}

fn drafts(Printed { text, units, .. }: &Printed, limits: &ExcerptLimits) -> Vec<pack::Draft> {
    let limits = ExcerptLimits {
        max_chars: limits.max_chars.max(MIN_SIZE),
        max_tokens: limits.max_tokens.map(|most| most.max(MIN_TOKENS)),
    };
    pack::pack(text, units, &limits)
}

fn cut(printed: &Printed, limits: &ExcerptLimits) -> Vec<Excerpt> {
    let mut places = Utf16::new(&printed.text);
    let mut seen: BTreeMap<[u8; 16], u32> = BTreeMap::new();
    let drafts = drafts(printed, limits);
    let finish = |draft: pack::Draft| {
        let (start, end) = (places.at(draft.range.start), places.at(draft.range.end));
        let tokens = draft.tokens.unwrap_or_else(|| tokens::upper_bound(&draft.text));
        let id = identity(&draft.heading, &draft.text, &mut seen);
        let origin = origin(printed, &draft.range);
        Excerpt { id, heading: draft.heading, text: draft.text, start, end, tokens, origin }
    };
    drafts.into_iter().map(finish).collect()
}

/// The least an excerpt may be asked to hold.
const MIN_SIZE: usize = 64;
const MIN_TOKENS: u32 = 64;

/// SHA-256 of heading path and text, its first sixteen bytes in hexadecimal.
fn identity(heading: &[String], text: &str, seen: &mut BTreeMap<[u8; 16], u32>) -> String {
    let first = digest(heading, text, 0);
    let nth = seen.entry(first).or_insert(0);
    let bytes = if *nth == 0 { first } else { digest(heading, text, *nth) };
    *nth += 1;
    bytes.iter().flat_map(|b| [b >> 4, b & 0xf]).filter_map(|digit| char::from_digit(u32::from(digit), 16)).collect()
}

fn digest(heading: &[String], text: &str, nth: u32) -> [u8; 16] {
    let mut hash = Sha256::new();
    for part in heading.iter().map(String::as_str).chain([text]) {
        // lengths keep ["a", "b"] and ["ab"] apart
        hash.update(u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
        hash.update(part.as_bytes());
    }
    hash.update(nth.to_be_bytes());
    let mut out = [0; 16];
    out.iter_mut().zip(hash.finalize()).for_each(|(to, from)| *to = from);
    out
}

/// The length of a text in UTF-16 code units.
pub(crate) fn utf16_len(text: &str) -> usize {
    did(text.len());
    // one for each byte that begins a character, and one more where four do; so few at a time that a byte counts them
    let units = |part: &[u8]| part.iter().fold(0_u8, |n, b| n + u8::from(*b & 0xc0 != 0x80) + u8::from(*b >= 0xf0));
    text.as_bytes().chunks(112).map(|part| usize::from(units(part))).sum()
}

/// Byte offsets as UTF-16 offsets, asked for in nearly rising order.
pub(crate) struct Utf16<'a> {
    text: &'a str,
    byte: usize,
    unit: usize,
}

impl<'a> Utf16<'a> {
    /// Of this text.
    pub(crate) fn new(text: &'a str) -> Self {
        Self { text, byte: 0, unit: 0 }
    }

    /// The offset of this byte.
    pub(crate) fn at(&mut self, byte: usize) -> usize {
        if byte < self.byte {
            let back = self.text.get(byte..self.byte).map_or(self.unit, utf16_len);
            return self.unit.saturating_sub(back);
        }
        self.unit += self.text.get(self.byte..byte).map_or(0, utf16_len);
        self.byte = byte;
        self.unit
    }
}
