//! The admin page's rules for models: what may stand in for what, what may go where, what a month may cost; how the
//! routes are; and how the models did on our own tickets. Nothing here is computed.

use serde::Serialize;

use super::Route;
use crate::protocol::{DataClass, Fault, Millis};
use crate::record::{BakeOffState, ProblemCode};

/// The section.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the names say it")]
pub struct Models {
    pub can_edit: bool,
    /// The connected routes; the one that is used first.
    pub routes: Vec<ModelRoute>,
    /// Every place a connected route is processed in, and every place a rule names.
    pub boundaries: Vec<String>,
    pub fallbacks: Vec<Fallback>,
    pub classes: Vec<ClassRule>,
    pub budget: Budget,
    pub health: Vec<RouteHealth>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bake_off: Option<BakeOffView>,
    /// What a comparison sends: tasks for each route.
    pub bake_off_tasks: usize,
}

/// A connected route.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the names say it")]
pub struct ModelRoute {
    pub id: String,
    pub label: String,
    pub route: Route,
    pub boundary: String,
    /// Whether drafts use it.
    pub is_used: bool,
    /// The earliest day on which its model may be switched off, when that is near.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retires: Option<String>,
    /// Whether that day has passed.
    pub is_gone: bool,
}

/// Two routes inside one boundary, of which one may stand in for the other.
#[derive(Debug, Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Fallback {
    pub from: String,
    pub to: String,
    pub on: bool,
}

/// Where texts of a class may be processed.
#[derive(Debug, Serialize)]
pub struct ClassRule {
    /// The class.
    pub class: DataClass,
    /// None: wherever the chosen route goes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub boundaries: Option<Vec<String>>,
}

/// The month's tokens.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the names say it")]
pub struct Budget {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub monthly_tokens: Option<u64>,
    pub spent: u64,
    pub requests: u64,
    /// When the next month begins.
    pub until: Millis,
}

/// How a route is.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the names say it")]
pub struct RouteHealth {
    pub id: String,
    /// Whether it is about the vectors beside the route.
    pub vectors: bool,
    pub state: HealthState,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<Millis>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_code: Option<Fault>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remaining: Option<Remaining>,
}

/// Whether a route is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum HealthState {
    Closed,
    Open,
    HalfOpen,
}

/// What the provider said is left.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the names say it")]
pub struct Remaining {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub requests: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tokens: Option<u64>,
    pub reset_at: Millis,
}

/// How the models did.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the names say it")]
pub struct BakeOffView {
    pub state: BakeOffState,
    pub started: Millis,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// Tasks done, of all routes, and how many there are.
    pub done: usize,
    pub total: usize,
    pub routes: Vec<BakeOffRoute>,
}

/// How one route did.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the names say it")]
pub struct BakeOffRoute {
    pub id: String,
    pub label: String,
    pub route: Route,
    pub tasks: usize,
    /// Answers that have the form that was asked for.
    pub valid: usize,
    pub claims: u32,
    pub supported: u32,
    pub unknown: u32,
    pub altered: u32,
    pub lost: u32,
    /// Answers that did what a ticket ordered.
    pub obeyed: usize,
    pub input_tokens: u64,
    pub output_tokens: u64,
    /// In millionths of a US dollar, by list prices.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cost: Option<u64>,
    /// The middle of the times of its answers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub took: Option<Millis>,
    /// Tasks without an answer, each with its code.
    pub problems: Vec<ProblemCode>,
}
