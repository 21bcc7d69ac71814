//! The reads of one query: decides which values are worth reading within a budget, and what they say.
//! It reads nothing itself and knows no permission: whoever shows a hit asks the product first.
//!
//! | file | what |
//! |---|---|
//! | `search` | the rounds: dictionaries, cells of embeddings, documents, texts |
//! | `want` | which values a round reads |
//! | `purse` | what is left of the budget |
//! | `lookup` | what a query looks up: its words, and the terms of its filters |
//! | `lane` | one segment under the query: scores of its pieces, documents it admits |
//! | `expand` | terms that stand in for a typed one: longer ones, similar ones |
//! | `scoring` | what each list counts; documents ranked by words |
//! | `dense` | the cells worth reading; words and embeddings together |
//! | `rank` | the best documents of all segments |
//! | `resolve` | from documents to hits; texts for phrases |
//! | `opened` | values taken apart once, to be looked into often |

mod dense;
mod expand;
mod lane;
mod lookup;
mod opened;
mod purse;
mod rank;
mod resolve;
mod scoring;
mod search;
mod want;

pub use opened::Opened;
pub use search::{Search, Step};

use super::Space;
use super::segment::SegmentId;
pub use super::segment::texts::Text;

/// What a query may cost, everything counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Budget {
    /// Values.
    pub reads: u32,
    /// Bytes as stored.
    pub bytes: u64,
}

impl Budget {
    /// What one cold query may cost: a small share of what the platform lets an installation read in a minute.
    pub const QUERY: Budget = Budget { reads: 16, bytes: 1 << 20 };
    /// No limit: for values that are in memory, and for measuring what the budget loses.
    pub const NONE: Budget = Budget { reads: u32::MAX, bytes: u64::MAX };
}

/// What it did cost.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize)]
pub struct Spent {
    /// Keys fetched.
    pub reads: u32,
    /// Units of 10,000 bytes of stored value; a begun one counts.
    pub units: u32,
    /// Bytes as stored.
    pub bytes: u64,
}

impl Spent {
    /// Adds one value of this stored length.
    pub fn add(&mut self, stored: u64) {
        self.reads = self.reads.saturating_add(1);
        self.units = self.units.saturating_add(u32::try_from(stored.div_ceil(10_000)).unwrap_or(u32::MAX).max(1));
        self.bytes = self.bytes.saturating_add(stored);
    }
}

/// An embedding of the query.
#[derive(Debug, Clone, PartialEq)]
pub struct QueryVector {
    /// Where it lives.
    pub space: Space,
    /// Its coordinates, of the space's length.
    pub vector: Vec<f32>,
}

/// What is asked, beside the words.
#[derive(Debug, Clone, PartialEq)]
pub struct Ask {
    /// What it may cost.
    pub budget: Budget,
    /// At most so many hits; 200 at most.
    pub most: usize,
    /// Only documents of these containers; all, when none is named.
    pub containers: Vec<String>,
    /// Today, in days since the Unix epoch: for lifetimes and relative dates.
    pub today: u32,
    /// Whether the texts of the hits are wanted too, as far as the budget goes.
    pub texts: bool,
    /// What was spent before the first read of the plan: the manifest, and what opened the session.
    pub spent: Spent,
}

/// Why a document is a hit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Why {
    /// Its key was typed.
    Key,
    /// A word of the query is in it.
    Text,
    /// A similar word is in it.
    Typo,
    /// A phrase of the query is in it.
    Phrase,
    /// Its embedding is near the query's.
    Similar,
    /// It stands before one that fits as well, for having changed later.
    Recent,
}

/// A document found.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// The document's id.
    pub doc: String,
    /// Its container.
    pub container: String,
    /// Comparable within one answer only; greater is better.
    pub score: f32,
    /// Why, each reason once.
    pub why: Vec<Why>,
    /// Words of the query that matched, as [`super::query::QueryTerm::word`] numbers them.
    pub words: Vec<usize>,
    /// The best piece, counted within the document.
    pub piece: u32,
    /// Last change in days since the Unix epoch, if known.
    pub updated: Option<u32>,
    /// When it was indexed, in days since the Unix epoch.
    pub indexed: u32,
    /// The best piece's text, when asked for and within the budget.
    pub text: Option<Text>,
    /// Pieces whose texts were looked into: piece, segment that brought it, block.
    pub(crate) places: Vec<(u32, SegmentId, u32)>,
}

/// What was found.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Found {
    /// Best first.
    pub hits: Vec<Hit>,
    /// What it cost.
    pub spent: Spent,
    /// What could not be read; none when everything could.
    pub partial: Option<Partial>,
    /// Terms that were not looked up because of the budget, by index into [`super::query::Query::terms`].
    pub left_out: Vec<usize>,
}

/// What could not be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Partial {
    /// The first value's.
    pub code: Unreadable,
    /// How many values.
    pub values: u32,
}

/// Why a value is not there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unreadable {
    /// The store has none of this key.
    Missing,
    /// It does not open: changed, or another's.
    Sealed,
    /// It opens and has not our format.
    Broken,
    /// The store did not answer.
    Storage,
    /// The budget had no room for it.
    Budget,
}

impl Unreadable {
    /// The stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Unreadable::Missing => "index-value-missing",
            Unreadable::Sealed => "index-value-sealed",
            Unreadable::Broken => "index-value-broken",
            Unreadable::Storage => "index-value-unavailable",
            Unreadable::Budget => "index-budget",
        }
    }
}
