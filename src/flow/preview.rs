//! What would leave, byte for byte, without sending it: a draft of the same choice up to its request, and no further.
//! Nothing is stored.

use super::ask::How;
use super::choice::{self, Choice};
use super::gather::{self, Wave};
use super::masking::Rules;
use super::request;
use super::session::Session;
use super::stop::Stop;
use super::task_of;
use crate::protocol::view::{self, LeftOut, Masked, Preview, PreviewRequest};
use crate::protocol::{FailCode, Fault, Refusal, SourceRef};
use crate::provider::Credential;
use crate::record::{Job, JobId, Material, SourceState};

/// The exact request a draft of this choice would send; refused where the draft would be.
pub(crate) async fn preview(session: &Session, choice: Choice) -> Result<Preview, Stop> {
    let (mut job, routes) = match choice::prepare(session, JobId::of(NEVER_KEPT), choice).await {
        Ok(prepared) => prepared,
        Err(Stop::Refused(Refusal::NoRoute, _)) => return Ok(nothing_leaves()),
        Err(stop) => return Err(stop),
    };
    let Some(routes) = routes else { return Ok(nothing_leaves()) };
    let decided = routes.chosen().ok_or(Refusal::NoRoute)?;
    let material = gathered(session, &mut job).await?;
    let rules = Rules::open(session).await?;
    let made = request::made(session, &rules, &job, &material, decided, How::default())?;
    routes.admit(session, &rules.classes_of_draft(&material, &job.target), &made.built).await?;
    // A placeholder stands for the credential, and the header it would be in is not shown.
    let credential = Credential::access_token("none").map_err(|_| Fault::Internal)?;
    let (request, digest) = made.request(decided, &credential)?;
    Ok(Preview {
        route: decided.view.clone(),
        fallbacks: job.fallbacks.clone(),
        request: Some(PreviewRequest {
            method: request.method.name(),
            url: request.url,
            body: request.body.unwrap_or_default(),
            digest: digest.into(),
        }),
        masked: task_of::counts(&made.masker).map(|(kind, count)| Masked { kind, count }).collect(),
        excerpts: u32::try_from(made.built.excerpts).unwrap_or(u32::MAX),
        input_tokens: made.built.input_tokens,
        left: left(&job, &material, &made.built.left),
    })
}

fn nothing_leaves() -> Preview {
    Preview {
        route: view::Route::extract(),
        fallbacks: Vec::new(),
        request: None,
        masked: Vec::new(),
        excerpts: 0,
        input_tokens: 0,
        left: Vec::new(),
    }
}

async fn gathered(session: &Session, job: &mut Job) -> Result<Material, Stop> {
    let mut material = gather::anew(job);
    while !gather::next(job).is_empty() {
        if gather::read(session, job, &mut material).await? == Wave::CutShort {
            return Err(Stop::Failed(FailCode::Deadline));
        }
    }
    if material.sources.is_empty() {
        return Err(Refusal::NoSourcesReadable.into());
    }
    gather::complete(session, job, &mut material).await?;
    Ok(material)
}

/// What of the choice is not in the request, in the writer's order, each source once.
fn left(job: &Job, material: &Material, unpacked: &[crate::prompt::budget::Left]) -> Vec<LeftOut> {
    let sources = job.sources.iter().filter_map(|record| {
        let at = material.sources.iter().position(|s| s.kind == record.kind && s.id == record.id);
        let reason = match (record.state, at.and_then(|at| material.sources.get(at))) {
            (SourceState::Failed, _) => Some(reason(record.code)),
            (_, Some(source)) if source.cut || unpacked.iter().any(|left| Some(left.source) == at) => Some("budget"),
            _ => None,
        };
        Some(LeftOut { r#ref: SourceRef { kind: record.kind, id: record.id.clone() }, reason: reason? })
    });
    sources.collect()
}

fn reason(code: Option<Refusal>) -> &'static str {
    match code {
        Some(Refusal::NotFound) => "not-found",
        Some(Refusal::NoPermission) => "no-permission",
        Some(Refusal::TooLarge) => "too-large",
        _ => "other",
    }
}

/// The id of a job that is never kept.
const NEVER_KEPT: [u8; 16] = [0; 16];
