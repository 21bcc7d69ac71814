//! The Netherlands, Belgium and Luxembourg: BSN, national register numbers, identity documents, plates.
//! VAT numbers are in `vat`.
//!
//! Source: Besluit burgerservicenummer (elfproef); KB 8 januari 1982 (rijksregisternummer, mod 97); RNPP (Luxembourg: Luhn and Verhoeff);
//! RDW sidecodes (plates).

use super::Id;
use super::check::{digit, is_day, luhn, number, part, varies, verhoeff, weigh};
use crate::privacy::Kind;

#[rustfmt::skip]
pub(super) const IDS: &[Id] = &[
    Id::of(Kind::NationalId, "NL").shapes(&["d{4}_d{2}_d{3}", "d{8}"]).check(bsn)
        .labels(&["bsn", "bsn-nummer", "burgerservicenummer", "burgerservicenr", "burger service nummer", "sofinummer", "sofi-nummer", "sofi", "persoonsnummer", "persoonsgebonden nummer", "onderwijsnummer", "dutch id", "citizen service number", "rsin", "fiscaal nummer", "national id", "social security number", "tax id", "tax number", "tin"]),
    Id::of(Kind::NationalId, "NL").shapes(&["a{2}x{6}d"]).check(document).labels(&["identiteitskaart", "id-kaart", "identiteitsbewijs", "documentnummer", "dutch id card"]),
    Id::of(Kind::Passport, "NL").shapes(&["a{2}x{6}d"]).check(document).labels(&["paspoort", "paspoortnummer", "dutch passport"]),
    Id::of(Kind::DriverLicence, "NL").shapes(&["d{10}"]).labels(&["rijbewijs", "rijbewijsnummer", "rijbewijsnr"]),
    Id::of(Kind::TaxId, "NL").shapes(&["d{8}"]).labels(&["kvk", "kvk-nummer", "kamer van koophandel", "kvknummer"]),
    Id::of(Kind::Vehicle, "NL").shapes(&["x{2}-x{2}-x{2}", "x{1,2}-x{3}-x{1,2}", "x{3}-x{2}-x", "d-?a{3}-?d{3}"]).labels(&["kenteken", "nummerplaat", "kentekenplaat"]),
    Id::of(Kind::BankAccount, "NL").shapes(&["d{3,4}_d{2}_d{2}_d{2,3}"]).labels(&["rekeningnummer", "bankrekening", "rekening"]),
    Id::of(Kind::NationalId, "BE").shapes(&["d{2}_d{2}_d{2}_d{3}_d{2}"]).alone(&["d{2}.d{2}.d{2}-d{3}.d{2}", "d{2}.d{2}.d{2}-d{3}-d{2}", "d{6}-d{3}.d{2}", "d{6}-d{3}-d{2}", "d{6} d{3} d{2}", "d{11}", "d{2}/d{4}-d{5}"]).check(register)
        .labels(&["rijksregisternummer", "rijksregister", "rijksregisternr", "rrn", "insz", "insz-nummer", "niss", "bis-nummer", "bisnummer", "numéro national", "numéro de registre national", "registre national", "numéro bis", "n° national", "belgian national number", "national number", "national register number", "national id", "ssn", "social security number", "tax id", "tin"]),
    Id::of(Kind::NationalId, "BE").shapes(&["d{3}_d{7}_d{2}"]).alone(&["d{3}-d{7}-d{2}"]).check(card)
        .labels(&["identiteitskaart", "identiteitskaartnummer", "carte d'identité", "carte d’identité", "eid", "kaartnummer", "belgian id card", "id card"]),
    Id::of(Kind::Passport, "BE").shapes(&["a{2}_d{6}"]).labels(&["paspoort", "passeport", "belgian passport"]),
    Id::of(Kind::TaxId, "BE").shapes(&["d{4}_d{3}_d{3}"]).alone(&["0d{3}.d{3}.d{3}"]).check(enterprise)
        .labels(&["ondernemingsnummer", "kbo", "kbo-nummer", "bce", "numéro d'entreprise", "numéro bce", "enterprise number"]),
    Id::of(Kind::Vehicle, "BE").shapes(&["d[ -]a{3}[ -]d{3}", "a{3}[ -]?d{3}"]).labels(&["nummerplaat", "kentekenplaat", "plaque d'immatriculation", "immatriculation", "plaque"]),
    Id::of(Kind::NationalId, "LU").shapes(&["d{4}_d{2}_d{2}_d{3}_d{2}"]).check(matricule)
        .labels(&["matricule", "numéro de matricule", "numéro d'identification national", "luxembourg id"]),
];

/// Nine digits weighted nine to one, the last by minus one, divide by eleven.
fn bsn(value: &[u8]) -> bool {
    let padded = [b"0".repeat(9usize.saturating_sub(value.len())).as_slice(), value].concat();
    let sum = weigh(&padded, &[9, 8, 7, 6, 5, 4, 3, 2]);
    let passes = [0, 5].into_iter().any(|rest| (sum + 11 - digit(&padded, 8)) % 11 == rest);
    // School numbers (onderwijsnummer) leave five.
    let school = (sum + 11 - digit(&padded, 8)) % 11 == 5;
    passes && varies(value) && (!school || padded.starts_with(b"10"))
}

/// Day of birth (months 20 or 40 later in BIS numbers, zero when unknown), serial, 97 less the remainder; since 2000 with a 2 in front.
fn register(value: &[u8]) -> bool {
    let Some(body) = number(part(value, 0, 9)) else { return false };
    let month = (digit(value, 2) * 10 + digit(value, 3)) % 20;
    let day = digit(value, 4) * 10 + digit(value, 5);
    let key = number(part(value, 9, 11));
    let fits = [body, body + 2_000_000_000].into_iter().any(|number| key == Some(97 - number % 97));
    let second = matches!(value.get(2), Some(b'2'..));
    fits && month <= 12 && (day <= 31 || second) && varies(value)
}

fn card(value: &[u8]) -> bool {
    let key = number(part(value, 0, 10)).map(|number| match number % 97 {
        0 => 97,
        rest => rest,
    });
    key.is_some() && key == number(part(value, 10, 12)) && varies(value)
}

fn enterprise(value: &[u8]) -> bool {
    let key = number(part(value, 0, 8)).map(|number| 97 - number % 97);
    key.is_some() && key == number(part(value, 8, 10)) && matches!(value.first(), Some(b'0' | b'1')) && varies(value)
}

fn matricule(value: &[u8]) -> bool {
    let second = [part(value, 0, 11), part(value, 12, 13)].concat();
    is_day(part(value, 4, 6), part(value, 6, 8)) && luhn(part(value, 0, 12)) && verhoeff(&second)
}

fn document(value: &[u8]) -> bool {
    value.iter().filter(|byte| byte.is_ascii_digit()).count() >= 3
}
