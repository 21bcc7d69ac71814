use super::*;

fn found(pattern: &str, text: &str) -> Vec<String> {
    let pattern = Pattern::compile(pattern).unwrap();
    let mut found = Vec::new();
    pattern.find(&Text::new(text), |range| found.push(text.get(range).unwrap().to_owned()));
    found
}

fn refused(pattern: &str) -> (BadReason, usize) {
    let bad = Pattern::compile(pattern).err().unwrap_or_else(|| panic!("{pattern} compiled"));
    (bad.reason, bad.at)
}

#[test]
fn finds_what_is_written() {
    let ids = "PRJ-AB1234, PRJ-ab1234 xPRJ-AB1234 PRJ-AB12345 (PRJ-CD0001)";
    assert_eq!(found(r"PRJ-[A-Z]{2}\d{4}", ids), ["PRJ-AB1234", "PRJ-CD0001"]);
    assert_eq!(found("(Blue|Red) Heron", "Blue Heron, Red Heron, Green Heron"), ["Blue Heron", "Red Heron"]);
    assert_eq!(found("Operation Dawn|Op-Dawn", "Op-Dawn is Operation Dawn"), ["Op-Dawn", "Operation Dawn"]);
    assert_eq!(found(r"K\d{3,5}", "K12 K123 K1234 K12345 K123456"), ["K123", "K1234", "K12345"]);
    assert_eq!(found(r"A-?\d{3}x{0,2}", "A123 A-123 A123x A-123xx A123xxx"), ["A123", "A-123", "A123x", "A-123xx"]);
    assert_eq!(found(r"\[\w{2}\.\d\]", "[ab.1] [äß.2]"), ["[ab.1]", "[äß.2]"]);
    assert_eq!(found("Ökö[a-zß-]{2}", "Ököß- Ökö12"), ["Ököß-"]);
    assert_eq!(found("((ab|c){2}|d)-x9", "abc-x9 cc-x9 d-x9 c-x9"), ["abc-x9", "cc-x9", "d-x9"].map(str::to_owned));
}

#[test]
fn reads_over_what_shows_nothing_and_full_width() {
    assert_eq!(found(r"PRJ-\d{4}", "PRJ\u{200b}-12\u{ad}34"), ["PRJ\u{200b}-12\u{ad}34"]);
    assert_eq!(found(r"PRJ-\d{4}", "PRJ-１２３４"), ["PRJ-１２３４"]);
}

#[test]
fn refuses_with_the_reason_and_the_place() {
    use BadReason::{EmptyMatch, TooCommon, TooLong, TooMany, Unbalanced, Unbounded, UnknownClass, UnknownEscape};
    #[rustfmt::skip]
    let cases = [
        ("", EmptyMatch, 0), ("a?", EmptyMatch, 0), ("abcd|", EmptyMatch, 0), ("(ab|){3}", EmptyMatch, 0), ("abcd{0}", TooCommon, 0),
        ("ab*", Unbounded, 2), ("abcd+", Unbounded, 4), ("*abcd", Unbounded, 0), ("ab{2,}", Unbounded, 2), ("ab{2}+", Unbounded, 5),
        ("ab.d", UnknownClass, 2), ("^abcd", UnknownClass, 0), ("abcd$", UnknownClass, 4), ("[^a]bcd", UnknownClass, 1), ("x[]abc", UnknownClass, 1), ("[z-a]bcd", UnknownClass, 1), ("[[a]]bcd", UnknownClass, 1),
        ("(abcd", Unbalanced, 0), ("abcd)", Unbalanced, 4), ("[abcd", Unbalanced, 0), ("abcd]", Unbalanced, 4), ("{3}abcd", Unbalanced, 0), ("ab{x}", Unbalanced, 2), ("ab{3", Unbalanced, 2), ("ab{3,2}", Unbalanced, 2), ("ab{2}{2}", Unbalanced, 5), ("?abcd", Unbalanced, 0),
        ("abc", TooCommon, 0), (r"\d{4}", TooCommon, 0), (r"\w{4,12}", TooCommon, 0), ("[a-z]{5}", TooCommon, 0), ("abcd|xy", TooCommon, 0),
        ("abcd{65}", TooMany, 5), ("abcd{1,99999999999999999999}", TooMany, 7),
        (r"ab\q", UnknownEscape, 2), (r"abcd\", UnknownEscape, 4), (r"[a\b]cde", UnknownEscape, 2),
        ("(abcde){64}", TooLong, 11), ("((((abcd){64}){64}){64}){64}", TooLong, 28),
        ("äö😀.", UnknownClass, 4),
    ];
    for (pattern, reason, at) in cases {
        assert_eq!(refused(pattern), (reason, at), "{pattern}");
    }
    assert_eq!(refused(&"a".repeat(257)), (TooLong, 256));
    assert_eq!(refused(&"(".repeat(100)), (TooLong, 17));
    assert!(Pattern::compile(&"a".repeat(256)).is_ok());
}

/// A plain reading of the same tree, character by character with all ways kept, as the rule to compare with.
fn plain(node: &Node, text: &[char], from: usize) -> Vec<usize> {
    let mut ends = match node {
        Node::Set(set) => text.get(from).filter(|c| set.has(**c)).map(|_| from + 1).into_iter().collect(),
        Node::All(parts) => parts.iter().fold(vec![from], |ends, part| {
            let mut next: Vec<usize> = ends.iter().flat_map(|end| plain(part, text, *end)).collect();
            next.sort_unstable();
            next.dedup();
            next
        }),
        Node::Either(branches) => branches.iter().flat_map(|branch| plain(branch, text, from)).collect(),
        Node::Times(part, least, most) => {
            let (mut at, mut all) = (vec![from], Vec::new());
            for time in 0..=*most {
                if time >= *least {
                    all.extend(&at);
                }
                at = at.iter().flat_map(|end| plain(part, text, *end)).collect();
                at.sort_unstable();
                at.dedup();
            }
            all
        }
    };
    ends.sort_unstable();
    ends.dedup();
    ends
}

#[test]
fn agrees_with_a_plain_reading_of_the_tree() {
    let pieces = ["a", "b", "[ab]", "(a|b)", "(ab|ba|a)", "{2}", "{1,3}", "{0,2}", "?", "\\w", "b", "(a{2}|b)", "|"];
    let mut random = crate::random::Xorshift::seeded(7);
    let mut below = |bound: usize| random.below(bound);
    let mut compiled = 0;
    for _ in 0..20_000 {
        let source: String = (0..1 + below(9)).map(|_| pieces[below(pieces.len())]).collect();
        let text: String = (0..below(9)).map(|_| ["a", "b", "c"][below(3)]).collect();
        let (Ok(pattern), Ok(node)) = (Pattern::compile(&source), parse(&source)) else { continue };
        compiled += 1;
        let characters: Vec<char> = text.chars().collect();
        let longest = plain(&node, &characters, 0).last().copied();
        assert_eq!(pattern.ends(&text, |_, _| true), longest, "{source} on {text}");
    }
    assert!(compiled > 500, "{compiled}");
}

#[test]
fn reads_a_flood_within_its_positions() {
    let pattern = Pattern::compile("-{64}x").unwrap();
    let mut count = 0;
    pattern.find(&Text::new(&"-".repeat(100_000)), |_| count += 1);
    assert_eq!(count, 0);
}
