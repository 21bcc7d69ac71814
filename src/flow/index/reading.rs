//! Reading projects and spaces as the app: what there is of a container, and the documents that are wanted of it.
//! It decides neither which are wanted nor what becomes of them.

use std::collections::BTreeMap;

use super::documents;
use super::embedder::Embedder;
use crate::flow::cut::Cut;
use crate::flow::people;
use crate::flow::session::Session;
use crate::flow::stop::Stop;
use crate::flow::task::together;
use crate::policy::AsApp;
use crate::product::confluence::{self, Listed as ListOf, PageRead};
use crate::product::jira::{self, Comment, Issue};
use crate::protocol::{ContainerKind, FailCode, Refusal};
use crate::record::{Passed, Person, Switched, document_id};
use crate::search::Doc;
use crate::search::manifest::Tombstone;

/// A container as the product has it now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Seen {
    pub(crate) key: String,
    pub(crate) id: String,
    pub(crate) title: String,
}

/// Reads a container as the app; nothing when the app may not read it or it is gone.
pub(super) async fn container(
    session: &Session,
    right: &AsApp<'_>,
    container: &Switched,
) -> Result<Option<Seen>, Stop> {
    match container.kind {
        ContainerKind::Project => {
            let answer = session.ask_as_app(right, jira::project(&container.id)).await?;
            let found = jira::read_project(&answer).map_err(Stop::from);
            absent_if_refused(found.map(|p| Seen { key: p.key, id: p.id, title: p.name }))
        }
        ContainerKind::Space => {
            let answer = session.ask_as_app(right, confluence::space(&container.id)).await?;
            let found: Result<ListOf<confluence::Space>, Stop> = confluence::read_list(&answer).map_err(Stop::from);
            let Some(list) = absent_if_refused(found)? else { return Ok(None) };
            let space = list.results.into_iter().find(|space| space.id == container.id);
            Ok(space.map(|s| Seen { key: s.key, id: s.id, title: s.name }))
        }
    }
}

/// How many documents a container has, nearly; none when the product does not say.
pub(super) async fn count(session: &Session, right: &AsApp<'_>, container: &Switched) -> Option<u64> {
    match container.kind {
        ContainerKind::Project => {
            let answer = session.ask_as_app(right, jira::count(&container.id)).await.ok()?;
            jira::read_count(&answer).ok()
        }
        ContainerKind::Space => {
            let answer = session.ask_as_app(right, confluence::count(&container.key)).await.ok()?;
            confluence::read_count(&answer).ok()
        }
    }
}

/// A page of a container's documents: ids and when they changed, by rising number.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Listing {
    /// Keys or ids, with the day of the last change.
    pub(super) there: Vec<(String, Option<u32>)>,
    /// Where the next page begins; none on the last.
    pub(super) next: Option<String>,
}

/// Lists the next documents of a container.
pub(super) async fn listing(
    session: &Session,
    right: &AsApp<'_>,
    container: &Switched,
    cursor: Option<&str>,
) -> Result<Listing, Stop> {
    let day = |time: Option<String>| time.as_deref().and_then(documents::day);
    match container.kind {
        ContainerKind::Project => {
            let answer = session.ask_as_app(right, jira::listing(&container.id, cursor)).await?;
            let found = jira::read_search(&answer)?;
            let there = found.issues.into_iter().map(|issue| (issue.key, day(issue.fields.updated)));
            Ok(Listing { there: there.collect(), next: found.next_page_token })
        }
        ContainerKind::Space => {
            let answer = session.ask_as_app(right, confluence::listing(&container.id, cursor)).await?;
            let found: ListOf<PageRead> = confluence::read_list(&answer)?;
            let next = found.cursor();
            let there = found.results.into_iter().map(|page| (page.id, day(page.version.created_at)));
            Ok(Listing { there: there.collect(), next })
        }
    }
}

/// Documents as they were read.
#[derive(Default)]
pub(super) struct Read {
    pub(super) docs: Vec<Doc>,
    /// By the tokens of their ids: what of each is not in `docs`, if anything is not.
    pub(super) passed: Notes,
}

/// Documents by the tokens of their ids, and what of each was passed over, if anything was.
pub(super) type Notes = BTreeMap<u64, Option<Passed>>;

/// Reads documents of a container as the app, with vectors if there are to be any. Those that are gone, hidden or elsewhere
/// by now are left out.
pub(super) async fn documents(
    session: &Session,
    right: &AsApp<'_>,
    container: &Switched,
    ids: &[String],
    embedder: &mut Embedder,
) -> Result<Read, Stop> {
    let size = match container.kind {
        ContainerKind::Project => jira::FETCHED,
        ContainerKind::Space => confluence::TOGETHER,
    };
    let mut all = Read::default();
    let mut batches: Vec<Vec<String>> = ids.chunks(size).rev().map(<[String]>::to_vec).collect();
    while let Some(batch) = batches.pop() {
        match read(session, right, container, &batch).await {
            Ok(found) => {
                let people = match embedder.is_masking() {
                    true => people::named(session, Some(right), found.people).await,
                    false => Ok(found.people),
                };
                let mut docs = found.docs;
                let long = embedder.fill(session, &mut docs, &found.cuts, people).await;
                let why = |doc: &Doc| long.contains(&doc.id).then_some(Passed::ExcerptTooLong);
                let notes = docs.iter().zip(found.passed);
                let notes = notes.map(|(doc, passed)| (Tombstone::token(&doc.id), passed.or(why(doc))));
                all.passed.extend(notes);
                all.docs.extend(docs);
            }
            // Larger than the shim takes: in halves, and a document that is too large alone is not indexed.
            Err(Stop::Failed(FailCode::TooLarge) | Stop::Refused(Refusal::TooLarge, _)) => {
                if let [id] = batch.as_slice() {
                    let id = document_id(container.kind.source(), id);
                    all.passed.insert(Tombstone::token(&id), Some(Passed::DocumentTooLarge));
                }
                let (first, second) = batch.split_at_checked(batch.len() / 2).unwrap_or_default();
                batches.extend(
                    [second, first]
                        .into_iter()
                        .filter(|half| !half.is_empty() && half.len() < batch.len())
                        .map(<[String]>::to_vec),
                );
            }
            Err(stop) => return Err(stop),
        }
    }
    Ok(all)
}

/// Documents with what of each could not be read, what the excerpts of each were cut from, and the people they name.
#[derive(Default)]
struct Found {
    docs: Vec<Doc>,
    passed: Vec<Option<Passed>>,
    cuts: Vec<Vec<Cut>>,
    people: Vec<Person>,
}

impl Found {
    fn add(&mut self, document: documents::Read, people: Vec<Person>) {
        self.docs.push(document.doc);
        self.passed.push(document.passed);
        self.cuts.push(document.cuts);
        self.people.extend(people);
    }
}

async fn read(session: &Session, right: &AsApp<'_>, container: &Switched, ids: &[String]) -> Result<Found, Stop> {
    let mut read = Found::default();
    let today = session.host.now().as_days();
    let wanted: Vec<&str> = ids.iter().map(String::as_str).collect();
    match container.kind {
        ContainerKind::Project => {
            let answer = session.ask_as_app(right, jira::fetch(&wanted, true)).await?;
            let found = jira::read_together(&answer)?.issues;
            let own: Vec<Issue> = found.into_iter().filter(|issue| is_of(issue, container)).collect();
            let more = together(own.iter().map(|issue| further(session, right, issue)).collect()).await;
            let more = more.into_iter().collect::<Result<Vec<_>, Stop>>()?;
            for (issue, more) in own.iter().zip(&more) {
                let document = documents::issue(issue, more, container, today);
                read.add(document, people::of_issue(&issue.fields, more));
            }
        }
        ContainerKind::Space => {
            let answer = session.ask_as_app(right, confluence::pages(&wanted, true)).await?;
            let found: ListOf<PageRead> = confluence::read_list(&answer)?;
            let own = found.results.iter().filter(|page| page.space_id.as_deref() == Some(container.id.as_str()));
            for page in own {
                let body = documents::body(page);
                let people = people::of_page(page, body.iter().flat_map(|text| &text.document.blocks));
                read.add(documents::page(page, body.as_ref(), container, today), people);
            }
        }
    }
    Ok(read)
}

/// Whether the issue lies in the project still: a moved one answers to its old key.
fn is_of(issue: &Issue, container: &Switched) -> bool {
    issue.key.rsplit_once('-').is_some_and(|(project, _)| project == container.key)
}

/// The comments that a list of issues leaves out.
async fn further(session: &Session, right: &AsApp<'_>, issue: &Issue) -> Result<Vec<Comment>, Stop> {
    let Some(first) = issue.fields.comment.as_ref() else { return Ok(Vec::new()) };
    let mut more: Vec<Comment> = Vec::new();
    let read = |more: &[Comment]| first.comments.len().saturating_add(more.len());
    while read(&more) < first.total.min(MOST_COMMENTS) {
        let answer = session.ask_as_app(right, jira::comments(&issue.key, read(&more))).await?;
        let page = jira::read_comments(&answer)?.comments;
        if page.is_empty() {
            break;
        }
        more.extend(page);
    }
    Ok(more)
}

fn absent_if_refused<T>(found: Result<T, Stop>) -> Result<Option<T>, Stop> {
    match found {
        Ok(found) => Ok(Some(found)),
        Err(Stop::Refused(Refusal::NoPermission | Refusal::NotFound, _)) => Ok(None),
        Err(stop) => Err(stop),
    }
}

/// Comments of an issue that are indexed; a thread of more is found by these.
const MOST_COMMENTS: usize = 200;
