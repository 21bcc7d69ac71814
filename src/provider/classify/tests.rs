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
