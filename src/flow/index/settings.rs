//! The admin's choices for the index, and what reading them costs.
//! It decides nothing about them.

use crate::flow::row::{self, Address, Row};
use crate::flow::session::Session;
use crate::flow::stop::Stop;
use crate::record::{Class, IndexSettings, entity, key};
use crate::search::plan::Spent;

impl Row for IndexSettings {
    const ADDRESS: Address<'static> =
        Address { entity: entity::INDEX, key: key::INDEX_SETTINGS, class: Class::IndexSettings };
}

/// The choices as they are now.
pub(super) struct Kept {
    pub(super) settings: IndexSettings,
    /// What reading them cost.
    pub(super) spent: Spent,
}

impl Session {
    /// Reads the choices; the defaults when there are none.
    pub(super) async fn index_settings(&self) -> Result<Kept, Stop> {
        let row::Kept { row: settings, stored, .. } = self.row::<IndexSettings>().await?;
        let mut spent = Spent::default();
        spent.add(stored);
        Ok(Kept { settings, spent })
    }

    /// Changes the choices, see [`Session::change_row`].
    pub(in crate::flow) async fn change_index_settings<T>(
        &self,
        change: impl FnMut(&mut IndexSettings) -> Result<T, Stop>,
    ) -> Result<(IndexSettings, T), Stop> {
        self.change_row(change).await
    }
}
