//! The lines of `index` and `search`, checked: what is wrong with one is said by code and field, and nothing is echoed.
//! They index and search nothing.

use std::collections::BTreeMap;

use base64ct::{Base64UrlUnpadded, Encoding};
use serde::Deserialize;
use serde_json::Value;

use crate::command::refused::{Refused, unreadable_line};
use crate::protocol::Millis;
use crate::search::plan::QueryVector;
use crate::search::query::{self, Query};
use crate::search::{Doc, Meta, Piece, Space, vector};

/// Lines of `index`, as text.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Batch {
    /// JSON lines; empty ones are passed over.
    pub(super) lines: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct IndexLine {
    id: String,
    container: String,
    title: String,
    text: String,
    #[serde(default)]
    meta: MetaLine,
    #[serde(default)]
    space: Option<Space>,
    #[serde(default)]
    vector: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct MetaLine {
    #[serde(default)]
    key: Option<String>,
    #[serde(default)]
    r#type: Option<String>,
    #[serde(default)]
    author: Option<String>,
    #[serde(default)]
    updated: Option<Value>,
}

/// A line of `search`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SearchLine {
    #[serde(default)]
    pub(super) id: Value,
    query: String,
    #[serde(default)]
    space: Option<Space>,
    #[serde(default)]
    vector: Option<String>,
    #[serde(default)]
    k: Option<u32>,
    #[serde(default)]
    pub(super) containers: Option<Vec<String>>,
}

/// A search to be made.
pub(super) struct Asked {
    pub(super) id: Value,
    pub(super) query: Query,
    pub(super) vector: Option<QueryVector>,
    pub(super) most: usize,
    pub(super) containers: Vec<String>,
}

/// The documents of a batch, and for each line its id and what is wrong with it. Of lines with one id the last counts.
///
/// The first embedding decides the space of the index, where that has none yet.
pub(super) fn documents(
    batch: &str,
    today: u32,
    space: &mut Option<Space>,
) -> (Vec<Doc>, Vec<(Value, Option<Refused>)>) {
    let mut docs: BTreeMap<String, Doc> = BTreeMap::new();
    let mut lines = Vec::new();
    for text in batch.split('\n').filter(|text| !text.trim().is_empty()) {
        match document(text, today, space) {
            Ok(doc) => {
                lines.push((Value::String(doc.id.clone()), None));
                docs.insert(doc.id.clone(), doc);
            }
            Err((id, refused)) => lines.push((id, Some(refused))),
        }
    }
    (docs.into_values().collect(), lines)
}

fn document(text: &str, today: u32, space: &mut Option<Space>) -> Result<Doc, (Value, Refused)> {
    let not_json = Refused { code: "not-json", message: "the line is not JSON".to_owned() };
    let line: Value = serde_json::from_str(text).map_err(|_| (Value::Null, not_json))?;
    let id = line.get("id").cloned().unwrap_or(Value::Null);
    let line: IndexLine = serde_json::from_value(line).map_err(|error| (id.clone(), unreadable_line(&error)))?;
    read(line, today, space).map_err(|refused| (id, refused))
}

fn read(line: IndexLine, today: u32, space: &mut Option<Space>) -> Result<Doc, Refused> {
    within("id", &line.id, 512)?;
    within("container", &line.container, 256)?;
    let vector = match (line.vector, line.space) {
        (None, _) => None,
        (Some(_), None) => return Err(Refused::bad_input("field \"space\" is missing")),
        (Some(vector), Some(own)) => {
            let vector = floats(&vector, &own)?;
            meets(space.get_or_insert_with(|| own.clone()), &own)?;
            Some(vector)
        }
    };
    let MetaLine { key, r#type: kind, author, updated } = line.meta;
    let updated = updated.filter(|updated| !updated.is_null()).map(|updated| day(&updated)).transpose()?;
    Ok(Doc {
        id: line.id,
        container: line.container,
        title: line.title,
        pieces: vec![Piece { heading: Vec::new(), text: line.text, vector: vector.map(Into::into) }],
        meta: Meta { key, kind, author, updated, indexed: today },
    })
}

fn within(field: &str, text: &str, most: usize) -> Result<(), Refused> {
    if text.is_empty() || text.len() > most {
        return Err(Refused::bad_input(&format!("field \"{field}\" is empty or too long")));
    }
    Ok(())
}

/// A day: a date, an instant, or milliseconds since the Unix epoch.
fn day(updated: &Value) -> Result<u32, Refused> {
    let wrong = || Refused::bad_input("field \"updated\" is neither a date nor milliseconds");
    let instant = match updated {
        Value::Number(millis) => millis.as_u64().map(Millis),
        Value::String(text) if text.len() == 10 => Millis::parse(&format!("{text}T00:00:00Z")),
        Value::String(text) => Millis::parse(text),
        _ => None,
    };
    Ok(instant.ok_or_else(wrong)?.as_days())
}

/// An embedding of its space: base64url of little-endian 32-bit floats.
fn floats(text: &str, space: &Space) -> Result<Vec<f32>, Refused> {
    let encoded = || Refused::bad_input("field \"vector\" is not base64url without padding of 32-bit floats");
    if text.len() > MOST_VECTOR {
        return Err(Refused { code: vector::BadVector::Length.code(), message: LENGTH.to_owned() });
    }
    let bytes = Base64UrlUnpadded::decode_vec(text).map_err(|_| encoded())?;
    let (chunks, rest) = bytes.as_chunks();
    if !rest.is_empty() {
        return Err(encoded());
    }
    let floats: Vec<f32> = chunks.iter().map(|chunk| f32::from_le_bytes(*chunk)).collect();
    vector::check(&floats, space).map_err(refused)?;
    Ok(floats)
}

fn refused(bad: vector::BadVector) -> Refused {
    let message = match bad {
        vector::BadVector::Length => LENGTH,
        vector::BadVector::NotFinite => "field \"vector\" holds what is no finite number",
        vector::BadVector::NoDirection => "field \"vector\" has no direction",
        vector::BadVector::OtherSpace => "field \"space\" is not the one of the index",
    };
    Refused { code: bad.code(), message: message.to_owned() }
}

fn meets(index: &Space, own: &Space) -> Result<(), Refused> {
    vector::meet(index, own).map_err(refused)
}

/// Checks a search against the space of the index.
pub(super) fn asked(line: SearchLine, space: Option<&Space>) -> Result<Asked, Refused> {
    let query = query::parse(&line.query).map_err(|bad| Refused {
        code: "bad-query",
        message: format!("field \"{}\" of the query: {}", bad.field, bad.reason),
    })?;
    let vector = match (line.vector, line.space) {
        (None, _) => None,
        (Some(_), None) => return Err(Refused::bad_input("field \"space\" is missing")),
        (Some(vector), Some(own)) => {
            let vector = floats(&vector, &own)?;
            space.map_or(Ok(()), |space| meets(space, &own))?;
            Some(QueryVector { space: own, vector })
        }
    };
    let most = line.k.unwrap_or(10);
    if !(1..=MOST_HITS).contains(&most) {
        return Err(Refused::bad_input("field \"k\" is out of range"));
    }
    let most = usize::try_from(most).unwrap_or(10);
    Ok(Asked { id: line.id, query, vector, most, containers: line.containers.unwrap_or_default() })
}

const LENGTH: &str = "field \"vector\" has another length than its space";
const MOST_VECTOR: usize = 1 << 20;
const MOST_HITS: u32 = 200;
