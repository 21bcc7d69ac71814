//! The seeded generator of the room's property tests: texts, pages, and a person's edits.
//!
//! Not random: the same seed gives the same page on every machine.

/// A xorshift generator (Marsaglia 2003).
pub(crate) struct Generator(u64);

impl Generator {
    pub(crate) fn new(seed: u64) -> Self {
        let mut generator = Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x2545_f491_4f6c_dd1d);
        generator.next();
        generator
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    /// A number below `end`; 0 when `end` is 0.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        let end = u64::try_from(end).unwrap().max(1);
        usize::try_from(self.next() % end).unwrap()
    }

    pub(crate) fn pick<'a, T>(&mut self, all: &'a [T]) -> Option<&'a T> {
        let at = self.below(all.len());
        all.get(at)
    }

    pub(crate) fn word(&mut self) -> &'static str {
        self.pick(&WORDS).unwrap()
    }

    /// Up to `most` words, some with punctuation between.
    pub(crate) fn sentence(&mut self, most: usize) -> String {
        let words: Vec<&str> = (0..self.below(most + 1)).map(|_| self.word()).collect();
        words.join(self.pick(&[" ", " ", ", ", "-"]).unwrap())
    }

    /// The same sentence with some words put in, taken out or changed.
    pub(crate) fn rewritten(&mut self, text: &str) -> String {
        let mut words: Vec<&str> = text.split(' ').collect();
        for _ in 0..=self.below(3) {
            let at = self.below(words.len());
            match self.below(3) {
                0 => words.insert(at, self.word()),
                1 if words.len() > 1 => drop(words.remove(at)),
                _ => words[at] = self.word(),
            }
        }
        words.join(" ")
    }
}

const WORDS: [&str; 24] = [
    "router", "the", "of", "page", "server", "fix", "größe", "資料", "don't", "v1.2.3", "404", "build", "fails", "when", "a",
    "token", "expires", "🚀", "naïve", "retry", "(beta)", "done.", "queue", "is",
];
