//! The fake host: performs effects on values in memory, and can fail any one of them in three ways.

mod storage;

use std::collections::{BTreeMap, VecDeque};

use quillgate::conversation::Conversation;
use quillgate::protocol::Input;
use serde_json::{Value, json};

use crate::site::Site;

/// How one effect goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    /// Not done, and said so.
    Before,
    /// Done, and the answer lost.
    After,
    /// Done, and the invocation killed.
    Crash,
}

/// What somebody does to a world.
pub(crate) type Act = fn(&mut World);

/// One installation on one site.
#[derive(Clone)]
pub(crate) struct World {
    /// Whose site it is.
    pub(crate) cloud: &'static str,
    pub(crate) now: u64,
    pub(crate) site: Site,
    /// How often a product was asked as the app.
    pub(crate) as_app: usize,
    pub(crate) kv: BTreeMap<String, (String, Option<u64>)>,
    pub(crate) secrets: BTreeMap<String, String>,
    pub(crate) env: BTreeMap<String, String>,
    pub(crate) jobs: BTreeMap<String, Value>,
    /// The rows of the entity `index`.
    pub(crate) index: BTreeMap<String, Value>,
    /// The rows of the entity `masking`.
    pub(crate) masking: BTreeMap<String, Value>,
    /// The rows of the entity `models`.
    pub(crate) models: BTreeMap<String, Value>,
    /// The rows of the entity `kept`.
    pub(crate) kept: BTreeMap<String, Value>,
    pub(crate) queue: Vec<Value>,
    pub(crate) logs: Vec<Value>,
    /// Everything that left: address and body.
    pub(crate) sent: Vec<Value>,
    /// Values that headers held; kept apart from what is searched for secrets elsewhere.
    pub(crate) headers: Vec<Value>,
    /// What whoever is asked answers.
    pub(crate) model: fn(&Value) -> (u16, String),
    /// The answers to the next requests, before the model is asked; an error is the shim's code.
    pub(crate) answers: VecDeque<Result<(u16, String), &'static str>>,
    /// Fails the effect of this number, counted from 1 over the next call.
    pub(crate) fault: Option<(usize, Fault)>,
    /// Headers of every provider's answer.
    pub(crate) said: Vec<Value>,
    /// Whether the writer gives the draft up during the first wait.
    pub(crate) is_given_up_while_waiting: bool,
    /// How long the core waited, each time, in milliseconds.
    pub(crate) waited: Vec<u64>,
    /// Channels on which pages were told that something moved.
    pub(crate) announced: Vec<String>,
    /// What somebody else does before the effect of this number.
    pub(crate) meanwhile: Option<(usize, Act)>,
    /// What the last request to a provider authenticated itself by.
    pub(crate) credential: String,
    /// Types of the effects of the last call.
    pub(crate) performed: Vec<String>,
    /// Inputs and replies of the last call.
    pub(crate) wire: Vec<Value>,
    /// Time between now and the deadline of a call.
    pub(crate) time: u64,
    /// The same of the index's consumer.
    pub(crate) long: u64,
}

impl World {
    pub(crate) fn new(site: Site) -> World {
        let root = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8".to_owned();
        World {
            cloud: "cloud",
            now: 1_800_000_000_000,
            site,
            as_app: 0,
            kv: BTreeMap::new(),
            secrets: BTreeMap::new(),
            env: BTreeMap::from([("QUILLGATE_ROOT_1".to_owned(), root)]),
            jobs: BTreeMap::new(),
            index: BTreeMap::new(),
            masking: BTreeMap::new(),
            models: BTreeMap::new(),
            kept: BTreeMap::new(),
            queue: Vec::new(),
            logs: Vec::new(),
            sent: Vec::new(),
            headers: Vec::new(),
            model: |_| (500, "{}".to_owned()),
            answers: VecDeque::new(),
            fault: None,
            said: Vec::new(),
            is_given_up_while_waiting: false,
            waited: Vec::new(),
            announced: Vec::new(),
            meanwhile: None,
            credential: String::new(),
            performed: Vec::new(),
            wire: Vec::new(),
            time: 20_000,
            long: 895_000,
        }
    }

    /// A site whose developers run a model of their own.
    pub(crate) fn with_model(site: Site, model: fn(&Value) -> (u16, String)) -> World {
        let mut world = World::new(site);
        world.env.insert("QUILLGATE_DEV_MODEL_ENDPOINT".to_owned(), "https://model.example/v1".to_owned());
        world.model = model;
        world
    }

    /// A call from a page; None when the invocation was killed.
    pub(crate) fn page(&mut self, user: &str, call: Value) -> Option<Value> {
        let context = json!({
            "source": "ui", "product": "confluence", "cloudId": self.cloud, "installationId": "inst", "environmentId": "env",
            "environmentType": "DEVELOPMENT", "accountId": user, "siteUrl": "https://site.example", "moduleKey": "studio",
            "locale": "en-US", "extension": {},
        });
        self.converse(context, call)
    }

    /// A call from a page that must be answered with a view.
    #[track_caller]
    pub(crate) fn view(&mut self, user: &str, call: Value) -> Value {
        let answer = self.page(user, call.clone()).unwrap();
        assert_eq!(answer["type"], "ok", "{} to {}", answer, call["type"]);
        answer["view"].clone()
    }

    /// A call of the platform's own.
    pub(crate) fn own(&mut self, source: &str, call: Value) -> Option<Value> {
        let context = json!({
            "source": source, "product": null, "cloudId": self.cloud, "installationId": "inst", "environmentId": "env",
            "environmentType": "DEVELOPMENT", "accountId": null, "siteUrl": null, "moduleKey": null, "locale": null, "extension": {},
        });
        self.converse(context, call)
    }

    /// Delivers every queued event once.
    pub(crate) fn deliver(&mut self) {
        for event in std::mem::take(&mut self.queue) {
            self.consume(&event);
        }
    }

    /// Delivers queued events, and those they queue, until there are none.
    pub(crate) fn settle(&mut self) {
        for _ in 0..200 {
            if self.queue.is_empty() {
                return;
            }
            self.deliver();
        }
        panic!("events without an end: {:?}", self.queue);
    }

    /// One event, as the shim hands it over; None when the invocation was killed.
    pub(crate) fn consume(&mut self, event: &Value) -> Option<Value> {
        let mut call = event["body"].clone();
        let kind = match call["type"].as_str() {
            None => "draft.run".to_owned(),
            Some("bake-off") => "models.bakeOffRun".to_owned(),
            Some("rotate") => "keys.rotate".to_owned(),
            Some(kind) => format!("index.{kind}"),
        };
        let time = self.time;
        if kind.starts_with("index.") {
            self.time = self.long;
        }
        call["type"] = json!(kind);
        let answer = self.own("consumer", call);
        self.time = time;
        answer
    }

    fn converse(&mut self, context: Value, call: Value) -> Option<Value> {
        self.performed.clear();
        self.wire.clear();
        let user = context["accountId"].as_str().unwrap_or_default().to_owned();
        let mut conversation = Conversation::default();
        let first = json!({"type": "call", "now": self.now, "deadline": self.now + self.time, "context": context, "call": call});
        let mut inputs = vec![first];
        loop {
            let input = inputs.pop().expect("the core waits for nothing and has no answer");
            self.wire.push(json!({"in": input}));
            let reply = conversation.step(Input::read(input).unwrap());
            let reply = serde_json::to_value(reply).unwrap();
            self.wire.push(json!({"out": reply}));
            self.logs.extend(reply["log"].as_array().unwrap().iter().cloned());
            if let Some(answer) = reply.get("answer") {
                return Some(answer.clone());
            }
            for effect in reply["effects"].as_array().unwrap() {
                inputs.insert(0, self.perform_or_fail(&user, effect)?);
            }
        }
    }

    fn perform_or_fail(&mut self, user: &str, effect: &Value) -> Option<Value> {
        self.performed.push(effect["type"].as_str().unwrap().to_owned());
        self.now += 10;
        if let Some((_, act)) = self.meanwhile.take_if(|(at, _)| *at == self.performed.len()) {
            let ours = (std::mem::take(&mut self.performed), std::mem::take(&mut self.wire), self.fault.take());
            act(self);
            (self.performed, self.wire, self.fault) = ours;
        }
        let fault = self.fault.filter(|(at, _)| *at == self.performed.len()).map(|(_, fault)| fault);
        if fault.is_some() {
            self.fault = None;
        }
        let failed = |code: &str| json!({"type": "failed", "id": effect["id"], "now": self.now, "code": code});
        if fault == Some(Fault::Before) {
            return Some(failed(if is_storage(effect) { "storage" } else { "network" }));
        }
        let result = self.perform(user, effect);
        match (fault, result) {
            (Some(Fault::Crash), _) => None,
            (Some(Fault::After), _) => {
                Some(json!({"type": "failed", "id": effect["id"], "now": self.now, "code": "timeout"}))
            }
            (_, Ok(outcome)) => {
                Some(json!({"type": "outcome", "id": effect["id"], "now": self.now, "outcome": outcome}))
            }
            (_, Err(code)) => Some(json!({"type": "failed", "id": effect["id"], "now": self.now, "code": code})),
        }
    }

    fn perform(&mut self, user: &str, effect: &Value) -> Result<Value, &'static str> {
        let key = effect["key"].as_str().unwrap_or_default().to_owned();
        match effect["type"].as_str().unwrap() {
            "kv-get" => {
                let mut found = self.read(&key);
                if let (true, Some((_, Some(expiry)))) = (effect["expiry"] == true, self.kv.get(&key)) {
                    found["expiresAt"] = json!(expiry);
                }
                Ok(found)
            }
            "kv-set" => {
                let expiry = effect["ttlSeconds"].as_u64().map(|ttl| self.now + ttl * 1_000);
                self.kv.insert(key, (effect["value"].as_str().unwrap().to_owned(), expiry));
                Ok(json!({}))
            }
            "kv-delete" => {
                self.kv.remove(&key);
                Ok(json!({}))
            }
            "secret-get" => {
                let from = if effect["source"] == "env" { &self.env } else { &self.secrets };
                Ok(from.get(&key).map_or(json!({}), |value| json!({"value": value})))
            }
            "secret-set" if effect["ifAbsent"] == true && self.secrets.contains_key(&key) => Err("conflict"),
            "secret-set" => {
                self.secrets.insert(key, effect["value"].as_str().unwrap().to_owned());
                Ok(json!({}))
            }
            "secret-delete" => {
                self.secrets.remove(&key);
                Ok(json!({}))
            }
            "kv-keys" => {
                let prefix = effect["prefix"].as_str().unwrap();
                let limit = usize::try_from(effect["limit"].as_u64().unwrap()).unwrap().min(20);
                let keys: Vec<&String> = self.kv.keys().filter(|key| key.starts_with(prefix)).take(limit).collect();
                Ok(json!({"keys": keys}))
            }
            "entity-get" => {
                Ok(self.rows(&effect["entity"]).get(&key).map_or(json!({}), |value| json!({"value": value})))
            }
            "entity-query" => Ok(self.query(effect)),
            "transact" => self.transact(effect),
            "queue-push" => {
                self.queue.extend(effect["events"].as_array().unwrap().iter().cloned());
                Ok(json!({"jobId": "queued"}))
            }
            "product" => {
                if effect["as"] == "app" {
                    assert_eq!(effect["because"], "container-is-indexed");
                    self.as_app += 1;
                }
                let (status, body) = self.site.answer(user, effect);
                // As the shim does.
                if body.len() > MOST_BYTES { Err("too-large") } else { Ok(json!({"status": status, "body": body})) }
            }
            "egress" => {
                let body: Value =
                    effect["body"].as_str().and_then(|b| serde_json::from_str(b).ok()).unwrap_or(Value::Null);
                self.sent.push(json!({"url": effect["url"], "body": body}));
                self.credential = effect["headers"].to_string();
                self.headers.push(effect["headers"].clone());
                let mut headers = vec![json!(["content-type", "application/json"])];
                headers.extend(self.said.iter().cloned());
                let (status, answer) = self.answers.pop_front().unwrap_or_else(|| Ok((self.model)(&body)))?;
                Ok(json!({"status": status, "headers": headers, "body": answer}))
            }
            "llm" => {
                let body: Value =
                    effect["body"].as_str().and_then(|b| serde_json::from_str(b).ok()).unwrap_or(Value::Null);
                self.sent.push(json!({"hosted": effect["model"], "body": body}));
                let (status, answer) = self.answers.pop_front().unwrap_or_else(|| Ok((self.model)(&body)))?;
                Ok(json!({"status": status, "headers": [], "body": answer}))
            }
            "realtime" => {
                self.announced.push(effect["channel"].as_str().unwrap().to_owned());
                Ok(json!({}))
            }
            "sign" => Ok(json!({"signature": "c2lnbmF0dXJl"})),
            "wait" => {
                let ms = effect["ms"].as_u64().unwrap();
                self.waited.push(ms);
                self.now += ms;
                if std::mem::take(&mut self.is_given_up_while_waiting) {
                    let id = self.jobs.keys().next().unwrap().clone();
                    let mut meanwhile = self.clone();
                    meanwhile.view(crate::main_job::WRITER, json!({"type": "draft.cancel", "jobId": id}));
                    (self.jobs, self.kv) = (meanwhile.jobs, meanwhile.kv);
                }
                Ok(json!({}))
            }
            other => panic!("no such effect: {other}"),
        }
    }
}

fn is_storage(effect: &Value) -> bool {
    let kind = effect["type"].as_str().unwrap();
    kind.starts_with("kv-") || kind.starts_with("secret-") || kind.starts_with("entity-") || kind == "transact"
}

/// What the shim takes of an answer.
const MOST_BYTES: usize = 20_000_000;
