//! The rules of reading an answer.
//! Nothing about whether it is true.

use super::*;

fn shape(use_case: UseCase) -> Shape {
    let labels = vec![vec!["S1".to_owned()], vec!["S2".to_owned(), "HADOOP-2".to_owned()]];
    Shape { use_case, language: Language::De, labels, blocks: 3 }
}

fn page(items: &str) -> String {
    format!(r#"{{"title":"T","sections":[{{"heading":"H","items":[{items}]}}]}}"#)
}

fn item(text: &str, refs: &str) -> String {
    format!(r#"{{"kind":"bullet","text":{},"refs":[{refs}]}}"#, serde_json::to_string(text).unwrap())
}

fn check(use_case: UseCase, answer: &str, expected: Malformed) {
    assert_eq!(parse_shape(answer, &shape(use_case)).err(), Some(expected), "{answer:.80}");
}

#[test]
fn reads_a_page_into_claims() {
    let answer = page(&item("One thing. Another thing.", r#""S2","S1","S2""#));
    let plan = parse_shape(&answer, &shape(UseCase::Page)).unwrap();
    let claims: Vec<_> =
        plan.claim_texts().map(|claim| (claim.id.as_str(), claim.text.as_str(), claim.refs.as_slice())).collect();
    assert_eq!(claims, [("c1", "One thing.", &[0, 1][..]), ("c2", "Another thing.", &[0, 1][..])]);
    assert_eq!(plan.title.as_deref(), Some("T"));
}

#[test]
fn forgives_a_fence_and_nothing_else() {
    let answer = page("");
    for good in [format!("```json\n{answer}\n```"), format!("\u{feff} ```\n{answer}```"), format!("\n{answer}\n")] {
        assert!(parse_shape(&good, &shape(UseCase::Page)).is_ok(), "{good}");
    }
    check(UseCase::Page, &format!("Here you are: {answer}"), Malformed::NotJson);
    check(UseCase::Page, &format!("{answer} Enjoy!"), Malformed::NotJson);
    check(UseCase::Page, &format!("```html\n{answer}\n```"), Malformed::NotJson);
}

#[test]
fn refuses_what_is_not_the_schema() {
    check(UseCase::Page, "", Malformed::NotJson);
    check(UseCase::Page, "{\"sections\":[", Malformed::NotJson);
    check(UseCase::Page, "[]", Malformed::NotTheSchema);
    check(UseCase::Page, "{}", Malformed::NotTheSchema);
    check(UseCase::Page, r#"[null,[]]"#, Malformed::NotTheSchema);
    check(UseCase::Page, r#"{"sections":[["H",[]]]}"#, Malformed::NotTheSchema);
    check(UseCase::Page, r#"{"sections":[],"target":"other page"}"#, Malformed::NotTheSchema);
    check(UseCase::Page, r#"{"sections":[],"sections":[]}"#, Malformed::NotTheSchema);
    check(UseCase::Page, &page(r#"{"kind":"image","text":"x","refs":[]}"#), Malformed::NotTheSchema);
    check(UseCase::Page, &page(r#"{"kind":"bullet","text":1,"refs":[]}"#), Malformed::NotTheSchema);
    check(UseCase::Page, &page(r#"{"kind":"bullet","text":"x"}"#), Malformed::NotTheSchema);
    check(UseCase::ReleaseNotes, r#"{"sections":[{"kind":"gossip","items":[]}]}"#, Malformed::NotTheSchema);
    check(UseCase::Page, &"[".repeat(100_000), Malformed::NotJson);
}

#[test]
fn refuses_what_is_beyond_the_limits() {
    check(UseCase::Page, &" ".repeat(MAX_BYTES + 1), Malformed::TooLarge);
    check(UseCase::Page, &page(&vec![item("x", ""); MAX_ITEMS + 1].join(",")), Malformed::TooMany);
    check(UseCase::Page, &page(&item("x", &vec![r#""S1""#; MAX_REFS + 1].join(","))), Malformed::TooMany);
    check(UseCase::Page, &page(&item(&"x".repeat(MAX_TEXT + 1), "")), Malformed::TooLong);
}

#[test]
fn marks_citations_that_lead_nowhere() {
    let fault = |refs: &str| {
        let plan = parse_shape(&page(&item("A thing.", refs)), &shape(UseCase::Page)).unwrap();
        plan.claim_texts().next().unwrap().fault
    };
    assert_eq!(fault(r#""S1""#), None);
    assert_eq!(fault(r#""HADOOP-2""#), None);
    assert_eq!(fault(""), Some(Reason::NoRef));
    assert_eq!(fault(r#""S3""#), Some(Reason::UnknownRef));
    assert_eq!(fault(r#""S1","https://evil.example""#), Some(Reason::UnknownRef));
}

#[test]
fn reads_edits_at_blocks_the_page_has() {
    let edit = |op: &str, block: &str| {
        format!(r#"{{"edits":[{{"op":"{op}","block":"{block}","heading":"","items":[],"reason":"r"}}]}}"#)
    };
    let plan = parse_shape(&edit("replace", "B3"), &shape(UseCase::Update)).unwrap();
    assert!(matches!(&plan.body, Body::Edits(edits) if edits[0].at == Anchor::Block(2) && edits[0].op == Op::Replace));
    for (op, block) in [
        ("insert-after", "B4"),
        ("insert-after", "B0"),
        ("insert-after", "Bx"),
        ("remove", "end"),
        ("replace", "start"),
    ] {
        check(UseCase::Update, &edit(op, block), Malformed::UnknownBlock);
    }
    check(UseCase::Update, &edit("move", "B1"), Malformed::NotTheSchema);
}

#[test]
fn orders_release_notes_and_names_their_sections() {
    let section = |kind: &str| format!(r#"{{"kind":"{kind}","items":[{}]}}"#, item("x", r#""S1""#));
    let answer = format!(r#"{{"sections":[{},{},{}]}}"#, section("fix"), section("breaking"), section("fix"));
    let plan = parse_shape(&answer, &shape(UseCase::ReleaseNotes)).unwrap();
    let Body::Sections(sections) = &plan.body else { panic!("sections") };
    let found: Vec<_> = sections.iter().map(|section| (section.heading.as_str(), section.items.len())).collect();
    assert_eq!(found, [("Inkompatible Änderungen", 1), ("Fehlerbehebungen", 2)]);
}
