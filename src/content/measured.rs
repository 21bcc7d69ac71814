//! Runs over real documents when `QUILLGATE_DATA` names a folder of them; nothing of them is part of the project.
//! Without the variable the tests pass without a word: the rules themselves are tested beside the code.
#![expect(clippy::print_stdout, reason = "the figures are what the run is for")]

use super::{Format, parse, print};
use std::path::{Path, PathBuf};

fn data() -> Option<PathBuf> {
    std::env::var_os("QUILLGATE_DATA").map(PathBuf::from)
}

fn files(folder: &Path) -> Vec<(String, String)> {
    let mut out: Vec<_> = std::fs::read_dir(folder)
        .map(|all| all.flatten().map(|e| e.path()).collect())
        .unwrap_or_default();
    out.sort();
    out.into_iter()
        .filter_map(|p| Some((p.file_name()?.to_string_lossy().into_owned(), std::fs::read_to_string(&p).ok()?)))
        .collect()
}

/// Storage bodies: every page, and every probe.
fn storage_bodies(data: &Path) -> Vec<(String, String)> {
    let content = data.join("content");
    let mut out = files(&content.join("storage"));
    out.extend(files(&content.join("storage-generated")));
    let probes = std::fs::read_to_string(content.join("storage-probes.json")).unwrap_or_default();
    let probes: std::collections::BTreeMap<String, String> = serde_json::from_str(&probes).unwrap_or_default();
    out.extend(probes);
    out
}

/// ADF bodies: every document, ticket, README and probe.
fn adf_bodies(data: &Path) -> Vec<(String, String)> {
    let content = data.join("content");
    let mut out = files(&content.join("adf"));
    for lines in [content.join("readme-adf.jsonl"), data.join("site/hadoop-tickets-adf.jsonl")] {
        for line in std::fs::read_to_string(lines).unwrap_or_default().lines() {
            let value: serde_json::Value = serde_json::from_str(line).unwrap_or_default();
            let name = value.get("key").or_else(|| value.get("file")).map(ToString::to_string).unwrap_or_default();
            out.extend(value.get("description").map(|d| (name, d.to_string())));
        }
    }
    let probes = std::fs::read_to_string(content.join("adf-probes.json")).unwrap_or_default();
    let probes: std::collections::BTreeMap<String, serde_json::Value> = serde_json::from_str(&probes).unwrap_or_default();
    let doc = |node| serde_json::json!({ "version": 1, "type": "doc", "content": [node] }).to_string();
    out.extend(probes.into_iter().map(|(name, node)| (name, doc(node))));
    out
}

#[test]
fn gives_back_every_real_document_as_the_same_value() {
    let Some(data) = data() else { return };
    let bodies = adf_bodies(&data);
    let mut failed = 0;
    for (name, body) in &bodies {
        let before: serde_json::Value = serde_json::from_str(body).unwrap_or_default();
        match parse(Format::Adf, body) {
            Ok(document) => {
                let after: serde_json::Value = serde_json::from_str(&print(Format::Adf, &document)).unwrap_or_default();
                if before != after {
                    failed += 1;
                    println!("differs: {name}\n{before}\n{after}");
                }
            }
            Err(why) => {
                failed += 1;
                println!("refused: {name}: {}", why.code());
            }
        }
    }
    println!("adf: {} bodies, {failed} failed", bodies.len());
    assert_eq!(failed, 0);
}

#[test]
fn gives_back_every_real_page_byte_for_byte() {
    let Some(data) = data() else { return };
    let bodies = storage_bodies(&data);
    let mut failed = 0;
    for (name, body) in &bodies {
        match parse(Format::Storage, body) {
            Ok(document) if print(Format::Storage, &document) == *body => {}
            Ok(_) => {
                failed += 1;
                println!("differs: {name}");
            }
            Err(why) => {
                failed += 1;
                println!("refused: {name}: {}", why.code());
            }
        }
    }
    println!("storage: {} bodies, {failed} failed", bodies.len());
    assert_eq!(failed, 0);
}
