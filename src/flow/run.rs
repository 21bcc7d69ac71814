//! The part of a draft that writes: the model's (an async event, without a user) and the extract's (no model at all).
//! Masking, call and restoring happen in this one invocation; the token map dies with it.

use serde::Serialize;

use super::draft;
use super::masking::Rules;
use super::request;
use super::route::{self, Decided};
use super::session::Session;
use super::stop::Stop;
use super::store::Kept;
use super::task_of;
use crate::audit::{Code, LogLine};
use crate::content::extract;
use crate::prompt::check::{self, Evidence};
use crate::prompt::{self, Claim, Plan};
use crate::protocol::{FailCode, Fault, Millis, Refusal};
use crate::provider::{self, Finish, ModelError};
use crate::record::{Draft, DraftClaim, Job, JobId, Material, Problem, ProblemCode, Stage, StageName, State};

/// What the consumer did with an event.
#[derive(Debug, Serialize)]
#[serde(tag = "did", rename_all = "kebab-case")]
pub(crate) enum Ran {
    /// The draft is ready, or failed visibly.
    Finished,
    /// It will be tried again later.
    Again,
    /// The event was for a job that moved on: delivered twice, cancelled, or late.
    Nothing,
}

/// The model's part of a draft.
pub(crate) async fn run(session: &Session, id: &JobId, rev: u64) -> Result<Ran, Stop> {
    let mut kept = match session.job(id).await {
        Ok(kept) => kept,
        Err(Stop::Refused(Refusal::NotFound, _)) => return Ok(Ran::Nothing),
        Err(stop) => return Err(stop),
    };
    if kept.job.state != State::Queued || kept.rev != rev {
        session.host.log(LogLine::new(Code::EventDuplicate).job(id));
        return Ok(Ran::Nothing);
    }
    kept.job.state = State::Drafting;
    kept.job.attempts = kept.job.attempts.saturating_add(1);
    kept.job.lease = Some(session.host.now().plus(LEASE));
    kept.job.stage = Some(Stage { name: StageName::Masking, done: 0, total: 0 });
    kept.job.problem = None;
    match session.keep_job(&mut kept).await {
        Ok(()) => {}
        Err(Stop::Failed(FailCode::Conflict)) => return Ok(Ran::Nothing),
        Err(stop) => return Err(stop),
    }
    match model(session, &mut kept).await {
        Ok(()) => Ok(Ran::Finished),
        // Cancelled meanwhile: what came back is dropped.
        Err(Trouble::Stop(Stop::Failed(FailCode::Conflict))) => Ok(Ran::Nothing),
        Err(trouble) => end(session, kept, trouble).await,
    }
}

/// Why the model's part did not end in a draft.
enum Trouble {
    Stop(Stop),
    Model(ModelError),
}

impl From<Stop> for Trouble {
    fn from(stop: Stop) -> Self {
        Trouble::Stop(stop)
    }
}

impl From<Fault> for Trouble {
    fn from(fault: Fault) -> Self {
        Trouble::Stop(fault.into())
    }
}

impl From<Refusal> for Trouble {
    fn from(refusal: Refusal) -> Self {
        Trouble::Stop(refusal.into())
    }
}

/// Tries again later what may pass by itself; ends the rest where the writer sees it.
async fn end(session: &Session, mut kept: Kept, trouble: Trouble) -> Result<Ran, Stop> {
    let (code, again) = match trouble {
        Trouble::Model(error) => {
            let fault = route::fault(&error);
            let wait = error.retryable.then(|| error.retry_after_ms.map_or(backoff(kept.job.attempts), Millis));
            (ProblemCode::Fault(fault), wait)
        }
        Trouble::Stop(Stop::Refused(code, _)) => (ProblemCode::Refusal(code), None),
        Trouble::Stop(Stop::Fault(fault)) => {
            let passes = matches!(fault, Fault::ModelTimeout | Fault::ModelServer | Fault::ModelMalformed);
            (ProblemCode::Fault(fault), passes.then(|| backoff(kept.job.attempts)))
        }
        Trouble::Stop(Stop::Failed(code)) => (ProblemCode::Fault(code.into()), Some(backoff(kept.job.attempts))),
    };
    match again.filter(|_| kept.job.attempts < MAX_ATTEMPTS) {
        Some(wait) => {
            kept.job.problem = Some(Problem { code });
            draft::queue(session, &mut kept, Some(wait)).await?;
            Ok(Ran::Again)
        }
        None => {
            draft::fail(session, &mut kept, code).await?;
            session.forget_material(&kept.job.id).await?;
            Ok(Ran::Finished)
        }
    }
}

fn backoff(attempts: u8) -> Millis {
    Millis(5_000).times(1 << u32::from(attempts.min(6)))
}

async fn model(session: &Session, kept: &mut Kept) -> Result<(), Trouble> {
    let material = session.material(&kept.job.id).await?;
    let decided = same_route(session, &kept.job).await?;
    let (plan, claims) = ask(session, kept, &material, &decided).await?;
    finish(session, kept, &material, plan, claims).await?;
    Ok(())
}

/// The route the writer saw, or none: a route that changed since is not taken silently.
async fn same_route(session: &Session, job: &Job) -> Result<Decided, Trouble> {
    let settings = session.settings().await?;
    let decided = route::decide(session, &settings).await?.ok_or(Refusal::NoRoute)?;
    if decided.view == job.route { Ok(decided) } else { Err(Refusal::NoRoute.into()) }
}

/// Masks, calls, checks and restores. Claims are checked in their masked form: a token must stand in the cited source.
async fn ask(
    session: &Session,
    kept: &mut Kept,
    material: &Material,
    decided: &Decided,
) -> Result<(Plan, Vec<Claim>), Trouble> {
    let rules = Rules::open(session).await?;
    let made = request::made(session, &rules, &kept.job, material, decided)?;
    kept.job.masked = task_of::counts(&made.masker).collect();
    let credential = route::credential(session, decided).await?;
    let (request, digest) = made.request(decided, &credential)?;
    kept.job.request = Some(digest);
    stage(session, kept, StageName::Waiting, 0, 1).await?;
    session.host.log(LogLine::new(Code::ModelCalled).job(&kept.job.id).count(usize::from(kept.job.attempts)));
    let request = rules.clear(session, request, made.built.prompt.counts()).await?;
    let http = session.send(&decided.permit, request).await?;
    let completion = provider::read(&decided.route, http.status, &http.headers, &http.body).map_err(Trouble::Model)?;
    match completion.finish {
        Finish::Stop => {}
        Finish::Length => return Err(Fault::ModelTooLong.into()),
        Finish::Refused => return Err(Fault::ModelRefused.into()),
        Finish::Filtered => return Err(Fault::ModelFiltered.into()),
    }
    let plan = prompt::output::parse(&completion.text, &made.task).map_err(|_| Fault::ModelMalformed)?;
    let total = u32::try_from(plan.claim_texts().count()).unwrap_or(u32::MAX);
    stage(session, kept, StageName::Checking, 0, total).await?;
    let evidence = Evidence::of_task(&made.task);
    let plan = check::cleaned(plan, &evidence);
    let claims = check::claims(&plan, &evidence);
    Ok(prompt::restored(plan, claims, &made.masker))
}

async fn stage(session: &Session, kept: &mut Kept, name: StageName, done: u32, total: u32) -> Result<(), Stop> {
    kept.job.stage = Some(Stage { name, done, total });
    session.keep_job(kept).await
}

/// The draft without a model: ranked sentences with citations, in this invocation. None when there is nothing to write.
pub(crate) async fn extract(session: &Session, kept: &mut Kept, material: &Material) -> Result<Option<Draft>, Stop> {
    let task = task_of::task(&kept.job, material);
    let sources: Vec<extract::Source> = material
        .sources
        .iter()
        .map(|source| extract::Source { markdown: source.excerpts.join("\n\n"), title: Some(source.title.clone()) })
        .collect();
    let ranked = extract::rank(&sources, sources.len().saturating_mul(PER_SOURCE).clamp(MIN_SENTENCES, MAX_SENTENCES));
    let plan = prompt::extract::plan(&task, &ranked);
    let claims = check::claims(&plan, &Evidence::of_task(&task));
    finish(session, kept, material, plan, claims).await
}

/// Keeps the draft for review; none, and the job failed, when there is nothing to write.
async fn finish(
    session: &Session,
    kept: &mut Kept,
    material: &Material,
    plan: Plan,
    claims: Vec<Claim>,
) -> Result<Option<Draft>, Stop> {
    if plan.is_empty() {
        draft::fail(session, kept, ProblemCode::Refusal(Refusal::NothingToWrite)).await?;
        session.forget_material(&kept.job.id).await?;
        return Ok(None);
    }
    let marks = material.page.iter().flat_map(|page| page.blocks.iter().map(|block| block.mark.clone())).collect();
    let draft = Draft {
        v: Draft::VERSION,
        plan,
        claims: claims.into_iter().map(|claim| place(claim, &kept.job, material)).collect(),
        marks,
        base: material.page.as_ref().map(|page| page.digest.clone()),
    };
    session.keep_draft(&kept.job.id, &draft).await?;
    kept.job.state = State::Review;
    kept.job.stage = None;
    kept.job.lease = None;
    kept.job.problem = None;
    session.keep_job(kept).await?;
    session.host.log(LogLine::new(Code::DraftReady).job(&kept.job.id).count(draft.claims.len()));
    session.forget_material(&kept.job.id).await?;
    Ok(Some(draft))
}

/// A claim's sources by their place in the job's list; the material holds only those that could be read.
fn place(claim: Claim, job: &Job, material: &Material) -> DraftClaim {
    let position = |at: &usize| {
        let source = material.sources.get(*at)?;
        job.sources.iter().position(|record| record.kind == source.kind && record.id == source.id)
    };
    DraftClaim {
        sources: claim.refs.iter().filter_map(position).collect(),
        id: claim.id,
        text: claim.text,
        supported: claim.supported,
        quote: claim.quote.map(|quote| quote.text),
    }
}

/// A consumer has five minutes; after that another may take the job.
const LEASE: Millis = Millis(330_000);
const MAX_ATTEMPTS: u8 = 3;
/// Sentences of an extract: a few of each source, never a wall of text.
const PER_SOURCE: usize = 3;
const MIN_SENTENCES: usize = 5;
const MAX_SENTENCES: usize = 40;
