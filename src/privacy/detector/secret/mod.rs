//! Secrets: what a vendor issued, what a name or a sentence says, what a header, a command or an address carries, private keys.
//! It knows shapes alone: no vendor is asked whether a key lives, and a value that nothing marks stays.
//!
//! | file | what |
//! |---|---|
//! | `token`, `form` | keys with a prefix of their vendor's; the prefixes as rows |
//! | `vendor`, `vendors` | keys without one, close behind the vendor's name; the vendors as rows |
//! | `web_token` | JSON Web Tokens |
//! | `assignment`, `name`, `value` | a name, an operator, a value; the names as rows; what a value must be |
//! | `quoted` | random text between quotation marks |
//! | `curl` | `-u user:password` |
//! | `cue` | all keywords of these, and what each can mean |
//! | `private_key`, `url_credential` | blocks of keys; user and password in an address |
//! | `shape` | what random text looks like |

mod assignment;
mod cue;
mod curl;
mod form;
mod name;
mod private_key;
mod quoted;
mod shape;
mod token;
#[cfg(test)]
mod unseen;
mod url_credential;
mod value;
mod vendor;
mod vendors;
mod web_token;

use super::keywords::Hit;
use super::{Finding, Kind, Text};

pub(super) use cue::keywords;

/// User and password in an address, at a colon.
pub(super) fn find_url_credential(text: &Text<'_>, at: usize) -> Option<Finding> {
    url_credential::find(text, at)
}

/// At a keyword, found without regard to case.
#[inline(never)]
pub(super) fn find(text: &Text<'_>, hit: Hit) -> Option<Finding> {
    let (cue, Hit { start, end, .. }) = (cue::cue(hit.row)?, hit);
    if cue.quote {
        return quoted::find(text, start);
    }
    token::find(text, start, end, cue)
        .or_else(|| if cue.block { private_key::find(text, start, end) } else { None })
        .or_else(|| if cue.option { curl::find(text, start, end) } else { None })
        .or_else(|| assignment::find(text, start, end, cue))
        .or_else(|| vendor::find(text, start, end, cue))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn steps(text: &str) -> usize {
        let text = Text::new(text);
        let detectors =
            super::super::Detectors::of(super::super::KindSet::NONE.with(Kind::Secret).with(Kind::UrlCredential));
        detectors.find(&text);
        text.steps()
    }

    #[test]
    fn reads_floods_in_linear_time() {
        for unit in [
            "=",
            "\"",
            "'a1B2",
            "a1B2c3D4",
            "password=",
            "password=\"",
            "eyJ",
            "eyJhbGciOi.",
            "-----BEGIN PRIVATE KEY-----",
            "curl -u ",
            "://a:",
            "stripe",
            "stripe=",
            "sk_live_",
            ":AA",
            "key: ",
            "${",
            "pass=(",
            "token ",
            "Authorization: Bearer ",
            "1:AA",
            "Q~",
        ] {
            let (short, long) = (steps(&unit.repeat(2_000)), steps(&unit.repeat(16_000)));
            assert!(long <= short * 9 + 10_000, "{unit}: {short} {long}");
        }
    }
}
