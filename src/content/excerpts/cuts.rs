//! Where a long section is best cut: into excerpts of about one size, between blocks rather than within one, at a line break
//! rather than between sentences of a line. It cuts nothing; [`super::pack`] does, and holds the bounds.
//!
//! Of all ways to cut, the one is taken whose excerpts are together nearest to the aim, each cut at its price. So a short
//! table goes with the text around it, and a paragraph gives up a sentence rather than stand alone at twice the size.

use super::super::markdown::{Unit, UnitKind};
use super::super::sentences;
use super::super::work::did;

/// Where the excerpts after the first begin that units of one section are best cut into, as bytes of `text`, in order;
/// none when the section is not much longer than `aim` bytes.
pub(super) fn cuts(text: &str, units: &[Unit], aim: usize) -> Vec<usize> {
    let whole = units.first().zip(units.last()).map_or(0, |(first, last)| last.range.end - first.range.start);
    if whole.saturating_mul(ALONE.1) <= aim.saturating_mul(ALONE.0) {
        return Vec::new();
    }
    best(&parts(text, units, aim), aim)
}

/// What is not cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Part {
    start: usize,
    end: usize,
    /// What beginning an excerpt with it costs, in thousandths of what one costs that is twice as long as it should be.
    price: u64,
}

/// The parts of these units.
fn parts(text: &str, units: &[Unit], aim: usize) -> Vec<Part> {
    let mut out: Vec<Part> = Vec::new();
    let mut before: Option<&UnitKind> = None;
    for unit in units {
        let price = price(text, before, unit);
        match out.last_mut() {
            Some(last) if price.is_none() || unit.range.end - last.start < aim / LEAST => {
                last.end = unit.range.end;
            }
            _ => out.push(Part { start: unit.range.start, end: unit.range.end, price: price.unwrap_or_default() }),
        }
        if unit.kind == UnitKind::Text && unit.range.len() > aim / WHOLE {
            within(text, unit, aim, &mut out);
        }
        before = Some(&unit.kind);
    }
    out
}

/// What it costs to begin an excerpt with a unit; none where that may not be.
fn price(text: &str, before: Option<&UnitKind>, unit: &Unit) -> Option<u64> {
    match (before?, &unit.kind) {
        (UnitKind::Heading { .. } | UnitKind::TableHead | UnitKind::CodeOpen, _) | (_, UnitKind::CodeClose) => None,
        (_, UnitKind::TableRow | UnitKind::CodeLine) => Some(LINE),
        _ => {
            let before = text.get(..unit.range.start).unwrap_or_default();
            let above = before.trim_end();
            did(before.len() - above.len());
            Some(if above.ends_with(':') { SENTENCE } else { 0 })
        }
    }
}

/// Takes a text apart, the last part of which it is, by its sentences.
fn within(text: &str, unit: &Unit, aim: usize, out: &mut Vec<Part>) {
    let part = text.get(unit.range.clone()).unwrap_or_default();
    for at in starts(part, aim) {
        let start = unit.range.start + at;
        let before = text.get(..start).unwrap_or_default();
        let end = before.trim_end().len();
        did(before.len() - end);
        let is_line = before.get(end..).is_some_and(|blank| blank.contains('\n'));
        match out.last_mut() {
            Some(last) if end < last.start + aim / LEAST => {}
            Some(last) => {
                last.end = end;
                out.push(Part { start, end: unit.range.end, price: if is_line { LINE } else { SENTENCE } });
            }
            None => {}
        }
    }
}

/// Where the sentences after the first begin. In a long one that is also where one may begin without a capital.
fn starts(part: &str, aim: usize) -> Vec<usize> {
    let mut out = Vec::new();
    for sentence in sentences(part) {
        out.push(sentence.start);
        let long = part.get(sentence.clone()).filter(|long| long.len() > aim / WHOLE).unwrap_or_default();
        out.extend(long.match_indices(['.', '!', '?']).filter_map(|(at, sign)| {
            let behind = long.get(at + sign.len()..)?;
            let next = behind.trim_start();
            (next.len() < behind.len() && !next.is_empty()).then(|| sentence.start + long.len() - next.len())
        }));
    }
    out.retain(|at| *at > 0);
    out
}

/// Where the excerpts after the first begin, at the least cost.
fn best(parts: &[Part], aim: usize) -> Vec<usize> {
    let wide = |bytes: usize| u64::try_from(bytes).unwrap_or(u64::MAX);
    let square = wide(aim).saturating_mul(wide(aim));
    let costs: Vec<u64> = parts.iter().map(|part| (square / 1000).saturating_mul(part.price)).collect();
    // by how many parts there are before it: the least cost, and where the last excerpt of them begins
    let mut known: Vec<(u64, usize)> = vec![(0, 0)];
    for (last, part) in parts.iter().enumerate() {
        let mut least = (u64::MAX, last);
        for (first, begin) in parts.iter().enumerate().take(last + 1).rev() {
            did(1);
            let size = part.end - begin.start;
            if size > aim * 2 && first < last {
                break;
            }
            let off = wide(size.abs_diff(aim).min(aim));
            let own = off.saturating_mul(off).saturating_add(costs.get(first).copied().unwrap_or_default());
            let cost = known.get(first).map_or(u64::MAX, |(before, _)| before.saturating_add(own));
            if cost < least.0 {
                least = (cost, first);
            }
        }
        known.push(least);
    }
    let mut out = Vec::new();
    let mut end = parts.len();
    while let Some(&(_, first)) = known.get(end).filter(|_| end > 0) {
        out.extend(parts.get(first).filter(|_| first > 0).map(|part| part.start));
        end = first;
    }
    out.reverse();
    out
}

/// A section up to so much of the aim is one excerpt: two halves of it would be farther off.
const ALONE: (usize, usize) = (7, 5);

/// A text up to this part of the aim is not taken apart.
const WHOLE: usize = 2;

/// What is together less than this part of the aim is one part, so that the ways to cut are few.
const LEAST: usize = 12;

/// The price of a cut at a line break, and between sentences of a line.
const LINE: u64 = 100;
const SENTENCE: u64 = 200;

#[cfg(test)]
mod tests {
    use super::super::super::Format;
    use super::super::super::markdown::{Printed, printed_of};
    use super::*;

    /// The first words of the excerpts after the first.
    fn check(body: &str, aim: usize, expected: &[&str]) {
        let Printed { text, units, .. } = printed_of(Format::Markdown, body).unwrap();
        let found: Vec<&str> = cuts(&text, &units, aim).into_iter().map(|at| text.get(at..).unwrap()).collect();
        assert_eq!(found.len(), expected.len(), "{found:?}");
        for (found, expected) in found.iter().zip(expected) {
            assert!(found.starts_with(expected), "{found:?} {expected:?}");
        }
    }

    fn words(count: usize, word: &str) -> String {
        vec![word; count].join(" ")
    }

    #[test]
    fn leaves_a_section_whole_that_is_not_much_too_long() {
        check("", 100, &[]);
        check(&format!("# A\n\n{}.\n\n{}.\n", words(12, "one"), words(12, "two")), 80, &[]);
    }

    #[test]
    fn puts_a_short_block_with_a_neighbor() {
        let table = "| a | b |\n| --- | --- |\n| 1 | 2 |";
        check(&format!("{}\n\n{table}\n\n{}\n", words(24, "one"), words(24, "two")), 115, &["two"]);
        check(&format!("{}:\n\n{table}\n\n{}\n", words(18, "one"), words(24, "two")), 100, &["two"]);
    }

    #[test]
    fn prefers_the_end_of_a_line_to_that_of_a_sentence() {
        let text = format!("{}. {}\\\n{}. {}", words(18, "One"), words(5, "Two"), words(9, "Red"), words(14, "Six"));
        check(&text, 95, &["Red"]);
    }

    #[test]
    fn finds_the_sentences_of_text_without_capitals() {
        let text = format!("{}. {}. {}. {}.", words(9, "one"), words(9, "two"), words(9, "red"), words(9, "six"));
        check(&text, 72, &["red"]);
    }

    #[test]
    fn cuts_nothing_behind_a_heading_or_from_its_table_or_code() {
        let long = words(30, "one");
        check(&format!("# A\n\n{long}\n\n{}\n", words(20, "two")), 100, &["two"]);
        let code = format!("{long}\n\n```\n{}\n{}\n```\n", words(10, "two"), words(20, "six"));
        check(&code, 120, &["```"]);
        let table = format!("{long}\n\n| a |\n| --- |\n| {} |\n| {} |\n", words(30, "two"), words(30, "six"));
        check(&table, 120, &["| a |", "| six"]);
    }
}
