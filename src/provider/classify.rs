//! From a status, headers and an error body to one [`ModelError`].
//! It looks at codes first and at words only where a provider has no code for what we must tell apart; it keeps no words.

use serde_json::Value;

mod field;

use super::moment::{self, header};
use super::{Code, Completion, Hint, ModelError, Provider, Route, Usage};

/// Whose errors these are.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Family {
    Google,
    OpenAi,
    Azure,
    Anthropic,
    Forge,
}

impl Family {
    /// Whose errors a route answers with. Claude on Vertex AI answers with Anthropic's, behind Google's gate.
    pub(super) fn of(route: &Route) -> Self {
        match route.provider() {
            Provider::Vertex | Provider::Gemini => Self::Google,
            Provider::OpenAi | Provider::OpenAiCompatible => Self::OpenAi,
            Provider::AzureOpenAi => Self::Azure,
            Provider::Anthropic => Self::Anthropic,
            Provider::ForgeLlm => Self::Forge,
        }
    }
}

/// The error of an answer whose status is not a success.
pub(super) fn error(family: Family, status: u16, headers: &[(String, String)], body: &str) -> ModelError {
    let value = serde_json::from_str(body).unwrap_or(Value::Null);
    classify(family, status, headers, &Said::of(family, headers, &value))
}

/// The same for APIs that report their filter as an error.
pub(super) fn completion_or_error(
    family: Family,
    status: u16,
    headers: &[(String, String)],
    body: &str,
) -> Result<Completion, ModelError> {
    let value: Value = serde_json::from_str(body).unwrap_or(Value::Null);
    let said = Said::of(family, headers, &value);
    if said.is_filter() {
        Ok(Completion::filtered(Usage::default()))
    } else {
        Err(classify(family, status, headers, &said))
    }
}

/// An error object inside a successful answer.
pub(super) fn embedded(family: Family, headers: &[(String, String)], value: &Value) -> ModelError {
    let said = Said::of(family, headers, value);
    classify(family, said.status(), headers, &said)
}

/// The same for APIs that report their filter as an error.
pub(super) fn embedded_or_filtered(
    family: Family,
    headers: &[(String, String)],
    value: &Value,
) -> Result<Completion, ModelError> {
    let said = Said::of(family, headers, value);
    if said.is_filter() { Ok(Completion::filtered(Usage::default())) } else { Err(embedded(family, headers, value)) }
}

/// What an error body says, in lower case.
struct Said {
    message: String,
    code: String,
    kind: String,
    param: String,
    number: Option<u16>,
    reasons: Vec<String>,
    quota: Vec<String>,
    retry_ms: Option<u64>,
}

impl Said {
    fn of(family: Family, headers: &[(String, String)], value: &Value) -> Self {
        // Google wraps some errors in a list of one; some servers put the error at the top, or make it a string.
        let top = value.as_array().and_then(|list| list.first()).unwrap_or(value);
        let error = top.get("error").unwrap_or(top);
        let words = |pointer: &str| match error.pointer(pointer) {
            Some(Value::String(text)) => text.to_lowercase(),
            Some(Value::Number(number)) => number.to_string(),
            _ => String::new(),
        };
        let message = error.as_str().map_or_else(|| words("/message"), str::to_lowercase);
        let description = top.get("error_description").and_then(Value::as_str).unwrap_or_default().to_lowercase();
        let details = error.get("details").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        let inner = words("/innererror/code");
        // Errors of the platform's own transport stand in a header, with a plain text as the body.
        let proxy = header(headers, "forge-proxy-error").filter(|_| family == Family::Forge);
        let code = if family == Family::Google { words("/status") } else { words("/code") };
        let all = |pointer: &str| {
            details.iter().filter_map(|detail| detail.pointer(pointer)?.as_str()).map(str::to_lowercase).collect()
        };
        let quotas = details.iter().filter_map(|detail| detail.get("violations")?.as_array()).flatten();
        Self {
            message: format!("{message} {description} {inner}"),
            code: proxy.map_or(code, str::to_lowercase),
            kind: words("/type"),
            param: words("/param"),
            number: error.get("code").and_then(Value::as_u64).and_then(|code| u16::try_from(code).ok()),
            reasons: all("/reason"),
            quota: quotas.filter_map(|quota| quota.get("quotaId")?.as_str()).map(str::to_lowercase).collect(),
            retry_ms: details.iter().find_map(|detail| moment::duration(detail.get("retryDelay")?.as_str()?)),
        }
    }

    fn has(&self, words: &[&str]) -> bool {
        words.iter().any(|word| self.message.contains(word))
    }

    fn is(&self, names: &[&str]) -> bool {
        names.iter().any(|name| self.code == *name || self.kind == *name)
    }

    fn is_filter(&self) -> bool {
        self.is(&[
            "content_filter",
            "content_policy_violation",
            "misalignment_policy_violation",
            "bio_policy",
            "cyber_policy",
        ]) || self.has(&["responsibleaipolicyviolation"])
    }

    fn is_too_long(&self) -> bool {
        self.is(&[
            "context_length_exceeded",
            "exceed_context_size_error",
            "string_above_max_length",
            "request_too_large",
        ]) || self.has(TOO_LONG)
    }

    /// The status to assume for an error inside a successful answer.
    fn status(&self) -> u16 {
        match (self.number, self.code.as_str()) {
            (Some(number @ 400..=599), _) => number,
            (_, "rate_limit_exceeded" | "insufficient_quota") => 429,
            (_, "invalid_prompt" | "context_length_exceeded" | "invalid_request_error") => 400,
            (_, "data_residency_mismatch") => 403,
            _ => match self.kind.as_str() {
                "invalid_request_error" => 400,
                "authentication_error" => 401,
                "billing_error" => 402,
                "permission_error" => 403,
                "not_found_error" => 404,
                "request_too_large" => 413,
                "rate_limit_error" => 429,
                "timeout_error" => 504,
                "overloaded_error" => 529,
                _ => 500,
            },
        }
    }
}

fn classify(family: Family, status: u16, headers: &[(String, String)], said: &Said) -> ModelError {
    let error = match status {
        401 => unauthorized(family, said),
        402 => ModelError::of(Code::Quota).hinting(Hint::Billing),
        403 => forbidden(family, said),
        404 | 410 => missing(family, said),
        408 | 504 => ModelError::of(Code::Timeout),
        409 | 425 => ModelError::of(Code::Server),
        413 => ModelError::of(Code::TooLong),
        429 => too_many(said),
        503 | 529 => ModelError::of(Code::Overloaded),
        500..=599 if said.has(&["overloaded"]) => ModelError::of(Code::Overloaded),
        500..=599 => ModelError::of(Code::Server),
        300..=399 => ModelError::of(Code::BadRequest).hinting(Hint::CheckEndpoint),
        200..=299 => ModelError::of(Code::Malformed),
        _ => rejected(family, said),
    };
    waiting(error, headers, said)
}

fn unauthorized(family: Family, said: &Said) -> ModelError {
    let error = ModelError::of(Code::Auth);
    if said.has(&["regional hostname", "geography restrictions"]) {
        return error.hinting(Hint::WrongRegion);
    }
    // Entra ID knows the account, and the resource does not know its role.
    if said.is(&["permissiondenied"]) {
        return ModelError::of(Code::Permission).hinting(Hint::GrantRole);
    }
    // Azure says the same of a wrong key and of a right one sent to another resource.
    if family == Family::Azure { error.hinting(Hint::KeyOrEndpoint) } else { error }
}

fn missing(family: Family, said: &Said) -> ModelError {
    let error = ModelError::of(Code::NotFound);
    match family {
        Family::Azure if said.is(&["deploymentnotfound"]) => error.hinting(Hint::ChooseDeployment),
        Family::Azure => error.hinting(Hint::CheckEndpoint),
        _ => error.hinting(Hint::ChooseModel),
    }
}

fn forbidden(family: Family, said: &Said) -> ModelError {
    let error = ModelError::of(Code::Permission);
    if family == Family::Forge {
        return error.hinting(Hint::ApproveApp);
    }
    if family == Family::Azure && said.has(&["firewall", "virtual network", "network rule", "public access"]) {
        return error.hinting(Hint::OpenNetwork);
    }
    if family == Family::Azure && said.has(&["principal", "data action"]) {
        return error.hinting(Hint::GrantRole);
    }
    if said.reasons.iter().any(|reason| reason == "service_disabled")
        || said.has(&["has not been used in project", "is disabled"])
    {
        return error.hinting(Hint::EnableApi);
    }
    if said.has(&["aiplatform.", "iam_permission_denied"])
        || said.reasons.iter().any(|reason| reason == "iam_permission_denied")
    {
        return error.hinting(Hint::GrantRole);
    }
    if said.is(&["data_residency_mismatch"]) || said.has(&["geography restrictions", "regional hostname"]) {
        return error.hinting(Hint::WrongRegion);
    }
    error
}

fn too_many(said: &Said) -> ModelError {
    let spent =
        said.is(&["insufficient_quota", "billing_hard_limit_reached", "billing_not_active", "account_deactivated"]);
    // A daily or zero quota does not come back while anyone waits.
    let daily = said.quota.iter().any(|id| id.contains("perday"))
        || said.has(&["limit: 0,", "limit: 0\n", "credits are depleted"]);
    if spent {
        return ModelError::of(Code::Quota).hinting(Hint::Billing);
    }
    if daily {
        return ModelError::of(Code::Quota);
    }
    // More tokens in one request than the account may use in a minute: waiting does not help, a shorter text does.
    if said.has(&["request too large"]) { ModelError::of(Code::TooLong) } else { ModelError::of(Code::RateLimited) }
}

fn rejected(family: Family, said: &Said) -> ModelError {
    if said.is_too_long() {
        return ModelError::of(Code::TooLong);
    }
    if said.reasons.iter().any(|reason| reason == "api_key_invalid" || reason == "api_key_expired")
        || said.is(&["invalid_api_key", "unauthenticated", "authentication_error"])
        || said.has(&["api key not valid", "api key expired"])
    {
        return ModelError::of(Code::Auth);
    }
    if said.is(&["model_not_found", "deploymentnotfound"]) || said.has(&["does not exist or you do not have access"]) {
        return ModelError::of(Code::NotFound).hinting(Hint::ChooseModel);
    }
    if said.is(&["insufficient_quota", "billing_hard_limit_reached", "billing_not_active"])
        || said.has(&["credit balance is too low"])
    {
        return ModelError::of(Code::Quota).hinting(Hint::Billing);
    }
    if family == Family::Google && said.is(&["failed_precondition"]) {
        return if said.has(&["billing"]) {
            ModelError::of(Code::Quota).hinting(Hint::Billing)
        } else {
            ModelError::of(Code::Permission)
        };
    }
    if field::is_unsupported(said) {
        let error = ModelError::of(Code::BadRequest).hinting(Hint::UnsupportedParameter);
        return ModelError { field: field::of(said), ..error };
    }
    ModelError::of(Code::BadRequest)
}

/// Adds how long to wait: the header in milliseconds, then in seconds or as a date, then Google's RetryInfo.
fn waiting(error: ModelError, headers: &[(String, String)], said: &Said) -> ModelError {
    let error = match (error.code, header(headers, "x-should-retry")) {
        (Code::Quota, _) => error,
        (_, Some("true")) => error.retryable(true),
        (_, Some("false")) => error.retryable(false),
        _ => error,
    };
    if !error.retryable {
        return error;
    }
    let in_ms = header(headers, "retry-after-ms").and_then(|text| moment::scaled(text, 1.0));
    let in_seconds = || moment::until(headers, header(headers, "retry-after")?);
    ModelError { retry_after_ms: in_ms.or_else(in_seconds).or(said.retry_ms), ..error }
}

/// How the APIs without a code say that the text does not fit.
const TOO_LONG: &[&str] = &[
    "maximum context length",
    "context length exceeded",
    "exceeds the context",
    "context size",
    "context window",
    "prompt is too long",
    "input is too long",
    "too many tokens",
    "input token count",
    "exceeds the maximum number of tokens",
    "maximum number of tokens allowed",
    "reduce the length of the messages",
    "max_model_len",
    "input tokens exceed",
];

#[cfg(test)]
mod tests;
