//! Keys that their vendor gave a form of their own.
//! It does not verify them with the vendor; keys without a prefix are in [`super::vendor`] and [`super::assignment`].
//!
//! Source: the rows in [`super::form`]; Terraform, Entra ID and Telegram put their mark inside the key.

use super::cue::Cue;
use super::form::token;
use super::shape::{Alphabet, distinct};
use super::web_token;
use super::{Finding, Kind, Text};

/// Marks that a key has elsewhere than before it, or with more around it.
#[rustfmt::skip]
pub(super) const MARKS: &[&str] = &[
    web_token::START, SLACK_HOOK, TEAMS_HOOK, DISCORD_HOOK, TERRAFORM, ENTRA, TELEGRAM,
    "AKC", "AP0", "AP1", "AP2", "AP3", "AP4", "AP5", "AP6", "AP7", "AP8", "AP9", "APB", "APD", "APF",
];

/// At a prefix, found without regard to case.
pub(super) fn find(text: &Text<'_>, start: usize, end: usize, cue: &Cue) -> Option<Finding> {
    let written = text.slice(start..end);
    if cue.mark {
        match written {
            web_token::START => return web_token::find(text, start),
            TERRAFORM => return terraform(text, start, end),
            ENTRA => return entra(text, start, end),
            TELEGRAM => return telegram(text, start, end),
            SLACK_HOOK | TEAMS_HOOK | DISCORD_HOOK => return webhook(text, start, end),
            _ if MARKS.contains(&written) => return artifactory(text, start, end),
            _ => {}
        }
    }
    let form = cue.forms.iter().find(|form| form.prefix == written)?;
    if text.before(start).is_ascii_alphanumeric() || (text.before(start) == b'_' && !form.prefix.starts_with('_')) {
        return None;
    }
    let stop = text.run(end, 512, form.body);
    let body = text.slice(end..stop).trim_end_matches(['.', '-', '_', '=']);
    let varied = body.bytes().any(|byte| byte.is_ascii_digit()) || body.len() >= 32;
    // Words joined by hyphens or underscores are a name: "api-gateway-for-the-2nd-floor".
    let words = form.prefix.len() <= 4
        && body.len() < 64
        && body.split(['-', '_', '.']).filter(|word| is_word(word)).count() >= 3;
    let fits = body.len() >= form.least && varied && !words && distinct(body) >= 5;
    fits.then(|| Finding::new(Kind::Secret, start..stop, 97))
}

fn is_word(part: &str) -> bool {
    part.len() >= 3 && part.bytes().all(|byte| byte.is_ascii_lowercase())
        || part.len() >= 3 && part.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// Organization and team tokens of Terraform: fourteen characters, the marker, sixty and more.
fn terraform(text: &Text<'_>, start: usize, end: usize) -> Option<Finding> {
    let head = text.run_back(start, 15, |byte| byte.is_ascii_alphanumeric());
    let stop = text.run(end, 128, token);
    (start - head == 14 && stop - end >= 50).then(|| Finding::new(Kind::Secret, head..stop, 97))
}

/// Client secrets of Entra ID: three characters, a digit, the marker, thirty-one to thirty-four.
fn entra(text: &Text<'_>, start: usize, end: usize) -> Option<Finding> {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'~' | b'.' | b'-');
    let head = text.run_back(start, 5, fits);
    let stop = text.run(end, 36, fits);
    let fits = start - head == 4 && text.before(start).is_ascii_digit() && (31..=34).contains(&(stop - end));
    fits.then(|| Finding::new(Kind::Secret, head..stop, 97))
}

/// Tokens of Telegram's bots: the bot's number, a colon, thirty-five characters of which the first is an A.
fn telegram(text: &Text<'_>, start: usize, end: usize) -> Option<Finding> {
    let head = text.run_back(start, 17, |byte| byte.is_ascii_digit());
    let stop = text.run(end, 40, |byte| Alphabet::Base64Url.has(byte));
    let fits = (8..=10).contains(&(start - head)) && stop - end == 33 && !text.word_before(head);
    fits.then(|| Finding::new(Kind::Secret, head..stop, 97))
}

/// Encrypted passwords and keys of Artifactory.
fn artifactory(text: &Text<'_>, start: usize, end: usize) -> Option<Finding> {
    let stop = text.run(end, 128, |byte| byte.is_ascii_alphanumeric());
    let body = text.slice(end..stop);
    let opens = matches!(text.before(start), 0 | b' ' | b'\n' | b'\t' | b'=' | b':' | b'"');
    let closes = matches!(text.byte(stop), 0 | b' ' | b'\n' | b'\r' | b'\t' | b'"');
    let cases = body.bytes().any(|byte| byte.is_ascii_uppercase()) && body.bytes().any(|byte| byte.is_ascii_digit());
    (opens && closes && body.len() >= 10 && (cases || distinct(body) == 1))
        .then(|| Finding::new(Kind::Secret, start..stop, 80))
}

/// A webhook's address is its credential: path and all.
fn webhook(text: &Text<'_>, start: usize, end: usize) -> Option<Finding> {
    let stop =
        text.run(end, 256, |byte| byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'-' | b'_' | b'@' | b'+'));
    let scheme =
        ["https://", "http://"].iter().find(|scheme| text.slice(start.saturating_sub(scheme.len())..start) == **scheme);
    (stop - end >= 30).then(|| Finding::new(Kind::Secret, start - scheme.map_or(0, |scheme| scheme.len())..stop, 97))
}

const SLACK_HOOK: &str = "hooks.slack.com/";
const TEAMS_HOOK: &str = "webhook.office.com/webhookb2/";
const DISCORD_HOOK: &str = "/api/webhooks/";
const TERRAFORM: &str = ".atlasv1.";
const ENTRA: &str = "Q~";
const TELEGRAM: &str = ":AA";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::privacy::detector::passages;

    fn check(text: &str, expected: &[&str]) {
        assert_eq!(passages(text, Kind::Secret), expected, "{text}");
    }

    /// Assembled at run time, so that scanners of the repository have nothing to find.
    fn body(length: usize) -> String {
        "a1B2c3D4e5F6g7H8".chars().cycle().take(length).collect()
    }

    #[test]
    fn finds_tokens_by_their_prefix() {
        for prefix in ["ghp_", "glpat-", "xoxb-", "sk-ant-api03-", "npm_", "hf_", "github_pat_", "AIza"] {
            let token = format!("{prefix}{}", body(48));
            check(&format!("it is {token}, ok"), &[&token]);
            check(&format!("KEY={token}"), &[&token]);
        }
        check("AKIA2E0A8F3B244C9986", &["AKIA2E0A8F3B244C9986"]);
    }

    #[test]
    fn keeps_words_and_short_forms() {
        for text in [
            "sk-learn",
            "ghp_short",
            "AKIAXXXX",
            "skating",
            "key-value",
            "eyJust a word",
            "npm_config_registry_and_other_settings",
            "pattern",
            "nf_conntrack",
            "s.length",
            "test2.patterninvalidrows_1332152109312_0_1.PatternInvalidRows_1332152109312.tMySQLInvalidRows",
            "Ask-me-anything-about-this-and-that",
        ] {
            check(text, &[]);
        }
    }
}
