//! The edits between draft and approval, with the claims they carry: sealed, 24 hours.
//! Edits are anchored by the marks of the blocks they were made against, so that a page that changed elsewhere
//! meanwhile can be reviewed again without asking a model again.

use serde::{Deserialize, Serialize};

use super::Spot;
use crate::prompt::Plan;

/// What will be written if the writer approves.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Draft {
    /// Version of this form.
    pub v: u8,
    /// The changes.
    pub plan: Plan,
    /// Every claim made in them.
    pub claims: Vec<DraftClaim>,
    /// Marks of the page's blocks when the draft was made; empty for a new page.
    pub marks: Vec<String>,
    /// SHA-256 of the page's body then.
    pub base: Option<String>,
}

impl Draft {
    /// The form written today.
    pub const VERSION: u8 = 1;
}

/// One claim and where it comes from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DraftClaim {
    /// `c1`, `c2`, …
    pub id: String,
    /// The sentence.
    pub text: String,
    /// Positions in the job's list of sources.
    pub sources: Vec<usize>,
    /// Whether what it says occurs in its sources.
    pub supported: bool,
    /// The sentence of the source that supports it.
    pub quote: Option<String>,
    /// Where that sentence stands; none where nobody can tell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quoted: Option<Quoted>,
}

/// Where a quoted sentence stands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Quoted {
    /// Position of its source in the job's list.
    pub source: usize,
    /// Where in it.
    pub spot: Spot,
}
