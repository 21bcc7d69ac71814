//! Values assigned to a name that says secret: `password = "…"`, `"apiToken": "…"`, `<pwd>…</pwd>`, `Passwort: …`, `--token …`.
//! It leaves placeholders, variables, calls and plain words; those are how people write about secrets.
//!
//! Source: the assignment rules of gitleaks (generic-api-key, MIT) and detect-secrets (keyword detector, Apache-2.0).

use super::{Finding, Kind, Text};

pub(super) fn keywords() -> Vec<&'static str> {
    NAMES.to_vec()
}

/// At a name.
pub(super) fn find(text: &Text<'_>, start: usize, end: usize) -> Option<Finding> {
    let name = text.slice(start..end).to_ascii_lowercase();
    // A name ends where its identifier does: "token_ttl_seconds" is not a token.
    let rest = text.run(end, 32, |byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'));
    let suffix = text.slice(end..rest).to_ascii_lowercase();
    if NOT_THE_VALUE.iter().any(|word| suffix.contains(word)) || !(suffix.is_empty() || is_new_word(text, end, &suffix))
    {
        return None;
    }
    let value = operator(text, start, rest)?;
    let in_query = {
        let name_start = text.run_back(start, 32, |byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'));
        matches!(text.before(name_start), b'?' | b'&')
    };
    let (from, to, quoted) = value_range(text, value, in_query)?;
    let is_password = PASSWORDS.contains(&name.as_str());
    let plausible = is_secret(text.slice(from..to), quoted, is_password);
    plausible.then(|| Finding::new(Kind::Secret, from..to, if quoted { 85 } else { 75 }))
}

/// Whether what follows the name in its identifier begins a word of its own ("passwordHash", "token_prod", "token2").
fn is_new_word(text: &Text<'_>, end: usize, suffix: &str) -> bool {
    let first = text.byte(end);
    let completes = matches!(suffix, "s" | "wort" | "word" | "wd" | "phrase" | "code");
    first.is_ascii_uppercase() || first.is_ascii_digit() || matches!(first, b'_' | b'-') || completes
}

/// Where the value begins, when the name is assigned one.
fn operator(text: &Text<'_>, start: usize, name_end: usize) -> Option<usize> {
    let blank = |from| text.run(from, 4, |byte| matches!(byte, b' ' | b'\t'));
    let closed =
        text.run(name_end, 3, |byte| matches!(byte, b'"' | b'\'' | b'`' | b']' | b'*' | b')') || byte == b'\\');
    let at = blank(after_type(text, blank(closed)));
    if closed > name_end && text.byte(at) == b',' && matches!(text.byte(blank(at + 1)), b'"' | b'\'') {
        return Some(blank(at + 1));
    }
    for operator in [":::=", "::=", ":=", "=>", "->", "!==", "!=", "===", "==", "?=", ".=", "+=", "||:", "=", ":"] {
        if text.slice(at..at + operator.len()) == operator {
            // A doubled colon is a path in code.
            let after = at + operator.len();
            return (text.byte(after) != b':' && text.byte(after) != b'/' || operator == "=")
                .then(|| blank(skip_marks(text, after)));
        }
    }
    if text.byte(closed) == b'>' && text.byte(closed + 1) != b'<' {
        let open =
            text.run_back(start, 48, |byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.' | b':'));
        let after = text.run(closed + 1, 64, |byte| byte.is_ascii_whitespace());
        return (text.before(open) == b'<').then_some(after);
    }
    if at > closed {
        for word in ["is ", "ist ", "est ", "es ", "lautet "] {
            let found = text.slice(at..at + word.len()).eq_ignore_ascii_case(word);
            if found {
                return Some(blank(at + word.len()));
            }
        }
        let dashed = text.run_back(start, 32, |byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'));
        return text.slice(dashed..start).starts_with("--").then_some(at);
    }
    (dashed_flag(text, start) && at > name_end).then_some(at)
}

/// Behind a type between name and operator, as in "token string = …".
fn after_type(text: &Text<'_>, at: usize) -> usize {
    let end = text.run(at, 8, |byte| byte.is_ascii_alphabetic());
    let is_type = matches!(text.slice(at..end), "string" | "String" | "str" | "text" | "&str" | "NSString");
    if is_type && text.byte(text.run(end, 3, |byte| byte == b' ')) == b'=' { end } else { at }
}

fn dashed_flag(text: &Text<'_>, start: usize) -> bool {
    text.before(start) == b'-' && text.before(start.saturating_sub(1)) == b'-'
}

/// Markdown emphasis and the scheme of an authorization header between operator and value.
fn skip_marks(text: &Text<'_>, at: usize) -> usize {
    let at = text.run(at, 6, |byte| matches!(byte, b' ' | b'\t' | b'*'));
    ["Bearer ", "bearer ", "Basic ", "basic ", "Token ", "token ", "ApiKey "]
        .iter()
        .find(|scheme| text.slice(at..at + scheme.len()) == **scheme)
        .map_or(at, |scheme| at + scheme.len())
}

/// The value and whether it stands in quotation marks.
fn value_range(text: &Text<'_>, at: usize, in_query: bool) -> Option<(usize, usize, bool)> {
    let escaped = usize::from(text.byte(at) == b'\\');
    let prefix = usize::from(
        matches!(text.byte(at), b'b' | b'r' | b'u' | b'f' | b'@') && matches!(text.byte(at + 1), b'"' | b'\''),
    );
    let mark = text.byte(at + escaped + prefix);
    if matches!(mark, b'"' | b'\'' | b'`') {
        let from = at + escaped + prefix + 1 + 2 * usize::from(text.byte(at + 1) == mark && text.byte(at + 2) == mark);
        let to = text.run(from, 256, |byte| byte != mark && byte != b'\n' && byte != b'\\');
        return (to > from && matches!(text.byte(to), b'"' | b'\'' | b'`' | b'\\')).then_some((from, to, true));
    }
    let ends = |byte: u8| byte.is_ascii_whitespace() || b"\"'`<>,;|)]}\\".contains(&byte) || (in_query && byte == b'&');
    let mut to = text.run(at, 256, |byte| !ends(byte));
    while to > at && matches!(text.before(to), b'.' | b':' | b'?' | b'*') {
        to -= 1;
    }
    (to > at && text.as_str().is_char_boundary(to)).then_some((at, to, false))
}

fn is_secret(value: &str, quoted: bool, is_password: bool) -> bool {
    let lower = value.to_lowercase();
    let placeholder = value.starts_with(['$', '{', '<', '%', '[', '(', '*'])
        || value.contains(['(', '{', '['])
        || PLACEHOLDERS.iter().any(|word| lower.contains(word))
        || NAMES.contains(&lower.as_str());
    if placeholder || value.contains(char::is_whitespace) || value.chars().count() > 200 || is_token_of_ours(value) {
        return false;
    }
    let digits = value.chars().any(|c| c.is_ascii_digit());
    let letters = value.chars().any(char::is_alphabetic);
    let symbols = value.chars().any(|c| !c.is_alphanumeric() && !matches!(c, '_' | '.' | '/' | '-' | ':'));
    let distinct = {
        let mut seen: Vec<char> = value.chars().collect();
        seen.sort_unstable();
        seen.dedup();
        seen.len()
    };
    let length = value.chars().count();
    let path = value.starts_with(['/', '.', '~']) || value.contains("://");
    if distinct < 4 || (path && !symbols) {
        return false;
    }
    match (quoted, is_password) {
        (true, true) => length >= 4,
        (true, false) => length >= 8 && (digits || (length >= 20 && !value.contains('_'))),
        (false, true) => length >= 5 && ((digits && letters) || symbols),
        (false, false) => length >= 8 && digits && letters && !is_dotted_words(value),
    }
}

/// "config.token2.name" and the like: words, not one value.
fn is_dotted_words(value: &str) -> bool {
    value.split('.').count() > 2 && value.split('.').all(|part| part.len() < 12)
}

fn is_token_of_ours(value: &str) -> bool {
    value
        .strip_suffix(|c: char| c.is_ascii_digit())
        .is_some_and(|head| head.trim_end_matches(|c: char| c.is_ascii_digit()).ends_with("SECRET_"))
}

/// Longest first does not matter: the automaton takes the longest at each place.
#[rustfmt::skip]
const NAMES: &[&str] = &[
    "password", "passwd", "passphrase", "passcode", "passwort", "kennwort", "contraseña", "mot de passe", "пароль", "pwd", "db_pass", "dbpass", "userpass", "pw",
    "secret", "token", "apikey", "api_key", "api-key", "api key", "access_key", "access-key", "accesskey", "secret_key", "secretkey", "secret-key",
    "private_key", "privatekey", "private-key", "auth_key", "authkey", "auth-key", "account_key", "accountkey", "account-key", "encryption_key", "encryptionkey", "signing_key", "signingkey",
    "client_secret", "clientsecret", "client-secret", "credential", "credentials", "authorization", "iam_key", "key_id", "key-id",
];

const PASSWORDS: &[&str] = &[
    "password",
    "passwd",
    "passphrase",
    "passcode",
    "passwort",
    "kennwort",
    "contraseña",
    "mot de passe",
    "пароль",
    "pwd",
    "db_pass",
    "dbpass",
    "userpass",
    "pw",
];

/// Endings of a name that make its value something about the secret.
const NOT_THE_VALUE: &[&str] = &[
    "ttl",
    "expir",
    "length",
    "count",
    "size",
    "type",
    "field",
    "file",
    "path",
    "name",
    "class",
    "provider",
    "url",
    "uri",
    "policy",
    "manager",
    "service",
    "timeout",
    "interval",
    "limit",
    "version",
    "algorithm",
    "max",
    "min",
    "reset",
    "required",
    "enabled",
    "ident",
    "kind",
    "index",
    "usage",
    "renew",
];

const PLACEHOLDERS: &[&str] = &[
    "****",
    "xxxx",
    "your",
    "example",
    "placeholder",
    "changeit",
    "<",
    "...",
    "…",
    "null",
    "undefined",
    "none",
    "true",
    "false",
    "required",
    "optional",
    "string",
    "getenv",
    "environ",
    "process.env",
    "config.",
    "this.",
    "self.",
    "redacted",
    "dummy",
    "not set",
    "hidden",
    "masked",
    "insert",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::privacy::detector::passages;

    fn check(text: &str, expected: &[&str]) {
        assert_eq!(passages(text, Kind::Secret), expected, "{text}");
    }

    #[test]
    fn finds_assigned_values() {
        check("password = \"hunter2\"", &["hunter2"]);
        check("{\"apiToken\": \"q1w2e3r4t5y6\"}", &["q1w2e3r4t5y6"]);
        check("db.password=Tr0ub4dor&3", &["Tr0ub4dor&3"]);
        check("GET /x?token=a1b2c3d4e5&page=2", &["a1b2c3d4e5"]);
        check("Passwort: Sommer2024!", &["Sommer2024!"]);
        check("the password is Spring-2025", &["Spring-2025"]);
        check("<userPassword>s3cr3t</userPassword>", &["s3cr3t"]);
        check("Authorization: Bearer a1b2c3d4e5f6", &["a1b2c3d4e5f6"]);
        check("--password s3cr3t-pw", &["s3cr3t-pw"]);
        check("**Password:** Wi1nter!x", &["Wi1nter!x"]);
        check("setProperty(\"API_TOKEN\", \"q1w2e3r4t5y6\")", &["q1w2e3r4t5y6"]);
        check("var apiToken string = \"q1w2e3r4t5y6\"", &["q1w2e3r4t5y6"]);
    }

    #[test]
    fn keeps_talk_about_secrets() {
        for text in [
            "password: please reset it",
            "Password reset for the user",
            "token = getToken()",
            "password=${DB_PASS}",
            "secret: <your secret>",
            "password: ********",
            "tokens: 1234",
            "token_ttl = 86400s1",
            "passwordField = input1",
            "secretary: anna2",
            "the token expired at 12:30",
            "String password = config.getPassword();",
            "delegation token: null",
            "token: string",
            "std::token::x1",
            "api_key = os.environ[\"KEY1\"]",
            "password = \"password\"",
            "AUTHORIZATION_DENIED = 'AUTHORIZATION_DENIED'",
            "token_url: https://example.com/oauth2",
        ] {
            check(text, &[]);
        }
    }
}
