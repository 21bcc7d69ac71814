//! The rules of the plan without a model.
//! Which sentences are ranked is tested where they are ranked.

use super::*;
use crate::prompt::check::{Evidence, settle};
use crate::prompt::task::{Excerpt, Language, OutlineBlock, Source, SourceKind, Tone};

fn source(title: &str, group: &str, text: &str) -> Source<String> {
    let excerpts = vec![Excerpt { text: text.to_owned(), tokens: 1, value: 1 }];
    Source { kind: SourceKind::Issue, key: None, title: title.to_owned(), group: Some(group.to_owned()), excerpts }
}

fn task(use_case: UseCase) -> Task<String> {
    let block = |heading, text: &str| OutlineBlock { heading, text: text.to_owned() };
    Task {
        use_case,
        title: None,
        language: Language::Source,
        tone: Tone::Neutral,
        sources: vec![
            source("Upload fails", "Bug", "The **upload** of large files fails on S3."),
            source("New metrics", "Improvement", "Metrics show the queue length."),
            source("Upload retries", "Bug", "Uploads are tried five times."),
        ],
        outline: match use_case {
            UseCase::Update => vec![
                block(Some(1), "Uploading files"),
                block(None, "Files are uploaded in parts."),
                block(Some(1), "Security"),
                block(None, "Keys are rotated. Uploads are tried five times."),
            ],
            UseCase::Page | UseCase::Summary | UseCase::ReleaseNotes => Vec::new(),
        },
        legend: None,
    }
}

fn ranked(task: &Task<String>) -> Vec<Sentence> {
    let of = |(index, source): (usize, &Source<String>)| Sentence {
        source: index,
        start: 0,
        origin: None,
        end: 0,
        text: source.excerpts[0].text.clone(),
    };
    task.sources.iter().enumerate().map(of).collect()
}

#[test]
fn groups_a_page_and_takes_markup_off() {
    let task = task(UseCase::Page);
    let Body::Sections(sections) = plan(&task, &ranked(&task)).body else { panic!("sections") };
    let found: Vec<_> = sections.iter().map(|section| (section.heading.as_str(), section.items.len())).collect();
    assert_eq!(found, [("Bug", 2), ("Improvement", 1)]);
    assert_eq!(sections[0].items[0].claims[0].text, "The upload of large files fails on S3.");
}

#[test]
fn puts_a_sentence_behind_the_section_it_belongs_to() {
    let task = task(UseCase::Update);
    let Body::Edits(edits) = plan(&task, &ranked(&task)).body else { panic!("edits") };
    let found: Vec<_> = edits.iter().map(|edit| (edit.at, edit.heading.as_str(), edit.items.len())).collect();
    // The third sentence is on the page already.
    assert_eq!(found, [(Anchor::Block(1), "", 1), (Anchor::End, "Recent changes", 1)]);
}

#[test]
fn what_is_taken_word_for_word_is_supported() {
    for use_case in [UseCase::Page, UseCase::Update] {
        let task = task(use_case);
        let settled = settle(plan(&task, &ranked(&task)), &Evidence::of_task(&task));
        assert!(settled.claims.iter().all(|claim| claim.supported), "{:?}", settled.claims);
        assert!(!settled.plan.is_empty());
    }
}

#[test]
fn says_a_sentence_once_and_ignores_sources_that_are_not_there() {
    let task = task(UseCase::Page);
    let mut twice = ranked(&task);
    twice.extend(ranked(&task));
    twice.push(Sentence { source: 99, start: 0, end: 0, text: "Nobody said this.".to_owned(), origin: None });
    assert_eq!(plan(&task, &twice).claim_texts().count(), 3);
}
