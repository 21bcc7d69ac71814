//! Async events, signals to pages, signatures.
//! An event holds ids, never content; a signal holds nothing.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::protocol::Millis;
use crate::protocol::effect::Event;

/// Queued.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Pushed {
    /// The platform's id of the job.
    pub job_id: String,
}

/// A signature.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signed {
    /// base64url without padding.
    pub signature: String,
}

/// Queues events.
#[derive(Debug, Serialize)]
pub struct QueuePush {
    /// The queue of the manifest.
    pub queue: &'static str,
    /// The events.
    pub events: Vec<Event>,
}

/// Signs with the host's WebCrypto.
#[derive(Serialize)]
pub struct Sign {
    /// RS256 (RFC 7518 §3.3).
    pub algorithm: &'static str,
    /// PKCS#8 DER in base64.
    pub key: String,
    /// The text to sign.
    pub message: String,
}

impl std::fmt::Debug for Sign {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Sign").field("algorithm", &self.algorithm).finish_non_exhaustive()
    }
}

/// Waits; the core has no clock of its own.
#[derive(Debug, Serialize)]
pub struct Wait {
    /// How long.
    pub ms: Millis,
}

/// Tells the pages that listen to a channel that something has moved. It carries nothing: what a page then shows comes from a
/// call of its own, in which its user's right is looked at.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Realtime {
    /// The channel.
    pub channel: String,
    /// Given up after so long: nobody waits for it.
    pub timeout_ms: Millis,
}

/// Ids of an event, by name.
pub type EventBody = BTreeMap<&'static str, Value>;
