//! A job's material as a task for the prompt room; plain for the extract, masked for a model.

use crate::content::tokens;
use crate::privacy::{Masked, Masker};
use crate::prompt::{Excerpt, Language, OutlineBlock, Source, SourceKind, Task, Tone, UseCase};
use crate::protocol;
use crate::record::{Job, Material, MaterialSource};

/// The task of a job.
pub(crate) fn task(job: &Job, material: &Material) -> Task<String> {
    Task {
        use_case: match job.use_case {
            protocol::UseCase::Page => UseCase::Page,
            protocol::UseCase::Update => UseCase::Update,
        },
        title: Some(job.target.title.clone()),
        language: match job.language.as_str() {
            "en" => Language::En,
            "de" => Language::De,
            "fr" => Language::Fr,
            "es" => Language::Es,
            "it" => Language::It,
            "ru" => Language::Ru,
            _ => Language::Source,
        },
        tone: match job.tone {
            protocol::Tone::Neutral => Tone::Neutral,
            protocol::Tone::Plain => Tone::Plain,
            protocol::Tone::Formal => Tone::Formal,
        },
        sources: material.sources.iter().map(source).collect(),
        outline: material
            .page
            .iter()
            .flat_map(|page| &page.blocks)
            .map(|block| OutlineBlock { heading: block.heading, text: block.text.clone() })
            .collect(),
        legend: None,
    }
}

fn source(source: &MaterialSource) -> Source<String> {
    let count = u32::try_from(source.excerpts.len()).unwrap_or(u32::MAX);
    Source {
        kind: match source.kind {
            protocol::SourceKind::Issue => SourceKind::Issue,
            protocol::SourceKind::Page => SourceKind::Page,
        },
        key: (source.kind == protocol::SourceKind::Issue).then(|| source.id.clone()),
        title: source.title.clone(),
        group: Some(source.group.clone()).filter(|group| !group.is_empty()),
        excerpts: source
            .excerpts
            .iter()
            .zip((0..count).rev())
            .map(|(text, value)| Excerpt { text: text.clone(), tokens: tokens::upper_bound_anywhere(text), value })
            .collect(),
    }
}

/// How many values of each kind were masked, by the kind's name on the wire.
pub(crate) fn counts(masker: &Masker) -> impl Iterator<Item = (String, u32)> {
    masker.counts().into_iter().map(|(kind, n)| (kind.wire().to_owned(), u32::try_from(n).unwrap_or(u32::MAX)))
}

/// The task with every text masked.
pub(crate) fn masked(task: &Task<String>, masker: &mut Masker) -> Task<Masked<String>> {
    // Read everything before anything is masked: a name found late in the last comment is masked in the first title too.
    task.map(|text| masker.learn(text));
    let mut masked = task.map(|text| masker.mask(text));
    masked.count_tokens();
    let legend = masker.legend();
    Task { legend: Some(legend).filter(|legend| !legend.as_ref().is_empty()), ..masked }
}
