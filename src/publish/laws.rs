//! The laws of the room, tried on random pages and edits; the seed is in every message.
//!
//! No case has a law of its own: cases stand in the files they are about.

use super::generate::{Generator, Sheet};
use super::page::{Form, Grain, Page};
use super::script::{EditId, EditScript, Op};
use super::{Merge, Revert, Row, RowKind, diff, meaning, revert, rows};
use crate::content::view;
use std::collections::{BTreeMap, BTreeSet};

const SEEDS: u64 = 300;

fn subset(random: &mut Generator, script: &EditScript) -> BTreeSet<EditId> {
    let chance = 1 + random.below(4);
    script.edits().iter().map(|edit| edit.id).filter(|_| random.below(chance) == 0).collect()
}

fn adf(random: &mut Generator) -> Vec<String> {
    let node = |random: &mut Generator| {
        let text = random.sentence(8).replace('"', "");
        match (random.below(5), text.is_empty()) {
            (0, _) => r#"{"type":"rule"}"#.to_owned(),
            (1, false) => {
                format!(r#"{{"type": "heading", "attrs":{{"level":2}},"content":[{{"type":"text","text":"{text}"}}]}}"#)
            }
            (_, false) => format!(r#"{{"type":"paragraph","content":[{{"type":"text","text":"{text} \"}}]\\"}}]}}"#),
            (_, true) => r#"{"type":"paragraph","content":[]}"#.to_owned(),
        }
    };
    (0..random.below(12)).map(|_| node(random)).collect()
}

fn adf_body(random: &mut Generator, nodes: &[String]) -> String {
    let comma = random.pick(&[",", ", ", ",\n  "]).copied().unwrap();
    let order = [
        ("{\"version\":1,\"type\":\"doc\",\"content\":[", "]}"),
        ("{ \"content\" : [ ", " ],\"type\":\"doc\",\"version\":1}\n"),
    ];
    let (head, tail) = random.pick(&order).copied().unwrap();
    format!("{head}{}{tail}", nodes.join(comma))
}

#[test]
fn a_page_is_its_source_byte_for_byte() {
    for seed in 0..SEEDS {
        let body = Generator::new(seed).sheet(10).body();
        for grain in [Grain::Cell, Grain::Top] {
            let page = Page::read(Form::Storage, grain, &body).unwrap();
            let mut whole = String::new();
            for region in &page.regions {
                whole.push_str(page.bytes(&region.fence));
                for unit in page.units.get(region.units.clone()).unwrap() {
                    whole.push_str(page.bytes(&unit.lead));
                    whole.push_str(page.bytes(&unit.span));
                }
            }
            whole.push_str(page.bytes(&page.tail));
            assert_eq!(whole, body, "seed {seed}");
        }
    }
}

#[test]
fn a_difference_gives_the_other_body_byte_for_byte() {
    for seed in 0..SEEDS {
        let mut random = Generator::new(seed);
        let before = random.sheet(12);
        let after = if random.below(5) == 0 { random.sheet(12) } else { random.edited(&before) };
        let (before, after) = (before.body(), after.body());
        let found = diff(Form::Storage, &before, &after).unwrap_or_else(|error| panic!("seed {seed}: {error:?}"));
        assert_eq!(found.before.apply(&found.script, &BTreeSet::new()).unwrap(), after, "seed {seed}");
        assert_eq!(found.script.is_empty(), before == after, "seed {seed}");
    }
}

#[test]
fn a_difference_of_adf_gives_the_other_body_byte_for_byte() {
    for seed in 0..SEEDS {
        let mut random = Generator::new(seed);
        let mut nodes = adf(&mut random);
        let before = adf_body(&mut random, &nodes);
        for _ in 0..random.below(4) {
            let (from, to) = (random.below(nodes.len().max(1)), random.below(nodes.len() + 1));
            match (random.below(3), nodes.get(from).cloned()) {
                (0, Some(_)) => drop(nodes.remove(from)),
                (1, Some(node)) => nodes.insert(to, node),
                (_, _) => nodes.extend(adf(&mut random).pop()),
            }
        }
        let after = adf_body(&mut random, &nodes);
        let found = diff(Form::Adf, &before, &after).unwrap_or_else(|error| panic!("seed {seed}: {error:?}"));
        assert_eq!(found.before.apply(&found.script, &BTreeSet::new()).unwrap(), after, "seed {seed}");
        let left_out = subset(&mut random, &found.script);
        let part = found.before.apply(&found.script, &left_out).unwrap();
        assert!(serde_json::from_str::<serde_json::Value>(&part).is_ok(), "seed {seed}");
    }
}

#[test]
fn edits_are_independent_and_rows_show_what_is_written() {
    for seed in 0..SEEDS {
        let mut random = Generator::new(seed);
        let before = random.sheet(12);
        let (before, after) = (before.body(), random.edited(&before).body());
        let found = diff(Form::Storage, &before, &after).unwrap();
        let left_out = subset(&mut random, &found.script);
        let body = found.before.apply(&found.script, &left_out).unwrap();
        assert_eq!(found.before.apply(&found.script, &left_out).unwrap(), body, "seed {seed}");

        let result = Page::read(Form::Storage, found.before.grain, &body).unwrap();
        let written: Vec<_> = result.blocks().map(|(_, block)| view::block(block)).collect();
        let rows = rows(&found.before, &found.script, &left_out).unwrap();
        let shown: Vec<_> = rows.iter().filter_map(result_of).cloned().collect();
        assert_eq!(shown, written, "seed {seed}");
        let named: BTreeSet<_> = rows.iter().filter_map(|row| row.id).collect();
        let all: BTreeSet<_> = found.script.edits().iter().map(|edit| edit.id).collect();
        assert_eq!(named, all, "seed {seed}");
    }
}

/// What the row leaves on the page.
fn result_of(row: &Row) -> Option<&view::BlockView> {
    match (row.kind, row.left_out) {
        (RowKind::Added, true) | (RowKind::Removed, false) => None,
        (RowKind::Removed | RowKind::Changed, true) => row.before.as_ref(),
        (RowKind::Same | RowKind::Moved, _) | (RowKind::Added | RowKind::Changed, false) => row.after.as_ref(),
    }
}

#[test]
fn what_no_edit_touches_keeps_its_bytes() {
    for seed in 0..SEEDS {
        let mut random = Generator::new(seed);
        let before = random.sheet(12);
        let (before, after) = (before.body(), random.edited(&before).body());
        let found = diff(Form::Storage, &before, &after).unwrap();
        let mut script = found.script.clone();
        script.spacing = super::script::Spacing::default();
        let left_out = subset(&mut random, &script);
        let body = found.before.apply(&script, &left_out).unwrap();
        let touched: BTreeSet<usize> = script
            .edits()
            .iter()
            .filter(|edit| !left_out.contains(&edit.id))
            .filter_map(|edit| edit.op.target().map(super::BlockIndex::get))
            .collect();
        let page = &found.before;
        let mut rest = body.as_str();
        for region in &page.regions {
            let kept = region.units.clone().filter(|at| !touched.contains(at)).map(|at| page.unit_bytes(at));
            for bytes in std::iter::once(page.bytes(&region.fence)).chain(kept) {
                let at = rest.find(bytes).unwrap_or_else(|| panic!("seed {seed}: {bytes}"));
                rest = rest.get(at + bytes.len()..).unwrap();
            }
        }
        assert!(rest.ends_with(page.bytes(&page.tail)), "seed {seed}");
    }
}

/// How often each meaning is on the page.
fn meanings(body: &str) -> BTreeMap<String, usize> {
    let page = Page::parse(body).unwrap();
    let mut all = BTreeMap::new();
    for at in 0..page.len() {
        *all.entry(meaning::of(page.unit_bytes(at))).or_default() += 1;
    }
    all
}

fn merged(base: &str, published: &str, current: &str) -> (Merge, String) {
    match revert(base, published, current).unwrap() {
        Revert::Whole(_) => panic!("the page changed"),
        Revert::Merged(merge) => {
            let body = merge.page.apply(&merge.script, &BTreeSet::new()).unwrap();
            (merge, body)
        }
    }
}

/// The body as Confluence gives it back: ids, versions, references and quotes are its own.
fn resaved(body: &str) -> String {
    body.replace("<p>", "<p local-id=\"a-1\">")
        .replace("&rsquo;", "’")
        .replace(" />", "/>")
        .replace("ac:macro-id=\"", "ac:macro-id=\"9")
}

#[test]
fn a_revert_keeps_every_block_that_a_person_added_or_changed() {
    for seed in 0..SEEDS {
        let mut random = Generator::new(seed);
        let base = random.sheet(12);
        let published = random.edited(&base);
        let current = random.edited(&published);
        let [base, published, mut current] = [base.body(), published.body(), current.body()];
        if random.below(2) == 0 {
            current = resaved(&current);
        }
        if current == published {
            continue;
        }
        let (merge, result) = merged(&base, &published, &current);
        let [base, published, current, result] = [&base, &published, &current, &result].map(|body| meanings(body));
        let count = |all: &BTreeMap<String, usize>, meaning: &str| all.get(meaning).copied().unwrap_or_default();
        for (meaning, now) in &current {
            let theirs = now.saturating_sub(count(&published, meaning));
            assert!(count(&result, meaning) >= theirs, "seed {seed}: {meaning}");
        }
        for (meaning, left) in &result {
            let known = count(&current, meaning) + count(&base, meaning);
            assert!(*left <= known, "seed {seed}: {meaning}");
        }
        for block in merge.conflicts.iter().filter_map(|conflict| conflict.block) {
            assert!(merge.script.edits().iter().all(|edit| edit.op.target() != Some(block)), "seed {seed}");
        }
        assert!(merge.rows(&BTreeSet::new()).is_ok(), "seed {seed}");
    }
}

#[test]
fn a_revert_of_an_untouched_page_is_the_old_body_verbatim() {
    for seed in 0..SEEDS {
        let mut random = Generator::new(seed);
        let base = random.sheet(12);
        let (base, published) = (base.body(), random.edited(&base).body());
        let Revert::Whole(restore) = revert(&base, &published, &published).unwrap() else { panic!("seed {seed}") };
        assert_eq!(restore.body(), base, "seed {seed}");
    }
}

#[test]
fn a_revert_sees_no_person_where_only_the_product_wrote() {
    for seed in 0..SEEDS {
        let mut random = Generator::new(seed);
        let base = random.sheet(12).flat();
        let published = random.edited(&base);
        let published = published.clone().only_blocks();
        let (base, published) = (base.body(), published.body());
        let current = resaved(&published);
        if current == published {
            continue;
        }
        let (merge, result) = merged(&base, &published, &current);
        assert_eq!(merge.conflicts, [], "seed {seed}");
        let order = |body: &str| {
            let page = Page::parse(body).unwrap();
            (0..page.len()).map(|at| meaning::of(page.unit_bytes(at))).collect::<Vec<_>>()
        };
        assert_eq!(order(&result), order(&base), "seed {seed}");
    }
}

#[test]
fn a_revert_gives_the_old_page_with_the_edits_of_a_person_elsewhere() {
    for seed in 0..SEEDS {
        let mut random = Generator::new(seed);
        let base = random.sheet(12).flat();
        let published = random.edited(&base).only_blocks();
        let shared: Vec<&str> = {
            let once = |sheet: &Sheet, block: &str| sheet.blocks().iter().filter(|other| **other == block).count() == 1;
            base.blocks().into_iter().filter(|block| once(&base, block) && once(&published, block)).collect()
        };
        let Some(old) = random.pick(&shared).copied() else { continue };
        let new = if random.below(2) == 0 {
            "<p>what a person wrote</p>".to_owned()
        } else {
            old.replace("<p>block", "<p>a changed block")
        };
        let (merge, result) = merged(&base.body(), &published.body(), &published.with(old, &new).body());
        let moved = diff(Form::Storage, &base.body(), &published.body()).unwrap().script;
        let was_moved = moved.edits().iter().any(|edit| match &edit.op {
            Op::Move { block, .. } => base.blocks().get(block.get()) == Some(&old),
            Op::Insert { .. } | Op::Replace { .. } | Op::Remove { .. } => false,
        });
        if was_moved {
            assert!(!merge.conflicts.is_empty() || new.contains("what"), "seed {seed}");
        } else {
            assert_eq!(merge.conflicts, [], "seed {seed}");
        }
        assert_eq!(meanings(&result), meanings(&base.with(old, &new).body()), "seed {seed}");
    }
}

#[test]
fn a_script_survives_the_wire() {
    for seed in 0..SEEDS {
        let mut random = Generator::new(seed);
        let before = random.sheet(8);
        let found = diff(Form::Storage, &before.body(), &random.edited(&before).body()).unwrap();
        let wire = serde_json::to_string(&found.script).unwrap();
        assert_eq!(serde_json::from_str::<EditScript>(&wire).unwrap(), found.script, "seed {seed}");
    }
}

#[test]
fn no_input_panics() {
    for seed in 0..SEEDS {
        let mut random = Generator::new(seed);
        let before = random.sheet(6);
        let whole = before.body();
        let after = random.edited(&before).body();
        let script = diff(Form::Storage, &whole, &after).unwrap().script;
        let mut broken = whole.clone().into_bytes();
        for _ in 0..=random.below(4) {
            let at = random.below(broken.len() + 1);
            match random.below(3) {
                0 => broken.truncate(at),
                1 => broken.insert(at, *random.pick(b"<>&/]\"-! a").unwrap()),
                _ => broken.extend_from_within(at..),
            }
        }
        let broken = String::from_utf8_lossy(&broken).into_owned();
        for form in [Form::Storage, Form::Adf] {
            let _ = diff(form, &broken, &after);
            let _ = diff(form, &after, &broken);
        }
        let _ = super::revert(&whole, &after, &broken);
        let _ = super::revert(&broken, &whole, &after);
        if let Ok(page) = Page::parse(&broken) {
            let _ = page.apply(&script, &BTreeSet::new());
        }
    }
}
