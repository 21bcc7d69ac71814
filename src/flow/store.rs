//! Records in and out of the host's storage: sealed on the way in, opened on the way out, jobs only by their `rev`.
//! It knows no use case.

use serde_json::{Value, json};

use super::row::{Opened, unchanged_since};
use super::session::Session;
use super::stop::Stop;
use crate::protocol::op::{Entities, EntityGet, EntityQuery, KvDelete, KvGet, KvSet, Transact};
use crate::protocol::{FailCode, Fault, Refusal, Set};
use crate::record::{self, Class, Draft, Job, JobId, Material, State, entity, key};
use crate::vault::{HostEntropy, Record, RewrapError, SealedText, SecretBytes};

/// A job with the revision it was read at; only that revision can be written over.
#[derive(Debug, Clone)]
pub(crate) struct Kept {
    pub(crate) job: Job,
    pub(crate) rev: u64,
}

impl Session {
    /// Writes a job that is not there yet. `false` when it is.
    pub(crate) async fn create_job(&self, job: Job) -> Result<Option<Kept>, Stop> {
        match self.write_job(&job, 0).await {
            Ok(()) => Ok(Some(Kept { job, rev: 1 })),
            Err(Stop::Failed(FailCode::Conflict)) => Ok(None),
            Err(stop) => Err(stop),
        }
    }

    /// Writes a job over the revision it was read at.
    ///
    /// # Errors
    /// [`FailCode::Conflict`] when somebody wrote it since.
    pub(crate) async fn keep_job(&self, kept: &mut Kept) -> Result<(), Stop> {
        kept.job.updated = self.host.now();
        self.write_job(&kept.job, kept.rev).await?;
        kept.rev = kept.rev.saturating_add(1);
        Ok(())
    }

    /// The same for a person's act: one whose job moved on meanwhile has to look again.
    ///
    /// # Errors
    /// [`Refusal::Stale`] when somebody wrote it since.
    pub(crate) async fn keep_job_as_seen(&self, kept: &mut Kept) -> Result<(), Stop> {
        self.keep_job(kept).await.map_err(|stop| match stop {
            Stop::Failed(FailCode::Conflict) => Refusal::Stale.into(),
            other => other,
        })
    }

    /// Writes the next revision over the one that was read.
    async fn write_job(&self, job: &Job, before: u64) -> Result<(), Stop> {
        let rev = before.saturating_add(1);
        let body = self.seal(Class::Job, job.id.as_str(), rev, &record::encode(job))?;
        let page = job.target.page_id.as_deref().map_or_else(|| NO_PAGE.to_owned(), |page| self.page_token(page));
        let value = json!({
            "rev": rev, "state": job.state.name(), "owner": self.owner_token(&job.owner), "page": page,
            "updated": job.updated.as_seconds(), "body": body,
        });
        let set = Set {
            entity: Some(entity::JOB),
            key: job.id.to_string(),
            value,
            ttl_seconds: Class::Job.lifetime().map(|life| life.as_seconds()),
            conditions: vec![unchanged_since(before)],
        };
        self.host.perform(Transact { set: vec![set], delete: Vec::new() }).await?;
        Ok(())
    }

    /// Reads a job.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] when there is none.
    pub(crate) async fn job(&self, id: &JobId) -> Result<Kept, Stop> {
        let found = self.host.perform(EntityGet { entity: entity::JOB, key: id.to_string() }).await?;
        self.open_job(id, &found.value.ok_or(Refusal::NotFound)?)
    }

    fn open_job(&self, id: &JobId, value: &Value) -> Result<Kept, Stop> {
        let Opened { plaintext, rev, .. } = self.open_row(Class::Job, id.as_str(), value)?;
        let job: Job = record::decode(plaintext.expose()).map_err(|_| Fault::StorageUnreadable)?;
        if job.id == *id { Ok(Kept { job, rev }) } else { Err(Fault::StorageUnreadable.into()) }
    }

    /// The user's jobs, latest first. A record that does not open is left out, not the list.
    pub(crate) async fn jobs_of(&self, account_id: &str) -> Result<Vec<Kept>, Stop> {
        self.list(entity::BY_OWNER, self.owner_token(account_id), "DESC").await
    }

    /// Jobs that write to a page, latest first.
    pub(crate) async fn jobs_on(&self, page_id: &str) -> Result<Vec<Kept>, Stop> {
        self.list(entity::BY_PAGE, self.page_token(page_id), "DESC").await
    }

    /// Jobs in a state, oldest first.
    pub(crate) async fn jobs_in(&self, state: State) -> Result<Vec<Kept>, Stop> {
        self.list(entity::BY_STATE, state.name().to_owned(), "ASC").await
    }

    /// Ids of jobs in a state, whether they open or not.
    pub(crate) async fn job_ids_in(&self, state: State) -> Result<Vec<JobId>, Stop> {
        let found = self.query(entity::BY_STATE, state.name().to_owned(), "ASC").await?;
        Ok(found.results.iter().filter_map(|found| JobId::parse(&found.key)).collect())
    }

    async fn query(&self, index: &'static str, partition: String, sort: &'static str) -> Result<Entities, Stop> {
        let partition = vec![json!(partition)];
        self.host.perform(EntityQuery { entity: entity::JOB, index, partition, sort, limit: PAGE, cursor: None }).await
    }

    async fn list(&self, index: &'static str, partition: String, sort: &'static str) -> Result<Vec<Kept>, Stop> {
        let Entities { results, .. } = self.query(index, partition, sort).await?;
        let opened = results.iter().filter_map(|found| {
            let id = JobId::parse(&found.key)?;
            self.open_job(&id, &found.value).ok()
        });
        Ok(opened.collect())
    }

    /// Writes a job's packed excerpts.
    pub(crate) async fn keep_material(&self, job: &JobId, material: &Material) -> Result<(), Stop> {
        self.keep_sealed(Class::Material, key::material(job), &record::encode(material)).await
    }

    /// Reads a job's packed excerpts.
    ///
    /// # Errors
    /// [`Refusal::Expired`] when they are gone.
    pub(crate) async fn material(&self, job: &JobId) -> Result<Material, Stop> {
        let plaintext = self.sealed(Class::Material, key::material(job)).await?.ok_or(Refusal::Expired)?;
        record::decode(plaintext.expose()).map_err(|_| Fault::StorageUnreadable.into())
    }

    /// Writes a job's edit script.
    pub(crate) async fn keep_draft(&self, job: &JobId, draft: &Draft) -> Result<(), Stop> {
        self.keep_sealed(Class::Draft, key::draft(job), &record::encode(draft)).await
    }

    /// Reads a job's edit script.
    ///
    /// # Errors
    /// [`Refusal::Expired`] when it is gone.
    pub(crate) async fn draft(&self, job: &JobId) -> Result<Draft, Stop> {
        let plaintext = self.sealed(Class::Draft, key::draft(job)).await?.ok_or(Refusal::Expired)?;
        record::decode(plaintext.expose()).map_err(|_| Fault::StorageUnreadable.into())
    }

    /// Removes a job's excerpts and edit script. What is gone already is gone.
    pub(crate) async fn forget_content(&self, job: &JobId) -> Result<(), Stop> {
        self.host.perform(KvDelete { key: key::material(job) }).await?;
        self.host.perform(KvDelete { key: key::draft(job) }).await?;
        Ok(())
    }

    /// Removes a job's packed excerpts.
    pub(crate) async fn forget_material(&self, job: &JobId) -> Result<(), Stop> {
        self.host.perform(KvDelete { key: key::material(job) }).await?;
        Ok(())
    }

    pub(super) async fn keep_sealed(&self, class: Class, key: String, plaintext: &[u8]) -> Result<(), Stop> {
        let value = self.seal(class, &key, 1, plaintext)?;
        if value.len() > MAX_VALUE {
            return Err(Refusal::TooLarge.into());
        }
        self.host.perform(KvSet { key, value, ttl_seconds: class.lifetime().map(|life| life.as_seconds()) }).await?;
        Ok(())
    }

    pub(super) async fn sealed(&self, class: Class, key: String) -> Result<Option<SecretBytes>, Stop> {
        match self.host.perform(KvGet::of(key.clone())).await?.value {
            Some(sealed) => self.open_sealed(class, &key, 1, &sealed).map(Some),
            None => Ok(None),
        }
    }

    pub(super) fn seal(&self, class: Class, key: &str, version: u64, plaintext: &[u8]) -> Result<String, Stop> {
        let record = Record { class: class.name(), key, version };
        let sealed = self.vault().seal(&record, plaintext, &mut HostEntropy).map_err(|_| Fault::Internal)?;
        Ok(sealed.into_string())
    }

    pub(super) fn open_sealed(&self, class: Class, key: &str, version: u64, sealed: &str) -> Result<SecretBytes, Stop> {
        let record = Record { class: class.name(), key, version };
        self.vault().open(&record, sealed).map_err(|_| Fault::StorageUnreadable.into())
    }

    /// Moves a sealed value's data key under the primary root; none when it is there already.
    ///
    /// # Errors
    /// When the value does not open, or nothing can be sealed.
    pub(super) fn rewrap(&self, class: Class, key: &str, version: u64, sealed: &str) -> Result<Option<String>, Stop> {
        let record = Record { class: class.name(), key, version };
        match self.vault().rewrap(&record, sealed, &mut HostEntropy) {
            Ok(moved) => Ok(moved.map(SealedText::into_string)),
            Err(RewrapError::Open(_)) => Err(Fault::StorageUnreadable.into()),
            Err(RewrapError::Seal(_)) => Err(Fault::Internal.into()),
        }
    }

    pub(super) fn owner_token(&self, account_id: &str) -> String {
        self.vault().index_token("owner", account_id)
    }

    fn page_token(&self, page_id: &str) -> String {
        self.vault().index_token("page", page_id)
    }
}

/// A page of the index; the platform gives no more.
pub(super) const PAGE: u32 = 20;
/// The platform's limit for a value, less its quotes (240 KiB).
const MAX_VALUE: usize = 240 * 1024 - 2;
/// What the index by page holds for a job whose page does not exist yet.
const NO_PAGE: &str = "-";
