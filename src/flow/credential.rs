//! What proves to a provider who pays: the key that is kept, or a token made from a service account.
//! It decides no route and sends nothing but token requests.

use super::route::{self, Decided, Owner};
use super::session::Session;
use super::stop::Stop;
use super::token;
use crate::protocol::Fault;
use crate::provider::google_auth::ServiceAccount;
use crate::provider::{Code, Credential, ModelError};
use crate::record::{CredentialKind, RouteRecord};
use crate::vault::SecretText;

/// Why there is no credential.
#[derive(Debug)]
pub(crate) enum Unproved {
    /// Whoever makes tokens said no, and perhaps what to do about it.
    Model(ModelError),
    /// Anything else.
    Stop(Stop),
}

impl From<Stop> for Unproved {
    fn from(stop: Stop) -> Self {
        Unproved::Stop(stop)
    }
}

impl From<Fault> for Unproved {
    fn from(fault: Fault) -> Self {
        Unproved::Stop(fault.into())
    }
}

impl From<ModelError> for Unproved {
    fn from(error: ModelError) -> Self {
        Unproved::Model(error)
    }
}

impl From<Unproved> for Stop {
    fn from(unproved: Unproved) -> Stop {
        match unproved {
            Unproved::Model(error) => route::fault(&error).into(),
            Unproved::Stop(stop) => stop,
        }
    }
}

/// The credential of a decided route.
///
/// # Errors
/// [`Fault::StorageUnreadable`] when its key is gone or does not open; what the token's maker says.
pub(crate) async fn of(session: &Session, decided: &Decided) -> Result<Credential, Unproved> {
    match decided.owner() {
        Owner::Vendor(account) => token::kept(session, &decided.permit, account, VENDOR).await,
        Owner::Customer(record) => match record.credential {
            CredentialKind::None => Ok(Credential::NotNeeded),
            CredentialKind::ServiceAccount => {
                let account = account(&key(session, record).await?)?;
                token::kept(session, &decided.permit, &account, &place(record)).await
            }
            kind @ (CredentialKind::Api | CredentialKind::AccessToken) => plain(kind, &key(session, record).await?),
        },
        Owner::Developer => Credential::api_key("none").map_err(|_| Fault::Internal.into()),
    }
}

/// The credential of a key that is not kept yet; nothing of it is.
///
/// # Errors
/// What the token's maker says.
pub(crate) async fn of_key(
    session: &Session,
    decided: &Decided,
    kind: CredentialKind,
    key: &SecretText,
) -> Result<Credential, Unproved> {
    match kind {
        CredentialKind::None => Ok(Credential::NotNeeded),
        CredentialKind::ServiceAccount => token::fresh(session, &decided.permit, &account(key)?).await,
        CredentialKind::Api | CredentialKind::AccessToken => plain(kind, key),
    }
}

/// A new token in the place of one that the provider no longer takes. None for a credential that is no such token:
/// asking again would give the same.
pub(crate) async fn renewed(session: &Session, decided: &Decided) -> Option<Result<Credential, Unproved>> {
    let place = match decided.owner() {
        Owner::Vendor(_) => VENDOR.to_owned(),
        Owner::Customer(record) if record.credential == CredentialKind::ServiceAccount && record.version > 0 => {
            place(record)
        }
        Owner::Customer(_) | Owner::Developer => return None,
    };
    if let Err(stop) = session.forget_token(&place).await {
        return Some(Err(stop.into()));
    }
    Some(of(session, decided).await)
}

async fn key(session: &Session, record: &RouteRecord) -> Result<SecretText, Unproved> {
    if record.expires.is_some_and(|end| end <= session.host.now()) {
        return Err(ModelError::of(Code::Auth).into());
    }
    Ok(session.customer_key(record).await?.ok_or(Fault::StorageUnreadable)?)
}

fn account(key: &SecretText) -> Result<ServiceAccount, Unproved> {
    // Exposed to the reader of the file, which keeps the key in it as a secret.
    ServiceAccount::parse(key.expose()).map_err(|_| Fault::StorageUnreadable.into())
}

fn plain(kind: CredentialKind, key: &SecretText) -> Result<Credential, Unproved> {
    // Exposed to the request's header and to nothing else.
    let made = match kind {
        CredentialKind::AccessToken => Credential::access_token(key.expose()),
        CredentialKind::Api | CredentialKind::ServiceAccount | CredentialKind::None => {
            Credential::api_key(key.expose())
        }
    };
    made.map_err(|_| Fault::ModelAuth.into())
}

/// The place of a token: a token of a key that was replaced is not found any more.
fn place(record: &RouteRecord) -> String {
    format!("{}:{}", record.id, record.version)
}

const VENDOR: &str = "vendor";
