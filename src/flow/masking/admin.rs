//! The admin page's masking section: what is masked in which class. Every act asks the product first whether the user
//! administers it, and is written down with who, when and what.

use super::rules::Rules;
use super::shown;
use crate::audit::{Code, LogLine};
use crate::flow::admin::{admin_name, admit};
use crate::flow::session::Session;
use crate::flow::stop::{Stop, bad_field};
use crate::policy::masking;
use crate::privacy::Kind;
use crate::protocol::view::MaskingAdmin;
use crate::protocol::{DataClass, Fault};
use crate::record::{Change, ChangeAct, MaskingPolicy, MaskingReport, Who};

/// The section.
pub(crate) async fn open(session: &Session) -> Result<MaskingAdmin, Stop> {
    admit(session).await?;
    let rules = Rules::open(session).await?;
    shown::view(session, rules.policy()).await
}

/// Masks a kind in a class, or no longer.
pub(crate) async fn set_kind(session: &Session, class: DataClass, kind: &str, on: bool) -> Result<MaskingAdmin, Stop> {
    let kind = kind_of(kind).ok_or_else(|| bad_field("kind"))?;
    if !on && !masking::may_be_off(class, kind) {
        return Err(bad_field("class"));
    }
    act(session, |policy, by| {
        let off = policy.off.entry(class).or_default();
        let is_new = if on { off.remove(&kind) } else { off.insert(kind) };
        if is_new {
            let word = |on: bool| Some(if on { "on" } else { "off" }.to_owned());
            let change = Change {
                kind: Some(kind),
                class: Some(class),
                from: word(!on),
                to: word(on),
                ..by.did(ChangeAct::Kind)
            };
            policy.note(change);
        }
        Ok(())
    })
    .await
}

/// Gives up rules or counts that cannot be read: every kind is masked again, own words and planted values are gone. What can be
/// read stays as it is.
pub(crate) async fn reset(session: &Session) -> Result<MaskingAdmin, Stop> {
    admit(session).await?;
    if let Err(Stop::Fault(Fault::MaskingUnreadable)) = Rules::open(session).await {
        let mut policy = MaskingPolicy::default();
        policy.note(by(session).await?.did(ChangeAct::Reset));
        session.replace_row(&policy).await?;
        session.host.log(LogLine::new(Code::MaskingChanged));
    }
    if let Err(Stop::Fault(Fault::StorageUnreadable)) = session.row::<MaskingReport>().await {
        session.replace_row(&MaskingReport::default()).await?;
    }
    shown::view(session, Rules::open(session).await?.policy()).await
}

/// A kind by its name on the wire.
pub(super) fn kind_of(name: &str) -> Option<Kind> {
    Kind::ALL.iter().copied().find(|kind| kind.wire() == name)
}

/// Who acts, and when.
pub(super) struct By {
    pub(super) who: Who,
    pub(super) now: crate::protocol::Millis,
}

impl By {
    /// A change by them that names nothing yet.
    pub(super) fn did(&self, act: ChangeAct) -> Change {
        Change { at: self.now, by: self.who.clone(), act, kind: None, class: None, of: None, from: None, to: None }
    }
}

/// An admin's act on the rules, and the section after it.
pub(super) async fn act<T>(
    session: &Session,
    change: impl FnMut(&mut MaskingPolicy, &By) -> Result<T, Stop>,
) -> Result<MaskingAdmin, Stop> {
    admit(session).await?;
    Ok(admitted(session, change).await?.0)
}

/// The same for one who was admitted already.
pub(super) async fn admitted<T>(
    session: &Session,
    mut change: impl FnMut(&mut MaskingPolicy, &By) -> Result<T, Stop>,
) -> Result<(MaskingAdmin, T), Stop> {
    let by = by(session).await?;
    // A record that does not open is not written over.
    let (policy, outcome) = session.change_row::<MaskingPolicy, T>(|policy| change(policy, &by)).await?;
    session.host.log(LogLine::new(Code::MaskingChanged));
    Ok((shown::view(session, &policy).await?, outcome))
}

async fn by(session: &Session) -> Result<By, Stop> {
    let name = admin_name(session).await?;
    let who = Who { account_id: session.user()?.account_id().to_owned(), name };
    Ok(By { who, now: session.host.now() })
}
