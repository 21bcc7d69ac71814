//! From a writer's choice to packed excerpts: starting, reading on, giving up.
//! It writes no text; [`super::run`] does.

use std::collections::{BTreeMap, BTreeSet};

use super::read::{self, ReadSource};
use super::session::Session;
use super::stop::{Stop, bad_field};
use super::store::Kept;
use super::task::together;
use super::{job_view, outline, review, route, run};
use crate::audit::{Code, LogLine};
use crate::product::confluence::{self, Listed, Space};
use crate::protocol::op::QueuePush;
use crate::protocol::{Engine, Event, FailCode, Millis, Params, Refusal, SourceRef, Target, Tone, UseCase, view};
use crate::record::{
    Job, JobId, Material, MaterialSource, Problem, ProblemCode, RequestId, SourceRecord, SourceState, Stage, StageName,
    State, TargetRecord,
};

/// What a writer chose.
pub(crate) struct Choice {
    pub(crate) use_case: UseCase,
    pub(crate) sources: Vec<SourceRef>,
    pub(crate) target: Target,
    pub(crate) language: String,
    pub(crate) tone: Tone,
    pub(crate) engine: Engine,
}

/// Starts a draft and reads what time allows.
pub(crate) async fn start(session: &Session, request: &str, choice: Choice) -> Result<view::Job, Stop> {
    let request = RequestId::parse(request).ok_or_else(|| bad_field("requestId"))?;
    let user = session.user()?.account_id().to_owned();
    let id = session.job_id(&user, &request);
    match session.job(&id).await {
        Ok(kept) => return go_on(session, kept).await,
        Err(Stop::Refused(Refusal::NotFound, _)) => {}
        Err(stop) => return Err(stop),
    }
    let job = prepare(session, id, user, choice).await?;
    session.host.log(LogLine::new(Code::JobStarted).job(&job.id).count(job.sources.len()));
    match session.create_job(job.clone()).await? {
        Some(kept) => go_on(session, kept).await,
        None => go_on(session, session.job(&job.id).await?).await,
    }
}

/// Reads further, and drafts when all is read.
pub(crate) async fn proceed(session: &Session, id: &JobId) -> Result<view::Job, Stop> {
    let kept = owned(session, id).await?;
    go_on(session, kept).await
}

/// Gives a draft up: its content is removed, its entry stays in the list.
pub(crate) async fn cancel(session: &Session, id: &JobId) -> Result<view::Job, Stop> {
    for _ in 0..TRIES {
        let mut kept = owned(session, id).await?;
        match kept.job.state {
            State::Reading | State::Queued | State::Drafting | State::Review | State::Failed => {}
            State::Discarded => return Ok(job_view::bare(session, &kept.job)),
            State::Publishing | State::Published | State::Reverting | State::Reverted => {
                return Err(Refusal::WrongState.into());
            }
        }
        kept.job.state = State::Discarded;
        kept.job.stage = None;
        match session.keep_job(&mut kept).await {
            Ok(()) => {
                session.forget_content(id).await?;
                return Ok(job_view::bare(session, &kept.job));
            }
            Err(Stop::Failed(FailCode::Conflict)) => {}
            Err(stop) => return Err(stop),
        }
    }
    Err(Refusal::WrongState.into())
}

/// A job of the asking user; somebody else's does not exist for them.
pub(crate) async fn owned(session: &Session, id: &JobId) -> Result<Kept, Stop> {
    let kept = session.job(id).await?;
    if kept.job.owner == session.user()?.account_id() { Ok(kept) } else { Err(Refusal::NotFound.into()) }
}

async fn prepare(session: &Session, id: JobId, owner: String, choice: Choice) -> Result<Job, Stop> {
    let sources = distinct(&choice.sources)?;
    if !choice.language.chars().all(|c| c.is_ascii_alphabetic()) || choice.language.len() > 10 {
        return Err(bad_field("language"));
    }
    let route = match choice.engine {
        Engine::Extract => view::Route::extract(),
        Engine::Route => {
            let settings = session.settings().await?;
            route::decide(session, &settings).await?.ok_or(Refusal::NoRoute)?.view
        }
    };
    let target = target(session, choice.use_case, choice.target).await?;
    let now = session.host.now();
    Ok(Job {
        v: Job::VERSION,
        id,
        owner,
        created: now,
        updated: now,
        state: State::Reading,
        use_case: choice.use_case,
        engine: choice.engine,
        route,
        target,
        language: choice.language,
        tone: choice.tone,
        stage: Some(Stage {
            name: StageName::Reading,
            done: 0,
            total: u32::try_from(sources.len()).unwrap_or(u32::MAX),
        }),
        sources: sources.into_iter().map(waiting).collect(),
        masked: BTreeMap::new(),
        left_out: None,
        attempts: 0,
        lease: None,
        intent: None,
        published: None,
        reverted: None,
        problem: None,
    })
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
pub(crate) fn clean_title(title: &str) -> Option<String> {
    let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
    let fits = !title.is_empty() && title.chars().count() <= 255 && !title.chars().any(char::is_control);
    fits.then_some(title)
}

/// Reads wave by wave while time allows, then drafts or queues.
async fn go_on(session: &Session, mut kept: Kept) -> Result<view::Job, Stop> {
    while kept.job.state == State::Reading {
        let wave: Vec<SourceRef> =
            kept.job.sources.iter().filter(|s| s.state == SourceState::Waiting).take(WAVE).map(source_ref).collect();
        if wave.is_empty() {
            return finish_reading(session, kept).await;
        }
        if session.host.left() < ENOUGH_FOR_A_WAVE {
            break;
        }
        if read_wave(session, &mut kept, &wave).await? == Wave::CutShort {
            break;
        }
    }
    review::show(session, kept).await
}

fn source_ref(record: &SourceRecord) -> SourceRef {
    SourceRef { kind: record.kind, id: record.id.clone() }
}

/// Whether a wave was read to its end.
#[derive(PartialEq)]
enum Wave {
    Whole,
    /// The invocation's time is up: what was not read waits for the next call.
    CutShort,
}

async fn read_wave(session: &Session, kept: &mut Kept, wave: &[SourceRef]) -> Result<Wave, Stop> {
    let mut ended = Wave::Whole;
    let results = together(wave.iter().map(|source| read::source(session, source)).collect()).await;
    let mut material = match session.material(&kept.job.id).await {
        Ok(material) => material,
        Err(Stop::Refused(Refusal::Expired, _)) => Material { v: Material::VERSION, ..Material::default() },
        Err(stop) => return Err(stop),
    };
    for (wanted, result) in wave.iter().zip(results) {
        let Some(record) = kept.job.sources.iter_mut().find(|s| s.kind == wanted.kind && s.id == wanted.id) else {
            continue;
        };
        match result {
            Ok(read) => note_read(record, &mut material, read),
            Err(Stop::Refused(code, _)) => {
                record.state = SourceState::Failed;
                record.code = Some(code);
            }
            Err(Stop::Failed(FailCode::Deadline)) => ended = Wave::CutShort,
            Err(stop) => return Err(stop),
        }
    }
    let done = kept.job.sources.iter().filter(|s| s.state != SourceState::Waiting).count();
    if let Some(stage) = &mut kept.job.stage {
        stage.done = u32::try_from(done).unwrap_or(u32::MAX);
    }
    pack(&mut material.sources);
    session.keep_material(&kept.job.id, &material).await?;
    session.keep_job(kept).await?;
    Ok(ended)
}

/// A source read twice (the first time's job was not written) is in the material once.
fn note_read(record: &mut SourceRecord, material: &mut Material, read: ReadSource) {
    let ReadSource { source, updated, people } = read;
    record.state = SourceState::Read;
    record.title.clone_from(&source.title);
    record.url.clone_from(&source.url);
    record.updated = updated;
    record.excerpts = u32::try_from(source.excerpts.len()).unwrap_or(u32::MAX);
    material.sources.retain(|s| !(s.kind == source.kind && s.id == source.id));
    material.sources.push(source);
    for person in people {
        if !material.people.contains(&person) {
            material.people.push(person);
        }
    }
}

/// Keeps the material within what one stored value takes: every source its first excerpts, round by round.
pub(crate) fn pack(sources: &mut [MaterialSource]) {
    let mut left = MATERIAL_BYTES;
    let mut kept = vec![0_usize; sources.len()];
    let mut full = false;
    for round in 0.. {
        let mut any = false;
        for (source, kept) in sources.iter().zip(&mut kept) {
            let Some(excerpt) = source.excerpts.get(round) else { continue };
            if full || excerpt.len() > left {
                full = true;
                continue;
            }
            left = left.saturating_sub(excerpt.len());
            *kept = round.saturating_add(1);
            any = true;
        }
        if !any {
            break;
        }
    }
    for (source, kept) in sources.iter_mut().zip(kept) {
        source.excerpts.truncate(kept);
    }
}

async fn finish_reading(session: &Session, mut kept: Kept) -> Result<view::Job, Stop> {
    let read = kept.job.sources.iter().filter(|s| s.state == SourceState::Read).count();
    session.host.log(LogLine::new(Code::SourcesRead).job(&kept.job.id).count(read).of(kept.job.sources.len()));
    if read == 0 {
        fail(session, &mut kept, ProblemCode::Refusal(Refusal::NoSourcesReadable)).await?;
        return Ok(job_view::bare(session, &kept.job));
    }
    let mut material = session.material(&kept.job.id).await?;
    order(&mut material.sources, &kept.job.sources);
    if let Some(page_id) = kept.job.target.page_id.clone() {
        let page = session.fetch(confluence::page(&page_id), confluence::read_page).await?;
        kept.job.target.base = Some(page.version.number);
        material.page = Some(outline::of(page.storage())?);
    }
    session.keep_material(&kept.job.id, &material).await?;
    match kept.job.engine {
        Engine::Extract => run::extract(session, &mut kept, &material).await?,
        Engine::Route => queue(session, &mut kept, None).await?,
    }
    review::show(session, kept).await
}

/// The writer's order, whatever order the answers came in.
fn order(sources: &mut [MaterialSource], records: &[SourceRecord]) {
    sources.sort_by_key(|s| records.iter().position(|r| r.kind == s.kind && r.id == s.id));
}

/// Hands the job to the consumer: first the state, then the event, so that a crash between is seen and mended.
pub(crate) async fn queue(session: &Session, kept: &mut Kept, delay: Option<Millis>) -> Result<(), Stop> {
    kept.job.state = State::Queued;
    kept.job.lease = None;
    kept.job.stage = Some(Stage { name: StageName::Waiting, done: 0, total: 1 });
    session.keep_job(kept).await?;
    push(session, kept, delay).await
}

/// Queues the event of a job that is queued.
pub(crate) async fn push(session: &Session, kept: &Kept, delay: Option<Millis>) -> Result<(), Stop> {
    let body = BTreeMap::from([("jobId", kept.job.id.as_str().into()), ("rev", kept.rev.into())]);
    let delay_seconds = delay.map(|d| u32::try_from(d.as_seconds()).unwrap_or(u32::MAX).clamp(1, 900));
    session
        .host
        .perform(QueuePush { queue: QUEUE, events: vec![Event { body, delay_seconds, concurrency: None }] })
        .await?;
    Ok(())
}

/// Ends a job visibly.
pub(crate) async fn fail(session: &Session, kept: &mut Kept, code: ProblemCode) -> Result<(), Stop> {
    kept.job.state = State::Failed;
    kept.job.stage = None;
    kept.job.lease = None;
    kept.job.problem = Some(Problem { code });
    session.keep_job(kept).await
}

/// One draft has at most so many sources: the platform's time and the reader's patience end there.
pub(crate) const MAX_SOURCES: usize = 50;
/// The queue of the manifest.
const QUEUE: &str = "drafts";
/// Sources read at a time.
pub(crate) const WAVE: usize = 5;
const ENOUGH_FOR_A_WAVE: Millis = Millis(6_000);
/// What one stored value takes of sealed text, less the overhead of sealing, titles and people.
const MATERIAL_BYTES: usize = 110 * 1024;
const TRIES: usize = 4;
