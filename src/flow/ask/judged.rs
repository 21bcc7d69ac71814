//! What an attempt says of its route: for the breaker, for the month's tokens, for the limits.
//! Pure but for chance, which is the host's.

use crate::flow::route::fault;
use crate::flow::stop::Stop;
use crate::policy::health::Outcome;
use crate::protocol::{Fault, Millis};
use crate::provider::{self, Code, ModelError, Route};
use crate::record::Left;
use crate::vault::{Entropy, HostEntropy};

/// A request whose answer did not come, as an error; none when nothing was sent, or nobody's network is to blame.
pub(super) fn lost(stop: &Stop) -> Option<ModelError> {
    match stop {
        Stop::Fault(Fault::ModelTimeout) => Some(ModelError::of(Code::Timeout)),
        Stop::Fault(Fault::ModelServer) => Some(ModelError::of(Code::Server)),
        Stop::Fault(Fault::ModelMalformed) => Some(ModelError::of(Code::Malformed)),
        Stop::Fault(_) | Stop::Refused(..) | Stop::Failed(_) => None,
    }
}

/// What an error says of the route.
pub(super) fn outcome(error: &ModelError, now: Millis) -> Outcome {
    match (error.code, error.retry_after_ms) {
        (Code::RateLimited, Some(wait)) => Outcome::Limited(now.plus(Millis(wait))),
        (Code::RateLimited | Code::Overloaded | Code::Server | Code::Timeout, _) => Outcome::Failed(fault(error)),
        (
            Code::Auth
            | Code::Permission
            | Code::NotFound
            | Code::BadRequest
            | Code::Quota
            | Code::TooLong
            | Code::Malformed,
            _,
        ) => Outcome::SaidNo(fault(error)),
    }
}

/// Whether an error costs nothing: the provider turned the request away before a model read it.
pub(super) fn is_free(error: &ModelError) -> bool {
    match error.code {
        Code::Auth
        | Code::Permission
        | Code::NotFound
        | Code::BadRequest
        | Code::RateLimited
        | Code::Quota
        | Code::Overloaded
        | Code::TooLong => true,
        Code::Server | Code::Timeout | Code::Malformed => false,
    }
}

/// What the provider said is left.
pub(super) fn left(route: &Route, headers: &[(String, String)], now: Millis) -> Option<Left> {
    let said = provider::limits(route, headers)?;
    let reset_at = now.plus(Millis(said.reset_ms?));
    Some(Left { requests: said.requests_left, tokens: said.tokens_left, reset_at })
}

/// 32 random bits; all set where the host has none: then nothing is spread, and waits are the longest.
pub(super) fn random() -> u32 {
    let mut bytes = [0; 4];
    match HostEntropy.fill(&mut bytes) {
        Ok(()) => u32::from_le_bytes(bytes),
        Err(_) => u32::MAX,
    }
}
