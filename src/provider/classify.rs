//! From a status, headers and an error body to one [`ModelError`].
//! It looks at codes first and at words only where a provider has no code for what we must tell apart; it keeps no words.

use serde_json::Value;

use super::{Code, Completion, Hint, ModelError, Usage};

/// Whose errors these are.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Family {
    Google,
    OpenAi,
}

/// The error of an answer whose status is not a success.
pub(super) fn error(family: Family, status: u16, headers: &[(String, String)], body: &str) -> ModelError {
    let value = serde_json::from_str(body).unwrap_or(Value::Null);
    classify(family, status, headers, &Said::of(family, &value))
}

/// The same for APIs that report their filter as an error.
pub(super) fn completion_or_error(
    family: Family,
    status: u16,
    headers: &[(String, String)],
    body: &str,
) -> Result<Completion, ModelError> {
    let value: Value = serde_json::from_str(body).unwrap_or(Value::Null);
    let said = Said::of(family, &value);
    if said.is_filter() {
        Ok(Completion::filtered(Usage::default()))
    } else {
        Err(classify(family, status, headers, &said))
    }
}

/// An error object inside a successful answer.
pub(super) fn embedded(family: Family, headers: &[(String, String)], value: &Value) -> ModelError {
    let said = Said::of(family, value);
    classify(family, said.status(), headers, &said)
}

/// The same for APIs that report their filter as an error.
pub(super) fn embedded_or_filtered(
    family: Family,
    headers: &[(String, String)],
    value: &Value,
) -> Result<Completion, ModelError> {
    let said = Said::of(family, value);
    if said.is_filter() { Ok(Completion::filtered(Usage::default())) } else { Err(embedded(family, headers, value)) }
}

/// What an error body says, in lower case.
struct Said {
    message: String,
    code: String,
    kind: String,
    param: bool,
    number: Option<u16>,
    reasons: Vec<String>,
    quota: Vec<String>,
    retry_ms: Option<u64>,
}

impl Said {
    fn of(family: Family, value: &Value) -> Self {
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
        let all = |pointer: &str| {
            details.iter().filter_map(|detail| detail.pointer(pointer)?.as_str()).map(str::to_lowercase).collect()
        };
        let quotas = details.iter().filter_map(|detail| detail.get("violations")?.as_array()).flatten();
        Self {
            message: format!("{message} {description} {inner}"),
            code: if family == Family::Google { words("/status") } else { words("/code") },
            kind: words("/type"),
            param: error.get("param").is_some_and(Value::is_string),
            number: error.get("code").and_then(Value::as_u64).and_then(|code| u16::try_from(code).ok()),
            reasons: all("/reason"),
            quota: quotas.filter_map(|quota| quota.get("quotaId")?.as_str()).map(str::to_lowercase).collect(),
            retry_ms: details.iter().find_map(|detail| seconds(detail.get("retryDelay")?.as_str()?)),
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
            _ => 500,
        }
    }
}

fn classify(family: Family, status: u16, headers: &[(String, String)], said: &Said) -> ModelError {
    let error = match status {
        401 => unauthorized(said),
        402 => ModelError::of(Code::Quota).hinting(Hint::Billing),
        403 => forbidden(said),
        404 | 410 => ModelError::of(Code::NotFound).hinting(Hint::ChooseModel),
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

fn unauthorized(said: &Said) -> ModelError {
    let error = ModelError::of(Code::Auth);
    if said.has(&["regional hostname", "geography restrictions"]) { error.hinting(Hint::WrongRegion) } else { error }
}

fn forbidden(said: &Said) -> ModelError {
    let error = ModelError::of(Code::Permission);
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
        || said.is(&["invalid_api_key", "unauthenticated"])
        || said.has(&["api key not valid", "api key expired"])
    {
        return ModelError::of(Code::Auth);
    }
    if said.is(&["model_not_found", "deploymentnotfound"]) || said.has(&["does not exist or you do not have access"]) {
        return ModelError::of(Code::NotFound).hinting(Hint::ChooseModel);
    }
    if said.is(&["insufficient_quota", "billing_hard_limit_reached", "billing_not_active"]) {
        return ModelError::of(Code::Quota).hinting(Hint::Billing);
    }
    if family == Family::Google && said.is(&["failed_precondition"]) {
        return if said.has(&["billing"]) {
            ModelError::of(Code::Quota).hinting(Hint::Billing)
        } else {
            ModelError::of(Code::Permission)
        };
    }
    if said.is(&["unsupported_parameter", "unsupported_value"])
        || (said.param && said.has(&["unsupported parameter", "unsupported value"]))
    {
        return ModelError::of(Code::BadRequest).hinting(Hint::UnsupportedParameter);
    }
    ModelError::of(Code::BadRequest)
}

/// Adds how long to wait: the header in milliseconds, then in seconds, then Google's RetryInfo.
fn waiting(error: ModelError, headers: &[(String, String)], said: &Said) -> ModelError {
    let header =
        |name: &str| headers.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim());
    let error = match (error.code, header("x-should-retry")) {
        (Code::Quota, _) => error,
        (_, Some("true")) => error.retryable(true),
        (_, Some("false")) => error.retryable(false),
        _ => error,
    };
    if !error.retryable {
        return error;
    }
    let in_ms = header("retry-after-ms").and_then(|text| millis(text, 1.0));
    let in_seconds = || header("retry-after").and_then(|text| millis(text, 1000.0));
    ModelError { retry_after_ms: in_ms.or_else(in_seconds).or(said.retry_ms), ..error }
}

/// `"34.4s"`, the JSON form of google.protobuf.Duration.
fn seconds(text: &str) -> Option<u64> {
    millis(text.strip_suffix('s')?, 1000.0)
}

#[expect(clippy::as_conversions, reason = "the value is finite, not negative and below a day")]
fn millis(text: &str, unit: f64) -> Option<u64> {
    let value = text.parse::<f64>().ok()? * unit;
    if value.is_finite() && (0.0..=MAX_WAIT_MS).contains(&value) { Some(value.ceil() as u64) } else { None }
}

const MAX_WAIT_MS: f64 = 86_400_000.0;

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
