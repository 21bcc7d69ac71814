//! Values longer than an excerpt, and such that lie where one is cut: no piece of them leaves, in a draft or an embedding.

use serde_json::{Value, json};

use crate::embedding::embedded;
use crate::host::World;
use crate::main_job::{existing, new_page, start};
use crate::masking::{drafted, sent};
use crate::site::Site;

/// Lines of a private key, made up: together longer than an excerpt.
fn lines() -> Vec<String> {
    let letters = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    let mut random = crate::random::Xorshift::seeded(1);
    let mut next = || char::from(letters[random.below(letters.len())]);
    (0..50).map(|_| (0..64).map(|_| next()).collect()).collect()
}

fn key() -> String {
    let marker = |word: &str| format!("-----{word} RSA PRIVATE {}-----", "KEY");
    format!("{}\n{}\n{}", marker("BEGIN"), lines().join("\n"), marker("END"))
}

fn site() -> Site {
    let code = |text: &str| json!({"type": "codeBlock", "content": [{"type": "text", "text": text}]});
    let paragraph = |text: &str| json!({"type": "paragraph", "content": [{"type": "text", "text": text}]});
    let page = format!(
        "<p>The quetzalcoatlus page.</p><ac:structured-macro ac:name=\"code\"><ac:plain-text-body><![CDATA[{}]]></ac:plain-text-body></ac:structured-macro>",
        key()
    );
    let mut site = crate::index::site().issue("ITD-1", "VPN drops", "").page("20", "Keys", &page).page(
        "21",
        "Lines",
        &format!("<p>The quetzalcoatlus lines.</p><p>{}</p>", key().replace('\n', "</p><p>")),
    );
    site.issues.get_mut("ITD-1").unwrap()["description"] =
        json!({"type": "doc", "version": 1, "content": [paragraph("The VPN uses this."), code(&key())]});
    site.pages.get_mut("7").unwrap().versions[0].body.push_str(&page);
    site
}

fn model(_: &Value) -> (u16, String) {
    (500, "{}".to_owned())
}

#[track_caller]
fn nothing_of_it_is_in(sent: &str) {
    for line in lines() {
        for at in (0..=56).step_by(4) {
            assert!(!sent.contains(&line[at..at + 8]), "a piece of a key was sent");
        }
    }
}

/// Ledger: SY-02.
#[test]
fn no_piece_of_a_key_longer_than_an_excerpt_is_in_a_draft() {
    for (target, use_case) in [(new_page(), "page"), (existing(), "update")] {
        let mut world = World::with_model(site(), model);
        let mut call = start(&target, use_case, "route");
        call["sources"] =
            json!([{"kind": "issue", "id": "ITD-1"}, {"kind": "page", "id": "20"}, {"kind": "page", "id": "21"}]);
        drafted(&mut world, call);
        let sent = sent(&world);
        assert!(sent.contains("The VPN uses this.") && sent.contains("quetzalcoatlus lines"), "{sent}");
        assert!(sent.contains("[SECRET_"), "{sent}");
        nothing_of_it_is_in(&sent);
    }
}

/// Ledger: SY-02.
#[test]
fn no_piece_of_a_key_longer_than_an_excerpt_is_embedded() {
    let world = embedded(site());
    let sent = sent(&world);
    assert!(sent.contains("The VPN uses this.") && sent.contains("quetzalcoatlus lines"), "{sent}");
    nothing_of_it_is_in(&sent);
}
