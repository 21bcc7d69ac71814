//! The gate to models. A [`Permit`] names the hosts one decided route may reach, or the one model hosted by Atlassian;
//! without it no request to either can be made, and a request to any other is not. Somebody's text needs a permit of an
//! allowed route.

use std::collections::BTreeSet;

use super::route::Allowed;
use crate::protocol::{
    Method, Millis,
    op::{Egress, Llm, SecretHeader},
};
use crate::provider::{self, Provider};

/// The right to reach the hosts of one route.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Permit {
    hosts: BTreeSet<String>,
    /// The model that the platform carries requests to.
    hosted: Option<String>,
    holds: Holds,
}

/// Whose words a request holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// Ours alone: a token's request, or one that tries a route out.
    OwnWords,
    /// Somebody's text, masked.
    Text,
}

/// A request that passed the gate.
#[derive(Debug)]
pub enum Passed {
    /// To a host.
    Egress(Egress),
    /// To the model hosted by Atlassian.
    Llm(Llm),
}

/// The gate held a request back: nothing was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotSent;

impl Permit {
    /// The hosts of this route, and no other, for words of our own.
    #[must_use]
    pub fn for_route(route: &provider::Route) -> Permit {
        if route.provider() == Provider::ForgeLlm {
            let hosted = Some(route.model().to_owned());
            return Permit { hosts: BTreeSet::new(), hosted, holds: Holds::OwnWords };
        }
        let mut hosts = BTreeSet::from([host_of(route)]);
        if route.provider() == Provider::Vertex {
            hosts.insert(provider::google_auth::TOKEN_HOST.to_owned());
        }
        Permit { hosts, hosted: None, holds: Holds::OwnWords }
    }

    /// The hosts of a route that was allowed for a text, and no other, for that text.
    #[must_use]
    pub fn of(allowed: &Allowed) -> Permit {
        Permit { holds: Holds::Text, ..Permit::for_route(allowed.route()) }
    }

    /// The effect that sends this request.
    ///
    /// # Errors
    /// [`NotSent`] when its host is not the route's, it is not https, or it holds text and the permit is for our own words.
    pub fn pass(&self, request: provider::Request, holds: Holds, timeout: Millis) -> Result<Passed, NotSent> {
        if holds == Holds::Text && self.holds == Holds::OwnWords {
            return Err(NotSent);
        }
        match &self.hosted {
            Some(model) => self.hosted(model, request, timeout).map(Passed::Llm),
            None => self.egress(request, timeout).map(Passed::Egress),
        }
    }

    fn egress(&self, request: provider::Request, timeout: Millis) -> Result<Egress, NotSent> {
        let host = https_host(&request.url).ok_or(NotSent)?;
        if !self.hosts.contains(host) {
            return Err(NotSent);
        }
        Ok(Egress {
            permit: self.clone(),
            method: match request.method {
                provider::Method::Get => Method::Get,
                provider::Method::Post => Method::Post,
            },
            url: request.url,
            headers: request.headers.into_iter().map(|(name, value)| (name, SecretHeader(value))).collect(),
            body: request.body,
            timeout_ms: timeout,
            max_bytes: MAX_ANSWER,
        })
    }

    /// The platform's transport is asked for a model, or for the list of them; nothing else has an address there.
    fn hosted(&self, model: &str, request: provider::Request, timeout: Millis) -> Result<Llm, NotSent> {
        let asked = match (request.method, request.url.strip_prefix(HOSTED).ok_or(NotSent)?) {
            (provider::Method::Get, "") => None,
            (provider::Method::Post, path) if path.strip_prefix('/') == Some(model) => Some(model.to_owned()),
            _ => return Err(NotSent),
        };
        if !request.headers.is_empty() {
            return Err(NotSent);
        }
        Ok(Llm { permit: self.clone(), model: asked, body: request.body, timeout_ms: timeout, max_bytes: MAX_ANSWER })
    }
}

/// The host of a route, with the port where an admin gave one.
#[must_use]
pub fn host_of(route: &provider::Route) -> String {
    let endpoint = route.endpoint().map(ToString::to_string);
    let own = endpoint.as_deref().and_then(https_host).map(str::to_owned);
    own.unwrap_or_else(|| route.host())
}

/// The host with its port of an https address without credentials (RFC 3986 §3.2).
fn https_host(url: &str) -> Option<&str> {
    let rest = url.strip_prefix("https://")?;
    let authority = rest.split(['/', '?', '#']).next()?;
    let plain =
        !authority.is_empty() && !authority.contains(['@', '\\', '%']) && !authority.contains(char::is_whitespace);
    plain.then_some(authority)
}

/// The platform's address of the models it hosts; nothing on the network has this name.
const HOSTED: &str = "https://llm";

/// A model's answer is text of a few thousand tokens; more is not one.
const MAX_ANSWER: u32 = 4 * 1024 * 1024;

#[cfg(test)]
mod tests {
    use super::*;

    fn permit() -> Permit {
        Permit { hosts: BTreeSet::from(["api.model.example".to_owned()]), hosted: None, holds: Holds::Text }
    }

    #[track_caller]
    fn check(url: &str, sent: bool) {
        assert_eq!(permit().pass(request(url), Holds::Text, Millis(1)).is_ok(), sent, "{url}");
    }

    fn request(url: &str) -> provider::Request {
        provider::Request { method: provider::Method::Post, url: url.to_owned(), headers: Vec::new(), body: None }
    }

    #[test]
    fn sends_nobodys_text_by_a_permit_for_our_own_words() {
        let permit = Permit { holds: Holds::OwnWords, ..permit() };
        let url = "https://api.model.example/v1/chat";
        assert!(permit.pass(request(url), Holds::OwnWords, Millis(1)).is_ok());
        assert_eq!(permit.pass(request(url), Holds::Text, Millis(1)).err(), Some(NotSent));
    }

    #[test]
    fn sends_to_the_routes_host_alone() {
        check("https://api.model.example/v1/chat", true);
        check("https://api.model.example", true);
        check("https://other.example/v1", false);
        check("https://api.model.example.evil.example/v1", false);
        check("https://evil.example/api.model.example", false);
    }

    #[test]
    fn the_hosted_model_is_reached_by_its_own_route_alone_and_reaches_no_host() {
        let route = |provider: &str, model: &str| {
            let fields = provider::RouteFields {
                provider: provider.to_owned(),
                model: model.to_owned(),
                ..provider::RouteFields::default()
            };
            Permit::for_route(&provider::Route::parse(&fields).unwrap())
        };
        let asked = |permit: &Permit, method, url: &str, headers: Vec<(String, String)>| {
            let request = provider::Request { method, url: url.to_owned(), headers, body: None };
            permit.pass(request, Holds::OwnWords, Millis(1)).ok()
        };
        let hosted = route("forge-llm", "claude-x");
        let (get, post) = (provider::Method::Get, provider::Method::Post);
        let passes = |method, url: &str| matches!(asked(&hosted, method, url, Vec::new()), Some(Passed::Llm(_)));
        assert!(passes(get, "https://llm") && passes(post, "https://llm/claude-x"));
        for (method, url) in [
            (post, "https://llm"),
            (get, "https://llm/claude-x"),
            (post, "https://llm/claude-y"),
            (post, "https://llm/claude-x/more"),
            (post, "https://llm.example/claude-x"),
            (post, "https://api.anthropic.com/v1/messages"),
        ] {
            assert!(asked(&hosted, method, url, Vec::new()).is_none(), "{url}");
        }
        let key = vec![("authorization".to_owned(), "Bearer k".to_owned())];
        assert!(asked(&hosted, post, "https://llm/claude-x", key).is_none());
        assert!(asked(&route("openai", "gpt-6-luna"), post, "https://llm/claude-x", Vec::new()).is_none());
    }

    #[test]
    fn a_port_is_part_of_where_a_route_goes() {
        let fields = provider::RouteFields {
            provider: "openai-compatible".to_owned(),
            model: "m".to_owned(),
            endpoint: Some("https://llm.example:8443/v1".to_owned()),
            ..provider::RouteFields::default()
        };
        let permit = Permit::for_route(&provider::Route::parse(&fields).unwrap());
        assert_eq!(permit.hosts, BTreeSet::from(["llm.example:8443".to_owned()]));
    }

    /// Ledger: SA-22.
    #[test]
    fn a_host_cannot_be_smuggled_past() {
        for url in [
            "http://api.model.example/v1",
            "https://api.model.example@evil.example/",
            "https://evil.example#@api.model.example/",
            "https://evil.example\\@api.model.example/",
            "https://api.model.example:8443/v1",
            "https://API.model.example/",
            "https://api.model.example%2eevil.example/",
            " https://api.model.example/",
            "//api.model.example/",
            "https:///api.model.example",
            "",
        ] {
            check(url, false);
        }
    }
}
