//! The rules of masking as an admin sets them: who may, what is refused, what is written down.

use serde_json::{Value, json};

use crate::admin::ADMIN;
use crate::host::World;
use crate::main_job::{WRITER, new_page, start};
use crate::masking::{MAIL, PHONE, classed, drafted, off, sent, stored, world};

#[test]
fn only_an_admin_opens_and_changes_what_is_masked() {
    let mut world = world();
    for call in [
        json!({"type": "masking.open"}),
        json!({"type": "masking.containers"}),
        off("public", "EMAIL"),
        classed("project", "ITD", "public"),
        json!({"type": "masking.addWord", "list": "deny", "text": "Heron", "match": "word", "kind": "SECRET"}),
        json!({"type": "masking.removeWord", "list": "deny", "id": "1"}),
        json!({"type": "masking.plantCanary", "label": "Vault"}),
        json!({"type": "masking.removeCanary", "id": "1"}),
        json!({"type": "masking.try", "text": MAIL, "class": "public"}),
    ] {
        let answer = world.page(WRITER, call.clone()).unwrap();
        assert_eq!(answer["code"], "admin-only", "{call}");
        assert!(!answer.to_string().contains(MAIL));
    }
    assert!(world.masking.is_empty());
}

#[test]
fn own_words_are_masked_and_bad_ones_are_refused_without_an_echo() {
    let mut world = world();
    let add = |text: &str, how: &str| json!({"type": "masking.addWord", "list": "deny", "text": text, "match": how, "kind": "SECRET"});
    for (text, reason) in [
        ("SRV-.*", "unknown-class"),
        ("SRV-[0-9", "unbalanced"),
        ("SRV-[0-9]{65}", "too-many"),
        ("a*bcde", "unbounded"),
    ] {
        let answer = world.page(ADMIN, add(text, "pattern")).unwrap();
        assert_eq!(
            (answer["code"].as_str(), answer["params"]["reason"].as_str()),
            (Some("bad-pattern"), Some(reason)),
            "{answer}"
        );
        assert!(answer["params"]["at"].is_u64() && !answer.to_string().contains("SRV"), "{answer}");
    }
    for (call, field) in [
        (add("", "word"), "text"),
        (add(&"x".repeat(257), "word"), "text"),
        (json!({"type": "masking.addWord", "list": "deny", "text": "Heron", "match": "word", "kind": "EMAIL"}), "kind"),
        (json!({"type": "masking.addWord", "list": "deny", "text": "Heron", "match": "word"}), "kind"),
        (json!({"type": "masking.addWord", "list": "allow", "text": "Heron", "match": "pattern"}), "match"),
        (json!({"type": "masking.setKind", "class": "public", "kind": MAIL, "on": false}), "kind"),
        (json!({"type": "masking.setClass", "kind": "project", "key": "no key", "class": "public"}), "key"),
        (json!({"type": "masking.plantCanary", "label": " "}), "label"),
        (json!({"type": "masking.try", "text": MAIL.repeat(5_000), "class": "public"}), "text"),
        (json!({"type": "masking.containers", "text": MAIL.repeat(10)}), "text"),
    ] {
        let answer = world.page(ADMIN, call.clone()).unwrap();
        assert_eq!(
            (answer["code"].as_str(), answer["params"]["field"].as_str()),
            (Some("bad-input"), Some(field)),
            "{call}"
        );
        assert!(!answer.to_string().contains(MAIL) && !answer.to_string().contains("Heron"));
    }
    assert!(world.masking.is_empty());
    world.view(ADMIN, add("server stops", "phrase"));
    let view = world.view(ADMIN, add("\\d{3} \\d{4}", "pattern"));
    assert_eq!(view["custom"]["deny"].as_array().unwrap().len(), 2, "{view}");
    assert_eq!(world.page(ADMIN, add("server stops", "phrase")).unwrap()["code"], "already-done");
    drafted(&mut world, start(&new_page(), "page", "route"));
    assert!(!sent(&world).contains("server stops") && sent(&world).contains("[SECRET_"), "{}", sent(&world));
    let id = view["custom"]["deny"][0]["id"].clone();
    let view = world.view(ADMIN, json!({"type": "masking.removeWord", "list": "deny", "id": id}));
    assert_eq!(view["custom"]["deny"].as_array().unwrap().len(), 1);
}

#[test]
fn a_trial_shows_what_would_be_masked_and_keeps_nothing() {
    let mut world = world();
    world.view(ADMIN, off("public", "EMAIL"));
    let before = (world.kv.clone(), world.masking.clone(), world.sent.len(), world.logs.len());
    let text = format!("Ü write to {MAIL}, call {PHONE}, then {PHONE}.");
    let attempt = |world: &mut World, class: &str| {
        world.view(ADMIN, json!({"type": "masking.try", "text": text, "class": class}))
    };
    let strict = attempt(&mut world, "restricted");
    let joined: String =
        strict["parts"].as_array().unwrap().iter().map(|part| part["text"].as_str().unwrap()).collect();
    assert_eq!(joined, text);
    assert_eq!(strict["counts"], json!({"EMAIL": 1, "PHONE": 2}));
    let tokens: Vec<&Value> = strict["parts"].as_array().unwrap().iter().filter_map(|part| part.get("token")).collect();
    assert_eq!(tokens, ["[EMAIL_1]", "[PHONE_1]", "[PHONE_1]"]);
    assert_eq!(attempt(&mut world, "public")["counts"], json!({"PHONE": 2}));
    assert_eq!((world.kv.clone(), world.masking.clone(), world.sent.len(), world.logs.len()), before);
}

/// Ledger: SY-02.
#[test]
fn every_act_is_written_down_with_who_and_when_and_without_the_words() {
    let mut world = world();
    world.view(ADMIN, off("internal", "PHONE"));
    world.view(ADMIN, off("internal", "PHONE"));
    world.view(ADMIN, classed("project", "ITD", "internal"));
    world.view(
        ADMIN,
        json!({"type": "masking.addWord", "list": "deny", "text": "Heron", "match": "word", "kind": "SECRET"}),
    );
    world.view(ADMIN, json!({"type": "masking.plantCanary", "label": "Vault"}));
    let view = world.view(ADMIN, json!({"type": "masking.open"}));
    let changes = view["changes"].as_array().unwrap();
    let what: Vec<&str> = changes.iter().map(|change| change["what"].as_str().unwrap()).collect();
    assert_eq!(what, ["canary-planted", "deny-added", "class", "kind"]);
    assert!(changes.iter().all(|change| change["by"]["accountId"] == ADMIN && change["at"].is_u64()));
    assert!(!json!(changes).to_string().contains("Heron"));
    let (class, kind) = (&changes[2], &changes[3]);
    assert_eq!(
        (&class["of"], &class["from"], &class["to"]),
        (&json!("IT desk"), &json!("confidential"), &json!("internal"))
    );
    assert_eq!((&kind["class"], &kind["kind"], &kind["to"]), (&json!("internal"), &json!("PHONE"), &json!("off")));
    let kept = format!("{}{}", stored(&world), json!(world.logs));
    for value in ["Heron", "Vault", "IT desk", ADMIN] {
        assert!(!kept.contains(value), "{value} is kept in clear");
    }
}

#[test]
fn projects_and_spaces_are_listed_with_their_class() {
    let mut world = world();
    world.view(ADMIN, classed("space", "OPS", "public"));
    let view = world.view(ADMIN, json!({"type": "masking.containers"}));
    let rows: Vec<(&str, &str, bool)> = view["containers"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| (row["key"].as_str().unwrap(), row["class"].as_str().unwrap(), row["isSet"].as_bool().unwrap()))
        .collect();
    assert_eq!(rows[0], ("OPS", "public", true));
    assert!(
        rows.contains(&("ITD", "confidential", false)) && rows.iter().filter(|row| row.0 == "OPS").count() == 1,
        "{rows:?}"
    );
}

#[test]
fn rules_that_can_be_read_are_not_given_up() {
    let mut world = world();
    world.view(ADMIN, off("public", "EMAIL"));
    let before = world.masking.clone();
    let view = world.view(ADMIN, json!({"type": "masking.reset"}));
    assert_eq!((view["classes"][0]["off"].clone(), &world.masking), (json!(["EMAIL"]), &before));
    world.masking.insert("report".to_owned(), json!({"rev": 3, "body": "AAAA"}));
    assert!(world.view(ADMIN, json!({"type": "masking.open"})).get("report").is_none());
    let view = world.view(ADMIN, json!({"type": "masking.reset"}));
    assert_eq!((view["classes"][0]["off"].clone(), view["report"]["requests"].as_u64()), (json!(["EMAIL"]), Some(0)));
}
