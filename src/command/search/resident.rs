//! An index in this instance's memory: the same segments, opened once and searched without a budget.
//! Nothing of it is sealed, because nothing of it leaves the instance.

use std::collections::{BTreeSet, HashMap};
use std::future::Future;
use std::pin::pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use serde_json::Value;

use super::lines::{Batch, SearchLine, asked, documents};
use super::{BatchOut, FoundOut, LineOut, SettledOut, written};
use crate::command::refused::{Refused, unreadable_line};
use crate::protocol::{Answer, Millis};
use crate::search::manifest::{Container, ContainerState, Dropped, Entry, Manifest, Tombstone};
use crate::search::plan::{Ask, Budget, Opened, Search, Spent, Step};
use crate::search::segment::merge::{Living, Values, merge};
use crate::search::segment::{Basis, Broken, SegmentId, ValueKey, ValueName, average, build};
use crate::search::{Doc, Space};

/// An index in memory.
#[derive(Default)]
pub(crate) struct Resident {
    manifest: Manifest,
    space: Option<Space>,
    pending: HashMap<String, Doc>,
    values: HashMap<ValueKey, Vec<u8>>,
    opened: HashMap<ValueKey, Rc<Opened>>,
    next: u64,
}

impl Resident {
    /// Answers one line of `add`, `commit` or `search`.
    pub(crate) fn answer(&mut self, verb: &str, line: Value, now: Millis) -> Answer {
        let answered = match verb {
            "add" => self.add(line, now),
            "commit" => self.commit(now),
            "search" => self.search(line, now),
            _ => Err(Refused { code: "unknown-verb", message: "unknown verb".to_owned() }),
        };
        match answered {
            Ok(view) => Answer::Ok { view },
            Err(Refused { code, message }) => Answer::Rejected { code, message },
        }
    }

    fn add(&mut self, line: Value, now: Millis) -> Result<Value, Refused> {
        let batch: Batch = serde_json::from_value(line).map_err(|error| unreadable_line(&error))?;
        let (docs, lines) = documents(&batch.lines, now.as_days(), &mut self.space);
        self.pending.extend(docs.into_iter().map(|doc| (doc.id.clone(), doc)));
        let lines = lines.into_iter().map(|(id, error)| LineOut { id, error: error.map(Into::into) });
        written(&BatchOut { lines: lines.collect() })
    }

    fn commit(&mut self, now: Millis) -> Result<Value, Refused> {
        let docs: Vec<Doc> = std::mem::take(&mut self.pending).into_values().collect();
        if !docs.is_empty() {
            self.take(&docs);
        }
        let mut problem = None;
        while let Some(ids) = self.manifest.to_merge() {
            if self.merge(&ids, now).is_err() {
                problem = Some("index-unreadable");
                break;
            }
        }
        for dropped in std::mem::take(&mut self.manifest.dropped) {
            for key in Dropped::keys(dropped) {
                self.values.remove(&key);
                self.opened.remove(&key);
            }
        }
        self.open();
        written(&SettledOut { segments: self.manifest.segments.len(), problem })
    }

    fn take(&mut self, docs: &[Doc]) {
        if self.manifest.next_seq == 0 {
            self.manifest = Manifest { next_seq: 1, average: average(docs), ..Manifest::default() };
        }
        for name in docs.iter().map(|doc| &doc.container).collect::<BTreeSet<_>>() {
            if self.manifest.container(name).is_none() {
                let container = Container { name: name.clone(), state: ContainerState::Ready, ..Container::default() };
                self.manifest.containers.push(container);
            }
        }
        let id = self.next_id();
        let basis = Basis { average: self.manifest.average, space: self.space.as_ref() };
        let segment = build(id, docs, basis);
        self.manifest.space.clone_from(&self.space);
        self.values.extend(segment.values.into_iter().map(|(name, value)| (ValueKey { segment: id, name }, value)));
        let hidden = docs.iter().map(|doc| Tombstone::token(&doc.id)).collect();
        self.manifest.add_all(vec![(segment.entry, segment.groups)], &hidden);
    }

    fn next_id(&mut self) -> SegmentId {
        self.next += 1;
        SegmentId(self.next)
    }

    fn merge(&mut self, ids: &[SegmentId], now: Millis) -> Result<(), Broken> {
        let id = self.next_id();
        let before = self.manifest.clone();
        let inputs: Vec<&Entry> = before.segments.iter().filter(|entry| ids.contains(&entry.id)).collect();
        let names: Vec<&str> = before.containers.iter().map(|container| container.name.as_str()).collect();
        let _ = now;
        let living = Living { tombstones: &before.tombstones, containers: &names, since: 0, anew: &[] };
        let space = before.space.clone();
        let merged = at_once(merge(id, &inputs, living, space.as_ref(), &mut Store { resident: self, id }))?;
        self.manifest.replace(ids, merged.entry, &merged.groups, before.next_seq);
        Ok(())
    }

    /// Opens what is not open yet; what is kept as it came is not kept twice.
    fn open(&mut self) {
        let closed: Vec<ValueKey> = self.values.keys().filter(|key| !self.opened.contains_key(key)).copied().collect();
        for key in closed {
            let keeps_itself = !matches!(key.name, ValueName::Single | ValueName::Documents(_) | ValueName::Root);
            let value = if keeps_itself { self.values.remove(&key) } else { self.values.get(&key).cloned() };
            let opened = value.and_then(|value| match key.name {
                ValueName::Texts(_) => Some(Opened::raw(value)),
                _ => {
                    let entry = self.manifest.segments.iter().find(|entry| entry.id == key.segment)?;
                    Opened::open(entry, key.name, value).ok()
                }
            });
            if let Some(opened) = opened {
                self.opened.insert(key, Rc::new(opened));
            }
        }
    }

    fn search(&mut self, line: Value, now: Millis) -> Result<Value, Refused> {
        let line: SearchLine = serde_json::from_value(line).map_err(|error| unreadable_line(&error))?;
        let asked = asked(line, self.space.as_ref())?;
        let ask = Ask {
            budget: Budget::NONE,
            most: asked.most,
            containers: asked.containers,
            today: now.as_days(),
            texts: false,
            spent: Spent::default(),
        };
        let mut search = Search::new(&self.manifest, &asked.query, asked.vector.as_ref(), ask);
        loop {
            match search.step() {
                Step::Done(found) => return written(&FoundOut::new(asked.id, found)),
                Step::Read(keys) => {
                    for key in keys {
                        if let Some(opened) = self.opened.get(&key) {
                            search.give_opened(key, Rc::clone(opened));
                        }
                    }
                }
            }
        }
    }
}

struct Store<'a> {
    resident: &'a mut Resident,
    id: SegmentId,
}

impl Values for Store<'_> {
    type Error = Broken;

    async fn read(&mut self, keys: &[ValueKey]) -> Result<Vec<Option<Vec<u8>>>, Broken> {
        let resident = &self.resident;
        let read = |key: &ValueKey| {
            let open = || resident.opened.get(key).and_then(|opened| opened.bytes());
            resident.values.get(key).map(Vec::as_slice).or_else(open).map(<[u8]>::to_vec)
        };
        Ok(keys.iter().map(read).collect())
    }

    async fn write(&mut self, values: Vec<(ValueName, Vec<u8>)>) -> Result<(), Broken> {
        let id = self.id;
        self.resident.values.extend(values.into_iter().map(|(name, value)| (ValueKey { segment: id, name }, value)));
        Ok(())
    }
}

/// Runs what waits for nothing.
fn at_once<T>(future: impl Future<Output = Result<T, Broken>>) -> Result<T, Broken> {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(output) => output,
        Poll::Pending => Err(Broken),
    }
}
