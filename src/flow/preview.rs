//! What would leave, byte for byte, without sending it: reads, packs and masks as a draft would, and stops there.
//! Nothing is stored.

use super::choice;
use super::gather;
use super::read;
use super::route;
use super::session::Session;
use super::stop::Stop;
use super::task::together;
use super::task_of::{self, Wish};
use super::{outline, search};
use crate::product::confluence;
use crate::prompt::{Marker, template};
use crate::protocol::view::{LeftOut, Masked, Preview, PreviewRequest};
use crate::protocol::{Fault, Refusal, SourceRef, Target, Tone, UseCase};
use crate::provider::{self, Credential};
use crate::record::Material;

/// The exact request a draft of this choice would send.
pub(crate) async fn preview(
    session: &Session,
    use_case: UseCase,
    sources: &[SourceRef],
    target: &Target,
    language: &str,
    tone: Tone,
) -> Result<Preview, Stop> {
    let settings = session.settings().await?;
    let Some(decided) = route::decide(session, &settings).await? else { return Ok(nothing_leaves()) };
    let sources = choice::distinct(sources)?;
    let (material, mut left) = gathered(session, &sources, target).await?;
    let title = match target {
        Target::New { title, .. } => Some(title.as_str()),
        Target::Page { .. } => None,
    };
    let task = task_of::wished(&Wish { use_case, language, tone, title }, &material);
    let mut masker = task_of::masker(&material);
    let masked = task_of::masked(&task, &mut masker);
    let built = template::build(&masked, Marker([0; 8]), task_of::budget(&decided.route));
    // A placeholder stands for the credential, and the header it would be in is not shown.
    let credential = Credential::access_token("none").map_err(|_| Fault::Internal)?;
    let request = provider::build(&decided.route, &credential, &built.prompt).map_err(|_| Fault::ModelBadRequest)?;
    left.extend(built.left.iter().filter_map(|l| {
        let source = material.sources.get(l.source)?;
        Some(LeftOut { r#ref: source.id.clone(), reason: "budget" })
    }));
    left.dedup_by(|a, b| a.r#ref == b.r#ref);
    Ok(Preview {
        route: decided.view,
        request: Some(PreviewRequest {
            method: request.method.name(),
            url: request.url,
            body: request.body.unwrap_or_default(),
        }),
        masked: task_of::counts(&masker).map(|(kind, count)| Masked { kind, count }).collect(),
        excerpts: u32::try_from(built.excerpts).unwrap_or(u32::MAX),
        input_tokens: built.input_tokens,
        left,
    })
}

fn nothing_leaves() -> Preview {
    Preview {
        route: crate::protocol::view::Route::extract(),
        request: None,
        masked: Vec::new(),
        excerpts: 0,
        input_tokens: 0,
        left: Vec::new(),
    }
}

async fn gathered(session: &Session, sources: &[SourceRef], target: &Target) -> Result<(Material, Vec<LeftOut>), Stop> {
    let mut material = Material { v: Material::VERSION, ..Material::default() };
    let mut left = Vec::new();
    for wave in sources.chunks(gather::WAVE) {
        let results = together(wave.iter().map(|source| read::source(session, source)).collect()).await;
        for (wanted, result) in wave.iter().zip(results) {
            match result {
                Ok(found) => {
                    material.sources.push(found.source);
                    material.people.extend(found.people);
                }
                Err(Stop::Refused(code, _)) => left.push(LeftOut { r#ref: wanted.id.clone(), reason: reason(code) }),
                Err(stop) => return Err(stop),
            }
        }
    }
    gather::pack(&mut material.sources);
    if let Target::Page { page_id } = target {
        if !search::is_page_id(page_id) {
            return Err(Refusal::BadInput.into());
        }
        let page = session.fetch(confluence::page(page_id), confluence::read_page).await?;
        material.page = Some(outline::of(page.storage())?);
    }
    material.people.sort();
    material.people.dedup();
    Ok((material, left))
}

fn reason(code: Refusal) -> &'static str {
    match code {
        Refusal::NotFound => "not-found",
        Refusal::NoPermission => "no-permission",
        Refusal::TooLarge => "too-large",
        _ => "other",
    }
}
