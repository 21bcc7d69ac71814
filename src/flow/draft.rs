//! A draft from its start to the hand-over: starting, reading on, giving up.
//! It writes no text; [`super::run`] does.

use std::collections::BTreeMap;

use super::choice::{self, Choice};
use super::gather::{self, Wave};
use super::session::Session;
use super::stop::{Stop, bad_field};
use super::store::Kept;
use super::{job_view, review, run};
use crate::audit::{Code, LogLine};
use crate::protocol::op::QueuePush;
use crate::protocol::{Engine, Event, FailCode, Millis, Refusal, view};
use crate::record::{JobId, Problem, ProblemCode, RequestId, SourceState, Stage, StageName, State};

/// Starts a draft and reads what time allows.
pub(crate) async fn start(session: &Session, request: &str, choice: Choice) -> Result<view::Job, Stop> {
    let request = RequestId::parse(request).ok_or_else(|| bad_field("requestId"))?;
    let id = session.job_id(session.user()?.account_id(), &request);
    match session.job(&id).await {
        Ok(kept) => return go_on(session, kept).await,
        Err(Stop::Refused(Refusal::NotFound, _)) => {}
        Err(stop) => return Err(stop),
    }
    let (job, _) = choice::prepare(session, id, choice).await?;
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

/// Reads wave by wave while time allows, then drafts or queues.
async fn go_on(session: &Session, mut kept: Kept) -> Result<view::Job, Stop> {
    while kept.job.state == State::Reading {
        if gather::next(&kept.job).is_empty() {
            return finish_reading(session, kept).await;
        }
        if session.host.left() < ENOUGH_FOR_A_WAVE {
            break;
        }
        if read_wave(session, &mut kept).await? == Wave::CutShort {
            break;
        }
    }
    review::show(session, kept).await
}

async fn read_wave(session: &Session, kept: &mut Kept) -> Result<Wave, Stop> {
    let mut material = match session.material(&kept.job.id).await {
        Ok(material) => material,
        Err(Stop::Refused(Refusal::Expired, _)) => gather::anew(&mut kept.job),
        Err(stop) => return Err(stop),
    };
    let ended = gather::read(session, &mut kept.job, &mut material).await?;
    let done = kept.job.sources.iter().filter(|s| s.state != SourceState::Waiting).count();
    if let Some(stage) = &mut kept.job.stage {
        stage.done = u32::try_from(done).unwrap_or(u32::MAX);
    }
    session.keep_material(&kept.job.id, &material).await?;
    session.keep_job(kept).await?;
    Ok(ended)
}

async fn finish_reading(session: &Session, mut kept: Kept) -> Result<view::Job, Stop> {
    let read = kept.job.sources.iter().filter(|s| s.state == SourceState::Read).count();
    session.host.log(LogLine::new(Code::SourcesRead).job(&kept.job.id).count(read).of(kept.job.sources.len()));
    if read == 0 {
        fail(session, &mut kept, ProblemCode::Refusal(Refusal::NoSourcesReadable)).await?;
        return Ok(job_view::bare(session, &kept.job));
    }
    let mut material = session.material(&kept.job.id).await?;
    let page = match gather::complete(session, &mut kept.job, &mut material).await {
        // It will not pass by itself: without names nothing can be masked, and nothing leaves.
        Err(Stop::Refused(code @ Refusal::NamesHidden, _)) => {
            fail(session, &mut kept, ProblemCode::Refusal(code)).await?;
            session.forget_material(&kept.job.id).await?;
            return Ok(job_view::bare(session, &kept.job));
        }
        completed => completed?,
    };
    match kept.job.engine {
        Engine::Extract => match run::extract(session, &mut kept, &material).await? {
            Some(draft) => review::fresh(session, &kept.job, draft, page),
            None => Ok(job_view::bare(session, &kept.job)),
        },
        Engine::Route => {
            session.keep_material(&kept.job.id, &material).await?;
            queue(session, &mut kept, None).await?;
            Ok(job_view::bare(session, &kept.job))
        }
    }
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
    let delay_seconds = delay.map(|d| u32::try_from(d.as_seconds_up()).unwrap_or(u32::MAX).clamp(1, 900));
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
const ENOUGH_FOR_A_WAVE: Millis = Millis(6_000);
const TRIES: usize = 4;
