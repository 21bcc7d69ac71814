//! Reads a script against its page: is it one for this page, and in which order do blocks and edits stand.
//!
//! It writes nothing; [`super::apply`] and [`super::rows`] walk what it found.

use super::identity;
use super::page::{BlockIndex, Form, Page, is_space};
use super::script::{Edit, EditId, EditScript, Op, Place, Spacing};
use super::split::{MAX_BLOCKS, is_editable};
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt;

/// Why a script cannot be applied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ApplyError {
    /// The script is for another body.
    OtherBase,
    /// The script is for another format or grain.
    OtherFormat,
    /// More edits than [`MAX_EDITS`], or a result too large to read.
    TooLarge,
    /// Two edits have the same name.
    DuplicateEdit,
    /// What is left out is no edit of the script.
    UnknownEdit,
    /// An edit names a block the page does not have.
    NoSuchBlock,
    /// Two edits are about the same block.
    SameBlock,
    /// The text of an edit is no block of this page's format.
    NotABlock,
    /// What is to be written between blocks is not space.
    NotSpace,
    /// The result is no body of the page's format.
    Malformed,
}

/// A script that fits its page.
#[derive(Debug)]
pub(crate) struct Resolved<'a> {
    pub(crate) script: &'a EditScript,
    /// What the person left out.
    left_out: BTreeSet<EditId>,
    /// For each block the edit about it.
    targets: Vec<Option<usize>>,
    /// For each place (before block 0, after block 0, before block 1 …) the edits there.
    places: Vec<Vec<usize>>,
    /// Ids of blocks that stay because their edit is left out: no text may bring them again.
    ids: BTreeSet<String>,
}

/// What stands at one point of the page.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Entry<'a> {
    /// A block of the page, and the edit about it.
    Block(usize, Option<Taken<'a>>),
    /// Something that an edit puts here.
    Put(Taken<'a>),
}

/// An edit with the person's choice.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Taken<'a> {
    pub(crate) edit: &'a Edit,
    pub(crate) left_out: bool,
}

impl<'a> Resolved<'a> {
    /// Checks the script as a whole, whatever is left out.
    pub(crate) fn new(page: &Page, script: &'a EditScript, left_out: &BTreeSet<EditId>) -> Result<Self, ApplyError> {
        check_head(page, script)?;
        check_names(script, left_out)?;
        let mut resolved = Self {
            script,
            left_out: left_out.clone(),
            targets: vec![None; page.units.len()],
            places: vec![Vec::new(); 2 * page.units.len().max(1)],
            ids: BTreeSet::new(),
        };
        for (number, edit) in script.edits.iter().enumerate() {
            resolved.take(page, number, &edit.op)?;
        }
        check_spacing(page, &script.spacing)?;
        let kept = script.edits.iter().filter(|edit| left_out.contains(&edit.id)).filter_map(|edit| edit.op.target());
        resolved.ids.extend(kept.flat_map(|at| identity::names(page.form, page.unit_bytes(at.get()))));
        Ok(resolved)
    }

    /// The text of an entry, without ids that a block has which stays.
    pub(crate) fn once<'t>(&self, form: Form, entry: Entry<'_>, text: &'t str) -> Cow<'t, str> {
        let brought = match entry {
            Entry::Block(_, Some(taken)) | Entry::Put(taken) => !taken.left_out && taken.edit.op.text().is_some(),
            Entry::Block(_, None) => false,
        };
        let asked = brought && !self.ids.is_empty();
        asked.then(|| identity::without(form, text, &self.ids)).flatten().map_or(Cow::Borrowed(text), Cow::Owned)
    }

    fn take(&mut self, page: &Page, number: usize, op: &Op) -> Result<(), ApplyError> {
        if let Some(target) = op.target() {
            let slot = self.targets.get_mut(target.get()).ok_or(ApplyError::NoSuchBlock)?;
            if slot.replace(number).is_some() {
                return Err(ApplyError::SameBlock);
            }
        }
        if let Some(place) = op.place() {
            let at = position(page, place).ok_or(ApplyError::NoSuchBlock)?;
            self.places.get_mut(at).ok_or(ApplyError::NoSuchBlock)?.push(number);
        }
        if op.text().is_some_and(|text| !is_editable(page.form, page.grain, text)) {
            return Err(ApplyError::NotABlock);
        }
        match op {
            Op::Insert { lead: Some(lead), .. } if !page.form.separates(lead) => Err(ApplyError::NotSpace),
            Op::Insert { .. } | Op::Replace { .. } | Op::Remove { .. } | Op::Move { .. } => Ok(()),
        }
    }

    /// Blocks and edits of a region in the order of the page.
    pub(crate) fn entries(&self, units: std::ops::Range<usize>) -> impl Iterator<Item = Entry<'_>> {
        // The page without blocks has places all the same.
        let slots = if self.targets.is_empty() { 0..1 } else { units };
        slots.flat_map(|at| {
            let block = self.targets.get(at).map(|edit| Entry::Block(at, edit.and_then(|number| self.taken(number))));
            self.puts(2 * at).chain(block).chain(self.puts(2 * at + 1))
        })
    }

    fn puts(&self, place: usize) -> impl Iterator<Item = Entry<'_>> {
        let numbers = self.places.get(place).map(Vec::as_slice).unwrap_or_default();
        numbers.iter().filter_map(|number| self.taken(*number).map(Entry::Put))
    }

    fn taken(&self, number: usize) -> Option<Taken<'_>> {
        let edit = self.script.edits.get(number)?;
        Some(Taken { edit, left_out: self.left_out.contains(&edit.id) })
    }
}

fn check_head(page: &Page, script: &EditScript) -> Result<(), ApplyError> {
    if script.format != page.form || script.grain != page.grain {
        return Err(ApplyError::OtherFormat);
    }
    if script.base != page.digest() {
        return Err(ApplyError::OtherBase);
    }
    if script.edits.len() > MAX_EDITS {
        return Err(ApplyError::TooLarge);
    }
    Ok(())
}

fn check_names(script: &EditScript, left_out: &BTreeSet<EditId>) -> Result<(), ApplyError> {
    let names: BTreeSet<EditId> = script.edits.iter().map(|edit| edit.id).collect();
    if names.len() != script.edits.len() {
        return Err(ApplyError::DuplicateEdit);
    }
    if left_out.is_subset(&names) { Ok(()) } else { Err(ApplyError::UnknownEdit) }
}

fn check_spacing(page: &Page, spacing: &Spacing) -> Result<(), ApplyError> {
    let rising = spacing.leads.windows(2).all(|pair| matches!(pair, [(left, _), (right, _)] if left < right));
    let inside = spacing.leads.last().is_none_or(|(last, _)| last.get() < page.units.len());
    if !rising || !inside {
        return Err(ApplyError::NoSuchBlock);
    }
    let ends = match page.form {
        Form::Storage => ends_are_space(page, spacing),
        // The ends of an ADF document are its other members; that the whole parses is checked on the result.
        Form::Adf => true,
    };
    let between = spacing.leads.iter().all(|(_, lead)| page.form.separates(lead));
    if ends && between { Ok(()) } else { Err(ApplyError::NotSpace) }
}

/// Space is replaced by space only: never a layout tag, never by one.
fn ends_are_space(page: &Page, spacing: &Spacing) -> bool {
    let blank = |text: &str| text.chars().all(is_space);
    let head = page.regions.first().map_or("", |region| page.bytes(&region.fence));
    let fits = |new: &Option<String>, old: &str| new.as_ref().is_none_or(|new| blank(new) && blank(old));
    fits(&spacing.head, head) && fits(&spacing.tail, page.bytes(&page.tail))
}

/// Where a place lies in the list of places.
fn position(page: &Page, place: Place) -> Option<usize> {
    let count = page.units.len();
    let known = |block: BlockIndex| Some(block.get()).filter(|at| *at < count);
    match place {
        Place::Start => Some(0),
        Place::End => Some((2 * count).max(1) - 1),
        Place::Before { block } => known(block).map(|at| 2 * at),
        Place::After { block } => known(block).map(|at| 2 * at + 1),
    }
}

impl ApplyError {
    /// The stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::OtherBase => "other-base",
            Self::OtherFormat => "other-format",
            Self::TooLarge => "too-large",
            Self::DuplicateEdit => "duplicate-edit",
            Self::UnknownEdit => "unknown-edit",
            Self::NoSuchBlock => "no-such-block",
            Self::SameBlock => "same-block",
            Self::NotABlock => "not-a-block",
            Self::NotSpace => "not-space",
            Self::Malformed => "malformed",
        }
    }
}

impl fmt::Display for ApplyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::OtherBase => "the edits are for another body",
            Self::OtherFormat => "the edits are for another format",
            Self::TooLarge => "too many edits or too large a result",
            Self::DuplicateEdit => "two edits have the same id",
            Self::UnknownEdit => "an edit that is left out is not in the script",
            Self::NoSuchBlock => "an edit names a block that the body does not have",
            Self::SameBlock => "two edits are about the same block",
            Self::NotABlock => "the text of an edit is not a block",
            Self::NotSpace => "the space between blocks is not space",
            Self::Malformed => "the result is not a body of this format",
        })
    }
}

/// Edits in one script: enough to take every block of one page out and put every block of another in.
pub const MAX_EDITS: usize = 2 * MAX_BLOCKS;
