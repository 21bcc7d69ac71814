//! What a value must be to count as a secret: no stand-in, no template, no call, no plain word.
//! It does not look at the text around it.

use super::name::{MARKS, STAND_INS, Says, TALK};
use super::shape::{distinct, entropy, has_digit, has_letter, is_hex, is_mixed, is_uuid};
use crate::privacy::text::Parts;
use std::sync::LazyLock;

/// Whether the value stands for one that is filled in elsewhere.
pub(super) fn is_placeholder(value: &str) -> bool {
    static MARKED: LazyLock<Parts> = LazyLock::new(|| Parts::of(MARKS));
    let lower = value.to_lowercase();
    let bare = lower.trim_matches(|c: char| !c.is_alphanumeric());
    let random = value.len() >= 30 && entropy(value) >= 43;
    is_template(value) || STAND_INS.contains(&bare) || distinct(value) < 3 || (!random && MARKED.are_in(&lower))
}

/// `${env.X}`, `{{ x }}`, `%s`, `$(x)`, `#{x}`, `<x>`, `[x]`, `%X%`, `@x@`, `name(…)`.
fn is_template(value: &str) -> bool {
    let named = |open: &str, close: &str| {
        value
            .split(open)
            .skip(1)
            .any(|rest| rest.split_once(close).is_some_and(|(name, _)| !name.is_empty() && name.chars().all(is_name)))
    };
    let variable = value.strip_prefix('$').is_some_and(|name| name.chars().all(|c| c.is_alphanumeric() || c == '_'));
    let percent = value
        .strip_prefix('%')
        .is_some_and(|rest| rest.len() <= 2 || rest.starts_with(['(', '{']) || rest.ends_with('%'));
    let call = value
        .find(['(', '{'])
        .and_then(|at| value.get(..at))
        .is_some_and(|name| name.len() > 2 && name.chars().all(|c| c.is_alphanumeric() || "_.:>-$".contains(c)));
    let bracketed = value.starts_with(['<', '[', '('])
        || value.starts_with("${")
        || value.starts_with("{{")
        || value.starts_with("#{")
        || value.starts_with("#[")
        || value.starts_with("$(");
    variable
        || percent
        || call
        || bracketed
        || named("${", "}")
        || named("{{", "}}")
        || named("#{", "}")
        || (value.starts_with('{') && named("{", "}"))
        || (value.starts_with('@') && value.ends_with('@'))
}

fn is_name(c: char) -> bool {
    c.is_alphanumeric() || " _.:-|?'\"".contains(c)
}

/// How a value is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Written {
    Quoted,
    Plain,
    /// In a sentence.
    Said,
}

/// Whether a value behind a name is the secret.
pub(super) fn is_secret(value: &str, written: Written, says: Says) -> bool {
    let sentence = value.contains(char::is_whitespace)
        && !(written == Written::Quoted && says == Says::Password && entropy(value) >= 38);
    if is_placeholder(value) || value.len() > 200 || is_token_of_ours(value) || sentence {
        return false;
    }
    let digits = has_digit(value);
    let letters = has_letter(value);
    let symbols = value.chars().any(|c| !c.is_alphanumeric() && !matches!(c, '_' | '.' | '/' | '-' | ':' | '@'));
    let length = value.chars().count();
    let path = value.starts_with(['/', '.', '~']) || value.contains("://");
    let option = value.starts_with('-') && (value.contains('=') || value.starts_with("--"))
        || value.contains("->")
        || value.contains("{code}");
    if option && written != Written::Quoted {
        return false;
    }
    if distinct(value) < 4 || (path && !symbols) || (is_class(value) && says != Says::Password) {
        return false;
    }
    match (says, written) {
        (Says::Little, _) => length >= 16 && digits && letters && is_random(value),
        (Says::Password, Written::Quoted) => length >= 4,
        (Says::Password, Written::Said) => is_said(value),
        (Says::Password, Written::Plain) => {
            length >= 5 && ((digits && letters && !is_dotted_words(value)) || symbols || value.contains('@'))
        }
        (Says::Token, Written::Said) => length >= 12 && digits && letters && is_random(value),
        (Says::Token, Written::Quoted) => {
            length >= 8 && (digits || symbols && length >= 10 || (length >= 20 && !value.contains('_')))
        }
        (Says::Token, Written::Plain) => {
            length >= 8
                && (digits && letters && !is_dotted_words(value) || symbols && length >= 10 && entropy(value) >= 30)
        }
    }
}

/// Random enough without a name's help, and neither digest nor identifier.
fn is_random(value: &str) -> bool {
    let digest = is_hex(value) && matches!(value.len(), 32 | 40 | 56 | 64 | 96 | 128);
    !is_uuid(value) && !digest && is_mixed(value) && entropy(value) >= 35 && !value.contains(['.', ':', '@'])
}

/// What a sentence gives as a password: letters with digits or signs, and no term of the trade.
fn is_said(value: &str) -> bool {
    let bare = value.trim_end_matches(['!', '?', '.', ')', ';']);
    let lower = bare.to_lowercase();
    let signs = bare.chars().any(|c| "!#$%&*+=^~@".contains(c));
    let mail = bare.split_once('@').is_some_and(|(_, host)| host.contains('.'));
    let length = bare.chars().count();
    let talk = TALK.iter().any(|word| lower.starts_with(word)) || bare.contains('/') || bare.contains("->");
    (5..=40).contains(&length)
        && has_letter(bare)
        && (has_digit(bare) || signs)
        && !mail
        && !talk
        && !is_dotted_words(bare)
}

/// `org.example.Name2`, `kerberos-admin.in2p3.fr`: words joined by dots are a name of something.
fn is_dotted_words(value: &str) -> bool {
    let mut parts = value.split('.');
    let count = value.matches('.').count();
    count >= 1
        && value.len() < 60
        && !is_mixed(value)
        && parts.all(|part| !part.is_empty() && part.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_'))
}

/// A name in code: capitals begin words, few digits.
fn is_class(value: &str) -> bool {
    let digits = value.bytes().filter(u8::is_ascii_digit).count();
    value.len() < 60
        && digits <= 1
        && value.contains('.')
        && value.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '_' | '$'))
}

fn is_token_of_ours(value: &str) -> bool {
    value
        .strip_suffix(|c: char| c.is_ascii_digit())
        .is_some_and(|head| head.trim_end_matches(|c: char| c.is_ascii_digit()).ends_with("SECRET_"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_stand_ins() {
        for value in [
            "${env.X}",
            "{{ secret }}",
            "%s",
            "***",
            "<token>",
            "changeme",
            "$PASS",
            "getToken()",
            "a${B_C}",
            "%PASS%",
            "#{x}",
            "$(cat f)",
            "xxxxxxxx",
            "@db.password@",
        ] {
            assert!(is_placeholder(value), "{value}");
        }
        for value in ["hunter2", "Tr0ub4dor&3", "a{b)c(d", "p%40ss", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"] {
            assert!(!is_placeholder(value), "{value}");
        }
    }
}
