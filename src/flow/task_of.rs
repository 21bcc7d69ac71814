//! A job's material as a task for the prompt room; plain for the extract, masked for a model.

use crate::content::tokens;
use crate::privacy::{Masked, Masker, Part};
use crate::prompt::{Excerpt, Language, OutlineBlock, Source, SourceKind, Task, Tone, UseCase};
use crate::protocol;
use crate::record::{Job, Material, MaterialSource};

/// A text of a task, and what the whole it was cut from shows of it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Piece<'a> {
    pub(crate) text: &'a str,
    pub(crate) parts: &'a [Part],
}

impl<'a> Piece<'a> {
    /// A text that is whole.
    pub(crate) const fn whole(text: &'a str) -> Piece<'a> {
        Piece { text, parts: &[] }
    }
}

/// The task of a job in plain text, which leaves no machine.
pub(crate) fn task(job: &Job, material: &Material) -> Task<String> {
    pieces(job, material).map(|piece| piece.text.to_owned())
}

/// The task of a job as it is masked.
pub(crate) fn pieces<'a>(job: &'a Job, material: &'a Material) -> Task<Piece<'a>> {
    Task {
        use_case: match job.use_case {
            protocol::UseCase::Page => UseCase::Page,
            protocol::UseCase::Update => UseCase::Update,
        },
        title: Some(Piece::whole(&job.target.title)),
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
            .map(|block| OutlineBlock {
                heading: block.heading,
                text: Piece { text: &block.text, parts: &block.parts },
            })
            .collect(),
        legend: None,
    }
}

fn source(source: &MaterialSource) -> Source<Piece<'_>> {
    let count = u32::try_from(source.excerpts.len()).unwrap_or(u32::MAX);
    Source {
        kind: match source.kind {
            protocol::SourceKind::Issue => SourceKind::Issue,
            protocol::SourceKind::Page => SourceKind::Page,
        },
        key: (source.kind == protocol::SourceKind::Issue).then(|| Piece::whole(&source.id)),
        title: Piece::whole(&source.title),
        group: Some(source.group.as_str()).filter(|group| !group.is_empty()).map(Piece::whole),
        excerpts: source
            .pieces()
            .zip((0..count).rev())
            .map(|((text, parts), value)| Excerpt {
                text: Piece { text, parts },
                tokens: tokens::upper_bound_anywhere(text),
                value,
            })
            .collect(),
    }
}

/// How many values of each kind were masked, by the kind's name on the wire.
pub(crate) fn counts(masker: &Masker) -> impl Iterator<Item = (String, u32)> {
    masker.counts().into_iter().map(|(kind, n)| (kind.wire().to_owned(), u32::try_from(n).unwrap_or(u32::MAX)))
}

/// The task with every text masked.
pub(crate) fn masked(task: &Task<Piece<'_>>, masker: &mut Masker) -> Task<Masked<String>> {
    // Read everything before anything is masked: a name found late in the last comment is masked in the first title too.
    task.map(|piece| masker.learn_cut(piece.text, piece.parts));
    let mut masked = task.map(|piece| masker.mask_cut(piece.text, piece.parts));
    masked.count_tokens();
    let legend = masker.legend();
    Task { legend: Some(legend).filter(|legend| !legend.as_ref().is_empty()), ..masked }
}
