//! Bodies that someone made to do harm, or that came broken: each has its answer, and none costs more than its length.
//! What a single format reads wrong is tested beside that format; times are measured by `bench/markdown.mjs`.

use super::adf::MAX_VALUES;
use super::{ExcerptLimits, Format, MAX_BYTES, Malformed, excerpts_of, markdown_of, parse, print};
use serde_json::{Value, json};

fn doc(content: Value) -> String {
    json!({ "version": 1, "type": "doc", "content": content }).to_string()
}

/// Reads it every way a body is read; all must say the same.
fn refused(format: Format, body: &str) -> Option<Malformed> {
    let by_tree = parse(format, body).err();
    assert_eq!(markdown_of(format, body).err(), by_tree);
    assert_eq!(excerpts_of(format, body, &ExcerptLimits::default()).err(), by_tree);
    by_tree
}

/// Comes back as the same value, and is printed the same with a tree and without.
fn kept(body: &str) -> String {
    let value = |text: &str| serde_json::from_str::<Value>(text).unwrap();
    let document = parse(Format::Adf, body).unwrap();
    assert_eq!(value(&print(Format::Adf, &document)), value(body));
    let markdown = markdown_of(Format::Adf, body).unwrap();
    assert_eq!(markdown, print(Format::Markdown, &document));
    markdown
}

#[test]
fn refuses_a_body_of_fifty_megabytes() {
    let large = "a ".repeat(25 * 1024 * 1024);
    for format in [Format::Adf, Format::Storage, Format::Markdown] {
        assert_eq!(refused(format, &large), Some(Malformed::TooLarge));
    }
    assert_eq!(Malformed::TooLarge.code(), "too-large");
}

#[test]
fn reads_a_body_as_long_as_allowed_and_no_longer() {
    let around = doc(json!([{ "type": "paragraph", "content": [{ "type": "text", "text": "" }] }])).len();
    let of = |length: usize| {
        doc(json!([{ "type": "paragraph", "content": [{ "type": "text", "text": "a".repeat(length - around) }] }]))
    };
    assert_eq!(parse(Format::Adf, &of(MAX_BYTES)).err(), None);
    assert_eq!(parse(Format::Adf, &of(MAX_BYTES + 1)).err(), Some(Malformed::TooLarge));
}

#[test]
fn refuses_a_body_of_more_values_than_documents_have() {
    let zeros = |count: usize| vec!["0"; count].join(",");
    let members = |count: usize| (0..count).map(|at| format!("\"{at:x}\":0")).collect::<Vec<_>>().join(",");
    let bodies = |count: usize| {
        [
            format!("{{\"type\":\"doc\",\"content\":[{}]}}", zeros(count)),
            format!("{{\"type\":\"doc\",\"content\":[],\"attrs\":{{{}}}}}", members(count)),
            format!("{{\"type\":\"doc\",\"content\":[],{}}}", members(count)),
            format!("{{\"type\":\"doc\",\"content\":[],\"version\":[[{}]]}}", zeros(count - 2)),
            format!("{{\"type\":\"doc\",\"content\":[{{\"marks\":[{}]}}]}}", zeros(count - 1)),
        ]
    };
    for body in bodies(MAX_VALUES + 1) {
        assert_eq!(refused(Format::Adf, &body), Some(Malformed::TooLarge));
    }
    for body in bodies(1_000) {
        kept(&body);
    }
}

#[test]
fn refuses_adf_that_ends_early() {
    let body = doc(json!([
        { "type": "heading", "attrs": { "level": 2 }, "content": [{ "type": "text", "text": "é\"\\", "marks": [{ "type": "em" }] }] }
    ]));
    for (end, _) in body.char_indices() {
        assert_eq!(refused(Format::Adf, body.get(..end).unwrap()), Some(Malformed::NotJson), "{end}");
    }
}

#[test]
fn refuses_nesting_of_ten_thousand_levels() {
    let nested = |open: &str, close: &str| format!("{}{}", open.repeat(10_000), close.repeat(10_000));
    let adf = nested("{\"type\":\"blockquote\",\"content\":[", "]}");
    let attrs =
        format!("{{\"type\":\"doc\",\"content\":[{{\"type\":\"extension\",\"attrs\":{}}}]}}", nested("{\"a\":", "}"));
    let marks = format!("{{\"type\":\"doc\",\"content\":[{{\"type\":\"text\",\"marks\":{}}}]}}", nested("[", "]"));
    let rest = format!("{{\"type\":\"doc\",\"content\":[],\"more\":{}}}", nested("[", "]"));
    for body in [adf, attrs, marks, rest] {
        assert_eq!(refused(Format::Adf, &body), Some(Malformed::TooDeep));
    }
    assert_eq!(refused(Format::Storage, &nested("<ac:layout-cell>", "</ac:layout-cell>")), Some(Malformed::TooDeep));
    assert_eq!(refused(Format::Markdown, &nested("> ", "")), Some(Malformed::TooDeep));
}

#[test]
fn keeps_references_as_the_members_they_are() {
    // JSON has no cycles; what looks like one is an object with a member of that name
    let markdown = kept(&doc(json!([
        { "$ref": "#" },
        { "type": "paragraph", "content": [{ "$ref": "#/content/1" }, { "type": "text", "text": "here" }] },
        { "type": "extension", "attrs": { "extensionKey": "a", "parameters": { "$ref": "#" } } }
    ])));
    assert_eq!(markdown, "here\n\n[a: $ref=#]\n");
}

#[test]
fn keeps_nodes_of_wrong_types_and_says_their_text() {
    for wrong in [json!(null), json!(true), json!(5), json!("text"), json!([]), json!([[1]]), json!({}), json!([{}])] {
        for member in ["type", "attrs", "content", "text", "marks", "other"] {
            let mut node = json!({ "type": "text", "text": "a", "marks": [{ "type": "strong", "attrs": {} }] });
            node[member] = wrong.clone();
            kept(&doc(json!([{ "type": "paragraph", "content": [node.clone()] }, node])));
            for kind in ["table", "tableRow", "bulletList", "taskList", "mediaSingle", "layoutSection", "codeBlock"] {
                let mut node = json!({ "type": kind, "content": [{ "type": "text", "text": "kept" }] });
                node[member] = wrong.clone();
                kept(&doc(json!([node, { "type": kind, "content": [node] }])));
            }
        }
    }
}

#[test]
fn takes_the_last_of_two_members_with_one_name() {
    let body =
        r#"{"type":"doc","content":5,"content":[{"type":5,"text":[],"type":"text","text":"a","marks":0,"marks":[]}]}"#;
    assert_eq!(kept(body), "a\n");
    let body = r#"{"type":"doc","content":[{"type":"text","text":"a"}],"content":[{"type":"rule","type":6}]}"#;
    assert_eq!(kept(body), "");
}

#[test]
fn bounds_what_spans_make_of_a_table() {
    let cell = json!({ "type": "tableCell", "attrs": { "colspan": 65535, "rowspan": 65535 },
                       "content": [{ "type": "paragraph", "content": [{ "type": "text", "text": "a" }] }] });
    let rows: Vec<Value> = (0..50).map(|_| json!({ "type": "tableRow", "content": [cell, cell] })).collect();
    let markdown = kept(&doc(json!([{ "type": "table", "content": rows }])));
    assert!(markdown.len() < 200_000, "{}", markdown.len());
}

#[test]
fn reads_a_table_of_a_hundred_thousand_cells() {
    let cell = json!({ "type": "tableCell", "content": [] });
    let row = json!({ "type": "tableRow", "content": vec![cell; 100] });
    let body = doc(json!([{ "type": "table", "content": vec![row; 1_000] }]));
    assert_eq!(kept(&body).matches('|').count(), 1_000 * 101 + 101 * 2);
}

#[test]
fn keeps_entities_nobody_knows_and_refuses_those_that_are_declared() {
    for body in ["<p>&unknown; &#0; &#xD800; &#99999999; & &amp;amp; &</p>", "<p>&lt;b&gt;</p>"] {
        assert_eq!(print(Format::Storage, &parse(Format::Storage, body).unwrap()), body);
    }
    let bomb = "<!DOCTYPE lolz [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\">]><p>&b;</p>";
    assert_eq!(refused(Format::Storage, bomb), Some(Malformed::Doctype));
    assert_eq!(refused(Format::Storage, "<!doctype html><p>a</p>"), Some(Malformed::Doctype));
}

#[test]
fn refuses_storage_format_that_is_not_well_formed() {
    for body in ["<p>", "</p>", "<p><b></p></b>", "<p", "<p a>", "<p a=\"b>", "<![CDATA[", "<!--", "<ac:image"] {
        let found = refused(Format::Storage, body);
        assert!(matches!(found, Some(Malformed::NotXml)), "{body}: {found:?}");
    }
}

#[test]
fn keeps_scripts_and_directions_together() {
    let text = "עברית \u{202b}مرحبا\u{202c} e\u{301} 日本語 👩‍👩‍👧 \u{2066}abc\u{2069} ไทย \u{200f}! नमस्ते";
    let markdown = kept(&doc(json!([{ "type": "paragraph", "content": [
        { "type": "text", "text": text }, { "type": "text", "text": text, "marks": [{ "type": "strong" }] }
    ] }])));
    assert_eq!(markdown.matches("👩‍👩‍👧").count(), 2);
    assert_eq!(markdown.replace("**", "").trim_end(), format!("{text}{text}"));
    let long = text.repeat(60);
    let body = doc(json!([{ "type": "paragraph", "content": [{ "type": "text", "text": long }] }]));
    for excerpt in excerpts_of(Format::Adf, &body, &ExcerptLimits { max_chars: 64, max_tokens: None }).unwrap() {
        assert!(!excerpt.text.starts_with(['\u{301}', '\u{200d}']) && !excerpt.text.ends_with('\u{200d}'));
    }
}

#[test]
fn a_byte_order_mark_is_text_and_moves_nothing() {
    for body in ["\u{feff}a", "\u{feff}\u{feff}a<p>b &amp; c</p>", "\u{feff}<p>a</p>"] {
        let document = parse(Format::Storage, body).unwrap();
        assert_eq!(print(Format::Storage, &document), body);
        let text: String = document.blocks.iter().map(super::Block::text).collect();
        assert_eq!(text.matches('a').count(), 1, "{text:?}");
    }
}
