//! The index: its state beside the hits, the admin's section, the inspector, the recall report.
//! Counts here are of the whole index or of one query's reads, never of what a user may not read.

use serde::{Deserialize, Serialize};

use crate::protocol::{ContainerKind, Millis};
use crate::record::{Passed, ProblemCode, RouteId};

/// What the index could do for a search.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the names say it")]
pub struct IndexState {
    pub state: Readiness,
    /// Documents read of the containers that are being indexed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub done: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub total: Option<u64>,
    pub containers: usize,
    pub excerpts: u64,
    /// Searches the installation affords in a minute, at the measured cost or at the most one may cost. What this very search
    /// cost is not said: it would tell of documents the user may not read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub per_minute: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub partial: Option<PartialIndex>,
    /// Who embeds the words of a search that is to be refined, masked; none while nobody does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refines: Option<Refines>,
    /// Why a search that was to be refined was not; its hits are found by words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unrefined: Option<ProblemCode>,
}

/// Who embeds the words of a search.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Refines {
    pub provider: String,
}

impl IndexState {
    /// No container is switched on.
    #[must_use]
    pub fn off() -> Self {
        IndexState {
            state: Readiness::Off,
            done: None,
            total: None,
            containers: 0,
            excerpts: 0,
            per_minute: None,
            partial: None,
            refines: None,
            unrefined: None,
        }
    }
}

/// How far the index is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Readiness {
    /// No container is switched on.
    Off,
    /// Containers are switched on, and nothing of them is indexed yet.
    Empty,
    /// Some containers are being indexed, or some values did not open.
    Partial,
    /// All of them are.
    Ready,
    /// The index cannot be read; the products' own search answers.
    Unavailable,
}

/// What a query cost, in the platform's units.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Spent {
    /// Keys read.
    pub reads: u64,
    /// Begun units of 10 KB.
    pub units: u64,
    /// Stored bytes.
    pub bytes: u64,
}

/// Some values of the index did not open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct PartialIndex {
    pub code: &'static str,
}

/// The admin page's index section.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the names say it")]
pub struct IndexAdmin {
    pub containers: Vec<IndexContainer>,
    /// Where the list of further projects and spaces goes on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
    pub ttl_days: u32,
    pub totals: IndexTotals,
    /// Searches an installation affords in a minute at the last query's cost.
    pub per_minute: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_query: Option<Spent>,
    pub can_edit: bool,
    /// Products that did not answer.
    pub failed: Vec<crate::protocol::Product>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub embedding: Option<IndexEmbedding>,
}

/// A project or space and what is indexed of it.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the names say it")]
pub struct IndexContainer {
    pub kind: ContainerKind,
    pub key: String,
    pub id: String,
    pub name: String,
    pub on: bool,
    pub state: ContainerState,
    /// Why it failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<ProblemCode>,
    pub done: u64,
    pub total: u64,
    pub documents: u64,
    pub excerpts: u64,
    pub bytes: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub indexed_at: Option<Millis>,
    /// What of its documents is not in the index.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub passed: Vec<IndexPassed>,
}

/// Documents of which something is not in the index.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct IndexPassed {
    /// Why.
    pub code: Passed,
    /// How many.
    pub count: usize,
    /// Whether there may be more: a container notes only so many.
    pub at_least: bool,
}

/// How far a container is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum ContainerState {
    Off,
    Waiting,
    Indexing,
    Ready,
    Failed,
}

/// The whole index.
#[derive(Debug, Default, Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct IndexTotals {
    pub documents: u64,
    pub excerpts: u64,
    pub segments: u64,
    pub values: u64,
    pub bytes: u64,
}

/// The embeddings of the index.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the names say it")]
pub struct IndexEmbedding {
    pub provider: String,
    /// The customer's route that embeds; none = the configured one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub route: Option<RouteId>,
    /// What it can be switched on for.
    pub offers: Vec<EmbeddingOffer>,
    /// Empty where only whoever runs the endpoint knows, and the admin has to name it.
    pub model: String,
    /// 0 while it is not known.
    pub dimensions: u32,
    /// Where it is processed, if the provider says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    /// The earliest day on which the model may be switched off, when that is near.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retires: Option<String>,
    /// Whether that day has passed.
    pub is_gone: bool,
    /// A model of the same provider to choose instead, where one is known that does not end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub instead: Option<&'static str>,
    /// Why texts were left without vectors last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<ProblemCode>,
    pub on: bool,
    /// Documents that were read for it, of all.
    pub done: u64,
    pub total: u64,
    /// Excerpts that were to have vectors and have none.
    pub lacks: u64,
    pub available: bool,
}

/// A route that embeds.
#[derive(Debug, Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct EmbeddingOffer {
    /// The customer's route; none = the configured one, whosever it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub route: Option<RouteId>,
    /// What the customer called it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub name: String,
    pub provider: String,
    /// Empty where the admin has to name it.
    pub model: String,
    /// Where it is processed, if the provider says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
}

/// What the index holds of one document.
#[derive(Debug, Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Inspected {
    pub found: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub document: Option<InspectedDocument>,
}

/// One document of the index.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the names say it")]
pub struct InspectedDocument {
    /// The title as it is now.
    pub title: String,
    pub container: String,
    pub pieces: Vec<InspectedPiece>,
    pub indexed_at: Millis,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub updated: Option<Millis>,
    pub segment: String,
}

/// One excerpt of the index; its text stays where it is.
#[derive(Debug, Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct InspectedPiece {
    pub heading: Vec<String>,
    pub chars: usize,
    pub terms: usize,
}

/// Searches with few reads, compared with searches of everything.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the names say it")]
pub struct Recall {
    pub asked: usize,
    pub found: usize,
    pub full: usize,
    /// Share of the full search's best ten that the cheap one has too.
    pub at_ten: f64,
    pub reads: MeanAndMax,
    pub bytes: MeanAndMax,
    pub at: Millis,
}

/// Of a measure over several queries.
#[derive(Debug, Default, Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct MeanAndMax {
    pub mean: u64,
    pub max: u64,
}
