//! The rest of Europe: Ireland, Portugal, Czechia, Slovakia, Hungary, Romania, Bulgaria, Croatia, Slovenia, Greece, Ukraine, Belarus, Moldova,
//! Serbia and neighbors, Turkey, Andorra. VAT numbers with their prefix are in `vat`.
//!
//! Source: each country's registration law as collected in OECD "Tax identification numbers" country sheets.

use super::Id;
use super::check::{digit, has_day, is_day, luhn, mod11_10, number, part, varies, weigh};
use crate::privacy::Kind;

#[rustfmt::skip]
pub(super) const IDS: &[Id] = &[
    Id::of(Kind::NationalId, "IE").shapes(&["d{7}_a{1,2}"]).alone(&["d{7}a[AHW]"]).check(pps).labels(&["pps", "ppsn", "pps number", "pps no", "personal public service number", "irish id", "tax id"]),
    Id::of(Kind::DriverLicence, "IE").shapes(&["d{9}"]).labels(&["irish driving licence"]),
    Id::of(Kind::NationalId, "PT").shapes(&["d{8}_d_x{2}d", "d{8}_d", "d{8}"]).labels(&["cartão de cidadão", "cartao de cidadao", "bilhete de identidade", "número de identificação civil", "cc nº", "documento de identificação"]),
    Id::of(Kind::TaxId, "PT").shapes(&["d{3}_d{3}_d{3}"]).check(portuguese).labels(&["nif", "número de contribuinte", "contribuinte", "número de identificação fiscal", "nipc", "portuguese tax id", "tax id"]),
    Id::of(Kind::NationalId, "PT").shapes(&["d{11}"]).labels(&["niss", "segurança social", "número de segurança social"]),
    Id::of(Kind::NationalId, "CZ").shapes(&["d{6}/?d{3,4}"]).alone(&["d{6}/d{4}"]).check(birth).labels(&["rodné číslo", "rodne cislo", "rodného čísla", "r.č", "rč", "RČ", "birth number", "czech id", "slovak id", "tax id"]),
    Id::of(Kind::NationalId, "CZ").shapes(&["d{9}", "a{2}d{6}"]).labels(&["občanský průkaz", "občanského průkazu", "občiansky preukaz", "číslo op"]),
    Id::of(Kind::Passport, "CZ").shapes(&["d{8}", "a{2}d{7}"]).labels(&["cestovní pas", "číslo pasu", "Číslo pasu", "cestovný pas"]),
    Id::of(Kind::TaxId, "CZ").shapes(&["d{8}"]).check(ico).labels(&["ičo", "IČO", "ič", "IČ", "ico", "dič", "DIČ", "ičp", "IČP"]),
    Id::of(Kind::BankAccount, "CZ").shapes(&["d{1,6}-d{2,10}/d{4}", "d{2,10}/d{4}"]).labels(&["číslo účtu", "Číslo účtu", "č. účtu", "bankovní účet", "bankový účet"]),
    Id::of(Kind::NationalId, "HU").shapes(&["d_d{6}_d{4}"]).labels(&["személyi szám", "személyi azonosító", "személyazonosító"]),
    Id::of(Kind::TaxId, "HU").shapes(&["8d{9}", "d{8}-d-d{2}", "d{8}"]).labels(&["adóazonosító", "adóazonosító jel", "adószám"]),
    Id::of(Kind::HealthId, "HU").shapes(&["d{3}_d{3}_d{3}"]).labels(&["taj", "taj szám", "taj-szám"]),
    Id::of(Kind::NationalId, "RO").shapes(&["d{13}"]).alone(&["[2345678]d{12}"]).check(cnp).labels(&["cnp", "cod numeric personal", "codul numeric personal", "romanian id", "tax id"]),
    Id::of(Kind::TaxId, "RO").shapes(&["RO_d{2,10}", "d{2,10}"]).check(romanian).labels(&["cui", "cif", "cod fiscal", "cod unic de înregistrare"]),
    Id::of(Kind::NationalId, "RO").shapes(&["a{2}_d{6}"]).labels(&["carte de identitate", "buletin", "seria ci", "ci seria"]),
    Id::of(Kind::NationalId, "BG").shapes(&["d{10}"]).check(egn).labels(&["егн", "ЕГН", "egn", "bulgarian id"]),
    Id::of(Kind::TaxId, "BG").shapes(&["d{9,13}"]).labels(&["еик", "ЕИК", "булстат", "БУЛСТАТ", "eik"]),
    Id::of(Kind::NationalId, "HR").shapes(&["d{11}", "HR_d{11}"]).check(croatian).labels(&["oib", "osobni identifikacijski broj", "croatian id"]),
    Id::of(Kind::NationalId, "RS").shapes(&["d{13}"]).alone(&["[023]d{12}"]).check(jmbg).labels(&["jmbg", "emšo", "emso", "embg", "ЈМБГ", "јмбг", "matični broj", "maticni broj"]),
    Id::of(Kind::TaxId, "SI").shapes(&["SI_d{8}", "d{8}"]).labels(&["davčna številka", "davcna stevilka", "matična številka", "maticna stevilka"]),
    Id::of(Kind::TaxId, "RS").shapes(&["d{8,13}"]).labels(&["pib", "пиб", "ПИБ", "edb", "едб", "ЕДБ"]),
    Id::of(Kind::TaxId, "GR").shapes(&["EL_d{9}", "d{9}"]).check(afm).labels(&["αφμ", "ΑΦΜ", "afm", "α.φ.μ", "Α.Φ.Μ", "greek tax id"]),
    Id::of(Kind::NationalId, "GR").shapes(&["d{11}"]).alone(&["d{6} d{5}"]).check(amka).labels(&["αμκα", "ΑΜΚΑ", "amka", "Α.Μ.Κ.Α"]),
    Id::of(Kind::NationalId, "GR").shapes(&["p{1,2}[ -]?d{6}"]).labels(&["ταυτότητα", "Ταυτότητα", "δελτίο ταυτότητας", "αριθμός ταυτότητας", "Αριθμός Ταυτότητας", "αδτ", "ΑΔΤ"]),
    Id::of(Kind::NationalId, "UA").shapes(&["d{10}"]).check(ukrainian).labels(&["рнокпп", "РНОКПП", "іпн", "ІПН", "ідентифікаційний код", "rnokpp", "ipn", "ukrainian tax id"]),
    Id::of(Kind::TaxId, "UA").shapes(&["d{8}"]).labels(&["єдрпоу", "ЄДРПОУ", "edrpou"]),
    Id::of(Kind::TaxId, "BY").shapes(&["x{2}d{7}", "d{9}"]).labels(&["унп", "УНП", "unp"]),
    Id::of(Kind::NationalId, "MD").shapes(&["d{13}"]).labels(&["idno", "idnp"]),
    Id::of(Kind::NationalId, "TR").shapes(&["d{11}"]).alone(&["d{11}"]).check(turk).labels(&["tckn", "tc kimlik", "t.c. kimlik", "tc kimlik no", "kimlik no", "kimlik numarası", "tc no", "turkish id", "national id"]),
    Id::of(Kind::TaxId, "TR").shapes(&["d{10}"]).check(vkn).labels(&["vkn", "vergi kimlik", "vergi no", "vergi numarası", "vergi kimlik numarası"]),
    Id::of(Kind::Vehicle, "TR").shapes(&["d{2}[ -]?a{1,3}[ -]?d{2,5}"]).labels(&["plaka", "plakalı", "plaka no", "plakası", "turkish plate"]),
    Id::of(Kind::TaxId, "AD").shapes(&["[ACDEFGLOPU]_d{6}_a"]).alone(&["[ACDEFGLOPU]-d{6}-a"]).labels(&["nrt", "número de registre tributari"]),
    Id::of(Kind::TaxId, "AL").shapes(&["[JKLM]d{8}a"]).labels(&["nipt", "nuis"]),
];

fn pps(value: &[u8]) -> bool {
    let second = value.get(8).map_or(0, |letter| u32::from(letter.saturating_sub(b'@')) * 9);
    let second = if matches!(value.get(8), Some(b'T' | b'W' | b'X')) { 0 } else { second };
    let sum = weigh(value, &[8, 7, 6, 5, 4, 3, 2]) + second;
    let expected = b"WABCDEFGHIJKLMNOPQRSTUV".get(usize::try_from(sum % 23).unwrap_or(0));
    value.get(7) == expected
        && value.get(8).is_none_or(|second| matches!(second, b'A'..=b'I' | b'T' | b'W' | b'X'))
        && varies(part(value, 0, 7))
}

fn portuguese(value: &[u8]) -> bool {
    let rest = weigh(value, &[9, 8, 7, 6, 5, 4, 3, 2]) % 11;
    (if rest < 2 { 0 } else { 11 - rest }) == digit(value, 8) && varies(value)
}

/// Day of birth, 50 or 20 added to months; ten digits divide by eleven.
fn birth(value: &[u8]) -> bool {
    let month = (digit(value, 2) * 10 + digit(value, 3)) % 50;
    let month = if month > 20 { month - 20 } else { month };
    let rest = number(part(value, 0, 9)).map(|body| body % 11 % 10);
    is_day(month.to_string().as_bytes(), part(value, 4, 6))
        && (value.len() == 9 || rest == Some(u64::from(digit(value, 9))))
}

fn ico(value: &[u8]) -> bool {
    (11 - weigh(value, &[8, 7, 6, 5, 4, 3, 2]) % 11) % 10 == digit(value, 7) && varies(value)
}

fn cnp(value: &[u8]) -> bool {
    let rest = weigh(value, &[2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9]) % 11;
    let county = digit(value, 7) * 10 + digit(value, 8);
    matches!(value.first(), Some(b'1'..=b'9'))
        && has_day(value, 3, 5)
        && county <= 52
        && (if rest == 10 { 1 } else { rest }) == digit(value, 12)
}

fn romanian(value: &[u8]) -> bool {
    let digits = value.strip_prefix(b"RO").unwrap_or(value);
    let padded = [b"0".repeat(10usize.saturating_sub(digits.len())).as_slice(), digits].concat();
    weigh(&padded, &[7, 5, 3, 2, 1, 7, 5, 3, 2]) * 10 % 11 % 10 == digit(&padded, 9) && varies(digits)
}

fn egn(value: &[u8]) -> bool {
    let month = (digit(value, 2) * 10 + digit(value, 3)) % 20;
    is_day(month.to_string().as_bytes(), part(value, 4, 6))
        && weigh(value, &[2, 4, 8, 5, 10, 9, 7, 3, 6]) % 11 % 10 == digit(value, 9)
}

fn croatian(value: &[u8]) -> bool {
    mod11_10(value.strip_prefix(b"HR").unwrap_or(value))
}

fn jmbg(value: &[u8]) -> bool {
    let rest = (11 - weigh(value, &[7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11) % 11 % 10;
    has_day(value, 2, 0) && matches!(value.get(4), Some(b'0' | b'9')) && rest == digit(value, 12)
}

fn afm(value: &[u8]) -> bool {
    let digits = value.strip_prefix(b"EL").unwrap_or(value);
    weigh(digits, &[256, 128, 64, 32, 16, 8, 4, 2]) % 11 % 10 == digit(digits, 8) && varies(digits)
}

fn amka(value: &[u8]) -> bool {
    has_day(value, 2, 0) && luhn(value)
}

fn ukrainian(value: &[u8]) -> bool {
    const PLUS: &[u32] = &[0, 5, 7, 9, 4, 6, 10, 5, 7];
    let sum = weigh(value, PLUS) + 1100 - digit(value, 0);
    sum % 11 % 10 == digit(value, 9) && varies(value)
}

/// The tenth from sums of odd and even places, the eleventh from the sum of all.
fn turk(value: &[u8]) -> bool {
    let odd = weigh(value, &[1, 0, 1, 0, 1, 0, 1, 0, 1]);
    let even = weigh(value, &[0, 1, 0, 1, 0, 1, 0, 1]);
    let tenth = (odd * 7 + 100 - even) % 10;
    value.first() != Some(&b'0') && tenth == digit(value, 9) && (odd + even + tenth) % 10 == digit(value, 10)
}

fn vkn(value: &[u8]) -> bool {
    let sum: u32 = (0..9u32)
        .map(|at| {
            let one = (digit(value, usize::try_from(at).unwrap_or(0)) + 9 - at) % 10;
            let doubled = one * (1 << (9 - at)) % 9;
            if one != 0 && doubled == 0 { 9 } else { doubled }
        })
        .sum();
    (10 - sum % 10) % 10 == digit(value, 9) && varies(value)
}
