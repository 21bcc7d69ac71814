//! Restoring: a model's answer with the tokens of this request replaced by what they stood for, in one pass.
//! Values are never read for further tokens, and tokens this request did not issue stay as they are and are reported.

mod stream;

use super::table::Table;
use super::token::{Neighbours, Reader, Token, Written};

pub use stream::Restoring;

/// A text with its tokens replaced by what they stood for.
#[derive(Default)]
pub struct Restored {
    /// The text.
    pub text: String,
    /// Tokens in it that this request never issued, as written, each once.
    pub unknown: Vec<String>,
}

/// Pairs of token and text that were issued elsewhere, for the `restore` verb.
pub struct TokenMap {
    reader: Reader,
    table: Table,
}

impl TokenMap {
    /// Reads pairs as the `mask` verb gives them. `None` when a key is not a token written as we write it.
    pub fn of<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Option<TokenMap> {
        let (reader, mut table) = (Reader::new(), Table::default());
        for (key, value) in pairs {
            let inner = key.strip_prefix("[[").and_then(|key| key.strip_suffix("]]"));
            let exact = inner.map_or_else(|| key.to_owned(), |inner| format!("[{inner}]"));
            let token = reader
                .read(&exact, Neighbours::Matter)
                .into_iter()
                .find(|written| written.range.len() == exact.len() && written.canonical)?
                .token;
            let value = if inner.is_some() {
                value.strip_prefix('[').and_then(|value| value.strip_suffix(']'))?
            } else {
                value
            };
            table.admit(token, value.to_owned(), inner.is_some());
        }
        Some(TokenMap { reader, table })
    }

    /// Restores a text.
    pub fn restore(&self, text: &str) -> Restored {
        restore(text, self.reader, &self.table)
    }
}

pub(super) fn restore(text: &str, reader: Reader, table: &Table) -> Restored {
    let mut restored = Restored { text: String::with_capacity(text.len()), unknown: Vec::new() };
    let mut copied = 0;
    for written in reader.read(text, Neighbours::Matter) {
        let Some((value, range)) = replacement(text, &written, table) else {
            let as_written = text.get(written.range.clone()).unwrap_or_default();
            if !table.is_taken(written.token) && !restored.unknown.iter().any(|one| one == as_written) {
                restored.unknown.push(as_written.to_owned());
            }
            continue;
        };
        restored.text.push_str(text.get(copied..range.start).unwrap_or_default());
        restored.text.push_str(value);
        restored.text.push_str(text.get(written.suffix.clone()).unwrap_or_default());
        copied = range.end;
    }
    restored.text.push_str(text.get(copied..).unwrap_or_default());
    restored
}

/// The value of a written token and what it replaces.
fn replacement<'t>(text: &str, written: &Written, table: &'t Table) -> Option<(&'t str, std::ops::Range<usize>)> {
    // A bare "PERSON_1.b" may also be the first form at the end of a sentence.
    let plain = Token { form: 0, ..written.token };
    let bare = text.get(written.range.clone()).is_some_and(|range| !range.contains(['[', ']']));
    let entry = match table.find(written.token) {
        Some(entry) => entry,
        None if bare && written.token.form > 0 => {
            return table.find(plain).map(|entry| (entry.value.as_str(), written.core.clone()));
        }
        None => return None,
    };
    let range = match &written.doubled {
        Some(doubled) if !(entry.enclosed && written.canonical) => doubled.clone(),
        _ => written.range.clone(),
    };
    Some((&entry.value, range))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) -> Vec<String> {
        let pairs = [
            ("[EMAIL_1]", "anna@example.com"),
            ("[PERSON_1]", "Anna Schmidt"),
            ("[PERSON_1.b]", "Anna"),
            ("[IP_1]", "::1"),
            ("[[IP_1]]", "[::1]"),
        ];
        let restored = TokenMap::of(pairs).unwrap().restore(text);
        assert_eq!(restored.text, expected);
        restored.unknown
    }

    #[test]
    fn gives_values_back_however_a_model_writes_the_token() {
        for written in [
            "[EMAIL_1]",
            "[email_1]",
            "[Email 1]",
            "[ EMAIL_1 ]",
            "[[EMAIL_1]]",
            "EMAIL_1",
            "[EMAIL_1",
            "EMAIL_1]",
            r"\[EMAIL\_1\]",
            r"[EMAIL\_1]",
            "[EMAIL-1]",
            "[EMAIL1]",
        ] {
            assert!(check(&format!("to {written}, please"), "to anna@example.com, please").is_empty(), "{written}");
        }
    }

    #[test]
    fn keeps_endings_and_marks_around() {
        check(
            "[PERSON_1]'s and [PERSON_1.b]s, PERSON_1s, [PERSON_1's]",
            "Anna Schmidt's and Annas, Anna Schmidts, Anna Schmidt's",
        );
        check("mit PERSON_1n und [PERSON_1.ben], [PERSON_1.b]en", "mit Anna Schmidtn und [PERSON_1.ben], Annaen");
        check("[PERSON_1en], [PERSON_1n]", "Anna Schmidten, Anna Schmidtn");
        check(
            "к PERSON_1у с PERSON_1ом, [PERSON_1]а, [PERSON_1е]",
            "к Anna Schmidtу с Anna Schmidtом, Anna Schmidtа, Anna Schmidtе",
        );
        check("**[PERSON_1.B]** said", "**Anna** said");
        check("by PERSON_1.b", "by Anna");
        check("by PERSON_1.c", "by Anna Schmidt.c");
    }

    #[test]
    fn keeps_brackets_that_were_the_inputs_own() {
        check("from [[IP_1]] to [EMAIL_1]", "from [::1] to anna@example.com");
    }

    #[test]
    fn reports_what_was_never_issued_and_leaves_it() {
        assert_eq!(
            check("[EMAIL_2] [PERSON_1.c] [EMAIL_2]", "[EMAIL_2] [PERSON_1.c] [EMAIL_2]"),
            ["[EMAIL_2]", "[PERSON_1.c]"]
        );
    }

    #[test]
    fn never_restores_inside_longer_words() {
        assert!(check("MYEMAIL_1 EMAIL_1x EMAIL_10x email 1", "MYEMAIL_1 EMAIL_1x EMAIL_10x email 1").is_empty());
    }

    #[test]
    fn refuses_pairs_that_are_no_tokens() {
        for key in ["EMAIL_1", "[EMAIL]", "[email_1]", "", "x [EMAIL_1]", "[EMAIL_1] "] {
            assert!(TokenMap::of([(key, "x")]).is_none(), "{key}");
        }
    }
}
