//! Units of Markdown packed into excerpts: a section begins a new one, a table or code that is cut goes on in the next.
//! It cuts no text: [`super::split`] does.

use super::super::markdown::{Unit, UnitKind};
use super::ExcerptLimits;
use super::split::{Size, split};
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
    let mut packer = Packer { text, limits, path: Vec::new(), around: Around::Nothing, held: None, out: Vec::new() };
    for (at, unit) in units.iter().enumerate() {
        packer.unit(unit, units.get(at + 1));
    }
    packer.flush(&Around::Nothing);
    packer.out
}

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
            Self::Nothing | Self::Table { .. } => Size::NONE,
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
    /// Whether all its content is the first line of a table or code.
    is_opener: bool,
}

struct Packer<'a> {
    text: &'a str,
    limits: &'a ExcerptLimits,
    path: Vec<(u8, String)>,
    around: Around,
    held: Option<Held>,
    out: Vec<Draft>,
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
                if self.held.as_ref().is_some_and(|h| h.has_content) && self.more(together, reserve).is_none() {
                    self.flush(&Around::Nothing);
                }
                self.add(&unit.range, true, true);
                self.around = fence;
            }
            UnitKind::TableRow | UnitKind::CodeLine => self.add(&unit.range, true, false),
            UnitKind::CodeClose => {
                if let Some(more) = self.more(unit.range.end, Size::NONE) {
                    self.extend(&unit.range, more);
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
            let long = head.len() * 2 > self.limits.max_chars;
            return Around::Table { head: if long { String::new() } else { head } };
        }
        let (indent, open) = written.split_at(written.find('`').unwrap_or(0));
        let indent = Size::of(indent, self.limits);
        let ticks = open.len() - open.trim_start_matches('`').len();
        let close = format!("\n{}", open.get(..ticks).unwrap_or_default());
        if (open.len() + close.len()) * 2 > self.limits.max_chars {
            return Around::Code { open: String::new(), close: String::new(), indent: Size::NONE };
        }
        Around::Code { open: format!("{open}\n"), close, indent }
    }

    /// Adds a unit to the excerpt, or begins the next one with it.
    fn add(&mut self, range: &Range<usize>, content: bool, opener: bool) {
        let mut more = self.more(range.end, self.around.reserve(self.limits));
        if self.held.is_some() && more.is_none() {
            if self.held.as_ref().is_some_and(|h| h.is_opener) {
                // the header alone says nothing: the pieces below repeat it
                self.held = None;
            } else {
                let around = self.around.clone();
                self.flush(&around);
            }
        }
        if self.held.is_none() {
            let size = Size::of(self.text.get(range.clone()).unwrap_or_default(), self.limits);
            if !(size + self.around.size(self.limits)).fits(self.limits) {
                self.long(range);
                return;
            }
            more = Some(size);
            let head = self.around.head().to_owned();
            let size = Size::of(&head, self.limits);
            let start = range.start..range.start;
            self.held = Some(Held { range: start, head, size, has_content: false, is_opener: false });
        }
        self.extend(range, more.unwrap_or(Size::NONE));
        if let Some(held) = &mut self.held {
            held.is_opener = opener && !held.has_content;
            held.has_content |= content;
        }
    }

    /// Grows the excerpt to the end of a unit, by so much.
    fn extend(&mut self, range: &Range<usize>, more: Size) {
        if let Some(held) = &mut self.held {
            held.size = held.size + more;
            held.range.end = range.end;
        }
    }

    /// How much the excerpt grows to this byte; none when it may not, with something more to come.
    fn more(&self, end: usize, reserve: Size) -> Option<Size> {
        let held = self.held.as_ref()?;
        let more = Size::of(self.text.get(held.range.end..end).unwrap_or_default(), self.limits);
        (held.size + more + reserve).fits(self.limits).then_some(more)
    }

    /// A unit longer than an excerpt may be: each piece of it is one.
    fn long(&mut self, range: &Range<usize>) {
        let around = self.around.clone();
        let room = around.size(self.limits).room(self.limits);
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
