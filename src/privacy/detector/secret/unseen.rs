//! A measure of keys whose vendors no rule of gitleaks knows: made-up keys of documented formats in eight usual surroundings.
//! It holds no key of anyone: a seeded generator draws each from its alphabet.
//!
//! One half of the vendors has a row in [`super::vendors`] or [`super::form`]; the other has none, and shows what names
//! and surroundings alone find. The formats are those the vendors' documentation shows (alphabet and length).
#![expect(clippy::print_stdout, reason = "the figures are what the run is for")]

use super::super::passages;
use super::Kind;
use crate::random::Xorshift;

#[derive(Clone, Copy)]
enum Of {
    Hex(usize),
    Lower(usize),
    Mixed(usize),
    Url(usize),
    Upper(usize),
    Uuid,
}

use Of::{Hex, Lower, Mixed, Upper, Url, Uuid};

/// Vendor, prefix, what follows.
#[rustfmt::skip]
const KNOWN: &[(&str, &str, Of)] = &[
    ("abuseipdb", "", Hex(80)), ("accuweather", "", Mixed(32)), ("alphavantage", "", Upper(16)), ("amplitude", "", Hex(32)), ("apify", "apify_api_", Mixed(36)), ("assemblyai", "", Hex(32)),
    ("axiom", "xaat-", Uuid), ("bitly", "", Hex(40)), ("browserstack", "", Mixed(20)), ("bugsnag", "", Hex(32)), ("buildkite", "bkua_", Lower(40)), ("circleci", "CCIPAT_", Mixed(50)),
    ("clockify", "", Mixed(48)), ("coingecko", "CG-", Mixed(24)), ("coinmarketcap", "", Uuid), ("deepgram", "", Hex(40)), ("deepl", "", Uuid), ("deepseek", "sk-", Hex(32)),
    ("elevenlabs", "sk_", Hex(48)), ("etherscan", "", Upper(34)), ("firecrawl", "fc-", Hex(32)), ("fireworks", "fw_", Mixed(24)), ("giphy", "", Mixed(32)), ("hetzner", "", Mixed(64)),
    ("hunter", "", Hex(40)), ("infura", "", Hex(32)), ("jotform", "", Hex(32)), ("klaviyo", "pk_", Hex(34)), ("langsmith", "lsv2_pt_", Hex(32)), ("linode", "", Hex(64)),
    ("lokalise", "", Hex(40)), ("mailersend", "mlsn.", Hex(64)), ("mailjet", "", Hex(32)), ("mistral", "", Mixed(32)), ("mixpanel", "", Hex(32)), ("neon", "napi_", Lower(64)),
    ("newsapi", "", Hex(32)), ("openweather", "", Hex(32)), ("opsgenie", "", Uuid), ("pagerduty", "", Url(20)), ("pinecone", "pcsk_", Mixed(60)), ("pipedrive", "", Hex(40)),
    ("posthog", "phx_", Mixed(43)), ("pushover", "", Lower(30)), ("razorpay", "rzp_live_", Mixed(14)), ("render", "rnd_", Mixed(28)), ("resend", "re_", Mixed(33)), ("rollbar", "", Hex(32)),
    ("shodan", "", Mixed(32)), ("spotify", "", Hex(32)), ("strava", "", Hex(40)), ("supabase", "sbp_", Hex(40)), ("tailscale", "tskey-auth-", Mixed(30)), ("tiingo", "", Hex(40)),
    ("todoist", "", Hex(40)), ("trello", "", Hex(64)), ("twilio", "", Hex(32)), ("unsplash", "", Url(43)), ("vercel", "", Mixed(24)), ("virustotal", "", Hex(64)),
    ("vultr", "", Upper(36)), ("wakatime", "waka_", Uuid), ("wandb", "", Hex(40)), ("weatherapi", "", Hex(31)), ("webflow", "", Hex(64)), ("yelp", "", Url(128)),
];

#[rustfmt::skip]
const UNKNOWN: &[(&str, &str, Of)] = &[
    ("abstractapi", "", Hex(32)), ("apiflash", "", Hex(32)), ("baremetrics", "sk_", Mixed(20)), ("bannerbear", "bb_", Hex(32)), ("beehiiv", "", Mixed(64)), ("brandfetch", "", Mixed(43)),
    ("bunny", "", Uuid), ("buttercms", "", Hex(40)), ("calendarific", "", Hex(40)), ("cloudconvert", "", Mixed(64)), ("codacy", "", Mixed(20)), ("coveralls", "", Mixed(33)),
    ("currencyapi", "", Mixed(40)), ("eodhd", "", Hex(13)), ("eventbrite", "", Upper(20)), ("everhour", "", Hex(24)), ("finage", "", Mixed(40)), ("freshworks", "", Mixed(20)),
    ("geocodio", "", Hex(39)), ("guardian", "", Uuid), ("iconfinder", "", Mixed(64)), ("ipgeolocation", "", Hex(32)), ("kickbox", "live_", Hex(64)), ("lemlist", "", Hex(32)),
    ("luma", "secret-", Mixed(24)), ("metabase", "mb_", Mixed(44)), ("nutritionix", "", Hex(32)), ("pandadoc", "", Hex(40)), ("pixabay", "", Hex(32)), ("readwise", "", Mixed(50)),
    ("replit", "", Mixed(40)), ("screenshotapi", "", Upper(28)), ("semrush", "", Hex(32)), ("spoonacular", "", Hex(32)), ("statuspal", "uk_", Mixed(30)), ("stockdata", "", Mixed(40)),
];

fn surroundings(vendor: &str, key: &str) -> [String; 8] {
    let upper = vendor.to_uppercase();
    [
        format!("{upper}_API_KEY={key}\nDEBUG=1"),
        format!("{vendor}: {key}"),
        format!("our {vendor} key is {key}, please rotate it"),
        format!("{{\"{vendor}_token\": \"{key}\"}}"),
        format!("# {vendor}\nclient = Client('{key}')"),
        format!("curl -H \"Authorization: Bearer {key}\" https://api.{vendor}.com/v1"),
        format!("GET https://api.{vendor}.com/v1/search?apikey={key}&q=x"),
        format!("{vendor}.init(\"{key}\")"),
    ]
}

/// Numbers that look random and are the same in every run (Knuth's constants for a linear congruence).
struct Draw(Xorshift);

impl Draw {
    fn next(&mut self, below: usize) -> usize {
        self.0.below(below)
    }

    fn text(&mut self, length: usize, alphabet: &str) -> String {
        (0..length).map(|_| alphabet.chars().nth(self.next(alphabet.len())).unwrap()).collect()
    }

    fn key(&mut self, of: Of) -> String {
        let (hex, lower) = ("0123456789abcdef", "abcdefghijklmnopqrstuvwxyz0123456789");
        let upper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
        match of {
            Hex(length) => self.text(length, hex),
            Lower(length) => self.text(length, lower),
            Upper(length) => self.text(length, upper),
            Mixed(length) => self.text(length, &format!("{lower}ABCDEFGHIJKLMNOPQRSTUVWXYZ")),
            Url(length) => self.text(length - 1, &format!("{lower}ABCDEFGHIJKLMNOPQRSTUVWXYZ-_")) + "x",
            Uuid => [8, 4, 4, 4, 12].map(|length| self.text(length, hex)).join("-"),
        }
    }
}

/// Found and sought, and the same for each surrounding.
fn recall(vendors: &[(&str, &str, Of)]) -> (usize, usize, [usize; 8]) {
    let (mut found, mut sought, mut each) = (0, 0, [0; 8]);
    let mut draw = Draw(Xorshift::seeded(42));
    for (vendor, prefix, of) in vendors {
        let key = format!("{prefix}{}", draw.key(*of));
        for (text, found_here) in surroundings(vendor, &key).iter().zip(&mut each) {
            sought += 1;
            if passages(text, Kind::Secret).iter().any(|passage| passage.contains(&key)) {
                found += 1;
                *found_here += 1;
            }
        }
    }
    (found, sought, each)
}

#[test]
fn finds_keys_of_vendors_that_gitleaks_has_no_rule_for() {
    for (name, vendors, least) in [("with a row", KNOWN, 70), ("without a row", UNKNOWN, 50)] {
        let (found, sought, each) = recall(vendors);
        println!("{} vendors {name}: {found} of {sought} keys found, by surroundings {each:?}", vendors.len());
        assert!(found * 100 >= sought * least, "{name}");
    }
}
