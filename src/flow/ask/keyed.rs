//! The credential of a route, fetched when it is first needed and once more when the provider does not take it.
//! It is held for one invocation and never stored.

use std::cell::RefCell;
use std::rc::Rc;

use crate::flow::route::{self, Decided};
use crate::flow::session::Session;
use crate::flow::stop::Stop;
use crate::provider::Credential;

/// The credential of one route.
#[derive(Default)]
pub(super) struct Keyed(RefCell<Option<Rc<Credential>>>);

impl Keyed {
    /// The credential, fetched when there is none.
    ///
    /// # Errors
    /// What the secret store and the token's endpoint say.
    pub(super) async fn get(&self, session: &Session, decided: &Decided) -> Result<Rc<Credential>, Stop> {
        let held = self.0.borrow().clone();
        if let Some(credential) = held {
            return Ok(credential);
        }
        let credential = Rc::new(route::credential(session, decided).await?);
        self.0.replace(Some(Rc::clone(&credential)));
        Ok(credential)
    }

    /// Forgets a token that was not accepted. False for a key: fetched again it would be the same.
    pub(super) fn renew(&self) -> bool {
        let is_token = matches!(self.0.borrow().as_deref(), Some(Credential::AccessToken(_)));
        if is_token {
            self.0.replace(None);
        }
        is_token
    }
}
