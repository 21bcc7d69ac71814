//! Storage format is read or refused; what was read prints so that it reads back alike, and becomes Markdown and excerpts within their bounds.
#![no_main]
use libfuzzer_sys::fuzz_target;
use quillgate::content::{self, ExcerptLimits, Format};
use quillgate_fuzz::{planted, text};

fuzz_target!(|data: &[u8]| {
    let Some(body) = text(data) else { return };
    let markdown = content::markdown_of(Format::Storage, body);
    let read = content::parse(Format::Storage, body);
    assert_eq!(markdown.is_ok(), read.is_ok(), "both ways read the same bodies");
    let Ok(document) = read else { return };
    let printed = content::print(Format::Storage, &document);
    let again = content::parse(Format::Storage, &printed).expect("what is printed can be read");
    assert_eq!(content::print(Format::Storage, &again), printed);
    assert_eq!(content::print(Format::Markdown, &document), markdown.expect("it was read"));
    let limits = ExcerptLimits::default();
    let pieces = content::excerpts_of(Format::Storage, body, &limits).expect("it was read");
    assert!(pieces.iter().all(|piece| !piece.text.trim().is_empty()));
    planted(|| printed.contains("<ac:structured-macro") && printed.contains("<ri:user"));
});
