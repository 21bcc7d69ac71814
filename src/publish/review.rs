//! Review and approval: a hash over exactly what would be written, and the proof that a person saw and confirmed it.
//!
//! It sends nothing; publishing takes an [`Approved`] and there is no other way to one than this file.

use super::apply::apply;
use super::digest::{Digest, Fields};
use super::page::Page;
use super::resolve::ApplyError;
use super::rows::{Summary, summary};
use super::script::{EditId, EditScript};
use std::collections::BTreeSet;

/// Where the page is, or is to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// The site.
    pub cloud_id: String,
    /// The space.
    pub space_id: String,
    /// The page, or its place.
    pub page: TargetPage,
}

/// A page that is there, or one to be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TargetPage {
    /// To be made.
    New {
        /// The page above it.
        parent_id: Option<String>,
    },
    /// There.
    Existing {
        /// Its id.
        page_id: String,
        /// The version that the edits are for.
        version: u64,
    },
}

/// What is proposed besides the edits.
#[derive(Clone, Debug)]
pub struct Proposal {
    /// Where.
    pub target: Target,
    /// The title as it will be.
    pub title: String,
    /// The version message.
    pub message: String,
    /// When it was drafted, in milliseconds since 1970.
    pub drafted_at: u64,
}

/// What a person is to confirm.
#[derive(Debug)]
pub struct Review {
    /// Names exactly this review.
    pub hash: Digest,
    /// Until when it can be approved, in milliseconds since 1970.
    pub approve_by: u64,
    /// What will be written, in counts.
    pub summary: Summary,
    proposal: Proposal,
    body: String,
    changes: bool,
}

/// A body that a person approved: what publishing needs, and the only thing it takes.
///
/// ```compile_fail
/// let forged = quillgate::publish::Approved { body: String::new(), ..unreachable!() };
/// ```
pub struct Approved {
    hash: Digest,
    proposal: Proposal,
    body: String,
}

/// Why an approval is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The person saw something else.
    WrongHash,
    /// Drafted more than [`APPROVAL_MILLIS`] ago.
    Expired,
    /// The body would stay as it is.
    NothingToWrite,
}

/// Works out the exact body and binds it with everything else that is written.
///
/// # Errors
/// [`ApplyError`] when the script is none for this page.
pub fn review(
    page: &Page,
    script: &EditScript,
    left_out: &BTreeSet<EditId>,
    proposal: Proposal,
) -> Result<Review, ApplyError> {
    let body = apply(page, script, left_out)?;
    Ok(Review {
        hash: bind(&proposal, &body),
        approve_by: proposal.drafted_at.saturating_add(APPROVAL_MILLIS),
        summary: summary(script, left_out),
        changes: body != page.body(),
        proposal,
        body,
    })
}

impl Review {
    /// The proposal as bound.
    pub fn proposal(&self) -> &Proposal {
        &self.proposal
    }

    /// The version that publishing would write.
    pub fn next_version(&self) -> u64 {
        self.proposal.next_version()
    }

    /// Turns the review into an approval, given the hash that the person confirmed.
    ///
    /// # Errors
    /// [`Refusal`].
    pub fn approve(self, confirmed: &str, now: u64) -> Result<Approved, Refusal> {
        if Digest::parse(confirmed) != Some(self.hash) {
            return Err(Refusal::WrongHash);
        }
        if now > self.approve_by {
            return Err(Refusal::Expired);
        }
        if !self.changes {
            return Err(Refusal::NothingToWrite);
        }
        Ok(Approved { hash: self.hash, proposal: self.proposal, body: self.body })
    }
}

impl Approved {
    /// The old body of a page that nobody changed since: the person's wish to revert says all there is to approve.
    pub(super) fn restored(body: String, proposal: Proposal) -> Self {
        Self { hash: bind(&proposal, &body), proposal, body }
    }

    /// The body to write.
    pub fn body(&self) -> &str {
        &self.body
    }

    /// The title to write.
    pub fn title(&self) -> &str {
        &self.proposal.title
    }

    /// Where to write.
    pub fn target(&self) -> &Target {
        &self.proposal.target
    }

    /// The version to write; the product refuses it when someone else was faster.
    pub fn next_version(&self) -> u64 {
        self.proposal.next_version()
    }

    /// The version message to write.
    pub fn message(&self) -> &str {
        &self.proposal.message
    }

    /// The hash approved.
    pub fn hash(&self) -> Digest {
        self.hash
    }

    /// The digest of the body, for the record of the intent.
    pub fn body_digest(&self) -> Digest {
        Digest::of(&self.body)
    }
}

impl Proposal {
    fn next_version(&self) -> u64 {
        match &self.target.page {
            TargetPage::New { .. } => 1,
            TargetPage::Existing { version, .. } => version.saturating_add(1),
        }
    }
}

impl Refusal {
    /// The stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::WrongHash => "wrong-hash",
            Self::Expired => "expired",
            Self::NothingToWrite => "nothing-to-write",
        }
    }
}

/// Every field that is written, each with its length; the label carries the version of this form.
fn bind(proposal: &Proposal, body: &str) -> Digest {
    let Target { cloud_id, space_id, page } = &proposal.target;
    let fields = Fields::new("quillgate review 1").with(cloud_id).with(space_id);
    let fields = match page {
        TargetPage::New { parent_id } => fields.with("new").with_option(parent_id.as_deref()),
        TargetPage::Existing { page_id, version } => fields.with("page").with(page_id).with(&version.to_string()),
    };
    fields.with(&proposal.title).with(&proposal.message).with(body).finish()
}

/// How long a draft can be approved: a day.
pub const APPROVAL_MILLIS: u64 = 24 * 60 * 60 * 1000;

#[cfg(test)]
mod tests {
    use super::{APPROVAL_MILLIS, Proposal, Refusal, Review, Target, TargetPage, review};
    use crate::content::{Block, Inline};
    use crate::publish::{EditScript, Op, Page, Place};
    use std::collections::BTreeSet;

    fn proposal(change: fn(&mut Proposal)) -> Proposal {
        let page = TargetPage::Existing { page_id: "7".into(), version: 3 };
        let target = Target { cloud_id: "cloud".into(), space_id: "space".into(), page };
        let mut proposal = Proposal { target, title: "Title".into(), message: "Message".into(), drafted_at: 1_000 };
        change(&mut proposal);
        proposal
    }

    fn reviewed(body: &str, text: Option<&str>, change: fn(&mut Proposal)) -> Review {
        let page = Page::parse(body).unwrap();
        let mut script = EditScript::new(&page);
        if let Some(text) = text {
            script.push(Op::insert(&page, Place::End, &Block::paragraph(vec![Inline::text(text)])), Vec::new(), None);
        }
        review(&page, &script, &BTreeSet::new(), proposal(change)).unwrap()
    }

    #[test]
    fn approves_what_was_seen() {
        let review = reviewed("<p>a</p>", Some("b"), |_| {});
        assert_eq!((review.next_version(), review.approve_by), (4, 1_000 + APPROVAL_MILLIS));
        let hash = review.hash.to_string();
        // The golden value of form 1: a change of the form is a new label.
        assert_eq!(hash, "7afd50608ed1a13cec58b27830150ff90ff318013f920da02199d163b8f08b7f");
        let approved = review.approve(&hash, 1_000 + APPROVAL_MILLIS).ok().unwrap();
        assert_eq!(approved.body(), "<p>a</p><p>b</p>");
        assert_eq!((approved.title(), approved.message(), approved.next_version()), ("Title", "Message", 4));
        assert_eq!(approved.hash().to_string(), hash);
    }

    #[test]
    fn refuses_another_hash_a_late_approval_and_nothing_to_write() {
        let check = |text: Option<&str>, hash: fn(String) -> String, now: u64, expected: Refusal| {
            let review = reviewed("<p>a</p>", text, |_| {});
            let hash = hash(review.hash.to_string());
            assert_eq!(review.approve(&hash, now).err(), Some(expected));
        };
        check(Some("b"), |_| String::new(), 0, Refusal::WrongHash);
        check(Some("b"), |hash| hash.to_uppercase(), 0, Refusal::WrongHash);
        check(Some("b"), |hash| hash.replace(|c: char| c.is_ascii_digit(), "a"), 0, Refusal::WrongHash);
        check(Some("b"), |hash| hash, 1_001 + APPROVAL_MILLIS, Refusal::Expired);
        check(None, |hash| hash, 0, Refusal::NothingToWrite);
    }

    #[test]
    fn binds_every_field_that_is_written() {
        let changes: [fn(&mut Proposal); 9] = [
            |_| {},
            |proposal| proposal.target.cloud_id = "other".into(),
            |proposal| proposal.target.space_id = "other".into(),
            |proposal| proposal.target.page = TargetPage::Existing { page_id: "8".into(), version: 3 },
            |proposal| proposal.target.page = TargetPage::Existing { page_id: "7".into(), version: 4 },
            |proposal| proposal.target.page = TargetPage::New { parent_id: None },
            |proposal| proposal.target.page = TargetPage::New { parent_id: Some(String::new()) },
            |proposal| proposal.title = "Other".into(),
            |proposal| proposal.message = "Other".into(),
        ];
        let mut hashes: BTreeSet<String> =
            changes.iter().map(|change| reviewed("<p>a</p>", Some("b"), *change).hash.to_string()).collect();
        hashes.insert(reviewed("<p>a</p>", Some("c"), |_| {}).hash.to_string());
        assert_eq!(hashes.len(), changes.len() + 1);
        let later = reviewed("<p>a</p>", Some("b"), |proposal| proposal.drafted_at = 2);
        assert!(hashes.contains(&later.hash.to_string()));
    }

    #[test]
    fn makes_version_1_of_a_new_page() {
        let new = |proposal: &mut Proposal| proposal.target.page = TargetPage::New { parent_id: None };
        let review = reviewed("", Some("b"), new);
        let hash = review.hash.to_string();
        let approved = review.approve(&hash, 0).ok().unwrap();
        assert_eq!((approved.body(), approved.next_version()), ("<p>b</p>", 1));
    }
}
