//! Embeddings in a store: whatever the budget, a query with one ranks no worse than its words alone.

use super::*;
use crate::search::Vector;

pub(super) const DIMENSIONS: usize = 32;

pub(super) fn space() -> Space {
    let dimensions = u32::try_from(DIMENSIONS).unwrap();
    Space { provider: "made".to_owned(), model: "made".to_owned(), dimensions, task: "search".to_owned() }
}

impl Random {
    /// Between -1 and 1.
    fn part(&mut self) -> f32 {
        f32::from(u16::try_from(self.below(1 << 16)).unwrap()) / 32_768.0 - 1.0
    }

    /// Another direction near this one.
    pub(super) fn near(&mut self, vector: &[f32], distance: f32) -> Vec<f32> {
        vector.iter().map(|x| x + distance * self.part()).collect()
    }
}

/// Documents about a few topics, each with one piece that has an embedding.
fn made(random: &mut Random) -> (Index, Vec<Doc>) {
    let topics: Vec<Vec<f32>> = (0..12).map(|_| random.near(&[0.0; DIMENSIONS], 1.0)).collect();
    let docs: Vec<Doc> = (0..400)
        .map(|number| {
            let vector = random.near(&topics[number % topics.len()], 0.8);
            let pieces = vec![Piece { heading: Vec::new(), text: random.text(25), vector: Some(vector.into()) }];
            Doc { pieces, ..random.doc("alpha", number) }
        })
        .collect();
    let mut index = Index::of(&["alpha"]);
    let segment = build(SegmentId(1), &docs, Basis { average: AVERAGE, space: Some(&space()) });
    index.values =
        segment.values.into_iter().map(|(name, value)| (ValueKey { segment: SegmentId(1), name }, value)).collect();
    index.manifest.space = Some(space());
    index.manifest.add(segment.entry, segment.groups, []);
    (index, docs)
}

/// nDCG@10 with one answer.
fn gain(found: &Found, answer: &str) -> f64 {
    let rank = found.hits.iter().take(10).position(|hit| hit.doc == answer);
    rank.map_or(0.0, |rank| 1.0 / (f64::from(u32::try_from(rank).unwrap()) + 2.0).log2())
}

#[test]
fn no_budget_ranks_worse_with_an_embedding_than_without() {
    let mut random = Random::new(11);
    let (index, docs) = made(&mut random);
    let cells = index.values.keys().filter(|key| matches!(key.name, ValueName::Vectors(_))).count();
    assert!(cells > 10, "{cells} cells");
    let budgets = [4, 6, 8, 10, 12, 14, 16, 20, 30, 60, 1_000].map(|reads| Budget { reads, bytes: 1 << 30 });
    let mut sums = budgets.map(|_| (0.0, 0.0));
    for _ in 0..150 {
        let doc = &docs[random.below(docs.len())];
        let words: Vec<&str> = doc.pieces[0].text.split(' ').collect();
        let text = format!("{} {} ", words[random.below(words.len())], words[random.below(words.len())]);
        let Some(Vector::Made { coordinates, .. }) = &doc.pieces[0].vector else { panic!("one that was made") };
        let vector = random.near(coordinates, 0.6);
        let vector = QueryVector { space: space(), vector };
        for (budget, (with, without)) in budgets.iter().zip(&mut sums) {
            let ask = Ask { budget: *budget, most: 10, ..ask() };
            let found = index.ask_near(&text, Some(&vector), &ask);
            assert!(found.spent.reads <= budget.reads);
            *with += gain(&found, &doc.id);
            *without += gain(&index.ask(&text, &ask), &doc.id);
        }
    }
    for (budget, (with, without)) in budgets.iter().zip(sums) {
        assert!(with >= without, "{budget:?}: {with} after {without}");
    }
    let (with, without) = sums[sums.len() - 1];
    assert!(with > without * 1.2, "all read: {with} after {without}");
}
