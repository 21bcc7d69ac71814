//! A small summary of a block's words, to judge how alike two blocks are without comparing them word by word.
//!
//! It finds pairs worth showing as one change; whether blocks are equal is never decided here.

use unicode_segmentation::UnicodeSegmentation;

/// The smallest hashes of a block's words, each with its number of repetition, and what kind of block it is.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sketch {
    kind: u8,
    words: Vec<u32>,
    /// The block's id, when it has one.
    id: Option<u32>,
}

impl Sketch {
    /// Summarizes the text of a block of this kind.
    pub(crate) fn new(kind: u8, text: &str) -> Self {
        let mut words: Vec<u32> = text.unicode_words().take(WORDS_READ).map(hash).collect();
        words.sort_unstable();
        let mut previous = None;
        for word in &mut words {
            let (value, repeated) = match previous {
                Some((value, repeated)) if value == *word => (value, repeated + 1),
                Some(_) | None => (*word, 0),
            };
            previous = Some((value, repeated));
            *word = value.wrapping_add(mix(repeated));
        }
        words.sort_unstable();
        words.truncate(WORDS_KEPT);
        Self { kind, words, id: None }
    }

    /// The same of a block with this id.
    pub(crate) fn with_id(self, id: Option<&str>) -> Self {
        Self { id: id.map(hash), ..self }
    }

    /// How alike the blocks are, 0 to [`ALIKE`]: the share of words they have in common, less for different kinds. Of one
    /// id they are one block, whatever they say.
    pub(crate) fn alike(&self, other: &Self) -> u32 {
        if self.id.is_some() && self.id == other.id {
            return ALIKE;
        }
        let share = self.share(other);
        if self.kind == other.kind { share } else { share * 3 / 4 }
    }

    /// The share of common words among the smallest of both (a bottom-k estimate of the Jaccard index; exact for blocks of few words).
    fn share(&self, other: &Self) -> u32 {
        let (mut left, mut right) = (self.words.iter().peekable(), other.words.iter().peekable());
        let (mut common, mut all) = (0u32, 0u32);
        while all < BOTTOM {
            let order = match (left.peek(), right.peek()) {
                (Some(a), Some(b)) => a.cmp(b),
                (Some(_), None) => std::cmp::Ordering::Less,
                (None, Some(_)) => std::cmp::Ordering::Greater,
                (None, None) => break,
            };
            if order.is_le() {
                left.next();
            }
            if order.is_ge() {
                right.next();
            }
            common += u32::from(order.is_eq());
            all += 1;
        }
        (common * ALIKE).checked_div(all).unwrap_or(ALIKE)
    }
}

/// FNV-1a, enough to tell words apart; a collision only makes two blocks look a little more alike.
fn hash(word: &str) -> u32 {
    word.bytes().fold(0x811c_9dc5, |sum: u32, byte| (sum ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

fn mix(repeated: u32) -> u32 {
    repeated.wrapping_mul(0x9e37_79b9)
}

/// What two blocks of the same words score.
pub(crate) const ALIKE: u32 = 1_000;

const WORDS_READ: usize = 2_000;
const WORDS_KEPT: usize = 64;
const BOTTOM: u32 = 64;

#[cfg(test)]
mod tests {
    use super::{ALIKE, Sketch};

    #[test]
    fn scores_the_share_of_common_words() {
        let cases = [
            ("", "", ALIKE),
            ("a b c", "a b c", ALIKE),
            ("a b c", "c b a", ALIKE),
            ("a b", "a c", 333),
            ("a b", "c d", 0),
            ("a", "", 0),
            ("a a a", "a", 333),
        ];
        for (left, right, expected) in cases {
            assert_eq!(Sketch::new(0, left).alike(&Sketch::new(0, right)), expected, "{left} / {right}");
        }
        assert_eq!(Sketch::new(0, "a b").alike(&Sketch::new(1, "a b")), 750);
        let [one, other, same] =
            [("a", "1"), ("b", "2"), ("c", "1")].map(|(text, id)| Sketch::new(0, text).with_id(Some(id)));
        assert_eq!([one.alike(&other), one.alike(&same), other.alike(&Sketch::new(0, "c"))], [0, ALIKE, 0]);
    }
}
