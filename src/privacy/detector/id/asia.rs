//! Asia: India, Singapore, Korea, Thailand, China, Hong Kong, Taiwan, Japan, Israel, Iran, Pakistan, Sri Lanka, Malaysia, Indonesia, Philippines.
//! Passports of countries not here have the general shape of `world`.
//!
//! Source: UIDAI (Aadhaar, Verhoeff); Income Tax Department (PAN); GSTN; ICA and ACRA (NRIC, UEN); resident registration act of Korea; DOPA
//! Thailand; GB 11643-1999 (China, ISO 7064 mod 11-2); NADRA; Bituach Leumi.

use super::Id;
use super::check::{digit, has_day, luhn, part, varies, verhoeff, weigh};
use crate::privacy::Kind;

#[rustfmt::skip]
pub(super) const IDS: &[Id] = &[
    Id::of(Kind::NationalId, "IN").shapes(&["d{4}_d{4}_d{4}"]).alone(&["d{4}-d{4}-d{4}", "d{4} d{4} d{4}"]).check(aadhaar).labels(&["aadhaar", "aadhar", "aadhaar number", "uidai", "aadhaar no", "uid number"]),
    Id::of(Kind::TaxId, "IN").shapes(&["a{3}[ABCFGHJLPT]ad{4}a"]).alone(&["a{3}[ABCFGHJLPT]ad{4}a"]).labels(&["pan", "pan number", "pan card", "permanent account number"]),
    Id::of(Kind::TaxId, "IN").shapes(&["a{5}d{4}a"]).labels(&["pan", "pan number", "pan card", "permanent account number"]),
    Id::of(Kind::VatId, "IN").shapes(&["d{2}a{5}d{4}axZx", "d{2}a{5}d{4}ax{3}"]).alone(&["d{2}a{5}d{4}axZx"]).check(gst).labels(&["gstin", "gst", "gst number", "gstin number"]),
    Id::of(Kind::NationalId, "IN").shapes(&["a{3}d{7}"]).labels(&["voter", "voter id", "epic", "voter card", "election card", "elector photo"]),
    Id::of(Kind::Passport, "IN").shapes(&["ad{7}"]).labels(&["indian passport", "passport"]),
    Id::of(Kind::Vehicle, "IN").shapes(&["a{2}[ -]?d{1,2}[ -]?a{1,3}[ -]?d{4}"]).alone(&["a{2}d{2}a{2}d{4}", "a{2}-d{2}-a{2}-d{4}", "a{2} d{2} a{2} d{4}"]).check(indian_plate).labels(&["vehicle number", "rto", "vehicle registration", "indian plate"]),
    Id::of(Kind::NationalId, "SG").shapes(&["[STFGM]d{7}a"]).alone(&["[STFGM]d{7}a"]).check(nric).labels(&["nric", "fin", "nric number", "fin number", "nric/fin", "singapore id"]),
    Id::of(Kind::TaxId, "SG").shapes(&["d{8,9}a", "[TSR]d{2}a{2}d{4}a"]).alone(&["[TSR]d{2}a{2}d{4}a"]).labels(&["uen", "unique entity number", "singapore business"]),
    Id::of(Kind::NationalId, "KR").alone(&["[023456789]d{12}"]).check(korean_checked),
    Id::of(Kind::NationalId, "KR").shapes(&["d{6}[- ]?d{7}"]).alone(&["d{6}-[12345678]d{6}"]).check(korean).labels(&["rrn", "frn", "주민등록번호", "외국인등록번호", "korean id", "resident registration number", "korean rrn", "foreigner registration number"]),
    Id::of(Kind::TaxId, "KR").shapes(&["d{3}-?d{2}-?d{5}"]).alone(&["d{3}-d{2}-d{5}"]).check(korean_business).labels(&["brn", "사업자등록번호", "business registration number", "korean brn"]),
    Id::of(Kind::Passport, "KR").shapes(&["[MSROD]d{3}ad{4}", "[MSROD]d{8}"]).labels(&["여권", "여권번호", "korean passport", "passport"]),
    Id::of(Kind::DriverLicence, "KR").shapes(&["d{2}-d{2}-d{6}-d{2}"]).labels(&["운전면허", "운전면허번호", "korean driver license"]),
    Id::of(Kind::NationalId, "TH").shapes(&["d_d{4}_d{5}_d{2}_d"]).alone(&["d-d{4}-d{5}-d{2}-d"]).check(thai).labels(&["เลขประจำตัวประชาชน", "บัตรประชาชน", "tnin", "thai id", "thai national id", "citizen id", "tax id"]),
    Id::of(Kind::NationalId, "CN").shapes(&["d{17}x"]).alone(&["d{17}[0123456789X]"]).check(chinese).labels(&["身份证", "身份证号", "身份证号码", "居民身份证", "chinese id", "resident identity card"]),
    Id::of(Kind::TaxId, "CN").shapes(&["x{18}"]).labels(&["统一社会信用代码", "uscc"]),
    Id::of(Kind::NationalId, "HK").shapes(&["a{1,2}d{6}[ (]?x"]).labels(&["hkid", "hong kong id", "香港身份證"]),
    Id::of(Kind::NationalId, "TW").shapes(&["a[1289]d{8}"]).alone(&["a[12]d{8}"]).check(taiwanese).labels(&["身分證", "身分證字號", "taiwan id"]),
    Id::of(Kind::NationalId, "JP").shapes(&["d{4}_d{4}_d{4}"]).labels(&["マイナンバー", "個人番号", "my number"]),
    Id::of(Kind::NationalId, "IL").shapes(&["d{8}_d", "d{8}"]).check(luhn).labels(&["תעודת זהות", "ת.ז", "ת\"ז", "teudat zehut", "israeli id"]),
    Id::of(Kind::NationalId, "IR").shapes(&["d{10}"]).labels(&["کد ملی", "iranian national id"]),
    Id::of(Kind::NationalId, "PK").shapes(&["d{5}-?d{7}-?d"]).alone(&["[1234567]d{4}-d{7}-d"]).labels(&["cnic", "nicop", "pakistani id"]),
    Id::of(Kind::NationalId, "LK").shapes(&["d{9}[VX]", "d{12}"]).alone(&["d{9}V"]).labels(&["sri lankan nic", "nic"]),
    Id::of(Kind::NationalId, "MY").shapes(&["d{6}-?d{2}-?d{4}"]).alone(&["d{6}-d{2}-d{4}"]).check(malaysian).labels(&["mykad", "nric", "kad pengenalan", "malaysian ic"]),
    Id::of(Kind::NationalId, "ID").shapes(&["d{16}"]).labels(&["nik", "ktp", "no ktp"]),
    Id::of(Kind::TaxId, "ID").shapes(&["d{2}_d{3}_d{3}_d_d{3}_d{3}"]).alone(&["d{2}.d{3}.d{3}.d-d{3}.d{3}"]).labels(&["npwp", "no npwp"]),
    Id::of(Kind::TaxId, "PH").shapes(&["d{3}_d{3}_d{3}_d{3,5}", "d{3}_d{3}_d{3}"]).alone(&["d{3}-d{3}-d{3}-d{3}", "d{3}-d{3}-d{3}-d{5}"]).labels(&["philippine tin", "bir tin", "bir", "tin"]),
    Id::of(Kind::TaxId, "VN").shapes(&["d{10}-?d{0,3}"]).labels(&["mst", "mã số thuế"]),
];

fn aadhaar(value: &[u8]) -> bool {
    let mirrored = value.iter().eq(value.iter().rev());
    matches!(value.first(), Some(b'2'..=b'9')) && !mirrored && verhoeff(value)
}

/// The state's code in front.
fn gst(value: &[u8]) -> bool {
    let state = digit(value, 0) * 10 + digit(value, 1);
    matches!(state, 1..=37 | 97 | 99)
}

/// The states and territories of the registration's first letters.
fn indian_plate(value: &[u8]) -> bool {
    const STATES: &[u8] = b"ANAPARASBRCHCGDDDLGAGJHRHPJKJHKAKLLALDMPMHMNMLMZNLODORPYPBRJSKTNTSTRUPUKWB";
    STATES.chunks_exact(2).any(|state| value.starts_with(state))
}

fn nric(value: &[u8]) -> bool {
    let offset = match value.first() {
        Some(b'T' | b'G') => 4,
        Some(b'M') => 3,
        _ => 0,
    };
    let sum = weigh(part(value, 1, 8), &[2, 7, 6, 5, 4, 3, 2]) + offset;
    let letters: &[u8] = match value.first() {
        Some(b'S' | b'T') => b"JZIHGFEDCBA",
        Some(b'M') => b"XWUTRQPNJLK",
        _ => b"XWUTRQPNMLK",
    };
    letters.get(usize::try_from(sum % 11).unwrap_or(0)) == value.last()
}

/// A day of birth, the digit of sex and century, a region. Numbers given since October 2020 have no check digit.
fn korean(value: &[u8]) -> bool {
    let region = digit(value, 7) * 10 + digit(value, 8);
    has_day(value, 2, 4) && matches!(value.get(6), Some(b'1'..=b'8')) && region <= 96
}

/// Older ones have; a foreigner's counts two more.
fn korean_checked(value: &[u8]) -> bool {
    let rest = weigh(value, &[2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5]) % 11;
    korean(value) && [(11 - rest) % 10, (13 - rest) % 10].contains(&digit(value, 12))
}

fn korean_business(value: &[u8]) -> bool {
    let sum = weigh(value, &[1, 3, 7, 1, 3, 7, 1, 3, 5]) + digit(value, 8) * 5 / 10;
    (10 - sum % 10) % 10 == digit(value, 9) && varies(value) && digit(value, 0) > 0
}

fn thai(value: &[u8]) -> bool {
    let sum = weigh(value, &[13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2]);
    let province = digit(value, 1) * 10 + digit(value, 2);
    value.first() != Some(&b'0') && matches!(province, 10..=97) && (11 - sum % 11) % 10 == digit(value, 12)
}

fn chinese(value: &[u8]) -> bool {
    let sum = weigh(value, &[7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]);
    let century = matches!(part(value, 6, 8), b"18" | b"19" | b"20");
    century && has_day(value, 10, 12) && b"10X98765432".get(usize::try_from(sum % 11).unwrap_or(0)) == value.last()
}

fn taiwanese(value: &[u8]) -> bool {
    let first = value.first().and_then(|letter| b"ABCDEFGHJKLMNPQRSTUVXYWZIO".iter().position(|one| one == letter));
    let first = first.and_then(|at| u32::try_from(at).ok()).map_or(0, |at| at + 10);
    let sum = first / 10 + first % 10 * 9 + weigh(part(value, 1, 10), &[8, 7, 6, 5, 4, 3, 2, 1, 1]);
    sum.is_multiple_of(10)
}

fn malaysian(value: &[u8]) -> bool {
    has_day(value, 2, 4)
}
