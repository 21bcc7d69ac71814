//! The bound against the real tokenizers, and the tables against the real vocabularies.
//! The crate that holds them is for tests only: nothing of it ships but the two tables.
#![expect(clippy::print_stdout, clippy::as_conversions, reason = "the figures are what the run is for")]

use super::super::measured::data;
use super::super::random::Random;
use super::tables::{self, Word};
use super::upper_bound;
use bpe_openai::{Tokenizer, cl100k_base, o200k_base};
use std::collections::{BTreeMap, BTreeSet};

const WORDS: &str = include_str!("words.txt");
const GRAMS: &[u8] = include_bytes!("grams.bin");

fn both() -> [&'static Tokenizer; 2] {
    [o200k_base(), cl100k_base()]
}

fn count(text: &str) -> usize {
    both().into_iter().map(|t| t.count(text)).max().unwrap()
}

fn vocabulary(of: &Tokenizer) -> Vec<&[u8]> {
    (0..of.bpe.num_tokens()).map(|id| of.bpe.token_bytes(u32::try_from(id).unwrap())).collect()
}

/// What may stand before a word and be of one piece with it, but for the space, and the apostrophe that is no such sign.
fn signs() -> impl Iterator<Item = char> {
    ('\0'..='\x7f').filter(|c| !c.is_ascii_alphanumeric() && !matches!(c, ' ' | '\'' | '\n' | '\r'))
}

fn is_anywhere(word: &str) -> bool {
    count(word) == 1 && signs().all(|sign| count(&format!("{sign}{word}")) <= 2)
}

#[test]
fn holds_what_the_tables_claim_of_words() {
    for line in WORDS.lines() {
        let (word, known) = line.strip_prefix('+').map_or((line, Word::Anywhere), |word| (word, Word::AfterBlank));
        assert!(word.len() <= 15 && word.chars().all(|c| c.is_ascii_alphabetic()), "{word}");
        assert!(word.trim_start_matches(|c: char| c.is_uppercase()).chars().all(|c| c.is_lowercase()), "{word}");
        assert_eq!(count(&format!(" {word}")), 1, "{word}");
        assert!(known == Word::AfterBlank || is_anywhere(word), "{word}");
    }
}

#[test]
fn holds_what_the_tables_claim_of_short_tokens() {
    let grams = tables::numbers(GRAMS);
    assert!(grams.len() > 5000 && grams.is_sorted());
    for gram in grams {
        let bytes: Vec<u8> = gram.to_be_bytes().into_iter().skip_while(|b| *b == 0).collect();
        assert!(both().into_iter().all(|t| t.bpe.count(&bytes) == 1), "{bytes:?}");
    }
}

#[test]
fn holds_what_is_claimed_of_digits_and_blanks() {
    let numbers = (0..1000).flat_map(|n| [format!("{n}"), format!("{n:02}"), format!("{n:03}")]);
    for text in numbers.chain((1..80).map(|n| " ".repeat(n))) {
        assert_eq!(count(&text), 1, "{text:?}");
    }
}

/// Pieces that tokenizers treat each in its own way.
#[rustfmt::skip]
const PIECES: &[&str] = &[
    " ", " ", "  ", "\n", "\r\n", "\t", "\u{b}", "\u{a0}", "\u{3000}", "\u{2028}", "\u{85}", "\u{200b}", "a", "e", "s", "t", "re", "ll",
    "the", " the", "The", "THE", " of", "Word", "camelCase", "HTTPServer", "getX", "q", "zx", "xqz", "qwrtpsd", "tion", "aaaa", "ABAB",
    "'", "'s", "'S", "'ll", "'re", "'d", "it's", "y'all've", "\"", "(", ")", "()", "{", "}", ";", "//", "/", "/*", "--", "----", "==",
    "#", "* ", "_", ".", "...", "!", "\u{0}", "\u{1b}", "0", "7", "42", "999", "1234", "deadbeef", "9f86d081", "==\n", "{\n/", ";\n\n",
    "é", "ü", "ß", "Ä", "ñ", "für", "Übung", "Привет", "мир", "ΑΒγδ", "ς", "日", "日本", "語", "ひらがな", "カタカナー", "한국어", "สวัสดี",
    "नमस्ते", "עברית", "العربية", "١", "²", "½", "Ⅷ", "３", "ſ", "K", "ǅ", "ʰ", "\u{301}", "é", "…", "“", "”", "–", "→", "€", "\u{feff}",
    "🙂", "👩‍👩‍👧", "🇩🇪", "\u{1f3fd}", "\u{e000}", "\u{10ffff}", "𝒜", "ꙮ", "ⴚ", "ᄀ", "<|endoftext|>", "<|im_start|>", "=\"", "\\n",
];

fn random_text(random: &mut Random) -> String {
    let pieces = 1 + random.below(24);
    let narrow = random.below(4);
    let letters = ["abc", "etaoin", "qxzjkv", "ACEGQZ", "0123456789abcdef", "abcXYZ019+/="][random.below(6)];
    let mut text = String::new();
    for _ in 0..pieces {
        match (narrow, random.below(10)) {
            (0, _) | (_, 0) => text.extend(letters.chars().nth(random.below(letters.len()))),
            (_, 1) => text.extend(char::from_u32(u32::try_from(random.below(0x11_0000)).unwrap())),
            (_, 2) => text.push(char::from(u8::try_from(random.below(128)).unwrap())),
            (1, _) => text.push_str(WORDS.lines().nth(random.below(4000)).unwrap().trim_start_matches('+')),
            _ => text.push_str(PIECES[random.below(PIECES.len())]),
        }
        if narrow == 1 && random.below(2) == 0 {
            text.push(' ');
        }
    }
    text
}

#[test]
fn is_never_below_the_count_of_random_text() {
    let rounds = std::env::var("QUILLGATE_ROUNDS").ok().and_then(|n| n.parse().ok()).unwrap_or(5_000);
    for seed in 0..rounds {
        let text = random_text(&mut Random::new(seed));
        let (bound, count) = (upper_bound(&text), count(&text));
        assert!(bound as usize >= count, "seed {seed}: {bound} for {count} of {text:?}");
    }
}

#[test]
fn is_never_below_the_count_of_any_three_characters_of_ascii() {
    let all: Vec<char> = ('\0'..='\x7f').collect();
    for (i, first) in all.iter().enumerate() {
        for second in &all {
            // every tenth: all of them take a minute
            for third in all.iter().skip(i % 10).step_by(10) {
                let text = String::from_iter([first, second, third]);
                assert!(upper_bound(&text) as usize >= count(&text), "{text:?}");
            }
        }
    }
}

/// Every text of a folder: JSON strings of some length, else whole files.
fn texts(folder: &std::path::Path, out: &mut BTreeMap<String, Vec<String>>, set: &str) {
    let mut entries: Vec<_> = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|e| e.path()).collect();
    entries.sort();
    for path in entries {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_dir() {
            texts(&path, out, if set.is_empty() { &name } else { set });
        } else if let Ok(text) = std::fs::read_to_string(&path) {
            let to = out.entry(set.to_owned()).or_default();
            match path.extension().and_then(|e| e.to_str()) {
                Some("jsonl") => text.lines().for_each(|line| to.extend(strings(line))),
                Some("json") => to.extend(strings(&text)),
                _ => to.push(text),
            }
        }
    }
}

fn strings(json: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut waiting: Vec<serde_json::Value> = serde_json::from_str(json).into_iter().collect();
    while let Some(value) = waiting.pop() {
        match value {
            serde_json::Value::String(text) if text.len() > 2 => found.push(text),
            serde_json::Value::Array(all) => waiting.extend(all),
            serde_json::Value::Object(all) => waiting.extend(all.into_iter().map(|(_, v)| v)),
            _ => {}
        }
    }
    found
}

#[test]
fn bounds_every_real_text() {
    let Some(data) = data() else { return };
    let mut sets = BTreeMap::new();
    texts(&data, &mut sets, "");
    for (set, mut texts) in sets {
        let step = (texts.iter().map(String::len).sum::<usize>() / 6_000_000).max(1);
        texts.sort();
        let (mut ratios, mut under, mut documents) = ([0.0_f64; 2], 0, 0.0);
        for text in texts.iter().step_by(step) {
            let bound = f64::from(upper_bound(text));
            let counts = both().map(|t| t.count(text.as_str()) as f64);
            documents += 1.0;
            ratios.iter_mut().zip(counts).for_each(|(sum, n)| *sum += bound / n.max(1.0));
            under += usize::from(counts.iter().any(|n| bound < *n));
        }
        let [o200k, cl100k] = ratios.map(|sum| sum / f64::max(documents, 1.0));
        println!("tokens, {set}, {documents} texts: {under} under; bound/o200k {o200k:.2}, bound/cl100k {cl100k:.2}");
        assert_eq!(under, 0, "{set}");
    }
}

/// Writes both tables from the vocabularies: `cargo test --lib writes_the_tables -- --ignored`.
#[test]
#[ignore = "writes two files of the source"]
fn writes_the_tables() {
    let [o200k, cl100k] = both().map(vocabulary);
    let o200k: BTreeSet<&[u8]> = o200k.into_iter().collect();
    // the vocabulary's own order is by how usual a token is
    let common: Vec<&[u8]> = cl100k.into_iter().filter(|token| o200k.contains(token)).collect();
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/content/tokens");
    let mut words: Vec<String> = Vec::new();
    let mut seen = BTreeSet::new();
    for token in common.iter().filter_map(|token| std::str::from_utf8(token).ok()) {
        let word = token.strip_prefix(' ').unwrap_or(token);
        let rest = word.trim_start_matches(|c: char| c.is_ascii_uppercase());
        let fits = !word.is_empty() && word.len() <= 15 && rest.chars().all(|c| c.is_ascii_lowercase());
        if fits && words.len() < 6000 && seen.insert(word.to_owned()) && count(&format!(" {word}")) == 1 {
            words.push(if is_anywhere(word) { format!("{word}\n") } else { format!("+{word}\n") });
        }
    }
    std::fs::write(folder.join("words.txt"), words.concat()).unwrap();
    let number = |token: &[u8]| token.iter().fold(0_u32, |n, byte| n << 8 | u32::from(*byte));
    let short = common.iter().filter(|token| token.first() != Some(&0));
    let pairs = short.clone().filter(|token| token.len() == 2);
    let longer = short.filter(|token| matches!(token.len(), 3 | 4)).take(8000);
    let mut numbers: Vec<u32> = pairs.chain(longer).map(|token| number(token)).collect();
    numbers.sort_unstable();
    let (mut last, mut out) = (0, Vec::new());
    for number in numbers {
        let mut delta = number - last;
        last = number;
        while delta > 0x7f {
            out.push(u8::try_from(delta & 0x7f).unwrap() | 0x80);
            delta >>= 7;
        }
        out.push(u8::try_from(delta).unwrap());
    }
    std::fs::write(folder.join("grams.bin"), out).unwrap();
}
