//! The extract of one issue for the panel beside it: ranked sentences with their field and place. Nothing is stored or sent.

use super::session::Session;
use super::spot::{self, Spots};
use super::stop::{Stop, bad_field};
use super::{links, masking, read, search};
use crate::content::extract;
use crate::product::jira;
use crate::protocol::view::{ExtractSentence, IssueExtract};

/// Extracts an issue.
pub(crate) async fn extract(session: &Session, key: &str) -> Result<IssueExtract, Stop> {
    let key = jira::issue_key(key).ok_or_else(|| bad_field("issueKey"))?;
    let issue = session.fetch(jira::issue_in_full(&key), jira::read_issue).await?;
    let fields = &issue.fields;
    let texts = read::texts(fields).map_err(read::unreadable)?;
    let title = fields.summary.as_deref();
    let (spots, sources): (Vec<Spots>, Vec<extract::Source>) =
        texts.iter().map(|text| (Spots::of(text), extract::Source::new(&text.document, title))).unzip();
    let mut ranked = extract::rank(&sources, SENTENCES);
    // The best sentences, in the order a reader meets them.
    ranked.sort_by_key(|sentence| (sentence.source, sentence.start));
    let url = links::issue(session, &issue.key);
    let sentences = ranked.into_iter().filter_map(|sentence| {
        let (text, spots) = (texts.get(sentence.source)?, spots.get(sentence.source)?);
        let spot = sentence.origin.map(|origin| spot::shown(&spots.at(origin), &url));
        let (field, start, end) = (text.field.name(), sentence.start, sentence.end);
        Some(ExtractSentence { text: sentence.text, field, start, end, spot })
    });
    let sentences = sentences.collect();
    // Rules that cannot be read say nothing of what is in the ticket, and take nothing else away.
    let findings = masking::findings(session, fields, &texts).await.ok();
    Ok(IssueExtract { findings, sentences, issue: search::issue_hit(session, issue, Vec::new()) })
}

/// One glance.
const SENTENCES: usize = 5;
