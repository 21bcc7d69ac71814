//! What was pasted into a key field: what it looks like, and whether the provider it was pasted for can take it.
//! It proves nothing (only the provider can), and what it says never holds a part of what was pasted.

use base64ct::{Base64UrlUnpadded, Encoding};
use serde_json::Value;

use crate::protocol::Millis;
use crate::provider::google_auth::{AccountProblem, ServiceAccount};
use crate::provider::{Credential, CredentialProblem, Provider};
use crate::record::CredentialKind;
use crate::vault::SecretText;

/// A pasted text that the provider may take.
pub struct Accepted {
    /// The text, without the blanks around it.
    pub secret: SecretText,
    /// What it is.
    pub kind: CredentialKind,
    /// The service account, when it is one.
    pub account: Option<ServiceAccount>,
    /// When it ends, as far as it says so itself.
    pub expires: Option<Millis>,
}

/// Why a pasted text is no key for the provider.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyProblem {
    /// Nothing but blanks.
    Empty,
    /// Longer than any key.
    TooLong,
    /// Characters that no key has.
    Characters,
    /// Plainly a key of somebody else, or another kind of thing.
    LooksLike(Look),
    /// This provider is asked with a service account or a token, and this is neither.
    NoServiceAccount,
    /// The file of a service account, and something is wrong with it.
    Account(AccountProblem),
    /// A token whose time is over.
    Expired,
    /// The route takes none.
    NotNeeded,
}

impl KeyProblem {
    /// The stable name of the reason.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::TooLong => "too-long",
            Self::Characters => "characters",
            Self::LooksLike(_) => "looks-like",
            Self::NoServiceAccount => "no-service-account",
            Self::Account(problem) => problem.code(),
            Self::Expired => "expired",
            Self::NotNeeded => "not-needed",
        }
    }
}

/// What a pasted text looks like by the marks that its issuer documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// `sk-ant-…`
    Anthropic,
    /// `sk-…`
    OpenAi,
    /// `AIza…`
    Google,
    /// `ya29.…`
    GoogleToken,
    /// The JSON of a service account.
    ServiceAccount,
    /// Another JSON object.
    Json,
    /// A key in PEM, without its file.
    Pem,
    /// Three parts in base64url: a signed token (RFC 7519).
    SignedToken,
    /// `gh…_`, `xox…`, `AKIA…`, `ATATT…`: no model's at all.
    OtherService,
    /// An address.
    Url,
}

impl Look {
    /// The stable name, for the page.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Anthropic => "anthropic",
            Self::OpenAi => "openai",
            Self::Google => "gemini",
            Self::GoogleToken => "google-token",
            Self::ServiceAccount => "service-account",
            Self::Json => "json",
            Self::Pem => "pem",
            Self::SignedToken => "signed-token",
            Self::OtherService => "other-service",
            Self::Url => "url",
        }
    }

    fn of(text: &str) -> Option<Look> {
        let starts = |marks: &[&str]| marks.iter().any(|mark| text.starts_with(mark));
        if text.starts_with('{') {
            return Some(if text.contains("service_account") { Look::ServiceAccount } else { Look::Json });
        }
        match () {
            () if text.contains("-----BEGIN ") => Some(Look::Pem),
            () if starts(&["https://", "http://"]) => Some(Look::Url),
            () if starts(&["sk-ant-"]) => Some(Look::Anthropic),
            () if starts(&["sk-"]) => Some(Look::OpenAi),
            () if starts(&["AIza"]) => Some(Look::Google),
            () if starts(&["ya29."]) => Some(Look::GoogleToken),
            () if starts(OTHER_SERVICES) => Some(Look::OtherService),
            () if starts(&["eyJ"]) && text.split('.').count() == 3 => Some(Look::SignedToken),
            () => None,
        }
    }
}

/// Reads what was pasted for a provider.
///
/// # Errors
/// Why the provider cannot take it.
pub fn accept(provider: Provider, pasted: &SecretText, now: Millis) -> Result<Accepted, KeyProblem> {
    // Exposed to be looked at; it leaves only inside `Accepted`.
    let text = pasted.expose().trim();
    let look = Look::of(text);
    if provider == Provider::ForgeLlm {
        return Err(KeyProblem::NotNeeded);
    }
    if text.is_empty() {
        return Err(KeyProblem::Empty);
    }
    if provider == Provider::Vertex && look == Some(Look::ServiceAccount) {
        let account = ServiceAccount::parse(text).map_err(KeyProblem::Account)?;
        let secret = SecretText::new(text.to_owned());
        return Ok(Accepted { secret, kind: CredentialKind::ServiceAccount, account: Some(account), expires: None });
    }
    let kind = kind(provider, look)?;
    Credential::api_key(text).map_err(|problem| match problem {
        CredentialProblem::Empty => KeyProblem::Empty,
        CredentialProblem::TooLong => KeyProblem::TooLong,
        CredentialProblem::Characters => KeyProblem::Characters,
    })?;
    let expires = (look == Some(Look::SignedToken)).then(|| expiry(text)).flatten();
    if expires.is_some_and(|end| end <= now) {
        return Err(KeyProblem::Expired);
    }
    Ok(Accepted { secret: SecretText::new(text.to_owned()), kind, account: None, expires })
}

/// As what the provider takes a text of this look. A key of no known look may be anybody's: the provider will say.
fn kind(provider: Provider, look: Option<Look>) -> Result<CredentialKind, KeyProblem> {
    let wrong = |look: Look| Err(KeyProblem::LooksLike(look));
    match (provider, look) {
        (Provider::Vertex, Some(Look::GoogleToken | Look::SignedToken)) => Ok(CredentialKind::AccessToken),
        (Provider::Vertex, None) => Err(KeyProblem::NoServiceAccount),
        (Provider::AzureOpenAi, Some(Look::SignedToken)) => Ok(CredentialKind::AccessToken),
        (Provider::OpenAi, None | Some(Look::OpenAi))
        | (Provider::Anthropic, None | Some(Look::Anthropic))
        | (Provider::Gemini, None | Some(Look::Google))
        | (Provider::AzureOpenAi, None) => Ok(CredentialKind::Api),
        // A server of the customer's own may hand out, or pass on, keys of any look.
        (
            Provider::OpenAiCompatible,
            None | Some(Look::OpenAi | Look::Anthropic | Look::Google | Look::GoogleToken | Look::SignedToken),
        ) => Ok(CredentialKind::Api),
        (Provider::ForgeLlm, _) => Err(KeyProblem::NotNeeded),
        (_, Some(look)) => wrong(look),
    }
}

/// The claim `exp` of a signed token (RFC 7519 §4.1.4). It is not verified: it only tells the admin when to come back.
fn expiry(token: &str) -> Option<Millis> {
    let claims = Base64UrlUnpadded::decode_vec(token.split('.').nth(1)?).ok()?;
    let claims: Value = serde_json::from_slice(&claims).ok()?;
    Some(Millis(1_000).times(claims.get("exp")?.as_u64()?))
}

/// Marks that GitHub, Slack, AWS and Atlassian document for theirs.
const OTHER_SERVICES: &[&str] = &["ghp_", "gho_", "github_pat_", "xoxb-", "xoxp-", "AKIA", "ASIA", "ATATT"];

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Millis = Millis(1_800_000_000_000);

    #[track_caller]
    fn check(provider: Provider, pasted: &str, expected: Result<CredentialKind, KeyProblem>) {
        let found = accept(provider, &SecretText::new(pasted.to_owned()), NOW).map(|accepted| accepted.kind);
        assert_eq!(found, expected, "{} {pasted}", provider.name());
    }

    fn token(claims: &str) -> String {
        let part = |text: &str| Base64UrlUnpadded::encode_string(text.as_bytes());
        format!("{}.{}.c2ln", part(r#"{"alg":"RS256"}"#), part(claims))
    }

    #[test]
    fn takes_each_providers_own_key() {
        let api = Ok(CredentialKind::Api);
        check(Provider::OpenAi, "  sk-proj-abc\n", api);
        check(Provider::OpenAi, "a-key-of-no-known-look", api);
        check(Provider::Anthropic, "sk-ant-api03-abc", api);
        check(Provider::Gemini, "AIzaSyabc", api);
        check(Provider::AzureOpenAi, "0123456789abcdef0123456789abcdef", api);
        check(Provider::OpenAiCompatible, "sk-ant-any", api);
        check(Provider::OpenAiCompatible, "none", api);
        check(Provider::Vertex, "ya29.a0Abc", Ok(CredentialKind::AccessToken));
        check(Provider::AzureOpenAi, &token(r#"{"exp":1800000001}"#), Ok(CredentialKind::AccessToken));
    }

    #[test]
    fn knows_a_key_of_somebody_else() {
        use Look::{Anthropic, Google, Json, OpenAi, OtherService, Pem, ServiceAccount, SignedToken, Url};
        for (provider, pasted, look) in [
            (Provider::OpenAi, "sk-ant-api03-abc", Anthropic),
            (Provider::OpenAi, "AIzaSyabc", Google),
            (Provider::OpenAi, r#"{"type":"service_account"}"#, ServiceAccount),
            (Provider::Anthropic, "sk-proj-abc", OpenAi),
            (Provider::Anthropic, "-----BEGIN PRIVATE KEY-----", Pem),
            (Provider::Gemini, r#"{"installed":{}}"#, Json),
            (Provider::Gemini, "sk-abc", OpenAi),
            (Provider::Gemini, "eyJhbGciOiJSUzI1NiJ9.e30.c2ln", SignedToken),
            (Provider::AzureOpenAi, "sk-abc", OpenAi),
            (Provider::AzureOpenAi, "https://x.openai.azure.com", Url),
            (Provider::Vertex, "AIzaSyabc", Google),
            (Provider::Vertex, r#"{"type":"authorized_user"}"#, Json),
            (Provider::OpenAiCompatible, r#"{"a":1}"#, Json),
            (Provider::OpenAi, "ghp_0123", OtherService),
        ] {
            check(provider, pasted, Err(KeyProblem::LooksLike(look)));
        }
        check(Provider::Vertex, "some-key", Err(KeyProblem::NoServiceAccount));
    }

    #[test]
    fn refuses_what_is_no_key_at_all() {
        check(Provider::OpenAi, " \n", Err(KeyProblem::Empty));
        check(Provider::OpenAi, "two words", Err(KeyProblem::Characters));
        check(Provider::OpenAi, &"k".repeat(8_193), Err(KeyProblem::TooLong));
        check(Provider::ForgeLlm, "anything", Err(KeyProblem::NotNeeded));
        let pkcs1 = r#"{"type":"service_account","client_email":"a@b.example","private_key_id":"k1",
            "private_key":"-----BEGIN RSA PRIVATE KEY-----\nMII\n-----END RSA PRIVATE KEY-----"}"#;
        check(Provider::Vertex, pkcs1, Err(KeyProblem::Account(AccountProblem::Pkcs1)));
    }

    #[test]
    fn reads_when_a_token_ends() {
        let read = |claims: &str| accept(Provider::AzureOpenAi, &SecretText::new(token(claims)), NOW);
        assert_eq!(read(r#"{"exp":1800000060}"#).map(|accepted| accepted.expires), Ok(Some(NOW.plus(Millis(60_000)))));
        assert_eq!(read(r#"{"exp":"soon"}"#).map(|accepted| accepted.expires), Ok(None));
        assert_eq!(read(r#"{"exp":1800000000}"#).err(), Some(KeyProblem::Expired));
    }
}
