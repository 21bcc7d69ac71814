//! A small segment as one value: its routing and all its values but the texts.
//! It looks into none of them.

use super::bytes::{Reader, Writer};
use super::{Broken, ValueName};
use crate::search::manifest::Routing;

/// Packs a small segment into one value.
pub(crate) fn pack(routing: &Routing, values: &[(ValueName, Vec<u8>)]) -> Vec<u8> {
    let mut out = Writer::of(KIND);
    routing.write(&mut out);
    out.count(values.len());
    for (name, value) in values {
        let (kind, number) = name.parts();
        out.byte(kind);
        out.number(u64::from(number));
        out.bytes(value);
    }
    out.into_bytes()
}

/// The values within one, by name.
pub(crate) type Parts<'a> = Vec<(ValueName, &'a [u8])>;

/// Takes a single value apart.
///
/// # Errors
/// [`Broken`] when it is none.
pub(crate) fn unpack(value: &[u8]) -> Result<(Routing, Parts<'_>), Broken> {
    let mut reader = Reader::of(KIND, value)?;
    let routing = Routing::read(&mut reader)?;
    let mut values = Vec::new();
    for _ in 0..reader.count()? {
        let name = ValueName::of_parts(reader.byte()?, reader.small()?)?;
        values.push((name, reader.bytes()?));
    }
    reader.end()?;
    Ok((routing, values))
}

const KIND: u8 = b's';
/// What a segment of one value may have, before sealing.
pub(crate) const MOST: usize = if cfg!(test) { 5_000 } else { 170_000 };
