//! What an admin types to connect a model.
//! It is not checked here; [`crate::flow`] does, field by field.

use serde::Deserialize;

use crate::provider::Api;
use crate::vault::SecretText;

/// A route as it was typed, with its key.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TypedRoute {
    /// The route to change; none = a new one.
    #[serde(default)]
    pub id: Option<String>,
    /// What to call it.
    #[serde(default)]
    pub name: Option<String>,
    /// Wire name of the provider.
    pub provider: String,
    /// Model id, or the name of an Azure deployment.
    pub model: String,
    /// Location (Vertex) or residency area (OpenAI).
    #[serde(default)]
    pub region: Option<String>,
    /// That a location without a promise of where text is processed is meant.
    #[serde(default)]
    pub accept_global: bool,
    /// Google Cloud project; none = the service account's own.
    #[serde(default)]
    pub project: Option<String>,
    /// Base URL: of an Azure resource, or of the customer's own server.
    #[serde(default)]
    pub endpoint: Option<String>,
    /// Version of Azure's dated API; none = the undated one.
    #[serde(default)]
    pub api_version: Option<String>,
    /// Which of OpenAI's two text APIs.
    #[serde(default)]
    pub api: Option<Api>,
    /// Whether the customer's server takes a JSON schema.
    #[serde(default)]
    pub native_schema: bool,
    /// Tokens that a model of the customer's own server reads and writes in all, as typed.
    #[serde(default)]
    pub context_tokens: Option<String>,
    /// The model behind an Azure deployment.
    #[serde(default)]
    pub base_model: Option<String>,
    /// The model that embeds, where an admin says which.
    #[serde(default)]
    pub embedding_model: Option<String>,
    /// Where that model is, when elsewhere than the route.
    #[serde(default)]
    pub embedding_region: Option<String>,
    /// The key; none = the one that is kept.
    #[serde(default)]
    pub key: Option<SecretText>,
}
