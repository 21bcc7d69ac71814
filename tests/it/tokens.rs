//! Tokens of service accounts: the customer's own as well as Quillgate's. Made once, kept sealed until shortly before they end,
//! made anew when the provider no longer takes them, gone with their key.

use serde_json::{Value, json};

use crate::admin::{ADMIN, changed, kept, works, world};
use crate::host::World;

const HOUR: u64 = 3_600_000;

fn route() -> Value {
    json!({"provider": "vertex", "region": "eu", "model": "gemini-3.5-flash-lite", "key": crate::scenes::service_account()})
}

fn connected() -> World {
    let mut world = world(works);
    let view = world.view(ADMIN, changed(route()));
    assert_eq!((&view["test"]["ok"], &view["test"]["kept"]), (&json!(true), &json!(true)), "{view}");
    world.sent.clear();
    world
}

fn test(world: &mut World) -> Value {
    world.view(ADMIN, json!({"type": "admin.testRoute", "id": "r1"}))
}

/// Hosts that were asked since the last look.
fn asked(world: &mut World) -> Vec<String> {
    let urls = std::mem::take(&mut world.sent);
    urls.iter().map(|sent| sent["url"].as_str().unwrap().split('/').nth(2).unwrap().to_owned()).collect()
}

const TOKENS: &str = "oauth2.googleapis.com";
const MODEL: &str = "aiplatform.eu.rep.googleapis.com";
/// Where the model is that embeds beside it, which is tried by the same token.
const VECTORS: &str = "europe-west1-aiplatform.googleapis.com";

/// Ledger: ES-23.
#[test]
fn the_project_and_the_account_come_from_the_file() {
    let mut world = connected();
    let view = world.view(ADMIN, json!({"type": "admin.open"}));
    let route = &view["routes"][0];
    assert_eq!((&route["project"], &route["region"]), (&json!("example-project"), &json!("eu")));
    assert_eq!(route["key"]["account"], "writer@example-project.iam.gserviceaccount.com");
    assert_eq!((&route["key"]["kind"], &view["route"]["region"]), (&json!("service-account"), &json!("eu")));
    let typed = changed({
        let mut typed = route_with("project", json!("other-project"));
        typed["id"] = json!("r1");
        typed
    });
    assert_eq!(world.view(ADMIN, typed)["routes"][0]["project"], "other-project");
    assert!(world.sent.last().unwrap()["url"].as_str().unwrap().contains("/projects/other-project/"));
}

fn route_with(name: &str, value: Value) -> Value {
    let mut route = route();
    route[name] = value;
    route
}

#[test]
fn a_token_is_made_once_and_used_until_five_minutes_before_it_ends() {
    let mut world = connected();
    test(&mut world);
    assert_eq!(asked(&mut world), [TOKENS, MODEL, VECTORS]);
    test(&mut world);
    assert_eq!(asked(&mut world), [MODEL, VECTORS]);
    world.now += HOUR - 6 * 60_000 - 10_000;
    test(&mut world);
    assert_eq!(asked(&mut world), [MODEL, VECTORS]);
    world.now += 120_000;
    test(&mut world);
    assert_eq!(asked(&mut world), [TOKENS, MODEL, VECTORS]);
}

/// Ledger: ES-06.
#[test]
fn a_token_is_stored_sealed_and_for_less_than_an_hour() {
    let mut world = connected();
    test(&mut world);
    assert!(!kept(&world).contains("token-0"));
    let (_, (value, expiry)) = world.kv.iter().find(|(key, _)| key.starts_with("token:")).unwrap();
    assert!(value.len() > 100 && expiry.unwrap() <= world.now + HOUR);
}

#[test]
fn a_token_that_is_no_longer_taken_is_made_anew_once() {
    let mut world = connected();
    test(&mut world);
    asked(&mut world);
    world.answers.push_back(Ok((401, "{}".to_owned())));
    assert_eq!(test(&mut world)["test"]["ok"], true);
    assert_eq!(asked(&mut world), [MODEL, TOKENS, MODEL, VECTORS]);
    let no = || Ok((401, "{}".to_owned()));
    world.answers.extend([no(), Ok(works(&Value::Null)), no()]);
    assert_eq!(test(&mut world)["test"]["code"], "model-auth");
    assert_eq!(asked(&mut world), [MODEL, TOKENS, MODEL]);
}

#[test]
fn a_swapped_or_broken_stored_token_is_not_used() {
    let mut world = connected();
    test(&mut world);
    let name = world.kv.keys().find(|key| key.starts_with("token:")).unwrap().clone();
    let value = world.kv[&name].0.clone();
    world.kv.get_mut(&name).unwrap().0 = value.replace(&value[60..64], "AAAA");
    asked(&mut world);
    assert_eq!(test(&mut world)["test"]["ok"], true);
    assert_eq!(asked(&mut world), [TOKENS, MODEL, VECTORS]);
}

#[test]
fn a_token_goes_with_its_key() {
    let mut world = connected();
    test(&mut world);
    world.view(ADMIN, changed(route_with("id", json!("r1"))));
    assert!(!world.kv.keys().any(|key| key.starts_with("token:")), "{:?}", world.kv.keys());
    test(&mut world);
    assert!(world.kv.contains_key("token:r1:2"));
    world.view(ADMIN, json!({"type": "admin.removeRoute", "id": "r1"}));
    assert!(!world.kv.keys().any(|key| key.starts_with("token:")));
}

#[test]
fn what_the_tokens_maker_says_is_told_with_what_to_do() {
    let said = |error: &str, description: &str| {
        Ok((400, json!({"error": error, "error_description": description}).to_string()))
    };
    for (answers, code, hint) in [
        (vec![said("invalid_grant", "Invalid JWT Signature.")], "model-auth", json!("check-key")),
        (vec![said("invalid_grant", "Invalid grant: account not found")], "model-auth", json!("account-gone")),
        (vec![said("invalid_grant", "Token must be a short-lived token")], "model-auth", json!("clock")),
        (
            vec![Ok(works(&Value::Null)), Ok((403, json!({"error": {"status": "PERMISSION_DENIED", "message": "Permission 'aiplatform.endpoints.predict' denied"}}).to_string()))],
            "model-permission",
            json!("grant-role"),
        ),
    ] {
        let mut world = world(works);
        world.answers.extend(answers);
        let view = world.view(ADMIN, changed(route()));
        assert_eq!((&view["test"]["code"], &view["test"]["hint"]), (&json!(code), &hint));
        assert_eq!((&view["test"]["kept"], world.models.is_empty()), (&json!(false), true));
        assert_eq!(view["test"]["account"], "writer@example-project.iam.gserviceaccount.com");
        assert_eq!(view["test"]["project"], "example-project");
    }
}

#[test]
fn quillgates_own_token_is_kept_the_same_way() {
    let mut world = world(works);
    world.env.insert("QUILLGATE_VERTEX_KEY".to_owned(), crate::scenes::service_account());
    world.view(ADMIN, json!({"type": "admin.choose", "mode": "default"}));
    for expected in [vec![TOKENS, MODEL, VECTORS], vec![MODEL, VECTORS]] {
        world.view(ADMIN, json!({"type": "admin.testRoute"}));
        assert_eq!(asked(&mut world), expected);
    }
}
