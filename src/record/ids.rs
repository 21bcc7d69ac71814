//! Ids of a draft: of its job, of the page's request, of what was sent to a model.
//! It holds no record.

use std::fmt;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::publish::OpId;

/// A job's id: 32 lower-case hexadecimal digits, random.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct JobId(String);

impl JobId {
    /// Reads an id.
    #[must_use]
    pub fn parse(text: &str) -> Option<JobId> {
        let fits = text.len() == 32 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        fits.then(|| JobId(text.to_owned()))
    }

    /// The id of these bytes.
    #[must_use]
    pub fn of(bytes: [u8; 16]) -> JobId {
        JobId(bytes.iter().map(|b| format!("{b:02x}")).collect())
    }

    /// The id made of a token: its SHA-256, cut.
    #[must_use]
    pub fn of_token(token: &str) -> JobId {
        JobId(operation(Sha256::digest(token.as_bytes()).as_slice()).as_str().to_owned())
    }

    /// As text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The operation of the job's publication: derived, so that a repeated click is the same operation.
    #[must_use]
    pub fn publication(&self) -> OpId {
        let digest = Sha256::digest(format!("publish\n{}", self.0).as_bytes());
        operation(digest.as_slice())
    }

    /// The operation of taking it back.
    #[must_use]
    pub fn reversal(&self) -> OpId {
        let digest = Sha256::digest(format!("revert\n{}", self.0).as_bytes());
        operation(digest.as_slice())
    }
}

fn operation(digest: &[u8]) -> OpId {
    let mut bytes = [0; 16];
    bytes.iter_mut().zip(digest).for_each(|(to, from)| *to = *from);
    OpId::of(bytes)
}

impl fmt::Display for JobId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for JobId {
    type Error = &'static str;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        JobId::parse(&text).ok_or("not a job id")
    }
}

impl From<JobId> for String {
    fn from(id: JobId) -> Self {
        id.0
    }
}

/// The page's own id of a request (UUID), so that a repeated click starts nothing twice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestId(String);

impl RequestId {
    /// Reads a UUID in its canonical form (RFC 9562 §4).
    #[must_use]
    pub fn parse(text: &str) -> Option<RequestId> {
        let groups: Vec<&str> = text.split('-').collect();
        let lengths: Vec<usize> = groups.iter().map(|group| group.len()).collect();
        let hex = groups.iter().all(|group| group.bytes().all(|b| b.is_ascii_hexdigit()));
        (lengths == [8, 4, 4, 4, 12] && hex).then(|| RequestId(text.to_ascii_lowercase()))
    }

    /// As text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The digest of a request to a model: SHA-256 of its method, address and body, in lower-case hexadecimal digits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct RequestDigest(String);

impl RequestDigest {
    /// Reads a digest.
    #[must_use]
    pub fn parse(text: &str) -> Option<RequestDigest> {
        let fits = text.len() == 64 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        fits.then(|| RequestDigest(text.to_owned()))
    }

    /// The digest of these bytes.
    #[must_use]
    pub fn of(bytes: [u8; 32]) -> RequestDigest {
        RequestDigest(bytes.iter().map(|b| format!("{b:02x}")).collect())
    }
}

impl TryFrom<String> for RequestDigest {
    type Error = &'static str;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        RequestDigest::parse(&text).ok_or("not a digest of a request")
    }
}

impl From<RequestDigest> for String {
    fn from(digest: RequestDigest) -> Self {
        digest.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_job_id_is_32_lower_hex_digits() {
        assert!(JobId::parse("0123456789abcdef0123456789abcdef").is_some());
        for not in [
            "",
            "0123456789ABCDEF0123456789abcdef",
            "0123456789abcdef0123456789abcde",
            "../../../../../../../../../../../",
        ] {
            assert!(JobId::parse(not).is_none());
        }
        assert_eq!(JobId::of([0xab; 16]).as_str(), "ab".repeat(16));
    }

    #[test]
    fn a_digest_of_a_request_is_64_lower_hex_digits() {
        assert!(RequestDigest::parse(&"0f".repeat(32)).is_some());
        for not in ["", &"0F".repeat(32), &"0f".repeat(31), &"0g".repeat(32)] {
            assert!(RequestDigest::parse(not).is_none());
        }
        assert_eq!(String::from(RequestDigest::of([0xab; 32])), "ab".repeat(32));
    }

    #[test]
    fn a_request_id_is_a_uuid() {
        assert!(RequestId::parse("6F9619FF-8B86-D011-B42D-00C04FC964FF").is_some());
        assert!(RequestId::parse("6f9619ff8b86d011b42d00c04fc964ff").is_none());
        assert!(RequestId::parse("6f9619ff-8b86-d011-b42d-00c04fc964fg").is_none());
    }
}
