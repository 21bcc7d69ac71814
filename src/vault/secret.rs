//! Types for bytes that must not leave by accident: no `Debug`, `Display`, `Serialize`, `Clone` or `==`; wiped on drop.
//! They do not hide anything from code that calls `expose`; those calls are few and say why.

use zeroize::Zeroize;

/// A secret of fixed length, such as a key.
///
/// ```compile_fail
/// let key = quillgate::vault::Secret::new([7u8; 32]);
/// println!("{key:?}");
/// ```
/// ```compile_fail
/// let key = quillgate::vault::Secret::new([7u8; 32]);
/// println!("{key}");
/// ```
/// ```compile_fail
/// let key = quillgate::vault::Secret::new([7u8; 32]);
/// let copy = key.clone();
/// ```
/// ```compile_fail
/// let key = quillgate::vault::Secret::new([7u8; 32]);
/// let same = key == quillgate::vault::Secret::new([7u8; 32]);
/// ```
/// ```compile_fail
/// let key = quillgate::vault::Secret::new([7u8; 32]);
/// let json = serde_json::to_string(&key);
/// ```
///
/// INVARIANT: the bytes stay where they are for as long as they live. A value that is moved is copied, and what it was moved from
/// is not wiped; here only the pointer moves.
pub struct Secret<const N: usize>(Box<[u8; N]>);

impl<const N: usize> Secret<N> {
    /// Takes the bytes over; the caller's own copy is the caller's to wipe.
    pub fn new(mut bytes: [u8; N]) -> Secret<N> {
        let mut secret = Secret::empty();
        secret.0.copy_from_slice(&bytes);
        bytes.zeroize();
        secret
    }

    /// Room for the bytes, to be filled in place.
    pub(super) fn empty() -> Secret<N> {
        Secret(Box::new([0; N]))
    }

    /// The bytes, for a call into a primitive: nothing outside the vault has a use for them.
    pub(super) fn expose(&self) -> &[u8; N] {
        &self.0
    }

    /// The bytes, to be filled in place so that no second copy exists.
    pub(super) fn expose_mut(&mut self) -> &mut [u8; N] {
        &mut self.0
    }
}

impl<const N: usize> Drop for Secret<N> {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

/// A secret of any length.
///
/// ```compile_fail
/// println!("{:?}", quillgate::vault::SecretBytes::new(vec![7u8]));
/// ```
/// ```compile_fail
/// let copy = quillgate::vault::SecretBytes::new(vec![7u8]).clone();
/// ```
/// ```compile_fail
/// let json = serde_json::to_string(&quillgate::vault::SecretBytes::new(vec![7u8]));
/// ```
pub struct SecretBytes(Vec<u8>);

impl SecretBytes {
    /// Takes the bytes over.
    pub const fn new(bytes: Vec<u8>) -> SecretBytes {
        SecretBytes(bytes)
    }

    /// The bytes, for the one use at hand.
    pub fn expose(&self) -> &[u8] {
        &self.0
    }

    /// The same bytes as text.
    ///
    /// # Errors
    /// Gives the bytes back when they are not UTF-8.
    pub fn into_text(mut self) -> Result<SecretText, SecretBytes> {
        match String::from_utf8(std::mem::take(&mut self.0)) {
            Ok(text) => Ok(SecretText(text)),
            Err(error) => Err(SecretBytes(error.into_bytes())),
        }
    }
}

impl Drop for SecretBytes {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

/// A secret text, such as a provider's key.
///
/// ```compile_fail
/// println!("{:?}", quillgate::vault::SecretText::new(String::from("key")));
/// ```
/// ```compile_fail
/// println!("{}", quillgate::vault::SecretText::new(String::from("key")));
/// ```
/// ```compile_fail
/// let same = quillgate::vault::SecretText::new(String::from("a")) == quillgate::vault::SecretText::new(String::from("a"));
/// ```
/// ```compile_fail
/// let json = serde_json::to_string(&quillgate::vault::SecretText::new(String::from("key")));
/// ```
pub struct SecretText(String);

impl SecretText {
    /// Takes the text over.
    pub const fn new(text: String) -> SecretText {
        SecretText(text)
    }

    /// The text, for the one use at hand.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

// A secret comes in over the wire; nothing lets it out the same way (there is no Serialize).
impl<'de> serde::Deserialize<'de> for SecretText {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(SecretText)
    }
}

impl Drop for SecretText {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

/// The last four characters, by which a person recognises a key; only of keys so long that four tell nothing.
pub fn last_four(key: &SecretText) -> Option<String> {
    // Exposed: four of at least twenty characters go to the administrator's page.
    let characters: Vec<char> = key.expose().chars().collect();
    let tail = characters.len().checked_sub(4).and_then(|at| characters.get(at..))?;
    (characters.len() >= SHORTEST_SHOWN).then(|| tail.iter().collect())
}

const SHORTEST_SHOWN: usize = 20;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::provider::Credential;
    use crate::vault::{Keyring, NameKeys, Root, Roots, Vault};
    use core::fmt::{Debug, Display};
    use serde::Serialize;
    use static_assertions::assert_not_impl_any;

    // A test that does not compile: nothing that holds a key can be printed, copied, compared or written down.
    assert_not_impl_any!(Secret<32>: Debug, Display, Clone, Serialize, PartialEq);
    assert_not_impl_any!(SecretBytes: Debug, Display, Clone, Serialize, PartialEq);
    assert_not_impl_any!(SecretText: Debug, Display, Clone, Serialize, PartialEq);
    assert_not_impl_any!(Credential: Debug, Display, Clone, Serialize, PartialEq);
    assert_not_impl_any!(Root: Debug, Display, Clone, Serialize, PartialEq);
    assert_not_impl_any!(Roots: Debug, Display, Clone, Serialize, PartialEq);
    assert_not_impl_any!(NameKeys: Debug, Display, Clone, Serialize, PartialEq);
    assert_not_impl_any!(Keyring<'_>: Debug, Display, Serialize, PartialEq);
    assert_not_impl_any!(Vault<'_>: Debug, Display, Serialize, PartialEq);

    #[test]
    fn shows_the_last_four_of_long_keys_alone() {
        let check = |key: &str| last_four(&SecretText::new(key.to_owned()));
        assert_eq!(check(""), None);
        assert_eq!(check("abc"), None);
        assert_eq!(check("1234567890123456789"), None);
        assert_eq!(check("12345678901234567890").as_deref(), Some("7890"));
        assert_eq!(check("ääääääääääääääääääää").as_deref(), Some("ääää"));
    }

    #[test]
    fn gives_bytes_back_that_are_not_text() {
        assert!(SecretBytes::new(vec![0xff]).into_text().is_err_and(|bytes| bytes.expose() == [0xff]));
        assert!(SecretBytes::new(b"ok".to_vec()).into_text().is_ok_and(|text| text.expose() == "ok"));
    }
}
