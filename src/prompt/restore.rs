//! Gives a checked plan its names back: the tokens of this request become what they stood for.
//! It knows no token itself; the masker of the request does, and it is gone with the request.

use super::plan::{Body, Claim, Edit, Item, Plan, Reason, Section};
use crate::privacy::Masker;

/// The plan and its claims as people read them. A token that this request never issued stays as it is and speaks against its
/// claim; a heading with one is dropped.
#[must_use]
pub fn restored(plan: Plan, claims: Vec<Claim>, masker: &Masker) -> (Plan, Vec<Claim>) {
    let body = match plan.body {
        Body::Sections(sections) => Body::Sections(
            sections
                .into_iter()
                .map(|section| Section {
                    heading: heading(&section.heading, masker),
                    items: items(section.items, masker),
                })
                .collect(),
        ),
        Body::Edits(edits) => Body::Edits(
            edits
                .into_iter()
                .map(|edit| Edit {
                    heading: heading(&edit.heading, masker),
                    items: items(edit.items, masker),
                    reason: masker.restore(&edit.reason).text,
                    ..edit
                })
                .collect(),
        ),
    };
    let title = plan.title.map(|title| heading(&title, masker)).filter(|title| !title.is_empty());
    (Plan { title, body, ..plan }, claims.into_iter().map(|claim| restored_claim(claim, masker)).collect())
}

fn heading(text: &str, masker: &Masker) -> String {
    let restored = masker.restore(text);
    if restored.unknown.is_empty() { restored.text } else { String::new() }
}

fn items(items: Vec<Item>, masker: &Masker) -> Vec<Item> {
    let mut items = items;
    for claim in items.iter_mut().flat_map(|item| &mut item.claims) {
        claim.text = masker.restore(&claim.text).text;
    }
    items
}

fn restored_claim(claim: Claim, masker: &Masker) -> Claim {
    let text = masker.restore(&claim.text);
    let quote = claim.quote.map(|quote| super::plan::Quote { text: masker.restore(&quote.text).text, ..quote });
    let known = text.unknown.is_empty();
    Claim {
        text: text.text,
        supported: claim.supported && known,
        reason: if known { claim.reason } else { claim.reason.or(Some(Reason::Token)) },
        quote,
        ..claim
    }
}
