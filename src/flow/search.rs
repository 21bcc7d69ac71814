//! Finding what to draft from and where to write, as the asking user: the index's hits, then the products' own search.
//! It keeps nothing; the order is the index's and the products'.

mod products;

use self::products::{Cursors, LIMIT, page_hit};
use super::ask::Routes;
use super::index::{self, Within};
use super::session::Session;
use super::stop::{Stop, bad_field};
use super::task::{both, together};
use super::{job_view, links};
use crate::product::confluence::{self, Found, Listed, PageRead, Space};
use crate::product::jira::{self, Issue};
use crate::protocol::view::{
    Container, Hit, Hits, IndexState, Limits, Route, Studio, TargetPage, TargetSpace, Targets, Why,
};
use crate::protocol::{SourceKind, UseCase};
use crate::record::document_id;

/// The Studio's first view.
pub(crate) async fn open(session: &Session) -> Result<Studio, Stop> {
    let user = session.user()?;
    let routes = Routes::open(session).await?;
    let chosen = routes.chosen().map(|decided| decided.view.clone());
    let jobs = session.jobs_of(user.account_id()).await?;
    Ok(Studio {
        product: session.invocation.product,
        site_url: session.invocation.tenant.site_url().to_owned(),
        account_id: user.account_id().to_owned(),
        opened: opened(session).await?,
        use_cases: [UseCase::Page, UseCase::Update],
        routes: chosen.iter().cloned().chain([Route::extract()]).collect(),
        route: chosen.unwrap_or_else(Route::extract),
        fallbacks: routes.fallbacks(session.host.now()),
        jobs: jobs.iter().map(|kept| job_view::card(session, &kept.job)).collect(),
        languages: LANGUAGES,
        limits: Limits { max_sources: super::draft::MAX_SOURCES },
    })
}

/// What the Studio was opened on, if the user may read it.
async fn opened(session: &Session) -> Result<Option<Hit>, Stop> {
    let extension = &session.invocation.extension;
    if let Some(key) = extension.issue_key.as_deref().and_then(jira::issue_key) {
        let issue = session.fetch(jira::issue(&key), jira::read_issue).await;
        return absent_if_refused(issue.map(|issue| issue_hit(session, issue, Vec::new())));
    }
    if let Some(id) = extension.page_id.as_deref().filter(|id| is_page_id(id)) {
        let page = session.fetch(confluence::page(id), confluence::read_page).await;
        let space = Container { key: extension.space_key.clone().unwrap_or_default(), name: String::new() };
        return absent_if_refused(page.map(|page| page_hit_of(session, page, space)));
    }
    Ok(None)
}

fn absent_if_refused(found: Result<Hit, Stop>) -> Result<Option<Hit>, Stop> {
    match found {
        Ok(hit) => Ok(Some(hit)),
        Err(Stop::Refused(..)) => Ok(None),
        Err(stop) => Err(stop),
    }
}

/// Searches tickets and pages: with words the index first, then the products' own search for what the index does not hold; without
/// words what changed lately.
pub(crate) async fn sources(
    session: &Session,
    text: &str,
    within: Within<'_>,
    cursor: Option<&str>,
) -> Result<Hits, Stop> {
    if text.chars().count() > MAX_QUERY {
        return Err(bad_field("text"));
    }
    let cursors = Cursors::parse(cursor)?;
    let query = index::parse(text)?;
    if text.trim().is_empty() || !cursors.first {
        let (found, state) = both(products::search(session, &query, within, &cursors), index::state(session)).await;
        return Ok(joined(Vec::new(), found, state, cursors.shown));
    }
    let asked = both(index::search(session, &query, within), products::search(session, &query, within, &cursors));
    let (indexed, mut found) = asked.await;
    let wants_issues = within.kinds.is_empty() || within.kinds.contains(&SourceKind::Issue);
    if wants_issues && indexed.hits.iter().all(|hit| hit.why.first() != Some(&Why::Key)) {
        found.hits.splice(0..0, products::by_key(session, text, &found.hits).await);
    }
    for product in indexed.failed {
        if !found.failed.contains(&product) {
            found.failed.push(product);
        }
    }
    Ok(joined(indexed.hits, found, indexed.state, Vec::new()))
}

/// One list: a typed key, what the index found in its order, the rest.
fn joined(mut hits: Vec<Hit>, found: products::Answered, state: IndexState, mut shown: Vec<String>) -> Hits {
    shown.extend(hits.iter().map(|hit| document_id(hit.kind, &hit.id)));
    let (keyed, rest): (Vec<Hit>, Vec<Hit>) = found
        .hits
        .into_iter()
        .filter(|hit| !shown.contains(&document_id(hit.kind, &hit.id)))
        .partition(|hit| !hits.is_empty() && hit.why.first() == Some(&Why::Key));
    hits.splice(0..0, keyed);
    hits.extend(rest);
    let next = Cursors { shown, ..found.next };
    Hits { hits, cursor: next.print(), failed: found.failed, index: state }
}

/// An issue as a hit.
pub(crate) fn issue_hit(session: &Session, issue: Issue, why: Vec<Why>) -> Hit {
    let fields = issue.fields;
    let project = fields.project.map_or(Container::unknown(), |p| Container { key: p.key, name: p.name });
    Hit {
        kind: SourceKind::Issue,
        url: links::issue(session, &issue.key),
        id: issue.key.clone(),
        key: Some(issue.key),
        title: fields.summary.unwrap_or_default(),
        container: project,
        updated: fields.updated.unwrap_or_default(),
        r#type: fields.issue_type.map(|named| named.name),
        status: fields.status.map(|named| named.name),
        why,
        terms: Vec::new(),
        snippet: Vec::new(),
        spot: None,
        same: 0,
        restricted: false,
    }
}

/// A page that was read as a hit.
pub(crate) fn page_hit_of(session: &Session, page: PageRead, space: Container) -> Hit {
    Hit {
        kind: SourceKind::Page,
        url: links::page(session, &page.id),
        id: page.id,
        key: None,
        title: page.title,
        container: space,
        updated: page.version.created_at.unwrap_or_default(),
        r#type: None,
        status: None,
        why: Vec::new(),
        terms: Vec::new(),
        snippet: Vec::new(),
        spot: None,
        same: 0,
        restricted: false,
    }
}

/// Searches places to write to.
pub(crate) async fn targets(session: &Session, text: &str) -> Result<Targets, Stop> {
    if text.chars().count() > MAX_QUERY {
        return Err(bad_field("text"));
    }
    let calls =
        vec![session.ask(confluence::spaces(MAX_SPACES)), session.ask(confluence::search_pages(text, LIMIT, None))];
    let mut answers = together(calls).await.into_iter();
    let mut answer = || answers.next().unwrap_or(Err(crate::protocol::Fault::Internal.into()));
    let spaces: Listed<Space> = confluence::read_list(&answer()?)?;
    let pages: Listed<Found> = confluence::read_list(&answer()?)?;
    let wanted = text.trim().to_lowercase();
    let fits = |space: &Space| {
        wanted.is_empty() || space.name.to_lowercase().contains(&wanted) || space.key.to_lowercase().contains(&wanted)
    };
    let spaces =
        spaces.results.into_iter().filter(fits).map(|s| TargetSpace { id: s.id, key: s.key, name: s.name }).collect();
    let pages = pages.results.into_iter().filter_map(|found| {
        let hit = page_hit(session, found, text)?;
        Some(TargetPage { id: hit.id, title: hit.title, space: hit.container, updated: hit.updated })
    });
    Ok(Targets { spaces, pages: pages.collect() })
}

/// Whether the text is a page's numeric id.
pub(crate) fn is_page_id(text: &str) -> bool {
    !text.is_empty() && text.len() <= 20 && text.bytes().all(|b| b.is_ascii_digit())
}

const LANGUAGES: &[&str] = &["source", "en", "de", "fr", "es", "it", "ru"];
const MAX_SPACES: u32 = 100;
const MAX_QUERY: usize = 300;
