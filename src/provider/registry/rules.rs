//! Which parameters a family of models takes, read from `registry.json`.
//! It builds no request: the adapters ask it what may be in one.

use serde::Deserialize;

use crate::provider::route::{Api, Field, Provider, Route};

/// Rules for all models whose id starts alike; the first that fits holds.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Family {
    api: String,
    prefix: String,
    temperature: Temperature,
    #[serde(default)]
    reasoning: bool,
    /// Every effort the models take, weakest first.
    #[serde(default)]
    efforts: Vec<String>,
    /// The one that is asked for.
    #[serde(default)]
    effort: Option<String>,
    #[serde(default)]
    thinking: Option<String>,
    #[serde(default)]
    token_limit: TokenLimit,
    #[serde(default = "yes")]
    native_schema: bool,
}

fn yes() -> bool {
    true
}

/// What the providers' decoders take of a JSON schema.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Schemas {
    pub(super) openai_refuses: Vec<String>,
    pub(super) anthropic_formats: Vec<String>,
    pub(super) anthropic_optional: usize,
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

/// What the limit of the answer is called in chat completions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TokenLimit {
    /// The name that counts thinking too.
    #[default]
    MaxCompletionTokens,
    /// The name of the first models, and of most compatible servers.
    MaxTokens,
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
    /// The kind of thinking asked for (Anthropic); nothing is said where this is empty.
    pub thinking: Option<&'static str>,
    /// What the limit of the answer is called.
    pub token_limit: TokenLimit,
    /// Whether it takes a JSON schema; without it the schema is said in the prompt.
    pub native_schema: bool,
    /// Whether it is told that nothing may be stored.
    pub store: bool,
}

/// The rules for a route's model, less what the route is known to reject.
pub(super) fn of(families: &'static [Family], route: &Route) -> Rules {
    let api = match route.provider() {
        _ if route.is_claude() => "anthropic",
        Provider::Vertex | Provider::Gemini => "gemini",
        Provider::OpenAi | Provider::AzureOpenAi => "openai",
        Provider::Anthropic | Provider::OpenAiCompatible | Provider::ForgeLlm => "",
    };
    let id = route.known_model();
    let family =
        families.iter().find(|family| family.api == api && id.is_some_and(|id| id.starts_with(&family.prefix)));
    let found = family.map_or_else(|| unknown(route), Rules::of);
    without(found, route)
}

/// For a model nobody knows: nothing optional. A deployment on Azure may hold an older model, which knows no `developer`.
fn unknown(route: &Route) -> Rules {
    let compatible = route.provider() == Provider::OpenAiCompatible;
    Rules {
        temperature: if compatible { Temperature::Yes } else { Temperature::No },
        reasoning: route.provider() == Provider::OpenAi,
        effort: None,
        thinking: None,
        token_limit: if compatible { TokenLimit::MaxTokens } else { TokenLimit::MaxCompletionTokens },
        native_schema: match route.provider() {
            Provider::OpenAiCompatible => route.native_schema(),
            Provider::ForgeLlm => false,
            _ => true,
        },
        store: true,
    }
}

impl Rules {
    fn of(family: &'static Family) -> Self {
        Self {
            temperature: family.temperature,
            reasoning: family.reasoning,
            effort: family.effort.as_deref().filter(|effort| family.efforts.iter().any(|known| known == effort)),
            thinking: family.thinking.as_deref(),
            token_limit: family.token_limit,
            native_schema: family.native_schema,
            store: true,
        }
    }
}

fn without(rules: Rules, route: &Route) -> Rules {
    let other = match rules.token_limit {
        TokenLimit::MaxCompletionTokens => TokenLimit::MaxTokens,
        TokenLimit::MaxTokens => TokenLimit::MaxCompletionTokens,
    };
    let omits = |field: Field| route.omits(field);
    Rules {
        temperature: if omits(Field::Temperature) { Temperature::No } else { rules.temperature },
        reasoning: rules.reasoning && !omits(Field::Developer),
        effort: rules.effort.filter(|_| !omits(Field::Effort)),
        thinking: rules.thinking.filter(|_| !omits(Field::Thinking)),
        token_limit: if omits(Field::TokenLimit) { other } else { rules.token_limit },
        native_schema: rules.native_schema && !omits(Field::Schema),
        // Azure keeps chats only when told to, and its dated versions do not know the field.
        store: rules.store
            && !omits(Field::Store)
            && (route.provider(), route.api()) != (Provider::AzureOpenAi, Api::Chat),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::provider::RouteFields;
    use crate::provider::registry::registry;

    fn route(provider: &str, model: &str) -> Route {
        let fields = RouteFields { provider: provider.to_owned(), model: model.to_owned(), ..RouteFields::default() };
        Route::parse(&fields).unwrap()
    }

    fn rules(provider: &str, model: &str) -> Rules {
        registry().rules(&route(provider, model))
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

    #[test]
    fn switches_claudes_thinking_off_only_where_that_is_taken() {
        for (model, thinking, effort, native) in [
            ("claude-haiku-5-5", Some("disabled"), Some("low"), true),
            ("claude-sonnet-5-5", None, Some("low"), true),
            ("claude-opus-5-5", None, Some("low"), true),
            ("claude-fable-5-1", None, Some("low"), true),
            ("claude-opus-5", Some("disabled"), Some("low"), true),
            ("claude-sonnet-4-6", None, None, true),
            ("claude-haiku-4-5-20251001", None, None, true),
            ("claude-sonnet-4-20250514", None, None, false),
            ("claude-3-haiku-20240307", None, None, false),
            ("claude-next", None, None, true),
        ] {
            let found = rules("anthropic", model);
            assert_eq!((found.thinking, found.effort, found.native_schema), (thinking, effort, native), "{model}");
            assert_eq!(found.temperature, Temperature::No, "{model}: the API version takes none");
        }
    }

    #[test]
    fn asks_a_deployment_of_an_unknown_model_for_nothing_special() {
        let mut fields = RouteFields {
            provider: "azure-openai".to_owned(),
            model: "gpt-6-luna".to_owned(),
            endpoint: Some("https://res.openai.azure.com".to_owned()),
            ..RouteFields::default()
        };
        let found = registry().rules(&Route::parse(&fields).unwrap());
        assert_eq!((found.temperature, found.effort, found.reasoning), (Temperature::No, None, false));
        fields.base_model = Some("gpt-6-luna".to_owned());
        let found = registry().rules(&Route::parse(&fields).unwrap());
        assert_eq!((found.effort, found.reasoning), (Some("none"), true));
    }

    #[test]
    fn leaves_out_what_the_route_is_known_to_reject() {
        let route = route("openai", "gpt-6-luna");
        let all = [Field::Temperature, Field::Effort, Field::TokenLimit, Field::Schema, Field::Store, Field::Developer];
        let left = route.without(&all);
        let expected = Rules {
            temperature: Temperature::No,
            reasoning: false,
            effort: None,
            thinking: None,
            token_limit: TokenLimit::MaxTokens,
            native_schema: false,
            store: false,
        };
        assert_eq!(registry().rules(&left), expected);
    }

    #[test]
    fn asks_for_no_effort_that_a_family_does_not_have() {
        for family in &registry().families {
            let known = family.effort.as_ref().is_none_or(|effort| family.efforts.contains(effort));
            assert!(known, "{}", family.prefix);
            assert!(["openai", "gemini", "anthropic"].contains(&family.api.as_str()));
        }
    }

    #[test]
    fn no_family_stands_behind_one_that_hides_it() {
        let families = &registry().families;
        for (place, family) in families.iter().enumerate() {
            let hidden =
                families.iter().take(place).any(|f| f.api == family.api && family.prefix.starts_with(&f.prefix));
            assert!(!hidden, "{}", family.prefix);
        }
    }
}
