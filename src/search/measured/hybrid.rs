//! The lexical and the dense ranking fused, with given embeddings, against the usual half-and-half mix in the same run.
//! Also what a query loses that reads few values of cells, and what the vectors of lexical hits alone would give.

use super::peer::Bm25;
use super::{Index, Pieces, Question, Set, data, hadoop, interval, is_tuned_on, jira, lines, mean};
use crate::search::fuse::{SHARE, fuse, lead};
use crate::search::vector::{Codes, codes, gather, route};
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

/// The vectors of tickets and of questions.
fn vectors(data: &Path, name: &str, set: &Set) -> (Vec<(u32, Vec<f32>)>, Vec<Vec<f32>>) {
    let open = |kind: &str| rows(&data.join(format!("embeddings/{name}.{kind}.npy")));
    let tickets = (0..).zip(open("docs")).collect();
    let place = |q: &Question| set.tickets.iter().position(|t| Some(&t.id) == q.own.as_ref());
    if name == "hadoop-dup" {
        let titles = open("titles");
        return (tickets, set.questions.iter().map(|q| titles[place(q).unwrap()].clone()).collect());
    }
    let asked = open("q");
    let row = |line: &serde_json::Value| usize::try_from(line["row"].as_u64().unwrap()).unwrap();
    let questions = lines(&data.join(format!("{name}/queries.jsonl"))).iter().map(|q| asked[row(q)].clone()).collect();
    (tickets, questions)
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
    let mut sums = std::collections::BTreeMap::<u32, f32>::new();
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
    fuse(lexical, &best(codes.near(&moved).into_iter(), own, LIST))
}

/// What a query finds of cells within so many stored bytes, and how many values it reads.
fn within(codes: &Codes, lexical: &[(u32, f32)], query: &[f32], bytes: f32, is_led: bool) -> (Codes, f32) {
    thread_local!(static CELLS: std::cell::RefCell<Option<(usize, crate::search::vector::Cells)>> = const { std::cell::RefCell::new(None) });
    CELLS.with_borrow_mut(|kept| {
        let (_, cells) = match kept.take().filter(|(count, _)| *count == codes.len()) {
            Some(kept) => kept,
            None => (codes.len(), codes.cells(60_000)),
        };
        let hits: Vec<u32> = lexical.iter().map(|(at, _)| *at).collect();
        let mut left = bytes - cells.centroids.len() as f32 * 4.0 / 3.0;
        let (mut found, mut reads) = (Codes::default(), 1.0);
        for number in route(&cells.centroids, query, if is_led { &hits } else { &[] }, 8).unwrap() {
            let value = &cells.values[usize::try_from(number).unwrap()];
            left -= value.len() as f32 * 4.0 / 3.0;
            if left < 0.0 {
                break;
            }
            reads += 1.0;
            found.append(gather(value).unwrap()).unwrap();
        }
        *kept = Some((codes.len(), cells));
        (found, reads)
    })
}

#[test]
fn ranks_better_with_embeddings_than_half_and_half() {
    let Some(data) = data() else { return };
    for (name, set, least) in [("hadoop-dup", hadoop(&data), 0.02), ("jira-known-item", jira(&data), 0.01)] {
        let (tickets, questions) = vectors(&data, name, &set);
        let codes = codes(&tickets);
        let index = Index::new(&set, Pieces::Whole);
        let peer = Bm25::new(set.tickets.iter().map(|t| format!("{} {}", t.title, t.text)));
        let mut rows: Vec<[f32; 2]> = Vec::new();
        let mut budgets: Vec<(String, Vec<[f32; 3]>)> = Vec::new();
        for (q, vector) in set.questions.iter().zip(&questions) {
            let place = |id: &String| (0..).zip(&set.tickets).find(|(_, t)| t.id == *id).map(|(at, _)| at);
            let (own, answer) = (q.own.as_ref().and_then(place), place(&q.answer).unwrap());
            let exact = tickets.iter().map(|(at, v)| (*at, v.iter().zip(vector).map(|(x, y)| x * y).sum::<f32>()));
            let before = best(listed(&peer.search(&q.text)), own, 100);
            let before = gain(&half_and_half(&before, &best(exact, own, 100)), answer);
            let found = index.search(&format!("{} ", q.text), set.tickets.len());
            let lexical = best(listed(&found), own, LIST);
            let full = ours(&lexical, &codes, vector, own);
            rows.push([before, gain(&full, answer)]);
            if name == "hadoop-dup" {
                continue;
            }
            let mut add = |label: String, row: [f32; 3]| match budgets.iter_mut().find(|(other, _)| *other == label) {
                Some((_, rows)) => rows.push(row),
                None => budgets.push((label, vec![row])),
            };
            add("words alone".to_owned(), [gain(&lexical, answer), shared(&lexical, &full), 0.0]);
            let hits = |most: usize| -> Vec<u32> { lexical.iter().take(most).map(|(at, _)| *at).collect() };
            for most in [20, 40, 100] {
                let near = codes.renumbered(|at| hits(most).contains(&at).then_some(at));
                let ranked = ours(&lexical, &near, vector, own);
                add(format!("vectors of {most} lexical hits"), [gain(&ranked, answer), shared(&ranked, &full), 0.0]);
            }
            for (budget, is_led) in [(300, false), (500, false), (700, false), (300, true), (500, true), (700, true)] {
                let (near, reads) = within(&codes, &lexical, vector, budget as f32 * 1e3, is_led);
                let ranked = ours(&lexical, &near, vector, own);
                let how = if is_led { "by words and meaning" } else { "by meaning" };
                add(format!("cells {how}, {budget} kB"), [gain(&ranked, answer), shared(&ranked, &full), reads]);
            }
        }
        for (label, half) in [("all", None), ("tuned on", Some(true)), ("held out", Some(false))] {
            let of = (0..).zip(&rows).filter(|(at, _)| half.is_none_or(|half| is_tuned_on(*at) == half));
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
        for (label, rows) in budgets {
            let column = |at: usize| mean(&rows.iter().map(|row| row[at]).collect::<Vec<_>>());
            println!("  {label}: nDCG@10 {:.3}, recall@10 {:.3}, reads {:.1}", column(0), column(1), column(2));
        }
        let gained: Vec<f32> = rows.iter().map(|[before, after]| after - before).collect();
        assert!(mean(&gained) >= least, "{name}");
    }
}
