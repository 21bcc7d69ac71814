//! A job as the page sees it. It computes nothing but shapes.

use super::session::Session;
use super::{links, spot};
use crate::protocol::{SourceKind, view};
use crate::record::{Done, DraftClaim, Job, Quoted, SourceRecord};

/// A job in a list.
pub(crate) fn card(session: &Session, job: &Job) -> view::JobCard {
    let page_id = job.target.page_id.clone();
    let last = job.reverted.as_ref().or(job.published.as_ref());
    view::JobCard {
        id: job.id.to_string(),
        state: job.state,
        use_case: job.use_case,
        title: job.target.title.clone(),
        url: page_id.as_deref().map(|id| links::page(session, id)),
        page_id,
        version: last.map(|done| done.version),
        created_at: job.created,
        updated_at: job.updated,
        engine: job.engine,
        sources: job.sources.len(),
    }
}

/// A job without its review.
pub(crate) fn bare(session: &Session, job: &Job) -> view::Job {
    view::Job {
        card: card(session, job),
        stage: job.stage,
        route: job.route.clone(),
        fallbacks: job.fallbacks.clone(),
        answered: job.answered.clone().filter(|route| *route != job.route),
        target: view::Target {
            r#type: if job.target.base.is_some() || job.target.page_id.is_some() { "page" } else { "new" },
            page_id: job.target.page_id.clone(),
            space_id: job.target.space_id.clone(),
            space_name: job.target.space_name.clone(),
            title: job.target.title.clone(),
            version: job.target.base,
        },
        source_list: job.sources.iter().map(source).collect(),
        masked: job.masked.iter().map(|(kind, count)| view::Masked { kind: kind.clone(), count: *count }).collect(),
        claims: Vec::new(),
        review: None,
        published: job.published.as_ref().map(done),
        reverted: job.reverted.as_ref().map(done),
        written: None,
        conflict: None,
        problem: job.problem.clone(),
        previewed: previewed(job),
    }
}

/// Whether the request made for the model is the one the writer looked at.
fn previewed(job: &Job) -> Option<view::Previewed> {
    let (seen, made) = (job.previewed.as_ref()?, job.request.as_ref()?);
    Some(if seen == made { view::Previewed::Same } else { view::Previewed::Changed })
}

/// A claim of a draft made from these sources.
pub(crate) fn claim(claim: &DraftClaim, sources: &[SourceRecord]) -> view::Claim {
    let spot = claim.quoted.as_ref().and_then(|Quoted { source, spot }| {
        let url = &sources.get(*source)?.url;
        Some(view::ClaimSpot { source: *source, spot: spot::shown(spot, url) })
    });
    view::Claim {
        id: claim.id.clone(),
        text: claim.text.clone(),
        sources: claim.sources.clone(),
        supported: claim.supported,
        quote: claim.quote.clone(),
        spot,
    }
}

fn source(record: &SourceRecord) -> view::SourceView {
    view::SourceView {
        kind: record.kind,
        id: record.id.clone(),
        key: (record.kind == SourceKind::Issue).then(|| record.id.clone()),
        title: record.title.clone(),
        url: record.url.clone(),
        updated: record.updated.clone(),
        state: record.state,
        code: record.code,
        excerpts: record.excerpts,
    }
}

fn done(done: &Done) -> view::Published {
    view::Published {
        version: done.version,
        page_id: done.page_id.clone(),
        url: done.url.clone(),
        at: done.at,
        message: done.message.clone(),
    }
}
