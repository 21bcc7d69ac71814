//! The host's key-value store, its secrets and custom entities.
//! It knows no key; [`crate::record`] does.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::protocol::Millis;
use crate::protocol::effect::{Delete, Set};

/// Nothing to say but done.
#[derive(Deserialize)]
pub struct Done {}

/// A value read, if there.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stored {
    /// The value.
    #[serde(default)]
    pub value: Option<String>,
    /// When the host deletes it; only of a value that was asked for with its expiry.
    #[serde(default, rename = "expiresAt")]
    pub expires_at: Option<Millis>,
}

/// An entity read, if there.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entity {
    /// Its attributes.
    #[serde(default)]
    pub value: Option<Value>,
}

/// A page of entities.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entities {
    /// In the index's order.
    pub results: Vec<Keyed>,
    /// For the next page.
    #[serde(default)]
    pub cursor: Option<String>,
}

/// An entity with its key.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Keyed {
    /// The key.
    pub key: String,
    /// Its attributes.
    pub value: Value,
}

/// Reads a plain value.
#[derive(Debug, Serialize)]
pub struct KvGet {
    /// The key.
    pub key: String,
    /// Whether it is wanted with its expiry, as it is in the store now.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub expiry: bool,
}

impl KvGet {
    /// Reads a value alone.
    #[must_use]
    pub fn of(key: String) -> KvGet {
        KvGet { key, expiry: false }
    }
}

/// Writes a plain value.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct KvSet {
    /// The key.
    pub key: String,
    /// Sealed text.
    pub value: String,
    /// Lifetime.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ttl_seconds: Option<u64>,
}

/// Removes a plain value.
#[derive(Debug, Serialize)]
pub struct KvDelete {
    /// The key.
    pub key: String,
}

/// Lists keys of plain values by their beginning; what was there when it began.
#[derive(Debug, Serialize)]
pub struct KvKeys {
    /// What they begin with.
    pub prefix: String,
    /// At most; the platform gives 20.
    pub limit: u32,
}

/// Keys listed.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Keys {
    /// The keys.
    pub keys: Vec<String>,
}

/// Where a secret lives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum SecretSource {
    /// The installation's secret store.
    Store,
    /// An encrypted environment variable of the app.
    Env,
}

/// Reads a secret.
#[derive(Debug, Serialize)]
pub struct SecretGet {
    /// Where.
    pub source: SecretSource,
    /// The key or the variable's name.
    pub key: String,
}

/// Writes a secret into the installation's store.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SecretSet {
    /// The key.
    pub key: String,
    /// Sealed text, or random bytes in base64url.
    pub value: String,
    /// Only when there is none yet.
    pub if_absent: bool,
}

impl std::fmt::Debug for SecretSet {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SecretSet").field("key", &self.key).finish_non_exhaustive()
    }
}

/// Removes a secret.
#[derive(Debug, Serialize)]
pub struct SecretDelete {
    /// The key.
    pub key: String,
}

/// Reads an entity.
#[derive(Debug, Serialize)]
pub struct EntityGet {
    /// Its name in the manifest.
    pub entity: &'static str,
    /// The key.
    pub key: String,
}

/// Lists entities by an index.
#[derive(Debug, Serialize)]
pub struct EntityQuery {
    /// Its name in the manifest.
    pub entity: &'static str,
    /// The index.
    pub index: &'static str,
    /// Values of the index's partition.
    pub partition: Vec<Value>,
    /// ASC or DESC by the index's range.
    pub sort: &'static str,
    /// At most.
    pub limit: u32,
    /// From an earlier page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
}

/// Several writes, all or none.
#[derive(Debug, Default, Serialize)]
pub struct Transact {
    /// Written.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub set: Vec<Set>,
    /// Removed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub delete: Vec<Delete>,
}
