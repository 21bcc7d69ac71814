//! The verbs of the `quillgate` command: one function of the core each, answered in one step, without effects.
//! They read no storage and ask nobody; what a verb needs is in its line.

pub mod check;
pub mod content;
pub mod passages;
pub mod privacy;
pub mod provider;
pub mod publish;
pub mod refused;
pub mod search;
pub mod surface;
pub mod vault;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::protocol::Answer;
use refused::Refused;

/// Answers one line of a verb.
pub(crate) fn answer(verb: &str, line: Value) -> Answer {
    let answered = match verb {
        "markdown" => run(line, content::markdown),
        "adf" => run(line, content::adf),
        "storage" => run(line, content::storage),
        "roundtrip" => run(line, content::roundtrip),
        "excerpts" => run(line, content::excerpts),
        "extract" => run(line, content::extract),
        "passages" => run(line, passages::passages),
        "request" => run(line, provider::request),
        "response" => run(line, provider::response),
        "check" => run(line, check::check),
        "detect" => run(line, privacy::detect),
        "mask" => run(line, privacy::mask),
        "restore" => run(line, privacy::restore),
        "diff" => run(line, publish::diff),
        "apply" => run(line, publish::apply),
        "seal" => run(line, vault::seal),
        "open" => run(line, vault::open),
        "schemas" => run(line, |_: surface::SurfaceIn| Ok::<_, Refused>(check::schemas())),
        "surface" => run(line, surface::surface),
        _ => Err(Refused { code: "unknown-verb", message: "unknown verb".to_owned() }),
    };
    match answered {
        Ok(view) => Answer::Ok { view },
        Err(Refused { code, message }) => Answer::Rejected { code, message },
    }
}

fn run<I, O, E>(line: Value, verb: impl FnOnce(I) -> Result<O, E>) -> Result<Value, Refused>
where
    I: DeserializeOwned,
    O: Serialize,
    Refused: From<E>,
{
    let input = serde_json::from_value(line).map_err(|error| refused::unreadable_line(&error))?;
    let output = verb(input)?;
    serde_json::to_value(output)
        .map_err(|_| Refused { code: "internal", message: "the answer cannot be written".to_owned() })
}
