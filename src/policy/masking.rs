//! What a request over these sources masks: the union of what the classes of their projects and spaces mask.
//! It masks nothing and asks nobody; what it decides about is the admin's record.
//!
//! INVARIANT: what is of no known project or space is of the strictest class, and so is a request without sources.

use crate::privacy::{BadPattern, Custom, Deny, Kind, KindSet, Matcher, Pattern};
use crate::protocol::{DataClass, WordMatch};
use crate::record::{DenyWord, MaskingPolicy, Place};

/// The class of a place.
#[must_use]
pub fn class_of(policy: &MaskingPolicy, place: Option<&Place>) -> DataClass {
    let Some(place) = place else { return DataClass::UNKNOWN };
    let is_same = |known: &Place| {
        let by_id = !place.id.is_empty() && !known.id.is_empty();
        known.kind == place.kind && if by_id { known.id == place.id } else { known.key == place.key }
    };
    policy.containers.iter().find(|known| is_same(&known.place)).map_or(DataClass::UNSET, |known| known.class)
}

/// Whether a class masks a kind.
#[must_use]
pub fn masks(policy: &MaskingPolicy, class: DataClass, kind: Kind) -> bool {
    !policy.off.get(&class).is_some_and(|off| off.contains(&kind)) || !may_be_off(class, kind)
}

/// The kinds one class masks.
#[must_use]
pub fn kinds_of(policy: &MaskingPolicy, class: DataClass) -> KindSet {
    Kind::ALL.iter().copied().filter(|kind| masks(policy, class, *kind)).collect()
}

/// The kinds a request over texts of these places masks.
pub fn kinds<'a>(policy: &MaskingPolicy, places: impl IntoIterator<Item = Option<&'a Place>>) -> KindSet {
    let mut classes: Vec<DataClass> = places.into_iter().map(|place| class_of(policy, place)).collect();
    if classes.is_empty() {
        classes.push(DataClass::UNKNOWN);
    }
    let is_masked = |kind: &Kind| classes.iter().any(|class| masks(policy, *class, *kind));
    Kind::ALL.iter().copied().filter(is_masked).collect()
}

/// Whether an admin may switch a kind off in a class: secrets in public alone.
#[must_use]
pub fn may_be_off(class: DataClass, kind: Kind) -> bool {
    class == DataClass::Public || !matches!(kind, Kind::Secret | Kind::UrlCredential)
}

/// What an own word may be masked as.
#[must_use]
pub fn may_be_word(kind: Kind) -> bool {
    matches!(kind, Kind::Person | Kind::Secret)
}

/// How a word is met.
///
/// # Errors
/// [`BadPattern`] with the reason and the place.
pub fn matcher(text: &str, how: WordMatch) -> Result<Matcher, BadPattern> {
    Ok(match how {
        WordMatch::Word => Matcher::Word(text.to_owned()),
        WordMatch::Phrase => Matcher::Phrase(text.to_owned()),
        WordMatch::Pattern => Matcher::Pattern(Pattern::compile(text)?),
    })
}

/// The admin's own words, ready to be used.
///
/// # Errors
/// [`BadPattern`] when a pattern that was taken once is not any more: nothing may be masked without it.
pub fn custom(policy: &MaskingPolicy) -> Result<Custom, BadPattern> {
    let deny = |word: &DenyWord| Ok(Deny { matcher: matcher(&word.text, word.r#match)?, kind: word.kind });
    let deny = policy.deny.iter().map(deny).collect::<Result<Vec<Deny>, BadPattern>>()?;
    Ok(Custom { deny, allow: policy.allow.iter().map(|word| word.text.clone()).collect() })
}

/// Planted values, which are masked where secrets are; none when there is none.
///
/// # Errors
/// As [`custom`].
pub fn planted(policy: &MaskingPolicy) -> Result<Option<Deny>, BadPattern> {
    let pattern = (!policy.canaries.is_empty()).then(|| Pattern::compile(CANARY_PATTERN)).transpose()?;
    Ok(pattern.map(|pattern| Deny { matcher: Matcher::Pattern(pattern), kind: Kind::Secret }))
}

/// What planted values begin with: letters alone, so that no markup changes them.
pub const CANARY: &str = "qgcanary";
/// Letters and digits behind that (RFC 4648 §6, lower case): 130 random bits.
pub const CANARY_LENGTH: usize = 26;
const CANARY_PATTERN: &str = "qgcanary[a-z2-7]{26}";

/// Whatever in a text has the form of a planted value, in lower case.
pub fn canary_like(text: &str) -> Vec<String> {
    let lower = text.to_ascii_lowercase();
    let found = lower.match_indices(CANARY).filter_map(|(at, _)| {
        let end = at.checked_add(CANARY.len())?.checked_add(CANARY_LENGTH)?;
        let value = lower.get(at..end)?;
        value.bytes().all(|byte| byte.is_ascii_alphanumeric()).then(|| value.to_owned())
    });
    found.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::ContainerKind;
    use crate::record::Classed;

    fn place(key: &str, id: &str) -> Place {
        Place { kind: ContainerKind::Project, id: id.to_owned(), key: key.to_owned() }
    }

    /// PUB is public and passes e-mail, phone and secrets; INT is internal and passes phone.
    fn policy() -> MaskingPolicy {
        let classed = |key: &str, id: &str, class| Classed { place: place(key, id), title: String::new(), class };
        let mut policy = MaskingPolicy {
            containers: vec![classed("PUB", "1", DataClass::Public), classed("INT", "2", DataClass::Internal)],
            ..MaskingPolicy::default()
        };
        policy.off.insert(DataClass::Public, [Kind::Email, Kind::Phone, Kind::Secret].into());
        policy.off.insert(DataClass::Internal, [Kind::Phone, Kind::Secret].into());
        policy
    }

    #[track_caller]
    fn check(places: &[Option<Place>], passed: &[Kind]) {
        let kinds = kinds(&policy(), places.iter().map(Option::as_ref));
        let open: Vec<Kind> = Kind::ALL.iter().copied().filter(|kind| !kinds.has(*kind)).collect();
        assert_eq!(open, passed);
    }

    #[test]
    fn the_strictest_class_of_the_sources_wins() {
        let (public, internal) = (Some(place("PUB", "1")), Some(place("INT", "2")));
        check(std::slice::from_ref(&public), &[Kind::Email, Kind::Phone, Kind::Secret]);
        check(&[public.clone(), internal], &[Kind::Phone]);
        check(&[public.clone(), Some(place("OTHER", "3"))], &[]);
        check(&[public, None], &[]);
        check(&[], &[]);
    }

    #[test]
    fn a_place_is_known_by_its_id_even_when_its_key_changed() {
        assert_eq!(class_of(&policy(), Some(&place("NEW", "1"))), DataClass::Public);
        assert_eq!(class_of(&policy(), Some(&place("PUB", ""))), DataClass::Public);
        assert_eq!(class_of(&policy(), Some(&place("PUB", "9"))), DataClass::Confidential);
        let space = Place { kind: ContainerKind::Space, ..place("PUB", "1") };
        assert_eq!(class_of(&policy(), Some(&space)), DataClass::Confidential);
        assert_eq!(class_of(&policy(), None), DataClass::Restricted);
    }

    #[test]
    fn secrets_pass_in_public_alone_whatever_the_record_says() {
        assert!(masks(&policy(), DataClass::Internal, Kind::Secret));
        assert!(!masks(&policy(), DataClass::Public, Kind::Secret));
        for class in [DataClass::Internal, DataClass::Confidential, DataClass::Restricted] {
            assert!(!may_be_off(class, Kind::Secret) && !may_be_off(class, Kind::UrlCredential));
        }
    }

    /// Ledger: SY-02.
    #[test]
    fn masks_everything_everywhere_until_an_admin_says_otherwise() {
        for class in DataClass::ALL {
            assert!(Kind::ALL.iter().all(|kind| masks(&MaskingPolicy::default(), class, *kind)));
        }
    }

    #[test]
    fn finds_what_looks_like_a_planted_value_in_any_case() {
        let value = format!("{CANARY}{}", "abcdefghijklmnopqrstuvwx23");
        let text = format!("x\\n{} y {CANARY}short", value.to_ascii_uppercase());
        assert_eq!(canary_like(&text), [value]);
        assert_eq!(canary_like(&format!("{CANARY}{}", "ü".repeat(26))), [""; 0]);
    }
}
