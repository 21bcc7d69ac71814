//! Tokens that their vendor gave a form of their own, JSON Web Tokens among them.
//! It does not verify them with the vendor, nor guess at forms without a prefix; assignments are in [`super::secret_assignment`].
//!
//! Source: the vendors' documentation and secret-scanning partner formats, as collected in gitleaks' rules (MIT).

use super::{Finding, Kind, Text};

/// One form: a prefix, the characters after it and how many of them.
struct Form {
    prefix: &'static str,
    body: fn(u8) -> bool,
    least: usize,
}

pub(super) fn keywords() -> Vec<&'static str> {
    FORMS.iter().map(|form| form.prefix).chain([JWT, SLACK_HOOK, TEAMS_HOOK, TERRAFORM]).collect()
}

/// At a prefix, found without regard to case.
pub(super) fn find(text: &Text<'_>, start: usize, end: usize) -> Option<Finding> {
    let written = text.slice(start..end);
    match written {
        JWT => return json_web_token(text, start),
        TERRAFORM => return terraform(text, start, end),
        SLACK_HOOK | TEAMS_HOOK => return webhook(text, start, end),
        _ => {}
    }
    let form = FORMS.iter().find(|form| form.prefix == written)?;
    if text.before(start).is_ascii_alphanumeric() || (text.before(start) == b'_' && !form.prefix.starts_with('_')) {
        return None;
    }
    let stop = text.run(end, 512, form.body);
    let body = text.slice(end..stop).trim_end_matches(['.', '-', '_', '=']);
    let varied = body.bytes().any(|byte| byte.is_ascii_digit()) || body.len() >= 32;
    let repeated = body.bytes().all(|byte| Some(byte) == body.bytes().next());
    (body.len() >= form.least && varied && !repeated).then(|| Finding::new(Kind::Secret, start..stop, 97))
}

/// RFC 7519: a header that begins as JSON does, a payload, and in most a signature.
fn json_web_token(text: &Text<'_>, start: usize) -> Option<Finding> {
    if matches!(text.before(start), b'-' | b'_') || text.before(start).is_ascii_alphanumeric() {
        return None;
    }
    let header = text.run(start, 4096, base64url);
    let payload = if text.byte(header) == b'.' { text.run(header + 1, 16384, base64url) } else { return None };
    let fits = header - start >= 15 && payload - header > 10;
    let signature = if text.byte(payload) == b'.' { text.run(payload + 1, 2048, base64url) } else { payload };
    fits.then(|| Finding::new(Kind::Secret, start..signature, 98))
}

/// Organization and team tokens of Terraform: fourteen characters, the marker, sixty and more.
fn terraform(text: &Text<'_>, start: usize, end: usize) -> Option<Finding> {
    let head = text.run_back(start, 15, |byte| byte.is_ascii_alphanumeric());
    let stop = text.run(end, 128, token);
    (start - head == 14 && stop - end >= 50).then(|| Finding::new(Kind::Secret, head..stop, 97))
}

/// A webhook's address is its credential: path and all.
fn webhook(text: &Text<'_>, start: usize, end: usize) -> Option<Finding> {
    let stop =
        text.run(end, 256, |byte| byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'-' | b'_' | b'@' | b'+'));
    (stop - end >= 30).then(|| Finding::new(Kind::Secret, start..stop, 97))
}

const fn hex(byte: u8) -> bool {
    byte.is_ascii_hexdigit()
}

const fn alnum(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
}

const fn upper(byte: u8) -> bool {
    byte.is_ascii_uppercase() || byte.is_ascii_digit()
}

const fn base64url(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_')
}

const fn base64(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=' | b'-' | b'_' | b'%')
}

const fn token(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'=' | b'.')
}

const JWT: &str = "eyJ";
const SLACK_HOOK: &str = "hooks.slack.com/";
const TEAMS_HOOK: &str = "webhook.office.com/webhookb2/";
const TERRAFORM: &str = ".atlasv1.";

const fn form(prefix: &'static str, body: fn(u8) -> bool, least: usize) -> Form {
    Form { prefix, body, least }
}

#[rustfmt::skip]
const FORMS: &[Form] = &[
    // Clouds
    form("AKIA", upper, 16), form("ASIA", upper, 16), form("ABIA", upper, 16), form("ACCA", upper, 16), form("A3T", upper, 17),
    form("ABSK", base64, 100), form("bedrock-api-key-", base64, 20), form("AIza", base64url, 35), form("ya29.", token, 20), form("GOCSPX-", base64url, 20),
    form("LTAI", alnum, 16), form("AQVN", base64url, 35), form("YC", base64url, 38), form("t1.", token, 60),
    form("dop_v1_", hex, 60), form("doo_v1_", hex, 60), form("dor_v1_", hex, 60), form("fo1_", base64url, 40), form("FlyV1 ", base64, 40), form("fm1", base64, 60), form("fm2_", base64, 60),
    form("v1.0-", token, 60), form("HRKU-", base64url, 40), form("tk-us-", base64url, 40), form("nfp_", base64url, 30), form("nf", base64url, 44),
    form("sha256~", base64url, 40), form("dt0c01.", token, 60), form("dapi", hex, 32), form("hvs.", base64url, 60), form("hvb.", base64url, 100),
    // Code hosts and package registries
    form("ghp_", alnum, 30), form("gho_", alnum, 30), form("ghu_", alnum, 30), form("ghs_", alnum, 30), form("ghr_", alnum, 30), form("github_pat_", base64url, 40),
    form("glpat-", token, 18), form("gldt-", base64url, 18), form("glrt-", token, 18), form("glcbt-", base64url, 18), form("glptt-", base64url, 30), form("glft-", base64url, 18),
    form("glimt-", base64url, 18), form("glagent-", base64url, 40), form("gloas-", base64url, 50), form("glsoat-", base64url, 18), form("glffct-", base64url, 18),
    form("GR1348941", base64url, 18), form("_gitlab_session=", alnum, 30), form("ATATT3", base64, 40), form("ATCTT3", base64, 40), form("ATBB", alnum, 28), form("ATSTT", base64, 40),
    form("npm_", alnum, 30), form("pypi-AgE", base64url, 40), form("rubygems_", hex, 40), form("CLOJARS_", alnum, 50), form("dckr_pat_", base64url, 20), form("oy2", alnum, 43),
    form("sgp_", base64url, 38), form("AKCp", alnum, 60), form("cmVm", alnum, 58), form("pat.", token, 50), form("API-", upper, 26), form("pnu_", alnum, 30), form("pul-", hex, 35), form("sm_pat_", alnum, 16), form("sm_aat_", alnum, 16), form("sm_sat_", alnum, 16),
    // Chat, mail, telephony
    form("xoxb-", base64url, 12), form("xoxp-", base64url, 12), form("xoxa-", base64url, 8), form("xoxr-", base64url, 8), form("xoxs-", base64url, 12), form("xoxo-", base64url, 12),
    form("xoxe-", base64url, 40), form("xoxe.xoxp-", base64url, 40), form("xoxe.xoxb-", base64url, 40), form("xapp-", base64url, 30),
    form("SG.", token, 50), form("key-", hex, 32), form("pubkey-", hex, 32), form("xkeysib-", base64url, 60), form("SK", hex, 32), form("EAACEdEose0cBA", alnum, 10), form("EAA", alnum, 60),
    // Payments and shops
    form("sk_live_", alnum, 10), form("sk_test_", alnum, 10), form("rk_live_", alnum, 10), form("rk_test_", alnum, 10), form("sk_prod_", alnum, 10), form("rk_prod_", alnum, 10), form("whsec_", base64, 24), form("pk_live_", alnum, 20),
    form("shpat_", hex, 30), form("shpss_", hex, 30), form("shpca_", hex, 30), form("shppa_", hex, 30), form("sq0atp-", base64url, 20), form("sq0csp-", base64url, 40),
    form("FLWSECK_TEST-", base64url, 12), form("FLWPUBK_TEST-", base64url, 12), form("FLWSECK-", base64url, 12), form("EZAK", alnum, 54), form("EZTK", alnum, 54),
    form("shippo_live_", hex, 36), form("shippo_test_", hex, 36), form("duffel_test_", token, 40), form("duffel_live_", token, 40), form("access-sandbox-", base64url, 30), form("access-production-", base64url, 30), form("access-development-", base64url, 30),
    // Models
    form("sk-ant-", base64url, 40), form("sk-proj-", base64url, 30), form("sk-svcacct-", base64url, 30), form("sk-admin-", base64url, 30), form("sk-or-v1-", hex, 40), form("sk-", alnum, 40),
    form("hf_", alnum, 30), form("api_org_", alnum, 30), form("gsk_", alnum, 40), form("xai-", alnum, 60), form("pplx-", alnum, 40), form("r8_", alnum, 36), form("tvly-", base64url, 24), form("nvapi-", base64url, 50),
    // Observability, work tools, the rest
    form("glsa_", base64url, 32), form("glc_", base64, 32), form("NRAK-", alnum, 25), form("NRJS-", hex, 18), form("NRII-", base64url, 30), form("sntrys_", base64, 60), form("sntryu_", hex, 60),
    form("lin_api_", alnum, 38), form("lin_oauth_", alnum, 38), form("ntn_", alnum, 40), form("secret_", alnum, 42), form("figd_", base64url, 36), form("PMAK-", base64url, 50), form("rdme_", alnum, 60), form("tfp_", token, 40), form("ico-", alnum, 30), form("dnkey-", token, 60), form("fio-u-", token, 60),
    form("pscale_tkn_", token, 30), form("pscale_oauth_", token, 30), form("pscale_pw_", token, 30), form("dp.pt.", alnum, 40), form("dp.st.", token, 40), form("dp.ct.", alnum, 40), form("ops_eyJ", base64, 100), form("A3-", base64url, 36),
    form("AGE-SECRET-KEY-1", alnum, 50), form("4b1d", alnum, 38), form("pk.eyJ", token, 60), form("sk.eyJ", token, 60), form("s-s4t2ud-", hex, 50), form("s-s4t2af-", hex, 50), form("p8e-", alnum, 32), form("lob_live_", alnum, 30),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::privacy::detector::passages;

    fn check(text: &str, expected: &[&str]) {
        assert_eq!(passages(text, Kind::Secret), expected, "{text}");
    }

    /// Assembled at run time, so that scanners of the repository have nothing to find.
    fn body(length: usize) -> String {
        "a1B2c3D4e5F6g7H8".chars().cycle().take(length).collect()
    }

    #[test]
    fn finds_tokens_by_their_prefix() {
        for prefix in ["ghp_", "glpat-", "xoxb-", "sk-ant-api03-", "npm_", "hf_", "github_pat_", "AIza"] {
            let token = format!("{prefix}{}", body(48));
            check(&format!("it is {token}, ok"), &[&token]);
            check(&format!("KEY={token}"), &[&token]);
        }
        check("AKIA2E0A8F3B244C9986", &["AKIA2E0A8F3B244C9986"]);
    }

    #[test]
    fn finds_json_web_tokens() {
        let token = format!("eyJhbGciOiJIUzI1NiJ9.{}.{}", body(40), body(43));
        check(&format!("Bearer {token}\n"), &[&token]);
    }

    #[test]
    fn keeps_words_and_short_forms() {
        for text in [
            "sk-learn",
            "ghp_short",
            "AKIAXXXX",
            "skating",
            "key-value",
            "eyJust a word",
            "npm_config_registry_and_other_settings",
            "pattern",
            "nf_conntrack",
            "s.length",
            "test2.patterninvalidrows_1332152109312_0_1.PatternInvalidRows_1332152109312.tMySQLInvalidRows",
            "Ask-me-anything-about-this-and-that",
        ] {
            check(text, &[]);
        }
    }
}
