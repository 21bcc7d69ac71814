//! One vocabulary for everything that can go wrong at a provider.
//! It never carries the provider's words: only codes, and a time to wait.

use super::Field;

/// The codes of the `quillgate` command, shared by all adapters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Code {
    /// The key or token is wrong, expired or revoked.
    Auth,
    /// The key is right but may not do this.
    Permission,
    /// No such model, project, deployment or address.
    NotFound,
    /// The provider does not take the request as it is.
    BadRequest,
    /// Too many requests just now.
    RateLimited,
    /// The account has nothing left; waiting does not help.
    Quota,
    /// The provider has no capacity just now.
    Overloaded,
    /// The provider failed.
    Server,
    /// The provider took too long.
    Timeout,
    /// More text than the model reads.
    TooLong,
    /// The answer is not what the API promises.
    Malformed,
}

impl Code {
    /// The name on the wire.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Auth => "auth",
            Self::Permission => "permission",
            Self::NotFound => "not-found",
            Self::BadRequest => "bad-request",
            Self::RateLimited => "rate-limited",
            Self::Quota => "quota",
            Self::Overloaded => "overloaded",
            Self::Server => "server",
            Self::Timeout => "timeout",
            Self::TooLong => "too-long",
            Self::Malformed => "malformed",
        }
    }

    /// Whether the same request may succeed later.
    #[must_use]
    pub fn is_retryable(self) -> bool {
        match self {
            Self::RateLimited | Self::Overloaded | Self::Server | Self::Timeout => true,
            Self::Auth
            | Self::Permission
            | Self::NotFound
            | Self::BadRequest
            | Self::Quota
            | Self::TooLong
            | Self::Malformed => false,
        }
    }
}

/// What an administrator can do about an error, where the answer says more than its code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Hint {
    /// The project lives behind another residency host: set the region.
    WrongRegion,
    /// The API is not switched on in the project.
    EnableApi,
    /// The service account lacks the role that may call models.
    GrantRole,
    /// The model is gone, or not served in this region: choose another.
    ChooseModel,
    /// The address answers with a redirect or is not the API.
    CheckEndpoint,
    /// A parameter that this model does not take.
    UnsupportedParameter,
    /// The service account was deleted.
    AccountGone,
    /// The clock or the lifetime of the token is off.
    Clock,
    /// Billing is not set up, or the credit is used up.
    Billing,
    /// The key is wrong, or of another resource than the address.
    KeyOrEndpoint,
    /// The resource has no deployment of that name.
    ChooseDeployment,
    /// The resource's network rules keep the platform out.
    OpenNetwork,
    /// An administrator of the site has not approved the platform's models for the app.
    ApproveApp,
    /// The key is wrong, expired or revoked: paste it again, or make another.
    CheckKey,
    /// The key may not use this model: whoever gave it out can allow that.
    AskForAccess,
    /// The account may ask again later; nothing is wrong with the route.
    TryLater,
}

impl Hint {
    /// What an administrator can do about a code where the answer says no more.
    #[must_use]
    pub fn of(code: Code) -> Self {
        match code {
            Code::Auth => Self::CheckKey,
            Code::Permission => Self::AskForAccess,
            Code::NotFound | Code::TooLong => Self::ChooseModel,
            Code::BadRequest => Self::UnsupportedParameter,
            Code::Quota => Self::Billing,
            Code::Malformed => Self::CheckEndpoint,
            Code::RateLimited | Code::Overloaded | Code::Server | Code::Timeout => Self::TryLater,
        }
    }
}

/// One failed call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ModelError {
    /// What went wrong.
    pub code: Code,
    /// Whether to try the same again.
    pub retryable: bool,
    /// How long the provider asks to wait.
    pub retry_after_ms: Option<u64>,
    /// What to do about it.
    pub hint: Option<Hint>,
    /// Which of our fields the model does not take: the request can be built once more for [`super::Route::omitting`] it.
    pub field: Option<Field>,
}

impl ModelError {
    /// The error of that code with its usual readiness to be retried.
    #[must_use]
    pub fn of(code: Code) -> Self {
        Self { code, retryable: code.is_retryable(), retry_after_ms: None, hint: None, field: None }
    }

    pub(super) fn hinting(self, hint: Hint) -> Self {
        Self { hint: Some(hint), ..self }
    }

    pub(super) fn retryable(self, retryable: bool) -> Self {
        Self { retryable, ..self }
    }
}
