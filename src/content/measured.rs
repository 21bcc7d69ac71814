//! Runs over real documents when `QUILLGATE_DATA` names a folder of them; nothing of them is part of the project.
//! Without the variable the tests pass without a word: the rules themselves are tested beside the code.
#![expect(clippy::print_stdout, clippy::string_slice, reason = "the figures are what the run is for")]

use super::{Format, parse, print};
use std::path::{Path, PathBuf};

pub(super) fn data() -> Option<PathBuf> {
    std::env::var_os("QUILLGATE_DATA").map(PathBuf::from)
}

fn files(folder: &Path) -> Vec<(String, String)> {
    let mut out: Vec<_> =
        std::fs::read_dir(folder).map(|all| all.flatten().map(|e| e.path()).collect()).unwrap_or_default();
    out.sort();
    out.into_iter()
        .filter_map(|p| Some((p.file_name()?.to_string_lossy().into_owned(), std::fs::read_to_string(&p).ok()?)))
        .collect()
}

/// A set of documents: its name, and each document's name and body.
type Set = (&'static str, Vec<(String, String)>);

/// Storage bodies: every page, and every probe.
fn storage_sets(data: &Path) -> Vec<Set> {
    let content = data.join("content");
    let probes = std::fs::read_to_string(content.join("storage-probes.json")).unwrap_or_default();
    let probes: std::collections::BTreeMap<String, String> = serde_json::from_str(&probes).unwrap_or_default();
    vec![
        ("storage", files(&content.join("storage"))),
        ("storage-generated", files(&content.join("storage-generated"))),
        ("storage-probes", probes.into_iter().collect()),
    ]
}

pub(super) fn storage_bodies(data: &Path) -> Vec<(String, String)> {
    storage_sets(data).into_iter().flat_map(|(_, bodies)| bodies).collect()
}

/// ADF bodies: every document, README, ticket and probe.
fn adf_sets(data: &Path) -> Vec<Set> {
    let content = data.join("content");
    let lines = |file: PathBuf| -> Vec<(String, String)> {
        let text = std::fs::read_to_string(file).unwrap_or_default();
        let described = |line: &str| {
            let value: serde_json::Value = serde_json::from_str(line).unwrap_or_default();
            let name = value.get("key").or_else(|| value.get("file")).map(ToString::to_string).unwrap_or_default();
            value.get("description").map(|d| (name, d.to_string()))
        };
        text.lines().filter_map(described).collect()
    };
    let probes = std::fs::read_to_string(content.join("adf-probes.json")).unwrap_or_default();
    let probes: std::collections::BTreeMap<String, serde_json::Value> =
        serde_json::from_str(&probes).unwrap_or_default();
    let doc = |node| serde_json::json!({ "version": 1, "type": "doc", "content": [node] }).to_string();
    vec![
        ("adf", files(&content.join("adf"))),
        ("readme-adf", lines(content.join("readme-adf.jsonl"))),
        ("tickets", lines(data.join("site/hadoop-tickets-adf.jsonl"))),
        ("adf-probes", probes.into_iter().map(|(name, node)| (name, doc(node))).collect()),
    ]
}

pub(super) fn adf_bodies(data: &Path) -> Vec<(String, String)> {
    adf_sets(data).into_iter().flat_map(|(_, bodies)| bodies).collect()
}

#[test]
fn gives_back_every_real_document_as_the_same_value() {
    let Some(data) = data() else { return };
    let bodies = adf_bodies(&data);
    let mut failed = 0;
    for (name, body) in &bodies {
        let before: serde_json::Value = serde_json::from_str(body).unwrap_or_default();
        match parse(Format::Adf, body) {
            Ok(document) => {
                let after: serde_json::Value = serde_json::from_str(&print(Format::Adf, &document)).unwrap_or_default();
                if before != after {
                    failed += 1;
                    println!("differs: {name}\n{before}\n{after}");
                }
                assert_eq!(super::markdown_of(Format::Adf, body), Ok(print(Format::Markdown, &document)), "{name}");
            }
            Err(why) => {
                failed += 1;
                println!("refused: {name}: {}", why.code());
            }
        }
    }
    println!("adf: {} bodies, {failed} failed", bodies.len());
    assert_eq!(failed, 0);
}

#[test]
fn gives_back_every_real_page_byte_for_byte() {
    let Some(data) = data() else { return };
    let bodies = storage_bodies(&data);
    let mut failed = 0;
    for (name, body) in &bodies {
        match parse(Format::Storage, body) {
            Ok(document) if print(Format::Storage, &document) == *body => {}
            Ok(_) => {
                failed += 1;
                println!("differs: {name}");
            }
            Err(why) => {
                failed += 1;
                println!("refused: {name}: {}", why.code());
            }
        }
    }
    println!("storage: {} bodies, {failed} failed", bodies.len());
    assert_eq!(failed, 0);
}

/// What each probe must leave in the Markdown.
const ADF_PROBES: &[(&str, &[&str])] = &[
    ("heading", &["## HEADTXT"]),
    ("marks", &["**BOLD**", "_ITAL_", "~~STRK~~", "`CODE`", "[LNK](https://e.org)"]),
    ("table", &["| H1 | H2 |", "| --- | --- |", "C1\\|x<br>C1b", "C2li"]),
    ("panel", &["> **Warning**", "> PANELTXT"]),
    ("mention", &["@Jane"]),
    ("expand", &["EXPTITLE", "EXPBODY"]),
    ("media", &["ALTTXT", "CAPTXT", "mid"]),
    ("taskList", &["- [x] TASK1", "- [ ] TASK2"]),
    ("decision", &["DECIDE"]),
    ("layout", &["LCOL1", "LCOL2"]),
    ("inlineCard", &["https://x.atlassian.net/browse/ABC-1"]),
    ("blockCard", &["https://x.atlassian.net/browse/ABC-2"]),
    ("status", &["[STATTXT]"]),
    ("date", &["2024-01-01"]),
    ("codeBlock", &["````rust", "fn main(){ /* ``` */ }"]),
    ("emoji", &["🎉"]),
    ("nestedList", &["- LI1", "  3. OL3"]),
    ("blockquote", &["> QUOTE"]),
    ("rule", &["---"]),
    ("hardBreak", &["HB1\\\nHB2"]),
    ("bodiedExtension", &["EXTBODY"]),
    ("extension", &["EXTTXT", "toc"]),
    ("syncBlock", &["SYNCBODY"]),
    ("escape", &["1\\. not\\*list\\* \\_x\\_ \\<b> # a [z\\](y)"]),
];

const STORAGE_PROBES: &[(&str, &[&str])] = &[
    ("code", &["```java", "int X = a < b;"]),
    ("noformat", &["NOFMT <x>"]),
    ("info", &["ITITLE", "INFOBODY"]),
    ("expand", &["ETITLE", "EBODY"]),
    ("status", &["[STAT]"]),
    ("tasks", &["- [x] TASKA", "- [ ] TASKB"]),
    ("pagelink", &["LBODY", "My Page", "Other Page"]),
    ("plainlink", &["PLAINLB", "P3"]),
    ("user", &["Hi @557058:abc"]),
    ("image", &["IALT", "pic.png"]),
    ("jira", &["ABC-9"]),
    ("layout", &["LC1", "LC2"]),
    ("emoticon", &["✅"]),
    ("date", &["2024-01-31"]),
    ("table", &["| TH1 | TH2 |", "TD1", "TD2"]),
    ("adfext", &["**Note**", "ADFP"]),
    ("entity", &["café", "—", "→", "ENT"]),
];

#[test]
fn keeps_every_probe() {
    let Some(data) = data() else { return };
    let adf = adf_bodies(&data);
    let storage = storage_bodies(&data);
    let mut lost = Vec::new();
    for (format, bodies, probes) in [(Format::Adf, &adf, ADF_PROBES), (Format::Storage, &storage, STORAGE_PROBES)] {
        let mut kept = 0;
        for (name, words) in probes {
            let body = bodies.iter().rfind(|(n, _)| n == name).map(|(_, b)| b.as_str()).unwrap_or_default();
            let markdown = parse(format, body).map(|d| print(Format::Markdown, &d)).unwrap_or_default();
            let missing: Vec<_> = words.iter().filter(|w| !markdown.contains(**w)).collect();
            kept += usize::from(missing.is_empty());
            if !missing.is_empty() {
                lost.push(format!("{name}: {missing:?} not in {markdown:?}"));
            }
        }
        println!("{format:?}: {kept} of {} probes", probes.len());
    }
    assert_eq!(lost, Vec::<String>::new());
}

pub(super) fn words(text: &str) -> std::collections::BTreeMap<String, i64> {
    let mut out = std::collections::BTreeMap::new();
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()) {
        *out.entry(word.to_owned()).or_insert(0) += 1;
    }
    out
}

/// The text of an ADF value, found without the tree.
fn adf_text(value: &serde_json::Value, out: &mut String) {
    use serde_json::Value;
    let push = |v: Option<&Value>, out: &mut String| {
        if let Some(text) = v.and_then(Value::as_str) {
            out.push_str(text);
        }
    };
    push(value.get("text"), out);
    // A line break's text is a line break, whatever the attribute says.
    let attrs = value.get("attrs").filter(|_| value.get("type").and_then(Value::as_str) != Some("hardBreak"));
    for name in ["text", "title", "alt"] {
        push(attrs.and_then(|a| a.get(name)), out);
    }
    if attrs.is_some() {
        out.push('\n');
    }
    for child in value.get("content").and_then(Value::as_array).into_iter().flatten() {
        adf_text(child, out);
    }
    if value.get("type").and_then(Value::as_str) != Some("text") {
        out.push('\n');
    }
}

/// The text of storage format, found without the tree: tags, parameters and fallbacks dropped.
fn storage_text(body: &str) -> String {
    let mut out = String::new();
    let mut rest = body;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let skip = |rest: &str, end: &str| rest.find(end).map_or(rest.len(), |i| i + end.len());
        let cut = if let Some(inside) = rest.strip_prefix("<![CDATA[") {
            let end = inside.find("]]>").unwrap_or(inside.len());
            out.push_str(&inside[..end]);
            skip(rest, "]]>")
        } else if rest.starts_with("<!--") {
            skip(rest, "-->")
        } else if rest.starts_with("<ac:parameter") && !rest[..skip(rest, ">")].ends_with("/>") {
            skip(rest, "</ac:parameter>")
        } else if rest.starts_with("<ac:adf-fallback") {
            skip(rest, "</ac:adf-fallback>")
        } else if rest.starts_with("<ac:task-")
            && !rest.starts_with("<ac:task-body")
            && !rest.starts_with("<ac:task-list")
        {
            let close = skip(rest, "</ac:task-");
            close + skip(&rest[close..], ">")
        } else if rest.starts_with("<ac:adf-attribute") {
            skip(rest, "</ac:adf-attribute>")
        } else {
            skip(rest, ">")
        };
        let tag = &rest[..cut];
        if !["strong", "em", "span", "a ", "a>", "code", "sup", "sub", "u>", "del", "b>"]
            .iter()
            .any(|t| tag.trim_start_matches(['<', '/']).starts_with(t))
        {
            out.push(' ');
        }
        rest = &rest[cut..];
    }
    out.push_str(rest);
    super::storage::entities_for_tests(&out)
}

/// Words of one document: in its source, in its Markdown, and read again from that.
#[derive(Default)]
struct Recall {
    total: i64,
    in_markdown: i64,
    read_again: i64,
}

impl Recall {
    fn of(format: Format, name: &str, body: &str) -> Option<Self> {
        let document = parse(format, body).ok()?;
        let source = match format {
            Format::Adf => {
                let mut text = String::new();
                adf_text(&serde_json::from_str(body).unwrap_or_default(), &mut text);
                text
            }
            Format::Storage | Format::Markdown => storage_text(body),
        };
        let markdown = print(Format::Markdown, &document);
        let again = parse(Format::Markdown, &markdown).unwrap_or_default();
        let again: Vec<String> = again.blocks.iter().map(super::Block::text).collect();
        let (raw, again) = (words(&markdown), words(&again.join("\n")));
        let mut found = Self::default();
        for (word, count) in words(&source) {
            let (a, b) = (raw.get(&word).copied().unwrap_or(0), again.get(&word).copied().unwrap_or(0));
            found.total += count;
            found.in_markdown += count.min(a.max(b));
            found.read_again += count.min(b);
            if b < count && std::env::var_os("QUILLGATE_VERBOSE").is_some() {
                println!("{name}: {word} {count} in source, {a} in Markdown, {b} read again");
            }
        }
        Some(found)
    }

    /// What is in the Markdown, in thousandths of a percent.
    fn share(&self) -> i64 {
        (self.in_markdown * 100_000).checked_div(self.total).unwrap_or(100_000)
    }
}

#[test]
fn loses_no_word_of_real_documents() {
    let Some(data) = data() else { return };
    for (format, sets) in [(Format::Adf, adf_sets(&data)), (Format::Storage, storage_sets(&data))] {
        let mut sum = Recall::default();
        for (set, bodies) in &sets {
            let found: Vec<(i64, &str, Recall)> = bodies
                .iter()
                .filter_map(|(name, body)| {
                    Recall::of(format, name, body).map(|found| (found.share(), name.as_str(), found))
                })
                .collect();
            let least = found.iter().map(|(share, ..)| *share).min().unwrap_or_default();
            let below: Vec<_> = found.iter().filter(|(share, ..)| *share < ENOUGH).collect();
            println!("{set}: {} documents, least {least} of 100000, {} below {ENOUGH}", found.len(), below.len());
            assert!(below.is_empty(), "{:?}", below.iter().map(|(share, name, _)| (share, name)).collect::<Vec<_>>());
            for (_, _, one) in &found {
                sum.total += one.total;
                sum.in_markdown += one.in_markdown;
                sum.read_again += one.read_again;
            }
        }
        let Recall { total, in_markdown, read_again } = sum;
        println!("{format:?}: {total} words, {in_markdown} in Markdown, {read_again} read again");
        assert!(read_again * 100_000 >= total * ENOUGH);
    }
}

/// What each document has to keep of its words, in thousandths of a percent.
const ENOUGH: i64 = 99_500;
