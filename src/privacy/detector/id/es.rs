//! Spain: DNI, NIE, NIF and CIF, social security, passport, plates, bank accounts.
//! VAT numbers with their prefix are in `vat`.
//!
//! Source: Real Decreto 1553/2005 (DNI, letter by remainder of 23); Orden INT/2058/2008 (NIE); Orden EHA/451/2008 (NIF of
//! organizations); TGSS (número de afiliación, mod 97); RD 2822/1998 (plates); AEB (código cuenta cliente).

use super::Id;
use super::check::{digit, number, part, varies, weigh};
use crate::privacy::Kind;

#[rustfmt::skip]
pub(super) const IDS: &[Id] = &[
    Id::of(Kind::NationalId, "ES").shapes(&["d{8}_a", "d{7}_a", "[XYZ]_d{7}_a"]).alone(&["d{8}-?a", "d{7}-a", "[XYZ]-?d{7}-?a"]).check(dni)
        .labels(&["dni", "d.n.i", "nie", "n.i.e", "nif", "n.i.f", "dni/nie", "dni/nif", "documento nacional de identidad", "número de identidad", "número de identificación", "documento de identidad", "spanish id", "carnet de identidad", "carné de identidad", "national id", "id number", "tax id", "tax number", "tin"]),
    Id::of(Kind::TaxId, "ES").shapes(&["[ABCDEFGHJNPQRSUVW]_d{7}_x", "[KLM]_d{7}_a"]).alone(&["[ABCDEFGHJNPQRSUVW]-?d{7}-?x"]).check(cif)
        .labels(&["cif", "c.i.f", "nif", "n.i.f", "número de identificación fiscal", "identificación fiscal", "código de identificación fiscal", "tax id", "tax number", "tin"]),
    Id::of(Kind::NationalId, "ES").shapes(&["d{2}_d{8}_d{2}", "d{2}_d{7}_d{2}"]).check(affiliation)
        .labels(&["seguridad social", "número de la seguridad social", "nº seguridad social", "número de afiliación", "nº de afiliación", "nuss", "naf", "nss", "social security number"]),
    Id::of(Kind::Passport, "ES").shapes(&["a{3}_d{6}a?", "a{2}_d{6}a?"])
        .labels(&["pasaporte", "número de pasaporte", "nº de pasaporte", "nº pasaporte", "spanish passport"]),
    Id::of(Kind::DriverLicence, "ES").shapes(&["d{8}_a", "[XYZ]_d{7}_a"]).check(dni)
        .labels(&["permiso de conducir", "carnet de conducir", "licencia de conducir", "permiso de conducción"]),
    Id::of(Kind::Vehicle, "ES").shapes(&["d{4}[ -]?a{3}", "a{1,2}[ -]?d{4}[ -]?a{1,2}"])
        .labels(&["matrícula", "matricula", "nº de matrícula", "número de matrícula", "placa", "spanish plate"]),
    Id::of(Kind::BankAccount, "ES").shapes(&["d{4}_d{4}_d{2}_d{10}"]).alone(&["d{4} d{4} d{2} d{10}", "d{4}-d{4}-d{2}-d{10}"]).check(account)
        .labels(&["ccc", "código cuenta cliente", "cuenta bancaria", "número de cuenta", "nº de cuenta", "cuenta"]),
    Id::of(Kind::HealthId, "ES").shapes(&["a{4}d{10,12}"]).labels(&["tarjeta sanitaria", "cip", "número de tarjeta sanitaria"]),
];

/// The letter is the remainder of the number by 23; a NIE's first letter counts as 0, 1 or 2.
fn dni(value: &[u8]) -> bool {
    let Some((letter, body)) = value.split_last() else { return false };
    let lead = match body.first() {
        Some(b'X') => b'0',
        Some(b'Y') => b'1',
        Some(b'Z') => b'2',
        Some(first) => *first,
        None => return false,
    };
    let Some(number) = number(&[&[lead], body.get(1..).unwrap_or_default()].concat()) else { return false };
    let expected = b"TRWAGMYFPDXBNJZSQVHLCKE".get(usize::try_from(number % 23).unwrap_or(0));
    expected == Some(letter) && number > 0
}

/// Seven digits weighted 2 and 1 in turn; the check is a digit or a letter, by the first letter either or one of them.
fn cif(value: &[u8]) -> bool {
    if matches!(value.first(), Some(b'K' | b'L' | b'M')) {
        return dni(value.get(1..).unwrap_or_default());
    }
    let sum: u32 = (1..8)
        .map(|at| {
            let one = digit(value, at) * if at % 2 == 1 { 2 } else { 1 };
            one / 10 + one % 10
        })
        .sum();
    let check = (10 - sum % 10) % 10;
    let letter = b"JABCDEFGHI".get(usize::try_from(check).unwrap_or(0));
    let as_letter = value.last() == letter;
    let as_digit = value.last().is_some_and(u8::is_ascii_digit) && digit(value, 8) == check;
    match value.first() {
        Some(b'A' | b'B' | b'E' | b'H') => as_digit,
        Some(b'N' | b'P' | b'Q' | b'R' | b'S' | b'W') => as_letter,
        _ => as_letter || as_digit,
    }
}

fn affiliation(value: &[u8]) -> bool {
    let body = value.len().saturating_sub(2);
    let checked = number(part(value, 0, body)).map(|number| number % 97);
    checked.is_some() && checked == number(part(value, body, value.len())) && varies(value)
}

fn account(value: &[u8]) -> bool {
    let check = |sum: u32| match 11 - sum % 11 {
        10 => 1,
        11 => 0,
        other => other,
    };
    const WEIGHTS: &[u32] = &[1, 2, 4, 8, 5, 10, 9, 7, 3, 6];
    let bank = weigh(part(value, 0, 8), WEIGHTS.get(2..).unwrap_or_default());
    let account = weigh(part(value, 10, 20), WEIGHTS);
    check(bank) == digit(value, 8) && check(account) == digit(value, 9) && varies(value)
}
