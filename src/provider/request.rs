//! A request ready to be performed, and why one could not be built.
//! It has no Debug and no Serialize: a header carries the key.

/// The two methods the adapters use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Read.
    Get,
    /// Ask.
    Post,
}

impl Method {
    /// As in the request line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
        }
    }
}

/// One HTTP request. The header values hold the credential; method, URL and body may be shown.
pub struct Request {
    /// Method.
    pub method: Method,
    /// Absolute https URL, without the credential.
    pub url: String,
    /// Lower-case names with their values.
    pub headers: Vec<(String, String)>,
    /// JSON or form text.
    pub body: Option<String>,
}

impl Request {
    pub(super) fn post_json(url: String, auth: (&str, String), body: String) -> Self {
        let headers = vec![
            (auth.0.to_owned(), auth.1),
            ("content-type".to_owned(), "application/json".to_owned()),
            ("accept".to_owned(), "application/json".to_owned()),
        ];
        Self { method: Method::Post, url, headers, body: Some(body) }
    }

    /// The same with one header more.
    pub(super) fn with_header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    pub(super) fn get(url: String, auth: (&str, String)) -> Self {
        let headers = vec![(auth.0.to_owned(), auth.1), ("accept".to_owned(), "application/json".to_owned())];
        Self { method: Method::Get, url, headers, body: None }
    }
}

/// Why a request cannot be built.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BuildProblem {
    /// This provider has no such operation.
    NoAdapter,
    /// An API key where a token is needed, or the other way round.
    CredentialKind,
    /// There is no message to answer.
    NoMessage,
    /// The output limit is zero or beyond what any model writes.
    OutputTokens,
    /// The schema or its name cannot be expressed for this provider.
    Schema,
    /// This provider has no embeddings, or the texts do not fit in one request.
    Embedding,
}
