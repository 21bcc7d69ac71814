//! A job: in a list, opened, with its review and what became of it; what a draft would send.
//! Nothing here is computed.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Hit, Route, Spot};
use crate::protocol::{Engine, Millis, Refusal, SourceKind, SourceRef, UseCase};
use crate::publish::{Row, Summary};
use crate::record::{Problem, SourceState, Stage, State};

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
    /// What may be asked when the route fails, inside the same boundary.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fallbacks: Vec<Route>,
    /// The route that answered, when it was not the first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answered: Option<Route>,
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
    pub code: Option<Refusal>,
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
    #[serde(skip_serializing_if = "Option::is_none")]
    pub spot: Option<ClaimSpot>,
}

/// Where the quote of a claim stands.
#[derive(Debug, Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct ClaimSpot {
    /// Position of its source in the list.
    pub source: usize,
    #[serde(flatten)]
    pub spot: Spot,
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
    /// What may be asked when the route fails: the same text, made into a request of its own.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fallbacks: Vec<Route>,
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
    /// Personal data and secrets in it, by kind and count; none when the rules for it cannot be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub findings: Option<BTreeMap<String, u32>>,
}

/// One sentence of an issue.
#[derive(Debug, Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct ExtractSentence {
    pub text: String,
    pub field: &'static str,
    pub start: usize,
    pub end: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub spot: Option<Spot>,
}
