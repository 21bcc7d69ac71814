//! A job: one draft from its sources to its publication and perhaps back.
//! It holds ids, counts, titles and states; never a body or an excerpt.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::ids::{JobId, RequestDigest};
use crate::protocol::{Engine, Fault, Millis, Refusal, SourceKind, Tone, UseCase, view};

/// Where a job stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum State {
    Reading,
    Queued,
    Drafting,
    Review,
    Publishing,
    Published,
    Reverting,
    Reverted,
    Discarded,
    Failed,
}

impl State {
    /// Every state.
    pub const EVERY: &[State] = &[
        State::Reading,
        State::Queued,
        State::Drafting,
        State::Review,
        State::Publishing,
        State::Published,
        State::Reverting,
        State::Reverted,
        State::Discarded,
        State::Failed,
    ];

    /// Stable name; the index by state uses it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            State::Reading => "reading",
            State::Queued => "queued",
            State::Drafting => "drafting",
            State::Review => "review",
            State::Publishing => "publishing",
            State::Published => "published",
            State::Reverting => "reverting",
            State::Reverted => "reverted",
            State::Discarded => "discarded",
            State::Failed => "failed",
        }
    }
}

/// A job as it is sealed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Job {
    /// Version of this form.
    pub v: u8,
    pub id: JobId,
    pub owner: String,
    pub created: Millis,
    pub updated: Millis,
    pub state: State,
    pub use_case: UseCase,
    pub engine: Engine,
    /// The route the writer chose, as they saw it.
    pub route: view::Route,
    /// What they saw that may be asked when it fails.
    #[serde(default)]
    pub fallbacks: Vec<view::Route>,
    /// Which of them answered.
    #[serde(default)]
    pub answered: Option<view::Route>,
    pub target: TargetRecord,
    pub language: String,
    pub tone: Tone,
    pub sources: Vec<SourceRecord>,
    pub stage: Option<Stage>,
    /// The request the writer looked at before they started; none when they did not look.
    #[serde(default)]
    pub previewed: Option<RequestDigest>,
    /// The request made for the model, written down before it is sent.
    #[serde(default)]
    pub request: Option<RequestDigest>,
    /// Masked values by kind.
    pub masked: BTreeMap<String, u32>,
    /// Changes the writer leaves out; none before they chose: then the unsupported ones are left out.
    pub left_out: Option<Vec<String>>,
    /// How often the model's part was begun.
    pub attempts: u8,
    /// Requests sent for it, each counted before it left.
    #[serde(default)]
    pub requests: u8,
    /// Until when a running consumer owns the job.
    pub lease: Option<Millis>,
    /// Written before the page is: what is about to happen.
    pub intent: Option<Intent>,
    pub published: Option<Done>,
    pub reverted: Option<Done>,
    pub problem: Option<Problem>,
}

impl Job {
    /// The form written today.
    pub const VERSION: u8 = 1;
}

/// Where the result goes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the names say it")]
pub struct TargetRecord {
    /// None for a page that does not exist yet.
    pub page_id: Option<String>,
    pub space_id: Option<String>,
    pub space_name: Option<String>,
    pub parent_id: Option<String>,
    pub title: String,
    /// The version the draft was made against; none for a new page.
    pub base: Option<u32>,
}

/// A source of a job.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the names say it")]
pub struct SourceRecord {
    pub kind: SourceKind,
    pub id: String,
    pub title: String,
    pub url: String,
    pub updated: String,
    pub state: SourceState,
    /// Why it could not be read.
    pub code: Option<Refusal>,
    pub excerpts: u32,
}

/// Whether a source was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum SourceState {
    Waiting,
    Read,
    Failed,
}

/// How far a draft is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Stage {
    pub name: StageName,
    pub done: u32,
    pub total: u32,
}

/// What a draft is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum StageName {
    Reading,
    Masking,
    Waiting,
    Checking,
}

/// A write that is about to happen; kept until it is known what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Intent {
    /// Which write.
    pub kind: WriteKind,
    /// Id of this operation; travels in the version message.
    pub operation: String,
    /// The version written upon; none for a new page.
    pub base: Option<u32>,
    /// SHA-256 of the body, base64url.
    pub body: String,
    /// The hash the writer approved.
    pub approval: String,
    /// The version message.
    pub message: String,
    /// When.
    pub at: Millis,
}

/// The writes the app makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WriteKind {
    /// A new page.
    Create,
    /// A new version of a page.
    Update,
    /// A version with the old body.
    Restore,
    /// A version without our changes, with the edits people made since.
    Merge,
    /// To the trash.
    Trash,
}

/// A write that happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Done {
    pub page_id: String,
    pub version: u32,
    pub at: Millis,
    pub message: String,
    pub url: String,
}

/// What stands in the way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Problem {
    /// Stable code.
    pub code: ProblemCode,
}

/// A fault or a refusal; both have their sentences on the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
#[expect(missing_docs, reason = "the names say it")]
pub enum ProblemCode {
    Fault(Fault),
    Refusal(Refusal),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_is_written_as_its_code() {
        let problem = Problem { code: ProblemCode::Fault(Fault::ModelAuth) };
        assert_eq!(serde_json::to_string(&problem).unwrap(), r#"{"code":"model-auth"}"#);
        let back: Problem = serde_json::from_str(r#"{"code":"title-taken"}"#).unwrap();
        assert_eq!(back.code, ProblemCode::Refusal(Refusal::TitleTaken));
    }
}
