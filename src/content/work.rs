//! Counts what printing and cutting do, byte by byte and step by step, so that a test can say how it grows with the text.
//! Outside tests it is nothing.

/// So many bytes were looked at, or steps made. Said where one that looks harmless could make the whole grow with its square.
#[inline]
pub(super) fn did(count: usize) {
    #[cfg(test)]
    DONE.with(|done| done.set(done.get().saturating_add(count)));
    let _ = count;
}

#[cfg(test)]
thread_local! {
    static DONE: core::cell::Cell<usize> = const { core::cell::Cell::new(0) };
}

/// What something takes.
#[cfg(test)]
fn of(what: impl FnOnce()) -> usize {
    DONE.with(|done| done.set(0));
    what();
    DONE.with(core::cell::Cell::get)
}

#[cfg(test)]
mod tests {
    use super::super::tree::{Cell, CellRole, Item, ListStyle, MarkKind, Row};
    use super::super::{Block, BlockKind, Document, ExcerptLimits, Inline, InlineKind, excerpts, print_markdown};
    use super::of;

    type Made = fn(usize) -> Vec<Block>;

    /// Documents that grow with a number, each in its own direction.
    const GROWING: &[(&str, Made)] = &[
        ("paragraphs", |n| (0..n).map(|_| text("Some words. And some more of them.")).collect()),
        ("one paragraph", |n| vec![text(&"Some words. And some more of them. ".repeat(n))]),
        ("no sentence", |n| vec![text(&"word ".repeat(n * 5))]),
        ("no space", |n| vec![text(&"x".repeat(n * 20))]),
        ("signs", |n| vec![text(&"<a *b _c &d [e ".repeat(n))]),
        ("headings", |n| (0..n).map(|_| Block::heading(2, "A heading of some words")).collect()),
        ("sections", |n| (0..n).flat_map(|_| [Block::heading(2, "A heading"), text("Some words.")]).collect()),
        ("a list", |n| vec![Block::bullets((0..n).map(|_| words("Some words of an item")).collect())]),
        ("lists", |n| (0..n).map(|_| Block::bullets(vec![words("Some words")])).collect()),
        ("a long table", |n| vec![table(n, 3)]),
        ("a wide table", |n| vec![table(3, n)]),
        ("code", |n| vec![Block::code(None, &"some code of a line\n".repeat(n))]),
        ("a line of code", |n| vec![Block::code(None, &"some code ".repeat(n * 2))]),
        ("blanks in code", |n| vec![Block::code(None, &" \n".repeat(n * 10))]),
        ("marks", |n| vec![Block::paragraph((0..n * 2).map(marked).collect())]),
        ("marks over breaks", |n| vec![Block::paragraph((0..n * 4).flat_map(broken).collect())]),
        ("other scripts", |n| vec![text(&"\u{65e5}\u{672c}\u{8a9e}\u{306e}\u{6587}\u{3002}".repeat(n * 2))]),
    ];

    fn words(text: &str) -> Vec<Inline> {
        vec![Inline::text(text)]
    }

    fn text(text: &str) -> Block {
        Block::paragraph(words(text))
    }

    fn marked(at: usize) -> Inline {
        let inline = Inline::text("some words ").marked(MarkKind::Em);
        if at.is_multiple_of(2) { inline.marked(MarkKind::Strong) } else { inline }
    }

    fn broken(at: usize) -> [Inline; 2] {
        let inline = Inline::text("word");
        [if at.is_multiple_of(3) { inline } else { inline.marked(MarkKind::Em) }, InlineKind::Break.into()]
    }

    fn table(rows: usize, columns: usize) -> Block {
        let cell = |role| Cell::new(role, vec![text("a cell")]);
        let row = |role| Row { cells: (0..columns).map(|_| cell(role)).collect(), ..Row::default() };
        let rows = core::iter::once(row(CellRole::Header)).chain((0..rows).map(|_| row(CellRole::Value))).collect();
        BlockKind::Table { caption: None, rows }.into()
    }

    #[test]
    fn printing_and_cutting_grow_as_the_text_does() {
        for (name, of_size) in GROWING {
            let made = |n: usize| Document::new(of_size(n));
            let limits = [
                ExcerptLimits::default(),
                ExcerptLimits { max_chars: 200, max_tokens: None },
                ExcerptLimits { max_chars: 1_800, max_tokens: Some(200) },
            ];
            let printed = |n: usize| {
                let document = made(n);
                of(|| drop(print_markdown(&document)))
            };
            let (small, large) = (printed(SMALL), printed(SMALL * TIMES));
            assert!(small > 0 && large <= small * MOST, "{name}: printing takes {small}, then {large}");
            for limits in limits {
                let cut = |n: usize| {
                    let document = made(n);
                    of(|| drop(excerpts(&document, &limits)))
                };
                let (small, large) = (cut(SMALL), cut(SMALL * TIMES));
                assert!(
                    small > 0 && large <= small * MOST,
                    "{name}: cutting by {limits:?} takes {small}, then {large}"
                );
            }
        }
    }

    #[test]
    fn nesting_costs_no_more_than_its_depth_in_indents() {
        // each line carries the indents of all lists around it, so that the text itself grows so
        let nested = |depth: usize| {
            let list = |inner: Option<Block>| {
                let blocks = [text("word")].into_iter().chain(inner).collect();
                BlockKind::List { style: ListStyle::Bullet, items: vec![Item::new(blocks)] }.into()
            };
            (0..depth).fold(None, |inner, _| Some(list(inner))).map(|all| Document::new(vec![all]))
        };
        let cost = |depth: usize| {
            let document = nested(depth).unwrap_or_default();
            (of(|| drop(print_markdown(&document))), print_markdown(&document).len())
        };
        let ((small, short), (large, long)) = (cost(40), cost(160));
        assert!(large * short <= small * long * 2, "{small} for {short}, {large} for {long}");
    }

    const SMALL: usize = 120;
    const TIMES: usize = 8;
    /// A square would make it sixty-four times as much; what each excerpt takes by itself comes and goes a little.
    const MOST: usize = 10;
}
