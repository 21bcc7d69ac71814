//! Streams as each API writes them, whole, cut at every place, and with an error inside.
//! What the folded object means is tested where it is read.

use crate::provider::{Code, Finish, Route, RouteFields, read};

fn route(provider: &str, api: Option<crate::provider::Api>) -> Route {
    let fields =
        RouteFields { provider: provider.to_owned(), model: "some-model".to_owned(), api, ..RouteFields::default() };
    Route::parse(&fields).unwrap()
}

fn sse(pieces: &[&str]) -> String {
    pieces.iter().map(|piece| format!("data: {piece}\n\n")).collect()
}

const CHAT: &[&str] = &[
    r#"{"choices":[],"prompt_filter_results":[{"prompt_index":0}]}"#,
    r#"{"choices":[{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":null}],"usage":null}"#,
    r#"{"choices":[{"index":0,"delta":{"content":"Hel"}}]}"#,
    r#"{"choices":[{"index":1,"delta":{"content":"other"}}]}"#,
    r#"{"choices":[{"index":0,"delta":{"content":"lo"},"finish_reason":null}]}"#,
    r#"{"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}"#,
    r#"{"choices":[],"usage":{"prompt_tokens":7,"completion_tokens":2}}"#,
];

const MESSAGES: &[&str] = &[
    r#"{"type":"message_start","message":{"content":[],"usage":{"input_tokens":5,"cache_read_input_tokens":2,"output_tokens":1}}}"#,
    r#"{"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":""}}"#,
    r#"{"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"hm"}}"#,
    r#"{"type":"content_block_start","index":1,"content_block":{"type":"text","text":""}}"#,
    r#"{"type":"ping"}"#,
    r#"{"type":"content_block_delta","index":1,"delta":{"type":"text_delta","text":"Hello"}}"#,
    r#"{"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":2,"input_tokens":null}}"#,
    r#"{"type":"message_stop"}"#,
];

const RESPONSES: &[&str] = &[
    r#"{"type":"response.created","response":{"status":"in_progress","output":[]}}"#,
    r#"{"type":"response.output_text.delta","delta":"Hello"}"#,
    r#"{"type":"response.output_item.done","item":{"type":"message","content":[{"type":"output_text","text":"Hello"}]}}"#,
    r#"{"type":"response.completed","response":{"status":"completed","output":[],"error":null,"usage":{"input_tokens":7,"output_tokens":2}}}"#,
];

const GEMINI: &[&str] = &[
    r#"{"candidates":[{"content":{"parts":[{"text":"think","thought":true},{"text":"Hel"}]}}],"usageMetadata":{"promptTokenCount":7}}"#,
    r#"{"candidates":[{"content":{"parts":[{"text":"lo"}]},"finishReason":"STOP"}],"usageMetadata":{"promptTokenCount":7,"candidatesTokenCount":2}}"#,
];

/// Provider, API, and the pieces of one answer: "Hello", finished, 7 tokens read and 2 written.
fn streams() -> Vec<(Route, &'static [&'static str])> {
    vec![
        (route("openai", None), CHAT),
        (route("openai", Some(crate::provider::Api::Responses)), RESPONSES),
        (route("anthropic", None), MESSAGES),
        (route("gemini", None), GEMINI),
    ]
}

#[test]
fn reads_a_stream_as_the_answer_it_is() {
    for (route, pieces) in streams() {
        let crlf = sse(pieces).replace('\n', "\r\n");
        let no_empty_lines = sse(pieces).replace("\n\n", "\n");
        let named: String =
            pieces.iter().map(|piece| format!("event: x\nid: 1\n: comment\ndata: {piece}\n\n")).collect();
        let lines = pieces.join("\n");
        for body in [sse(pieces), crlf, no_empty_lines, named, lines] {
            let answer = read(&route, 200, &[], &body).unwrap_or_else(|error| panic!("{error:?} for {body}"));
            assert_eq!((answer.text.as_str(), answer.finish), ("Hello", Finish::Stop), "{body}");
            assert_eq!((answer.usage.input_tokens, answer.usage.output_tokens), (7, 2), "{body}");
        }
    }
    let list = format!("[{}]", GEMINI.join(",\n"));
    assert_eq!(read(&route("gemini", None), 200, &[], &list).unwrap().text, "Hello");
}

#[test]
fn refuses_a_stream_that_was_cut_before_its_end() {
    for (route, pieces) in streams() {
        let end = pieces
            .iter()
            .position(|piece| ["\"stop\"", "end_turn", "completed", "STOP"].iter().any(|w| piece.contains(w)));
        let whole = sse(pieces.split_at(end.unwrap()).0);
        for (cut, _) in whole.char_indices().skip(6) {
            let error = read(&route, 200, &[], whole.split_at(cut).0).unwrap_err();
            assert_eq!((error.code, error.retryable), (Code::Malformed, true), "{}", whole.split_at(cut).0);
        }
    }
}

#[test]
fn reports_the_error_inside_a_stream() {
    let check = |route: &Route, body: &str, code: Code| {
        assert_eq!(read(route, 200, &[], body).unwrap_err().code, code, "{body}");
    };
    let (chat, responses) = (route("openai", None), route("openai", Some(crate::provider::Api::Responses)));
    let started = sse(&CHAT[..3]);
    check(&chat, &format!("{started}data: {{\"error\":{{\"code\":\"rate_limit_exceeded\"}}}}\n\n"), Code::RateLimited);
    check(&chat, &format!("{started}event: error\ndata: the server gave up\n\n"), Code::Server);
    check(&responses, &sse(&[r#"{"type":"error","code":"insufficient_quota","message":"m"}"#]), Code::Quota);
    check(
        &responses,
        &sse(&[
            r#"{"type":"response.failed","response":{"status":"failed","output":[],"error":{"code":"server_error"}}}"#,
        ]),
        Code::Server,
    );
    check(
        &route("anthropic", None),
        &format!(
            "{}event: error\ndata: {{\"type\":\"error\",\"error\":{{\"type\":\"overloaded_error\"}}}}\n\n",
            sse(&MESSAGES[..6])
        ),
        Code::Overloaded,
    );
    check(
        &route("gemini", None),
        &format!("{}data: {{\"error\":{{\"code\":503,\"status\":\"UNAVAILABLE\"}}}}\n\n", sse(&GEMINI[..1])),
        Code::Overloaded,
    );
}

#[test]
fn lets_a_message_that_begins_anew_take_the_place_of_the_one_before() {
    let twice: Vec<&str> = MESSAGES[..6].iter().chain(MESSAGES).copied().collect();
    assert_eq!(read(&route("anthropic", None), 200, &[], &sse(&twice)).unwrap().text, "Hello");
}

#[test]
fn reads_data_over_several_lines() {
    let body = "data: {\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"Hello\"}]},\ndata: \"finishReason\":\"STOP\"}]}\n\n";
    assert_eq!(read(&route("gemini", None), 200, &[], body).unwrap().text, "Hello");
}

#[test]
fn reads_hostile_streams_in_time_that_grows_with_their_length() {
    let many = "data: [1,\n".repeat(100_000);
    assert!(read(&route("openai", None), 200, &[], &many).is_err());
    assert!(read(&route("openai", None), 200, &[], &"{}\n".repeat(100_000)).is_err());
}
