//! How far the records have followed the root: what is re-wrapped by now, and where to go on.
//! It names no key but those of records, and none of their content.

use serde::{Deserialize, Serialize};

use crate::protocol::Millis;

/// The sweep that moves every record's data key under the primary root.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rotation {
    /// Version of this form.
    pub v: u8,
    /// The root version the records are moved to; 0 when there was never a rotation.
    pub root: u32,
    /// How far it is.
    pub phase: Phase,
    /// What is being re-wrapped.
    pub stage: Stage,
    /// Where the stage goes on; its meaning is the stage's.
    pub cursor: Option<String>,
    /// Whether the stage has nothing after what is pending.
    pub listed: bool,
    /// Records that may be half done: they are done again before anything else.
    pub pending: Vec<String>,
    /// Records this pass moved.
    pub moved: u64,
    /// Records this pass left where they are because somebody wrote them meanwhile: the next pass looks again.
    pub missed: u64,
    /// Records this pass could not open: they were damaged before.
    pub unreadable: u64,
    /// Records moved since the rotation began.
    pub total: u64,
    /// When the rotation began.
    pub begun: Millis,
    /// When anything last happened.
    pub touched: Millis,
}

/// How far a rotation is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Phase {
    /// There is none.
    #[default]
    None,
    /// Records are being re-wrapped.
    Moving,
    /// A pass found nothing left to move. What an invocation that began before may still have written, and values that are
    /// not re-wrapped because they are gone soon, are waited for.
    Waiting,
    /// Nothing is sealed under an older root any more: as far as this installation goes, the minimum can be raised.
    Settled,
}

/// A part of a pass, in this order.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// The secret store.
    #[default]
    Secrets,
    /// Rows known by name.
    Rows,
    /// Rows listed by their class.
    Listed,
    /// Jobs, state by state.
    Jobs,
    /// Values of the index.
    Values,
}

impl Stage {
    /// The stage after it.
    #[must_use]
    pub const fn next(self) -> Option<Stage> {
        match self {
            Stage::Secrets => Some(Stage::Rows),
            Stage::Rows => Some(Stage::Listed),
            Stage::Listed => Some(Stage::Jobs),
            Stage::Jobs => Some(Stage::Values),
            Stage::Values => None,
        }
    }
}
