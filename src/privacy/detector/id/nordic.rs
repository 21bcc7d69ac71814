//! Sweden, Finland, Norway, Denmark, Iceland, the Faroes, Estonia, Latvia, Lithuania: personal and organization numbers.
//! VAT numbers with their prefix are in `vat`.
//!
//! Source: Skatteverket SKV 704 (personnummer), SKV 709 (organisationsnummer); DVV (henkilötunnus, letters of 2023); Skatteetaten
//! (fødselsnummer, D-nummer); CPR-kontoret; Þjóðskrá (kennitala); isikukoodi EVS 585:2007.

use super::Id;
use super::check::{digit, has_day, is_day, luhn, number, part, varies, weigh};
use crate::privacy::Kind;

#[rustfmt::skip]
pub(super) const IDS: &[Id] = &[
    Id::of(Kind::NationalId, "SE").shapes(&["d{8}[-+]?d{4}", "d{6}[-+]?d{4}"]).check(swede)
        .labels(&["personnummer", "personnr", "pnr", "samordningsnummer", "swedish personal number", "swedish id", "personal identity number", "personal number", "national id", "id code", "tax id", "tin"]),
    Id::of(Kind::NationalId, "SE").alone(&["d{8}-d{4}", "d{6}[-+]d{4}", "d{12}", "d{10}"]).check(unlike_time),
    Id::of(Kind::TaxId, "SE").shapes(&["d{6}-?d{4}"]).alone(&["d{6}-d{4}"]).check(organization)
        .labels(&["organisationsnummer", "orgnummer", "orgnr", "org.nr", "org nr", "org-nr", "swedish organization number", "organization number"]),
    Id::of(Kind::NationalId, "FI").shapes(&["d{6}[-+YXWVUABCDEF]d{3}x"]).alone(&["d{6}[-+YXWVUABCDEF]d{3}x"]).check(finn)
        .labels(&["henkilötunnus", "henkilotunnus", "hetu", "sosiaaliturvatunnus", "sotu", "personbeteckning", "personal identity code", "finnish id", "national id", "tax id"]),
    Id::of(Kind::TaxId, "FI").shapes(&["d{7}-?d"]).alone(&["d{7}-d"]).check(business).labels(&["y-tunnus", "ytunnus", "fo-nummer", "business id"]),
    Id::of(Kind::NationalId, "NO").shapes(&["d{6}_d{5}"]).alone(&["d{6} d{5}", "d{11}"]).check(norwegian)
        .labels(&["fødselsnummer", "fodselsnummer", "fnr", "personnummer", "d-nummer", "norwegian id", "national id", "birth number", "tax id"]),
    Id::of(Kind::TaxId, "NO").shapes(&["d{3}_d{3}_d{3}"]).check(norwegian_organization).labels(&["organisasjonsnummer", "orgnr", "org.nr", "org nr", "orgnummer"]),
    Id::of(Kind::BankAccount, "NO").shapes(&["d{4}_d{2}_d{5}"]).alone(&["d{4}.d{2}.d{5}"]).check(konto).labels(&["kontonummer", "kontonr", "bankkonto"]),
    Id::of(Kind::NationalId, "DK").shapes(&["d{6}[- ]?d{4}"]).check(dane)
        .labels(&["cpr", "cpr-nummer", "cpr-nr", "cpr nr", "personnummer", "danish id", "national id", "tax id"]),
    Id::of(Kind::NationalId, "DK").alone(&["d{6}-d{4}"]).check(older_dane),
    Id::of(Kind::TaxId, "DK").shapes(&["d{2}_d{2}_d{2}_d{2}"]).check(cvr).labels(&["cvr", "cvr-nummer", "cvr-nr", "cvr nr", "se-nummer"]),
    Id::of(Kind::NationalId, "IS").shapes(&["d{6}-?d{4}"]).alone(&["d{6}-d{4}"]).check(icelander).labels(&["kennitala", "kennitölu", "icelandic id"]),
    Id::of(Kind::TaxId, "FO").shapes(&["FO_d{6}", "d{6}"]).labels(&["v-tal", "vtal"]),
    Id::of(Kind::NationalId, "EE").shapes(&["[123456]d{10}"]).alone(&["[3456]d{10}"]).check(baltic)
        .labels(&["isikukood", "isikukoodi", "estonian id", "personal code", "national id"]),
    Id::of(Kind::NationalId, "LT").shapes(&["[123456789]d{10}"]).check(lithuanian).labels(&["asmens kodas", "asmens kodo", "lithuanian id", "personal code"]),
    Id::of(Kind::NationalId, "LV").shapes(&["d{6}-?d{5}"]).alone(&["d{6}-d{5}"]).check(latvian).labels(&["personas kods", "personas kodu", "latvian id", "personal code"]),
    Id::of(Kind::TaxId, "EE").shapes(&["d{8}"]).check(varies).labels(&["registrikood", "äriregistrikood"]),
];

fn swede(value: &[u8]) -> bool {
    let short = value.get(value.len().saturating_sub(10)..).unwrap_or_default();
    let century = value.len() == 10 || value.starts_with(b"19") || value.starts_with(b"20");
    // Coordination numbers have 60 added to the day.
    let day = (digit(short, 4) * 10 + digit(short, 5)) % 60;
    century && is_day(part(short, 2, 4), day.to_string().as_bytes()) && luhn(short)
}

/// Without a label, neither seconds of a clock (ten digits from 10 to 20) nor a day and its time (20 and the time of day at the end).
fn unlike_time(value: &[u8]) -> bool {
    let begins = digit(value, 0) * 10 + digit(value, 1);
    let ends = number(part(value, value.len().saturating_sub(4), value.len())).unwrap_or(0);
    let clock = value.len() == 10 && matches!(begins, 10..=20);
    let time = value.len() == 12 && begins == 20 && ends / 100 < 24 && ends % 100 < 60;
    !clock && !time && swede(value)
}

/// The third digit is two at least, which no month begins with.
fn organization(value: &[u8]) -> bool {
    digit(value, 2) >= 2 && luhn(value)
}

fn finn(value: &[u8]) -> bool {
    let serial = part(value, value.len().saturating_sub(4), value.len().saturating_sub(1));
    let body = number(&[part(value, 0, 6), serial].concat());
    let letter = body.and_then(|body| b"0123456789ABCDEFHJKLMNPRSTUVWXY".get(usize::try_from(body % 31).unwrap_or(0)));
    has_day(value, 2, 0) && letter == value.last() && number(serial).is_some_and(|serial| serial >= 2)
}

fn business(value: &[u8]) -> bool {
    let rest = weigh(value, &[7, 9, 10, 5, 8, 4, 2]) % 11;
    rest != 1 && (11 - rest) % 11 == digit(value, 7) && varies(value)
}

/// Two check digits; D numbers have 40 added to the day, H numbers to the month.
fn norwegian(value: &[u8]) -> bool {
    let day = (digit(value, 0) * 10 + digit(value, 1)) % 40;
    let month = (digit(value, 2) * 10 + digit(value, 3)) % 40;
    let first = (11 - weigh(value, &[3, 7, 6, 1, 8, 9, 4, 5, 2]) % 11) % 11;
    let second = (11 - weigh(value, &[5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11) % 11;
    let born = is_day(month.to_string().as_bytes(), day.to_string().as_bytes());
    born && first == digit(value, 9) && second == digit(value, 10)
}

fn norwegian_organization(value: &[u8]) -> bool {
    (11 - weigh(value, &[3, 2, 7, 6, 5, 4, 3, 2]) % 11) % 11 == digit(value, 8) && varies(value)
}

fn konto(value: &[u8]) -> bool {
    (11 - weigh(value, &[5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11) % 11 == digit(value, 10) && varies(value)
}

/// The day of birth; since 2007 the remainder is no longer kept.
fn dane(value: &[u8]) -> bool {
    has_day(value, 2, 0) && varies(part(value, 6, 10))
}

fn older_dane(value: &[u8]) -> bool {
    dane(value) && weigh(value, &[4, 3, 2, 7, 6, 5, 4, 3, 2, 1]).is_multiple_of(11)
}

fn cvr(value: &[u8]) -> bool {
    weigh(value, &[2, 7, 6, 5, 4, 3, 2, 1]).is_multiple_of(11) && varies(value)
}

fn icelander(value: &[u8]) -> bool {
    let day = (digit(value, 0) * 10 + digit(value, 1)) % 40;
    let rest = (11 - weigh(value, &[3, 2, 7, 6, 5, 4, 3, 2]) % 11) % 11;
    is_day(part(value, 2, 4), day.to_string().as_bytes())
        && rest == digit(value, 8)
        && matches!(value.last(), Some(b'0' | b'8' | b'9'))
}

fn baltic(value: &[u8]) -> bool {
    has_day(value, 3, 5) && lithuanian(value)
}

/// Where the day of birth is not known, its digits are zeros; numbers that begin with nine have none.
fn lithuanian(value: &[u8]) -> bool {
    let first = weigh(value, &[1, 2, 3, 4, 5, 6, 7, 8, 9, 1]) % 11;
    let second = weigh(value, &[3, 4, 5, 6, 7, 8, 9, 1, 2, 3]) % 11;
    let check = if first < 10 { first } else { second % 10 };
    check == digit(value, 10) && varies(value)
}

fn latvian(value: &[u8]) -> bool {
    let sum = weigh(value, &[10, 5, 8, 4, 2, 1, 6, 3, 7, 9]);
    let newer = value.starts_with(b"32");
    newer || has_day(value, 2, 0) && (1 + sum) % 11 % 10 == digit(value, 10)
}
