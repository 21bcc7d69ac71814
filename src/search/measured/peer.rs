//! The peer of the measurement: BM25 with k1 1.2 and b 0.75 over Snowball stems, names split as well as kept.
//! It is nothing of the product.

use frostem::{Algorithm, Stemmer};
use std::collections::HashMap;

/// Every posting with its weight.
pub(super) struct Bm25 {
    postings: HashMap<String, Vec<(usize, f32)>>,
    texts: usize,
}

impl Bm25 {
    pub(super) fn new(texts: impl Iterator<Item = String>) -> Self {
        let tokens: Vec<Vec<String>> = texts.map(|text| tokens(&text)).collect();
        let average = tokens.iter().map(Vec::len).sum::<usize>() as f32 / tokens.len() as f32;
        let mut postings: HashMap<String, Vec<(usize, f32)>> = HashMap::new();
        for (at, tokens) in tokens.iter().enumerate() {
            let mut counts: HashMap<&str, f32> = HashMap::new();
            tokens.iter().for_each(|token| *counts.entry(token).or_default() += 1.0);
            let norm = 1.2 * (1.0 - 0.75 + 0.75 * tokens.len() as f32 / average);
            for (token, count) in counts {
                postings.entry(token.to_owned()).or_default().push((at, count * 2.2 / (count + norm)));
            }
        }
        Self { postings, texts: tokens.len() }
    }

    pub(super) fn search(&self, text: &str) -> Vec<f32> {
        let mut scores = vec![0.0; self.texts];
        for postings in tokens(text).iter().filter_map(|token| self.postings.get(token)) {
            let (all, with) = (self.texts as f32, postings.len() as f32);
            let idf = (1.0 + (all - with + 0.5) / (with + 0.5)).ln();
            postings.iter().for_each(|(at, weight)| scores[*at] += idf * weight);
        }
        scores
    }
}

/// Words stemmed; those with capitals, digits or underscores inside also in their parts.
fn tokens(text: &str) -> Vec<String> {
    let stemmer = Stemmer::new(Algorithm::English);
    let mut out = Vec::new();
    for word in text.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty()) {
        out.push(stemmer.stem(&word.to_lowercase()).into_owned());
        let parts = parts(word);
        if parts.len() > 1 {
            out.extend(parts.iter().map(|part| stemmer.stem(&part.to_lowercase()).into_owned()));
        }
    }
    out
}

fn parts(word: &str) -> Vec<String> {
    let letters: Vec<char> = word.chars().collect();
    let mut out = vec![String::new()];
    for (at, letter) in letters.iter().enumerate() {
        let before = at.checked_sub(1).map(|at| letters[at]);
        let begins = before.is_some_and(|before| {
            let next_small = letters.get(at + 1).is_some_and(|next| next.is_lowercase());
            (before.is_lowercase() && letter.is_uppercase())
                || (before.is_uppercase() && letter.is_uppercase() && next_small)
                || before.is_numeric() != letter.is_numeric()
                || before == '_'
                || *letter == '_'
        });
        if begins {
            out.push(String::new());
        }
        if *letter != '_' {
            out.last_mut().unwrap().push(*letter);
        }
    }
    out.retain(|part| !part.is_empty());
    out
}
