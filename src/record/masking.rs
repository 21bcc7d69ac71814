//! What is masked where: kinds an admin switched off, classes of projects and spaces, own words, planted values; and the
//! counts of a week. It holds no text of any ticket or page, and of a planted value only a keyed fingerprint.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::container_name;
use crate::privacy::Kind;
use crate::protocol::{ContainerKind, DataClass, Millis, WordMatch};

/// A project or space, by its id where the product gave one, else by its key.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Place {
    pub kind: ContainerKind,
    #[serde(default)]
    pub id: String,
    #[serde(default)]
    pub key: String,
}

impl Place {
    /// A space, by its id.
    #[must_use]
    pub const fn space(id: String) -> Place {
        Place { kind: ContainerKind::Space, id, key: String::new() }
    }

    /// The place of an indexed document, by its container's name (`project:ABC`).
    #[must_use]
    pub fn named(name: &str) -> Option<Place> {
        let of = |kind, key: &str| Place { kind, id: String::new(), key: key.to_owned() };
        let (_, key) = name.split_once(':')?;
        [ContainerKind::Project, ContainerKind::Space]
            .into_iter()
            .find(|one| container_name(*one, key) == name)
            .map(|kind| of(kind, key))
    }
}

/// What is masked where. The default masks every kind everywhere.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MaskingPolicy {
    /// Version of this form.
    pub v: u8,
    /// Kinds that are not masked, by class.
    pub off: BTreeMap<DataClass, BTreeSet<Kind>>,
    /// Projects and spaces with a class of their own.
    pub containers: Vec<Classed>,
    /// Words that are always masked.
    pub deny: Vec<DenyWord>,
    /// Words that are never masked as a person or an address.
    pub allow: Vec<AllowWord>,
    /// Planted values.
    pub canaries: Vec<Canary>,
    /// What was changed, the latest first.
    pub changes: Vec<Change>,
    /// The number of the next word or planted value.
    pub next: u32,
}

impl Default for MaskingPolicy {
    fn default() -> Self {
        MaskingPolicy {
            v: 1,
            off: BTreeMap::new(),
            containers: Vec::new(),
            deny: Vec::new(),
            allow: Vec::new(),
            canaries: Vec::new(),
            changes: Vec::new(),
            next: 1,
        }
    }
}

impl MaskingPolicy {
    /// Writes a change down; the oldest goes when there are too many.
    pub fn note(&mut self, change: Change) {
        self.changes.insert(0, change);
        self.changes.truncate(MOST_CHANGES);
    }

    /// A number no word or planted value of this record had before.
    pub fn number(&mut self) -> String {
        let number = self.next;
        self.next = self.next.saturating_add(1);
        number.to_string()
    }
}

/// A project or space and its class.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Classed {
    pub place: Place,
    pub title: String,
    pub class: DataClass,
}

/// A word that is always masked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the names say it")]
pub struct DenyWord {
    pub id: String,
    pub text: String,
    pub kind: Kind,
    pub r#match: WordMatch,
    pub saved_at: Millis,
    pub by: Who,
}

/// A word that is never masked as a person or an address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the names say it")]
pub struct AllowWord {
    pub id: String,
    pub text: String,
    pub saved_at: Millis,
    pub by: Who,
}

/// A value that must never leave; what is kept is its MAC under a key of this installation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Canary {
    pub id: String,
    pub label: String,
    pub fingerprint: String,
    pub planted_at: Millis,
    pub by: Who,
}

/// Who did something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Who {
    pub account_id: String,
    /// For the others' information; the id decides.
    pub name: String,
}

/// One act of an admin. It holds no word and no planted value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Change {
    pub at: Millis,
    pub by: Who,
    pub act: ChangeAct,
    pub kind: Option<Kind>,
    pub class: Option<DataClass>,
    /// A project's or space's name, or a planted value's label.
    pub of: Option<String>,
    pub from: Option<String>,
    pub to: Option<String>,
}

/// What an admin did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum ChangeAct {
    Kind,
    Class,
    DenyAdded,
    DenyRemoved,
    AllowAdded,
    AllowRemoved,
    CanaryPlanted,
    CanaryRemoved,
    Reset,
}

/// Counts of the last days.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MaskingReport {
    /// Version of this form.
    pub v: u8,
    /// The latest day first.
    pub days: Vec<DayCount>,
    /// Planted values met, by their id.
    pub seen: BTreeMap<String, Seen>,
}

/// Counts of a day (UTC).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DayCount {
    /// Days since the Unix epoch.
    pub day: u32,
    /// Requests that left.
    pub requests: u64,
    /// Requests held back because of a planted value.
    pub blocked: u64,
    /// Passages masked, by kind.
    pub kinds: BTreeMap<Kind, u64>,
}

/// How often a planted value was met.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Seen {
    pub n: u64,
    pub at: Millis,
}

impl MaskingReport {
    /// The counts of a day; days older than [`DAYS_KEPT`] go.
    pub fn day_mut(&mut self, day: u32) -> &mut DayCount {
        self.days.retain(|count| count.day.saturating_add(DAYS_KEPT) > day);
        if !self.days.iter().any(|count| count.day == day) {
            self.days.push(DayCount { day, ..DayCount::default() });
            self.days.sort_by_key(|count| std::cmp::Reverse(count.day));
        }
        let at = self.days.iter().position(|count| count.day == day).unwrap_or_default();
        #[expect(clippy::expect_used, reason = "it was put there above")]
        self.days.get_mut(at).expect("the day is in the list")
    }
}

/// Days kept: a week and today.
const DAYS_KEPT: u32 = 8;
const MOST_CHANGES: usize = 200;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_a_week_and_today() {
        let mut report = MaskingReport::default();
        for day in 100..120 {
            report.day_mut(day).requests += 1;
        }
        report.day_mut(119).requests += 1;
        let days: Vec<(u32, u64)> = report.days.iter().map(|count| (count.day, count.requests)).collect();
        assert_eq!(days.len(), 8);
        assert_eq!((days[0], days[7]), ((119, 2), (112, 1)));
    }

    #[test]
    fn keeps_the_last_two_hundred_changes() {
        let mut policy = MaskingPolicy::default();
        for at in 0..250_u64 {
            policy.note(Change {
                at: Millis(at),
                by: Who { account_id: "a".to_owned(), name: String::new() },
                act: ChangeAct::Kind,
                kind: None,
                class: None,
                of: None,
                from: None,
                to: None,
            });
        }
        assert_eq!((policy.changes.len(), policy.changes[0].at), (200, Millis(249)));
    }

    #[test]
    fn reads_a_place_from_a_containers_name() {
        let place = Place::named("project:ITD").unwrap();
        assert_eq!((place.kind, place.key.as_str()), (ContainerKind::Project, "ITD"));
        assert_eq!(Place::named("space:~7:x").map(|place| place.key), Some("~7:x".to_owned()));
        assert_eq!(Place::named("elsewhere:ITD"), None);
        assert_eq!(Place::named("ITD"), None);
    }
}
