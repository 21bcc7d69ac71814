//! One pass over a text for everything that can be checked.
//! It only finds; what a source has is [`super::Known`].

use super::date;
use super::number;
use super::{Fact, Needle};
use crate::prompt::plan::Reason;

/// The checkable parts of a text, in order.
pub(in crate::prompt) fn facts(text: &str) -> Vec<Fact> {
    let mut out = Vec::new();
    let text = take_tokens(text, &mut out);
    for (index, span) in text.split('`').enumerate() {
        let in_code = index % 2 == 1;
        let words: Vec<&str> = span.split_whitespace().map(trimmed).collect();
        let mut at = 0;
        while let Some(word) = words.get(at) {
            let ahead = words.get(at..).unwrap_or_default();
            if let Some((day, taken)) = date::in_words(ahead).filter(|_| !in_code) {
                let said = ahead.get(..taken).unwrap_or_default().join(" ");
                out.push(Fact { text: said, needle: Needle::Date(vec![day]), reason: Reason::Date });
                at += taken;
                continue;
            }
            word_facts(word, in_code, &mut out);
            at += 1;
        }
    }
    for run in dotted(&text) {
        if !out.iter().any(|fact| fact.text.contains(run)) {
            out.push(Fact { text: run.to_owned(), needle: Needle::Host(run.to_lowercase()), reason: Reason::Host });
        }
    }
    out
}

/// Every run of labels with dots between them, however it is glued to its neighbors: what something may take for a host.
/// Numbers, versions, dates and short forms such as `e.g.` are none.
pub(in crate::prompt) fn dotted(text: &str) -> Vec<&str> {
    let runs = text.split(|char: char| !(char.is_alphanumeric() || char == '-' || is_dot(char)));
    runs.map(|run| run.trim_matches(|char| char == '-' || is_dot(char)))
        .filter(|run| {
            let labels = || run.split(is_dot).filter(|label| !label.is_empty());
            labels().count() >= 2
                && (labels().any(|label| label.chars().count() > 2) || is_host(&run.to_lowercase()))
                && run.chars().any(char::is_alphabetic)
                && number::version(run).is_none()
                && figures(run).is_none()
                && date::in_figures(run).is_empty()
        })
        .collect()
}

/// The dots that end a label of a host name (RFC 3490, 3.1).
fn is_dot(char: char) -> bool {
    matches!(char, '.' | '\u{3002}' | '\u{ff0e}' | '\u{ff61}')
}

/// The links in a text: everything with a scheme, up to where a link can end.
pub(in crate::prompt) fn urls(text: &str) -> Vec<String> {
    let mut out = Vec::new();
    for (at, _) in text.match_indices("://") {
        let head = text.get(..at).unwrap_or_default();
        let scheme: String =
            head.chars().rev().take_while(|char| char.is_ascii_alphanumeric() || "+.-".contains(*char)).collect();
        let start = at - scheme.len();
        let tail = text.get(start..).unwrap_or_default();
        let end = tail.find(|char: char| char.is_whitespace() || "<>\"`)]}|^'".contains(char)).unwrap_or(tail.len());
        let url = tail.get(..end).unwrap_or_default().trim_end_matches(|char: char| ".,;:!?*_\\".contains(char));
        if !scheme.is_empty() {
            out.push(normal_url(url));
        }
    }
    out
}

/// A link in the form it is compared in: the scheme and the host do not care about case.
pub(in crate::prompt) fn normal_url(url: &str) -> String {
    let (scheme, rest) = url.split_once("://").unwrap_or(("", url));
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (host, path) = rest.split_at_checked(end).unwrap_or((rest, ""));
    format!("{}://{}{path}", scheme.to_lowercase(), host.to_lowercase())
}

/// Takes the masked values out, so that their brackets and figures are not read as anything else.
fn take_tokens(text: &str, out: &mut Vec<Fact>) -> String {
    let mut rest = text;
    let mut kept = String::with_capacity(text.len());
    while let Some((before, after)) = rest.split_once('[') {
        kept.push_str(before);
        let inside = after.split_once(']').filter(|(name, _)| is_token(name));
        if let Some((name, following)) = inside {
            let text = format!("[{name}]");
            out.push(Fact { needle: Needle::Exact(text.clone()), text, reason: Reason::Token });
            kept.push(' ');
            rest = following;
        } else {
            kept.push('[');
            rest = after;
        }
    }
    kept.push_str(rest);
    kept
}

/// `EMAIL_1`, `PERSON_1.b`.
pub(in crate::prompt) fn is_token(name: &str) -> bool {
    let (base, form) = name.split_once('.').unwrap_or((name, "a"));
    let Some((kind, number)) = base.rsplit_once('_') else { return false };
    let fits = |text: &str, allowed: fn(u8) -> bool| (1..=24).contains(&text.len()) && text.bytes().all(allowed);
    fits(kind, |byte| byte.is_ascii_uppercase() || byte == b'_')
        && fits(number, |byte| byte.is_ascii_digit())
        && fits(form, |byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
}

/// A word without the punctuation around it.
pub(in crate::prompt) fn trimmed(word: &str) -> &str {
    let word = word.trim_start_matches(|char: char| "([{<\"'«»“”„‘’‚*~,;:!?…–—|=>+±≈".contains(char));
    word.trim_end_matches(|char: char| ")]}>\"'«»“”’‘*~,;:!?….–—|=+".contains(char) && !word.ends_with("()"))
}

fn word_facts(word: &str, in_code: bool, out: &mut Vec<Fact>) {
    let mut push =
        |text: &str, needle: Needle, reason: Reason| out.push(Fact { text: text.to_owned(), needle, reason });
    let lower = word.to_lowercase();
    if word.is_empty() {
    } else if is_link(&lower) {
        let url = urls(word).into_iter().next().unwrap_or(lower);
        push(word, Needle::Url(url), Reason::Url);
    } else if is_address(word) {
        push(word, Needle::Name(lower, Vec::new()), Reason::Host);
    } else if let days @ [_, ..] = date::in_figures(word).as_slice() {
        push(word, Needle::Date(days.to_vec()), Reason::Date);
    } else if is_issue_key(word) {
        push(word, Needle::Exact(word.to_owned()), Reason::IssueKey);
    } else if lower.parse::<std::net::Ipv4Addr>().is_ok() {
        push(word, Needle::Host(lower), Reason::Host);
    } else if let Some(version) = number::version(word) {
        push(word, Needle::Version(version), Reason::Version);
    } else if word.contains(|char: char| char.is_ascii_digit()) {
        with_figures(word, &lower, &mut push);
    } else if is_host(&lower) {
        push(word, Needle::Host(lower), Reason::Host);
    } else if is_name(word) || (in_code && word.chars().count() > 1) {
        push(word, name(&lower, word), Reason::Identifier);
    }
}

/// A word with figures that is no date, version or key: numbers with units and ranges, or a name.
fn with_figures(word: &str, lower: &str, push: &mut impl FnMut(&str, Needle, Reason)) {
    let pieces: Vec<&str> =
        word.split(['-', '–', '—', '/', ':', '×', '+', '~', '=', '<', '>']).filter(|piece| !piece.is_empty()).collect();
    let is_plain = |piece: &&str| figures(piece).is_some() || piece.chars().all(char::is_alphabetic);
    // `10-20`, `30-second`, `24/7`; but not `sha256-abc1` or `a-1`, which are names.
    if pieces.first().is_some_and(|piece| figures(piece).is_some()) && pieces.iter().all(is_plain) {
        for digits in pieces.iter().filter_map(|piece| figures(piece)) {
            push(digits, Needle::Number(number::readings(digits)), Reason::Number);
        }
    } else if is_host(lower) {
        push(word, Needle::Host(lower.to_owned()), Reason::Host);
    } else {
        push(word, name(lower, word), Reason::Identifier);
    }
}

/// The figures at the start of a number with at most a short unit after it.
fn figures(piece: &str) -> Option<&str> {
    let piece = piece.trim_matches(|char: char| "$€£₽°#%‰".contains(char));
    let end = piece.find(|char: char| !char.is_ascii_digit() && !".,'’_".contains(char)).unwrap_or(piece.len());
    let (digits, unit) = piece.split_at_checked(end)?;
    // `126.com` is no number with a unit.
    let joined = !unit.is_empty() && digits.ends_with(['.', ',']);
    let fits = !joined
        && digits.starts_with(|char: char| char.is_ascii_digit())
        && unit.chars().all(|char| char.is_alphabetic() || "%‰°²³/".contains(char))
        && unit.chars().count() <= 5;
    fits.then(|| digits.trim_end_matches(['.', ',', '\'', '’', '_']))
}

fn is_link(lower: &str) -> bool {
    let scheme = ["javascript:", "data:", "vbscript:", "mailto:", "file:", "tel:", "blob:", "about:", "view-source:"];
    // `// a comment` is no link, `//host.example/x` is one to a browser.
    let rooted = lower.strip_prefix("//").or_else(|| lower.strip_prefix("\\\\")).is_some_and(|rest| rest.contains('.'));
    lower.contains("://")
        || lower.starts_with("www.")
        || rooted
        || scheme.iter().any(|scheme| lower.strip_prefix(scheme).is_some_and(|rest| !rest.is_empty()))
}

fn is_address(word: &str) -> bool {
    word.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.') && !host.contains('@'))
}

fn is_issue_key(word: &str) -> bool {
    word.split_once('-').is_some_and(|(project, number)| {
        (2..=12).contains(&project.len())
            && project.starts_with(|char: char| char.is_ascii_uppercase())
            && project.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_')
            && (1..=8).contains(&number.len())
            && number.bytes().all(|byte| byte.is_ascii_digit())
    })
}

/// A dotted name that ends as public hosts do, with or without a path.
pub(in crate::prompt) fn is_host(lower: &str) -> bool {
    let host = lower.split(['/', ':', '?', '#']).next().unwrap_or_default();
    let labels: Vec<&str> = host.split('.').collect();
    let plain = |label: &&str| !label.is_empty() && label.chars().all(|char| char.is_alphanumeric() || char == '-');
    labels.len() >= 2
        && labels.iter().all(plain)
        && labels.last().is_some_and(|last| TOP_LEVEL.contains(last) || last.starts_with("xn--"))
}

fn name(lower: &str, word: &str) -> Needle {
    let bare = lower.strip_suffix("()").unwrap_or(lower);
    let bare = bare.strip_suffix("'s").or_else(|| bare.strip_suffix("’s")).unwrap_or(bare);
    let parts: Vec<String> = match word.contains('-') && !word.starts_with('-') {
        true => word
            .split('-')
            .filter(|part| is_name(part) || part.contains(|char: char| char.is_ascii_digit()))
            .map(str::to_lowercase)
            .collect(),
        false => Vec::new(),
    };
    Needle::Name(bare.to_owned(), parts)
}

/// Whether a word without figures looks like a name from code.
fn is_name(word: &str) -> bool {
    let inner = word.trim_matches('_');
    let dotted = || {
        let labels: Vec<&str> = word.split('.').collect();
        labels.len() >= 2
            && labels.iter().all(|label| !label.is_empty())
            && labels.iter().any(|label| label.chars().count() > 2)
    };
    let camel = || word.chars().zip(word.chars().skip(1)).any(|(a, b)| a.is_lowercase() && b.is_uppercase());
    let path = || {
        let parts: Vec<&str> = word.split('/').collect();
        parts.len() > 1
            && (parts.len() > 2
                || word.starts_with(['/', '~', '.'])
                || parts.iter().any(|part| part.contains(['.', '_'])))
    };
    inner.contains('_')
        || word.contains("::")
        || word.contains("->")
        || word.ends_with("()")
        || word.contains('\\')
        || word.contains(['$', '='])
        || word.starts_with("--") && word.len() > 2
        || word.starts_with('@') && word.len() > 1
        || dotted()
        || camel()
        || path()
}

/// Endings of hosts that occur in prose. What ends otherwise is still a dotted name and must occur in the source.
const TOP_LEVEL: &[&str] = &[
    "com",
    "org",
    "net",
    "io",
    "dev",
    "app",
    "ai",
    "co",
    "edu",
    "gov",
    "mil",
    "int",
    "info",
    "biz",
    "xyz",
    "cloud",
    "online",
    "site",
    "tech",
    "store",
    "shop",
    "top",
    "club",
    "live",
    "me",
    "tv",
    "cc",
    "ws",
    "uk",
    "de",
    "fr",
    "es",
    "it",
    "ru",
    "eu",
    "us",
    "ca",
    "au",
    "nl",
    "be",
    "ch",
    "at",
    "pl",
    "cz",
    "se",
    "no",
    "fi",
    "dk",
    "ie",
    "pt",
    "br",
    "mx",
    "ar",
    "in",
    "cn",
    "jp",
    "kr",
    "tw",
    "hk",
    "sg",
    "nz",
    "za",
    "ly",
    "gg",
    "to",
    "la",
    "example",
    "test",
    "invalid",
    "localhost",
    "local",
    "internal",
    "link",
    "click",
    "page",
    "zip",
    "mov",
    "su",
    "ua",
    "tk",
];
