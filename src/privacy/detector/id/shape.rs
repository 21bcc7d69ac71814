//! Shapes: how an identity number is written, and whether a text holds it at a place.
//! It knows no number and no check digit.
//!
//! | in a shape | stands for |
//! |---|---|
//! | `d` `a` `x` | a digit, an ASCII letter, either |
//! | `p` `m` | a letter of any script; the name of a month |
//! | `_` | one separator (space, `-`, `.`, `/`) or none |
//! | `[XYZ]` | one of these |
//! | `{3}` `{2,5}` `?` | so many of what stands before; one or none |
//! | upper-case letters, digits, punctuation | themselves |

use super::Text;

/// A shape taken apart.
pub(super) struct Shape(Vec<Element>);

struct Element {
    class: Class,
    least: u8,
    most: u8,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Digit,
    Letter,
    Alphanumeric,
    AnyLetter,
    Month,
    Separator,
    OneOf(&'static str),
    Literal(char),
}

impl Class {
    fn is_digit(self) -> bool {
        let is = |c: char| c.is_ascii_digit();
        match self {
            Class::Digit => true,
            Class::Literal(c) => is(c),
            Class::OneOf(set) => set.chars().all(is),
            _ => false,
        }
    }

    fn has_digits(self) -> bool {
        match self {
            Class::Alphanumeric => true,
            Class::OneOf(set) => set.chars().any(|c| c.is_ascii_digit()),
            other => other.is_digit(),
        }
    }

    fn is_separator(self) -> bool {
        matches!(self, Class::Separator | Class::Literal(' ' | '.' | '-' | '/'))
    }

    /// Whether it is always a letter or digit of ASCII.
    fn is_of_a_word(self) -> bool {
        match self {
            Class::Digit | Class::Letter | Class::Alphanumeric => true,
            Class::Literal(c) => c.is_ascii_alphanumeric(),
            Class::OneOf(set) => set.chars().all(|c| c.is_ascii_alphanumeric()),
            Class::AnyLetter | Class::Month | Class::Separator => false,
        }
    }

    /// What may stand behind a run of digits for this to go on with, see [`follower`].
    fn follows(self) -> u8 {
        let of = |c: char| u8::try_from(c).map_or(u8::MAX, follower);
        match self {
            Class::Digit => 0,
            Class::Letter | Class::Alphanumeric => LETTER,
            Class::AnyLetter | Class::Month => LETTER | OTHER,
            Class::Separator => SEPARATOR,
            Class::OneOf(set) => set.chars().fold(0, |all, c| all | of(c)),
            Class::Literal(c) => of(c),
        }
    }
}

/// How strictly a shape is read.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Reading {
    /// As written, letters in upper case: nothing else says what the number is.
    Strict,
    /// In any case, digits grouped in any way: a label says what it is.
    Labeled,
}

impl Shape {
    /// Shapes are constants of the tables; what cannot be read stands for itself.
    pub(super) fn parse(shape: &'static str) -> Shape {
        let mut elements: Vec<Element> = Vec::new();
        let mut rest = shape.chars();
        while let Some(next) = rest.next() {
            let class = match next {
                '{' => {
                    let (count, after) = rest.as_str().split_once('}').unwrap_or_default();
                    let (least, most) = count.split_once(',').unwrap_or((count, count));
                    if let Some(last) = elements.last_mut() {
                        (last.least, last.most) = (least.parse().unwrap_or(1), most.parse().unwrap_or(1));
                    }
                    rest = after.chars();
                    continue;
                }
                '?' => {
                    elements.last_mut().into_iter().for_each(|last| last.least = 0);
                    continue;
                }
                '[' => {
                    let (set, after) = rest.as_str().split_once(']').unwrap_or_default();
                    rest = after.chars();
                    Class::OneOf(set)
                }
                'd' => Class::Digit,
                'a' => Class::Letter,
                'x' => Class::Alphanumeric,
                'p' => Class::AnyLetter,
                'm' => Class::Month,
                '_' => Class::Separator,
                other => Class::Literal(other),
            };
            let least = u8::from(class != Class::Separator);
            elements.push(Element { class, least, most: 1 });
        }
        Shape(elements)
    }

    /// The first end, longest first, that the shape allows and the caller accepts.
    pub(super) fn end(
        &self,
        text: &Text<'_>,
        start: usize,
        reading: Reading,
        accept: &dyn Fn(usize) -> bool,
    ) -> Option<usize> {
        Match { text, reading, accept }.rest(&self.0, 0, start)
    }

    /// How the shape can begin.
    pub(super) fn openings(&self) -> Vec<Opening> {
        let mut openings = Vec::new();
        open(&self.0, 0, (0, 0), &mut openings);
        openings.sort_unstable();
        // The same twice with other followers is one.
        openings.dedup_by(|later, one| {
            let same = (later.letters, later.digits) == (one.letters, one.digits);
            one.next |= if same { later.next } else { 0 };
            same
        });
        let joined = self.0.iter().take_while(|element| element.class.is_of_a_word());
        let least = joined.map(|element| usize::from(element.least)).sum();
        let mut plain = self.0.iter().skip_while(|element| !element.class.has_digits()).peekable();
        let begins = plain.peek().is_some_and(|element| element.class.is_digit());
        let plain = plain.take_while(|element| element.class.is_digit() || element.class.is_separator());
        let digits = plain.filter(|element| element.class.is_digit()).map(|element| usize::from(element.least));
        let count = if begins { digits.sum() } else { 1 };
        for opening in &mut openings {
            (opening.word, opening.count) = (least, count);
        }
        openings
    }

    /// How many digits every number of this shape has.
    pub(super) fn digits(&self) -> usize {
        self.0.iter().filter(|element| element.class.is_digit()).map(|element| usize::from(element.least)).sum()
    }
}

/// How a number of a shape can begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Opening {
    /// So many letters before the first digit.
    pub(super) letters: usize,
    /// The length of the first run of digits.
    pub(super) digits: usize,
    /// What may stand behind that run, see [`follower`].
    pub(super) next: u8,
    /// The least length of the first word, of letters and digits.
    pub(super) word: usize,
    /// The fewest digits of the number as written, as far as nothing but separators is between them.
    pub(super) count: usize,
}

/// What a byte behind a run of digits is: one bit, or every one for a byte outside ASCII.
pub(super) const fn follower(byte: u8) -> u8 {
    match byte {
        b'A'..=b'Z' | b'a'..=b'z' => LETTER,
        b' ' => 2,
        b'.' => 4,
        b'/' => 8,
        b'-' => 16,
        0x80.. => u8::MAX,
        _ => OTHER,
    }
}

const LETTER: u8 = 1;
const SEPARATOR: u8 = 2 | 4 | 8 | 16;
const OTHER: u8 = 32;

struct Match<'a> {
    text: &'a Text<'a>,
    reading: Reading,
    accept: &'a dyn Fn(usize) -> bool,
}

impl Match<'_> {
    /// After `taken` of the first element.
    fn rest(&self, elements: &[Element], taken: u8, at: usize) -> Option<usize> {
        let Some((first, later)) = elements.split_first() else { return (self.accept)(at).then_some(at) };
        let more = (taken < first.most).then(|| self.next(first.class, at)).flatten();
        let more = more.and_then(|next| self.rest(elements, taken + 1, next));
        more.or_else(|| (taken >= first.least).then(|| self.rest(later, 0, at)).flatten())
    }

    /// The place after one of a class.
    fn next(&self, class: Class, at: usize) -> Option<usize> {
        let byte = self.text.byte(at);
        match class {
            Class::Digit | Class::Alphanumeric if byte.is_ascii_digit() => Some(at + 1),
            Class::Digit if self.reading == Reading::Labeled && self.text.before(at).is_ascii_digit() => {
                let next = separator(self.text, at)?;
                self.text.byte(next).is_ascii_digit().then_some(next + 1)
            }
            Class::Letter | Class::Alphanumeric if self.is_letter(byte) => Some(at + 1),
            Class::AnyLetter => self.text.char_at(at).filter(|c| c.is_alphabetic()).map(|c| at + c.len_utf8()),
            Class::Separator => separator(self.text, at),
            Class::Month => month(self.text, at),
            Class::Literal(' ') => {
                self.text.char_at(at).filter(|c| matches!(c, ' ' | '\u{a0}' | '\u{202f}')).map(|c| at + c.len_utf8())
            }
            Class::Literal('-') => self.text.char_at(at).filter(|c| is_dash(*c)).map(|c| at + c.len_utf8()),
            Class::Literal(c) if !c.is_ascii() => {
                self.text.char_at(at).filter(|one| *one == c).map(|c| at + c.len_utf8())
            }
            Class::Literal(c) => {
                let same = u32::from(byte) == u32::from(c)
                    || (self.is_letter(byte) && char::from(byte).eq_ignore_ascii_case(&c));
                same.then_some(at + 1)
            }
            Class::OneOf(set) if byte.is_ascii() => {
                let byte = if self.is_letter(byte) { byte.to_ascii_uppercase() } else { byte };
                set.contains(char::from(byte)).then_some(at + 1)
            }
            Class::Digit | Class::Letter | Class::Alphanumeric | Class::OneOf(_) => None,
        }
    }

    const fn is_letter(&self, byte: u8) -> bool {
        byte.is_ascii_uppercase() || (matches!(self.reading, Reading::Labeled) && byte.is_ascii_lowercase())
    }
}

fn open(elements: &[Element], taken: u8, counts: (usize, usize), openings: &mut Vec<Opening>) {
    let (letters, digits) = counts;
    let closed = |next: u8| Opening { letters, digits, next, word: 0, count: 0 };
    let Some((first, later)) = elements.split_first() else { return openings.push(closed(SEPARATOR | OTHER)) };
    if taken >= first.least {
        open(later, 0, counts, openings);
    }
    if taken >= first.most {
        return;
    }
    let digit = (letters, digits + 1);
    let other = |counts: (usize, usize), letters: usize, openings: &mut Vec<Opening>| match counts.1 {
        0 => open(elements, taken + 1, (letters, 0), openings),
        _ => openings.push(closed(first.class.follows())),
    };
    match first.class {
        class if class.is_digit() => open(elements, taken + 1, digit, openings),
        class if class.has_digits() => {
            other(counts, letters + 1, openings);
            open(elements, taken + 1, digit, openings);
        }
        Class::Letter | Class::AnyLetter | Class::Month => other(counts, letters + 1, openings),
        Class::Literal(c) if c.is_alphabetic() => other(counts, letters + 1, openings),
        Class::OneOf(set) if set.starts_with(char::is_alphabetic) => other(counts, letters + 1, openings),
        Class::OneOf(_) | Class::Separator | Class::Literal(_) | Class::Digit | Class::Alphanumeric => {
            other(counts, letters, openings);
        }
    }
}

fn separator(text: &Text<'_>, at: usize) -> Option<usize> {
    if matches!(text.slice(at..at + 3), " - " | " / ") {
        return Some(at + 3);
    }
    let one = text.char_at(at).filter(|c| matches!(c, ' ' | '.' | '/' | '\u{a0}' | '\u{202f}') || is_dash(*c))?;
    Some(at + one.len_utf8())
}

const fn is_dash(character: char) -> bool {
    matches!(character, '-' | '\u{2010}'..='\u{2013}')
}

/// The end of a month's name in the languages of [`MONTHS`], with a point behind an abbreviated one.
fn month(text: &Text<'_>, at: usize) -> Option<usize> {
    let mut end = at;
    while end < at + 24
        && let Some(letter) = text.char_at(end).filter(|c| c.is_alphabetic())
    {
        end += letter.len_utf8();
    }
    let name = text.slice(at..end).to_lowercase();
    let named = name.chars().count() >= 3 && MONTHS.iter().any(|month| name.starts_with(month));
    named.then(|| end + usize::from(text.byte(end) == b'.'))
}

/// What the names of months begin with: English, German, French, Spanish, Italian, Dutch, Polish, Russian.
#[rustfmt::skip]
const MONTHS: &[&str] = &[
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    "jän", "mär", "mai", "okt", "dez", "fév", "fev", "avr", "juin", "juil", "aoû", "aou", "déc",
    "ene", "abr", "ago", "set", "dic", "gen", "mag", "giu", "lug", "ott", "mei", "maa", "mrt",
    "sty", "lut", "kwi", "maj", "cze", "lip", "sie", "wrz", "paź", "lis", "gru",
    "янв", "фев", "мар", "апр", "мая", "май", "июн", "июл", "авг", "сен", "окт", "ноя", "дек",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn check(shape: &'static str, reading: Reading, text: &str, expected: Option<&str>) {
        let shape = Shape::parse(shape);
        let source = Text::new(text);
        let end = shape.end(&source, 0, reading, &|end| !source.word_at(end));
        assert_eq!(end.map(|end| source.slice(0..end)), expected, "{text}");
    }

    #[test]
    fn reads_classes_counts_and_separators() {
        check("d{2}_d{3}", Reading::Strict, "12 345", Some("12 345"));
        check("d{2}_d{3}", Reading::Strict, "12345", Some("12345"));
        check("ATUd{2,3}a?", Reading::Strict, "ATU123X", Some("ATU123X"));
        check("ATUd{2,3}a?", Reading::Strict, "ATU12", Some("ATU12"));
        check("x{3}-d", Reading::Strict, "A1B-7 x", Some("A1B-7"));
        check("d{1,2} m d{4}", Reading::Strict, "1 März 1980", Some("1 März 1980"));
        check("p{1}d{3}", Reading::Strict, "А123", Some("А123"));
    }

    #[test]
    fn groups_digits_in_any_way_beside_a_label() {
        check("d{6}", Reading::Labeled, "12.34-56", Some("12.34-56"));
        check("d{6}", Reading::Strict, "12.34-56", None);
        check("ad{3}", Reading::Labeled, "x123", Some("x123"));
        check("ad{3}", Reading::Strict, "x123", None);
    }

    #[test]
    fn knows_how_it_begins() {
        let openings = |shape| Shape::parse(shape).openings();
        let opening = |letters, digits, next, word, count| Opening { letters, digits, next, word, count };
        let end = SEPARATOR | OTHER;
        assert_eq!(openings("AB_d{2}_d{3}"), [opening(2, 2, SEPARATOR, 2, 5), opening(2, 5, end, 2, 5)]);
        assert_eq!(openings("d{1,2}ad"), [opening(0, 1, LETTER, 3, 1), opening(0, 2, LETTER, 3, 1)]);
        assert_eq!(openings("d{2}-?"), [opening(0, 2, SEPARATOR | OTHER, 2, 2)]);
    }
}
