//! Switzerland, Liechtenstein and Austria: AHV and social-insurance numbers, UID, tax numbers, passports, plates.
//! VAT numbers are in `vat`.
//!
//! Source: AHVV Art. 133 (AHV-Nummer, EAN-13); BFS (UID, mod 11); § 31 ASVG (Versicherungsnummer); BMF (Abgabenkontonummer, mod 10);
//! VVV Art. 45, KDV 1967 § 26 (plates).

use super::Id;
use super::check::{digit, is_day, part, varies, weigh};
use crate::privacy::Kind;

#[rustfmt::skip]
pub(super) const IDS: &[Id] = &[
    Id::of(Kind::NationalId, "CH").shapes(&["756_d{4}_d{4}_d{2}"]).alone(&["756.d{4}.d{4}.d{2}", "756d{10}", "756 d{4} d{4} d{2}", "756-d{4}-d{4}-d{2}"]).check(ahv)
        .labels(&["ahv", "ahv-nr", "ahv-nummer", "ahvn13", "ahvn", "avs", "oasi", "oasi number", "n° avs", "numéro avs", "no avs", "numero avs", "nss", "navs", "sozialversicherungsnummer", "versichertennummer", "sv-nummer", "swiss social security number", "social security number"]),
    Id::of(Kind::TaxId, "CH").shapes(&["CHE_d{3}_d{3}_d{3}"]).alone(&["CHE-?d{3}.d{3}.d{3}", "CHEd{9}", "CHE-d{9}"]).check(uid)
        .labels(&["uid", "uid-nr", "uid-nummer", "numéro ide", "numero idi", "unternehmens-identifikationsnummer", "handelsregister", "swiss business id", "tax id", "tax number"]),
    Id::of(Kind::Passport, "CH").shapes(&["ax{1}d{6}"]).labels(&["schweizer pass", "swiss passport", "passeport suisse", "passnummer", "pass-nr", "reisepass"]),
    Id::of(Kind::HealthId, "CH").shapes(&["80756d{15}", "d{3}.d{2}.d{3}.d{3}"]).labels(&["versichertenkarte", "krankenversicherungskarte", "carte d'assuré", "tessera d'assicurato"]),
    Id::of(Kind::Vehicle, "CH").shapes(&["a{2}[ -]?d{1,6}"]).labels(&["kontrollschild", "autonummer", "kennzeichen", "plaque", "targa"]),
    Id::of(Kind::NationalId, "AT").shapes(&["d{4}_d{6}"]).alone(&["d{4} d{6}"]).check(insured)
        .labels(&["sozialversicherungsnummer", "sozialversicherungsnr", "sozialversicherungs-nr", "sv-nummer", "sv-nr", "svnr", "sv nummer", "sv-nr.", "versicherungsnummer", "vers.nr", "vsnr", "e-card", "austrian social security number", "social security number"]),
    Id::of(Kind::TaxId, "AT").shapes(&["d{2}_d{3}_d{4}"]).alone(&["d{2}-d{3}/d{4}"]).check(account)
        .labels(&["steuernummer", "abgabenkontonummer", "steuer-nr", "st.nr", "st.-nr", "stnr", "austrian tax number", "tax id", "tax number", "tin", "tax identification number"]),
    Id::of(Kind::TaxId, "AT").shapes(&["FN_d{5,6}_?a", "d{5,6}_?a"]).labels(&["firmenbuchnummer", "firmenbuch", "fn-nr"]),
    Id::of(Kind::Passport, "AT").shapes(&["a_d{7}", "a{2}d{7}"]).labels(&["reisepass", "reisepassnummer", "passnummer", "pass-nr", "austrian passport", "österreichischer pass"]),
    Id::of(Kind::DriverLicence, "AT").shapes(&["d{8}", "d{12}"]).labels(&["führerschein", "führerscheinnummer", "führerscheinnr", "führerausweis", "permis de conduire"]),
    Id::of(Kind::Vehicle, "AT").shapes(&["a{1,2}[ -]d{1,5}_?a{1,3}", "a{1,2}[ -]a{1,6}_?d{1,4}"]).labels(&["kennzeichen", "kfz-kennzeichen", "nummerntafel"]),
];

/// EAN-13 under the prefix of Switzerland.
fn ahv(value: &[u8]) -> bool {
    (10 - weigh(value, &[1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3]) % 10) % 10 == digit(value, 12)
}

fn uid(value: &[u8]) -> bool {
    let digits = part(value, 3, 12);
    (11 - weigh(digits, &[5, 4, 3, 2, 7, 6, 5, 4]) % 11) % 11 == digit(digits, 8) && varies(digits)
}

/// Serial, check digit, day of birth; months up to 15 where a day has run out of numbers.
fn insured(value: &[u8]) -> bool {
    let sum = weigh(value, &[3, 7, 9, 0, 5, 8, 4, 2, 1, 6]);
    let day = is_day(part(value, 6, 8), part(value, 4, 6)) || matches!(part(value, 6, 8), b"13" | b"14" | b"15");
    day && value.first() != Some(&b'0') && sum % 11 == digit(value, 3)
}

fn account(value: &[u8]) -> bool {
    let sum: u32 = (0..8)
        .map(|at| {
            let one = digit(value, at) * if at % 2 == 1 { 2 } else { 1 };
            one / 10 + one % 10
        })
        .sum();
    (80 - sum) % 10 == digit(value, 8) && varies(value)
}
