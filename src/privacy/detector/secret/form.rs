//! The prefixes vendors put before their keys, a row each: prefix, alphabet, the fewest characters after it.
//! It reads no text.
//!
//! Source: the vendors' documentation and secret-scanning partner formats; those gitleaks knows, as in its rules (MIT).

/// One form: a prefix, the characters after it and how many of them.
pub(super) struct Form {
    pub(super) prefix: &'static str,
    pub(super) body: fn(u8) -> bool,
    pub(super) least: usize,
}

const fn form(prefix: &'static str, body: fn(u8) -> bool, least: usize) -> Form {
    Form { prefix, body, least }
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

pub(super) const fn token(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'=' | b'.')
}

const fn crypt(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'/' | b'$' | b'=' | b',' | b'+' | b'-')
}

#[rustfmt::skip]
pub(super) const FORMS: &[Form] = &[
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
    form("shpat_", hex, 30), form("shpss_", hex, 30), form("shpca_", hex, 30), form("shppa_", hex, 30), form("sq0atp-", base64url, 20), form("sq0csp-", base64url, 36),
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
    // Clouds, databases, deployment
    form("sbp_", hex, 40), form("rnd_", alnum, 28), form("vercel_blob_rw_", base64url, 30), form("CCDB1_", base64url, 22), form("AVNS_", base64url, 16), form("nbp_", alnum, 36),
    form("tskey-", base64url, 20), form("CCIPAT_", base64url, 40), form("CCIPRJ_", base64url, 40), form("bkua_", alnum, 40), form("dckr_oat_", base64url, 20), form("packagist_", base64url, 40),
    form("EXO", alnum, 24), form("SCW", upper, 17), form("perm:", token, 40), form("perm-", token, 40), form("xau_", alnum, 20), form("signkey-prod-", hex, 32),
    form("pcsk_", base64url, 40), form("napi_", alnum, 40), form("hcaik_", alnum, 40), form("hcxik_", alnum, 40), form("xaat-", base64url, 36), form("xapt-", base64url, 36), form("cu_", hex, 32), form("snyk_uat.", token, 20), form("snyk_sat.", token, 20),
    form("squ_", hex, 40), form("sqp_", hex, 40), form("sqa_", hex, 40), form("api-", base64url, 36), form("sdk-", base64url, 36), form("mob-", base64url, 36), form("pat-na1-", base64url, 36), form("pat-eu1-", base64url, 36), form("CFPAT-", base64url, 40),
    form("sb_secret_", base64url, 20), form("cal_live_", hex, 32), form("fc-", hex, 32), form("mlsn.", hex, 60), form("xsmtpsib-", base64url, 60), form("re_", base64url, 24), form("waka_", base64url, 36),
    form("apify_api_", alnum, 30), form("lsv2_pt_", base64url, 36), form("lsv2_sk_", base64url, 36), form("sk-lf-", base64url, 36), form("pk-lf-", base64url, 36), form("phx_", alnum, 40), form("fw_", alnum, 22), form("CG-", alnum, 24),
    form("rzp_live_", alnum, 14), form("rzp_test_", alnum, 14), form("pdl_live_apikey_", base64url, 30), form("pdl_sdbx_apikey_", base64url, 30), form("polar_oat_", alnum, 30), form("PMAT-", alnum, 26), form("pina_", hex, 32), form("ATTA", alnum, 64), form("sec-c-", base64url, 40),
    form("AQE", base64, 60), form("SSWS ", base64url, 40), form("secret-token:", token, 20), form("eyJrIjoi", base64, 60), form("ZXlK", base64, 60), form("sl.", base64url, 120), form("sl.u.", base64url, 120),
    form("db-", alnum, 29), form("sk-helicone-", base64url, 24), form("pk_", alnum, 34), form("sk_", alnum, 32), form("dG9rO", base64, 40),
    form("gAAAAA", base64, 90), form("pscale_", token, 40), form("1//0", base64url, 40),
    // Passwords as systems store them (crypt(3), Apache's htpasswd, PHC strings)
    form("$apr1$", crypt, 28), form("$2a$", crypt, 50), form("$2b$", crypt, 50), form("$2y$", crypt, 50), form("$5$", crypt, 45), form("$6$", crypt, 80), form("$y$", crypt, 50), form("$1$", crypt, 29), form("$argon2id$", crypt, 40), form("$argon2i$", crypt, 40), form("$scrypt$", crypt, 40), form("$pbkdf2-", crypt, 40), form("pbkdf2_sha256$", crypt, 40), form("{SSHA}", base64, 28), form("{SHA}", base64, 27),
];
