//! Units of Markdown packed into excerpts: a section begins a new one, a table or code that is cut goes on in the next.
//! It cuts no text: [`super::split`] does.
//!
//! A section much longer than [`AIM`] of what an excerpt may hold is cut into excerpts of about that size ([`cuts`]): of the
//! same characters found they hold more that was asked for than a few full ones and a rest.

use super::super::markdown::{Unit, UnitKind};
use super::super::work::did;
use super::cuts::cuts;
use super::split::{Size, split};
use super::{ExcerptLimits, tokens, utf16_len};
use core::ops::Range;

/// An excerpt before it is named and counted.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Draft {
    pub(super) heading: Vec<String>,
    pub(super) text: String,
    pub(super) range: Range<usize>,
    /// The bound of its tokens, where it was asked for.
    pub(super) tokens: Option<u32>,
    /// Bytes of `text` before those of its range.
    pub(super) lead: usize,
}

/// Packs all units, section by section.
///
/// A section is packed by its characters first. Only when one of its excerpts has more tokens than it may is it packed once more by
/// both; an excerpt of no more bytes than tokens allowed is not counted at all.
pub(super) fn pack(text: &str, units: &[Unit], limits: &ExcerptLimits) -> Vec<Draft> {
    let aim = aim(limits.max_chars).saturating_mul(text.len()).div_ceil(utf16_len(text).max(1));
    let by_chars = ExcerptLimits { max_tokens: None, ..*limits };
    let mut packer = Packer {
        text,
        limits: &by_chars,
        cuts: Vec::new(),
        path: Vec::new(),
        around: Around::Nothing,
        held: None,
        out: Vec::new(),
    };
    let mut rest = units;
    while !rest.is_empty() {
        let (section, others) = rest.split_at(section_length(rest));
        let first = packer.out.len();
        let most = limits.max_tokens.filter(|most| may_exceed(section, *most));
        let path = most.map(|_| packer.path.clone());
        packer.section(section, aim);
        if let (Some(most), Some(path)) = (most, path)
            && packer.exceeds(first, most)
        {
            packer.out.truncate(first);
            (packer.path, packer.limits) = (path, limits);
            packer.section(section, aim);
            packer.limits = &by_chars;
        }
        rest = others;
    }
    packer.out
}

/// Whether an excerpt of these units may have more tokens: none has more than it has bytes, and none has more bytes than all units,
/// but for the end of code that is cut.
fn may_exceed(section: &[Unit], most: u32) -> bool {
    let ends = section.first().zip(section.last()).map(|(first, last)| (first.range.start, last.range.end));
    let bytes = ends.map_or(0, |(start, end)| end.saturating_sub(start));
    u32::try_from(bytes).unwrap_or(u32::MAX).saturating_add(CLOSE) > most
}

/// The end of code, and a line.
const CLOSE: u32 = 64;

/// How many of these units, one at least, are the section that they begin with.
fn section_length(units: &[Unit]) -> usize {
    let is_heading = |unit: &&Unit| matches!(unit.kind, UnitKind::Heading { .. });
    let headings = units.iter().take_while(is_heading).count();
    headings + units.iter().skip(headings).take_while(|unit| !is_heading(unit)).count()
}

/// What the excerpts of a long section come to.
fn aim(max_chars: usize) -> usize {
    max_chars.saturating_mul(AIM.0) / AIM.1
}

/// The share of the limit that the excerpts of a long section come to.
const AIM: (usize, usize) = (9, 20);

/// What the current unit stands in.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Around {
    Nothing,
    /// A table with this header; empty when it is too long to repeat.
    Table {
        head: String,
    },
    /// Code between these lines.
    Code {
        open: String,
        close: String,
        indent: Size,
    },
}

impl Around {
    fn head(&self) -> &str {
        match self {
            Self::Nothing => "",
            Self::Table { head } => head,
            Self::Code { open, .. } => open,
        }
    }

    fn close(&self) -> &str {
        match self {
            Self::Nothing | Self::Table { .. } => "",
            Self::Code { close, .. } => close,
        }
    }

    /// What ending within it adds to an excerpt, at most.
    fn reserve(&self, limits: &ExcerptLimits) -> Size {
        match self {
            Self::Nothing | Self::Table { .. } => Size::default(),
            Self::Code { close, indent, .. } => Size::of(close, limits) + *indent,
        }
    }

    /// What repeating it adds to an excerpt.
    fn size(&self, limits: &ExcerptLimits) -> Size {
        Size::of(self.head(), limits) + self.reserve(limits)
    }
}

/// The excerpt that grows.
#[derive(Debug)]
struct Held {
    range: Range<usize>,
    /// What it starts with beyond its range.
    head: String,
    size: Size,
    /// Whether there is more in it than headings.
    has_content: bool,
    /// Where the first line of a table or code begins, when that is all its content.
    opener: Option<usize>,
}

impl Held {
    /// Its size when it goes on to this byte.
    fn grown(&self, text: &str, end: usize, limits: &ExcerptLimits) -> Size {
        let more = Size::of(text.get(self.range.end..end).unwrap_or_default(), limits);
        self.size.grown(more, limits, || {
            let whole = text.get(self.range.start..end).unwrap_or_default();
            Size::of(whole, limits) + Size::of(&self.head, limits)
        })
    }
}

struct Packer<'a> {
    text: &'a str,
    limits: &'a ExcerptLimits,
    /// Where excerpts of the section should begin, the next one last.
    cuts: Vec<usize>,
    path: Vec<(u8, String)>,
    around: Around,
    held: Option<Held>,
    out: Vec<Draft>,
}

/// The size of each of the fewest parts of `whole`, none of them above `most`.
fn even(whole: usize, most: usize) -> usize {
    whole.div_ceil(whole.div_ceil(most.max(1)).max(1))
}

impl Packer<'_> {
    /// Packs a section; nothing is held before and after it.
    fn section(&mut self, section: &[Unit], aim: usize) {
        self.cuts = cuts(self.text, section, aim);
        self.cuts.reverse();
        for (at, unit) in section.iter().enumerate() {
            self.unit(unit, section.get(at + 1));
        }
        self.around = Around::Nothing;
        self.flush(&Around::Nothing);
    }

    /// Whether one of the excerpts from there on has more tokens than that.
    fn exceeds(&mut self, first: usize, most: u32) -> bool {
        self.out.iter_mut().skip(first).any(|draft| {
            let is_sure = u32::try_from(draft.text.len()).is_ok_and(|bytes| bytes < most);
            !is_sure && *draft.tokens.insert(tokens::upper_bound(&draft.text)) > most
        })
    }

    fn unit(&mut self, unit: &Unit, next: Option<&Unit>) {
        match &unit.kind {
            UnitKind::Heading { level, text } => {
                self.around = Around::Nothing;
                if self.held.as_ref().is_some_and(|h| h.has_content) {
                    self.flush(&Around::Nothing);
                }
                self.path.retain(|(above, _)| above < level);
                self.path.push((*level, text.clone()));
                self.add(&unit.range, false, false);
            }
            UnitKind::Text => {
                self.around = Around::Nothing;
                self.text(&unit.range);
            }
            UnitKind::TableHead | UnitKind::CodeOpen => {
                self.around = Around::Nothing;
                let together = next.map_or(unit.range.end, |n| n.range.end);
                let fence = self.fence(unit);
                let reserve = fence.reserve(self.limits);
                if self.held.as_ref().is_some_and(|h| h.has_content) && !self.fits(together, reserve) {
                    self.flush(&Around::Nothing);
                }
                self.add(&unit.range, true, true);
                self.around = fence;
            }
            UnitKind::TableRow | UnitKind::CodeLine => self.add(&unit.range, true, false),
            UnitKind::CodeClose => {
                if self.fits(unit.range.end, Size::default()) {
                    self.extend(&unit.range);
                } else {
                    let around = self.around.clone();
                    self.flush(&around);
                }
                self.around = Around::Nothing;
            }
        }
    }

    /// Adds a text, in as many pieces as it is to be cut into.
    fn text(&mut self, range: &Range<usize>) {
        let mut start = range.start;
        // No further than its end: a section may have as many cuts as texts.
        let within = self.cuts.iter().rev().copied().take_while(|cut| *cut < range.end);
        let within: Vec<usize> = within.inspect(|_| did(1)).filter(|cut| *cut > range.start).collect();
        for end in within.into_iter().chain([range.end]) {
            let piece = self.text.get(start..end).unwrap_or_default().trim_end();
            self.add(&(start..start + piece.len()), true, false);
            start = end;
        }
    }

    /// Whether an excerpt should begin here.
    fn is_cut(&mut self, at: usize) -> bool {
        let is_cut = self.cuts.last().is_some_and(|cut| *cut <= at);
        while self.cuts.last().is_some_and(|cut| *cut <= at) {
            self.cuts.pop();
        }
        is_cut
    }

    /// What is around the units after this one.
    fn fence(&self, unit: &Unit) -> Around {
        let written = self.text.get(unit.range.clone()).unwrap_or_default();
        if unit.kind == UnitKind::TableHead {
            let lines = written.lines().map(|l| l.find('|').and_then(|at| l.get(at..)).unwrap_or(l));
            let head: String = lines.flat_map(|l| [l, "\n"]).collect();
            let size = Size::of(&head, self.limits);
            let short = (size + size).fits(self.limits);
            return Around::Table { head: if short { head } else { String::new() } };
        }
        let (indent, open) = written.split_at(written.find('`').unwrap_or(0));
        let indent = Size::of(indent, self.limits);
        let ticks = open.len() - open.trim_start_matches('`').len();
        let close = format!("\n{}", open.get(..ticks).unwrap_or_default());
        let size = Size::of(open, self.limits) + Size::of(&close, self.limits);
        if !(size + size).fits(self.limits) {
            return Around::Code { open: String::new(), close: String::new(), indent: Size::default() };
        }
        Around::Code { open: format!("{open}\n"), close, indent }
    }

    /// Adds a unit to the excerpt, or begins the next one with it.
    fn add(&mut self, range: &Range<usize>, content: bool, opener: bool) {
        let reserve = self.around.reserve(self.limits);
        let is_cut = self.is_cut(range.start);
        if self.held.is_some() && (is_cut || !self.fits(range.end, reserve)) {
            let around = self.around.clone();
            match self.held.as_ref().and_then(|h| h.opener).filter(|_| !around.head().is_empty()) {
                // the header alone says nothing: the pieces below repeat it
                Some(opener) => self.flush_before(opener),
                None => self.flush(&around),
            }
        }
        if self.held.is_none() {
            let size = Size::of(self.text.get(range.clone()).unwrap_or_default(), self.limits);
            if !(size + self.around.size(self.limits)).fits(self.limits) {
                self.long(range, size);
                return;
            }
            let head = self.around.head().to_owned();
            let size = Size::of(&head, self.limits);
            let range = range.start..range.start;
            self.held = Some(Held { range, head, size, has_content: false, opener: None });
        }
        self.extend(range);
        if let Some(held) = &mut self.held {
            held.opener = (opener && !held.has_content).then_some(range.start);
            held.has_content |= content;
        }
    }

    fn extend(&mut self, range: &Range<usize>) {
        if let Some(held) = &mut self.held {
            held.size = held.grown(self.text, range.end, self.limits);
            held.range.end = range.end;
        }
    }

    /// Whether the excerpt may grow to this byte, with something more to come.
    fn fits(&self, end: usize, reserve: Size) -> bool {
        let Some(held) = &self.held else { return false };
        (held.grown(self.text, end, self.limits) + reserve).fits(self.limits)
    }

    /// A unit longer than an excerpt may be: each piece of it is one.
    fn long(&mut self, range: &Range<usize>, size: Size) {
        let around = self.around.clone();
        let mut room = around.size(self.limits).room(self.limits);
        // a little above the aim, so that sentences of any length come to no piece more
        let aim = even(size.chars(), aim(self.limits.max_chars));
        room.max_chars = room.max_chars.min(aim + aim / 8);
        for piece in split(self.text, range.clone(), &room) {
            let body = self.text.get(piece.clone()).unwrap_or_default();
            let text = format!("{}{body}{}", around.head(), around.close());
            self.out.push(Draft {
                heading: self.heading(),
                text,
                range: piece,
                lead: around.head().len(),
                tokens: None,
            });
        }
    }

    fn heading(&self) -> Vec<String> {
        self.path.iter().map(|(_, text)| text.clone()).collect()
    }

    /// Ends the excerpt before this byte.
    fn flush_before(&mut self, end: usize) {
        if let Some(mut held) = self.held.take() {
            held.range.end = self.text.get(..end).unwrap_or_default().trim_end().len();
            self.held = Some(held).filter(|held| !held.range.is_empty());
            self.flush(&Around::Nothing);
        }
    }

    fn flush(&mut self, around: &Around) {
        let Some(held) = self.held.take() else { return };
        let body = self.text.get(held.range.clone()).unwrap_or_default();
        let text = format!("{}{body}{}", held.head, around.close());
        self.out.push(Draft { heading: self.heading(), text, range: held.range, lead: held.head.len(), tokens: None });
    }
}
