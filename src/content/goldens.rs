//! Invented documents with everything in them, and the Markdown and pages they must make.
//! A change here is a change people see: it is made on purpose, with `QUILLGATE_BLESS=1`.

use super::{Format, MAX_BYTES, Malformed, Target, parse, print, storage, view};
use std::path::PathBuf;

fn golden(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden/content").join(name)
}

fn read(name: &str) -> String {
    std::fs::read_to_string(golden(name)).unwrap()
}

fn check(name: &str, found: &str) {
    if std::env::var_os("QUILLGATE_BLESS").is_some() {
        std::fs::write(golden(name), found).unwrap();
    }
    assert_eq!(found, read(name), "{name}");
}

#[test]
fn prints_the_handbook_as_it_did() {
    for (format, name) in [(Format::Adf, "handbook.adf.json"), (Format::Storage, "handbook.storage.xhtml")] {
        let body = read(name);
        let document = parse(format, &body).unwrap();
        let again = print(format, &document);
        match format {
            Format::Adf => {
                let value = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap();
                assert_eq!(value(&again), value(&body));
            }
            Format::Storage | Format::Markdown => assert_eq!(again, body),
        }
        let markdown = print(Format::Markdown, &document);
        check(&format!("{name}.md"), &markdown);
        let read_back = parse(Format::Markdown, &markdown).unwrap();
        check(&format!("{name}.md.adf.json"), &print(Format::Adf, &read_back));
        check(&format!("{name}.md.storage.xhtml"), &print(Format::Storage, &read_back));
        let other = if format == Format::Adf { Format::Storage } else { Format::Adf };
        check(&format!("{name}.converted"), &print(other, &document));
        let views: Vec<_> = document.blocks.iter().map(view::block).collect();
        check(&format!("{name}.view.json"), &serde_json::to_string_pretty(&views).unwrap());
    }
}

#[test]
fn refuses_with_a_code() {
    let deep = |open: &str, close: &str| format!("{}{}", open.repeat(10_000), close.repeat(10_000));
    let large = "a".repeat(MAX_BYTES + 1);
    for (format, body, code) in [
        (Format::Adf, "", Malformed::NotJson),
        (Format::Adf, "{", Malformed::NotJson),
        (Format::Adf, "[]", Malformed::NotADocument),
        (Format::Adf, "null", Malformed::NotADocument),
        (Format::Adf, r#"{"type":"paragraph","content":[]}"#, Malformed::NotADocument),
        (Format::Adf, r#"{"type":"doc"}"#, Malformed::NotADocument),
        (Format::Adf, r#"{"type":"doc","content":"text"}"#, Malformed::NotADocument),
        (Format::Adf, r#"{"type":5,"content":[]}"#, Malformed::NotADocument),
        (Format::Adf, &deep("{\"type\":\"doc\",\"content\":[", "]}"), Malformed::TooDeep),
        (Format::Adf, &deep("[", ""), Malformed::TooDeep),
        (Format::Storage, "<p>", Malformed::NotXml),
        (Format::Storage, "</p>", Malformed::NotXml),
        (Format::Storage, "<p><b></p></b>", Malformed::NotXml),
        (Format::Storage, "<p", Malformed::NotXml),
        (Format::Storage, "<![CDATA[", Malformed::NotXml),
        (Format::Storage, "<!DOCTYPE a [<!ENTITY b \"c\">]><p>&b;</p>", Malformed::Doctype),
        (Format::Storage, &deep("<b>", "</b>"), Malformed::TooDeep),
        (Format::Markdown, &deep("> ", ""), Malformed::TooDeep),
        (Format::Adf, &large, Malformed::TooLarge),
        (Format::Storage, &large, Malformed::TooLarge),
        (Format::Markdown, &large, Malformed::TooLarge),
    ] {
        let shown: String = body.chars().take(40).collect();
        assert_eq!(parse(format, body).map(|_| ()), Err(code), "{format:?} {shown}");
    }
}

#[test]
fn keeps_what_is_spelled_wrong_within_a_document() {
    for node in [
        r#"{"type":"heading","attrs":{"level":"2"},"content":[{"type":"text","text":"a"}]}"#,
        r#"{"type":"paragraph","content":"text"}"#,
        r#"{"type":"paragraph","content":[null,5,{"type":"text"}]}"#,
        r#"{"type":"table","content":[{"type":"tableRow","content":[{"type":"text","text":"a"}]}]}"#,
        r#"{"type":"mention","attrs":{"id":5}}"#,
        r#"{"type":"text","text":"a","marks":["strong"]}"#,
        r#"{"text":"no type"}"#,
        r#"{"type":"codeBlock","content":[null]}"#,
        r#"{"type":"date","attrs":{"timestamp":1704067200000}}"#,
        r#"{"type":"taskList","content":[{"type":"taskList","content":[]}]}"#,
        "null",
    ] {
        let body = format!("{{\"version\":1,\"type\":\"doc\",\"content\":[{node}]}}");
        let value = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap();
        let document = parse(Format::Adf, &body).unwrap();
        assert_eq!(value(&print(Format::Adf, &document)), value(&body));
    }
}

#[test]
fn finds_the_editable_blocks_within_layouts() {
    let body = "<ac:layout>\n<ac:layout-section ac:type=\"two_equal\"><ac:layout-cell><p>a</p> <h2>b</h2></ac:layout-cell>\
                <ac:layout-cell>loose <b>text</b></ac:layout-cell></ac:layout-section></ac:layout>";
    let found = storage::spans(body).unwrap();
    let sources: Vec<_> = found.iter().map(|s| body.get(s.range.clone()).unwrap()).collect();
    assert_eq!(sources, ["<p>a</p>", "<h2>b</h2>", "loose <b>text</b>"]);
    let texts: Vec<_> = found.iter().map(|s| s.block.text()).collect();
    assert_eq!(texts, ["a", "b", "loose text"]);
}

#[test]
fn drops_addresses_a_page_must_not_carry() {
    for (href, kept) in [
        ("https://example.com/a", true),
        ("mailto:a@example.com", true),
        ("/wiki/x", true),
        ("#part", true),
        ("page?a:b", true),
        ("javascript:alert(1)", false),
        ("JavaScript:alert(1)", false),
        (" java\nscript:alert(1)", false),
        ("data:text/html,x", false),
        ("//example.com", false),
        ("\\\\example.com", false),
        ("", false),
    ] {
        assert_eq!(view::safe_href(href).is_some(), kept, "{href:?}");
    }
}

#[test]
fn names_the_people_it_mentions() {
    let body = read("handbook.storage.xhtml");
    let found = super::mentions(&parse(Format::Storage, &body).unwrap().blocks);
    assert_eq!(found.len(), 1);
    assert_eq!(found.first().unwrap().account_id.as_deref(), Some("5b10ac8d82e05b22cc7d4ef5"));
    let body = read("handbook.adf.json");
    let found = super::mentions(&parse(Format::Adf, &body).unwrap().blocks);
    assert_eq!(found.first().unwrap().text, "Mira Valdez");
}

#[test]
fn gives_excerpts_the_same_names_when_something_else_changes() {
    let of = |text: &str| super::excerpts(&parse(Format::Markdown, text).unwrap(), &super::ExcerptLimits::default());
    let before = of("# A\n\none\n\n# B\n\ntwo\n");
    let after = of("# A\n\none, changed\n\n# B\n\ntwo\n");
    assert_ne!(before.first().unwrap().id, after.first().unwrap().id);
    assert_eq!(before.last().unwrap().id, after.last().unwrap().id);
    assert_eq!(before.last().unwrap().heading, ["B"]);
}

#[test]
fn repeats_the_header_of_a_cut_table_and_the_fence_of_cut_code() {
    let rows: String = (0..20).map(|n| format!("| row {n} | value {n} |\n")).collect();
    let lines: String = (0..20).map(|n| format!("let line_{n} = {n};\n")).collect();
    let body = format!("# T\n\n| a | b |\n| --- | --- |\n{rows}\n# C\n\n```rust\n{lines}```\n");
    let limits = super::ExcerptLimits { max_chars: 120, max_tokens: None };
    let all = super::excerpts(&parse(Format::Markdown, &body).unwrap(), &limits);
    let (tables, code): (Vec<_>, Vec<_>) = all.iter().partition(|e| e.heading == ["T"]);
    assert!(tables.len() > 2 && code.len() > 2);
    assert!(tables.iter().all(|e| e.text.contains("| a | b |\n| --- | --- |\n| row")), "{tables:#?}");
    assert!(code.iter().all(|e| e.text.matches("```").count() == 2), "{code:#?}");
}

#[test]
fn calls_a_reference_by_its_name() {
    assert_eq!(Target::Space("COLD".to_owned()).name(), "COLD");
}
