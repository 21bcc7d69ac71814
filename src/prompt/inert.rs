//! Makes a model's sentence inert: no images, no links, no markup, no address that its sources do not have.
//! It does not decide whether the sentence is true.

use super::facts::{self, Fact, Known, Needle};
use super::plan::DropCode;

/// A sentence without anything that could act.
pub(super) struct Inert {
    pub(super) text: String,
    pub(super) dropped: Vec<DropCode>,
    /// A bare link that no source has was taken out.
    pub(super) foreign_url: bool,
}

/// Cleans a text; `sources` are those it may quote from.
pub(super) fn inert(text: &str, sources: &[&Known]) -> Inert {
    let mut out = Inert { text: super::clean::line(text), dropped: Vec::new(), foreign_url: false };
    if out.text.len() != text.len() && text.chars().any(super::clean::is_invisible) {
        out.dropped.push(DropCode::Invisible);
    }
    // Taking one thing out can put another together, so until nothing changes; then whatever is left loses its teeth.
    for _ in 0..MAX_ROUNDS {
        let before = out.text.clone();
        while links(&mut out) {}
        tags(&mut out, sources);
        urls(&mut out, sources);
        if out.text == before {
            return finished(out);
        }
    }
    out.text = out.text.replace(['<', '>', '[', ']', '(', ')'], " ").replace("://", " ");
    out.foreign_url = true;
    finished(out)
}

fn finished(mut out: Inert) -> Inert {
    // What is left of a link that was none.
    out.text = super::clean::line(&out.text.replace("](", "] ("));
    out.dropped.dedup();
    out
}

/// The innermost Markdown link becomes its text, an image nothing; whether there was one.
fn links(out: &mut Inert) -> bool {
    let Some((start, middle, end)) = find_link(&out.text) else { return false };
    let (Some(before), Some(inside), Some(after)) =
        (out.text.get(..start), out.text.get(start + 1..middle), out.text.get(end..))
    else {
        return false;
    };
    let (before, kept, code) = match before.strip_suffix('!') {
        Some(before) => (before, String::new(), DropCode::Image),
        None if facts::is_token(inside) => (before, format!("[{inside}]"), DropCode::Url),
        None => (before, inside.to_owned(), DropCode::Url),
    };
    out.text = format!("{before}{kept}{after}");
    out.dropped.push(code);
    true
}

/// The innermost `[…](…)` or `[…][…]` with a target: where it starts, where its text ends, where it ends.
fn find_link(text: &str) -> Option<(usize, usize, usize)> {
    for (middle, joint) in text.match_indices("](").chain(text.match_indices("][")).chain(text.match_indices("]:")) {
        let Some(start) = text.get(..middle).and_then(|head| head.rfind('[')) else { continue };
        let closing = if joint == "](" { ')' } else { ']' };
        let target = middle + joint.len();
        let tail = text.get(target..).unwrap_or_default();
        match (joint, tail.find(closing)) {
            ("]:", _) => continue,
            // `[EMAIL_1][EMAIL_2]` are two masked values, not a reference.
            ("][", Some(length)) if facts::is_token(tail.get(..length).unwrap_or_default()) => continue,
            (_, Some(length)) => return Some((start, middle, target + length + 1)),
            ("](", None) => return Some((start, middle, text.len())),
            (_, None) => continue,
        }
    }
    None
}

/// Takes out what a browser could read as a tag, unless a source has the very same characters.
fn tags(out: &mut Inert, sources: &[&Known]) {
    let mut kept = String::with_capacity(out.text.len());
    let mut rest = out.text.as_str();
    let mut found = false;
    while let Some((before, after)) = rest.split_once('<') {
        kept.push_str(before);
        let opens = after.starts_with(|char: char| char.is_alphabetic() || "/!?".contains(char));
        let tag = after.split_once('>');
        let quoted = tag.is_some_and(|(name, _)| is_quoted(&format!("<{name}>"), sources));
        if !opens || quoted {
            kept.push('<');
            rest = after;
            continue;
        }
        found = true;
        rest = tag.map_or(after, |(_, following)| following);
    }
    kept.push_str(rest);
    if found {
        out.text = kept;
        out.dropped.push(DropCode::Markup);
    }
}

/// Characters of a source may stay, but no source gives a tag that acts.
fn is_quoted(tag: &str, sources: &[&Known]) -> bool {
    let acts = tag.contains(['=', ':', '"', '\'', '&']) || tag.len() > 80;
    !acts && sources.iter().any(|known| known.has_verbatim(tag))
}

/// Takes out links that no source has, with everything glued to them.
fn urls(out: &mut Inert, sources: &[&Known]) {
    let words: Vec<&str> = out.text.split(' ').filter(|word| !has_foreign_url(word, sources)).collect();
    let joined = words.join(" ");
    if joined != out.text {
        out.text = super::clean::line(&joined);
        out.foreign_url = true;
        out.dropped.push(DropCode::Url);
    }
}

fn has_foreign_url(word: &str, sources: &[&Known]) -> bool {
    let known = |url: &str| sources.iter().any(|known| known.has_url(url));
    let foreign = |fact: &Fact| matches!(fact.needle, Needle::Url(_)) && !sources.iter().any(|known| known.has(fact));
    if facts::facts(word).iter().any(foreign) || facts::urls(word).iter().any(|url| !known(url)) {
        return true;
    }
    // A known link may still be the beginning of something else.
    let bare = facts::trimmed(word);
    bare.contains("://") && !known(&facts::normal_url(bare)) && !sources.iter().any(|known| known.has_verbatim(bare))
}

/// Writes dotted names that no source has so that nothing turns them into links.
pub(super) fn defanged(text: &str, sources: &[&Known]) -> String {
    let mut out = text.to_owned();
    let mut runs = facts::dotted(text);
    // The longest first: a short one may be part of it.
    runs.sort_by_key(|run| std::cmp::Reverse(run.len()));
    for run in runs {
        if !sources.iter().any(|known| known.has_dotted(run)) {
            out = out.replace(run, &run.replace(['.', '\u{3002}', '\u{ff0e}', '\u{ff61}'], "[.]"));
        }
    }
    out
}

const MAX_ROUNDS: usize = 64;

#[cfg(test)]
mod tests {
    use super::*;

    fn check(source: &str, text: &str, expected: &str) {
        let known = Known::of(source);
        assert_eq!(inert(text, &[&known]).text, expected, "{text}");
    }

    #[test]
    fn takes_images_and_links_away() {
        check("", "before ![alt](https://evil.example/x.png?q=secret) after", "before after");
        check("", "see [the docs](https://evil.example) now", "see the docs now");
        check("", "[![a](https://evil.example/a)](https://evil.example/b) x", "x");
        check("", "cut [off](https://evil.example", "cut off");
        check("", "[a][b] <https://evil.example> c", "a c");
        check("", "mail [EMAIL_1](mailto:x) and [EMAIL_1][EMAIL_2]", "mail [EMAIL_1] and [EMAIL_1][EMAIL_2]");
    }

    #[test]
    fn takes_foreign_urls_away_and_keeps_the_sources_own() {
        check("see https://ok.example/a", "see https://ok.example/a.", "see https://ok.example/a.");
        check("see https://ok.example/a", "see https://ok.example/a?d=secret", "see");
        for url in [
            "http://evil.example",
            "javascript:alert(1)",
            "//evil.example/x",
            "www.evil.example",
            "x=https://evil.example",
            "\\\\evil.example\\c$",
        ] {
            check("", &format!("a {url} b"), "a b");
        }
    }

    #[test]
    fn takes_tags_away_unless_the_source_has_them() {
        check("", "a <script>alert(1)</script> b", "a alert(1) b");
        check("", "<<b>script>x<img src=x onerror=y", "ximg src=x onerror=y");
        check("Map<String> and a < b", "uses Map<String> if a < b", "uses Map<String> if a < b");
        check("", "uses Map<String>", "uses Map");
        check("<img src=x onerror=y>", "a <img src=x onerror=y> b", "a b");
    }

    #[test]
    fn takes_what_cannot_be_seen_away() {
        check("", "a\u{200b}b\u{e0041}", "ab");
    }

    #[test]
    fn ends_on_anything() {
        let nested = "[".repeat(500) + &"](x)".repeat(500);
        assert!(!inert(&nested, &[]).text.contains("]("));
    }

    #[test]
    fn defangs_foreign_hosts() {
        let known = Known::of("see ok.example.com");
        assert_eq!(
            defanged("ok.example.com and evil.example.org", &[&known]),
            "ok.example.com and evil[.]example[.]org"
        );
    }
}
