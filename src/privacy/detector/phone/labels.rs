//! The words that say a number is a telephone number, in the languages of the countries covered.
//! It judges no number.

use super::Text;
use crate::privacy::text::Beginnings;
use aho_corasick::AhoCorasick;
use std::sync::{LazyLock, OnceLock};

/// Whether the text before a number says that it is a telephone's, and not another's.
pub(super) fn is_labelled(text: &Text<'_>, number: usize) -> bool {
    static BEGINNINGS: LazyLock<Beginnings> = LazyLock::new(|| Beginnings::of(LABELS.iter().copied()));
    BEGINNINGS.may_be_before(text, number, REACH) && says(&text.lead(number, REACH))
}

/// How far before a number a word is looked for.
const REACH: usize = 32;

fn says(lead: &str) -> bool {
    static WORDS: OnceLock<Option<AhoCorasick>> = OnceLock::new();
    let words = WORDS.get_or_init(|| AhoCorasick::new(LABELS.iter().chain(OTHERS)).ok());
    let Some(words) = words else { return false };
    let text = Text::new(lead);
    let mut labelled = false;
    for found in words.find_overlapping_iter(lead) {
        let letter_behind = text.char_at(found.end()).is_some_and(char::is_alphabetic);
        if text.char_before(found.start()).is_some_and(char::is_alphanumeric) || letter_behind {
            continue;
        }
        if found.pattern().as_usize() >= LABELS.len() {
            return false;
        }
        labelled = true;
    }
    labelled
}

/// Words behind a number.
pub(super) const BEHIND: &[&str] = &["office", "fax", "mobile", "cell", "home", "work", "phone", "mobil", "privat"];

/// Words that say a number is another's than a telephone's.
#[rustfmt::skip]
const OTHERS: &[&str] = &[
    "license", "licence", "passport", "account", "card", "ssn", "order", "invoice", "serial", "tracking", "routing", "konto", "ausweis",
    "security",
];

/// Words of the six languages that say a telephone number follows.
#[rustfmt::skip]
const LABELS: &[&str] = &[
    "tel", "telephone", "phone", "phone no", "mobile", "mob", "cell", "fax", "call", "dial", "sms", "whatsapp", "hotline", "ring", "reached at",
    "reach me", "contact number", "contact", "answering at", "messages to", "text me", "ph", "telefon", "telefonnummer", "handy", "handynummer", "rufnummer", "mobil", "mobilnummer", "anrufen", "rückruf",
    "téléphone", "tél", "portable", "téléphonique", "appeler", "teléfono", "telefono", "móvil", "llamar", "celular", "cellulare", "chiamare",
    "телефон", "тел", "моб", "звонить", "факс", "phone number", "number is", "numéro",
    "landline", "pager", "voicemail", "toll-free", "helpline", "reach him", "reach her", "telephone no", "tel no", "mob no", "cell no", "call me", "durchwahl", "festnetz", "mobilfunk", "telefonisch", "natel", "gsm",
    "appelez", "joindre au", "fixe", "llame", "llámame", "fijo", "cell", "telefonare", "chiama", "fisso", "recapito", "позвоните", "звоните", "мобильный", "сотовый", "номер телефона", "bel", "telefoonnummer", "mobiel", "zadzwoń", "komórka", "tel kom",
];
