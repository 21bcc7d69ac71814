//! The stable codes of the wire: refusals (a policy said no), faults (what should not happen), failed effects.

use serde::{Deserialize, Serialize};

/// A policy's no. It is an answer, not an error; the page has a sentence for each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Refusal {
    /// A field of the call is missing, out of range or contradictory; `params.field` names it.
    BadInput,
    /// The asking user may not do or see this.
    NoPermission,
    /// The issue, page, space or job does not exist for the asking user.
    NotFound,
    /// Only a site administrator may do this.
    AdminOnly,
    /// No model route is configured or allowed.
    NoRoute,
    /// A rule keeps texts of this class from where the chosen route is processed; `params.class` names the class.
    ClassBoundary,
    /// The month's tokens are used up, or too few are left; `params.limit`, `params.spent`, `params.until`.
    BudgetSpent,
    /// The route failed or was limited and rests; `params.until` says until when.
    RouteResting,
    /// The provider switched the model off.
    ModelGone,
    /// Two routes that are processed in different places cannot stand in for each other.
    OtherBoundary,
    /// More sources than one draft may have.
    TooManySources,
    /// More routes than a site may have.
    TooManyRoutes,
    /// Every change is left out, or there is nothing to say.
    NothingToWrite,
    /// The page changed since the draft was made.
    Stale,
    /// The approval was given for other bytes than would be written.
    WrongHash,
    /// The draft is older than it may be.
    Expired,
    /// The act was done already.
    AlreadyDone,
    /// A body is larger than the app takes.
    TooLarge,
    /// The text of a ticket or page is not in a form that can be read.
    Unreadable,
    /// The job is in a state in which this is not possible.
    WrongState,
    /// None of the chosen sources could be read.
    NoSourcesReadable,
    /// The space has a page of this title.
    TitleTaken,
    /// What was pasted is no key that this provider takes; `params.reason` says why, `params.looksLike` whose it looks like.
    KeyRejected,
    /// The endpoint is not an https address the app may call; `params.reason` says why.
    EndpointNotAllowed,
    /// Nothing is indexed: no project or space is switched on.
    IndexOff,
    /// A query that cannot be read; `params.field` and `params.reason` say where and why.
    BadQuery,
    /// An own pattern that is refused; `params.reason` says why and `params.at` where.
    BadPattern,
    /// The request held a value an admin planted so that it never leaves: nothing was sent.
    CanaryFound,
    /// The site does not show the names of people on the chosen pages, so that they cannot be masked: nothing was sent.
    NamesHidden,
    /// The call may not come from where it came.
    NotAllowedHere,
}

/// What should not happen, or what went wrong outside: stable code for page and log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fault {
    /// The provider refused the credential.
    ModelAuth,
    /// The credential lacks the right to use the model.
    ModelPermission,
    /// The model or deployment does not exist (any more) there.
    ModelNotFound,
    /// The provider refused the request's form.
    ModelBadRequest,
    /// Too many requests; later it may work.
    ModelRateLimited,
    /// The account's quota is used up.
    ModelQuota,
    /// The provider is overloaded.
    ModelOverloaded,
    /// The provider failed.
    ModelServer,
    /// No answer in time.
    ModelTimeout,
    /// The request is longer than the model takes.
    ModelTooLong,
    /// The answer is not what was asked for.
    ModelMalformed,
    /// The provider's filter withheld the answer.
    ModelFiltered,
    /// The model declined.
    ModelRefused,
    /// The gate held the request back: nothing was sent.
    NotSent,
    /// The masking rules cannot be read: nothing was sent.
    MaskingUnreadable,
    /// Jira or Confluence did not answer, or answered with an error of its own.
    ProductUnavailable,
    /// A write may or may not have happened; looking again will tell.
    UnknownOutcome,
    /// The host's storage did not answer.
    StorageUnavailable,
    /// A stored value does not open; it was changed, or its key is gone.
    StorageUnreadable,
    /// The invocation's time is up; the work goes on in the next one.
    Deadline,
    /// The installation's keys are not set up (the root key is missing or malformed).
    NoRootKey,
    /// There are records, and the secret they were sealed with is gone: nothing was changed.
    KeysMissing,
    /// The host broke the protocol, or the core a promise of its own.
    Internal,
}

/// Why an effect failed, in the shim's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FailCode {
    /// No answer within the effect's own time limit.
    Timeout,
    /// The invocation's time is up.
    Deadline,
    /// The network failed before or while answering.
    Network,
    /// The platform denied the effect (scope, egress, authentication).
    Denied,
    /// The platform's proxy failed.
    Proxy,
    /// Storage failed.
    Storage,
    /// A condition did not hold.
    Conflict,
    /// The answer is larger than allowed.
    TooLarge,
    /// Anything else.
    Unknown,
}
