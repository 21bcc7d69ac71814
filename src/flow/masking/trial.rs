//! What would be masked in a text an admin typed, by the rules as they are. Nothing of it is kept, logged or sent.

use std::collections::BTreeMap;

use super::rules::Rules;
use crate::flow::admin::admit;
use crate::flow::session::Session;
use crate::flow::stop::{Stop, bad_field};
use crate::privacy::{Finding, Masker};
use crate::protocol::DataClass;
use crate::protocol::view::{MaskingTrial, TrialPart};

/// Masks a text and shows where.
pub(crate) async fn attempt(session: &Session, text: &str, class: DataClass) -> Result<MaskingTrial, Stop> {
    if text.chars().count() > LONGEST {
        return Err(bad_field("text"));
    }
    admit(session).await?;
    let mut masker = Rules::open(session).await?.masker_of_class(class);
    masker.learn(text);
    // Masked for its tokens: the findings say where they stand.
    let _ = masker.mask(text);
    let findings = masker.findings(text);
    Ok(parts(text, &findings, &masker))
}

fn parts(text: &str, findings: &[Finding], masker: &Masker) -> MaskingTrial {
    let tokens: BTreeMap<(String, String), String> =
        masker.pairs().into_iter().map(|(token, value)| ((kind_of(&token).to_owned(), value), token)).collect();
    let (mut parts, mut counts, mut end) = (Vec::new(), BTreeMap::<&'static str, u32>::new(), 0);
    let plain = |text: &str| TrialPart { text: text.to_owned(), kind: None, token: None, source: None };
    for finding in findings {
        let (Some(before), Some(value)) = (text.get(end..finding.start), text.get(finding.start..finding.end)) else {
            continue;
        };
        parts.extend((!before.is_empty()).then(|| plain(before)));
        let kind = finding.kind.wire();
        let count = counts.entry(kind).or_default();
        *count = count.saturating_add(1);
        parts.push(TrialPart {
            text: value.to_owned(),
            kind: Some(kind),
            token: tokens.get(&(kind.to_owned(), value.to_owned())).cloned(),
            source: finding.source,
        });
        end = finding.end;
    }
    let rest = text.get(end..).unwrap_or_default();
    parts.extend((!rest.is_empty()).then(|| plain(rest)));
    MaskingTrial { parts, counts }
}

/// The kind in a token's name.
fn kind_of(token: &str) -> &str {
    token.trim_start_matches('[').rsplit_once('_').map_or("", |(kind, _)| kind)
}

/// Characters of a text.
const LONGEST: usize = 100_000;
