//! The admin's choices about models, and the keys of their routes, in and out of storage.
//! It decides nothing about either.
//!
//! INVARIANT: a key is sealed for one route and one version, at a place that is noted before the key is written and
//! until it is gone; so whatever fails, a route never finds another's key, and no key lies where nobody looks.

use std::collections::BTreeSet;

use super::row::{Address, Row};
use super::session::Session;
use super::stop::Stop;
use crate::protocol::op::{SecretDelete, SecretGet, SecretSet, SecretSource};
use crate::protocol::{Fault, Millis, Refusal};
use crate::record::{Class, Learnt, LooseKey, RouteId, RouteRecord, Settings, entity, key};
use crate::vault::SecretText;

impl Row for Settings {
    const ADDRESS: Address<'static> = Address { entity: entity::MODELS, key: key::SETTINGS, class: Class::Settings };
}

impl Session {
    /// The admin's choices; the defaults when there are none.
    pub(crate) async fn settings(&self) -> Result<Settings, Stop> {
        Ok(self.row::<Settings>().await?.row)
    }

    /// Changes the admin's choices on condition that nobody else did meanwhile; else once more from the start.
    ///
    /// # Errors
    /// What `change` says; what storage says.
    pub(crate) async fn change_settings<T>(
        &self,
        change: impl FnMut(&mut Settings) -> Result<T, Stop>,
    ) -> Result<(Settings, T), Stop> {
        self.change_row(change).await
    }

    /// Notes what the models of a route turned out not to take, unless the route is another by now.
    ///
    /// # Errors
    /// What storage says.
    pub(crate) async fn learn(&self, seen: &RouteRecord, learnt: &Learnt) -> Result<(), Stop> {
        let note = |settings: &mut Settings| {
            let same = |route: &&mut RouteRecord| {
                route.id == seen.id && route.fields() == seen.fields() && route.embedding == seen.embedding
            };
            if let Some(route) = settings.routes.iter_mut().find(same) {
                route.omit(learnt);
            }
            Ok(())
        };
        self.change_settings(note).await.map(drop)
    }

    /// Finds a place for a key, and notes it before anything is written there; for a new route when none is named.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] for a route that is gone, [`Refusal::TooManyRoutes`] when there are enough.
    pub(crate) async fn reserve_key(&self, route: Option<RouteId>) -> Result<LooseKey, Stop> {
        let at = self.host.now();
        let reserved = self.change_settings(|settings| {
            let id = match route {
                Some(id) => settings.route(id).ok_or(Refusal::NotFound)?.id,
                None if settings.routes.len() >= Settings::MOST_ROUTES => return Err(Refusal::TooManyRoutes.into()),
                None => RouteId::new(settings.next),
            };
            if route.is_none() {
                settings.next = settings.next.saturating_add(1);
            }
            let place = LooseKey { route: id, version: settings.next_version(id), at };
            settings.loose.push(place);
            Ok(place)
        });
        Ok(reserved.await?.1)
    }

    /// Seals a route's key at its place.
    pub(crate) async fn keep_key(&self, place: &LooseKey, secret: &SecretText) -> Result<(), Stop> {
        let (route, version) = (place.route.to_string(), u64::from(place.version));
        // Exposed to the cipher and to nothing else.
        let value = self.seal(Class::ProviderKey, &route, version, secret.expose().as_bytes())?;
        let key = key::provider_key(place.route, place.version);
        self.host.perform(SecretSet { key, value, if_absent: false }).await?;
        Ok(())
    }

    /// Opens a route's key; none when none is kept.
    pub(crate) async fn customer_key(&self, record: &RouteRecord) -> Result<Option<SecretText>, Stop> {
        let get = SecretGet { source: SecretSource::Store, key: key::provider_key(record.id, record.version) };
        let Some(sealed) = self.host.perform(get).await?.value else { return Ok(None) };
        let opened =
            self.open_sealed(Class::ProviderKey, &record.id.to_string(), u64::from(record.version), &sealed)?;
        Ok(Some(opened.into_text().map_err(|_| Fault::StorageUnreadable)?))
    }

    /// Removes keys that belong to no route: those of one route, and whatever was left behind long ago.
    ///
    /// # Errors
    /// What storage says; what could not be removed stays noted.
    pub(crate) async fn forget_loose(&self, of: Option<RouteId>) -> Result<usize, Stop> {
        let long_ago = self.host.now().since(ABANDONED);
        let goes = |key: &LooseKey| of == Some(key.route) || key.at < long_ago;
        let settings = self.settings().await?;
        let loose: Vec<LooseKey> = settings.loose.iter().copied().filter(goes).collect();
        for place in &loose {
            self.forget_key(place.route, place.version).await?;
        }
        if !loose.is_empty() {
            self.change_settings(|settings| {
                settings.loose.retain(|key| !loose.contains(key));
                Ok(())
            })
            .await?;
        }
        Ok(loose.len())
    }

    /// Removes one key, and the token that was made from it.
    pub(crate) async fn forget_key(&self, route: RouteId, version: u32) -> Result<(), Stop> {
        self.host.perform(SecretDelete { key: key::provider_key(route, version) }).await?;
        self.forget_token(&format!("{route}:{version}")).await
    }
}

/// Every key that may lie in the secret store, by its route and version.
pub(super) fn keys_of(settings: &Settings) -> BTreeSet<(RouteId, u32)> {
    let kept = settings.routes.iter().map(|route| (route.id, route.version));
    kept.chain(settings.loose.iter().map(|key| (key.route, key.version))).collect()
}

/// Nobody is still saving a key after this long.
const ABANDONED: Millis = Millis::HOUR;
