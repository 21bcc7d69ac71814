//! Retrieval over real tickets when `QUILLGATE_DATA` names a folder of them, against plain BM25 in the same run.
//! Without the variable the tests pass without a word: the rules themselves are tested beside the code.
//!
//! The postings are held in memory and plain; terms, impacts and sums are the search room's own.
//!
//! How it is tuned and told: constants are chosen on one half of the questions and reported on the other, and the other way round.
//! A half has 35 duplicates, which show little by themselves; so the choice is repeated on 200 random halves, each time among all
//! constants of a small grid, by the gain over both sets' halves together, and the gains on the halves that were not looked at are
//! told as their mean with the range of 95 in 100 of them. What the words' own constants gain is told on random halves too, but
//! those were chosen before, on the even questions: only the odd ones are held out there.
#![expect(clippy::print_stdout, clippy::as_conversions, reason = "the figures are what the run is for")]

mod hybrid;
mod peer;

use super::query::{Query, parse};
use super::score::{self, Found, Tally};
use super::words::Weigher;
use crate::content::{ExcerptLimits, Format, excerpts, parse as parse_content};
use serde_json::Value;
use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

/// A ticket.
struct Ticket {
    id: String,
    title: String,
    text: String,
}

/// What is asked, whose own ticket does not count, and the ticket that answers.
struct Question {
    text: String,
    own: Option<String>,
    answer: String,
}

/// Tickets and questions.
struct Set {
    tickets: Vec<Ticket>,
    questions: Vec<Question>,
}

/// How tickets become pieces.
#[derive(Debug, Clone, Copy)]
enum Pieces {
    Whole,
    Cut,
}

fn data() -> Option<PathBuf> {
    std::env::var_os("QUILLGATE_DATA").map(|data| PathBuf::from(data).join("retrieval"))
}

fn lines(path: &Path) -> Vec<Value> {
    let text = std::fs::read_to_string(path).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn field(value: &Value, name: &str) -> String {
    value.get(name).and_then(Value::as_str).unwrap_or_default().to_owned()
}

/// Duplicates: the title of one finds the other.
fn hadoop(data: &Path) -> Set {
    let ticket = |v: &Value| Ticket { id: field(v, "_id"), title: field(v, "title"), text: field(v, "text") };
    let tickets: Vec<_> = lines(&data.join("hadoop-dup/corpus.jsonl")).iter().map(ticket).collect();
    let titles: HashMap<_, _> = tickets.iter().map(|t| (t.id.as_str(), t.title.as_str())).collect();
    let pairs = std::fs::read_to_string(data.join("hadoop-dup/qrels.tsv")).unwrap();
    let question = |line: &str| {
        let mut columns = line.split('\t');
        let (own, answer) = (columns.next().unwrap(), columns.next().unwrap());
        Question { text: titles[own].to_owned(), own: Some(own.to_owned()), answer: answer.to_owned() }
    };
    let questions = pairs.lines().map(question).collect();
    Set { tickets, questions }
}

/// Known items: the title finds the description.
fn jira(data: &Path) -> Set {
    let ticket = |v: &Value| Ticket { id: field(v, "_id"), title: String::new(), text: field(v, "text") };
    let question = |v: &Value| Question { text: field(v, "text"), own: None, answer: field(v, "_id") };
    Set {
        tickets: lines(&data.join("jira-known-item/corpus.jsonl")).iter().map(ticket).collect(),
        questions: lines(&data.join("jira-known-item/queries.jsonl")).iter().map(question).collect(),
    }
}

/// An index in memory.
struct Index {
    postings: BTreeMap<String, Vec<(u32, u8)>>,
    /// The ticket of each piece.
    of: Vec<usize>,
}

impl Index {
    fn new(set: &Set, pieces: Pieces) -> Self {
        let mut weigher = Weigher::new();
        let (mut weighed, mut of) = (Vec::new(), Vec::new());
        for (at, ticket) in set.tickets.iter().enumerate() {
            for (heading, text) in cut(ticket, pieces) {
                weighed.push(weigher.weigh(&ticket.title, &heading, &text, None));
                of.push(at);
            }
        }
        let average = weighed.iter().map(|w| w.length).sum::<f32>() / weighed.len() as f32;
        let mut postings: BTreeMap<String, Vec<(u32, u8)>> = BTreeMap::new();
        for (ordinal, piece) in (0..).zip(weighed) {
            for (term, frequency) in piece.terms {
                postings.entry(term).or_default().push((ordinal, score::impact(frequency, piece.length, average)));
            }
        }
        Self { postings, of }
    }

    /// The dictionary's terms that count, with what they count.
    fn found(&self, query: &Query) -> Vec<(Found, &[(u32, u8)])> {
        let mut out = Vec::new();
        for (term, wanted) in query.terms.iter().enumerate() {
            let exact = !wanted.prefix && !wanted.fuzzy;
            let start: String = wanted.text.chars().take(if wanted.fuzzy { 1 } else { usize::MAX }).collect();
            let range = self.postings.range(start.clone()..);
            let near = range.take_while(|(name, _)| if exact { **name == start } else { name.starts_with(&start) });
            for (name, postings) in near {
                let with_term = u64::try_from(postings.len()).unwrap();
                out.extend(wanted.counts(name).map(|counts| (Found { term, counts, with_term }, postings.as_slice())));
            }
        }
        out.sort_by_key(|(found, _)| query.terms[found.term].group);
        out
    }

    /// The score of each ticket.
    fn search(&self, text: &str, tickets: usize) -> Vec<f32> {
        let query = parse(text).unwrap_or_default();
        let found = self.found(&query);
        let terms: Vec<Found> = found.iter().map(|(found, _)| *found).collect();
        let weights = score::weights(&query, u64::try_from(self.of.len()).unwrap(), &terms);
        let mut tally = Tally::new(self.of.len());
        let mut group = None;
        for ((found, postings), weight) in found.iter().zip(weights).filter(|(_, weight)| *weight > 0.0) {
            if group.replace(query.terms[found.term].group) != Some(query.terms[found.term].group) {
                tally.close();
            }
            postings.iter().for_each(|(ordinal, impact)| tally.add(*ordinal, weight * score::weight(*impact)));
        }
        let mut pieces: Vec<Vec<f32>> = vec![Vec::new(); tickets];
        for (ordinal, score) in tally.finish() {
            pieces[self.of[usize::try_from(ordinal).unwrap()]].push(score);
        }
        pieces.iter().map(|pieces| score::document(pieces)).collect()
    }
}

/// The pieces of a ticket with their headings.
fn cut(ticket: &Ticket, pieces: Pieces) -> Vec<(Vec<String>, String)> {
    let whole = vec![(Vec::new(), ticket.text.clone())];
    match pieces {
        Pieces::Whole => whole,
        Pieces::Cut => {
            let Ok(document) = parse_content(Format::Markdown, &ticket.text) else { return whole };
            let cut = excerpts(&document, &ExcerptLimits { max_chars: 1_800, ..ExcerptLimits::default() });
            let cut: Vec<_> = cut.into_iter().map(|piece| (piece.heading, piece.text)).collect();
            if cut.is_empty() { whole } else { cut }
        }
    }
}

/// nDCG@10 with one answer: the discount of its rank. Of equal scores the earlier ticket comes first.
fn gain(set: &Set, question: &Question, scores: &[f32]) -> f32 {
    let answer = set.tickets.iter().position(|t| t.id == question.answer).unwrap();
    let own = question.own.as_ref().and_then(|own| set.tickets.iter().position(|t| t.id == *own));
    let mine = scores[answer];
    let better =
        |(at, score): &(usize, &f32)| Some(*at) != own && (**score > mine || (**score == mine && *at < answer));
    let rank = scores.iter().enumerate().filter(better).count();
    if mine > 0.0 && rank < 10 { 1.0 / (rank as f32 + 2.0).log2() } else { 0.0 }
}

fn mean(values: &[f32]) -> f32 {
    values.iter().sum::<f32>() / values.len().max(1) as f32
}

/// Where the mean of 95 in 100 samples with replacement lies.
fn interval(values: &[f32]) -> (f32, f32) {
    let mut random = crate::random::Xorshift::seeded(1);
    let mut pick = || values[random.below(values.len())];
    let mut means: Vec<f32> =
        (0..4_000).map(|_| mean(&(0..values.len()).map(|_| pick()).collect::<Vec<_>>())).collect();
    means.sort_by(f32::total_cmp);
    (means[100], means[3_899])
}

/// Random halves: for each set of these many questions, whether each is in the first half. From a seed.
fn halves(sets: [usize; 2]) -> impl Iterator<Item = [Vec<bool>; 2]> {
    let mut random = crate::random::Xorshift::seeded(2);
    let mut half = move |count: usize| {
        let mut order: Vec<usize> = (0..count).collect();
        (1..count).for_each(|at| order.swap(at, random.below(at + 1)));
        let mut first = vec![false; count];
        order.iter().take(count / 2).for_each(|at| first[*at] = true);
        first
    };
    (0..200).map(move |_| sets.map(&mut half))
}

/// Mean, and the range of 95 in 100.
fn spread(mut values: Vec<f32>) -> (f32, f32, f32) {
    values.sort_by(f32::total_cmp);
    let at = |share: f32| values[(share * (values.len() - 1) as f32).round() as usize];
    (mean(&values), at(0.025), at(0.975))
}

/// Every other question; the constants were chosen on the even ones, and on titles of tickets that answer none of them.
fn is_tuned_on(at: usize) -> bool {
    at.is_multiple_of(2)
}

fn compare(name: &str, set: &Set, peer: &[f32], pieces: Pieces) -> (f32, f32) {
    let index = Index::new(set, pieces);
    let ours: Vec<f32> =
        set.questions.iter().map(|q| gain(set, q, &index.search(&format!("{} ", q.text), set.tickets.len()))).collect();
    let half = |tuned: bool| -> (Vec<f32>, Vec<f32>) {
        let rows = ours.iter().zip(peer).enumerate().filter(|(at, _)| is_tuned_on(*at) == tuned);
        rows.map(|(_, (ours, peer))| (*peer, *ours)).unzip()
    };
    let all = (peer.to_vec(), ours.clone());
    for (label, (peer, ours)) in [("all", all), ("tuned on", half(true)), ("held out", half(false))] {
        let gains: Vec<f32> = ours.iter().zip(&peer).map(|(ours, peer)| ours - peer).collect();
        let (low, high) = interval(&gains);
        println!(
            "{name} {pieces:?} {label}: {} queries, BM25 {:.3}, ours {:.3}, difference {:+.3} [{low:+.3}, {high:+.3}]",
            peer.len(),
            mean(&peer),
            mean(&ours),
            mean(&gains),
        );
    }
    let gains: Vec<f32> = ours.iter().zip(peer).map(|(ours, peer)| ours - peer).collect();
    let of_half = |half: &Vec<bool>| {
        let own = gains.iter().zip(half).filter(|(_, is_first)| !**is_first).map(|(gain, _)| *gain);
        mean(&own.collect::<Vec<_>>())
    };
    let (middle, low, high) = spread(halves([gains.len(), 2]).map(|[half, _]| of_half(&half)).collect());
    println!("{name} {pieces:?} random halves: difference {middle:+.3} [{low:+.3}, {high:+.3}]");
    let postings: usize = index.postings.values().map(Vec::len).sum();
    println!("{name} {pieces:?}: {} pieces, {} terms, {postings} postings", index.of.len(), index.postings.len());
    (mean(peer), mean(&ours))
}

#[test]
fn finds_duplicates_and_known_items_better_than_bm25() {
    let Some(data) = data() else { return };
    for (name, set) in [("hadoop-dup", hadoop(&data)), ("jira-known-item", jira(&data))] {
        let texts = set.tickets.iter().map(|t| format!("{} {}", t.title, t.text));
        let peer = peer::Bm25::new(texts);
        let peer: Vec<f32> = set.questions.iter().map(|q| gain(&set, q, &peer.search(&q.text))).collect();
        for pieces in [Pieces::Whole, Pieces::Cut] {
            let (before, ours) = compare(name, &set, &peer, pieces);
            assert!(ours >= before + 0.02, "{name} {pieces:?}");
        }
    }
}

#[test]
fn weighs_a_hundred_thousand_passages_in_seconds() {
    let Some(data) = data() else { return };
    let set = jira(&data);
    let bytes: usize = set.tickets.iter().map(|t| t.text.len()).sum();
    let began = std::time::Instant::now();
    let mut weigher = Weigher::new();
    let terms: usize = set.tickets.iter().map(|t| weigher.weigh(&t.title, &[], &t.text, None).terms.len()).sum();
    let took = began.elapsed().as_secs_f64();
    println!(
        "weighed {} pieces, {terms} postings, {bytes} bytes in {took:.2} s: {:.1} MB/s",
        set.tickets.len(),
        bytes as f64 / 1e6 / took
    );
}
