//! The verb `check`: what would be written if the model answered exactly this.
//! It calls no model and masks nothing.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::content::{self, Document, Format};
use crate::prompt::output::{Malformed, Shape, parse_shape};
use crate::prompt::{Body, Dropped, Evidence, Language, Overlap, Reason, Settled, UseCase, render, settle};

/// A line of `check`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CheckLine {
    id: Option<Value>,
    use_case: UseCase,
    sources: Vec<SourceField>,
    model_output: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SourceField {
    r#ref: String,
    format: Format,
    body: String,
    title: Option<String>,
}

/// The answer of `check`.
#[derive(Serialize)]
pub struct CheckOut {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<Value>,
    adf: String,
    claims: Vec<ClaimView>,
    dropped: Vec<Dropped>,
}

#[derive(Serialize)]
struct ClaimView {
    text: String,
    refs: Vec<String>,
    supported: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<Reason>,
}

/// Why a line was not answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CheckRefusal {
    /// The use case needs a page, which this verb has not.
    UseCase,
    /// A source does not parse.
    Source,
    /// The model's answer is not of the schema.
    Malformed(Malformed),
}

impl CheckRefusal {
    /// The stable code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::UseCase | Self::Source => "bad-input",
            Self::Malformed(_) => "malformed",
        }
    }

    /// The sentence beside it.
    #[must_use]
    pub fn message(self) -> &'static str {
        match self {
            Self::UseCase => "field \"useCase\" takes \"page\", \"summary\" and \"release-notes\"",
            Self::Source => "a source is not of the format it is said to be",
            Self::Malformed(Malformed::TooLarge | Malformed::TooMany | Malformed::TooLong) => {
                "the model's answer is beyond the limits"
            }
            Self::Malformed(Malformed::NotJson | Malformed::NotTheSchema | Malformed::UnknownBlock) => {
                "the model's answer is not of the schema"
            }
        }
    }
}

/// The output schemas, for the verb's help.
#[must_use]
pub fn schemas() -> Value {
    let each = |use_case: UseCase| crate::prompt::schema(use_case);
    serde_json::json!({ "page": each(UseCase::Page), "summary": each(UseCase::Summary), "release-notes": each(UseCase::ReleaseNotes) })
}

/// Reads, checks and renders a model's answer.
///
/// # Errors
/// When the line or the answer cannot be read.
pub fn check(line: CheckLine) -> Result<CheckOut, CheckRefusal> {
    if line.use_case == UseCase::Update {
        return Err(CheckRefusal::UseCase);
    }
    let texts = line.sources.iter().map(source_text).collect::<Result<Vec<_>, _>>()?;
    let plan = parse_shape(&line.model_output, &shape(&line)).map_err(CheckRefusal::Malformed)?;
    let Settled { plan, claims } = settle(plan, &Evidence::of(&texts, Overlap::Needed));
    let citations: Vec<_> =
        line.sources.iter().map(|source| render::Citation { text: source.r#ref.clone(), href: None }).collect();
    let blocks = match &plan.body {
        Body::Sections(sections) => render::sections(sections, &citations),
        Body::Edits(_) => Vec::new(),
    };
    let name = |index: usize| line.sources.get(index).map(|source| source.r#ref.clone()).unwrap_or_default();
    Ok(CheckOut {
        id: line.id,
        adf: content::print_adf(&Document::new(blocks)),
        claims: claims
            .into_iter()
            .map(|claim| ClaimView {
                text: claim.text,
                refs: claim.refs.into_iter().map(name).collect(),
                supported: claim.supported,
                reason: claim.reason,
            })
            .collect(),
        dropped: plan.dropped,
    })
}

/// A source by its own name, and by its place as in a prompt.
fn shape(line: &CheckLine) -> Shape {
    let labels = line.sources.iter().enumerate().map(|(index, source)| {
        let place = format!("S{}", index.saturating_add(1));
        // A name that looks like another source's place means that source.
        let taken = line.sources.iter().any(|other| other.r#ref == place);
        if taken { vec![source.r#ref.clone()] } else { vec![source.r#ref.clone(), place] }
    });
    Shape { use_case: line.use_case, language: Language::Source, labels: labels.collect(), blocks: 0 }
}

fn source_text(source: &SourceField) -> Result<String, CheckRefusal> {
    let document = content::parse(source.format, &source.body).map_err(|_| CheckRefusal::Source)?;
    let title = source.title.as_deref().unwrap_or_default();
    Ok(format!("{}\n\n{title}\n\n{}", source.r#ref, content::print_markdown(&document)))
}

#[cfg(test)]
mod tests;
