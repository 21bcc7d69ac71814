//! Masking takes every text: what it finds lies in the text and does not overlap, and the masked text comes back byte for byte.
#![no_main]
use libfuzzer_sys::fuzz_target;
use quillgate::content::{self, Format};
use quillgate::privacy::{Body, Identity, Kind, KindSet, Masker};
use quillgate_fuzz::{planted, text};
use std::sync::LazyLock;

const MAIL: &str = "anna@example.com";
static PEOPLE: LazyLock<Vec<Identity>> =
    LazyLock::new(|| vec![Identity::named("Anna Schmidt", Some(MAIL)), Identity::named("Bernd Müller", None)]);

fuzz_target!(|data: &[u8]| {
    let Some(text) = text(data) else { return };
    let mut masker = Masker::new(&PEOPLE, KindSet::ALL);
    let findings = masker.findings(text);
    let mut end = 0;
    for finding in &findings {
        assert!(finding.start >= end && finding.end > finding.start);
        assert!(text.get(finding.start..finding.end).is_some(), "on the bounds of characters");
        end = finding.end;
    }
    let masked = masker.mask(text);
    assert_eq!(masker.restore(masked.expose_to_provider()).text, text);
    assert!(!masked.expose_to_provider().contains(MAIL), "the host named it, so it is found wherever it stands");
    for format in [Body::Adf, Body::Storage] {
        if let Ok(masked) = masker.mask_body(format, text) {
            assert_eq!(masker.restore(masked.expose_to_provider()).text, text);
            let format = if format == Body::Adf { Format::Adf } else { Format::Storage };
            let shown = content::parse(format, masked.expose_to_provider())
                .map(|document| content::print(Format::Markdown, &document));
            assert!(!shown.is_ok_and(|shown| shown.contains(MAIL)), "nor is it in what a reader sees");
        }
    }
    planted(|| [Kind::Iban, Kind::Email].iter().all(|kind| findings.iter().any(|finding| finding.kind == *kind)));
});
