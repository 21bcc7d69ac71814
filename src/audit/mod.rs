//! Log lines that are safe by type: codes, ids of our own making and counts.
//! It keeps no text that came in; there is no field to put it in.

use serde::Serialize;

use crate::protocol::{FailCode, Fault, Refusal};
use crate::record::JobId;

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Code {
    CallRefused,
    CallFailed,
    EffectFailed,
    JobStarted,
    SourcesRead,
    ModelCalled,
    ModelPaused,
    ModelFellBack,
    ModelAnswered,
    HealthUnnoted,
    ModelsRuled,
    BakedOff,
    DraftReady,
    Published,
    PublishUnknown,
    Reverted,
    EventDuplicate,
    JobsSwept,
    Installed,
    KeysMissing,
    RootMoved,
    RootSettled,
    Erased,
    KeySaved,
    KeyRemoved,
    RouteTested,
    IndexSwitched,
    Indexed,
    IndexCompared,
    IndexDropped,
    IndexMerged,
    IndexHealed,
    IndexLost,
    ChangesQueued,
    Searched,
    Embedded,
    EmbeddingSwitched,
    MaskingChanged,
    MaskingUncounted,
    CanaryFound,
}

/// One line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct LogLine {
    code: Code,
    #[serde(skip_serializing_if = "Option::is_none")]
    job: Option<JobId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    refusal: Option<Refusal>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fault: Option<Fault>,
    #[serde(skip_serializing_if = "Option::is_none")]
    failed: Option<FailCode>,
    #[serde(skip_serializing_if = "Option::is_none")]
    count: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    of: Option<u64>,
}

impl LogLine {
    /// A line of this code alone.
    #[must_use]
    pub fn new(code: Code) -> Self {
        LogLine { code, job: None, refusal: None, fault: None, failed: None, count: None, of: None }
    }

    /// About this job.
    #[must_use]
    pub fn job(mut self, job: &JobId) -> Self {
        self.job = Some(job.clone());
        self
    }

    /// With the refusal given.
    #[must_use]
    pub fn refusal(mut self, code: Refusal) -> Self {
        self.refusal = Some(code);
        self
    }

    /// With the fault met.
    #[must_use]
    pub fn fault(mut self, code: Fault) -> Self {
        self.fault = Some(code);
        self
    }

    /// With the reason an effect failed.
    #[must_use]
    pub fn failed(mut self, code: FailCode) -> Self {
        self.failed = Some(code);
        self
    }

    /// With a count.
    #[must_use]
    pub fn count(mut self, count: usize) -> Self {
        self.count = Some(u64::try_from(count).unwrap_or(u64::MAX));
        self
    }

    /// With the whole of which the count is a part.
    #[must_use]
    pub fn of(mut self, of: usize) -> Self {
        self.of = Some(u64::try_from(of).unwrap_or(u64::MAX));
        self
    }
}
