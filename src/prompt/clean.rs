//! Text without what cannot be seen: control, bidirectional, zero-width and tag characters, terminal sequences.
//! It does not judge what can be seen: links and markup are `inert`'s.

/// Removes invisible characters; line breaks and tabs stay.
#[must_use]
pub fn visible(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(char) = rest.next() {
        match char {
            '\n' | '\t' => out.push(char),
            '\r' => {
                if rest.peek() != Some(&'\n') {
                    out.push('\n');
                }
            }
            '\u{1b}' | '\u{9b}' => skip_sequence(char, &mut rest),
            '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => out.push(' '),
            '\u{2028}' | '\u{2029}' | '\u{85}' => out.push('\n'),
            hidden if is_invisible(hidden) => {}
            shown => out.push(shown),
        }
    }
    out
}

/// The same in one line: runs of white space become one space, none at the ends.
#[must_use]
pub fn line(text: &str) -> String {
    let visible = visible(text);
    let mut out = String::with_capacity(visible.len());
    for word in visible.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// Whether a character has no shape of its own or changes how others are shown.
#[must_use]
pub fn is_invisible(char: char) -> bool {
    char.is_control() && char != '\n' && char != '\t'
        || matches!(char,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}'
            | '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10ffff}')
}

/// Drops a terminal sequence (ECMA-48): `ESC [ … letter`, `ESC ] … BEL`, or `ESC` with one more character.
fn skip_sequence(start: char, rest: &mut std::iter::Peekable<std::str::Chars<'_>>) {
    let kind = if start == '\u{9b}' { Some('[') } else { rest.next() };
    match kind {
        Some('[') => {
            while rest.peek().is_some_and(|char| matches!(char, '0'..='?' | ' '..='/')) {
                rest.next();
            }
            if rest.peek().is_some_and(|char| matches!(char, '@'..='~')) {
                rest.next();
            }
        }
        Some(']' | 'P' | '^' | '_') => {
            // Bounded, so that a sequence that never ends does not swallow the text.
            for _ in 0..256 {
                match rest.peek() {
                    None | Some('\n') => break,
                    Some('\u{7}' | '\u{9c}') => {
                        rest.next();
                        break;
                    }
                    Some('\u{1b}') => break,
                    Some(_) => {
                        rest.next();
                    }
                }
            }
        }
        Some(_) | None => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn removes_what_cannot_be_seen() {
        for (text, expected) in [
            ("a\u{0}b\u{7}c", "abc"),
            ("pay\u{202e}evil\u{202c}", "payevil"),
            ("zero\u{200b}width\u{feff}", "zerowidth"),
            ("tag\u{e0041}\u{e0042}s", "tags"),
            ("text\u{fe0f}\u{e0101}", "text"),
            ("\u{1b}[31mred\u{1b}[0m", "red"),
            ("\u{1b}]8;;https://evil.example\u{7}link", "link"),
            ("\u{9b}2Jx", "x"),
            ("end\u{1b}", "end"),
            ("keep\nlines\tand tabs", "keep\nlines\tand tabs"),
            ("crlf\r\nand\rcr", "crlf\nand\ncr"),
            ("naïve Übergröße данные 日本", "naïve Übergröße данные 日本"),
        ] {
            assert_eq!(visible(text), expected);
        }
    }

    #[test]
    fn joins_lines_into_one() {
        assert_eq!(line("  a\n\n b\u{a0}c\t"), "a b c");
    }
}
