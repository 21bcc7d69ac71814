//! Segments: immutable values of postings, documents and texts, made of documents or of older segments.
//! It stores nothing and decides no merge; names of values are here, keys of the store are the record room's.

//!
//! | file | what |
//! |---|---|
//! | `bytes` | integers, texts and columns, written and read strictly |
//! | `build` | from documents to a segment |
//! | `merge` | from older segments to a newer one, without analyzing anything again |
//! | `compact` | texts of the living written anew, when a group of them is mostly dead |
//! | `assembly` | from terms in order and documents to values; a small segment is one value |
//! | `cut` | ranges of the dictionary and of the documents |
//! | `documents`, `texts`, `root` | the layouts of values |

mod assembly;
mod build;
pub(crate) mod bytes;
mod compact;
mod cut;
pub(crate) mod documents;
pub(crate) mod filter;
pub mod merge;
pub(crate) mod order;
pub(crate) mod root;
pub(crate) mod single;
pub mod texts;

use std::fmt;

pub use build::{Basis, average, build};

use super::manifest::{Entry, Group};

/// A segment's random name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SegmentId(pub u64);

impl fmt::Display for SegmentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

/// One of a segment's values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ValueName {
    /// Everything but the texts, of a small segment.
    Single,
    /// Where documents and containers begin.
    Root,
    /// A range of the dictionary with its postings.
    Terms(u32),
    /// A range of the documents.
    Documents(u32),
    /// Where the cells of embeddings lie.
    Centroids,
    /// A group of cells.
    Vectors(u32),
    /// A block of texts.
    Texts(u32),
}

impl fmt::Display for ValueName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ValueName::Single => f.write_str("s"),
            ValueName::Root => f.write_str("r"),
            ValueName::Terms(n) => write!(f, "t{n}"),
            ValueName::Documents(n) => write!(f, "d{n}"),
            ValueName::Centroids => f.write_str("c"),
            ValueName::Vectors(n) => write!(f, "v{n}"),
            ValueName::Texts(n) => write!(f, "x{n}"),
        }
    }
}

/// A value of the index, by name. The record room makes the store's key of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ValueKey {
    /// Whose.
    pub segment: SegmentId,
    /// Which.
    pub name: ValueName,
}

impl ValueName {
    /// The kind's letter and the number.
    pub(crate) const fn parts(self) -> (u8, u32) {
        match self {
            ValueName::Single => (b's', 0),
            ValueName::Root => (b'r', 0),
            ValueName::Terms(number) => (b't', number),
            ValueName::Documents(number) => (b'd', number),
            ValueName::Centroids => (b'c', 0),
            ValueName::Vectors(number) => (b'v', number),
            ValueName::Texts(number) => (b'x', number),
        }
    }

    /// The name of these parts.
    pub(crate) const fn of_parts(kind: u8, number: u32) -> Result<ValueName, Broken> {
        match (kind, number) {
            (b's', 0) => Ok(ValueName::Single),
            (b'r', 0) => Ok(ValueName::Root),
            (b't', number) => Ok(ValueName::Terms(number)),
            (b'd', number) => Ok(ValueName::Documents(number)),
            (b'c', 0) => Ok(ValueName::Centroids),
            (b'v', number) => Ok(ValueName::Vectors(number)),
            (b'x', number) => Ok(ValueName::Texts(number)),
            _ => Err(Broken),
        }
    }
}

/// A segment as built: what the manifest says of it, and its values.
#[derive(Debug)]
pub struct Segment {
    /// For the manifest; its age is for whoever adds it there.
    pub entry: Entry,
    /// The texts it brought, for the manifest.
    pub groups: Vec<Group>,
    /// To be stored before the manifest names it.
    pub values: Vec<(ValueName, Vec<u8>)>,
}

/// Bytes that are not a value of this format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Broken;
