//! The laws of identity, tried on random blocks of both formats; the seed is in every message.
//!
//! What a block is called is the product's: no law asks for a new id.

use super::generate::Generator;
use super::identity::made::{KINDS, made, texts};
use super::identity::{heir, inherit, names};
use super::page::{BlockIndex, Form, Grain, Page};
use super::script::{EditScript, Op, Place};
use super::{Merge, Revert, diff, revert};
use crate::content::{Block, Inline};
use std::collections::BTreeSet;

const SEEDS: u64 = 300;
const FORMS: [Form; 2] = [Form::Storage, Form::Adf];

fn set(form: Form, text: &str) -> BTreeSet<String> {
    names(form, text).into_iter().collect()
}

fn assert_once(form: Form, text: &str, message: &str) {
    let all = names(form, text);
    assert_eq!(all.len(), set(form, text).len(), "{message}: {text}");
}

#[test]
fn a_block_rewritten_keeps_its_ids_and_makes_none() {
    for seed in 0..SEEDS {
        for form in FORMS {
            let (mut random, mut next) = (Generator::new(seed), 0);
            let (kind, was) = (random.below(KINDS), texts(&mut random));
            let old = made(&mut random, form, &mut next, true, kind, &was);
            let (named, is) = (random.below(3) == 0, texts(&mut random));
            let new = made(&mut random, form, &mut next, named, kind, &is);
            let result = inherit(form, &old, &new);
            let own = super::identity::own(form, &result);
            assert_eq!(own, super::identity::own(form, &old), "seed {seed}: {old} / {result}");
            assert!(own.is_some(), "seed {seed}: {old}");
            assert!(set(form, &result).is_subset(&set(form, &old)), "seed {seed}: {old} / {result}");
            assert_once(form, &result, &format!("seed {seed}"));
            let bare = |text: &str| inherit(form, "", text);
            assert_eq!(bare(&result), bare(&new), "seed {seed}: nothing but ids differs");
        }
    }
}

#[test]
fn a_block_that_says_the_same_keeps_every_id() {
    for seed in 0..SEEDS {
        for form in FORMS {
            let (mut random, mut next) = (Generator::new(seed), 0);
            let (kind, is) = (random.below(KINDS), texts(&mut random));
            let old = made(&mut random, form, &mut next, true, kind, &is);
            let new = made(&mut random, form, &mut next, false, kind, &is);
            assert_eq!(names(form, &inherit(form, &old, &new)), names(form, &old), "seed {seed}");
            assert_eq!(inherit(form, &old, &old), old, "seed {seed}");
        }
    }
}

#[test]
fn items_keep_their_ids_when_others_come_go_and_change_places() {
    for seed in 0..SEEDS {
        for form in FORMS {
            let (mut random, mut next) = (Generator::new(seed), 0);
            let kind = 2 + random.below(3);
            // Each text has a word of its own, so that it is known again.
            let was: Vec<String> = (0..2 + random.below(5)).map(|n| format!("item{n} {}", random.word())).collect();
            let mut is = was.clone();
            match random.below(3) {
                0 => is.insert(random.below(is.len() + 1), "zzz yyy xxx".to_owned()),
                1 => drop(is.remove(random.below(is.len()))),
                _ => is.rotate_left(1),
            }
            let old = made(&mut random, form, &mut next, true, kind, &was);
            let new = made(&mut random, form, &mut next, false, kind, &is);
            let result = inherit(form, &old, &new);
            let lost = set(form, &old).difference(&set(form, &result)).count();
            let each = set(form, &old).len().saturating_sub(1) / was.len();
            assert_eq!(lost, each * was.len().saturating_sub(is.len()), "seed {seed}: {old} / {result}");
        }
    }
}

#[test]
fn a_block_of_another_kind_keeps_none() {
    for seed in 0..SEEDS {
        for form in FORMS {
            let (mut random, mut next) = (Generator::new(seed), 0);
            let (kind, was, is) = (random.below(KINDS), texts(&mut random), texts(&mut random));
            let old = made(&mut random, form, &mut next, true, kind, &was);
            let new = made(&mut random, form, &mut next, true, (kind + 1) % KINDS, &is);
            assert_eq!(names(form, &inherit(form, &old, &new)), [""; 0], "seed {seed}");
        }
    }
}

#[test]
fn of_several_blocks_the_one_most_alike_of_its_kind_is_the_old_one() {
    for seed in 0..SEEDS {
        for form in FORMS {
            let (mut random, mut next) = (Generator::new(seed), 0);
            let (kind, was) = (random.below(KINDS), vec![format!("itself {}", random.sentence(6))]);
            let old = made(&mut random, form, &mut next, true, kind, &was);
            let mut all: Vec<String> = Vec::new();
            for _ in 0..random.below(4) {
                let other = random.below(KINDS);
                all.push(made(&mut random, form, &mut next, false, other, &["zzz yyy xxx".to_owned()]));
            }
            let at = random.below(all.len() + 1);
            all.insert(at, made(&mut random, form, &mut next, false, kind, &was));
            assert_eq!(heir(form, &old, &all), at, "seed {seed}");
        }
    }
}

fn body(form: Form, blocks: &[String]) -> String {
    match form {
        Form::Storage => blocks.concat(),
        Form::Adf => format!(r#"{{"version":1,"type":"doc","content":[{}]}}"#, blocks.join(",")),
    }
}

#[test]
fn a_replacement_of_a_script_keeps_the_id_of_the_page() {
    for seed in 0..SEEDS {
        for form in FORMS {
            let (mut random, mut next) = (Generator::new(seed), 0);
            let blocks: Vec<String> = (0..=random.below(6))
                .map(|_| {
                    let (kind, is) = (random.below(KINDS), texts(&mut random));
                    made(&mut random, form, &mut next, true, kind, &is)
                })
                .collect();
            let page = Page::read(form, Grain::Cell, &body(form, &blocks)).unwrap();
            let mut script = EditScript::new(&page);
            let new = |random: &mut Generator| {
                let text = format!("{} {}", random.word(), random.sentence(6));
                if random.below(2) == 0 {
                    Block::paragraph(vec![Inline::text(&text)])
                } else {
                    Block::bullets(vec![vec![Inline::text(&text)]])
                }
            };
            for (at, _) in page.blocks() {
                let op = match random.below(4) {
                    0 => Op::replace(&page, at, &new(&mut random)),
                    1 => Op::insert(&page, Place::After { block: at }, &new(&mut random)),
                    2 => Op::Move { block: at, place: Place::Start },
                    _ => continue,
                };
                script.push(op, Vec::new(), None);
            }
            let left_out = script.edits().iter().map(|edit| edit.id).filter(|_| random.below(3) == 0).collect();
            let result = page.apply(&script, &left_out).unwrap();
            let after = Page::read(form, Grain::Cell, &result).unwrap();
            assert_once_in(&after, &format!("seed {seed}"));
            let here: BTreeSet<String> = all_names(&after).into_iter().collect();
            let replaced = script.edits().iter().filter_map(|edit| match &edit.op {
                Op::Replace { block, text } => Some((block.get(), text)),
                _ => None,
            });
            let same = |at: usize, text: &str| kind_of(form, page.unit_bytes(at)) == kind_of(form, text);
            for (at, _) in replaced.filter(|(at, text)| same(*at, text)) {
                let id = super::identity::own(form, page.unit_bytes(at)).unwrap();
                assert!(here.contains(&id), "seed {seed}: {id}");
            }
        }
    }
}

/// Paragraph, list or another.
fn kind_of(form: Form, text: &str) -> u8 {
    let starts = |all: [&str; 2]| match form {
        Form::Storage => text.starts_with(all[0]),
        Form::Adf => text.starts_with(&format!(r#"{{"type":"{}""#, all[1])),
    };
    if starts(["<p", "paragraph"]) { 0 } else { 1 + u8::from(starts(["<ul", "bulletList"])) }
}

fn all_names(page: &Page) -> Vec<String> {
    (0..page.len()).flat_map(|at| names(page.form, page.unit_bytes(at))).collect()
}

fn assert_once_in(page: &Page, message: &str) {
    let all = all_names(page);
    let once: BTreeSet<&String> = all.iter().collect();
    assert_eq!(all.len(), once.len(), "{message}: {}", page.body());
}

/// A page of blocks with ids, and the same after some edits that keep, move, rewrite and make them.
fn edited(random: &mut Generator, form: Form, next: &mut usize, blocks: &[String]) -> Vec<String> {
    let mut all = blocks.to_vec();
    for _ in 0..=random.below(4) {
        let at = random.below(all.len());
        let (kind, is, named) = (random.below(KINDS), texts(random), random.below(2) == 0);
        let new = made(random, form, next, named, kind, &is);
        match (random.below(4), all.get_mut(at)) {
            (0, Some(_)) => drop(all.remove(at)),
            (1, Some(_)) => {
                let block = all.remove(at);
                let to = random.below(all.len() + 1);
                all.insert(to, block);
            }
            (2, Some(block)) => *block = inherit(form, block, &new),
            (_, _) => all.insert(at, new),
        }
    }
    all
}

#[test]
fn no_id_is_on_a_page_twice_whatever_is_left_out() {
    for seed in 0..SEEDS {
        for form in FORMS {
            let (mut random, mut next) = (Generator::new(seed), 0);
            let before = edited(&mut random, form, &mut next, &[]);
            let before = edited(&mut random, form, &mut next, &before);
            let after = edited(&mut random, form, &mut next, &before);
            let (before, after) = (body(form, &before), body(form, &after));
            let found = diff(form, &before, &after).unwrap();
            let left_out = found.script.edits().iter().map(|edit| edit.id).filter(|_| random.below(2) == 0).collect();
            let part = found.before.apply(&found.script, &left_out).unwrap();
            assert_once_in(&Page::read(form, Grain::Cell, &part).unwrap(), &format!("seed {seed}"));
            assert_eq!(found.before.apply(&found.script, &BTreeSet::new()).unwrap(), after, "seed {seed}");
        }
    }
}

#[test]
fn no_id_is_on_a_page_twice_after_a_revert() {
    for seed in 0..SEEDS {
        let (mut random, mut next, form) = (Generator::new(seed), 0, Form::Storage);
        let base = edited(&mut random, form, &mut next, &[]);
        let base = edited(&mut random, form, &mut next, &base);
        let published = edited(&mut random, form, &mut next, &base);
        // A person also puts back blocks that we took away, with their ids.
        let mut current = edited(&mut random, form, &mut next, &published);
        let gone: Vec<&String> = base.iter().filter(|block| clear(form, block, &current)).collect();
        if let Some(block) = random.pick(&gone).map(|block| block.replacen('>', "> changed ", 1)) {
            current.push(block);
        }
        let [base, published, current] = [base, published, current].map(|blocks| body(form, &blocks));
        let Revert::Merged(Merge { page, script, .. }) = revert(&base, &published, &current).unwrap() else { continue };
        let left_out = script.edits().iter().map(|edit| edit.id).filter(|_| random.below(4) == 0).collect();
        let result = page.apply(&script, &left_out).unwrap();
        assert_once_in(&Page::parse(&result).unwrap(), &format!("seed {seed}"));
    }
}

/// Whether none of the block's ids is on the page.
fn clear(form: Form, block: &str, page: &[String]) -> bool {
    let here: BTreeSet<String> = page.iter().flat_map(|block| names(form, block)).collect();
    set(form, block).is_disjoint(&here)
}

#[test]
fn an_id_tells_a_block_rewritten_beyond_recognition() {
    let before = r#"<p local-id="1">one two three</p><p local-id="2">b</p>"#;
    let after = r#"<p local-id="1">x y z</p><p local-id="2">b</p>"#;
    let found = diff(Form::Storage, before, after).unwrap();
    let at = BlockIndex::at(0).unwrap();
    assert!(matches!(found.script.edits(), [edit] if matches!(&edit.op, Op::Replace { block, .. } if *block == at)));
}

#[test]
fn spells_ids_as_the_page_does() {
    let cases = [
        (
            Form::Storage,
            r#"<h2 style="a" local-id="1">old</h2>"#,
            r#"<h3 style='b "c"'>new</h3>"#,
            r#"<h3 local-id="1" style='b "c"'>new</h3>"#,
        ),
        (
            Form::Storage,
            r#"<p local-id="1">x</p>"#,
            "<p checked a=b local-id = '2' >y</p>",
            r#"<p local-id="1" checked a=b >y</p>"#,
        ),
        (Form::Storage, r#"<ul local-id="1"/>"#, r#"<ol start="2"/>"#, r#"<ol local-id="1" start="2"/>"#),
        (
            Form::Storage,
            r#"<ac:structured-macro ac:name="toc" ac:macro-id="m"/>"#,
            r#"<ac:structured-macro ac:name="toc"/>"#,
            r#"<ac:structured-macro ac:macro-id="m" ac:name="toc"/>"#,
        ),
        (
            Form::Storage,
            r#"<ac:structured-macro ac:name="toc" ac:macro-id="m"/>"#,
            r#"<ac:structured-macro ac:name="code" ac:macro-id="n"/>"#,
            r#"<ac:structured-macro ac:name="code"/>"#,
        ),
        (
            Form::Storage,
            r#"<ac:adf-node type="panel"><ac:adf-attribute key="local-id">1</ac:adf-attribute></ac:adf-node>"#,
            r#"<ac:adf-node type="panel"><ac:adf-content>x</ac:adf-content></ac:adf-node>"#,
            r#"<ac:adf-node type="panel"><ac:adf-attribute key="local-id">1</ac:adf-attribute><ac:adf-content>x</ac:adf-content></ac:adf-node>"#,
        ),
        (
            Form::Adf,
            r#"{"type":"extension","attrs":{"extensionKey":"k","parameters":{"macroMetadata":{"macroId":{"value":"m"}}}}}"#,
            r#"{"type":"extension","attrs":{"extensionKey":"k","text":"x"}}"#,
            r#"{"type":"extension","attrs":{"extensionKey":"k","text":"x","parameters":{"macroMetadata":{"macroId":{"value":"m"}}}}}"#,
        ),
        (
            Form::Adf,
            r#"{"type":"paragraph","content":[{"type":"mention","attrs":{"id":"a","localId":"1"}},{"type":"mention","attrs":{"id":"b","localId":"2"}}]}"#,
            r#"{"type":"paragraph","content":[{"type":"mention","attrs":{"id":"b"}},{"type":"mention","attrs":{"id":"c"}}]}"#,
            r#"{"type":"paragraph","content":[{"type":"mention","attrs":{"id":"b","localId":"2"}},{"type":"mention","attrs":{"id":"c"}}]}"#,
        ),
        (
            Form::Adf,
            r#"{"type":"paragraph"}"#,
            r#"{"type":"taskList","attrs":{"localId":"7"}}"#,
            r#"{"type":"taskList","attrs":{"localId":""}}"#,
        ),
        (
            Form::Adf,
            r#"{"type":"paragraph"}"#,
            r#"{"type":"paragraph","attrs":{"localId":"7"}}"#,
            r#"{"type":"paragraph"}"#,
        ),
        (Form::Storage, "<p", "<p local-id", "<p local-id"),
        (Form::Adf, "{", "x", "x"),
    ];
    for (form, old, new, expected) in cases {
        assert_eq!(inherit(form, old, new), expected, "{old}");
    }
}

#[test]
fn no_text_makes_it_panic_or_take_an_id_from_elsewhere() {
    for seed in 0..SEEDS {
        for form in FORMS {
            let (mut random, mut next) = (Generator::new(seed), 0);
            let mut make = |random: &mut Generator| {
                let (kind, is) = (random.below(KINDS), texts(random));
                made(random, form, &mut next, true, kind, &is)
            };
            let (old, mut new) = (make(&mut random), make(&mut random).into_bytes());
            for _ in 0..=random.below(3) {
                let at = random.below(new.len() + 1);
                match random.below(3) {
                    0 => new.truncate(at),
                    1 => new.insert(at, *random.pick(b"<>&/]\"-!= a'").unwrap()),
                    _ => new.extend_from_within(at..),
                }
            }
            let new = String::from_utf8_lossy(&new).into_owned();
            let (back, result) = (inherit(form, &new, &old), inherit(form, &old, &new));
            let _ = heir(form, &back, std::slice::from_ref(&new));
            let taken: BTreeSet<String> = names(form, &old).into_iter().chain(names(form, &new)).collect();
            let free = super::identity::without(form, &new, &taken).unwrap_or_else(|| new.clone());
            // What no one can read has no ids to speak of.
            if Page::read(form, Grain::Cell, &body(form, &[new])).is_ok() {
                assert!(set(form, &result).is_subset(&set(form, &old)), "seed {seed}: {result}");
                assert_eq!(names(form, &free), [""; 0], "seed {seed}: {free}");
            }
        }
    }
}
