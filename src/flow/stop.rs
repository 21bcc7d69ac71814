//! Why a flow ends early.
//! It maps codes and nothing else.

use crate::protocol::{Answer, FailCode, Fault, Params, Refusal};

/// An early end: a policy's no, a fault, or an effect that failed.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Stop {
    /// A policy said no.
    Refused(Refusal, Params),
    /// What should not happen.
    Fault(Fault),
    /// An effect failed and the flow had no better idea.
    Failed(FailCode),
}

impl Stop {
    /// The answer the page gets.
    pub(crate) fn answer(self) -> Answer {
        match self {
            Stop::Refused(code, params) => Answer::Refused { code, params },
            Stop::Fault(code) => Answer::Fault { code },
            Stop::Failed(code) => Answer::Fault { code: code.into() },
        }
    }
}

impl From<Refusal> for Stop {
    fn from(code: Refusal) -> Self {
        Stop::Refused(code, Params::none())
    }
}

impl From<Fault> for Stop {
    fn from(code: Fault) -> Self {
        Stop::Fault(code)
    }
}

impl From<FailCode> for Fault {
    fn from(code: FailCode) -> Self {
        match code {
            FailCode::Deadline => Fault::Deadline,
            FailCode::Storage => Fault::StorageUnavailable,
            FailCode::Denied | FailCode::Proxy | FailCode::Network | FailCode::Timeout => Fault::ProductUnavailable,
            FailCode::TooLarge | FailCode::Conflict | FailCode::Unknown => Fault::Internal,
        }
    }
}

/// The named field of the call is wrong.
pub(crate) fn bad_field(name: &'static str) -> Stop {
    Stop::Refused(Refusal::BadInput, Params::field(name))
}
