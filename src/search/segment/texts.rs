//! Blocks of texts: the pieces of a container's documents, as long as a value is worth reading for one of them.
//! They are read for phrases and snippets, never for ranking.
//!
//! ```text
//! format, 'x' | pieces [id (empty: as before) | piece | title (empty: as before) | headings [text] | text]
//! ```

use super::Broken;
use super::bytes::{Reader, Writer};

/// A piece's text with what stands around it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Text {
    /// The document's title.
    pub title: String,
    /// The headings it stands under.
    pub heading: Vec<String>,
    /// Markdown.
    pub text: String,
}

/// Collects a container's blocks.
#[derive(Debug)]
pub(crate) struct TextsWriter {
    block: Writer,
    last: String,
    title: String,
    first: u32,
    done: Vec<Vec<u8>>,
}

impl TextsWriter {
    /// Blocks that are numbered from `first`.
    pub(crate) fn new(first: u32) -> Self {
        TextsWriter { block: Writer::of(KIND), last: String::new(), title: String::new(), first, done: Vec::new() }
    }

    /// Adds a piece; the number of its block. A text beyond what a value holds is cut.
    pub(crate) fn push(&mut self, id: &str, piece: u32, title: &str, heading: &[String], text: &str) -> u32 {
        let title = cut(title, MOST_TITLE);
        let text = cut(text, MOST_TEXT);
        let size = id.len() + title.len() + text.len() + heading.iter().map(String::len).sum::<usize>();
        if self.block.len() > EMPTY && self.block.len() + size > BLOCK {
            self.close();
        }
        let is_same = self.last == id;
        self.block.text(if is_same { "" } else { id });
        self.block.number(u64::from(piece));
        self.block.text(if is_same && self.title == title { "" } else { title });
        let heading = heading.iter().take(MOST_HEADINGS);
        self.block.count(heading.len());
        heading.for_each(|text| self.block.text(cut(text, MOST_TITLE)));
        self.block.text(text);
        id.clone_into(&mut self.last);
        title.clone_into(&mut self.title);
        self.first.saturating_add(u32::try_from(self.done.len()).unwrap_or(u32::MAX))
    }

    fn close(&mut self) {
        let block = std::mem::replace(&mut self.block, Writer::of(KIND));
        self.done.push(block.into_bytes());
        self.last.clear();
        self.title.clear();
    }

    /// The blocks.
    pub(crate) fn finish(mut self) -> Vec<Vec<u8>> {
        if self.block.len() > EMPTY {
            self.close();
        }
        self.done
    }
}

/// Every piece of a block: id, number of the piece, text.
///
/// # Errors
/// [`Broken`] when it is none.
pub(crate) fn read(value: &[u8]) -> Result<Vec<(String, u32, Text)>, Broken> {
    let mut reader = Reader::of(KIND, value)?;
    let mut all: Vec<(String, u32, Text)> = Vec::new();
    while reader.left() > 0 {
        let (id, piece, title) = (reader.text()?, reader.small()?, reader.text()?);
        let id = if id.is_empty() { all.last().ok_or(Broken)?.0.clone() } else { id.to_owned() };
        let title = match all.last().filter(|last| title.is_empty() && last.0 == id) {
            Some(last) => last.2.title.clone(),
            None => title.to_owned(),
        };
        let mut heading = Vec::new();
        for _ in 0..reader.count()? {
            heading.push(reader.text()?.to_owned());
        }
        all.push((id, piece, Text { title, heading, text: reader.text()?.to_owned() }));
    }
    Ok(all)
}

fn cut(text: &str, most: usize) -> &str {
    text.get(..text.floor_char_boundary(most)).unwrap_or(text)
}

const KIND: u8 = b'x';
const EMPTY: usize = 2;
/// What a block aims at: three units of the store once sealed.
const BLOCK: usize = if cfg!(test) { 900 } else { 22_000 };
const MOST_TEXT: usize = 120_000;
const MOST_TITLE: usize = 2_000;
const MOST_HEADINGS: usize = 8;
