//! Everything the app can do to the world, as data. [`op`] holds the typed operations that flows perform;
//! each names the outcome it gives.

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::Millis;

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
    /// Read a value.
    KvGet(op::KvGet),
    /// Write a value.
    KvSet(op::KvSet),
    /// Remove a value.
    KvDelete(op::KvDelete),
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
    /// Sign with the host's WebCrypto.
    Sign(op::Sign),
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
}

/// The typed operations.
pub mod op {
    use super::{
        Actor, BTreeMap, Delete, Deserialize, DeserializeOwned, Event, Method, Millis, Operation, Product, Serialize,
        Set, Value,
    };
    use crate::policy::Permit;

    /// An operation decides the type of its outcome and how long it may take at worst.
    pub trait Perform: Into<Operation> {
        /// What the shim gives back.
        type Outcome: DeserializeOwned;
        /// Time that must be left in the invocation to begin it.
        const NEEDS: Millis;
    }

    macro_rules! performs {
        ($($name:ident => $outcome:ty, $needs:expr;)*) => {$(
            impl Perform for $name {
                type Outcome = $outcome;
                const NEEDS: Millis = $needs;
            }
            impl From<$name> for Operation {
                fn from(operation: $name) -> Self { Operation::$name(operation) }
            }
        )*};
    }

    const STORAGE: Millis = Millis(300);

    performs! {
        KvGet => Stored, STORAGE;
        KvSet => Done, STORAGE;
        KvDelete => Done, STORAGE;
        SecretGet => Stored, STORAGE;
        SecretSet => Done, STORAGE;
        SecretDelete => Done, STORAGE;
        EntityGet => Entity, STORAGE;
        EntityQuery => Entities, STORAGE;
        Transact => Done, STORAGE;
        QueuePush => Pushed, STORAGE;
        Sign => Signed, STORAGE;
        Egress => Http, Millis(4_000);
    }

    impl Perform for ProductCall {
        type Outcome = ProductAnswer;
        const NEEDS: Millis = Millis(2_000);
    }
    impl From<ProductCall> for Operation {
        fn from(operation: ProductCall) -> Self {
            Operation::Product(operation)
        }
    }

    /// A request to Jira or Confluence; made by [`crate::product`] alone.
    #[derive(Debug, Serialize)]
    pub struct ProductCall {
        /// In whose name.
        pub r#as: Actor,
        /// Which product.
        pub product: Product,
        /// The method.
        pub method: Method,
        /// Path and query, percent-encoded.
        pub path: String,
        /// JSON text.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub body: Option<String>,
    }

    /// A product's answer.
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    pub struct ProductAnswer {
        /// HTTP status.
        pub status: u16,
        /// JSON text.
        pub body: String,
    }

    /// A request to a provider. The permit is the gate's; there is no other way to make one.
    #[derive(Debug, Serialize)]
    #[serde(rename_all = "camelCase")]
    pub struct Egress {
        #[serde(skip)]
        #[expect(dead_code, reason = "held, not read: an egress cannot be made without one")]
        pub(crate) permit: Permit,
        pub(crate) method: Method,
        pub(crate) url: String,
        pub(crate) headers: Vec<(String, SecretHeader)>,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub(crate) body: Option<String>,
        pub(crate) timeout_ms: Millis,
        pub(crate) max_bytes: u32,
    }

    /// A header value; it may be a credential, so it has no Debug of its own.
    #[derive(Serialize)]
    #[serde(transparent)]
    pub struct SecretHeader(pub(crate) String);

    impl std::fmt::Debug for SecretHeader {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("…")
        }
    }

    /// A provider's answer.
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    pub struct Http {
        /// HTTP status.
        pub status: u16,
        /// Header names in lower case.
        pub headers: Vec<(String, String)>,
        /// The body.
        pub body: String,
    }

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

    /// Reads a plain value.
    #[derive(Debug, Serialize)]
    pub struct KvGet {
        /// The key.
        pub key: String,
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

    /// Ids of an event, by name.
    pub type EventBody = BTreeMap<&'static str, Value>;
}
