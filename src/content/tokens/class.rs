//! What kind of character one is, as far as it matters to where a piece of text ends.
//! It knows ASCII and the letters of the scripts most written; what else there is it does not tell apart.

/// The kind of a byte or character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    /// A capital letter.
    Capital,
    /// A small letter, or one of a script without capitals.
    Small,
    /// `0` to `9`.
    Digit,
    /// A sign or control character of ASCII.
    Sign,
    /// `/`, which one tokenizer takes with line breaks.
    Slash,
    /// `'`, which may begin the end of a word.
    Apostrophe,
    /// Space, tab, form feed, vertical tab.
    Blank,
    /// Line feed, carriage return.
    Line,
    /// Anything else.
    Unknown,
    /// Beyond the text.
    End,
}

impl Class {
    /// Whether it is a letter.
    pub(super) fn is_letter(self) -> bool {
        matches!(self, Self::Capital | Self::Small)
    }

    /// Whether it is a sign.
    pub(super) fn is_sign(self) -> bool {
        matches!(self, Self::Sign | Self::Slash | Self::Apostrophe)
    }
}

/// The kind of a byte.
pub(super) fn class(byte: u8) -> Class {
    CLASSES.get(usize::from(byte)).copied().unwrap_or(Class::Unknown)
}

/// The kind of a character.
pub(super) fn class_of(c: char) -> Class {
    match c {
        '\0'..='\x7f' => u8::try_from(c).map_or(Class::Unknown, class),
        // Latin-1 but for × and ÷; Greek; Cyrillic
        'À'..='Ö' | 'Ø'..='Þ' | 'Α'..='Ρ' | 'Σ'..='Ϋ' | 'Ѐ'..='Я' => Class::Capital,
        'ß'..='ö' | 'ø'..='ÿ' | 'ά'..='ώ' | 'а'..='џ' => Class::Small,
        // Hiragana, Katakana, Han, Hangul, Hebrew, Arabic, Thai, Devanagari: letters without capitals
        'ぁ'..='ゖ' | 'ァ'..='ヺ' | 'ー' | '一'..='龥' | '가'..='힣' => Class::Small,
        'א'..='ת' | 'ء'..='ي' | 'ก'..='ะ' | 'अ'..='ह' => Class::Small,
        _ => Class::Unknown,
    }
}

/// Whether it is white space that ASCII does not have.
pub(super) fn is_space(c: char) -> bool {
    !c.is_ascii() && c.is_whitespace()
}

const CLASSES: [Class; 256] = {
    let mut all = [Class::Unknown; 256];
    let mut rest: &mut [Class] = &mut all;
    let mut byte = 0_u8;
    while let [first, others @ ..] = rest {
        *first = match byte {
            b'A'..=b'Z' => Class::Capital,
            b'a'..=b'z' => Class::Small,
            b'0'..=b'9' => Class::Digit,
            b'/' => Class::Slash,
            b'\'' => Class::Apostrophe,
            b' ' | b'\t' | 0x0b | 0x0c => Class::Blank,
            b'\n' | b'\r' => Class::Line,
            0..=0x7f => Class::Sign,
            _ => Class::Unknown,
        };
        byte = byte.wrapping_add(1);
        rest = others;
    }
    all
};
