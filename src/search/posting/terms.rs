//! A range of the dictionary with its postings: terms in the order of their bytes, front-coded in groups of 16.
//! It cuts no ranges: whoever writes decides where one ends.
//!
//! ```text
//! format, 't' | terms u32 | groups u32 | offset of each group u32 | entries | 8 zero bytes
//! entry = shared:4 suffix:4 (15 = a number follows) | suffix | count | count = 1: ordinal, impact
//!                                                              | else: length and 1 bit | [total, tiers] | list
//! ```
//! The list of a term that stands in very many pieces is cut into tiers by impact: the strongest under the term itself,
//! the others under the term, a zero and the tier's number, right behind it.

use super::{Posting, each, encode};
use crate::search::segment::Broken;
use crate::search::segment::bytes::{Reader, Writer};

/// Collects a range of the dictionary.
#[derive(Debug, Default)]
pub(crate) struct TermsWriter {
    body: Writer,
    groups: Vec<u32>,
    terms: u32,
    last: Vec<u8>,
}

impl TermsWriter {
    /// Adds a term behind the last one. `total` counts its other tiers in; `tiers` is how many those are.
    pub(crate) fn push(&mut self, term: &[u8], list: &[Posting], total: u32, tiers: u8) {
        let shared = if self.terms.is_multiple_of(GROUP) {
            self.groups.push(u32::try_from(self.body.len()).unwrap_or(u32::MAX));
            0
        } else {
            self.last.iter().zip(term).take_while(|(one, other)| one == other).count()
        };
        let suffix = term.get(shared..).unwrap_or_default();
        let nibble = |number: usize| u8::try_from(number.min(15)).unwrap_or(15);
        self.body.byte(nibble(shared) << 4 | nibble(suffix.len()));
        for number in [shared, suffix.len()] {
            if let Some(rest) = number.checked_sub(15) {
                self.body.count(rest);
            }
        }
        self.body.raw(suffix);
        self.list(list, total, tiers);
        self.terms += 1;
        self.last.clear();
        self.last.extend(term);
    }

    fn list(&mut self, list: &[Posting], total: u32, tiers: u8) {
        self.body.count(list.len());
        if let [(ordinal, impact)] = list {
            self.body.number(u64::from(*ordinal));
            return self.body.byte(*impact);
        }
        let encoded = encode(list);
        // The lowest bit of the length says whether there are tiers.
        self.body.number(u64::try_from(encoded.len()).unwrap_or(u64::MAX) << 1 | u64::from(tiers > 0));
        if tiers > 0 {
            self.body.number(u64::from(total));
            self.body.byte(tiers);
        }
        self.body.raw(&encoded);
    }

    /// Bytes so far.
    pub(crate) fn len(&self) -> usize {
        self.body.len() + self.groups.len() * 4 + 18
    }

    /// Whether nothing was added.
    pub(crate) fn is_empty(&self) -> bool {
        self.terms == 0
    }

    /// The value; a new one can begin.
    pub(crate) fn finish(&mut self) -> Vec<u8> {
        let done = std::mem::take(self);
        let mut out = Writer::of(KIND);
        out.fixed(done.terms);
        out.fixed(u32::try_from(done.groups.len()).unwrap_or(u32::MAX));
        done.groups.iter().for_each(|offset| out.fixed(*offset));
        out.raw(&done.body.into_bytes());
        // So that the reader of bits finds a whole word behind the last list.
        out.raw(&[0; 8]);
        out.into_bytes()
    }
}

/// A range of the dictionary, opened.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Terms<'a> {
    groups: &'a [[u8; 4]],
    body: &'a [u8],
    terms: u32,
}

/// The postings of a term within a range.
#[derive(Debug, Clone, Copy)]
pub(crate) struct List<'a> {
    /// How many there are in this tier.
    pub(crate) count: u32,
    /// In how many pieces of the segment the term stands.
    pub(crate) total: u32,
    /// Further tiers, weaker ones.
    pub(crate) tiers: u8,
    form: Postings<'a>,
}

#[derive(Debug, Clone, Copy)]
enum Postings<'a> {
    One(Posting),
    Many(&'a [u8]),
}

impl List<'_> {
    /// Visits each posting: ordinal and impact.
    ///
    /// # Errors
    /// [`Broken`] for an ordinal that is not below `below`, and for bytes that end too early.
    #[inline]
    pub(crate) fn each(&self, below: u32, mut visit: impl FnMut(u32, u8)) -> Result<(), Broken> {
        match self.form {
            Postings::One((ordinal, impact)) if ordinal < below => {
                visit(ordinal, impact);
                Ok(())
            }
            Postings::One(_) => Err(Broken),
            Postings::Many(bytes) => each(bytes, self.count, below, visit),
        }
    }
}

impl<'a> Terms<'a> {
    /// Opens a range.
    ///
    /// # Errors
    /// [`Broken`] when it is none.
    pub(crate) fn open(value: &'a [u8]) -> Result<Self, Broken> {
        let mut reader = Reader::of(KIND, value)?;
        let terms = reader.fixed()?;
        let groups = reader.fixed()?;
        if groups != terms.div_ceil(GROUP) {
            return Err(Broken);
        }
        let table = usize::try_from(groups).ok().and_then(|groups| groups.checked_mul(4)).ok_or(Broken)?;
        let (groups, _) = reader.take(table)?.as_chunks();
        let body = reader.take(reader.left())?;
        Ok(Terms { groups, body, terms })
    }

    /// The list of a term.
    ///
    /// # Errors
    /// [`Broken`] when an entry on the way is none.
    pub(crate) fn find(&self, term: &[u8]) -> Result<Option<List<'a>>, Broken> {
        let mut cursor = self.from(term)?;
        while cursor.advance()? {
            match cursor.term().cmp(term) {
                std::cmp::Ordering::Less => {}
                std::cmp::Ordering::Equal => return Ok(Some(cursor.list)),
                std::cmp::Ordering::Greater => return Ok(None),
            }
        }
        Ok(None)
    }

    /// From the group in which a term would lie; terms before it may come first.
    ///
    /// # Errors
    /// [`Broken`] when the beginning of a group is none.
    pub(crate) fn from(&self, term: &[u8]) -> Result<Cursor<'a>, Broken> {
        let (mut low, mut high) = (0, self.groups.len());
        while low < high {
            let middle = low + (high - low) / 2;
            let mut first = self.group(middle)?;
            first.advance()?;
            if first.term() <= term {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        self.group(low.saturating_sub(1))
    }

    /// From the first term.
    ///
    /// # Errors
    /// [`Broken`] when its place is none.
    pub(crate) fn all(&self) -> Result<Cursor<'a>, Broken> {
        self.group(0)
    }

    fn group(&self, group: usize) -> Result<Cursor<'a>, Broken> {
        let empty = List { count: 0, total: 0, tiers: 0, form: Postings::One((0, 0)) };
        let Some(offset) = self.groups.get(group) else {
            return Ok(Cursor { rest: Reader::new(&[]), left: 0, term: Vec::new(), list: empty });
        };
        let offset = usize::try_from(u32::from_le_bytes(*offset)).map_err(|_| Broken)?;
        let before = u32::try_from(group).map_err(|_| Broken)?.checked_mul(GROUP).ok_or(Broken)?;
        let rest = Reader::new(self.body.get(offset..).ok_or(Broken)?);
        Ok(Cursor { rest, left: self.terms.checked_sub(before).ok_or(Broken)?, term: Vec::new(), list: empty })
    }
}

/// Walks the entries of a range.
#[derive(Debug)]
pub(crate) struct Cursor<'a> {
    rest: Reader<'a>,
    left: u32,
    term: Vec<u8>,
    list: List<'a>,
}

impl<'a> Cursor<'a> {
    /// Goes to the next entry; `false` behind the last.
    ///
    /// # Errors
    /// [`Broken`] when there is none where one should be.
    pub(crate) fn advance(&mut self) -> Result<bool, Broken> {
        if self.left == 0 {
            return Ok(false);
        }
        self.left -= 1;
        let head = self.rest.byte()?;
        let shared = self.nibble(head >> 4)?;
        let suffix = self.nibble(head & 15)?;
        if shared > self.term.len() || shared.saturating_add(suffix) > MOST_TERM {
            return Err(Broken);
        }
        self.term.truncate(shared);
        self.term.extend(self.rest.take(suffix)?);
        self.list = self.entry()?;
        Ok(true)
    }

    fn nibble(&mut self, nibble: u8) -> Result<usize, Broken> {
        let more = if nibble == 15 { self.rest.small()? } else { 0 };
        Ok(usize::try_from(more).map_err(|_| Broken)?.saturating_add(usize::from(nibble)))
    }

    fn entry(&mut self) -> Result<List<'a>, Broken> {
        let count = self.rest.small()?;
        if count == 1 {
            let posting = (self.rest.small()?, self.rest.byte()?);
            return Ok(List { count, total: 1, tiers: 0, form: Postings::One(posting) });
        }
        let head = self.rest.number()?;
        let (total, tiers) = if head & 1 == 1 { (self.rest.small()?, self.rest.byte()?) } else { (count, 0) };
        let length = usize::try_from(head >> 1).map_err(|_| Broken)?;
        // The list with what is behind it: bits are read a word at a time.
        let behind = self.rest;
        self.rest.take(length)?;
        let mut behind = behind;
        let bytes = behind.take(behind.left().min(length.saturating_add(8)))?;
        Ok(List { count, total: total.max(count), tiers, form: Postings::Many(bytes) })
    }

    /// The entry's term.
    pub(crate) fn term(&self) -> &[u8] {
        &self.term
    }

    /// The entry's postings.
    pub(crate) const fn list(&self) -> List<'a> {
        self.list
    }
}

/// The tier's own term: behind the term, before every longer one of text.
pub(crate) fn tier(term: &[u8], tier: u8) -> Vec<u8> {
    [term, &[0, tier]].concat()
}

/// The term of a tier and the tier's number, 0 for the strongest.
pub(crate) fn split_tier(term: &[u8]) -> (&[u8], u8) {
    match term {
        [whole @ .., 0, tier] => (whole, *tier),
        whole => (whole, 0),
    }
}

const KIND: u8 = b't';
const GROUP: u32 = 16;
/// Longest term in bytes, tiers too.
pub(crate) const MOST_TERM: usize = 256;
