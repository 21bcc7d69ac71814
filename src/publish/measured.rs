//! Runs over real pages when `QUILLGATE_DATA` names a folder of them, and over long ones; nothing of them is part of the
//! project. Without the variable the tests pass without a word: the laws themselves are tested beside.
#![expect(clippy::print_stdout, reason = "the figures are what the run is for")]

use super::generate::Generator;
use super::{Form, Grain, Page, Revert, diff, revert, rows};
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::time::Instant;

fn data() -> Option<PathBuf> {
    std::env::var_os("QUILLGATE_DATA").map(PathBuf::from)
}

fn bodies(folder: &str) -> Vec<String> {
    let Some(data) = data() else { return Vec::new() };
    let mut files: Vec<PathBuf> = std::fs::read_dir(data.join("content").join(folder))
        .map(|all| all.flatten().map(|entry| entry.path()).collect())
        .unwrap_or_default();
    files.sort();
    files.iter().filter_map(|file| std::fs::read_to_string(file).ok()).collect()
}

#[test]
fn makes_every_real_page_out_of_every_next_one() {
    let mut count = [0usize; 4];
    for (form, folder) in [(Form::Storage, "storage"), (Form::Storage, "storage-generated"), (Form::Adf, "adf")] {
        let bodies: Vec<String> =
            bodies(folder).into_iter().filter(|body| Page::read(form, Grain::Cell, body).is_ok()).collect();
        for (before, after) in bodies.iter().zip(bodies.iter().skip(1)) {
            let found = diff(form, before, after).unwrap_or_else(|error| panic!("{error:?}: {before}\n{after}"));
            assert_eq!(&found.before.apply(&found.script, &BTreeSet::new()).unwrap(), after);
            count[0] += 1;
            count[1] += usize::from(found.script.grain() == Grain::Cell);
            count[2] += found.before.len();
            count[3] += found.script.edits().len();
        }
    }
    let [pairs, cells, blocks, edits] = count;
    println!("pairs {pairs}, cell by cell {cells}, blocks {blocks}, edits {edits}");
}

#[test]
fn bounds_the_time_of_a_page_of_20_000_blocks() {
    if data().is_none() {
        return;
    }
    let mut random = Generator::new(1);
    let block = |random: &mut Generator, n: usize| format!("<p>{} {n}</p>", random.sentence(14));
    let blocks: Vec<String> = (0..20_000).map(|n| block(&mut random, n)).collect();
    let mut few = blocks.clone();
    for _ in 0..200 {
        let at = random.below(few.len());
        match random.below(4) {
            0 => few.insert(at, block(&mut random, at)),
            1 => drop(few.remove(at)),
            2 => few.swap(at, 0),
            _ => few[at] = block(&mut random, at),
        }
    }
    let other: Vec<String> = (0..20_000).map(|n| block(&mut random, n + 7)).collect();
    let turned: Vec<String> = blocks.iter().rev().cloned().collect();
    let mut mixed = blocks.clone();
    (1..mixed.len()).rev().for_each(|at| mixed.swap(at, random.below(at + 1)));
    let repeated: Vec<String> = (0..20_000).map(|n| format!("<p>{}</p>", n % 2)).collect();
    let cases = [("few", &few), ("all", &other), ("turned", &turned), ("mixed", &mixed), ("repeated", &repeated)];
    for (name, after) in cases {
        time(name, &blocks.concat(), &after.concat());
    }
}

fn time(name: &str, before: &str, after: &str) {
    let clock = Instant::now();
    let page = Page::parse(before).unwrap();
    let parsed = clock.elapsed();
    let found = diff(Form::Storage, before, after).unwrap();
    let compared = clock.elapsed() - parsed;
    let body = page.apply(&found.script, &BTreeSet::new()).unwrap();
    let applied = clock.elapsed() - parsed - compared;
    let shown = rows(&page, &found.script, &BTreeSet::new()).unwrap();
    let rowed = clock.elapsed() - parsed - compared - applied;
    let current = format!("{after}<p>by a person</p>");
    let Revert::Merged(merge) = revert(before, after, &current).unwrap() else { panic!("changed") };
    let all = clock.elapsed();
    assert_eq!(body, after);
    println!(
        "{name}: {} bytes, parse {parsed:?}, diff {compared:?} ({} edits), apply {applied:?}, rows {rowed:?} ({}), revert {:?} ({} edits, {} conflicts)",
        before.len(),
        found.script.edits().len(),
        shown.len(),
        all - parsed - compared - applied - rowed,
        merge.script.edits().len(),
        merge.conflicts.len(),
    );
}
