//! User name and password inside a URL: `scheme://user:password@host`.
//! It leaves the scheme and the host, and placeholders such as `${USER}`.
//!
//! Source: RFC 3986 3.2.1.

use super::{Finding, Kind, Text};

/// At a colon.
pub(super) fn find(text: &Text<'_>, at: usize) -> Option<Finding> {
    if text.byte(at + 1) != b'/' || text.byte(at + 2) != b'/' || !text.before(at).is_ascii_alphanumeric() {
        return None;
    }
    let start = at + 3;
    let end = text.run(start, 256, |byte| !byte.is_ascii_whitespace() && !b"@/?#\"'<>`\\".contains(&byte));
    let (user, password) = text.slice(start..end).split_once(':')?;
    let fits = text.byte(end) == b'@' && !password.is_empty() && !is_variable(password) && !user.contains(',');
    fits.then(|| Finding::new(Kind::UrlCredential, start..end, 95))
}

/// `${PASS}`, `{pass}`, `<pass>`, `%s`, `****`; a percent sign before two hexadecimal digits is a character.
fn is_variable(part: &str) -> bool {
    part.starts_with(['$', '{', '<', '[', '('])
        || part.starts_with("%(")
        || part.starts_with("%{")
        || part.starts_with("%s")
        || (part.len() > 2 && part.starts_with('%') && part.ends_with('%'))
        || part.bytes().all(|byte| matches!(byte, b'*' | b'x' | b'.'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::privacy::detector::passages;

    fn check(text: &str, expected: &[&str]) {
        assert_eq!(passages(text, Kind::UrlCredential), expected, "{text}");
    }

    #[test]
    fn finds_user_and_password_alone() {
        check("git clone https://anna:s3cret!@git.example.com/repo", &["anna:s3cret!"]);
        check("jdbc:postgresql://app:p%40ss@db:5432/x", &["app:p%40ss"]);
        check("redis://:hunter2@cache:6379", &[":hunter2"]);
        check("amqp://app:%23a1b2@mq:5672/v", &["app:%23a1b2"]);
        check("mongodb+srv://app:q1w2@c.example/db", &["app:q1w2"]);
    }

    #[test]
    fn keeps_urls_without_credentials() {
        for text in [
            "https://example.com:8080/a@b",
            "https://git@example.com",
            "https://${USER}:${PASS}@example.com",
            "a://",
            "://x:y@z",
            "http://a:****@b",
            "http://a:%s@b",
            "http://a:%PASS%@b",
        ] {
            check(text, &[]);
        }
    }
}
