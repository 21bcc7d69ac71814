//! Numbers of no one country: passports, licences and ids beside a general label, dates of birth, BIC, IMEI, VIN, bank accounts.
//! Countries' own numbers come first; these take what their shapes leave.
//!
//! Source: ICAO 9303-3 4.8 (document numbers up to nine characters), ISO 9362 (BIC), 3GPP TS 23.003 6.2 (IMEI, Luhn), ISO 3779 and 49 CFR 565.15 (VIN).

use super::Id;
use super::check::{digit, is_day, luhn, number, part, varies};
use crate::privacy::Kind;

#[rustfmt::skip]
pub(super) const IDS: &[Id] = &[
    Id::of(Kind::Passport, "").shapes(&["a{1,2}_?d{5,9}", "a{2,3}d{6}a?", "d{2}a{2}d{5}", "ax{7,8}", "d{2}_d{2}_d{6}", "d{7,10}", "a{2}x{5}d{2}", "ad{3}ad{4}"]).check(document)
        .labels(&["passport", "passport number", "passport no", "passport nr", "passport num", "reisepass", "reisepassnummer", "passnummer", "passeport", "pasaporte", "passaporto", "passaporte", "paspoort", "paszport", "pasaportu", "паспорт", "Паспорт", "загранпаспорт", "pass-nr", "pass nr", "pas číslo", "útlevél", "pașaport", "διαβατήριο", "護照", "护照", "여권", "パスポート", "pasaport", "passi", "passi nro"]),
    Id::of(Kind::DriverLicence, "").shapes(&["x{5,18}", "a{1,2}[ -]?d{4,12}", "d{2}_d{2}_d{6}"]).check(document)
        .labels(&["driver license", "driver's license", "driver’s license", "drivers license", "driver license number", "driving license", "driver licence", "driver's licence", "driving licence", "driving licence number", "licence no", "licence number", "license number", "dl number", "dl no", "dl#", "license no", "führerschein", "führerscheinnummer", "permis de conduire", "permiso de conducir", "patente", "patente di guida", "rijbewijs", "prawo jazdy", "carta de condução", "ajokortti", "körkort"]),
    Id::of(Kind::NationalId, "").shapes(&["x{2,4}_d{3,10}_?x{0,3}", "d{3,10}_?x{1,3}", "x{6,18}", "d{2,6}[ -]d{2,6}[ -]?d{0,6}", "d{2}_d{6}_x_d{3}"]).check(document)
        .labels(&["national id", "national id number", "national identity number", "national identification number", "national identity card", "identity number", "identity card", "identity card number", "identification number", "id card", "id card number", "id number", "id no", "personal id", "personal number", "personal identification number", "social security number", "social security", "social insurance number", "ausweisnummer", "personalausweis", "carte d'identité", "carte d’identité", "documento de identidad", "número de identidad", "carta d'identità", "удостоверение личности", "identiteitsnummer", "identiteitskaart", "resident id", "citizen id", "alien number", "a-number", "green card"]),
    Id::of(Kind::TaxId, "").shapes(&["d{2,6}[ /-]d{2,8}[ /-]?d{0,6}", "x{1,4}_d{5,12}_?x{0,3}", "x{8,16}", "d{8,14}"]).check(document)
        .labels(&["tax id", "tax id number", "tax identification number", "tax number", "taxpayer id", "taxpayer identification number", "tax no", "tax reference", "tax code", "tin", "tin number", "número fiscal", "identificación fiscal", "belastingnummer", "налоговый номер"]),
    Id::of(Kind::HealthId, "").shapes(&["a{0,3}d{3}[ -]d{3}[ -]d{2,4}", "x{7,16}", "d{4}[ -]d{5,6}[ -]?d?"]).check(document)
        .labels(&["health insurance number", "health card number", "health insurance id", "insurance number", "patient id", "patient number", "medical record number", "mrn", "medical record", "insurance id", "member id", "policy number"]),
    Id::of(Kind::DateOfBirth, "").shapes(&["d{1,2}[./-] ?d{1,2}[./-] ?d{4}", "d{4}[./-]d{1,2}[./-]d{1,2}", "d{1,2}[./-]d{1,2}[./-]d{2}", "d{1,2}.? m d{4}", "d{1,2}a{2} m,? d{4}", "d{1,2} de m de d{4}", "m d{1,2}a{0,2},? d{4}", "d{1,2}-m-d{2,4}", "d{8}"]).check(birthday)
        .labels(&["date of birth", "birth date", "birthdate", "birthday", "dob", "d.o.b", "born", "born on", "year of birth", "dateofbirth", "geburtsdatum", "geboren", "geb", "geb.", "geburtstag", "date de naissance", "né le", "née le", "naissance", "fecha de nacimiento", "nacido el", "nacida el", "nacimiento", "data di nascita", "nato il", "nata il", "nascita", "дата рождения", "Дата рождения", "родился", "родилась", "д.р", "г.р", "geboortedatum", "data urodzenia", "ur.", "urodzony", "urodzona", "data de nascimento", "födelsedatum", "syntymäaika", "fødselsdato"]),
    Id::of(Kind::Mac, "").shapes(&["x{2}-x{2}-x{2}-x{2}-x{2}-x{2}", "x{2}:x{2}:x{2}:x{2}:x{2}:x{2}", "x{4}.x{4}.x{4}", "x{12}"]).check(hexadecimal)
        .labels(&["mac", "mac address", "mac addresses", "mac-adresse", "adresse mac", "hwaddr", "bssid"]),
    Id::of(Kind::Bic, "").upper().shapes(&["a{4}_a{2}_x{2}_x{3}", "a{4}_a{2}_x{2}"]).check(bic)
        .labels(&["bic", "bic/swift", "swift", "swift code", "swift/bic", "swift-code", "bic code", "bic-code", "bank identifier code", "swift bic"]),
    Id::of(Kind::Imei, "").shapes(&["d{2}_d{6}_d{6}_d", "d{15}"]).alone(&["d{2}-d{6}-d{6}-d", "d{2} d{6} d{6} d"]).check(luhn).labels(&["imei", "imei number", "imei no", "imei1", "imei2", "imei/sv"]),
    Id::of(Kind::Imei, "").shapes(&["d{2}_d{6}_d{6}_d{2}", "d{14}", "x{14}"]).check(varies).labels(&["imei", "imeisv", "meid"]),
    Id::of(Kind::Vehicle, "").shapes(&["x{17}"]).check(vin_shape).labels(&["vin", "vin number", "vehicle identification number", "fin", "fahrgestellnummer", "fahrzeug-identifizierungsnummer", "fahrzeugidentifikationsnummer", "numéro de châssis", "châssis", "chassis", "bastidor", "número de bastidor", "telaio", "numero di telaio", "chassisnummer"]),
    Id::of(Kind::Vehicle, "").alone(&["x{11}d{6}", "x{12}d{5}"]).check(vin),
    Id::of(Kind::CryptoWallet, "").shapes(&["x{25,106}"]).check(address)
        .labels(&["wallet", "wallet address", "crypto address", "btc address", "bitcoin address", "monero", "monero address", "xmr", "solana", "solana address", "xrp address", "ripple address", "cardano address", "tron address", "litecoin address", "dogecoin address"]),
    Id::of(Kind::BankAccount, "").shapes(&["d{2,6}[ -]d{3,10}[ -]?d{0,10}", "d{6,20}"]).check(varies)
        .labels(&["bank account", "bank account number", "account number", "account no", "acct no", "acct number", "bank acct", "kontonummer", "bankverbindung", "numéro de compte", "número de cuenta", "numero di conto", "numer konta", "rekeningnummer", "номер счета", "номер счёта"]),
];

/// A document's number has digits, four at least.
fn document(value: &[u8]) -> bool {
    let digits = value.iter().filter(|byte| byte.is_ascii_digit()).count();
    digits >= 4 && digits * 5 >= value.len() * 2
}

/// A day that exists, written in whatever order; with a month's name the digits are day and year.
fn birthday(value: &[u8]) -> bool {
    if value.iter().any(u8::is_ascii_alphabetic) || value.len() < 6 {
        return value.iter().filter(|byte| byte.is_ascii_digit()).count() >= 3;
    }
    let year = |at: usize| matches!(part(value, at, at + 2), b"18" | b"19" | b"20");
    let day = |a: usize, b: usize| is_day(part(value, a, a + 2), part(value, b, b + 2));
    match value.len() {
        8 => (year(4) && (day(0, 2) || day(2, 0))) || (year(0) && day(4, 6)),
        7 => year(3) || year(0),
        _ => value.len() == 6,
    }
}

fn hexadecimal(value: &[u8]) -> bool {
    value.iter().all(u8::is_ascii_hexdigit) && value.iter().any(|byte| *byte != b'0')
}

/// Four letters of the party, an ISO country, two of the place, three of the branch.
fn bic(value: &[u8]) -> bool {
    const COUNTRIES: &[u8] = b"ADAEAFAGAIALAMAOARATAUAWAZBABBBDBEBFBGBHBIBJBMBNBOBRBSBTBWBYBZCACDCFCGCHCICKCLCMCNCOCRCUCVCWCYCZDEDJDKDMDODZECEEEGERESETFIFJFKFMFOFRGAGBGDGEGFGGGHGIGLGMGNGPGQGRGTGUGWGYHKHNHRHTHUIDIEILIMINIQIRISITJEJMJOJPKEKGKHKIKMKNKPKRKWKYKZLALBLCLILKLRLSLTLULVLYMAMCMDMEMGMHMKMLMMMNMOMPMQMRMSMTMUMVMWMXMYMZNANCNENGNINLNONPNRNUNZOMPAPEPFPGPHPKPLPRPSPTPWPYQARERORSRURWSASBSCSDSESGSISKSLSMSNSOSRSSSTSVSXSYSZTCTDTGTHTJTLTMTNTOTRTTTVTWTZUAUGUSUYUZVAVCVEVGVIVNVUWFWSXKYEZAZMZW";
    COUNTRIES.chunks_exact(2).any(|country| country == part(value, 4, 6))
}

fn vin_shape(value: &[u8]) -> bool {
    !value.iter().any(|byte| b"IOQ".contains(byte)) && value.iter().any(u8::is_ascii_digit) && varies(value)
}

/// The ninth is a check digit in North America and China; letters count by their place in rows of nine.
fn vin(value: &[u8]) -> bool {
    const WEIGHTS: &[u32] = &[8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];
    let worth = |byte: &u8| match byte {
        b'0'..=b'9' => u32::from(byte - b'0'),
        b'A'..=b'I' => u32::from(byte - b'A') + 1,
        b'J'..=b'R' => u32::from(byte - b'J') + 1,
        _ => u32::from(byte.saturating_sub(b'S')) + 2,
    };
    let sum: u32 = value.iter().zip(WEIGHTS).map(|(byte, weight)| worth(byte) * weight).sum();
    let check = match value.get(8) {
        Some(b'X') => Some(10),
        Some(_) => number(part(value, 8, 9)),
        None => None,
    };
    let letters = value.iter().filter(|byte| byte.is_ascii_uppercase()).count();
    check == Some(u64::from(sum % 11)) && vin_shape(value) && letters >= 3 && digit(value, 16) < 10
}

/// A long word of letters and digits mixed.
fn address(value: &[u8]) -> bool {
    let digits = value.iter().filter(|byte| byte.is_ascii_digit()).count();
    (2..value.len() / 2).contains(&digits)
}
