//! The masking rules of an installation, opened: they make the masker of each request and let a request leave.
//! They find nothing themselves and send nothing.
//!
//! INVARIANT: without rules there is no masker for a request, so rules that cannot be read send nothing.

use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::flow::session::Session;
use crate::flow::stop::Stop;
use crate::policy::masking;
use crate::privacy::{BadPattern, Custom, Deny, Identity, KindSet, Masker};
use crate::protocol::{DataClass, Fault};
use crate::record::{self, MaskingPolicy, Material, Person, Place, TargetRecord};

/// The rules as they are now, their patterns compiled once.
pub(crate) struct Rules {
    policy: MaskingPolicy,
    custom: Custom,
    planted: Option<Deny>,
}

impl Rules {
    /// Reads them.
    ///
    /// # Errors
    /// [`Fault::MaskingUnreadable`] when what is stored does not open or cannot be used; what storage says when it does not answer.
    pub(crate) async fn open(session: &Session) -> Result<Rules, Stop> {
        let kept = session.row::<MaskingPolicy>().await.map_err(|stop| match stop {
            Stop::Fault(_) | Stop::Refused(..) => Fault::MaskingUnreadable.into(),
            Stop::Failed(_) => stop,
        })?;
        Rules::of(kept.row)
    }

    /// Rules of a record.
    ///
    /// # Errors
    /// [`Fault::MaskingUnreadable`] when an own pattern in it is none any more.
    pub(super) fn of(policy: MaskingPolicy) -> Result<Rules, Stop> {
        match (masking::custom(&policy), masking::planted(&policy)) {
            (Ok(custom), Ok(planted)) => Ok(Rules { policy, custom, planted }),
            (Err(BadPattern { .. }), _) | (_, Err(BadPattern { .. })) => Err(Fault::MaskingUnreadable.into()),
        }
    }

    /// The masker of a request over texts of these places.
    pub(crate) fn masker<'a>(&self, people: &[Person], places: impl IntoIterator<Item = Option<&'a Place>>) -> Masker {
        self.masker_of(people, masking::kinds(&self.policy, places))
    }

    /// The masker of a draft: over its sources, and the place it is written to.
    pub(crate) fn masker_of_draft(&self, material: &Material, target: &TargetRecord) -> Masker {
        let space = target.space_id.clone().map(Place::space);
        let places = material.sources.iter().map(|source| source.place.as_ref());
        self.masker(&material.people, places.chain([space.as_ref()]))
    }

    /// The classes of texts of these places; the strictest where there are none.
    pub(crate) fn classes<'a>(&self, places: impl IntoIterator<Item = Option<&'a Place>>) -> BTreeSet<DataClass> {
        let classes: BTreeSet<DataClass> =
            places.into_iter().map(|place| masking::class_of(&self.policy, place)).collect();
        if classes.is_empty() { BTreeSet::from([DataClass::UNKNOWN]) } else { classes }
    }

    /// The classes of a draft: of its sources, and of the place it is written to.
    pub(crate) fn classes_of_draft(&self, material: &Material, target: &TargetRecord) -> BTreeSet<DataClass> {
        let space = target.space_id.clone().map(Place::space);
        let places = material.sources.iter().map(|source| source.place.as_ref());
        self.classes(places.chain([space.as_ref()]))
    }

    /// The masker of one class, for an admin's own text.
    pub(super) fn masker_of_class(&self, class: DataClass) -> Masker {
        self.masker_of(&[], masking::kinds_of(&self.policy, class))
    }

    /// The masker that finds every kind, whatever is masked in a class.
    pub(crate) fn masker_of_all(&self, people: &[Person]) -> Masker {
        self.masker_of(people, KindSet::ALL)
    }

    /// What the rules are, in bytes: other rules, other bytes. Acts of admins that change no rule are not in it.
    pub(crate) fn print(&self) -> Vec<u8> {
        record::encode(&(&self.policy.off, &self.policy.containers, &self.policy.deny, &self.policy.allow))
    }

    /// The admin's record.
    pub(super) const fn policy(&self) -> &MaskingPolicy {
        &self.policy
    }

    /// A masker of these kinds that knows these people.
    fn masker_of(&self, people: &[Person], kinds: KindSet) -> Masker {
        let identities: Vec<Identity> = people.iter().map(identity).collect();
        Masker::with(&identities, kinds, &self.custom(kinds))
    }

    /// The admin's own words; with secrets masked, planted values too.
    fn custom(&self, kinds: KindSet) -> Cow<'_, Custom> {
        let Some(planted) = self.planted.as_ref().filter(|planted| kinds.has(planted.kind)) else {
            return Cow::Borrowed(&self.custom);
        };
        let mut custom = self.custom.clone();
        custom.deny.push(planted.clone());
        Cow::Owned(custom)
    }
}

fn identity(person: &Person) -> Identity {
    let mut identity = Identity::named(&person.name, person.email.as_deref());
    // A mention without a name is written by the account's id.
    identity.forms.extend(person.account_id.clone());
    identity.id.clone_from(&person.account_id);
    identity.role.clone_from(&person.role);
    identity
}
