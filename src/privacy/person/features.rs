//! What the tagger looks at for one word of a run: spelling, table, neighbours, signs. Numbers, not strings.
//! It weighs nothing.

use super::names::{Known, known, mix};
use super::words::{Run, Shape, Word};

/// The features of a word: places in the table of weights.
pub(in crate::privacy) struct Features {
    places: [usize; MOST],
    length: usize,
}

impl Features {
    pub(in crate::privacy) fn places(&self) -> &[usize] {
        self.places.get(..self.length).unwrap_or_default()
    }

    fn add(&mut self, kind: u32, one: u32, two: u32) {
        let hash = mix(kind.wrapping_mul(0x9e37_79b1)
            ^ one.wrapping_mul(0x85eb_ca77)
            ^ two.rotate_left(11).wrapping_mul(0xc2b2_ae3d));
        if let (Some(slot), Ok(place)) = (self.places.get_mut(self.length), usize::try_from(hash >> (32 - BITS))) {
            *slot = place;
            self.length += 1;
        }
    }
}

/// The words of a run with what the table knows of them.
pub(super) struct Seen<'r> {
    run: &'r Run,
    known: [u32; super::words::MOST],
}

impl<'r> Seen<'r> {
    pub(super) fn of(run: &'r Run) -> Seen<'r> {
        let mut seen = Seen { run, known: [0; super::words::MOST] };
        for (slot, word) in seen.known.iter_mut().zip(run.words()) {
            *slot = u32::from(known(word).0);
        }
        seen
    }

    pub(super) fn known(&self, at: usize) -> Known {
        Known(u8::try_from(self.known.get(at).copied().unwrap_or_default()).unwrap_or_default())
    }

    /// The table's bits with the spelling; of nothing, a number of its own.
    fn kind(&self, at: Option<usize>) -> u32 {
        let word = at.and_then(|at| Some((self.run.words().get(at)?, self.known.get(at)?)));
        word.map_or(255, |(word, known)| known | shape(word) << 4)
    }

    /// The hash of a word, of the run or beside it.
    fn word(&self, at: usize, by: isize) -> u32 {
        let words = self.run.words();
        let Some(place) = at.checked_add_signed(by) else {
            let beyond = by.unsigned_abs() - at - 1;
            return self.run.left.get(beyond).copied().unwrap_or_default();
        };
        words
            .get(place)
            .map_or_else(|| self.run.right.get(place - words.len()).copied().unwrap_or_default(), |word| word.hash)
    }

    pub(in crate::privacy) fn features(&self, at: usize) -> Features {
        let mut features = Features { places: [0; MOST], length: 0 };
        let Some(word) = self.run.words().get(at) else { return features };
        let length = u32::try_from(self.run.words().len().min(5)).unwrap_or_default();
        let position = u32::try_from(at.min(4)).unwrap_or_default();
        let here = self.kind(Some(at));
        features.add(0, 0, 0);
        features.add(1, word.hash, 0);
        features.add(2, self.word(at, -1), 0);
        features.add(3, self.word(at, 1), 0);
        features.add(4, self.word(at, -2), 0);
        features.add(5, self.word(at, 2), 0);
        features.add(6, self.word(at, -1), shape(word));
        features.add(7, here, 0);
        features.add(8, here, self.kind(at.checked_sub(1)));
        features.add(9, here, self.kind(Some(at + 1)));
        features.add(10, self.kind(at.checked_sub(1)), self.kind(Some(at + 1)));
        features.add(11, length * 8 + position, here);
        spelling(&mut features, word);
        let begins = u32::from(self.run.begins());
        features.add(20, begins, here * 8 + position);
        features.add(21, u32::from(self.run.before), position);
        features.add(22, u32::from(self.run.after), length - position.min(length));
        features.add(23, self.run.left.first().copied().unwrap_or_default(), length);
        features.add(24, self.run.right.first().copied().unwrap_or_default(), length);
        features.add(25, u32::from(self.run.before) << 8 | u32::from(self.run.after), length);
        features.add(26, self.run.left.first().copied().unwrap_or_default(), u32::from(self.run.before));
        features.add(27, self.word(at, -1), self.word(at, 1));
        features.add(28, self.run.right.first().copied().unwrap_or_default(), u32::from(self.run.after));
        features
    }
}

fn spelling(features: &mut Features, word: &Word) {
    let letters = word.letters();
    let hash = |part: &[char]| part.iter().fold(super::lists::SEED, |hash, letter| super::lists::step(hash, *letter));
    for (kind, length) in [(12, 1), (13, 2), (14, 3), (15, 4)] {
        features.add(kind, letters.get(letters.len().saturating_sub(length)..).map_or(0, hash), shape(word));
    }
    for (kind, length) in [(16, 2), (17, 3), (18, 4)] {
        features.add(kind, letters.get(..length.min(letters.len())).map_or(0, hash), 0);
    }
    features.add(19, u32::try_from(letters.len().min(12)).unwrap_or_default(), shape(word));
}

fn shape(word: &Word) -> u32 {
    match word.shape {
        Shape::Capitalised => 0,
        Shape::Initial => 1,
        Shape::Capitals => 2,
        Shape::Joined => 3,
        Shape::Prefixed => 4,
        Shape::Title => 5,
        Shape::Particle => 6,
        Shape::Mixed => 7,
    }
}

/// Features of a word, at most.
const MOST: usize = 30;
/// The size of the table of weights, in bits of a place.
pub(super) const BITS: u32 = 16;
