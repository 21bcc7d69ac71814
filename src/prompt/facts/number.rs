//! Numbers and versions: the readings a group of figures can have.
//! It leaves units alone: `25 ms` and `25 s` are the same number.

use std::collections::HashSet;

/// The readings of figures with separators; `1.234` may be a thousand or a little more than one.
pub(super) fn readings(figures: &str) -> Vec<String> {
    let bare: String = figures.chars().filter(|char| !matches!(char, '\'' | '’' | '_')).collect();
    let dots = bare.matches('.').count();
    let commas = bare.matches(',').count();
    let integer = |text: &str| {
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        let short = digits.trim_start_matches('0');
        if short.is_empty() { "0".to_owned() } else { short.to_owned() }
    };
    let decimal = |mark: char| match bare.rsplit_once(mark) {
        Some((whole, part)) if !part.is_empty() => format!("{}.{part}", integer(whole)),
        _ => integer(&bare),
    };
    match (dots, commas) {
        (0, 0) => vec![integer(&bare)],
        (0, 1) | (1, 0) => {
            let mark = if dots == 1 { '.' } else { ',' };
            let (whole, part) = bare.split_once(mark).unwrap_or((&bare, ""));
            let grouped = part.len() == 3 && (1..=3).contains(&whole.len()) && whole != "0";
            if grouped { vec![integer(&bare), decimal(mark)] } else { vec![decimal(mark)] }
        }
        (1, _) if bare.rfind('.') > bare.rfind(',') => vec![decimal('.')],
        (_, 1) if bare.rfind(',') > bare.rfind('.') => vec![decimal(',')],
        _ => vec![integer(&bare)],
    }
}

/// Whether a word is a version, and its plain form: at least two dots, or one with a leading `v` or a suffix.
pub(super) fn version(word: &str) -> Option<String> {
    let lower = word.to_lowercase();
    let (marked, rest) = match lower.strip_prefix('v') {
        Some(rest) if rest.starts_with(|char: char| char.is_ascii_digit()) => (true, rest),
        _ => (false, lower.as_str()),
    };
    let figures = rest.find(|char: char| !char.is_ascii_digit() && char != '.').unwrap_or(rest.len());
    let (core, suffix) = (rest.get(..figures)?, rest.get(figures..)?);
    let core_trimmed = core.trim_end_matches('.');
    let parts: Vec<&str> = core_trimmed.split('.').collect();
    if parts.iter().any(|part| part.is_empty()) || !rest.starts_with(|char: char| char.is_ascii_digit()) {
        return None;
    }
    let wild = suffix == "x" && core.ends_with('.');
    let tagged = is_prerelease(suffix) || (suffix.starts_with(['-', '+']) && parts.len() >= 3);
    match parts.len() {
        1 if marked || wild => Some(rest.to_owned()),
        2 if marked || tagged || wild => Some(rest.to_owned()),
        3.. if suffix.is_empty() || tagged || wild => Some(rest.to_owned()),
        _ => None,
    }
    .filter(|_| suffix.is_empty() || tagged || wild)
}

/// Adds every run of figures in a source, also inside file names and such: versions whole, numbers in all readings.
pub(super) fn each_run(text: &str, versions: &mut HashSet<String>, numbers: &mut HashSet<String>) {
    let lower = text.to_lowercase();
    let mut previous = ' ';
    let mut rest = lower.as_str();
    while let Some(char) = rest.chars().next() {
        if !char.is_ascii_digit() || previous.is_ascii_digit() {
            previous = char;
            rest = rest.get(char.len_utf8()..).unwrap_or_default();
            continue;
        }
        let end = rest.find(|char: char| !char.is_ascii_digit() && char != '.').unwrap_or(rest.len());
        let (run, after) = rest.split_at_checked(end).unwrap_or((rest, ""));
        let core = run.trim_end_matches('.');
        if run.ends_with('.') && after.starts_with('x') {
            versions.insert(format!("{core}.x"));
        }
        if core.contains('.') {
            add_version(core, run.len() == core.len(), after, versions);
        } else if previous == 'v' || !previous.is_alphanumeric() {
            // The figures of `v3` are a version; those after any other letter belong to a name.
            if previous == 'v' {
                versions.insert(core.to_owned());
            }
            if previous == '=' || previous == ':' || previous == '(' {
                numbers.extend(readings(core));
            }
        }
        previous = '0';
        rest = after;
    }
}

/// A dotted run with what touches it: `3.4.1-rc2` is that version alone, `3.4.1.jar` is 3.4.1 in a file's name.
fn add_version(core: &str, touching: bool, after: &str, versions: &mut HashSet<String>) {
    let tail: String = after.chars().take_while(|char| char.is_ascii_alphanumeric() || "-+.".contains(*char)).collect();
    let tail = tail.trim_end_matches(['.', '-', '+']);
    if touching && is_prerelease(tail) {
        versions.insert(format!("{core}{tail}"));
        return;
    }
    versions.insert(core.to_owned());
    if touching && !tail.is_empty() {
        versions.insert(format!("{core}{tail}"));
    }
}

fn is_prerelease(suffix: &str) -> bool {
    let name = suffix.trim_start_matches(['-', '.', '+', '_']);
    [
        "rc",
        "alpha",
        "beta",
        "snapshot",
        "pre",
        "dev",
        "milestone",
        "preview",
        "final",
        "m1",
        "m2",
        "m3",
        "b1",
        "b2",
        "a1",
        "cr",
        "ga",
    ]
    .iter()
    .any(|tag| name.starts_with(tag))
}
