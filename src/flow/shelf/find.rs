//! A query within its budget: reads what the plan wants, opens it, counts everything.
//! It knows no permission: whoever shows a hit asks the product first.

use std::collections::HashMap;

use super::Shelved;
use crate::flow::session::Session;
use crate::flow::stop::Stop;
use crate::search::plan::{Ask, Found, QueryVector, Search, Step, Unreadable};
use crate::search::query::Query;
use crate::search::segment::ValueKey;

impl Session {
    /// Answers a query within its budget. A value that cannot be read makes the answer partial, never fails it. What the
    /// session and the manifest cost is counted in.
    ///
    /// # Errors
    /// As [`Session::manifest`].
    pub(crate) async fn find(&self, query: &Query, vector: Option<&QueryVector>, ask: Ask) -> Result<Found, Stop> {
        Ok(self.find_on(&self.shelved().await?, query, vector, ask).await)
    }

    /// The same on a manifest that was read before.
    pub(crate) async fn find_on(
        &self,
        shelved: &Shelved,
        query: &Query,
        vector: Option<&QueryVector>,
        mut ask: Ask,
    ) -> Found {
        ask.spent.add(SECRET);
        ask.spent.add(shelved.stored);
        let mut search = Search::new(&shelved.manifest, query, vector, ask);
        loop {
            match search.step() {
                Step::Done(found) => return found,
                Step::Read(keys) => {
                    for (key, stored, value) in self.read_values(&keys).await {
                        search.give(key, stored, value);
                    }
                }
            }
        }
    }

    /// The same, keeping what it reads and reading nothing that was kept: for asking twice in one invocation.
    pub(crate) async fn find_keeping(
        &self,
        shelved: &Shelved,
        query: &Query,
        vector: Option<&QueryVector>,
        mut ask: Ask,
        kept: &mut Kept,
    ) -> Found {
        ask.spent.add(SECRET);
        ask.spent.add(shelved.stored);
        let mut search = Search::new(&shelved.manifest, query, vector, ask);
        loop {
            match search.step() {
                Step::Done(found) => return found,
                Step::Read(keys) => {
                    let lacking: Vec<ValueKey> = keys.iter().filter(|key| !kept.contains_key(key)).copied().collect();
                    let read = self.read_values(&lacking).await.into_iter();
                    kept.extend(read.map(|(key, stored, value)| (key, (stored, value))));
                    for key in keys {
                        if let Some((stored, value)) = kept.get(&key) {
                            search.give(key, *stored, value.clone());
                        }
                    }
                }
            }
        }
    }
}

/// Values as they were read: their length as stored, and what they hold.
pub(crate) type Kept = HashMap<ValueKey, (u64, Result<Vec<u8>, Unreadable>)>;

/// The installation's secret, read when the session was opened: 32 bytes in base64.
const SECRET: u64 = 43;
