//! Reads a model's answer: JSON of the use case's schema, or nothing.
//! It does not check what is said; that is `check`.

use serde::Deserialize;
use serde_json::Value;

use super::clean;
use super::plan::{Anchor, Body, ClaimText, Edit, Item, ItemKind, Op, Plan, Reason, Section};
use super::task::{Language, Task, UseCase};
use super::{headings, schema, words};

/// Why an answer is not what was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Malformed {
    /// More bytes than any honest answer.
    TooLarge,
    /// Not JSON, or JSON with prose around it.
    NotJson,
    /// JSON, but not of the schema.
    NotTheSchema,
    /// More sections, items or references than allowed.
    TooMany,
    /// A text that is too long.
    TooLong,
    /// A block that the page does not have.
    UnknownBlock,
}

impl Malformed {
    /// The stable code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::TooLarge => "too-large",
            Self::NotJson => "not-json",
            Self::NotTheSchema => "not-the-schema",
            Self::TooMany => "too-many",
            Self::TooLong => "too-long",
            Self::UnknownBlock => "unknown-block",
        }
    }
}

/// What an answer may refer to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shape {
    /// What was asked for.
    pub use_case: UseCase,
    /// The language it was asked in, for headings that are ours.
    pub language: Language,
    /// For each source the names it may be cited by.
    pub labels: Vec<Vec<String>>,
    /// How many blocks the page has.
    pub blocks: usize,
}

impl<T> Task<T> {
    /// What an answer to this task may refer to.
    #[must_use]
    pub fn shape(&self) -> Shape {
        Shape {
            use_case: self.use_case,
            language: self.language,
            labels: (0..self.sources.len()).map(|source| vec![Self::label(source)]).collect(),
            blocks: self.outline.len(),
        }
    }
}

/// Reads the answer to a task.
///
/// # Errors
/// Whatever is not exactly the schema, or beyond its limits. A Markdown fence around the JSON is the one thing forgiven.
pub fn parse<T>(answer: &str, task: &Task<T>) -> Result<Plan, Malformed> {
    parse_shape(answer, &task.shape())
}

/// The same without a task.
///
/// # Errors
/// As [`parse`].
pub fn parse_shape(answer: &str, shape: &Shape) -> Result<Plan, Malformed> {
    if answer.len() > MAX_BYTES {
        return Err(Malformed::TooLarge);
    }
    let json = unfenced(answer);
    let value: Value = serde_json::from_str(json).map_err(|_| Malformed::NotJson)?;
    if !has_form(&value, &schema::schema(shape.use_case)) {
        return Err(Malformed::NotTheSchema);
    }
    let mut reader = Reader { shape, claims: 0, items: 0 };
    let (title, body) = match shape.use_case {
        UseCase::Page => {
            let page: RawPage = from(json)?;
            (page.title, Body::Sections(reader.sections(page.sections)?))
        }
        UseCase::Summary => {
            let summary: RawSummary = from(json)?;
            (None, Body::Sections(vec![Section { heading: String::new(), items: reader.items(summary.items)? }]))
        }
        UseCase::ReleaseNotes => {
            let notes: RawNotes = from(json)?;
            (None, Body::Sections(reader.notes(notes.sections)?))
        }
        UseCase::Update => {
            let update: RawUpdate = from(json)?;
            (None, Body::Edits(reader.edits(update.edits)?))
        }
    };
    let title = title.map(|title| short(&title, MAX_HEADING)).transpose()?.filter(|title| !title.is_empty());
    Ok(Plan { title, body, dropped: Vec::new() })
}

/// From the text, not from the value: a repeated field is refused only there.
fn from<'a, T: Deserialize<'a>>(json: &'a str) -> Result<T, Malformed> {
    serde_json::from_str(json).map_err(|_| Malformed::NotTheSchema)
}

/// Whether objects and lists are where the schema has them; the typed reader would take a list for an object.
fn has_form(value: &Value, schema: &Value) -> bool {
    match schema.get("type").and_then(Value::as_str) {
        Some("object") => value.as_object().is_some_and(|fields| {
            let expected = |name: &str| schema.get("properties").and_then(|properties| properties.get(name));
            fields.iter().all(|(name, inner)| expected(name).is_none_or(|schema| has_form(inner, schema)))
        }),
        Some("array") => value.as_array().is_some_and(|items| {
            items.iter().all(|item| schema.get("items").is_none_or(|schema| has_form(item, schema)))
        }),
        _ => !value.is_object() && !value.is_array(),
    }
}

/// The JSON inside one Markdown fence, or the text as it is.
fn unfenced(answer: &str) -> &str {
    let text = answer.trim_start_matches('\u{feff}').trim();
    let inside = || {
        let rest = text.strip_prefix("```")?.strip_suffix("```")?;
        let (info, json) = rest.split_once('\n')?;
        matches!(info.trim(), "" | "json" | "JSON").then_some(json.trim())
    };
    inside().unwrap_or(text)
}

/// One line of clean text within a limit of characters.
fn short(text: &str, most: usize) -> Result<String, Malformed> {
    let line = clean::line(text);
    if line.chars().count() > most { Err(Malformed::TooLong) } else { Ok(line) }
}

struct Reader<'a> {
    shape: &'a Shape,
    claims: usize,
    items: usize,
}

impl Reader<'_> {
    fn sections(&mut self, raw: Vec<RawSection>) -> Result<Vec<Section>, Malformed> {
        if raw.len() > MAX_SECTIONS {
            return Err(Malformed::TooMany);
        }
        raw.into_iter()
            .map(|section| {
                Ok(Section { heading: short(&section.heading, MAX_HEADING)?, items: self.items(section.items)? })
            })
            .collect()
    }

    /// Release notes come in our order and with our headings, sections of one kind together.
    fn notes(&mut self, raw: Vec<RawNote>) -> Result<Vec<Section>, Malformed> {
        if raw.len() > MAX_SECTIONS {
            return Err(Malformed::TooMany);
        }
        let mut sections = Vec::new();
        for kind in schema::RELEASE_SECTIONS {
            let mut items = Vec::new();
            for note in raw.iter().filter(|note| note.kind == kind) {
                items.extend(self.items(note.items.clone())?);
            }
            if !items.is_empty() {
                sections.push(Section { heading: headings::release(kind, self.shape.language).to_owned(), items });
            }
        }
        let known = |note: &RawNote| schema::RELEASE_SECTIONS.contains(&note.kind.as_str());
        if raw.iter().all(known) { Ok(sections) } else { Err(Malformed::NotTheSchema) }
    }

    fn edits(&mut self, raw: Vec<RawEdit>) -> Result<Vec<Edit>, Malformed> {
        if raw.len() > MAX_SECTIONS {
            return Err(Malformed::TooMany);
        }
        raw.into_iter().map(|edit| self.edit(edit)).collect()
    }

    fn edit(&mut self, raw: RawEdit) -> Result<Edit, Malformed> {
        let at = match raw.block.trim() {
            "start" => Anchor::Start,
            "end" => Anchor::End,
            label => Anchor::Block(self.block(label)?),
        };
        let op = match raw.op {
            RawOp::InsertAfter => Op::InsertAfter,
            RawOp::Replace => Op::Replace,
            RawOp::Remove => Op::Remove,
        };
        // Only a block can be replaced or removed.
        if op != Op::InsertAfter && !matches!(at, Anchor::Block(_)) {
            return Err(Malformed::UnknownBlock);
        }
        Ok(Edit {
            op,
            at,
            heading: short(&raw.heading, MAX_HEADING)?,
            items: self.items(raw.items)?,
            reason: short(&raw.reason, MAX_TEXT)?,
        })
    }

    fn block(&self, label: &str) -> Result<usize, Malformed> {
        let number = label.strip_prefix('B').and_then(|number| number.parse::<usize>().ok());
        number
            .and_then(|number| number.checked_sub(1))
            .filter(|index| *index < self.shape.blocks)
            .ok_or(Malformed::UnknownBlock)
    }

    fn items(&mut self, raw: Vec<RawItem>) -> Result<Vec<Item>, Malformed> {
        self.items = self.items.saturating_add(raw.len());
        if self.items > MAX_ITEMS {
            return Err(Malformed::TooMany);
        }
        raw.into_iter().map(|item| self.item(item)).collect()
    }

    fn item(&mut self, raw: RawItem) -> Result<Item, Malformed> {
        if raw.refs.len() > MAX_REFS {
            return Err(Malformed::TooMany);
        }
        let text = short(&raw.text, MAX_TEXT)?;
        let (refs, fault) = self.refs(&raw.refs);
        let mut claims = Vec::new();
        for range in words::sentences(&text) {
            let sentence = text.get(range).unwrap_or_default().trim();
            if !sentence.is_empty() {
                self.claims = self.claims.saturating_add(1);
                claims.push(ClaimText {
                    id: format!("c{}", self.claims),
                    text: sentence.to_owned(),
                    refs: refs.clone(),
                    fault,
                });
            }
        }
        Ok(Item { kind: raw.kind, claims })
    }

    /// The cited sources, each once, in order; and what is wrong with the citation.
    fn refs(&self, raw: &[String]) -> (Vec<usize>, Option<Reason>) {
        let find =
            |name: &String| self.shape.labels.iter().position(|labels| labels.iter().any(|label| label == name.trim()));
        let found: Option<Vec<usize>> = raw.iter().map(find).collect();
        let Some(mut refs) = found else { return (Vec::new(), Some(Reason::UnknownRef)) };
        refs.sort_unstable();
        refs.dedup();
        let fault = refs.is_empty().then_some(Reason::NoRef);
        (refs, fault)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPage {
    #[serde(default)]
    title: Option<String>,
    sections: Vec<RawSection>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawSection {
    #[serde(default)]
    heading: String,
    items: Vec<RawItem>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawSummary {
    items: Vec<RawItem>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawNotes {
    sections: Vec<RawNote>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawNote {
    kind: String,
    items: Vec<RawItem>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawUpdate {
    edits: Vec<RawEdit>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawEdit {
    op: RawOp,
    block: String,
    #[serde(default)]
    heading: String,
    #[serde(default)]
    items: Vec<RawItem>,
    #[serde(default)]
    reason: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
enum RawOp {
    InsertAfter,
    Replace,
    Remove,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawItem {
    kind: ItemKind,
    text: String,
    refs: Vec<String>,
}

const MAX_BYTES: usize = 256 * 1024;
const MAX_SECTIONS: usize = 64;
const MAX_ITEMS: usize = 400;
const MAX_REFS: usize = 16;
const MAX_HEADING: usize = 200;
const MAX_TEXT: usize = 2000;

#[cfg(test)]
mod tests;
