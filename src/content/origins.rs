//! What holds for the blocks that excerpts and sentences are said to come from, for made documents and, when `QUILLGATE_DATA` names
//! a folder of them, for real ones: a block that is named holds the text, and no block goes unnamed.

use super::origin::{Headings, blocks};
use super::random::Random;
use super::tree::{Column, Macro};
use super::{
    Block, BlockKind, Document, Excerpt, ExcerptLimits, Format, Inline, InlineKind, Origin, excerpts, excerpts_of,
    measured, parse, placed, print, print_markdown, storage,
};
use crate::random::Xorshift;

/// Letters and digits: what is left of a text whatever marks stand around it.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// What the named blocks print alone, without marks.
fn named(document: &Document, origin: &Origin) -> String {
    let (first, last) = (usize::try_from(origin.first).unwrap(), usize::try_from(origin.last).unwrap());
    let named = blocks(document).get(first..=last).unwrap().iter().map(|block| (*block).clone()).collect();
    letters(&print_markdown(&Document::new(named)))
}

fn sizes() -> impl Iterator<Item = ExcerptLimits> {
    [64, 200, 1800].into_iter().map(|max_chars| ExcerptLimits { max_chars, max_tokens: None })
}

/// Fails where a rule does not hold.
fn holds(document: &Document, name: &str) {
    for limits in sizes() {
        let (_, all) = placed(document, &limits);
        let mut unnamed: Vec<bool> = blocks(document).into_iter().map(prints).collect();
        let mut before = 0;
        for excerpt in &all {
            let own = letters(excerpt.text.get(excerpt.at..).unwrap());
            let own = own.trim_end_matches(|c: char| !c.is_alphanumeric());
            assert!(named(document, &excerpt.origin).contains(own), "{name}: {excerpt:?}");
            assert!(
                before <= excerpt.origin.first && excerpt.origin.first <= excerpt.origin.last,
                "{name}: {excerpt:?}"
            );
            before = excerpt.origin.first;
            let range = usize::try_from(excerpt.origin.first).unwrap()..=usize::try_from(excerpt.origin.last).unwrap();
            unnamed.get_mut(range).unwrap().fill(false);
        }
        let unnamed: Vec<&Block> =
            blocks(document).into_iter().zip(unnamed).filter_map(|(block, is)| is.then_some(block)).collect();
        assert!(unnamed.is_empty(), "{name}, {limits:?}: {unnamed:?}");
    }
}

/// Whether a block leaves anything in Markdown.
fn prints(block: &Block) -> bool {
    !letters(&print_markdown(&Document::new(vec![block.clone()]))).is_empty()
}

/// The same excerpts with the same blocks, whether there was a tree or not.
fn same_without_a_tree(format: Format, body: &str, name: &str) {
    let Ok(document) = parse(format, body) else { return };
    for limits in sizes() {
        let by_tree = excerpts(&document, &limits).into_iter().map(|e| (e.text, e.origin));
        let without = excerpts_of(format, body, &limits).unwrap().into_iter().map(|e| (e.text, e.origin));
        assert!(by_tree.eq(without), "{name}");
    }
}

#[test]
fn the_blocks_that_are_named_hold_the_text_and_none_goes_unnamed() {
    for seed in 0..200 {
        let mut random = Random::new(seed);
        let document = Document::new((0..3).flat_map(|_| random.document().blocks).collect());
        holds(&document, &format!("seed {seed}"));
        for format in [Format::Adf, Format::Storage] {
            let body = print(format, &document);
            let name = format!("seed {seed}, {format:?}");
            holds(&parse(format, &body).unwrap(), &name);
            same_without_a_tree(format, &body, &name);
        }
        let damaged = random.damaged(&print(Format::Adf, &document));
        same_without_a_tree(Format::Adf, &damaged, &format!("seed {seed}, damaged"));
    }
}

#[test]
fn names_no_block_that_holds_nothing_of_the_text() {
    // every block has words of its own
    let word = |at: usize| format!("word{at}x");
    for seed in 0..60 {
        let mut random = Random::new(seed);
        let document = Document::new((0..12).map(|at| worded(&mut random, &word(at))).collect());
        for limits in sizes() {
            for Excerpt { text, origin, .. } in excerpts(&document, &limits) {
                let held: Vec<usize> = (0..12).filter(|at| text.contains(&word(*at))).collect();
                let named = usize::try_from(origin.first).unwrap()..=usize::try_from(origin.last).unwrap();
                // a cut in the middle of a word leaves none
                let is_part = held.is_empty() && origin.first == origin.last;
                assert!(is_part || named.eq(held), "seed {seed}: {text}");
            }
        }
    }
}

/// A block of some kind, that says only this word.
fn worded(random: &mut Random, word: &str) -> Block {
    let text = |times: usize| Inline::text(&format!("{word} ").repeat(times));
    let times = 1 + random.below(40);
    match random.below(5) {
        0 => Block::heading(u8::try_from(1 + random.below(6)).unwrap(), word),
        1 => Block::bullets((0..=random.below(9)).map(|_| vec![text(times)]).collect()),
        2 => Block::code(None, &format!("{word}\n").repeat(times)),
        3 => BlockKind::Quote(vec![Block::paragraph(vec![text(times)]), Block::heading(2, word)]).into(),
        _ => Block::paragraph(vec![text(times), InlineKind::Break.into(), text(times)]),
    }
}

#[test]
fn loses_no_header_that_nothing_repeats() {
    let check = |body: &str, text: &str| {
        let all = excerpts_of(Format::Markdown, body, &ExcerptLimits { max_chars: 64, max_tokens: None }).unwrap();
        assert!(all.iter().any(|excerpt| excerpt.text.contains(text)), "{all:?}");
    };
    let long = "word ".repeat(20);
    check(&format!("| only | header |\n| --- | --- |\n\n{long}"), "| only | header |");
    check(&format!("# Heading\n\n```sh\n{}\n```\n", long.trim()), "# Heading");
    check(&format!("# Heading\n\n| a | b |\n| --- | --- |\n| c | {long}|\n"), "# Heading");
    check(&format!("| {} |\n| --- |\n| {long}|\n", "wide ".repeat(7)), "wide wide wide");
}

/// Paragraphs as ADF, each with its id.
fn with_ids(texts: &[&str]) -> String {
    let node = |text: &&str| {
        let id = text.split(' ').next().unwrap();
        format!(
            r#"{{"type":"paragraph","attrs":{{"localId":"id-{id}"}},"content":[{{"type":"text","text":"{}"}}]}}"#,
            format!("{text} ").repeat(30)
        )
    };
    let nodes: Vec<String> = texts.iter().map(node).collect();
    format!(r#"{{"type":"doc","version":1,"content":[{}]}}"#, nodes.join(","))
}

#[test]
fn an_edit_elsewhere_moves_no_id() {
    let limits = ExcerptLimits { max_chars: 400, max_tokens: None };
    let of = |texts: &[&str]| excerpts_of(Format::Adf, &with_ids(texts), &limits).unwrap();
    let ids = |texts: &[&str], word: &str| -> Vec<(String, Option<String>)> {
        let found = of(texts).into_iter().filter(|excerpt| excerpt.text.starts_with(word));
        found.map(|excerpt| (excerpt.text, excerpt.origin.id)).collect()
    };
    let before = ids(&["alpha one", "beta two", "gamma three"], "gamma");
    assert!(!before.is_empty() && before.iter().all(|(_, id)| id.as_deref() == Some("id-gamma")));
    for edited in
        [&["alpha one", "beta other", "gamma three"][..], &["new", "alpha one", "gamma three"], &["gamma three"]]
    {
        assert_eq!(ids(edited, "gamma"), before, "{edited:?}");
    }
}

#[test]
fn a_layout_counts_as_the_blocks_of_its_columns() {
    let column = |texts: &[&str]| Column {
        blocks: texts.iter().map(|text| Block::paragraph(vec![Inline::text(text)])).collect(),
        ..Column::default()
    };
    let layout = BlockKind::Layout(vec![column(&["left", "lower"]), column(&["right"])]).into();
    let inner = BlockKind::Macro(Macro {
        name: "excerpt".to_owned(),
        blocks: vec![Block::heading(2, "in")],
        ..Macro::default()
    });
    let document = Document::new(vec![Block::paragraph(vec![Inline::text("before")]), layout, inner.into()]);
    for format in [Format::Adf, Format::Storage] {
        let document = parse(format, &print(format, &document)).unwrap();
        let texts: Vec<String> = blocks(&document).into_iter().map(Block::text).collect();
        assert_eq!(texts, ["before", "left", "lower", "right", "in"], "{format:?}");
        let (markdown, _) = placed(&document, &ExcerptLimits::default());
        let printed = super::markdown::printed(super::markdown::Blocks::Tree(&document.blocks), 0);
        for (at, text) in texts.iter().enumerate() {
            let start = markdown.find(text.as_str()).unwrap();
            let origin = printed.places.origin(&(start..start + text.len())).unwrap();
            assert_eq!((origin.first, origin.last), (u32::try_from(at).unwrap(), u32::try_from(at).unwrap()), "{text}");
        }
    }
}

#[test]
fn knows_the_headings_above_a_block_and_what_the_page_calls_them() {
    let heading = |level: u8, text: &str| Block::heading(level, text);
    let text = || Block::paragraph(vec![Inline::text("text")]);
    let panel = BlockKind::Quote(vec![heading(2, "Set up")]).into();
    let marked = BlockKind::Heading {
        level: 3,
        inlines: vec![InlineKind::Emoji { short_name: ":x:".to_owned(), text: None }.into()],
    };
    let document = Document::new(vec![
        text(),
        heading(2, "Set up"),
        text(),
        heading(3, "  A b? "),
        panel,
        heading(2, "Set up"),
        marked.into(),
        text(),
    ]);
    let headings = Headings::of(&document);
    let check = |block: u32, path: &[&str], anchor: Option<&str>| {
        let above = headings.above(block);
        assert_eq!(
            (above.path.iter().map(String::as_str).collect::<Vec<_>>(), above.anchor.as_deref()),
            (path.to_vec(), anchor)
        );
    };
    check(0, &[], None);
    check(1, &["Set up"], Some("Set-up"));
    check(2, &["Set up"], Some("Set-up"));
    check(4, &["Set up", "A b?"], Some("A-b?"));
    check(5, &["Set up"], Some("Set-up.2"));
    check(7, &["Set up", ":x:"], None);
}

/// The path said as its definition: at each heading those of its level or below end. The anchor: the first number that is free.
#[test]
fn headings_stand_and_are_called_as_reading_them_one_by_one_says() {
    for seed in 0..300 {
        let mut random = Xorshift::seeded(seed);
        let names = ["a", "a.1", "b", "a.1.1"];
        let made: Vec<(u8, &str)> = (0..random.below(40))
            .map(|_| (u8::try_from(random.below(7)).unwrap(), names[random.below(names.len())]))
            .collect();
        let block = |(level, name): &(u8, &str)| match level {
            0 => Block::paragraph(vec![Inline::text(name)]),
            level => Block::heading(*level, name),
        };
        let headings = Headings::of(&Document::new(made.iter().map(block).collect()));
        let (mut path, mut taken): (Vec<(u8, &str)>, Vec<String>) = (Vec::new(), Vec::new());
        let mut anchor = None;
        for (at, (level, name)) in (0..).zip(made) {
            if level > 0 {
                path.retain(|above| above.0 < level);
                path.push((level, name));
                let numbered = (1..).map(|number| format!("{name}.{number}"));
                anchor = std::iter::once(name.to_owned()).chain(numbered).find(|free| !taken.contains(free));
                taken.extend(anchor.clone());
            }
            let above = headings.above(at);
            assert!(above.path.iter().eq(path.iter().map(|above| above.1)), "{seed}");
            assert_eq!((&above.anchor, &headings.anchor(at)), (&anchor, &anchor), "{seed}");
        }
    }
}

#[test]
fn real_documents_hold_what_is_said_of_their_blocks() {
    let Some(data) = measured::data() else { return };
    for (name, body) in measured::adf_bodies(&data) {
        same_without_a_tree(Format::Adf, &body, &name);
        if let Ok(document) = parse(Format::Adf, &body) {
            holds(&document, &name);
        }
    }
    for (name, body) in measured::storage_bodies(&data) {
        let Ok(document) = parse(Format::Storage, &body) else { continue };
        holds(&document, &name);
        // the blocks that can be edited are the same ones
        let spans = storage::spans(&body).unwrap();
        let own = blocks(&document);
        assert!(spans.iter().map(|span| &span.block).eq(own), "{name}");
    }
}
