//! Own words, phrases and patterns: always masked, or never as a person or an address.
//! A pattern that cannot be used is refused with the reason and the place, and none of its text.

use super::admin::{act, kind_of};
use crate::flow::session::Session;
use crate::flow::stop::{Stop, bad_field};
use crate::policy::masking;
use crate::privacy::BadReason;
use crate::protocol::view::MaskingAdmin;
use crate::protocol::{Params, Refusal, WordList, WordMatch};
use crate::record::{AllowWord, Change, ChangeAct, DenyWord};

/// Adds a word.
pub(crate) async fn add(
    session: &Session,
    list: WordList,
    text: &str,
    how: WordMatch,
    kind: Option<&str>,
) -> Result<MaskingAdmin, Stop> {
    let text = text.trim();
    let length = text.chars().count();
    if length == 0 || length > LONGEST || text.chars().any(char::is_control) {
        return Err(bad_field("text"));
    }
    match list {
        WordList::Deny => deny(session, text, how, kind).await,
        WordList::Allow if how == WordMatch::Pattern => Err(bad_field("match")),
        WordList::Allow if kind.is_some() => Err(bad_field("kind")),
        WordList::Allow => allow(session, text).await,
    }
}

async fn deny(session: &Session, text: &str, how: WordMatch, kind: Option<&str>) -> Result<MaskingAdmin, Stop> {
    let kind = kind.and_then(kind_of).filter(|kind| masking::may_be_word(*kind)).ok_or_else(|| bad_field("kind"))?;
    masking::matcher(text, how).map_err(|bad| {
        let at = u64::try_from(bad.at).unwrap_or(u64::MAX);
        let params = Params::field("text").with_word("reason", reason(bad.reason)).with_number("at", at);
        Stop::Refused(Refusal::BadPattern, params)
    })?;
    act(session, |policy, by| {
        if policy.deny.iter().any(|word| word.text == text && word.r#match == how) {
            return Err(Refusal::AlreadyDone.into());
        }
        if policy.deny.len() >= MOST {
            return Err(Refusal::TooLarge.into());
        }
        let word = DenyWord {
            id: policy.number(),
            text: text.to_owned(),
            kind,
            r#match: how,
            saved_at: by.now,
            by: by.who.clone(),
        };
        policy.deny.push(word);
        policy.note(Change { kind: Some(kind), ..by.did(ChangeAct::DenyAdded) });
        Ok(())
    })
    .await
}

/// The reason's name on the wire; the page has a sentence for each.
const fn reason(reason: BadReason) -> &'static str {
    match reason {
        BadReason::TooLong => "too-long",
        BadReason::Unbounded => "unbounded",
        BadReason::EmptyMatch => "empty-match",
        BadReason::UnknownClass => "unknown-class",
        BadReason::Unbalanced => "unbalanced",
        BadReason::TooCommon => "too-common",
        BadReason::TooMany => "too-many",
        BadReason::UnknownEscape => "unknown-escape",
    }
}

async fn allow(session: &Session, text: &str) -> Result<MaskingAdmin, Stop> {
    act(session, |policy, by| {
        if policy.allow.iter().any(|word| word.text == text) {
            return Err(Refusal::AlreadyDone.into());
        }
        if policy.allow.len() >= MOST {
            return Err(Refusal::TooLarge.into());
        }
        let id = policy.number();
        policy.allow.push(AllowWord { id, text: text.to_owned(), saved_at: by.now, by: by.who.clone() });
        policy.note(by.did(ChangeAct::AllowAdded));
        Ok(())
    })
    .await
}

/// Removes a word. One that is gone already is gone.
pub(crate) async fn remove(session: &Session, list: WordList, id: &str) -> Result<MaskingAdmin, Stop> {
    act(session, |policy, by| {
        let change = match list {
            WordList::Deny => policy.deny.iter().position(|word| word.id == id).map(|at| {
                let word = policy.deny.remove(at);
                Change { kind: Some(word.kind), ..by.did(ChangeAct::DenyRemoved) }
            }),
            WordList::Allow => policy.allow.iter().position(|word| word.id == id).map(|at| {
                policy.allow.remove(at);
                by.did(ChangeAct::AllowRemoved)
            }),
        };
        change.into_iter().for_each(|change| policy.note(change));
        Ok(())
    })
    .await
}

/// Characters of a word, a phrase or a pattern.
const LONGEST: usize = 256;
/// Words of a list; the record fits one value with them.
const MOST: usize = 200;
