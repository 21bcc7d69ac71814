//! Cues: every keyword that starts a search for a secret, each once, with all that it can mean.
//! It reads no text.

use super::form::{FORMS, Form};
use super::name::{self, Says};
use super::vendor::{GENERIC_SHAPE, Shape};
use super::vendors::{GENERIC, VENDORS};
use super::{curl, private_key, token};
use crate::privacy::detector::keywords::{Keyword, Reach};
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// What a keyword can mean.
#[derive(Default)]
pub(super) struct Cue {
    /// In lower case.
    pub(super) word: String,
    /// Prefixes of keys that are written so, but for case.
    pub(super) forms: Vec<&'static Form>,
    /// Whether it is a mark of a key that has it elsewhere than before it.
    pub(super) mark: bool,
    /// What it says as a name of a value.
    pub(super) says: Option<Says>,
    /// The shapes of the vendor's keys.
    pub(super) shapes: Vec<&'static Shape>,
    /// The fewest characters that a key has of one of these, or of a vendor without one.
    pub(super) least: usize,
    /// The opening of a block with a private key.
    pub(super) block: bool,
    /// An option of curl.
    pub(super) option: bool,
    /// A quotation mark.
    pub(super) quote: bool,
}

/// A keyword, where it may stand, and what it means.
type Row = (&'static str, Reach, fn(&mut Cue, &'static str));

/// All cues, and the keywords that lead to them.
struct Cues {
    cues: Vec<Cue>,
    keywords: Vec<(Keyword, Reach)>,
}

static CUES: LazyLock<Cues> = LazyLock::new(|| {
    let (mut cues, mut keywords, mut places) = (Vec::new(), Vec::new(), BTreeMap::new());
    for (word, reach, mean) in rows() {
        let row = *places.entry(word.to_lowercase()).or_insert_with_key(|lower| {
            cues.push(Cue { word: lower.clone(), ..Cue::default() });
            cues.len() - 1
        });
        cues.get_mut(row).into_iter().for_each(|cue| mean(cue, word));
        keywords.push((Keyword { word, owner: 0, row, begins: false }, reach));
    }
    for cue in &mut cues {
        let least = cue.shapes.iter().map(|shape| shape.prefix.len() + shape.least).min();
        cue.least = least.unwrap_or(GENERIC_SHAPE.least).min(GENERIC_SHAPE.least);
    }
    Cues { cues, keywords }
});

fn rows() -> impl Iterator<Item = Row> {
    let forms = FORMS.iter().map(|form| -> Row { (form.prefix, form_reach(form.prefix), form_of) });
    let marks = token::MARKS.iter().map(|word| -> Row { (word, Reach::Anywhere, |cue, _| cue.mark = true) });
    let names =
        name::keywords().map(|word| -> Row { (word, Reach::Anywhere, |cue, word| cue.says = name::says(word)) });
    let vendors = VENDORS.iter().flat_map(|(names, _)| names.split(' '));
    let vendors = vendors.map(|word| -> Row { (word, Reach::Beginning, shapes_of) });
    let generic = GENERIC.iter().map(|word| -> Row { (word, Reach::Beginning, |_, _| ()) });
    let blocks =
        [private_key::OPENING].into_iter().map(|word| -> Row { (word, Reach::Anywhere, |cue, _| cue.block = true) });
    let options = curl::OPTIONS.iter().map(|word| -> Row { (word, Reach::Anywhere, |cue, _| cue.option = true) });
    let quotes = ["\""].into_iter().map(|word| -> Row { (word, Reach::Quote, |cue, _| cue.quote = true) });
    forms.chain(marks).chain(names).chain(vendors).chain(generic).chain(blocks).chain(options).chain(quotes)
}

/// What follows a short prefix of letters is a key's, in any letters.
fn form_reach(prefix: &str) -> Reach {
    let is_short = prefix.len() < 6 && prefix.bytes().all(|byte| byte.is_ascii_alphabetic());
    let is_shouted =
        prefix.as_bytes().first_chunk().is_some_and(|two: &[u8; 2]| two.iter().all(u8::is_ascii_uppercase));
    if is_short && !is_shouted { Reach::Glued } else { Reach::Beginning }
}

fn form_of(cue: &mut Cue, word: &'static str) {
    cue.forms.extend(FORMS.iter().filter(|form| form.prefix == word));
}

fn shapes_of(cue: &mut Cue, word: &'static str) {
    let own = VENDORS.iter().filter(|(names, _)| names.split(' ').any(|name| name == word));
    cue.shapes = own.flat_map(|(_, shapes)| shapes.iter()).collect();
}

/// Everything that starts a search for a secret, for the table of detectors.
pub(in crate::privacy::detector) fn keywords() -> Vec<(Keyword, Reach)> {
    CUES.keywords.clone()
}

/// The cue of a keyword's row.
pub(super) fn cue(row: usize) -> Option<&'static Cue> {
    CUES.cues.get(row)
}
