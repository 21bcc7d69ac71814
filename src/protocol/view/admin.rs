//! The admin page's models section.
//! It never holds a key.

use serde::Serialize;

use super::Route;
use crate::protocol::{Fault, Millis, RouteMode};

/// The admin page.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the names say it")]
pub struct Admin {
    pub can_edit: bool,
    pub mode: RouteMode,
    pub route: Route,
    pub catalog: Vec<CatalogEntry>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<KeyView>,
    pub default_route: DefaultRoute,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub test: Option<TestResult>,
}

/// A provider one can connect.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the names say it")]
pub struct CatalogEntry {
    pub provider: &'static str,
    pub name: &'static str,
    pub models: Vec<CatalogModel>,
    pub needs_endpoint: bool,
    pub key_hint: &'static str,
    pub training: Fact,
    pub retention: Fact,
}

/// A model one can choose.
#[derive(Debug, Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct CatalogModel {
    pub id: String,
    pub label: String,
}

/// A fact about a provider with its source.
#[derive(Debug, Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Fact {
    pub text: String,
    pub url: String,
    pub reviewed: String,
}

/// What the page may know of a key.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the names say it")]
pub struct KeyView {
    pub provider: String,
    pub model: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub endpoint: Option<String>,
    #[serde(rename = "last4", skip_serializing_if = "Option::is_none")]
    pub last_four: Option<String>,
    pub fingerprint: String,
    pub version: u32,
    pub saved_at: Millis,
    pub saved_by: SavedBy,
}

/// Who saved a key.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the names say it")]
pub struct SavedBy {
    pub account_id: String,
    pub name: String,
}

/// Whether the default route can be used here.
#[derive(Debug, Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct DefaultRoute {
    pub available: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<&'static str>,
}

/// What a connection test found.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the names say it")]
pub struct TestResult {
    pub ok: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<Fault>,
    pub latency_ms: Millis,
}
