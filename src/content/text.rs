//! The plain text of blocks and of running text: what a reader reads, without structure.
//! It prints no format: Markdown, ADF and storage format have printers of their own.

use super::tree::{Block, BlockKind, Inline, InlineKind, Macro, Media, MediaPlace, Target};

impl Block {
    /// What a reader reads: running text as one line, nested blocks as lines of their own.
    #[must_use]
    pub fn text(&self) -> String {
        let mut out = String::new();
        block(self, &mut out);
        out.truncate(out.trim_end_matches('\n').len());
        out
    }
}

impl Inline {
    /// What a reader reads of this piece.
    #[must_use]
    pub fn plain(&self) -> String {
        let mut out = String::new();
        inline(self, &mut out);
        out
    }
}

/// What a reader reads of this running text.
#[must_use]
pub fn plain(inlines: &[Inline]) -> String {
    let mut out = String::new();
    inlines.iter().for_each(|i| inline(i, &mut out));
    out
}

fn block(block: &Block, out: &mut String) {
    match &block.kind {
        BlockKind::Paragraph(inlines) | BlockKind::Heading { inlines, .. } => line(&plain(inlines), out),
        BlockKind::List { items, .. } => items.iter().for_each(|i| blocks(&i.blocks, out)),
        BlockKind::Code { text, .. } => line(text, out),
        BlockKind::Quote(inner) => blocks(inner, out),
        BlockKind::Panel { title, blocks: inner, .. } | BlockKind::Expand { title, blocks: inner } => {
            line(title.as_deref().unwrap_or_default(), out);
            blocks(inner, out);
        }
        BlockKind::Table { caption, rows } => {
            line(caption.as_deref().unwrap_or_default(), out);
            rows.iter().flat_map(|r| &r.cells).for_each(|c| blocks(&c.blocks, out));
        }
        BlockKind::Rule => {}
        BlockKind::Media { items, caption } => {
            items.iter().for_each(|m| line(media(m), out));
            line(&caption.as_ref().map(|c| plain(&c.inlines)).unwrap_or_default(), out);
        }
        BlockKind::Layout(columns) => columns.iter().for_each(|c| blocks(&c.blocks, out)),
        BlockKind::Card { url } => line(url.as_deref().unwrap_or_default(), out),
        BlockKind::Macro(Macro { text, blocks: inner, .. }) | BlockKind::Other { text, blocks: inner, .. } => {
            line(text, out);
            blocks(inner, out);
        }
    }
}

fn blocks(all: &[Block], out: &mut String) {
    all.iter().for_each(|b| block(b, out));
}

fn line(text: &str, out: &mut String) {
    if !text.is_empty() {
        out.push_str(text);
        out.push('\n');
    }
}

fn inline(inline: &Inline, out: &mut String) {
    match &inline.kind {
        InlineKind::Text(text) | InlineKind::Placeholder(text) => out.push_str(text),
        InlineKind::Break => out.push('\n'),
        InlineKind::Mention { text, .. } => {
            out.push('@');
            // Storage format names a person by id alone; the name is the product's to show.
            out.push_str(if text.is_empty() { "someone" } else { text });
        }
        InlineKind::Emoji { short_name, text } => out.push_str(text.as_deref().unwrap_or(short_name)),
        InlineKind::Date { iso } => out.push_str(iso),
        InlineKind::Status { text, .. } => {
            out.push('[');
            out.push_str(text);
            out.push(']');
        }
        InlineKind::Card { url } => out.push_str(url.as_deref().unwrap_or_default()),
        InlineKind::Media(m) => out.push_str(media(m)),
        InlineKind::Reference { target, inlines } if inlines.is_empty() => out.push_str(target.name()),
        InlineKind::Reference { inlines, .. } => inlines.iter().for_each(|i| self::inline(i, out)),
        InlineKind::Macro(Macro { text, blocks: inner, .. }) | InlineKind::Other { text, blocks: inner, .. } => {
            out.push_str(text);
            let mut nested = String::new();
            blocks(inner, &mut nested);
            out.push_str(nested.trim_end_matches('\n'));
        }
    }
}

impl Target {
    /// What the target is called.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Page { title, .. } => title,
            Self::Attachment(name) | Self::Space(name) | Self::Anchor(name) | Self::Other(name) => name,
        }
    }
}

/// What a picture or file is called.
fn media(media: &Media) -> &str {
    match (&media.alt, &media.place) {
        (Some(alt), _) if !alt.is_empty() => alt,
        (_, MediaPlace::Attachment(name)) => name,
        (_, MediaPlace::Url(url)) => url,
        (_, MediaPlace::File { .. } | MediaPlace::Nowhere) => "",
    }
}
