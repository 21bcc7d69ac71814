//! What detectors report, and how overlapping reports become one list.
//! It changes no text.

use super::Kind;
use std::ops::Range;

/// A passage that is personal data or a secret.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// What it is.
    pub kind: Kind,
    /// First byte.
    pub start: usize,
    /// Byte after the last.
    pub end: usize,
    /// How sure the detector is, from 0 to 100.
    pub score: u8,
    /// The country the format belongs to, where it belongs to one.
    pub source: Option<&'static str>,
}

impl Finding {
    /// A finding that belongs to no country.
    pub(super) const fn new(kind: Kind, range: Range<usize>, score: u8) -> Finding {
        Finding { kind, start: range.start, end: range.end, score, source: None }
    }

    /// Rank among findings on the same passage: what a checksum or a vendor's format proves comes before what looks alike.
    const fn strength(&self) -> u8 {
        match self.kind {
            // A label and the check digits of its country both prove it.
            _ if self.source.is_some() && self.score >= 98 => PROVED,
            Kind::Iban | Kind::Card | Kind::CryptoWallet | Kind::Imei => 5,
            Kind::UrlCredential => 4,
            Kind::Secret => 3,
            Kind::Person => 0,
            Kind::Address | Kind::Postcode => 1,
            Kind::Email
            | Kind::Phone
            | Kind::BankAccount
            | Kind::Bic
            | Kind::NationalId
            | Kind::TaxId
            | Kind::VatId
            | Kind::Passport
            | Kind::DriverLicence
            | Kind::HealthId
            | Kind::Vehicle
            | Kind::Ip
            | Kind::Mac
            | Kind::DateOfBirth => 2,
        }
    }
}

/// The strength of what a label and check digits prove together.
const PROVED: u8 = 6;

/// Sorts, and leaves no overlap: a finding inside a longer one goes; where two cross, the stronger keeps the shared part
/// and the other what remains, so that nothing found by either is left open.
pub(super) fn resolve(mut findings: Vec<Finding>) -> Vec<Finding> {
    findings.sort_by(|a, b| {
        let ends = b.end.cmp(&a.end);
        a.start.cmp(&b.start).then(ends).then(b.strength().cmp(&a.strength())).then(b.score.cmp(&a.score))
    });
    let mut kept: Vec<Finding> = Vec::with_capacity(findings.len());
    for mut finding in findings {
        let Some(last) = kept.last_mut() else {
            kept.push(finding);
            continue;
        };
        if finding.end <= last.end {
            // A telephone number takes the bracket before it along; what is proved by its label does not.
            if finding.strength() == PROVED
                && last.kind == Kind::Phone
                && last.end - last.start <= finding.end - finding.start + 2
            {
                *last = finding;
            }
            continue;
        }
        if finding.start < last.end {
            // Two halves of one address, each found from its own number.
            if finding.kind == Kind::Address && last.kind == Kind::Address {
                last.end = finding.end;
                continue;
            }
            if finding.strength() > last.strength() {
                last.end = finding.start;
            } else {
                finding.start = last.end;
            }
        }
        if last.start == last.end {
            kept.pop();
        }
        kept.push(finding);
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(findings: &[(Kind, Range<usize>)], expected: &[(Kind, Range<usize>)]) {
        let findings = findings.iter().map(|(kind, range)| Finding::new(*kind, range.clone(), 50)).collect();
        let resolved: Vec<(Kind, Range<usize>)> = resolve(findings).iter().map(|f| (f.kind, f.start..f.end)).collect();
        assert_eq!(resolved, expected);
    }

    #[test]
    fn keeps_the_longer_of_two_nested() {
        check(&[(Kind::Person, 0..5), (Kind::Email, 0..20)], &[(Kind::Email, 0..20)]);
        check(&[(Kind::Secret, 0..30), (Kind::Card, 5..21)], &[(Kind::Secret, 0..30)]);
    }

    #[test]
    fn keeps_the_stronger_of_two_equal() {
        check(&[(Kind::Phone, 0..16), (Kind::Card, 0..16)], &[(Kind::Card, 0..16)]);
    }

    #[test]
    fn joins_the_halves_of_an_address() {
        check(&[(Kind::Address, 0..10), (Kind::Address, 5..20)], &[(Kind::Address, 0..20)]);
    }

    #[test]
    fn leaves_nothing_open_where_two_cross() {
        check(&[(Kind::Person, 0..10), (Kind::Email, 5..20)], &[(Kind::Person, 0..5), (Kind::Email, 5..20)]);
        check(&[(Kind::Email, 0..10), (Kind::Person, 5..20)], &[(Kind::Email, 0..10), (Kind::Person, 10..20)]);
    }
}
