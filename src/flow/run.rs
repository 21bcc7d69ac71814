//! The part of a draft that writes: the model's (an async event, without a user) and the extract's (no model at all).
//! Masking, call and restoring happen in this one invocation; the token map dies with it.

use serde::Serialize;

use super::announce::{Channel, announce};
use super::ask::{self, Errand, How, Routes, Sending, Trouble, Unfit, Written};
use super::draft;
use super::masking::Rules;
use super::request::{self, Made};
use super::route::Decided;
use super::session::Session;
use super::stop::Stop;
use super::store::Kept;
use super::task_of;
use crate::audit::{Code, LogLine};
use crate::content::{Places, extract};
use crate::privacy::{Masked, Masker};
use crate::prompt::check::{self, Evidence};
use crate::prompt::{self, Claim, Plan, Task};
use crate::protocol::{FailCode, Fault, Millis, Refusal};
use crate::record::{Draft, DraftClaim, Job, JobId, Material, Problem, ProblemCode, Quoted, Stage, StageName, State};

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
    let ran = asked(session, kept).await;
    announce(session, Channel::Job(id)).await;
    ran
}

/// Asks the model for the draft of a job that is taken, and writes down how it went.
async fn asked(session: &Session, mut kept: Kept) -> Result<Ran, Stop> {
    let before = kept.job.requests;
    match model(session, &mut kept).await {
        Ok(()) => Ok(Ran::Finished),
        // Cancelled meanwhile: what came back is dropped.
        Err(Trouble::Stop(Stop::Failed(FailCode::Conflict))) => Ok(Ran::Nothing),
        Err(trouble) => {
            // An event in which nobody was asked, because every route rested, is none of those that count.
            let asked = u8::from(kept.job.requests != before || !matches!(trouble, Trouble::Later(..)));
            kept.job.attempts = kept.job.attempts.saturating_sub(1).saturating_add(asked);
            end(session, kept, trouble).await
        }
    }
}

/// Tries again later what may pass by itself; ends the rest where the writer sees it.
async fn end(session: &Session, mut kept: Kept, trouble: Trouble) -> Result<Ran, Stop> {
    let (code, again) = match trouble {
        Trouble::Over(code) => (code, None),
        Trouble::Later(code, wait) => (code, Some(wait)),
        Trouble::Stop(Stop::Refused(code, _)) => (ProblemCode::Refusal(code), None),
        Trouble::Stop(Stop::Fault(fault)) => {
            let passes = matches!(fault, Fault::ModelTimeout | Fault::ModelServer | Fault::ModelOverloaded);
            (ProblemCode::Fault(fault), passes.then(|| backoff(kept.job.attempts)))
        }
        Trouble::Stop(Stop::Failed(code)) => (ProblemCode::Fault(code.into()), Some(backoff(kept.job.attempts))),
    };
    match again.filter(|wait| kept.job.attempts < MAX_ATTEMPTS && *wait <= LONGEST_WAIT) {
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

/// Masks, asks, checks and restores. Claims are checked in their masked form: a token must stand in the cited source.
async fn model(session: &Session, kept: &mut Kept) -> Result<(), Trouble> {
    let material = session.material(&kept.job.id).await?;
    let routes = Routes::open(session).await?.pinned(&kept.job.route, &kept.job.fallbacks)?;
    let rules = Rules::open(session).await?;
    let classes = rules.classes_of_draft(&material, &kept.job.target);
    let mut drafting = Drafting { session, rules: &rules, kept, material: &material, made: None };
    let answered = ask::text(session, &rules, &routes, &classes, &mut drafting).await?;
    let (plan, claims) = answered.done;
    kept.job.answered = Some(answered.route);
    let total = u32::try_from(plan.claim_texts().count()).unwrap_or(u32::MAX);
    stage(session, kept, StageName::Checking, 0, total).await?;
    finish(session, kept, &material, plan, claims).await?;
    Ok(())
}

/// A draft being asked for.
struct Drafting<'a> {
    session: &'a Session,
    rules: &'a Rules,
    kept: &'a mut Kept,
    material: &'a Material,
    /// What the answer is read with: the masked task of the last request, and the way back.
    made: Option<(Task<Masked<String>>, Masker)>,
}

impl Errand for Drafting<'_> {
    type Done = (Plan, Vec<Claim>);

    fn write(&mut self, decided: &Decided, how: How) -> Result<Written, Stop> {
        let Made { task, masker, built } =
            request::made(self.session, self.rules, &self.kept.job, self.material, decided, how)?;
        self.kept.job.masked = task_of::counts(&masker).collect();
        self.made = Some((task, masker));
        Ok(Written { prompt: built.prompt, input_tokens: built.input_tokens })
    }

    /// Each request is in the job before it leaves; a job that was cancelled cannot be written, and nothing leaves.
    async fn sending(&mut self, session: &Session, sending: Sending) -> Result<(), Stop> {
        let job = &mut self.kept.job;
        job.request = Some(sending.digest);
        job.requests = job.requests.saturating_add(1);
        stage(session, self.kept, StageName::Waiting, 0, 1).await?;
        announce(session, Channel::Job(&self.kept.job.id)).await;
        Ok(())
    }

    fn read(&mut self, text: &str) -> Result<Self::Done, Unfit> {
        let (task, masker) = self.made.as_ref().ok_or(Unfit)?;
        let plan = prompt::output::parse(text, task).map_err(|_| Unfit)?;
        let evidence = Evidence::of_task(task);
        let plan = check::cleaned(plan, &evidence);
        let claims = check::claims(&plan, &evidence);
        Ok(prompt::restored(plan, claims, masker))
    }
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
        .map(|source| extract::Source {
            markdown: source.excerpts.join("\n\n"),
            title: Some(source.title.clone()),
            places: Places::default(),
        })
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
    let quoted = claim.quote.as_ref().and_then(|quote| {
        let spot = material.sources.get(quote.source)?.spots.get(quote.excerpt?)?.clone();
        Some(Quoted { source: position(&quote.source)?, spot })
    });
    DraftClaim {
        sources: claim.refs.iter().filter_map(position).collect(),
        quoted,
        id: claim.id,
        text: claim.text,
        supported: claim.supported,
        quote: claim.quote.map(|quote| quote.text),
    }
}

/// A consumer has five minutes; after that another may take the job.
const LEASE: Millis = Millis(330_000);
const MAX_ATTEMPTS: u8 = 3;
/// What is kept for the model's part is gone a little later than this.
const LONGEST_WAIT: Millis = Millis(10 * 60_000);
/// Sentences of an extract: a few of each source, never a wall of text.
const PER_SOURCE: usize = 3;
const MIN_SENTENCES: usize = 5;
const MAX_SENTENCES: usize = 40;
