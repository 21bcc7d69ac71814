//! A Google service account: reads its JSON, prepares the token request, reads the token.
//! It does not sign (the host's WebCrypto does) and keeps no token.
//!
//! The flow is RFC 7523 as Google documents it: a signed JWT is exchanged for an access token. The address is ours, not the
//! one in the pasted file: that would let a file choose where a signed assertion goes.

use base64ct::{Base64, Base64UrlUnpadded, Encoding};
use serde::Deserialize;
use serde_json::{Value, json};
use zeroize::Zeroizing;

use super::{Code, Hint, Method, ModelError, Request};
use crate::vault::SecretText;

/// The host of the token endpoint.
pub const TOKEN_HOST: &str = "oauth2.googleapis.com";

/// A service account that can sign.
pub struct ServiceAccount {
    client_email: String,
    key_id: String,
    project: Option<String>,
    key: SecretText,
}

/// Why a pasted file is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AccountProblem {
    /// Larger than any such file.
    TooLarge,
    /// Not a JSON object.
    NotJson,
    /// JSON, but of another kind of credential.
    NotAServiceAccount,
    /// A field is missing or malformed.
    Field(&'static str),
    /// The key is in the older PKCS#1 form, which the host's signer does not read.
    Pkcs1,
    /// The key is encrypted with a passphrase.
    Encrypted,
    /// The key is not an RSA key in PKCS#8.
    Key,
}

impl AccountProblem {
    /// The stable code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::TooLarge => "too-large",
            Self::NotJson => "not-json",
            Self::NotAServiceAccount => "not-a-service-account",
            Self::Field(_) => "field",
            Self::Pkcs1 => "pkcs1",
            Self::Encrypted => "encrypted-key",
            Self::Key => "key",
        }
    }
}

/// A token with its lifetime.
pub struct AccessToken {
    /// The bearer token.
    pub token: SecretText,
    /// For how long it is good.
    pub expires_in_seconds: u64,
}

#[derive(Deserialize)]
struct Fields {
    #[serde(rename = "type")]
    kind: Option<String>,
    project_id: Option<String>,
    private_key_id: Option<String>,
    private_key: Option<String>,
    client_email: Option<String>,
}

impl ServiceAccount {
    /// Reads the JSON file that Google hands out for a service account's key.
    ///
    /// # Errors
    /// What is wrong with it, in a form that tells the administrator what to do.
    pub fn parse(json: &str) -> Result<Self, AccountProblem> {
        if json.len() > MAX_BYTES {
            return Err(AccountProblem::TooLarge);
        }
        let fields: Fields = serde_json::from_str(json.trim()).map_err(|_| AccountProblem::NotJson)?;
        if fields.kind.as_deref() != Some("service_account") {
            return Err(AccountProblem::NotAServiceAccount);
        }
        let email = fields.client_email.filter(|email| is_email(email)).ok_or(AccountProblem::Field("client_email"))?;
        let key_id = fields.private_key_id.filter(|id| is_key_id(id)).ok_or(AccountProblem::Field("private_key_id"))?;
        let pem = fields.private_key.map(Zeroizing::new).ok_or(AccountProblem::Field("private_key"))?;
        Ok(Self { client_email: email, key_id, project: fields.project_id, key: pkcs8(&pem)? })
    }

    /// The account's name, for the page and for the key of a token cache.
    #[must_use]
    pub fn client_email(&self) -> &str {
        &self.client_email
    }

    /// Which of the account's keys this is.
    #[must_use]
    pub fn key_id(&self) -> &str {
        &self.key_id
    }

    /// The project the account belongs to.
    #[must_use]
    pub fn project(&self) -> Option<&str> {
        self.project.as_deref()
    }

    /// The private key for the host's signer: base64 of PKCS#8 DER.
    #[must_use]
    pub fn signing_key(&self) -> &SecretText {
        &self.key
    }

    /// What is to be signed with RS256 at `now` (seconds since the epoch): header and claims of the JWT.
    #[must_use]
    pub fn signing_input(&self, now: u64) -> String {
        // Google allows a clock that runs ahead for five minutes; half a minute back costs nothing.
        let issued = now.saturating_sub(30);
        let header = json!({ "alg": "RS256", "typ": "JWT", "kid": self.key_id }).to_string();
        let claims = json!({
            "iss": self.client_email,
            "scope": "https://www.googleapis.com/auth/cloud-platform",
            "aud": format!("https://{TOKEN_HOST}/token"),
            "exp": issued.saturating_add(3600),
            "iat": issued,
        });
        let encode = |text: &str| Base64UrlUnpadded::encode_string(text.as_bytes());
        format!("{}.{}", encode(&header), encode(&claims.to_string()))
    }
}

/// The exchange of a signed assertion (`signature` is base64url without padding) for a token.
#[must_use]
pub fn token_request(signing_input: &str, signature: &str) -> Request {
    let body = format!(
        "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&assertion={signing_input}.{signature}"
    );
    Request {
        method: Method::Post,
        url: format!("https://{TOKEN_HOST}/token"),
        headers: vec![
            ("content-type".to_owned(), "application/x-www-form-urlencoded".to_owned()),
            ("accept".to_owned(), "application/json".to_owned()),
        ],
        body: Some(body),
    }
}

/// Reads what the token endpoint answered.
///
/// # Errors
/// `auth` with a hint for a wrong key, a deleted account or a wrong clock; otherwise as for a model.
pub fn read_token(status: u16, headers: &[(String, String)], body: &str) -> Result<AccessToken, ModelError> {
    if !(200..300).contains(&status) {
        return Err(token_error(status, headers, body));
    }
    #[derive(Deserialize)]
    struct Reply {
        access_token: String,
        expires_in: u64,
    }
    let reply: Reply = serde_json::from_str(body).map_err(|_| ModelError::of(Code::Malformed).retryable(true))?;
    if reply.access_token.is_empty() || !reply.access_token.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(ModelError::of(Code::Malformed));
    }
    Ok(AccessToken { token: SecretText::new(reply.access_token), expires_in_seconds: reply.expires_in })
}

/// This endpoint has its own form, `{"error", "error_description"}` (RFC 6749, 5.2), and says 400 for a wrong key.
fn token_error(status: u16, headers: &[(String, String)], body: &str) -> ModelError {
    let value: Value = serde_json::from_str(body).unwrap_or(Value::Null);
    let words = |name: &str| value.get(name).and_then(Value::as_str).unwrap_or_default().to_lowercase();
    let (error, description) = (words("error"), words("error_description"));
    let auth = ModelError::of(Code::Auth);
    match error.as_str() {
        "invalid_grant" if description.contains("account not found") => auth.hinting(Hint::AccountGone),
        "invalid_grant" if description.contains("short-lived") || description.contains("iat") => {
            auth.hinting(Hint::Clock)
        }
        "invalid_grant" | "invalid_client" | "unauthorized_client" | "disabled_client" | "deleted_client" => auth,
        "invalid_scope" | "access_denied" | "admin_policy_enforced" => ModelError::of(Code::Permission),
        _ => super::classify::error(super::classify::Family::Google, status, headers, body),
    }
}

/// Reads a PEM key as people really paste it: literal `\n`, CRLF, one line, quotes.
fn pkcs8(pem: &str) -> Result<SecretText, AccountProblem> {
    let unescaped = Zeroizing::new(pem.replace("\\r", "").replace("\\n", "\n"));
    if unescaped.contains("BEGIN RSA PRIVATE KEY") {
        return Err(AccountProblem::Pkcs1);
    }
    if unescaped.contains("BEGIN ENCRYPTED PRIVATE KEY") {
        return Err(AccountProblem::Encrypted);
    }
    let (_, rest) = unescaped.split_once("-----BEGIN PRIVATE KEY-----").ok_or(AccountProblem::Key)?;
    let (inner, _) = rest.split_once("-----END PRIVATE KEY-----").ok_or(AccountProblem::Key)?;
    let packed: Zeroizing<String> = Zeroizing::new(inner.chars().filter(|char| !char.is_whitespace()).collect());
    let der = Zeroizing::new(Base64::decode_vec(&packed).map_err(|_| AccountProblem::Key)?);
    // PrivateKeyInfo (RFC 5208, 5): SEQUENCE { INTEGER 0, SEQUENCE { rsaEncryption, NULL }, … } of a long-form length.
    let algorithm = der.get(4..4 + RSA_PKCS8.len());
    if der.first() != Some(&0x30) || der.get(1) != Some(&0x82) || algorithm != Some(RSA_PKCS8) {
        return Err(AccountProblem::Key);
    }
    Ok(SecretText::new(Base64::encode_string(&der)))
}

fn is_email(text: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._@".contains(&byte);
    text.len() <= 254
        && text.bytes().all(plain)
        && text.split('@').count() == 2
        && !text.starts_with('@')
        && !text.ends_with('@')
}

fn is_key_id(text: &str) -> bool {
    (1..=128).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
}

const MAX_BYTES: usize = 64 * 1024;

/// Version 0 and the algorithm identifier of RSA.
const RSA_PKCS8: &[u8] =
    &[0x02, 0x01, 0x00, 0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00];

#[cfg(test)]
mod tests;
