//! The plan: its budget, filters, phrases, and what it says of values that cannot be read.

use super::*;
use crate::search::manifest::Form;
use crate::search::plan::Why;

fn large(seed: u64) -> Index {
    let mut random = Random::new(seed);
    let mut index = Index::of(&["alpha", "beta"]);
    index.add(&[random.docs("alpha", 1..60), random.docs("beta", 1..60)].concat());
    assert!(matches!(index.manifest.segments[0].form, Form::Cut(_)));
    index
}

#[test]
fn no_query_costs_more_than_its_budget() {
    for seed in 1..5 {
        let (index, mut random) = (large(seed), Random::new(seed + 100));
        for _ in 0..40 {
            let words = 1 + random.below(12);
            let text = random.text(words);
            for reads in [1, 2, 5, 9, 16] {
                let budget = Budget { reads, bytes: 12_000 };
                let found = index.ask(&text, &Ask { budget, most: 10, ..ask() });
                assert!(found.spent.reads <= reads, "seed {seed}: {text}");
                assert!(found.spent.bytes <= budget.bytes, "seed {seed}: {text}");
            }
        }
    }
}

#[test]
fn a_budget_that_suffices_finds_what_no_budget_finds() {
    for seed in 1..5 {
        let (index, mut random) = (large(seed), Random::new(seed + 200));
        for _ in 0..30 {
            let text = random.text(3);
            let budget = Budget { reads: 60, bytes: 1 << 20 };
            assert_eq!(ranking(&index.ask(&text, &Ask { budget, ..ask() })), ranking(&index.search(&text)), "{text}");
        }
    }
}

/// A small segment comes whole, a large one's documents table by table: those that are there first are not the best for that.
#[test]
fn a_few_hits_are_the_first_of_many_wherever_they_lie() {
    for seed in 1..5 {
        let (mut index, mut random) = (large(seed), Random::new(seed + 300));
        index.add(&random.docs("beta", 60..90));
        assert!(index.manifest.segments.iter().any(|entry| entry.form == Form::Single));
        for _ in 0..30 {
            let text = random.text(3);
            // Scores, not documents: of two that count the same either may come.
            let best = |most: usize| -> Vec<f32> {
                let found = index.ask(&text, &Ask { most, budget: Budget::NONE, ..ask() });
                ranking(&found).into_iter().map(|(_, score)| score).collect()
            };
            let many = best(200);
            for most in [1, 3, 10] {
                assert_eq!(best(most), many[..most.min(many.len())], "seed {seed}: {text}");
            }
        }
    }
}

#[test]
fn what_a_value_that_is_gone_held_is_missing_and_said() {
    let mut index = Index::of(&["alpha", "beta"]);
    let mut random = Random::new(5);
    for container in ["alpha", "beta"] {
        let mut doc = random.doc(container, 1);
        doc.title = "zeppelin".to_owned();
        index.add(&[doc]);
    }
    assert_eq!(index.search("zeppelin").hits.len(), 2);
    let key = *index.values.keys().find(|key| key.name == ValueName::Single).unwrap();
    index.values.remove(&key);
    let found = index.search("zeppelin");
    assert_eq!(found.hits.len(), 1);
    let partial = found.partial.unwrap();
    assert_eq!((partial.code, partial.values), (Unreadable::Missing, 1));
}

#[test]
fn filters_admit_what_they_say_and_nothing_else() {
    for seed in 1..4 {
        let mut random = Random::new(seed);
        let docs = [random.docs("alpha", 1..60), random.docs("beta", 1..60)].concat();
        let mut index = Index::of(&["alpha", "beta"]);
        index.add(&docs);
        let word = random.word();
        let all: Vec<String> = index.search(&word).hits.into_iter().map(|hit| hit.doc).collect();
        type Fits = fn(&Doc) -> bool;
        let cases: [(&str, Fits); 6] = [
            ("type:bug", |doc| doc.meta.kind.as_deref() == Some("Bug")),
            ("-type:bug", |doc| doc.meta.kind.as_deref() != Some("Bug")),
            ("author:account-2", |doc| doc.meta.author.as_deref() == Some("account-2")),
            ("in:beta", |doc| doc.container == "beta"),
            ("updated:>=2023-01-01", |doc| doc.meta.updated >= Some(19_358)),
            ("updated:2022-06-01..2022-12-31", |doc| (19_144..=19_357).contains(&doc.meta.updated.unwrap())),
        ];
        for (filter, fits) in cases {
            let mut found: Vec<String> =
                index.search(&format!("{filter} {word} ")).hits.into_iter().map(|hit| hit.doc).collect();
            let wanted = |id: &String| docs.iter().any(|doc| doc.id == *id && fits(doc));
            let mut expected: Vec<String> = all.iter().filter(|id| wanted(id)).cloned().collect();
            found.sort();
            expected.sort();
            assert_eq!(found, expected, "seed {seed}: {filter} {word}");
        }
    }
}

#[test]
fn containers_that_are_named_are_the_only_ones_looked_into() {
    let index = large(2);
    let found = index.ask("pump", &Ask { containers: vec!["beta".to_owned()], ..ask() });
    assert!(found.hits.iter().all(|hit| hit.container == "beta"));
    let none = index.ask("pump", &Ask { containers: vec!["nowhere".to_owned()], ..ask() });
    assert_eq!((none.hits.len(), none.spent.reads), (0, 0));
}

#[test]
fn a_phrase_is_found_where_its_words_stand_together() {
    let mut random = Random::new(6);
    let mut index = Index::of(&["alpha"]);
    let mut docs = random.docs("alpha", 1..40);
    let text = |text: &str| vec![Piece { heading: Vec::new(), text: text.to_owned(), vector: None }];
    docs[3].pieces = text("the hydraulic press of hall three");
    docs[4].pieces = text("a press that is hydraulic");
    let expected = docs[3].id.clone();
    index.add(&docs);
    let found = index.search("\"hydraulic press\"");
    assert_eq!(found.hits.iter().map(|hit| &hit.doc).collect::<Vec<_>>(), [&expected]);
    assert!(found.hits[0].why.contains(&Why::Phrase));
    assert_eq!(index.search("hydraulic press").hits.len(), 2);
}

#[test]
fn a_misspelled_word_finds_the_right_one_and_says_so() {
    let mut random = Random::new(7);
    let mut index = Index::of(&["alpha"]);
    let mut docs = random.docs("alpha", 1..20);
    docs[5].title = "replication stalled".to_owned();
    index.add(&docs);
    let found = index.search("replicatoin ");
    assert_eq!(found.hits[0].doc, docs[5].id);
    assert!(found.hits[0].why.contains(&Why::Typo));
}

#[test]
fn the_text_of_a_hit_comes_when_it_is_asked_for() {
    let index = large(3);
    let with = index.ask("ALPHA-12", &Ask { texts: true, most: 1, budget: Budget::NONE, ..ask() });
    assert!(with.hits[0].text.as_ref().is_some_and(|text| !text.title.is_empty()));
    assert!(with.hits[0].why.contains(&Why::Key));
    assert_eq!(scores(&with), scores(&index.ask("ALPHA-12", &Ask { most: 1, budget: Budget::NONE, ..ask() })));
}

#[test]
fn of_documents_that_fit_equally_well_the_one_that_changed_last_comes_first_and_says_why() {
    let mut random = Random::new(9);
    let text = vec![Piece { heading: Vec::new(), text: "the gasket of the pump".to_owned(), vector: None }];
    let docs: Vec<Doc> = (1_u32..7)
        .map(|number| {
            let mut doc = random.doc("alpha", usize::try_from(number).unwrap());
            (doc.title, doc.pieces) = ("Same".to_owned(), text.clone());
            // The fourth changed last, of the sixth nobody knows when.
            doc.meta.updated =
                (number != 6).then_some(19_500 + [3, 1, 2, 9, 3][usize::try_from(number - 1).unwrap_or(0) % 5]);
            doc
        })
        .collect();
    let mut index = Index::of(&["alpha"]);
    index.add(&docs);
    for (query, is_text) in [("gasket ", true), ("type:bug,task,story", false)] {
        let found = index.search(query);
        let order: Vec<Option<u32>> = found.hits.iter().map(|hit| hit.updated.map(|day| day - 19_500)).collect();
        assert_eq!(order, [Some(9), Some(3), Some(3), Some(2), Some(1), None], "{query}");
        for (at, hit) in found.hits.iter().enumerate() {
            assert_eq!(hit.why.contains(&Why::Recent), at < 5, "{query}: {at}");
            assert_eq!(hit.why.contains(&Why::Text), is_text, "{query}: {at}");
        }
    }
    // What fits better is first however old it is, and recency has no part in it.
    let mut better = docs[1].clone();
    better.pieces[0].text = "gasket gasket gasket".to_owned();
    (better.id, better.meta.updated) = ("issue:ALPHA-99".to_owned(), Some(10_000));
    index.add(&[better]);
    let found = index.search("gasket ");
    assert_eq!(found.hits[0].doc, "issue:ALPHA-99");
    assert!(!found.hits[0].why.contains(&Why::Recent));
}
