//! A query within its budget: reads what the plan wants, opens it, counts everything.
//! It knows no permission: whoever shows a hit asks the product first.

use std::collections::HashMap;

use super::Shelved;
use super::values::Read;
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
        Ok(self.find_on(&self.shelved().await?, query, vector, ask, None).await)
    }

    /// The same on a manifest that was read before. What is kept is not read again, and what is read is kept: for asking twice in
    /// one invocation.
    pub(crate) async fn find_on(
        &self,
        shelved: &Shelved,
        query: &Query,
        vector: Option<&QueryVector>,
        mut ask: Ask,
        mut kept: Option<&mut Kept>,
    ) -> Found {
        ask.spent.add(SECRET);
        ask.spent.add(shelved.stored);
        let mut search = Search::new(&shelved.manifest, query, vector, ask);
        loop {
            match search.step() {
                Step::Done(found) => return found,
                Step::Read(keys) => {
                    let read = match kept.as_deref_mut() {
                        Some(kept) => self.read_keeping(&keys, kept).await,
                        None => self.read_values(&keys).await,
                    };
                    for (key, stored, value) in read {
                        search.give(key, stored, value);
                    }
                }
            }
        }
    }

    /// Reads values; those that are kept are not read again, and what is read is kept.
    pub(super) async fn read_keeping(&self, keys: &[ValueKey], kept: &mut Kept) -> Vec<Read> {
        let lacking: Vec<ValueKey> = keys.iter().filter(|key| !kept.contains_key(key)).copied().collect();
        let read = self.read_values(&lacking).await.into_iter();
        kept.extend(read.map(|(key, stored, value)| (key, (stored, value))));
        let of = |key: &ValueKey| kept.get(key).map(|(stored, value)| (*key, *stored, value.clone()));
        keys.iter().filter_map(of).collect()
    }
}

/// Values as they were read: their length as stored, and what they hold.
pub(crate) type Kept = HashMap<ValueKey, (u64, Result<Vec<u8>, Unreadable>)>;

/// The installation's secret, read when the session was opened: 32 bytes in base64.
const SECRET: u64 = 43;
