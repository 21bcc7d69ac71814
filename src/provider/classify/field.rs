//! Which of our fields a model does not take, so that the request can be built once more without it.
//! A field with a wrong value is not one: leaving it out would change what was asked for.

use super::Said;
use crate::provider::Field;

/// Whether the error is about a field that the model does not have, or a choice in it that it does not have.
pub(super) fn is_unsupported(said: &Said) -> bool {
    said.is(&["unsupported_parameter", "unsupported_value", "unknown_parameter", "extra_forbidden"])
        || said.has(UNSUPPORTED)
}

/// Which one, by the name that the provider calls it. The answer's own `param` goes before its words.
pub(super) fn of(said: &Said) -> Option<Field> {
    let named = |text: &str| NAMES.iter().find(|(name, _)| text.contains(name)).map(|(_, field)| *field);
    if said.param.is_empty() { named(&said.message) } else { named(&said.param) }
}

const UNSUPPORTED: &[&str] = &[
    "unsupported parameter",
    "unsupported value",
    "unknown parameter",
    "unknown name",
    "unrecognized request argument",
    "extra inputs are not permitted",
    "extra fields not permitted",
    "not supported with this model",
    "not supported for this model",
    "not supported by this model",
    "model does not support",
    "does not support matryoshka",
];

/// Names on the wire in lower case; the more special before the more general.
const NAMES: &[(&str, Field)] = &[
    ("temperature", Field::Temperature),
    ("max_completion_tokens", Field::TokenLimit),
    ("max_output_tokens", Field::TokenLimit),
    ("max_tokens", Field::TokenLimit),
    ("reasoning", Field::Effort),
    ("effort", Field::Effort),
    ("thinkinglevel", Field::Effort),
    ("thinking_level", Field::Effort),
    ("thinking level", Field::Effort),
    ("thinkingconfig", Field::Effort),
    ("thinking_config", Field::Effort),
    ("thinking", Field::Thinking),
    ("response_format", Field::Schema),
    ("text.format", Field::Schema),
    ("output_config.format", Field::Schema),
    ("responsejsonschema", Field::Schema),
    ("response_json_schema", Field::Schema),
    ("json_schema", Field::Schema),
    ("messages[0].role", Field::Developer),
    ("developer", Field::Developer),
    ("dimensions", Field::Dimensions),
    ("outputdimensionality", Field::Dimensions),
    ("output_dimensionality", Field::Dimensions),
    ("encoding_format", Field::Encoding),
    ("tasktype", Field::Task),
    ("task_type", Field::Task),
    ("store", Field::Store),
];
