//! Words that stand in names, before them and behind them, as hashes; and the hash.
//! It reads no text.

use super::words::is_mark;

/// FNV-1a over the characters of a word in lower case (Fowler, Noll, Vo); the table and the weights are built with the same.
pub(super) fn hash(word: &str) -> u32 {
    word.chars()
        .filter(|letter| !is_mark(*letter))
        .flat_map(char::to_lowercase)
        .fold(SEED, |hash, letter| step(hash, if letter == '’' { '\'' } else { letter }))
}

pub(super) const fn step(hash: u32, letter: char) -> u32 {
    #[expect(clippy::as_conversions, reason = "a character is its code point; From is not const")]
    let code = letter as u32;
    (hash ^ code).wrapping_mul(0x0100_0193)
}

const fn hash_of(word: &str) -> u32 {
    let (mut hash, mut rest) = (SEED, word.as_bytes());
    while let [byte, more @ ..] = rest {
        #[expect(clippy::as_conversions, reason = "ASCII; From is not const")]
        let letter = *byte as char;
        hash = step(hash, letter);
        rest = more;
    }
    hash
}

pub(super) const SEED: u32 = 0x811c_9dc5;

macro_rules! hashes {
    ($($word:literal)*) => { &[$(hash_of($word),)*] };
}

/// Lower-case words inside names (German, Dutch, French, Spanish, Italian, Portuguese, Arabic, Nordic).
pub(super) const PARTICLES: &[u32] = hashes!("van" "von" "vom" "de" "der" "den" "del" "della" "di" "da" "dos" "das" "do" "du" "la" "le" "ter" "ten" "zu" "zum" "zur" "bin" "ibn" "al" "el" "af" "av" "y" "of" "the");
/// Abbreviations whose point does not end a sentence.
pub(super) const TITLES: &[u32] = hashes!("dr" "prof" "mr" "mrs" "ms" "st" "jr" "sr" "sra" "srta" "m" "mme" "mlle" "sig" "ing" "dipl" "hr" "fr" "rev" "hon" "gen" "col" "sgt" "lt" "capt" "gov" "sen" "rep" "dott" "avv" "don" "mag" "lic");
/// What stands behind or in the name of a company.
pub(super) const COMPANIES: &[u32] = hashes!("inc" "incorporated" "ltd" "limited" "llc" "llp" "plc" "corp" "corporation" "gmbh" "ag" "kg" "ohg" "ug" "sa" "sarl" "sas" "srl" "spa" "bv" "nv" "ab" "oy" "technologies" "software" "systems" "solutions" "foundation" "stiftung" "verlag" "university" "college" "group" "holdings" "airport" "street" "avenue" "road");
