//! User and password of a curl or wget command: `-u user:password`, `--user`, `--http-password`.
//! It leaves a user without a password, and variables.
//!
//! Source: curl's manual, `-u, --user`.

use super::value;
use super::{Finding, Kind, Text};

/// At an option; the command stands before it on the line.
pub(super) fn find(text: &Text<'_>, start: usize, end: usize) -> Option<Finding> {
    if !text.lead(start, 200).contains("curl") {
        return None;
    }
    let from = text.run(end, 4, |byte| matches!(byte, b' ' | b'=' | b'\\'));
    let mark = text.byte(from);
    let quoted = matches!(mark, b'"' | b'\'');
    let (from, to) = if quoted {
        (from + 1, text.run(from + 1, 128, |byte| byte != mark && byte != b'\n'))
    } else {
        (from, text.run(from, 128, |byte| !byte.is_ascii_whitespace() && byte != b'"' && byte != b'\''))
    };
    let (user, password) = text.slice(from..to).split_once(':')?;
    let fits = (password.len() >= 3 || user.len() >= 12) && !value::is_placeholder(password) && !user.contains('/');
    fits.then(|| Finding::new(Kind::Secret, from..to, 90))
}

/// In any case.
pub(super) const OPTIONS: &[&str] = &[" -u ", " -u\"", " -u'", " --user ", " --user=", " -u=", " --proxy-user "];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::privacy::detector::passages;

    fn check(text: &str, expected: &[&str]) {
        assert_eq!(passages(text, Kind::Secret), expected, "{text}");
    }

    #[test]
    fn finds_user_and_password_of_a_command() {
        check("curl -s -u anna:hunter2 https://a.example", &["anna:hunter2"]);
        check("curl --user \"j.doe:dB2@qL#4J\" https://a.example", &["j.doe:dB2@qL#4J"]);
    }

    #[test]
    fn leaves_variables_and_other_commands() {
        check("curl -u $USER:$PASS https://a.example", &[]);
        check("curl -u anna https://a.example", &[]);
        check("docker run -u 1000:1000 image", &[]);
    }
}
