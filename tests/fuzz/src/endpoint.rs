//! A base URL is taken in its one spelling or refused: what is taken names a public host over https and reads back as itself.
#![no_main]
use libfuzzer_sys::fuzz_target;
use quillgate::provider::Endpoint;
use quillgate::provider::google_auth::ServiceAccount;
use quillgate_fuzz::{planted, text};

fuzz_target!(|data: &[u8]| {
    let Some(typed) = text(data) else { return };
    let _ = ServiceAccount::parse(typed);
    let Ok(endpoint) = Endpoint::parse(typed) else { return };
    let written = endpoint.to_string();
    assert!(written.starts_with("https://") && !written.contains(['@', '?', '#', '\\', '%']));
    assert_eq!(Endpoint::parse(&written).expect("what is written can be read"), endpoint);
    // A number as the last label would be an address to some reader.
    let last = endpoint.host().rsplit_once('.').expect("a name of two labels at least").1;
    assert!(last.starts_with(|first: char| first.is_ascii_alphabetic()) && last != "localhost" && last != "local");
    planted(|| written.contains(":8443/"));
});
