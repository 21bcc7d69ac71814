//! What is known about providers and models: ids, regions, hosts, prices, lifetimes, facts with their source.
//! It holds data, not decisions; the data is `registry.json`, so a change of the market is not a change of code.

mod embeddings;
mod rules;

use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

pub use embeddings::{EmbeddingRules, TaskForm};
pub use rules::{Rules, Temperature, TokenLimit};

use super::route::{Provider, Route, RouteFields};
use crate::protocol::Millis;

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
    /// Where the prices are from.
    pub prices: Fact,
    lifetimes: Vec<Lifetime>,
    schemas: rules::Schemas,
    embeddings: Vec<embeddings::Family>,
    families: Vec<rules::Family>,
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
    /// Tokens of one text, at most; none where only whoever runs the endpoint knows.
    #[serde(default)]
    pub tokens: Option<u32>,
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
    /// What it costs; none where nobody says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price: Option<Price>,
}

/// A list price in USD for a million tokens; a contract or a region may say another.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Price {
    /// Of what is read.
    pub input: f64,
    /// Of what is written, thinking included.
    pub output: f64,
}

/// When a model that is not offered any more, or that only embeds, is switched off.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Lifetime {
    provider: Provider,
    model: String,
    ends: String,
}

/// How long a route's model will still answer, as far as anyone said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Retirement {
    /// Nothing is near.
    None,
    /// It may be switched off on this day (`YYYY-MM-DD`), within [`SOON_DAYS`].
    Soon {
        /// The day.
        on: String,
    },
    /// Its day has passed.
    Gone,
}

/// How many days ahead a retirement is told: enough to choose a model, test it, and embed an index anew.
pub const SOON_DAYS: u32 = 120;

/// The registry that this build carries.
#[must_use]
pub fn registry() -> &'static Registry {
    static REGISTRY: OnceLock<Registry> = OnceLock::new();
    REGISTRY.get_or_init(|| {
        #[expect(clippy::expect_used, reason = "the file is part of the build and a test parses it")]
        serde_json::from_str(include_str!("registry.json")).expect("registry.json is well formed")
    })
}

/// The most tokens of a request and of its answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Tokens that are read.
    pub input: u32,
    /// Tokens that are written.
    pub output: u32,
}

impl Registry {
    /// The provider's entry, when it can be chosen.
    #[must_use]
    pub fn entry(&self, provider: Provider) -> Option<&Entry> {
        self.providers.iter().find(|entry| entry.id == provider)
    }

    /// The model of a route, when it is known: behind an Azure deployment, its base model.
    #[must_use]
    pub fn model(&self, route: &Route) -> Option<&Model> {
        let id = route.known_model()?;
        self.entry(route.provider())?.models.iter().find(|model| model.id == id)
    }

    /// How much a route's model reads and writes, as far as it is known: as the model says, wherever it runs, or else as an
    /// administrator said of a server of their own, a quarter of whose window is kept for the answer.
    #[must_use]
    pub fn limits(&self, route: &Route) -> Option<Limits> {
        let of = |model: &Model| Limits { input: model.input_tokens, output: model.output_tokens };
        let elsewhere = || self.entry(Provider::Anthropic)?.models.iter().find(|model| model.id == route.model());
        let known = self.model(route).or_else(|| elsewhere().filter(|_| route.is_claude()));
        let said = |context: u32| Limits { input: context - context / 4, output: context / 4 };
        known.map(of).or_else(|| route.context_tokens().map(said))
    }

    /// The model to choose in place of a route's that ends: the first one offered by its provider, in its region, that does not.
    #[must_use]
    pub fn instead(&self, route: &Route, now: Millis) -> Option<&Model> {
        let lives = |model: &&Model| {
            let is_there =
                model.regions.is_empty() || route.region().is_none_or(|at| model.regions.iter().any(|r| r == at));
            is_there && model.id != route.model() && lifetime(model.retires.as_deref(), now) == Retirement::None
        };
        self.entry(route.provider())?.models.iter().find(lives)
    }

    /// The same of a route's model that embeds.
    #[must_use]
    pub fn embedding_instead(&self, route: &Route, now: Millis) -> Option<&str> {
        let model = self.entry(route.provider())?.embedding.as_ref()?.model.as_deref()?;
        let lives = route.with_model(model).is_ok_and(|route| retirement(&route, now) == Retirement::None);
        (lives && model != route.model()).then_some(model)
    }

    /// The day on which a route's model may be switched off. A deployment of which nobody said what it holds is taken at its name.
    fn ends(&self, route: &Route) -> Option<&str> {
        let id = route.known_model().unwrap_or(route.model());
        let listed = self.model(route).and_then(|model| model.retires.as_deref());
        let of = |end: &&Lifetime| end.provider == route.provider() && end.model == id;
        listed.or_else(|| self.lifetimes.iter().find(of).map(|end| end.ends.as_str()))
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
        rules::of(&self.families, route)
    }

    /// The rules for a route's model where it embeds.
    #[must_use]
    pub fn embedding_rules(&self, route: &Route) -> EmbeddingRules {
        embeddings::of(&self.embeddings, route)
    }

    /// The schema keywords that OpenAI's strict mode refuses.
    pub(super) fn is_refused_by_strict(&self, keyword: &str) -> bool {
        self.schemas.openai_refuses.iter().any(|refused| refused == keyword)
    }

    /// The string formats that Anthropic knows.
    pub(super) fn is_claude_format(&self, format: &str) -> bool {
        self.schemas.anthropic_formats.iter().any(|known| known == format)
    }

    /// The properties that may be optional in a schema before Anthropic's decoder gives up.
    pub(super) fn claude_optional(&self) -> usize {
        self.schemas.anthropic_optional
    }
}

/// How long the model of a route will still answer, seen from `now`.
///
/// ```
/// use quillgate::protocol::Millis;
/// use quillgate::provider::{Route, RouteFields, registry::{Retirement, retirement}};
/// let fields = RouteFields { provider: "anthropic".into(), model: "claude-sonnet-4-5".into(), ..RouteFields::default() };
/// let route = Route::parse(&fields).unwrap();
/// let at = |day: &str| retirement(&route, Millis::parse(&format!("{day}T00:00:00Z")).unwrap());
/// assert_eq!(at("2026-01-01"), Retirement::None);
/// assert_eq!(at("2026-11-22"), Retirement::Soon { on: "2026-11-30".into() });
/// assert_eq!(at("2026-12-01"), Retirement::Gone);
/// ```
#[must_use]
pub fn retirement(route: &Route, now: Millis) -> Retirement {
    lifetime(registry().ends(route), now)
}

/// How long a model will still answer that may be switched off on this day.
#[must_use]
pub fn lifetime(on: Option<&str>, now: Millis) -> Retirement {
    let Some(on) = on else { return Retirement::None };
    let Some(day) = Millis::parse(&format!("{on}T00:00:00Z")).map(Millis::as_days) else { return Retirement::None };
    let today = now.as_days();
    if day < today {
        Retirement::Gone
    } else if day <= today.saturating_add(SOON_DAYS) {
        Retirement::Soon { on: on.to_owned() }
    } else {
        Retirement::None
    }
}

/// Every host the adapters reach without the customer's own egress, sorted.
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
mod tests;
