//! The one place that writes pages: the conditional write of what was approved, and the look after it.
//! It takes an [`Approved`] and an intent that is already stored; it decides nothing about them.

use super::session::Session;
use super::stop::Stop;
use super::{links, outline};
use crate::content;
use crate::product::confluence::{self, Listed, PageRead};
use crate::product::{Unanswered, done};
use crate::protocol::op::ProductAnswer;
use crate::protocol::{Fault, Refusal};
use crate::publish::{self as publishing, Approved, OpId, TargetPage};
use crate::record::{Done, Intent, Job, WriteKind};

/// What became of a write.
#[derive(Debug)]
pub(crate) enum Look {
    /// It happened.
    Written(Done),
    /// It did not happen and cannot have been overtaken: the page is as it was.
    Unchanged,
    /// The product gave no answer that tells.
    Unknown,
    /// It did not happen and must not be tried again as it is.
    Refused(Refusal),
}

/// The record to store before the write.
pub(crate) fn intent(
    session: &Session,
    kind: WriteKind,
    operation: &OpId,
    base: Option<u32>,
    approved: &Approved,
) -> Intent {
    Intent {
        kind,
        operation: operation.as_str().to_owned(),
        base,
        body: approved.body_digest().to_string(),
        approval: approved.hash().to_string(),
        message: approved.message().to_owned(),
        at: session.host.now(),
    }
}

/// Writes, and looks when the answer does not tell.
pub(crate) async fn perform(session: &Session, job: &Job, approved: &Approved) -> Result<Look, Stop> {
    let version = u32::try_from(approved.next_version()).map_err(|_| Fault::Internal)?;
    let call = match &approved.target().page {
        TargetPage::New { parent_id } => {
            confluence::create(&approved.target().space_id, parent_id.as_deref(), approved.title(), approved.body())
        }
        TargetPage::Existing { page_id, .. } => {
            confluence::update(page_id, approved.title(), approved.body(), version, approved.message())
        }
    };
    match session.ask(call).await {
        Ok(answer) => judge(session, job, &answer, approved).await,
        Err(Stop::Failed(_)) => look_or_unknown(session, job, Some(approved)).await,
        Err(stop) => Err(stop),
    }
}

async fn judge(session: &Session, job: &Job, answer: &ProductAnswer, approved: &Approved) -> Result<Look, Stop> {
    match confluence::read_page(answer) {
        Ok(page) => {
            let message =
                if job.target.base.is_some() || job.published.is_some() { approved.message() } else { NO_MESSAGE };
            Ok(Look::Written(written(session, &page.id, page.version.number, message)))
        }
        Err(Unanswered::Forbidden) => Ok(Look::Refused(Refusal::NoPermission)),
        Err(Unanswered::Missing) => Ok(Look::Refused(Refusal::NotFound)),
        Err(Unanswered::TooLarge) => Ok(Look::Refused(Refusal::TooLarge)),
        Err(Unanswered::Rejected) if !confluence::says_title_taken(answer) => Ok(Look::Refused(Refusal::Unreadable)),
        // A conflict or a taken title may be our own earlier attempt; a success we cannot read is one.
        Err(Unanswered::Rejected | Unanswered::Conflict | Unanswered::Unavailable | Unanswered::Malformed) => {
            look_or_unknown(session, job, Some(approved)).await
        }
    }
}

/// Moves a page to the trash, and looks when the answer does not tell.
pub(crate) async fn trash(session: &Session, job: &Job, page_id: &str) -> Result<Look, Stop> {
    match session.ask(confluence::trash(page_id)).await {
        Ok(answer) => match done(&answer) {
            Ok(()) | Err(Unanswered::Missing) => Ok(Look::Written(trashed(session, job, page_id))),
            Err(Unanswered::Forbidden) => Ok(Look::Refused(Refusal::NoPermission)),
            Err(_) => look_or_unknown(session, job, None).await,
        },
        Err(Stop::Failed(_)) => look_or_unknown(session, job, None).await,
        Err(stop) => Err(stop),
    }
}

async fn look_or_unknown(session: &Session, job: &Job, approved: Option<&Approved>) -> Result<Look, Stop> {
    match look_for(session, job, approved).await {
        Ok(look) => Ok(look),
        Err(Stop::Failed(_) | Stop::Fault(Fault::ProductUnavailable)) => Ok(Look::Unknown),
        Err(stop) => Err(stop),
    }
}

/// Looks what became of the intent of a job.
pub(crate) async fn look(session: &Session, job: &Job) -> Result<Look, Stop> {
    look_or_unknown(session, job, None).await
}

async fn look_for(session: &Session, job: &Job, approved: Option<&Approved>) -> Result<Look, Stop> {
    let intent = job.intent.as_ref().ok_or(Fault::Internal)?;
    match (intent.kind, job.target.page_id.as_deref()) {
        (WriteKind::Create, _) => created(session, job, intent, approved).await,
        (WriteKind::Update | WriteKind::Restore | WriteKind::Merge, Some(page_id)) => {
            updated(session, intent, page_id).await
        }
        (WriteKind::Trash, Some(page_id)) => {
            let answer = session.ask(confluence::page(page_id)).await?;
            match confluence::read_page(&answer) {
                Ok(_) => Ok(Look::Unchanged),
                Err(Unanswered::Missing) => Ok(Look::Written(trashed(session, job, page_id))),
                Err(other) => Err(other.into()),
            }
        }
        (_, None) => Err(Fault::Internal.into()),
    }
}

/// The version after the base tells: its message carries our operation, or somebody else's version stands there.
async fn updated(session: &Session, intent: &Intent, page_id: &str) -> Result<Look, Stop> {
    let page = match session.fetch(confluence::page(page_id), confluence::read_page).await {
        Ok(page) => page,
        Err(Stop::Refused(code, _)) => return Ok(Look::Refused(code)),
        Err(stop) => return Err(stop),
    };
    let base = intent.base.ok_or(Fault::Internal)?;
    if page.version.number <= base {
        return Ok(Look::Unchanged);
    }
    let ours = base.saturating_add(1);
    let message = if page.version.number == ours {
        page.version.message
    } else {
        session.fetch(confluence::version(page_id, ours), confluence::read_version).await?.message
    };
    let marker = message.as_deref().and_then(publishing::parse_marker);
    if marker.as_ref().map(OpId::as_str) == Some(intent.operation.as_str()) {
        Ok(Look::Written(written(session, page_id, ours, &intent.message)))
    } else {
        Ok(Look::Refused(Refusal::Stale))
    }
}

/// A page of our title by our user with our text is ours; of another, the title is taken.
async fn created(session: &Session, job: &Job, intent: &Intent, approved: Option<&Approved>) -> Result<Look, Stop> {
    let space = job.target.space_id.as_deref().ok_or(Fault::Internal)?;
    let titled: Listed<PageRead> =
        session.fetch(confluence::titled(space, &job.target.title), confluence::read_list).await?;
    let Some(found) = titled.results.into_iter().next() else { return Ok(Look::Unchanged) };
    let first = session.fetch(confluence::page_at(&found.id, 1), confluence::read_page).await?;
    let author = session.fetch(confluence::version(&found.id, 1), confluence::read_version).await?.author_id;
    let by_us = author.as_deref() == Some(job.owner.as_str());
    let same = match approved {
        Some(approved) => marks(first.storage()) == marks(approved.body()),
        None => {
            let draft = super::review::prepare(session, job).await?;
            let expected = draft.review.approve(&intent.approval, session.host.now().0);
            expected.is_ok_and(|approved| marks(first.storage()) == marks(approved.body()))
        }
    };
    if by_us && same {
        Ok(Look::Written(written(session, &found.id, 1, NO_MESSAGE)))
    } else {
        Ok(Look::Refused(Refusal::TitleTaken))
    }
}

/// The text of a body block by block; it survives the product's own rewriting of markup.
fn marks(storage: &str) -> Option<Vec<String>> {
    let document = content::parse(content::Format::Storage, storage).ok()?;
    Some(document.blocks.iter().map(|block| outline::mark(block.text().trim())).collect())
}

fn written(session: &Session, page_id: &str, version: u32, message: &str) -> Done {
    Done {
        page_id: page_id.to_owned(),
        version,
        at: session.host.now(),
        message: message.to_owned(),
        url: links::page(session, page_id),
    }
}

fn trashed(session: &Session, job: &Job, page_id: &str) -> Done {
    let version = job.published.as_ref().map_or(1, |done| done.version);
    written(session, page_id, version, "")
}

/// The product takes no version message for a page's first version.
const NO_MESSAGE: &str = "";
