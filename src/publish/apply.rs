//! Writes the body that a script makes of its page.
//!
//! It prints no block: bytes come from the page or from the script, whole.

use super::page::{Page, Region};
use super::resolve::{ApplyError, Entry, Resolved, Taken};
use super::script::{EditId, EditScript, Op};
use crate::content::{self, Malformed};
use std::collections::BTreeSet;

/// The body after the edits that are not left out.
///
/// INVARIANT: blocks without an edit, and what stands between blocks that stay, keep their bytes; the result parses; the
/// same input gives the same bytes; leaving one edit out changes nothing about the others, but for an id that would then
/// be on the page twice: it stays with the block that was there.
///
/// # Errors
/// [`ApplyError`]: nothing is applied in part.
pub fn apply(page: &Page, script: &EditScript, left_out: &BTreeSet<EditId>) -> Result<String, ApplyError> {
    let resolved = Resolved::new(page, script, left_out)?;
    let body = write(page, &resolved);
    match content::parse(page.form.format(), &body) {
        Ok(_) => Ok(body),
        Err(Malformed::TooLarge) => Err(ApplyError::TooLarge),
        Err(_) => Err(ApplyError::Malformed),
    }
}

impl Page {
    /// The body after the edits that are not left out: [`apply`].
    ///
    /// # Errors
    /// [`ApplyError`]: nothing is applied in part.
    pub fn apply(&self, script: &EditScript, left_out: &BTreeSet<EditId>) -> Result<String, ApplyError> {
        apply(self, script, left_out)
    }
}

/// Writes without checking the result.
pub(crate) fn write(page: &Page, resolved: &Resolved<'_>) -> String {
    let mut out = String::with_capacity(page.source.len() + page.source.len() / 8);
    for (number, region) in page.regions.iter().enumerate() {
        let head = resolved.script.spacing.head.as_deref().filter(|_| number == 0);
        out.push_str(head.unwrap_or_else(|| page.bytes(&region.fence)));
        write_region(page, resolved, region, &mut out);
    }
    out.push_str(resolved.script.spacing.tail.as_deref().unwrap_or_else(|| page.bytes(&page.tail)));
    out
}

fn write_region(page: &Page, resolved: &Resolved<'_>, region: &Region, out: &mut String) {
    let separator = page.separator();
    let mut opened = false;
    for entry in resolved.entries(region.units.clone()) {
        let Some((lead, text)) = written(page, &resolved.script.spacing, entry) else { continue };
        if opened {
            out.push_str(lead.unwrap_or(separator));
        }
        out.push_str(&resolved.once(page.form, entry, text));
        opened = true;
    }
}

/// What an entry puts on the page, with the space it brings.
fn written<'a>(
    page: &'a Page,
    spacing: &'a super::script::Spacing,
    entry: Entry<'a>,
) -> Option<(Option<&'a str>, &'a str)> {
    let own = |at: usize| {
        let lead = page.units.get(at).filter(|_| !page.opens_region(at)).map(|unit| page.bytes(&unit.lead));
        spacing.lead(at).or(lead)
    };
    match entry {
        Entry::Block(at, None | Some(Taken { left_out: true, .. })) => Some((own(at), page.unit_bytes(at))),
        Entry::Block(at, Some(Taken { edit, left_out: false })) => match &edit.op {
            Op::Replace { text, .. } => Some((own(at), text)),
            Op::Remove { .. } | Op::Move { .. } | Op::Insert { .. } => None,
        },
        Entry::Put(Taken { left_out: true, .. }) => None,
        Entry::Put(Taken { edit, left_out: false }) => match &edit.op {
            Op::Insert { text, lead, .. } => Some((lead.as_deref(), text)),
            Op::Move { block, .. } => Some((own(block.get()), page.unit_bytes(block.get()))),
            Op::Replace { .. } | Op::Remove { .. } => None,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::super::{ApplyError, BlockIndex, EditId, EditScript, Op, Page, Place};
    use super::apply;
    use crate::content::{Block, Inline};
    use std::collections::BTreeSet;

    fn at(position: usize) -> BlockIndex {
        BlockIndex::at(position).unwrap()
    }

    fn block(text: &str) -> Block {
        Block::paragraph(vec![Inline::text(text)])
    }

    fn script(page: &Page, ops: impl IntoIterator<Item = Op>) -> EditScript {
        let mut script = EditScript::new(page);
        for op in ops {
            script.push(op, Vec::new(), None);
        }
        script
    }

    fn check(body: &str, ops: impl IntoIterator<Item = Op>, expected: &str) {
        let page = Page::parse(body).unwrap();
        assert_eq!(apply(&page, &script(&page, ops), &BTreeSet::new()).unwrap(), expected);
    }

    #[test]
    fn puts_blocks_where_they_belong() {
        use Place::{After, Before, End, Start};
        let insert = |place| Op::insert(&Page::empty(), place, &block("n"));
        check("", [insert(Start)], "<p>n</p>");
        check("", [insert(End), Op::insert(&Page::empty(), Start, &block("m"))], "<p>n</p><p>m</p>");
        check("<p>a</p>\n<p>b</p>\n", [insert(Start)], "<p>n</p>\n<p>a</p>\n<p>b</p>\n");
        check("<p>a</p>\n<p>b</p>\n", [insert(End)], "<p>a</p>\n<p>b</p>\n<p>n</p>\n");
        check("<p>a</p><p>b</p>", [insert(After { block: at(0) })], "<p>a</p><p>n</p><p>b</p>");
        check("<p>a</p><p>b</p>", [insert(Before { block: at(1) })], "<p>a</p><p>n</p><p>b</p>");
        check("<p>a</p> <p>b</p>", [Op::Remove { block: at(0) }], "<p>b</p>");
        check("<p>a</p> <p>b</p>", [Op::Remove { block: at(0) }, Op::Remove { block: at(1) }], "");
        check("<p>a</p> <p>b</p>", [Op::replace(&Page::empty(), at(0), &block("<&"))], "<p>&lt;&amp;</p> <p>b</p>");
        check("<p>a</p><p>b</p>", [Op::Move { block: at(1), place: Before { block: at(0) } }], "<p>b</p><p>a</p>");
        check("<p>a</p>", [Op::Move { block: at(0), place: After { block: at(0) } }], "<p>a</p>");
    }

    #[test]
    fn works_inside_layout_cells() {
        let layout = |left: &str, right: &str| {
            format!(
                "<ac:layout><ac:layout-section ac:type=\"two_equal\"><ac:layout-cell>\n{left}</ac:layout-cell><ac:layout-cell>{right}</ac:layout-cell></ac:layout-section></ac:layout>"
            )
        };
        let body = layout("<p>a</p>", "<p>b</p><p>c</p>");
        check(
            &body,
            [Op::insert(&Page::empty(), Place::Start, &block("n"))],
            &layout("<p>n</p><p>a</p>", "<p>b</p><p>c</p>"),
        );
        check(
            &body,
            [Op::insert(&Page::empty(), Place::End, &block("n"))],
            &layout("<p>a</p>", "<p>b</p><p>c</p><p>n</p>"),
        );
        check(
            &body,
            [Op::insert(&Page::empty(), Place::Before { block: at(1) }, &block("n"))],
            &layout("<p>a</p>", "<p>n</p><p>b</p><p>c</p>"),
        );
        check(
            &body,
            [Op::Move { block: at(2), place: Place::After { block: at(0) } }],
            &layout("<p>a</p><p>c</p>", "<p>b</p>"),
        );
        check(&body, [Op::Remove { block: at(0) }], &layout("", "<p>b</p><p>c</p>"));
    }

    #[test]
    fn keeps_the_order_of_the_script_at_one_place() {
        let place = Place::After { block: at(0) };
        let ops = ["x", "y"].map(|text| Op::insert(&Page::empty(), place, &block(text)));
        check("<p>a</p><p>b</p>", ops, "<p>a</p><p>x</p><p>y</p><p>b</p>");
    }

    #[test]
    fn leaves_out_what_the_person_left_out() {
        let page = Page::parse("<p>a</p><p>b</p><p>c</p>").unwrap();
        let ops = [
            Op::replace(&Page::empty(), at(0), &block("x")),
            Op::Remove { block: at(1) },
            Op::Move { block: at(2), place: Place::Start },
            Op::insert(&Page::empty(), Place::After { block: at(1) }, &block("n")),
        ];
        let script = script(&page, ops);
        let without = |names: &[&str]| {
            let left_out = names.iter().map(|name| EditId::parse(name).unwrap()).collect();
            apply(&page, &script, &left_out).unwrap()
        };
        assert_eq!(without(&[]), "<p>c</p><p>x</p><p>n</p>");
        assert_eq!(without(&["e1"]), "<p>c</p><p>a</p><p>n</p>");
        assert_eq!(without(&["e2"]), "<p>c</p><p>x</p><p>b</p><p>n</p>");
        assert_eq!(without(&["e3"]), "<p>x</p><p>n</p><p>c</p>");
        assert_eq!(without(&["e4"]), "<p>c</p><p>x</p>");
        assert_eq!(without(&["e1", "e2", "e3", "e4"]), page.body());
    }

    fn refuses(change: impl Fn(&mut EditScript), left_out: &[&str], expected: ApplyError) {
        let page = Page::parse("<p>a</p><p>b</p>").unwrap();
        let mut script =
            script(&page, [Op::Remove { block: at(0) }, Op::insert(&Page::empty(), Place::End, &block("n"))]);
        change(&mut script);
        let left_out = left_out.iter().map(|name| EditId::parse(name).unwrap()).collect();
        assert_eq!(apply(&page, &script, &left_out), Err(expected));
    }

    #[test]
    fn refuses_a_script_that_does_not_fit() {
        let other = Page::parse("<p>a</p><p>b</p> ").unwrap();
        refuses(|script| script.base = other.digest(), &[], ApplyError::OtherBase);
        refuses(|script| script.format = super::super::Form::Adf, &[], ApplyError::OtherFormat);
        refuses(|script| script.grain = super::super::Grain::Top, &[], ApplyError::OtherFormat);
        refuses(|_| {}, &["e3"], ApplyError::UnknownEdit);
        refuses(|script| script.edits[1].id = script.edits[0].id, &[], ApplyError::DuplicateEdit);
        refuses(|script| script.edits[0].op = Op::Remove { block: at(2) }, &[], ApplyError::NoSuchBlock);
        let far = Place::After { block: at(usize::try_from(u32::MAX).unwrap()) };
        refuses(|script| script.edits[0].op = Op::Move { block: at(0), place: far }, &["e1"], ApplyError::NoSuchBlock);
        refuses(
            |script| script.edits[1].op = Op::replace(&Page::empty(), at(0), &block("x")),
            &["e2"],
            ApplyError::SameBlock,
        );
        let spaces = ["x", "<p>", "<!-- -->", ",", "\u{a0}"];
        for lead in spaces {
            refuses(|script| script.spacing.leads.push((at(1), lead.to_owned())), &[], ApplyError::NotSpace);
            refuses(|script| script.spacing.head = Some(lead.to_owned()), &[], ApplyError::NotSpace);
            refuses(|script| script.spacing.tail = Some(lead.to_owned()), &[], ApplyError::NotSpace);
        }
        refuses(|script| script.spacing.leads.push((at(2), String::new())), &[], ApplyError::NoSuchBlock);
        refuses(
            |script| script.spacing.leads = vec![(at(1), String::new()), (at(0), String::new())],
            &[],
            ApplyError::NoSuchBlock,
        );
    }

    #[test]
    fn refuses_text_that_is_no_block() {
        let layout =
            "<ac:layout><ac:layout-section><ac:layout-cell><p>x</p></ac:layout-cell></ac:layout-section></ac:layout>";
        for bad in
            ["", " \n", "<p>", "</p>", "<p>a</p></ac:layout-cell>", "<!-- only -->", "<!DOCTYPE x>", layout, "<!--"]
        {
            let insert = Op::Insert { place: Place::End, text: bad.to_owned(), lead: None };
            refuses(|script| script.edits[1].op = insert.clone(), &[], ApplyError::NotABlock);
            let lead = Op::Insert { place: Place::End, text: "<p>n</p>".to_owned(), lead: Some("<br />".to_owned()) };
            refuses(|script| script.edits[1].op = lead.clone(), &[], ApplyError::NotSpace);
        }
    }

    #[test]
    fn refuses_too_many_edits() {
        let page = Page::empty();
        let mut script = EditScript::new(&page);
        for _ in 0..=super::super::MAX_EDITS {
            script.push(Op::Remove { block: at(0) }, Vec::new(), None);
        }
        assert_eq!(apply(&page, &script, &BTreeSet::new()), Err(ApplyError::TooLarge));
    }
}
