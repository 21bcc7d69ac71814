//! Which call may come from where. A page can never ask what only the platform's own events may.

use crate::protocol::{Call, Refusal, Source};

/// Admits a call by its source.
///
/// # Errors
/// [`Refusal::NotAllowedHere`] when the call belongs to another source.
pub fn admit(call: &Call, source: Source) -> Result<(), Refusal> {
    let belongs = match call {
        Call::DraftRun { .. } | Call::IndexCrawl { .. } | Call::IndexChanged { .. } | Call::IndexMerge {} => {
            Source::Consumer
        }
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
        | Call::AdminSaveKey { .. }
        | Call::AdminTest {}
        | Call::AdminRemoveKey {}
        | Call::AdminSetMode { .. } => Source::Ui,
    };
    if belongs == source { Ok(()) } else { Err(Refusal::NotAllowedHere) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_cannot_ask_for_the_platforms_own_events() {
        let own = [
            Call::Sweep {},
            Call::Uninstall {},
            Call::Lifecycle { event: String::new() },
            Call::DraftRun { job_id: String::new(), rev: 0 },
            Call::Command { verb: String::new(), line: serde_json::Value::Null },
        ];
        for call in own {
            assert_eq!(admit(&call, Source::Ui), Err(Refusal::NotAllowedHere));
        }
        assert_eq!(admit(&Call::StudioOpen {}, Source::Ui), Ok(()));
        assert_eq!(admit(&Call::StudioOpen {}, Source::Consumer), Err(Refusal::NotAllowedHere));
    }
}
