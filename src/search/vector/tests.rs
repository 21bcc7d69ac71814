//! The rules of this room, over random vectors; run natively and as WebAssembly.
//! A failure names its seed.

use super::*;
use crate::random::Xorshift;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

pub(super) struct Random(Xorshift);

impl Random {
    pub(super) fn new(seed: u64) -> Self {
        Self(Xorshift::seeded(seed + 1))
    }

    fn next(&mut self) -> u64 {
        self.0.next()
    }

    pub(super) fn byte(&mut self) -> u8 {
        (self.next() >> 32).to_le_bytes()[0]
    }

    pub(super) fn below(&mut self, most: usize) -> usize {
        usize::try_from(self.next() >> 33).unwrap() % most.max(1)
    }

    /// About normal.
    fn coordinate(&mut self) -> f32 {
        (0..4).map(|_| f32::from(self.byte())).sum::<f32>() / 148.0 - 3.445
    }

    fn vector(&mut self, dimensions: usize) -> Vec<f32> {
        (0..dimensions).map(|_| self.coordinate()).collect()
    }

    /// Vectors around a few topics, some of them copies.
    fn vectors(&mut self, count: u32, dimensions: usize) -> Vec<(u32, Vec<f32>)> {
        let topics: Vec<_> = (0..1 + self.below(12)).map(|_| self.vector(dimensions)).collect();
        let mut out: Vec<(u32, Vec<f32>)> = Vec::new();
        for ordinal in 0..count {
            let topic = self.below(topics.len());
            let own = topics[topic].iter().map(|x| x + self.coordinate()).collect();
            let copy = (self.below(20) == 0).then(|| out.last().cloned()).flatten();
            out.push((ordinal * 3, copy.map_or(own, |(_, vector)| vector)));
        }
        out
    }
}

fn space(dimensions: u32) -> Space {
    Space { provider: "openai".to_owned(), model: "small".to_owned(), dimensions, task: "document".to_owned() }
}

fn cosine(one: &[f32], other: &[f32]) -> f64 {
    let dot = |a: &[f32], b: &[f32]| a.iter().zip(b).map(|(x, y)| f64::from(*x) * f64::from(*y)).sum::<f64>();
    dot(one, other) / (dot(one, one) * dot(other, other)).sqrt()
}

#[test]
fn refuses_what_is_no_embedding_of_the_space() {
    let check = |vector: &[f32], expected| assert_eq!(super::check(vector, &space(2)), expected, "{vector:?}");
    check(&[0.6, -0.8], Ok(()));
    check(&[], Err(BadVector::Length));
    check(&[1.0], Err(BadVector::Length));
    check(&[1.0, 2.0, 3.0], Err(BadVector::Length));
    check(&[f32::NAN, 1.0], Err(BadVector::NotFinite));
    check(&[1.0, f32::NEG_INFINITY], Err(BadVector::NotFinite));
    check(&[0.0, -0.0], Err(BadVector::NoDirection));
    check(&[1e-30, 1e-30], Err(BadVector::NoDirection));
    check(&[1e30, 1e30], Err(BadVector::NoDirection));
}

#[test]
fn keeps_spaces_apart() {
    assert_eq!(meet(&space(2), &space(2)), Ok(()));
    assert_eq!(meet(&space(2), &space(3)), Err(BadVector::OtherSpace));
    assert_eq!(meet(&space(2), &Space { task: "query".to_owned(), ..space(2) }), Err(BadVector::OtherSpace));
}

#[test]
fn finds_exactly_the_nearest() {
    for seed in 0..30 {
        let mut random = Random::new(seed);
        let dimensions = [1, 7, 16, 33, 100, 200][random.below(6)];
        let all = random.vectors(150, dimensions);
        let mut flat = Flat::new(dimensions);
        all.iter().for_each(|(_, vector)| flat.push(vector));
        let query = random.vector(dimensions);
        let most = random.below(30);
        let mut expected: Vec<(u32, f64)> = (0..).zip(all.iter().map(|(_, v)| cosine(v, &query))).collect();
        expected.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        let found = flat.top(&query, most);
        assert_eq!(found.len(), most, "seed {seed}");
        for ((ordinal, cosine), (_, best)) in found.iter().zip(&expected) {
            let own = expected.iter().find(|(other, _)| other == ordinal).unwrap().1;
            assert!((own - best).abs() < 1e-6 && (f64::from(*cosine) - own).abs() < 1e-5, "seed {seed}");
        }
        assert!(found.windows(2).all(|w| w[0].1 > w[1].1 || (w[0].1 == w[1].1 && w[0].0 < w[1].0)), "seed {seed}");
    }
    assert!(Flat::new(3).top(&[1.0, 0.0, 0.0], 10).is_empty());
}

/// The bound on what a code loses holds for every vector: no neighbor is missed, whatever its coordinates and however close the rest.
#[test]
fn misses_no_neighbor_that_comparing_all_coordinates_finds() {
    for seed in 0..60 {
        let mut random = Random::new(seed);
        let dimensions = 1 + random.below(300);
        let mut all: Vec<Vec<f32>> = random.vectors(200, dimensions).into_iter().map(|(_, vector)| vector).collect();
        let (query, close) = (random.vector(dimensions), [0.5, 0.01, 1e-4, 1e-6][random.below(4)]);
        let one = all[0].clone();
        for vector in &mut all {
            match random.below(if seed % 10 == 0 { 1 } else { 5 }) {
                // all the same, so that only the ordinals tell them apart
                0 if seed % 10 == 0 => vector.clone_from(&one),
                // a coordinate that leaves the others few levels
                0 => vector[random.below(dimensions)] = 300.0,
                // closer to the query than a code can tell
                1 => *vector = query.iter().map(|x| x + random.coordinate() * close).collect(),
                // one coordinate and no other
                2 => {
                    vector.fill(0.0);
                    vector[random.below(dimensions)] = 1.0;
                }
                _ => {}
            }
        }
        let mut flat = Flat::new(dimensions);
        all.iter().for_each(|vector| flat.push(vector));
        let unit = code::unit(&query);
        let mut expected: Vec<(u32, f32)> =
            (0..).zip(all.iter().map(|vector| kernel::floats(&unit, &code::unit(vector)))).collect();
        expected.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        for most in [1, 10, 50] {
            assert_eq!(flat.top(&query, most), expected[..most], "seed {seed}, {most}");
        }
    }
}

#[test]
fn codes_keep_the_cosine_about() {
    for seed in 0..20 {
        let mut random = Random::new(seed);
        let dimensions = 100 + random.below(200);
        let all = random.vectors(20, dimensions);
        let query = random.vector(dimensions);
        for ((ordinal, cosine), (own, vector)) in codes(&all).near(&query).iter().zip(&all) {
            assert_eq!(ordinal, own);
            assert!((f64::from(*cosine) - self::cosine(vector, &query)).abs() < 0.05, "seed {seed}");
        }
    }
}

#[test]
fn every_vector_is_in_one_value_of_bounded_size() {
    for seed in 0..12 {
        let mut random = Random::new(seed);
        let (count, dimensions) = (1 + u32::try_from(random.below(250)).unwrap(), 1 + random.below(40));
        let all = random.vectors(count, dimensions);
        let most = 200 + random.below(1_500);
        let coded = codes(&all);
        let cells = coded.cells(most);
        assert_eq!(cells, coded.cells(most), "the same again, seed {seed}");
        let mut found: Vec<u32> = Vec::new();
        for value in &cells.values {
            assert!(value.len() <= most, "{} of {most}, seed {seed}", value.len());
            found.extend(gather(value).unwrap().near(&all[0].1).iter().map(|(ordinal, _)| *ordinal));
        }
        found.sort_unstable();
        assert_eq!(found, all.iter().map(|(ordinal, _)| *ordinal).collect::<Vec<_>>(), "seed {seed}");
    }
}

#[test]
fn leads_to_where_the_nearest_and_the_lexical_hits_lie() {
    for seed in 0..12 {
        let mut random = Random::new(seed);
        let all = random.vectors(200, 24);
        let cells = codes(&all).cells(300);
        let (ordinal, query) = &all[random.below(all.len())];
        let every = probe(&cells.centroids, query, usize::MAX).unwrap();
        assert_eq!(every.len(), cells.values.len(), "seed {seed}");
        let home = |ordinal: u32| {
            let holds = |value: &Vec<u8>| scan(value, query).unwrap().iter().any(|(other, _)| *other == ordinal);
            u32::try_from(cells.values.iter().position(holds).unwrap()).unwrap()
        };
        assert!(every.iter().position(|number| *number == home(*ordinal)).unwrap() < 4, "seed {seed}");
        let hits: Vec<u32> = (0..2).map(|_| all[random.below(all.len())].0).collect();
        let routed = route(&cells.centroids, query, &hits, 3).unwrap();
        assert_eq!(routed[0], every[0], "seed {seed}");
        assert!(hits.iter().all(|hit| routed.contains(&home(*hit))), "seed {seed}");
        assert_eq!(route(&cells.centroids, query, &[7, u32::MAX], usize::MAX).unwrap().len(), every.len());
    }
}

#[test]
fn a_merge_moves_codes_and_changes_none() {
    let mut random = Random::new(5);
    let all = random.vectors(120, 40);
    let mut moved = Codes::default();
    for value in codes(&all).cells(700).values {
        moved.append(gather(&value).unwrap()).unwrap();
    }
    let moved = moved.renumbered(|ordinal| (ordinal % 2 == 0).then_some(1_000 - ordinal));
    let again = moved.cells(2_000);
    let query = random.vector(40);
    let mut after: Vec<_> = again.values.iter().flat_map(|value| scan(value, &query).unwrap()).collect();
    let kept = codes(&all).near(&query).into_iter().filter(|(ordinal, _)| ordinal % 2 == 0);
    let mut before: Vec<_> = kept.map(|(ordinal, cosine)| (1_000 - ordinal, cosine)).collect();
    before.sort_by_key(|(ordinal, _)| *ordinal);
    after.sort_by_key(|(ordinal, _)| *ordinal);
    assert_eq!(before, after);
    assert_eq!(moved.clone().append(codes(&random.vectors(2, 41))), Err(BadCells));
}

#[test]
fn moves_a_query_toward_what_fits_it() {
    let mut random = Random::new(9);
    let all = random.vectors(20, 64);
    let coded = codes(&all);
    let query = random.vector(64);
    let moved = coded.toward(&query, &[(all[3].0, 0.5), (all[4].0, 0.5), (u32::MAX, 1.0)], 1.0);
    assert!(cosine(&moved, &all[3].1) > cosine(&query, &all[3].1));
    assert!((cosine(&coded.toward(&query, &[], 1.0), &query) - 1.0).abs() < 1e-6);
}

#[test]
fn refuses_cut_and_changed_values() {
    let mut random = Random::new(1);
    let all = random.vectors(90, 20);
    let query = random.vector(20);
    let cells = codes(&all).cells(300);
    for value in [&cells.centroids, &cells.values[0]] {
        let read = |bytes: &[u8]| (probe(bytes, &query, 9).is_ok(), scan(bytes, &query).is_ok(), gather(bytes).is_ok());
        for cut in 0..value.len() {
            let cut = &value[..cut];
            assert!(scan(cut, &query).is_err() && gather(cut).is_err());
            read(cut);
        }
        for _ in 0..500 {
            let mut changed = value.clone();
            let at = random.below(changed.len());
            changed[at] ^= 1 << random.below(8);
            read(&changed);
        }
        let noise: Vec<u8> = (0..200).map(|_| random.byte()).collect();
        read(&noise);
        assert_eq!(scan(value, &query[1..]), Err(BadCells), "another length");
    }
    assert_eq!(probe(&cells.centroids, &query[1..], 9), Err(BadCells));
    assert_eq!(probe(&[], &query, 9), Err(BadCells));
    assert_eq!(codes(&[]).cells(1_000), Cells::default());
}

#[test]
fn leads_home_at_a_hundred_thousand() {
    for (count, dimensions) in [(100_000, 384), (100_000, 256), (120_000, 256), (30_000, 1_536)] {
        let bytes = routing::roomy(count, dimensions, dimensions / 2, 40_000);
        assert!((40_000..=135_000).contains(&bytes), "{count} of {dimensions}: {bytes}");
    }
    assert_eq!(routing::roomy(10_000, 384, 192, 40_000), 40_000, "as wanted where there is room");
    assert_eq!(routing::roomy(5_000_000, 384, 192, 40_000), 40_000, "as wanted where there is none");
}

#[test]
fn packs_numbers_of_any_width() {
    for seed in 0..100 {
        let mut random = Random::new(seed);
        let most = u32::try_from(random.below(70_000)).unwrap();
        let all: Vec<u32> =
            (0..random.below(50)).map(|_| u32::try_from(random.next() >> 32).unwrap() % (most + 1)).collect();
        let mut out = Vec::new();
        numbers::pack(&mut out, &all, numbers::width(most));
        assert_eq!(out.len(), numbers::packed_bytes(all.len(), numbers::width(most)), "seed {seed}");
        let back: Vec<u32> =
            (0..all.len()).map(|place| numbers::unpack(&out, place, numbers::width(most)).unwrap()).collect();
        assert_eq!(back, all, "seed {seed}");
        let mut one = Vec::new();
        numbers::write(&mut one, random.below(1 << 28));
        assert!(numbers::read(&one).is_some_and(|(_, rest)| rest.is_empty()));
        assert!(numbers::read(&one[..one.len() - 1]).is_none());
    }
}

/// Scores, groups and neighbors of fixed vectors as one number: every machine has to come to it.
#[test]
fn every_machine_finds_the_same() {
    let mut random = Random::new(42);
    let all = random.vectors(200, 96);
    let query = random.vector(96);
    let mut flat = Flat::new(96);
    all.iter().for_each(|(_, vector)| flat.push(vector));
    let cells = codes(&all).cells(1_500);
    let mut digest = 0xcbf2_9ce4_8422_2325_u64;
    let mut add = |byte: u8| digest = (digest ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    cells.values.iter().chain([&cells.centroids]).flatten().for_each(|byte| add(*byte));
    for (ordinal, cosine) in flat.top(&query, 20).into_iter().chain(codes(&all).near(&query)) {
        ordinal.to_le_bytes().into_iter().chain(cosine.to_bits().to_le_bytes()).for_each(&mut add);
    }
    assert_eq!(digest, 316_881_762_604_811_666);
}

#[test]
fn a_code_moves_with_its_print_and_is_not_coded_again() {
    let mut random = Random::new(77);
    let all = random.vectors(120, 48);
    let mut coded = Codes::default();
    for (ordinal, vector) in &all {
        // Of every third nobody knows what it is of.
        coded.push(*ordinal, vector, if ordinal % 3 == 0 { 0 } else { u64::from(*ordinal) << 40 | 7 });
    }
    let cells = coded.cells(900);
    let ordinals: Vec<u32> = all.iter().map(|(ordinal, _)| *ordinal).collect();
    let homes = homes(&cells.centroids, 48, &ordinals).unwrap();
    assert_eq!(homes.values().sum::<usize>(), all.len(), "each lies somewhere");
    let mut again = Codes::default();
    for (number, value) in (0..).zip(&cells.values) {
        let found = gather(value).unwrap();
        assert_eq!(homes.get(&number).copied(), Some(found.len()));
        assert_eq!(found.known(|_| true).count(), found.known(|ordinal| ordinal % 3 != 0).count());
        for code in found.known(|_| true) {
            assert!(code.is_of(48) && !code.is_of(32));
            again.keep(u32::try_from(code.print() >> 40).unwrap(), &code);
        }
        for length in 0..value.len() {
            assert!(gather(&value[..length]).is_err(), "cut at {length}");
        }
    }
    let query = random.vector(48);
    let sorted = |codes: &Codes| {
        let mut near = codes.near(&query);
        near.sort_by_key(|(ordinal, _)| *ordinal);
        near
    };
    let known: Vec<_> = sorted(&coded).into_iter().filter(|(ordinal, _)| ordinal % 3 != 0).collect();
    assert_eq!(sorted(&again), known, "the very codes");
}
