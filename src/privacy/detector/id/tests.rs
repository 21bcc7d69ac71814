//! Rules of identity numbers, over made-up values: documented examples of the authorities and computed check digits.

use super::*;
use crate::privacy::detector::Detectors;
use crate::privacy::finding::resolve;

/// Everything found, as kind, country and text.
fn found(text: &str) -> Vec<(Kind, &'static str, String)> {
    let kinds: KindSet = Kind::ALL.iter().copied().filter(|kind| *kind != Kind::Phone).collect();
    let found = resolve(Detectors::of(kinds).find(&Text::new(text)));
    found
        .iter()
        .map(|one| (one.kind, one.source.unwrap_or(""), text.get(one.start..one.end).unwrap().to_owned()))
        .collect()
}

fn check(text: &str, expected: &[(Kind, &'static str, &str)]) {
    let expected: Vec<_> = expected.iter().map(|(kind, source, value)| (*kind, *source, (*value).to_owned())).collect();
    assert_eq!(found(text), expected, "{text}");
}

#[test]
fn every_table_is_well_formed() {
    for id in tables::ALL.iter().flat_map(|table| table.iter()) {
        assert!(id.source.is_empty() || id.source.len() == 2, "{:?}", id.labels);
        assert!(id.labels.is_empty() == id.shapes.is_empty(), "{:?}", id.labels);
        assert!(!id.alone.is_empty() || !id.labels.is_empty());
    }
}

#[test]
fn finds_numbers_beside_their_label() {
    for (text, kind, source, value) in [
        ("Steuer-ID: 86 095 742 719", Kind::TaxId, "DE", "86 095 742 719"),
        ("Steuernummer 21/815/08150", Kind::TaxId, "DE", "21/815/08150"),
        ("Personalausweisnummer T220001293", Kind::NationalId, "DE", "T220001293"),
        ("NIR : 2 55 08 14 168 025 38", Kind::NationalId, "FR", "2 55 08 14 168 025 38"),
        ("SIREN 732 829 320", Kind::TaxId, "FR", "732 829 320"),
        ("DNI 12.345.678-Z", Kind::NationalId, "ES", "12.345.678-Z"),
        ("codice fiscale RSSMRA85T10A562S", Kind::TaxId, "IT", "RSSMRA85T10A562S"),
        ("NHS number is 943 476 5919", Kind::HealthId, "GB", "943 476 5919"),
        ("EIN: 12-3456788", Kind::TaxId, "US", "12-3456788"),
        ("ИНН 7830002293", Kind::TaxId, "RU", "7830002293"),
        ("паспорт серии 45 08 номер 123456", Kind::Passport, "RU", "45 08 номер 123456"),
        ("SVNR 1237 010180", Kind::NationalId, "AT", "1237 010180"),
        ("BSN: 111222333", Kind::NationalId, "NL", "111222333"),
        ("NIP 123-456-32-18", Kind::TaxId, "PL", "123-456-32-18"),
        ("passport no. is L01X00T47", Kind::Passport, "", "L01X00T47"),
        ("date of birth: 24 March 1980", Kind::DateOfBirth, "", "24 March 1980"),
        ("geb. 24.03.1980", Kind::DateOfBirth, "", "24.03.1980"),
        ("BIC: DEUTDEFF500", Kind::Bic, "", "DEUTDEFF500"),
        ("IMEI 490154203237518", Kind::Imei, "", "490154203237518"),
    ] {
        check(text, &[(kind, source, value)]);
    }
}

#[test]
fn finds_numbers_alone_where_shape_and_check_digits_suffice() {
    for (text, kind, source, value) in [
        ("for 756.9217.0769.85.", Kind::NationalId, "CH", "756.9217.0769.85"),
        ("(2 55 08 14 168 025 38)", Kind::NationalId, "FR", "2 55 08 14 168 025 38"),
        ("X1234567L", Kind::NationalId, "ES", "X1234567L"),
        ("QQ AB 12 34 56 C", Kind::NationalId, "GB", "AB 12 34 56 C"),
        ("it is 219-09-9998", Kind::NationalId, "US", "219-09-9998"),
        ("DE136695976", Kind::VatId, "DE", "DE136695976"),
        ("ATU13585627", Kind::VatId, "AT", "ATU13585627"),
        ("131052-308T", Kind::NationalId, "FI", "131052-308T"),
        ("44051401359", Kind::NationalId, "PL", "44051401359"),
        ("1HGCM82633A004352", Kind::Vehicle, "", "1HGCM82633A004352"),
    ] {
        check(text, &[(kind, source, value)]);
    }
}

#[test]
fn finds_a_number_before_its_label_and_lists() {
    check("AAA123456 es mi número de pasaporte", &[(Kind::Passport, "ES", "AAA123456")]);
    check(
        "PESEL: 44051401359, 02070803628",
        &[(Kind::NationalId, "PL", "44051401359"), (Kind::NationalId, "PL", "02070803628")],
    );
}

#[test]
fn leaves_wrong_check_digits_and_what_only_looks_alike() {
    for text in [
        "Steuer-ID: 86095742718",
        "PESEL 44051401358",
        "756.9217.0769.84",
        "000-12-3456",
        "1234567890",
        "id 550e8400-e29b-41d4-a716-446655440000",
        "ISBN 978-3-16-148410-0",
        "at 2023-01-02T03:04:05.678Z, 1700000000000",
        "org.apache.hadoop 2.10.1, HDFS-12345, r1234567",
        "passports are travel documents",
        "INC0012345, CHG0031234 and KB1234567",
        "build 20230101-1 of 20230101-1430",
        "SSN column since 2024-05-31",
        "swift code review",
    ] {
        check(text, &[]);
    }
}
