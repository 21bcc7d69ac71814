//! Segments: immutable values of postings, documents and texts, made of documents or of older segments.
//! It stores nothing and decides no merge; names of values are here, keys of the store are the record room's.

use std::fmt;

use super::Doc;
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

/// A segment as built: what the manifest says of it, and its values.
#[derive(Debug)]
pub struct Segment {
    /// For the manifest.
    pub entry: Entry,
    /// The texts it brought, for the manifest; none when it was merged.
    pub groups: Vec<Group>,
    /// To be stored before the manifest names it.
    pub values: Vec<(ValueName, Vec<u8>)>,
}

/// Why bytes are not a value of this format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Broken;

/// Builds a segment of documents, of one container or several. Of documents with the same id the last one counts.
///
/// `average` is the length of a piece that impacts are normalized by, from the manifest.
#[must_use]
pub fn build(id: SegmentId, docs: &[Doc], average: f32) -> Segment {
    let _ = (docs, average);
    Segment { entry: Entry::empty(id), groups: Vec::new(), values: Vec::new() }
}
