//! The detectors, one file each: grammar, validator, context, tests, source. This file runs them over a text in one sweep.
//! It neither resolves overlaps nor knows of tokens.
//!
//! A detector is called at its trigger (a byte that starts a digit run, an `@`, a `:`, or a keyword) and reads a bounded window
//! from there, so the whole is linear in the text. To add one: a file, and a line in [`AT_BYTES`] or [`AT_KEYWORDS`].

mod address;
mod card;
mod email;
mod iban;
mod id;
mod ip;
mod mac;
mod phone;
mod secret;
mod wallet;

use super::finding::Finding;
use super::text::Text;
use super::{Kind, KindSet};
use aho_corasick::{AhoCorasick, MatchKind};

/// What starts a byte detector.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Trigger {
    /// The first of a run of digits.
    Digit,
    At,
    Colon,
    /// A byte that full-width digits begin with.
    Wide,
    Dash,
}

/// A detector started by a byte.
struct AtByte {
    kind: Kind,
    trigger: Trigger,
    find: fn(&Text<'_>, usize) -> Option<Finding>,
}

/// A detector started by one of its keywords (ASCII, any case), given the keyword's place.
struct AtKeyword {
    kind: Kind,
    keywords: fn() -> Vec<&'static str>,
    find: fn(&Text<'_>, usize, usize) -> Option<Finding>,
}

const AT_BYTES: &[AtByte] = &[
    AtByte { kind: Kind::Email, trigger: Trigger::At, find: email::find },
    AtByte { kind: Kind::Phone, trigger: Trigger::Digit, find: phone::find },
    AtByte { kind: Kind::Phone, trigger: Trigger::Wide, find: phone::find_wide },
    AtByte { kind: Kind::Address, trigger: Trigger::Digit, find: address::find },
    AtByte { kind: Kind::Postcode, trigger: Trigger::Digit, find: address::find_postcode },
    AtByte { kind: Kind::Card, trigger: Trigger::Digit, find: card::find },
    AtByte { kind: Kind::Iban, trigger: Trigger::Digit, find: iban::find },
    AtByte { kind: Kind::Ip, trigger: Trigger::Digit, find: ip::find_v4 },
    AtByte { kind: Kind::Ip, trigger: Trigger::Colon, find: ip::find_v6 },
    AtByte { kind: Kind::Mac, trigger: Trigger::Digit, find: mac::find },
    AtByte { kind: Kind::Mac, trigger: Trigger::Colon, find: mac::find },
    AtByte { kind: Kind::Mac, trigger: Trigger::Dash, find: mac::find_dashed },
    AtByte { kind: Kind::CryptoWallet, trigger: Trigger::Digit, find: wallet::find },
    AtByte { kind: Kind::UrlCredential, trigger: Trigger::Colon, find: secret::find_url_credential },
];

const AT_KEYWORDS: &[AtKeyword] = &[AtKeyword { kind: Kind::Secret, keywords: secret::keywords, find: secret::find }];

/// The detectors of the chosen kinds, ready to run.
#[derive(Clone)]
pub(super) struct Detectors {
    kinds: KindSet,
    keywords: Option<AhoCorasick>,
    /// Which keyword detector a pattern of the automaton starts.
    owners: Vec<usize>,
}

impl Detectors {
    pub(super) fn of(kinds: KindSet) -> Detectors {
        let (mut patterns, mut owners) = (Vec::new(), Vec::new());
        for (owner, detector) in AT_KEYWORDS.iter().enumerate().filter(|(_, detector)| kinds.has(detector.kind)) {
            for keyword in (detector.keywords)() {
                patterns.push(keyword);
                owners.push(owner);
            }
        }
        // The patterns are constants, so building cannot fail; were it to, no keyword would be looked for, and the tests would say so.
        let keywords = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .ascii_case_insensitive(true)
            .build(patterns)
            .ok();
        Detectors { kinds, keywords, owners }
    }

    /// Everything found, in no order, overlaps included.
    pub(super) fn find(&self, text: &Text<'_>) -> Vec<Finding> {
        let mut findings = Vec::new();
        self.at_bytes(text, &mut findings);
        self.at_keywords(text, &mut findings);
        id::find_beside_labels(text, self.kinds, &mut findings);
        findings
    }

    fn at_bytes(&self, text: &Text<'_>, findings: &mut Vec<Finding>) {
        let mut previous = 0;
        for (at, byte) in text.as_str().bytes().enumerate() {
            let trigger = match byte {
                b'0'..=b'9' if !u8::is_ascii_digit(&previous) => Some(Trigger::Digit),
                b'@' => Some(Trigger::At),
                b':' => Some(Trigger::Colon),
                0xef => Some(Trigger::Wide),
                b'-' => Some(Trigger::Dash),
                _ => None,
            };
            previous = byte;
            let Some(trigger) = trigger else { continue };
            for detector in
                AT_BYTES.iter().filter(|detector| detector.trigger == trigger && self.kinds.has(detector.kind))
            {
                findings.extend((detector.find)(text, at));
            }
            if trigger == Trigger::Digit {
                id::find_alone(text, at, self.kinds, findings);
            }
        }
    }

    fn at_keywords(&self, text: &Text<'_>, findings: &mut Vec<Finding>) {
        let Some(automaton) = &self.keywords else { return };
        for found in automaton.find_iter(text.as_str()) {
            let owner = self.owners.get(found.pattern().as_usize()).and_then(|owner| AT_KEYWORDS.get(*owner));
            findings.extend(owner.and_then(|detector| (detector.find)(text, found.start(), found.end())));
        }
    }
}

/// For the tests of one detector: the passages it finds at every trigger, as text.
#[cfg(test)]
fn passages(text: &str, kind: Kind) -> Vec<String> {
    let found = super::finding::resolve(Detectors::of(KindSet::NONE.with(kind)).find(&Text::new(text)));
    found.iter().map(|finding| text.get(finding.start..finding.end).unwrap().to_owned()).collect()
}
