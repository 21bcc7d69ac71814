//! Great Britain: National Insurance, NHS, UTR, passport, driving licence, plates, sort codes and accounts.
//! VAT numbers are in `vat`, postcodes in their own detector.
//!
//! Source: HMRC NIM39110 (NINO); NHS Data Dictionary (NHS number, mod 11); HMRC (UTR); DVLA (driver number, INF45/1 plates); ISD Scotland (CHI).

use super::Id;
use super::check::{digit, number, part, varies, weigh};
use crate::privacy::Kind;

#[rustfmt::skip]
pub(super) const IDS: &[Id] = &[
    Id::of(Kind::NationalId, "GB").shapes(&["a{2}_d{2}_d{2}_d{2}_a?"]).alone(&["a{2}d{6}a", "a{2} d{2} d{2} d{2} a", "a{2}-d{2}-d{2}-d{2}-a", "a{2} d{6} a"]).check(nino)
        .labels(&["nino", "ni number", "ni no", "n.i. number", "national insurance", "national insurance number", "national insurance no", "nat ins", "social security number"]),
    Id::of(Kind::HealthId, "GB").shapes(&["d{3}_d{3}_d{4}"]).check(nhs)
        .labels(&["nhs", "nhs number", "nhs no", "nhs id", "health id", "national health service", "chi", "chi number", "health and care number", "h&c number", "patient number", "patient id"]),
    Id::of(Kind::TaxId, "GB").shapes(&["d{5}_d{5}K?"]).check(utr)
        .labels(&["utr", "unique taxpayer reference", "taxpayer reference", "tax reference", "uk tax id", "tax id", "tax number", "tin", "tax identification number"]),
    Id::of(Kind::DriverLicence, "GB").shapes(&["x{5}_d{6}_x{2}_x{3}"]).alone(&["x{5}d{6}x{5}", "x{5} d{6} x{5}"]).check(driver)
        .labels(&["driving licence", "driver's licence", "driver licence", "drivers licence", "driver number", "licence number", "dvla"]),
    Id::of(Kind::Passport, "GB").shapes(&["d{9}", "a{2}d{7}"]).check(varies).labels(&["uk passport", "british passport", "passport"]),
    Id::of(Kind::Vehicle, "GB").shapes(&["a{2}d{2}[ -]?a{3}"]).alone(&["a{2}d{2} a{3}", "a{2}d{2}-a{3}"]).check(plate)
        .labels(&["registration", "registration number", "number plate", "reg no", "vrm", "vrn", "vehicle registration", "vehicle", "license plate", "licence plate", "plate"]),
    Id::of(Kind::Vehicle, "GB").shapes(&["ad{1,3}[ -]?a{3}", "a{3}[ -]?d{1,3}a", "a{1,3}[ -]?d{1,4}", "d{1,4}[ -]?a{1,3}"])
        .labels(&["uk registration", "number plate", "vehicle registration", "vrm", "vrn"]),
    Id::of(Kind::BankAccount, "GB").shapes(&["d{2}[ -]d{2}[ -]d{2}", "d{6}"]).labels(&["sort code", "sortcode", "sort-code"]),
];

/// Two letters of which D, F, I, Q, U, V are none, nor O the second, nor some pairs; the last A to D.
fn nino(value: &[u8]) -> bool {
    let first = value.first().is_some_and(|letter| !b"DFIQUV".contains(letter));
    let second = value.get(1).is_some_and(|letter| !b"DFIQUVO".contains(letter));
    let pair = !matches!(part(value, 0, 2), b"BG" | b"GB" | b"NK" | b"KN" | b"TN" | b"NT" | b"ZZ");
    first && second && pair && value.get(8).is_none_or(|last| matches!(last, b'A'..=b'D'))
}

fn nhs(value: &[u8]) -> bool {
    (11 - weigh(value, &[10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11) % 11 == digit(value, 9) && varies(value)
}

/// The first digit checks the other nine.
fn utr(value: &[u8]) -> bool {
    let remainder = weigh(part(value, 1, 10), &[6, 7, 8, 9, 10, 5, 4, 3, 2]) % 11;
    let expected = b"21987654321".get(usize::try_from(remainder).unwrap_or(0));
    value.first() == expected && varies(value)
}

/// Five of the surname filled with 9, year, month (50 more for women), day, year, initials, check.
fn driver(value: &[u8]) -> bool {
    let name = part(value, 0, 5);
    let letters = name.iter().take_while(|byte| byte.is_ascii_uppercase()).count();
    let filled = name.iter().skip(letters).all(|byte| *byte == b'9');
    let month = digit(value, 6) * 10 + digit(value, 7);
    let day = number(part(value, 8, 10)).is_some_and(|day| (1..=31).contains(&day));
    let initial = value.get(11).is_some_and(u8::is_ascii_uppercase);
    letters > 0 && filled && initial && matches!(month, 1..=12 | 51..=62) && day
}

/// The age identifier: March 02 to 50, September 51 on; no I, Q or Z in front, no I or Q behind.
fn plate(value: &[u8]) -> bool {
    let age = digit(value, 2) * 10 + digit(value, 3);
    let front = part(value, 0, 2).iter().all(|letter| !b"IQZ".contains(letter));
    let behind = part(value, 4, 7).iter().all(|letter| !b"IQ".contains(letter));
    front && behind && matches!(age, 2..=27 | 51..=77)
}
