//! United States: SSN, ITIN, EIN, passports, licences, NPI, MBI, DEA, routing and account numbers, plates.
//! It does not know the licence formats of each state: beside a label any will do.
//!
//! Source: SSA POMS RM 10201.030 (SSN areas); IRS Pub. 1915 (ITIN), EIN prefixes; 45 CFR 162.406 (NPI, Luhn with 80840); CMS (MBI format);
//! 21 CFR 1301 (DEA); ABA routing number policy (weights 3, 7, 1).

use super::Id;
use super::check::{digit, luhn, number, part, varies, weigh};
use crate::privacy::Kind;

#[rustfmt::skip]
pub(super) const IDS: &[Id] = &[
    Id::of(Kind::NationalId, "US").shapes(&["d{3}_d{2}_d{4}"]).alone(&["d{3}-d{2}-d{4}", "d{3}.d{2}.d{4}", "d{3}-d{6}"]).check(ssn)
        .labels(&["ssn", "ssns", "social security", "social security number", "social security no", "soc sec", "soc. sec", "ss number", "ss#", "ssid", "ssn#"]),
    Id::of(Kind::NationalId, "US").alone(&["d{3} d{2} d{4}"]).check(|value| ssn(value) && !value.starts_with(b"8")),
    Id::of(Kind::TaxId, "US").shapes(&["d{3}_d{2}_d{4}"]).alone(&["d{3}-d{2}-d{4}", "d{3} d{2} d{4}"]).check(itin)
        .labels(&["itin", "individual taxpayer identification number", "individual taxpayer", "taxpayer id", "tax id", "ssn", "tin", "atin", "taxpayer identification number", "tax identification number"]),
    Id::of(Kind::TaxId, "US").shapes(&["d{2}-d{7}", "d{9}"]).check(ein)
        .labels(&["ein", "fein", "employer identification number", "employer id", "federal tax id", "federal id", "tax id", "tin", "taxpayer identification number", "tax number", "tax identification number"]),
    Id::of(Kind::TaxId, "US").shapes(&["P_d{8}"]).labels(&["ptin", "preparer"]),
    Id::of(Kind::Passport, "US").shapes(&["d{9}", "ad{8}"]).check(varies)
        .labels(&["passport", "us passport", "u.s. passport", "american passport", "travel document", "passport card"]),
    Id::of(Kind::DriverLicence, "US").shapes(&["ad{3}-?d{4}-?d{4,6}", "a{1,2}_?d{4,14}", "d{2}_?d{3}_?d{3,4}", "x{6,15}"]).check(licence)
        .labels(&["driver license", "driver's license", "driver’s license", "drivers license", "driving license", "dl#", "dln", "driver lic", "dl number", "dl no", "licence number", "licence", "license number", "driving permit", "cdl", "driver's licence", "driving licence", "driver licence"]),
    Id::of(Kind::HealthId, "US").shapes(&["d{10}"]).alone(&["d{4} d{3} d{3}"]).check(npi)
        .labels(&["npi", "national provider identifier", "national provider", "provider id"]),
    Id::of(Kind::HealthId, "US").shapes(&["dax{1}d_ax{1}d_a{2}d{2}"]).alone(&["daxdaxda{2}d{2}", "daxd-axd-a{2}d{2}"]).check(mbi)
        .labels(&["mbi", "medicare beneficiary identifier", "medicare", "medicare id", "medicare number", "medicaid", "beneficiary"]),
    Id::of(Kind::HealthId, "US").shapes(&["a{2}d{7}", "a9d{7}"]).check(dea)
        .labels(&["dea", "dea number", "dea#", "medical license", "medical licence"]),
    Id::of(Kind::BankAccount, "US").shapes(&["d{4}_d{4}_d", "d{9}"]).alone(&["d{4}-d{4}-d"]).check(routing)
        .labels(&["routing", "routing number", "aba", "aba number", "rtn", "bank routing", "routing transit number", "bank routing number"]),
    Id::of(Kind::BankAccount, "").shapes(&["d{6,18}", "d{2,6}[ -]d{3,10}[ -]?d{0,8}"]).check(account)
        .labels(&["account number", "account no", "acct no", "acct", "acct number", "bank account", "account #", "checking account", "savings account", "bank account number", "acct#"]),
    Id::of(Kind::Vehicle, "").upper().shapes(&["x{2,4}[ -]?x{2,4}[ -]?x{0,4}", "x{5,8}"]).check(plate)
        .labels(&["license plate", "licence plate", "license plate number", "plate number", "plate no", "number plate", "plate", "tag number", "registration plate", "vehicle plate", "car registration", "vehicle registration"]),
];

fn ssn(value: &[u8]) -> bool {
    let (area, group, serial) = (number(part(value, 0, 3)), part(value, 3, 5), part(value, 5, 9));
    let area = area.is_some_and(|area| !matches!(area, 0 | 666 | 900..));
    area && group != b"00" && serial != b"0000" && varies(value)
}

fn itin(value: &[u8]) -> bool {
    let group = number(part(value, 3, 5));
    value.first() == Some(&b'9') && group.is_some_and(|group| matches!(group, 50..=65 | 70..=88 | 90..=99))
}

/// The campus prefixes the IRS has given.
fn ein(value: &[u8]) -> bool {
    let prefix = digit(value, 0) * 10 + digit(value, 1);
    let none = matches!(prefix, 0 | 7..=9 | 17..=19 | 28 | 29 | 49 | 69 | 70 | 78 | 79 | 89 | 96 | 97);
    !none && varies(value)
}

/// A licence has digits, four at least, and is no plain word or date.
fn licence(value: &[u8]) -> bool {
    let digits = value.iter().filter(|byte| byte.is_ascii_digit()).count();
    digits >= 4 && digits * 3 > value.len() && varies(value)
}

fn npi(value: &[u8]) -> bool {
    matches!(value.first(), Some(b'1' | b'2')) && varies(value) && luhn(&[b"80840", value].concat())
}

/// No S, L, O, I, B, Z among the letters; the first digit is not zero.
fn mbi(value: &[u8]) -> bool {
    value.len() == 11 && value.first() != Some(&b'0') && !value.iter().any(|byte| b"SLOIBZ".contains(byte))
}

/// The first, third and fifth digit and twice the others end in the seventh.
fn dea(value: &[u8]) -> bool {
    weigh(part(value, 2, 8), &[1, 2, 1, 2, 1, 2]) % 10 == digit(value, 8) && varies(part(value, 2, 9))
}

fn routing(value: &[u8]) -> bool {
    let prefix = digit(value, 0) * 10 + digit(value, 1);
    let sum = weigh(value, &[3, 7, 1, 3, 7, 1, 3, 7, 1]);
    matches!(prefix, 0..=12 | 21..=32 | 61..=72 | 80) && sum.is_multiple_of(10) && sum > 0
}

fn account(value: &[u8]) -> bool {
    let digits = value.len();
    (6..=20).contains(&digits) && varies(value)
}

/// A plate mixes letters and digits, or is digits in the plate's place.
fn plate(value: &[u8]) -> bool {
    let digits = value.iter().filter(|byte| byte.is_ascii_digit()).count();
    digits > 0 && (5..=9).contains(&value.len())
}
