//! Where the documents of a segment begin among its pieces: one number a document.
//! It is in the manifest while it is small, else a value of its own.

use super::Broken;
use super::bytes::{Reader, Writer};
use super::documents::Row;

/// Where documents begin: how many pieces each one has.
pub(crate) fn write(rows: &[Row]) -> Vec<u8> {
    let mut out = Writer::of(KIND);
    let counts: Vec<u32> = rows.iter().map(|row| u32::try_from(row.blocks.len()).unwrap_or(u32::MAX)).collect();
    out.count(counts.len());
    out.column(&counts);
    out.into_bytes()
}

/// How many pieces each document has.
///
/// # Errors
/// [`Broken`] when it says something else than `documents` with `pieces` in all.
pub(crate) fn read(value: &[u8], documents: u32, pieces: u32) -> Result<Vec<u32>, Broken> {
    let mut reader = Reader::of(KIND, value)?;
    if reader.small()? != documents {
        return Err(Broken);
    }
    let counts = reader.column(documents)?;
    reader.end()?;
    let sum = counts.iter().try_fold(0_u32, |sum, count| sum.checked_add(*count));
    if sum == Some(pieces) { Ok(counts) } else { Err(Broken) }
}

const KIND: u8 = b'r';
