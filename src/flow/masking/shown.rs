//! The admin page's masking section as it is shown. It changes nothing.

use std::collections::BTreeMap;

use crate::flow::session::Session;
use crate::flow::stop::Stop;
use crate::policy::masking;
use crate::privacy::{Kind, figures};
use crate::protocol::view::{
    CanaryView, ClassView, KindView, MaskingAdmin, MaskingChange, MaskingReportView, OwnWord, OwnWords, ReportDay,
    SavedBy,
};
use crate::protocol::{DataClass, Millis};
use crate::record::{AllowWord, Canary, Change, DenyWord, MaskingPolicy, MaskingReport, Who};

/// The section, by the rules and the counts as they are.
pub(super) async fn view(session: &Session, policy: &MaskingPolicy) -> Result<MaskingAdmin, Stop> {
    // Counts that do not open take nothing else away.
    let report = session.row::<MaskingReport>().await.map(|kept| kept.row).ok();
    let today = session.host.now().as_days();
    Ok(MaskingAdmin {
        classes: DataClass::ALL.iter().map(|class| class_view(policy, *class)).collect(),
        kinds: Kind::ALL.iter().map(|kind| kind_view(*kind)).collect(),
        custom: OwnWords {
            deny: policy.deny.iter().map(deny).collect(),
            allow: policy.allow.iter().map(allow).collect(),
        },
        canaries: policy.canaries.iter().map(|canary| canary_view(canary, report.as_ref())).collect(),
        report: report.as_ref().map(|report| week(report, today)),
        changes: policy.changes.iter().map(change).collect(),
        can_edit: true,
        planted: None,
    })
}

fn class_view(policy: &MaskingPolicy, class: DataClass) -> ClassView {
    let off = Kind::ALL.iter().filter(|kind| !masking::masks(policy, class, **kind)).map(|kind| kind.wire());
    let containers = policy.containers.iter().filter(|known| known.class == class).count();
    ClassView { class, off: off.collect(), containers }
}

fn kind_view(kind: Kind) -> KindView {
    let always = DataClass::ALL.iter().filter(|class| !masking::may_be_off(**class, kind)).copied().collect();
    KindView { kind: kind.wire(), always, figure: figures::of(kind) }
}

fn by(who: &Who) -> SavedBy {
    SavedBy { account_id: who.account_id.clone(), name: who.name.clone() }
}

fn deny(word: &DenyWord) -> OwnWord {
    OwnWord {
        id: word.id.clone(),
        text: word.text.clone(),
        kind: Some(word.kind.wire()),
        r#match: Some(word.r#match),
        saved_at: word.saved_at,
        by: by(&word.by),
    }
}

fn allow(word: &AllowWord) -> OwnWord {
    OwnWord {
        id: word.id.clone(),
        text: word.text.clone(),
        kind: None,
        r#match: None,
        saved_at: word.saved_at,
        by: by(&word.by),
    }
}

fn canary_view(canary: &Canary, report: Option<&MaskingReport>) -> CanaryView {
    let seen = report.and_then(|report| report.seen.get(&canary.id));
    CanaryView {
        id: canary.id.clone(),
        label: canary.label.clone(),
        planted_at: canary.planted_at,
        by: by(&canary.by),
        seen: seen.map_or(0, |seen| seen.n),
        seen_at: seen.map(|seen| seen.at),
    }
}

fn change(change: &Change) -> MaskingChange {
    MaskingChange {
        at: change.at,
        by: by(&change.by),
        what: change.act,
        kind: change.kind.map(Kind::wire),
        class: change.class,
        of: change.of.clone(),
        from: change.from.clone(),
        to: change.to.clone(),
    }
}

/// The seven days that end today, each of them, also those on which nothing left.
fn week(report: &MaskingReport, today: u32) -> MaskingReportView {
    let first = today.saturating_sub(6);
    let days: Vec<ReportDay> = (first..=today)
        .map(|day| {
            let count = report.days.iter().find(|count| count.day == day);
            ReportDay {
                day: Millis::of_days(day),
                requests: count.map_or(0, |count| count.requests),
                blocked: count.map_or(0, |count| count.blocked),
                kinds: count.map(kinds_of).unwrap_or_default(),
            }
        })
        .collect();
    let mut kinds = BTreeMap::<&'static str, u64>::new();
    for (kind, n) in days.iter().flat_map(|day| &day.kinds) {
        let sum = kinds.entry(kind).or_default();
        *sum = sum.saturating_add(*n);
    }
    MaskingReportView {
        from: Millis::of_days(first),
        to: Millis::of_days(today),
        requests: days.iter().map(|day| day.requests).sum(),
        blocked: days.iter().map(|day| day.blocked).sum(),
        kinds,
        days,
    }
}

fn kinds_of(count: &crate::record::DayCount) -> BTreeMap<&'static str, u64> {
    count.kinds.iter().map(|(kind, n)| (kind.wire(), *n)).collect()
}
