//! A checked plan with its masked values put back, on this machine, after the model's part is over.
//! A claim with a token that belongs to no one here is not supported, whatever else it says.

use super::plan::{Body, Claim, Item, Plan, Reason};
use crate::privacy::Masker;

/// Puts the values of this request back into a plan and its claims.
#[must_use]
pub fn restored(mut plan: Plan, mut claims: Vec<Claim>, masker: &Masker) -> (Plan, Vec<Claim>) {
    let put_back = |text: &mut String| {
        let restored = masker.restore(text);
        let is_whole = restored.unknown.is_empty();
        *text = restored.text;
        is_whole
    };
    for claim in &mut claims {
        if !put_back(&mut claim.text) {
            claim.supported = false;
            claim.reason = Some(Reason::Token);
        }
        if let Some(quote) = &mut claim.quote {
            put_back(&mut quote.text);
        }
    }
    plan.title.as_mut().map(put_back);
    match &mut plan.body {
        Body::Sections(sections) => {
            for section in sections {
                put_back(&mut section.heading);
                items(&mut section.items, put_back);
            }
        }
        Body::Edits(edits) => {
            for edit in edits {
                put_back(&mut edit.heading);
                put_back(&mut edit.reason);
                items(&mut edit.items, put_back);
            }
        }
    }
    (plan, claims)
}

fn items(items: &mut [Item], put_back: impl Fn(&mut String) -> bool) {
    for claim in items.iter_mut().flat_map(|item| &mut item.claims) {
        put_back(&mut claim.text);
    }
}
