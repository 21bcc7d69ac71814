//! One invocation at work: the host, who asks, and the vault opened for this installation.
//! It makes no decision of a use case.

use std::cell::RefCell;
use std::collections::BTreeMap;

use crate::policy::{AsApp, Passed, Permit};
use crate::product::{self, Unanswered};
use crate::protocol::op::{Http, ProductAnswer, ProductCall};
use crate::protocol::{FailCode, Fault, Millis};
use crate::record::{JobId, RequestId};
use crate::tenant::{Invocation, User};
use crate::vault::{Keyring, Vault, Window};

use super::masking::Cleared;
use super::people::Asked;
use super::stop::Stop;
use super::task::Host;
use super::token::Held;
use super::turns::Turns;
use super::unlock::{Keys, Missing, unlock};

/// One invocation at work.
pub(crate) struct Session {
    pub(crate) host: Host,
    pub(crate) invocation: Invocation,
    /// Tokens that were made or read in this invocation, by their place.
    pub(super) tokens: RefCell<BTreeMap<String, Held>>,
    /// Whose names were asked for in this invocation.
    pub(super) asked: RefCell<Asked>,
    /// Who is making one.
    pub(super) turns: Turns,
    keys: Keys,
}

impl Session {
    /// Opens the vault: the roots from the environment, the installation's secret and keys of names from the secret store.
    ///
    /// # Errors
    /// As [`unlock`].
    pub(crate) async fn open(host: Host, invocation: Invocation, missing: Missing) -> Result<Session, Stop> {
        let keys = unlock(&host, invocation.tenant.sealing(), missing).await?;
        Ok(Session {
            host,
            invocation,
            tokens: RefCell::default(),
            asked: RefCell::default(),
            turns: Turns::default(),
            keys,
        })
    }

    /// The vault of this installation.
    pub(crate) fn vault(&self) -> Vault<'_> {
        let Keys { roots, installation, names } = &self.keys;
        Vault::new(Keyring::new(roots, installation, self.invocation.tenant.sealing()), names)
    }

    /// The roots in use.
    pub(super) fn window(&self) -> Window {
        self.keys.roots.window()
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

/// Time kept back to write down what came of a request.
const RESERVE: Millis = Millis(3_000);
/// No model call waits longer.
const MODEL_TIMEOUT: Millis = Millis(120_000);
