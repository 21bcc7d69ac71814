//! How far an address goes behind its street: units, code, town, region, country, over commas and lines.
//! It begins no address; what stands before the street is [`super::lead`]'s.

use super::Text;
use super::lexicon::Class;
use super::postcode::{self, Shape};
use super::word::{Form, Word};

/// Where it ends, and what more speaks for an address.
pub(super) struct Extent {
    pub(super) end: usize,
    pub(super) points: u8,
}

/// What is known while reading on.
struct Reading {
    at: usize,
    end: usize,
    points: u8,
    units: u8,
    breaks: u8,
    /// What stood before this part.
    gap: Gap,
    /// A town was read and not yet taken for one.
    pending: bool,
    taken: bool,
    /// A code was read.
    coded: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Gap {
    Blank,
    Comma,
    Line,
}

/// From the end of a street on.
pub(super) fn behind(text: &Text<'_>, from: usize) -> Extent {
    let mut reading = Reading {
        at: from,
        end: from,
        points: 0,
        units: 0,
        breaks: 0,
        gap: Gap::Blank,
        pending: false,
        taken: false,
        coded: false,
    };
    for _ in 0..18 {
        if !reading.step(text) {
            break;
        }
    }
    Extent { end: reading.end, points: reading.points.min(4) }
}

impl Reading {
    /// Reads one part; `false` at the end of the address.
    fn step(&mut self, text: &Text<'_>) -> bool {
        let Some(word) = Word::next(text, self.at) else { return false };
        match word.form {
            Form::Comma => {
                self.at = word.end;
                self.gap = Gap::Comma;
                true
            }
            Form::Break => self.line(text, word),
            Form::Other => self.bracketed(text, word),
            _ => {
                let word = self.linked(text, word);
                let part = self
                    .unit(text, word)
                    .or_else(|| self.code(text, word))
                    .or_else(|| self.region(text, word))
                    .or_else(|| self.town(text, word));
                let Some(end) = part else { return false };
                self.at = end;
                self.gap = Gap::Blank;
                true
            }
        }
    }

    /// Past the "in" of "Lindenstraße 5 in 10115 Berlin".
    fn linked(&self, text: &Text<'_>, word: Word) -> Word {
        let links = self.gap == Gap::Blank
            && !self.taken
            && !self.pending
            && matches!(word.text(text), "in" | "à" | "en" | "a");
        let next = Word::next(text, word.end)
            .filter(|next| links && (next.form == Form::Capital || postcode::at(text, *next).is_some()));
        next.unwrap_or(word)
    }

    fn line(&mut self, text: &Text<'_>, word: Word) -> bool {
        self.breaks += 1;
        // Quoted lines go on behind their marks.
        self.at = text.run(word.end, 6, |byte| matches!(byte, b' ' | b'>' | b'?' | b'|' | b'*'));
        self.gap = Gap::Line;
        self.breaks < 5 && !matches!(text.byte(self.at), b'\n' | b'\r')
    }

    /// "Roma (RM)", "Frankfurt (Oder)".
    fn bracketed(&mut self, text: &Text<'_>, word: Word) -> bool {
        let end = text.run(word.end, 8, |byte| byte.is_ascii_alphabetic());
        let fits = text.byte(word.start) == b'('
            && end > word.end + 1
            && text.byte(end) == b')'
            && (self.pending || self.taken);
        if fits {
            self.commit(end + 1, 0);
            self.at = end + 1;
        }
        fits
    }

    fn commit(&mut self, end: usize, points: u8) {
        self.end = end;
        self.points += points;
        self.pending = false;
        self.taken = true;
    }

    fn unit(&mut self, text: &Text<'_>, word: Word) -> Option<usize> {
        let end = unit(text, word)?;
        if self.units < 2 {
            self.points += 1;
        }
        self.units += 1;
        self.end = end;
        (self.units < 6).then_some(end)
    }

    fn code(&mut self, text: &Text<'_>, word: Word) -> Option<usize> {
        let code = postcode::at(text, word)?;
        let boundary = ends_part(text, code.end);
        let next = town(text, code.end);
        let known = self.pending || (self.taken && self.gap != Gap::Line);
        let fits = match code.shape {
            Shape::British | Shape::Canadian | Shape::Prefixed => true,
            Shape::Dutch => next.is_some() || (known && boundary),
            Shape::Digits => {
                next.is_some()
                    || (known && (boundary || self.gap == Gap::Comma))
                    || (boundary && self.gap != Gap::Blank && self.units > 0)
            }
            Shape::Four => {
                next.is_some() && (self.gap != Gap::Blank || !is_year(text, word))
                    || (known && boundary && !is_year(text, word))
            }
        };
        if !fits {
            return None;
        }
        self.coded = true;
        let end = next.filter(|_| !self.pending || self.gap == Gap::Line).unwrap_or(code.end);
        self.commit(end, if code.shape == Shape::Four && self.gap == Gap::Blank { 1 } else { 2 });
        Some(end)
    }

    fn region(&mut self, text: &Text<'_>, word: Word) -> Option<usize> {
        let country = word.is(Class::COUNTRY) && word.form == Form::Capital;
        if country && (self.gap != Gap::Blank || self.taken || self.pending) {
            let mut end = word.end;
            while let Some(next) = Word::next(text, end)
                && (next.is(Class::COUNTRY) && next.form == Form::Capital
                    || next.text(text) == "of"
                    || next.text(text) == "United")
                && end < word.end + 24
            {
                end = next.end;
            }
            self.commit(end, 1);
            return Some(end);
        }
        let code =
            word.is(Class::REGION) && word.form == Form::Capital && (word.is_upper(text) || word.end - word.start > 4);
        let placed = self.gap == Gap::Comma || self.pending || self.taken;
        let closed = ends_part(text, word.end)
            || Word::next(text, word.end).is_some_and(|next| postcode::at(text, next).is_some());
        let behind_code = self.coded && self.gap == Gap::Blank && word.is_upper(text);
        if !(code && placed && (closed || behind_code)) {
            return None;
        }
        self.commit(word.end, 1);
        Some(word.end)
    }

    fn town(&mut self, text: &Text<'_>, word: Word) -> Option<usize> {
        let end = town(text, word.start)?;
        if text.char_at(end) == Some(':') {
            return None;
        }
        match self.gap {
            Gap::Comma if ends_part(text, end) => self.commit(end, u8::from(!self.taken)),
            Gap::Blank if ends_line(text, end) && !self.taken => self.commit(end, 0),
            _ if self.pending && self.gap == Gap::Blank => return None,
            _ => self.pending = true,
        }
        Some(end)
    }
}

/// The end of a unit: "Apt 5B", "# 12", "2nd Floor", "3º B", "кв. 12", "Top 4".
fn unit(text: &Text<'_>, word: Word) -> Option<usize> {
    let next = Word::next(text, word.end);
    if word.form == Form::Ordinal {
        return match next {
            Some(next) if next.is(Class::UNIT) || next.form == Form::Ordinal => Some(next.end),
            Some(next) if next.form == Form::Capital && next.end == next.start + 1 => Some(next.end),
            _ => ends_part(text, word.end).then_some(word.end),
        };
    }
    if !word.is(Class::UNIT.or(Class::MARK).or(Class::BOX)) {
        // "3. OG", "2 piso"
        let floor = word.form == Form::Number && word.end - word.start < 4;
        let next = if text.byte(word.end) == b'.' { Word::next(text, word.end + 1) } else { next };
        return next.filter(|next| floor && next.is(Class::UNIT) && next.form != Form::Lower).map(|next| next.end);
    }
    let mut ident = next?;
    if ident.is(Class::MARK) || ident.is(Class::BOX) || ident.is(Class::UNIT) && word.form == Form::Capital {
        ident = Word::next(text, ident.end)
            .filter(|ident| matches!(ident.form, Form::Number | Form::Code))
            .unwrap_or(ident);
    }
    let single = ident.form == Form::Capital && ident.end == ident.start + 1;
    match ident.form {
        Form::Number | Form::Code | Form::Ordinal if ident.end - ident.start < 9 => Some(ident.end),
        _ if ident.is(Class::UNIT) && word.form == Form::Capital => Some(ident.end),
        _ if single => Some(ident.end),
        _ if word.is(Class::UNIT) && ends_part(text, word.end) && word.end > word.start + 2 => Some(word.end),
        _ => None,
    }
}

/// The end of a town's name: capitals with small words between, "г." before.
pub(super) fn town(text: &Text<'_>, from: usize) -> Option<usize> {
    let (mut at, mut end, mut names) = (from, 0, 0);
    for _ in 0..7 {
        let Some(word) = Word::next(text, at) else { break };
        let marked = word.is(Class::TOWN);
        match word.form {
            Form::Capital
                if names > 0
                    && (word.is(Class::COUNTRY)
                        || word.is(Class::UNIT)
                        || (word.is(Class::REGION) && word.is_upper(text))) =>
            {
                break;
            }
            Form::Capital if word.is(Class::UNIT) => break,
            Form::Capital if names < 5 => {
                names += 1;
                end = word.end;
            }
            Form::Lower if marked && names > 0 => end = word.end,
            Form::Lower if marked || (word.is(Class::LINK) && names > 0) => {}
            Form::Number
                if names > 0
                    && word.digits(text) < 3
                    && word.digits(text) > 0
                    && Word::next(text, word.end).is_some_and(|next| next.is(Class::TOWN)) => {}
            _ => break,
        }
        at = word.end;
    }
    (names > 0).then_some(end)
}

fn is_year(text: &Text<'_>, word: Word) -> bool {
    matches!(text.slice(word.start..word.start + 2), "19" | "20")
}

/// Whether a part ends here: a comma, a stop, a bracket, the line.
pub(super) fn ends_part(text: &Text<'_>, at: usize) -> bool {
    match text.char_at(at) {
        None | Some(',' | ';' | '\n' | '\r' | ')' | '"' | '\'' | '.' | '?' | '!' | '<' | '|' | '(' | ']' | '}') => true,
        Some(' ') => matches!(Word::next(text, at), None | Some(Word { form: Form::Comma | Form::Break, .. })),
        Some(_) => false,
    }
}

fn ends_line(text: &Text<'_>, at: usize) -> bool {
    matches!(Word::next(text, at), None | Some(Word { form: Form::Break, .. }))
}
