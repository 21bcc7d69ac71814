//! The admin's choice of route, and the customer's AI key.

use serde::{Deserialize, Serialize};

use crate::protocol::{Millis, RouteMode};

/// The admin's choices.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Version of this form.
    pub v: u8,
    /// The chosen route; none = what the environment offers.
    pub mode: Option<RouteMode>,
    /// What the page may know of the customer's key.
    pub provider: Option<ProviderRecord>,
}

/// The customer's route and what is known of its key; never the key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the names say it")]
pub struct ProviderRecord {
    pub provider: String,
    pub model: String,
    pub endpoint: Option<String>,
    pub last_four: Option<String>,
    pub fingerprint: String,
    /// Counts up with each key saved; the sealed key is bound to it.
    pub version: u32,
    pub saved_at: Millis,
    pub saved_by: String,
    pub saved_by_name: String,
}
