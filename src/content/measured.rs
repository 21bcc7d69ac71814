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
