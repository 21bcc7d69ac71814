//! A document's Markdown with what is known of it: where its units stand, and where each block of its source begins.
//! It prints nothing: [`super::block`] does, and says here what it prints.

use super::super::origin::{Origin, is_frame};
use super::source::{OneBlock, View};
use core::ops::Range;

/// A document's Markdown with the places of its units and of its source's blocks.
#[derive(Debug, Default)]
pub(crate) struct Printed {
    /// The Markdown.
    pub(crate) text: String,
    /// Its units in order; they do not overlap.
    pub(crate) units: Vec<Unit>,
    /// Where each block of its source begins.
    pub(crate) places: Places,
}

/// A piece of Markdown that is best not cut, of whole lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Unit {
    /// Its bytes.
    pub(crate) range: Range<usize>,
    /// What it is.
    pub(crate) kind: UnitKind,
}

/// What a unit is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum UnitKind {
    /// A heading of the document itself.
    Heading {
        /// 1 to 6.
        level: u8,
        /// Its text.
        text: String,
    },
    /// Running text, an item, a label, a picture.
    Text,
    /// The header of a table, with the line under it.
    TableHead,
    /// A row of the table above.
    TableRow,
    /// The line that opens code.
    CodeOpen,
    /// A line of the code above.
    CodeLine,
    /// The line that closes it.
    CodeClose,
}

/// Where each block of a source begins in the Markdown printed of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Places(Vec<Begun>);

/// The beginning of a block; of one that printed nothing it is that of the next, or the end.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Begun {
    at: usize,
    id: Option<Box<str>>,
}

impl Places {
    /// The blocks that these bytes of the Markdown were printed from; none where nobody noted any.
    #[must_use]
    pub fn origin(&self, bytes: &Range<usize>) -> Option<Origin> {
        let over = |byte: usize| self.0.partition_point(|begun| begun.at <= byte).saturating_sub(1);
        let first = over(bytes.start);
        let last = over(bytes.end.saturating_sub(1)).max(first);
        let ordinal = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        let id = self.0.get(first)?.id.as_deref().map(str::to_owned);
        Some(Origin { first: ordinal(first), last: ordinal(last), id })
    }
}

/// What is noted while a document is printed.
#[derive(Debug, Default)]
pub(super) struct Notes {
    pub(super) units: Vec<Unit>,
    pub(super) places: Places,
    /// Whether what is printed now stands within a block that was noted.
    is_within: bool,
}

impl Notes {
    /// Notes where a block begins, unless it stands within another; says whether it did, and [`Notes::end`] is to follow.
    pub(super) fn begin(&mut self, block: OneBlock<'_>, view: &View<'_>, at: usize) -> bool {
        if self.is_within || frames(view) {
            return false;
        }
        self.places.0.push(Begun { at, id: block.id().map(Into::into) });
        self.is_within = true;
        true
    }

    /// After the block that was noted last.
    pub(super) fn end(&mut self) {
        self.is_within = false;
    }
}

/// Whether it is no block of its own, but stands around some.
fn frames(view: &View<'_>) -> bool {
    match view {
        View::Other(kind) => is_frame(kind),
        View::Read(kind) => is_frame(kind),
        _ => false,
    }
}
