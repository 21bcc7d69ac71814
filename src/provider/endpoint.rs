//! The base URL of a customer's own server, in the one spelling that is allowed.
//! It resolves nothing: what a name points at is for the platform's egress to watch.
//!
//! The grammar is a small part of RFC 3986 on purpose: what URL parsers disagree about (escapes, backslashes, user
//! information, unusual numbers, international names) is refused, not interpreted.

use std::fmt;

/// An accepted base URL: `https`, a public host name, an optional port, a plain path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endpoint {
    host: String,
    port: Option<u16>,
    path: String,
}

/// Why a base URL is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EndpointProblem {
    /// Longer than any base URL.
    TooLong,
    /// Not `https://`.
    Scheme,
    /// A user name or password in the URL.
    Credentials,
    /// A query or a fragment.
    Query,
    /// A character outside the plain ones.
    Characters,
    /// Not a host name of at least two plain labels.
    Host,
    /// An address in numbers; the certificate of a public service is for a name.
    Address,
    /// A name that never leaves a private network, or stands for an address.
    Private,
    /// Not a port.
    Port,
    /// A path with empty or dotted segments.
    Path,
}

impl EndpointProblem {
    /// A short name for messages.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::TooLong => "too-long",
            Self::Scheme => "scheme",
            Self::Credentials => "credentials",
            Self::Query => "query",
            Self::Characters => "characters",
            Self::Host => "host",
            Self::Address => "address",
            Self::Private => "private",
            Self::Port => "port",
            Self::Path => "path",
        }
    }
}

impl Endpoint {
    /// Reads a base URL as an administrator typed it.
    ///
    /// ```
    /// use quillgate::provider::Endpoint;
    /// let endpoint = Endpoint::parse("https://LLM.Example.com/v1/").unwrap();
    /// assert_eq!(endpoint.to_string(), "https://llm.example.com/v1");
    /// ```
    ///
    /// # Errors
    /// When it is anything but a plain public https address.
    pub fn parse(typed: &str) -> Result<Self, EndpointProblem> {
        let url = typed.trim();
        if url.len() > MAX_LENGTH {
            return Err(EndpointProblem::TooLong);
        }
        let (scheme, rest) = url.split_once("://").ok_or(EndpointProblem::Scheme)?;
        if !scheme.eq_ignore_ascii_case("https") {
            return Err(EndpointProblem::Scheme);
        }
        if rest.contains(['?', '#']) {
            return Err(EndpointProblem::Query);
        }
        let (authority, path) = rest.split_once('/').unwrap_or((rest, ""));
        if authority.contains('@') {
            return Err(EndpointProblem::Credentials);
        }
        if !rest.bytes().all(is_plain) {
            return Err(EndpointProblem::Characters);
        }
        let (host, port) = match authority.split_once(':') {
            Some((host, port)) => (host, parse_port(port)?),
            None => (authority, None),
        };
        Ok(Self { host: parse_host(host)?, port, path: parse_path(path)? })
    }

    /// The host, in lower case.
    #[must_use]
    pub fn host(&self) -> &str {
        &self.host
    }

    /// The URL of an operation below the base.
    #[must_use]
    pub fn join(&self, operation: &str) -> String {
        format!("{self}{operation}")
    }
}

impl fmt::Display for Endpoint {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "https://{}", self.host)?;
        if let Some(port) = self.port {
            write!(out, ":{port}")?;
        }
        write!(out, "{}", self.path)
    }
}

fn is_plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._~/:".contains(&byte)
}

fn parse_port(text: &str) -> Result<Option<u16>, EndpointProblem> {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit()) && !text.starts_with('0');
    match text.parse::<u16>() {
        Ok(443) if digits => Ok(None),
        Ok(port) if digits => Ok(Some(port)),
        Ok(_) | Err(_) => Err(EndpointProblem::Port),
    }
}

fn parse_host(text: &str) -> Result<String, EndpointProblem> {
    let host = text.to_ascii_lowercase();
    let labels: Vec<&str> = host.split('.').collect();
    if host.len() > 253 || !labels.iter().all(|label| is_host_label(label)) {
        return Err(EndpointProblem::Host);
    }
    // A last label that starts with a digit makes the whole an IPv4 address to some parser (`127.1`, `0x7f.1`).
    if labels.last().is_some_and(|last| last.starts_with(|first: char| first.is_ascii_digit())) {
        return Err(EndpointProblem::Address);
    }
    let suffix = |name: &&str| host == **name || host.strip_suffix(*name).is_some_and(|head| head.ends_with('.'));
    if PRIVATE_SUFFIXES.iter().any(suffix) || METADATA_HOSTS.contains(&host.as_str()) {
        return Err(EndpointProblem::Private);
    }
    if labels.len() < 2 {
        return Err(EndpointProblem::Host);
    }
    Ok(host)
}

fn is_host_label(label: &str) -> bool {
    (1..=63).contains(&label.len())
        && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        && !label.starts_with('-')
        && !label.ends_with('-')
        // Labels with hyphens in places three and four are reserved (RFC 5891, 4.2.3.1): look-alikes hide there.
        && label.get(2..4) != Some("--")
}

fn parse_path(text: &str) -> Result<String, EndpointProblem> {
    let trimmed = text.trim_end_matches('/');
    if trimmed.is_empty() {
        return Ok(String::new());
    }
    if trimmed.split('/').any(|segment| segment.is_empty() || segment.bytes().all(|byte| byte == b'.')) {
        return Err(EndpointProblem::Path);
    }
    Ok(format!("/{trimmed}"))
}

const MAX_LENGTH: usize = 512;

/// Names for use inside a network (RFC 6761, 6762, 8375, 9476 and custom), and public services that map any name to any
/// address.
const PRIVATE_SUFFIXES: &[&str] = &[
    "localhost",
    "local",
    "localdomain",
    "internal",
    "intranet",
    "private",
    "corp",
    "home",
    "lan",
    "alt",
    "onion",
    "arpa",
    "svc",
    "nip.io",
    "sslip.io",
    "xip.io",
    "traefik.me",
    "localtest.me",
    "lvh.me",
    "vcap.me",
    "lacolhost.com",
    "r3dir.me",
    "r87.me",
    "1u.ms",
    "rbndr.us",
    "spoofed.burpcollaborator.net",
    "fbi.com",
];

/// Public names of cloud metadata services.
const METADATA_HOSTS: &[&str] = &["metadata.packet.net", "metadata.platformequinix.com", "instance-data", "metadata"];

#[cfg(test)]
mod tests {
    use super::*;

    fn check(typed: &str, expected: Result<&str, EndpointProblem>) {
        let parsed = Endpoint::parse(typed).map(|endpoint| endpoint.to_string());
        assert_eq!(parsed, expected.map(str::to_owned), "{typed}");
    }

    #[test]
    fn keeps_a_plain_public_base() {
        check("https://llm.example.com/v1", Ok("https://llm.example.com/v1"));
        check(" https://LLM.Example.COM:443/v1// ", Ok("https://llm.example.com/v1"));
        check("HTTPS://a-1.example.com:8443", Ok("https://a-1.example.com:8443"));
        check("https://example.com/openai/v1.2_x~y", Ok("https://example.com/openai/v1.2_x~y"));
    }

    #[test]
    fn refuses_every_other_scheme() {
        for url in
            ["http://example.com/v1", "ftp://example.com", "example.com/v1", "https:/example.com", "//example.com", ""]
        {
            check(url, Err(EndpointProblem::Scheme));
        }
    }

    #[test]
    fn refuses_credentials_queries_and_odd_characters() {
        check("https://user:pass@example.com/", Err(EndpointProblem::Credentials));
        check("https://example.com@evil.org/", Err(EndpointProblem::Credentials));
        check("https://example.com/v1?x=1", Err(EndpointProblem::Query));
        check("https://example.com/v1#x", Err(EndpointProblem::Query));
        for url in [
            "https://exa mple.com",
            "https://ex%61mple.com",
            "https://example.com\\@evil",
            "https://ⓔxample.com",
            "https://[::1]/",
        ] {
            assert!(Endpoint::parse(url).is_err(), "{url}");
        }
    }

    #[test]
    fn refuses_addresses_in_any_spelling() {
        for url in [
            "https://127.0.0.1/",
            "https://127.1",
            "https://0x7f.1",
            "https://2130706433",
            "https://017700000001",
            "https://10.0.0.8",
            "https://169.254.169.254/latest",
            "https://8.8.8.8",
            "https://1.2.3.0x4",
            "https://example.123",
        ] {
            check(url, Err(EndpointProblem::Address));
        }
    }

    #[test]
    fn refuses_names_of_private_networks() {
        for url in [
            "https://localhost",
            "https://api.localhost/v1",
            "https://printer.local",
            "https://metadata.google.internal",
            "https://llm.corp",
            "https://10.0.0.1.nip.io",
            "https://metadata.packet.net/userdata",
            "https://4.3.2.1.in-addr.arpa",
        ] {
            check(url, Err(EndpointProblem::Private));
        }
    }

    #[test]
    fn refuses_bad_hosts_ports_and_paths() {
        for url in [
            "https://",
            "https:///v1",
            "https://intra",
            "https://a..b",
            "https://-a.com",
            "https://a.com.",
            "https://xn--80ak6aa92e.com",
        ] {
            check(url, Err(EndpointProblem::Host));
        }
        for url in
            ["https://a.com:0", "https://a.com:99999", "https://a.com:", "https://a.com:8:9", "https://a.com:+80"]
        {
            assert!(Endpoint::parse(url).is_err(), "{url}");
        }
        check("https://a.com/v1/../admin", Err(EndpointProblem::Path));
        check("https://a.com/v1//x", Err(EndpointProblem::Path));
        check(&format!("https://a.com/{}", "x".repeat(600)), Err(EndpointProblem::TooLong));
    }
}
