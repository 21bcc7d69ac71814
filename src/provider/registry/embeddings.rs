//! Which parameters a family of models that embed takes, read from `registry.json`.
//! It builds no request: the adapter asks it what may be in one.

use serde::Deserialize;

use crate::provider::route::{Field, Provider, Route};

/// Rules for all models whose id starts alike; the first that fits holds, and the last of an API fits every model.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Family {
    api: String,
    prefix: String,
    task: TaskForm,
    /// Whether the length of a vector can be asked for.
    #[serde(default = "yes")]
    dimensions: bool,
    /// Whether Vertex AI takes one text a request, by `embedContent`; other models take many, by `predict`.
    #[serde(default)]
    one_text: bool,
}

fn yes() -> bool {
    true
}

/// How a model is told whether a text is a question or is to be found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TaskForm {
    /// In a field of its own.
    Field,
    /// In words in front of the text.
    Words,
    /// Not at all.
    None,
}

/// The parameter rules that hold for one model that embeds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EmbeddingRules {
    /// How the task is said.
    pub task: TaskForm,
    /// Whether the length of a vector can be asked for.
    pub dimensions: bool,
    /// Whether it is said that vectors are lists of numbers (`encoding_format`).
    pub encoding: bool,
    /// Whether Vertex AI takes one text a request, by `embedContent`.
    pub one_text: bool,
}

/// The rules for a route's model, less what the route is known to reject.
pub(super) fn of(families: &[Family], route: &Route) -> EmbeddingRules {
    let api = match route.provider() {
        Provider::Vertex | Provider::Gemini => "gemini",
        _ => "openai",
    };
    // A deployment may be called anything; what its name begins with says nothing.
    let id = route.known_model().unwrap_or_default();
    let family = families.iter().find(|family| family.api == api && id.starts_with(&family.prefix));
    let task = family.map_or(TaskForm::None, |family| family.task);
    EmbeddingRules {
        task: if task == TaskForm::Field && route.omits(Field::Task) { TaskForm::None } else { task },
        dimensions: family.is_none_or(|family| family.dimensions) && !route.omits(Field::Dimensions),
        encoding: api == "openai" && !route.omits(Field::Encoding),
        one_text: family.is_some_and(|family| family.one_text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::provider::RouteFields;
    use crate::provider::registry::registry;

    fn route(provider: &str, model: &str) -> Route {
        let text = |value: &str| Some(value.to_owned());
        let mut fields =
            RouteFields { provider: provider.to_owned(), model: model.to_owned(), ..RouteFields::default() };
        match provider {
            "vertex" => (fields.region, fields.project) = (text("europe-west1"), text("p")),
            "azure-openai" => fields.endpoint = text("https://res.openai.azure.com"),
            "openai-compatible" => fields.endpoint = text("https://llm.example.com/v1"),
            _ => {}
        }
        Route::parse(&fields).unwrap()
    }

    #[test]
    fn knows_what_each_family_takes() {
        for (provider, model, task, dimensions, one_text) in [
            ("vertex", "gemini-embedding-001", TaskForm::Field, true, false),
            ("vertex", "text-embedding-005", TaskForm::Field, true, false),
            ("vertex", "textembedding-gecko@003", TaskForm::Field, false, false),
            ("vertex", "gemini-embedding-2", TaskForm::Words, true, true),
            ("gemini", "gemini-embedding-2", TaskForm::Words, true, true),
            ("gemini", "embedding-001", TaskForm::Field, false, false),
            ("openai", "text-embedding-3-large", TaskForm::None, true, false),
            ("openai", "text-embedding-ada-002", TaskForm::None, false, false),
            // The name of a deployment, and of a model on a server of one's own, says nothing of OpenAI's models.
            ("azure-openai", "text-embedding-ada-002", TaskForm::None, true, false),
            ("openai-compatible", "bge-m3", TaskForm::None, true, false),
        ] {
            let rules = registry().embedding_rules(&route(provider, model));
            assert_eq!(
                (rules.task, rules.dimensions, rules.one_text),
                (task, dimensions, one_text),
                "{provider} {model}"
            );
            assert_eq!(rules.encoding, !["vertex", "gemini"].contains(&provider), "{provider} {model}");
        }
    }

    #[test]
    fn leaves_out_what_the_route_is_known_to_reject() {
        let all = [Field::Dimensions, Field::Task, Field::Encoding];
        let rules = |provider: &str, model: &str| registry().embedding_rules(&route(provider, model).without(&all));
        let none = EmbeddingRules { task: TaskForm::None, dimensions: false, encoding: false, one_text: false };
        assert_eq!(rules("vertex", "gemini-embedding-001"), none);
        assert_eq!(rules("openai", "text-embedding-3-small"), none);
        // Words in front of a text are no field: no provider can refuse them.
        assert_eq!(rules("gemini", "gemini-embedding-2").task, TaskForm::Words);
    }

    #[test]
    fn no_family_stands_behind_one_that_hides_it() {
        let families = &registry().embeddings;
        for (place, family) in families.iter().enumerate() {
            let hidden =
                families.iter().take(place).any(|f| f.api == family.api && family.prefix.starts_with(&f.prefix));
            assert!(!hidden, "{}", family.prefix);
        }
        for api in ["gemini", "openai"] {
            assert_eq!(families.iter().rfind(|family| family.api == api).map(|f| f.prefix.as_str()), Some(""), "{api}");
        }
    }
}
