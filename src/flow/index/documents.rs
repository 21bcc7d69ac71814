//! From what the products answer to what is indexed: titles, texts cut into excerpts, and what filters look at.
//! It reads no comment that only some of the issue's readers may read, and stores nothing.

use crate::content::{self, Document, Format, Malformed};
use crate::flow::{cut, read};
use crate::product::confluence::PageRead;
use crate::product::jira::{Comment, Fields, Issue};
use crate::protocol::{Millis, SourceKind};
use crate::record::{Passed, Switched, document_id};
use crate::search::{Doc, Meta, Piece};

/// An issue to index: summary, description and the comments every reader of the issue reads; and whether all of them could be read.
pub(super) fn issue(issue: &Issue, texts: &Texts, container: &Switched, today: u32) -> (Doc, Option<Passed>) {
    let fields = &issue.fields;
    let doc = Doc {
        id: document_id(SourceKind::Issue, &issue.key),
        container: container.name(),
        title: fields.summary.clone().unwrap_or_default(),
        pieces: texts.read.iter().flat_map(pieces).collect(),
        meta: Meta {
            key: Some(issue.key.clone()),
            kind: fields.issue_type.as_ref().map(|kind| kind.name.clone()),
            author: fields.creator.as_ref().and_then(|person| person.account_id.clone()),
            updated: fields.updated.as_deref().and_then(day),
            indexed: today,
        },
    };
    (doc, (texts.unread > 0).then_some(Passed::BodyUnread))
}

/// A page to index: its title and body; and whether that could be read.
pub(super) fn page(
    page: &PageRead,
    body: Option<&Document>,
    container: &Switched,
    today: u32,
) -> (Doc, Option<Passed>) {
    let doc = Doc {
        id: document_id(SourceKind::Page, &page.id),
        container: container.name(),
        title: page.title.clone(),
        pieces: body.into_iter().flat_map(pieces).collect(),
        meta: Meta {
            key: None,
            kind: Some("page".to_owned()),
            author: page.author_id.clone(),
            updated: page.version.created_at.as_deref().and_then(day),
            indexed: today,
        },
    };
    (doc, body.is_none().then_some(Passed::BodyUnread))
}

/// The documents of an issue in reading order.
pub(super) struct Texts {
    pub(super) read: Vec<Document>,
    /// How many did not parse: the rest is still found.
    pub(super) unread: usize,
}

/// The documents of an issue that every reader of it reads.
pub(super) fn texts(fields: &Fields, more: &[Comment]) -> Texts {
    let description = fields.description.as_ref();
    let comments = fields.comment.iter().flat_map(|comments| &comments.comments).chain(more);
    let open = comments.filter(|comment| comment.is_open()).filter_map(|comment| comment.body.as_ref());
    let bodies = description.into_iter().chain(open).filter(|body| !body.is_null());
    let (mut read, mut unread) = (Vec::new(), 0);
    for body in bodies {
        match read::adf(body) {
            Ok(document) => read.push(document),
            Err(_) => unread += 1,
        }
    }
    Texts { read, unread }
}

/// A page's document, if it parses.
pub(super) fn body(page: &PageRead) -> Option<Document> {
    let parsed: Result<Document, Malformed> = content::parse(Format::Storage, page.storage());
    parsed.ok()
}

fn pieces(document: &Document) -> Vec<Piece> {
    let cuts = cut::excerpts(document, None).into_iter();
    cuts.map(|cut| Piece { heading: cut.heading, text: cut.text, vector: None }).collect()
}

/// The day of a product's time.
pub(super) fn day(time: &str) -> Option<u32> {
    Millis::parse(time).map(Millis::as_days)
}
