//! The fake host's storage: values, secrets, rows and transactions, in memory.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::World;

impl World {
    /// Every sealed value with its name: plain values, secrets but the one that seals, bodies of rows.
    pub(crate) fn sealed(&self) -> Vec<(String, String)> {
        let rows = [
            ("job", &self.jobs),
            ("index", &self.index),
            ("masking", &self.masking),
            ("models", &self.models),
            ("kept", &self.kept),
        ];
        let bodies = rows.into_iter().flat_map(|(entity, rows)| {
            rows.iter().map(move |(key, row)| (format!("{entity}/{key}"), row["body"].as_str().unwrap().to_owned()))
        });
        let values = self.kv.iter().map(|(key, (value, _))| (key.clone(), value.clone()));
        let secrets = self.secrets.iter().filter(|(key, _)| *key != "inst");
        bodies.chain(values).chain(secrets.map(|(key, value)| (format!("secret/{key}"), value.clone()))).collect()
    }

    pub(super) fn read(&self, key: &str) -> Value {
        match self.kv.get(key) {
            Some((value, expiry)) if expiry.is_none_or(|at| at > self.now) => json!({"value": value}),
            _ => json!({}),
        }
    }

    pub(super) fn query(&mut self, effect: &Value) -> Value {
        let (property, range) = match effect["index"].as_str().unwrap() {
            "by-owner" => ("owner", "updated"),
            "by-page" => ("page", "updated"),
            "by-state" => ("state", "updated"),
            "by-class" => ("class", "rev"),
            other => panic!("no such index: {other}"),
        };
        let rows = self.rows(&effect["entity"]);
        let mut found: Vec<(&String, &Value)> =
            rows.iter().filter(|(_, row)| row[property] == effect["partition"][0]).collect();
        found.sort_by_key(|(_, row)| row[range].as_u64());
        if effect["sort"] == "DESC" {
            found.reverse();
        }
        // A cursor names the row after which it goes on, as a real one does.
        let after = effect["cursor"].as_str().and_then(|cursor| found.iter().position(|(key, _)| *key == cursor));
        let rest = found.split_off(after.map_or(0, |at| at + 1));
        let limit = usize::try_from(effect["limit"].as_u64().unwrap()).unwrap().min(20);
        let cursor = (rest.len() > limit).then(|| rest[limit - 1].0.clone());
        let page: Vec<Value> =
            rest.into_iter().take(limit).map(|(key, value)| json!({"key": key, "value": value})).collect();
        cursor.map_or(json!({"results": page}), |cursor| json!({"results": page, "cursor": cursor}))
    }

    pub(super) fn rows(&mut self, entity: &Value) -> &mut BTreeMap<String, Value> {
        match entity.as_str() {
            Some("index") => &mut self.index,
            Some("masking") => &mut self.masking,
            Some("models") => &mut self.models,
            Some("kept") => &mut self.kept,
            _ => &mut self.jobs,
        }
    }

    pub(super) fn transact(&mut self, effect: &Value) -> Result<Value, &'static str> {
        let sets = effect["set"].as_array().cloned().unwrap_or_default();
        for set in &sets {
            let stored = self.rows(&set["entity"]).get(set["key"].as_str().unwrap()).cloned();
            for condition in set["conditions"].as_array().into_iter().flatten() {
                let property = condition["property"].as_str().unwrap();
                let holds = match condition["condition"].as_str().unwrap() {
                    "NOT_EXISTS" => stored.is_none(),
                    "EQUAL_TO" => stored.as_ref().is_some_and(|row| row[property] == condition["values"][0]),
                    other => panic!("no such condition: {other}"),
                };
                if !holds {
                    return Err("conflict");
                }
            }
        }
        for set in sets {
            let key = set["key"].as_str().unwrap().to_owned();
            if set.get("entity").is_none_or(Value::is_null) {
                self.kv.insert(key, (set["value"].as_str().unwrap().to_owned(), None));
            } else {
                self.rows(&set["entity"]).insert(key, set["value"].clone());
            }
        }
        for delete in effect["delete"].as_array().into_iter().flatten() {
            let key = delete["key"].as_str().unwrap();
            if delete.get("entity").is_none_or(Value::is_null) {
                self.kv.remove(key);
            } else {
                self.rows(&delete["entity"]).remove(key);
            }
        }
        Ok(json!({}))
    }
}
