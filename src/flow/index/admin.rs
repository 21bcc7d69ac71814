//! The admin page's index section: which projects and spaces there are, which are switched on, how far each is.
//! Every act asks the product first whether the user administers it; lists are what that user may see.

use std::collections::BTreeMap;

use super::crawl;
use super::embedding;
use super::query::per_minute;
use super::queue::{self, Work, new_run};
use super::upkeep;
use crate::audit::{Code, LogLine};
use crate::flow::admin::admit;
use crate::flow::session::Session;
use crate::flow::stop::{Stop, bad_field};
use crate::flow::task::together;
use crate::product::confluence::{self, Found, Listed, Space};
use crate::product::jira;
use crate::protocol::op::ProductAnswer;
use crate::protocol::view::{ContainerState, IndexAdmin, IndexContainer, IndexPassed, IndexTotals};
use crate::protocol::{ContainerKind, Product, Refusal};
use crate::record::{IndexSettings, MOST_PASSED, Passed, Progress, Switched};

/// The section: first what is switched on, then what else there is, page by page.
pub(crate) async fn open(session: &Session, text: Option<&str>, cursor: Option<&str>) -> Result<IndexAdmin, Stop> {
    admit(session).await?;
    let text = text.unwrap_or_default().trim();
    if text.chars().count() > MAX_TEXT {
        return Err(bad_field("text"));
    }
    let settings = session.index_settings().await?.settings;
    view(session, &settings, text, Cursors::parse(cursor)?).await
}

/// Switches a container on or off.
pub(crate) async fn set(session: &Session, kind: ContainerKind, key: &str, on: bool) -> Result<IndexAdmin, Stop> {
    admit(session).await?;
    let key = parse_key(key).ok_or_else(|| bad_field("key"))?;
    let settings = if on { switch_on(session, kind, &key).await? } else { switch_off(session, kind, &key).await? };
    session.host.log(LogLine::new(Code::IndexSwitched).count(settings.containers.len()));
    view(session, &settings, "", Cursors::first()).await
}

async fn switch_on(session: &Session, kind: ContainerKind, key: &str) -> Result<IndexSettings, Stop> {
    let seen = seen(session, kind, key).await?;
    let (run, now) = (new_run()?, session.host.now());
    let (settings, is_new) = session
        .change_index_settings(|settings| {
            if settings.containers.iter().any(|known| known.kind == kind && known.key == seen.key) {
                return Ok(false);
            }
            if settings.containers.len() >= MOST_CONTAINERS {
                return Err(Refusal::TooLarge.into());
            }
            let container = Switched::new(kind, seen.key.clone(), seen.id.clone(), seen.title.clone());
            settings.containers.push(Switched { run: run.clone(), moved: now, ..container });
            Ok(true)
        })
        .await?;
    // The choice first: an event that is lost is sent again by the hourly look.
    if let Some(container) = settings.containers.iter().find(|c| is_new && c.run == run) {
        queue::push(session, vec![Work::first(container)], None).await?;
    }
    Ok(settings)
}

async fn switch_off(session: &Session, kind: ContainerKind, key: &str) -> Result<IndexSettings, Stop> {
    let name = crate::record::container_name(kind, key);
    // The choice first: a search looks into no container that is not in it.
    let (settings, ()) = session
        .change_index_settings(|settings| {
            settings.containers.retain(|container| container.name() != name);
            Ok(())
        })
        .await?;
    crawl::forget(session, &name).await?;
    queue::push(session, vec![Work::Merge], None).await?;
    Ok(settings)
}

/// How long a document stays without being read again.
pub(crate) async fn set_lifetime(session: &Session, days: u32) -> Result<IndexAdmin, Stop> {
    admit(session).await?;
    let days = u16::try_from(days).ok().filter(|days| (1..=365).contains(days)).ok_or_else(|| bad_field("days"))?;
    let (settings, ()) = session
        .change_index_settings(|settings| {
            settings.ttl_days = days;
            Ok(())
        })
        .await?;
    if !settings.containers.is_empty() {
        session
            .change_manifest(|manifest| {
                manifest.ttl_days = days;
                Ok(())
            })
            .await?;
    }
    view(session, &settings, "", Cursors::first()).await
}

/// The section after an act on all of it.
pub(super) async fn after(session: &Session) -> Result<IndexAdmin, Stop> {
    let settings = session.index_settings().await?.settings;
    view(session, &settings, "", Cursors::first()).await
}

/// Reads one container again from its start, or all of them.
pub(crate) async fn rebuild(
    session: &Session,
    kind: Option<ContainerKind>,
    key: Option<&str>,
) -> Result<IndexAdmin, Stop> {
    admit(session).await?;
    let meant = match (kind, key) {
        (None, None) => None,
        (Some(kind), Some(key)) => {
            Some(crate::record::container_name(kind, &parse_key(key).ok_or_else(|| bad_field("key"))?))
        }
        (None, Some(_)) => return Err(bad_field("kind")),
        (Some(_), None) => return Err(bad_field("key")),
    };
    let settings = session.index_settings().await?.settings;
    if meant.as_ref().is_some_and(|name| settings.container(name).is_none()) || settings.containers.is_empty() {
        return Err(Refusal::IndexOff.into());
    }
    match &meant {
        // Everything goes, also what does not open any more, and comes again from what is switched on.
        None => {
            upkeep::erase(session).await?;
        }
        Some(name) => crawl::forget(session, name).await?,
    }
    upkeep::unread(session, |container| meant.as_ref().is_none_or(|name| *name == container.name())).await?;
    upkeep::restart(session, |_, container| meant.as_ref().is_none_or(|name| *name == container.name())).await?;
    after(session).await
}

/// The container as the asking admin sees it.
pub(crate) async fn seen(session: &Session, kind: ContainerKind, key: &str) -> Result<super::reading::Seen, Stop> {
    match kind {
        ContainerKind::Project => {
            let project = session.fetch(jira::project(key), jira::read_project).await?;
            Ok(super::reading::Seen { key: project.key, id: project.id, title: project.name })
        }
        ContainerKind::Space => {
            let list: Listed<Space> = session.fetch(confluence::the_space(key), confluence::read_list).await?;
            let space = list.results.into_iter().find(|space| space.key == key).ok_or(Refusal::NotFound)?;
            Ok(super::reading::Seen { key: space.key, id: space.id, title: space.name })
        }
    }
}

/// A project's or space's key, if it is one. Both go into queries.
pub(crate) fn parse_key(key: &str) -> Option<String> {
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '~' | '.' | ':');
    (!key.is_empty() && key.len() <= 255 && key.chars().all(fits)).then(|| key.to_owned())
}

async fn view(session: &Session, settings: &IndexSettings, text: &str, cursors: Cursors) -> Result<IndexAdmin, Stop> {
    let is_first = cursors.is_first;
    let (others, next, failed) = others(session, text, cursors).await;
    let own = settings.containers.iter().filter(|_| is_first).map(shown);
    let unknown = others
        .into_iter()
        .filter(|other| !settings.containers.iter().any(|own| own.kind == other.kind && own.key == other.key));
    // A manifest that does not open shows as an index of nothing; the hourly look builds it again.
    let totals = session.manifest().await.map(|manifest| manifest.totals()).unwrap_or_default();
    Ok(IndexAdmin {
        containers: own.chain(unknown).collect(),
        cursor: next,
        ttl_days: u32::from(settings.ttl_days),
        totals: IndexTotals {
            documents: totals.documents,
            excerpts: totals.pieces,
            segments: totals.segments,
            values: totals.values,
            bytes: totals.bytes,
        },
        per_minute: per_minute(settings),
        last_query: settings.measured,
        can_edit: true,
        failed,
        embedding: if is_first { embedding::shown(session, settings).await } else { None },
    })
}

fn shown(container: &Switched) -> IndexContainer {
    IndexContainer {
        kind: container.kind,
        key: container.key.clone(),
        id: container.id.clone(),
        name: container.title.clone(),
        on: true,
        state: match container.progress {
            Progress::Waiting => ContainerState::Waiting,
            Progress::Indexing => ContainerState::Indexing,
            Progress::Ready => ContainerState::Ready,
            Progress::Failed => ContainerState::Failed,
        },
        code: container.problem,
        done: container.done,
        total: container.total.max(container.done),
        documents: container.documents,
        excerpts: container.excerpts,
        bytes: container.bytes,
        indexed_at: container.indexed_at,
        passed: passed(container),
    }
}

/// What of a container's documents is not in the index, by reason.
fn passed(container: &Switched) -> Vec<IndexPassed> {
    let at_least = container.passed.len() >= MOST_PASSED;
    let mut counts: BTreeMap<Passed, usize> = BTreeMap::new();
    for code in container.passed.values() {
        *counts.entry(*code).or_default() += 1;
    }
    counts.into_iter().map(|(code, count)| IndexPassed { code, count, at_least }).collect()
}

fn unswitched(kind: ContainerKind, key: String, id: String, name: String) -> IndexContainer {
    IndexContainer {
        kind,
        key,
        id,
        name,
        on: false,
        state: ContainerState::Off,
        code: None,
        done: 0,
        total: 0,
        documents: 0,
        excerpts: 0,
        bytes: 0,
        indexed_at: None,
        passed: Vec::new(),
    }
}

/// Projects and spaces the admin sees, from where an earlier page ended. One product failing does not take the other's away.
pub(crate) async fn others(
    session: &Session,
    text: &str,
    cursors: Cursors,
) -> (Vec<IndexContainer>, Option<String>, Vec<Product>) {
    let mut asked = Vec::new();
    if let Some(start) = cursors.projects {
        asked.push((Product::Jira, jira::projects(text, start, PAGE)));
    }
    if cursors.is_first || cursors.spaces.is_some() {
        let from = cursors.spaces.as_deref();
        let all = text.is_empty();
        let call = if all { confluence::spaces_from(PAGE, from) } else { confluence::spaces_titled(text, PAGE, from) };
        asked.push((Product::Confluence, call));
    }
    let (products, calls): (Vec<_>, Vec<_>) = asked.into_iter().unzip();
    let answers = together(calls.into_iter().map(|call| session.ask(call)).collect()).await;
    let mut next = Cursors { is_first: false, projects: None, spaces: None };
    let (mut found, mut failed) = (Vec::new(), Vec::new());
    for (product, answer) in products.into_iter().zip(answers) {
        let read = answer.and_then(|answer| match product {
            Product::Jira => projects(&answer, cursors.projects.unwrap_or(0), &mut next),
            Product::Confluence => spaces(&answer, text.is_empty(), &mut next),
        });
        match read {
            Ok(some) => found.extend(some),
            Err(_) => failed.push(product),
        }
    }
    (found, next.print(), failed)
}

fn projects(answer: &ProductAnswer, start: usize, next: &mut Cursors) -> Result<Vec<IndexContainer>, Stop> {
    let page = jira::read_projects(answer)?;
    let end = start.saturating_add(page.values.len());
    next.projects = (!page.is_last && !page.values.is_empty()).then_some(end);
    Ok(page.values.into_iter().map(|p| unswitched(ContainerKind::Project, p.key, p.id, p.name)).collect())
}

fn spaces(answer: &ProductAnswer, is_list: bool, next: &mut Cursors) -> Result<Vec<IndexContainer>, Stop> {
    if is_list {
        let page: Listed<Space> = confluence::read_list(answer)?;
        next.spaces = page.cursor();
        return Ok(page.results.into_iter().map(|s| unswitched(ContainerKind::Space, s.key, s.id, s.name)).collect());
    }
    let page: Listed<Found> = confluence::read_list(answer)?;
    next.spaces = page.cursor();
    let spaces = page.results.into_iter().filter_map(|found| found.space);
    Ok(spaces.map(|s| unswitched(ContainerKind::Space, s.key, s.id.to_string(), s.name)).collect())
}

/// Where each product's next page begins.
pub(crate) struct Cursors {
    is_first: bool,
    projects: Option<usize>,
    spaces: Option<String>,
}

impl Cursors {
    fn first() -> Cursors {
        Cursors { is_first: true, projects: Some(0), spaces: None }
    }

    /// Whether the list begins here.
    pub(crate) const fn is_first(&self) -> bool {
        self.is_first
    }

    pub(crate) fn parse(text: Option<&str>) -> Result<Cursors, Stop> {
        let Some(text) = text else { return Ok(Cursors::first()) };
        let (projects, spaces) = serde_json::from_str(text).map_err(|_| bad_field("cursor"))?;
        Ok(Cursors { is_first: false, projects, spaces })
    }

    fn print(&self) -> Option<String> {
        let more = self.projects.is_some() || self.spaces.is_some();
        more.then(|| serde_json::json!([self.projects, self.spaces]).to_string())
    }
}

const PAGE: u32 = 50;
const MAX_TEXT: usize = 100;
/// The record of what is switched on fits one value with these.
const MOST_CONTAINERS: usize = 300;
