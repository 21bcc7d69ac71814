//! From what the products answer to what is indexed: titles, texts cut into excerpts, and what filters look at.
//! It reads no comment that only some of the issue's readers may read, and stores nothing.

use crate::content::{self, Format};
use crate::flow::cut::Cut;
use crate::flow::read;
use crate::flow::spot::Text;
use crate::product::confluence::PageRead;
use crate::product::jira::{Comment, Fields, Issue};
use crate::protocol::{Millis, SourceKind};
use crate::record::{Field, Passed, Switched, document_id};
use crate::search::{Doc, Meta, Piece};

/// A document to index, with what its excerpts were cut from.
pub(super) struct Read {
    pub(super) doc: Doc,
    /// In the order of the excerpts: the document's are those of the first, then of the second.
    pub(super) cuts: Vec<Cut>,
    /// What of it could not be read.
    pub(super) passed: Option<Passed>,
}

/// An issue to index: summary, description and the comments every reader of the issue reads; and whether all of them could be read.
pub(super) fn issue(issue: &Issue, more: &[Comment], container: &Switched, today: u32) -> Read {
    let fields = &issue.fields;
    let texts = texts(fields, more);
    let cuts = cut(&texts.read);
    let doc = Doc {
        id: document_id(SourceKind::Issue, &issue.key),
        container: container.name(),
        title: fields.summary.clone().unwrap_or_default(),
        pieces: pieces(&cuts),
        meta: Meta {
            key: Some(issue.key.clone()),
            kind: fields.issue_type.as_ref().map(|kind| kind.name.clone()),
            author: fields.creator.as_ref().and_then(|person| person.account_id.clone()),
            updated: fields.updated.as_deref().and_then(day),
            indexed: today,
        },
    };
    Read { doc, cuts, passed: (texts.unread > 0).then_some(Passed::BodyUnread) }
}

/// A page to index: its title and body; and whether that could be read.
pub(super) fn page(page: &PageRead, body: Option<&Text>, container: &Switched, today: u32) -> Read {
    let cuts = cut(body);
    let doc = Doc {
        id: document_id(SourceKind::Page, &page.id),
        container: container.name(),
        title: page.title.clone(),
        pieces: pieces(&cuts),
        meta: Meta {
            key: None,
            kind: Some("page".to_owned()),
            author: page.author_id.clone(),
            updated: page.version.created_at.as_deref().and_then(day),
            indexed: today,
        },
    };
    Read { doc, cuts, passed: body.is_none().then_some(Passed::BodyUnread) }
}

/// The texts of an issue in reading order.
pub(super) struct Texts {
    pub(super) read: Vec<Text>,
    /// How many did not parse: the rest is still found.
    pub(super) unread: usize,
}

/// The texts of an issue that every reader of it reads.
pub(super) fn texts(fields: &Fields, more: &[Comment]) -> Texts {
    let description = fields.description.as_ref().map(|body| (Field::Description, body));
    let comments = fields.comment.iter().flat_map(|comments| &comments.comments).chain(more);
    let open = comments.filter(|comment| comment.is_open());
    let open = open.filter_map(|comment| Some((read::comment_of(comment), comment.body.as_ref()?)));
    let bodies = description.into_iter().chain(open).filter(|(_, body)| !body.is_null());
    let (mut read, mut unread) = (Vec::new(), 0);
    for (field, body) in bodies {
        match read::adf(body) {
            Ok(document) => read.push(Text { field, document }),
            Err(_) => unread += 1,
        }
    }
    Texts { read, unread }
}

/// A page's text, if it parses.
pub(super) fn body(page: &PageRead) -> Option<Text> {
    let document = content::parse(Format::Storage, page.storage()).ok()?;
    Some(Text { field: Field::Body, document })
}

fn cut<'t>(texts: impl IntoIterator<Item = &'t Text>) -> Vec<Cut> {
    texts.into_iter().map(|text| Cut::of(&text.document)).collect()
}

fn pieces(cuts: &[Cut]) -> Vec<Piece> {
    let excerpts = cuts.iter().flat_map(|cut| &cut.excerpts);
    excerpts.map(|one| Piece { heading: one.heading.clone(), text: one.text.clone(), vector: None }).collect()
}

/// The day of a product's time.
pub(super) fn day(time: &str) -> Option<u32> {
    Millis::parse(time).map(Millis::as_days)
}
