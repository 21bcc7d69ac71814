//! A job opened: what it is doing, or the exact change it proposes to the page as it is now.
//! Looking changes nothing but what looking must mend: an event that was never queued is queued again.

use std::collections::BTreeSet;

use super::session::Session;
use super::stop::{Stop, bad_field};
use super::store::Kept;
use super::task::together;
use super::{compose, draft, job_view, publish, read, revert};
use crate::product::confluence::{self, PageRead};
use crate::protocol::{Engine, FailCode, Millis, Refusal, view};
use crate::publish::{self as publishing, EditId, Page, Proposal, Target, TargetPage};
use crate::record::{Draft, Job, JobId, Problem, ProblemCode, State};

/// What would be written, and the page it would be written on.
pub(crate) struct Prepared {
    pub(crate) review: publishing::Review,
    pub(crate) rows: Vec<publishing::Row>,
    pub(crate) draft: Draft,
    pub(crate) left_out: BTreeSet<EditId>,
    pub(crate) base: Option<u32>,
}

/// One job, for its owner.
pub(crate) async fn get(session: &Session, id: &JobId) -> Result<view::Job, Stop> {
    let kept = revert::visible(session, id).await?;
    let mut shown = show(session, kept.clone()).await?;
    if matches!(shown.card.state, State::Published | State::Reverted) {
        shown.written = written(session, &kept.job).await?;
    }
    Ok(shown)
}

/// What was published, from the page's own versions; none when the page is not there any more.
async fn written(session: &Session, job: &Job) -> Result<Option<view::Written>, Stop> {
    let Some(done) = &job.published else { return Ok(None) };
    let mut wanted = vec![confluence::page_at(&done.page_id, done.version)];
    wanted.extend(job.target.base.map(|base| confluence::page_at(&done.page_id, base)));
    let read = together(wanted.into_iter().map(|call| session.fetch(call, confluence::read_page)).collect()).await;
    let mut bodies = read.into_iter().collect::<Result<Vec<_>, _>>().unwrap_or_default().into_iter();
    let Some(after) = bodies.next() else { return Ok(None) };
    let before = bodies.next();
    let before = before.as_ref().map_or("", PageRead::storage);
    let Ok(diff) = publishing::diff(publishing::Form::Storage, before, after.storage()) else { return Ok(None) };
    let rows = publishing::rows(&diff.before, &diff.script, &BTreeSet::new());
    Ok(rows.ok().map(|rows| view::Written { rows, summary: publishing::summary(&diff.script, &BTreeSet::new()) }))
}

/// Shows a job as it stands.
pub(crate) async fn show(session: &Session, mut kept: Kept) -> Result<view::Job, Stop> {
    match kept.job.state {
        State::Review => reviewed(session, kept).await,
        State::Queued if is_forgotten(session, &kept.job) => {
            draft::push(session, &kept, None).await?;
            Ok(job_view::bare(session, &kept.job))
        }
        State::Drafting if is_abandoned(session, &kept.job) => {
            draft::queue(session, &mut kept, None).await?;
            Ok(job_view::bare(session, &kept.job))
        }
        State::Publishing | State::Reverting => publish::show_unfinished(session, kept).await,
        _ => Ok(job_view::bare(session, &kept.job)),
    }
}

/// Queued, but no consumer came: the event was lost between the state and the queue.
fn is_forgotten(session: &Session, job: &Job) -> bool {
    job.lease.is_none_or(|until| until < session.host.now()) && session.host.now().since(job.updated) > QUEUE_PATIENCE
}

/// A consumer began and its lease ran out.
fn is_abandoned(session: &Session, job: &Job) -> bool {
    job.lease.is_some_and(|until| until < session.host.now())
}

/// Shows a draft that was made in this invocation, against the page that was read for it.
pub(crate) fn fresh(session: &Session, job: &Job, draft: Draft, current: Option<PageRead>) -> Result<view::Job, Stop> {
    match against(session, job, draft, current) {
        Ok(prepared) => Ok(with_review(session, job, prepared)),
        Err(Stop::Refused(code, _)) => Ok(without_review(session, job, code)),
        Err(stop) => Err(stop),
    }
}

async fn reviewed(session: &Session, mut kept: Kept) -> Result<view::Job, Stop> {
    let prepared = match prepare(session, &kept.job).await {
        Ok(prepared) => prepared,
        Err(Stop::Refused(code, _)) => return Ok(without_review(session, &kept.job, code)),
        Err(stop) => return Err(stop),
    };
    if prepared.base != kept.job.target.base {
        // The page moved on since the draft: the review below is against the page as it is now.
        kept.job.target.base = prepared.base;
        kept.job.problem = Some(Problem { code: ProblemCode::Refusal(Refusal::Stale) });
        match session.keep_job(&mut kept).await {
            Ok(()) | Err(Stop::Failed(FailCode::Conflict)) => {}
            Err(stop) => return Err(stop),
        }
    }
    Ok(with_review(session, &kept.job, prepared))
}

fn without_review(session: &Session, job: &Job, code: Refusal) -> view::Job {
    let mut shown = job_view::bare(session, job);
    shown.problem = Some(Problem { code: ProblemCode::Refusal(code) });
    shown
}

fn with_review(session: &Session, job: &Job, prepared: Prepared) -> view::Job {
    let mut shown = job_view::bare(session, job);
    shown.claims = prepared.draft.claims.iter().map(|claim| job_view::claim(claim, &job.sources)).collect();
    let proposal = prepared.review.proposal();
    shown.review = Some(view::Review {
        hash: prepared.review.hash.to_string(),
        title: proposal.title.clone(),
        base_version: prepared.base,
        next_version: u32::try_from(prepared.review.next_version()).unwrap_or(u32::MAX),
        // The product takes none for a page's first version.
        message: if prepared.base.is_some() { proposal.message.clone() } else { String::new() },
        approve_by: Millis(prepared.review.approve_by),
        summary: prepared.review.summary,
        rows: prepared.rows,
        left_out: prepared.left_out.iter().map(ToString::to_string).collect(),
    });
    shown
}

/// Makes the review of a job against the page as it is now, read as the asking user.
pub(crate) async fn prepare(session: &Session, job: &Job) -> Result<Prepared, Stop> {
    let draft = session.draft(&job.id).await?;
    let current = current(session, job).await?;
    against(session, job, draft, current)
}

fn against(session: &Session, job: &Job, draft: Draft, current: Option<PageRead>) -> Result<Prepared, Stop> {
    let page = match &current {
        Some(read) => Page::parse(read.storage()).map_err(read::unreadable)?,
        None => Page::empty(),
    };
    let composed = compose::script(&page, &draft, &job.sources);
    let left_out: BTreeSet<EditId> = match &job.left_out {
        Some(chosen) => chosen.iter().filter_map(|id| EditId::parse(id)).collect(),
        None => composed.doubtful,
    };
    let rows = publishing::rows(&page, &composed.script, &left_out).map_err(|_| Refusal::Stale)?;
    let base = current.as_ref().map(|read| read.version.number);
    let title = current.map_or_else(|| job.target.title.clone(), |read| read.title);
    let proposal =
        Proposal { target: write_target(session, job, base), title, message: message(job), drafted_at: job.created.0 };
    let review = publishing::review(&page, &composed.script, &left_out, proposal).map_err(|_| Refusal::Stale)?;
    Ok(Prepared { review, rows, draft, left_out, base })
}

/// The page a job writes to, as it is now; none for a new one.
pub(crate) async fn current(session: &Session, job: &Job) -> Result<Option<PageRead>, Stop> {
    match job.target.page_id.as_deref() {
        Some(id) => Ok(Some(session.fetch(confluence::page(id), confluence::read_page).await?)),
        None => Ok(None),
    }
}

fn write_target(session: &Session, job: &Job, base: Option<u32>) -> Target {
    let page = match (&job.target.page_id, base) {
        (Some(page_id), Some(version)) => {
            TargetPage::Existing { page_id: page_id.clone(), version: u64::from(version) }
        }
        _ => TargetPage::New { parent_id: job.target.parent_id.clone() },
    };
    Target {
        cloud_id: session.invocation.tenant.cloud_id().to_owned(),
        space_id: job.target.space_id.clone().unwrap_or_default(),
        page,
    }
}

/// The version message: tickets, model, operation.
fn message(job: &Job) -> String {
    let sources: Vec<&str> = job
        .sources
        .iter()
        .filter(|s| s.state == crate::record::SourceState::Read)
        .map(|s| if s.kind == crate::protocol::SourceKind::Issue { s.id.as_str() } else { s.title.as_str() })
        .collect();
    let engine = match job.engine {
        Engine::Extract => "extract, no model",
        Engine::Route => job.route.model.as_deref().unwrap_or("model"),
    };
    publishing::message(&sources, engine, &job.id.publication())
}

/// A job back in review, shown.
pub(crate) async fn show_again(session: &Session, kept: Kept) -> Result<view::Job, Stop> {
    reviewed(session, kept).await
}

/// Keeps or leaves out changes.
pub(crate) async fn choose(session: &Session, id: &JobId, left_out: &[String]) -> Result<view::Job, Stop> {
    let mut kept = draft::owned(session, id).await?;
    if kept.job.state != State::Review {
        return Err(Refusal::WrongState.into());
    }
    if left_out.len() > MAX_LEFT_OUT || !left_out.iter().all(|id| EditId::parse(id).is_some()) {
        return Err(bad_field("leftOut"));
    }
    kept.job.left_out = Some(left_out.to_vec());
    session.keep_job_as_seen(&mut kept).await?;
    reviewed(session, kept).await
}

const QUEUE_PATIENCE: Millis = Millis(30_000);
const MAX_LEFT_OUT: usize = 1_000;
