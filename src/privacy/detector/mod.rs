//! The detectors, one file each: grammar, validator, context, tests, source. This file lists them; [`sweep`] runs
//! them over a text.
//! It neither resolves overlaps nor knows of tokens.
//!
//! A detector is called at its trigger (a byte that starts a digit run, an `@`, a `:`, or a keyword) and reads a bounded window
//! from there, so the whole is linear in the text. To add one: a file, and a line in [`AT_BYTES`] or [`AT_KEYWORDS`].

mod address;
mod anchors;
mod card;
mod email;
mod iban;
mod id;
mod inside;
mod ip;
mod keywords;
mod mac;
mod obfuscated;
mod phone;
mod secret;
mod sweep;
mod wallet;
mod words;

use super::finding::Finding;
use super::text::Text;
use super::{Kind, KindSet};
use keywords::{Hit, Keyword, Reach};

/// What starts a byte detector: a set of the constants here.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Trigger(u16);

impl Trigger {
    const NONE: Trigger = Trigger(0);
    /// The first of a run of up to ten digits that is no part of a name or of a longer word, capitals before it aside.
    const SHORT: Trigger = Trigger(1);
    /// The first of a run of digits, when the number as written (runs with blanks, points, hyphens, slashes or brackets between) has at least seven
    /// digits from there on.
    const SEVEN: Trigger = Trigger(1 << 1);
    /// The same with twelve digits.
    const TWELVE: Trigger = Trigger(1 << 2);
    /// The same, of one to three digits with a point and a digit behind.
    const DOTTED: Trigger = Trigger(1 << 3);
    /// The same, behind two letters that stand alone, glued or with a blank between.
    const COUNTRY: Trigger = Trigger(1 << 4);
    /// The same, in a word of two, four or twelve letters and digits.
    const PAIR: Trigger = Trigger(1 << 11);
    /// The same, in a word of fourteen letters and digits at least, with letters alone before it.
    const LONG: Trigger = Trigger(1 << 5);
    /// An `@`.
    const AT: Trigger = Trigger(1 << 6);
    /// A colon before two slashes.
    const SCHEME: Trigger = Trigger(1 << 7);
    /// A colon between hexadecimal digits, or two of them.
    const HEX_COLON: Trigger = Trigger(1 << 8);
    /// A byte that full-width digits begin with.
    const WIDE: Trigger = Trigger(1 << 9);
    /// The first hyphen of pairs: a letter before it, another hyphen three bytes on.
    const DASH: Trigger = Trigger(1 << 10);

    /// The first of a run of digits behind what begins a character's number: `%`, `#` or an x.
    const ENCODED: Trigger = Trigger(1 << 12);

    const fn when(self, holds: bool) -> Trigger {
        if holds { self } else { Trigger::NONE }
    }

    const fn or(self, other: Trigger) -> Trigger {
        Trigger(self.0 | other.0)
    }

    /// Of how many constants there may be.
    const COUNT: usize = 13;

    /// The places of its constants.
    fn each(self, visit: impl FnMut(usize)) {
        crate::privacy::classes::each(u64::from(self.0), visit);
    }
}

/// A run of digits and the word it is in; without digits, a mark.
#[derive(Clone, Copy, Default)]
struct Run {
    at: usize,
    /// Of the run; of more than 63, at least 64.
    digits: usize,
    /// Letters directly before it.
    letters: usize,
    /// Of these, the capitals directly before it.
    capitals: usize,
    /// Letters and digits from its first digit on; of more than 63, at least 64.
    ahead: usize,
    /// The digits of the number as written, from there on.
    number: usize,
}

/// A detector started by a byte.
struct AtByte {
    kind: Kind,
    trigger: Trigger,
    find: fn(&Text<'_>, usize) -> Option<Finding>,
}

/// A detector started by one of its keywords, given the keyword's place and row.
struct AtKeyword {
    kind: Kind,
    keywords: fn() -> Vec<(Keyword, Reach)>,
    find: fn(&Text<'_>, Hit) -> Option<Finding>,
}

const AT_BYTES: &[AtByte] = &[
    AtByte { kind: Kind::Email, trigger: Trigger::AT, find: email::find },
    AtByte { kind: Kind::Email, trigger: Trigger::ENCODED, find: obfuscated::find_encoded },
    AtByte { kind: Kind::Phone, trigger: Trigger::SEVEN, find: phone::find },
    AtByte { kind: Kind::Phone, trigger: Trigger::WIDE, find: phone::find_wide },
    AtByte { kind: Kind::Address, trigger: Trigger::SHORT, find: address::find },
    AtByte { kind: Kind::Postcode, trigger: Trigger::SHORT, find: address::find_postcode },
    AtByte { kind: Kind::Card, trigger: Trigger::TWELVE, find: card::find },
    AtByte { kind: Kind::Iban, trigger: Trigger::COUNTRY, find: iban::find },
    AtByte { kind: Kind::Ip, trigger: Trigger::DOTTED, find: ip::find_v4 },
    AtByte { kind: Kind::Ip, trigger: Trigger::HEX_COLON, find: ip::find_v6 },
    AtByte { kind: Kind::Mac, trigger: Trigger::PAIR, find: mac::find },
    AtByte { kind: Kind::Mac, trigger: Trigger::HEX_COLON, find: mac::find },
    AtByte { kind: Kind::Mac, trigger: Trigger::DASH, find: mac::find_dashed },
    AtByte { kind: Kind::CryptoWallet, trigger: Trigger::LONG, find: wallet::find },
    AtByte { kind: Kind::UrlCredential, trigger: Trigger::SCHEME, find: secret::find_url_credential },
];

const AT_KEYWORDS: &[AtKeyword] = &[
    AtKeyword { kind: Kind::Secret, keywords: secret::keywords, find: secret::find },
    AtKeyword { kind: Kind::Email, keywords: obfuscated::keywords, find: obfuscated::find },
];

/// The detectors of the chosen kinds; [`sweep`] runs them.
#[derive(Clone, Copy)]
pub(super) struct Detectors {
    kinds: KindSet,
    /// For each trigger the rows of [`AT_BYTES`] that it starts, a bit each.
    rows: [u64; Trigger::COUNT],
    /// A kind of the identity numbers is chosen.
    ids: bool,
    /// One that keywords start is.
    keywords: bool,
}

impl Detectors {
    pub(super) fn of(kinds: KindSet) -> Detectors {
        let mut rows = [0; Trigger::COUNT];
        for (at, row) in AT_BYTES.iter().enumerate().filter(|(_, row)| kinds.has(row.kind)) {
            row.trigger.each(|trigger| rows.get_mut(trigger).into_iter().for_each(|rows| *rows |= 1 << at));
        }
        let ids = id::is_any_of(kinds);
        Detectors { kinds, rows, ids, keywords: ids || AT_KEYWORDS.iter().any(|row| kinds.has(row.kind)) }
    }
}

/// For the tests of one detector: the passages it finds at every trigger, as text.
#[cfg(test)]
fn passages(text: &str, kind: Kind) -> Vec<String> {
    let found = super::finding::resolve(Detectors::of(KindSet::NONE.with(kind)).find(&Text::new(text)));
    found.iter().map(|finding| text.get(finding.start..finding.end).unwrap().to_owned()).collect()
}
