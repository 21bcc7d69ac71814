//! A value of every kind of number of every country: found beside its label, and with a digit wrong not found where it has check digits.
//! It looks at no text of another form. Values are made up or published as examples.
//!
//! Source of the check digits: python-stdnum 2.2, which this shares no code with; where it knows a number not, the scheme as
//! the country's file names it, computed apart. Published examples: GB driving licence (DVLA), DE document numbers (BMI specimens),
//! US MBI (CMS), KR and JP numbers as their ministries print them.

use super::{Kind, tables};
use crate::privacy::KindSet;
use crate::privacy::detector::Detectors;
use crate::privacy::finding::{Finding, resolve};
use crate::privacy::text::Text;
use Kind::{
    BankAccount, Bic, CryptoWallet, DateOfBirth, DriverLicence, HealthId, Imei, Mac, NationalId, Passport, TaxId,
    VatId, Vehicle,
};
use std::collections::BTreeSet;

/// Kind, country (none for numbers of any), label, value, the value with one digit wrong (none where there is no check digit).
type Specimen = (Kind, &'static str, &'static str, &'static str, &'static str);

fn found(text: &str) -> Vec<Finding> {
    Detectors::of(KindSet::ALL).find(&Text::new(text))
}

#[test]
fn each_is_found_beside_its_label() {
    let mut missed = Vec::new();
    for (kind, country, label, value, _) in SPECIMENS {
        let text = format!("{label}: {value} there");
        let start = label.len() + 2;
        let whole = |one: &Finding| one.start <= start && start + value.len() <= one.end;
        let all = found(&text);
        let source = |one: &Finding| one.kind == *kind && one.source.unwrap_or_default() == *country;
        if !all.iter().any(|one| source(one) && whole(one)) || !resolve(all).iter().any(whole) {
            missed.push(format!("{kind} {country} {text}"));
        }
    }
    assert_eq!(missed, [""; 0]);
}

#[test]
fn none_is_found_with_a_digit_wrong() {
    let mut taken = Vec::new();
    for (kind, country, label, value, wrong) in SPECIMENS.iter().filter(|specimen| !specimen.4.is_empty()) {
        let differ = value.chars().zip(wrong.chars()).filter(|(one, other)| one != other).count();
        assert_eq!((value.len(), differ), (wrong.len(), 1), "{value}");
        let source = |one: &Finding| one.kind == *kind && one.source.unwrap_or_default() == *country;
        if found(&format!("{label}: {wrong} there")).iter().any(source) {
            taken.push(format!("{kind} {country} {label}: {wrong}"));
        }
    }
    assert_eq!(taken, [""; 0]);
}

#[test]
fn there_is_one_of_every_row_of_the_tables() {
    let here: BTreeSet<(Kind, &str)> = SPECIMENS.iter().map(|specimen| (specimen.0, specimen.1)).collect();
    let rows = tables::ALL.iter().flat_map(|table| table.iter()).filter(|id| !id.labels.is_empty());
    let missing: Vec<(Kind, &str)> = rows.map(|id| (id.kind, id.source)).filter(|row| !here.contains(row)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[rustfmt::skip]
const SPECIMENS: &[Specimen] = &[
    (TaxId, "DE", "Steuer-ID", "86 095 742 719", "86 095 742 710"),
    (TaxId, "DE", "Steuernummer", "21/815/08150", ""),
    (NationalId, "DE", "Rentenversicherungsnummer", "15 070649 C 103", ""),
    (HealthId, "DE", "Krankenversichertennummer", "A123456780", ""),
    (HealthId, "DE", "BSNR", "381111100", ""),
    (NationalId, "DE", "Personalausweis", "T220001293", ""),
    (Passport, "DE", "Reisepass", "C01X00T478", ""),
    (DriverLicence, "DE", "Führerschein", "B072RRE2I55", ""),
    (Vehicle, "DE", "Kennzeichen", "B-MW 1234", ""),
    (BankAccount, "DE", "Kontonummer", "532013000", ""),
    (BankAccount, "DE", "BLZ", "370 400 44", ""),
    (NationalId, "FR", "NIR", "2 55 08 14 168 025 38", ""),
    (TaxId, "FR", "numéro fiscal", "30 23 217 600 053", "30 23 217 600 054"),
    (TaxId, "FR", "SIREN", "732 829 320", "732 829 321"),
    (TaxId, "FR", "SIRET", "732 829 320 00074", ""),
    (NationalId, "FR", "CNI", "880692310285", ""),
    (Passport, "FR", "passeport", "12AB34567", ""),
    (DriverLicence, "FR", "permis de conduire", "911091204512", ""),
    (Vehicle, "FR", "immatriculation", "AB-123-CD", ""),
    (BankAccount, "FR", "RIB", "20041 01005 0500013M026 06", "20041 01005 0500013M026 07"),
    (NationalId, "ES", "DNI", "12345678-Z", "12345679-Z"),
    (NationalId, "ES", "NIE", "X-1234567-L", "X-1234568-L"),
    (TaxId, "ES", "CIF", "B58818501", "B58818502"),
    (NationalId, "ES", "seguridad social", "28 12345678 40", "28 12345678 41"),
    (Passport, "ES", "pasaporte", "AAA123456", ""),
    (DriverLicence, "ES", "permiso de conducir", "12345678Z", "12345679Z"),
    (Vehicle, "ES", "matrícula", "1234 BCD", ""),
    (BankAccount, "ES", "cuenta bancaria", "1234-1234-16-1234567890", "1234-1234-16-1234567891"),
    (HealthId, "ES", "tarjeta sanitaria", "ABCD123456789012", ""),
    (TaxId, "IT", "codice fiscale", "RSSMRA85T10A562S", "RSSMRA85T10A563S"),
    (VatId, "IT", "Italian VAT", "00743110157", "00743110158"),
    (NationalId, "IT", "carta d'identità", "CA00000AA", ""),
    (Passport, "IT", "passaporto", "YA1234567", ""),
    (DriverLicence, "IT", "patente", "MI1234567X", ""),
    (HealthId, "IT", "tessera sanitaria", "80380000949840128729", "80380000949840128720"),
    (Vehicle, "IT", "targa", "AB 123 CD", ""),
    (BankAccount, "IT", "conto corrente", "X 05428 11101 000000123456", ""),
    (NationalId, "GB", "National Insurance number", "AB 12 34 56 C", ""),
    (HealthId, "GB", "NHS number", "943 476 5919", "943 476 5910"),
    (TaxId, "GB", "UTR", "4195583918", "4195583919"),
    (DriverLicence, "GB", "driving licence", "MORGA753116SM9IJ", ""),
    (Passport, "GB", "British passport", "123456780", ""),
    (Vehicle, "GB", "registration number", "AB51 DVL", ""),
    (BankAccount, "GB", "sort code", "20-00-00", ""),
    (NationalId, "US", "SSN", "219-09-9998", ""),
    (TaxId, "US", "ITIN", "912-90-3456", ""),
    (TaxId, "US", "EIN", "12-3456788", ""),
    (TaxId, "US", "PTIN", "P00123456", ""),
    (Passport, "US", "US passport", "C01234567", ""),
    (DriverLicence, "US", "driver license", "D1234567", ""),
    (HealthId, "US", "NPI", "1234567893", "1234567894"),
    (HealthId, "US", "MBI", "1EG4-TE5-MK73", ""),
    (HealthId, "US", "DEA", "AB1234563", "AB1234564"),
    (BankAccount, "US", "routing number", "011000057", "011000058"),
    (TaxId, "RU", "ИНН", "7830002293", "7830002294"),
    (NationalId, "RU", "СНИЛС", "112-233-445 95", "112-233-445 96"),
    (TaxId, "RU", "ОГРН", "1027700132195", "1027700132196"),
    (Passport, "RU", "паспорт", "45 08 123456", ""),
    (DriverLicence, "RU", "водительское удостоверение", "77 22 123456", ""),
    (HealthId, "RU", "полис ОМС", "7725120810000146", "7725120810000147"),
    (Vehicle, "RU", "госномер", "А123ВС77", ""),
    (BankAccount, "RU", "расчетный счет", "40817810099910004312", ""),
    (Bic, "RU", "БИК", "044525225", ""),
    (NationalId, "CH", "AHV", "756.9217.0769.85", "756.9217.0769.86"),
    (TaxId, "CH", "UID", "CHE-100.155.212", "CHE-100.155.213"),
    (Passport, "CH", "Schweizer Pass", "S1234567", ""),
    (HealthId, "CH", "Versichertenkarte", "80756000000000000001", ""),
    (Vehicle, "CH", "Kontrollschild", "ZH 123456", ""),
    (NationalId, "AT", "Sozialversicherungsnummer", "1237 010180", "1237 010181"),
    (TaxId, "AT", "Abgabenkontonummer", "59-119/9013", "59-119/9014"),
    (TaxId, "AT", "Firmenbuchnummer", "FN 122119m", ""),
    (Passport, "AT", "österreichischer Pass", "P 1234567", ""),
    (DriverLicence, "AT", "Führerscheinnummer", "12345678", ""),
    (Vehicle, "AT", "Nummerntafel", "W-12345 A", ""),
    (NationalId, "NL", "BSN", "111222333", "111222334"),
    (NationalId, "NL", "identiteitskaart", "IW11C2D34", ""),
    (Passport, "NL", "paspoort", "NP12C3D45", ""),
    (DriverLicence, "NL", "rijbewijs", "5123456789", ""),
    (TaxId, "NL", "KvK", "12345678", ""),
    (Vehicle, "NL", "kenteken", "12-ABC-3", ""),
    (BankAccount, "NL", "rekeningnummer", "123.45.67.890", ""),
    (NationalId, "BE", "Rijksregisternummer", "85.07.30-033.28", "85.07.30-033.29"),
    (NationalId, "BE", "carte d'identité", "591-1917064-58", "591-1917064-59"),
    (Passport, "BE", "passeport", "EH 123456", ""),
    (TaxId, "BE", "ondernemingsnummer", "0403.170.701", "0403.170.702"),
    (Vehicle, "BE", "plaque", "1-ABC-123", ""),
    (NationalId, "LU", "matricule", "1893 12 01 057 32", "1893 12 01 057 33"),
    (NationalId, "PL", "PESEL", "44051401359", "44051401350"),
    (TaxId, "PL", "NIP", "123-456-32-18", "123-456-32-19"),
    (TaxId, "PL", "REGON", "192598184", "192598185"),
    (NationalId, "PL", "dowód osobisty", "ABA300000", "ABA300001"),
    (Passport, "PL", "paszport", "AA1234567", ""),
    (DriverLicence, "PL", "prawo jazdy", "12345/12/1234", ""),
    (Vehicle, "PL", "numer rejestracyjny", "WA 12345", ""),
    (BankAccount, "PL", "numer rachunku", "61 1090 1014 0000 0712 1981 2874", ""),
    (NationalId, "SE", "personnummer", "811218-9876", "811218-9877"),
    (TaxId, "SE", "organisationsnummer", "556016-0680", "556016-0681"),
    (NationalId, "FI", "henkilötunnus", "131052-308T", "131052-309T"),
    (TaxId, "FI", "Y-tunnus", "0737546-2", "0737546-3"),
    (NationalId, "NO", "fødselsnummer", "151086 95088", "151086 95089"),
    (TaxId, "NO", "organisasjonsnummer", "988 077 917", "988 077 918"),
    (BankAccount, "NO", "kontonummer", "8601.11.17947", "8601.11.17948"),
    (NationalId, "DK", "CPR", "211062-5629", ""),
    (TaxId, "DK", "CVR", "13 58 56 28", "13 58 56 29"),
    (NationalId, "IS", "kennitala", "120174-3390", "120174-3391"),
    (TaxId, "FO", "V-tal", "623857", ""),
    (NationalId, "EE", "isikukood", "36805270048", "36805270049"),
    (NationalId, "LT", "asmens kodas", "33309240037", "33309240038"),
    (NationalId, "LV", "personas kods", "161175-19997", "161175-19998"),
    (TaxId, "EE", "registrikood", "12345678", ""),
    (NationalId, "IE", "PPS", "1234567T", "1234568T"),
    (DriverLicence, "IE", "Irish driving licence", "123456789", ""),
    (NationalId, "PT", "Cartão de Cidadão", "00000000 0 ZZ4", ""),
    (TaxId, "PT", "NIF", "501 964 843", "501 964 844"),
    (NationalId, "PT", "NISS", "11234567890", ""),
    (NationalId, "CZ", "rodné číslo", "710319/2745", "710319/2746"),
    (Passport, "CZ", "cestovní pas", "12345678", ""),
    (TaxId, "CZ", "IČO", "25123891", "25123892"),
    (BankAccount, "CZ", "číslo účtu", "19-2000145399/0800", ""),
    (NationalId, "CZ", "občanský průkaz", "123456789", ""),
    (NationalId, "HU", "személyi szám", "1 850131 1234", ""),
    (TaxId, "HU", "adóazonosító jel", "8071592153", ""),
    (HealthId, "HU", "TAJ", "037 687 210", ""),
    (NationalId, "RO", "CNP", "1630615123457", "1630615123458"),
    (TaxId, "RO", "CUI", "18547290", "18547291"),
    (NationalId, "RO", "carte de identitate", "RX 123456", ""),
    (NationalId, "BG", "ЕГН", "7523169263", "7523169264"),
    (TaxId, "BG", "ЕИК", "175074752", ""),
    (NationalId, "HR", "OIB", "33392005961", "33392005962"),
    (NationalId, "RS", "JMBG", "0101006710000", "0101006710001"),
    (TaxId, "SI", "davčna številka", "15012557", ""),
    (TaxId, "RS", "PIB", "101134702", ""),
    (TaxId, "GR", "ΑΦΜ", "094259216", "094259217"),
    (NationalId, "GR", "ΑΜΚΑ", "01013910128", "01013910129"),
    (NationalId, "GR", "ταυτότητα", "ΑΒ 123456", ""),
    (NationalId, "UA", "РНОКПП", "1759901775", "1759901776"),
    (TaxId, "UA", "ЄДРПОУ", "32855961", ""),
    (TaxId, "BY", "УНП", "200988541", ""),
    (NationalId, "MD", "IDNO", "1008600038413", ""),
    (NationalId, "TR", "TC Kimlik No", "17291716824", "17291716825"),
    (TaxId, "TR", "VKN", "4540526338", "4540526339"),
    (Vehicle, "TR", "plaka", "34 ABC 123", ""),
    (TaxId, "AD", "NRT", "U-132950-X", ""),
    (TaxId, "AL", "NIPT", "J91402501L", ""),
    (NationalId, "IN", "Aadhaar", "2341 2341 2346", "2341 2341 2347"),
    (TaxId, "IN", "PAN", "ACUPA7085R", ""),
    (VatId, "IN", "GSTIN", "27AAPFU0939F1ZV", ""),
    (NationalId, "IN", "Voter ID", "ABC1234567", ""),
    (Passport, "IN", "Indian passport", "J1234567", ""),
    (Vehicle, "IN", "vehicle registration", "KA01AB1234", ""),
    (NationalId, "SG", "NRIC", "S1234567D", "S1234568D"),
    (TaxId, "SG", "UEN", "00192200M", ""),
    (NationalId, "KR", "주민등록번호", "971013-1019902", ""),
    (TaxId, "KR", "사업자등록번호", "116-82-00276", "116-82-00277"),
    (Passport, "KR", "여권번호", "M12345678", ""),
    (DriverLicence, "KR", "운전면허번호", "11-22-333333-44", ""),
    (NationalId, "TH", "Thai ID", "1-2345-45678-78-1", "1-2345-45678-78-2"),
    (NationalId, "CN", "身份证号码", "360426199101010071", "360426199101010072"),
    (TaxId, "CN", "统一社会信用代码", "91110000600037341L", ""),
    (NationalId, "HK", "HKID", "A1234563", ""),
    (NationalId, "TW", "身分證字號", "A123456789", "A123456780"),
    (NationalId, "JP", "マイナンバー", "1234 5678 9018", ""),
    (NationalId, "IL", "תעודת זהות", "39337423", "39337424"),
    (NationalId, "IR", "کد ملی", "0499370899", ""),
    (NationalId, "PK", "CNIC", "34201-0891231-8", ""),
    (NationalId, "LK", "Sri Lankan NIC", "853400937V", ""),
    (NationalId, "MY", "MyKad", "770305-02-1234", ""),
    (NationalId, "ID", "NIK", "3171011708450001", ""),
    (TaxId, "ID", "NPWP", "01.300.066.7-091.000", ""),
    (TaxId, "PH", "Philippine TIN", "123-456-789-000", ""),
    (TaxId, "VN", "mã số thuế", "0100233488", ""),
    (NationalId, "CA", "SIN", "123-456-782", "123-456-783"),
    (TaxId, "CA", "business number", "123026635", "123026636"),
    (HealthId, "CA", "OHIP", "1234 567 890 AB", ""),
    (TaxId, "BR", "CPF", "390.533.447-05", "390.533.447-06"),
    (TaxId, "BR", "CNPJ", "16.727.230/0001-97", "16.727.230/0001-98"),
    (NationalId, "BR", "Registro Geral", "12.345.678-9", ""),
    (TaxId, "AR", "CUIT", "20-05536168-2", "20-05536168-3"),
    (NationalId, "AR", "documento nacional de identidad", "20.123.456", ""),
    (BankAccount, "AR", "CBU", "2850590940090418135201", ""),
    (NationalId, "CL", "RUT", "12.531.909-2", "12.531.909-3"),
    (NationalId, "MX", "CURP", "BOXW310820HNERXN09", ""),
    (TaxId, "MX", "RFC", "GODE561231GR8", ""),
    (TaxId, "CO", "NIT", "213123432-1", ""),
    (NationalId, "CO", "cédula de ciudadanía", "1.020.304.050", ""),
    (NationalId, "CU", "carnet de identidad", "91021027775", ""),
    (NationalId, "DO", "cédula", "001-1391820-5", "001-1391820-6"),
    (NationalId, "ZA", "South African ID", "750330 5044 089", "750330 5044 080"),
    (NationalId, "NG", "NIMC", "12345678902", "12345678903"),
    (Vehicle, "NG", "Nigerian plate", "ABC-123DE", ""),
    (TaxId, "KE", "KRA PIN", "A123456789Z", ""),
    (NationalId, "EG", "Egyptian ID", "29001011234567", ""),
    (TaxId, "AU", "ABN", "51 824 753 556", "51 824 753 557"),
    (TaxId, "AU", "ACN", "004 085 616", "004 085 617"),
    (TaxId, "AU", "TFN", "123 456 782", "123 456 783"),
    (HealthId, "AU", "Medicare card", "2123 45670 1", ""),
    (TaxId, "NZ", "IRD number", "49-091-850", "49-091-851"),
    (BankAccount, "NZ", "NZ bank account", "01-0902-0068389-00", ""),
    (HealthId, "NZ", "NHI number", "ZZZ0016", ""),
    (VatId, "AT", "VAT number", "ATU13585627", "ATU13585628"),
    (VatId, "BE", "VAT number", "BE0403170701", "BE0403170702"),
    (VatId, "DK", "VAT number", "DK13585628", "DK13585629"),
    (VatId, "EE", "VAT number", "EE100931105", "EE100931106"),
    (VatId, "FI", "VAT number", "FI20774740", "FI20774741"),
    (VatId, "FR", "VAT number", "FR40303265045", "FR40303265046"),
    (VatId, "DE", "VAT number", "DE136695976", "DE136695977"),
    (VatId, "HR", "VAT number", "HR33392005961", "HR33392005962"),
    (VatId, "HU", "VAT number", "HU12892312", "HU12892313"),
    (VatId, "LU", "VAT number", "LU15027442", "LU15027443"),
    (VatId, "MT", "VAT number", "MT11679112", "MT11679113"),
    (VatId, "NL", "VAT number", "NL004495445B01", "NL004495446B01"),
    (VatId, "PL", "VAT number", "PL8567346215", "PL8567346216"),
    (VatId, "PT", "VAT number", "PT501964843", "PT501964844"),
    (VatId, "RO", "VAT number", "RO18547290", "RO18547291"),
    (VatId, "SK", "VAT number", "SK2022749619", "SK2022749610"),
    (VatId, "SI", "VAT number", "SI50223054", "SI50223055"),
    (VatId, "SE", "VAT number", "SE123456789701", "SE123456789702"),
    (VatId, "GR", "VAT number", "EL094259216", "EL094259217"),
    (VatId, "GB", "VAT number", "GB980780684", "GB980780685"),
    (VatId, "NO", "MVA", "NO 995 525 828 MVA", "NO 995 525 829 MVA"),
    (VatId, "CH", "MWST", "CHE-107.787.577 MWST", "CHE-107.787.578 MWST"),
    (VatId, "BG", "VAT number", "BG175074752", ""),
    (VatId, "CY", "VAT number", "CY10259033P", ""),
    (VatId, "CZ", "VAT number", "CZ25123891", ""),
    (VatId, "IE", "VAT number", "IE6433435F", ""),
    (VatId, "LV", "VAT number", "LV40003521600", ""),
    (VatId, "LT", "VAT number", "LT119511515", ""),
    (VatId, "ES", "VAT number", "ESB58378431", ""),
    (Passport, "", "passport number", "L01X00T47", ""),
    (DriverLicence, "", "driving licence number", "X123456789", ""),
    (NationalId, "", "identity number", "AB-123456", ""),
    (TaxId, "", "tax reference", "123/4567/890", ""),
    (HealthId, "", "medical record number", "0012345", ""),
    (DateOfBirth, "", "date of birth", "24 March 1980", ""),
    (Bic, "", "BIC", "DEUTDEFF500", ""),
    (Imei, "", "IMEI", "490154203237518", "490154203237519"),
    (Vehicle, "", "VIN", "1HGCM82633A004352", ""),
    (BankAccount, "", "account number", "12345678", ""),
    (VatId, "", "VAT number", "XYZ12345678", ""),
    (CryptoWallet, "", "wallet address", "1BoatSLRHtKNngkdXEeobR76b53LETtpyT", ""),
    (TaxId, "", "RUC", "20100066603", ""),
    (Mac, "", "MAC address", "00-00-5E-00-53-01", ""),
];
