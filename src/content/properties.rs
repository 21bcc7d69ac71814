//! What holds for every document and every body: round trips, bounds, no panic.
//! The documents are random; each failure names the seed that made it.

use super::random::{ADF_NOISE, MARKDOWN_NOISE, Random, STORAGE_NOISE};
use super::tree::{Cell, CellRole, MarkKind, Row};
use super::{
    Block, BlockKind, Document, ExcerptLimits, Format, Inline, InlineKind, excerpts, markdown_of, parse, print,
    storage, view,
};

/// How many documents a test makes: more when `QUILLGATE_ROUNDS` says so.
fn rounds() -> u64 {
    std::env::var("QUILLGATE_ROUNDS").ok().and_then(|n| n.parse().ok()).unwrap_or(300)
}

fn words(document: &Document) -> Vec<String> {
    let text: Vec<String> = document.blocks.iter().map(Block::text).collect();
    let text = text.join("\n");
    text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_owned).collect()
}

#[test]
fn prints_random_documents_so_that_they_read_back() {
    for seed in 0..rounds() {
        let document = Random::new(seed).document();
        for format in [Format::Adf, Format::Storage] {
            let printed = print(format, &document);
            let read = parse(format, &printed).unwrap_or_else(|e| panic!("seed {seed}: {e}: {printed}"));
            assert_eq!(print(format, &read), printed, "seed {seed}, {format:?}");
            let again = parse(format, &print(format, &read)).unwrap();
            assert_eq!(again, read, "seed {seed}, {format:?}");
        }
    }
}

#[test]
fn loses_no_word_in_markdown() {
    for seed in 0..rounds() {
        let document = Random::new(seed).document();
        let markdown = print(Format::Markdown, &document);
        let read = parse(Format::Markdown, &markdown).unwrap();
        let (mut before, mut after) = (words(&document), words(&read));
        before.sort();
        after.sort();
        let lost: Vec<_> = before.iter().filter(|w| !after.contains(w)).collect();
        assert_eq!(lost, Vec::<&String>::new(), "seed {seed}: {markdown}\n{document:?}");
        let second = print(Format::Markdown, &read);
        let again = parse(Format::Markdown, &second).unwrap();
        same(&read, &again, seed);
    }
}

#[test]
fn keeps_blanks_that_are_code() {
    for text in [" ", "  ", "a ", " a", " a "] {
        let code = Block::paragraph(vec![Inline::text(text).marked(MarkKind::Code)]);
        let list = Block::list(super::tree::ListStyle::Bullet, vec![vec![Inline::text(text).marked(MarkKind::Code)]]);
        let document = Document::new(vec![BlockKind::Quote(vec![list]).into(), code]);
        let read = parse(Format::Markdown, &print(Format::Markdown, &document)).unwrap();
        assert_eq!(read, document, "{text:?}");
    }
}

#[test]
fn reads_no_mark_out_of_a_sign_before_a_break() {
    let sign = Block::paragraph(vec![Inline::text("1. _")]);
    let marked = Inline::text("@you").marked(MarkKind::Strong).marked(MarkKind::Em);
    let word = Block::paragraph(vec![marked.clone(), Inline::text("x")]);
    let cell = Cell::new(CellRole::Value, vec![sign, word]);
    let rows = vec![Row { cells: vec![cell], ..Row::default() }];
    let table = Document::new(vec![BlockKind::Table { caption: None, rows }.into()]);
    let line = vec![Inline::text("1 _"), InlineKind::Break.into(), marked, Inline::text("x")];
    for document in [table, Document::new(vec![Block::paragraph(line)])] {
        let markdown = print(Format::Markdown, &document);
        let read = parse(Format::Markdown, &markdown).unwrap();
        assert_eq!(words(&read), words(&document), "{markdown}");
    }
}

/// Fails where the structure or the characters differ, white space and the marks of breaks aside.
fn same(a: &Document, b: &Document, seed: u64) {
    let (left, right) = (outline(a), outline(b));
    let Some(at) = left.chars().zip(right.chars()).position(|(x, y)| x != y) else {
        return;
    };
    let around = |text: &str| text.chars().skip(at.saturating_sub(150)).take(350).collect::<String>();
    panic!("seed {seed}\n{}\n{}\n{}", around(&left), around(&right), print(Format::Markdown, a));
}

/// The kinds of all blocks but paragraphs, which may be empty, and the text.
fn outline(document: &Document) -> String {
    let views: Vec<_> = document.blocks.iter().map(view::block).collect();
    let json = serde_json::to_string(&views).unwrap();
    let kinds: Vec<&str> = json.split("\"type\":\"").map(|part| part.split('"').next().unwrap()).collect();
    let kinds: Vec<&str> = kinds.into_iter().filter(|kind| *kind != "paragraph").collect();
    let text: String = document.blocks.iter().flat_map(|b| b.text().chars().collect::<Vec<_>>()).collect();
    format!("{} {}", kinds.join(" "), text.split_whitespace().collect::<String>())
}

#[test]
fn gives_back_the_bytes_of_whatever_storage_format_it_reads() {
    let mut read = 0;
    for seed in 0..rounds() * 20 {
        let body = Random::new(seed).noise(STORAGE_NOISE);
        if let Ok(document) = parse(Format::Storage, &body) {
            read += 1;
            assert_eq!(print(Format::Storage, &document), body, "seed {seed}");
            exercise(&document);
            let spans = storage::spans(&body).unwrap();
            let mut end = 0;
            for span in spans {
                assert!(span.range.start >= end, "seed {seed}: spans overlap");
                assert_eq!(storage::print_block(&span.block), *body.get(span.range.clone()).unwrap(), "seed {seed}");
                end = span.range.end;
            }
        }
    }
    assert!(read > 10);
}

#[test]
fn prints_adf_the_same_with_a_tree_and_without() {
    for seed in 0..rounds() {
        let body = print(Format::Adf, &Random::new(seed).document());
        same_markdown(&body, seed);
        same_markdown(&Random::new(seed).damaged(&body), seed);
    }
}

/// Fails where the body is printed otherwise than its tree.
fn same_markdown(body: &str, seed: u64) {
    let by_tree = parse(Format::Adf, body).map(|document| print(Format::Markdown, &document));
    assert_eq!(markdown_of(Format::Adf, body), by_tree, "seed {seed}: {body}");
}

#[test]
fn gives_back_the_value_of_whatever_adf_it_reads() {
    for seed in 0..rounds() * 20 {
        let body = Random::new(seed).noise(ADF_NOISE);
        let whole = format!("{{\"type\":\"doc\",\"content\":[{}]}}", body.trim_matches(','));
        for body in [body, whole] {
            if let Ok(document) = parse(Format::Adf, &body) {
                let before: serde_json::Value = serde_json::from_str(&body).unwrap();
                let after: serde_json::Value = serde_json::from_str(&print(Format::Adf, &document)).unwrap();
                assert_eq!(after, before, "seed {seed}");
                same_markdown(&body, seed);
                exercise(&document);
            }
        }
    }
}

#[test]
fn reads_any_text_as_markdown() {
    for seed in 0..rounds() * 5 {
        let body = Random::new(seed).noise(MARKDOWN_NOISE);
        exercise(&parse(Format::Markdown, &body).unwrap());
    }
}

/// Everything a document can be asked for.
fn exercise(document: &Document) {
    for format in [Format::Adf, Format::Storage, Format::Markdown] {
        drop(print(format, document));
    }
    document.blocks.iter().for_each(|b| drop(view::block(b)));
    drop(super::mentions(&document.blocks));
    drop(excerpts(document, &ExcerptLimits { max_chars: 64, max_tokens: Some(64) }));
    drop(super::extract::rank(&[super::extract::Source::new(document, Some("text"))], 3));
}

#[test]
fn cuts_random_documents_within_the_bound_of_tokens() {
    for seed in 0..rounds() {
        let document = Random::new(seed).document();
        for excerpt in excerpts(&document, &ExcerptLimits { max_chars: 600, max_tokens: Some(64) }) {
            assert!(excerpt.tokens <= 64, "seed {seed}: {} in {:?}", excerpt.tokens, excerpt.text);
        }
    }
}

/// Text of one script, or of several, with and without blanks and ends of sentences.
fn scripts(random: &mut Random, words: usize) -> String {
    const SCRIPTS: &[&[&str]] = &[
        &["漢", "字", "中文", "搜索", "。", "，"],
        &["кириллица", "слово ", "поиск", ". "],
        &["ภาษาไทย", "คำ", " "],
        &["한국어", "검색 ", "을"],
        &["العربية ", "كلمة", "؟ "],
        &["हिन्दी", "शब्द ", "।"],
        &["👩‍👩‍👧‍👦", "🏳️‍🌈", "e\u{301}", "🎉 "],
        &["9f86d081884c7d65", "0x1F ", "/var/log/", "=="],
        &["word ", "Sentence. ", "| ", "`code` "],
    ];
    let mixed = random.below(3) == 0;
    let mut script = random.below(SCRIPTS.len());
    let mut text = String::new();
    for _ in 0..words {
        if mixed {
            script = random.below(SCRIPTS.len());
        }
        text.push_str(SCRIPTS[script][random.below(SCRIPTS[script].len())]);
    }
    text
}

/// Headings, paragraphs, lists, code and tables of such texts.
fn in_scripts(random: &mut Random) -> Document {
    let mut body = String::new();
    for number in 0..1 + random.below(6) {
        let words = 1 + random.below(1_200);
        let text = scripts(random, words);
        body.push_str(&match random.below(6) {
            0 => format!("## {}\n\n{text}\n\n", scripts(random, 4)),
            1 => format!("```\n{}\n```\n\n", text.replace('`', "")),
            2 => format!("| a | b |\n|---|---|\n| {number} | {} |\n| 2 | x |\n\n", text.replace('|', "")),
            3 => format!("- {text}\n- {}\n\n", scripts(random, 30)),
            _ => format!("{text}\n\n"),
        });
    }
    parse(Format::Markdown, &body).unwrap()
}

#[test]
fn no_excerpt_of_any_script_exceeds_the_bound_it_is_cut_by_nor_ends_within_a_grapheme() {
    use unicode_segmentation::UnicodeSegmentation;
    let limits = ExcerptLimits::default();
    let most = limits.max_tokens.unwrap();
    for seed in 0..rounds() / 3 {
        let document = in_scripts(&mut Random::new(seed));
        let markdown = print(Format::Markdown, &document);
        let ends: std::collections::BTreeSet<usize> = markdown
            .grapheme_indices(true)
            .scan(0, |unit, (_, grapheme)| {
                let at = *unit;
                *unit += grapheme.encode_utf16().count();
                Some(at)
            })
            .chain([markdown.encode_utf16().count()])
            .collect();
        for excerpt in excerpts(&document, &limits) {
            assert!(excerpt.tokens <= most, "seed {seed}: {} tokens in {:?}", excerpt.tokens, excerpt.text);
            assert!(excerpt.tokens >= super::tokens::upper_bound(&excerpt.text), "seed {seed}");
            assert!(excerpt.text.encode_utf16().count() <= limits.max_chars, "seed {seed}: {:?}", excerpt.text);
            for end in [excerpt.start, excerpt.end] {
                assert!(ends.contains(&end), "seed {seed}: {end} is within a grapheme: {:?}", excerpt.text);
            }
        }
    }
}

#[test]
fn a_document_whose_excerpts_are_short_of_tokens_is_cut_as_without_a_bound() {
    let by_chars = ExcerptLimits { max_tokens: None, ..ExcerptLimits::default() };
    for seed in 0..rounds() {
        let document = Random::new(seed).document();
        let all = excerpts(&document, &by_chars);
        if all.iter().all(|excerpt| excerpt.tokens <= ExcerptLimits::default().max_tokens.unwrap()) {
            assert_eq!(excerpts(&document, &ExcerptLimits::default()), all, "seed {seed}");
        }
    }
}

#[test]
fn lines_of_code_that_fit_are_not_cut() {
    for seed in 0..rounds() / 3 {
        let mut random = Random::new(seed);
        let count = 2 + random.below(120);
        let line =
            |random: &mut Random, number: usize| format!("line {number} {}", "abc_def(x);".repeat(random.below(12)));
        let lines: Vec<String> = (0..count).map(|number| line(&mut random, number)).collect();
        let code = BlockKind::Code { language: Some("rust".to_owned()), text: lines.join("\n") };
        let before = Block::paragraph(vec![Inline::text(&scripts(&mut random, 40))]);
        let document = Document::new(vec![before, code.into()]);
        let all = excerpts(&document, &ExcerptLimits::default());
        let inside = |excerpt: &super::Excerpt| {
            let text = excerpt.text.clone();
            text.lines().map(str::to_owned).collect::<Vec<_>>()
        };
        let known: Vec<String> = all.iter().flat_map(inside).filter(|line| line.starts_with("line ")).collect();
        assert_eq!(known, lines, "seed {seed}: each line once, and whole");
        for excerpt in &all {
            let fences = excerpt.text.lines().filter(|line| line.starts_with("```")).count();
            assert!(fences.is_multiple_of(2), "seed {seed}: {:?}", excerpt.text);
        }
    }
}

#[test]
fn cuts_random_documents_within_the_bound() {
    for seed in 0..rounds() {
        let document = Random::new(seed).document();
        for max_chars in [64, 150] {
            for excerpt in excerpts(&document, &ExcerptLimits { max_chars, max_tokens: None }) {
                let chars = excerpt.text.encode_utf16().count();
                assert!(chars <= max_chars, "seed {seed}: {chars} in {:?}", excerpt.text);
            }
        }
    }
}
