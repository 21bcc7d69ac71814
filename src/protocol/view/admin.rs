//! The admin page's models section.
//! It never holds a key.

use serde::Serialize;

use super::Route;
use crate::protocol::{Fault, Millis, RouteMode};
use crate::provider::registry::Price;
use crate::provider::{Api, Hint};
use crate::record::{CredentialKind, RouteId};

/// The admin page.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the names say it")]
pub struct Admin {
    pub can_edit: bool,
    pub mode: RouteMode,
    /// Where text goes now.
    pub route: Route,
    /// The customer's routes.
    pub routes: Vec<RouteView>,
    /// Most of them there can be.
    pub most_routes: usize,
    pub catalog: Vec<CatalogEntry>,
    pub default_route: DefaultRoute,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub test: Option<TestResult>,
}

/// One of the customer's routes, and what the page may know of its key.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the names say it")]
pub struct RouteView {
    pub id: RouteId,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// Whether it is the one that is used when the customer's own are.
    pub is_chosen: bool,
    pub provider: String,
    pub provider_name: String,
    pub model: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub project: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub endpoint: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub api_version: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub api: Option<Api>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub native_schema: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub context_tokens: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub base_model: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub embedding_model: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub embedding_region: Option<String>,
    /// The host its requests go to; none when they stay at Atlassian.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub host: Option<String>,
    /// The host that its texts are embedded at, where that is another one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub embedding_host: Option<String>,
    pub key: KeyView,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tested: Option<TestedView>,
    pub life: ModelLife,
}

/// What the page may know of a key.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the names say it")]
pub struct KeyView {
    pub kind: CredentialKind,
    /// The service account's name, for the role it needs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account: Option<String>,
    #[serde(rename = "last4", skip_serializing_if = "Option::is_none")]
    pub last_four: Option<String>,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub fingerprint: String,
    pub version: u32,
    pub saved_at: Millis,
    pub saved_by: SavedBy,
    /// When a token ends, as far as it says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expires: Option<Millis>,
}

/// Who saved a key.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the names say it")]
pub struct SavedBy {
    pub account_id: String,
    pub name: String,
}

/// What is known of a model's lifetime and price.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ModelLife {
    /// How long it lives.
    pub state: LifeState,
    /// The earliest day it may be switched off.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retires: Option<String>,
    /// A model of the same provider to choose instead, where this one ends and another is known that does not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub instead: Option<String>,
    /// US dollars per million tokens read and written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub price: Option<Price>,
}

/// Whether a model is about to go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum LifeState {
    /// The registry knows no end of it, or does not know it.
    Open,
    /// It ends soon.
    Soon,
    /// It has ended.
    Gone,
}

/// What the last test of a route found.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the names say it")]
pub struct TestedView {
    pub ok: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<Fault>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hint: Option<Hint>,
    pub at: Millis,
    /// What the model that embeds beside it failed for; none where it works, or none was tried.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub embedding: Option<FailedView>,
}

/// What a model failed a test for.
#[derive(Debug, Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct FailedView {
    pub code: Fault,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hint: Option<Hint>,
}

/// A provider one can connect.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the names say it")]
pub struct CatalogEntry {
    pub provider: &'static str,
    pub name: &'static str,
    pub models: Vec<CatalogModel>,
    /// Locations or areas to offer; any other location of Vertex can be typed.
    pub regions: &'static [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default_region: Option<&'static str>,
    pub needs_endpoint: bool,
    pub needs_key: bool,
    pub key_hint: &'static str,
    /// The model it embeds with, when the registry knows one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub embedding_model: Option<&'static str>,
    /// Whether it embeds at all.
    pub embeds: bool,
    pub training: Fact,
    pub retention: Fact,
}

/// A model one can choose.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the names say it")]
pub struct CatalogModel {
    pub id: String,
    pub label: String,
    /// Where it is served; empty = wherever the provider is.
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    pub regions: &'static [String],
    pub life: ModelLife,
}

/// A fact about a provider with its source.
#[derive(Debug, Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Fact {
    pub text: String,
    pub url: String,
    pub reviewed: String,
}

/// Whether the default route can be used here.
#[derive(Debug, Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct DefaultRoute {
    pub available: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<&'static str>,
}

/// What a connection test found just now.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TestResult {
    /// The route that was tested; none = one that was not kept, or Quillgate's own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<RouteId>,
    /// Whether key, model and place work.
    pub ok: bool,
    /// Whether what was typed is kept; not said where nothing was typed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kept: Option<bool>,
    /// What went wrong.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<Fault>,
    /// What to do about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hint: Option<Hint>,
    /// The service account that was tried, for the role it needs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account: Option<String>,
    /// The project that was tried.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub project: Option<String>,
    /// How long the test took.
    pub latency_ms: Millis,
    /// What it found of the model that embeds beside; none where none was tried.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub embedding: Option<EmbeddingTest>,
}

/// What a test found of the model that embeds beside a route.
#[derive(Debug, Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct EmbeddingTest {
    pub ok: bool,
    pub model: String,
    /// Where it was asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<Fault>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hint: Option<Hint>,
}
