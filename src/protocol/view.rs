//! What the pages show. Each type is one screen's or one card's data; nothing here is computed.

use serde::{Deserialize, Serialize};

use super::{Engine, Millis, RouteMode, SourceKind, SourceRef, UseCase};
use crate::record::{Problem, SourceState, Stage, State};

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

/// A ticket or page found.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the names say it")]
pub struct Hit {
    pub kind: SourceKind,
    pub id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    pub title: String,
    pub container: Container,
    pub updated: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub r#type: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    pub why: Vec<Why>,
    pub url: String,
}

/// Project or space.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Container {
    pub key: String,
    pub name: String,
}

/// Why a hit is there, the strongest reason first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(tag = "code", rename_all = "kebab-case")]
pub enum Why {
    /// Its key was typed.
    Key,
    /// Its title has the words.
    Title,
    /// Its text has the words.
    Text,
    /// It changed lately.
    Recent,
}

/// The Studio.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the names say it")]
pub struct Studio {
    pub product: Option<super::Product>,
    pub site_url: String,
    pub account_id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub opened: Option<Hit>,
    pub use_cases: [UseCase; 2],
    pub route: Route,
    pub routes: Vec<Route>,
    pub jobs: Vec<JobCard>,
    pub languages: &'static [&'static str],
    pub limits: Limits,
}

/// Limits of one draft.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the names say it")]
pub struct Limits {
    pub max_sources: usize,
}

/// Hits of a search.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the names say it")]
pub struct Hits {
    pub hits: Vec<Hit>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
    /// Products that did not answer.
    pub failed: Vec<super::Product>,
}

/// Places to write to.
#[derive(Debug, Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Targets {
    pub spaces: Vec<TargetSpace>,
    pub pages: Vec<TargetPage>,
}

/// A space.
#[derive(Debug, Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct TargetSpace {
    pub id: String,
    pub key: String,
    pub name: String,
}

/// A page.
#[derive(Debug, Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct TargetPage {
    pub id: String,
    pub title: String,
    pub space: Container,
    pub updated: String,
}

/// A job in a list.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the names say it")]
pub struct JobCard {
    pub id: String,
    pub state: State,
    pub use_case: UseCase,
    pub title: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<u32>,
    pub created_at: Millis,
    pub updated_at: Millis,
    pub engine: Engine,
    pub sources: usize,
}

/// A job opened.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the names say it")]
pub struct Job {
    #[serde(flatten)]
    pub card: JobCard,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stage: Option<Stage>,
    pub route: Route,
    pub target: Target,
    pub source_list: Vec<SourceView>,
    pub masked: Vec<Masked>,
    pub claims: Vec<Claim>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub review: Option<Review>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published: Option<Published>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reverted: Option<Published>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub written: Option<Written>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub conflict: Option<Conflict>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub problem: Option<Problem>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub previewed: Option<Previewed>,
}

/// How the request made for a model compares with the one the writer looked at.
#[derive(Debug, Clone, Copy, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Previewed {
    /// Byte for byte the same.
    Same,
    /// Something it is made of changed in between: a source, the page, the template.
    Changed,
}

/// Where a job writes to.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the names say it")]
pub struct Target {
    pub r#type: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub space_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub space_name: Option<String>,
    pub title: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<u32>,
}

/// A source of a job.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the names say it")]
pub struct SourceView {
    pub kind: SourceKind,
    pub id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    pub title: String,
    pub url: String,
    pub updated: String,
    pub state: SourceState,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<super::Refusal>,
    pub excerpts: u32,
}

/// Masked values of one kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Masked {
    pub kind: String,
    pub count: u32,
}

/// A claim with its sources.
#[derive(Debug, Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Claim {
    pub id: String,
    pub text: String,
    pub sources: Vec<usize>,
    pub supported: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quote: Option<String>,
}

/// What will be written, to be approved by its hash.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the names say it")]
pub struct Review {
    pub hash: String,
    pub title: String,
    pub base_version: Option<u32>,
    pub next_version: u32,
    pub message: String,
    pub approve_by: Millis,
    pub rows: Vec<Row>,
    pub summary: Summary,
    pub left_out: Vec<String>,
}

pub use crate::publish::{Row, Summary};

/// A write that happened.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the names say it")]
pub struct Published {
    pub version: u32,
    pub page_id: String,
    pub url: String,
    pub at: Millis,
    pub message: String,
}

/// What a publication changed, read back from the page's versions.
#[derive(Debug, Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Written {
    pub rows: Vec<Row>,
    pub summary: Summary,
}

/// A person edited the page since: what taking back only our changes would do.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the names say it")]
pub struct Conflict {
    pub hash: String,
    pub current_version: u32,
    pub rows: Vec<Row>,
    pub summary: Summary,
    /// False when the person's edit replaced every block of ours.
    pub possible: bool,
}

/// A page with what was done to it.
#[derive(Debug, Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct History {
    pub page: HistoryPage,
    pub jobs: Vec<JobCard>,
}

/// A page.
#[derive(Debug, Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct HistoryPage {
    pub id: String,
    pub title: String,
    pub version: u32,
    pub url: String,
}

/// The exact bytes that would leave.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the names say it")]
pub struct Preview {
    pub route: Route,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request: Option<PreviewRequest>,
    pub masked: Vec<Masked>,
    pub excerpts: u32,
    pub input_tokens: u32,
    pub left: Vec<LeftOut>,
}

/// A request as it would be sent, less the credential.
#[derive(Debug, Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct PreviewRequest {
    pub method: &'static str,
    pub url: String,
    pub body: String,
    /// SHA-256 of method, address and body; a draft that is started with it says whether it sent the same.
    pub digest: String,
}

/// A source that would not be (wholly) sent.
#[derive(Debug, Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct LeftOut {
    pub r#ref: SourceRef,
    pub reason: &'static str,
}

/// Extract of an issue.
#[derive(Debug, Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct IssueExtract {
    pub issue: Hit,
    pub sentences: Vec<ExtractSentence>,
}

/// One sentence of an issue.
#[derive(Debug, Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct ExtractSentence {
    pub text: String,
    pub field: &'static str,
    pub start: usize,
    pub end: usize,
}

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
    pub code: Option<super::Fault>,
    pub latency_ms: Millis,
}
