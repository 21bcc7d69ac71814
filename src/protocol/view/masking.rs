//! The admin page's masking section. It holds an admin's own words and text, and of everybody else's counts alone.
//! A planted value is in it once, in the answer to the call that made it.

use std::collections::BTreeMap;

use serde::Serialize;

use super::SavedBy;
use crate::privacy::figures::Figure;
use crate::protocol::{ContainerKind, DataClass, Millis, Product, WordMatch};
use crate::record::ChangeAct;

/// The section.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the names say it")]
pub struct MaskingAdmin {
    pub classes: Vec<ClassView>,
    pub kinds: Vec<KindView>,
    pub custom: OwnWords,
    pub canaries: Vec<CanaryView>,
    /// None when the counts cannot be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub report: Option<MaskingReportView>,
    pub changes: Vec<MaskingChange>,
    pub can_edit: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub planted: Option<PlantedCanary>,
}

/// What a class does not mask.
#[derive(Debug, Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct ClassView {
    pub class: DataClass,
    pub off: Vec<&'static str>,
    /// Projects and spaces that were given this class.
    pub containers: usize,
}

/// A kind of personal data or secret.
#[derive(Debug, Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct KindView {
    pub kind: &'static str,
    /// Classes in which it cannot be switched off.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub always: Vec<DataClass>,
    /// What was measured of finding it; none = not measured.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub figure: Option<&'static Figure>,
}

/// Own words.
#[derive(Debug, Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct OwnWords {
    pub deny: Vec<OwnWord>,
    pub allow: Vec<OwnWord>,
}

/// An own word, phrase or pattern.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the names say it")]
pub struct OwnWord {
    pub id: String,
    pub text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub r#match: Option<WordMatch>,
    pub saved_at: Millis,
    pub by: SavedBy,
}

/// A planted value; never the value.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the names say it")]
pub struct CanaryView {
    pub id: String,
    pub label: String,
    pub planted_at: Millis,
    pub by: SavedBy,
    /// Requests that held it; none of them was sent.
    pub seen: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seen_at: Option<Millis>,
}

/// A planted value, once.
#[derive(Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct PlantedCanary {
    pub id: String,
    pub value: String,
}

impl std::fmt::Debug for PlantedCanary {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PlantedCanary").field("id", &self.id).finish_non_exhaustive()
    }
}

/// A week's counts.
#[derive(Debug, Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct MaskingReportView {
    pub from: Millis,
    pub to: Millis,
    pub requests: u64,
    pub blocked: u64,
    pub kinds: BTreeMap<&'static str, u64>,
    /// The earliest first.
    pub days: Vec<ReportDay>,
}

/// A day's counts (UTC).
#[derive(Debug, Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct ReportDay {
    pub day: Millis,
    pub requests: u64,
    pub blocked: u64,
    pub kinds: BTreeMap<&'static str, u64>,
}

/// An admin's act.
#[derive(Debug, Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct MaskingChange {
    pub at: Millis,
    pub by: SavedBy,
    pub what: ChangeAct,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub class: Option<DataClass>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub of: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
}

/// Projects and spaces with their classes.
#[derive(Debug, Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct MaskingContainers {
    pub containers: Vec<MaskingContainer>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
    /// Products that did not answer.
    pub failed: Vec<Product>,
}

/// A project or space.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the names say it")]
pub struct MaskingContainer {
    pub kind: ContainerKind,
    pub key: String,
    pub name: String,
    pub class: DataClass,
    /// Whether an admin chose it.
    pub is_set: bool,
}

/// An admin's own text, with what would be masked in it.
#[derive(Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct MaskingTrial {
    pub parts: Vec<TrialPart>,
    pub counts: BTreeMap<&'static str, u32>,
}

/// A stretch of it.
#[derive(Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct TrialPart {
    pub text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub token: Option<String>,
    /// The country the format belongs to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<&'static str>,
}
