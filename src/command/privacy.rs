//! The verbs `detect`, `mask` and `restore`.
//! They keep nothing between lines: each line is a request of its own.

use crate::privacy::{Body, Finding, Identity, Kind, KindSet, Masker, TokenMap};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// A line of `detect` or `mask`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TextLine {
    id: Option<Value>,
    text: String,
    /// A hint that the detectors so far do not need.
    #[serde(default, rename = "language")]
    _language: Option<String>,
    #[serde(default)]
    names: Vec<Name>,
    kinds: Option<Vec<Kind>>,
    format: Option<Format>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Name {
    Display(String),
    Identity(NamedIdentity),
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct NamedIdentity {
    id: Option<String>,
    forms: Vec<String>,
    role: Option<String>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Format {
    Text,
    Adf,
    Storage,
}

/// A line of `restore`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RestoreLine {
    id: Option<Value>,
    text: String,
    tokens: Map<String, Value>,
}

/// The answer of `detect`.
#[derive(Serialize)]
pub struct Detected {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<Value>,
    findings: Vec<Found>,
}

/// The answer of `mask`.
#[derive(Serialize)]
pub struct MaskedLine {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<Value>,
    text: String,
    tokens: Map<String, Value>,
    findings: Vec<Found>,
}

/// The answer of `restore`.
#[derive(Serialize)]
pub struct RestoredLine {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<Value>,
    text: String,
}

/// A finding on the wire: offsets in UTF-16 code units, score from 0 to 1.
#[derive(Serialize)]
struct Found {
    kind: Kind,
    start: usize,
    end: usize,
    score: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<&'static str>,
}

/// Why a line was not answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PrivacyRefusal {
    /// `format` does not belong to this verb.
    Format,
    /// `text` is not of the format it is said to be.
    Text,
    /// `tokens` holds something that is not a token and its text.
    Tokens,
}

impl PrivacyRefusal {
    /// The stable code.
    pub const fn code(self) -> &'static str {
        "bad-input"
    }

    /// The sentence beside it.
    pub const fn message(self) -> &'static str {
        match self {
            PrivacyRefusal::Format => "field \"format\" does not belong to this verb",
            PrivacyRefusal::Text => "field \"text\" is not of the format it is said to be",
            PrivacyRefusal::Tokens => "field \"tokens\" holds something that is not a token and its text",
        }
    }
}

/// What would be masked in a text.
///
/// # Errors
/// [`PrivacyRefusal::Format`] when a format is given.
pub fn detect(line: TextLine) -> Result<Detected, PrivacyRefusal> {
    if line.format.is_some() {
        return Err(PrivacyRefusal::Format);
    }
    let findings = masker(&line).findings(&line.text);
    Ok(Detected { id: line.id, findings: on_the_wire(&line.text, findings.iter()) })
}

/// The text with tokens, and what they stand for.
///
/// # Errors
/// [`PrivacyRefusal::Text`] when the text is not of the format.
pub fn mask(line: TextLine) -> Result<MaskedLine, PrivacyRefusal> {
    let mut masker = masker(&line);
    let format = match line.format {
        None | Some(Format::Text) => Body::Text,
        Some(Format::Adf) => Body::Adf,
        Some(Format::Storage) => Body::Storage,
    };
    let (text, placed) = masker.place(format, &line.text).map_err(|_| PrivacyRefusal::Text)?;
    let tokens = masker.pairs().into_iter().map(|(token, value)| (token, Value::String(value))).collect();
    let findings = on_the_wire(&line.text, placed.iter());
    Ok(MaskedLine { id: line.id, text, tokens, findings })
}

/// A text with the tokens of `tokens` replaced by what they stand for.
///
/// # Errors
/// [`PrivacyRefusal::Tokens`] when one of them is no token.
pub fn restore(line: RestoreLine) -> Result<RestoredLine, PrivacyRefusal> {
    let pairs: Option<Vec<(&str, &str)>> =
        line.tokens.iter().map(|(token, value)| Some((token.as_str(), value.as_str()?))).collect();
    let map = pairs.and_then(TokenMap::of).ok_or(PrivacyRefusal::Tokens)?;
    Ok(RestoredLine { id: line.id, text: map.restore(&line.text).text })
}

fn masker(line: &TextLine) -> Masker {
    let kinds = line.kinds.as_ref().map_or(KindSet::ALL, |kinds| kinds.iter().copied().collect());
    Masker::new(&line.names.iter().map(identity).collect::<Vec<_>>(), kinds)
}

/// Forms that are given are looked for as given, and so is what each of them derives.
fn identity(name: &Name) -> Identity {
    let named = match name {
        Name::Display(name) => return Identity::named(name, name.contains('@').then_some(name)),
        Name::Identity(named) => named,
    };
    let derived =
        named.forms.iter().flat_map(|form| Identity::forms_of(form, form.contains('@').then_some(form.as_str())));
    let mut forms = named.forms.clone();
    forms.extend(derived);
    Identity { id: named.id.clone(), forms, role: named.role.clone() }
}

/// Findings in order, their byte offsets counted in UTF-16 code units in one pass.
fn on_the_wire<'f>(text: &str, findings: impl Iterator<Item = &'f Finding>) -> Vec<Found> {
    let (mut bytes, mut units) = (0, 0);
    let mut count = |at: usize| {
        units += text.get(bytes..at).unwrap_or_default().encode_utf16().count();
        bytes = at;
        units
    };
    findings
        .map(|finding| {
            let (start, end) = (count(finding.start), count(finding.end));
            Found { kind: finding.kind, start, end, score: f64::from(finding.score) / 100.0, source: finding.source }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn masked(line: Value) -> Value {
        serde_json::to_value(mask(serde_json::from_value(line).unwrap()).unwrap()).unwrap()
    }

    fn restored(line: Value) -> String {
        restore(serde_json::from_value(line).unwrap()).unwrap().text
    }

    #[test]
    fn detect_counts_in_utf16() {
        let line = json!({"id": 1, "text": "😀 ä anna@example.com", "language": "en"});
        let answer = serde_json::to_value(detect(serde_json::from_value(line).unwrap()).unwrap()).unwrap();
        assert_eq!(answer, json!({"id": 1, "findings": [{"kind": "EMAIL", "start": 5, "end": 21, "score": 0.98}]}));
    }

    #[test]
    fn detects_chosen_kinds_alone() {
        let line = json!({"text": "anna@example.com +49 30 901820", "kinds": ["PHONE"]});
        let found = detect(serde_json::from_value(line).unwrap()).unwrap();
        assert_eq!(found.findings.iter().map(|found| found.kind).collect::<Vec<_>>(), [Kind::Phone]);
    }

    #[test]
    fn masks_and_restores_text_adf_and_storage() {
        let names = json!(["Anna Schmidt", {"id": "7", "forms": ["Bernd Meyer"], "role": "reporter"}]);
        for (format, text) in [
            ("text", "Anna Schmidt and Anna: [anna@example.com](mailto:anna@example.com), [EMAIL_1], Meyer"),
            (
                "adf",
                r#"{ "type":"doc", "content":[{"type":"text","text":"Anna Schmidt \u00e4 \"x\" anna@example.com"}]}"#,
            ),
            ("storage", "<p>Bernd&nbsp;Meyer &amp; <a href=\"mailto:anna@example.com\">mail</a><br/></p>"),
        ] {
            let answer = masked(json!({"text": text, "format": format, "names": names}));
            assert!(!answer["text"].as_str().unwrap().contains("anna@"), "{answer}");
            assert_eq!(restored(json!({"text": answer["text"], "tokens": answer["tokens"]})), text);
        }
    }

    #[test]
    fn masked_bodies_stay_valid() {
        let adf = masked(json!({"text": r#"{"a":"x \"anna b\"@example.com \\ y"}"#, "format": "adf"}));
        assert_eq!(adf["text"], r#"{"a":"x [EMAIL_1] \\ y"}"#);
        let storage = masked(json!({"text": "<p>a&amp;b@example.com</p>", "format": "storage"}));
        assert_eq!(storage["text"], "<p>[EMAIL_1]</p>");
    }

    #[test]
    fn numbers_persons_not_forms() {
        let answer = masked(
            json!({"text": "Anna Schmidt, Anna, Anna Schmidt, Bernd", "names": ["Anna Schmidt", "Bernd Meyer"]}),
        );
        assert_eq!(answer["text"], "[PERSON_1], [PERSON_1.b], [PERSON_1], [PERSON_2]");
    }

    #[test]
    fn refuses_what_does_not_fit() {
        for line in [
            json!({"text": 1}),
            json!({}),
            json!({"text": "", "kinds": ["CAT"]}),
            json!({"text": "", "extra": 1}),
            json!({"text": "", "names": [{"forms": [], "x": 1}]}),
        ] {
            assert!(serde_json::from_value::<TextLine>(line).is_err());
        }
        let check = |line: Value| mask(serde_json::from_value(line).unwrap()).err();
        assert_eq!(check(json!({"text": "{", "format": "adf"})), Some(PrivacyRefusal::Text));
        let line = json!({"text": "", "tokens": {"x": "y"}});
        assert_eq!(restore(serde_json::from_value(line).unwrap()).err(), Some(PrivacyRefusal::Tokens));
    }
}
