//! Where text goes, as the pages show it.
//! It decides no route.

use serde::{Deserialize, Serialize};

use crate::protocol::RouteMode;

/// Where text goes, if anywhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Route {
    pub mode: RouteMode,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provider: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provider_name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub model: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub host: Option<String>,
    pub key_owner: KeyOwner,
    /// Whether text leaves the site.
    pub leaves: bool,
}

impl Route {
    /// No model: nothing leaves.
    #[must_use]
    pub fn extract() -> Self {
        Route {
            mode: RouteMode::Extract,
            provider: None,
            provider_name: None,
            model: None,
            region: None,
            host: None,
            key_owner: KeyOwner::None,
            leaves: false,
        }
    }
}

/// Whose key pays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum KeyOwner {
    None,
    Quillgate,
    Customer,
}
