//! Masking: one [`Masker`] a request, over all its texts with one map.
//! It does not decide which kinds are on; the caller passes them.

use super::closure::Closure;
use super::custom::{Custom, Words};
use super::detector::Detectors;
use super::finding::{Finding, resolve};
use super::person::{Allowed, Persons};
use super::restore::{Restored, Restoring, restore};
use super::structure::{Body, Malformed, Segment, segments};
use super::table::Table;
use super::text::Text;
use super::token::{Neighbours, Reader, Token};
use super::whole::{Part, joined};
use super::{Identity, Kind, KindSet, Masked};
use std::collections::BTreeMap;
use std::ops::Range;

/// Replaces personal data and secrets by tokens, over all texts of one request, and gives them back.
///
/// ```
/// use quillgate::privacy::{Identity, KindSet, Masker};
/// let mut masker = Masker::new(&[Identity::named("Anna Schmidt", None)], KindSet::ALL);
/// let masked = masker.mask("Anna Schmidt asked; Anna is at anna@example.com.");
/// assert_eq!(masked.as_ref(), "[PERSON_1] asked; [PERSON_1.b] is at [EMAIL_1].");
/// assert_eq!(masker.restore("Write to [PERSON_1.b] ([email_1]).").text, "Write to Anna (anna@example.com).");
/// ```
///
/// INVARIANT: `restore(mask(x)) == x`, byte for byte, for every text of the request and whatever token-like text it holds.
/// A token is issued only under a number that no text read so far has; a text that comes later with such a number has it
/// masked too. [`Masker::learn`] over all texts first keeps that rare.
pub struct Masker {
    identities: Vec<Identity>,
    kinds: KindSet,
    detectors: Detectors,
    persons: Option<Persons>,
    words: Words,
    closure: Closure,
    reader: Reader,
    table: Table,
}

impl Masker {
    /// A masker for one request.
    pub fn new(identities: &[Identity], kinds: KindSet) -> Masker {
        Masker::with(identities, kinds, &Custom::default())
    }

    /// A masker for one request of a site that has words of its own.
    pub fn with(identities: &[Identity], kinds: KindSet, custom: &Custom) -> Masker {
        Masker {
            identities: identities.to_vec(),
            kinds,
            detectors: Detectors::of(kinds),
            persons: kinds.has(Kind::Person).then(|| Persons::of(identities, Allowed::of(&custom.allow))),
            words: Words::of(custom),
            closure: Closure::default(),
            reader: Reader::new(),
            table: Table::default(),
        }
    }

    /// A masker for another request with the same identities, kinds and words: it costs little, as nothing is built again.
    #[must_use]
    pub fn fresh(&self) -> Masker {
        let mut fresh = Masker {
            identities: self.identities.clone(),
            kinds: self.kinds,
            detectors: self.detectors,
            persons: self.persons.clone(),
            words: self.words.clone(),
            closure: Closure::default(),
            reader: self.reader,
            table: Table::default(),
        };
        fresh.forget();
        fresh
    }

    /// Ends the request and begins another with the same identities, kinds and words: no token issued so far is known any more, and
    /// nobody met.
    pub fn forget(&mut self) {
        self.persons.iter_mut().for_each(Persons::forget);
        if !self.closure.is_empty() {
            self.closure = Closure::default();
        }
        if !self.table.is_empty() {
            self.table = Table::default();
        }
    }

    /// Reads a text of the request before any is masked: what is found here is masked in every text.
    pub fn learn(&mut self, text: &str) {
        self.reserve(text);
        self.find(text);
    }

    /// The same for a piece of a larger text, with what the whole shows of it.
    pub fn learn_cut(&mut self, text: &str, parts: &[Part]) {
        self.learn(text);
        let parts = self.wanted(text, parts);
        self.closure.learn(text, &parts);
    }

    /// Everything that would be masked in a text: sorted, not overlapping, offsets in bytes.
    pub fn findings(&mut self, text: &str) -> Vec<Finding> {
        self.find(text)
    }

    /// Masks a plain text (or Markdown).
    pub fn mask(&mut self, text: &str) -> Masked<String> {
        let (masked, placed) = self.mask_segments(text, &[Segment::plain(text)]);
        Masked::new(masked, counts(&placed))
    }

    /// The same for a piece of a larger text, with what the whole shows of it.
    pub fn mask_cut(&mut self, text: &str, parts: &[Part]) -> Masked<String> {
        let own = self.find_segments(text, &[Segment::plain(text)]);
        let (masked, placed) = self.replace(text, joined(own, self.wanted(text, parts)));
        Masked::new(masked, counts(&placed))
    }

    /// The same for a text that most often has nothing to mask: none when it may go as it is.
    pub fn mask_some(&mut self, text: &str) -> Option<Masked<String>> {
        let findings = self.find_segments(text, &[Segment::plain(text)]);
        if findings.is_empty() {
            return None;
        }
        let (masked, placed) = self.replace(text, findings);
        Some(Masked::new(masked, counts(&placed)))
    }

    /// Masks the texts inside a body and leaves its structure valid.
    ///
    /// # Errors
    /// [`Malformed`] when the body is not of the format; nothing of it may be sent then.
    pub fn mask_body(&mut self, format: Body, body: &str) -> Result<Masked<String>, Malformed> {
        let (masked, placed) = self.place(format, body)?;
        Ok(Masked::new(masked, counts(&placed)))
    }

    /// As [`Masker::mask_body`], with the findings, for the command's verb.
    pub(crate) fn place(&mut self, format: Body, body: &str) -> Result<(String, Vec<Finding>), Malformed> {
        Ok(self.mask_segments(body, &segments(format, body)?))
    }

    /// Restores the tokens this masker issued; others are reported and left.
    pub fn restore(&self, text: &str) -> Restored {
        restore(text, self.reader, &self.table)
    }

    /// The same for an answer that arrives in pieces.
    pub fn restoring(&self) -> Restoring<'_> {
        Restoring::new(self.reader, &self.table)
    }

    /// Which tokens stand for persons with a role, one a line with all the person's roles, for the model. Only persons masked so far.
    pub fn legend(&mut self) -> Masked<String> {
        let mut roles: BTreeMap<Token, Vec<String>> = BTreeMap::new();
        for (place, identity) in self.identities.iter().enumerate() {
            let person = self.persons.as_ref().and_then(|persons| persons.person(place));
            let token = person.and_then(|person| self.table.person(person));
            let (Some(token), Some(role)) = (token, &identity.role) else { continue };
            let known = roles.entry(token).or_default();
            if !known.contains(role) {
                known.push(role.clone());
            }
        }
        let mut legend = String::new();
        let mut all = Vec::new();
        for (token, roles) in roles {
            let roles = roles.join(", ");
            let (roles, placed) = self.mask_segments(&roles, &[Segment::plain(&roles)]);
            legend.push_str(&format!("{token}: {roles}\n"));
            all.extend(placed);
        }
        Masked::new(legend, counts(&all))
    }

    /// Distinct values masked so far, persons by person, for the page.
    pub fn counts(&self) -> BTreeMap<Kind, usize> {
        let mut counts = BTreeMap::new();
        for entry in self.table.entries().iter().filter(|entry| !entry.literal && entry.token.form == 0) {
            *counts.entry(entry.token.kind).or_insert(0) += 1;
        }
        counts
    }

    /// Every token issued and its text; a token that stood in brackets of the input also with them.
    pub(crate) fn pairs(&self) -> Vec<(String, String)> {
        let pairs = self.table.entries().iter().flat_map(|entry| {
            let enclosed = entry.enclosed.then(|| (format!("[{}]", entry.token), format!("[{}]", entry.value)));
            std::iter::once((entry.token.to_string(), entry.value.clone())).chain(enclosed)
        });
        pairs.collect()
    }

    /// Parts of the kinds this masker masks.
    fn wanted(&self, text: &str, parts: &[Part]) -> Vec<Finding> {
        parts.iter().filter(|part| self.kinds.has(part.kind)).filter_map(|part| part.finding(text)).collect()
    }

    fn find(&mut self, text: &str) -> Vec<Finding> {
        let source = Text::new(text);
        let mut findings = self.detectors.find(&source);
        self.closure.learn(text, &findings);
        findings.extend(self.closure.find(text));
        findings.extend(self.persons.iter_mut().flat_map(|persons| persons.find(&source)));
        self.words.apply(&source, &mut findings);
        resolve(findings)
    }

    /// Keeps numbers of token-like texts from being issued; gives back those that were issued already.
    fn reserve(&mut self, text: &str) -> Vec<Finding> {
        let literals = self.reader.read(text, Neighbours::MayChange);
        let issued = literals.into_iter().filter(|literal| !self.table.take(literal.token.kind, literal.token.number));
        issued.map(|literal| Finding::new(literal.token.kind, literal.core, 0)).collect()
    }

    fn mask_segments(&mut self, body: &str, segments: &[Segment<'_>]) -> (String, Vec<Finding>) {
        let findings = self.find_segments(body, segments);
        self.replace(body, findings)
    }

    fn find_segments(&mut self, body: &str, segments: &[Segment<'_>]) -> Vec<Finding> {
        let mut findings = self.reserve(body);
        for segment in segments {
            findings.extend(self.find(&segment.text).into_iter().map(|finding| segment.locate(finding)));
        }
        resolve(findings)
    }

    fn replace(&mut self, body: &str, findings: Vec<Finding>) -> (String, Vec<Finding>) {
        let mut out = String::with_capacity(body.len());
        let (mut copied, mut placed) = (0, Vec::new());
        for finding in findings {
            out.push_str(body.get(copied..finding.start).unwrap_or_default());
            copied = finding.end;
            out.push_str(&self.token(body, &finding));
            placed.extend(Some(finding).filter(|finding| finding.score > 0));
        }
        out.push_str(body.get(copied..).unwrap_or_default());
        (out, placed)
    }

    fn token(&mut self, body: &str, finding: &Finding) -> String {
        let value = body.get(finding.start..finding.end).unwrap_or_default();
        let person =
            self.persons.as_ref().filter(|_| finding.kind == Kind::Person).and_then(|persons| persons.who(value));
        let entry = self.table.issue(finding.kind, value, person);
        entry.enclosed |= is_enclosed(body, finding.start..finding.end);
        entry.literal = finding.score == 0;
        entry.token.to_string()
    }
}

fn is_enclosed(body: &str, range: Range<usize>) -> bool {
    let before = body.get(..range.start).is_some_and(|text| text.ends_with('['));
    before && body.get(range.end..).is_some_and(|text| text.starts_with(']') || text.starts_with("\\]"))
}

fn counts(findings: &[Finding]) -> BTreeMap<Kind, usize> {
    let mut counts = BTreeMap::new();
    for finding in findings {
        *counts.entry(finding.kind).or_insert(0) += 1;
    }
    counts
}
