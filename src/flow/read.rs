//! Reading one source as the asking user: fields by allow-list, bodies to excerpts, people to identities.
//! Bodies live in this call only; what goes on is excerpts.

use serde_json::Value;

use super::masking::Rules;
use super::session::Session;
use super::stop::{Stop, bad_field};
use super::{cut, links, people};
use crate::content::{self, Document, Format, Malformed};
use crate::privacy::Part;
use crate::product::{confluence, jira};
use crate::protocol::{ContainerKind, Refusal, SourceKind, SourceRef};
use crate::record::{MaterialSource, Person, Place};

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

/// An issue's parts in reading order, each with the field it comes from.
pub(crate) fn parts(fields: &jira::Fields) -> Result<Vec<(&'static str, Document)>, Malformed> {
    let mut parts = Vec::new();
    if let Some(description) = fields.description.as_ref().filter(|value| !value.is_null()) {
        parts.push(("description", adf(description)?));
    }
    for comment in fields.comment.iter().flat_map(|comments| &comments.comments) {
        if let Some(body) = comment.body.as_ref().filter(|value| !value.is_null()) {
            parts.push(("comment", adf(body)?));
        }
    }
    Ok(parts)
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
    let parts = parts(&issue.fields).map_err(unreadable)?;
    let people = people::of_issue(&issue.fields, &[]);
    let (excerpts, over) = cut(parts.iter().map(|(_, document)| document), rules, &people);
    let fields = issue.fields;
    Ok(ReadSource {
        source: MaterialSource {
            kind: SourceKind::Issue,
            url: links::issue(session, &issue.key),
            id: issue.key,
            title: fields.summary.unwrap_or_default(),
            group: fields.issue_type.map(|named| named.name).unwrap_or_default(),
            excerpts,
            parts: over,
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
    let people = people::of_page(&page, Some(&document));
    let (excerpts, parts) = cut([&document], rules, &people);
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
            place: page.space_id.map(Place::space),
            cut: false,
        },
        updated: page.version.created_at.unwrap_or_default(),
    })
}

/// The excerpts of a source's documents, and what the rules find in each by the whole alone.
fn cut<'a>(
    documents: impl IntoIterator<Item = &'a Document>,
    rules: Option<&Rules>,
    people: &[Person],
) -> (Vec<String>, Vec<Vec<Part>>) {
    let masker = rules.map(|rules| rules.masker_of_all(people));
    let cuts = documents.into_iter().flat_map(|document| cut::excerpts(document, masker.as_ref()));
    let (excerpts, mut parts): (Vec<String>, Vec<Vec<Part>>) = cuts.map(|cut| (cut.text, cut.parts)).unzip();
    if parts.iter().all(Vec::is_empty) {
        parts.clear();
    }
    (excerpts, parts)
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
