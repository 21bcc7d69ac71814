//! Reading one source as the asking user: fields by allow-list, bodies to excerpts, people to identities.
//! Bodies live in this call only; what goes on is excerpts.

use serde_json::Value;

use super::links;
use super::session::Session;
use super::stop::{Stop, bad_field};
use crate::content::{self, Document, ExcerptLimits, Format, Malformed};
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

/// Reads a source.
///
/// # Errors
/// A refusal when the user may not read it, it is gone, or its text cannot be read.
pub(crate) async fn source(session: &Session, wanted: &SourceRef) -> Result<ReadSource, Stop> {
    match wanted.kind {
        SourceKind::Issue => issue(session, &wanted.id).await,
        SourceKind::Page => page(session, &wanted.id).await,
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

async fn issue(session: &Session, key: &str) -> Result<ReadSource, Stop> {
    let issue = session.fetch(jira::issue(key), jira::read_issue).await?;
    let parts = parts(&issue.fields).map_err(unreadable)?;
    let mut people = issue_people(&issue.fields);
    let mut excerpts = Vec::new();
    for (_, document) in &parts {
        people.extend(mentioned(document));
        excerpts.extend(cut(document));
    }
    let fields = issue.fields;
    Ok(ReadSource {
        source: MaterialSource {
            kind: SourceKind::Issue,
            url: links::issue(session, &issue.key),
            id: issue.key,
            title: fields.summary.unwrap_or_default(),
            group: fields.issue_type.map(|named| named.name).unwrap_or_default(),
            excerpts,
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

async fn page(session: &Session, id: &str) -> Result<ReadSource, Stop> {
    let page = session.fetch(confluence::page(id), confluence::read_page).await?;
    let document = content::parse(Format::Storage, page.storage()).map_err(unreadable)?;
    Ok(ReadSource {
        people: mentioned(&document),
        source: MaterialSource {
            kind: SourceKind::Page,
            url: links::page(session, &page.id),
            id: page.id,
            title: page.title,
            group: String::new(),
            excerpts: cut(&document),
            place: page.space_id.map(Place::space),
            cut: false,
        },
        updated: page.version.created_at.unwrap_or_default(),
    })
}

fn cut(document: &Document) -> Vec<String> {
    let limits = ExcerptLimits::default();
    content::excerpts(document, &limits)
        .into_iter()
        .map(|excerpt| excerpt.text)
        .filter(|text| !text.trim().is_empty())
        .collect()
}

fn issue_people(fields: &jira::Fields) -> Vec<Person> {
    let named = [("reporter", &fields.reporter), ("assignee", &fields.assignee), ("creator", &fields.creator)];
    let own = named.into_iter().filter_map(|(role, person)| identity(person.as_ref()?, Some(role)));
    let authors = fields
        .comment
        .iter()
        .flat_map(|comments| &comments.comments)
        .filter_map(|c| identity(c.author.as_ref()?, None));
    own.chain(authors).collect()
}

/// Everybody an issue names in its fields, its comments and their mentions, and the comments that came apart from it.
pub(super) fn people_of(fields: &jira::Fields, more: &[jira::Comment]) -> Vec<Person> {
    let mut people = issue_people(fields);
    people.extend(more.iter().filter_map(|comment| identity(comment.author.as_ref()?, None)));
    let inside = fields.comment.iter().flat_map(|comments| &comments.comments).chain(more);
    let bodies = fields.description.iter().chain(inside.filter_map(|comment| comment.body.as_ref()));
    for document in bodies.filter_map(|body| adf(body).ok()) {
        people.extend(mentioned(&document));
    }
    people
}

fn identity(person: &jira::Person, role: Option<&str>) -> Option<Person> {
    Some(Person {
        account_id: person.account_id.clone(),
        name: person.display_name.clone().filter(|name| !name.trim().is_empty())?,
        email: person.email_address.clone(),
        role: role.map(str::to_owned),
    })
}

pub(super) fn mentioned(document: &Document) -> Vec<Person> {
    let named = content::mentions(document).into_iter().filter_map(|mention| {
        let name = mention.text.trim_start_matches('@').trim().to_owned();
        // A mention without a name is written by the account's id.
        let name = if name.is_empty() { mention.account_id.clone()? } else { name };
        (!name.is_empty()).then_some(Person { account_id: mention.account_id, name, email: None, role: None })
    });
    named.collect()
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
