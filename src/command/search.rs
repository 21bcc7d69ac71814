//! The verbs `index` and `search`: the shipped index over a folder that holds what the key-value store would hold, or in
//! memory. They ask no product and know no permission: the folder is the caller's.
//!
//! | file | what |
//! |---|---|
//! | `lines` | the lines of both verbs, checked |
//! | `shelved` | over a store, by the flows that ship |
//! | `resident` | in this instance's memory: values opened once, no budget |

mod lines;
mod resident;
mod shelved;

pub(crate) use resident::Resident;
pub(crate) use shelved::answer;

use serde::Serialize;
use serde_json::Value;

use super::refused::Refused;
use crate::search::plan::Found;

/// Verbs that work on a store: answered by a conversation with effects.
pub(crate) fn is_shelved(verb: &str) -> bool {
    matches!(verb, "index" | "settle" | "search")
}

/// The verb that opens an index in memory; calls that follow in the same conversation are for it.
pub(crate) const RESIDENT: &str = "resident";

/// What became of a line.
#[derive(Debug, Serialize)]
struct LineOut {
    id: Value,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<ErrorOut>,
}

#[derive(Debug, Serialize)]
struct ErrorOut {
    code: &'static str,
    message: String,
}

impl From<Refused> for ErrorOut {
    fn from(Refused { code, message }: Refused) -> Self {
        ErrorOut { code, message }
    }
}

/// What became of the lines of a batch.
#[derive(Debug, Serialize)]
struct BatchOut {
    lines: Vec<LineOut>,
}

/// What an index became once everything was written.
#[derive(Debug, Serialize)]
struct SettledOut {
    segments: usize,
    /// Why segments that should be one are not.
    #[serde(skip_serializing_if = "Option::is_none")]
    problem: Option<&'static str>,
}

/// The answer of `search`.
#[derive(Debug, Serialize)]
struct FoundOut {
    id: Value,
    hits: Vec<HitOut>,
    reads: u32,
    units: u32,
    bytes: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    partial: Option<PartialOut>,
}

#[derive(Debug, Serialize)]
struct HitOut {
    id: String,
    score: f32,
}

#[derive(Debug, Serialize)]
struct PartialOut {
    code: &'static str,
    values: u32,
}

impl FoundOut {
    fn new(id: Value, found: Found) -> Self {
        let hits = found.hits.into_iter().map(|hit| HitOut { id: hit.doc, score: hit.score });
        let partial = found.partial.map(|partial| PartialOut { code: partial.code.code(), values: partial.values });
        let spent = found.spent;
        FoundOut { id, hits: hits.collect(), reads: spent.reads, units: spent.units, bytes: spent.bytes, partial }
    }
}

fn written(out: &impl Serialize) -> Result<Value, Refused> {
    serde_json::to_value(out)
        .map_err(|_| Refused { code: "internal", message: "the answer cannot be written".to_owned() })
}
