//! Finding what to draft from and where to write: the products' own search, as the asking user.
//! It keeps nothing and ranks nothing; the order is the products'.

use super::route;
use super::session::Session;
use super::stop::{Stop, bad_field};
use super::task::together;
use super::{job_view, links};
use crate::product::confluence::{self, Found, Listed, Space};
use crate::product::jira::{self, Issue, Issues};
use crate::protocol::op::{ProductAnswer, ProductCall};
use crate::protocol::view::{Container, Hit, Hits, IndexState, Limits, Studio, TargetPage, TargetSpace, Targets, Why};
use crate::protocol::{Product, SourceKind, UseCase};

/// The Studio's first view.
pub(crate) async fn open(session: &Session) -> Result<Studio, Stop> {
    let user = session.user()?;
    let settings = session.settings().await?;
    let choice = route::choices(session, &settings).await?;
    let jobs = session.jobs_of(user.account_id()).await?;
    Ok(Studio {
        product: session.invocation.product,
        site_url: session.invocation.tenant.site_url().to_owned(),
        account_id: user.account_id().to_owned(),
        opened: opened(session).await?,
        use_cases: [UseCase::Page, UseCase::Update],
        route: choice.chosen,
        routes: choice.offered,
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
        return absent_if_refused(page.map(|page| Hit {
            kind: SourceKind::Page,
            url: links::page(session, &page.id),
            container: Container { key: extension.space_key.clone().unwrap_or_default(), name: String::new() },
            updated: page.version.created_at.unwrap_or_default(),
            id: page.id,
            key: None,
            title: page.title,
            r#type: None,
            status: None,
            why: Vec::new(),
            terms: Vec::new(),
            snippet: Vec::new(),
            same: 0,
            restricted: false,
        }));
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

/// Searches tickets and pages. One product failing does not take the other's hits away.
pub(crate) async fn sources(
    session: &Session,
    text: &str,
    kinds: &[SourceKind],
    cursor: Option<&str>,
) -> Result<Hits, Stop> {
    if text.chars().count() > MAX_QUERY {
        return Err(bad_field("text"));
    }
    let cursors = Cursors::parse(cursor)?;
    let wants = |kind| kinds.is_empty() || kinds.contains(&kind);
    let mut asked: Vec<(Product, ProductCall)> = Vec::new();
    if wants(SourceKind::Issue) && cursors.goes_on(Product::Jira) {
        asked.push((Product::Jira, jira::search(text, LIMIT, cursors.jira.as_deref())));
    }
    if wants(SourceKind::Page) && cursors.goes_on(Product::Confluence) {
        asked.push((Product::Confluence, confluence::search_pages(text, LIMIT, cursors.confluence.as_deref())));
    }
    let (products, calls): (Vec<_>, Vec<_>) = asked.into_iter().unzip();
    let answers = together(calls.into_iter().map(|call| session.ask(call)).collect()).await;
    let mut hits = Hits { hits: Vec::new(), cursor: None, failed: Vec::new(), index: IndexState::off() };
    let mut next = Cursors { first: false, jira: None, confluence: None };
    for (product, answer) in products.into_iter().zip(answers) {
        match answer.and_then(|answer| read_hits(session, product, &answer, text)) {
            Ok((found, cursor)) => {
                hits.hits.extend(found);
                next.set(product, cursor);
            }
            Err(_) => hits.failed.push(product),
        }
    }
    if let Some(hit) = by_key(session, text, &hits.hits).await.filter(|_| wants(SourceKind::Issue)) {
        hits.hits.push(hit);
    }
    // A typed key first, then titles with the words; within each the products' own order.
    hits.hits.sort_by_key(|hit| hit.why.first().copied());
    hits.cursor = next.print();
    Ok(hits)
}

/// The issue whose key was typed, if it is there and not among the hits already.
async fn by_key(session: &Session, text: &str, hits: &[Hit]) -> Option<Hit> {
    let key = jira::issue_key(text).filter(|key| hits.iter().all(|hit| hit.id != *key))?;
    let issue = session.fetch(jira::listed(&key), jira::read_issue).await.ok()?;
    Some(issue_hit(session, issue, vec![Why::Key]))
}

fn read_hits(
    session: &Session,
    product: Product,
    answer: &ProductAnswer,
    text: &str,
) -> Result<(Vec<Hit>, Option<String>), Stop> {
    match product {
        Product::Jira => {
            let Issues { issues, next_page_token } = jira::read_search(answer)?;
            let hits = issues.into_iter().map(|issue| {
                let why = vec![why(text, &issue.key, issue.fields.summary.as_deref().unwrap_or_default())];
                issue_hit(session, issue, why)
            });
            Ok((hits.collect(), next_page_token))
        }
        Product::Confluence => {
            let listed: Listed<Found> = confluence::read_list(answer)?;
            let cursor = listed.cursor();
            let hits = listed.results.into_iter().filter_map(|found| page_hit(session, found, text));
            Ok((hits.collect(), cursor))
        }
    }
}

fn why(text: &str, key: &str, title: &str) -> Why {
    let title = title.to_lowercase();
    let mut words = text.split_whitespace().map(str::to_lowercase).peekable();
    if words.peek().is_none() {
        Why::Recent
    } else if text.trim().eq_ignore_ascii_case(key) {
        Why::Key
    } else if words.all(|word| title.contains(&word)) {
        Why::Title
    } else {
        Why::Text
    }
}

/// An issue as a hit.
pub(crate) fn issue_hit(session: &Session, issue: Issue, why: Vec<Why>) -> Hit {
    let fields = issue.fields;
    let project = fields
        .project
        .map_or(Container { key: String::new(), name: String::new() }, |p| Container { key: p.key, name: p.name });
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
        same: 0,
        restricted: false,
    }
}

fn page_hit(session: &Session, found: Found, text: &str) -> Option<Hit> {
    let content = found.content?;
    let container = found.result_global_container.map_or(Container { key: String::new(), name: String::new() }, |c| {
        Container { key: c.key().to_owned(), name: c.title }
    });
    let title = content.title.unwrap_or(found.title);
    Some(Hit {
        kind: SourceKind::Page,
        url: links::page(session, &content.id),
        why: vec![why(text, &content.id, &title)],
        id: content.id,
        key: None,
        title,
        container,
        updated: found.last_modified.unwrap_or_default(),
        r#type: None,
        status: None,
        terms: Vec::new(),
        snippet: Vec::new(),
        same: 0,
        restricted: false,
    })
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

/// Where each product's next page begins.
struct Cursors {
    first: bool,
    jira: Option<String>,
    confluence: Option<String>,
}

impl Cursors {
    fn parse(text: Option<&str>) -> Result<Cursors, Stop> {
        let Some(text) = text else { return Ok(Cursors { first: true, jira: None, confluence: None }) };
        let pair: (Option<String>, Option<String>) = serde_json::from_str(text).map_err(|_| bad_field("cursor"))?;
        Ok(Cursors { first: false, jira: pair.0, confluence: pair.1 })
    }

    fn goes_on(&self, product: Product) -> bool {
        self.first
            || match product {
                Product::Jira => self.jira.is_some(),
                Product::Confluence => self.confluence.is_some(),
            }
    }

    fn set(&mut self, product: Product, cursor: Option<String>) {
        match product {
            Product::Jira => self.jira = cursor,
            Product::Confluence => self.confluence = cursor,
        }
    }

    fn print(&self) -> Option<String> {
        let more = self.jira.is_some() || self.confluence.is_some();
        more.then(|| serde_json::json!([self.jira, self.confluence]).to_string())
    }
}

const LANGUAGES: &[&str] = &["source", "en", "de", "fr", "es", "it", "ru"];
const LIMIT: u32 = 12;
const MAX_SPACES: u32 = 100;
const MAX_QUERY: usize = 300;
