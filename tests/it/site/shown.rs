//! How the fake site writes what it answers.
//! It holds nothing.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{PROJECTS, Page};

pub(super) fn project_of(key: &str) -> Value {
    let key = key.split('-').next().unwrap();
    let project = PROJECTS.into_iter().find(|(_, own, _)| *own == key).unwrap_or(("1", "ITD", "IT desk"));
    named(project, "name")
}

pub(super) fn named((id, key, name): (&str, &str, &str), called: &str) -> Value {
    json!({"id": id, "key": key, called: name})
}

pub(super) fn shown(id: &str, page: &Page, number: usize) -> Value {
    let version = &page.versions[number - 1];
    json!({
        "id": id, "title": page.title, "spaceId": page.space, "status": "current", "authorId": page.versions[0].author,
        "version": {"number": number, "message": version.message, "authorId": version.author, "createdAt": page.updated},
        "body": {"storage": {"representation": "storage", "value": version.body}},
    })
}

pub(super) fn people() -> BTreeMap<String, String> {
    let named = [("acc-anna", "Anna Berger"), ("acc-other", "Orla Finch"), ("acc-human", "Hubert Manz")];
    named.into_iter().map(|(id, name)| (id.to_owned(), name.to_owned())).collect()
}

pub(super) fn decode(value: &str) -> String {
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
