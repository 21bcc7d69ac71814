//! From a job's sources to packed excerpts in the writer's order, wave by wave; for a draft and for its preview.
//! It keeps nothing; [`super::draft`] does.
//!
//! INVARIANT: in however many calls the sources are read, the material is the same.

use super::masking::Rules;
use super::read::{self, ReadSource};
use super::session::Session;
use super::stop::Stop;
use super::task::together;
use super::{outline, people};
use crate::product::confluence::{self, PageRead};
use crate::protocol::{Engine, FailCode, Fault, SourceRef};
use crate::publish::Page;
use crate::record::{Job, Material, MaterialSource, SourceRecord, SourceState, Spot};

/// Whether a wave was read to its end.
#[derive(PartialEq)]
pub(crate) enum Wave {
    Whole,
    /// The invocation's time is up: what was not read waits for the next call.
    CutShort,
}

/// The sources to read next; none when all are read.
pub(crate) fn next(job: &Job) -> Vec<SourceRef> {
    let waiting = job.sources.iter().filter(|s| s.state == SourceState::Waiting);
    waiting.take(WAVE).map(|record| SourceRef { kind: record.kind, id: record.id.clone() }).collect()
}

/// The material of a job before its first wave. What was read into one that is gone by now is read again.
pub(crate) fn anew(job: &mut Job) -> Material {
    for record in job.sources.iter_mut().filter(|record| record.state == SourceState::Read) {
        record.state = SourceState::Waiting;
    }
    Material { v: Material::VERSION, ..Material::default() }
}

/// Reads the next wave of a job's sources into its material.
pub(crate) async fn read(session: &Session, job: &mut Job, material: &mut Material) -> Result<Wave, Stop> {
    let wave = next(job);
    let mut ended = Wave::Whole;
    let rules = rules(session, job).await?;
    let reads = wave.iter().map(|source| read::source(session, source, rules.as_ref()));
    let results = together(reads.collect()).await;
    for (wanted, result) in wave.iter().zip(results) {
        let Some(record) = job.sources.iter_mut().find(|s| s.kind == wanted.kind && s.id == wanted.id) else {
            continue;
        };
        match result {
            Ok(read) => note(record, material, read),
            Err(Stop::Refused(code, _)) => {
                record.state = SourceState::Failed;
                record.code = Some(code);
            }
            Err(Stop::Failed(FailCode::Deadline)) => ended = Wave::CutShort,
            Err(stop) => return Err(stop),
        }
    }
    order(&mut material.sources, &job.sources);
    pack(&mut material.sources, MATERIAL_BYTES);
    Ok(ended)
}

/// What is left to do when all sources are read: the page to bring up to date, as it is now, and the names of whom texts name by account
/// alone. Without a model nothing leaves, and no names are asked for.
pub(crate) async fn complete(
    session: &Session,
    job: &mut Job,
    material: &mut Material,
) -> Result<Option<PageRead>, Stop> {
    let page = match job.target.page_id.clone() {
        Some(page_id) => Some(target(session, job, material, &page_id).await?),
        None => None,
    };
    if job.engine == Engine::Route {
        material.people = people::named(session, None, std::mem::take(&mut material.people)).await?;
    }
    material.people.sort();
    material.people.dedup();
    Ok(page)
}

/// The page to bring up to date: its outline, and whom it names.
async fn target(session: &Session, job: &mut Job, material: &mut Material, id: &str) -> Result<PageRead, Stop> {
    let page = session.fetch(confluence::page(id), confluence::read_page).await?;
    job.target.base = Some(page.version.number);
    job.target.title.clone_from(&page.title);
    let body = Page::parse(page.storage()).map_err(read::unreadable)?;
    let people = people::of_page(&page, body.blocks().map(|(_, block)| block));
    let masker = rules(session, job).await?.map(|rules| rules.masker_of_all(&people));
    material.page = Some(outline::of(&body, masker.as_ref()));
    material.people.extend(people);
    Ok(page)
}

/// The masking rules, for what lies over the cuts of what a model will be asked. Rules that cannot be used find nothing here: with them nothing
/// is sent either, until an admin gave them up for new ones.
async fn rules(session: &Session, job: &Job) -> Result<Option<Rules>, Stop> {
    match job.engine {
        Engine::Extract => Ok(None),
        Engine::Route => match Rules::open(session).await {
            Err(Stop::Fault(Fault::MaskingUnreadable)) => Ok(None),
            rules => rules.map(Some),
        },
    }
}

/// A source read twice (the first time's job was not written) is in the material once.
fn note(record: &mut SourceRecord, material: &mut Material, read: ReadSource) {
    let ReadSource { source, updated, people } = read;
    record.state = SourceState::Read;
    record.title.clone_from(&source.title);
    record.url.clone_from(&source.url);
    record.updated = updated;
    record.excerpts = u32::try_from(source.excerpts.len()).unwrap_or(u32::MAX);
    material.sources.retain(|s| !(s.kind == source.kind && s.id == source.id));
    material.sources.push(source);
    for person in people {
        if !material.people.contains(&person) {
            material.people.push(person);
        }
    }
}

/// The writer's order, whatever order the answers came in.
fn order(sources: &mut [MaterialSource], records: &[SourceRecord]) {
    sources.sort_by_key(|s| records.iter().position(|r| r.kind == s.kind && r.id == s.id));
}

/// Keeps the material within what one stored value takes: every source its first excerpts, round by round, up to the
/// first excerpt that has no room. One that had none before has none now: it still ends the packing where it stood, so
/// that packing a part before the whole changes nothing.
fn pack(sources: &mut [MaterialSource], most: usize) {
    let mut left = most;
    let mut kept = vec![0_usize; sources.len()];
    let rounds = sources.iter().map(|source| source.excerpts.len()).max().unwrap_or_default();
    'full: for round in 0..=rounds {
        for (source, kept) in sources.iter().zip(&mut kept) {
            match source.excerpts.get(round).map(|_| size(source, round)) {
                Some(size) if size <= left => {
                    left = left.saturating_sub(size);
                    *kept = kept.saturating_add(1);
                }
                Some(_) => break 'full,
                None if source.cut && round == source.excerpts.len() => break 'full,
                None => {}
            }
        }
    }
    for (source, kept) in sources.iter_mut().zip(kept) {
        source.cut |= kept < source.excerpts.len();
        source.excerpts.truncate(kept);
        source.parts.truncate(kept);
        source.spots.truncate(kept);
    }
}

/// What an excerpt takes of a stored value.
fn size(source: &MaterialSource, at: usize) -> usize {
    let text = source.excerpts.get(at).map_or(0, String::len);
    let parts = source.parts.get(at).map_or(0, Vec::len).saturating_mul(PART_BYTES);
    text.saturating_add(parts).saturating_add(source.spots.get(at).map_or(0, Spot::size))
}

/// Sources read at a time.
const WAVE: usize = 5;
/// A part written out: its kind and two numbers, with their names.
const PART_BYTES: usize = 56;
/// What one stored value takes of sealed text, less the overhead of sealing, titles and people.
const MATERIAL_BYTES: usize = 110 * 1024;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::SourceKind;
    use crate::random::Xorshift;

    fn source(id: usize, sizes: &[usize]) -> MaterialSource {
        MaterialSource {
            kind: SourceKind::Issue,
            id: format!("ITD-{id}"),
            title: String::new(),
            url: String::new(),
            group: String::new(),
            place: None,
            excerpts: sizes.iter().map(|size| "x".repeat(*size)).collect(),
            cut: false,
            parts: Vec::new(),
            spots: Vec::new(),
        }
    }

    fn kept(sources: &[MaterialSource]) -> Vec<(usize, bool)> {
        sources.iter().map(|source| (source.excerpts.len(), source.cut)).collect()
    }

    fn check(sizes: &[&[usize]], expected: &[(usize, bool)]) {
        let mut sources: Vec<MaterialSource> = sizes.iter().enumerate().map(|(id, sizes)| source(id, sizes)).collect();
        pack(&mut sources, 10);
        assert_eq!(kept(&sources), expected, "{sizes:?}");
    }

    #[test]
    fn packs_round_by_round_up_to_the_first_that_has_no_room() {
        check(&[], &[]);
        check(&[&[]], &[(0, false)]);
        check(&[&[10]], &[(1, false)]);
        check(&[&[11]], &[(0, true)]);
        check(&[&[4, 4], &[2]], &[(2, false), (1, false)]);
        check(&[&[4, 5], &[2, 1]], &[(1, true), (1, true)]);
        check(&[&[4, 4, 1], &[2]], &[(2, true), (1, false)]);
    }

    #[test]
    fn packing_in_any_waves_is_packing_at_once() {
        for seed in 0_u64..3_000 {
            let mut random = Xorshift::seeded(seed);
            let all: Vec<MaterialSource> = (0..1 + random.below(8))
                .map(|id| {
                    let sizes: Vec<usize> = (0..random.below(6)).map(|_| random.below(12)).collect();
                    source(id, &sizes)
                })
                .collect();
            let most = random.below(120);
            let mut at_once = all.clone();
            pack(&mut at_once, most);
            let mut waiting = all;
            let mut packed: Vec<MaterialSource> = Vec::new();
            while !waiting.is_empty() {
                for _ in 0..1 + random.below(3) {
                    if !waiting.is_empty() {
                        packed.push(waiting.remove(random.below(waiting.len())));
                    }
                }
                packed.sort_by(|one, other| one.id.cmp(&other.id));
                pack(&mut packed, most);
            }
            assert_eq!(kept(&packed), kept(&at_once), "seed {seed}");
        }
    }
}
