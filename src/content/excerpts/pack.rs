//! Units of Markdown packed into excerpts: a section begins a new one, a table or code that is cut goes on in the next.
//! It cuts no text: [`super::split`] does.
//!
//! A section longer than [`AIM`] of what an excerpt may hold is cut into as many excerpts as that makes, of about one
//! size: of the same characters found they hold more that was asked for than a few full ones and a rest.

use super::super::markdown::{Unit, UnitKind};
use super::split::{Size, split};
use super::{ExcerptLimits, utf16_len};
use core::ops::Range;

/// An excerpt before it is named and counted.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Draft {
    pub(super) heading: Vec<String>,
    pub(super) text: String,
    pub(super) range: Range<usize>,
}

/// Packs all units.
pub(super) fn pack(text: &str, units: &[Unit], limits: &ExcerptLimits) -> Vec<Draft> {
    let aim =
        limits.max_chars.saturating_mul(text.len()).div_ceil(utf16_len(text).max(1)).saturating_mul(AIM.0) / AIM.1;
    let mut packer = Packer {
        text,
        limits,
        aim,
        section: 0,
        path: Vec::new(),
        around: Around::Nothing,
        held: None,
        out: Vec::new(),
    };
    for (at, unit) in units.iter().enumerate() {
        if unit.range.start >= packer.section {
            packer.section = section_end(units.get(at..).unwrap_or_default());
        }
        packer.unit(unit, units.get(at + 1));
    }
    packer.flush(&Around::Nothing);
    packer.out
}

/// Where the section ends that these units begin with.
fn section_end(units: &[Unit]) -> usize {
    let is_heading = |unit: &&Unit| matches!(unit.kind, UnitKind::Heading { .. });
    let headings = units.iter().take_while(is_heading).count();
    let content = units.iter().skip(headings).take_while(|unit| !is_heading(unit)).count();
    units.iter().take(headings + content).next_back().map_or(usize::MAX, |unit| unit.range.end)
}

/// The share of the limit that the excerpts of a long section come to.
const AIM: (usize, usize) = (3, 5);

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
    /// How many bytes it should come to.
    aim: usize,
    /// Whether there is more in it than headings.
    has_content: bool,
    /// Whether all its content is the first line of a table or code.
    is_opener: bool,
}

impl Held {
    /// Its size when it goes on to this byte.
    fn grown(&self, text: &str, end: usize, limits: &ExcerptLimits) -> Size {
        let more = Size::of(text.get(self.range.end..end).unwrap_or_default(), limits);
        let whole = text.get(self.range.start..end).unwrap_or_default();
        let grown = self.size.grown(more, whole, limits);
        if limits.max_tokens.is_some() { grown + Size::of(&self.head, limits).tokens_only() } else { grown }
    }
}

struct Packer<'a> {
    text: &'a str,
    limits: &'a ExcerptLimits,
    /// How many bytes an excerpt of a long section should come to.
    aim: usize,
    /// Where the section ends.
    section: usize,
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
                self.add(&unit.range, true, false);
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
        if self.held.is_some() && (self.is_enough(range.end) || !self.fits(range.end, reserve)) {
            let around = self.around.clone();
            if self.held.as_ref().is_some_and(|h| h.is_opener) {
                // the header alone says nothing: the pieces below repeat it
                self.held = None;
            } else {
                self.flush(&around);
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
            let aim = even(self.section.saturating_sub(range.start), self.aim);
            let range = range.start..range.start;
            self.held = Some(Held { range, head, size, aim, has_content: false, is_opener: false });
        }
        self.extend(range);
        if let Some(held) = &mut self.held {
            held.is_opener = opener && !held.has_content;
            held.has_content |= content;
        }
    }

    fn extend(&mut self, range: &Range<usize>) {
        if let Some(held) = &mut self.held {
            held.size = held.grown(self.text, range.end, self.limits);
            held.range.end = range.end;
        }
    }

    /// Whether the excerpt is nearer to its aim without what comes up to this byte.
    fn is_enough(&self, end: usize) -> bool {
        let Some(held) = self.held.as_ref().filter(|held| held.has_content && !held.is_opener) else { return false };
        let [now, then] = [held.range.end, end].map(|end| held.head.len() + end.saturating_sub(held.range.start));
        then > held.aim && then - held.aim > held.aim.saturating_sub(now)
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
        let aim = even(size.chars(), self.limits.max_chars.saturating_mul(AIM.0) / AIM.1);
        room.max_chars = room.max_chars.min(aim + aim / 8);
        for piece in split(self.text, range.clone(), &room) {
            let body = self.text.get(piece.clone()).unwrap_or_default();
            let text = format!("{}{body}{}", around.head(), around.close());
            self.out.push(Draft { heading: self.heading(), text, range: piece });
        }
    }

    fn heading(&self) -> Vec<String> {
        self.path.iter().map(|(_, text)| text.clone()).collect()
    }

    fn flush(&mut self, around: &Around) {
        let Some(held) = self.held.take() else { return };
        let body = self.text.get(held.range.clone()).unwrap_or_default();
        let text = format!("{}{body}{}", held.head, around.close());
        self.out.push(Draft { heading: self.heading(), text, range: held.range });
    }
}
