//! Excerpts and extracts of real documents, when `QUILLGATE_DATA` names a folder of them.
//! Nothing of them is part of the project; see [`super::measured`].
#![expect(clippy::print_stdout, clippy::as_conversions, reason = "the figures are what the run is for")]

use super::measured::{adf_bodies, data, storage_bodies, words};
use super::{Format, parse, print};

/// Share of the title's words that the first sentences hold.
fn title_recall(title: &str, text: &str) -> Option<f64> {
    let lower = |t: &str| words(&t.to_lowercase());
    let (title, text) = (lower(title), lower(text));
    let total: i64 = title.values().sum();
    let held: i64 = title.iter().map(|(w, n)| *n.min(text.get(w).unwrap_or(&0))).sum();
    (total > 0).then(|| held as f64 / total as f64)
}

#[test]
fn extracts_more_of_the_title_than_the_lead() {
    let Some(data) = data() else { return };
    let lines = std::fs::read_to_string(data.join("site/hadoop-tickets-adf.jsonl")).unwrap_or_default();
    let mut sums = [[0.0_f64; 2]; 3];
    let mut count = 0.0;
    for line in lines.lines() {
        let ticket: serde_json::Value = serde_json::from_str(line).unwrap_or_default();
        let title = ticket.get("summary").and_then(serde_json::Value::as_str).unwrap_or_default();
        let Ok(document) = parse(Format::Adf, &ticket.get("description").map(ToString::to_string).unwrap_or_default())
        else {
            continue;
        };
        let source = super::extract::Source::new(&document, None);
        let lead = super::extract::lead_for_tests(&source.markdown);
        if lead.len() < 6 {
            continue;
        }
        count += 1.0;
        let ranked = super::extract::rank(std::slice::from_ref(&source), 3);
        for k in 1..=3 {
            let ours: Vec<_> = ranked.iter().take(k).map(|s| s.text.clone()).collect();
            sums[k - 1][0] += title_recall(title, &ours.join(" ")).unwrap_or(0.0);
            sums[k - 1][1] += title_recall(title, &lead[..k].join(" ")).unwrap_or(0.0);
        }
    }
    for (k, [ours, lead]) in sums.iter().enumerate() {
        println!("extract, {count} tickets, K={}: ours {:.3}, lead {:.3}", k + 1, ours / count, lead / count);
    }
}

#[test]
fn cuts_real_documents_within_the_bound() {
    let Some(data) = data() else { return };
    let (mut total, mut pieces) = (0, 0);
    for (format, bodies) in [(Format::Adf, adf_bodies(&data)), (Format::Storage, storage_bodies(&data))] {
        for (name, body) in &bodies {
            let Ok(document) = parse(format, body) else {
                continue;
            };
            let markdown: Vec<u16> = print(Format::Markdown, &document).encode_utf16().collect();
            for max_chars in [200, 600, 1800] {
                let limits = super::ExcerptLimits { max_chars, max_tokens: None };
                let all = super::excerpts(&document, &limits);
                let mut covered = 0;
                for excerpt in &all {
                    assert!(excerpt.text.encode_utf16().count() <= max_chars, "{name}: {}", excerpt.text);
                    let skipped = String::from_utf16_lossy(&markdown[covered..excerpt.start.max(covered)]);
                    assert!(
                        skipped.chars().all(|c| c.is_whitespace() || matches!(c, '>' | '\\'))
                            || skipped.contains('|')
                            || skipped.contains("```"),
                        "{name}: lost {skipped:?}"
                    );
                    covered = covered.max(excerpt.end);
                    pieces += 1;
                }
                total += markdown.len();
            }
        }
    }
    println!("excerpts: {pieces} of {total} characters");
}
