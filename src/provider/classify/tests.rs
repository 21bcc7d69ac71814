//! The errors of each provider, as their own texts say them.
//! Whole answers are in the golden files.

use super::*;

fn check(family: Family, status: u16, body: &str, code: Code, hint: Option<Hint>) {
    let found = error(family, status, &[], body);
    assert_eq!((found.code, found.hint), (code, hint), "{status} {body}");
}

#[test]
fn tells_google_errors_apart() {
    let google = |status, body, code, hint| check(Family::Google, status, body, code, hint);
    google(
        400,
        r#"{"error":{"status":"INVALID_ARGUMENT","message":"API key not valid.","details":[{"reason":"API_KEY_INVALID"}]}}"#,
        Code::Auth,
        None,
    );
    google(
        400,
        r#"{"error":{"status":"INVALID_ARGUMENT","message":"The input token count (2000000) exceeds the maximum number of tokens allowed (1048576)."}}"#,
        Code::TooLong,
        None,
    );
    google(
        400,
        r#"{"error":{"status":"FAILED_PRECONDITION","message":"Project x is not allowed to use Publisher Model"}}"#,
        Code::Permission,
        None,
    );
    google(400, r#"{"error":{"status":"INVALID_ARGUMENT","message":"Invalid JSON payload"}}"#, Code::BadRequest, None);
    google(401, r#"{"error":{"status":"UNAUTHENTICATED"}}"#, Code::Auth, None);
    google(
        403,
        r#"{"error":{"status":"PERMISSION_DENIED","message":"Permission 'aiplatform.endpoints.predict' denied on resource"}}"#,
        Code::Permission,
        Some(Hint::GrantRole),
    );
    google(
        403,
        r#"{"error":{"status":"PERMISSION_DENIED","details":[{"reason":"SERVICE_DISABLED"}]}}"#,
        Code::Permission,
        Some(Hint::EnableApi),
    );
    google(404, r#"[{"error":{"status":"NOT_FOUND"}}]"#, Code::NotFound, Some(Hint::ChooseModel));
    google(429, r#"{"error":{"status":"RESOURCE_EXHAUSTED"}}"#, Code::RateLimited, None);
    google(
        429,
        r#"{"error":{"details":[{"violations":[{"quotaId":"GenerateRequestsPerDayPerProject"}]}]}}"#,
        Code::Quota,
        None,
    );
    google(503, r#"{"error":{"status":"UNAVAILABLE"}}"#, Code::Overloaded, None);
    google(504, "", Code::Timeout, None);
    google(500, "<html>", Code::Server, None);
}

#[test]
fn tells_openai_errors_apart() {
    let openai = |status, body, code, hint| check(Family::OpenAi, status, body, code, hint);
    openai(401, r#"{"error":{"code":"invalid_api_key"}}"#, Code::Auth, None);
    openai(
        401,
        r#"{"error":{"message":"Attempted to access resource with incorrect regional hostname."}}"#,
        Code::Auth,
        Some(Hint::WrongRegion),
    );
    openai(
        429,
        r#"{"error":{"type":"insufficient_quota","code":"insufficient_quota"}}"#,
        Code::Quota,
        Some(Hint::Billing),
    );
    openai(429, r#"{"error":{"code":"rate_limit_exceeded","message":"Rate limit reached"}}"#, Code::RateLimited, None);
    openai(
        429,
        r#"{"error":{"code":"rate_limit_exceeded","message":"Request too large for gpt"}}"#,
        Code::TooLong,
        None,
    );
    openai(400, r#"{"error":{"code":"context_length_exceeded"}}"#, Code::TooLong, None);
    openai(
        400,
        r#"{"error":{"code":"unsupported_parameter","param":"max_tokens"}}"#,
        Code::BadRequest,
        Some(Hint::UnsupportedParameter),
    );
    openai(404, r#"{"error":{"code":"model_not_found"}}"#, Code::NotFound, Some(Hint::ChooseModel));
    openai(400, r#"{"error":"model 'x' context size exceeded"}"#, Code::TooLong, None);
    openai(
        400,
        r#"{"object":"error","message":"This model's maximum context length is 4096 tokens.","code":400}"#,
        Code::TooLong,
        None,
    );
    openai(307, "", Code::BadRequest, Some(Hint::CheckEndpoint));
    openai(529, "", Code::Overloaded, None);
}

#[test]
fn reads_how_long_to_wait_in_each_form() {
    let wait = |headers: &[(&str, &str)], body: &str| {
        let headers: Vec<_> = headers.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
        error(Family::Google, 429, &headers, body).retry_after_ms
    };
    assert_eq!(wait(&[("retry-after-ms", "1200"), ("retry-after", "9")], ""), Some(1200));
    assert_eq!(wait(&[("Retry-After", "9")], ""), Some(9000));
    assert_eq!(wait(&[], r#"{"error":{"details":[{"@type":"x.RetryInfo","retryDelay":"34.4s"}]}}"#), Some(34_400));
    for odd in ["-1", "NaN", "1e99", "soon", ""] {
        assert_eq!(wait(&[("retry-after", odd)], ""), None, "{odd}");
    }
}

#[test]
fn obeys_the_server_about_retries_except_for_quota() {
    let headers = |value: &str| vec![("x-should-retry".to_owned(), value.to_owned())];
    assert!(!error(Family::OpenAi, 500, &headers("false"), "").retryable);
    assert!(error(Family::OpenAi, 400, &headers("true"), "").retryable);
    assert!(!error(Family::OpenAi, 429, &headers("true"), r#"{"error":{"code":"insufficient_quota"}}"#).retryable);
}

#[test]
fn reports_a_filter_as_an_answer() {
    let body = r#"{"error":{"code":"content_filter","innererror":{"code":"ResponsibleAIPolicyViolation"}}}"#;
    assert_eq!(completion_or_error(Family::OpenAi, 400, &[], body), Ok(Completion::filtered(Usage::default())));
}

#[test]
fn tells_anthropic_errors_apart() {
    let check = |status: u16, kind: &str, message: &str, code: Code, hint: Option<Hint>| {
        let body = serde_json::json!({ "type": "error", "error": { "type": kind, "message": message } });
        let found = error(Family::Anthropic, status, &[], &body.to_string());
        assert_eq!((found.code, found.hint), (code, hint), "{status} {kind}");
        // The same error inside a successful answer.
        assert_eq!(embedded(Family::Anthropic, &[], &body).code, code, "{kind} inside");
    };
    check(400, "invalid_request_error", "prompt is too long: 3333404 tokens > 200000 maximum", Code::TooLong, None);
    check(400, "invalid_request_error", "messages: first message must use the user role", Code::BadRequest, None);
    check(
        400,
        "invalid_request_error",
        "Your credit balance is too low to access the API",
        Code::Quota,
        Some(Hint::Billing),
    );
    check(401, "authentication_error", "invalid x-api-key", Code::Auth, None);
    check(402, "billing_error", "", Code::Quota, Some(Hint::Billing));
    check(403, "permission_error", "", Code::Permission, None);
    check(404, "not_found_error", "model: claude-2", Code::NotFound, Some(Hint::ChooseModel));
    check(413, "request_too_large", "", Code::TooLong, None);
    check(429, "rate_limit_error", "", Code::RateLimited, None);
    check(500, "api_error", "", Code::Server, None);
    check(504, "timeout_error", "", Code::Timeout, None);
    check(529, "overloaded_error", "Overloaded", Code::Overloaded, None);
}

#[test]
fn tells_azure_errors_apart() {
    let azure = |status, body, code, hint| check(Family::Azure, status, body, code, hint);
    azure(
        401,
        r#"{"error":{"code":"401","message":"Access denied due to invalid subscription key or wrong API endpoint."}}"#,
        Code::Auth,
        Some(Hint::KeyOrEndpoint),
    );
    azure(
        401,
        r#"{"error":{"code":"PermissionDenied","message":"The principal lacks the required data action"}}"#,
        Code::Permission,
        Some(Hint::GrantRole),
    );
    azure(
        403,
        r#"{"error":{"code":"AccessDenied","message":"Access denied due to Virtual Network/Firewall rules."}}"#,
        Code::Permission,
        Some(Hint::OpenNetwork),
    );
    azure(404, r#"{"error":{"code":"DeploymentNotFound"}}"#, Code::NotFound, Some(Hint::ChooseDeployment));
    azure(404, r#"{"error":{"code":"404","message":"Resource not found"}}"#, Code::NotFound, Some(Hint::CheckEndpoint));
    azure(429, r#"{"error":{"code":"RateLimitReached","details":"text"}}"#, Code::RateLimited, None);
    let filtered = r#"{"error":{"code":"content_filter","innererror":{"code":"ResponsibleAIPolicyViolation","content_filter_result":{}}}}"#;
    assert_eq!(completion_or_error(Family::Azure, 400, &[], filtered), Ok(Completion::filtered(Usage::default())));
}

#[test]
fn reads_forge_errors_from_the_body_or_the_header() {
    let forge = |status, body, code, hint| check(Family::Forge, status, body, code, hint);
    forge(400, r#"{"code":"CONTEXT_LENGTH_EXCEEDED","message":"too much"}"#, Code::TooLong, None);
    forge(403, r#"{"code":"FORBIDDEN","message":"not approved"}"#, Code::Permission, Some(Hint::ApproveApp));
    forge(404, r#"{"code":"MODEL_NOT_FOUND","message":"no such model"}"#, Code::NotFound, Some(Hint::ChooseModel));
    forge(429, r#"{"code":"RATE_LIMIT_EXCEEDED","message":"slow down"}"#, Code::RateLimited, None);
    forge(500, "upstream failed", Code::Server, None);
    let header = vec![("forge-proxy-error".to_owned(), "INSUFFICIENT_QUOTA".to_owned())];
    assert_eq!(error(Family::Forge, 429, &header, "nothing left").code, Code::Quota);
}

#[test]
fn names_the_field_that_a_model_does_not_take() {
    use crate::provider::Field;
    for (family, body, field) in [
        (Family::OpenAi, r#"{"error":{"code":"unsupported_parameter","param":"max_tokens"}}"#, Some(Field::TokenLimit)),
        (
            Family::OpenAi,
            r#"{"error":{"code":null,"param":"temperature","message":"Unsupported parameter: 'temperature' is not supported with this model."}}"#,
            Some(Field::Temperature),
        ),
        (
            Family::OpenAi,
            r#"{"error":{"code":"unsupported_value","param":"messages[0].role","message":"Unsupported value: 'messages[0].role' does not support 'developer' with this model."}}"#,
            Some(Field::Developer),
        ),
        (Family::OpenAi, r#"{"error":{"code":"unsupported_value","param":"reasoning.effort"}}"#, Some(Field::Effort)),
        (Family::OpenAi, r#"{"error":{"code":"unknown_parameter","param":"store"}}"#, Some(Field::Store)),
        (
            Family::Azure,
            r#"{"error":{"message":"Unrecognized request argument supplied: reasoning_effort","type":"invalid_request_error"}}"#,
            Some(Field::Effort),
        ),
        (
            Family::OpenAi,
            r#"{"error":{"message":"Invalid parameter: 'response_format' of type 'json_schema' is not supported with this model.","param":"response_format"}}"#,
            Some(Field::Schema),
        ),
        (
            Family::Anthropic,
            r#"{"error":{"type":"invalid_request_error","message":"temperature: Extra inputs are not permitted"}}"#,
            Some(Field::Temperature),
        ),
        (
            Family::Anthropic,
            r#"{"error":{"type":"invalid_request_error","message":"This model does not support effort level 'xhigh'."}}"#,
            Some(Field::Effort),
        ),
        (
            Family::Anthropic,
            r#"{"error":{"type":"invalid_request_error","message":"'thinking.type.disabled' is not supported for this model."}}"#,
            Some(Field::Thinking),
        ),
        (
            Family::Google,
            r#"{"error":{"code":400,"status":"INVALID_ARGUMENT","message":"Thinking level is not supported for this model."}}"#,
            Some(Field::Effort),
        ),
        (
            Family::OpenAi,
            r#"{"error":{"code":null,"message":"Web search options not supported with this model.","param":"web_search_options"}}"#,
            None,
        ),
    ] {
        let found = error(family, 400, &[], body);
        assert_eq!((found.hint, found.field), (Some(Hint::UnsupportedParameter), field), "{body}");
    }
    let other = error(Family::OpenAi, 400, &[], r#"{"error":{"code":"invalid_value","param":"temperature"}}"#);
    assert_eq!((other.hint, other.field), (None, None), "a wrong value is not a field that is not taken");
}

#[test]
fn waits_until_a_date() {
    let headers = [("retry-after", "Wed, 19 Aug 2026 14:41:02 GMT"), ("date", "Wed, 19 Aug 2026 14:40:47 GMT")];
    let headers: Vec<_> = headers.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
    assert_eq!(error(Family::Anthropic, 529, &headers, "").retry_after_ms, Some(15_000));
}
