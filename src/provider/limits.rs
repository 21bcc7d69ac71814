//! What an answer's headers say about the limits of an account: how much is left, and when it is full again.
//! It decides nothing: whoever routes does.

use super::moment;
use super::{Provider, Route};

/// What is left of a minute's requests and tokens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Limits {
    /// Requests that may still be sent.
    pub requests_left: Option<u64>,
    /// Tokens that may still be read or written.
    pub tokens_left: Option<u64>,
    /// Milliseconds until what is used up is there again; when nothing is, until everything is full.
    pub reset_ms: Option<u64>,
}

/// Learns the limits from the headers of any answer, refusals included. None when they say nothing.
#[must_use]
pub fn limits(route: &Route, headers: &[(String, String)]) -> Option<Limits> {
    let names = match route.provider() {
        Provider::Anthropic => &ANTHROPIC,
        Provider::OpenAi | Provider::AzureOpenAi | Provider::OpenAiCompatible => &OPENAI,
        Provider::Vertex | Provider::Gemini | Provider::ForgeLlm => return None,
    };
    // Azure says -1 where it does not know.
    let left = |kind: &str| moment::header(headers, &names.left(kind))?.parse::<u64>().ok();
    let reset = |kind: &str| moment::until(headers, moment::header(headers, &names.reset(kind))?);
    let (requests_left, tokens_left) = (left("requests"), left("tokens"));
    let resets = [(requests_left, reset("requests")), (tokens_left, reset("tokens"))];
    let used_up = resets.iter().filter(|(left, _)| *left == Some(0)).filter_map(|(_, reset)| *reset).max();
    let reset_ms = used_up.or_else(|| resets.iter().filter_map(|(_, reset)| *reset).max());
    let limits = Limits { requests_left, tokens_left, reset_ms };
    (limits != Limits::default()).then_some(limits)
}

/// How a provider spells the headers.
struct Names {
    prefix: &'static str,
    kind_first: bool,
}

impl Names {
    fn left(&self, kind: &str) -> String {
        self.spell(kind, "remaining")
    }

    fn reset(&self, kind: &str) -> String {
        self.spell(kind, "reset")
    }

    fn spell(&self, kind: &str, what: &str) -> String {
        let (first, last) = if self.kind_first { (kind, what) } else { (what, kind) };
        format!("{}-{first}-{last}", self.prefix)
    }
}

const OPENAI: Names = Names { prefix: "x-ratelimit", kind_first: false };
const ANTHROPIC: Names = Names { prefix: "anthropic-ratelimit", kind_first: true };

#[cfg(test)]
mod tests {
    use super::*;
    use crate::provider::RouteFields;

    fn check(provider: &str, headers: &[(&str, &str)], expected: Option<(Option<u64>, Option<u64>, Option<u64>)>) {
        let mut fields = RouteFields { provider: provider.to_owned(), model: "m".to_owned(), ..RouteFields::default() };
        if provider.starts_with("azure") {
            fields.endpoint = Some("https://res.openai.azure.com".to_owned());
        }
        let headers: Vec<_> = headers.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
        let expected =
            expected.map(|(requests_left, tokens_left, reset_ms)| Limits { requests_left, tokens_left, reset_ms });
        assert_eq!(limits(&Route::parse(&fields).unwrap(), &headers), expected, "{headers:?}");
    }

    #[test]
    fn reads_durations_of_openai() {
        let headers = [
            ("x-ratelimit-remaining-requests", "499"),
            ("X-RateLimit-Remaining-Tokens", "1998450"),
            ("x-ratelimit-reset-requests", "120ms"),
            ("x-ratelimit-reset-tokens", "6m0s"),
        ];
        check("openai", &headers, Some((Some(499), Some(1_998_450), Some(360_000))));
    }

    #[test]
    fn waits_for_what_is_used_up() {
        let headers = [
            ("x-ratelimit-remaining-requests", "0"),
            ("x-ratelimit-remaining-tokens", "10"),
            ("x-ratelimit-reset-requests", "1.5s"),
            ("x-ratelimit-reset-tokens", "6m0s"),
        ];
        check("openai", &headers, Some((Some(0), Some(10), Some(1_500))));
    }

    #[test]
    fn reads_seconds_of_azure_and_its_unknowns() {
        let headers = [
            ("x-ratelimit-remaining-requests", "-1"),
            ("x-ratelimit-remaining-tokens", "49990"),
            ("x-ratelimit-reset-tokens", "26"),
        ];
        check("azure-openai", &headers, Some((None, Some(49_990), Some(26_000))));
    }

    #[test]
    fn reads_instants_of_anthropic_against_the_answers_own_clock() {
        let headers = [
            ("anthropic-ratelimit-requests-remaining", "9999"),
            ("anthropic-ratelimit-tokens-remaining", "11997000"),
            ("anthropic-ratelimit-tokens-reset", "2026-08-19T14:40:51Z"),
            ("date", "Wed, 19 Aug 2026 14:40:47 GMT"),
        ];
        check("anthropic", &headers, Some((Some(9_999), Some(11_997_000), Some(4_000))));
    }

    #[test]
    fn learns_nothing_where_nothing_is_said() {
        check("openai", &[("date", "x")], None);
        check("gemini", &[("x-ratelimit-remaining-requests", "1")], None);
        check("openai", &[("x-ratelimit-reset-tokens", "soon"), ("x-ratelimit-remaining-tokens", "many")], None);
    }
}
