//! The detectors, one file each: grammar, validator, context, tests, source. This file lists them; [`sweep`] runs
//! them over a text.
//! It neither resolves overlaps nor knows of tokens.
//!
//! A detector is called at its trigger (a byte that starts a digit run, an `@`, a `:`, or a keyword) and reads a bounded window
//! from there, so the whole is linear in the text. To add one: a file, and a line in [`AT_BYTES`] or [`AT_KEYWORDS`].

mod address;
mod card;
mod email;
mod iban;
mod id;
mod inside;
mod ip;
mod keywords;
mod mac;
mod phone;
mod secret;
mod sweep;
mod wallet;
mod words;

use super::finding::Finding;
use super::text::Text;
use super::{Kind, KindSet};
use keywords::{Hit, Keyword, Reach};

/// What starts a byte detector.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Trigger {
    /// The first of a run of digits.
    Digit,
    /// The same, when the number as written (runs with blanks, points, hyphens, slashes or brackets between) has at least so
    /// many digits from there on.
    Number(usize),
    /// The same, of one to three digits with a point and a digit behind.
    Dotted,
    /// The same, behind two letters that stand alone, glued or with a blank between.
    Country,
    At,
    Colon,
    /// A colon between hexadecimal digits, or two of them.
    HexColon,
    /// A byte that full-width digits begin with.
    Wide,
    /// The first hyphen of pairs: a letter before it, another hyphen three bytes on.
    Dash,
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
    AtByte { kind: Kind::Email, trigger: Trigger::At, find: email::find },
    AtByte { kind: Kind::Phone, trigger: Trigger::Number(7), find: phone::find },
    AtByte { kind: Kind::Phone, trigger: Trigger::Wide, find: phone::find_wide },
    AtByte { kind: Kind::Address, trigger: Trigger::Digit, find: address::find },
    AtByte { kind: Kind::Postcode, trigger: Trigger::Digit, find: address::find_postcode },
    AtByte { kind: Kind::Card, trigger: Trigger::Number(12), find: card::find },
    AtByte { kind: Kind::Iban, trigger: Trigger::Country, find: iban::find },
    AtByte { kind: Kind::Ip, trigger: Trigger::Dotted, find: ip::find_v4 },
    AtByte { kind: Kind::Ip, trigger: Trigger::HexColon, find: ip::find_v6 },
    AtByte { kind: Kind::Mac, trigger: Trigger::Digit, find: mac::find },
    AtByte { kind: Kind::Mac, trigger: Trigger::HexColon, find: mac::find },
    AtByte { kind: Kind::Mac, trigger: Trigger::Dash, find: mac::find_dashed },
    AtByte { kind: Kind::CryptoWallet, trigger: Trigger::Digit, find: wallet::find },
    AtByte { kind: Kind::UrlCredential, trigger: Trigger::Colon, find: secret::find_url_credential },
];

const AT_KEYWORDS: &[AtKeyword] = &[AtKeyword { kind: Kind::Secret, keywords: secret::keywords, find: secret::find }];

/// The detectors of the chosen kinds; [`sweep`] runs them.
#[derive(Clone, Copy)]
pub(super) struct Detectors {
    kinds: KindSet,
}

impl Detectors {
    pub(super) const fn of(kinds: KindSet) -> Detectors {
        Detectors { kinds }
    }
}

/// For the tests of one detector: the passages it finds at every trigger, as text.
#[cfg(test)]
fn passages(text: &str, kind: Kind) -> Vec<String> {
    let found = super::finding::resolve(Detectors::of(KindSet::NONE.with(kind)).find(&Text::new(text)));
    found.iter().map(|finding| text.get(finding.start..finding.end).unwrap().to_owned()).collect()
}
