//! Which call may come from where. A page can never ask what only the platform's own events may, and a product is asked
//! as the app by such an event alone, about containers an admin switched on. It asks nothing itself.

use crate::protocol::{Because, Call, ContainerKind, Refusal, Source};
use crate::record::{IndexSettings, Switched};

/// Admits a call by its source.
///
/// # Errors
/// [`Refusal::NotAllowedHere`] when the call belongs to another source.
pub fn admit(call: &Call, source: Source) -> Result<(), Refusal> {
    let belongs = match call {
        Call::DraftRun { .. }
        | Call::ModelsBakeOffRun { .. }
        | Call::IndexCrawl { .. }
        | Call::IndexChanged { .. }
        | Call::IndexMerge {}
        | Call::KeysRotate {} => Source::Consumer,
        Call::Sweep {} | Call::IndexReconcile {} => Source::Schedule,
        Call::ProductChanged { .. } => Source::Event,
        Call::Lifecycle { .. } => Source::Lifecycle,
        Call::Uninstall {} => Source::Uninstall,
        Call::Command { .. } => Source::Local,
        Call::StudioOpen {}
        | Call::SourcesSearch { .. }
        | Call::SourcesRelated { .. }
        | Call::SetsList {}
        | Call::SetsSave { .. }
        | Call::SetsRemove { .. }
        | Call::IndexOpen { .. }
        | Call::IndexSet { .. }
        | Call::IndexSetLifetime { .. }
        | Call::IndexSetEmbedding { .. }
        | Call::IndexRebuild { .. }
        | Call::IndexInspect { .. }
        | Call::IndexRecall {}
        | Call::MaskingOpen {}
        | Call::MaskingContainers { .. }
        | Call::MaskingSetKind { .. }
        | Call::MaskingSetClass { .. }
        | Call::MaskingAddWord { .. }
        | Call::MaskingRemoveWord { .. }
        | Call::MaskingPlantCanary { .. }
        | Call::MaskingRemoveCanary { .. }
        | Call::MaskingReset {}
        | Call::MaskingTry { .. }
        | Call::ModelsOpen {}
        | Call::ModelsSetFallback { .. }
        | Call::ModelsSetClass { .. }
        | Call::ModelsSetBudget { .. }
        | Call::ModelsHealth {}
        | Call::ModelsBakeOff { .. }
        | Call::ModelsBakeOffGet {}
        | Call::ModelsBakeOffCancel {}
        | Call::TargetsSearch { .. }
        | Call::DraftPreview { .. }
        | Call::DraftStart { .. }
        | Call::DraftContinue { .. }
        | Call::DraftCancel { .. }
        | Call::JobGet { .. }
        | Call::JobList {}
        | Call::History { .. }
        | Call::ReviewChoose { .. }
        | Call::Publish { .. }
        | Call::PublishResume { .. }
        | Call::Revert { .. }
        | Call::IssueExtract { .. }
        | Call::AdminOpen {}
        | Call::AdminSaveRoute(_)
        | Call::AdminTestRoute { .. }
        | Call::AdminRemoveRoute { .. }
        | Call::AdminChoose { .. } => Source::Ui,
    };
    if belongs == source { Ok(()) } else { Err(Refusal::NotAllowedHere) }
}

/// The right to read containers as the app. There is no other way to make a request of the app's.
#[derive(Debug)]
pub struct AsApp<'a> {
    containers: Vec<&'a Switched>,
}

impl<'a> AsApp<'a> {
    /// The containers that may be read; one at least.
    pub fn containers(&self) -> impl Iterator<Item = &'a Switched> {
        self.containers.iter().copied()
    }

    /// Why the app reads.
    #[must_use]
    pub fn because(&self) -> Because {
        Because::ContainerIsIndexed
    }
}

/// Admits reading as the app: in the background, and only containers of this kind that are switched on. One is named, or
/// all are meant.
///
/// # Errors
/// [`Refusal::NotAllowedHere`] with a person at the page, [`Refusal::IndexOff`] for what is not switched on.
pub fn as_app<'a>(
    source: Source,
    settings: &'a IndexSettings,
    kind: ContainerKind,
    key: Option<&str>,
) -> Result<AsApp<'a>, Refusal> {
    match source {
        Source::Consumer | Source::Schedule => {}
        Source::Ui | Source::Event | Source::Lifecycle | Source::Uninstall | Source::Local => {
            return Err(Refusal::NotAllowedHere);
        }
    }
    let wanted = |container: &&Switched| container.kind == kind && key.is_none_or(|key| container.key == key);
    let containers: Vec<&Switched> = settings.containers.iter().filter(wanted).collect();
    if containers.is_empty() { Err(Refusal::IndexOff) } else { Ok(AsApp { containers }) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::SourceKind;
    use crate::record::Progress;

    #[test]
    fn a_page_cannot_ask_for_the_platforms_own_events() {
        let own = [
            Call::Sweep {},
            Call::Uninstall {},
            Call::Lifecycle { event: String::new() },
            Call::DraftRun { job_id: String::new(), rev: 0 },
            Call::Command { verb: String::new(), line: serde_json::Value::Null },
            Call::IndexCrawl { container: String::new(), run: String::new(), step: 0, cursor: None },
            Call::IndexChanged { kind: SourceKind::Issue, id: String::new(), tries: 0 },
            Call::IndexMerge {},
            Call::IndexReconcile {},
            Call::ProductChanged { kind: SourceKind::Issue, ids: Vec::new() },
        ];
        for call in own {
            assert_eq!(admit(&call, Source::Ui), Err(Refusal::NotAllowedHere));
        }
        assert_eq!(admit(&Call::StudioOpen {}, Source::Ui), Ok(()));
        assert_eq!(admit(&Call::StudioOpen {}, Source::Consumer), Err(Refusal::NotAllowedHere));
    }

    fn settings() -> IndexSettings {
        let container = |kind, key: &str| Switched {
            progress: Progress::Ready,
            ..Switched::new(kind, key.to_owned(), "1".to_owned(), String::new())
        };
        let containers = vec![container(ContainerKind::Project, "ITD"), container(ContainerKind::Space, "OPS")];
        IndexSettings { containers, ..IndexSettings::default() }
    }

    /// Ledger: SA-14.
    #[test]
    fn the_app_reads_in_the_background_alone() {
        for source in [Source::Ui, Source::Event, Source::Lifecycle, Source::Uninstall, Source::Local] {
            let settings = settings();
            let asked = as_app(source, &settings, ContainerKind::Project, Some("ITD"));
            assert_eq!(asked.err(), Some(Refusal::NotAllowedHere));
        }
        for source in [Source::Consumer, Source::Schedule] {
            assert!(as_app(source, &settings(), ContainerKind::Project, Some("ITD")).is_ok());
        }
    }

    /// Ledger: ES-01.
    #[test]
    fn the_app_reads_what_is_switched_on_alone() {
        let check =
            |kind, key| as_app(Source::Consumer, &settings(), kind, key).map(|right| right.containers().count());
        assert_eq!(check(ContainerKind::Project, Some("HR")), Err(Refusal::IndexOff));
        assert_eq!(check(ContainerKind::Space, Some("ITD")), Err(Refusal::IndexOff));
        assert_eq!(check(ContainerKind::Space, None), Ok(1));
        let none = IndexSettings::default();
        assert_eq!(as_app(Source::Consumer, &none, ContainerKind::Space, None).err(), Some(Refusal::IndexOff));
    }
}
