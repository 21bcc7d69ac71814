//! The names whose values are secrets, a row each, and the words that make them talk about secrets instead.
//! It reads no text.
//!
//! Source: the identifiers of gitleaks' generic-api-key (MIT) and of detect-secrets' keyword plugin (Apache-2.0); words for passwords in six languages.

/// How much a name alone says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Says {
    /// Any value that is not a plain word.
    Password,
    /// A value that looks random.
    Token,
    /// A value that is random for certain: the name has other uses.
    Little,
}

pub(super) fn keywords() -> impl Iterator<Item = &'static str> {
    [PASSWORDS, TOKENS, LITTLE].into_iter().flatten().copied()
}

/// What one of the names says.
pub(super) fn says(name: &str) -> Option<Says> {
    [(PASSWORDS, Says::Password), (TOKENS, Says::Token), (LITTLE, Says::Little)]
        .into_iter()
        .find(|(names, _)| names.contains(&name))
        .map(|(_, says)| says)
}

#[rustfmt::skip]
const PASSWORDS: &[&str] = &[
    "password", "passwd", "passphrase", "passcode", "pwd", "_pass", "-pass", "_password", "-password", "_passwd", "-passwd", "_passphrase", "-passphrase", "_passcode", "-passcode", "_passwort", "dbpass", "userpass", "pw", "passwort", "kennwort", "kenntwort", "contraseña",
    "contrasena", "mot de passe", "motdepasse", "parola d'ordine", "parola d’ordine", "parola chiave", "пароль", "Пароль", "пароля", "паролем", "zugangscode", "pass=", "pass:",
];

#[rustfmt::skip]
const TOKENS: &[&str] = &[
    "secret", "token", "apikey", "api_key", "api-key", "api key", "access_key", "access-key", "accesskey", "access key", "secret_key", "secretkey", "secret-key", "secret key",
    "private_key", "privatekey", "private-key", "auth_key", "authkey", "auth-key", "account_key", "accountkey", "account-key", "encryption_key", "encryptionkey",
    "encryption-key", "signing_key", "signingkey", "signing-key", "master_key", "masterkey", "master-key", "shared_key", "sharedkey", "sharedaccesskey", "license_key", "licensekey",
    "client_secret", "clientsecret", "client-secret", "credential", "credentials", "authorization", "iam_key", "key_id", "key-id", "ssh_key", "_auth", "app_key", "appkey", "app-key",
    "integration_key", "routing_key", "webhook_key", "deploy_key", "write_key", "read_key", "server_key", "sas_token", "x-auth", "api_hash", "consumer_key", "consumerkey", "bearer",
    "api_secret", "apisecret", "bundle_enterprise__contribsys__com", "bundle_gems__contribsys__com", "connection_key", "hmac_key", "service_key", "servicekey", "sessionkey", "session_key", "basic", "key-data", "storage_key", "&sig=", "?sig=",
];

/// Names with other uses.
const LITTLE: &[&str] = &["_key", "-key", "\"auth\"", "\"key\"", "'key'", " key", "creds"];

/// Endings of a name that make its value something about the secret.
#[rustfmt::skip]
pub(super) const NOT_THE_VALUE: &[&str] = &[
    "ttl", "expir", "length", "count", "size", "type", "field", "file", "path", "name", "class", "provider", "url", "uri", "policy", "manager", "service", "timeout", "interval",
    "limit", "version", "algorithm", "max", "min", "reset", "required", "enabled", "ident", "kind", "index", "usage", "renew", "server", "host", "prompt", "label", "hint", "alias",
    "store", "placeholder", "input", "column", "prefix", "regex", "pattern", "encoder", "strength", "change", "lookup", "endpoint", "address", "status", "event", "permission",
];

/// Beginnings of a name that make its value no secret.
pub(super) const NOT_SECRET: &[&str] = &[
    "public",
    "foreign",
    "primary",
    "unexpected",
    "next",
    "page",
    "cache",
    "sort",
    "partition",
    "continuation",
    "csrf",
    "xsrf",
    "primary",
    "unique",
    "natural",
    "row",
];

/// Values that stand for a secret and are none: exactly these.
#[rustfmt::skip]
pub(super) const STAND_INS: &[&str] = &[
    "password", "passwd", "passw0rd", "changeme", "change_me", "change-me", "changeit", "mypassword", "my_password", "mysecret", "my_secret", "my-secret", "secret", "token", "test", "foo", "bar",
    "foobar", "todo", "tbd", "none", "null", "nil", "undefined", "true", "false", "yes", "empty", "blank", "default", "unset", "n/a", "value", "string", "username", "user", "login",
    "apikey", "key", "credentials", "plaintext", "cleartext", "encrypted", "prompt", "admin_password", "secretkey", "passphrase", "pass", "pwd", "passwort", "kennwort",
];

/// Parts of a value that make it a stand-in.
#[rustfmt::skip]
pub(super) const MARKS: &[&str] = &[
    "****", "xxxx", "your", "example", "placeholder", "changeme", "change-me", "change_me", "changeit", "...", "…", "undefined", "getenv", "environ", "process.env", "config.", "this.", "self.",
    "redacted", "dummy", "not set", "hidden", "masked", "insert", "replace", "<", "fake", "sample", "_here", "-here", "required", "optional", "••••", "####", "string",
];

/// How sentences go on after a word for password.
pub(super) const VERBS: &[&str] = &[
    "is ",
    "was ",
    "ist ",
    "lautet ",
    "war ",
    "est ",
    "es ",
    "è ",
    "e' ",
    "était ",
    "era ",
    "это ",
    "такой ",
    "to ",
    "auf ",
];

/// What sentences say about a password with letters and digits or symbols, without naming it.
pub(super) const TALK: &[&str] = &[
    "base64", "base32", "md5", "sha", "utf", "aes", "bcrypt", "http", "rot13", "3des", "rc4", "oauth", "ldap", "log4j",
    "rfc", "ascii", "plain",
];
