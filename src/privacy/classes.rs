//! Classes of bytes and openings of words, 64 at a time, as masks: by WebAssembly's 128-bit SIMD and, bit for bit the same, in plain Rust.
//! It knows nothing of what the classes mean to anybody.

/// Bytes of a block.
pub(super) const BLOCK: usize = 64;

/// Which bytes of a block are of a class: the first is the lowest bit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Masks {
    /// `0` to `9`.
    pub(super) digits: u64,
    /// `a` to `z`.
    pub(super) lower: u64,
    /// `A` to `Z`.
    pub(super) upper: u64,
    /// Bytes that start a detector wherever they stand, see [`MARKS`].
    pub(super) marks: u64,
    /// Quotation marks, see [`QUOTES`].
    pub(super) quotes: u64,
    /// First bytes of characters outside ASCII.
    pub(super) leads: u64,
}

/// The bytes of [`Masks::marks`].
pub(super) const MARKS: [u8; 4] = [b'@', b':', b'-', 0xef];
/// The bytes of [`Masks::quotes`].
pub(super) const QUOTES: [u8; 3] = [b'"', b'\'', b'`'];

impl Masks {
    pub(super) const fn letters(&self) -> u64 {
        self.lower | self.upper
    }

    pub(super) const fn words(&self) -> u64 {
        self.letters() | self.digits
    }
}

/// A block and its neighbours; outside the text they are zeros.
#[derive(Clone, Copy)]
pub(super) struct Window<'a> {
    pub(super) before: &'a Masks,
    pub(super) here: &'a Masks,
    pub(super) behind: &'a Masks,
}

impl Window<'_> {
    /// How long the run of a class is that begins at a place of the block: 64 at most.
    pub(super) fn ahead(&self, class: impl Fn(&Masks) -> u64, bit: usize) -> usize {
        let mask = class(self.here) >> bit | class(self.behind) << 1 << (BLOCK - 1 - bit);
        usize::try_from(mask.trailing_ones()).unwrap_or_default()
    }

    /// How long the run of a class is that ends before a place of the block: 64 at most.
    pub(super) fn back(&self, class: impl Fn(&Masks) -> u64, bit: usize) -> usize {
        let mask = class(self.here) << 1 << (BLOCK - 1 - bit) | class(self.before) >> bit;
        usize::try_from(mask.leading_ones()).unwrap_or_default()
    }

    /// Where a run of a class begins.
    pub(super) fn starts(&self, class: impl Fn(&Masks) -> u64) -> u64 {
        class(self.here) & !self.shifted(&class)
    }

    /// A class, one place on.
    pub(super) fn shifted(&self, class: impl Fn(&Masks) -> u64) -> u64 {
        class(self.here) << 1 | class(self.before) >> (BLOCK - 1)
    }
}

/// Every block of a text with its neighbours; beyond the end of the text are zeros.
pub(super) fn windows(bytes: &[u8], mut visit: impl FnMut(usize, &Window<'_>)) {
    // A ring, so that no masks move: an engine copies memory by a call, which costs more than looking at some bytes.
    let (mut ring, mut read) = ([Masks::default(); 4], 0_usize);
    let mut step = |next: Masks| {
        let block = read / BLOCK;
        ring.get_mut(block % 4).into_iter().for_each(|room| *room = next);
        if let (Some(start), [Some(before), Some(here), Some(behind)]) =
            (read.checked_sub(BLOCK), [2, 1, 0].map(|back| ring.get((block + 4 - back) % 4)))
        {
            visit(start, &Window { before, here, behind });
        }
        read += BLOCK;
    };
    let (whole, rest) = bytes.as_chunks();
    whole.iter().for_each(|block| step(masks(block)));
    if !rest.is_empty() {
        step(masks(&filled(rest)));
    }
    step(Masks::default());
}

/// Where each run of digits in a text begins.
pub(super) fn numbers(bytes: &[u8], mut visit: impl FnMut(usize)) {
    let (mut start, mut inside) = (0, 0);
    let mut step = |block: &[u8; BLOCK]| {
        let digits = masks(block).digits;
        each(digits & !(digits << 1 | inside), |bit| visit(start + bit));
        (inside, start) = (digits >> (BLOCK - 1), start + BLOCK);
    };
    let (whole, rest) = bytes.as_chunks();
    whole.iter().for_each(&mut step);
    step(&filled(rest));
}

/// Where in a text of ASCII a capital begins a run of letters and digits, and where an opening brace or a backtick is.
pub(super) fn capitals(bytes: &[u8], mut visit: impl FnMut(usize)) {
    let (mut start, mut inside) = (0, 0);
    let mut step = |block: &[u8; BLOCK]| {
        let masks = masks(block);
        let words = masks.words();
        each(masks.upper & !(words << 1 | inside) | fences(block), |bit| visit(start + bit));
        (inside, start) = (words >> (BLOCK - 1), start + BLOCK);
    };
    let (whole, rest) = bytes.as_chunks();
    whole.iter().for_each(&mut step);
    step(&filled(rest));
}

/// What opens code in a text.
const FENCES: [u8; 2] = [b'{', b'`'];

#[inline(always)]
fn fences(block: &[u8; BLOCK]) -> u64 {
    #[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
    return simd::fences(block);
    #[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
    plain::fences(block)
}

/// The last bytes of a text as a block.
fn filled(rest: &[u8]) -> [u8; BLOCK] {
    let mut block = [0; BLOCK];
    block.iter_mut().zip(rest).for_each(|(to, byte)| *to = *byte);
    block
}

/// The masks of one block.
#[inline(always)]
fn masks(block: &[u8; BLOCK]) -> Masks {
    #[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
    return simd::masks(block);
    #[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
    plain::masks(block)
}

/// With what three bytes something begins, in any case: groups of openings, and for each half of each of the three bytes the
/// groups it may be of. Where all six have a group in common, something may begin.
///
/// Source: the Teddy matcher of Hyperscan (G. Langdale), as in the Rust crate aho-corasick.
#[derive(Default)]
pub(super) struct Openings {
    /// For each byte: by its low half, by its high half; groups 0 to 7, then groups 8 to 15.
    tables: [[[u8; 16]; 4]; 3],
}

impl Openings {
    /// Adds what begins with three bytes, or with two that anything may follow, to a group.
    pub(super) fn add(&mut self, group: usize, opening: &[u8]) {
        let opening = [0, 1, 2].map(|at| opening.get(at).map(|byte| byte | CASE));
        for (tables, byte) in self.tables.iter_mut().zip(opening) {
            add(tables, byte, group % GROUPS);
        }
    }

    /// Where in a block something may begin; the two bytes behind it are read too.
    pub(super) fn masks(&self, block: &[u8; BLOCK + 2]) -> u64 {
        #[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
        return simd::openings(&self.tables, block);
        #[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
        plain::openings(&self.tables, block)
    }
}

/// How many groups there are.
const GROUPS: usize = 16;

/// Adds a byte, or any byte, of a group to the tables of its halves.
fn add(tables: &mut [[u8; 16]; 4], byte: Option<u8>, group: usize) {
    let bit = 1 << (group % 8);
    for (half, table) in tables.iter_mut().skip(group / 8 * 2).take(2).enumerate() {
        for (value, groups) in (0_u8..).zip(table) {
            let is_its = byte.is_none_or(|byte| value == if half == 0 { byte & 15 } else { byte >> 4 });
            *groups |= if is_its { bit } else { 0 };
        }
    }
}

/// The bit that tells upper from lower case.
pub(super) const CASE: u8 = 0x20;

/// The places of the set bits, lowest first.
pub(super) fn each(mut mask: u64, mut visit: impl FnMut(usize)) {
    while mask != 0 {
        visit(usize::try_from(mask.trailing_zeros()).unwrap_or_default());
        mask &= mask - 1;
    }
}

#[cfg(any(test, not(all(target_arch = "wasm32", target_feature = "simd128"))))]
mod plain;
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
mod simd;

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn agrees_bit_by_bit_with_its_plain_twin() {
        let mut random = crate::random::Xorshift::seeded(1);
        for _ in 0..2000 {
            let block: [u8; BLOCK] = std::array::from_fn(|_| {
                let byte = random.next().to_le_bytes()[6];
                if byte < 64 { b"09azAZ`{@:/;-\xef\"'"[usize::from(byte % 16)] } else { byte }
            });
            assert_eq!(masks(&block), plain::masks(&block), "{block:?}");
            assert_eq!(fences(&block), plain::fences(&block), "{block:?}");
        }
        for byte in 0..=255 {
            assert_eq!(masks(&[byte; BLOCK]), plain::masks(&[byte; BLOCK]), "{byte}");
        }
    }

    #[test]
    fn finds_openings_as_its_plain_twin_and_misses_none() {
        let words: [&[u8]; 6] = [b"pw", b"token", b"sk-", b"-----begin", "пароль".as_bytes(), b"ab\xff"];
        let mut openings = Openings::default();
        words.into_iter().enumerate().for_each(|(group, word)| openings.add(group * 5, word));
        let mut random = crate::random::Xorshift::seeded(5);
        for _ in 0..5000 {
            let block: [u8; BLOCK + 2] = std::array::from_fn(|_| {
                let byte = random.next().to_le_bytes()[6];
                if byte < 200 { b"pwtokensk-begPWTOKab \xd0\xbf\xff"[usize::from(byte % 24)] } else { byte }
            });
            let mask = openings.masks(&block);
            assert_eq!(mask, plain::openings(&openings.tables, &block), "{block:?}");
            for (at, bytes) in block.windows(3).enumerate() {
                let begins =
                    |word: &&[u8]| bytes.iter().zip(word.iter()).all(|(byte, other)| byte.eq_ignore_ascii_case(other));
                assert!(!words.iter().any(begins) || mask >> at & 1 == 1, "{bytes:?} at {at}");
            }
        }
    }

    #[test]
    fn windows_reach_over_the_edges_of_blocks() {
        let text = [b"x".repeat(60), b"7".repeat(10), b"Ab".repeat(40)].concat();
        let mut seen = Vec::new();
        windows(&text, |start, window| {
            each(window.starts(|masks| masks.digits), |bit| {
                seen.push((start + bit, window.ahead(|one| one.digits, bit)))
            });
            if start == 64 {
                assert_eq!((window.back(|one| one.digits, 6), window.back(|one| one.lower, 6)), (10, 0));
                assert_eq!(window.back(Masks::words, 6), 64);
                assert_eq!(window.ahead(Masks::letters, 6), 64);
            }
        });
        assert_eq!(seen, [(60, 10)]);
    }

    #[test]
    fn capitals_are_told_where_they_begin_a_word() {
        let text = [b" ".repeat(62), b"xA Bc`D9E {F".to_vec()].concat();
        let mut found = Vec::new();
        capitals(&text, |at| found.push(at - 62));
        assert_eq!(found, [3, 5, 6, 10, 11]);
    }

    #[test]
    fn covers_every_byte_of_a_text_once() {
        for length in [0, 1, 63, 64, 65, 200] {
            let text: Vec<u8> = (0..length).map(|at| if at % 3 == 0 { b'7' } else { b'@' }).collect();
            let (mut digits, mut marks, mut starts) = (Vec::new(), Vec::new(), Vec::new());
            windows(&text, |start, window| {
                each(window.here.digits, |at| digits.push(start + at));
                each(window.here.marks, |at| marks.push(start + at));
            });
            numbers(&text, |at| starts.push(at));
            assert_eq!(digits, (0..length).filter(|at| at % 3 == 0).collect::<Vec<_>>());
            assert_eq!(digits, starts);
            assert_eq!(digits.len() + marks.len(), length);
        }
    }
}
