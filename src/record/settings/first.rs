//! The first form of the settings: one key of one provider. It is read where no later form is, and never written.

use serde::{Deserialize, Serialize};

use super::{CredentialKind, RouteId, RouteRecord, Settings};
use crate::protocol::{Millis, RouteMode};

/// The first form: one key of one provider. It is read where no later form is; what it says is kept.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SettingsV1 {
    v: u8,
    mode: Option<RouteMode>,
    provider: Option<ProviderV1>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ProviderV1 {
    provider: String,
    model: String,
    endpoint: Option<String>,
    last_four: Option<String>,
    fingerprint: String,
    version: u32,
    saved_at: Millis,
    saved_by: String,
    saved_by_name: String,
}

impl From<SettingsV1> for Settings {
    fn from(first: SettingsV1) -> Settings {
        let routes: Vec<RouteRecord> = first.provider.into_iter().map(RouteRecord::from).collect();
        Settings {
            v: 1,
            mode: first.mode,
            chosen: routes.first().map(|route| route.id),
            next: if routes.is_empty() { 1 } else { 2 },
            routes,
            ..Settings::default()
        }
    }
}

impl From<ProviderV1> for RouteRecord {
    fn from(first: ProviderV1) -> RouteRecord {
        RouteRecord {
            id: RouteId::FIRST,
            name: String::new(),
            provider: first.provider,
            model: first.model,
            region: None,
            project: None,
            endpoint: first.endpoint,
            api_version: None,
            api: None,
            native_schema: false,
            base_model: None,
            embedding: None,
            credential: CredentialKind::Api,
            account: None,
            expires: None,
            last_four: first.last_four,
            fingerprint: first.fingerprint,
            version: first.version,
            saved_at: first.saved_at,
            saved_by: first.saved_by,
            saved_by_name: first.saved_by_name,
            tested: None,
        }
    }
}
