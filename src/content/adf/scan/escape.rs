//! The escapes of JSON text (RFC 8259, 7).
//! It looks for none: [`super::Scan`] does.

/// The character that an escape stands for, and how many bytes the escape has.
pub(super) fn escaped(escape: &str) -> Option<(char, usize)> {
    let c = match escape.as_bytes().get(1)? {
        b'"' => '"',
        b'\\' => '\\',
        b'/' => '/',
        b'b' => '\u{8}',
        b'f' => '\u{c}',
        b'n' => '\n',
        b'r' => '\r',
        b't' => '\t',
        b'u' => return by_number(escape),
        _ => return None,
    };
    Some((c, 2))
}

fn by_number(escape: &str) -> Option<(char, usize)> {
    let first = unit(escape)?;
    if !(0xd800..0xe000).contains(&first) {
        return Some((char::from_u32(u32::from(first))?, 6));
    }
    let pair = [first, unit(escape.get(6..)?)?];
    Some((char::decode_utf16(pair).next()?.ok()?, 12))
}

/// The code unit of `\uXXXX`.
fn unit(escape: &str) -> Option<u16> {
    let digits = escape.strip_prefix("\\u")?.get(..4)?;
    digits.bytes().all(|digit| digit.is_ascii_hexdigit()).then(|| u16::from_str_radix(digits, 16).ok())?
}
