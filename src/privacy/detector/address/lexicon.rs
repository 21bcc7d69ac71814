//! What a word means in an address, over all languages together: one look-up a word.
//! It holds no words; each file of [`super::language`] has those of one language.

use super::Text;
use aho_corasick::{AhoCorasick, Match};
use foldhash::HashMap;
use std::sync::OnceLock;

/// The words of one language, in lower case and without dots.
pub(super) struct Lexicon {
    /// Street types that stand before the name: "rue", "calle".
    pub(super) opens: &'static [&'static str],
    /// Street types that stand behind the name.
    pub(super) closes: &'static [&'static str],
    /// Street types behind the name with the house number behind them: "Lange Straße 5".
    pub(super) closes_before_number: &'static [&'static str],
    /// Those of the types that mean much else.
    pub(super) weak: &'static [&'static str],
    /// Street types grown together with the name.
    pub(super) endings: &'static [&'static str],
    /// The same, where many other words end so too.
    pub(super) weak_endings: &'static [&'static str],
    /// Roads known by a number or a letter.
    pub(super) routes: &'static [&'static str],
    /// Words that may begin a street's name without a type: "Am", "Unter".
    pub(super) prepositions: &'static [&'static str],
    /// Parts of a house: flat, floor, staircase.
    pub(super) units: &'static [&'static str],
    /// Post-office boxes.
    pub(super) boxes: &'static [&'static str],
    /// Small words inside names of streets and towns.
    pub(super) links: &'static [&'static str],
    /// Points of the compass.
    pub(super) directions: &'static [&'static str],
    /// Words and signs for "number" before one.
    pub(super) marks: &'static [&'static str],
    /// What follows a house number that was taken twice.
    pub(super) repeats: &'static [&'static str],
    /// States and provinces; of a name in several words the last.
    pub(super) regions: &'static [&'static str],
    /// Countries; of a name in several words each that is not a link.
    pub(super) countries: &'static [&'static str],
    /// Words before or after the name of a town or region.
    pub(super) towns: &'static [&'static str],
    /// Houses and estates, which stand on a line of their own.
    pub(super) houses: &'static [&'static str],
    /// Words that say an address follows.
    pub(super) labels: &'static [&'static str],
}

/// The meanings of a word: a set of the constants here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Class(u32);

impl Class {
    pub(super) const NONE: Class = Class(0);
    pub(super) const OPEN: Class = Class(1);
    pub(super) const CLOSE: Class = Class(1 << 1);
    pub(super) const BEFORE_NUMBER: Class = Class(1 << 2);
    pub(super) const WEAK: Class = Class(1 << 3);
    pub(super) const GROWN: Class = Class(1 << 4);
    pub(super) const ROUTE: Class = Class(1 << 5);
    pub(super) const PREPOSITION: Class = Class(1 << 6);
    pub(super) const UNIT: Class = Class(1 << 7);
    pub(super) const BOX: Class = Class(1 << 8);
    pub(super) const LINK: Class = Class(1 << 9);
    pub(super) const DIRECTION: Class = Class(1 << 10);
    pub(super) const MARK: Class = Class(1 << 11);
    pub(super) const REPEAT: Class = Class(1 << 12);
    pub(super) const REGION: Class = Class(1 << 13);
    pub(super) const COUNTRY: Class = Class(1 << 14);
    pub(super) const TOWN: Class = Class(1 << 15);
    pub(super) const HOUSE: Class = Class(1 << 16);

    pub(super) const fn or(self, other: Class) -> Class {
        Class(self.0 | other.0)
    }

    /// Whether it has any of the meanings of the other.
    pub(super) const fn is(self, other: Class) -> bool {
        self.0 & other.0 != 0
    }
}

/// The meanings of a word as written.
pub(super) fn class_of(written: &str) -> Class {
    if !words().may_have(written.as_bytes()) {
        return Class::NONE;
    }
    let mut lower = [0; 48];
    if !written.is_ascii() {
        return class_of_lower(&written.to_lowercase().replace('.', ""));
    }
    let letters = written.bytes().filter(|byte| *byte != b'.').map(|byte| byte.to_ascii_lowercase());
    let length = lower.iter_mut().zip(letters).map(|(to, from)| *to = from).count();
    lower.get(..length).and_then(|word| std::str::from_utf8(word).ok()).map_or(Class::NONE, class_of_lower)
}

/// Whether one of the labels of all languages stands in the lower-case text before an address, as a word.
pub(super) fn has_label(lead: &str) -> bool {
    static LABELS: OnceLock<Option<AhoCorasick>> = OnceLock::new();
    let automaton = LABELS.get_or_init(|| {
        let labels = super::language::ALL.iter().flat_map(|lexicon| lexicon.labels);
        AhoCorasick::new(labels).ok()
    });
    let text = Text::new(lead);
    // An IP or e-mail address is none of these.
    let technical = |at: usize| TECHNICAL.iter().any(|word| text.slice(0..at).trim_end().ends_with(word));
    let whole =
        |found: Match| !text.word_before(found.start()) && !text.word_at(found.end()) && !technical(found.start());
    automaton.as_ref().is_some_and(|automaton| automaton.find_overlapping_iter(lead).any(whole))
}

const TECHNICAL: &[&str] = &["ip", "mac", "mail", "memory", "host", "bind", "base", "remote", "local"];

fn class_of_lower(word: &str) -> Class {
    let words = words();
    if let Some(class) = words.whole.get(word) {
        return *class;
    }
    let tail = word.as_bytes().last_chunk::<2>().and_then(|tail| words.endings.get(tail));
    let endings = tail.map(Vec::as_slice).unwrap_or_default();
    let grown = |ending: &&(&str, Class)| word.len() > ending.0.len() + 1 && word.ends_with(ending.0);
    endings.iter().find(grown).map_or(Class::NONE, |(_, class)| *class)
}

/// The words of all languages.
#[derive(Default)]
struct Words {
    whole: HashMap<&'static str, Class>,
    /// What grown-together words end in, by its last two bytes; the sure ones first.
    endings: HashMap<[u8; 2], Vec<(&'static str, Class)>>,
    /// How those begin that are whole, and how the others end: a bit each, see [`whole_slot`] and [`ending_slot`].
    known: Vec<u64>,
}

impl Words {
    /// Whether a word as written may have a meaning: one look turns most words down.
    fn may_have(&self, written: &[u8]) -> bool {
        let has = |slot: usize| self.known.get(slot / 64).is_some_and(|word| word >> (slot % 64) & 1 == 1);
        // Dots do not count, and beyond ASCII the case is not known.
        has(whole_slot(written))
            || has(ending_slot(written))
            || written.iter().any(|byte| *byte == b'.' || !byte.is_ascii())
    }

    fn know(&mut self, slot: usize) {
        self.known.resize(SLOTS / 64, 0);
        self.known.get_mut(slot / 64).into_iter().for_each(|word| *word |= 1 << (slot % 64));
    }
}

const SLOT_BITS: u32 = 15;
const SLOTS: usize = 1 << SLOT_BITS;

/// Of a word by its first bytes, in any case, and how long it is.
fn whole_slot(word: &[u8]) -> usize {
    slot(folded(word.iter().take(7)) << 8 | u64::try_from(word.len().min(LONGEST_KNOWN)).unwrap_or_default())
}

/// Of an ending by its last three bytes, in any case.
fn ending_slot(word: &[u8]) -> usize {
    slot(folded(word.iter().rev().take(3)))
}

fn folded<'a>(bytes: impl Iterator<Item = &'a u8>) -> u64 {
    bytes.fold(0, |folded, byte| folded << 8 | u64::from(byte | 0x20))
}

/// Knuth's multiplicative hash.
fn slot(key: u64) -> usize {
    usize::try_from(key.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (64 - SLOT_BITS)).unwrap_or_default()
}

/// Longer words are not told apart by their length.
const LONGEST_KNOWN: usize = 31;

fn words() -> &'static Words {
    static WORDS: OnceLock<Words> = OnceLock::new();
    WORDS.get_or_init(|| {
        let mut words = Words::default();
        for lexicon in super::language::ALL {
            for (list, class) in classes(lexicon) {
                for word in list {
                    let known = words.whole.entry(word).or_default();
                    *known = known.or(class);
                    words.know(whole_slot(word.as_bytes()));
                }
            }
        }
        let all = super::language::ALL.iter();
        let sure = all.clone().flat_map(|lexicon| lexicon.endings).map(|ending| (*ending, Class::GROWN));
        let weak = all.flat_map(|lexicon| lexicon.weak_endings).map(|ending| (*ending, Class::GROWN.or(Class::WEAK)));
        for (ending, class) in sure.chain(weak) {
            if let Some(tail) = ending.as_bytes().last_chunk::<2>() {
                words.endings.entry(*tail).or_default().push((ending, class));
                words.know(ending_slot(ending.as_bytes()));
            }
        }
        words
    })
}

/// The lists of a language, with what being in one means.
fn classes(lexicon: &Lexicon) -> [(&'static [&'static str], Class); 16] {
    [
        (lexicon.opens, Class::OPEN),
        (lexicon.closes, Class::CLOSE),
        (lexicon.closes_before_number, Class::CLOSE.or(Class::BEFORE_NUMBER)),
        (lexicon.weak, Class::WEAK),
        (lexicon.routes, Class::ROUTE),
        (lexicon.prepositions, Class::PREPOSITION),
        (lexicon.units, Class::UNIT),
        (lexicon.boxes, Class::BOX),
        (lexicon.links, Class::LINK),
        (lexicon.directions, Class::DIRECTION),
        (lexicon.marks, Class::MARK),
        (lexicon.repeats, Class::REPEAT),
        (lexicon.regions, Class::REGION),
        (lexicon.countries, Class::COUNTRY),
        (lexicon.towns, Class::TOWN),
        (lexicon.houses, Class::HOUSE),
    ]
}

/// No words: what a language's file begins from.
pub(super) const EMPTY: Lexicon = Lexicon {
    opens: &[],
    closes: &[],
    closes_before_number: &[],
    weak: &[],
    endings: &[],
    weak_endings: &[],
    routes: &[],
    prepositions: &[],
    units: &[],
    boxes: &[],
    links: &[],
    directions: &[],
    marks: &[],
    repeats: &[],
    regions: &[],
    countries: &[],
    towns: &[],
    houses: &[],
    labels: &[],
};
