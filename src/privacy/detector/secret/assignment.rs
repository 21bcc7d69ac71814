//! Values given to a name that says secret: `password = "…"`, `"apiToken": "…"`, `<pwd>…</pwd>`, `Passwort: …`, `--token …`, "the password is …".
//! It leaves stand-ins, variables, calls and plain words; those are how people write about secrets.
//!
//! Source: the assignment rules of gitleaks (generic-api-key, MIT) and detect-secrets (keyword plugin, Apache-2.0).

use super::cue::Cue;
use super::name::{NOT_SECRET, NOT_THE_VALUE, Says, VERBS};
use super::value::{Written, is_secret};
use super::{Finding, Kind, Text};
use crate::privacy::text::Parts;
use std::ops::Range;
use std::sync::LazyLock;

/// At a name.
pub(super) fn find(text: &Text<'_>, start: usize, end: usize, cue: &Cue) -> Option<Finding> {
    let (name, says) = (cue.word.as_str(), cue.says?);
    let start = if name.starts_with(['-', '_']) { start + 1 } else { start };
    let end = if name.ends_with(['=', ':', '"', '\'']) { end - 1 } else { end };
    let rest = text.run(end, 32, is_identifier);
    let name_start = text.run_back(start, 32, is_identifier);
    if is_about(text, name_start..start, end..rest) || is_inside_a_word(text, start, name) {
        return None;
    }
    if let Some(found) = compared(text, start, says) {
        return Some(found);
    }
    let (value, said) = operator(text, start, rest, says)?;
    let in_query = matches!(text.before(name_start), b'?' | b'&') || matches!(text.byte(start), b'?' | b'&');
    let (from, to, quoted) = value_range(text, value, in_query)?;
    let written = if quoted {
        Written::Quoted
    } else if said {
        Written::Said
    } else {
        Written::Plain
    };
    let value = text.slice(from..to);
    let value = if written == Written::Said { value.trim_end_matches(['.', ')', ';']) } else { value };
    let plausible = is_secret(value, written, says);
    plausible.then(|| Finding::new(Kind::Secret, from..from + value.len(), if quoted { 85 } else { 75 }))
}

/// Whether the identifier is about a secret and not its name: it goes on as `token_ttl_seconds` or begins as `publicKey`.
fn is_about(text: &Text<'_>, before: Range<usize>, after: Range<usize>) -> bool {
    if before.is_empty() && after.is_empty() {
        return false;
    }
    static NOT_SECRETS: LazyLock<Parts> = LazyLock::new(|| Parts::of(NOT_SECRET));
    static NOT_VALUES: LazyLock<Parts> = LazyLock::new(|| Parts::of(NOT_THE_VALUE));
    let end = after.start;
    let suffix = text.slice(after).to_ascii_lowercase();
    !(suffix.is_empty() || is_new_word(text, end, &suffix))
        || NOT_SECRETS.are_in(&text.slice(before).to_ascii_lowercase())
        || NOT_VALUES.are_in(&suffix)
}

/// Whether a short name is the end of another word: "compass:".
fn is_inside_a_word(text: &Text<'_>, start: usize, name: &str) -> bool {
    let before = text.before(start);
    name == "pw" && before.is_ascii_alphabetic() || matches!(name, "pass=" | "pass:") && before.is_ascii_alphanumeric()
}

const fn is_identifier(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-')
}

/// `"…" == password`: the value stands before the name.
fn compared(text: &Text<'_>, start: usize, says: Says) -> Option<Finding> {
    let name_start =
        text.run_back(start, 32, |byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.' | b'$'));
    let blank = |from| text.run_back(from, 3, |byte| byte == b' ');
    let equals = blank(name_start);
    let operator = text.run_back(equals, 3, |byte| matches!(byte, b'=' | b'!'));
    if !matches!(text.slice(operator..equals), "==" | "===" | "!=" | "!==") {
        return None;
    }
    let close = blank(operator);
    let mark = text.before(close);
    if !matches!(mark, b'"' | b'\'') {
        return None;
    }
    let from = text.run_back(close - 1, 128, |byte| byte != mark && byte != b'\n');
    let fits = text.before(from) == mark && is_secret(text.slice(from..close - 1), Written::Quoted, says);
    fits.then(|| Finding::new(Kind::Secret, from..close - 1, 80))
}

/// Whether what follows the name in its identifier begins a word of its own ("passwordHash", "token_prod", "token2").
fn is_new_word(text: &Text<'_>, end: usize, suffix: &str) -> bool {
    let first = text.byte(end);
    let completes = matches!(suffix, "s" | "e" | "wort" | "word" | "wd" | "phrase" | "code" | "value");
    first.is_ascii_uppercase() || first.is_ascii_digit() || matches!(first, b'_' | b'-') || completes
}

/// Where the value begins when the name is given one, and whether a sentence gives it.
fn operator(text: &Text<'_>, start: usize, name_end: usize, says: Says) -> Option<(usize, bool)> {
    let blank = |from| text.run(from, 4, |byte| matches!(byte, b' ' | b'\t'));
    let closed = text.run(name_end, 3, |byte| matches!(byte, b'"' | b'\'' | b'`' | b']' | b'*' | b')' | b'\\'));
    let closed = after_entity(text, after_index(text, closed));
    let at = blank(after_type(text, blank(closed)));
    if closed > name_end && text.byte(at) == b',' && matches!(text.byte(blank(at + 1)), b'"' | b'\'') {
        return Some((blank(at + 1), false));
    }
    if let Some(after) = sign(text, at) {
        return after.map(|after| (blank(skip_marks(text, after)), false));
    }
    if text.byte(closed) == b'>' && text.byte(closed + 1) != b'<' {
        let open =
            text.run_back(start, 48, |byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.' | b':'));
        let after = text.run(closed + 1, 64, |byte| byte.is_ascii_whitespace());
        return (text.before(open) == b'<').then_some((after, false));
    }
    if let Some(after) = xml_value(text, closed) {
        return Some((after, false));
    }
    if at <= name_end {
        return None;
    }
    let dashed = text.run_back(start, 32, is_identifier);
    if text.slice(dashed..start).starts_with("--")
        || matches!(text.byte(at), b'"' | b'\'' | b'`') && says != Says::Little
    {
        return Some((at, false));
    }
    let name = text.slice(start..name_end);
    if closed == name_end && matches!(name, "bearer" | "Bearer" | "Basic" | "BEARER")
        || says == Says::Password && is_netrc(text, start)
    {
        return Some((at, false));
    }
    spoken(text, at).map(|at| (at, true))
}

/// Behind an assigning or comparing sign, if one stands here; `Some(None)` when it does not assign.
fn sign(text: &Text<'_>, at: usize) -> Option<Option<usize>> {
    const SIGNS: [&str; 17] =
        [":::=", "::=", ":=", "=&gt;", "=>", "->", "!==", "!=", "===", "==", "?=", ".=", "+=", "||:", "=", ":", "："];
    let sign = SIGNS.into_iter().find(|sign| text.slice(at..at + sign.len()) == *sign)?;
    // A doubled colon is a path in code.
    let after = at + sign.len();
    Some((text.byte(after) != b':' && text.byte(after) != b'/' || sign == "=").then_some(after))
}

/// "the password (for anna) is …": behind the verb.
fn spoken(text: &Text<'_>, at: usize) -> Option<usize> {
    let mut at = at;
    for _ in 0..4 {
        let verb = VERBS.iter().find(|verb| text.slice(at..at + verb.len()).eq_ignore_ascii_case(verb));
        if let Some(verb) = verb {
            let after = text.run(at + verb.len(), 3, |byte| matches!(byte, b' ' | b'*' | b':'));
            let now = ["now ", "jetzt ", "nun ", "still ", "currently ", "changed to ", "set to ", "reset to "]
                .iter()
                .find(|word| text.slice(after..after + word.len()) == **word);
            return Some(after + now.map_or(0, |word| word.len()));
        }
        let word =
            text.run(at, 24, |byte| !byte.is_ascii_whitespace() && !matches!(byte, b'.' | b'!' | b'?' | b',' | b';'));
        if word == at || text.byte(word) != b' ' && text.byte(word) != b':' {
            return None;
        }
        if text.before(word) == b':' || text.byte(word) == b':' {
            let after = text.run(word, 2, |byte| matches!(byte, b' ' | b':'));
            return (text.byte(after) != b'/').then_some(after);
        }
        at = word + 1;
    }
    None
}

/// Fields of a netrc file: `machine … login … password …`.
fn is_netrc(text: &Text<'_>, start: usize) -> bool {
    let lead = text.lead(start, 80);
    (lead.contains("machine ") || lead.contains("default ")) && lead.contains("login ")
}

/// `key="Password" value="…"`, `name='api.token' value='…'`.
fn xml_value(text: &Text<'_>, closed: usize) -> Option<usize> {
    let at = text.run(closed, 4, |byte| byte == b' ');
    (at > closed && text.slice(at..at + 6).eq_ignore_ascii_case("value=")).then_some(at + 6)
}

/// Behind the length of an array, as in `char secret[25] = …`.
fn after_index(text: &Text<'_>, at: usize) -> usize {
    if text.byte(at) != b'[' {
        return at;
    }
    let close = text.run(at + 1, 6, |byte| byte.is_ascii_digit());
    if text.byte(close) == b']' { close + 1 } else { at }
}

/// Behind a quotation mark that markup escapes.
fn after_entity(text: &Text<'_>, at: usize) -> usize {
    if text.slice(at..at + 6) == "&quot;" { at + 6 } else { at }
}

/// Behind a type between name and operator, as in "token string = …".
fn after_type(text: &Text<'_>, at: usize) -> usize {
    let end = text.run(at, 8, |byte| byte.is_ascii_alphabetic());
    let is_type = matches!(text.slice(at..end), "string" | "String" | "str" | "text" | "&str" | "NSString");
    if is_type && text.byte(text.run(end, 3, |byte| byte == b' ')) == b'=' { end } else { at }
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
    if text.slice(at..at + 6) == "&quot;" {
        let to = text.run(at + 6, 128, |byte| byte != b'&' && byte != b'\n');
        return (to > at + 6 && text.slice(to..to + 6) == "&quot;").then_some((at + 6, to, true));
    }
    let escaped = usize::from(text.byte(at) == b'\\');
    let prefix = usize::from(
        matches!(text.byte(at), b'b' | b'r' | b'u' | b'f' | b'@') && matches!(text.byte(at + 1), b'"' | b'\''),
    );
    let mark = text.byte(at + escaped + prefix);
    if matches!(mark, b'"' | b'\'' | b'`') {
        let from = at + escaped + prefix + 1 + 2 * usize::from(text.byte(at + 1) == mark && text.byte(at + 2) == mark);
        let mut to = text.run(from, 256, |byte| byte != mark && byte != b'\n' && byte != b'\\');
        // A backslash ends a string inside a string; elsewhere it is part of the value unless it escapes.
        while escaped == 0
            && text.byte(to) == b'\\'
            && !matches!(text.byte(to + 1), b'"' | b'\'' | b'n' | b'r' | b't' | 0)
            && to < from + 256
        {
            to = text.run(to + 1, 256, |byte| byte != mark && byte != b'\n' && byte != b'\\');
        }
        return (to > from && matches!(text.byte(to), b'"' | b'\'' | b'`' | b'\\')).then_some((from, to, true));
    }
    plain_range(text, at, in_query)
}

/// A value without quotation marks: to a blank or a separator; brackets inside stay when they are balanced.
fn plain_range(text: &Text<'_>, at: usize, in_query: bool) -> Option<(usize, usize, bool)> {
    let ends = |byte: u8| byte.is_ascii_whitespace() || b"\"`,;|\\".contains(&byte) || (in_query && byte == b'&');
    let stop = text.run(at, 200, |byte| !ends(byte));
    let (mut to, mut open) = (at, 0_usize);
    while to < stop {
        let (byte, next) = (text.byte(to), text.byte(to + 1));
        match byte {
            b'{' | b'[' | b'(' => open += 1,
            b'}' | b']' | b')' if open == 0 && !next.is_ascii_alphanumeric() => break,
            b'}' | b']' | b')' => open = open.saturating_sub(1),
            b'<' | b'\'' if open == 0 => break,
            _ => {}
        }
        to += 1;
    }
    while to > at && matches!(text.before(to), b'.' | b':' | b'?' | b'*' | b'>' | b'\'') {
        to -= 1;
    }
    (to > at && text.as_str().is_char_boundary(to)).then_some((at, to, false))
}

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
    fn finds_what_sentences_give() {
        check("the password is hunter2!", &["hunter2!"]);
        check("password for user anna: Spring-2025", &["Spring-2025"]);
        check("Das Passwort lautet Sommer2024!", &["Sommer2024!"]);
        check("le mot de passe est Ete#2024", &["Ete#2024"]);
        check("la contraseña es Verano_99", &["Verano_99"]);
        check("la parola d'ordine è estate#77", &["estate#77"]);
        check("пароль: Leto2024x", &["Leto2024x"]);
        check("the new password was changed to Xy12-abc.", &["Xy12-abc"]);
    }

    #[test]
    fn finds_connection_strings_and_files() {
        check("jdbc:sqlserver://db;user=sa;password=Tr0ub4dor&3;x=1", &["Tr0ub4dor&3"]);
        check("Driver={X};Uid=sa;Pwd=q1w2e3r4;", &["q1w2e3r4"]);
        check("machine a.example login anna password hunter2x", &["hunter2x"]);
        check(
            "//registry.example/:_authToken=123e4567-e89b-12d3-a456-426614174000",
            &["123e4567-e89b-12d3-a456-426614174000"],
        );
        check("{\"auths\":{\"a.example\":{\"auth\":\"YW5uYTpodW50ZXIyMTIzNDU=\"}}}", &["YW5uYTpodW50ZXIyMTIzNDU="]);
        check("if (\"q1w2e3r4t5\" == password)", &["q1w2e3r4t5"]);
        check("<add key=\"Password\" value=\"q1w2e3r4\" />", &["q1w2e3r4"]);
        check("{&quot;password&quot;: &quot;q1w2e3r4&quot;}", &["q1w2e3r4"]);
    }

    #[test]
    fn keeps_sentences_about_passwords() {
        for text in [
            "the password is wrong",
            "the password is expired!",
            "the password is not accepted",
            "the password is wrong/expired/not accepted",
            "password is base64-encoded",
            "the password is 8 characters long",
            "the password is SHA-256 hashed",
            "Das Passwort ist abgelaufen!",
            "mot de passe oublié !",
            "пароль не подходит",
            "the password is anna@example.com",
            "secret: \"changeme\"",
            "password=${env.X}",
            "token: {{ token }}",
            "password: %s",
            "publicKeyToken=b03f5f7f11d50a3a",
            "PWD=/home/anna/work2",
            "credentials from '/tmp/Test_x7Yz12/credentials'",
            "basic=\"true\" --x=\"y1y1y1\"",
        ] {
            check(text, &[]);
        }
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
