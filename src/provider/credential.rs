//! What a provider is shown to prove who pays: an API key, a short-lived access token, or nothing where the platform vouches.
//! It is not stored here and has no way to be printed.

use super::{BuildProblem, Provider, Route};
use crate::vault::SecretText;

/// A key or token that is safe to put into a header line.
pub enum Credential {
    /// A key the customer typed in.
    ApiKey(SecretText),
    /// An OAuth access token.
    AccessToken(SecretText),
    /// Nothing: the platform that carries the call says whose it is.
    NotNeeded,
}

/// Why a key or token is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CredentialProblem {
    /// Nothing but white space.
    Empty,
    /// Longer than any provider's.
    TooLong,
    /// A character that no key has and no header may carry.
    Characters,
}

impl Credential {
    /// Takes an API key as it was pasted; white space around it is dropped.
    ///
    /// # Errors
    /// When it cannot be a key.
    pub fn api_key(pasted: &str) -> Result<Self, CredentialProblem> {
        secret(pasted).map(Self::ApiKey)
    }

    /// Takes an access token.
    ///
    /// # Errors
    /// When it cannot be a token.
    pub fn access_token(token: &str) -> Result<Self, CredentialProblem> {
        secret(token).map(Self::AccessToken)
    }

    /// Whether a route takes this kind.
    pub(super) fn fits(&self, route: &Route) -> Result<(), BuildProblem> {
        match (route.provider(), self) {
            // An API key would select express mode, which ignores the location: processing would leave the region silently.
            (Provider::Vertex, Self::ApiKey(_) | Self::NotNeeded) => Err(BuildProblem::CredentialKind),
            (Provider::ForgeLlm, _) | (_, Self::ApiKey(_) | Self::AccessToken(_)) => Ok(()),
            (_, Self::NotNeeded) => Err(BuildProblem::CredentialKind),
        }
    }

    /// The bytes for a header line; the one place where they leave their wrapper.
    pub(super) fn expose(&self) -> &str {
        match self {
            Self::ApiKey(secret) | Self::AccessToken(secret) => secret.expose(),
            Self::NotNeeded => "",
        }
    }

    /// The header of a bearer token (RFC 6750, 2.1).
    pub(super) fn bearer(&self) -> (&'static str, String) {
        ("authorization", format!("Bearer {}", self.expose()))
    }
}

fn secret(pasted: &str) -> Result<SecretText, CredentialProblem> {
    let text = pasted.trim();
    if text.is_empty() {
        return Err(CredentialProblem::Empty);
    }
    if text.len() > MAX_LENGTH {
        return Err(CredentialProblem::TooLong);
    }
    // Visible ASCII only: nothing here can end a header line or start another.
    if !text.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(CredentialProblem::Characters);
    }
    Ok(SecretText::new(text.to_owned()))
}

/// Entra and Google tokens reach about two thousand characters.
const MAX_LENGTH: usize = 8192;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trims_what_was_pasted() {
        let key = Credential::api_key("  sk-abc\n").unwrap();
        assert_eq!(key.expose(), "sk-abc");
    }

    #[test]
    fn refuses_what_would_break_a_header() {
        let problem = |text: &str| Credential::api_key(text).err();
        assert_eq!(problem(" \n"), Some(CredentialProblem::Empty));
        assert_eq!(problem("a\r\nx-evil: 1"), Some(CredentialProblem::Characters));
        assert_eq!(problem("clé"), Some(CredentialProblem::Characters));
        assert_eq!(problem("two words"), Some(CredentialProblem::Characters));
        assert_eq!(problem(&"k".repeat(8193)), Some(CredentialProblem::TooLong));
    }
}
