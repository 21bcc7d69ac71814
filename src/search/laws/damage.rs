//! Bytes that are not what was written: every value cut at every place, with bits flipped, or random. Nothing panics, nothing
//! loops, and what does not open is said.

use super::*;
use crate::search::manifest::BadManifest;
use crate::search::plan::Opened;
use crate::search::posting::{Posting, each, encode};
use crate::search::segment::bytes::{Reader, Writer};
use crate::search::segment::texts;

fn small(seed: u64) -> Index {
    let mut random = Random::new(seed);
    let mut index = Index::of(&["alpha", "beta"]);
    index.add(&[random.docs("alpha", 1..25), random.docs("beta", 1..25)].concat());
    index.add(&random.docs("beta", 100..102));
    index
}

fn opens(index: &Index, key: ValueKey, value: Vec<u8>) -> bool {
    let entry = index.manifest.segments.iter().find(|entry| entry.id == key.segment).unwrap();
    match key.name {
        ValueName::Texts(_) => texts::read(&value).is_ok(),
        name => Opened::open(entry, name, value).is_ok(),
    }
}

#[test]
fn a_list_is_read_as_it_was_written() {
    for seed in 1..200 {
        let mut random = Random::new(seed);
        let spread = 1 << random.below(20);
        let mut next = 0_u32;
        let list: Vec<Posting> = (0..1 + random.below(400))
            .map(|_| {
                next += 1 + u32::try_from(random.below(spread)).unwrap();
                (next, 1 + u8::try_from(random.below(15)).unwrap())
            })
            .collect();
        let (bytes, count) = (encode(&list), u32::try_from(list.len()).unwrap());
        let mut read = Vec::new();
        assert_eq!(each(&bytes, count, next + 1, |ordinal, impact| read.push((ordinal, impact))), Ok(()));
        assert_eq!(read, list, "seed {seed}");
        assert_eq!(each(&bytes, count, next, |_, _| {}), Err(Broken), "seed {seed}: the last is beyond");
        assert_eq!(each(&bytes, count + 129, u32::MAX, |_, _| {}), Err(Broken), "seed {seed}: there are no more");
    }
}

#[test]
fn a_column_is_read_as_it_was_written() {
    for seed in 1..200 {
        let mut random = Random::new(seed);
        let spread = 1_usize << random.below(32);
        let column: Vec<u32> = (0..random.below(300)).map(|_| u32::try_from(random.below(spread)).unwrap()).collect();
        let mut out = Writer::default();
        out.column(&column);
        let bytes = out.into_bytes();
        assert_eq!(Reader::new(&bytes).column(u32::try_from(column.len()).unwrap()), Ok(column), "seed {seed}");
    }
}

#[test]
fn a_value_cut_anywhere_does_not_open_or_is_found_broken() {
    let index = small(1);
    for (key, value) in &index.values {
        for length in 0..value.len() {
            let cut = value[..length].to_vec();
            // A dictionary's lists and a block's end are looked at when they are read; everything else when it is opened.
            if opens(&index, *key, cut.clone()) && !matches!(key.name, ValueName::Terms(_) | ValueName::Texts(_)) {
                panic!("{key:?} cut at {length} opens");
            }
        }
    }
}

#[test]
fn searching_damaged_values_never_panics_and_always_ends() {
    for seed in 1..60 {
        let mut random = Random::new(seed);
        let mut index = small(seed % 3 + 1);
        for value in index.values.values_mut() {
            for _ in 0..1 + random.below(3) {
                let at = random.below(value.len());
                value[at] ^= 1 << random.below(8);
            }
        }
        index.search(&random.text(4));
        index.search("\"pump valve\" type:bug updated:>2020-01-01");
        index.ask("pump", &Ask { texts: true, ..ask() });
    }
}

#[test]
fn merging_damaged_values_never_panics_and_always_ends() {
    for seed in 1..40 {
        let mut random = Random::new(seed);
        let mut index = small(seed % 3 + 1);
        for value in index.values.values_mut() {
            let at = random.below(value.len());
            value[at] ^= 1 << random.below(8);
        }
        let before = index.manifest.clone();
        let inputs: Vec<&Entry> = before.segments.iter().collect();
        let living = Living { tombstones: &before.tombstones, containers: &["alpha", "beta"], since: 0, anew: &[] };
        // It may be refused or not; it ends.
        let _ = at_once(merge(SegmentId(99), &inputs, living, None, &mut Store(&mut index, SegmentId(99))));
    }
}

#[test]
fn a_merge_leaves_out_what_does_not_open_and_counts_it() {
    for seed in 1..6 {
        let index = small(seed);
        let ids: Vec<SegmentId> = index.manifest.segments.iter().map(|entry| entry.id).collect();
        let before: u32 = index.manifest.segments.iter().map(|entry| entry.documents).sum();
        for key in index.values.keys().filter(|key| !matches!(key.name, ValueName::Texts(_) | ValueName::Root)) {
            let mut index = index.clone();
            index.values.get_mut(key).unwrap().truncate(3);
            let lost = index.merge(&ids, &[]).unwrap();
            let after: u32 = index.manifest.segments.iter().map(|entry| entry.documents).sum();
            assert_eq!((lost.values, after + lost.documents), (1, before), "seed {seed}: {key:?}");
            assert_eq!(lost.lacking.is_empty(), !matches!(key.name, ValueName::Terms(_)), "seed {seed}: {key:?}");
            assert!(!lost.containers.is_empty());
            let found = index.search("pump");
            assert_eq!(found.partial, None, "seed {seed}: {key:?}: nothing is broken any more");
        }
    }
}

#[test]
fn a_merge_of_which_no_document_opens_is_none() {
    let mut index = small(1);
    let ids: Vec<SegmentId> = index.manifest.segments.iter().map(|entry| entry.id).collect();
    index.values.clear();
    let before = index.manifest.clone();
    assert_eq!(index.merge(&ids, &[]), Err(Broken));
    assert_eq!(index.manifest, before);
}

#[test]
fn random_bytes_are_no_values() {
    let index = small(1);
    for seed in 1..300 {
        let mut random = Random::new(seed);
        let length = random.below(200);
        let mut bytes: Vec<u8> = (0..length).map(|_| random.next().to_le_bytes()[0]).collect();
        for key in index.values.keys() {
            if let Some(first) = bytes.first_mut() {
                *first = 1;
            }
            if let Some(kind) = bytes.get_mut(1) {
                *kind = key.name.parts().0;
            }
            opens(&index, *key, bytes.clone());
        }
        assert!(Manifest::decode(0, &bytes).is_err());
    }
}

#[test]
fn a_value_of_another_kind_or_version_does_not_open() {
    let index = small(1);
    for (key, value) in &index.values {
        for (at, byte) in [(0, 2), (1, b'?')] {
            let mut other = value.clone();
            other[at] = byte;
            assert!(!opens(&index, *key, other), "{key:?}");
        }
    }
}

#[test]
fn a_manifest_is_read_as_it_was_written_and_in_no_other_revision() {
    let mut index = small(2);
    index.manifest.rev = 7;
    index.manifest.build(SegmentId(5), 1_000, 3);
    index.manifest.remove([1, 2, (1 << 40) - 1]);
    index.manifest.remove_container("beta");
    let bytes = index.manifest.encode().unwrap();
    assert_eq!(Manifest::decode(7, &bytes), Ok(index.manifest.clone()));
    assert_eq!(Manifest::decode(8, &bytes), Err(BadManifest::Stale));
    assert_eq!(Manifest::decode(6, &bytes), Err(BadManifest::Stale));
    for length in 0..bytes.len() {
        assert!(Manifest::decode(7, &bytes[..length]).is_err(), "cut at {length}");
    }
    for bit in 0..bytes.len() * 8 {
        let mut other = bytes.clone();
        other[bit / 8] ^= 1 << (bit % 8);
        let _ = Manifest::decode(7, &other);
    }
    let mut later = bytes;
    later[0] = 2;
    assert_eq!(Manifest::decode(7, &later), Err(BadManifest::Version));
}

#[test]
fn a_manifest_older_than_its_segments_is_refused() {
    let mut index = small(2);
    index.manifest.next_seq = 1;
    assert_eq!(Manifest::decode(0, &index.manifest.encode().unwrap()), Err(BadManifest::Stale));
}

/// Two containers in one segment of many values, with embeddings, beside a segment of a third.
fn merged(seed: u64) -> (Index, Vec<Doc>) {
    let mut random = Random::new(seed);
    let mut index = Index { space: Some(meaning::space()), ..Index::of(&["alpha", "beta", "gamma"]) };
    index.manifest.space = index.space.clone();
    let mut docs = Vec::new();
    for (container, count) in [("alpha", 45), ("beta", 45), ("gamma", 12)] {
        for number in 1..count {
            let mut doc = random.doc(container, number);
            for piece in &mut doc.pieces {
                piece.vector = Some(random.near(&[0.0; meaning::DIMENSIONS], 1.0).into());
            }
            docs.push(doc);
        }
    }
    let of =
        |names: &[&str]| docs.iter().filter(|doc| names.contains(&doc.container.as_str())).cloned().collect::<Vec<_>>();
    index.add(&of(&["alpha"]));
    index.add(&of(&["beta"]));
    index.merge_all();
    index.add(&of(&["gamma"]));
    (index, docs)
}

/// The names of values in one of three ways that are none: gone, cut, or a bit of it another.
fn damaged(index: &Index, key: ValueKey, way: usize) -> Index {
    let mut index = index.clone();
    let value = index.values.get_mut(&key).unwrap();
    match way {
        0 => drop(index.values.remove(&key)),
        1 => value.truncate(value.len() / 2),
        _ => value.fill(0xff),
    }
    index
}

const QUERIES: [&str; 4] = ["pumpaaa ", "valveaba crawleraca tunnel", "type:bug gasket", "\"pumpaaa valve\""];

#[test]
fn one_damaged_value_of_a_segment_of_two_containers_is_said_and_the_other_segments_answer_as_before() {
    let (index, _) = merged(3);
    let cut = index.manifest.segments[0].id;
    let kinds: std::collections::BTreeSet<u8> =
        index.values.keys().filter(|key| key.segment == cut).map(|key| key.name.parts().0).collect();
    assert_eq!(kinds.into_iter().collect::<Vec<_>>(), b"cdrtv", "every kind of value but texts");
    let near = QueryVector { space: meaning::space(), vector: vec![0.5; meaning::DIMENSIONS] };
    let alone = Ask { budget: Budget::NONE, containers: vec!["gamma".to_owned()], ..ask() };
    let everywhere = Ask { budget: Budget::NONE, ..ask() };
    let asks = QUERIES.iter().flat_map(|text| [(text, None), (text, Some(&near))]);
    let whole: Vec<_> = asks
        .map(|(text, near)| (*text, near, index.ask_near(text, near, &everywhere), index.ask_near(text, near, &alone)))
        .collect();
    let is_of_gamma = |key: &ValueKey| {
        index.manifest.segments[1].id == key.segment
            || index.manifest.groups.iter().any(|group| group.id == key.segment && group.container == "gamma")
    };
    for (number, key) in index.values.keys().copied().filter(|key| !is_of_gamma(key)).enumerate() {
        let damaged = damaged(&index, key, number % 3);
        for (text, near, before, own) in &whole {
            let after = damaged.ask_near(text, *near, &everywhere);
            if ranking(before) != ranking(&after) {
                assert!(after.partial.is_some(), "{key:?} {text}: another answer, and nothing is said");
            }
            let of_gamma = |found: &Found| {
                found.hits.iter().filter(|hit| hit.container == "gamma").map(|hit| hit.doc.clone()).collect::<Vec<_>>()
            };
            let mut gone = of_gamma(before);
            gone.retain(|id| !of_gamma(&after).contains(id));
            assert_eq!(gone, [""; 0], "{key:?} {text}: hits of another segment are gone");
            let after = damaged.ask_near(text, *near, &alone);
            assert_eq!((ranking(own), after.partial), (ranking(&after), None), "{key:?} {text}");
        }
    }
}

#[test]
fn a_damaged_segment_is_made_anew_by_itself_and_what_it_lost_is_named() {
    let (index, docs) = merged(4);
    let cut = index.manifest.segments[0].clone();
    let near = QueryVector { space: meaning::space(), vector: vec![0.5; meaning::DIMENSIONS] };
    let documents = |index: &Index| {
        let mut all: Vec<String> = index.search("type:bug").hits.into_iter().map(|hit| hit.doc).collect();
        all.sort();
        all
    };
    let whole = documents(&index);
    for (number, key) in index.values.keys().copied().filter(|key| key.segment == cut.id).enumerate() {
        let mut index = damaged(&index, key, number % 3);
        let lost = index.merge(&[cut.id], &[]).unwrap();
        match key.name {
            // Made of what the others say.
            ValueName::Root | ValueName::Centroids => assert_eq!(lost, Lost::default(), "{key:?}"),
            ValueName::Terms(_) | ValueName::Vectors(_) => {
                assert!(lost.lacking.contains("alpha") && lost.lacking.contains("beta"), "{key:?}");
            }
            _ => assert!(lost.documents > 0 && lost.lacking.is_empty(), "{key:?}"),
        }
        // What the next comparison reads again: what is missing, and all documents of what lacks words or embeddings.
        index.values.retain(|known, _| known.segment != cut.id || matches!(known.name, ValueName::Texts(_)));
        let again: Vec<Doc> = docs.iter().filter(|doc| lost.containers.contains(&doc.container)).cloned().collect();
        if !again.is_empty() {
            index.add(&again);
        }
        for text in QUERIES {
            let found = index.ask_near(text, Some(&near), &Ask { budget: Budget::NONE, ..ask() });
            assert_eq!(found.partial, None, "{key:?} {text}");
        }
        assert_eq!(documents(&index), whole, "{key:?}");
    }
}
