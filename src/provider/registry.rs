//! What is known about providers and models: ids, regions, hosts, lifetimes, parameter rules, facts with their source.
//! It holds data, not decisions; the data is `registry.json`, so a change of the market is not a change of code.

use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

use super::route::{Provider, Route, RouteFields};

/// Everything in `registry.json`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Registry {
    /// When the facts were last read over.
    pub reviewed: String,
    /// The route that works without a customer's key.
    pub default: DefaultRoute,
    /// The providers an administrator can choose, in the order to show.
    pub providers: Vec<Entry>,
    families: Vec<Family>,
}

/// The route used when the customer brought no model.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DefaultRoute {
    /// Provider.
    pub provider: Provider,
    /// Location.
    pub region: String,
    /// Model.
    pub model: String,
}

/// One provider as an administrator sees it.
#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Entry {
    /// Wire name.
    pub id: Provider,
    /// Name to show.
    pub name: String,
    /// What to type into the key field.
    pub key_hint: String,
    /// Whether a base URL must be given.
    pub needs_endpoint: bool,
    /// Locations or residency areas that may be chosen.
    pub regions: Vec<String>,
    /// The one chosen unless an administrator says otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default_region: Option<String>,
    /// What the provider says about training.
    pub training: Fact,
    /// What the provider says about keeping data.
    pub retention: Fact,
    /// Models to offer; any other id can be typed.
    pub models: Vec<Model>,
    /// How it embeds; none where it does not.
    #[serde(default, skip_serializing)]
    pub embedding: Option<EmbeddingModel>,
}

/// How a provider embeds texts.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct EmbeddingModel {
    /// The model; none where only whoever runs the endpoint knows.
    #[serde(default)]
    pub model: Option<String>,
    /// Where it runs, when that is another region than the route's.
    #[serde(default)]
    pub region: Option<String>,
    /// Length of a vector asked for; none = what the model gives.
    #[serde(default)]
    pub dimensions: Option<u32>,
    /// Texts in one request, at most.
    pub texts: usize,
    /// Requests at once, at most.
    pub at_once: usize,
    /// How a question is told from a text; part of the space of a vector.
    pub task: String,
    /// Where this is from.
    pub source: Fact,
}

/// A statement with its source.
#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Fact {
    /// In a sentence.
    pub text: String,
    /// Where the provider says so.
    pub url: String,
    /// When we read it.
    pub reviewed: String,
}

/// One model.
#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Model {
    /// The provider's id.
    pub id: String,
    /// Name to show.
    pub label: String,
    /// Regions it is served in; empty where the provider has none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub regions: Vec<String>,
    /// The earliest day on which it may be switched off.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retires: Option<String>,
    /// Most tokens it reads.
    pub input_tokens: u32,
    /// Most tokens it writes.
    pub output_tokens: u32,
}

/// Rules for all models whose id starts alike; the first that fits holds.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Family {
    api: String,
    prefix: String,
    temperature: Temperature,
    #[serde(default)]
    reasoning: bool,
    #[serde(default)]
    effort: Option<String>,
}

/// Whether a model takes a temperature.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Temperature {
    /// It does.
    Yes,
    /// Only while it does not think.
    WithoutEffort,
    /// It refuses or ignores it.
    No,
}

/// The parameter rules that hold for one model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rules {
    /// Whether it takes a temperature.
    pub temperature: Temperature,
    /// Whether it is a reasoning model (OpenAI: `developer` instead of `system`).
    pub reasoning: bool,
    /// How hard it is told to think; nothing is said where this is empty.
    pub effort: Option<&'static str>,
}

/// The registry that this build carries.
#[must_use]
pub fn registry() -> &'static Registry {
    static REGISTRY: OnceLock<Registry> = OnceLock::new();
    REGISTRY.get_or_init(|| {
        #[expect(clippy::expect_used, reason = "the file is part of the build and a test parses it")]
        serde_json::from_str(include_str!("registry.json")).expect("registry.json is well formed")
    })
}

impl Registry {
    /// The provider's entry, when it can be chosen.
    #[must_use]
    pub fn entry(&self, provider: Provider) -> Option<&Entry> {
        self.providers.iter().find(|entry| entry.id == provider)
    }

    /// The model of a route, when it is known.
    #[must_use]
    pub fn model(&self, route: &Route) -> Option<&Model> {
        self.entry(route.provider())?.models.iter().find(|model| model.id == route.model())
    }

    /// The fields of the default route in the project that Quillgate's own account lives in.
    #[must_use]
    pub fn default_route(&self, project: &str) -> RouteFields {
        RouteFields {
            provider: self.default.provider.name().to_owned(),
            model: self.default.model.clone(),
            region: Some(self.default.region.clone()),
            project: Some(project.to_owned()),
            ..RouteFields::default()
        }
    }

    /// The parameter rules for a route's model. For an unknown model nothing optional is sent.
    #[must_use]
    pub fn rules(&'static self, route: &Route) -> Rules {
        let api = match route.provider() {
            Provider::Vertex | Provider::Gemini => "gemini",
            Provider::OpenAi | Provider::AzureOpenAi => "openai",
            Provider::Anthropic | Provider::OpenAiCompatible | Provider::ForgeLlm => "",
        };
        self.families.iter().find(|family| family.api == api && route.model().starts_with(&family.prefix)).map_or(
            Rules { temperature: Temperature::No, reasoning: true, effort: None },
            |family| Rules {
                temperature: family.temperature,
                reasoning: family.reasoning,
                effort: family.effort.as_deref(),
            },
        )
    }
}

/// Every host the adapters reach without the customer's own egress, sorted; the manifest lists exactly these.
#[must_use]
pub fn hosts() -> Vec<String> {
    let registry = registry();
    let mut hosts = vec![super::google_auth::TOKEN_HOST.to_owned()];
    for entry in registry.providers.iter() {
        match entry.id {
            Provider::Vertex => hosts.extend(entry.regions.iter().map(|region| vertex_host(region))),
            Provider::Gemini => hosts.push(GEMINI_HOST.to_owned()),
            Provider::OpenAi => {
                hosts.push(openai_host(None));
                hosts.extend(entry.regions.iter().map(|area| openai_host(Some(area))));
            }
            Provider::Anthropic => hosts.push(ANTHROPIC_HOST.to_owned()),
            Provider::AzureOpenAi | Provider::OpenAiCompatible | Provider::ForgeLlm => {}
        }
    }
    hosts.sort();
    hosts.dedup();
    hosts
}

/// The host of a Vertex location: multi-regions have hosts of their own, `global` has no prefix.
#[must_use]
pub fn vertex_host(location: &str) -> String {
    match location {
        "global" => "aiplatform.googleapis.com".to_owned(),
        "eu" | "us" => format!("aiplatform.{location}.rep.googleapis.com"),
        region => format!("{region}-aiplatform.googleapis.com"),
    }
}

/// The host of an OpenAI residency area.
#[must_use]
pub fn openai_host(area: Option<&str>) -> String {
    match area {
        Some(area) => format!("{area}.api.openai.com"),
        None => "api.openai.com".to_owned(),
    }
}

/// OpenAI's residency areas.
pub(super) const OPENAI_AREAS: &[&str] = &["us", "eu", "ae", "au", "in", "jp"];
/// The Gemini API.
pub(super) const GEMINI_HOST: &str = "generativelanguage.googleapis.com";
/// Anthropic's API.
pub(super) const ANTHROPIC_HOST: &str = "api.anthropic.com";

#[cfg(test)]
mod tests {
    use super::*;

    fn rules(provider: &str, model: &str) -> Rules {
        let fields = RouteFields { provider: provider.to_owned(), model: model.to_owned(), ..RouteFields::default() };
        registry().rules(&Route::parse(&fields).unwrap())
    }

    #[test]
    fn holds_well_formed_facts() {
        let registry = registry();
        let is_day = |day: &str| day.len() == 10 && day.starts_with("20") && day.split('-').count() == 3;
        assert!(is_day(&registry.reviewed));
        for entry in &registry.providers {
            assert!(entry.id.has_adapter(), "{}", entry.name);
            let embedding = entry.embedding.as_ref().map(|embedding| &embedding.source);
            for fact in [&entry.training, &entry.retention].into_iter().chain(embedding) {
                assert!(fact.url.starts_with("https://") && is_day(&fact.reviewed) && fact.text.ends_with('.'));
            }
            for model in &entry.models {
                assert!(model.retires.as_deref().is_none_or(is_day));
                assert!(model.regions.iter().all(|region| entry.regions.contains(region)), "{}", model.id);
            }
        }
    }

    #[test]
    fn embeddings_stay_in_the_eu_and_fit_an_answer() {
        let all: Vec<&EmbeddingModel> =
            registry().providers.iter().filter_map(|entry| entry.embedding.as_ref()).collect();
        assert_eq!(all.len(), 3);
        for embedding in &all {
            assert!(embedding.texts > 0 && embedding.at_once > 0 && !embedding.task.is_empty());
            // A number is 40 bytes of an answer at most, indented; the gate takes 4 MiB.
            assert!(embedding.dimensions.is_none_or(|n| usize::try_from(n).unwrap() * embedding.texts * 40 < 4 << 20));
        }
        let vertex = registry().entry(Provider::Vertex).unwrap().embedding.as_ref().unwrap();
        assert_eq!(vertex.region.as_deref(), Some("europe-west1"));
    }

    #[test]
    fn default_route_is_the_eu_and_lives_a_year() {
        let route = Route::parse(&registry().default_route("quillgate-eu")).unwrap();
        assert_eq!(route.host(), "aiplatform.eu.rep.googleapis.com");
        let model = registry().model(&route).unwrap();
        assert!(model.retires.as_deref() > Some("2027-07"), "{}", model.id);
    }

    #[test]
    fn knows_the_host_of_each_location() {
        assert_eq!(vertex_host("eu"), "aiplatform.eu.rep.googleapis.com");
        assert_eq!(vertex_host("us"), "aiplatform.us.rep.googleapis.com");
        assert_eq!(vertex_host("global"), "aiplatform.googleapis.com");
        assert_eq!(vertex_host("europe-west1"), "europe-west1-aiplatform.googleapis.com");
    }

    #[test]
    fn lists_every_host_once() {
        let hosts = hosts();
        let mut unique = hosts.clone();
        unique.dedup();
        assert_eq!(hosts, unique);
        assert!(hosts.iter().all(|host| !host.contains('*')));
        for host in ["aiplatform.eu.rep.googleapis.com", "api.openai.com", "eu.api.openai.com", "oauth2.googleapis.com"]
        {
            assert!(hosts.iter().any(|listed| listed == host), "{host}");
        }
    }

    #[test]
    fn knows_which_model_takes_a_temperature() {
        for (model, temperature, effort) in [
            ("gpt-4.1", Temperature::Yes, None),
            ("gpt-4o-mini", Temperature::Yes, None),
            ("o3-mini", Temperature::No, Some("low")),
            ("gpt-5", Temperature::No, Some("minimal")),
            ("gpt-5.4-mini", Temperature::WithoutEffort, Some("none")),
            ("gpt-6-luna", Temperature::WithoutEffort, Some("none")),
            ("gpt-6.1-terra", Temperature::WithoutEffort, Some("none")),
            ("gpt-6.1-sol", Temperature::No, Some("low")),
            ("gpt-6-astra", Temperature::No, Some("low")),
            ("something-new", Temperature::No, None),
        ] {
            let found = rules("openai", model);
            assert_eq!((found.temperature, found.effort), (temperature, effort), "{model}");
        }
        assert_eq!(rules("gemini", "gemini-3.5-flash-lite").effort, None);
        assert_eq!(rules("gemini", "gemini-3.8-flash").effort, Some("low"));
    }
}
