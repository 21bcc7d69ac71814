//! Bytes of the index's values: integers, texts and columns of integers, written and read back strictly.
//! It knows no value's layout.
//!
//! INVARIANT: whatever bytes come in, reading ends, and takes no more memory than a constant times their length.

use super::Broken;
use crate::search::posting::bits::{Bits, Sink};

/// Appends to a value.
#[derive(Debug, Default)]
pub(crate) struct Writer(Vec<u8>);

impl Writer {
    /// A value of this kind, in today's format.
    pub(crate) fn of(kind: u8) -> Self {
        Writer(vec![FORMAT, kind])
    }

    pub(crate) fn into_bytes(self) -> Vec<u8> {
        self.0
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    pub(crate) fn byte(&mut self, byte: u8) {
        self.0.push(byte);
    }

    pub(crate) fn fixed(&mut self, number: u32) {
        self.0.extend(number.to_le_bytes());
    }

    pub(crate) fn long(&mut self, number: u64) {
        self.0.extend(number.to_le_bytes());
    }

    /// LEB128: seven bits a byte, low ones first.
    pub(crate) fn number(&mut self, mut number: u64) {
        loop {
            let low = u8::try_from(number & 0x7f).unwrap_or(0);
            number >>= 7;
            if number == 0 {
                return self.0.push(low);
            }
            self.0.push(low | 0x80);
        }
    }

    pub(crate) fn count(&mut self, count: usize) {
        self.number(u64::try_from(count).unwrap_or(u64::MAX));
    }

    pub(crate) fn raw(&mut self, bytes: &[u8]) {
        self.0.extend(bytes);
    }

    pub(crate) fn bytes(&mut self, bytes: &[u8]) {
        self.count(bytes.len());
        self.raw(bytes);
    }

    pub(crate) fn text(&mut self, text: &str) {
        self.bytes(text.as_bytes());
    }

    /// A column: its least number, and each one's distance from it in bits.
    pub(crate) fn column(&mut self, column: &[u32]) {
        let base = column.iter().copied().min().unwrap_or(0);
        self.number(u64::from(base));
        let mut bits = Sink::default();
        let rest: Vec<u32> = column.iter().map(|number| number.saturating_sub(base)).collect();
        bits.column(&rest);
        self.bytes(&bits.into_bytes());
    }
}

/// Takes a value apart.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    pub(crate) const fn new(bytes: &'a [u8]) -> Self {
        Reader(bytes)
    }

    /// A value of this kind, in today's format.
    pub(crate) fn of(kind: u8, bytes: &'a [u8]) -> Result<Self, Broken> {
        match bytes.split_first_chunk() {
            Some(([FORMAT, found], rest)) if *found == kind => Ok(Reader(rest)),
            _ => Err(Broken),
        }
    }

    pub(crate) const fn left(&self) -> usize {
        self.0.len()
    }

    /// Nothing may follow.
    pub(crate) fn end(self) -> Result<(), Broken> {
        if self.0.is_empty() { Ok(()) } else { Err(Broken) }
    }

    pub(crate) fn take(&mut self, length: usize) -> Result<&'a [u8], Broken> {
        let (taken, rest) = self.0.split_at_checked(length).ok_or(Broken)?;
        self.0 = rest;
        Ok(taken)
    }

    pub(crate) fn byte(&mut self) -> Result<u8, Broken> {
        let (first, rest) = self.0.split_first().ok_or(Broken)?;
        self.0 = rest;
        Ok(*first)
    }

    pub(crate) fn fixed(&mut self) -> Result<u32, Broken> {
        let (number, rest) = self.0.split_first_chunk().ok_or(Broken)?;
        self.0 = rest;
        Ok(u32::from_le_bytes(*number))
    }

    pub(crate) fn long(&mut self) -> Result<u64, Broken> {
        let (number, rest) = self.0.split_first_chunk().ok_or(Broken)?;
        self.0 = rest;
        Ok(u64::from_le_bytes(*number))
    }

    pub(crate) fn number(&mut self) -> Result<u64, Broken> {
        let mut number = 0_u64;
        for shift in (0..63).step_by(7) {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Ok(number);
            }
        }
        Err(Broken)
    }

    pub(crate) fn small(&mut self) -> Result<u32, Broken> {
        u32::try_from(self.number()?).map_err(|_| Broken)
    }

    /// A number of things of which each takes at least one of the bytes left.
    pub(crate) fn count(&mut self) -> Result<usize, Broken> {
        let count = usize::try_from(self.number()?).map_err(|_| Broken)?;
        if count <= self.0.len() { Ok(count) } else { Err(Broken) }
    }

    pub(crate) fn bytes(&mut self) -> Result<&'a [u8], Broken> {
        let length = self.count()?;
        self.take(length)
    }

    pub(crate) fn text(&mut self) -> Result<&'a str, Broken> {
        std::str::from_utf8(self.bytes()?).map_err(|_| Broken)
    }

    /// A column of `count` numbers.
    pub(crate) fn column(&mut self, count: u32) -> Result<Vec<u32>, Broken> {
        let base = self.small()?;
        let mut bits = Bits::new(self.bytes()?);
        let mut column = bits.column(count)?;
        if base > 0 {
            for number in &mut column {
                *number = number.checked_add(base).ok_or(Broken)?;
            }
        }
        Ok(column)
    }
}

/// The format of every value; another one is another app's.
const FORMAT: u8 = 1;
