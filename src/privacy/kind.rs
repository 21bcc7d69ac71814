//! The kinds of personal data and secrets the product knows by name.
//! It does not say how a kind is found: that is one file each in [`super::detector`].

use std::fmt;

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident = $wire:literal,)*) => {
        /// What a finding is. The wire name is the token's name: `Kind::Email` is masked as `[EMAIL_1]`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub enum Kind { $($(#[$doc])* #[serde(rename = $wire)] $name,)* }

        impl Kind {
            /// Every kind, in the order of the wire contract.
            pub const ALL: &'static [Kind] = &[$(Kind::$name,)*];

            /// The name on the wire and in tokens.
            pub const fn wire(self) -> &'static str {
                match self { $(Kind::$name => $wire,)* }
            }

            #[expect(clippy::as_conversions, reason = "a fieldless enum to its own discriminant, below 32")]
            const fn bit(self) -> u32 {
                1 << (self as u32)
            }
        }
    };
}

kinds! {
    /// A person: of the host's own fields, or named in the text.
    Person = "PERSON",
    /// An e-mail address.
    Email = "EMAIL",
    /// A telephone number.
    Phone = "PHONE",
    /// A postal address.
    Address = "ADDRESS",
    /// A postal code by itself.
    Postcode = "POSTCODE",
    /// A payment card number.
    Card = "CARD",
    /// An international bank account number.
    Iban = "IBAN",
    /// A national bank account number.
    BankAccount = "BANK_ACCOUNT",
    /// A bank identifier code.
    Bic = "BIC",
    /// A national identity or social-security number.
    NationalId = "NATIONAL_ID",
    /// A tax number of a person.
    TaxId = "TAX_ID",
    /// A value-added-tax number.
    VatId = "VAT_ID",
    /// A passport number.
    Passport = "PASSPORT",
    /// A driving licence number.
    DriverLicence = "DRIVER_LICENCE",
    /// A health-insurance or patient number.
    HealthId = "HEALTH_ID",
    /// A vehicle plate or identification number.
    Vehicle = "VEHICLE",
    /// An IPv4 or IPv6 address.
    Ip = "IP",
    /// A hardware address.
    Mac = "MAC",
    /// A mobile equipment identity.
    Imei = "IMEI",
    /// A cryptocurrency address.
    CryptoWallet = "CRYPTO_WALLET",
    /// A password, key, token or other credential.
    Secret = "SECRET",
    /// User name and password inside a URL.
    UrlCredential = "URL_CREDENTIAL",
    /// A date of birth.
    DateOfBirth = "DATE_OF_BIRTH",
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.wire())
    }
}

/// A choice of kinds: what to look for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KindSet(u32);

impl KindSet {
    /// Every kind: the default, and the only choice that needs no audited decision of an administrator.
    pub const ALL: KindSet = KindSet(u32::MAX);
    /// No kind: text passes as it is.
    pub const NONE: KindSet = KindSet(0);

    /// This choice and one kind more.
    #[must_use]
    pub const fn with(self, kind: Kind) -> KindSet {
        KindSet(self.0 | kind.bit())
    }

    /// Whether the kind is chosen.
    pub const fn has(self, kind: Kind) -> bool {
        self.0 & kind.bit() != 0
    }
}

impl FromIterator<Kind> for KindSet {
    fn from_iter<I: IntoIterator<Item = Kind>>(kinds: I) -> KindSet {
        kinds.into_iter().fold(KindSet::NONE, KindSet::with)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_one_bit_for_each_kind() {
        let all: KindSet = Kind::ALL.iter().copied().collect();
        assert_eq!(usize::try_from(all.0.count_ones()), Ok(Kind::ALL.len()));
        assert!(KindSet::NONE.with(Kind::Iban).has(Kind::Iban));
        assert!(!KindSet::NONE.with(Kind::Iban).has(Kind::Bic));
    }
}
