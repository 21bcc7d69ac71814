//! The verbs `request` and `response`, and of `ask` what comes before its request leaves, for a line whose long texts come beside it, as bytes: to escape a text on one side of the
//! boundary and read it on the other costs more than all the rest of a call.
//! It decides nothing, and says nothing of a line it cannot read: the verb itself says why.
//!
//! A packed line is the texts one after the other and, from `head` on, JSON: `[line, [bytes of each text]]`. In the line they
//! are empty.

use serde::de::DeserializeOwned;

use super::{AskLine, Outcome, PromptField, RequestLine, ResponseLine, built, outcome};
use crate::flow::routed;
use crate::provider::{Request, build_as_typed};

/// The request, its parts parted by NUL, which none of them holds: method, URL, names and values of headers, body.
#[must_use]
pub fn request(packed: &[u8], head: usize) -> Option<String> {
    let (mut line, texts) = unpack::<RequestLine>(packed, head)?;
    match line.prompt.as_mut() {
        Some(prompt) => fill(prompt, &texts)?,
        None if texts.is_empty() => {}
        None => return None,
    }
    Some(joined(&built(line).ok()?))
}

/// The same for the route that is decided on among those of a line of `ask`.
#[must_use]
pub fn ask(packed: &[u8], head: usize) -> Option<String> {
    let (mut line, texts) = unpack::<AskLine>(packed, head)?;
    fill(&mut line.prompt, &texts)?;
    let now = line.now?;
    let (_, routes, credential, prompt) = line.parts().ok()?;
    let allowed = routed(now, &routes, &prompt).ok()?;
    Some(joined(&build_as_typed(allowed.route(), &credential, &prompt).ok()?))
}

fn joined(request: &Request) -> String {
    let headers = request.headers.iter().flat_map(|(name, value)| [name.as_str(), value.as_str()]);
    let parts = [request.method.name(), request.url.as_str()].into_iter().chain(headers);
    let mut joined = String::with_capacity(request.body.as_ref().map_or(0, String::len) + 512);
    for part in parts {
        joined.push_str(part);
        joined.push('\0');
    }
    joined.push_str(request.body.as_deref().unwrap_or_default());
    joined
}

/// The answer: its finish, tokens in, tokens out and text, parted by NUL; anything else as NUL and JSON.
#[must_use]
pub fn response(packed: &[u8], head: usize) -> Option<String> {
    let (line, texts) = unpack::<ResponseLine>(packed, head)?;
    let [body] = texts.as_slice() else { return None };
    match outcome(&line.route, line.kind, line.status, line.headers, body).ok()? {
        Outcome::Answer(answer) => {
            let usage = answer.usage;
            let finish = answer.finish.name();
            Some(format!("{finish}\0{}\0{}\0{}", usage.input_tokens, usage.output_tokens, answer.text))
        }
        other => serde_json::to_string(&other).ok().map(|json| format!("\0{json}")),
    }
}

/// Puts the texts where they are missing: the system's, then the messages' in their order.
fn fill(prompt: &mut PromptField, texts: &[&str]) -> Option<()> {
    let places = prompt.system.iter_mut().chain(prompt.messages.iter_mut().map(|message| &mut message.text));
    let mut texts = texts.iter();
    for place in places {
        place.push_str(texts.next()?);
    }
    texts.next().is_none().then_some(())
}

fn unpack<L: DeserializeOwned>(packed: &[u8], head: usize) -> Option<(L, Vec<&str>)> {
    let (texts, head) = packed.split_at_checked(head)?;
    let (line, lengths): (L, Vec<usize>) = serde_json::from_slice(head).ok()?;
    let mut rest = core::str::from_utf8(texts).ok()?;
    let mut cut = Vec::with_capacity(lengths.len());
    for length in lengths {
        let (text, after) = rest.split_at_checked(length)?;
        cut.push(text);
        rest = after;
    }
    Some((line, cut))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn pack(line: Value, texts: &[&str]) -> (Vec<u8>, usize) {
        let lengths: Vec<usize> = texts.iter().map(|text| text.len()).collect();
        let whole = texts.concat();
        let head = whole.len();
        ((whole + &json!([line, lengths]).to_string()).into_bytes(), head)
    }

    fn asked() -> Value {
        json!({ "route": { "provider": "openai", "model": "gpt-6-luna" }, "credential": { "apiKey": "k" },
            "prompt": { "system": "", "messages": [{ "role": "user", "text": "" }], "maxOutputTokens": 9 } })
    }

    #[test]
    fn builds_what_the_verb_builds() {
        let texts = ["S \"x\" \u{1F600}", "U\n\0"];
        let (packed, head) = pack(asked(), &texts);
        let parted = request(&packed, head).unwrap();
        let parts: Vec<&str> = parted.split('\0').collect();
        let mut whole = asked();
        whole["prompt"]["system"] = texts[0].into();
        whole["prompt"]["messages"][0]["text"] = texts[1].into();
        let verb =
            super::super::request(serde_json::from_value(whole).unwrap()).map(|out| serde_json::to_value(out).unwrap());
        let verb = verb.unwrap()["request"].take();
        assert_eq!((parts[0], parts[1]), (verb["method"].as_str().unwrap(), verb["url"].as_str().unwrap()));
        assert_eq!(*parts.last().unwrap(), verb["body"].as_str().unwrap());
        assert_eq!(parts.len(), 3 + 2 * verb["headers"].as_object().unwrap().len());
    }

    #[test]
    fn decides_on_a_route_before_it_builds() {
        let mut line = asked();
        let line = line.as_object_mut().unwrap();
        let route = line.remove("route").unwrap();
        line.insert("routes".to_owned(), json!([route, { "provider": "openai", "model": "gpt-6-sol" }]));
        line.insert("now".to_owned(), json!(1_800_000_000_000_u64));
        let (packed, head) = pack(Value::Object(line.clone()), &["S", "U"]);
        let (alone, at) = pack(asked(), &["S", "U"]);
        assert_eq!(ask(&packed, head), request(&alone, at));
        assert!(ask(&packed, head).is_some());
        line.insert("routes".to_owned(), json!([]));
        let (packed, head) = pack(Value::Object(line.clone()), &["S", "U"]);
        assert_eq!(ask(&packed, head), None, "no route is allowed");
    }

    #[test]
    fn reads_what_the_verb_reads() {
        let line = json!({ "route": { "provider": "openai", "model": "m" }, "status": 200, "body": "" });
        let body =
            r#"{"choices":[{"message":{"content":"a\u0000b"},"finish_reason":"length"}],"usage":{"prompt_tokens":7}}"#;
        let (packed, head) = pack(line.clone(), &[body]);
        assert_eq!(response(&packed, head).as_deref(), Some("length\x007\x000\0a\0b"));
        let (packed, head) = pack(line, &["{"]);
        assert_eq!(
            response(&packed, head).as_deref(),
            Some("\0{\"error\":{\"code\":\"malformed\",\"retryable\":true}}")
        );
    }

    #[test]
    fn leaves_what_it_cannot_read_to_the_verb() {
        let (packed, head) = pack(asked(), &["S", "U"]);
        for (bytes, head) in [
            (packed.clone(), head + 1),
            (packed.clone(), usize::MAX),
            (Vec::new(), 0),
            (pack(asked(), &["S"]).0, 1),
            (pack(asked(), &["S", "U", "more"]).0, 6),
            (pack(json!({ "unknown": 1 }), &[]).0, 0),
        ] {
            assert_eq!(request(&bytes, head), None);
            assert_eq!(response(&bytes, head), None);
        }
    }
}
