//! What was done: by a writer, or to a page. It shows entries; a job is opened by [`super::review`].

use serde::Serialize;

use super::session::Session;
use super::stop::{Stop, bad_field};
use super::{job_view, links, search};
use crate::product::confluence;
use crate::protocol::view::{History, HistoryPage, JobCard};
use crate::record::State;

/// A writer's jobs.
#[derive(Debug, Serialize)]
pub(crate) struct Mine {
    jobs: Vec<JobCard>,
}

/// The asking user's jobs, latest first.
pub(crate) async fn mine(session: &Session) -> Result<Mine, Stop> {
    let jobs = session.jobs_of(session.user()?.account_id()).await?;
    Ok(Mine { jobs: jobs.iter().map(|kept| job_view::card(session, &kept.job)).collect() })
}

/// What was done to a page, for those who may read it. Drafts are their writers' own and not listed.
pub(crate) async fn of_page(session: &Session, page_id: &str) -> Result<History, Stop> {
    if !search::is_page_id(page_id) {
        return Err(bad_field("pageId"));
    }
    let page = session.fetch(confluence::page(page_id), confluence::read_page).await?;
    let jobs = session.jobs_on(page_id).await?;
    let shown =
        jobs.iter().filter(|kept| matches!(kept.job.state, State::Published | State::Reverting | State::Reverted));
    Ok(History {
        jobs: shown.map(|kept| job_view::card(session, &kept.job)).collect(),
        page: HistoryPage {
            url: links::page(session, &page.id),
            id: page.id,
            title: page.title,
            version: page.version.number,
        },
    })
}
