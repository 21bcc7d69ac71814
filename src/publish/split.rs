//! Cuts a body into editable blocks and the bytes between them.
//!
//! It reads positions only; what a block says is the content room's answer.

use super::page::{Form, Grain, Region, Unit, is_space};
use super::{json, layout};
use crate::content::{self, Block, BlockKind, Format, Malformed, storage};
use std::ops::Range;

/// Regions and blocks of a body, and the bytes after the last block.
#[derive(Debug)]
pub(crate) struct Parts {
    pub(crate) regions: Vec<Region>,
    pub(crate) units: Vec<Unit>,
    pub(crate) tail: Range<usize>,
}

impl Default for Parts {
    fn default() -> Self {
        Self { regions: vec![Region { fence: 0..0, units: 0..0 }], units: Vec::new(), tail: 0..0 }
    }
}

pub(crate) fn split(form: Form, grain: Grain, body: &str) -> Result<Parts, Malformed> {
    let parts = match (form, grain) {
        (Form::Storage, Grain::Cell) => cells(body, storage::spans(body)?),
        (Form::Storage, Grain::Top) => cells(body, layout::whole(body, storage::spans(body)?)),
        (Form::Adf, Grain::Cell | Grain::Top) => nodes(body)?,
    };
    if parts.units.len() > MAX_BLOCKS { Err(Malformed::TooLarge) } else { Ok(parts) }
}

/// Blocks of one page: above that no one reviews a change, and comparing takes too long.
pub const MAX_BLOCKS: usize = 50_000;

/// Blocks with their gaps; a gap that is more than space begins a new region.
fn cells(body: &str, spans: Vec<storage::SpannedBlock>) -> Parts {
    let mut parts = Parts { regions: Vec::new(), units: Vec::with_capacity(spans.len()), tail: 0..body.len() };
    for storage::SpannedBlock { range, block } in spans {
        let gap = parts.tail.start..range.start;
        let Some(text) = body.get(gap.clone()) else { continue };
        let at = parts.units.len();
        let lead = match parts.regions.last_mut() {
            Some(region) if text.chars().all(is_space) => {
                region.units.end = at + 1;
                gap
            }
            Some(_) | None => {
                parts.regions.push(Region { fence: gap.clone(), units: at..at + 1 });
                gap.end..gap.end
            }
        };
        parts.tail.start = range.end;
        parts.units.push(Unit { lead, span: range, block });
    }
    if parts.regions.is_empty() {
        parts.regions.push(Region { fence: 0..0, units: 0..0 });
    }
    parts
}

/// The nodes in the `content` of an ADF document.
fn nodes(body: &str) -> Result<Parts, Malformed> {
    let document = content::parse(Format::Adf, body)?;
    let json::Content { inside, elements } = json::content(body).ok_or(Malformed::NotADocument)?;
    let mut blocks = document.blocks.into_iter();
    let one_each = blocks.len() == elements.len();
    let mut units = Vec::with_capacity(elements.len());
    let mut end = inside.start;
    for span in elements {
        let text = body.get(span.clone()).unwrap_or_default();
        let block = blocks.next().filter(|_| one_each).map_or_else(|| fragment(Form::Adf, text), Ok)?;
        let lead = if units.is_empty() { span.start..span.start } else { end..span.start };
        end = span.end;
        units.push(Unit { lead, span, block });
    }
    let start = units.first().map_or(inside.start, |unit| unit.span.start);
    let regions = vec![Region { fence: 0..start, units: 0..units.len() }];
    Ok(Parts { regions, tail: end.max(start)..body.len(), units })
}

/// Reads the text of one block; what is more or less than one becomes an unknown block around it.
pub(crate) fn fragment(form: Form, text: &str) -> Result<Block, Malformed> {
    let mut blocks = match form {
        Form::Storage => content::parse(Format::Storage, text)?.blocks,
        Form::Adf => {
            content::parse(Format::Adf, &format!(r#"{{"version":1,"type":"doc","content":[{text}]}}"#))?.blocks
        }
    };
    Ok(match (blocks.len(), blocks.pop()) {
        (1, Some(block)) => block,
        (_, last) => {
            blocks.extend(last);
            let text = if blocks.is_empty() { text.to_owned() } else { String::new() };
            BlockKind::Other { name: String::new(), text, blocks }.into()
        }
    })
}

/// Whether the text is that of blocks that may stand in a page of this grain.
pub(crate) fn is_editable(form: Form, grain: Grain, text: &str) -> bool {
    let one_node = form == Form::Storage || json::is_one_object(text);
    let Ok(block) = fragment(form, text) else { return false };
    let says = text.chars().any(|c| !is_space(c));
    one_node && says && (grain == Grain::Top || !is_hollow_or_layout(&block))
}

/// At the grain of cells an edit brings blocks, not layouts (they would nest) and not comments (they are no block).
fn is_hollow_or_layout(block: &Block) -> bool {
    match &block.kind {
        BlockKind::Layout(_) => true,
        BlockKind::Other { name, blocks, .. } if name.is_empty() => {
            blocks.is_empty() || blocks.iter().any(|inner| matches!(inner.kind, BlockKind::Layout(_)))
        }
        _ => false,
    }
}
