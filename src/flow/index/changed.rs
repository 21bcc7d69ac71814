//! A ticket or page changed: the product's event queues a reading of that one document, and the reading decides. What cannot be read
//! any more, or lies outside what is switched on, leaves the index; the rest is indexed anew.
//! An event's payload is believed in nothing but which document to look at.

use serde::Serialize;

use super::embedder::Embedder;
use super::embedding;
use super::queue::{self, Work};
use super::reading::{self, Read};
use crate::audit::{Code, LogLine};
use crate::flow::search::is_page_id;
use crate::flow::session::Session;
use crate::flow::stop::{Stop, bad_field};
use crate::policy;
use crate::product::confluence::{self, Listed, PageRead};
use crate::product::jira;
use crate::protocol::{ContainerKind, SourceKind};
use crate::record::{IndexSettings, Passed, Switched, document_id};
use crate::search::Doc;
use crate::search::manifest::Tombstone;

/// How many documents an event queued or changed.
#[derive(Debug, Serialize)]
pub(crate) struct Changed {
    documents: usize,
}

/// Queues the documents of a product's event, as far as they can lie in a container that is switched on.
pub(crate) async fn notice(session: &Session, kind: SourceKind, ids: &[String]) -> Result<Changed, Stop> {
    let parsed: Option<Vec<String>> = ids.iter().take(MOST_IDS).map(|id| parse(kind, id)).collect();
    let ids = parsed.ok_or_else(|| bad_field("ids"))?;
    let settings = session.index_settings().await?.settings;
    let works: Vec<Work> = ids
        .into_iter()
        .filter(|id| may_hold(&settings, kind, id))
        .map(|id| Work::Changed { kind, id, tries: 0 })
        .collect();
    let documents = works.len();
    if documents > 0 {
        queue::push(session, works, None).await?;
        session.host.log(LogLine::new(Code::ChangesQueued).count(documents));
    }
    Ok(Changed { documents })
}

/// Reads one document again as the app. Its words are found at once; vectors that failed follow with another event.
pub(crate) async fn again(session: &Session, kind: SourceKind, id: &str, tries: u8) -> Result<Changed, Stop> {
    let id = parse(kind, id).ok_or_else(|| bad_field("id"))?;
    let settings = session.index_settings().await?.settings;
    if !may_hold(&settings, kind, &id) {
        return Ok(Changed { documents: 0 });
    }
    let mut embedder = Embedder::open(session, &settings).await;
    let Found { doc, passed } = match kind {
        SourceKind::Issue => issue(session, &settings, &id, &mut embedder).await?,
        SourceKind::Page => page(session, &settings, &id, &mut embedder).await?,
    };
    let gone = if doc.is_none() { vec![document_id(kind, &id)] } else { Vec::new() };
    let docs: Vec<Doc> = doc.into_iter().collect();
    let written = session.write_embedded(&docs, &gone, embedder.space()).await?;
    session.host.log(LogLine::new(Code::Indexed).count(docs.len()).of(gone.len()));
    let token = Tombstone::token(&document_id(kind, &id));
    if passed.is_some() || settings.containers.iter().any(|container| container.passed.contains_key(&token)) {
        note(session, token, passed).await?;
    }
    if written.merge {
        queue::push(session, vec![Work::Merge], None).await?;
    }
    let lacks = embedder.lacks() > 0;
    match embedder.wait(tries).filter(|_| lacks) {
        Some(wait) => {
            let again = Work::Changed { kind, id, tries: tries.saturating_add(1) };
            queue::push(session, vec![again], Some(queue::delay(wait))).await?;
        }
        None => embedding::note(session, docs.first().map(|doc| doc.container.as_str()), &embedder).await?,
    }
    Ok(Changed { documents: 1 })
}

/// A document as it was read.
#[derive(Default)]
struct Found {
    doc: Option<Doc>,
    /// The container it lies in, and what of the document was passed over there.
    passed: Option<(String, Passed)>,
}

impl Found {
    fn of(container: &Switched, id: &str, read: Read) -> Found {
        let passed = read.passed.get(&Tombstone::token(id)).copied().flatten();
        Found {
            doc: read.docs.into_iter().find(|doc| doc.id == id),
            passed: passed.map(|passed| (container.name(), passed)),
        }
    }
}

/// Writes down what of a document was passed over, and that no other container has anything of it.
async fn note(session: &Session, token: u64, passed: Option<(String, Passed)>) -> Result<(), Stop> {
    let changed = session
        .change_index_settings(|settings| {
            for container in &mut settings.containers {
                let own = passed.as_ref().filter(|(name, _)| *name == container.name()).map(|(_, passed)| *passed);
                container.pass(&[(token, own)].into());
            }
            Ok(())
        })
        .await;
    changed.map(|_| ())
}

async fn issue(session: &Session, settings: &IndexSettings, key: &str, embedder: &mut Embedder) -> Result<Found, Stop> {
    let project = key.rsplit_once('-').map(|(project, _)| project);
    let right = policy::as_app(session.invocation.source, settings, ContainerKind::Project, project)?;
    let Some(container) = right.containers().next() else { return Ok(Found::default()) };
    let read = reading::documents(session, &right, container, &[key.to_owned()], embedder).await?;
    Ok(Found::of(container, &document_id(SourceKind::Issue, key), read))
}

async fn page(session: &Session, settings: &IndexSettings, id: &str, embedder: &mut Embedder) -> Result<Found, Stop> {
    let right = policy::as_app(session.invocation.source, settings, ContainerKind::Space, None)?;
    // Where it lies first: a page of a space that is not switched on is not read.
    let answer = session.ask_as_app(&right, confluence::pages(&[id], false)).await?;
    let listed: Listed<PageRead> = confluence::read_list(&answer)?;
    let space = listed.results.into_iter().find(|page| page.id == id).and_then(|page| page.space_id);
    let is_its = |container: &&Switched| Some(container.id.as_str()) == space.as_deref();
    let Some(container) = right.containers().find(is_its) else { return Ok(Found::default()) };
    let read = reading::documents(session, &right, container, &[id.to_owned()], embedder).await?;
    Ok(Found::of(container, &document_id(SourceKind::Page, id), read))
}

fn parse(kind: SourceKind, id: &str) -> Option<String> {
    match kind {
        SourceKind::Issue => jira::issue_key(id),
        SourceKind::Page => is_page_id(id).then(|| id.to_owned()),
    }
}

/// Whether the document can lie in a container that is switched on: an issue's key names its project, a page's id no space.
fn may_hold(settings: &IndexSettings, kind: SourceKind, id: &str) -> bool {
    let project = id.rsplit_once('-').map(|(project, _)| project);
    settings.of(kind).any(|container| kind == SourceKind::Page || project == Some(container.key.as_str()))
}

/// An issue that moved has the key it has and those it had.
const MOST_IDS: usize = 5;
