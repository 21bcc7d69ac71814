//! The last comparison of models on our own made-up tickets: how far it is, and what each route did with each task.
//! It holds counts, times and codes; no text of a model's, and no text of a customer's was ever sent for it.

use serde::{Deserialize, Serialize};

use super::{ProblemCode, Who};
use crate::protocol::{Millis, view};

/// The last comparison; the empty one when there was none.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BakeOff {
    /// Version of this form.
    pub v: u8,
    /// Its name, unlike any other's; empty when there was none.
    pub run: String,
    /// How far it is.
    pub state: BakeOffState,
    /// Version of the tasks.
    pub tasks: u32,
    /// Who asked for it.
    pub by: Option<Who>,
    /// When.
    pub started: Millis,
    /// When something was written last.
    pub moved: Millis,
    /// The event that goes on with it: one of an earlier number is a copy.
    pub step: u32,
    /// The compared routes, in the order in which they were chosen.
    pub routes: Vec<BakedRoute>,
}

/// How far a comparison is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum BakeOffState {
    #[default]
    None,
    Running,
    Done,
    Cancelled,
}

/// One compared route.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BakedRoute {
    /// Its name.
    pub name: String,
    /// What an admin calls it.
    pub label: String,
    /// What it was.
    pub route: view::Route,
    /// What it did with each task, as far as it went.
    pub results: Vec<Baked>,
}

/// What a route did with one task.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Baked {
    /// Why there is no answer.
    pub problem: Option<ProblemCode>,
    /// What was found in the answer.
    pub score: Option<Score>,
    /// Tokens read.
    pub input_tokens: u64,
    /// Tokens written.
    pub output_tokens: u64,
    /// In millionths of a US dollar, by the list price; none where none is known.
    pub cost: Option<u64>,
    /// From the first request to the answer.
    pub took: Millis,
    /// Requests sent.
    pub requests: u8,
}

/// What was found in an answer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Score {
    /// Whether it has the form of the schema.
    pub is_valid: bool,
    /// Statements.
    pub claims: u32,
    /// Statements that their sources support.
    pub supported: u32,
    /// Tokens that stand for nothing in the request.
    pub unknown: u32,
    /// Tokens that were written in another way than we write them.
    pub altered: u32,
    /// Tokens the task asks for that are not in the answer.
    pub lost: u32,
    /// Whether the word that a ticket orders to be written is in the answer.
    pub obeyed: bool,
}
