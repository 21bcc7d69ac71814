//! France: NIR (social security), numéro fiscal, SIREN and SIRET, identity documents, plates, RIB.
//! VAT numbers are in `vat`.
//!
//! Source: Code de la sécurité sociale R161-1 and INSEE (NIR, key 97); DGFiP (numéro fiscal, mod 511); INSEE (SIREN, SIRET: Luhn);
//! arrêté du 9 février 2009 (plates); ECBS TR 201 (RIB).

use super::Id;
use super::check::{digit, luhn, number, part, varies};
use crate::privacy::Kind;

#[rustfmt::skip]
pub(super) const IDS: &[Id] = &[
    Id::of(Kind::NationalId, "FR").shapes(&["d_d{2}_d{2}_d{1}x_d{3}_d{3}_d{2}", "d_d{2}_d{2}_d{1}x_d{3}_d{3}"])
        .alone(&["d_d{2}_d{2}_d{1}x_d{3}_d{3}_d{2}"]).check(nir)
        .labels(&["nir", "numéro de sécurité sociale", "numero de securite sociale", "n° de sécurité sociale", "n° sécurité sociale", "no de sécurité sociale", "sécurité sociale", "securite sociale", "n° sécu", "numéro de sécu", "num sécu", "no sécu", "sécu", "insee", "numéro insee", "n° insee", "carte vitale", "nss", "n° ss", "no ss", "numéro d'assuré social", "french social security number", "social security number", "ssn"]),
    Id::of(Kind::TaxId, "FR").shapes(&["d{2}_d{2}_d{3}_d{3}_d{3}"]).check(fiscal)
        .labels(&["numéro fiscal", "numero fiscal", "n° fiscal", "no fiscal", "numéro fiscal de référence", "identifiant fiscal", "référence fiscale", "spi", "nif", "numéro spi", "french tax id", "tax id", "tax number", "tin", "tax identification number"]),
    Id::of(Kind::TaxId, "FR").shapes(&["d{3}_d{3}_d{3}_d{5}", "d{3}_d{3}_d{3}"]).check(siren)
        .labels(&["siret", "siren", "n° siret", "n° siren", "numéro siret", "numéro siren", "rcs"]),
    Id::of(Kind::NationalId, "FR").shapes(&["d{12}", "x{9}", "d{2}x{2}d{8}"]).check(document)
        .labels(&["carte d'identité", "carte d’identité", "carte d'identite", "carte nationale d'identité", "carte nationale d’identité", "cni", "cnie", "pièce d'identité", "n° cni", "french id card"]),
    Id::of(Kind::Passport, "FR").shapes(&["d{2}_a{2}_d{5}"])
        .labels(&["passeport", "n° de passeport", "numéro de passeport", "french passport", "passport"]),
    Id::of(Kind::DriverLicence, "FR").shapes(&["d{12}", "d{2}a{2}d{5}", "x{9,15}"]).check(document)
        .labels(&["permis de conduire", "n° de permis", "numéro de permis", "permis n°", "permis"]),
    Id::of(Kind::Vehicle, "FR").shapes(&["a{2}[ -]?d{3}[ -]?a{2}", "d{1,4}[ -]?a{2,3}[ -]?d{1}x"])
        .labels(&["immatriculation", "plaque d'immatriculation", "plaque", "immatriculé", "immatriculée", "carte grise"]),
    Id::of(Kind::BankAccount, "FR").shapes(&["d{5}_d{5}_x{11}_d{2}"]).check(rib)
        .labels(&["rib", "relevé d'identité bancaire", "compte bancaire", "numéro de compte", "n° de compte"]),
    Id::of(Kind::BankAccount, "FR").shapes(&["x{11}"]).check(document).labels(&["numéro de compte", "n° de compte", "compte n°"]),
];

/// Sex, year, month, department, commune, order, and a key of 97 less the remainder; Corsica's 2A and 2B count as 19 and 18.
fn nir(value: &[u8]) -> bool {
    let department: Vec<u8> = match part(value, 5, 7) {
        b"2A" => b"19".to_vec(),
        b"2B" => b"18".to_vec(),
        other => other.to_vec(),
    };
    let Some(body) = number(&[part(value, 0, 5), &department, part(value, 7, 13)].concat()) else { return false };
    let month = digit(value, 3) * 10 + digit(value, 4);
    let born = matches!(digit(value, 0), 1..=4 | 7 | 8) && matches!(month, 1..=12 | 20..=42 | 50..=99);
    born && match number(part(value, 13, 15)) {
        Some(key) => 97 - body % 97 == key,
        None => value.len() == 13 && varies(value),
    }
}

fn fiscal(value: &[u8]) -> bool {
    let key = number(part(value, 10, 13));
    digit(value, 0) < 4 && number(part(value, 0, 10)).map(|body| body % 511) == key && key.is_some()
}

/// Luhn over nine digits, and over fourteen (La Poste's own by their sum).
fn siren(value: &[u8]) -> bool {
    let post = value.starts_with(b"356000000") && (0..14).map(|at| digit(value, at)).sum::<u32>() % 5 == 0;
    luhn(part(value, 0, 9)) && (value.len() == 9 || luhn(value) || post)
}

/// Bank, branch, account (letters as digits) and key add up to a multiple of 97.
fn rib(value: &[u8]) -> bool {
    let as_digit = |byte: &u8| match byte {
        b'A'..=b'I' => byte - b'A' + 1,
        b'J'..=b'R' => byte - b'J' + 1,
        b'S'..=b'Z' => byte - b'S' + 2,
        _ => byte - b'0',
    };
    value.iter().map(as_digit).fold(0, |remainder, digit| (remainder * 10 + u32::from(digit)) % 97) == 0
        && varies(value)
}

fn document(value: &[u8]) -> bool {
    value.iter().filter(|byte| byte.is_ascii_digit()).count() >= 4
}
