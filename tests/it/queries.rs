//! The queries that go to the products: whatever is typed, what is asked is one of our own questions with words in it.

use quillgate::product::{confluence, jira};
use quillgate::protocol::op::ProductCall;

use crate::random::Xorshift;

/// What means something in JQL, CQL, the text index below them, or a URL.
#[rustfmt::skip]
const NOISE: &[&str] = &[
    "\"", "'", "\\", "\\\"", "\\u0022", " OR ", " AND ", " NOT ", "(", ")", " ORDER BY ", "~", "!~", "=", "!=", "*", "?", "^", "+",
    "-", "project = SECRET", "space = HR", "currentUser()", "%22", "&jql=", "#", "\n", "\r\n", "\0", "\u{2028}", "“", "＂", "\u{202e}",
    ";", "/*", "--", "{", "}", "[", "]", "|", "a", "word", "ß", "日本", "👩‍👩‍👧", "\u{301}", "ITD-1", "1=1",
];

fn text(seed: u64) -> String {
    let mut random = Xorshift::seeded(seed);
    (0..1 + random.below(12)).map(|_| NOISE[random.below(NOISE.len())]).collect()
}

/// The question of a call, decoded, its words taken out; and the names of the parameters.
fn asked(call: &ProductCall, name: &str) -> (String, Vec<String>) {
    let wire = serde_json::to_value(call).unwrap();
    let path = wire["path"].as_str().unwrap();
    let (_, query) = path.split_once('?').unwrap();
    let pairs: Vec<(&str, &str)> = query.split('&').map(|pair| pair.split_once('=').unwrap()).collect();
    let question = pairs.iter().find(|(of, _)| *of == name).unwrap().1;
    assert!(question.is_ascii() && !question.contains(['"', ' ', '#', '\\', '\n']), "{question}");
    let mut parts = decoded(question);
    // Every second part stands in quotes.
    parts = parts
        .split('"')
        .enumerate()
        .map(|(at, part)| if at % 2 == 0 { part } else { words(part) })
        .collect::<Vec<_>>()
        .join("\"");
    (parts, pairs.iter().map(|(name, _)| (*name).to_owned()).collect())
}

/// What stands in quotes: words, and a star at the end at most.
fn words(quoted: &str) -> &'static str {
    let plain = quoted.strip_suffix('*').unwrap_or(quoted);
    assert!(plain.chars().all(|c| c.is_alphanumeric() || c == ' '), "{quoted:?}");
    "…"
}

fn decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((first, others)) = rest.split_first() {
        if let (b'%', Some((hex, behind))) = (first, others.split_at_checked(2)) {
            bytes.push(u8::from_str_radix(std::str::from_utf8(hex).unwrap(), 16).unwrap());
            rest = behind;
        } else {
            bytes.push(*first);
            rest = others;
        }
    }
    String::from_utf8(bytes).unwrap()
}

/// Ledger: IM-23.
#[test]
fn whatever_is_typed_the_question_is_ours_and_only_words_are_in_it() {
    type Ask = fn(&str) -> ProductCall;
    let calls: [(&str, Ask); 3] = [
        ("jql", |text| jira::search(text, 20, None)),
        ("cql", |text| confluence::search_pages(text, 20, None)),
        ("cql", |text| confluence::spaces_titled(text, 20, None)),
    ];
    for (name, call) in calls {
        let (with, names) = asked(&call("two words"), name);
        let (without, _) = asked(&call(""), name);
        for seed in 1..3_000_u64 {
            let text = text(seed);
            let (question, own) = asked(&call(&text), name);
            assert!(question == with || question == without, "seed {seed}: {text:?}: {question}");
            assert_eq!(own, names, "seed {seed}: {text:?}");
        }
    }
}
