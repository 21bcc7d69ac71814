//! Scores the finds on annotated sets when `QUILLGATE_DATA` names a folder of them; nothing of them is part of the project.
//! Without the variable the tests pass without a word: the rules themselves are tested beside each detector.
//!
//! A gold span is hit by an overlapping finding of its kind, each finding once (typed precision, recall, F1), and covered when
//! one finding of whatever kind holds the whole of it. A row is judged on the kinds of its scope alone.
#![expect(clippy::print_stdout, reason = "the figures are what the run is for")]

use super::{Finding, Kind, KindSet, Masker};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The annotated kinds of the sets by our names; what is not here is not scored.
#[rustfmt::skip]
const KINDS: &[(&str, Kind)] = &[
    ("EMAIL_ADDRESS", Kind::Email), ("PHONE_NUMBER", Kind::Phone), ("PH_MOBILE_NUMBER", Kind::Phone), ("TR_PHONE_NUMBER", Kind::Phone),
    ("CREDIT_CARD", Kind::Card), ("IBAN_CODE", Kind::Iban), ("IP_ADDRESS", Kind::Ip), ("MAC_ADDRESS", Kind::Mac), ("CRYPTO", Kind::CryptoWallet),
    ("PERSON", Kind::Person), ("STREET_ADDRESS", Kind::Address), ("ADDRESS", Kind::Address), ("SECRET", Kind::Secret), ("US_SSN", Kind::NationalId),
    ("NATIONAL_ID", Kind::NationalId), ("PASSPORT", Kind::Passport), ("TAX_ID", Kind::TaxId), ("VAT", Kind::VatId), ("POSTAL_CODE", Kind::Postcode),
    ("BIC", Kind::Bic), ("IMEI", Kind::Imei), ("LICENSE_PLATE", Kind::Vehicle),
    ("US_ITIN", Kind::TaxId), ("US_PASSPORT", Kind::Passport), ("US_DRIVER_LICENSE", Kind::DriverLicence), ("US_BANK_NUMBER", Kind::BankAccount),
    ("ABA_ROUTING_NUMBER", Kind::BankAccount), ("US_NPI", Kind::HealthId), ("US_MBI", Kind::HealthId), ("MEDICAL_LICENSE", Kind::HealthId),
    ("UK_NHS", Kind::HealthId), ("UK_NINO", Kind::NationalId), ("UK_PASSPORT", Kind::Passport), ("UK_POSTCODE", Kind::Postcode),
    ("UK_VEHICLE_REGISTRATION", Kind::Vehicle), ("UK_DRIVING_LICENCE", Kind::DriverLicence),
    ("DE_TAX_ID", Kind::TaxId), ("DE_TAX_NUMBER", Kind::TaxId), ("DE_VAT_ID", Kind::VatId), ("DE_ID_CARD", Kind::NationalId), ("DE_PASSPORT", Kind::Passport),
    ("DE_SOCIAL_SECURITY", Kind::NationalId), ("DE_HEALTH_INSURANCE", Kind::HealthId), ("DE_LANR", Kind::HealthId), ("DE_BSNR", Kind::HealthId),
    ("DE_FUEHRERSCHEIN", Kind::DriverLicence), ("DE_KFZ", Kind::Vehicle), ("DE_PLZ", Kind::Postcode),
    ("ES_NIF", Kind::NationalId), ("ES_NIE", Kind::NationalId), ("ES_PASSPORT", Kind::Passport),
    ("IT_FISCAL_CODE", Kind::TaxId), ("IT_VAT_CODE", Kind::VatId), ("IT_DRIVER_LICENSE", Kind::DriverLicence), ("IT_IDENTITY_CARD", Kind::NationalId), ("IT_PASSPORT", Kind::Passport),
    ("PL_PESEL", Kind::NationalId), ("FI_PERSONAL_IDENTITY_CODE", Kind::NationalId), ("SE_PERSONNUMMER", Kind::NationalId), ("SE_ORGANISATIONSNUMMER", Kind::TaxId),
    ("AU_ABN", Kind::TaxId), ("AU_ACN", Kind::TaxId), ("AU_TFN", Kind::TaxId), ("AU_MEDICARE", Kind::HealthId), ("CA_SIN", Kind::NationalId),
    ("IN_AADHAAR", Kind::NationalId), ("IN_PAN", Kind::TaxId), ("IN_GSTIN", Kind::VatId), ("IN_VOTER", Kind::NationalId), ("IN_PASSPORT", Kind::Passport), ("IN_VEHICLE_REGISTRATION", Kind::Vehicle),
    ("SG_NRIC_FIN", Kind::NationalId), ("SG_UEN", Kind::TaxId), ("KR_RRN", Kind::NationalId), ("KR_FRN", Kind::NationalId), ("KR_BRN", Kind::TaxId),
    ("KR_PASSPORT", Kind::Passport), ("KR_DRIVER_LICENSE", Kind::DriverLicence), ("TH_TNIN", Kind::NationalId), ("TR_NATIONAL_ID", Kind::NationalId), ("TR_LICENSE_PLATE", Kind::Vehicle),
    ("NG_NIN", Kind::NationalId), ("NG_VEHICLE_REGISTRATION", Kind::Vehicle), ("ZA_ID_NUMBER", Kind::NationalId), ("PH_TIN", Kind::TaxId),
];

/// Numbers of python-stdnum by our names, with the label they usually have.
#[rustfmt::skip]
const LABELS: &[(&str, Kind, &str)] = &[
    ("de.idnr", Kind::TaxId, "Steuer-ID"), ("de.stnr", Kind::TaxId, "Steuernummer"), ("de.vat", Kind::VatId, "USt-IdNr."),
    ("fr.nir", Kind::NationalId, "Numéro de sécurité sociale"), ("fr.nif", Kind::TaxId, "Numéro fiscal"), ("fr.siren", Kind::TaxId, "SIREN"), ("fr.siret", Kind::TaxId, "SIRET"), ("fr.tva", Kind::VatId, "N° TVA"),
    ("es.dni", Kind::NationalId, "DNI"), ("es.nie", Kind::NationalId, "NIE"), ("es.nif", Kind::NationalId, "NIF"), ("es.cif", Kind::TaxId, "CIF"),
    ("it.codicefiscale", Kind::TaxId, "Codice fiscale"), ("it.iva", Kind::VatId, "Partita IVA"),
    ("gb.nhs", Kind::HealthId, "NHS number"), ("gb.utr", Kind::TaxId, "UTR"), ("gb.vat", Kind::VatId, "VAT number"),
    ("us.ssn", Kind::NationalId, "SSN"), ("us.itin", Kind::TaxId, "ITIN"), ("us.ein", Kind::TaxId, "EIN"), ("us.atin", Kind::TaxId, "ATIN"), ("us.ptin", Kind::TaxId, "PTIN"), ("us.rtn", Kind::BankAccount, "Routing number"), ("us.tin", Kind::TaxId, "TIN"),
    ("ru.inn", Kind::TaxId, "ИНН"), ("ru.ogrn", Kind::TaxId, "ОГРН"),
    ("ch.ssn", Kind::NationalId, "AHV-Nr."), ("ch.uid", Kind::TaxId, "UID"), ("ch.vat", Kind::VatId, "MWST-Nr."),
    ("at.uid", Kind::VatId, "UID-Nummer"), ("at.tin", Kind::TaxId, "Steuernummer"), ("at.vnr", Kind::NationalId, "SV-Nummer"), ("at.businessid", Kind::TaxId, "Firmenbuchnummer"),
    ("nl.bsn", Kind::NationalId, "BSN"), ("nl.btw", Kind::VatId, "BTW-nummer"), ("nl.onderwijsnummer", Kind::NationalId, "Onderwijsnummer"),
    ("be.nn", Kind::NationalId, "Rijksregisternummer"), ("be.bis", Kind::NationalId, "BIS-nummer"), ("be.ssn", Kind::NationalId, "INSZ"), ("be.eid", Kind::NationalId, "Identiteitskaart"), ("be.vat", Kind::VatId, "BTW"),
    ("pl.pesel", Kind::NationalId, "PESEL"), ("pl.nip", Kind::TaxId, "NIP"), ("pl.regon", Kind::TaxId, "REGON"),
    ("se.personnummer", Kind::NationalId, "Personnummer"), ("fi.hetu", Kind::NationalId, "Henkilötunnus"), ("no.fodselsnummer", Kind::NationalId, "Fødselsnummer"), ("dk.cpr", Kind::NationalId, "CPR"),
    ("is_.kennitala", Kind::NationalId, "Kennitala"), ("ee.ik", Kind::NationalId, "Isikukood"), ("lt.asmens", Kind::NationalId, "Asmens kodas"), ("ie.pps", Kind::NationalId, "PPS number"),
    ("pt.cc", Kind::NationalId, "Cartão de Cidadão"), ("pt.nif", Kind::TaxId, "Contribuinte"), ("cz.rc", Kind::NationalId, "Rodné číslo"), ("ro.cnp", Kind::NationalId, "CNP"), ("bg.egn", Kind::NationalId, "ЕГН"), ("hr.oib", Kind::NationalId, "OIB"),
    ("gr.amka", Kind::NationalId, "ΑΜΚΑ"), ("tr.tckimlik", Kind::NationalId, "TC Kimlik No"), ("tr.vkn", Kind::TaxId, "VKN"), ("il.idnr", Kind::NationalId, "תעודת זהות"), ("in_.aadhaar", Kind::NationalId, "Aadhaar"), ("in_.pan", Kind::TaxId, "PAN"), ("in_.gstin", Kind::VatId, "GSTIN"),
    ("kr.rrn", Kind::NationalId, "RRN"), ("kr.brn", Kind::TaxId, "BRN"), ("th.pin", Kind::NationalId, "Thai ID"), ("za.idnr", Kind::NationalId, "South African ID"), ("ca.sin", Kind::NationalId, "SIN"), ("br.cpf", Kind::TaxId, "CPF"), ("br.cnpj", Kind::TaxId, "CNPJ"),
    ("ar.cuit", Kind::TaxId, "CUIT"), ("cl.rut", Kind::NationalId, "RUT"), ("mx.curp", Kind::NationalId, "CURP"), ("mx.rfc", Kind::TaxId, "RFC"), ("au.abn", Kind::TaxId, "ABN"), ("au.acn", Kind::TaxId, "ACN"), ("au.tfn", Kind::TaxId, "TFN"), ("nz.ird", Kind::TaxId, "IRD"),
    ("sg.uen", Kind::TaxId, "UEN"), ("bic", Kind::Bic, "BIC"), ("imei", Kind::Imei, "IMEI"), ("iban", Kind::Iban, "IBAN"), ("eu.vat", Kind::VatId, "VAT number"), ("mac", Kind::Mac, "MAC"), ("bitcoin", Kind::CryptoWallet, "Wallet"),
];

fn kind_of(name: &str) -> Option<Kind> {
    KINDS.iter().find(|(theirs, _)| *theirs == name).map(|(_, ours)| *ours)
}

/// A text of a set, with what is personal in it in bytes.
struct Row {
    text: String,
    gold: Vec<(Kind, usize, usize)>,
    kinds: KindSet,
}

/// Half of a set by the parity of a hash (FNV-1a, folded), when `QUILLGATE_HALF` is `even` or `odd`: one to look at, the other to report.
fn is_chosen(text: &str) -> bool {
    let hash = text
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3));
    let even = (hash ^ (hash >> 32)).is_multiple_of(2);
    match std::env::var("QUILLGATE_HALF").as_deref() {
        Ok("even") => even,
        Ok("odd") => !even,
        _ => true,
    }
}

fn row(line: &str) -> Option<Row> {
    let value: Value = serde_json::from_str(line).ok()?;
    let text = value.get("text")?.as_str().filter(|text| is_chosen(text))?.to_owned();
    // The sets count code points.
    let bytes: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let place =
        |span: &Value, end: &str| bytes.get(usize::try_from(span.get(end).and_then(Value::as_u64)?).ok()?).copied();
    let spans = value.get("spans").and_then(Value::as_array).cloned().unwrap_or_default();
    let gold: Vec<_> = spans
        .iter()
        .filter_map(|span| Some((kind_of(span.get("type")?.as_str()?)?, place(span, "start")?, place(span, "end")?)))
        .collect();
    let scope = value.get("scope").and_then(Value::as_array).cloned().unwrap_or_default();
    let scope = scope.iter().filter_map(|name| kind_of(name.as_str()?.split(':').next()?));
    let kinds = scope.chain(gold.iter().map(|(kind, ..)| *kind)).collect();
    Some(Row { text, gold, kinds })
}

fn lines(path: &Path) -> String {
    if path.extension().is_some_and(|extension| extension == "gz") {
        let unpacked = Command::new("gzip").arg("-dc").arg(path).output().map(|out| out.stdout).unwrap_or_default();
        return String::from_utf8_lossy(&unpacked).into_owned();
    }
    std::fs::read_to_string(path).unwrap_or_default()
}

/// What the finds of a kind come to in a set.
#[derive(Default)]
struct Tally {
    gold: usize,
    hit: usize,
    cover: usize,
    wrong: usize,
}

fn ratio(part: usize, whole: usize) -> f64 {
    let count = |number: usize| f64::from(u32::try_from(number).unwrap_or(u32::MAX));
    count(part) / count(whole.max(1))
}

fn count(row: &Row, findings: &[Finding], tallies: &mut BTreeMap<Kind, Tally>) {
    let found: Vec<&Finding> = findings.iter().filter(|finding| row.kinds.has(finding.kind)).collect();
    let mut used = vec![false; found.len()];
    for (kind, start, end) in &row.gold {
        let tally = tallies.entry(*kind).or_default();
        tally.gold += 1;
        tally.cover += usize::from(findings.iter().any(|finding| finding.start <= *start && *end <= finding.end));
        let hit = found
            .iter()
            .zip(&mut used)
            .find(|(finding, used)| !**used && finding.kind == *kind && finding.start < *end && *start < finding.end);
        if let Some((_, used)) = hit {
            *used = true;
            tally.hit += 1;
        }
    }
    for (finding, _) in found.iter().zip(&used).filter(|(_, used)| !**used) {
        tallies.entry(finding.kind).or_default().wrong += 1;
    }
}

/// The misses and false finds of one kind, when `QUILLGATE_SHOW` names it: for the half one looks at.
fn show(row: &Row, findings: &[Finding]) {
    let Some(kind) = std::env::var("QUILLGATE_SHOW")
        .ok()
        .and_then(|name| Kind::ALL.iter().copied().find(|kind| kind.wire() == name))
    else {
        return;
    };
    let of_kind = |found: &&Finding| found.kind == kind && row.kinds.has(kind);
    let gold: Vec<_> = row.gold.iter().filter(|gold| gold.0 == kind).collect();
    let missed = gold
        .iter()
        .any(|gold| !findings.iter().filter(of_kind).any(|found| found.start < gold.2 && gold.1 < found.end));
    let wrong = findings
        .iter()
        .filter(of_kind)
        .any(|found| !gold.iter().any(|gold| found.start < gold.2 && gold.1 < found.end));
    if missed || wrong {
        println!("{} {:?} found {findings:?}", if missed { "missed" } else { "false" }, row.text);
    }
}

fn sets() -> Vec<PathBuf> {
    let Some(data) = std::env::var_os("QUILLGATE_DATA").map(PathBuf::from) else { return Vec::new() };
    let chosen = std::env::var("QUILLGATE_SETS").unwrap_or_default();
    let files = std::fs::read_dir(data.join("privacy")).map(|all| all.flatten().map(|entry| entry.path()).collect());
    let mut files: Vec<PathBuf> = files.unwrap_or_default();
    files.retain(|path| chosen.is_empty() || chosen.split(',').any(|name| path.to_string_lossy().contains(name)));
    files.sort();
    files
}

#[test]
fn scores_the_annotated_sets() {
    let prototype = Masker::new(&[], KindSet::ALL);
    for path in sets() {
        let mut tallies = BTreeMap::new();
        for row in lines(&path).lines().filter_map(row) {
            let findings = prototype.fresh().findings(&row.text);
            show(&row, &findings);
            count(&row, &findings, &mut tallies);
        }
        let name = path.file_stem().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        for (kind, tally) in tallies {
            let (precision, recall) = (ratio(tally.hit, tally.hit + tally.wrong), ratio(tally.hit, tally.gold));
            let f1 = 2.0 * precision * recall / (precision + recall).max(1e-9);
            let cover = ratio(tally.cover, tally.gold);
            println!(
                "{name:34} {kind:14} gold {:5} P {precision:.3} R {recall:.3} F1 {f1:.3} cover {cover:.3} false {}",
                tally.gold, tally.wrong
            );
        }
    }
}

#[test]
fn counts_hits_on_what_is_not_personal() {
    let prototype = Masker::new(&[], KindSet::ALL);
    for path in sets().iter().filter(|path| path.to_string_lossy().contains("hard_negatives")) {
        let (mut rows, mut hit) = (0, BTreeMap::<Kind, usize>::new());
        let mut hit_rows = 0;
        for row in lines(path).lines().filter_map(row) {
            let findings = prototype.fresh().findings(&row.text);
            rows += 1;
            hit_rows += usize::from(!findings.is_empty());
            findings.iter().for_each(|finding| *hit.entry(finding.kind).or_default() += 1);
        }
        println!("hard negatives: {hit_rows} of {rows} hit: {hit:?}");
    }
}

/// National forms of the countries whose forms are looked for, in a sentence; those of other countries beside a label.
#[test]
fn covers_national_phone_forms_in_sentences() {
    #[rustfmt::skip]
    const COUNTRIES: &[&str] = &["US", "CA", "GB", "IE", "DE", "AT", "CH", "FR", "BE", "ES", "IT", "RU", "NL", "PL"];
    let prototype = Masker::new(&[], KindSet::NONE.with(Kind::Phone));
    let mut tallies = BTreeMap::<(bool, &str), (usize, usize)>::new();
    for path in sets().iter().filter(|path| path.to_string_lossy().contains("libphonenumber_examples")) {
        for row in lines(path).lines().filter_map(|line| serde_json::from_str::<Value>(line).ok()) {
            let field = |name: &str| row.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
            let (number, known) = (field("text"), COUNTRIES.contains(&field("region").as_str()));
            for carrier in ["He left {} for you.", "Please call {} tomorrow", "Tel.: {}", "My number is {}, thanks"] {
                if field("format") != "NATIONAL" {
                    continue;
                }
                let text = carrier.replace("{}", &number);
                let start = text.find(&number).unwrap_or_default();
                let findings = prototype.fresh().findings(&text);
                let covered = findings.iter().any(|found| found.start <= start && start + number.len() <= found.end);
                let (all, hit) = tallies.entry((known, carrier)).or_default();
                (*all, *hit) = (*all + 1, *hit + usize::from(covered));
            }
        }
    }
    for ((known, carrier), (all, hit)) in tallies {
        let whose = if known { "national, looked for" } else { "national, others" };
        println!("{whose:22} {carrier:26} {hit} of {all} covered: {:.3}", ratio(hit, all));
        assert!(!known || ratio(hit, all) >= 0.99, "{carrier}");
    }
}

/// Values of python-stdnum as they stand in texts: behind their label. The invalid ones of a number with check digits are not to be found.
#[test]
fn scores_numbers_beside_their_labels() {
    let prototype = Masker::new(&[], KindSet::ALL);
    let mut tallies: BTreeMap<&str, (Tally, usize, usize)> = BTreeMap::new();
    for path in sets().iter().filter(|path| path.to_string_lossy().contains("stdnum")) {
        let lines = lines(path);
        let values = lines.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
        for value in values {
            let name = value["scope"][0].as_str().unwrap_or_default();
            let Some((name, kind, label)) = LABELS.iter().find(|entry| entry.0 == name) else { continue };
            let Some(number) = value["text"].as_str().filter(|text| is_chosen(text)) else { continue };
            let text = format!("{label}: {number}");
            let findings = prototype.fresh().findings(&text);
            let typed =
                findings.iter().any(|found| found.kind == *kind && found.start < text.len() && label.len() < found.end);
            let cover = findings.iter().any(|found| found.start <= label.len() + 2 && text.len() <= found.end);
            let (tally, invalid, wrong) = tallies.entry(name).or_default();
            if value["valid"] == true {
                tally.gold += 1;
                tally.hit += usize::from(typed);
                tally.cover += usize::from(cover);
            } else {
                *invalid += 1;
                *wrong += usize::from(typed);
            }
            if std::env::var("QUILLGATE_SHOW").as_deref() == Ok(*name) && (value["valid"] == true) != typed {
                println!("{text:?} valid {} found {findings:?}", value["valid"]);
            }
        }
    }
    for (name, (tally, invalid, wrong)) in &tallies {
        println!(
            "labeled {name:20} gold {:4} typed {:.3} cover {:.3} invalid {invalid} found {wrong}",
            tally.gold,
            ratio(tally.hit, tally.gold),
            ratio(tally.cover, tally.gold)
        );
    }
    for main in [true, false] {
        let ours = |name: &str| {
            ["de.", "fr.", "es.", "it.", "gb.", "us.", "ru.", "ch.", "at.", "nl.", "be.", "pl."]
                .iter()
                .any(|one| name.starts_with(one))
        };
        let of = tallies.iter().filter(|(name, _)| ours(name) == main);
        let (gold, hit) = of.fold((0, 0), |sum, (_, (tally, ..))| (sum.0 + tally.gold, sum.1 + tally.hit));
        println!(
            "labeled, {}: {hit} of {gold} typed, {:.3}",
            if main { "twelve countries" } else { "others" },
            ratio(hit, gold)
        );
    }
}

/// Finds for each megabyte of tickets, by kind; no value is printed unless `QUILLGATE_SHOW` names its kind.
#[test]
fn counts_finds_in_tickets() {
    let Some(data) = std::env::var_os("QUILLGATE_DATA").map(PathBuf::from) else { return };
    let shown = std::env::var("QUILLGATE_SHOW").unwrap_or_default();
    if std::env::var("QUILLGATE_SETS").is_ok_and(|sets| !sets.contains("tickets")) {
        return;
    }
    let prototype = Masker::new(&[], KindSet::ALL);
    for corpus in ["hadoop-dup", "jira-known-item"] {
        let (mut bytes, mut counts) = (0, BTreeMap::<Kind, usize>::new());
        for line in
            lines(&data.join("retrieval").join(corpus).join("corpus.jsonl")).lines().filter(|line| is_chosen(line))
        {
            let Ok(value) = serde_json::from_str::<Value>(line) else { continue };
            for text in ["title", "text"].iter().filter_map(|field| value.get(field)?.as_str()) {
                bytes += text.len();
                for finding in prototype.fresh().findings(text) {
                    *counts.entry(finding.kind).or_default() += 1;
                    if finding.kind.wire() == shown {
                        println!(
                            "{:?} in {:?}",
                            text.get(finding.start..finding.end),
                            text.get(
                                text.floor_char_boundary(finding.start.saturating_sub(48))
                                    ..text.ceil_char_boundary(finding.end + 24)
                            )
                        );
                    }
                }
            }
        }
        for (kind, found) in &counts {
            println!("tickets {corpus:16} {kind:14} {found:6} {:.2} for each MB", ratio(*found * 1_000_000, bytes));
        }
    }
}
