//! Publishing what was approved: intent first, then the conditional write, then a look when its answer was lost.
//! It never overwrites: the version number is the compare-and-set, and an unknown outcome is looked up, not guessed.

use super::session::Session;
use super::stop::Stop;
use super::store::Kept;
use super::write::{self, Look};
use super::{draft, job_view, revert, review};
use crate::audit::{Code, LogLine};
use crate::product::confluence::{self, Listed};
use crate::protocol::{Fault, Refusal, view};
use crate::publish::{Approved, Refusal as ApprovalRefusal, TargetPage};
use crate::record::{Done, JobId, Problem, ProblemCode, State, WriteKind};

/// Writes what the writer approved by its hash.
pub(crate) async fn publish(session: &Session, id: &JobId, hash: &str) -> Result<view::Job, Stop> {
    let mut kept = draft::owned(session, id).await?;
    match kept.job.state {
        State::Review => {}
        State::Publishing => return resume(session, id).await,
        State::Published | State::Reverting | State::Reverted => return Err(Refusal::AlreadyDone.into()),
        State::Reading | State::Queued | State::Drafting | State::Discarded | State::Failed => {
            return Err(Refusal::WrongState.into());
        }
    }
    let approved = approve(session, &mut kept, hash).await?;
    begin(session, &mut kept, &approved).await?;
    carry_out(session, kept, &approved).await
}

/// The approval against the page as it is now. A page that moved on is refused, and the job holds the new base.
async fn approve(session: &Session, kept: &mut Kept, hash: &str) -> Result<Approved, Stop> {
    let prepared = review::prepare(session, &kept.job).await?;
    if prepared.base != kept.job.target.base {
        kept.job.target.base = prepared.base;
        kept.job.problem = Some(Problem { code: ProblemCode::Refusal(Refusal::Stale) });
        session.keep_job(kept).await?;
        return Err(Refusal::Stale.into());
    }
    if let (None, Some(space)) = (&kept.job.target.page_id, &kept.job.target.space_id) {
        let titled = confluence::titled(space, &kept.job.target.title);
        let taken: Listed<serde::de::IgnoredAny> = session.fetch(titled, confluence::read_list).await?;
        if !taken.results.is_empty() {
            return Err(Refusal::TitleTaken.into());
        }
    }
    prepared.review.approve(hash, session.host.now().0).map_err(|refusal| refuse(refusal).into())
}

/// An approval's refusal on the wire.
pub(crate) fn refuse(refusal: ApprovalRefusal) -> Refusal {
    match refusal {
        ApprovalRefusal::WrongHash => Refusal::WrongHash,
        ApprovalRefusal::Expired => Refusal::Expired,
        ApprovalRefusal::NothingToWrite => Refusal::NothingToWrite,
    }
}

async fn begin(session: &Session, kept: &mut Kept, approved: &Approved) -> Result<(), Stop> {
    let kind = match approved.target().page {
        TargetPage::New { .. } => WriteKind::Create,
        TargetPage::Existing { .. } => WriteKind::Update,
    };
    let operation = kept.job.id.publication();
    kept.job.intent = Some(write::intent(session, kind, &operation, kept.job.target.base, approved));
    kept.job.state = State::Publishing;
    kept.job.problem = None;
    session.keep_job_as_seen(kept).await
}

async fn carry_out(session: &Session, kept: Kept, approved: &Approved) -> Result<view::Job, Stop> {
    let outcome = write::perform(session, &kept.job, approved).await?;
    settle(session, kept, outcome).await
}

/// Writes down what came of the write.
async fn settle(session: &Session, mut kept: Kept, outcome: Look) -> Result<view::Job, Stop> {
    match outcome {
        Look::Written(done) => {
            finish(session, &mut kept, done).await?;
            Ok(job_view::bare(session, &kept.job))
        }
        Look::Unknown | Look::Unchanged => {
            session.host.log(LogLine::new(Code::PublishUnknown).job(&kept.job.id));
            kept.job.problem = Some(Problem { code: ProblemCode::Fault(Fault::UnknownOutcome) });
            session.keep_job(&mut kept).await?;
            Ok(job_view::bare(session, &kept.job))
        }
        Look::Refused(code) => {
            kept.job.state = State::Review;
            kept.job.intent = None;
            kept.job.problem = Some(Problem { code: ProblemCode::Refusal(code) });
            session.keep_job(&mut kept).await?;
            Err(code.into())
        }
    }
}

async fn finish(session: &Session, kept: &mut Kept, done: Done) -> Result<(), Stop> {
    kept.job.target.page_id = Some(done.page_id.clone());
    kept.job.published = Some(done);
    kept.job.state = State::Published;
    kept.job.intent = None;
    kept.job.problem = None;
    session.keep_job(kept).await?;
    session.host.log(LogLine::new(Code::Published).job(&kept.job.id));
    session.forget_content(&kept.job.id).await
}

/// Finds out what became of a write, and finishes it.
pub(crate) async fn resume(session: &Session, id: &JobId) -> Result<view::Job, Stop> {
    let kept = draft::owned(session, id).await?;
    match kept.job.state {
        State::Publishing => resume_publication(session, kept).await,
        State::Reverting => revert::resume(session, kept).await,
        State::Published | State::Reverted => Ok(job_view::bare(session, &kept.job)),
        State::Reading | State::Queued | State::Drafting | State::Review | State::Discarded | State::Failed => {
            Err(Refusal::WrongState.into())
        }
    }
}

async fn resume_publication(session: &Session, mut kept: Kept) -> Result<view::Job, Stop> {
    match write::look(session, &kept.job).await? {
        Look::Unchanged => {}
        known => return settle(session, kept, known).await,
    }
    // Not written: the same conditional write again, if the bytes are still the approved ones.
    let intent = kept.job.intent.clone().ok_or(Fault::Internal)?;
    let approval = review::prepare(session, &kept.job).await?.review.approve(&intent.approval, session.host.now().0);
    match approval {
        Ok(approved) => carry_out(session, kept, &approved).await,
        Err(refusal) => {
            kept.job.state = State::Review;
            kept.job.intent = None;
            kept.job.problem = Some(Problem { code: ProblemCode::Refusal(refuse(refusal)) });
            session.keep_job(&mut kept).await?;
            review::show_again(session, kept).await
        }
    }
}

/// A job whose write is not settled: looks once, so that opening it is enough to see it done.
pub(crate) async fn show_unfinished(session: &Session, kept: Kept) -> Result<view::Job, Stop> {
    match write::look(session, &kept.job).await? {
        Look::Written(done) if kept.job.state == State::Publishing => settle(session, kept, Look::Written(done)).await,
        Look::Written(_) => revert::resume(session, kept).await,
        Look::Unchanged | Look::Unknown | Look::Refused(_) => {
            let mut shown = job_view::bare(session, &kept.job);
            shown.problem = Some(Problem { code: ProblemCode::Fault(Fault::UnknownOutcome) });
            Ok(shown)
        }
    }
}
