//! The verbs `seal` and `open`: the envelope of the store, under a key the caller brings.
//! They do not touch an installation's keys.

use crate::vault::{Entropy, HostEntropy, Kek, MAX_PLAINTEXT, Record, TenantContext, parse_key};
use base64ct::{Base64UrlUnpadded, Encoding};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A line of `seal`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SealLine {
    id: Option<Value>,
    key: String,
    context: Context,
    plaintext: String,
}

/// A line of `open`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OpenLine {
    id: Option<Value>,
    key: String,
    context: Context,
    envelope: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Context {
    tenant: String,
    class: String,
    record: String,
    version: u64,
}

impl Context {
    fn tenant(&self) -> TenantContext<'_> {
        TenantContext { cloud_id: &self.tenant, ..TenantContext::default() }
    }

    fn record(&self) -> Record<'_> {
        Record { class: &self.class, key: &self.record, version: self.version }
    }
}

/// The answer of `seal`.
#[derive(Serialize)]
pub struct Sealed {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<Value>,
    envelope: String,
}

/// The answer of `open`.
#[derive(Serialize)]
pub struct Opened {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<Value>,
    plaintext: String,
}

/// Why a line was not answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VaultRefusal {
    /// `key` is not a key.
    Key,
    /// `plaintext` is not base64url.
    Plaintext,
    /// `plaintext` is too long.
    TooLong,
    /// There is no randomness.
    Entropy,
    /// The envelope does not open.
    DoesNotOpen,
}

impl VaultRefusal {
    /// The stable code.
    pub const fn code(self) -> &'static str {
        match self {
            VaultRefusal::Key | VaultRefusal::Plaintext => "bad-input",
            VaultRefusal::TooLong => "too-large",
            VaultRefusal::Entropy => "internal",
            VaultRefusal::DoesNotOpen => "does-not-open",
        }
    }

    /// The sentence beside it.
    pub const fn message(self) -> &'static str {
        match self {
            VaultRefusal::Key => "field \"key\" is not 32 random bytes in base64url without padding",
            VaultRefusal::Plaintext => "field \"plaintext\" is not base64url without padding",
            VaultRefusal::TooLong => "field \"plaintext\" is too long",
            VaultRefusal::Entropy => "the host gave no random bytes",
            VaultRefusal::DoesNotOpen => "field \"envelope\" does not open under this key and context",
        }
    }
}

/// Seals one record under a fresh data key, itself sealed under `key`.
///
/// # Errors
/// [`VaultRefusal`] for what is wrong with the line.
pub fn seal(line: SealLine) -> Result<Sealed, VaultRefusal> {
    seal_from(line, &mut HostEntropy)
}

/// Opens one envelope.
///
/// # Errors
/// [`VaultRefusal`] for what is wrong with the line; whatever is wrong with the envelope is one answer.
pub fn open(line: OpenLine) -> Result<Opened, VaultRefusal> {
    let kek = Kek::standalone(parse_key(&line.key).map_err(|_| VaultRefusal::Key)?);
    let opened = kek.open_text(&line.context.tenant(), &line.context.record(), &line.envelope);
    let opened = opened.map_err(|_| VaultRefusal::DoesNotOpen)?;
    // Exposed: the caller brought the key and asked for exactly this.
    Ok(Opened { id: line.id, plaintext: Base64UrlUnpadded::encode_string(opened.expose()) })
}

fn seal_from(line: SealLine, source: &mut dyn Entropy) -> Result<Sealed, VaultRefusal> {
    let kek = Kek::standalone(parse_key(&line.key).map_err(|_| VaultRefusal::Key)?);
    if line.plaintext.len() > MAX_PLAINTEXT.div_ceil(3) * 4 {
        return Err(VaultRefusal::TooLong);
    }
    let plaintext = Base64UrlUnpadded::decode_vec(&line.plaintext).map_err(|_| VaultRefusal::Plaintext)?;
    let sealed = kek.seal(&line.context.tenant(), &line.context.record(), &plaintext, source);
    let envelope = sealed.map_err(|error| match error {
        crate::vault::SealError::TooLong => VaultRefusal::TooLong,
        crate::vault::SealError::Entropy(_) | crate::vault::SealError::NoRoot => VaultRefusal::Entropy,
    })?;
    Ok(Sealed { id: line.id, envelope: envelope.into_string() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn key() -> String {
        Base64UrlUnpadded::encode_string(&(0..32).collect::<Vec<u8>>())
    }

    fn sealed() -> Value {
        let line = json!({"id": 7, "key": key(), "context": context(), "plaintext": "aGVsbG8"});
        serde_json::to_value(seal(serde_json::from_value(line).unwrap()).unwrap()).unwrap()
    }

    fn context() -> Value {
        json!({"tenant": "t", "class": "c", "record": "r", "version": 1})
    }

    fn opened(key: &str, context: &Value) -> Result<String, VaultRefusal> {
        let line = json!({"id": 7, "key": key, "context": context, "envelope": sealed()["envelope"]});
        open(serde_json::from_value(line).unwrap()).map(|opened| opened.plaintext)
    }

    #[test]
    fn opens_what_it_sealed() {
        assert_eq!(sealed()["id"], 7);
        assert_eq!(opened(&key(), &context()).as_deref(), Ok("aGVsbG8"));
    }

    #[test]
    fn refuses_every_other_context_and_key() {
        for (field, other) in
            [("tenant", json!("u")), ("class", json!("d")), ("record", json!("s")), ("version", json!(2))]
        {
            let mut changed = context();
            changed[field] = other;
            assert_eq!(opened(&key(), &changed), Err(VaultRefusal::DoesNotOpen));
        }
        let other = Base64UrlUnpadded::encode_string(&(1..33).collect::<Vec<u8>>());
        assert_eq!(opened(&other, &context()), Err(VaultRefusal::DoesNotOpen));
        assert_eq!(opened("short", &context()), Err(VaultRefusal::Key));
    }

    #[test]
    fn refuses_unknown_fields_and_plaintext_that_is_not_base64url() {
        let line = json!({"key": key(), "context": context(), "plaintext": "aGVsbG8", "nonce": "AAAA"});
        assert!(serde_json::from_value::<SealLine>(line).is_err());
        let line = json!({"key": key(), "context": context(), "plaintext": "not base64"});
        assert_eq!(seal(serde_json::from_value(line).unwrap()).err(), Some(VaultRefusal::Plaintext));
    }
}
