use super::*;
use crate::search::query::parse;

/// The snippet with hits in brackets.
fn shown(text: &str, query: &str, max: usize) -> String {
    let found = snippet(text, &parse(query).unwrap(), max);
    found.parts.iter().map(|(part, hit)| if *hit { format!("[{part}]") } else { part.clone() }).collect()
}

#[test]
fn marks_stems_parts_beginnings_and_slips() {
    for (text, query, expected) in [
        ("All replicas were replicated.", "replication ", "All replicas were [replicated]."),
        ("The DFSClient hangs", "client ", "The DFS[Client] hangs"),
        ("The DFSClient hangs", "DFSClient ", "The [DFSClient] hangs"),
        ("See HDFS-1234 first", "hdfs-1234 ", "See [HDFS-1234] first"),
        ("A namespace here", "names", "A [namespace] here"),
        ("Die Häuser am Fluss und die Brücke", "haus ", "Die [Häuser] am Fluss und die Brücke"),
        ("the authentication fails", "authetnication ", "the [authentication] fails"),
        ("日本語の文書を検索する", "検索 ", "日本語の文書を[検索]する"),
        ("nothing here", "other ", "nothing here"),
        ("", "word ", ""),
    ] {
        assert_eq!(shown(text, query, 100), expected);
    }
}

#[test]
fn shows_the_part_with_most_of_the_words() {
    let filler = "Some words that say nothing of it at all. ".repeat(20);
    let text = format!("The server starts. {filler}The server lost its lease yesterday. {filler}");
    assert!(shown(&text, "server lease ", 60).starts_with("The [server] lost its [lease] yesterday."));
}

#[test]
fn says_where_the_first_hit_stands() {
    for (text, query, at) in [
        ("One **two** three two", "two ", Some("One **".len())),
        ("- [a link](http://x.y/z) to `it`", "it ", Some("- [a link](http://x.y/z) to `".len())),
        ("nothing here", "other ", None),
    ] {
        assert_eq!(snippet(text, &parse(query).unwrap(), 80).hit, at, "{text}");
    }
    let late = format!("{}late word", "some filler here. ".repeat(40));
    assert_eq!(snippet(&late, &parse("late ").unwrap(), 40).hit, late.find("late"));
}

#[test]
fn takes_off_markdown() {
    assert_eq!(
        shown("## Broken **pipe**\n\n- see [the page](http://x.y/z)", "pipe ", 80),
        "Broken [pipe] see the page"
    );
}

#[test]
fn never_exceeds_the_length_or_cuts_a_grapheme() {
    let text = "👩‍👩‍👧‍👦 family e\u{301}tude नमस्ते 🇩🇪🇫🇷 ".repeat(30);
    let query = parse("family étude ").unwrap();
    for max in 0..120 {
        let found = snippet(&text, &query, max);
        let shown: String = found.parts.iter().map(|(part, _)| part.as_str()).collect();
        assert!(shown.encode_utf16().count() <= max);
        let whole: Vec<&str> = text.graphemes(true).collect();
        assert!(shown.graphemes(true).all(|g| whole.contains(&g) || g == " "), "{shown}");
        assert!(text.get(found.start..found.end).is_some());
    }
}

#[test]
fn says_what_matched() {
    let query = parse("\"lost lease\" server clinet absent ").unwrap();
    let found = matched("The server has a lost lease of a client", &query);
    assert_eq!(found.words, ["lost", "lease", "server", "clinet"]);
    assert!(found.typo && found.phrase);
    let found = matched("lease lost", &query);
    assert!(!found.typo && !found.phrase);
}

#[test]
fn stays_linear_on_hostile_text() {
    let query = parse("aaaa bbbb ").unwrap();
    for text in [
        "a".repeat(1 << 20),
        "aaaa ".repeat(50_000),
        "\u{301}".repeat(100_000),
        "[".repeat(200_000),
        "<a".repeat(100_000),
    ] {
        let found = snippet(&text, &query, 200);
        assert!(found.parts.iter().map(|(p, _)| p.encode_utf16().count()).sum::<usize>() <= 200);
    }
}
