//! What reaches beyond the app: Jira and Confluence, and a model's provider.
//! It builds no request; [`crate::product`] and [`crate::policy`] do.

use serde::{Deserialize, Serialize};

use crate::policy::Permit;
use crate::protocol::{Actor, Because, Method, Millis, Product};

/// A request to Jira or Confluence; made by [`crate::product`] alone.
#[derive(Debug, Serialize)]
pub struct ProductCall {
    /// In whose name.
    pub r#as: Actor,
    /// Why as the app.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub because: Option<Because>,
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

/// A request to the model hosted by Atlassian, which the platform carries. The permit is the gate's, as of an egress.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Llm {
    #[serde(skip)]
    #[expect(dead_code, reason = "held, not read: a request cannot be made without one")]
    pub(crate) permit: Permit,
    /// The model that answers; none = which models there are.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) model: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) body: Option<String>,
    pub(crate) timeout_ms: Millis,
    pub(crate) max_bytes: u32,
}

/// A header value; it may be a credential, so it has no Debug of its own and is wiped.
#[derive(Serialize)]
#[serde(transparent)]
pub struct SecretHeader(pub(crate) String);

impl Drop for SecretHeader {
    fn drop(&mut self) {
        zeroize::Zeroize::zeroize(&mut self.0);
    }
}

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
