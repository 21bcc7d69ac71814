//! Reading one source as the asking user: fields by allow-list, bodies to excerpts, people to identities.
//! Bodies live in this call only; what goes on is excerpts.

use serde_json::Value;

use super::cut::Cut;
use super::masking::Rules;
use super::session::Session;
use super::spot::{Spots, Text};
use super::stop::{Stop, bad_field};
use super::{links, people};
use crate::content::{self, Document, Format, Malformed};
use crate::privacy::Part;
use crate::product::{confluence, jira};
use crate::protocol::{ContainerKind, Refusal, SourceKind, SourceRef};
use crate::record::{Field, MaterialSource, Person, Place, Spot};

/// A source read: what is kept of it, and whom it names.
#[derive(Debug)]
pub(crate) struct ReadSource {
    pub(crate) source: MaterialSource,
    pub(crate) updated: String,
    pub(crate) people: Vec<Person>,
}

/// Reads a source. With the masking rules, also what they find in its whole texts and not in the excerpts.
///
/// # Errors
/// A refusal when the user may not read it, it is gone, or its text cannot be read.
pub(crate) async fn source(session: &Session, wanted: &SourceRef, rules: Option<&Rules>) -> Result<ReadSource, Stop> {
    match wanted.kind {
        SourceKind::Issue => issue(session, &wanted.id, rules).await,
        SourceKind::Page => page(session, &wanted.id, rules).await,
    }
}

/// Checks a source's id before anything is asked.
///
/// # Errors
/// [`Refusal::BadInput`] naming the field.
pub(crate) fn parse_ref(raw: &SourceRef) -> Result<SourceRef, Stop> {
    let id = match raw.kind {
        SourceKind::Issue => jira::issue_key(&raw.id),
        SourceKind::Page => super::search::is_page_id(&raw.id).then(|| raw.id.clone()),
    };
    Ok(SourceRef { kind: raw.kind, id: id.ok_or_else(|| bad_field("sources"))? })
}

/// An issue's texts in reading order.
pub(crate) fn texts(fields: &jira::Fields) -> Result<Vec<Text>, Malformed> {
    let mut texts = Vec::new();
    if let Some(description) = fields.description.as_ref().filter(|value| !value.is_null()) {
        texts.push(Text { field: Field::Description, document: adf(description)? });
    }
    for comment in fields.comment.iter().flat_map(|comments| &comments.comments) {
        if let Some(body) = comment.body.as_ref().filter(|value| !value.is_null()) {
            texts.push(Text { field: comment_of(comment), document: adf(body)? });
        }
    }
    Ok(texts)
}

/// The field that a comment is.
pub(crate) fn comment_of(comment: &jira::Comment) -> Field {
    Field::Comment { id: comment.id().map(str::to_owned) }
}

/// A field's document: ADF, or plain text where an old field still holds that.
pub(crate) fn adf(value: &Value) -> Result<Document, Malformed> {
    match value {
        Value::String(text) => content::parse(Format::Markdown, text),
        other => content::parse(Format::Adf, &other.to_string()),
    }
}

async fn issue(session: &Session, key: &str, rules: Option<&Rules>) -> Result<ReadSource, Stop> {
    let issue = session.fetch(jira::issue(key), jira::read_issue).await?;
    let texts = texts(&issue.fields).map_err(unreadable)?;
    let people = people::of_issue(&issue.fields, &[]);
    let Excerpts { excerpts, parts, spots } = cut(&texts, rules, &people);
    let fields = issue.fields;
    Ok(ReadSource {
        source: MaterialSource {
            kind: SourceKind::Issue,
            url: links::issue(session, &issue.key),
            id: issue.key,
            title: fields.summary.unwrap_or_default(),
            group: fields.issue_type.map(|named| named.name).unwrap_or_default(),
            excerpts,
            parts,
            spots,
            place: fields.project.map(|project| Place {
                kind: ContainerKind::Project,
                id: project.id,
                key: project.key,
            }),
            cut: false,
        },
        updated: fields.updated.unwrap_or_default(),
        people,
    })
}

async fn page(session: &Session, id: &str, rules: Option<&Rules>) -> Result<ReadSource, Stop> {
    let page = session.fetch(confluence::page(id), confluence::read_page).await?;
    let document = content::parse(Format::Storage, page.storage()).map_err(unreadable)?;
    let people = people::of_page(&page, &document.blocks);
    let Excerpts { excerpts, parts, spots } = cut(&[Text { field: Field::Body, document }], rules, &people);
    Ok(ReadSource {
        people,
        source: MaterialSource {
            kind: SourceKind::Page,
            url: links::page(session, &page.id),
            id: page.id,
            title: page.title,
            group: String::new(),
            excerpts,
            parts,
            spots,
            place: page.space_id.map(Place::space),
            cut: false,
        },
        updated: page.version.created_at.unwrap_or_default(),
    })
}

/// The excerpts of a source, with what goes with each.
#[derive(Default)]
struct Excerpts {
    excerpts: Vec<String>,
    parts: Vec<Vec<Part>>,
    spots: Vec<Spot>,
}

/// The excerpts of a source's texts, what the rules find in each by the whole alone, and where each stands.
fn cut(texts: &[Text], rules: Option<&Rules>, people: &[Person]) -> Excerpts {
    let masker = rules.map(|rules| rules.masker_of_all(people));
    let mut out = Excerpts::default();
    for text in texts {
        let (spots, cut) = (Spots::of(text), Cut::of(&text.document));
        let parts = masker.as_ref().map(|masker| cut.parts(masker)).unwrap_or_default();
        out.parts.extend(parts.into_iter().chain(std::iter::repeat_with(Vec::new)).take(cut.excerpts.len()));
        for excerpt in cut.excerpts {
            out.spots.push(spots.under(excerpt.heading, excerpt.origin));
            out.excerpts.push(excerpt.text);
        }
    }
    if out.parts.iter().all(Vec::is_empty) {
        out.parts.clear();
    }
    out
}

/// What a body that does not parse is to the user.
pub(crate) fn unreadable(reason: Malformed) -> Stop {
    match reason {
        Malformed::TooLarge => Refusal::TooLarge.into(),
        Malformed::TooDeep | Malformed::NotJson | Malformed::NotADocument | Malformed::NotXml | Malformed::Doctype => {
            Refusal::Unreadable.into()
        }
    }
}
