//! The use cases, one a file: ordinary `async fn`s that load, decide, act and record.
//! A flow knows no wire format and performs nothing itself; it asks the host and waits.
//!
//! INVARIANT: a flow lives for one invocation; between invocations everything is in sealed records.

mod admin;
mod announce;
mod ask;
mod asked;
mod choice;
mod compose;
mod credential;
mod cut;
mod draft;
mod gather;
mod history;
mod index;
mod issue;
mod job_view;
mod lifecycle;
mod links;
mod masking;
mod meaning;
mod models;
mod outline;
mod people;
mod preview;
mod publish;
mod read;
mod request;
mod revert;
mod review;
mod rotate;
pub(crate) mod route;
mod row;
mod run;
mod search;
mod session;
mod sets;
mod settings;
mod shelf;
mod spot;
mod stop;
mod store;
mod task;
mod task_of;
mod token;
mod turns;
mod unlock;
mod write;

pub(crate) use asked::routed;
pub(crate) use session::Session;
pub(crate) use shelf::NoManifest;
pub(crate) use stop::Stop;
pub(crate) use task::Task;

use serde::Serialize;

use self::choice::Choice;
use self::stop::bad_field;
use self::task::Host;
use self::unlock::Missing;
use crate::audit::{Code, LogLine};
use crate::command;
use crate::policy;
use crate::protocol::{Answer, Call, Engine, Fault, Millis, RawContext, Source};
use crate::record::JobId;
use crate::tenant::Invocation;

/// Begins the flow of a call.
pub(crate) fn start(call: Call, context: RawContext, now: Millis, deadline: Millis) -> Task {
    Task::start(now, deadline, |host| async move {
        let log = host.clone();
        let answer = answer(host, call, context).await;
        match &answer {
            Answer::Refused { code, .. } => log.log(LogLine::new(Code::CallRefused).refusal(*code)),
            Answer::Fault { code } => log.log(LogLine::new(Code::CallFailed).fault(*code)),
            Answer::Ok { .. } | Answer::Rejected { .. } => {}
        }
        answer
    })
}

async fn answer(host: Host, call: Call, context: RawContext) -> Answer {
    if let Err(refusal) = policy::admit(&call, context.source) {
        return Stop::from(refusal).answer();
    }
    let call = match (call, context.source) {
        (Call::Command { verb, line }, Source::Local) if verb == asked::VERB => return asked::asked(&host, line).await,
        (Call::Command { verb, line }, Source::Local) if !command::search::is_shelved(&verb) => {
            return command::answer(&verb, line);
        }
        (call, _) => call,
    };
    match converse(host, call, context).await {
        Ok(answer) => answer,
        Err(stop) => stop.answer(),
    }
}

async fn converse(host: Host, call: Call, context: RawContext) -> Result<Answer, Stop> {
    let invocation = Invocation::parse(context)?;
    let missing = match call {
        Call::Uninstall {} => Missing::Lent,
        Call::Command { .. } => Missing::Nameless,
        _ => Missing::Made,
    };
    let session = Session::open(host, invocation, missing).await?;
    dispatch(&session, call).await
}

async fn dispatch(session: &Session, call: Call) -> Result<Answer, Stop> {
    match call {
        Call::StudioOpen {} => ok(search::open(session).await?),
        Call::SourcesSearch { text, kinds, cursor, containers, refine } => {
            let within = index::Within { kinds: &kinds, containers: &containers, refine };
            ok(search::sources(session, &text, within, cursor.as_deref()).await?)
        }
        Call::TargetsSearch { text } => ok(search::targets(session, &text).await?),
        Call::DraftPreview { use_case, sources, target, language, tone } => {
            let choice = Choice { use_case, sources, target, language, tone, engine: Engine::Route, previewed: None };
            ok(preview::preview(session, choice).await?)
        }
        Call::DraftStart { request_id, use_case, sources, target, language, tone, engine, previewed } => {
            let choice = Choice { use_case, sources, target, language, tone, engine, previewed };
            ok(draft::start(session, &request_id, choice).await?)
        }
        Call::DraftContinue { job_id } => ok(draft::proceed(session, &job(&job_id)?).await?),
        Call::DraftCancel { job_id } => ok(draft::cancel(session, &job(&job_id)?).await?),
        Call::JobGet { job_id } => ok(review::get(session, &job(&job_id)?).await?),
        Call::JobList {} => ok(history::mine(session).await?),
        Call::History { page_id } => ok(history::of_page(session, &page_id).await?),
        Call::ReviewChoose { job_id, left_out } => ok(review::choose(session, &job(&job_id)?, &left_out).await?),
        Call::Publish { job_id, hash } => ok(publish::publish(session, &job(&job_id)?, &hash).await?),
        Call::PublishResume { job_id } => ok(publish::resume(session, &job(&job_id)?).await?),
        Call::Revert { job_id, hash } => ok(revert::revert(session, &job(&job_id)?, hash.as_deref()).await?),
        Call::IssueExtract { issue_key } => ok(issue::extract(session, &issue_key).await?),
        Call::AdminOpen {} => ok(admin::open(session).await?),
        Call::AdminSaveRoute(typed) => ok(admin::save(session, *typed).await?),
        Call::AdminTestRoute { id } => ok(admin::test(session, id.as_deref()).await?),
        Call::AdminRemoveRoute { id } => ok(admin::remove(session, &id).await?),
        Call::AdminChoose { mode, id } => ok(admin::choose(session, mode, id.as_deref()).await?),
        Call::SourcesRelated { kind, id } => ok(index::related(session, kind, &id).await?),
        Call::SetsList {} => ok(sets::list(session).await?),
        Call::SetsSave { name, sources } => ok(sets::save(session, &name, &sources).await?),
        Call::SetsRemove { id } => ok(sets::remove(session, &id).await?),
        Call::IndexOpen { text, cursor } => ok(index::open(session, text.as_deref(), cursor.as_deref()).await?),
        Call::IndexSet { kind, key, on } => ok(index::set(session, kind, &key, on).await?),
        Call::IndexSetLifetime { days } => ok(index::set_lifetime(session, days).await?),
        Call::IndexSetEmbedding { on, model, route } => {
            ok(index::set_embedding(session, on, model.as_deref(), route.as_deref()).await?)
        }
        Call::IndexRebuild { kind, key } => ok(index::rebuild(session, kind, key.as_deref()).await?),
        Call::IndexInspect { kind, id } => ok(index::inspect(session, kind, &id).await?),
        Call::IndexRecall {} => ok(index::recall(session).await?),
        Call::MaskingOpen {} => ok(masking::open(session).await?),
        Call::MaskingContainers { text, cursor } => {
            ok(masking::containers(session, text.as_deref(), cursor.as_deref()).await?)
        }
        Call::MaskingSetKind { class, kind, on } => ok(masking::set_kind(session, class, &kind, on).await?),
        Call::MaskingSetClass { kind, key, class } => ok(masking::set_class(session, kind, &key, class).await?),
        Call::MaskingAddWord { list, text, r#match, kind } => {
            ok(masking::add_word(session, list, &text, r#match, kind.as_deref()).await?)
        }
        Call::MaskingRemoveWord { list, id } => ok(masking::remove_word(session, list, &id).await?),
        Call::MaskingPlantCanary { label } => ok(masking::plant(session, &label).await?),
        Call::MaskingRemoveCanary { id } => ok(masking::remove_canary(session, &id).await?),
        Call::MaskingReset {} => ok(masking::reset(session).await?),
        Call::MaskingTry { text, class } => ok(masking::attempt(session, &text, class).await?),
        Call::ModelsOpen {} => ok(models::open(session).await?),
        Call::ModelsSetFallback { from, to, on } => ok(models::set_fallback(session, &from, &to, on).await?),
        Call::ModelsSetClass { class, boundaries } => {
            ok(models::set_class(session, class, boundaries.as_deref()).await?)
        }
        Call::ModelsSetBudget { monthly_tokens } => ok(models::set_budget(session, monthly_tokens).await?),
        Call::ModelsHealth {} => ok(models::health(session).await?),
        Call::ModelsBakeOff { routes } => ok(models::start(session, &routes).await?),
        Call::ModelsBakeOffGet {} => ok(models::latest(session).await?),
        Call::ModelsBakeOffCancel {} => ok(models::cancel(session).await?),
        Call::ModelsBakeOffRun { run, step } => ok(models::go_on(session, &run, step).await?),
        Call::ProductChanged { kind, ids } => ok(index::notice(session, kind, &ids).await?),
        Call::IndexCrawl { container, run, step, cursor } => {
            ok(index::step(session, &container, &run, step, cursor.as_deref()).await?)
        }
        Call::IndexChanged { kind, id, tries } => ok(index::again(session, kind, &id, tries).await?),
        Call::IndexMerge {} => ok(index::merge(session).await?),
        Call::KeysRotate {} => ok(rotate::rotate(session).await?),
        Call::IndexReconcile {} => ok(index::nightly(session).await?),
        Call::DraftRun { job_id, rev } => ok(run::run(session, &job(&job_id)?, rev).await?),
        Call::Sweep {} => ok(lifecycle::sweep(session).await?),
        Call::Lifecycle { event: _ } => ok(lifecycle::installed(session)),
        Call::Uninstall {} => ok(lifecycle::uninstall(session).await?),
        Call::Command { verb, line } => Ok(command::search::answer(session, &verb, line).await),
    }
}

fn ok(view: impl Serialize) -> Result<Answer, Stop> {
    let view = serde_json::to_value(view).map_err(|_| Fault::Internal)?;
    Ok(Answer::Ok { view })
}

fn job(id: &str) -> Result<JobId, Stop> {
    JobId::parse(id).ok_or_else(|| bad_field("jobId"))
}
