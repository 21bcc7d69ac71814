//! Records follow the root: a sweep moves each one's data key under the primary root, and opens no content to do it.
//! It decides no root; the environment's variables do ([`crate::vault::Window`]).
//!
//! The hourly look begins it, an event at a time goes on with it, and a row says how far it is. What a batch touches is in
//! that row before the first of it is written, so whatever is interrupted is done again, and doing it again changes nothing.
//!
//! INVARIANT: no concurrent write is lost. Rows are written on condition of the revision they were read at. Values of the index
//! and secrets, for which the host has no condition, never change under their name: only their wrap does, so either write is
//! right. One of these that was deleted meanwhile would come back; so the batch looks afterwards what is still named, and
//! deletes the others.

mod listing;
mod moving;

use serde::Serialize;

use super::index::{self, Work};
use super::row::{self, Address, Row};
use super::session::Session;
use super::stop::Stop;
use crate::audit::{Code, LogLine};
use crate::protocol::{FailCode, Millis};
use crate::record::{self, CLASSES, Class, Lies, Phase, Rotation, RotationStage as Stage, entity, key};
use crate::vault::Window;

impl Row for Rotation {
    const ADDRESS: Address<'static> = Address { entity: entity::KEPT, key: key::ROTATION, class: Class::Rotation };
}

/// How many records an event moved.
#[derive(Debug, Serialize)]
pub(crate) struct Moved {
    touched: u64,
}

impl Session {
    /// How far the records have followed the root.
    pub(crate) async fn rotation(&self) -> Result<Rotation, Stop> {
        Ok(self.row::<Rotation>().await?.row)
    }
}

/// Begins what is due: a rotation, one that was interrupted, or the last look of one that waited.
pub(crate) async fn begin(session: &Session) -> Result<(), Stop> {
    let (window, now) = (session.window(), session.host.now());
    if !is_due(&session.rotation().await?, window, now) {
        return Ok(());
    }
    let change = |row: &mut Rotation| {
        if row.root != window.primary() {
            *row = Rotation { v: 1, root: window.primary(), begun: now, total: row.total, ..Rotation::default() };
        }
        if row.phase != Phase::Moving {
            new_pass(row);
        }
        row.phase = Phase::Moving;
        row.touched = now;
        Ok(())
    };
    session.change_row(change).await?;
    index::push(session, vec![Work::Rotate], None).await
}

fn is_due(row: &Rotation, window: Window, now: Millis) -> bool {
    if row.root != window.primary() {
        // Nothing to move when no other root opens anything; but back when a promotion was taken back.
        return window.minimum() < window.primary() || row.root > window.primary();
    }
    match row.phase {
        Phase::Moving => now.since(row.touched) > STUCK,
        Phase::Waiting => now.since(row.begun) > patience(),
        Phase::None | Phase::Settled => false,
    }
}

/// Moves records for as long as the time allows, and goes on in another event.
///
/// # Errors
/// What storage says; the event that comes again goes on where this one stopped.
pub(crate) async fn rotate(session: &Session) -> Result<Moved, Stop> {
    let mut kept = session.row::<Rotation>().await?;
    let mut touched = 0;
    while kept.row.phase == Phase::Moving && kept.row.root == session.window().primary() {
        if session.host.left() < ENOUGH_FOR_A_BATCH {
            index::push(session, vec![Work::Rotate], None).await?;
            break;
        }
        let before = kept.row.moved;
        let pending = std::mem::take(&mut kept.row.pending);
        moving::all(session, &mut kept.row, &pending).await?;
        touched += kept.row.moved.saturating_sub(before);
        advance(session, &mut kept.row).await?;
        match keep(session, &mut kept).await {
            // Another event is at work: what both did is the same.
            Err(Stop::Failed(FailCode::Conflict)) => break,
            other => other?,
        }
    }
    session.host.log(LogLine::new(Code::RootMoved).count(count(touched)).of(count(kept.row.total)));
    Ok(Moved { touched })
}

/// Goes to the next records that may be under another root, or ends the pass.
async fn advance(session: &Session, row: &mut Rotation) -> Result<(), Stop> {
    loop {
        if row.listed {
            let Some(stage) = row.stage.next() else {
                end_pass(session, row);
                return Ok(());
            };
            (row.stage, row.cursor, row.listed) = (stage, None, false);
        }
        let page = listing::page(session, row.stage, row.cursor.take()).await?;
        row.listed = page.next.is_none();
        row.cursor = page.next;
        if !page.names.is_empty() {
            row.pending = page.names;
            return Ok(());
        }
    }
}

/// A pass that found nothing to move ends the rotation, or makes it wait for what is not re-wrapped; any other is done again.
fn end_pass(session: &Session, row: &mut Rotation) {
    let is_clean = row.moved == 0 && row.missed == 0;
    row.total = row.total.saturating_add(row.moved);
    if !is_clean {
        return new_pass(row);
    }
    let is_over = session.host.now().since(row.begun) > patience();
    row.phase = if is_over { Phase::Settled } else { Phase::Waiting };
    if is_over {
        session.host.log(LogLine::new(Code::RootSettled).count(count(row.unreadable)).of(count(row.total)));
    }
}

fn new_pass(row: &mut Rotation) {
    (row.stage, row.cursor, row.listed) = (Stage::default(), None, false);
    (row.moved, row.missed, row.unreadable) = (0, 0, 0);
    row.pending.clear();
}

async fn keep(session: &Session, kept: &mut row::Kept<Rotation>) -> Result<(), Stop> {
    kept.row.touched = session.host.now();
    session.write_row(Rotation::ADDRESS, kept.rev, &record::encode(&kept.row)).await?;
    kept.rev = kept.rev.saturating_add(1);
    Ok(())
}

/// How long until all that is not re-wrapped is gone, and all that began under the former root has ended.
fn patience() -> Millis {
    let longest = CLASSES.iter().filter_map(|class| match class.lies() {
        Lies::ShortLived(lifetime) => Some(lifetime),
        _ => None,
    });
    longest.max().unwrap_or_default().plus(Millis::HOUR)
}

fn count(number: u64) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

/// A batch reads and writes some values of a quarter of a megabyte.
const ENOUGH_FOR_A_BATCH: Millis = Millis(8_000);
/// An event lives a quarter of an hour at most.
const STUCK: Millis = Millis(30 * 60_000);
