//! A request without the fields that say how to think: a model that does not take one of them answers without.
//! What is asked, its form and its limit stay.

use serde_json::Value;

use crate::provider::Request;

/// The request without them; none when it has none, so that nothing is sent twice for nothing.
pub(super) fn slim(request: Request) -> Option<Request> {
    let mut body: Value = serde_json::from_str(request.body.as_deref()?).ok()?;
    let fields = body.as_object_mut()?;
    let mut dropped = OPTIONAL.iter().filter(|name| fields.remove(**name).is_some()).count();
    if let Some(config) = fields.get_mut("generationConfig").and_then(Value::as_object_mut) {
        dropped = dropped.saturating_add(OF_GOOGLE.iter().filter(|name| config.remove(**name).is_some()).count());
    }
    (dropped > 0).then(|| Request { body: Some(body.to_string()), ..request })
}

const OPTIONAL: &[&str] = &["reasoning_effort", "reasoning", "temperature", "top_p", "thinking"];
const OF_GOOGLE: &[&str] = &["thinkingConfig", "temperature", "topP", "topK"];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::provider::Method;

    #[track_caller]
    fn check(body: &str, expected: Option<&str>) {
        let request =
            Request { method: Method::Post, url: "https://x".to_owned(), headers: Vec::new(), body: Some(body.into()) };
        assert_eq!(slim(request).and_then(|slim| slim.body).as_deref(), expected, "{body}");
    }

    #[test]
    fn drops_how_to_think_and_nothing_else() {
        check(r#"{"model":"m","reasoning_effort":"none"}"#, Some(r#"{"model":"m"}"#));
        check(
            r#"{"generationConfig":{"maxOutputTokens":9,"thinkingConfig":{"thinkingLevel":"LOW"}}}"#,
            Some(r#"{"generationConfig":{"maxOutputTokens":9}}"#),
        );
        check(r#"{"model":"m","response_format":{"type":"json_schema"}}"#, None);
        check("[]", None);
        check("no json", None);
    }
}
