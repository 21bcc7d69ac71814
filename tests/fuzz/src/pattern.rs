//! An admin's pattern is compiled or refused with a reason that points into it; one that is taken matches in linear work.
#![no_main]
use libfuzzer_sys::fuzz_target;
use quillgate::privacy::{Custom, Deny, Kind, KindSet, Masker, Matcher, Pattern};
use quillgate_fuzz::{planted, text};

fuzz_target!(|data: &[u8]| {
    let Some((source, subject)) = text(data).and_then(|text| text.split_once('\n')) else { return };
    let matcher = match Matcher::pattern(source) {
        Ok(matcher) => matcher,
        Err(bad) => return assert!(bad.at <= source.encode_utf16().count()),
    };
    assert!(Pattern::compile(source).is_ok());
    let custom = Custom { deny: vec![Deny { matcher, kind: Kind::Secret }], ..Custom::default() };
    let mut masker = Masker::with(&[], KindSet::NONE.with(Kind::Secret), &custom);
    let masked = masker.mask(subject);
    assert_eq!(masker.restore(masked.expose_to_provider()).text, subject);
    planted(|| source.contains('{') && source.contains('|') && masker.counts().contains_key(&Kind::Secret));
});
