//! Takes the marks of Markdown off an excerpt, and remembers where each part stood.
//! It parses no Markdown: an excerpt may begin in the middle of a table or a list, and marks that mean nothing may go.

use core::ops::Range;

/// A text to show.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Plain {
    /// One line, without marks.
    pub text: String,
    /// Where parts of it begin, here and in the source; in order.
    places: Vec<(usize, usize)>,
    source: usize,
}

impl Plain {
    /// The bytes of the source that a part of the text stands for.
    pub(super) fn source(&self, range: &Range<usize>) -> Range<usize> {
        let start = self.place(range.start);
        let end = if range.end > range.start { self.place(range.end.saturating_sub(1)) + 1 } else { start };
        start..end.min(self.source)
    }

    fn place(&self, at: usize) -> usize {
        let index = self.places.partition_point(|(here, _)| *here <= at);
        self.places.get(index.saturating_sub(1)).map_or(at, |(here, there)| there + at.saturating_sub(*here))
    }

    fn push(&mut self, part: &str, from: usize) {
        if !part.is_empty() {
            self.places.push((self.text.len(), from));
            self.text.push_str(part);
        }
    }

    fn space(&mut self, from: usize) {
        if !self.text.is_empty() && !self.text.ends_with(' ') {
            self.push(" ", from);
        }
    }
}

/// The text of an excerpt without marks.
pub(super) fn plain(markdown: &str) -> Plain {
    let mut out = Plain { source: markdown.len(), ..Plain::default() };
    let mut at = 0;
    for line in markdown.split_inclusive('\n') {
        let body = line.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '>' | '#'));
        let body =
            ["- [x] ", "- [ ] ", "- ", "* ", "+ "].iter().find_map(|mark| body.strip_prefix(mark)).unwrap_or(body);
        if !is_rule(body) {
            inline(body, at + line.len() - body.len(), &mut out);
        }
        at += line.len();
        out.space(at.saturating_sub(1));
    }
    let kept = out.text.trim_end().len();
    out.text.truncate(kept);
    out
}

/// A fence, a rule, the line between a table's head and its rows.
fn is_rule(line: &str) -> bool {
    let line = line.trim();
    line.starts_with("```")
        || line.starts_with("~~~")
        || (line.len() > 2 && line.chars().all(|c| matches!(c, '-' | '|' | ':' | '=' | '*' | '_' | ' ')))
}

/// The running text of a line.
fn inline(line: &str, from: usize, out: &mut Plain) {
    let mut rest = line;
    while let Some(at) = rest.find(|c: char| c.is_whitespace() || is_mark(c)) {
        let (before, mark) = rest.split_at_checked(at).unwrap_or((rest, ""));
        let here = from + line.len() - rest.len();
        out.push(before, here);
        rest = mark.get(marked(mark, here + at, out)..).unwrap_or_default();
    }
    out.push(rest, from + line.len() - rest.len());
}

fn is_mark(c: char) -> bool {
    matches!(c, '*' | '_' | '`' | '~' | '\\' | '[' | ']' | '!' | '<' | '|')
}

/// Puts out what a mark leaves, and says how many bytes it took.
fn marked(text: &str, from: usize, out: &mut Plain) -> usize {
    let mut letters = text.chars();
    let (Some(first), second) = (letters.next(), letters.next()) else { return text.len() };
    let literal = |out: &mut Plain, length: usize| {
        out.push(text.get(..length).unwrap_or_default(), from);
        length
    };
    match (first, second) {
        ('*' | '`', _) => 1,
        ('_' | '~', Some(next)) if next == first => 2,
        // a name like `snake_case` keeps its underscores, emphasis does not
        ('_', next) => {
            let inside = out.text.ends_with(char::is_alphanumeric) && next.is_some_and(char::is_alphanumeric);
            if inside { literal(out, 1) } else { 1 }
        }
        ('\\', Some(next)) if next.is_ascii_punctuation() => {
            out.push(text.get(1..2).unwrap_or_default(), from + 1);
            2
        }
        ('[', _) | ('!', Some('[')) => 1,
        (']', Some('(')) => text.find(')').filter(|end| *end < LONGEST_TARGET).map_or(1, |end| end + 1),
        (']', _) => 1,
        ('<', _) => match tag(text) {
            0 => literal(out, 1),
            length => {
                out.space(from);
                length
            }
        },
        ('|', _) => {
            out.space(from);
            1
        }
        (c, _) if c.is_whitespace() => {
            out.space(from);
            c.len_utf8()
        }
        _ => literal(out, first.len_utf8()),
    }
}

/// The length of an HTML tag or comment here; 0 when there is none.
fn tag(text: &str) -> usize {
    let named =
        text.get(1..).unwrap_or_default().trim_start_matches('/').starts_with(|c: char| c.is_ascii_alphabetic());
    let comment = text.starts_with("<!--");
    let link = text.starts_with("<http");
    match text.find('>') {
        Some(end) if (named || comment) && !link && end < LONGEST_TARGET => end + 1,
        _ => 0,
    }
}

/// Longest link target or tag that is left out, in bytes: beyond, it is text.
const LONGEST_TARGET: usize = 512;

#[cfg(test)]
mod tests {
    use super::*;

    fn check(markdown: &str, expected: &str) {
        assert_eq!(plain(markdown).text, expected, "{markdown}");
    }

    #[test]
    fn takes_marks_off() {
        check("## A **bold** _word_ and `code`", "A bold word and code");
        check("- [x] done\n- open\n> quoted", "done open quoted");
        check("| a | b |\n| --- | --- |\n| c\\|d | e |", "a b c|d e");
        check("see [the page](https://example.com/x) ![alt](y.png)", "see the page alt");
        check("snake_case 1 < 2 a<br>b <!-- c -->", "snake_case 1 < 2 a b");
        check("```rust\nfn main() {}\n```", "fn main() {}");
        check("", "");
    }

    #[test]
    fn knows_where_parts_stood() {
        let markdown = "# One\n\n**two** three";
        let shown = plain(markdown);
        assert_eq!(shown.text, "One two three");
        for word in ["One", "two", "three"] {
            let at = shown.text.find(word).unwrap();
            assert_eq!(markdown.get(shown.source(&(at..at + word.len()))), Some(word));
        }
    }
}
