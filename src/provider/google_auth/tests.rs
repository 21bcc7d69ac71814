//! The rules of service accounts and tokens. The keys here are the frame of one around filler: nothing signs with them.
//! What the host's signer makes of a real key is its own test.

use super::*;

fn der() -> Vec<u8> {
    let mut der = vec![0x30, 0x82, 0x01, 0x00];
    der.extend(RSA_PKCS8);
    der.extend([0x5a; 90]);
    der
}

fn pem(kind: &str, der: &[u8]) -> String {
    let packed = Base64::encode_string(der);
    let lines: Vec<&str> = packed.as_bytes().chunks(64).map(|line| std::str::from_utf8(line).unwrap()).collect();
    format!("-----BEGIN {kind}-----\n{}\n-----END {kind}-----\n", lines.join("\n"))
}

fn file(key: &str) -> String {
    json!({
        "type": "service_account", "project_id": "example-project", "private_key_id": "abc123", "private_key": key,
        "client_email": "writer@example-project.iam.gserviceaccount.com", "token_uri": "https://evil.example/token",
    })
    .to_string()
}

fn refused(json: &str) -> Option<AccountProblem> {
    ServiceAccount::parse(json).err()
}

#[test]
fn reads_a_key_however_it_was_pasted() {
    let good = pem("PRIVATE KEY", &der());
    let one_line = good.replace('\n', "");
    for key in
        [good.clone(), good.replace('\n', "\\n"), good.replace('\n', "\r\n"), one_line, format!("  \"{good}\"  ")]
    {
        let account = ServiceAccount::parse(&file(&key)).unwrap_or_else(|problem| panic!("{problem:?} for {key:?}"));
        assert_eq!(account.signing_key().expose(), Base64::encode_string(&der()));
        assert_eq!((account.project(), account.key_id()), (Some("example-project"), "abc123"));
    }
}

#[test]
fn says_what_is_wrong_with_a_key() {
    assert_eq!(refused(&file(&pem("RSA PRIVATE KEY", &der()))), Some(AccountProblem::Pkcs1));
    assert_eq!(refused(&file(&pem("ENCRYPTED PRIVATE KEY", &der()))), Some(AccountProblem::Encrypted));
    assert_eq!(refused(&file(&pem("PRIVATE KEY", b"short"))), Some(AccountProblem::Key));
    let mut elliptic = der();
    elliptic[15] ^= 1;
    assert_eq!(refused(&file(&pem("PRIVATE KEY", &elliptic))), Some(AccountProblem::Key));
    assert_eq!(refused(&file("-----BEGIN PRIVATE KEY-----\n!!\n-----END PRIVATE KEY-----")), Some(AccountProblem::Key));
    assert_eq!(refused(&file("")), Some(AccountProblem::Key));
}

#[test]
fn says_what_is_wrong_with_a_file() {
    assert_eq!(refused("not json"), Some(AccountProblem::NotJson));
    assert_eq!(refused("[]"), Some(AccountProblem::NotJson));
    assert_eq!(refused(r#"{"type":"authorized_user"}"#), Some(AccountProblem::NotAServiceAccount));
    assert_eq!(refused(&" ".repeat(MAX_BYTES + 1)), Some(AccountProblem::TooLarge));
    let mut value: Value = serde_json::from_str(&file(&pem("PRIVATE KEY", &der()))).unwrap();
    for (field, bad) in
        [("client_email", "a\"@b"), ("client_email", ""), ("private_key_id", "a.b"), ("private_key_id", "")]
    {
        let good = std::mem::replace(&mut value[field], json!(bad));
        assert_eq!(refused(&value.to_string()), Some(AccountProblem::Field(field)));
        value[field] = good;
    }
}

#[test]
fn signs_for_google_alone_and_for_an_hour() {
    let account = ServiceAccount::parse(&file(&pem("PRIVATE KEY", &der()))).unwrap();
    let input = account.signing_input(1_795_320_788);
    let parts: Vec<Value> = input
        .split('.')
        .map(|part| serde_json::from_slice(&Base64UrlUnpadded::decode_vec(part).unwrap()).unwrap())
        .collect();
    assert_eq!(parts[0], json!({ "alg": "RS256", "typ": "JWT", "kid": "abc123" }));
    assert_eq!(
        parts[1],
        json!({
            "iss": "writer@example-project.iam.gserviceaccount.com", "scope": "https://www.googleapis.com/auth/cloud-platform",
            "aud": "https://oauth2.googleapis.com/token", "exp": 1_795_324_358_u64, "iat": 1_795_320_758_u64,
        })
    );
    let request = token_request(&input, "c2ln");
    assert_eq!(request.url, "https://oauth2.googleapis.com/token", "the file has no say in it");
    assert!(request.body.unwrap().ends_with(&format!("&assertion={input}.c2ln")));
}

#[test]
fn reads_a_token_and_every_way_to_get_none() {
    let token =
        read_token(200, &[], r#"{"access_token":"ya29.x","expires_in":3599,"token_type":"Bearer"}"#).ok().unwrap();
    assert_eq!((token.token.expose(), token.expires_in_seconds), ("ya29.x", 3599));
    for (status, body, code, hint) in [
        (400, r#"{"error":"invalid_grant","error_description":"Invalid JWT Signature."}"#, Code::Auth, None),
        (
            400,
            r#"{"error":"invalid_grant","error_description":"Invalid grant: account not found"}"#,
            Code::Auth,
            Some(Hint::AccountGone),
        ),
        (
            400,
            r#"{"error":"invalid_grant","error_description":"Invalid JWT: Token must be a short-lived token (60 minutes)"}"#,
            Code::Auth,
            Some(Hint::Clock),
        ),
        (401, r#"{"error":"invalid_client"}"#, Code::Auth, None),
        (400, r#"{"error":"invalid_scope"}"#, Code::Permission, None),
        (503, "", Code::Overloaded, None),
        (200, "", Code::Malformed, None),
        (200, r#"{"access_token":"a b","expires_in":1}"#, Code::Malformed, None),
    ] {
        let error = read_token(status, &[], body).err().unwrap();
        assert_eq!((error.code, error.hint), (code, hint), "{body}");
    }
}
