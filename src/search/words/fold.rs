//! Letters made equal: case, diacritics, ligatures, widths, composed or not.
//! It cuts no words, and keeps scripts apart: nothing is transliterated.

/// The word in lower case, with base letter and combining mark as one letter where the stemmers know that letter.
/// What is invisible is gone.
pub(super) fn lower(word: &str, out: &mut String) {
    if word.is_ascii() {
        let start = out.len();
        out.push_str(word);
        return out.get_mut(start..).unwrap_or_default().make_ascii_lowercase();
    }
    for c in word.chars().filter(|c| !is_ignorable(*c)).map(plain_width) {
        if is_mark(c) {
            compose(c, out);
        } else {
            c.to_lowercase().for_each(|c| if is_mark(c) { compose(c, out) } else { out.push(c) });
        }
    }
}

/// A lower-case word without diacritics and ligatures.
pub(super) fn fold(lower: &str, out: &mut String) {
    if lower.is_ascii() {
        out.push_str(lower);
        return;
    }
    for c in lower.chars() {
        match base(c) {
            "" => out.push(c),
            base => out.push_str(base),
        }
    }
}

/// Puts a mark on the last letter when that gives a letter of its own, or drops it.
fn compose(mark: char, out: &mut String) {
    let Some(last) = out.chars().next_back() else { return };
    let Some((_, letters)) = COMPOSED.iter().find(|(m, _)| *m == mark) else { return };
    let composed = letters.split(' ').find_map(|pair| pair.strip_prefix(last));
    if let Some(composed) = composed {
        out.pop();
        out.push_str(composed);
    }
}

/// Letters for letters of another width or style: full-width, half-width katakana, mathematical.
fn plain_width(c: char) -> char {
    let code = u32::from(c);
    let from = |code: u32| char::from_u32(code).unwrap_or(c);
    match code {
        0x0000..=0x00ff => c,
        0xff01..=0xff5e => from(code - 0xfee0),
        0xff66..=0xff9d => {
            let at = usize::try_from(code - 0xff66).unwrap_or_default();
            HALF_KATAKANA.chars().nth(at).unwrap_or(c)
        }
        0xff9e..=0xff9f => from(code - 0xff9e + 0x3099),
        0x1_d400..=0x1_d6a3 => {
            let letter = (code - 0x1_d400) % 52;
            from(if letter < 26 { 0x41 + letter } else { 0x61 + letter - 26 })
        }
        0x1_d7ce..=0x1_d7ff => from(0x30 + (code - 0x1_d7ce) % 10),
        _ => c,
    }
}

/// The base of a lower-case letter; empty when it is its own.
fn base(c: char) -> &'static str {
    match c {
        '\u{0}'..='\u{7f}' => "",
        'à'..='å' | 'ā' | 'ă' | 'ą' | 'ǎ' | 'ǻ' | '\u{1ea0}'..='\u{1eb7}' => "a",
        'æ' | 'ǽ' => "ae",
        'ç' | 'ć' | 'ĉ' | 'ċ' | 'č' => "c",
        'ð' | 'ď' | 'đ' => "d",
        'è'..='ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' | '\u{1eb8}'..='\u{1ec7}' => "e",
        'ĝ' | 'ğ' | 'ġ' | 'ģ' => "g",
        'ĥ' | 'ħ' => "h",
        'ì'..='ï' | 'ĩ' | 'ī' | 'ĭ' | 'į' | 'ı' | '\u{1ec8}'..='\u{1ecb}' => "i",
        'ĳ' => "ij",
        'ĵ' => "j",
        'ķ' => "k",
        'ĺ' | 'ļ' | 'ľ' | 'ŀ' | 'ł' => "l",
        'ñ' | 'ń' | 'ņ' | 'ň' => "n",
        'ò'..='ö' | 'ø' | 'ō' | 'ŏ' | 'ő' | 'ǒ' | 'ơ' | '\u{1ecc}'..='\u{1ee3}' => "o",
        'œ' => "oe",
        'ŕ' | 'ŗ' | 'ř' => "r",
        'ś' | 'ŝ' | 'ş' | 'š' | 'ș' => "s",
        'ß' => "ss",
        'ţ' | 'ť' | 'ŧ' | 'ț' => "t",
        'þ' => "th",
        'ù'..='ü' | 'ũ' | 'ū' | 'ŭ' | 'ů' | 'ű' | 'ų' | 'ư' | '\u{1ee4}'..='\u{1ef1}' => "u",
        'ŵ' => "w",
        'ý' | 'ÿ' | 'ŷ' | '\u{1ef2}'..='\u{1ef9}' => "y",
        'ź' | 'ż' | 'ž' => "z",
        'ﬀ' => "ff",
        'ﬁ' => "fi",
        'ﬂ' => "fl",
        'ﬃ' => "ffi",
        'ﬄ' => "ffl",
        'ﬅ' | 'ﬆ' => "st",
        'ά' => "α",
        'έ' => "ε",
        'ή' => "η",
        'ί' | 'ϊ' | 'ΐ' => "ι",
        'ό' => "ο",
        'ύ' | 'ϋ' | 'ΰ' => "υ",
        'ώ' => "ω",
        'ς' => "σ",
        'ё' => "е",
        'آ' | 'أ' | 'إ' => "ا",
        'ى' => "ي",
        'ة' => "ه",
        _ => "",
    }
}

/// Whether a character goes on top of the one before: it belongs to the word and is no letter of it.
pub(super) fn is_mark(c: char) -> bool {
    matches!(u32::from(c),
        0x0300..=0x036f | 0x0483..=0x0489 | 0x0591..=0x05bd | 0x05bf | 0x05c1..=0x05c2 | 0x05c4..=0x05c5 | 0x05c7
        | 0x0610..=0x061a | 0x064b..=0x065f | 0x0670 | 0x06d6..=0x06dc | 0x06df..=0x06e8 | 0x06ea..=0x06ed
        | 0x1ab0..=0x1aff | 0x1dc0..=0x1dff | 0x20d0..=0x20ff | 0x3099..=0x309a | 0xfe20..=0xfe2f)
}

/// Whether a character shows nothing and separates nothing: soft hyphen, joiners, direction marks, variation selectors,
/// Arabic's tatweel.
pub(super) fn is_ignorable(c: char) -> bool {
    matches!(u32::from(c),
        0x00ad | 0x034f | 0x0640 | 0x061c | 0x180b..=0x180e | 0x200b..=0x200f | 0x202a..=0x202e | 0x2060..=0x2069 | 0xfe00..=0xfe0f
        | 0xfeff | 0xe0100..=0xe01ef)
}

/// Whether a sign joins letters of an Indic word without being one: the viramas.
pub(super) fn is_joiner(c: char) -> bool {
    matches!(
        u32::from(c),
        0x093c
            | 0x094d
            | 0x09bc
            | 0x09cd
            | 0x0a3c
            | 0x0a4d
            | 0x0abc
            | 0x0acd
            | 0x0b3c
            | 0x0b4d
            | 0x0bcd
            | 0x0c4d
            | 0x0cbc
            | 0x0ccd
            | 0x0d4d
            | 0x0dca
            | 0x1039..=0x103a | 0x17d2
    )
}

/// Marks with the pairs of letters before and after.
const COMPOSED: &[(char, &str)] = &[
    ('\u{300}', "aà eè iì oò uù"),
    ('\u{301}', "aá eé ií oó uú yý"),
    ('\u{302}', "aâ eê iî oô uû"),
    ('\u{303}', "aã nñ oõ"),
    ('\u{306}', "ий"),
    ('\u{308}', "aä eë iï oö uü её"),
    ('\u{327}', "cç"),
    (
        '\u{3099}',
        "かが きぎ くぐ けげ こご さざ しじ すず せぜ そぞ ただ ちぢ つづ てで とど はば ひび ふぶ へべ ほぼ カガ キギ クグ ケゲ コゴ サザ シジ スズ セゼ ソゾ タダ チヂ ツヅ テデ トド ハバ ヒビ フブ ヘベ ホボ ウヴ",
    ),
    ('\u{309a}', "はぱ ひぴ ふぷ へぺ ほぽ ハパ ヒピ フプ ヘペ ホポ"),
];

/// Katakana for U+FF66 to U+FF9D.
const HALF_KATAKANA: &str =
    "ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン";

#[cfg(test)]
mod tests {
    use super::*;

    fn check(word: &str, expected: &str) {
        let (mut low, mut out) = (String::new(), String::new());
        lower(word, &mut low);
        fold(&low, &mut out);
        assert_eq!(out, expected, "{word}");
    }

    #[test]
    fn makes_case_width_and_diacritics_equal() {
        check("DataNode", "datanode");
        check("Größe", "grosse");
        check("STRASSE", "strasse");
        check("naïve", "naive");
        check("nai\u{308}ve", "naive");
        check("Ærø", "aero");
        check("Œuvre", "oeuvre");
        check("İstanbul", "istanbul");
        check("ＡＢＣ１２", "abc12");
        check("ﾃｽﾄ", "テスト");
        check("か\u{3099}", "が");
        check("𝐁old", "bold");
        check("ёлка", "елка");
        check("И\u{306}ОД", "йод");
        check("ΟΔΌΣ", "οδοσ");
        check("so\u{ad}ft", "soft");
        check("Tiếng", "tieng");
        check("ﬁle", "file");
    }

    #[test]
    fn leaves_nothing_of_marks_alone() {
        check("\u{301}\u{302}\u{303}", "");
    }
}
