//! Where in a ticket or page something stands: in which of its texts, under which headings, in which blocks, and the address that
//! leads nearest to it.
//! It reads nothing and finds nothing: who found something says in which text, and at which block.

use super::links;
use crate::content::{Block, Document, Headings, Origin, origin};
use crate::protocol::view;
use crate::record::{Field, Spot};

/// A text of a source.
#[derive(Debug)]
pub(crate) struct Text {
    pub(crate) field: Field,
    pub(crate) document: Document,
}

/// A spot as the page shows it, of the source at this address. An issue is opened at the comment, a page at the heading.
pub(crate) fn shown(spot: &Spot, source: &str) -> view::Spot {
    let url = match (&spot.field, &spot.anchor) {
        (Field::Comment { id: Some(id) }, _) => links::at_comment(source, id),
        (Field::Body, Some(anchor)) => links::at_heading(source, anchor),
        (Field::Body | Field::Description | Field::Comment { .. }, _) => source.to_owned(),
    };
    view::Spot { field: spot.field.name(), heading: spot.heading.clone(), blocks: spot.origin.clone(), url }
}

/// Says where the blocks of one text stand.
pub(crate) struct Spots {
    field: Field,
    headings: Headings,
}

impl Spots {
    /// Of a text.
    pub(crate) fn of(text: &Text) -> Self {
        Self { field: text.field.clone(), headings: Headings::of(&text.document) }
    }

    /// Of what begins with this block.
    pub(crate) fn at(&self, origin: Origin) -> Spot {
        let above = self.headings.above(origin.first);
        Spot { field: self.field.clone(), heading: above.path, anchor: above.anchor, origin }
    }

    /// Of an excerpt, which says itself under which headings it stands.
    pub(crate) fn under(&self, heading: Vec<String>, origin: Origin) -> Spot {
        Spot { field: self.field.clone(), heading, anchor: self.headings.anchor(origin.first), origin }
    }
}

/// The plain text of a source, one block after the other, as a snippet is cut from it.
pub(crate) struct Plain {
    text: String,
    texts: Vec<Spots>,
    starts: Vec<Start>,
}

/// Where a block begins in it.
struct Start {
    at: usize,
    text: usize,
    block: u32,
    id: Option<String>,
}

impl Plain {
    /// Of these texts.
    pub(crate) fn of(all: &[Text]) -> Self {
        let mut plain = Self { text: String::new(), texts: all.iter().map(Spots::of).collect(), starts: Vec::new() };
        for (at, of) in all.iter().enumerate() {
            for (block, shown) in (0..).zip(origin::blocks(&of.document)) {
                if !plain.starts.is_empty() {
                    plain.text.push('\n');
                }
                let id = shown.id().map(str::to_owned);
                plain.starts.push(Start { at: plain.text.len(), text: at, block, id });
                plain.text.push_str(&Block::text(shown));
            }
        }
        plain
    }

    /// The text.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// Where this byte of it stands.
    pub(crate) fn spot(&self, byte: usize) -> Option<Spot> {
        let next = self.starts.partition_point(|start| start.at <= byte);
        let start = self.starts.get(next.checked_sub(1)?)?;
        let origin = Origin { first: start.block, last: start.block, id: start.id.clone() };
        Some(self.texts.get(start.text)?.at(origin))
    }
}

impl std::fmt::Debug for Plain {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Plain").field("blocks", &self.starts.len()).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::{Format, parse};

    fn text(field: Field, markdown: &str) -> Text {
        Text { field, document: parse(Format::Markdown, markdown).unwrap() }
    }

    #[test]
    fn says_where_each_word_of_a_source_stands() {
        let comment = || Field::Comment { id: Some("10".to_owned()) };
        let plain = Plain::of(&[
            text(Field::Description, "alpha\n\n# Set up\n\nbeta\n\n## Pumps\n\ngamma"),
            text(comment(), "delta\n\nepsilon"),
            text(Field::Comment { id: None }, "zeta"),
        ]);
        let check = |word: &str, field: &Field, heading: &str, block: u32| {
            let spot = plain.spot(plain.text().find(word).unwrap()).unwrap();
            assert_eq!(
                (&spot.field, spot.heading.join(" > ").as_str(), spot.origin.first),
                (field, heading, block),
                "{word}"
            );
        };
        check("alpha", &Field::Description, "", 0);
        check("beta", &Field::Description, "Set up", 2);
        check("gamma", &Field::Description, "Set up > Pumps", 4);
        check("epsilon", &comment(), "", 1);
        check("zeta", &Field::Comment { id: None }, "", 0);
        assert!(Plain::of(&[]).spot(0).is_none());
    }

    #[test]
    fn leads_to_the_heading_of_a_page_and_the_comment_of_an_issue() {
        let document = "# A b/?#\n\ntext";
        let check = |field: Field, source: &str, expected: &str| {
            let spots = Spots::of(&text(field, document));
            assert_eq!(shown(&spots.at(Origin { first: 1, last: 1, id: None }), source).url, expected);
        };
        check(Field::Body, "https://x/wiki?pageId=1", "https://x/wiki?pageId=1#A-b%2F%3F%23");
        check(Field::Description, "https://x/browse/A-1", "https://x/browse/A-1");
        let comment = |id: Option<&str>| Field::Comment { id: id.map(str::to_owned) };
        check(comment(Some("7")), "https://x/browse/A-1", "https://x/browse/A-1?focusedCommentId=7");
        check(comment(None), "https://x/browse/A-1", "https://x/browse/A-1");
    }
}
