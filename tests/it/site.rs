//! The fake site: issues and pages with versions and readers, in the shapes the products answer with.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

/// One version of a page.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Version {
    pub(crate) body: String,
    pub(crate) message: String,
    pub(crate) author: String,
}

/// One page.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Page {
    pub(crate) title: String,
    pub(crate) versions: Vec<Version>,
    pub(crate) is_trashed: bool,
    /// Nobody but these; empty = everybody.
    pub(crate) editors: BTreeSet<String>,
}

/// One site.
#[derive(Debug, Clone, Default)]
pub(crate) struct Site {
    pub(crate) issues: BTreeMap<String, Value>,
    /// Issues that only these may read.
    pub(crate) readers: BTreeMap<String, BTreeSet<String>>,
    pub(crate) pages: BTreeMap<String, Page>,
    pub(crate) admins: BTreeSet<String>,
}

impl Site {
    pub(crate) fn issue(mut self, key: &str, summary: &str, text: &str) -> Site {
        let fields = json!({
            "summary": summary,
            "description": {"type": "doc", "version": 1, "content": [{"type": "paragraph", "content": [{"type": "text", "text": text}]}]},
            "comment": {"comments": []},
            "issuetype": {"name": "Bug"}, "status": {"name": "Done"}, "project": {"key": "ITD", "name": "IT desk"},
            "reporter": {"accountId": "acc-anna", "displayName": "Anna Berger", "emailAddress": "anna.berger@example.com"},
            "updated": "2026-11-01T10:00:00.000+0000",
        });
        self.issues.insert(key.to_owned(), fields);
        self
    }

    pub(crate) fn page(mut self, id: &str, title: &str, body: &str) -> Site {
        let first = Version { body: body.to_owned(), message: String::new(), author: "acc-other".to_owned() };
        let page = Page { title: title.to_owned(), versions: vec![first], is_trashed: false, editors: BTreeSet::new() };
        self.pages.insert(id.to_owned(), page);
        self
    }

    /// A person writes a version by hand.
    pub(crate) fn edit(&mut self, id: &str, change: impl FnOnce(&str) -> String) {
        let page = self.pages.get_mut(id).unwrap();
        let body = change(&page.versions.last().unwrap().body);
        page.versions.push(Version { body, message: "by hand".to_owned(), author: "acc-human".to_owned() });
    }

    pub(crate) fn answer(&mut self, user: &str, effect: &Value) -> (u16, String) {
        assert_eq!(effect["as"], "user");
        assert!(!user.is_empty(), "a product was asked without a user");
        let path = effect["path"].as_str().unwrap();
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        let query: BTreeMap<String, String> =
            query.split('&').filter_map(|pair| pair.split_once('=')).map(|(k, v)| (k.to_owned(), decode(v))).collect();
        let body: Value = effect["body"].as_str().map_or(Value::Null, |b| serde_json::from_str(b).unwrap());
        let parts: Vec<&str> = path.trim_start_matches('/').split('/').collect();
        let (status, value) = match (effect["method"].as_str().unwrap(), parts.as_slice()) {
            ("GET", ["rest", "api", "3", "issue", key]) => self.read_issue(user, key),
            ("GET", ["rest", "api", "3", "search", "jql"]) => self.search_issues(user),
            ("GET", ["rest", "api", "3", "mypermissions"]) => {
                (200, json!({"permissions": {"ADMINISTER": {"havePermission": self.admins.contains(user)}}}))
            }
            ("GET", ["wiki", "rest", "api", "search"]) => self.search_pages(),
            ("GET", ["wiki", "rest", "api", "user", "current"]) => self.current_user(user),
            ("GET", ["wiki", "api", "v2", "spaces"]) => {
                (200, json!({"results": [{"id": "10", "key": "OPS", "name": "Operations"}]}))
            }
            ("GET", ["wiki", "api", "v2", "pages"]) => self.titled(&query["title"]),
            ("POST", ["wiki", "api", "v2", "pages"]) => self.create(user, &body),
            ("GET", ["wiki", "api", "v2", "pages", id]) => {
                self.read_page(id, query.get("version").and_then(|v| v.parse().ok()))
            }
            ("GET", ["wiki", "api", "v2", "pages", id, "versions", n]) => self.read_version(id, n.parse().unwrap()),
            ("GET", ["wiki", "api", "v2", "pages", id, "operations"]) => self.operations(user, id),
            ("PUT", ["wiki", "api", "v2", "pages", id]) => self.update(user, id, &body),
            ("DELETE", ["wiki", "api", "v2", "pages", id]) => self.trash(id),
            (method, _) => panic!("no such endpoint: {method} {path}"),
        };
        (status, value.to_string())
    }

    fn read_issue(&self, user: &str, key: &str) -> (u16, Value) {
        let hidden = self.readers.get(key).is_some_and(|readers| !readers.contains(user));
        match self.issues.get(key).filter(|_| !hidden) {
            Some(fields) => (200, json!({"id": "1", "key": key, "fields": fields})),
            None => (404, json!({"errorMessages": ["Issue does not exist or you do not have permission to see it."]})),
        }
    }

    fn search_issues(&self, user: &str) -> (u16, Value) {
        let keys = self.issues.keys().filter(|key| self.read_issue(user, key).0 == 200);
        let issues: Vec<Value> = keys.map(|key| json!({"id": "1", "key": key, "fields": self.issues[key]})).collect();
        (200, json!({"issues": issues, "isLast": true}))
    }

    fn search_pages(&self) -> (u16, Value) {
        let results = self.pages.iter().filter(|(_, page)| !page.is_trashed).map(|(id, page)| {
            json!({"content": {"id": id, "type": "page", "title": page.title}, "title": page.title,
                "resultGlobalContainer": {"title": "Operations", "displayUrl": "/spaces/OPS"}, "lastModified": "2026-11-01T10:00:00.000Z"})
        });
        (200, json!({"results": results.collect::<Vec<_>>(), "_links": {}}))
    }

    fn current_user(&self, user: &str) -> (u16, Value) {
        let operations = if self.admins.contains(user) {
            json!([{"operation": "administer", "targetType": "application"}])
        } else {
            json!([])
        };
        (200, json!({"accountId": user, "displayName": "A. Person", "operations": operations}))
    }

    fn live(&self, id: &str) -> Option<&Page> {
        self.pages.get(id).filter(|page| !page.is_trashed)
    }

    fn titled(&self, title: &str) -> (u16, Value) {
        let found = self.pages.iter().filter(|(_, page)| page.title == title && !page.is_trashed);
        let results: Vec<Value> = found.map(|(id, page)| shown(id, page, page.versions.len())).collect();
        (200, json!({"results": results, "_links": {}}))
    }

    fn create(&mut self, user: &str, body: &Value) -> (u16, Value) {
        let title = body["title"].as_str().unwrap().to_owned();
        if self.pages.values().any(|page| page.title == title && !page.is_trashed) {
            return (400, json!({"errors": [{"title": "A page already exists with the same TITLE in this space"}]}));
        }
        let id = (1000 + self.pages.len()).to_string();
        let first = Version {
            body: body["body"]["value"].as_str().unwrap().to_owned(),
            message: String::new(),
            author: user.to_owned(),
        };
        let page = Page { title, versions: vec![first], is_trashed: false, editors: BTreeSet::new() };
        let answer = shown(&id, &page, 1);
        self.pages.insert(id, page);
        (200, answer)
    }

    fn read_page(&self, id: &str, version: Option<usize>) -> (u16, Value) {
        match self.live(id) {
            Some(page) => (200, shown(id, page, version.unwrap_or(page.versions.len()))),
            None => (404, json!({})),
        }
    }

    fn read_version(&self, id: &str, number: usize) -> (u16, Value) {
        match self.live(id).and_then(|page| page.versions.get(number - 1)) {
            Some(version) => (200, json!({"number": number, "message": version.message, "authorId": version.author})),
            None => (404, json!({})),
        }
    }

    fn operations(&self, user: &str, id: &str) -> (u16, Value) {
        let Some(page) = self.live(id) else { return (404, json!({})) };
        let may = page.editors.is_empty() || page.editors.contains(user);
        let operations = if may { json!([{"operation": "update", "targetType": "page"}]) } else { json!([]) };
        (200, json!({"operations": operations}))
    }

    fn update(&mut self, user: &str, id: &str, body: &Value) -> (u16, Value) {
        let Some(page) = self.pages.get_mut(id).filter(|page| !page.is_trashed) else { return (404, json!({})) };
        let number = usize::try_from(body["version"]["number"].as_u64().unwrap()).unwrap();
        if number != page.versions.len() + 1 {
            return (409, json!({"message": "Version must be incremented on update."}));
        }
        page.versions.push(Version {
            body: body["body"]["value"].as_str().unwrap().to_owned(),
            message: body["version"]["message"].as_str().unwrap().to_owned(),
            author: user.to_owned(),
        });
        (200, shown(id, page, number))
    }

    fn trash(&mut self, id: &str) -> (u16, Value) {
        match self.pages.get_mut(id).filter(|page| !page.is_trashed) {
            Some(page) => {
                page.is_trashed = true;
                (204, json!({}))
            }
            None => (404, json!({})),
        }
    }
}

fn shown(id: &str, page: &Page, number: usize) -> Value {
    let version = &page.versions[number - 1];
    json!({
        "id": id, "title": page.title, "spaceId": "10", "status": "current",
        "version": {"number": number, "message": version.message, "authorId": version.author, "createdAt": "2026-11-01T10:00:00.000Z"},
        "body": {"storage": {"representation": "storage", "value": version.body}},
    })
}

fn decode(value: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = value.bytes();
    while let Some(byte) = rest.next() {
        match byte {
            b'%' => {
                let hex: String = [rest.next().unwrap(), rest.next().unwrap()].map(char::from).iter().collect();
                bytes.push(u8::from_str_radix(&hex, 16).unwrap());
            }
            other => bytes.push(other),
        }
    }
    String::from_utf8(bytes).unwrap()
}
