//! One invocation at work: the host, who asks, and the vault opened for this installation.
//! It makes no decision of a use case.

use std::cell::RefCell;
use std::collections::BTreeMap;

use crate::policy::{AsApp, Passed, Permit};
use crate::product::{self, Unanswered};
use crate::protocol::op::{Http, ProductAnswer, ProductCall, SecretGet, SecretSet, SecretSource};
use crate::protocol::{FailCode, Fault, Millis};
use crate::record::key;
use crate::record::{JobId, RequestId};
use crate::tenant::{Invocation, User};
use crate::vault::{Entropy, HostEntropy, Root, Roots, Secret, Vault, parse_key, print_key};

use super::masking::Cleared;
use super::stop::Stop;
use super::task::{Host, together};
use super::token::Held;
use super::turns::Turns;

/// One invocation at work.
pub(crate) struct Session {
    pub(crate) host: Host,
    pub(crate) invocation: Invocation,
    /// Tokens that were made or read in this invocation, by their place.
    pub(super) tokens: RefCell<BTreeMap<String, Held>>,
    /// Who is making one.
    pub(super) turns: Turns,
    roots: Roots,
    installation: Secret<32>,
}

impl Session {
    /// Opens the vault: the root key from the environment, the installation's secret from the secret store.
    ///
    /// # Errors
    /// [`Fault::NoRootKey`] when the root key is missing or malformed; what storage says.
    pub(crate) async fn open(host: Host, invocation: Invocation) -> Result<Session, Stop> {
        let root = SecretGet { source: SecretSource::Env, key: key::ROOT.to_owned() };
        let installation = SecretGet { source: SecretSource::Store, key: key::INSTALLATION.to_owned() };
        let mut secrets = together(vec![host.perform(root), host.perform(installation)]).await.into_iter();
        let root = secrets.next().ok_or(Fault::Internal)??.value.ok_or(Fault::NoRootKey)?;
        let installation = match secrets.next().ok_or(Fault::Internal)??.value {
            Some(secret) => secret,
            None => make_installation_secret(&host).await?,
        };
        let root = Root::parse(key::ROOT_VERSION, &root).map_err(|_| Fault::NoRootKey)?;
        let installation = parse_key(&installation).map_err(|_| Fault::StorageUnreadable)?;
        Ok(Session {
            host,
            invocation,
            tokens: RefCell::default(),
            turns: Turns::default(),
            roots: Roots::only(root),
            installation,
        })
    }

    /// The vault of this installation.
    pub(crate) fn vault(&self) -> Vault<'_> {
        Vault::new(&self.roots, &self.installation, &self.invocation.tenant.sealing())
    }

    /// The id of the job a request of a user starts: the same request always the same job.
    pub(crate) fn job_id(&self, account_id: &str, request: &RequestId) -> JobId {
        let token = self.vault().index_token("job", &format!("{account_id}\n{}", request.as_str()));
        JobId::of_token(&token)
    }

    /// The person at the page.
    ///
    /// # Errors
    /// When the invocation has none.
    pub(crate) fn user(&self) -> Result<&User, Stop> {
        Ok(self.invocation.user()?)
    }

    /// Asks a product as the person at the page.
    ///
    /// # Errors
    /// When there is no person, or the product cannot be reached.
    pub(crate) async fn ask(&self, call: ProductCall) -> Result<ProductAnswer, Stop> {
        self.user()?;
        self.host.perform(call).await
    }

    /// Asks a product as the app, by the right to.
    ///
    /// # Errors
    /// When the product cannot be reached.
    pub(crate) async fn ask_as_app(&self, right: &AsApp<'_>, call: ProductCall) -> Result<ProductAnswer, Stop> {
        self.host.perform(product::of_the_app(call, right)).await
    }

    /// Asks a product and reads the answer.
    ///
    /// # Errors
    /// As [`Session::ask`] and the reader.
    pub(crate) async fn fetch<T>(
        &self,
        call: ProductCall,
        read: impl FnOnce(&ProductAnswer) -> Result<T, Unanswered>,
    ) -> Result<T, Stop> {
        let answer = self.ask(call).await?;
        Ok(read(&answer)?)
    }

    /// Sends a request to a provider through the gate, in the time left.
    ///
    /// # Errors
    /// [`Fault::NotSent`] when the gate holds it back; what the network says.
    pub(crate) async fn send(&self, permit: &Permit, request: Cleared) -> Result<Http, Stop> {
        let timeout = self.host.left().since(RESERVE).min(MODEL_TIMEOUT);
        let (request, holds) = request.into_parts();
        let sent = match permit.pass(request, holds, timeout).map_err(|_| Fault::NotSent)? {
            Passed::Egress(effect) => self.host.perform(effect).await,
            Passed::Llm(effect) => self.host.perform(effect).await,
        };
        sent.map_err(|stop| match stop {
            Stop::Failed(FailCode::Timeout) => Fault::ModelTimeout.into(),
            Stop::Failed(FailCode::Denied) => Fault::NotSent.into(),
            Stop::Failed(FailCode::Network | FailCode::Proxy) => Fault::ModelServer.into(),
            Stop::Failed(FailCode::TooLarge) => Fault::ModelMalformed.into(),
            other => other,
        })
    }
}

/// Makes the installation's secret once. Of two invocations that try at the same time one wins, and the other reads the winner's.
async fn make_installation_secret(host: &Host) -> Result<String, Stop> {
    let mut bytes = [0; 32];
    HostEntropy.fill(&mut bytes).map_err(|_| Fault::Internal)?;
    let secret = print_key(&Secret::new(bytes));
    let set = SecretSet { key: key::INSTALLATION.to_owned(), value: secret.clone(), if_absent: true };
    match host.perform(set).await {
        Ok(_) => Ok(secret),
        Err(Stop::Failed(FailCode::Conflict)) => {
            let get = SecretGet { source: SecretSource::Store, key: key::INSTALLATION.to_owned() };
            host.perform(get).await?.value.ok_or_else(|| Fault::StorageUnavailable.into())
        }
        Err(stop) => Err(stop),
    }
}

/// Time kept back to write down what came of a request.
const RESERVE: Millis = Millis(3_000);
/// No model call waits longer.
const MODEL_TIMEOUT: Millis = Millis(120_000);
