//! Italy: codice fiscale, partita IVA, identity card, passport, licence, health card, plates.
//! VAT numbers with their prefix are in `vat`.
//!
//! Source: D.M. 23 dicembre 1976 (codice fiscale, with the letters of omocodia); art. 35 DPR 633/1972 (partita IVA, Luhn);
//! D.M. 23 dicembre 2015 (CIE); art. 100 Codice della strada (plates).

use super::Id;
use super::check::{digit, luhn, part, varies};
use crate::privacy::Kind;

#[rustfmt::skip]
pub(super) const IDS: &[Id] = &[
    Id::of(Kind::TaxId, "IT").shapes(&["a{3}_a{3}_xxax{2}_ax{3}_a"]).alone(&["a{6}xxaxxax{3}a", "a{3} a{3} xxaxx ax{3}a"]).check(fiscal)
        .labels(&["codice fiscale", "codicefiscale", "cod. fiscale", "cod. fisc", "cod.fisc", "cod fisc", "c.f", "cf", "italian tax code", "fiscal code", "tax id", "tax code", "national id"]),
    Id::of(Kind::VatId, "IT").shapes(&["IT_d{11}", "d{11}"]).check(iva)
        .labels(&["partita iva", "p. iva", "p.iva", "p.i", "p iva", "piva", "part. iva", "iva", "italian vat"]),
    Id::of(Kind::TaxId, "IT").shapes(&["d{11}"]).check(iva).labels(&["codice fiscale", "cod. fiscale", "cod. fisc", "c.f", "fiscal code"]),
    Id::of(Kind::NationalId, "IT").shapes(&["a{2}_d{5}_a{2}", "a{2}_d{7}", "d{7}_a{2}"])
        .labels(&["carta d'identità", "carta d’identità", "carta d'identita", "carta di identità", "carta identità", "c.i", "cie", "carta d'identità elettronica", "documento d'identità", "numero carta", "italian id card", "identity card"]),
    Id::of(Kind::Passport, "IT").shapes(&["a{2}_d{7}"]).labels(&["passaporto", "numero passaporto", "numero di passaporto", "italian passport"]),
    Id::of(Kind::DriverLicence, "IT").shapes(&["a{2}_d{7}_a", "U1x{7}a", "d{9}a"]).alone(&["U1x{7}a"]).check(document)
        .labels(&["patente", "patente di guida", "numero patente", "numero di patente", "italian driving licence"]),
    Id::of(Kind::HealthId, "IT").shapes(&["d{20}"]).check(luhn).labels(&["tessera sanitaria", "numero tessera sanitaria"]),
    Id::of(Kind::Vehicle, "IT").shapes(&["a{2}[ -]?d{3}[ -]?a{2}", "a{2}[ -]?d{5,6}"]).labels(&["targa", "numero di targa", "targa auto", "italian plate"]),
    Id::of(Kind::BankAccount, "IT").shapes(&["a_d{5}_d{5}_x{12}", "d{12}"]).labels(&["conto corrente", "numero di conto", "c/c", "conto n", "numero conto"]),
];

/// Six letters of the name, year, month letter, day (40 more for women), place, and a letter by tables for odd and even places.
fn fiscal(value: &[u8]) -> bool {
    const ODD: &[u32] = &[1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];
    // Digits may be written as letters where two persons would share a code.
    let plain = |at: usize| match value.get(at) {
        Some(byte) if byte.is_ascii_digit() => Some(u32::from(byte - b'0')),
        Some(byte) => b"LMNPQRSTUV".iter().position(|one| one == byte).and_then(|at| u32::try_from(at).ok()),
        None => None,
    };
    let digits: Option<Vec<u32>> = [6, 7, 9, 10, 12, 13, 14].into_iter().map(plain).collect();
    let Some([_, _, tens, ones, ..]) = digits.as_deref() else { return false };
    let day = tens * 10 + ones;
    let month = value.get(8).is_some_and(|month| b"ABCDEHLMPRST".contains(month));
    let place = |at: usize| {
        usize::try_from(match digit(value, at) {
            letter @ 10.. => letter - 10,
            digit => digit,
        })
        .unwrap_or(0)
    };
    let sum: u32 =
        (0..15)
            .map(|at| {
                if at % 2 == 0 {
                    ODD.get(place(at)).copied().unwrap_or(0)
                } else {
                    u32::try_from(place(at)).unwrap_or(0)
                }
            })
            .sum();
    month && matches!(day, 1..=31 | 41..=71) && sum % 26 + 10 == digit(value, 15)
}

/// A document's number has digits, three at least.
fn document(value: &[u8]) -> bool {
    value.iter().filter(|byte| byte.is_ascii_digit()).count() >= 3
}

fn iva(value: &[u8]) -> bool {
    let digits = value.strip_prefix(b"IT").unwrap_or(value);
    luhn(digits) && varies(part(digits, 0, 7))
}
