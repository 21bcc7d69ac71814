//! The page to bring up to date, as far as a draft needs it: its editable blocks in order, cut short, each with a mark.
//! It changes nothing.

use sha2::{Digest, Sha256};

use super::cut;
use crate::content::BlockKind;
use crate::privacy::Masker;
use crate::publish::Page;
use crate::record::{MaterialBlock, MaterialPage};

/// The outline of a page. With a masker, also what it finds in the whole and not in the outline.
pub(crate) fn of(page: &Page, masker: Option<&Masker>) -> MaterialPage {
    let texts: Vec<String> = page.blocks().map(|(_, block)| block.text()).collect();
    let cut = cut::beginnings(&texts, MAX_TEXT, masker);
    let blocks =
        page.blocks().zip(&texts).zip(cut).take(MAX_BLOCKS).map(|(((_, block), whole), (text, parts))| MaterialBlock {
            heading: match &block.kind {
                BlockKind::Heading { level, .. } => Some(*level),
                _ => None,
            },
            mark: mark(whole),
            text,
            parts,
        });
    MaterialPage { digest: page.digest().to_string(), blocks: blocks.collect() }
}

/// A block's mark: 64 bits of the SHA-256 of its text.
pub(crate) fn mark(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

/// More blocks than this are not offered to a draft as places to write.
const MAX_BLOCKS: usize = 400;
/// Enough to know a block by.
const MAX_TEXT: usize = 300;
