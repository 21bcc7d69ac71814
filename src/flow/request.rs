//! The request of a draft, made in one place: the preview shows it, the consumer sends it, and both are the same bytes.
//! It reads nothing, sends nothing and keeps nothing.
//!
//! INVARIANT: the same choice, material and route, asked for the first time, give the same method, address and body: nothing in here is random or
//! asks for the time. The credential is in a header alone.
//!
//! The fence around the sources is a MAC, under a key of this installation, over everything that goes between the fences
//! (every masked text in full, whether it finds room or not), the choice, the route and the masking rules. So it is the same in the preview
//! and in the draft, and whoever writes a ticket cannot know it. Somebody may learn the fence of a request that was made,
//! in a preview or from a model's answer; but a text that has it put in is another text, and is fenced by another one. To
//! hit the fence of the text it stands in takes a guess of 64 bits that only a request of this installation can test.

use sha2::{Digest, Sha256};

use super::ask::How;
use super::masking::Rules;
use super::route::Decided;
use super::session::Session;
use super::stop::Stop;
use super::task_of;
use crate::privacy::{Masked, Masker};
use crate::prompt::{Built, Marker, Room, TEMPLATE_VERSION, Task, template};
use crate::protocol::{Fault, view};
use crate::provider::{self, Credential};
use crate::record::{Job, Material, RequestDigest};
use crate::vault::Vault;

/// A prompt with its masked task, and the masker that knows the way back.
pub(crate) struct Made {
    pub(crate) task: Task<Masked<String>>,
    pub(crate) masker: Masker,
    pub(crate) built: Built,
}

/// Makes the prompt of a job by a decided route and the masking rules.
///
/// # Errors
/// [`Fault::MaskingUnreadable`] when the rules cannot be used.
pub(crate) fn made(
    session: &Session,
    rules: &Rules,
    job: &Job,
    material: &Material,
    decided: &Decided,
    how: How,
) -> Result<Made, Stop> {
    let mut masker = rules.masker_of_draft(material, &job.target);
    let task = task_of::masked(&task_of::pieces(job, material), &mut masker);
    let marker = marker(&session.vault(), &rules.print(), &decided.view, &task);
    let room = Room::on(&decided.route);
    let mut built = template::build(&task, marker, if how.half { room.halved() } else { room });
    if how.repair {
        built.prompt = template::reminded(built.prompt);
    }
    Ok(Made { task, masker, built })
}

impl Made {
    /// The request as it is sent.
    ///
    /// # Errors
    /// [`Fault::ModelBadRequest`] when the route cannot express it.
    pub(crate) fn request(
        &self,
        decided: &Decided,
        credential: &Credential,
    ) -> Result<(provider::Request, RequestDigest), Fault> {
        let request = provider::build(&decided.route, credential, &self.built.prompt);
        let request = request.map_err(|_| Fault::ModelBadRequest)?;
        let digest = digest(&request);
        Ok((request, digest))
    }
}

/// The digest of what may be shown of a request: SHA-256 of `METHOD URL`, a line feed and the body.
pub(crate) fn digest(request: &provider::Request) -> RequestDigest {
    let mut digest = Sha256::new();
    digest.update(request.method.name());
    digest.update(b" ");
    digest.update(&request.url);
    digest.update(b"\n");
    digest.update(request.body.as_deref().unwrap_or_default());
    RequestDigest::of(digest.finalize().into())
}

fn marker(vault: &Vault<'_>, rules: &[u8], route: &view::Route, task: &Task<Masked<String>>) -> Marker {
    // Canonical: serde writes the fields of a struct in the order they are declared in.
    let route = serde_json::to_vec(route).unwrap_or_default();
    let task = serde_json::to_vec(&task.map(|text| text.as_ref().clone())).unwrap_or_default();
    Marker(vault.fence(&[&TEMPLATE_VERSION.to_be_bytes(), rules, &route, &task]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::privacy::KindSet;
    use crate::prompt::{Excerpt, Language, OutlineBlock, Source, SourceKind, Tone, UseCase};
    use crate::vault::{Keyring, Root, Roots, Secret, TenantContext};
    use std::collections::BTreeSet;

    const ROOT: &str = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8";

    fn fence(installation: u8, tenant: &TenantContext<'_>, route: &view::Route, task: &Task<String>) -> [u8; 8] {
        let roots = Roots::only(Root::parse(1, ROOT).unwrap());
        let mut masker = Masker::new(&[], KindSet::ALL);
        let task = task_of::masked(&task.map(|text| task_of::Piece::whole(text)), &mut masker);
        let installation = Secret::new([installation; 32]);
        let keyring = Keyring::new(&roots, &installation, *tenant);
        let tokens = keyring.first_name_keys().unwrap();
        marker(&Vault::new(keyring, &tokens), b"rules", route, &task).0
    }

    fn usual(task: &Task<String>) -> [u8; 8] {
        fence(1, &TenantContext::default(), &view::Route::extract(), task)
    }

    fn task() -> Task<String> {
        let excerpt = |text: &str| Excerpt { text: text.to_owned(), tokens: 10, value: 1 };
        let source = |key: &str| Source {
            kind: SourceKind::Issue,
            key: Some(key.to_owned()),
            title: "The pump stops".to_owned(),
            group: Some("Bug".to_owned()),
            excerpts: vec![excerpt("It stops at noon."), excerpt("It starts again at one.")],
        };
        Task {
            use_case: UseCase::Update,
            title: Some("Runbook".to_owned()),
            language: Language::En,
            tone: Tone::Plain,
            sources: vec![source("ITD-1"), source("ITD-2")],
            outline: vec![OutlineBlock { heading: Some(2), text: "Pumps".to_owned() }],
            legend: None,
        }
    }

    /// Each place of a task changed once, also so that the same letters stand elsewhere.
    fn changed() -> Vec<Task<String>> {
        let changes: [fn(&mut Task<String>); 16] = [
            |task| task.use_case = UseCase::Page,
            |task| task.title = None,
            |task| task.title = Some("Runbook.".to_owned()),
            |task| task.language = Language::De,
            |task| task.tone = Tone::Formal,
            |task| task.sources.reverse(),
            |task| task.sources.truncate(1),
            |task| task.sources[0].kind = SourceKind::Page,
            |task| task.sources[0].key = Some("ITD-3".to_owned()),
            |task| task.sources[1].title.push('!'),
            |task| task.sources[1].group = None,
            |task| task.sources[1].excerpts[1].text.push(' '),
            |task| task.sources[0].excerpts.truncate(1),
            |task| {
                let moved = task.sources[0].excerpts.remove(1);
                task.sources[1].excerpts.insert(0, moved);
            },
            |task| task.outline[0].heading = None,
            |task| task.outline.clear(),
        ];
        changes.map(|change| changed_by(change)).into()
    }

    fn changed_by(change: impl FnOnce(&mut Task<String>)) -> Task<String> {
        let mut changed = task();
        change(&mut changed);
        changed
    }

    #[test]
    fn the_same_request_of_the_same_installation_has_the_same_fence() {
        assert_eq!(usual(&task()), usual(&task()));
    }

    #[test]
    fn another_text_choice_or_order_has_another_fence() {
        let fences: BTreeSet<[u8; 8]> = changed().iter().chain([&task()]).map(usual).collect();
        assert_eq!(fences.len(), changed().len() + 1);
    }

    #[test]
    fn another_installation_environment_or_route_has_another_fence() {
        let usual = usual(&task());
        let (tenant, route) = (TenantContext::default(), view::Route::extract());
        assert_ne!(fence(2, &tenant, &route, &task()), usual);
        for tenant in [
            TenantContext { cloud_id: "other", ..tenant },
            TenantContext { installation_id: "other", ..tenant },
            TenantContext { environment_id: "other", ..tenant },
        ] {
            assert_ne!(fence(1, &tenant, &route, &task()), usual);
        }
        let other = view::Route { model: Some("other".to_owned()), ..route };
        assert_ne!(fence(1, &tenant, &other, &task()), usual);
    }

    #[test]
    fn a_text_that_quotes_its_fence_has_another_one() {
        let mut quoting = task();
        for _ in 0..50 {
            let before = usual(&quoting);
            let [a, b, c, d, e, f, g, h] = before;
            let words = (u32::from_le_bytes([a, b, c, d]), u32::from_le_bytes([e, f, g, h]));
            quoting.sources[0].excerpts[0].text = format!("#{}-{}# end", words.0, words.1);
            assert_ne!(usual(&quoting), before);
        }
    }
}
