//! Writes the body that a script makes of its page.
//!
//! It prints no block: bytes come from the page or from the script, whole.

use super::page::{Page, Region};
use super::resolve::{ApplyError, Entry, Resolved, Taken};
use super::script::{EditId, EditScript, Op};
use crate::content::{self, Malformed};
use std::collections::BTreeSet;

/// The body after the edits that are not left out.
///
/// INVARIANT: blocks without an edit, and what stands between blocks that stay, keep their bytes; the result parses; the
/// same input gives the same bytes; leaving one edit out changes nothing about the others.
///
/// # Errors
/// [`ApplyError`]: nothing is applied in part.
pub fn apply(page: &Page, script: &EditScript, left_out: &BTreeSet<EditId>) -> Result<String, ApplyError> {
    let resolved = Resolved::new(page, script, left_out)?;
    let body = write(page, &resolved);
    match content::parse(page.form.format(), &body) {
        Ok(_) => Ok(body),
        Err(Malformed::TooLarge) => Err(ApplyError::TooLarge),
        Err(_) => Err(ApplyError::Malformed),
    }
}

impl Page {
    /// The body after the edits that are not left out: [`apply`].
    ///
    /// # Errors
    /// [`ApplyError`]: nothing is applied in part.
    pub fn apply(&self, script: &EditScript, left_out: &BTreeSet<EditId>) -> Result<String, ApplyError> {
        apply(self, script, left_out)
    }
}

/// Writes without checking the result.
pub(crate) fn write(page: &Page, resolved: &Resolved<'_>) -> String {
    let mut out = String::with_capacity(page.source.len() + page.source.len() / 8);
    for (number, region) in page.regions.iter().enumerate() {
        let head = resolved.script.spacing.head.as_deref().filter(|_| number == 0);
        out.push_str(head.unwrap_or_else(|| page.bytes(&region.fence)));
        write_region(page, resolved, region, &mut out);
    }
    out.push_str(resolved.script.spacing.tail.as_deref().unwrap_or_else(|| page.bytes(&page.tail)));
    out
}

fn write_region(page: &Page, resolved: &Resolved<'_>, region: &Region, out: &mut String) {
    let separator = page.separator();
    let mut opened = false;
    for entry in resolved.entries(region.units.clone()) {
        let Some((lead, text)) = written(page, &resolved.script.spacing, entry) else { continue };
        if opened {
            out.push_str(lead.unwrap_or(separator));
        }
        out.push_str(text);
        opened = true;
    }
}

/// What an entry puts on the page, with the space it brings.
fn written<'a>(
    page: &'a Page,
    spacing: &'a super::script::Spacing,
    entry: Entry<'a>,
) -> Option<(Option<&'a str>, &'a str)> {
    let own = |at: usize| {
        let lead = page.units.get(at).filter(|_| !page.opens_region(at)).map(|unit| page.bytes(&unit.lead));
        spacing.lead(at).or(lead)
    };
    match entry {
        Entry::Block(at, None | Some(Taken { left_out: true, .. })) => Some((own(at), page.unit_bytes(at))),
        Entry::Block(at, Some(Taken { edit, left_out: false })) => match &edit.op {
            Op::Replace { text, .. } => Some((own(at), text)),
            Op::Remove { .. } | Op::Move { .. } | Op::Insert { .. } => None,
        },
        Entry::Put(Taken { left_out: true, .. }) => None,
        Entry::Put(Taken { edit, left_out: false }) => match &edit.op {
            Op::Insert { text, lead, .. } => Some((lead.as_deref(), text)),
            Op::Move { block, .. } => Some((own(block.get()), page.unit_bytes(block.get()))),
            Op::Replace { .. } | Op::Remove { .. } => None,
        },
    }
}
