//! Tokens of service accounts (RFC 7523): made by a signature of the host's WebCrypto, kept sealed until five minutes
//! before they end. One is made at a time. It knows no route.
//!
//! A token is kept across invocations because making one costs a signature, a request to another host and some 200 to
//! 350 ms, and a search by meaning would pay that with each pause in typing; reading it costs one value. It is sealed as the
//! key it is made of is, lives an hour at most, and is worth less than that key, which lies in the same store.

use zeroize::Zeroizing;

use super::credential::Unproved;
use super::masking::Cleared;
use super::session::Session;
use super::stop::Stop;
use crate::policy::Permit;
use crate::protocol::Millis;
use crate::protocol::op::{KvDelete, KvSet, Sign};
use crate::provider::Credential;
use crate::provider::google_auth::{self, AccessToken, ServiceAccount};
use crate::record::{Class, key};
use crate::vault::SecretText;

/// The token of an account: the one that is kept while it is good, else a new one, which is kept.
///
/// # Errors
/// What the token's maker says. Storage that fails costs a request and nothing else.
pub(super) async fn kept(
    session: &Session,
    permit: &Permit,
    account: &ServiceAccount,
    place: &str,
) -> Result<Credential, Unproved> {
    let _turn = session.turns.take(&session.host, place).await;
    if let Some(token) = session.held_token(place, account) {
        return Ok(Credential::AccessToken(token));
    }
    if let Ok(Some(token)) = session.read_token(place, account).await {
        return Ok(Credential::AccessToken(token));
    }
    let made = make(session, permit, account).await?;
    let until = session.host.now().plus(Millis(1_000).times(made.expires_in_seconds)).since(EARLY);
    let token = Held { account: name_of(account), until, token: made.token };
    drop(session.keep_token(place, &token).await);
    let copy = token.copy();
    session.tokens.borrow_mut().insert(place.to_owned(), token);
    Ok(Credential::AccessToken(copy))
}

/// A token that is kept nowhere.
///
/// # Errors
/// What the token's maker says.
pub(super) async fn fresh(
    session: &Session,
    permit: &Permit,
    account: &ServiceAccount,
) -> Result<Credential, Unproved> {
    Ok(Credential::AccessToken(make(session, permit, account).await?.token))
}

async fn make(session: &Session, permit: &Permit, account: &ServiceAccount) -> Result<AccessToken, Unproved> {
    let input = account.signing_input(session.host.now().as_seconds());
    // Exposed to the host's signer and to nothing else.
    let sign = Sign { algorithm: "RS256", key: account.signing_key().expose().to_owned(), message: input.clone() };
    let signature = session.host.perform(sign).await?.signature;
    let request = Cleared::own(google_auth::token_request(&input, &signature));
    let http = session.send(permit, request).await?;
    Ok(google_auth::read_token(http.status, &http.headers, &http.body)?)
}

/// A token in this invocation's memory.
pub(super) struct Held {
    /// Which account's, by which of its keys.
    account: String,
    until: Millis,
    token: SecretText,
}

impl Held {
    fn copy(&self) -> SecretText {
        // Exposed to a second holder in this invocation.
        SecretText::new(self.token.expose().to_owned())
    }

    fn is_good(&self, account: &ServiceAccount, now: Millis) -> bool {
        self.account == name_of(account) && now < self.until
    }
}

fn name_of(account: &ServiceAccount) -> String {
    format!("{} {}", account.client_email(), account.key_id())
}

impl Session {
    fn held_token(&self, place: &str, account: &ServiceAccount) -> Option<SecretText> {
        let tokens = self.tokens.borrow();
        tokens.get(place).filter(|held| held.is_good(account, self.host.now())).map(Held::copy)
    }

    async fn read_token(&self, place: &str, account: &ServiceAccount) -> Result<Option<SecretText>, Stop> {
        let Some(plaintext) = self.sealed(Class::AccessToken, key::token(place)).await? else { return Ok(None) };
        let Ok(text) = plaintext.into_text() else { return Ok(None) };
        // Exposed to be taken apart into what was put together below.
        let mut lines = text.expose().split('\n');
        let (Some(account_name), Some(until), Some(token)) = (lines.next(), lines.next(), lines.next()) else {
            return Ok(None);
        };
        let until = Millis(until.parse().unwrap_or_default());
        let held = Held { account: account_name.to_owned(), until, token: SecretText::new(token.to_owned()) };
        if !held.is_good(account, self.host.now()) {
            return Ok(None);
        }
        let copy = held.copy();
        self.tokens.borrow_mut().insert(place.to_owned(), held);
        Ok(Some(copy))
    }

    async fn keep_token(&self, place: &str, held: &Held) -> Result<(), Stop> {
        // Exposed to the cipher and to nothing else.
        let plaintext = Zeroizing::new(format!("{}\n{}\n{}", held.account, held.until.0, held.token.expose()));
        let key = key::token(place);
        let value = self.seal(Class::AccessToken, &key, 1, plaintext.as_bytes())?;
        let ttl_seconds = Some(held.until.since(self.host.now()).as_seconds().max(1));
        self.host.perform(KvSet { key, value, ttl_seconds }).await?;
        Ok(())
    }

    /// Forgets a token, here and in storage.
    pub(super) async fn forget_token(&self, place: &str) -> Result<(), Stop> {
        self.tokens.borrow_mut().remove(place);
        self.host.perform(KvDelete { key: key::token(place) }).await?;
        Ok(())
    }
}

/// A token is given up this long before it ends.
const EARLY: Millis = Millis::MINUTE.times(5);
