//! The conversations whose wire is recorded: what came before each, and the call. `wire` plays them.

use serde_json::{Value, json};

use crate::admin::ADMIN;
use crate::answer;
use crate::host::{Fault, World};
use crate::main_job::{WRITER, existing, new_page, start};

/// What came before, and the call that is recorded.
pub(crate) type Scene = fn(&mut World) -> Option<Value>;

pub(crate) const SCENES: &[(&str, Scene)] = &[
    ("studio.open", |world| world.page(WRITER, json!({"type": "studio.open"}))),
    ("studio.open.fault", |world| {
        world.fault = Some((1, Fault::Before));
        world.page(WRITER, json!({"type": "studio.open"}))
    }),
    ("sources.search", |world| {
        world.page(WRITER, json!({"type": "sources.search", "text": "vpn", "kinds": ["issue", "page"]}))
    }),
    ("sources.search.indexed", |world| {
        with_index(world);
        world.page(WRITER, json!({"type": "sources.search", "text": "idle tunnels", "kinds": ["issue", "page"], "containers": ["ITD"]}))
    }),
    ("sources.search.refused", |world| {
        world.page(WRITER, json!({"type": "sources.search", "text": "x".repeat(301), "kinds": []}))
    }),
    ("sources.related", |world| {
        with_index(world);
        world.page(WRITER, json!({"type": "sources.related", "kind": "issue", "id": "ITD-1"}))
    }),
    ("sets.list", |world| world.page(WRITER, json!({"type": "sets.list"}))),
    ("sets.save", |world| world.page(WRITER, set())),
    ("sets.remove", |world| {
        let saved = world.page(WRITER, set()).unwrap();
        world.page(WRITER, json!({"type": "sets.remove", "id": saved["view"]["sets"][0]["id"]}))
    }),
    ("index.open", |world| {
        with_index(world);
        world.page(ADMIN, json!({"type": "index.open"}))
    }),
    ("index.set", |world| world.page(ADMIN, switch(true))),
    ("index.set.off", |world| {
        with_index(world);
        world.page(ADMIN, switch(false))
    }),
    ("index.setLifetime", |world| world.page(ADMIN, json!({"type": "index.setLifetime", "days": 30}))),
    ("index.setEmbedding", |world| world.page(ADMIN, json!({"type": "index.setEmbedding", "on": false}))),
    ("index.setEmbedding.on", |world| {
        world.model = |_| (200, json!({"data": [{"index": 0, "embedding": [0.5, -0.5]}]}).to_string());
        world.page(ADMIN, json!({"type": "index.setEmbedding", "on": true, "model": "embedder"}))
    }),
    ("index.rebuild", |world| {
        with_index(world);
        world.page(ADMIN, json!({"type": "index.rebuild", "kind": "project", "key": "ITD"}))
    }),
    ("index.inspect", |world| {
        with_index(world);
        world.page(ADMIN, json!({"type": "index.inspect", "kind": "issue", "id": "ITD-1"}))
    }),
    ("index.recall", |world| {
        with_index(world);
        world.page(ADMIN, json!({"type": "index.recall"}))
    }),
    ("index.crawl", |world| {
        world.page(ADMIN, switch(true));
        let event = world.queue.remove(0);
        world.consume(&event)
    }),
    ("index.changed", |world| {
        with_index(world);
        world.own("event", json!({"type": "product.changed", "kind": "issue", "ids": ["ITD-1"]}));
        let event = world.queue.remove(0);
        world.consume(&event)
    }),
    ("index.merge", |world| {
        with_index(world);
        world.consume(&json!({"body": {"type": "merge"}}))
    }),
    ("index.reconcile", |world| {
        with_index(world);
        world.own("schedule", json!({"type": "index.reconcile"}))
    }),
    ("product.changed", |world| {
        with_index(world);
        world.own("event", json!({"type": "product.changed", "kind": "issue", "ids": ["ITD-1", "OLD-4"]}))
    }),
    ("targets.search", |world| world.page(WRITER, json!({"type": "targets.search", "text": "run"}))),
    ("draft.preview", |world| {
        let call = start(&new_page(), "page", "route");
        let call = json!({"type": "draft.preview", "useCase": "page", "sources": call["sources"], "target": call["target"],
            "language": "source", "tone": "neutral"});
        world.page(WRITER, call)
    }),
    ("draft.preview.update", |world| {
        let call = start(&existing(), "update", "route");
        let call = json!({"type": "draft.preview", "useCase": "update", "sources": call["sources"], "target": call["target"],
            "language": "de", "tone": "formal"});
        world.page(WRITER, call)
    }),
    ("draft.start", |world| world.page(WRITER, start(&new_page(), "page", "extract"))),
    ("draft.start.update", |world| world.page(WRITER, start(&existing(), "update", "extract"))),
    ("draft.start.route", |world| world.page(WRITER, start(&new_page(), "page", "route"))),
    ("draft.continue", |world| {
        let job = many(world);
        world.page(WRITER, json!({"type": "draft.continue", "jobId": job}))
    }),
    ("draft.run", |world| {
        world.page(WRITER, start(&new_page(), "page", "route"));
        delivered(world)
    }),
    ("draft.run.limited", |world| {
        // The provider gives nothing for twelve seconds: what is waited is not left to chance.
        world.time = 60_000;
        world.said = vec![json!(["x-ratelimit-remaining-requests", "0"]), json!(["x-ratelimit-reset-requests", "12s"])];
        world.page(WRITER, start(&new_page(), "page", "route"));
        delivered(world)?;
        world.said.clear();
        world.queue.clear();
        let mut call = start(&existing(), "update", "route");
        call["requestId"] = json!("00000000-8b86-d011-b42d-00c04fc964ff");
        world.page(WRITER, call);
        delivered(world)
    }),
    ("draft.run.previewed", |world| {
        let mut call = start(&new_page(), "page", "route");
        call["previewed"] = json!("0".repeat(64));
        world.page(WRITER, call);
        delivered(world)?;
        let job = world.view(WRITER, json!({"type": "job.list"}))["jobs"][0]["id"].clone();
        world.page(WRITER, json!({"type": "job.get", "jobId": job}))
    }),
    ("draft.run.default", |world| {
        world.env.remove("QUILLGATE_DEV_MODEL_ENDPOINT");
        world.env.insert("QUILLGATE_VERTEX_KEY".to_owned(), service_account());
        world.page(ADMIN, json!({"type": "admin.choose", "mode": "default"}));
        world.page(WRITER, start(&new_page(), "page", "route"));
        delivered(world)
    }),
    ("draft.cancel", |world| {
        let job = drafted(world);
        world.page(WRITER, json!({"type": "draft.cancel", "jobId": job["id"]}))
    }),
    ("job.get", |world| {
        let job = drafted(world);
        world.page(WRITER, json!({"type": "job.get", "jobId": job["id"]}))
    }),
    ("job.list", |world| {
        drafted(world);
        world.page(WRITER, json!({"type": "job.list"}))
    }),
    ("history", |world| {
        published(world);
        world.page(WRITER, json!({"type": "history", "pageId": "7"}))
    }),
    ("review.choose", |world| {
        let job = drafted(world);
        let first = job["review"]["rows"].as_array().unwrap().iter().find_map(|row| row.get("id")).unwrap();
        world.page(WRITER, json!({"type": "review.choose", "jobId": job["id"], "leftOut": [first]}))
    }),
    ("publish", |world| {
        let job = drafted(world);
        world.page(WRITER, json!({"type": "publish", "jobId": job["id"], "hash": job["review"]["hash"]}))
    }),
    ("publish.refused", |world| {
        let job = drafted(world);
        world.page(WRITER, json!({"type": "publish", "jobId": job["id"], "hash": "0".repeat(64)}))
    }),
    ("publish.resume", |world| {
        let job = drafted(world);
        world.fault = Some((written(world), Fault::Crash));
        world.page(WRITER, json!({"type": "publish", "jobId": job["id"], "hash": job["review"]["hash"]}));
        world.now += 100_000;
        world.page(WRITER, json!({"type": "publish.resume", "jobId": job["id"]}))
    }),
    ("revert", |world| {
        let job = published(world);
        world.page(WRITER, json!({"type": "revert", "jobId": job["id"]}))
    }),
    ("revert.conflict", |world| {
        let job = published(world);
        world.site.edit("7", |body| format!("{body}<p>Written by hand.</p>"));
        world.page(WRITER, json!({"type": "revert", "jobId": job["id"]}))
    }),
    ("issue.extract", |world| world.page(WRITER, json!({"type": "issue.extract", "issueKey": "ITD-1"}))),
    ("issue.extract.first-of-all", |world| {
        world.secrets.clear();
        world.page(WRITER, json!({"type": "issue.extract", "issueKey": "ITD-1"}))
    }),
    ("admin.open", |world| world.page(ADMIN, json!({"type": "admin.open"}))),
    ("admin.saveRoute", |world| world.page(ADMIN, key())),
    ("admin.saveRoute.vertex", |world| {
        world.answers.push_back(Ok((200, json!({"access_token": "test-token", "expires_in": 3599}).to_string())));
        world.answers.push_back(Ok((200, json!({"totalTokens": 1}).to_string())));
        let route = json!({"type": "admin.saveRoute", "provider": "vertex", "model": "gemini-3.5-flash-lite", "region": "eu",
            "name": "Ours", "key": service_account()});
        world.page(ADMIN, route)
    }),
    ("admin.saveRoute.refused", |world| {
        let mut route = key();
        route["key"] = json!("AIzaNotAKeyOfOpenAi0123456789");
        world.page(ADMIN, route)
    }),
    ("admin.saveRoute.hosted", |world| {
        world.answers.push_back(Ok((200, json!({"models": [{"model": "claude-x", "status": "active"}]}).to_string())));
        world.page(ADMIN, json!({"type": "admin.saveRoute", "provider": "forge-llm", "model": "claude-x"}))
    }),
    ("admin.testRoute", |world| {
        world.page(ADMIN, key());
        world.page(ADMIN, json!({"type": "admin.testRoute", "id": "r1"}))
    }),
    ("admin.removeRoute", |world| {
        world.page(ADMIN, key());
        world.page(ADMIN, json!({"type": "admin.removeRoute", "id": "r1"}))
    }),
    ("admin.choose", |world| world.page(ADMIN, json!({"type": "admin.choose", "mode": "extract"}))),
    ("models.open", |world| {
        world.page(ADMIN, key());
        world.page(ADMIN, json!({"type": "models.open"}))
    }),
    ("models.setFallback", |world| {
        world.page(ADMIN, key());
        let mut other = key();
        other["model"] = json!("gpt-6-sol");
        world.page(ADMIN, other);
        world.page(ADMIN, json!({"type": "models.setFallback", "from": "r1", "to": "r2", "on": true}))
    }),
    ("models.setClass", |world| {
        let boundaries = json!(["eu", "own:model.example"]);
        world.page(ADMIN, json!({"type": "models.setClass", "class": "restricted", "boundaries": boundaries}))
    }),
    ("models.setBudget", |world| world.page(ADMIN, json!({"type": "models.setBudget", "monthlyTokens": 5_000_000}))),
    ("models.health", |world| world.page(ADMIN, json!({"type": "models.health"}))),
    ("models.bakeOff", |world| world.page(ADMIN, baking())),
    ("models.bakeOffRun", |world| {
        world.page(ADMIN, baking());
        world.time = 18_300;
        let event = world.queue.remove(0);
        world.consume(&event)
    }),
    ("models.bakeOffGet", |world| {
        world.page(ADMIN, baking());
        let event = world.queue.remove(0);
        world.consume(&event);
        world.page(ADMIN, json!({"type": "models.bakeOffGet"}))
    }),
    ("models.bakeOffCancel", |world| {
        world.page(ADMIN, baking());
        world.page(ADMIN, json!({"type": "models.bakeOffCancel"}))
    }),
    ("masking.open", |world| world.page(ADMIN, json!({"type": "masking.open"}))),
    ("masking.containers", |world| {
        world.page(ADMIN, json!({"type": "masking.setClass", "kind": "project", "key": "ITD", "class": "internal"}));
        world.page(ADMIN, json!({"type": "masking.containers", "text": ""}))
    }),
    ("masking.setKind", |world| {
        world.page(ADMIN, json!({"type": "masking.setKind", "class": "public", "kind": "EMAIL", "on": false}))
    }),
    ("masking.setClass", |world| {
        world.page(ADMIN, json!({"type": "masking.setClass", "kind": "space", "key": "OPS", "class": "public"}))
    }),
    ("masking.addWord", |world| world.page(ADMIN, word("HRN-[0-9]{4}"))),
    ("masking.addWord.refused", |world| world.page(ADMIN, word("HRN-.*"))),
    ("masking.removeWord", |world| {
        world.page(ADMIN, word("HRN-[0-9]{4}"));
        world.page(ADMIN, json!({"type": "masking.removeWord", "list": "deny", "id": "1"}))
    }),
    ("masking.plantCanary", |world| world.page(ADMIN, json!({"type": "masking.plantCanary", "label": "In the vault"}))),
    ("masking.removeCanary", |world| {
        world.page(ADMIN, json!({"type": "masking.plantCanary", "label": "In the vault"}));
        world.page(ADMIN, json!({"type": "masking.removeCanary", "id": "1"}))
    }),
    ("masking.reset", |world| {
        world.masking.insert("policy".to_owned(), json!({"rev": 1, "body": "AAAA"}));
        world.page(ADMIN, json!({"type": "masking.reset"}))
    }),
    ("masking.try", |world| {
        let text = "Write to anna@example.com or call +44 20 7946 0777.";
        world.page(ADMIN, json!({"type": "masking.try", "text": text, "class": "confidential"}))
    }),
    ("lifecycle", |world| world.own("lifecycle", json!({"type": "lifecycle", "event": "installed"}))),
    ("keys.missing", |world| {
        drafted(world);
        world.secrets.clear();
        world.page(WRITER, json!({"type": "studio.open"}))
    }),
    ("keys.rotate", |world| {
        drafted(world);
        crate::rotation::promote(world);
        world.own("schedule", json!({"type": "sweep"}));
        world.own("consumer", json!({"type": "keys.rotate"}))
    }),
    ("sweep", |world| {
        drafted(world);
        world.now += 25 * 3_600_000;
        world.time = 50_000;
        world.own("schedule", json!({"type": "sweep"}))
    }),
    ("uninstall", |world| {
        drafted(world);
        world.time = 50_000;
        world.own("uninstall", json!({"type": "uninstall"}))
    }),
    ("command", |world| {
        let line = json!({"id": 1, "format": "storage", "body": "<p>a</p>"});
        world.own("local", json!({"type": "command", "verb": "markdown", "line": line}))
    }),
    ("command.rejected", |world| world.own("local", json!({"type": "command", "verb": "markdown", "line": {"id": 1}}))),
];
/// A model of either provider: the page's first sentence, or a token for whoever asks for one.
pub(crate) fn model(request: &Value) -> (u16, String) {
    let draft = answer::page("Fixed", &[("The VPN drops after 60 minutes.", "S1")]);
    let said = if request.is_null() {
        json!({"access_token": "test-token", "expires_in": 3599, "token_type": "Bearer", "id": "gpt-6-luna"})
    } else if request.get("contents").is_some() {
        json!({"candidates": [{"content": {"role": "model", "parts": [{"text": draft}]}, "finishReason": "STOP"}],
            "usageMetadata": {"promptTokenCount": 10, "candidatesTokenCount": 10}})
    } else {
        return answer::said(&draft, "stop", [10, 10]);
    };
    (200, said.to_string())
}

fn baking() -> Value {
    json!({"type": "models.bakeOff", "routes": ["developer"]})
}

fn key() -> Value {
    json!({"type": "admin.saveRoute", "provider": "openai", "model": "gpt-6-luna", "key": "sk-test-0123456789abcdef"})
}

/// What stands in the index of the recordings.
fn with_index(world: &mut World) {
    world.page(ADMIN, switch(true));
    world.settle();
}

fn switch(on: bool) -> Value {
    json!({"type": "index.set", "kind": "project", "key": "ITD", "on": on})
}

fn word(pattern: &str) -> Value {
    json!({"type": "masking.addWord", "list": "deny", "text": pattern, "match": "pattern", "kind": "SECRET"})
}

fn set() -> Value {
    json!({"type": "sets.save", "name": "Tunnels", "sources": [{"kind": "issue", "id": "ITD-1"}]})
}

fn drafted(world: &mut World) -> Value {
    world.view(WRITER, start(&existing(), "update", "extract"))
}

fn published(world: &mut World) -> Value {
    let job = drafted(world);
    world.view(WRITER, json!({"type": "publish", "jobId": job["id"], "hash": job["review"]["hash"]}))
}

/// Which effect of a publication writes the page: the recording of one says.
fn written(world: &World) -> usize {
    let mut other = World::with_model(world.site.clone(), model);
    published(&mut other);
    let effects = other.wire.iter().filter_map(|line| line.pointer("/out/effects")?.as_array()).flatten();
    effects.into_iter().position(|effect| effect["method"] == "PUT").unwrap() + 1
}

/// A job of more sources than one short call reads.
pub(crate) fn many(world: &mut World) -> Value {
    let mut call = start(&new_page(), "page", "extract");
    let keys: Vec<String> = (1..=7).map(|n| format!("ITD-{n}")).collect();
    for key in &keys {
        world.site = std::mem::take(&mut world.site).issue(key, "The pump stops", "The pump of hall 3 stops at noon.");
    }
    call["sources"] = keys.iter().map(|key| json!({"kind": "issue", "id": key})).collect();
    world.time = 6_110;
    let job = world.view(WRITER, call);
    assert_eq!(job["state"], "reading");
    world.time = 20_000;
    job["id"].clone()
}

fn delivered(world: &mut World) -> Option<Value> {
    let event = world.queue.remove(0);
    let (job, rev) = (&event["body"]["jobId"], &event["body"]["rev"]);
    world.own("consumer", json!({"type": "draft.run", "jobId": job, "rev": rev}))
}

/// The frame of a key around filler: nothing signs with it.
pub(crate) fn service_account() -> String {
    let kind = "PRIVATE KEY";
    let key = format!("-----BEGIN {kind}-----\n{FILLER}\n-----END {kind}-----\n");
    json!({"type": "service_account", "project_id": "example-project", "private_key_id": "abc123", "private_key": key,
        "client_email": "writer@example-project.iam.gserviceaccount.com"})
    .to_string()
}

const FILLER: &str = "MIIBAAIBADANBgkqhkiG9w0BAQEFAFpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWg==";
