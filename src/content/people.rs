//! The people a document names: mentions with their account ids.
//! It finds no names in running text: that is the privacy room's work.

use super::tree::{Block, BlockKind, Inline, InlineKind};

/// A person (or team) a document mentions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// The account id.
    pub account_id: Option<String>,
    /// As the document shows it, without the `@`; empty when it does not say.
    pub text: String,
}

/// Every mention in some blocks, in order, each as often as it stands.
#[must_use]
pub fn mentions<'b>(blocks: impl IntoIterator<Item = &'b Block>) -> Vec<Mention> {
    let mut out = Vec::new();
    blocks.into_iter().for_each(|b| block(b, &mut out));
    out
}

/// The account ids a body in storage format points to, wherever it does: in mentions, and in parameters of macros, of which the tree
/// keeps the text alone. Each as often as it stands; one that is only quoted in code is among them.
pub fn accounts(storage: &str) -> impl Iterator<Item = &str> {
    storage.split("ri:account-id=").skip(1).filter_map(|rest| {
        let quote = rest.chars().next().filter(|sign| matches!(sign, '"' | '\''))?;
        rest.get(1..)?.split_once(quote).map(|(id, _)| id)
    })
}

fn blocks(all: &[Block], out: &mut Vec<Mention>) {
    all.iter().for_each(|b| block(b, out));
}

fn block(block: &Block, out: &mut Vec<Mention>) {
    match &block.kind {
        BlockKind::Paragraph(all) | BlockKind::Heading { inlines: all, .. } => inlines(all, out),
        BlockKind::List { items, .. } => items.iter().for_each(|i| blocks(&i.blocks, out)),
        BlockKind::Quote(inner)
        | BlockKind::Panel { blocks: inner, .. }
        | BlockKind::Expand { blocks: inner, .. }
        | BlockKind::Other { blocks: inner, .. } => blocks(inner, out),
        BlockKind::Macro(found) => blocks(&found.blocks, out),
        BlockKind::Table { rows, .. } => rows.iter().flat_map(|r| &r.cells).for_each(|c| blocks(&c.blocks, out)),
        BlockKind::Media { caption, .. } => caption.iter().for_each(|c| inlines(&c.inlines, out)),
        BlockKind::Layout(columns) => columns.iter().for_each(|c| blocks(&c.blocks, out)),
        BlockKind::Code { .. } | BlockKind::Rule | BlockKind::Card { .. } => {}
    }
}

fn inlines(all: &[Inline], out: &mut Vec<Mention>) {
    for inline in all {
        match &inline.kind {
            InlineKind::Mention { id, text } => out.push(Mention { account_id: id.clone(), text: text.clone() }),
            InlineKind::Reference { inlines: inner, .. } => inlines(inner, out),
            InlineKind::Macro(found) => blocks(&found.blocks, out),
            InlineKind::Other { blocks: inner, .. } => blocks(inner, out),
            InlineKind::Text(_)
            | InlineKind::Break
            | InlineKind::Emoji { .. }
            | InlineKind::Date { .. }
            | InlineKind::Status { .. }
            | InlineKind::Card { .. }
            | InlineKind::Media(_)
            | InlineKind::Placeholder(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::accounts;

    #[test]
    fn finds_accounts_wherever_they_stand() {
        let body = "<p><ri:user ri:account-id=\"a:1\"/></p><ac:parameter ac:name=\"user\"><ri:user ri:account-id='b-2' /></ac:parameter>";
        assert_eq!(accounts(body).collect::<Vec<_>>(), ["a:1", "b-2"]);
        for none in ["", "ri:account-id=", "ri:account-id=\"open", "ri:account-id=ü\"x\""] {
            assert_eq!(accounts(none).count(), 0, "{none}");
        }
    }
}
