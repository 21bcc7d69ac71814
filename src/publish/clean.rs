//! Takes out of a text what a reader cannot see: control characters, bidi controls, zero-width and tag characters.
//!
//! It does not escape markup: the encoder of the content room does.

/// The text in one line, without invisible characters; runs of white space become one space.
pub(crate) fn line(text: &str) -> String {
    let visible: String = text.chars().filter(|c| c.is_whitespace() || !is_invisible(*c)).collect();
    visible.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Characters that hide or reorder text (Unicode: Cc, bidi controls of UAX #9, default ignorables, tags, private use,
/// noncharacters).
///
/// The zero-width joiner and variation selectors go too: an emoji falls apart into its parts, which stay readable.
pub(crate) fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{e000}'..='\u{f8ff}' | '\u{fdd0}'..='\u{fdef}'
            | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}'
            | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}'
            | '\u{f0000}'..='\u{10ffff}')
        || matches!(u32::from(c) & 0xffff, 0xfffe | 0xffff)
}

#[cfg(test)]
mod tests {
    use super::line;

    #[test]
    fn takes_out_what_a_reader_cannot_see() {
        let cases = [
            ("plain text", "plain text"),
            ("  two\r\n lines\t", "two lines"),
            ("a\u{0}b\u{7f}c\u{85}d\u{9f}e", "abc de"),
            ("\u{202e}evil\u{2066}x\u{2069}", "evilx"),
            ("zero\u{200b}width\u{feff}\u{2060}", "zerowidth"),
            ("tag\u{e0041}\u{e0042}\u{e007f}s", "tags"),
            ("\u{2028}line\u{2029}", "line"),
            ("ö é 資料 🚀 – “x”", "ö é 資料 🚀 – “x”"),
            ("\u{fffe}\u{10ffff}\u{e000}", ""),
        ];
        for (raw, expected) in cases {
            assert_eq!(line(raw), expected, "{raw:?}");
        }
    }
}
