//! What a writer chose, checked: the job it makes, its sources once each, its target as the writer may write to it.
//! It reads no source and keeps nothing.

use std::collections::{BTreeMap, BTreeSet};

use super::ask::Routes;
use super::draft::MAX_SOURCES;
use super::read;
use super::session::Session;
use super::stop::{Stop, bad_field};
use crate::product::confluence::{self, Listed, Space};
use crate::protocol::{Engine, Params, Refusal, SourceRef, Target, Tone, UseCase, view};
use crate::record::{Job, JobId, RequestDigest, SourceRecord, SourceState, Stage, StageName, State, TargetRecord};

/// What a writer chose.
pub(crate) struct Choice {
    pub(crate) use_case: UseCase,
    pub(crate) sources: Vec<SourceRef>,
    pub(crate) target: Target,
    pub(crate) language: String,
    pub(crate) tone: Tone,
    pub(crate) engine: Engine,
    /// The digest of the request the writer looked at.
    pub(crate) previewed: Option<String>,
}

/// The job a choice makes, its sources still to be read, and the routes it may take; none for the extract.
pub(crate) async fn prepare(session: &Session, id: JobId, choice: Choice) -> Result<(Job, Option<Routes>), Stop> {
    let owner = session.user()?.account_id().to_owned();
    let sources = distinct(&choice.sources)?;
    let previewed = choice
        .previewed
        .as_deref()
        .map(|text| RequestDigest::parse(text).ok_or_else(|| bad_field("previewed")))
        .transpose()?;
    if !choice.language.chars().all(|c| c.is_ascii_alphabetic()) || choice.language.len() > 10 {
        return Err(bad_field("language"));
    }
    let routes = match choice.engine {
        Engine::Extract => None,
        Engine::Route => Some(Routes::open(session).await?),
    };
    let route = match &routes {
        Some(routes) => routes.chosen().ok_or(Refusal::NoRoute)?.view.clone(),
        None => view::Route::extract(),
    };
    let target = target(session, choice.use_case, choice.target).await?;
    let now = session.host.now();
    let job = Job {
        v: Job::VERSION,
        id,
        owner,
        created: now,
        updated: now,
        state: State::Reading,
        use_case: choice.use_case,
        engine: choice.engine,
        route,
        fallbacks: routes.as_ref().map(|routes| routes.fallbacks(now)).unwrap_or_default(),
        answered: None,
        target,
        language: choice.language,
        tone: choice.tone,
        stage: Some(Stage {
            name: StageName::Reading,
            done: 0,
            total: u32::try_from(sources.len()).unwrap_or(u32::MAX),
        }),
        sources: sources.into_iter().map(waiting).collect(),
        previewed,
        request: None,
        masked: BTreeMap::new(),
        left_out: None,
        attempts: 0,
        requests: 0,
        lease: None,
        intent: None,
        published: None,
        reverted: None,
        problem: None,
    };
    Ok((job, routes))
}

/// The sources in the writer's order, each once.
pub(crate) fn distinct(raw: &[SourceRef]) -> Result<Vec<SourceRef>, Stop> {
    if raw.is_empty() {
        return Err(bad_field("sources"));
    }
    let mut seen = BTreeSet::new();
    let mut sources = Vec::new();
    for source in raw {
        let source = read::parse_ref(source)?;
        if seen.insert(source.clone()) {
            sources.push(source);
        }
    }
    if sources.len() > MAX_SOURCES {
        let limit = u64::try_from(MAX_SOURCES).unwrap_or(u64::MAX);
        return Err(Stop::Refused(Refusal::TooManySources, Params::none().with_number("limit", limit)));
    }
    Ok(sources)
}

fn waiting(source: SourceRef) -> SourceRecord {
    SourceRecord {
        kind: source.kind,
        title: String::new(),
        url: String::new(),
        updated: String::new(),
        id: source.id,
        state: SourceState::Waiting,
        code: None,
        excerpts: 0,
    }
}

/// Checks the target before anything is read: it exists and the user may write to it.
async fn target(session: &Session, use_case: UseCase, target: Target) -> Result<TargetRecord, Stop> {
    match (use_case, target) {
        (UseCase::Page, Target::New { space_id, title, parent_id }) => {
            let title = clean_title(&title).ok_or_else(|| bad_field("title"))?;
            if !super::search::is_page_id(&space_id)
                || parent_id.as_deref().is_some_and(|id| !super::search::is_page_id(id))
            {
                return Err(bad_field("target"));
            }
            let spaces: Listed<Space> = session.fetch(confluence::space(&space_id), confluence::read_list).await?;
            let space = spaces.results.into_iter().find(|space| space.id == space_id).ok_or(Refusal::NotFound)?;
            let taken: Listed<serde::de::IgnoredAny> =
                session.fetch(confluence::titled(&space_id, &title), confluence::read_list).await?;
            if !taken.results.is_empty() {
                return Err(Refusal::TitleTaken.into());
            }
            Ok(TargetRecord {
                page_id: None,
                space_id: Some(space.id),
                space_name: Some(space.name),
                parent_id,
                title,
                base: None,
            })
        }
        (UseCase::Update | UseCase::Page, Target::Page { page_id }) if super::search::is_page_id(&page_id) => {
            if !session.fetch(confluence::operations(&page_id), confluence::read_can_update).await? {
                return Err(Refusal::NoPermission.into());
            }
            let page = session.fetch(confluence::page(&page_id), confluence::read_page).await?;
            Ok(TargetRecord {
                page_id: Some(page.id),
                space_id: page.space_id,
                space_name: None,
                parent_id: None,
                title: page.title,
                base: Some(page.version.number),
            })
        }
        _ => Err(bad_field("target")),
    }
}

/// A title Confluence takes: one line, 1 to 255 characters.
fn clean_title(title: &str) -> Option<String> {
    let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
    let fits = !title.is_empty() && title.chars().count() <= 255 && !title.chars().any(char::is_control);
    fits.then_some(title)
}
