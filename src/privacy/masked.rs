//! The proof that a text may leave: [`Masked`], and the ways to build one from another.
//! It finds nothing itself; the only source of masked text is a [`super::Masker`].
//!
//! INVARIANT: every character in a `Masked` value came from a masker, from a template literal of our own code, or from a number.
//! Constructors are private to this room, and composition takes no closure that could carry other text in.

use super::Kind;
use std::collections::BTreeMap;

/// A value whose personal data and secrets were replaced by tokens. There is no way to make one from plain text:
///
/// ```compile_fail
/// use quillgate::privacy::Masked;
/// let fake = Masked { value: String::from("anna@example.com"), counts: Default::default() };
/// ```
/// ```compile_fail
/// use quillgate::privacy::Masked;
/// let fake: Masked<String> = String::from("anna@example.com").into();
/// ```
/// ```compile_fail
/// use quillgate::privacy::Masked;
/// let fake: Masked<String> = serde_json::from_str("\"anna@example.com\"").unwrap();
/// ```
/// Nor can it be changed or printed by accident:
/// ```compile_fail
/// use quillgate::privacy::{KindSet, Masker};
/// let mut masked = Masker::new(&[], KindSet::ALL).mask("text");
/// masked.as_mut().push_str("anna@example.com");
/// ```
/// ```compile_fail
/// use quillgate::privacy::{KindSet, Masker};
/// println!("{:?}", Masker::new(&[], KindSet::ALL).mask("text"));
/// ```
#[derive(Clone)]
pub struct Masked<T> {
    value: T,
    counts: BTreeMap<Kind, usize>,
}

impl<T> Masked<T> {
    /// For the masker alone.
    pub(in crate::privacy) fn new(value: T, counts: BTreeMap<Kind, usize>) -> Masked<T> {
        Masked { value, counts }
    }

    /// How many passages of each kind were replaced in it.
    pub fn counts(&self) -> &BTreeMap<Kind, usize> {
        &self.counts
    }

    /// The value for the one purpose it was masked for: rendering a provider's request.
    pub fn expose_to_provider(&self) -> &T {
        &self.value
    }

    /// A composite of masked parts, as a prompt is one of messages. `assemble` is a plain function, not a closure over
    /// other text, so everything in the result comes from the parts or from our own constants:
    ///
    /// ```
    /// use quillgate::privacy::{KindSet, Masked, Masker};
    /// struct Prompt { question: String, limit: u32 }
    /// let question = Masker::new(&[], KindSet::ALL).mask("who is anna@example.com?");
    /// let prompt = Masked::compose((question, 5u32), |(question, limit)| Prompt { question: question.as_ref().clone(), limit });
    /// assert_eq!(prompt.as_ref().question, "who is [EMAIL_1]?");
    /// ```
    /// ```compile_fail
    /// use quillgate::privacy::Masked;
    /// let page = String::from("anna@example.com");
    /// let smuggled = Masked::compose((), |()| page.clone());
    /// ```
    pub fn compose<P: MaskedParts>(parts: P, assemble: fn(P) -> T) -> Masked<T> {
        let mut counts = BTreeMap::new();
        parts.count(&mut counts);
        Masked { value: assemble(parts), counts }
    }
}

impl<T> AsRef<T> for Masked<T> {
    fn as_ref(&self) -> &T {
        &self.value
    }
}

/// Text built from our own templates, numbers and masked parts; nothing else has a way in.
///
/// ```
/// use quillgate::privacy::{KindSet, MaskedText, Masker};
/// let mut masker = Masker::new(&[], KindSet::ALL);
/// let mut text = MaskedText::new();
/// text.push_template("Source ").push_number(1).push_template(":\n").push_masked(&masker.mask("mail anna@example.com"));
/// assert_eq!(text.finish().as_ref(), "Source 1:\nmail [EMAIL_1]");
/// ```
/// ```compile_fail
/// use quillgate::privacy::MaskedText;
/// let page = String::from("anna@example.com");
/// MaskedText::new().push_template(&page);
/// ```
/// ```compile_fail
/// use quillgate::privacy::MaskedText;
/// let page = String::from("anna@example.com");
/// MaskedText::new().push_masked(&page);
/// ```
#[derive(Default)]
pub struct MaskedText {
    text: String,
    counts: BTreeMap<Kind, usize>,
}

impl MaskedText {
    /// An empty text.
    pub fn new() -> MaskedText {
        MaskedText::default()
    }

    /// Appends a constant of our own code.
    pub fn push_template(&mut self, template: &'static str) -> &mut MaskedText {
        self.text.push_str(template);
        self
    }

    /// Appends a number in decimal.
    pub fn push_number(&mut self, number: u32) -> &mut MaskedText {
        self.text.push_str(&number.to_string());
        self
    }

    /// Appends text that a masker made.
    pub fn push_masked(&mut self, part: &Masked<String>) -> &mut MaskedText {
        self.text.push_str(&part.value);
        part.count(&mut self.counts);
        self
    }

    /// Bytes so far, for budgets.
    pub fn len(&self) -> usize {
        self.text.len()
    }

    /// Whether nothing was pushed yet.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// The finished text with the counts of all its parts. The builder is left empty.
    #[must_use]
    pub fn finish(&mut self) -> Masked<String> {
        Masked { value: std::mem::take(&mut self.text), counts: std::mem::take(&mut self.counts) }
    }
}

mod sealed {
    pub trait Sealed {}
}

/// What [`Masked::compose`] accepts: masked values, numbers, constants, and collections of them. Sealed.
pub trait MaskedParts: sealed::Sealed {
    /// Adds the counts of the parts.
    #[doc(hidden)]
    fn count(&self, into: &mut BTreeMap<Kind, usize>);
}

impl<T> sealed::Sealed for Masked<T> {}
impl<T> MaskedParts for Masked<T> {
    fn count(&self, into: &mut BTreeMap<Kind, usize>) {
        for (kind, count) in &self.counts {
            *into.entry(*kind).or_insert(0) += count;
        }
    }
}

impl<P: MaskedParts> sealed::Sealed for Vec<P> {}
impl<P: MaskedParts> MaskedParts for Vec<P> {
    fn count(&self, into: &mut BTreeMap<Kind, usize>) {
        self.iter().for_each(|part| part.count(into));
    }
}

impl<P: MaskedParts> sealed::Sealed for Option<P> {}
impl<P: MaskedParts> MaskedParts for Option<P> {
    fn count(&self, into: &mut BTreeMap<Kind, usize>) {
        self.iter().for_each(|part| part.count(into));
    }
}

macro_rules! constants {
    ($($constant:ty),*) => { $(
        impl sealed::Sealed for $constant {}
        impl MaskedParts for $constant {
            fn count(&self, _into: &mut BTreeMap<Kind, usize>) {}
        }
    )* };
}
constants!((), bool, u8, u32, f32, &'static str);

macro_rules! tuples {
    ($($part:ident)+) => {
        impl<$($part: MaskedParts),+> sealed::Sealed for ($($part,)+) {}
        #[allow(non_snake_case, reason = "a type parameter names its field")]
        impl<$($part: MaskedParts),+> MaskedParts for ($($part,)+) {
            fn count(&self, into: &mut BTreeMap<Kind, usize>) {
                let ($($part,)+) = self;
                $($part.count(into);)+
            }
        }
    };
}
tuples!(A);
tuples!(A B);
tuples!(A B C);
tuples!(A B C D);
tuples!(A B C D E);
tuples!(A B C D E F);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::privacy::{KindSet, Masker};

    #[test]
    fn adds_the_counts_of_all_parts() {
        let mut masker = Masker::new(&[], KindSet::ALL);
        let one = masker.mask("a@example.com and b@example.com");
        let two = masker.mask("a@example.com");
        let both = Masked::compose((vec![one], Some(two), "constant"), |(many, one, _)| {
            many.len() + usize::from(one.is_some())
        });
        assert_eq!(both.counts().get(&Kind::Email), Some(&3));
        assert_eq!(*both.as_ref(), 2);
    }
}
