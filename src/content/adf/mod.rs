//! Atlassian Document Format: JSON to the tree and back.
//! It validates nothing against the schema when reading: a node it does not know, or that is spelled wrong, is kept.
//!
//! Spec: `@atlaskit/adf-schema`, the JSON schema of stage 0 and full.
//!
//! INVARIANT: `print(&parse(body)?)` is the same JSON value as `body` (the order of members aside). What the tree does
//! not hold of a node lies in its [`Kept`].

mod atoms;
mod attrs;
mod canonical;
mod date;
mod fields;
mod fit;
mod inline;
mod lists;
mod macros;
mod marks;
mod read;
mod write;
mod write_inline;

use super::kept::{AdfForm, Kept, Spelling};
use super::{Document, MAX_BYTES, Malformed};
use serde_json::{Map, Value};

pub(crate) use date::millis_of_date;
pub use write::print;

/// Reads an ADF document.
///
/// # Errors
/// [`Malformed`]: too large, too deep, no JSON, no object of type `doc` with an array of content.
pub fn parse(body: &str) -> Result<Document, Malformed> {
    if body.len() > MAX_BYTES {
        return Err(Malformed::TooLarge);
    }
    if depth(body) > MAX_JSON_DEPTH {
        return Err(Malformed::TooDeep);
    }
    let Value::Object(root) = serde_json::from_str(body).map_err(|_| Malformed::NotJson)? else {
        return Err(Malformed::NotADocument);
    };
    document(root)
}

fn document(root: Map<String, Value>) -> Result<Document, Malformed> {
    let mut content = None;
    let mut rest = Map::new();
    let mut is_doc = false;
    for (member, value) in root {
        match (member.as_str(), value) {
            ("type", Value::String(name)) => is_doc = name == "doc",
            ("content", Value::Array(nodes)) => content = Some(nodes),
            ("type" | "content", _) => return Err(Malformed::NotADocument),
            (_, value) => {
                rest.insert(member, value);
            }
        }
    }
    let nodes = content.filter(|_| is_doc).ok_or(Malformed::NotADocument)?;
    // always kept, so that the printer knows the document for one that is printed as it was
    let kept = Kept::adf(AdfForm { name: Spelling::Named("doc".to_owned()), rest, ..AdfForm::default() });
    Ok(Document { blocks: read::blocks(nodes), kept })
}

/// How deep brackets nest, strings aside.
fn depth(body: &str) -> usize {
    let (mut now, mut most, mut in_string, mut escaped) = (0_usize, 0_usize, false, false);
    for byte in body.bytes() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            b'[' | b'{' if !in_string => {
                now += 1;
                most = most.max(now);
            }
            b']' | b'}' if !in_string => now = now.saturating_sub(1),
            _ => {}
        }
    }
    most
}

/// What the JSON reader takes: an ADF node nests two brackets deep, so about sixty nodes.
const MAX_JSON_DEPTH: usize = 127;
