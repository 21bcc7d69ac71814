//! Poland: PESEL, NIP, REGON, identity card, passport, licence, plates.
//! VAT numbers with their prefix are in `vat`.
//!
//! Source: ustawa o ewidencji ludności art. 15 (PESEL); ustawa o NIP; GUS (REGON); rozporządzenie MSWiA on the identity card.

use super::Id;
use super::check::{digit, is_day, part, varies, weigh};
use crate::privacy::Kind;

#[rustfmt::skip]
pub(super) const IDS: &[Id] = &[
    Id::of(Kind::NationalId, "PL").shapes(&["d{11}"]).check(pesel)
        .labels(&["pesel", "pesela", "nr pesel", "numer pesel", "polish id", "national id", "tax id", "tin"]),
    // Eleven digits from 0 are telephone numbers of several countries; months above 32 are of other centuries.
    Id::of(Kind::NationalId, "PL").alone(&["[123456789]d{10}"]).check(|value| pesel(value) && digit(value, 2) < 4),
    Id::of(Kind::TaxId, "PL").shapes(&["PL_d{10}", "d{3}_d{3}_d{2}_d{2}"]).alone(&["d{3}-d{3}-d{2}-d{2}", "d{3}-d{2}-d{2}-d{3}"]).check(nip)
        .labels(&["nip", "nr nip", "numer identyfikacji podatkowej", "polish tax id", "tax id", "tax number", "tin", "tax identification number"]),
    Id::of(Kind::TaxId, "PL").shapes(&["d{14}", "d{9}"]).check(regon).labels(&["regon", "nr regon", "numer regon"]),
    Id::of(Kind::NationalId, "PL").shapes(&["a{3}_d{6}"]).check(card)
        .labels(&["dowód osobisty", "dowod osobisty", "dowodu osobistego", "nr dowodu", "numer dowodu", "seria i numer dowodu", "dowód", "polish id card", "id card"]),
    Id::of(Kind::Passport, "PL").shapes(&["a{2}_d{7}"]).labels(&["paszport", "paszportu", "nr paszportu", "numer paszportu", "polish passport"]),
    Id::of(Kind::DriverLicence, "PL").shapes(&["d{5}/d{2}/d{4}", "x{8,13}"]).check(document).labels(&["prawo jazdy", "prawa jazdy", "nr prawa jazdy"]),
    Id::of(Kind::Vehicle, "PL").shapes(&["a{2,3}[ -]?x{4,5}"]).check(document).labels(&["numer rejestracyjny", "nr rejestracyjny", "nr rej", "tablica rejestracyjna", "rejestracja"]),
    Id::of(Kind::BankAccount, "PL").shapes(&["d{2}_d{4}_d{4}_d{4}_d{4}_d{4}_d{4}"]).check(varies).labels(&["numer konta", "nr konta", "numer rachunku", "nr rachunku", "rachunek", "konto"]),
];

/// Year, month (20 to 80 later in other centuries), day, serial, check digit.
fn pesel(value: &[u8]) -> bool {
    let month = (digit(value, 2) * 10 + digit(value, 3)) % 20;
    let sum = weigh(value, &[1, 3, 7, 9, 1, 3, 7, 9, 1, 3]);
    is_day(month.to_string().as_bytes(), part(value, 4, 6)) && (10 - sum % 10) % 10 == digit(value, 10)
}

fn nip(value: &[u8]) -> bool {
    let value = value.strip_prefix(b"PL").unwrap_or(value);
    weigh(value, &[6, 5, 7, 2, 3, 4, 5, 6, 7]) % 11 == digit(value, 9) && varies(value)
}

fn regon(value: &[u8]) -> bool {
    let short = weigh(value, &[8, 9, 2, 3, 4, 5, 6, 7]) % 11 % 10 == digit(value, 8);
    let long = weigh(value, &[2, 4, 8, 5, 0, 9, 7, 3, 6, 1, 2, 4, 8]) % 11 % 10 == digit(value, 13);
    short && (value.len() == 9 || long) && varies(value)
}

fn card(value: &[u8]) -> bool {
    weigh(value, &[7, 3, 1, 9, 7, 3, 1, 7, 3]).is_multiple_of(10)
}

fn document(value: &[u8]) -> bool {
    value.iter().filter(|byte| byte.is_ascii_digit()).count() >= 3
}
