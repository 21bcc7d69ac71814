//! A JSON schema as Anthropic's decoder takes it: what it refuses is said in the description instead, as Anthropic's own
//! library does it, so that the model still reads it.
//! It gives up where closing an object would lose data or the decoder would; then the schema goes into the prompt.

use serde_json::{Map, Value, json};

use super::MAX_DEPTH;
use crate::provider::BuildProblem;
use crate::provider::registry::registry;

/// The schema for `output_config.format`.
pub(in crate::provider) fn for_claude(schema: &Value) -> Result<Value, BuildProblem> {
    let mut walk = Walk { optional: 0 };
    let root = walk.node(schema, Place { depth: 0, inside_defs: false })?;
    let fits = walk.optional <= registry().claude_optional() && schema.get("type") == Some(&json!("object"));
    if fits { Ok(root) } else { Err(BuildProblem::Schema) }
}

struct Walk {
    optional: usize,
}

#[derive(Clone, Copy)]
struct Place {
    depth: usize,
    inside_defs: bool,
}

impl Place {
    fn below(self) -> Self {
        Self { depth: self.depth + 1, ..self }
    }
}

impl Walk {
    fn node(&mut self, schema: &Value, place: Place) -> Result<Value, BuildProblem> {
        let Value::Object(fields) = schema else { return Err(BuildProblem::Schema) };
        if place.depth > MAX_DEPTH {
            return Err(BuildProblem::Schema);
        }
        let mut out = Map::new();
        if let Some(defs) = fields.get("$defs") {
            let defs = self.each(defs, Place { inside_defs: true, ..place })?;
            out.insert("$defs".to_owned(), defs);
        }
        if let Some(reference) = fields.get("$ref") {
            // A definition that refers to another may refer to itself, which the decoder refuses.
            let plain = reference.as_str().is_some_and(|to| to.starts_with("#/$defs/")) && !place.inside_defs;
            out.insert("$ref".to_owned(), reference.clone());
            return if plain { Ok(Value::Object(out)) } else { Err(BuildProblem::Schema) };
        }
        let mut taken = vec!["$defs", "type", "anyOf", "oneOf", "allOf", "$schema", "description", "title"];
        let kind = literals(fields, &mut out, &mut taken);
        self.choices(fields, &mut out, kind, place)?;
        for name in ["description", "title"] {
            if let Some(text) = fields.get(name) {
                out.insert(name.to_owned(), text.clone());
            }
        }
        match kind.and_then(Value::as_str) {
            Some("object") => self.object(fields, &mut out, &mut taken, place)?,
            Some("array") => self.array(fields, &mut out, &mut taken, place)?,
            Some("string") => string(fields, &mut out, &mut taken),
            _ => {}
        }
        describe_the_rest(fields, &mut out, &taken, kind.and_then(Value::as_str));
        Ok(Value::Object(out))
    }

    /// The first of the combinations, or the plain type.
    fn choices(
        &mut self,
        fields: &Map<String, Value>,
        out: &mut Map<String, Value>,
        kind: Option<&Value>,
        place: Place,
    ) -> Result<(), BuildProblem> {
        for (theirs, ours) in [("anyOf", "anyOf"), ("oneOf", "anyOf"), ("allOf", "allOf")] {
            if let Some(items) = fields.get(theirs).and_then(Value::as_array) {
                let nodes = items.iter().map(|item| self.node(item, place.below())).collect::<Result<_, _>>()?;
                out.insert(ours.to_owned(), Value::Array(nodes));
                return Ok(());
            }
        }
        match kind {
            Some(kind) => {
                out.insert("type".to_owned(), kind.clone());
                Ok(())
            }
            None if out.contains_key("enum") || out.contains_key("const") => Ok(()),
            None => Err(BuildProblem::Schema),
        }
    }

    fn object(
        &mut self,
        fields: &Map<String, Value>,
        out: &mut Map<String, Value>,
        taken: &mut Vec<&'static str>,
        place: Place,
    ) -> Result<(), BuildProblem> {
        let is_open = match fields.get("additionalProperties") {
            None => !fields.contains_key("properties"),
            Some(value) => *value != Value::Bool(false),
        };
        // Closing a map would let the model answer `{}` only.
        if is_open || fields.contains_key("patternProperties") {
            return Err(BuildProblem::Schema);
        }
        taken.extend(["properties", "additionalProperties", "required"]);
        let empty = json!({});
        let properties = fields.get("properties").unwrap_or(&empty);
        let required = fields.get("required").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        let is_required = |name: &String| required.iter().any(|wanted| wanted.as_str() == Some(name));
        self.optional += properties.as_object().map_or(0, |all| all.keys().filter(|name| !is_required(name)).count());
        out.insert("properties".to_owned(), self.each(properties, place)?);
        out.insert("additionalProperties".to_owned(), Value::Bool(false));
        if let Some(required) = fields.get("required") {
            out.insert("required".to_owned(), required.clone());
        }
        Ok(())
    }

    fn array(
        &mut self,
        fields: &Map<String, Value>,
        out: &mut Map<String, Value>,
        taken: &mut Vec<&'static str>,
        place: Place,
    ) -> Result<(), BuildProblem> {
        if let Some(items) = fields.get("items") {
            taken.push("items");
            out.insert("items".to_owned(), self.node(items, place.below())?);
        }
        if let Some(least) = fields.get("minItems").filter(|least| matches!(least.as_u64(), Some(0 | 1))) {
            taken.push("minItems");
            out.insert("minItems".to_owned(), least.clone());
        }
        Ok(())
    }

    fn each(&mut self, value: &Value, place: Place) -> Result<Value, BuildProblem> {
        let fields = value.as_object().ok_or(BuildProblem::Schema)?;
        let nodes = fields.iter().map(|(name, inner)| Ok((name.clone(), self.node(inner, place.below())?)));
        Ok(Value::Object(nodes.collect::<Result<_, BuildProblem>>()?))
    }
}

/// Takes over the values that are allowed one by one; the type only counts where there are none.
fn literals<'a>(
    fields: &'a Map<String, Value>,
    out: &mut Map<String, Value>,
    taken: &mut Vec<&'static str>,
) -> Option<&'a Value> {
    let is_plain = |value: &Value| !value.is_object() && !value.is_array();
    let choices =
        fields.get("enum").and_then(Value::as_array).filter(|all| !all.is_empty() && all.iter().all(is_plain));
    if let Some(choices) = choices {
        taken.push("enum");
        out.insert("enum".to_owned(), Value::Array(choices.clone()));
    }
    if let Some(only) = fields.get("const").filter(|value| is_plain(value)) {
        taken.push("const");
        out.insert("const".to_owned(), only.clone());
    }
    fields.get("type").filter(|_| out.keys().all(|key| key == "$defs"))
}

fn string(fields: &Map<String, Value>, out: &mut Map<String, Value>, taken: &mut Vec<&'static str>) {
    let known = |format: &&Value| format.as_str().is_some_and(|name| registry().is_claude_format(name));
    if let Some(format) = fields.get("format").filter(known) {
        taken.push("format");
        out.insert("format".to_owned(), format.clone());
    }
}

/// Constraints that the decoder does not know are read by the model; in the order that Anthropic's library writes them, which
/// has looked at one of them before the others.
fn describe_the_rest(fields: &Map<String, Value>, out: &mut Map<String, Value>, taken: &[&str], kind: Option<&str>) {
    let seen = match kind {
        Some("string") => "format",
        Some("array") => "minItems",
        _ => "",
    };
    let left = || fields.iter().filter(|(name, _)| !taken.contains(&name.as_str()));
    let (first, last) = (left().filter(|(name, _)| *name != seen), left().filter(|(name, _)| *name == seen));
    let rest: Vec<String> = first.chain(last).map(|(name, value)| format!("{name}: {value}")).collect();
    if rest.is_empty() {
        return;
    }
    let rest = format!("{{{}}}", rest.join(", "));
    let described = match out.get("description").and_then(Value::as_str).filter(|text| !text.is_empty()) {
        Some(text) => format!("{text}\n\n{rest}"),
        None => rest,
    };
    out.insert("description".to_owned(), Value::String(described));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_in_words_what_the_decoder_refuses() {
        let schema = json!({"$schema":"x","type":"object","required":["n","s"],"additionalProperties":false,"properties":{
            "n":{"type":"integer","minimum":1,"maximum":5,"description":"A number."},
            "s":{"type":"array","minItems":2,"items":{"type":"string","format":"regex","maxLength":9}},
            "d":{"type":"string","format":"date"},
            "c":{"oneOf":[{"const":1},{"type":"null"}]}}});
        let expected = json!({"type":"object","properties":{
            "n":{"type":"integer","description":"A number.\n\n{minimum: 1, maximum: 5}"},
            "s":{"type":"array","items":{"type":"string","description":"{maxLength: 9, format: \"regex\"}"},"description":"{minItems: 2}"},
            "d":{"type":"string","format":"date"},
            "c":{"anyOf":[{"const":1},{"type":"null"}]}},
            "additionalProperties":false,"required":["n","s"]});
        assert_eq!(for_claude(&schema), Ok(expected));
    }

    #[test]
    fn keeps_definitions_that_stand_alone() {
        let schema = json!({"type":"object","properties":{"a":{"$ref":"#/$defs/a"}},"required":["a"],
            "$defs":{"a":{"type":"string"}}});
        let made = for_claude(&schema).unwrap();
        assert_eq!(made["$defs"]["a"], json!({"type":"string"}));
        assert_eq!(made["properties"]["a"], json!({"$ref":"#/$defs/a"}));
    }

    #[test]
    fn refuses_what_would_lose_data_or_never_compile() {
        let optional: Map<String, Value> = (0..25).map(|n| (format!("p{n}"), json!({"type":"string"}))).collect();
        let mut deep = json!({"type":"string"});
        for _ in 0..40 {
            deep = json!({"type":"array","items":deep});
        }
        for schema in [
            json!({"type":"object","properties":{"m":{"type":"object","additionalProperties":{"type":"string"}}}}),
            json!({"type":"object","properties":{"m":{"type":"object"}}}),
            json!({"type":"object","properties":optional}),
            json!({"type":"object","properties":{"a":{"$ref":"#/$defs/a"}},"$defs":{"a":{"$ref":"#/$defs/a"}}}),
            json!({"type":"object","properties":{"a":{"$ref":"#"}}}),
            json!({"type":"object","properties":{"a":{}}}),
            json!({"type":"object","properties":{"a":deep}}),
            json!({"type":"array","items":{"type":"string"}}),
            json!(true),
        ] {
            assert_eq!(for_claude(&schema), Err(BuildProblem::Schema), "{schema}");
        }
    }
}
