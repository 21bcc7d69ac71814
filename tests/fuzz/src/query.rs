//! Whatever is typed into the picker is a query or refused with the field.
#![no_main]
use libfuzzer_sys::fuzz_target;
use quillgate::search::query;
use quillgate_fuzz::{planted, text};

fuzz_target!(|data: &[u8]| {
    let Some(typed) = text(data) else { return };
    if let Ok(query) = query::parse(typed) {
        for term in &query.terms {
            assert!(term.counts(&term.text).is_some(), "a term is met by itself");
        }
        planted(|| !query.phrases.is_empty() && query.filters.updated.from.is_some());
    }
    let _ = query::like(typed);
});
