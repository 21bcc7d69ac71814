//! What is left of a query's budget.
//! It values nothing.

use super::{Budget, Spent};

/// What is left.
#[derive(Debug, Clone, Copy)]
pub(super) struct Purse {
    reads: u32,
    bytes: u64,
}

impl Purse {
    pub(super) fn new(budget: Budget, spent: Spent) -> Self {
        Purse { reads: budget.reads.saturating_sub(spent.reads), bytes: budget.bytes.saturating_sub(spent.bytes) }
    }

    /// Whether there is room for a value of so many bytes before sealing besides what is kept back; if so it is taken.
    pub(super) fn pay(&mut self, bytes: u32, kept: Reserve) -> bool {
        let stored = stored(bytes);
        let fits = self.reads > kept.reads && self.bytes >= stored.saturating_add(kept.bytes);
        if fits {
            self.reads -= 1;
            self.bytes -= stored;
        }
        fits
    }
}

/// What a later round needs.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Reserve {
    pub(super) reads: u32,
    pub(super) bytes: u64,
}

impl Reserve {
    pub(super) fn add(&mut self, reads: u32, bytes: u32) {
        self.reads = self.reads.saturating_add(reads);
        self.bytes = self.bytes.saturating_add(u64::from(reads).saturating_mul(stored(bytes)));
    }
}

/// About how long a value of so many bytes is once sealed and in base64.
fn stored(bytes: u32) -> u64 {
    (u64::from(bytes) + 216) * 4 / 3
}
