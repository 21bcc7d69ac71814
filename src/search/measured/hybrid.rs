//! The lexical and the dense ranking fused, with given embeddings, against the usual half-and-half mix in the same run.
//! Also what a query loses that reads few values of cells, and what the vectors of lexical hits alone would give.

use super::peer::Bm25;
use super::{Index, Pieces, Question, Set, data, hadoop, halves, interval, is_tuned_on, jira, lines, mean, spread};
use crate::search::fuse::{SHARE, fuse, lead, weighed};
use crate::search::vector::{Cells, Codes, codes, gather, route};
use std::collections::BTreeMap;
use std::path::Path;

/// Rows of a `.npy` file of 16-bit floats.
fn rows(path: &Path) -> Vec<Vec<f32>> {
    let bytes = std::fs::read(path).unwrap();
    let begin = 10 + usize::from(u16::from_le_bytes([bytes[8], bytes[9]]));
    let shape = String::from_utf8_lossy(&bytes[10..begin]).into_owned();
    let dimensions: usize = shape.split("), }").next().unwrap().rsplit(' ').next().unwrap().parse().unwrap();
    let numbers: Vec<f32> = bytes[begin..].as_chunks().0.iter().map(|half| float(u16::from_le_bytes(*half))).collect();
    numbers.chunks_exact(dimensions).map(<[f32]>::to_vec).collect()
}

fn float(half: u16) -> f32 {
    let (exponent, fraction) = (i32::from(half >> 10 & 31), f32::from(half & 1023));
    let size = if exponent == 0 { fraction * 2_f32.powi(-24) } else { (1024.0 + fraction) * 2_f32.powi(exponent - 25) };
    if half >> 15 == 1 { -size } else { size }
}

/// A set with its vectors.
struct Embedded {
    set: Set,
    tickets: Vec<(u32, Vec<f32>)>,
    questions: Vec<Vec<f32>>,
}

impl Embedded {
    fn new(data: &Path, name: &str, set: Set) -> Self {
        let open = |kind: &str| rows(&data.join(format!("embeddings/{name}.{kind}.npy")));
        let tickets = (0..).zip(open("docs")).collect();
        let place = |q: &Question| set.tickets.iter().position(|t| Some(&t.id) == q.own.as_ref());
        let questions = if name == "hadoop-dup" {
            let titles = open("titles");
            set.questions.iter().map(|q| titles[place(q).unwrap()].clone()).collect()
        } else {
            let asked = open("q");
            let row = |line: &serde_json::Value| usize::try_from(line["row"].as_u64().unwrap()).unwrap();
            lines(&data.join(format!("{name}/queries.jsonl"))).iter().map(|q| asked[row(q)].clone()).collect()
        };
        Self { set, tickets, questions }
    }

    fn place(&self, id: &str) -> Option<u32> {
        (0..).zip(&self.set.tickets).find(|(_, ticket)| ticket.id == id).map(|(at, _)| at)
    }

    /// Every question with its vector, its own ticket and the one that answers.
    fn asked(&self) -> impl Iterator<Item = (&Question, &[f32], Option<u32>, u32)> {
        self.set.questions.iter().zip(&self.questions).map(|(q, vector)| {
            let own = q.own.as_ref().and_then(|own| self.place(own));
            (q, vector.as_slice(), own, self.place(&q.answer).unwrap())
        })
    }
}

/// The best, as a plan hands them over.
fn best(scores: impl Iterator<Item = (u32, f32)>, own: Option<u32>, most: usize) -> Vec<(u32, f32)> {
    let mut all: Vec<(u32, f32)> = scores.filter(|(at, _)| Some(*at) != own).collect();
    all.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    all.truncate(most);
    all
}

fn listed(scores: &[f32]) -> impl Iterator<Item = (u32, f32)> {
    (0..).zip(scores.iter().copied()).filter(|(_, score)| *score > 0.0)
}

/// Half of each, from lowest to highest of the best hundred.
fn half_and_half(lexical: &[(u32, f32)], dense: &[(u32, f32)]) -> Vec<(u32, f32)> {
    let mut sums = BTreeMap::<u32, f32>::new();
    for list in [lexical, dense] {
        let list = &list[..list.len().min(100)];
        let (high, low) = (list.first().map_or(0.0, |s| s.1), list.last().map_or(0.0, |s| s.1));
        for (at, score) in list {
            *sums.entry(*at).or_default() += 0.5 * (score - low) / (high - low).max(1e-9);
        }
    }
    best(sums.into_iter(), None, 10)
}

/// nDCG@10 with one answer.
fn gain(ranked: &[(u32, f32)], answer: u32) -> f32 {
    let rank = ranked.iter().take(10).position(|(at, _)| *at == answer);
    rank.map_or(0.0, |rank| 1.0 / (rank as f32 + 2.0).log2())
}

fn shared(ranked: &[(u32, f32)], full: &[(u32, f32)]) -> f32 {
    let held = full.iter().take(10).filter(|(at, _)| ranked.iter().take(10).any(|(other, _)| other == at)).count();
    held as f32 / 10.0
}

const LIST: usize = 120;

/// The fused ranking over the codes at hand.
fn ours(lexical: &[(u32, f32)], codes: &Codes, query: &[f32], own: Option<u32>) -> Vec<(u32, f32)> {
    let moved = codes.toward(query, &lead(lexical), SHARE);
    fuse(lexical, &best(codes.near(&moved).into_iter(), own, usize::MAX), LIST)
}

/// What a query finds of cells within so many stored bytes, and how many values it reads.
fn within(cells: &Cells, lexical: &[u32], query: &[f32], bytes: usize) -> (Codes, f32) {
    let mut left = bytes.saturating_sub(cells.centroids.len() * 4 / 3);
    let (mut found, mut reads) = (Codes::default(), 1.0);
    for number in route(&cells.centroids, query, lexical, 8).unwrap() {
        let value = &cells.values[usize::try_from(number).unwrap()];
        let Some(rest) = left.checked_sub(value.len() * 4 / 3) else { break };
        left = rest;
        reads += 1.0;
        found.append(gather(value).unwrap()).unwrap();
    }
    (found, reads)
}

/// nDCG@10, recall@10 of the full scan, and reads, by what was at hand.
#[derive(Default)]
struct Partial(BTreeMap<String, Vec<[f32; 3]>>);

impl Partial {
    fn add(&mut self, label: String, row: [f32; 3]) {
        self.0.entry(label).or_default().push(row);
    }

    fn print(&self) {
        for (label, rows) in &self.0 {
            let column = |at: usize| mean(&rows.iter().map(|row| row[at]).collect::<Vec<_>>());
            println!("  {label}: nDCG@10 {:.3}, recall@10 {:.3}, reads {:.1}", column(0), column(1), column(2));
        }
    }
}

#[test]
fn ranks_better_with_embeddings_than_half_and_half() {
    let Some(data) = data() else { return };
    for (name, set, least) in [("hadoop-dup", hadoop(&data), 0.02), ("jira-known-item", jira(&data), 0.01)] {
        let all = Embedded::new(&data, name, set);
        let codes = codes(&all.tickets);
        let index = Index::new(&all.set, Pieces::Whole);
        let peer = Bm25::new(all.set.tickets.iter().map(|t| format!("{} {}", t.title, t.text)));
        let rows: Vec<[f32; 2]> = all
            .asked()
            .map(|(q, vector, own, answer)| {
                let exact = all.tickets.iter().map(|(at, v)| (*at, v.iter().zip(vector).map(|(x, y)| x * y).sum()));
                let before = best(listed(&peer.search(&q.text)), own, 100);
                let before = half_and_half(&before, &best(exact, own, 100));
                let lexical = lexical(&index, q, own, all.tickets.len());
                [gain(&before, answer), gain(&ours(&lexical, &codes, vector, own), answer)]
            })
            .collect();
        print(name, &rows);
        let gained: Vec<f32> = rows.iter().map(|[before, after]| after - before).collect();
        assert!(mean(&gained) >= least, "{name}");
    }
}

fn lexical(index: &Index, q: &Question, own: Option<u32>, tickets: usize) -> Vec<(u32, f32)> {
    best(listed(&index.search(&format!("{} ", q.text), tickets)), own, LIST)
}

fn print(name: &str, rows: &[[f32; 2]]) {
    for (label, half) in [("all", None), ("tuned on", Some(true)), ("held out", Some(false))] {
        let of = (0..).zip(rows).filter(|(at, _)| half.is_none_or(|half| is_tuned_on(*at) == half));
        let (before, after): (Vec<f32>, Vec<f32>) = of.map(|(_, [before, after])| (*before, *after)).unzip();
        let gains: Vec<f32> = after.iter().zip(&before).map(|(after, before)| after - before).collect();
        let (low, high) = interval(&gains);
        println!(
            "hybrid {name} {label}: {} queries, half and half {:.3}, ours {:.3}, difference {:+.3} [{low:+.3}, {high:+.3}]",
            gains.len(),
            mean(&before),
            mean(&after),
            mean(&gains)
        );
    }
}

#[test]
fn loses_little_when_it_reads_few_cells() {
    let Some(data) = data() else { return };
    let all = Embedded::new(&data, "jira-known-item", jira(&data));
    let codes = codes(&all.tickets);
    let cells = codes.cells(60_000);
    let index = Index::new(&all.set, Pieces::Whole);
    let mut partial = Partial::default();
    for (q, vector, own, answer) in all.asked() {
        let lexical = lexical(&index, q, own, all.tickets.len());
        let hits: Vec<u32> = lexical.iter().map(|(at, _)| *at).collect();
        let full = ours(&lexical, &codes, vector, own);
        let mut add = |label: String, near: &Codes, reads: f32| {
            let ranked = ours(&lexical, near, vector, own);
            partial.add(label, [gain(&ranked, answer), shared(&ranked, &full), reads]);
        };
        add("full scan".to_owned(), &codes, 0.0);
        add("words alone".to_owned(), &Codes::default(), 0.0);
        for most in [20, 40, 100] {
            let near = codes.renumbered(|at| hits.iter().take(most).any(|hit| *hit == at).then_some(at));
            add(format!("vectors of {most:03} lexical hits"), &near, 0.0);
        }
        for budget in [300, 500, 700] {
            let (near, reads) = within(&cells, &[], vector, budget * 1_000);
            add(format!("cells by meaning, {budget} kB"), &near, reads);
            let (near, reads) = within(&cells, &hits, vector, budget * 1_000);
            add(format!("cells by words and meaning, {budget} kB"), &near, reads);
        }
    }
    partial.print();
}

/// What may be chosen: the weight of the words, and how far the query moves.
fn grid() -> Vec<(f32, f32)> {
    [0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7].iter().flat_map(|w| [0.0, 0.2, 0.4, 0.6].map(|share| (*w, share))).collect()
}

/// For each choice and question what is gained over half and half.
fn gains(data: &Path, name: &str, set: Set) -> Vec<Vec<f32>> {
    let all = Embedded::new(data, name, set);
    let codes = codes(&all.tickets);
    let index = Index::new(&all.set, Pieces::Whole);
    let peer = Bm25::new(all.set.tickets.iter().map(|t| format!("{} {}", t.title, t.text)));
    let mut out = vec![Vec::new(); grid().len()];
    for (q, vector, own, answer) in all.asked() {
        let exact = all.tickets.iter().map(|(at, v)| (*at, v.iter().zip(vector).map(|(x, y)| x * y).sum()));
        let before = half_and_half(&best(listed(&peer.search(&q.text)), own, 100), &best(exact, own, 100));
        let before = gain(&before, answer);
        let lexical = lexical(&index, q, own, all.tickets.len());
        let near = [0.0, 0.2, 0.4, 0.6].map(|share| {
            let moved = codes.toward(vector, &lead(&lexical), share);
            (share, best(codes.near(&moved).into_iter(), own, usize::MAX))
        });
        for ((weight, share), column) in grid().iter().zip(&mut out) {
            let near = near.iter().find(|near| near.0 == *share).map(|near| near.1.as_slice()).unwrap();
            column.push(gain(&weighed(&lexical, near, LIST, *weight), answer) - before);
        }
    }
    out
}

#[test]
fn gains_on_halves_that_were_not_looked_at() {
    let Some(data) = data() else { return };
    let sets = [gains(&data, "hadoop-dup", hadoop(&data)), gains(&data, "jira-known-item", jira(&data))];
    let of = |set: usize, choice: usize, half: &[bool], first: bool| {
        let own = sets[set][choice].iter().zip(half).filter(|(_, is_first)| **is_first == first);
        mean(&own.map(|(gain, _)| *gain).collect::<Vec<_>>())
    };
    let choose = |halves: &[Vec<bool>; 2], first: bool| {
        let sum = |choice: usize| of(0, choice, &halves[0], first) + of(1, choice, &halves[1], first);
        (0..grid().len()).max_by(|a, b| sum(*a).total_cmp(&sum(*b))).unwrap()
    };
    let counts = [0, 1].map(|set: usize| sets[set][0].len());
    let even = counts.map(|count| (0..count).map(is_tuned_on).collect::<Vec<bool>>());
    for (label, tuned) in [("even", true), ("odd", false)] {
        let choice = choose(&even, tuned);
        let held = [0, 1].map(|set: usize| of(set, choice, &even[set], !tuned));
        println!("tuned on the {label} ones: {:?}, gains on the others {held:+.3?}", grid()[choice]);
    }
    let mut held = [Vec::new(), Vec::new()];
    for halves in halves(counts) {
        let choice = choose(&halves, true);
        (0..2).for_each(|set| held[set].push(of(set, choice, &halves[set], false)));
    }
    for (name, held, least) in [("hadoop-dup", &held[0], 0.02), ("jira-known-item", &held[1], 0.01)] {
        let (middle, low, high) = spread(held.clone());
        println!("{name}: 200 random halves, gain on the other half {middle:+.3} [{low:+.3}, {high:+.3}]");
        assert!(middle >= least, "{name}");
    }
}
