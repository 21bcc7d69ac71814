//! The keys of an invocation: the roots from the environment, the installation's secret and its keys of names from the secret store.
//! It makes what is missing in a new installation, and in no other: what was stored under a secret that is gone does not open,
//! and a new secret in its place would hide that.

use super::stop::Stop;
use super::task::{Host, together};
use crate::audit::{Code, LogLine};
use crate::protocol::op::{EntityGet, EntityQuery, KvKeys, SecretGet, SecretSet, SecretSource};
use crate::protocol::{FailCode, Fault};
use crate::record::{Class, State, entity, key};
use crate::vault::{
    HostEntropy, Keyring, NameKeys, OpenReason, Record, Root, Roots, Secret, SecretText, TenantContext, Window,
    parse_key, print_key, random_key,
};

/// What opens an installation's records.
pub(crate) struct Keys {
    pub(super) roots: Roots,
    pub(super) installation: Secret<32>,
    pub(super) names: NameKeys,
}

/// Whether an installation that has no secret gets one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Missing {
    /// A new installation does; one with records is refused.
    Made,
    /// It does not: it is about to be erased, and keys for the time being are enough to do that.
    Lent,
    /// The command's folder does, and has no keys of names: nothing in it is named by one.
    Nameless,
}

/// Reads the keys of an installation.
///
/// # Errors
/// [`Fault::NoRootKey`] when the environment's variables make no window of roots, or one in which the installation's keys do
/// not open; [`Fault::KeysMissing`] when there are records and no secret for them; what storage says.
pub(crate) async fn unlock(host: &Host, tenant: TenantContext<'_>, missing: Missing) -> Result<Keys, Stop> {
    let first = key::root(Window::FIRST.primary());
    let asked = vec![env(key::ROOT_WINDOW), env(&first), stored(key::INSTALLATION), stored(key::NAME_KEYS)];
    let answers = together(asked.into_iter().map(|get| host.perform(get)).collect()).await;
    let mut values = Vec::new();
    for answer in answers {
        values.push(answer?.value.map(SecretText::new));
    }
    let Ok([window, root, installation, names]) = <[Option<SecretText>; 4]>::try_from(values) else {
        return Err(Fault::Internal.into());
    };
    let roots = roots(host, window, root).await?;
    let installation = match installation {
        // Exposed: from the store's text into the key's own type.
        Some(text) => parse_key(text.expose()).map_err(|_| Fault::StorageUnreadable)?,
        None => missing_secret(host, missing).await?,
    };
    let keyring = Keyring::new(&roots, &installation, tenant);
    let names = match (missing, names) {
        (Missing::Lent | Missing::Nameless, _) => keyring.first_name_keys().ok_or(Fault::NoRootKey)?,
        (Missing::Made, Some(sealed)) => open_name_keys(keyring, &sealed)?,
        (Missing::Made, None) => missing_name_keys(host, keyring).await?,
    };
    Ok(Keys { roots, installation, names })
}

/// The roots of the window that is in use; the first version was read already.
async fn roots(host: &Host, window: Option<SecretText>, first: Option<SecretText>) -> Result<Roots, Stop> {
    let window = match window.filter(|text| !text.expose().is_empty()) {
        Some(text) => Window::parse(text.expose()).map_err(|_| Fault::NoRootKey)?,
        None => Window::FIRST,
    };
    let others: Vec<u32> = window.versions().filter(|version| *version != Window::FIRST.primary()).collect();
    let reads = others.iter().map(|version| host.perform(env(&key::root(*version)))).collect();
    let mut texts = vec![(Window::FIRST.primary(), first)];
    for (version, answer) in others.iter().zip(together(reads).await) {
        texts.push((*version, answer?.value.map(SecretText::new)));
    }
    let parse = |(version, text): (u32, SecretText)| Root::parse(version, text.expose()).map_err(|_| Fault::NoRootKey);
    let there = texts.into_iter().filter_map(|(version, text)| Some((version, text?)));
    let inside = there.filter(|(version, _)| window.versions().any(|known| known == *version));
    let roots = inside.map(parse).collect::<Result<Vec<Root>, Fault>>()?;
    Roots::new(window, roots).map_err(|_| Fault::NoRootKey.into())
}

/// Makes the installation's secret once. Of two invocations that try at the same time one wins, and both read the winner's.
async fn missing_secret(host: &Host, missing: Missing) -> Result<Secret<32>, Stop> {
    if missing == Missing::Lent {
        return random_secret();
    }
    let kept = if has_records(host).await? {
        made_meanwhile(host, key::INSTALLATION).await?
    } else {
        let text = print_key(&random_secret()?);
        keep_once(host, key::INSTALLATION, text.to_string()).await?
    };
    parse_key(kept.expose()).map_err(|_| Fault::StorageUnreadable.into())
}

/// A secret that was missing when it was read: whoever stored a record since has stored it before.
async fn made_meanwhile(host: &Host, name: &'static str) -> Result<SecretText, Stop> {
    match host.perform(stored(name)).await?.value {
        Some(text) => Ok(SecretText::new(text)),
        None => {
            host.log(LogLine::new(Code::KeysMissing));
            Err(Fault::KeysMissing.into())
        }
    }
}

fn random_secret() -> Result<Secret<32>, Stop> {
    random_key(&mut HostEntropy).map_err(|_| Fault::Internal.into())
}

/// The keys of names of a new installation, or of one that is older than their record: both derive them from the oldest root.
async fn missing_name_keys(host: &Host, keyring: Keyring<'_>) -> Result<NameKeys, Stop> {
    let names = keyring.first_name_keys().ok_or(Fault::NoRootKey)?;
    // With the first root they come out as they always did. With a later one nobody knows which root they came from.
    if keyring.window().minimum() != Window::FIRST.minimum() && has_records(host).await? {
        return open_name_keys(keyring, &made_meanwhile(host, key::NAME_KEYS).await?);
    }
    let sealed = keyring.seal(&NAME_KEYS, &names.print(), &mut HostEntropy).map_err(|_| Fault::Internal)?;
    open_name_keys(keyring, &keep_once(host, key::NAME_KEYS, sealed.into_string()).await?)
}

fn open_name_keys(keyring: Keyring<'_>, sealed: &SecretText) -> Result<NameKeys, Stop> {
    let opened = keyring.open(&NAME_KEYS, sealed.expose()).map_err(|error| match error.reason() {
        // The variables do not go with what is stored: lower the minimum again, or bring the root back.
        OpenReason::RootVersion => Fault::NoRootKey,
        _ => Fault::StorageUnreadable,
    })?;
    NameKeys::parse(&opened).ok_or(Fault::StorageUnreadable.into())
}

/// Writes a secret that is not there yet; what is there afterwards, whoever wrote it.
async fn keep_once(host: &Host, name: &'static str, value: String) -> Result<SecretText, Stop> {
    let set = SecretSet { key: name.to_owned(), value, if_absent: true };
    match host.perform(set).await {
        Ok(_) | Err(Stop::Failed(FailCode::Conflict)) => {}
        Err(stop) => return Err(stop),
    }
    // Read back also after a write that went well: what counts is what the next invocation will read.
    let kept = host.perform(stored(name)).await?.value;
    kept.map(SecretText::new).ok_or_else(|| Fault::StorageUnavailable.into())
}

/// Whether anything is stored that only the missing secret opens.
async fn has_records(host: &Host) -> Result<bool, Stop> {
    let row = |entity, key: &str| EntityGet { entity, key: key.to_owned() };
    let rows = [
        row(entity::MODELS, key::SETTINGS),
        row(entity::INDEX, key::INDEX_SITE),
        row(entity::INDEX, key::INDEX_SETTINGS),
        row(entity::MASKING, key::MASKING_POLICY),
        row(entity::MASKING, key::MASKING_REPORT),
    ];
    for found in together(rows.into_iter().map(|get| host.perform(get)).collect()).await {
        if found?.value.is_some() {
            return Ok(true);
        }
    }
    let by = |entity, index, partition: &str| EntityQuery {
        entity,
        index,
        partition: vec![partition.into()],
        sort: "ASC",
        limit: 1,
        cursor: None,
    };
    let jobs = State::EVERY.iter().map(|state| by(entity::JOB, entity::BY_STATE, state.name()));
    let listed = jobs.chain([by(entity::KEPT, entity::BY_CLASS, Class::Sets.name())]);
    for found in together(listed.map(|query| host.perform(query)).collect()).await {
        if !found?.results.is_empty() {
            return Ok(true);
        }
    }
    let values = KvKeys { prefix: key::INDEX_VALUES.to_owned(), limit: 1 };
    Ok(!host.perform(values).await?.keys.is_empty())
}

fn env(name: &str) -> SecretGet {
    SecretGet { source: SecretSource::Env, key: name.to_owned() }
}

fn stored(name: &str) -> SecretGet {
    SecretGet { source: SecretSource::Store, key: name.to_owned() }
}

/// The record of the keys of names. It is written once; only its wrap changes.
pub(super) const NAME_KEYS: Record<'static> = Record { class: Class::NameKeys.name(), key: key::NAME_KEYS, version: 1 };
