//! JSON schemas in the dialect each provider takes.
//! It validates nothing: whatever a provider ignores of a schema, our own parser of the answer checks.

mod claude;

use std::borrow::Cow;

use serde_json::{Map, Value, json};

pub(super) use claude::for_claude;

use super::registry::{Rules, registry};
use super::{BuildProblem, Schema};

/// How a schema reaches a model.
pub(super) enum Asked {
    /// In the provider's own form.
    Native(Value),
    /// As an instruction, for models without such a form, and for schemas that have none in it.
    InWords(String),
}

impl Asked {
    /// Decides for one schema and one model.
    ///
    /// # Errors
    /// When it is no schema at all.
    pub(super) fn of(
        wanted: Option<&Schema>,
        rules: Rules,
        native: fn(&Value) -> Result<Value, BuildProblem>,
    ) -> Result<Option<Self>, BuildProblem> {
        let Some(wanted) = wanted else { return Ok(None) };
        if !wanted.schema.is_object() {
            return Err(BuildProblem::Schema);
        }
        if rules.native_schema
            && let Ok(schema) = native(&wanted.schema)
        {
            return Ok(Some(Self::Native(schema)));
        }
        let text = serde_json::to_string(&wanted.schema).map_err(|_| BuildProblem::Schema)?;
        let words = format!("Answer with one JSON object and nothing else. It must match this JSON Schema:\n{text}");
        Ok(Some(Self::InWords(words)))
    }

    /// The schema and the standing instructions, each where it belongs.
    pub(super) fn beside(asked: Option<Self>, system: Option<&str>) -> (Option<Value>, Option<Cow<'_, str>>) {
        match (asked, system) {
            (Some(Self::Native(schema)), system) => (Some(schema), system.map(Cow::Borrowed)),
            (Some(Self::InWords(words)), Some(system)) => (None, Some(Cow::Owned(format!("{system}\n\n{words}")))),
            (Some(Self::InWords(words)), None) => (None, Some(Cow::Owned(words))),
            (None, system) => (None, system.map(Cow::Borrowed)),
        }
    }
}

/// A schema as OpenAI's strict mode wants it: closed objects, every property required (optional ones may be null),
/// without the keywords it refuses.
pub(super) fn strict(schema: &Value) -> Result<Value, BuildProblem> {
    let root = rewrite(schema, Dialect::OpenAi, 0)?;
    if root.get("type").and_then(Value::as_str) == Some("object") { Ok(root) } else { Err(BuildProblem::Schema) }
}

/// A schema as Gemini takes it in `responseJsonSchema`: `const` is written as a one-value `enum`.
pub(super) fn for_gemini(schema: &Value) -> Result<Value, BuildProblem> {
    rewrite(schema, Dialect::Gemini, 0)
}

/// Checks the name that OpenAI wants: letters, digits, `-` and `_`, at most 64.
pub(super) fn name(schema: &Schema) -> Result<&str, BuildProblem> {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    let fits = (1..=64).contains(&schema.name.len()) && schema.name.bytes().all(plain);
    if fits { Ok(&schema.name) } else { Err(BuildProblem::Schema) }
}

#[derive(Clone, Copy, PartialEq)]
enum Dialect {
    OpenAi,
    Gemini,
}

fn rewrite(schema: &Value, dialect: Dialect, depth: usize) -> Result<Value, BuildProblem> {
    let Value::Object(fields) = schema else { return Err(BuildProblem::Schema) };
    if depth > MAX_DEPTH {
        return Err(BuildProblem::Schema);
    }
    let mut out = Map::new();
    for (key, value) in fields {
        match key.as_str() {
            "properties" | "$defs" | "definitions" => {
                out.insert(key.clone(), each_value(value, dialect, depth)?);
            }
            "items" | "additionalProperties" if value.is_object() => {
                out.insert(key.clone(), rewrite(value, dialect, depth + 1)?);
            }
            "anyOf" | "prefixItems" => {
                out.insert(key.clone(), each_item(value, dialect, depth)?);
            }
            "oneOf" => {
                out.insert("anyOf".to_owned(), each_item(value, dialect, depth)?);
            }
            "const" => {
                out.insert("enum".to_owned(), json!([value]));
            }
            "pattern" if value.as_str().is_some_and(|pattern| pattern.contains("(?")) => {}
            "$schema" | "$id" => {}
            other if dialect == Dialect::OpenAi && registry().is_refused_by_strict(other) => {}
            _ => {
                out.insert(key.clone(), value.clone());
            }
        }
    }
    if dialect == Dialect::OpenAi && out.contains_key("allOf") {
        return Err(BuildProblem::Schema);
    }
    if dialect == Dialect::OpenAi && is_object(&out) {
        close(&mut out)?;
    }
    Ok(Value::Object(out))
}

fn is_object(schema: &Map<String, Value>) -> bool {
    match schema.get("type") {
        Some(Value::String(name)) => name == "object",
        Some(Value::Array(names)) => names.iter().any(|name| name == "object"),
        _ => schema.contains_key("properties"),
    }
}

fn each_value(value: &Value, dialect: Dialect, depth: usize) -> Result<Value, BuildProblem> {
    let fields = value.as_object().ok_or(BuildProblem::Schema)?;
    let rewritten = fields.iter().map(|(key, inner)| Ok((key.clone(), rewrite(inner, dialect, depth + 1)?)));
    Ok(Value::Object(rewritten.collect::<Result<_, BuildProblem>>()?))
}

fn each_item(value: &Value, dialect: Dialect, depth: usize) -> Result<Value, BuildProblem> {
    let items = value.as_array().ok_or(BuildProblem::Schema)?;
    Ok(Value::Array(items.iter().map(|item| rewrite(item, dialect, depth + 1)).collect::<Result<_, _>>()?))
}

/// Makes an object closed and all of its properties required; what was optional may be null instead.
fn close(schema: &mut Map<String, Value>) -> Result<(), BuildProblem> {
    let required: Vec<String> = schema
        .get("required")
        .and_then(Value::as_array)
        .map(|names| names.iter().filter_map(Value::as_str).map(str::to_owned).collect())
        .unwrap_or_default();
    if let Some(Value::Object(properties)) = schema.get_mut("properties") {
        for (_, property) in properties.iter_mut().filter(|(name, _)| !required.contains(*name)) {
            nullable(property);
        }
        let names: Vec<Value> = properties.keys().cloned().map(Value::String).collect();
        // The order of the caller is kept where it already names every property.
        if required.len() != names.len() {
            schema.insert("required".to_owned(), Value::Array(names));
        }
    } else {
        schema.insert("properties".to_owned(), json!({}));
        schema.insert("required".to_owned(), json!([]));
    }
    match schema.get("additionalProperties") {
        None | Some(Value::Bool(_)) => schema.insert("additionalProperties".to_owned(), Value::Bool(false)),
        // A map with free keys has no strict form.
        Some(_) => return Err(BuildProblem::Schema),
    };
    Ok(())
}

fn nullable(property: &mut Value) {
    let simple = property.get("type").and_then(Value::as_str).filter(|kind| *kind != "null").map(str::to_owned);
    let choice = property.get("enum").is_some();
    match (property.as_object_mut(), simple) {
        (Some(fields), Some(kind)) if !choice => {
            fields.insert("type".to_owned(), json!([kind, "null"]));
        }
        _ => *property = json!({ "anyOf": [property.take(), { "type": "null" }] }),
    }
}

const MAX_DEPTH: usize = 24;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_a_schema_that_is_already_strict() {
        let schema = json!({"type":"object","properties":{"ok":{"type":"boolean"}},"required":["ok"],"additionalProperties":false});
        assert_eq!(strict(&schema), Ok(schema));
    }

    #[test]
    fn closes_objects_and_requires_every_property() {
        let schema = json!({"type":"object","properties":{
            "a":{"type":"string","maxLength":3},
            "b":{"type":"array","items":{"type":"object","properties":{"c":{"const":1}},"required":["c"]}}},"required":["b"]});
        let expected = json!({"type":"object","properties":{
            "a":{"type":["string","null"]},
            "b":{"type":"array","items":{"type":"object","properties":{"c":{"enum":[1]}},"required":["c"],"additionalProperties":false}}},
            "required":["a","b"],"additionalProperties":false});
        assert_eq!(strict(&schema), Ok(expected));
    }

    #[test]
    fn makes_an_optional_choice_nullable() {
        let schema = json!({"type":"object","properties":{"e":{"type":"string","enum":["x"]}}});
        let made = strict(&schema).unwrap();
        assert_eq!(made["properties"]["e"], json!({"anyOf":[{"type":"string","enum":["x"]},{"type":"null"}]}));
    }

    #[test]
    fn keeps_a_property_that_is_called_like_a_keyword() {
        let schema = json!({"type":"object","properties":{"default":{"type":"string"},"not":{"type":"string"}},"required":["default","not"]});
        let made = strict(&schema).unwrap();
        assert!(made["properties"]["default"].is_object() && made["properties"]["not"].is_object());
    }

    #[test]
    fn refuses_what_has_no_strict_form() {
        for schema in [
            json!(true),
            json!({"type":"array"}),
            json!({"type":"object","properties":{"m":{"type":"object","additionalProperties":{"type":"string"}}}}),
            json!({"type":"object","properties":[1]}),
            json!({"type":"object","allOf":[{}]}),
        ] {
            assert_eq!(strict(&schema), Err(BuildProblem::Schema));
        }
        let mut deep = json!({"type":"string"});
        for _ in 0..40 {
            deep = json!({"type":"array","items":deep});
        }
        assert_eq!(for_gemini(&deep), Err(BuildProblem::Schema));
    }

    #[test]
    fn writes_a_constant_as_a_choice_of_one_for_gemini() {
        assert_eq!(for_gemini(&json!({"type":"string","const":"x"})), Ok(json!({"type":"string","enum":["x"]})));
    }
}
