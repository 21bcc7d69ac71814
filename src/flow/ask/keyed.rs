//! The credential of a route, fetched when it is first needed and once more when the provider does not take it.
//! It is held for one invocation and never stored.

use std::cell::RefCell;
use std::rc::Rc;

use crate::flow::credential;
use crate::flow::route::Decided;
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
    /// What the secret store and the token's maker say.
    pub(super) async fn get(&self, session: &Session, decided: &Decided) -> Result<Rc<Credential>, Stop> {
        let held = self.0.borrow().clone();
        match held {
            Some(credential) => Ok(credential),
            None => Ok(self.hold(credential::of(session, decided).await?)),
        }
    }

    /// A new token in the place of one that was not accepted. None for a key: fetched again it would be the same.
    pub(super) async fn renew(&self, session: &Session, decided: &Decided) -> Option<Result<(), Stop>> {
        let renewed = credential::renewed(session, decided).await?;
        Some(renewed.map(|credential| drop(self.hold(credential))).map_err(Stop::from))
    }

    fn hold(&self, credential: Credential) -> Rc<Credential> {
        let credential = Rc::new(credential);
        self.0.replace(Some(Rc::clone(&credential)));
        credential
    }
}
