//! Whatever a model writes becomes a plan by the closed schema or is refused.
#![no_main]
use libfuzzer_sys::fuzz_target;
use quillgate::prompt::output::{Shape, parse_shape};
use quillgate::prompt::{Language, UseCase};
use quillgate_fuzz::{planted, text};

fuzz_target!(|data: &[u8]| {
    let Some(answer) = text(data) else { return };
    let labels = vec![vec!["1".to_owned(), "PAY-1".to_owned()], vec!["2".to_owned()]];
    let shape = Shape { use_case: UseCase::Page, language: Language::Source, labels, blocks: 3 };
    if let Ok(plan) = parse_shape(answer, &shape) {
        planted(|| plan.claim_texts().count() > 1);
    }
});
