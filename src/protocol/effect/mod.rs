//! Everything the app can do to the world, as data. [`op`] holds the typed operations that flows perform;
//! each names the outcome it gives.

pub mod op;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Number of an effect within one conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct EffectId(pub u32);

/// An effect on its way to the shim.
#[derive(Debug, Serialize)]
pub struct Effect {
    /// Its number; the outcome carries it back.
    pub id: EffectId,
    /// What to do.
    #[serde(flatten)]
    pub operation: Operation,
}

/// A product of the site.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Product {
    Jira,
    Confluence,
}

/// In whose name a product is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Actor {
    /// The person who is at the page.
    User,
    /// The app itself: background work on what an administrator switched on.
    App,
}

/// Why a product is asked as the app.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Because {
    /// An administrator switched the container's indexing on.
    ContainerIsIndexed,
}

/// HTTP method.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "UPPERCASE")]
#[expect(missing_docs, reason = "RFC 9110")]
pub enum Method {
    Get,
    Post,
    Put,
    Delete,
}

/// The list of what the app can do to the world.
#[derive(Debug, Serialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
pub enum Operation {
    /// Ask Jira or Confluence.
    Product(op::ProductCall),
    /// Ask a model's provider; the only effect that reaches the network.
    Egress(op::Egress),
    /// Ask the model hosted by Atlassian; it does not leave the platform.
    Llm(op::Llm),
    /// Read a value.
    KvGet(op::KvGet),
    /// Write a value.
    KvSet(op::KvSet),
    /// Remove a value.
    KvDelete(op::KvDelete),
    /// List keys.
    KvKeys(op::KvKeys),
    /// Read a secret.
    SecretGet(op::SecretGet),
    /// Write a secret.
    SecretSet(op::SecretSet),
    /// Remove a secret.
    SecretDelete(op::SecretDelete),
    /// Read an entity.
    EntityGet(op::EntityGet),
    /// List entities by an index.
    EntityQuery(op::EntityQuery),
    /// Several writes, all or none.
    Transact(op::Transact),
    /// Queue events.
    QueuePush(op::QueuePush),
    /// Tell open pages that something has moved.
    Realtime(op::Realtime),
    /// Sign with the host's WebCrypto.
    Sign(op::Sign),
    /// Wait, before something is tried again.
    Wait(op::Wait),
}

/// A value set in a transaction.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Set {
    /// The entity; none for a plain value.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entity: Option<&'static str>,
    /// The key.
    pub key: String,
    /// The entity's attributes, or the value.
    pub value: Value,
    /// Lifetime.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ttl_seconds: Option<u64>,
    /// What must hold of the stored entity.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub conditions: Vec<Condition>,
}

/// A value removed in a transaction.
#[derive(Debug, Serialize)]
pub struct Delete {
    /// The entity; none for a plain value.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entity: Option<&'static str>,
    /// The key.
    pub key: String,
    /// What must hold of the stored entity.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub conditions: Vec<Condition>,
}

/// What must hold of one attribute.
#[derive(Debug, Serialize)]
pub struct Condition {
    /// The attribute.
    pub property: &'static str,
    /// How it is compared.
    pub condition: Test,
    /// With what.
    pub values: Vec<Value>,
}

/// Comparison of an attribute, in the key-value store's words.
#[derive(Debug, Clone, Copy, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[expect(missing_docs, reason = "the names are the platform's own")]
pub enum Test {
    EqualTo,
    NotExists,
    LessThan,
}

/// An async event.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Event {
    /// Ids only, never content.
    pub body: BTreeMap<&'static str, Value>,
    /// Not before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delay_seconds: Option<u32>,
    /// How many of a kind run at once.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub concurrency: Option<Concurrency>,
}

/// How many events of one key run at once.
#[derive(Debug, Clone, Serialize)]
pub struct Concurrency {
    /// The key.
    pub key: String,
    /// At most.
    pub limit: u32,
}
