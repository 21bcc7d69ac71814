//! Masking takes every text: what it finds lies in the text and does not overlap, and the masked text comes back byte for byte.
#![no_main]
use libfuzzer_sys::fuzz_target;
use quillgate::content::{self, Format};
use quillgate::privacy::{Body, Identity, Kind, KindSet, Masker};
use quillgate_fuzz::{planted, text};
use std::sync::LazyLock;

const MAIL: &str = "anna@example.com";
/// What every input begins with: an empty map, and the tables of the two built once.
static PROTOTYPE: LazyLock<Masker> = LazyLock::new(|| {
    let people = [Identity::named("Anna Schmidt", Some(MAIL)), Identity::named("Bernd Müller", None)];
    Masker::new(&people, KindSet::ALL)
});

/// Whether the address stands there by itself. What is written right behind it may make it another address, or none.
fn shows(text: &str) -> bool {
    let goes_on = |rest: &str| rest.starts_with(|next: char| next.is_alphanumeric() || ".-_".contains(next));
    text.match_indices(MAIL).any(|(at, _)| !goes_on(&text[at + MAIL.len()..]))
}

fuzz_target!(|data: &[u8]| {
    let Some(text) = text(data) else { return };
    let mut masker = PROTOTYPE.fresh();
    let findings = masker.findings(text);
    let mut end = 0;
    for finding in &findings {
        assert!(finding.start >= end && finding.end > finding.start);
        assert!(text.get(finding.start..finding.end).is_some(), "on the bounds of characters");
        end = finding.end;
    }
    let masked = masker.mask(text);
    assert_eq!(masker.restore(masked.expose_to_provider()).text, text);
    assert!(!shows(masked.expose_to_provider()), "the host named it, so it is found wherever it stands");
    for format in [Body::Adf, Body::Storage] {
        if let Ok(masked) = masker.mask_body(format, text) {
            assert_eq!(masker.restore(masked.expose_to_provider()).text, text);
            let format = if format == Body::Adf { Format::Adf } else { Format::Storage };
            let shown = content::parse(format, masked.expose_to_provider())
                .map(|document| content::print(Format::Markdown, &document));
            assert!(!shown.is_ok_and(|shown| shows(&shown)), "nor is it in what a reader sees");
        }
    }
    planted(|| [Kind::Iban, Kind::Email].iter().all(|kind| findings.iter().any(|finding| finding.kind == *kind)));
});
