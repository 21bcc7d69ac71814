//! Taking a publication back: the old body when nobody wrote since, only our blocks when somebody did.
//! A person's edit is never lost: with one in between nothing is written before the three-way view was approved.

use std::collections::BTreeSet;

use super::session::Session;
use super::stop::Stop;
use super::store::Kept;
use super::write::{self, Look};
use super::{job_view, read, review};
use crate::audit::{Code, LogLine};
use crate::product::confluence::{self, PageRead};
use crate::protocol::{Fault, Millis, Refusal, view};
use crate::publish::{self as publishing, Approved, Merge, Proposal, Revert, Target, TargetPage};
use crate::record::{Done, Intent, Job, JobId, Problem, ProblemCode, State, WriteKind};

/// A job the user may see: their own, or one whose page they may read.
pub(crate) async fn visible(session: &Session, id: &JobId) -> Result<Kept, Stop> {
    let kept = session.job(id).await?;
    if kept.job.owner == session.user()?.account_id() {
        return Ok(kept);
    }
    match kept.job.state {
        State::Published | State::Reverting | State::Reverted => {
            review::current(session, &kept.job).await.map_err(|_| Refusal::NotFound)?;
            Ok(kept)
        }
        State::Reading
        | State::Queued
        | State::Drafting
        | State::Review
        | State::Publishing
        | State::Discarded
        | State::Failed => Err(Refusal::NotFound.into()),
    }
}

/// Takes a publication back, or shows what that would do to a page a person edited since.
pub(crate) async fn revert(session: &Session, id: &JobId, hash: Option<&str>) -> Result<view::Job, Stop> {
    let kept = visible(session, id).await?;
    match kept.job.state {
        State::Published => {}
        State::Reverting => return resume(session, kept).await,
        State::Reverted => return Err(Refusal::AlreadyDone.into()),
        State::Reading
        | State::Queued
        | State::Drafting
        | State::Review
        | State::Publishing
        | State::Discarded
        | State::Failed => {
            return Err(Refusal::WrongState.into());
        }
    }
    match plan(session, &kept.job).await? {
        Plan::Trash { page_id, version } => trash(session, kept, &page_id, version).await,
        Plan::Restore(approved, version) => restore(session, kept, &approved, WriteKind::Restore, version).await,
        Plan::Merge(merge, proposal, version) => match hash {
            None => Ok(three_way(session, &kept.job, &merge, proposal, version)?),
            Some(hash) => {
                let reviewed = review_merge(&merge, proposal)?;
                let approved = reviewed.approve(hash, session.host.now().0).map_err(super::publish::refuse)?;
                restore(session, kept, &approved, WriteKind::Merge, version).await
            }
        },
    }
}

enum Plan {
    /// The page was made by us and nobody wrote since.
    Trash { page_id: String, version: u32 },
    /// Nobody wrote since: the old body as it was.
    Restore(Approved, u32),
    /// Somebody wrote since: only our blocks.
    Merge(Box<Merge>, Proposal, u32),
}

async fn plan(session: &Session, job: &Job) -> Result<Plan, Stop> {
    let published = job.published.as_ref().ok_or(Fault::Internal)?;
    let current = review::current(session, job).await?.ok_or(Fault::Internal)?;
    let untouched = current.version.number == published.version;
    let Some(base) = job.target.base else {
        if untouched {
            return Ok(Plan::Trash { page_id: current.id, version: current.version.number });
        }
        return compare(session, job, published, "", current).await;
    };
    let page_id = current.id.clone();
    let before = session.fetch(confluence::page_at(&page_id, base), confluence::read_page).await?;
    compare(session, job, published, before.storage(), current).await
}

async fn compare(
    session: &Session,
    job: &Job,
    published: &Done,
    before: &str,
    current: PageRead,
) -> Result<Plan, Stop> {
    let version = current.version.number;
    let ours = if version == published.version {
        current.storage().to_owned()
    } else {
        let ours = session.fetch(confluence::page_at(&current.id, published.version), confluence::read_page).await?;
        ours.storage().to_owned()
    };
    let proposal = proposal(session, job, &current);
    match publishing::revert(before, &ours, current.storage()).map_err(read::unreadable)? {
        Revert::Whole(restore) => Ok(Plan::Restore(restore.approve(proposal), version)),
        Revert::Merged(merge) => Ok(Plan::Merge(Box::new(merge), proposal, version)),
    }
}

fn proposal(session: &Session, job: &Job, current: &PageRead) -> Proposal {
    let published = job.published.as_ref().map_or(0, |done| done.version);
    let what = format!("version {published} taken back");
    Proposal {
        target: Target {
            cloud_id: session.invocation.tenant.cloud_id().to_owned(),
            space_id: job.target.space_id.clone().unwrap_or_default(),
            page: TargetPage::Existing { page_id: current.id.clone(), version: u64::from(current.version.number) },
        },
        title: current.title.clone(),
        message: publishing::message(&[what.as_str()], "revert", &job.id.reversal()),
        drafted_at: session.host.now().0,
    }
}

fn review_merge(merge: &Merge, proposal: Proposal) -> Result<publishing::Review, Stop> {
    let reviewed = publishing::review(&merge.page, &merge.script, &BTreeSet::new(), proposal);
    Ok(reviewed.map_err(|_| Refusal::Stale)?)
}

fn three_way(session: &Session, job: &Job, merge: &Merge, proposal: Proposal, version: u32) -> Result<view::Job, Stop> {
    let rows = merge.rows(&BTreeSet::new()).map_err(|_| Refusal::Stale)?;
    let reviewed = review_merge(merge, proposal)?;
    let mut shown = job_view::bare(session, job);
    shown.conflict = Some(view::Conflict {
        hash: reviewed.hash.to_string(),
        current_version: version,
        rows,
        summary: reviewed.summary,
        possible: !merge.script.edits().is_empty(),
    });
    Ok(shown)
}

async fn restore(
    session: &Session,
    mut kept: Kept,
    approved: &Approved,
    kind: WriteKind,
    base: u32,
) -> Result<view::Job, Stop> {
    let operation = kept.job.id.reversal();
    let intent = write::intent(session, kind, &operation, Some(base), approved);
    begin(session, &mut kept, intent).await?;
    let outcome = write::perform(session, &kept.job, approved).await?;
    settle(session, kept, outcome).await
}

async fn trash(session: &Session, mut kept: Kept, page_id: &str, base: u32) -> Result<view::Job, Stop> {
    let intent = Intent {
        kind: WriteKind::Trash,
        operation: kept.job.id.reversal().as_str().to_owned(),
        base: Some(base),
        body: String::new(),
        approval: String::new(),
        message: String::new(),
        at: session.host.now(),
    };
    begin(session, &mut kept, intent).await?;
    let outcome = write::trash(session, &kept.job, page_id).await?;
    settle(session, kept, outcome).await
}

async fn begin(session: &Session, kept: &mut Kept, intent: Intent) -> Result<(), Stop> {
    kept.job.intent = Some(intent);
    kept.job.state = State::Reverting;
    kept.job.problem = None;
    session.keep_job_as_seen(kept).await
}

async fn settle(session: &Session, mut kept: Kept, outcome: Look) -> Result<view::Job, Stop> {
    match outcome {
        Look::Written(done) => {
            kept.job.reverted = Some(done);
            kept.job.state = State::Reverted;
            kept.job.intent = None;
            session.keep_job(&mut kept).await?;
            session.host.log(LogLine::new(Code::Reverted).job(&kept.job.id));
            Ok(job_view::bare(session, &kept.job))
        }
        Look::Unknown | Look::Unchanged => {
            kept.job.problem = Some(Problem { code: ProblemCode::Fault(Fault::UnknownOutcome) });
            session.keep_job(&mut kept).await?;
            Ok(job_view::bare(session, &kept.job))
        }
        Look::Refused(code) => {
            kept.job.state = State::Published;
            kept.job.intent = None;
            kept.job.problem = Some(Problem { code: ProblemCode::Refusal(code) });
            session.keep_job(&mut kept).await?;
            Err(code.into())
        }
    }
}

/// Finds out what became of a revert; one that did not happen is offered again.
pub(crate) async fn resume(session: &Session, mut kept: Kept) -> Result<view::Job, Stop> {
    match write::look(session, &kept.job).await? {
        Look::Unchanged if session.host.now().since(kept.job.updated) > SETTLED => {
            kept.job.state = State::Published;
            kept.job.intent = None;
            kept.job.problem = None;
            session.keep_job(&mut kept).await?;
            Ok(job_view::bare(session, &kept.job))
        }
        outcome => settle(session, kept, outcome).await,
    }
}

/// After this long a write that was not seen will not come any more: the platform cuts an invocation earlier.
const SETTLED: Millis = Millis(60_000);
