//! Africa and Oceania: South Africa, Nigeria, Kenya, Egypt, Australia, New Zealand.
//! Passports of countries not here have the general shape of `world`.
//!
//! Source: Identification Act 68 of 1997 (South Africa, Luhn); NIMC (NIN, Verhoeff); ABR (ABN, mod 89); ATO (TFN); ASIC (ACN); Medicare
//! Australia; Inland Revenue (IRD).

use super::Id;
use super::check::{digit, has_day, luhn, varies, verhoeff, weigh};
use crate::privacy::Kind;

#[rustfmt::skip]
pub(super) const IDS: &[Id] = &[
    Id::of(Kind::NationalId, "ZA").shapes(&["d{6}_d{4}_d{3}"]).alone(&["[023456789]d{12}", "d{6} d{4} d{3}"]).check(south_african).labels(&["rsa id", "south african id", "sa id", "resident number", "permanent resident", "id number"]),
    Id::of(Kind::NationalId, "NG").shapes(&["d{11}"]).check(verhoeff).labels(&["nin", "nimc", "national identification number", "nigerian id"]),
    Id::of(Kind::Vehicle, "NG").shapes(&["a{3}-?d{3}a{2}"]).alone(&["a{3}-d{3}a{2}"]).labels(&["plate number", "plates", "nigerian plate", "license plate", "plate"]),
    Id::of(Kind::TaxId, "KE").shapes(&["[AP]d{9}a"]).alone(&["[AP]0d{8}a"]).labels(&["kra pin", "kra"]),
    Id::of(Kind::NationalId, "EG").shapes(&["[23]d{13}"]).labels(&["الرقم القومي", "egyptian id"]),
    Id::of(Kind::TaxId, "AU").shapes(&["d{2}_d{3}_d{3}_d{3}"]).alone(&["d{2} d{3} d{3} d{3}"]).check(abn).labels(&["abn", "australian business number"]),
    Id::of(Kind::TaxId, "AU").shapes(&["d{3}_d{3}_d{3}"]).check(acn).labels(&["acn", "australian company number"]),
    Id::of(Kind::TaxId, "AU").shapes(&["d{3}_d{3}_d{2,3}"]).check(tfn).labels(&["tfn", "tax file number", "australian tax"]),
    Id::of(Kind::HealthId, "AU").shapes(&["d{4}_d{5}_d_d?"]).alone(&["d{4} d{5} d"]).check(medicare).labels(&["medicare", "medicare number", "medicare card", "ihi"]),
    Id::of(Kind::TaxId, "NZ").shapes(&["d{2,3}_d{3}_d{3}"]).check(ird).labels(&["ird", "ird number", "inland revenue"]),
    Id::of(Kind::BankAccount, "NZ").shapes(&["d{2}-d{4}-d{7}-d{2,3}"]).alone(&["d{2}-d{4}-d{7}-d{2,3}"]).labels(&["nz bank account"]),
    Id::of(Kind::HealthId, "NZ").shapes(&["a{3}d{4}", "a{3}d{2}a{2}"]).labels(&["nhi", "nhi number"]),
];

fn south_african(value: &[u8]) -> bool {
    has_day(value, 2, 4) && matches!(value.get(10), Some(b'0'..=b'2')) && luhn(value)
}

fn abn(value: &[u8]) -> bool {
    let sum = weigh(value, &[10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19]);
    sum >= 10 && (sum - 10).is_multiple_of(89) && varies(value)
}

fn acn(value: &[u8]) -> bool {
    (10 - weigh(value, &[8, 7, 6, 5, 4, 3, 2, 1]) % 10) % 10 == digit(value, 8) && varies(value)
}

fn tfn(value: &[u8]) -> bool {
    let weights: &[u32] = if value.len() == 8 { &[10, 7, 8, 4, 6, 3, 5, 1] } else { &[1, 4, 3, 7, 5, 8, 6, 9, 10] };
    weigh(value, weights).is_multiple_of(11) && varies(value)
}

fn medicare(value: &[u8]) -> bool {
    matches!(value.first(), Some(b'2'..=b'6')) && weigh(value, &[1, 3, 7, 9, 1, 3, 7, 9]) % 10 == digit(value, 8)
}

fn ird(value: &[u8]) -> bool {
    let padded = [b"0".repeat(9usize.saturating_sub(value.len())).as_slice(), value].concat();
    let check = |weights: &[u32]| (11 - weigh(&padded, weights) % 11) % 11;
    let first = check(&[3, 2, 7, 6, 5, 4, 3, 2]);
    let last = if first == 10 { check(&[7, 4, 3, 2, 5, 2, 7, 6]) } else { first };
    last == digit(&padded, 8) && varies(value)
}
