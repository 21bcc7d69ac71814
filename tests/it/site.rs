//! The fake site: issues and pages with versions and readers, in the shapes the products answer with.

mod shown;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};
use shown::{decode, named, people, project_of, shown};

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
    pub(crate) space: String,
    pub(crate) updated: String,
    /// Nobody but these; empty = everybody.
    pub(crate) readers: BTreeSet<String>,
    /// Nobody but these; empty = everybody.
    pub(crate) editors: BTreeSet<String>,
}

/// One site.
#[derive(Debug, Clone)]
pub(crate) struct Site {
    pub(crate) issues: BTreeMap<String, Value>,
    /// Issues that only these may read.
    pub(crate) readers: BTreeMap<String, BTreeSet<String>>,
    pub(crate) pages: BTreeMap<String, Page>,
    pub(crate) admins: BTreeSet<String>,
    /// Projects and spaces the app may not read.
    pub(crate) closed: BTreeSet<String>,
    /// Documents of a page of a list; 0 = all.
    pub(crate) list: usize,
    /// Whether the products' own search finds anything.
    pub(crate) own_search: bool,
    /// What people are called, by account id.
    pub(crate) people: BTreeMap<String, String>,
    /// What a look-up of people answers instead.
    pub(crate) no_names: Option<u16>,
    /// How often people were looked up.
    pub(crate) looked_up: usize,
}

/// Projects by id: what issues' keys begin with.
const PROJECTS: [(&str, &str, &str); 2] = [("10001", "ITD", "IT desk"), ("10002", "HR", "People")];
/// Spaces by id.
const SPACES: [(&str, &str, &str); 2] = [("10", "OPS", "Operations"), ("11", "HQ", "Head quarters")];
/// Who asks when nobody does.
pub(crate) const APP: &str = "the-app";

impl Default for Site {
    fn default() -> Self {
        Site {
            issues: BTreeMap::new(),
            readers: BTreeMap::new(),
            pages: BTreeMap::new(),
            admins: BTreeSet::new(),
            closed: BTreeSet::new(),
            list: 0,
            own_search: true,
            people: people(),
            no_names: None,
            looked_up: 0,
        }
    }
}

impl Site {
    pub(crate) fn issue(mut self, key: &str, summary: &str, text: &str) -> Site {
        let fields = json!({
            "summary": summary,
            "description": {"type": "doc", "version": 1, "content": [{"type": "paragraph", "content": [{"type": "text", "text": text}]}]},
            "comment": {"comments": []},
            "issuetype": {"name": "Bug"}, "status": {"name": "Done"}, "project": project_of(key),
            "creator": {"accountId": "acc-anna", "displayName": "Anna Berger"},
            "reporter": {"accountId": "acc-anna", "displayName": "Anna Berger", "emailAddress": "anna.berger@example.com"},
            "updated": "2026-11-01T10:00:00.000+0000",
        });
        self.issues.insert(key.to_owned(), fields);
        self
    }

    pub(crate) fn page(mut self, id: &str, title: &str, body: &str) -> Site {
        let first = Version { body: body.to_owned(), message: String::new(), author: "acc-other".to_owned() };
        self.pages.insert(id.to_owned(), Page::new(title.to_owned(), first));
        self
    }

    /// A comment of an issue; `closed` ones are for some readers only.
    pub(crate) fn comment(&mut self, key: &str, text: &str, closed: Option<Value>) {
        let body = json!({"type": "doc", "version": 1, "content": [{"type": "paragraph", "content": [{"type": "text", "text": text}]}]});
        let mut comment = json!({"author": {"accountId": "acc-anna", "displayName": "Anna Berger"}, "body": body});
        for (name, value) in closed.iter().filter_map(Value::as_object).flatten() {
            comment[name] = value.clone();
        }
        let comments = self.issues.get_mut(key).unwrap()["comment"]["comments"].as_array_mut().unwrap();
        comments.push(comment);
    }

    /// A person writes a version by hand.
    pub(crate) fn edit(&mut self, id: &str, change: impl FnOnce(&str) -> String) {
        let page = self.pages.get_mut(id).unwrap();
        let body = change(&page.versions.last().unwrap().body);
        page.versions.push(Version { body, message: "by hand".to_owned(), author: "acc-human".to_owned() });
    }

    pub(crate) fn answer(&mut self, user: &str, effect: &Value) -> (u16, String) {
        let is_app = effect["as"] == "app";
        assert_eq!(is_app, user.is_empty(), "as the user when there is one, and as the app when there is none");
        let user = if is_app { APP } else { user };
        let path = effect["path"].as_str().unwrap();
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        let query: BTreeMap<String, String> =
            query.split('&').filter_map(|pair| pair.split_once('=')).map(|(k, v)| (k.to_owned(), decode(v))).collect();
        let body: Value = effect["body"].as_str().map_or(Value::Null, |b| serde_json::from_str(b).unwrap());
        let parts: Vec<&str> = path.trim_start_matches('/').split('/').collect();
        let (status, value) = match (effect["method"].as_str().unwrap(), parts.as_slice()) {
            ("GET", ["rest", "api", "3", "issue", key]) => self.read_issue(user, key),
            ("GET", ["rest", "api", "3", "search", "jql"]) => self.search_issues(user, &query),
            ("POST", ["rest", "api", "3", "issue", "bulkfetch"]) => self.fetch(user, &body),
            ("POST", ["rest", "api", "3", "search", "approximate-count"]) => {
                let project = body["jql"].as_str().unwrap().strip_prefix("project = ").unwrap();
                (200, json!({"count": self.of_project(user, project).len()}))
            }
            ("GET", ["rest", "api", "3", "project", "search"]) => {
                let values: Vec<Value> = self.projects(user).map(|p| named(p, "name")).collect();
                (200, json!({"values": values, "isLast": true}))
            }
            ("GET", ["rest", "api", "3", "project", wanted]) => {
                let found = self.projects(user).find(|(id, key, _)| id == wanted || key == wanted);
                found.map_or((404, json!({})), |project| (200, named(project, "name")))
            }
            ("GET", ["rest", "api", "3", "mypermissions"]) => {
                (200, json!({"permissions": {"ADMINISTER": {"havePermission": self.admins.contains(user)}}}))
            }
            ("GET", ["wiki", "rest", "api", "search"]) => self.search_pages(user, &query["cql"]),
            ("GET", ["wiki", "rest", "api", "user", "current"]) => self.current_user(user),
            ("POST", ["wiki", "api", "v2", "users-bulk"]) => self.users(&body),
            ("GET", ["wiki", "api", "v2", "spaces"]) => {
                let is_asked = |name: &str, value: &str| query.get(name).is_none_or(|wanted| wanted == value);
                let spaces = self.spaces(user).filter(|(id, key, _)| is_asked("ids", id) && is_asked("keys", key));
                (200, json!({"results": spaces.map(|s| named(s, "name")).collect::<Vec<_>>(), "_links": {}}))
            }
            ("GET", ["wiki", "api", "v2", "pages"]) if query.contains_key("title") => self.titled(&query["title"]),
            ("GET", ["wiki", "api", "v2", "pages"]) => self.list_pages(user, &query),
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

    fn projects<'a>(&'a self, user: &'a str) -> impl Iterator<Item = (&'static str, &'static str, &'static str)> + 'a {
        PROJECTS.into_iter().filter(move |(_, key, _)| !(user == APP && self.closed.contains(*key)))
    }

    fn spaces<'a>(&'a self, user: &'a str) -> impl Iterator<Item = (&'static str, &'static str, &'static str)> + 'a {
        SPACES.into_iter().filter(move |(_, key, _)| !(user == APP && self.closed.contains(*key)))
    }

    fn read_issue(&self, user: &str, key: &str) -> (u16, Value) {
        let hidden = self.readers.get(key).is_some_and(|readers| !readers.contains(user));
        let closed = user == APP && self.closed.contains(key.split('-').next().unwrap());
        match self.issues.get(key).filter(|_| !hidden && !closed) {
            Some(fields) => (200, json!({"id": "1", "key": key, "fields": fields})),
            None => (404, json!({"errorMessages": ["Issue does not exist or you do not have permission to see it."]})),
        }
    }

    fn of_project(&self, user: &str, id: &str) -> Vec<&String> {
        let Some((_, key, _)) = self.projects(user).find(|(own, _, _)| *own == id) else { return Vec::new() };
        let number = |issue: &str| issue.split('-').nth(1).unwrap().parse::<u64>().unwrap();
        let is_its = |issue: &&String| issue.split('-').next() == Some(key) && self.read_issue(user, issue).0 == 200;
        let mut keys: Vec<&String> = self.issues.keys().filter(is_its).collect();
        keys.sort_by_key(|issue| number(issue));
        keys
    }

    fn search_issues(&self, user: &str, query: &BTreeMap<String, String>) -> (u16, Value) {
        let project = query["jql"].strip_prefix("project = ").and_then(|rest| rest.split(' ').next());
        let keys: Vec<&String> = match project {
            Some(id) => self.of_project(user, id),
            None if !self.own_search => Vec::new(),
            None => self.issues.keys().filter(|key| self.read_issue(user, key).0 == 200).collect(),
        };
        let (page, next) = self.page_of(&keys, query.get("nextPageToken"));
        let issues: Vec<Value> =
            page.iter().map(|key| json!({"id": "1", "key": key, "fields": self.issues[*key]})).collect();
        let mut answer = json!({"issues": issues, "isLast": next.is_none()});
        if let Some(next) = next {
            answer["nextPageToken"] = json!(next);
        }
        (200, answer)
    }

    /// A page of a list, and where the next one begins.
    fn page_of<'a, T>(&self, all: &'a [T], from: Option<&String>) -> (&'a [T], Option<String>) {
        let from = from.map_or(0, |token| token.parse::<usize>().unwrap());
        let size = if self.list == 0 { all.len() } else { self.list };
        let end = (from + size).min(all.len());
        (&all[from..end], (end < all.len()).then(|| end.to_string()))
    }

    fn fetch(&self, user: &str, body: &Value) -> (u16, Value) {
        let keys = body["issueIdsOrKeys"].as_array().unwrap();
        assert!(keys.len() <= 100, "the product takes no more at once");
        let answers = keys.iter().map(|key| self.read_issue(user, key.as_str().unwrap()));
        let mut issues: Vec<Value> = answers.filter(|(status, _)| *status == 200).map(|(_, issue)| issue).collect();
        for issue in &mut issues {
            let asked = |name: &str| body["fields"].as_array().unwrap().iter().any(|field| field == name);
            issue["fields"].as_object_mut().unwrap().retain(|name, _| asked(name));
        }
        (200, json!({"issues": issues, "issueErrors": []}))
    }

    fn may_read(&self, user: &str, page: &Page) -> bool {
        let space = SPACES.iter().find(|(id, _, _)| *id == page.space).unwrap().1;
        (page.readers.is_empty() || page.readers.contains(user)) && !(user == APP && self.closed.contains(space))
    }

    fn list_pages(&self, user: &str, query: &BTreeMap<String, String>) -> (u16, Value) {
        let wanted = |name: &str, value: &str| query.get(name).is_none_or(|list| list.split(',').any(|v| v == value));
        let mut found: Vec<(&String, &Page)> = self
            .pages
            .iter()
            .filter(|(id, page)| {
                !page.is_trashed && wanted("id", id) && wanted("space-id", &page.space) && self.may_read(user, page)
            })
            .collect();
        found.sort_by_key(|(id, _)| id.parse::<u64>().unwrap());
        let (page, next) = self.page_of(&found, query.get("cursor"));
        let results = page.iter().map(|(id, page)| {
            let mut one = shown(id, page, page.versions.len());
            if query.get("body-format").is_none() {
                one["body"] = json!({});
            }
            one
        });
        let links = next.map_or(json!({}), |next| json!({"next": format!("/wiki/api/v2/pages?cursor={next}")}));
        (200, json!({"results": results.collect::<Vec<_>>(), "_links": links}))
    }

    fn search_pages(&self, user: &str, cql: &str) -> (u16, Value) {
        let space = cql.split("space = \"").nth(1).and_then(|rest| rest.split('"').next());
        let is_asked = |page: &Page| {
            let key = SPACES.iter().find(|(id, _, _)| *id == page.space).unwrap().1;
            let is_own = space.is_some() || self.own_search;
            is_own && space.is_none_or(|space| space == key) && !page.is_trashed && self.may_read(user, page)
        };
        let results: Vec<Value> = self.pages.iter().filter(|(_, page)| is_asked(page)).map(|(id, page)| {
            let (_, key, name) = SPACES.iter().find(|(id, _, _)| *id == page.space).unwrap();
            json!({"content": {"id": id, "type": "page", "title": page.title}, "title": page.title,
                "resultGlobalContainer": {"title": name, "displayUrl": format!("/spaces/{key}")}, "lastModified": page.updated})
        }).collect();
        (200, json!({"results": results, "totalSize": results.len(), "_links": {}}))
    }

    fn current_user(&self, user: &str) -> (u16, Value) {
        let operations = if self.admins.contains(user) {
            json!([{"operation": "administer", "targetType": "application"}])
        } else {
            json!([])
        };
        (200, json!({"accountId": user, "displayName": "A. Person", "operations": operations}))
    }

    fn users(&mut self, body: &Value) -> (u16, Value) {
        self.looked_up += 1;
        if let Some(status) = self.no_names {
            return (status, json!({}));
        }
        let ids = body["accountIds"].as_array().unwrap();
        assert!((1..=100).contains(&ids.len()), "the product takes no more at once, and is not asked for nobody");
        let found = ids.iter().filter_map(|id| Some((id, self.people.get(id.as_str()?)?)));
        let results =
            found.map(|(id, name)| json!({"accountId": id, "displayName": name, "publicName": name, "email": ""}));
        (200, json!({"results": results.collect::<Vec<_>>(), "_links": {}}))
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
        let page = Page::new(title, first);
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

impl Page {
    fn new(title: String, first: Version) -> Page {
        Page {
            title,
            versions: vec![first],
            is_trashed: false,
            space: "10".to_owned(),
            updated: "2026-11-01T10:00:00.000Z".to_owned(),
            readers: BTreeSet::new(),
            editors: BTreeSet::new(),
        }
    }
}
