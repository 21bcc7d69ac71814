//! Germany: tax, pension and health-insurance numbers, identity documents, plates, bank accounts.
//! VAT numbers are in `vat`, IBANs in their own detector.
//!
//! Source: § 139b AO and the Bundeszentralamt für Steuern (IdNr., ISO 7064 mod 11-10); § 2 VKVV (Versicherungsnummer); § 290 SGB V
//! and GKV-Spitzenverband (KVNR); KBV (LANR, BSNR); § 8 FZV (Kennzeichen); § 5 PAuswV (Seriennummer).

use super::Id;
use super::check::{digit, mod11_10, part, varies, weigh};
use crate::privacy::Kind;

#[rustfmt::skip]
pub(super) const IDS: &[Id] = &[
    Id::of(Kind::TaxId, "DE").shapes(&["d{2}_d{3}_d{3}_d{3}"]).alone(&["d{2} d{3} d{3} d{3}", "d{11}"]).check(tax_id)
        .labels(&["steuer-id", "steuerid", "steuer-idnr", "steuer-identnummer", "steuer-identifikationsnummer", "steueridentifikationsnummer", "steuerliche identifikationsnummer", "identifikationsnummer", "idnr", "id-nr", "steuer-id-nr", "steuer id", "steuernummer", "steuer-nr", "german tax id", "tax identification number", "tax id", "tin"]),
    Id::of(Kind::TaxId, "DE").shapes(&["d{2,3}/d{3,4}/d{4,5}", "d{2,5}_d{3,4}_d{4,5}", "d{10,13}"]).check(varies)
        .labels(&["steuernummer", "steuer-nr", "steuernr", "st.-nr", "st-nr", "stnr", "st.nr", "steuer-nummer", "german tax number", "tax number"]),
    Id::of(Kind::NationalId, "DE").shapes(&["d{2}_d{6}_a_d{3}"]).alone(&["d{8}ad{3}", "d{2} d{6} a d{3}"]).check(pension)
        .labels(&["rentenversicherungsnummer", "rentenversicherungsnr", "rvnr", "rv-nummer", "rv-nr", "rentenversicherung", "sozialversicherungsnummer", "sozialversicherungsnr", "sozialversicherungs-nr", "sv-nummer", "sv-nr", "svnr", "versicherungsnummer", "versicherungsnr", "vsnr", "german social security number", "social security number", "social insurance number"]),
    Id::of(Kind::HealthId, "DE").shapes(&["a_d{9}"]).alone(&["ad{9}"]).check(health)
        .labels(&["krankenversichertennummer", "krankenversicherungsnummer", "krankenversicherungs-nr", "krankenkassennummer", "krankenkasse", "versichertennummer", "versicherten-nr", "versichertennr", "kvnr", "kv-nummer", "kv-nr", "egk-nummer", "egk", "gesundheitskarte", "health insurance number"]),
    Id::of(Kind::HealthId, "DE").shapes(&["d{9}"]).check(doctor).labels(&["lanr", "arztnummer", "lebenslange arztnummer", "arzt-nr"]),
    Id::of(Kind::HealthId, "DE").shapes(&["d{9}"]).check(varies).labels(&["bsnr", "betriebsstättennummer", "betriebsstaettennummer", "betriebsstätte"]),
    Id::of(Kind::NationalId, "DE").shapes(&["ax{8}d?", "d{9,10}"]).check(document)
        .labels(&["personalausweis", "personalausweisnummer", "personalausweisnr", "perso-nr", "ausweisnummer", "ausweisnr", "ausweis-nr", "ausweis", "german id card", "german id", "npa"]),
    Id::of(Kind::NationalId, "DE").alone(&["[LMNPRTVWXYZ]dx{6}d"]).check(machine_readable),
    Id::of(Kind::Passport, "DE").alone(&["[CFGHJK]dx{6}d"]).check(machine_readable),
    Id::of(Kind::Passport, "DE").shapes(&["[CFGHJK]x{8}d?", "ax{8}d?", "d{9,10}"]).check(document)
        .labels(&["reisepass", "reisepassnummer", "reisepassnr", "reisepass-nr", "passnummer", "passnr", "pass-nr", "german passport"]),
    Id::of(Kind::DriverLicence, "DE").shapes(&["x{1,3}_?d{7,9}x", "ax{10}", "a{1,2}d{7,9}x?"]).check(document)
        .labels(&["führerschein", "führerscheinnummer", "fuehrerschein", "führerscheinnr", "führerschein-nr", "fahrerlaubnis", "fahrerlaubnisnummer", "german driving licence", "german driver's license"]),
    Id::of(Kind::Vehicle, "DE").shapes(&["p{1,3}[ -]a{1,2}[ -]d{1,4}_?[EH]?", "p{1,3}[ -]a{1,2}d{1,4}[EH]?"])
        .labels(&["kennzeichen", "kfz-kennzeichen", "kfz", "nummernschild", "autokennzeichen", "amtliches kennzeichen", "german plate"]),
    Id::of(Kind::BankAccount, "DE").shapes(&["d{5,10}"]).check(varies)
        .labels(&["kontonummer", "konto-nr", "kontonr", "kto-nr", "kto.-nr", "kto", "kto.nr", "kto.", "bankkonto", "girokonto"]),
    Id::of(Kind::BankAccount, "DE").shapes(&["d{3}_d{3}_d{2}"]).check(varies).labels(&["bankleitzahl", "blz"]),
];

/// One digit of the first ten stands twice or three times, the others once or not at all.
fn tax_id(value: &[u8]) -> bool {
    let counts = (b'0'..=b'9').map(|digit| part(value, 0, 10).iter().filter(|byte| **byte == digit).count());
    let repeated: Vec<usize> = counts.filter(|count| *count > 1).collect();
    value.len() == 11 && value.first() != Some(&b'0') && matches!(repeated.as_slice(), [2 | 3]) && mod11_10(value)
}

/// Area, day of birth, letter, serial number, check digit: cross sums of weighted digits, the letter as two.
fn pension(value: &[u8]) -> bool {
    let letter = digit(value, 8).saturating_sub(9);
    let digits: Vec<u32> = (0..8)
        .map(|at| digit(value, at))
        .chain([letter / 10, letter % 10, digit(value, 9), digit(value, 10)])
        .collect();
    let sum: u32 =
        digits.iter().zip([2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1]).map(|(digit, weight)| cross_sum(digit * weight)).sum();
    // Days above 31 tell numbers apart that were given later.
    let day = digit(value, 2) * 10 + digit(value, 3);
    let month = digit(value, 4) * 10 + digit(value, 5);
    (1..=81).contains(&day) && (1..=12).contains(&month) && sum % 10 == digit(value, 11)
}

/// A letter as two digits and eight more, weighted 1 and 2 in turn.
fn health(value: &[u8]) -> bool {
    let letter = digit(value, 0).saturating_sub(9);
    let digits = [letter / 10, letter % 10].into_iter().chain((1..9).map(|at| digit(value, at)));
    let sum: u32 = digits.enumerate().map(|(at, digit)| cross_sum(if at % 2 == 0 { digit } else { digit * 2 })).sum();
    sum % 10 == digit(value, 9)
}

/// Six digits, a check digit by 4 and 9 in turn, two of the specialty.
fn doctor(value: &[u8]) -> bool {
    (10 - weigh(value, &[4, 9, 4, 9, 4, 9]) % 10) % 10 == digit(value, 6)
}

/// Nine characters of which the last is a check digit by 7, 3, 1; five digits at least.
fn machine_readable(value: &[u8]) -> bool {
    let digits = value.iter().filter(|byte| byte.is_ascii_digit()).count();
    let vowel = value.iter().any(|byte| b"AEIOU".contains(byte));
    digits >= 5 && !vowel && weigh(value, &[7, 3, 1, 7, 3, 1, 7, 3]) % 10 == digit(value, 8)
}

/// A document's number has digits, four at least.
fn document(value: &[u8]) -> bool {
    value.iter().filter(|byte| byte.is_ascii_digit()).count() >= 4
}

const fn cross_sum(number: u32) -> u32 {
    number / 10 + number % 10
}
