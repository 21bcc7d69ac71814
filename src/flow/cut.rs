//! Documents cut into excerpts, each with what masking finds in the whole document and would not find in the excerpt alone.
//! It masks nothing: what is found here goes with the excerpts to where they are masked.
//!
//! INVARIANT: a value that lies over a cut, or whose label does, is as well masked as in the whole.

use std::ops::Range;

use crate::content::{self, Document, ExcerptLimits, Placed};
use crate::privacy::{Cutting, Masker, Part};

/// A document cut into excerpts, with the whole they were cut from: what masking finds over the cuts is found in it.
#[derive(Debug)]
pub(crate) struct Cut {
    whole: String,
    /// The excerpts but empty ones.
    pub(crate) excerpts: Vec<Placed>,
}

impl Cut {
    /// Cuts a document.
    pub(crate) fn of(document: &Document) -> Cut {
        let (whole, mut excerpts) = content::placed(document, &ExcerptLimits::default());
        excerpts.retain(|excerpt| !excerpt.text.trim().is_empty());
        Cut { whole, excerpts }
    }

    /// For each excerpt what the whole shows of it.
    pub(crate) fn parts(&self, masker: &Masker) -> Vec<Vec<Part>> {
        let pieces: Vec<Cutting<'_>> = self
            .excerpts
            .iter()
            .map(|one| Cutting { text: &one.text, within: one.within.clone(), at: one.at })
            .collect();
        masker.parts(&self.whole, &pieces)
    }
}

/// The first characters of each of a document's blocks, with what the whole shows of them.
pub(crate) fn beginnings(blocks: &[String], most: usize, masker: Option<&Masker>) -> Vec<(String, Vec<Part>)> {
    let whole = blocks.join(BETWEEN);
    let mut start = 0_usize;
    let mut pieces: Vec<Cutting<'_>> = Vec::with_capacity(blocks.len());
    for block in blocks {
        let end = block.char_indices().nth(most).map_or(block.len(), |(at, _)| at);
        let within: Range<usize> = start..start.saturating_add(end);
        pieces.push(Cutting { text: block.get(..end).unwrap_or_default(), within, at: 0 });
        start = start.saturating_add(block.len()).saturating_add(BETWEEN.len());
    }
    let parts = masker.map(|masker| masker.parts(&whole, &pieces)).unwrap_or_default();
    let parts = parts.into_iter().chain(std::iter::repeat_with(Vec::new));
    pieces.iter().zip(parts).map(|(piece, parts)| (piece.text.to_owned(), parts)).collect()
}

/// Parts of a text that stands in another from this byte on, of which so many bytes are left out at the beginning.
pub(crate) fn moved(parts: &[Part], by: usize, without: usize) -> Vec<Part> {
    let place = |at: usize| at.saturating_add(by).saturating_sub(without);
    parts.iter().map(|part| Part { kind: part.kind, start: place(part.start), end: place(part.end) }).collect()
}

/// Between blocks, where Markdown has an empty line.
const BETWEEN: &str = "\n\n";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::{Block, BlockKind, Inline, InlineKind};
    use crate::privacy::KindSet;

    /// Values of many kinds, some over several lines, each with what stands before it where only that tells what it is.
    fn planted() -> Vec<(&'static str, String)> {
        let key: Vec<String> = (0..70_u32).map(|line| random(u64::from(line) + 7, 64)).collect();
        let begin = ["-----BEGIN RSA ", "PRIVATE KEY-----"].concat();
        let end = ["-----END RSA ", "PRIVATE KEY-----"].concat();
        let plain = [
            ("", "+49 30 901820"),
            ("", "+1 202 555 0143"),
            ("", "4111 1111 1111 1111"),
            ("", "DE89 3704 0044 0532 0130 00"),
            ("", "zdenka.kanarova@example.com"),
            ("", "4012 Walnut Avenue, Springfield, IL 62704"),
            ("", "2001:db8:85a3:8d3:1319:8a2e:370:7348"),
            ("", "00:1b:63:84:45:e6"),
            ("", "bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq"),
            ("SSN: ", "536-90-4399"),
            ("Passport number: ", "C01X00T47"),
            ("password: ", "correct-Horse-7-battery"),
            ("reported by ", "Anna Schmidt"),
        ];
        let plain = plain.map(|(before, value)| (before, value.to_owned()));
        let keys = [format!("ghp_{}", random(3, 36))]
            .into_iter()
            .chain([20, 70].map(|lines| format!("{begin}\n{}\n{end}", key[..lines].join("\n"))));
        plain.into_iter().chain(keys.map(|value| ("", value))).collect()
    }

    /// Letters and digits without a meaning, the same each time.
    fn random(seed: u64, length: usize) -> String {
        let mut random = crate::random::Xorshift::seeded(seed);
        let letters = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
        let next = std::iter::repeat_with(|| char::from(letters[random.below(letters.len())]));
        next.take(length).collect()
    }

    /// Prose of so many bytes: sentences, or one without an end.
    fn prose(length: usize, is_endless: bool) -> String {
        let sentence = if is_endless { "it runs on and on as it did " } else { "it runs on as it did. And so on. " };
        sentence.chars().cycle().take(length).collect()
    }

    fn paragraph(text: &str) -> Block {
        let mut inlines = Vec::new();
        for (at, line) in text.split('\n').enumerate() {
            if at > 0 {
                inlines.push(Inline::from(InlineKind::Break));
            }
            inlines.push(Inline::from(InlineKind::Text(line.to_owned())));
        }
        Block::from(BlockKind::Paragraph(inlines))
    }

    fn code(text: &str) -> Block {
        Block::from(BlockKind::Code { language: None, text: text.to_owned() })
    }

    /// Runs of four letters and digits of a value that are in a text.
    fn left<'a>(value: &'a str, text: &str) -> Vec<&'a str> {
        let runs = value.split(|c: char| !c.is_ascii_alphanumeric());
        let fours = runs.flat_map(|run| (0..run.len().saturating_sub(3)).filter_map(|at| run.get(at..at + 4)));
        fours.filter(|four| text.contains(four)).collect()
    }

    /// The excerpts that hold a piece of the value once they are masked, with what the whole shows or without.
    fn leaks(blocks: Vec<Block>, value: &str, with_whole: bool) -> Vec<String> {
        let mut masker = Masker::new(&[], KindSet::ALL);
        let cut = Cut::of(&Document { blocks, ..Document::default() });
        let parts = if with_whole { cut.parts(&masker) } else { vec![Vec::new(); cut.excerpts.len()] };
        let pairs = || cut.excerpts.iter().zip(&parts);
        pairs().for_each(|(one, parts)| masker.learn_cut(&one.text, parts));
        let masked: Vec<String> =
            pairs().map(|(one, parts)| masker.mask_cut(&one.text, parts).as_ref().clone()).collect();
        for (one, masked) in cut.excerpts.iter().zip(&masked) {
            assert_eq!(masker.restore(masked).text, one.text);
        }
        masked.into_iter().filter(|text| !left(value, text).is_empty()).collect()
    }

    /// Ledger: SY-02.
    #[test]
    fn no_excerpt_holds_a_piece_of_a_value_wherever_the_cut_is() {
        let (mut cut, mut tried) = (0, 0);
        for (nth, (label, value)) in planted().into_iter().enumerate() {
            // In code a name is nobody's whom the host did not name.
            for shape in (0..4).filter(|shape| *shape != 2 || label != "reported by ") {
                // The cuts of a text this long fall around here.
                for before in (600 + (nth * 41 + shape * 67) % 311..2_000).step_by(311) {
                    let is_endless = shape > 0;
                    let text = format!("{} \n{label}{value}\n {}", prose(before, is_endless), prose(1_200, is_endless));
                    let blocks: Vec<Block> = match shape {
                        0 | 1 => vec![paragraph(&text)],
                        2 => vec![code(&text)],
                        _ => text.split('\n').map(paragraph).collect(),
                    };
                    assert_eq!(leaks(blocks.clone(), &value, true), [""; 0], "{value:.20} at {before}, shape {shape}");
                    cut += usize::from(!leaks(blocks, &value, false).is_empty());
                    tried += 1;
                }
            }
        }
        // Without the whole, a good part of them leaks: the cuts do lie in the values.
        assert!(cut * 10 > tried, "{cut} of {tried}");
    }

    #[test]
    fn no_beginning_of_a_block_ends_within_a_value() {
        for (label, value) in planted() {
            for before in (200..300).step_by(13) {
                let blocks = [format!("{}\n{label}{value}", prose(before, true)), format!("{label}{value}")];
                let mut masker = Masker::new(&[], KindSet::ALL);
                let begun = beginnings(&blocks, 300, Some(&masker));
                begun.iter().for_each(|(text, parts)| masker.learn_cut(text, parts));
                for (text, parts) in &begun {
                    assert!(text.chars().count() <= 300);
                    let masked = masker.mask_cut(text, parts);
                    assert_eq!(left(&value, masked.as_ref()), [""; 0], "{value:.20} at {before}");
                }
            }
        }
    }
}
