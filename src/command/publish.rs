//! The verbs `diff` and `apply`: the difference of two bodies as an opaque script, and the body it makes again.
//! They publish nothing and ask for no approval.

use super::refused::Refused;
use crate::content::{Format, Malformed};
use crate::publish::{self, ApplyError, DiffError, EditScript, Form, Page};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeSet;

/// A line of `diff`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DiffLine {
    id: Option<Value>,
    format: Format,
    before: String,
    after: String,
}

/// A line of `apply`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ApplyLine {
    id: Option<Value>,
    format: Format,
    before: String,
    edits: Value,
}

/// The answer of `diff`.
#[derive(Debug, Serialize)]
pub struct Difference {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<Value>,
    edits: EditScript,
    summary: Counts,
}

/// How many blocks came, went and were rewritten; a block that moved went and came.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Counts {
    added: usize,
    removed: usize,
    changed: usize,
}

/// The answer of `apply`.
#[derive(Debug, Serialize)]
pub struct Applied {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<Value>,
    after: String,
}

/// Why a line was not answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PublishRefusal {
    /// `format` has no blocks to edit.
    Format,
    /// `before` is no body of the format.
    Before(Malformed),
    /// `after` is no body of the format.
    After(Malformed),
    /// The bodies differ in more edits than a script holds.
    NotExact,
    /// `edits` is no edit script.
    Edits,
    /// `edits` is none for `before`.
    Apply(ApplyError),
}

impl PublishRefusal {
    /// The stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Format | Self::Edits => "bad-input",
            Self::Before(malformed) | Self::After(malformed) => malformed.code(),
            Self::NotExact => "too-large",
            Self::Apply(error) => error.code(),
        }
    }

    /// The sentence beside it.
    pub fn message(self) -> String {
        match self {
            Self::Format => "field \"format\" is not \"adf\" or \"storage\"".to_owned(),
            Self::Edits => "field \"edits\" is not an edit script of this version".to_owned(),
            Self::Before(malformed) => format!("field \"before\": {malformed}"),
            Self::After(malformed) => format!("field \"after\": {malformed}"),
            Self::NotExact => "the bodies differ in too much for one script".to_owned(),
            Self::Apply(error) => format!("field \"edits\": {error}"),
        }
    }
}

impl From<PublishRefusal> for Refused {
    fn from(refusal: PublishRefusal) -> Self {
        Self { code: refusal.code(), message: refusal.message() }
    }
}

/// Compares two bodies.
///
/// # Errors
/// [`PublishRefusal`] for what is wrong with the line.
pub fn diff(line: DiffLine) -> Result<Difference, PublishRefusal> {
    let found = publish::diff(form(line.format)?, &line.before, &line.after).map_err(|error| match error {
        DiffError::Before(malformed) => PublishRefusal::Before(malformed),
        DiffError::After(malformed) => PublishRefusal::After(malformed),
        DiffError::NotExact => PublishRefusal::NotExact,
    })?;
    let sum = publish::summary(&found.script, &BTreeSet::new());
    let summary = Counts { added: sum.added + sum.moved, removed: sum.removed + sum.moved, changed: sum.changed };
    Ok(Difference { id: line.id, edits: found.script, summary })
}

/// Makes the other body again.
///
/// # Errors
/// [`PublishRefusal`] for what is wrong with the line.
pub fn apply(line: ApplyLine) -> Result<Applied, PublishRefusal> {
    // What serde would say could echo a value: the refusal has words of its own.
    let script: EditScript = serde_json::from_value(line.edits).map_err(|_| PublishRefusal::Edits)?;
    let page = Page::read(form(line.format)?, script.grain(), &line.before).map_err(PublishRefusal::Before)?;
    let after = page.apply(&script, &BTreeSet::new()).map_err(PublishRefusal::Apply)?;
    Ok(Applied { id: line.id, after })
}

fn form(format: Format) -> Result<Form, PublishRefusal> {
    match format {
        Format::Adf => Ok(Form::Adf),
        Format::Storage => Ok(Form::Storage),
        Format::Markdown => Err(PublishRefusal::Format),
    }
}

#[cfg(test)]
mod tests {
    use super::{ApplyLine, DiffLine, apply, diff};
    use serde_json::{Value, json};

    fn diffed(format: &str, before: &str, after: &str) -> Result<Value, &'static str> {
        let line = json!({"id": 7, "format": format, "before": before, "after": after});
        let line: DiffLine = serde_json::from_value(line).unwrap();
        diff(line).map(|found| serde_json::to_value(found).unwrap()).map_err(super::PublishRefusal::code)
    }

    fn applied(format: &str, before: &str, edits: &Value) -> Result<Value, &'static str> {
        let line = json!({"id": 7, "format": format, "before": before, "edits": edits});
        let line: ApplyLine = serde_json::from_value(line).unwrap();
        apply(line).map(|made| serde_json::to_value(made).unwrap()).map_err(super::PublishRefusal::code)
    }

    #[test]
    fn makes_the_other_body_again() {
        let node = |text: &str| format!(r#"{{"type":"paragraph","content":[{{"type":"text","text":"{text}"}}]}}"#);
        let doc = |nodes: &[String]| format!(r#"{{"version": 1, "type":"doc","content":[ {} ]}}"#, nodes.join(" , "));
        let cases = [
            ("storage", "<p>a b c</p><p>d</p>".to_owned(), "<p>a b x</p>\n<p>n</p>\n<p>d</p>".to_owned(), (1, 0, 1)),
            (
                "storage",
                "<p>a b</p><p>c d</p><p>e f</p>".to_owned(),
                "<p>e f</p><p>a b</p><p>c d</p>".to_owned(),
                (1, 1, 0),
            ),
            ("storage", String::new(), String::new(), (0, 0, 0)),
            ("adf", doc(&[node("a b c"), node("d")]), doc(&[node("d"), node("a b c x")]), (1, 1, 0)),
            ("adf", doc(&[]), doc(&[node("d")]), (1, 0, 0)),
        ];
        for (format, before, after, (added, removed, changed)) in cases {
            let found = diffed(format, &before, &after).unwrap();
            assert_eq!(found["id"], 7);
            assert_eq!(found["summary"], json!({"added": added, "removed": removed, "changed": changed}), "{after}");
            assert_eq!(applied(format, &before, &found["edits"]).unwrap(), json!({"id": 7, "after": after}));
        }
    }

    #[test]
    fn refuses_in_its_own_words() {
        let edits = diffed("storage", "<p>a</p>", "<p>b</p>").unwrap()["edits"].clone();
        assert_eq!(diffed("markdown", "a", "b").err(), Some("bad-input"));
        assert_eq!(diffed("storage", "<p>", "").err(), Some("not-xml"));
        assert_eq!(diffed("storage", "", "</p>").err(), Some("not-xml"));
        assert_eq!(diffed("adf", "<p/>", "<p/>").err(), Some("not-json"));
        assert_eq!(applied("storage", "<p>a</p> ", &edits).err(), Some("other-base"));
        assert_eq!(applied("storage", "<p>", &edits).err(), Some("not-xml"));
        assert_eq!(applied("adf", r#"{"version":1,"type":"doc","content":[]}"#, &edits).err(), Some("other-format"));
        for bad in [Value::Null, json!([]), json!("e1"), json!({"version": 1})] {
            assert_eq!(applied("storage", "<p>a</p>", &bad).err(), Some("bad-input"));
        }
        let unknown = json!({"format": "storage", "before": "", "after": "", "extra": 1});
        assert!(serde_json::from_value::<DiffLine>(unknown).is_err());
    }
}
