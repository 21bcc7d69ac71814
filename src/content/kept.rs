//! What a node's source format carried beyond the tree's meaning, kept so that printing to that format loses nothing.
//! It has no meaning of its own: other formats ignore it, and comparing documents by meaning drops it first.

use serde_json::Value;

/// The source form of one node, as far as the tree does not say it.
///
/// INVARIANT: it belongs to the node as parsed. Who changes a field of the node (not its children) clears it with
/// [`Kept::clear`], and the node is printed in the canonical form of its kind.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Kept(pub(crate) Source);

/// Which format the kept form is of.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) enum Source {
    /// Nothing kept: the canonical form is the form.
    #[default]
    Canonical,
    /// Members of an ADF node that the tree does not hold.
    Adf(Box<AdfForm>),
    /// A whole ADF value that is no node the parser can read, as it was.
    Json(Box<Value>),
    /// Source text of a storage-format element with the places of its children.
    Storage(Vec<Piece>),
}

/// What an ADF node carried besides its meaning.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct AdfForm {
    /// The node's type where it is not the canonical one of its kind.
    pub(crate) name: Spelling,
    /// Its attributes, when the tree does not hold every one of them.
    pub(crate) attrs: Attributes,
    /// Members other than `type`, `attrs`, `content`, `text` (and `marks` of inline nodes).
    pub(crate) rest: Vec<(String, Value)>,
    /// How a node without children spelled that.
    pub(crate) content: Childless,
}

/// How the type of an ADF node was spelled.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) enum Spelling {
    /// As the canonical printer does.
    #[default]
    Canonical,
    /// There was no node: its children stood in the parent.
    Bare,
    /// By this type.
    Named(String),
}

/// The attributes of an ADF node.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) enum Attributes {
    /// Just those the canonical printer gives it.
    #[default]
    Canonical,
    /// It has no such member, which the canonical form has.
    Absent,
    /// These, in order.
    Members(Vec<(String, Value)>),
}

/// How a node without children was spelled in ADF.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Childless {
    /// As the canonical printer does for this kind.
    #[default]
    Canonical,
    /// No `content` member.
    Absent,
    /// `content: []`.
    Empty,
}

/// One part of the source text of a storage-format element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Piece {
    /// Source text as it was.
    Raw(String),
    /// The next so many children.
    Children(usize),
    /// All children that are left.
    Rest,
}

impl Kept {
    /// Nothing kept.
    pub(crate) const NONE: Self = Self(Source::Canonical);

    /// Forgets the source form: the node is printed in its canonical form from now on.
    pub fn clear(&mut self) {
        self.0 = Source::Canonical;
    }

    /// Whether nothing is kept.
    #[must_use]
    pub fn is_canonical(&self) -> bool {
        matches!(self.0, Source::Canonical)
    }

    pub(crate) fn adf(form: AdfForm) -> Self {
        if form == AdfForm::default() { Self::NONE } else { Self(Source::Adf(Box::new(form))) }
    }

    pub(crate) fn pieces(&self) -> Option<&[Piece]> {
        match &self.0 {
            Source::Storage(pieces) => Some(pieces),
            Source::Canonical | Source::Adf(_) | Source::Json(_) => None,
        }
    }

    pub(crate) fn adf_form(&self) -> Option<&AdfForm> {
        match &self.0 {
            Source::Adf(form) => Some(form),
            Source::Canonical | Source::Storage(_) | Source::Json(_) => None,
        }
    }

    /// Whether the node had no element or node of its own in its source: its children stood in the parent.
    pub(crate) fn is_bare(&self) -> bool {
        match &self.0 {
            Source::Adf(form) => form.name == Spelling::Bare,
            Source::Storage(pieces) => !pieces.iter().any(|p| matches!(p, Piece::Raw(_))),
            Source::Canonical | Source::Json(_) => false,
        }
    }
}
