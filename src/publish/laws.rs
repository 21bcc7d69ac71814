//! The laws of the room, tried on random pages and edits; the seed is in every message.
//!
//! No case has a law of its own: cases stand in the files they are about.

use super::generate::Generator;
use super::page::{Form, Grain, Page};
use super::script::{EditId, EditScript};
use super::{Row, RowKind, diff, rows};
use crate::content::view;
use std::collections::BTreeSet;

const SEEDS: u64 = 600;

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
    let order = [("{\"version\":1,\"type\":\"doc\",\"content\":[", "]}"), ("{ \"content\" : [ ", " ],\"type\":\"doc\",\"version\":1}\n")];
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
                rest = &rest[at + bytes.len()..];
            }
        }
        assert!(rest.ends_with(page.bytes(&page.tail)), "seed {seed}");
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
