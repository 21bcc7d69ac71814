//! Whatever a provider answers is a completion or one of our errors; the time to wait is bounded.
#![no_main]
use libfuzzer_sys::fuzz_target;
use quillgate::provider::{self, Route, RouteFields};
use quillgate_fuzz::{planted, text};
use std::sync::LazyLock;

static ROUTES: LazyLock<Vec<Route>> = LazyLock::new(|| {
    let fields = |provider: &str, region: Option<&str>, project: Option<&str>, endpoint: Option<&str>| RouteFields {
        provider: provider.to_owned(),
        model: "model".to_owned(),
        region: region.map(str::to_owned),
        project: project.map(str::to_owned),
        endpoint: endpoint.map(str::to_owned),
        ..RouteFields::default()
    };
    let all = [
        fields("vertex", Some("eu"), Some("project"), None),
        fields("gemini", None, None, None),
        fields("openai", None, None, None),
        fields("anthropic", None, None, None),
        fields("azure-openai", None, None, Some("https://r.openai.azure.com")),
        fields("openai-compatible", None, None, Some("https://models.example.com/v1")),
        fields("forge-llm", None, None, None),
    ];
    all.iter().filter_map(|fields| Route::parse(fields).ok()).collect()
});

fuzz_target!(|data: &[u8]| {
    let Some(([which, status], data)) = data.split_first_chunk::<2>() else { return };
    let Some((header, body)) = text(data).and_then(|text| text.split_once('\n')) else { return };
    let route = &ROUTES[usize::from(*which) % ROUTES.len()];
    let status = [200, 200, 400, 401, 403, 404, 413, 429, 500, 503, 529, u16::from(*status)][usize::from(*status) % 12];
    let headers: Vec<(String, String)> = header
        .split(';')
        .filter_map(|one| one.split_once(':'))
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    match provider::read(route, status, &headers, body) {
        Ok(completion) => planted(|| completion.usage.output_tokens > 9),
        Err(error) => assert!(error.retry_after_ms.is_none_or(|wait| wait <= 86_400_000)),
    }
});
