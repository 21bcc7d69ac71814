//! What is JSON and what is none, by what `serde_json` says.

use super::super::super::random::Random;
use super::*;
use serde_json::Value;

/// Reads just what `serde_json` reads, and the same value.
fn check(body: &str) {
    let arena = Bump::new();
    let mut scan = Scan::new(body, &arena);
    let read = scan.json().ok().filter(|_| scan.is_at_end());
    assert_eq!(read.map(|value| value.to_value()), serde_json::from_str::<Value>(body).ok(), "{body}");
    let mut again = Scan::new(body, &arena);
    assert_eq!(again.skip().is_ok_and(|()| again.is_at_end()), read.is_some(), "{body}");
}

#[test]
fn reads_what_json_is_and_nothing_else() {
    for body in [
        "",
        " ",
        "0",
        "-0",
        "00",
        "01",
        "-",
        "-1",
        "+1",
        "1.",
        ".5",
        "1.5",
        "1e5",
        "1E+5",
        "1e",
        "1e999",
        "-1e999",
        "1e-999",
        "123456789",
        "1234567890",
        "18446744073709551616",
        "0x1",
        "1 2",
        "true",
        "truex",
        "tru",
        "nul",
        "[]",
        "[ ]",
        "[,]",
        "[1,]",
        "[1 2]",
        "[1,2",
        "{}",
        "{,}",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}",
        "{a:1}",
        "{\"a\":1 \"b\":2}",
        "{\"a\":1,\"a\":2}",
        "[true,false,null]",
        "\"",
        "\"\"",
        "\"a",
        "\"\t\"",
        "\"\u{7f}é\u{10ffff}\"",
        "\"12345678\"",
        "\"1234567\"",
        "\"123456\u{1}\"",
        "\u{feff}1",
        "\u{a0}1",
        "]",
        "}",
        "\"a\"b",
        "[\"a\"",
        "{\"a\":[{\"b\":[]}]}",
    ] {
        check(body);
    }
}

#[test]
fn resolves_escapes() {
    for escape in [
        "\\n",
        "\\\"",
        "\\\\",
        "\\/",
        "\\b\\f\\r\\t",
        "\\u0041",
        "\\u00e9",
        "\\ud83d\\ude00",
        "\\ud83d",
        "\\ude00",
        "\\ud83dx",
        "\\ud83d\\n",
        "\\ud83d\\u0041",
        "\\u12",
        "\\u+123",
        "\\uD83D\\uDE00",
        "\\x",
        "\\",
        "\\é",
        "\\u00éa",
        "\\\\\\",
        "a\\u0000b",
    ] {
        for around in ["", "a", "plain text of some length"] {
            check(&format!("\"{around}{escape}{around}\""));
            check(&format!("[{{\"{escape}\":[\"{around}{escape}\"]}}]"));
        }
    }
}

#[test]
fn stops_where_the_nesting_does() {
    let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    check(&nested(MAX_NESTING));
    check(&nested(MAX_NESTING + 1));
    check(&nested(100_000));
}

#[test]
fn reads_random_json_as_others_do() {
    for seed in 0..2_000 {
        let noise = [
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "\"",
            "\"a\"",
            "\"\\n\"",
            "\\",
            "u00e9",
            "1",
            "-2.5e3",
            "true",
            "null",
            " ",
            "\n",
            "\"a\":",
            "[1,2]",
            "{\"b\":\"\\u00e9\"}",
            "é",
        ];
        check(&Random::new(seed).noise(&noise));
    }
}
