//! Values taken apart once, to be looked into often.
//! It asks for none.

use std::collections::HashMap;
use std::rc::Rc;

use crate::search::manifest::{Entry, Form, Routing, Starts};
use crate::search::posting::terms::Terms;
use crate::search::segment::documents::Table;
use crate::search::segment::{Broken, ValueName, root, single};

/// A value of a segment, opened.
#[derive(Debug)]
pub struct Opened(pub(super) Part);

#[derive(Debug)]
pub(super) enum Part {
    Single(Box<Whole>),
    /// The first piece of each document, and behind the last the number of pieces.
    Root(Rc<Vec<u32>>),
    Terms(Vec<u8>),
    Documents(Table),
    /// Centroids, a value of embeddings, a block of texts: read where they are used.
    Raw(Vec<u8>),
}

/// A small segment.
#[derive(Debug)]
pub(super) struct Whole {
    pub(super) routing: Routing,
    pub(super) firsts: Rc<Vec<u32>>,
    pub(super) parts: HashMap<ValueName, Rc<Opened>>,
}

impl Opened {
    /// Opens a value of `entry`'s segment.
    ///
    /// # Errors
    /// [`Broken`] when it is not what its name and the manifest say.
    pub fn open(entry: &Entry, name: ValueName, value: Vec<u8>) -> Result<Opened, Broken> {
        let part = match name {
            ValueName::Single => Part::Single(Box::new(Whole::open(entry, &value)?)),
            ValueName::Root => Part::Root(Rc::new(firsts(&root::read(&value, entry.documents, entry.pieces)?))),
            ValueName::Terms(_) => {
                Terms::open(&value)?;
                Part::Terms(value)
            }
            ValueName::Documents(number) => Part::Documents(open_table(entry, number, &value)?),
            ValueName::Centroids | ValueName::Vectors(_) | ValueName::Texts(_) => Part::Raw(value),
        };
        Ok(Opened(part))
    }
}

impl Opened {
    /// A value that is read where it is used.
    pub(crate) const fn raw(value: Vec<u8>) -> Opened {
        Opened(Part::Raw(value))
    }

    /// The documents of a small segment's value.
    pub(crate) fn tables(entry: &Entry, value: &[u8]) -> Result<Vec<Table>, Broken> {
        let mut tables = Vec::new();
        for (name, part) in single::unpack(value)?.1 {
            if matches!(name, ValueName::Documents(_)) {
                tables.push(Table::open(part)?);
            }
        }
        let documents: usize = tables.iter().map(Table::len).sum();
        if u32::try_from(documents) == Ok(entry.documents) { Ok(tables) } else { Err(Broken) }
    }

    /// The value itself, of a kind that is kept as it came.
    pub(crate) fn bytes(&self) -> Option<&[u8]> {
        match &self.0 {
            Part::Raw(value) | Part::Terms(value) => Some(value),
            Part::Single(_) | Part::Root(_) | Part::Documents(_) => None,
        }
    }
}

fn open_table(entry: &Entry, number: u32, value: &[u8]) -> Result<Table, Broken> {
    let table = Table::open(value)?;
    let Form::Cut(routing) = &entry.form else { return Ok(table) };
    let expected = usize::try_from(number).ok().and_then(|at| routing.documents.get(at)).ok_or(Broken)?;
    let documents = u32::try_from(table.len()).map_err(|_| Broken)?;
    let pieces: u32 = table.counts.iter().sum();
    if (documents, pieces) == (expected.documents, expected.pieces) { Ok(table) } else { Err(Broken) }
}

impl Whole {
    fn open(entry: &Entry, value: &[u8]) -> Result<Whole, Broken> {
        let (routing, values) = single::unpack(value)?;
        let mut parts = HashMap::new();
        let mut documents = 0_u32;
        for (name, part) in values {
            if matches!(name, ValueName::Single | ValueName::Texts(_)) {
                return Err(Broken);
            }
            let opened = Opened::open(entry, name, part.to_vec())?;
            if let Part::Documents(table) = &opened.0 {
                documents = documents.saturating_add(u32::try_from(table.len()).map_err(|_| Broken)?);
            }
            parts.insert(name, Rc::new(opened));
        }
        let firsts = Rc::new(of_starts(entry, &routing.starts)?.ok_or(Broken)?);
        if documents == entry.documents { Ok(Whole { routing, firsts, parts }) } else { Err(Broken) }
    }
}

/// The first piece of each document, unless that is in a value of its own.
///
/// # Errors
/// [`Broken`] when it contradicts the manifest.
pub(super) fn of_starts(entry: &Entry, starts: &Starts) -> Result<Option<Vec<u32>>, Broken> {
    match starts {
        Starts::Each if entry.documents == entry.pieces && entry.pieces <= MOST_PIECES => {
            Ok(Some((0..=entry.pieces).collect()))
        }
        Starts::Each => Err(Broken),
        Starts::Here(root) => Ok(Some(firsts(&root::read(root, entry.documents, entry.pieces)?))),
        Starts::Root(_) => Ok(None),
    }
}

fn firsts(counts: &[u32]) -> Vec<u32> {
    let mut next = 0_u32;
    let mut firsts = vec![0];
    firsts.extend(counts.iter().map(|count| {
        next = next.saturating_add(*count);
        next
    }));
    firsts
}

/// More pieces than one segment can have: a manifest that says so is wrong.
pub(super) const MOST_PIECES: u32 = 1 << 24;
