//! Merging: what it keeps, what it drops, and that nobody can tell.

use super::*;
use crate::search::manifest::Form;

#[test]
fn what_is_merged_answers_as_what_is_apart_and_as_what_was_built_at_once() {
    for seed in 1..6 {
        let mut random = Random::new(seed);
        let (one, other) = (random.docs("alpha", 1..40), random.docs("beta", 1..40));
        let mut apart = Index::of(&["alpha", "beta"]);
        apart.add(&one);
        apart.add(&other);
        let mut merged = apart.clone();
        merged.merge_all();
        let mut whole = Index::of(&["alpha", "beta"]);
        let documents = [one, other].concat();
        whole.add(&documents);
        assert!(matches!(whole.manifest.segments[0].form, Form::Cut(_)), "seed {seed}: too small to be cut");
        assert_eq!(merged.manifest.segments.len(), 1);
        for _ in 0..40 {
            let words = 1 + random.below(6);
            // Words that are there, and finished: similar and longer ones are looked for in the range at hand alone.
            let text = format!("{} ", words_of(&mut random, &documents, words));
            let expected = ranking(&whole.search(&text));
            assert_eq!(ranking(&merged.search(&text)), expected, "seed {seed}: {text}");
            assert_eq!(ranking(&apart.search(&text)), expected, "seed {seed}: {text}");
        }
    }
}

fn words_of(random: &mut Random, documents: &[Doc], count: usize) -> String {
    let titles: Vec<&str> = documents.iter().flat_map(|doc| doc.title.split(' ')).collect();
    (0..count).map(|_| titles[random.below(titles.len())]).collect::<Vec<_>>().join(" ")
}

#[test]
fn a_merge_writes_the_very_dictionary_that_building_at_once_writes() {
    for seed in 1..6 {
        let mut random = Random::new(seed);
        let (one, other) = (random.docs("alpha", 1..60), random.docs("alpha", 60..90));
        let mut merged = Index::of(&["alpha"]);
        merged.add(&other);
        merged.add(&one);
        merged.merge_all();
        let mut whole = Index::of(&["alpha"]);
        whole.add(&[one, other].concat());
        let dictionary = |index: &Index| -> Vec<Vec<u8>> {
            let terms = index.values.iter().filter(|(key, _)| matches!(key.name, ValueName::Terms(_)));
            terms.map(|(_, value)| value.clone()).collect()
        };
        assert!(dictionary(&whole).len() > 3);
        assert_eq!(dictionary(&merged), dictionary(&whole), "seed {seed}");
    }
}

#[test]
fn a_document_that_was_replaced_answers_with_its_new_words_only() {
    let mut random = Random::new(1);
    let mut index = Index::of(&["alpha"]);
    index.add(&random.docs("alpha", 1..50));
    let mut changed = random.doc("alpha", 7);
    changed.title = "zeppelin landing".to_owned();
    let old = index.search("ALPHA-7").hits[0].doc.clone();
    index.add(std::slice::from_ref(&changed));
    for _ in 0..2 {
        let found = index.search("zeppelin");
        assert_eq!(found.hits.len(), 1);
        assert_eq!(found.hits[0].doc, old);
        let all = index.search("alpha");
        assert_eq!(all.hits.iter().filter(|hit| hit.doc == old).count(), 1);
        index.merge_all();
    }
}

#[test]
fn nothing_of_a_deleted_document_is_left_after_a_merge() {
    for seed in 1..4 {
        let mut random = Random::new(seed);
        let mut index = Index::of(&["alpha"]);
        index.add(&random.docs("alpha", 1..30));
        let mut secret = random.doc("alpha", 4_711);
        secret.title = "quetzalcoatlus".to_owned();
        secret.pieces = vec![Piece { heading: Vec::new(), text: "archaeopteryx flew".to_owned(), vector: None }];
        secret.meta.author = Some("account-canary".to_owned());
        index.add(&[secret.clone()]);
        assert_eq!(index.search("archaeopteryx").hits.len(), 1);
        index.manifest.remove([Tombstone::token(&secret.id)]);
        assert_eq!(index.search("archaeopteryx").hits, Vec::new());
        index.merge_all();
        let manifest = index.manifest.encode().unwrap();
        for bytes in index.values.values().chain([&manifest]) {
            for trace in ["quetzalcoatlus", "archaeopteryx", "account-canary", "4711"] {
                assert!(!bytes.windows(trace.len()).any(|window| window == trace.as_bytes()), "seed {seed}: {trace}");
            }
        }
        assert_eq!(index.manifest.tombstones, Vec::new());
    }
}

#[test]
fn an_opt_out_is_invisible_at_once_and_purged_by_the_next_merge() {
    let mut random = Random::new(9);
    let mut index = Index::of(&["alpha", "beta"]);
    let both = [random.docs("alpha", 1..30), random.docs("beta", 1..30)].concat();
    index.add(&both);
    assert!(index.search("beta").hits.iter().any(|hit| hit.container == "beta"));
    index.manifest.remove_container("beta");
    index.sweep();
    assert!(index.search("beta").hits.iter().all(|hit| hit.container == "alpha"));
    assert_eq!(index.manifest.to_merge(), Some(vec![index.manifest.segments[0].id]));
    index.merge_all();
    assert_eq!(index.manifest.to_merge(), None);
    for bytes in index.values.values() {
        assert!(!bytes.windows(10).any(|window| window == b"issue:BETA"));
    }
}

#[test]
fn a_document_that_outlived_its_time_is_not_shown_and_leaves() {
    let mut random = Random::new(3);
    let mut index = Index::of(&["alpha"]);
    let mut old = random.doc("alpha", 1);
    old.title = "zeppelin".to_owned();
    old.meta.indexed = TODAY - 91;
    index.add(&[old, random.doc("alpha", 2)]);
    assert_eq!(index.search("zeppelin").hits, Vec::new());
    index.merge_all();
    assert_eq!(index.manifest.totals().documents, 1);
}

#[test]
fn a_merge_whose_input_went_meanwhile_changes_nothing() {
    let mut random = Random::new(3);
    let mut index = Index::of(&["alpha"]);
    index.add(&random.docs("alpha", 1..5));
    let before = index.manifest.clone();
    assert!(!index.manifest.replace(&[SegmentId(77)], None, &[], 9));
    assert_eq!(index.manifest, before);
}

#[test]
fn a_tombstone_that_came_during_a_merge_still_hides() {
    let mut random = Random::new(4);
    let mut index = Index::of(&["alpha"]);
    let mut doc = random.doc("alpha", 1);
    doc.title = "zeppelin".to_owned();
    index.add(&[doc.clone(), random.doc("alpha", 2)]);
    let began = index.clone();
    // The merge sees nothing of it.
    index.manifest.remove([Tombstone::token(&doc.id)]);
    let tombstones = index.manifest.tombstones.clone();
    let mut merged = began.clone();
    merged.merge_all();
    let entry = merged.manifest.segments[0].clone();
    let ids = [began.manifest.segments[0].id];
    assert!(index.manifest.replace(&ids, Some(entry), &[], began.manifest.next_seq));
    assert_eq!(index.manifest.tombstones, tombstones);
    index.values = merged.values;
    assert_eq!(index.search("zeppelin").hits, Vec::new());
}

fn texts_of(index: &Index) -> BTreeMap<String, Vec<String>> {
    let found = index.ask("alpha", &Ask { texts: true, budget: Budget::NONE, ..ask() });
    let text = |hit: &crate::search::plan::Hit| hit.text.clone().map(|text| format!("{} / {}", text.title, text.text));
    found.hits.iter().map(|hit| (hit.doc.clone(), text(hit).into_iter().collect())).collect()
}

#[test]
fn a_group_of_texts_that_is_mostly_dead_is_written_anew_and_the_old_one_goes() {
    for seed in 1..6 {
        let mut random = Random::new(seed);
        let mut index = Index::of(&["alpha", "beta"]);
        let docs = random.docs("alpha", 1..60);
        index.add(&docs);
        index.add(&random.docs("beta", 1..20));
        let dead: Vec<u64> = docs.iter().take(40).map(|doc| Tombstone::token(&doc.id)).collect();
        index.manifest.remove(dead);
        assert_eq!(index.manifest.to_compact(), None, "what is dead is known after a merge");
        index.merge_all();
        let (ids, anew) = index.manifest.to_compact().unwrap();
        assert_eq!(anew, [(SegmentId(1), "alpha".to_owned())]);
        let (before, texts) = (texts_of(&index), index.manifest.container("alpha").unwrap().bytes);
        assert_eq!(index.merge(&ids, &anew), Ok(Lost::default()));
        index.sweep();
        assert_eq!(texts_of(&index), before, "seed {seed}");
        assert!(before.len() == 19 && before.values().all(|texts| texts.len() == 1), "seed {seed}: {before:?}");
        assert!(index.manifest.container("alpha").unwrap().bytes < texts, "seed {seed}");
        assert_eq!(index.manifest.to_compact(), None, "seed {seed}");
        assert!(
            !index.values.keys().any(|key| key.segment == SegmentId(1)),
            "seed {seed}: nothing of the old one is left"
        );
    }
}

#[test]
fn a_group_of_which_a_block_does_not_open_stays_as_it_is() {
    let mut random = Random::new(2);
    let mut index = Index::of(&["alpha"]);
    let docs = random.docs("alpha", 1..60);
    index.add(&docs);
    index.manifest.remove(docs.iter().take(40).map(|doc| Tombstone::token(&doc.id)));
    index.merge_all();
    let (ids, anew) = index.manifest.to_compact().unwrap();
    let groups = index.manifest.groups.clone();
    let last = *index.values.keys().rfind(|key| matches!(key.name, ValueName::Texts(_))).unwrap();
    index.values.get_mut(&last).unwrap().truncate(3);
    let before = ranking(&index.search("alpha"));
    assert_eq!(index.merge(&ids, &anew), Ok(Lost::default()));
    assert_eq!(index.manifest.groups, groups);
    assert_eq!(ranking(&index.search("alpha")), before);
}
