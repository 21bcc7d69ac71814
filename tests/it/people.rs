//! People whom a page gives by account id alone: they are known by name before anything leaves, or nothing leaves.

use serde_json::{Value, json};

use crate::answer;
use crate::embedding::{embedded, off, on, refined, state};
use crate::host::World;
use crate::index::{ADMIN, found};
use crate::main_job::{WRITER, existing, new_page, start};
use crate::masking::{drafted, sent};
use crate::site::Site;

const NAME: &str = "Zdenka Kanarova";
/// A page that mentions the account and writes the name, also as nobody would take it for one who does not know it.
const MENTIONS: &str = "<p>The quetzalcoatlus page of <ac:link><ri:user ri:account-id=\"acc-z\"/></ac:link>.</p><p>Zdenka Kanarova said so, and what kanarova, zdenka says is so.</p>";

fn site() -> Site {
    let mut site = crate::main_job::site().page("20", "First", MENTIONS).page("21", "Second", MENTIONS);
    site.people.insert("acc-z".to_owned(), NAME.to_owned());
    site.admins.insert(ADMIN.to_owned());
    site
}

fn model(_: &Value) -> (u16, String) {
    answer::drafted("Known", &[("The VPN drops after 60 minutes.", "S1")])
}

/// A draft of these sources.
fn of(sources: &Value, target: &Value, use_case: &str, engine: &str) -> Value {
    let mut start = start(target, use_case, engine);
    start["sources"] = sources.clone();
    start
}

fn pages() -> Value {
    json!([{"kind": "issue", "id": "ITD-1"}, {"kind": "page", "id": "20"}, {"kind": "page", "id": "21"}])
}

#[track_caller]
fn nobody_is_named(sent: &str) {
    let sent = sent.to_lowercase();
    for marker in ["kanarova", "zdenka", "acc-z", "orla", "finch"] {
        assert!(!sent.contains(marker), "{marker} was sent: {sent}");
    }
}

/// Ledger: SY-02.
#[test]
fn whoever_a_page_mentions_is_masked_wherever_the_name_stands() {
    let mut world = World::with_model(site(), model);
    let job = drafted(&mut world, of(&pages(), &new_page(), "page", "route"));
    assert_eq!(job["state"], "review", "{job}");
    let sent = sent(&world);
    nobody_is_named(&sent);
    assert!(sent.contains("quetzalcoatlus page of @[PERSON_"), "{sent}");
    assert_eq!(world.site.looked_up, 1, "one look-up for all sources");
}

/// Ledger: SY-02.
#[test]
fn whoever_wrote_a_page_is_masked_in_it() {
    let mut site = site().page("22", "Third", "<p>Ask orla finch, or hubert manz. The quetzalcoatlus is hers.</p>");
    site.edit("22", |body| body.to_owned());
    let mut world = World::with_model(site, model);
    drafted(&mut world, of(&json!([{"kind": "page", "id": "22"}]), &new_page(), "page", "route"));
    let sent = sent(&world);
    nobody_is_named(&sent);
    assert!(sent.contains("quetzalcoatlus") && !sent.contains("manz"), "{sent}");
    assert!(sent.contains("]: author") && sent.contains("]: editor"), "{sent}");
}

/// Ledger: SY-02.
#[test]
fn whoever_a_macro_of_a_page_shows_is_masked_in_it() {
    let profile = "<ac:structured-macro ac:name=\"profile\"><ac:parameter ac:name=\"user\"><ri:user ri:account-id=\"acc-z\"/></ac:parameter></ac:structured-macro>";
    let site = site().page("22", "Third", &format!("{profile}<p>The quetzalcoatlus is of zdenka kanarova.</p>"));
    let mut world = World::with_model(site, model);
    drafted(&mut world, of(&json!([{"kind": "page", "id": "22"}]), &new_page(), "page", "route"));
    let sent = sent(&world);
    nobody_is_named(&sent);
    assert!(sent.contains("quetzalcoatlus") && sent.contains("profile: user=[PERSON_"), "{sent}");
}

/// Ledger: SY-02.
#[test]
fn whoever_is_mentioned_on_the_page_to_be_updated_is_masked_in_its_outline() {
    let mut site = site();
    site.edit("7", |body| format!("{body}{MENTIONS}"));
    let mut world = World::with_model(site, model);
    drafted(&mut world, of(&json!([{"kind": "issue", "id": "ITD-1"}]), &existing(), "update", "route"));
    let sent = sent(&world);
    nobody_is_named(&sent);
    assert!(sent.contains("quetzalcoatlus page"), "{sent}");
}

#[test]
fn the_model_is_told_who_is_reporter_and_who_commented() {
    let mut site = site().issue("ITD-5", "Stuck", "Anna Berger is stuck, says Petr Dolezal. Zdenka Kanarova helps.");
    site.issues.get_mut("ITD-5").unwrap()["assignee"] = json!({"accountId": "acc-z", "displayName": NAME});
    site.comment("ITD-5", "Anna is still stuck.", None);
    let comment = site.issues.get_mut("ITD-5").unwrap()["comment"]["comments"][0].as_object_mut().unwrap();
    comment.insert("author".to_owned(), json!({"accountId": "acc-p", "displayName": "Petr Dolezal"}));
    let mut world = World::with_model(site, model);
    drafted(&mut world, of(&json!([{"kind": "issue", "id": "ITD-5"}]), &new_page(), "page", "route"));
    let sent = sent(&world);
    for role in ["]: creator, reporter", "]: commenter", "]: assignee"] {
        assert!(sent.contains(role), "{role}: {sent}");
    }
    assert_eq!(world.site.looked_up, 0, "the issue says all names");
}

#[test]
fn any_number_of_people_is_looked_up_a_hundred_at_a_time() {
    let link = |n: usize| format!("<ac:link><ri:user ri:account-id=\"acc-{n}\"/></ac:link>");
    let body =
        format!("<p>The quetzalcoatlus of zdenka kanarova.</p><p>{}</p>", (0..650).map(link).collect::<String>());
    let mut site = site().page("22", "Third", &body);
    site.people.insert("acc-649".to_owned(), NAME.to_owned());
    let mut world = World::with_model(site, model);
    drafted(&mut world, of(&json!([{"kind": "page", "id": "22"}]), &new_page(), "page", "route"));
    nobody_is_named(&sent(&world));
    assert!(!world.sent.is_empty());
    assert_eq!(world.site.looked_up, 7);
}

#[test]
fn an_account_that_is_gone_holds_nothing_up() {
    let mut site = site();
    site.people.clear();
    let mut world = World::with_model(site, model);
    let job = drafted(&mut world, of(&pages(), &new_page(), "page", "route"));
    assert_eq!(job["state"], "review", "{job}");
    assert!(!sent(&world).contains("acc-z"));
}

/// Ledger: SY-02.
#[test]
fn without_names_nothing_is_sent() {
    for (status, code) in [(403, "names-hidden"), (404, "names-hidden"), (503, "product-unavailable")] {
        let mut site = site();
        site.no_names = Some(status);
        let mut world = World::with_model(site, model);
        let call = of(&pages(), &new_page(), "page", "route");
        let answer = world.page(WRITER, call.clone()).unwrap();
        let said = [&answer["code"], &answer["view"]["problem"]["code"]];
        assert!(said.contains(&&json!(code)), "{answer}");
        world.settle();
        assert_eq!(world.sent, Vec::<Value>::new());
        let mut preview = call;
        for (field, value) in [("type", json!("draft.preview")), ("requestId", Value::Null), ("engine", Value::Null)] {
            preview[field] = value;
        }
        preview.as_object_mut().unwrap().retain(|_, value| !value.is_null());
        assert_eq!(world.page(WRITER, preview).unwrap()["code"], code);
    }
}

#[test]
fn a_site_that_answers_again_is_asked_again() {
    let mut site = site();
    site.no_names = Some(503);
    let mut world = World::with_model(site, model);
    let call = of(&pages(), &new_page(), "page", "route");
    assert_eq!(world.page(WRITER, call.clone()).unwrap()["code"], "product-unavailable");
    world.site.no_names = None;
    assert_eq!(drafted(&mut world, call)["state"], "review");
}

#[test]
fn the_extract_asks_for_no_names() {
    let mut site = site();
    site.no_names = Some(403);
    let mut world = World::new(site);
    let job = world.view(WRITER, of(&pages(), &new_page(), "page", "extract"));
    assert_eq!((job["state"].as_str(), world.site.looked_up), (Some("review"), 0), "{job}");
}

/// Ledger: SY-02.
#[test]
fn without_names_nothing_is_embedded_and_the_words_are_found() {
    let mut world = embedded(crate::index::site());
    world.site.admins.insert(ADMIN.to_owned());
    world.view(ADMIN, off());
    world.settle();
    world.site = world.site.clone().page("20", "First", MENTIONS);
    world.site.people.insert("acc-z".to_owned(), NAME.to_owned());
    world.site.no_names = Some(403);
    world.sent.clear();
    world.view(ADMIN, on());
    world.settle();
    let about_pages = |world: &World| json!(world.sent).to_string().contains("Monday");
    assert!(!about_pages(&world) && !sent(&world).contains("quetzalcoatlus"), "{:?}", world.sent);
    assert_eq!(found(&mut world, WRITER, "quetzalcoatlus"), ["20"]);
    assert_eq!(state(&mut world)["code"], "names-hidden");
    world.site.no_names = None;
    world.own("schedule", json!({"type": "index.reconcile"}));
    world.settle();
    let sent = sent(&world);
    nobody_is_named(&sent);
    assert!(sent.contains("quetzalcoatlus page"), "{sent}");
    assert_eq!((state(&mut world).get("code"), state(&mut world)["lacks"].as_u64()), (None, Some(0)));
}

/// Ledger: SY-02.
#[test]
fn a_name_that_is_typed_is_masked_when_a_page_that_is_found_mentions_it() {
    let mut site = crate::index::site().page("20", "First", MENTIONS);
    site.people.insert("acc-z".to_owned(), NAME.to_owned());
    let mut world = embedded(site);
    world.sent.clear();
    refined(&mut world, "Kanarova quetzalcoatlus");
    nobody_is_named(&sent(&world));
    assert_eq!(world.sent.len(), 1);
    world.site.no_names = Some(503);
    world.sent.clear();
    let view = refined(&mut world, "Kanarova quetzalcoatlus");
    assert_eq!((world.sent.len(), view["index"]["unrefined"].as_str()), (0, Some("product-unavailable")), "{view}");
}
