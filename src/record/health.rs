//! How the routes to models are: which rest after failures, what providers said of their limits, the month's tokens.
//! It holds codes, counts and times; what follows from them is [`crate::policy::health`]'s.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::protocol::{Fault, Millis};

/// The state of all routes: one row, because a request changes a route's health and the month's count together.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ModelsState {
    /// Version of this form.
    pub v: u8,
    /// By the name of the route.
    pub routes: BTreeMap<String, Health>,
    /// What the month cost so far.
    pub spent: Spent,
}

/// How one route is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Health {
    /// What the route was when this was noted: another one under the same name begins anew.
    pub of: String,
    /// Failures of the window, the oldest first.
    pub failures: Vec<Millis>,
    /// Whether it is asked.
    pub breaker: Breaker,
    /// What it failed with last; none since it answered.
    pub last: Option<Fault>,
    /// What the provider said is left, until it begins anew.
    pub left: Option<Left>,
}

/// Whether a route is asked (Nygard, *Release It!*, "Circuit Breaker").
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Breaker {
    /// It is asked.
    #[default]
    Closed,
    /// It rests.
    Open {
        /// Until then.
        until: Millis,
        /// How often in a row it was opened: the rest doubles.
        times: u8,
    },
    /// One request tries it; everybody else waits for what becomes of that.
    HalfOpen {
        /// Until then the trial has its time.
        until: Millis,
        /// As in `Open`.
        times: u8,
    },
}

/// What a provider lets us ask, in its own words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Left {
    /// Requests.
    pub requests: Option<u64>,
    /// Tokens.
    pub tokens: Option<u64>,
    /// When it begins anew.
    pub reset_at: Millis,
}

/// Tokens of one calendar month (UTC).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Spent {
    /// Which one: months since the year 0.
    pub month: u32,
    /// Tokens read and written; a request that was sent and whose answer was lost counts at its bound.
    pub tokens: u64,
    /// Requests sent.
    pub requests: u64,
}
