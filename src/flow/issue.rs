//! The extract of one issue for the panel beside it: ranked sentences with their field and place. Nothing is stored or sent.

use super::session::Session;
use super::stop::{Stop, bad_field};
use super::{masking, read, search};
use crate::content::extract;
use crate::product::jira;
use crate::protocol::view::{ExtractSentence, IssueExtract};

/// Extracts an issue.
pub(crate) async fn extract(session: &Session, key: &str) -> Result<IssueExtract, Stop> {
    let key = jira::issue_key(key).ok_or_else(|| bad_field("issueKey"))?;
    let issue = session.fetch(jira::issue_in_full(&key), jira::read_issue).await?;
    let parts = read::parts(&issue.fields).map_err(read::unreadable)?;
    let (fields, sources): (Vec<&'static str>, Vec<extract::Source>) = parts
        .iter()
        .map(|(field, document)| (*field, extract::Source::new(document, issue.fields.summary.as_deref())))
        .unzip();
    let mut ranked = extract::rank(&sources, SENTENCES);
    // The best sentences, in the order a reader meets them.
    ranked.sort_by_key(|sentence| (sentence.source, sentence.start));
    let sentences = ranked.into_iter().filter_map(|sentence| {
        let field = *fields.get(sentence.source)?;
        Some(ExtractSentence { text: sentence.text, field, start: sentence.start, end: sentence.end })
    });
    // Rules that cannot be read say nothing of what is in the ticket, and take nothing else away.
    let findings = masking::findings(session, &issue.fields, &parts).await.ok();
    Ok(IssueExtract { findings, sentences: sentences.collect(), issue: search::issue_hit(session, issue, Vec::new()) })
}

/// One glance.
const SENTENCES: usize = 5;
