//! What calls about masking name: classes of data, lists of own words, and how a word is met.
//! It does not say what a class masks; [`crate::policy`] does.

use serde::{Deserialize, Serialize};

/// How sensitive the texts of a container are, the least first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum DataClass {
    Public,
    Internal,
    Confidential,
    Restricted,
}

impl DataClass {
    /// Every class, the least sensitive first.
    pub const ALL: [DataClass; 4] =
        [DataClass::Public, DataClass::Internal, DataClass::Confidential, DataClass::Restricted];
    /// The class of a project or space for which an admin chose none.
    pub const UNSET: DataClass = DataClass::Confidential;
    /// The class of what is of no known project or space.
    pub const UNKNOWN: DataClass = DataClass::Restricted;

    /// Stable name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            DataClass::Public => "public",
            DataClass::Internal => "internal",
            DataClass::Confidential => "confidential",
            DataClass::Restricted => "restricted",
        }
    }
}

/// A list of own words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WordList {
    /// Always masked, in every class.
    Deny,
    /// Never masked as a person or an address.
    Allow,
}

/// How an own word is met in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WordMatch {
    /// As a word of its own.
    Word,
    /// As several words in their order, whatever blanks are between them.
    Phrase,
    /// By a pattern of literals, classes and bounded counts.
    Pattern,
}
