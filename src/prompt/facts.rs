//! What in a sentence can be checked letter by letter: numbers, dates, versions, hosts, links, issue keys, names from code,
//! masked values. It does not understand the sentence: a true number in a wrong statement passes here.
//!
//! Doubt goes against the claim: a word that may be a name from code is one.

mod date;
mod number;
mod scan;

pub(super) use date::Day;
pub(super) use scan::{dotted, facts, is_token, normal_url, trimmed, urls};

use std::collections::HashSet;

use super::plan::Reason;

/// Something that must occur in a cited source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fact {
    /// As it stands in the text.
    pub(super) text: String,
    /// What must be found.
    pub(super) needle: Needle,
    /// What to say when it is not.
    pub(super) reason: Reason,
}

/// What must be found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Needle {
    /// These very letters.
    Exact(String),
    /// This name, in any case, not inside a longer one; the parts serve where the whole is a compound of ours.
    Name(String, Vec<String>),
    /// A host: like a name, and not as part of a longer host.
    Host(String),
    /// One of these readings of a number.
    Number(Vec<String>),
    /// One of these readings of a date.
    Date(Vec<Day>),
    /// This version, without a leading `v`.
    Version(String),
    /// This very link.
    Url(String),
}

/// Everything checkable in a source.
#[derive(Clone, Debug, Default)]
pub(super) struct Known {
    text: String,
    lower: String,
    numbers: HashSet<String>,
    dates: Vec<Day>,
    versions: HashSet<String>,
    urls: HashSet<String>,
}

impl Known {
    /// Reads a source's text, Markdown or plain.
    pub(super) fn of(text: &str) -> Self {
        let text = unescaped(text);
        let mut known = Self { lower: text.to_lowercase(), urls: urls(&text).into_iter().collect(), ..Self::default() };
        for fact in facts(&text) {
            match fact.needle {
                Needle::Number(readings) => known.numbers.extend(readings),
                Needle::Date(days) => {
                    known.numbers.extend(days.iter().filter_map(|day| day.year).map(|year| year.to_string()));
                    known.dates.extend(days);
                }
                Needle::Version(_) | Needle::Exact(_) | Needle::Name(..) | Needle::Host(_) | Needle::Url(_) => {}
            }
        }
        number::each_run(&text, &mut known.versions, &mut known.numbers);
        known.text = text;
        known
    }

    /// Whether the fact is in this source.
    pub(super) fn has(&self, fact: &Fact) -> bool {
        match &fact.needle {
            Needle::Exact(text) => holds(&self.text, text, |_| false),
            Needle::Name(name, parts) => {
                self.has_name(name) || (!parts.is_empty() && parts.iter().all(|part| self.has_name(part)))
            }
            Needle::Host(host) => holds(&self.lower, host, |char| char == '.' || char == '-'),
            Needle::Number(readings) => {
                readings.iter().any(|reading| self.numbers.contains(reading) || self.versions.contains(reading))
            }
            Needle::Date(days) => days.iter().any(|day| self.dates.iter().any(|known| known.includes(*day))),
            Needle::Version(version) => self.versions.contains(version) || self.numbers.contains(version),
            Needle::Url(url) => self.urls.contains(url),
        }
    }

    /// Whether this link, in its normal form, is in the source.
    pub(super) fn has_url(&self, url: &str) -> bool {
        self.urls.contains(url)
    }

    /// Whether this dotted name is in the source.
    pub(super) fn has_dotted(&self, run: &str) -> bool {
        holds(&self.lower, &run.to_lowercase(), |char| char == '.' || char == '-')
    }

    /// Whether these very characters stand in the source.
    pub(super) fn has_verbatim(&self, text: &str) -> bool {
        self.text.contains(text)
    }

    fn has_name(&self, name: &str) -> bool {
        holds(&self.lower, name, |_| false)
            || name.strip_suffix('s').is_some_and(|one| one.len() > 2 && holds(&self.lower, one, |_| false))
    }
}

/// Whether `needle` occurs without a letter, digit, `_` or another character of `glue` next to it.
fn holds(text: &str, needle: &str, glue: fn(char) -> bool) -> bool {
    let sticks = |char: char| char.is_alphanumeric() || char == '_' || glue(char);
    !needle.is_empty()
        && text.match_indices(needle).any(|(start, found)| {
            let before = text.get(..start).and_then(|head| head.chars().next_back());
            let mut after = text.get(start + found.len()..).unwrap_or_default().chars();
            let (next, following) = (after.next(), after.next());
            // A dot ends a sentence more often than it continues a name.
            let ends =
                next.is_none_or(|char| !sticks(char) || (char == '.' && !following.is_some_and(char::is_alphanumeric)));
            before.is_none_or(|char| !sticks(char)) && ends
        })
}

/// Markdown without the backslashes that only protect punctuation.
fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(char) = chars.next() {
        if char == '\\' && chars.peek().is_some_and(|next| "_*[]()<>#+-.!`~|{}&\\".contains(*next)) {
            continue;
        }
        out.push(char);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(source: &str, claim: &str, missing: &[Reason]) {
        let known = Known::of(source);
        let found: Vec<Reason> = facts(claim).iter().filter(|fact| !known.has(fact)).map(|fact| fact.reason).collect();
        assert_eq!(found, missing, "{claim:?} against {source:?}: {:?}", facts(claim));
    }

    #[test]
    fn finds_numbers_in_other_spellings() {
        check("It took 1,234 ms.", "It took 1234 ms.", &[]);
        check("It took 1.234 ms.", "It took 1,234 ms", &[]);
        check("about 3,5 GB", "about 3.5GB", &[]);
        check("12'000 users and 50%", "12000 users and 50 %", &[]);
        check("timeout=30s", "a 30-second timeout", &[]);
        check("port 8080", "port 8081", &[Reason::Number]);
        check("1234", "12340", &[Reason::Number]);
        check("between 10 and 20", "10-20 nodes", &[]);
        check("between 10 and 20", "10–30 nodes", &[Reason::Number]);
        check("no numbers", "the 1st", &[Reason::Number]);
    }

    #[test]
    fn a_version_is_matched_as_a_whole() {
        check("fixed in v3.4.1", "fixed in 3.4.1.", &[]);
        check("hadoop-3.4.1.jar", "version 3.4.1", &[]);
        check("fixed in 3.4.1", "fixed in 3.4.10", &[Reason::Version]);
        check("fixed in 3.4.10", "fixed in 3.4.1", &[Reason::Version]);
        check("3.4.1-rc2 is out", "3.4.1 is out", &[Reason::Version]);
        check("3.4.1", "version 3", &[Reason::Number]);
        check("release v2.0", "version 2.0", &[]);
        check("at 10.0.0.1", "at 10.0.0.2", &[Reason::Host]);
    }

    #[test]
    fn reads_dates_in_several_forms() {
        check("on 2024-05-01T10:20:30Z", "on 1 May 2024", &[]);
        check("on May 1, 2024", "2024-05-01", &[]);
        check("am 1. Mai 2024", "on 1 May 2024 and in 2024", &[]);
        check("1 мая 2024", "in May 2024", &[]);
        check("30/Sep/21 17:20", "on 30 September 2021", &[]);
        check("in May 2024", "on 3 May 2024", &[Reason::Date]);
        check("2024-05-01", "2024-05-02", &[Reason::Date]);
        check("2024-05-01", "5 errors", &[Reason::Number]);
        check("01/05/2024", "5 January 2024", &[]);
        check("we may stop", "you may go", &[]);
    }

    #[test]
    fn names_from_code_keys_and_hosts_must_occur() {
        check("`fs.s3a.path` in FileSystem", "fs.s3a.path of the FileSystem", &[]);
        check("fs.s3a.path", "fs.s3a.other", &[Reason::Identifier]);
        check("my\\_var is set", "my_var is set", &[]);
        check("NameNode", "the NameNode-based setup of NameNodes", &[]);
        check("call close()", "calls close()", &[]);
        check("HADOOP-123 breaks", "HADOOP-123 and HADOOP-12", &[Reason::IssueKey]);
        check("see api.example.com", "see example.com", &[Reason::Host]);
        check("see example.com.", "see example.com", &[]);
        check("nothing", "read and/or write, e.g. files", &[]);
        check("a --dry-run flag", "with --dry-run", &[]);
        check("a flag", "with --force", &[Reason::Identifier]);
        check("a flag", "log4j2 and x86", &[Reason::Identifier, Reason::Identifier]);
    }

    #[test]
    fn masked_values_must_occur() {
        check("[PERSON_1] wrote to [EMAIL_2]", "[PERSON_1.b] wrote", &[Reason::Token]);
        check("[PERSON_1] wrote", "[PERSON_1], wrote", &[]);
        check("[PERSON_12] wrote", "[PERSON_1] wrote", &[Reason::Token]);
    }

    #[test]
    fn links_must_be_the_same() {
        check("see https://example.com/a?b=1.", "see https://example.com/a?b=1", &[]);
        check("see https://example.com/a", "see https://example.com/a?x=secret", &[Reason::Url]);
        check("[x](https://example.com/a)", "https://example.com/a", &[]);
        check("nothing", "javascript:alert(1)", &[Reason::Url]);
    }
}
