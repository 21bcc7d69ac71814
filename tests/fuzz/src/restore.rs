//! Restoring takes every answer: pieces give what the whole gives, wherever it is cut, and nothing that was put in is read again.
#![no_main]
use libfuzzer_sys::fuzz_target;
use quillgate::privacy::TokenMap;
use quillgate_fuzz::{planted, text};

const PAIRS: [(&str, &str); 6] = [
    ("[EMAIL_1]", "anna@example.com"),
    ("[PERSON_1]", "[PERSON_2]"),
    ("[PERSON_1.b]", "Anna"),
    ("[DATE_OF_BIRTH_1]", "1 May 1990"),
    ("[IP_1]", "::1"),
    ("[[IP_1]]", "[::1]"),
];

fuzz_target!(|data: &[u8]| {
    let Some((cuts, data)) = data.split_first_chunk::<4>() else { return };
    let Some(text) = text(data) else { return };
    let map = TokenMap::of(PAIRS).expect("the pairs are tokens as we write them");
    let whole = map.restore(text);
    let mut restoring = map.restoring();
    let (mut out, mut rest, mut cuts) = (String::new(), text, cuts.iter().cycle());
    while !rest.is_empty() {
        let length = usize::from(*cuts.next().unwrap_or(&1)).clamp(1, rest.len());
        let (piece, later) = rest.split_at(rest.ceil_char_boundary(length));
        out.push_str(&restoring.push(piece));
        rest = later;
    }
    let last = restoring.finish();
    out.push_str(&last.text);
    assert_eq!((&out, &last.unknown), (&whole.text, &whole.unknown));
    planted(|| out.contains("1 May 1990") && out.contains("Anna"));
});
