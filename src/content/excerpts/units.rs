//! The units of an excerpt that may stand alone: sentences, list items, rows of a table, code as a whole.
//! It reads only as much Markdown as that takes: an excerpt is small, and its blocks are printed in one way.

use super::super::sentences;
use core::ops::Range;

/// A part that may be taken without the rest. One begins where the one before ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Unit {
    /// Its bytes.
    pub(super) range: Range<usize>,
    /// Of a row, the header of its table: where that is not part of it.
    pub(super) head: Option<Range<usize>>,
    /// Where its table starts.
    table: Option<usize>,
}

impl Unit {
    fn of(range: Range<usize>) -> Self {
        Self { range, head: None, table: None }
    }

    /// Whether both are rows of one table.
    pub(super) fn is_row_with(&self, other: &Self) -> bool {
        self.table.is_some() && self.table == other.table
    }
}

/// The units of a text in order; together they are all of it.
pub(super) fn units(text: &str) -> Vec<Unit> {
    let mut out = Vec::new();
    let (mut at, mut prose) = (0, 0);
    while at < text.len() {
        let line = line_from(text, at);
        let end = at + line.len();
        let start = line.trim_start();
        let next = match fence(start) {
            Some(fence) => code_end(text, end, fence),
            None if start.starts_with('|') => run_end(text, at, |line| line.trim_start().starts_with('|')),
            None => end,
        };
        if next > end || fence(start).is_some() || start.starts_with('|') {
            sentences_of(text, prose..at, &mut out);
            let is_table = fence(start).is_none();
            if is_table {
                rows(text, at..next, &mut out)
            } else {
                out.push(Unit::of(at..next))
            }
            prose = next;
        } else if !text.get(prose..at).unwrap_or_default().trim().is_empty() {
            let cut = if start.is_empty() { end } else { at };
            if start.is_empty() || begins_block(start) {
                sentences_of(text, prose..cut, &mut out);
                prose = cut;
            }
        }
        at = next;
    }
    sentences_of(text, prose..text.len(), &mut out);
    out
}

/// The line that starts here, with its break.
fn line_from(text: &str, at: usize) -> &str {
    text.get(at..).and_then(|rest| rest.split_inclusive('\n').next()).unwrap_or_default()
}

/// Where the lines end that belong together from here.
fn run_end(text: &str, from: usize, belongs: impl Fn(&str) -> bool) -> usize {
    let rest = text.get(from..).unwrap_or_default();
    from + rest.split_inclusive('\n').take_while(|line| belongs(line)).map(str::len).sum::<usize>()
}

/// The marks that open code, when a line does.
fn fence(line: &str) -> Option<&str> {
    let mark = line.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let marks = line.len() - line.trim_start_matches(mark).len();
    line.get(..marks).filter(|marks| marks.len() >= 3)
}

/// Where the code ends whose first line ends here.
fn code_end(text: &str, from: usize, fence: &str) -> usize {
    let end = run_end(text, from, |line| !line.trim_start().starts_with(fence));
    end + line_from(text, end).len()
}

/// Whether a line begins a heading, a list item or a quote.
fn begins_block(line: &str) -> bool {
    let digits = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let numbered = digits.len() < line.len() && (digits.starts_with(". ") || digits.starts_with(") "));
    numbered || ["- ", "* ", "+ ", "#", ">"].into_iter().any(|mark| line.starts_with(mark))
}

/// The rows of a table, the first one with the header.
fn rows(text: &str, table: Range<usize>, out: &mut Vec<Unit>) {
    let mut at = table.start;
    let ends: Vec<usize> = text
        .get(table.clone())
        .unwrap_or_default()
        .split_inclusive('\n')
        .map(|line| {
            at += line.len();
            at
        })
        .collect();
    let is_delimiter = |range: Range<usize>| {
        text.get(range).is_some_and(|line| line.trim().chars().all(|c| matches!(c, '|' | '-' | ':' | ' ')))
    };
    let head = match ends.as_slice() {
        [first, second, ..] if is_delimiter(*first..*second) => Some(table.start..*second),
        _ => None,
    };
    let mut start = table.start;
    for (row, end) in ends.into_iter().enumerate() {
        if head.is_some() && row < 2 && end < table.end {
            continue;
        }
        let with_head = head.clone().filter(|head| start >= head.end);
        out.push(Unit { range: start..end, head: with_head, table: Some(table.start) });
        start = end;
    }
}

/// The sentences of running text; a short one goes with the next.
fn sentences_of(text: &str, range: Range<usize>, out: &mut Vec<Unit>) {
    let part = text.get(range.clone()).unwrap_or_default();
    let mut start = range.start;
    for sentence in sentences(part).iter().skip(1) {
        let next = range.start + sentence.start;
        if next >= start + SHORT {
            out.push(Unit::of(start..next));
            start = next;
        }
    }
    if start < range.end {
        out.push(Unit::of(start..range.end));
    }
}

/// Fewer bytes than this say nothing alone.
const SHORT: usize = 25;

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let all = units(text);
        assert_eq!(all.iter().filter_map(|u| text.get(u.range.clone())).collect::<Vec<_>>(), expected);
        assert_eq!(all.iter().map(|u| u.range.len()).sum::<usize>(), text.len());
    }

    #[test]
    fn are_sentences_items_rows_and_code() {
        check("", &[]);
        check(
            "A sentence that is long enough. Short. Another one of some length.\nOn.\n\nNext\n",
            &["A sentence that is long enough. ", "Short. Another one of some length.\n", "On.\n\n", "Next\n"],
        );
        check("# H\n\n- one\n  more\n- two\n\n3. x\n", &["# H\n\n", "- one\n  more\n", "- two\n\n", "3. x\n"]);
        check("Text\n```\na\n\n| b\n```\nafter", &["Text\n", "```\na\n\n| b\n```\n", "after"]);
        check("~~~\nnever closed", &["~~~\nnever closed"]);
        check("| a |\n| - |\n| 1 |\n| 2 |\n\nend", &["| a |\n| - |\n| 1 |\n", "| 2 |\n", "\nend"]);
        check("| a |\n| - |", &["| a |\n| - |"]);
        check("| no header |\n| here |\n", &["| no header |\n", "| here |\n"]);
    }

    #[test]
    fn know_their_header() {
        let heads: Vec<_> = units("| a |\n| - |\n| 1 |\n| 2 |\n").into_iter().map(|u| u.head).collect();
        assert_eq!(heads, [None, Some(0..12)]);
    }
}
