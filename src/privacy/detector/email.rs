//! E-mail addresses: `local@domain` with tags, subdomains, international names and quoted local parts.
//! It does not judge whether a mailbox exists; `git@host:path` of a clone URL is not one. Addresses without an `@` are `obfuscated`'s.
//!
//! Source: RFC 5321 4.1.2 and RFC 6531 3.3, narrowed to what stands in running text: no comments, no `/` `=` `?` `|` `` ` `` `{` `}` in
//! the local part (they are separators around addresses far more often), a dotted domain whose last label is letters.

use super::{Finding, Kind, Text};

/// At an `@`.
pub(super) fn find(text: &Text<'_>, at: usize) -> Option<Finding> {
    let start = local_part(text, at)?;
    let end = domain(text, at + 1)?;
    let is_clone_url = text.slice(start..at) == "git" && text.byte(end) == b':';
    (!is_clone_url).then(|| Finding::new(Kind::Email, start..end, 98))
}

/// Where the local part before a place begins.
pub(super) fn local_part(text: &Text<'_>, at: usize) -> Option<usize> {
    if text.before(at) == b'"' {
        let open = text.run_back(at - 1, LONGEST_LOCAL, |byte| byte != b'"' && byte != b'\n' && byte != 0);
        return (text.before(open) == b'"' && open < at - 1).then(|| open - 1);
    }
    let mut start = text.run_back(at, LONGEST_LOCAL, is_local);
    while start < at && (LEADING.contains(&text.byte(start)) || !text.as_str().is_char_boundary(start)) {
        start += 1;
    }
    // Quotation marks and other symbols outside ASCII are bytes of the run; the address begins after the last of them.
    let foreign = text.slice(start..at).char_indices().rev().find(|(_, c)| !c.is_ascii() && !is_letter(*c));
    let start = foreign.map_or(start, |(offset, c)| start + offset + c.len_utf8());
    (start < at && text.before(at) != b'.').then_some(start)
}

/// Where the domain from a place on ends.
pub(super) fn domain(text: &Text<'_>, from: usize) -> Option<usize> {
    if text.byte(from) == b'[' {
        let end = text.run(from + 1, 45, |byte| byte.is_ascii_hexdigit() || b".:IPv".contains(&byte));
        return (text.byte(end) == b']' && end > from + 1).then_some(end + 1);
    }
    let mut end = None;
    let (mut label, mut labels, mut at) = (from, 0, from);
    let limit = from + LONGEST_DOMAIN;
    while at < limit {
        match text.char_at(at) {
            Some(c) if c == '-' || is_letter(c) || c.is_ascii_digit() => at += c.len_utf8(),
            next => {
                let (last, fits) = close(text.slice(label..at));
                labels += usize::from(fits > 0);
                if fits == 0 {
                    break;
                }
                if labels > 1 && last {
                    end = Some(label + fits);
                }
                if next != Some('.') || fits < at - label {
                    break;
                }
                at += 1;
                label = at;
            }
        }
    }
    end
}

/// Whether a label can be the last of a domain, and how many of its bytes belong to it (hyphens at its end do not).
pub(super) fn close(label: &str) -> (bool, usize) {
    let trimmed = label.trim_end_matches('-');
    if trimmed.starts_with('-') || trimmed.len() > 63 {
        return (false, 0);
    }
    // A number written right behind an address is masked with it: no domain ends so, but the address must not stay for it.
    let name = trimmed.trim_end_matches(|c: char| c.is_ascii_digit());
    let letters = name.chars().all(is_letter) && name.chars().nth(1).is_some();
    (letters || trimmed.starts_with("xn--"), trimmed.len())
}

/// Letters of any script with their combining marks (which are not alphabetic in all scripts' tables).
pub(super) fn is_letter(c: char) -> bool {
    c.is_alphabetic() || ('\u{300}'..='\u{36f}').contains(&c) || (!c.is_ascii() && c.is_alphanumeric())
}

const fn is_local(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
        || byte >= 0x80
        || matches!(byte, b'.' | b'_' | b'%' | b'+' | b'-' | b'\'' | b'&' | b'~' | b'!' | b'#' | b'$' | b'*' | b'^')
}

/// What a local part may hold but does not begin with in running text.
const LEADING: &[u8] = b".-'*~&!#$^%+";
const LONGEST_LOCAL: usize = 96;
const LONGEST_DOMAIN: usize = 253;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::privacy::detector::passages;

    fn check(text: &str, expected: &[&str]) {
        assert_eq!(passages(text, Kind::Email), expected, "{text}");
    }

    #[test]
    fn finds_addresses_in_running_text() {
        check("write to anna@example.com.", &["anna@example.com"]);
        check("(anna.schmidt+jira@mail.example.co.uk)", &["anna.schmidt+jira@mail.example.co.uk"]);
        check("<a href=\"mailto:anna@example.com?subject=x\">", &["anna@example.com"]);
        check("'anna@example.com', \"o'hara@example.com\"", &["anna@example.com", "o'hara@example.com"]);
        check(
            "anna@example.com,bernd@example.org;c@example.net",
            &["anna@example.com", "bernd@example.org", "c@example.net"],
        );
        check("**anna@example.com** _x_", &["anna@example.com"]);
        check("user=anna@example.com&b", &["anna@example.com"]);
        check("\"anna schmidt\"@example.com", &["\"anna schmidt\"@example.com"]);
        check("root@[192.0.2.1]", &["root@[192.0.2.1]"]);
        check("anna@example.com58 x", &["anna@example.com58"]);
    }

    #[test]
    fn finds_international_addresses() {
        check("jürgen@müller-söhne.de!", &["jürgen@müller-söhne.de"]);
        check("„anna@example.com“", &["anna@example.com"]);
        check("почта: иван@пример.рф.", &["иван@пример.рф"]);
        check("anna@xn--mller-kva.xn--p1ai", &["anna@xn--mller-kva.xn--p1ai"]);
    }

    #[test]
    fn keeps_what_is_no_address() {
        for text in [
            "@Override",
            "a@b",
            "user@localhost",
            "git@github.com:org/repo.git",
            "logo@2x",
            "pkg@1.2.3",
            "@forge/api@7.1.0",
        ] {
            check(text, &[]);
        }
        for text in ["", "@", "@@@", "a@", "@b.com", ".@b.com", "a.@b.com", "a@.com", "a@-.com", "a@b.c"] {
            check(text, &[]);
        }
    }
}
