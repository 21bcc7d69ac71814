//! Code in a text of prose: blocks of Jira's markup and of Markdown, and words in braces. No guessed person stands in them.
//! What the host names is looked for there all the same, elsewhere.

/// The end of a code block that begins here. A block that never ends is none, and its end is looked for once.
pub(super) fn fence(text: &str, at: usize, no_end: &mut [bool; FENCES.len()]) -> Option<usize> {
    let rest = text.get(at..)?;
    let which = FENCES.iter().position(|(open, _)| rest.starts_with(open))?;
    let (open, close) = FENCES.get(which)?;
    let missing = no_end.get_mut(which).filter(|missing| !**missing)?;
    let inner = at + open.len();
    let reach = if *open == "{{" {
        text.get(inner..)?.bytes().take(MONOSPACE).take_while(|byte| *byte != b'\n').count()
    } else {
        text.len() - inner
    };
    let within = text.as_bytes().get(inner..inner + reach)?;
    let length = find(within, close.as_bytes());
    *missing = length.is_none() && *open != "{{";
    Some(inner + length? + close.len())
}

fn find(within: &[u8], what: &[u8]) -> Option<usize> {
    memchr::memmem::find(within, what)
}

pub(super) const FENCES: &[(&str, &str)] =
    &[("{code", "{code}"), ("{noformat", "{noformat}"), ("```", "```"), ("{{", "}}")];

/// A word in braces ends on its line, within so many bytes.
const MONOSPACE: usize = 200;
