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
    ("BIC", Kind::Bic), ("IMEI", Kind::Imei),
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

fn row(line: &str) -> Option<Row> {
    let value: Value = serde_json::from_str(line).ok()?;
    let text = value.get("text")?.as_str()?.to_owned();
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

/// Finds in tickets that name hardly anyone, so that nearly all of them are false: telephone numbers and places, in each MB.
#[test]
fn counts_places_and_phones_in_tickets() {
    let Some(data) = std::env::var_os("QUILLGATE_DATA").map(PathBuf::from) else { return };
    let prototype = Masker::new(&[], [Kind::Phone, Kind::Address, Kind::Postcode].into_iter().collect());
    for name in ["jira-known-item", "hadoop-dup"] {
        let (mut bytes, mut found) = (0, BTreeMap::<Kind, usize>::new());
        for row in lines(&data.join("retrieval").join(name).join("corpus.jsonl")).lines() {
            let Ok(row) = serde_json::from_str::<Value>(row) else { continue };
            let text = |field: &str| row.get(field).and_then(Value::as_str).unwrap_or_default().to_owned();
            let text = format!("{}\n{}", text("title"), text("text"));
            bytes += text.len();
            prototype.fresh().findings(&text).iter().for_each(|finding| *found.entry(finding.kind).or_default() += 1);
        }
        for (kind, count) in found {
            println!("{name}: {kind} {:.2} in each MB of {:.1}", ratio(count, bytes) * 1e6, ratio(bytes, 1) / 1e6);
        }
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
    }
}
