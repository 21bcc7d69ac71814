//! The vendors whose keys have no prefix that says whose they are, a row each: names, then alphabet, lengths and floor of entropy.
//! It reads no text.
//!
//! Source: the first part are the rules of gitleaks (MIT); the second the vendors' own documentation of their keys.

use super::shape::Alphabet;
use super::vendor::Shape;

const fn of(alphabet: Alphabet, least: usize, most: usize, floor: u32) -> Shape {
    Shape { prefix: "", alphabet, least, most, floor }
}

const fn hex(least: usize, most: usize, floor: u32) -> Shape {
    of(Alphabet::Hex, least, most, floor)
}

const fn low(least: usize, most: usize, floor: u32) -> Shape {
    of(Alphabet::Lower, least, most, floor)
}

const fn upp(least: usize, most: usize, floor: u32) -> Shape {
    of(Alphabet::Upper, least, most, floor)
}

const fn url(least: usize, most: usize, floor: u32) -> Shape {
    of(Alphabet::Base64Url, least, most, floor)
}

const fn b64(least: usize, most: usize, floor: u32) -> Shape {
    of(Alphabet::Base64, least, most, floor)
}

const fn dig(least: usize, most: usize, floor: u32) -> Shape {
    of(Alphabet::Digits, least, most, floor)
}

const fn u() -> Shape {
    of(Alphabet::Uuid, 36, 36, 20)
}

const fn behind(prefix: &'static str, shape: Shape) -> Shape {
    Shape { prefix, ..shape }
}

/// Names (any case, separated by blanks) and the shapes of their keys.
#[rustfmt::skip]
pub(super) const VENDORS: &[(&str, &[Shape])] = &[
    // As gitleaks knows them
    ("adafruit", &[url(32, 32, 30)]), ("adobe", &[hex(32, 32, 25)]), ("airtable", &[low(17, 17, 30)]), ("algolia", &[low(32, 32, 30)]), ("alibaba", &[low(30, 30, 30)]),
    ("asana", &[dig(16, 16, 20), low(32, 32, 30)]), ("atlassian confluence jira", &[low(24, 24, 35)]), ("beamer", &[behind("b_", url(44, 44, 30))]),
    ("bitbucket", &[low(32, 32, 30), url(64, 64, 30)]), ("bittrex", &[low(32, 32, 30)]), ("meraki", &[hex(40, 40, 30)]),
    ("cloudflare", &[url(40, 40, 30), hex(37, 37, 25)]), ("codecov", &[low(32, 32, 30)]), ("cohere co_api_key", &[low(40, 40, 40)]), ("coinbase", &[url(64, 64, 30)]),
    ("confluent", &[low(16, 16, 30), low(64, 64, 30)]), ("contentful", &[url(43, 43, 30)]), ("datadog", &[low(40, 40, 30), low(32, 32, 30)]),
    ("discord", &[hex(64, 64, 25), dig(18, 18, 20), url(32, 32, 30)]), ("droneci", &[low(32, 32, 30)]),
    ("dropbox", &[low(15, 15, 20), url(64, 64, 30), behind("sl.", url(135, 135, 30))]), ("etsy", &[low(24, 24, 30)]), ("facebook", &[hex(32, 32, 30)]),
    ("fastly", &[url(32, 32, 30)]), ("finicity", &[hex(32, 32, 25), low(20, 20, 30)]), ("finnhub", &[low(20, 20, 30)]), ("flickr", &[low(32, 32, 30)]),
    ("freshbooks", &[low(64, 64, 30)]), ("gitter", &[url(40, 40, 30)]), ("gocardless", &[behind("live_", url(40, 40, 30))]), ("heroku", &[u()]), ("hubspot", &[u()]),
    ("intercom", &[url(60, 60, 30)]), ("jfrog artifactory bintray xray", &[low(73, 73, 30), low(64, 64, 30)]), ("kraken", &[b64(80, 90, 30)]),
    ("kucoin", &[hex(24, 24, 25), u()]), ("launchdarkly", &[url(40, 40, 30)]), ("linear", &[hex(32, 32, 25)]),
    ("linkedin linked_in linked-in", &[low(14, 14, 20), low(16, 16, 30)]),
    ("lob", &[behind("live_", hex(35, 35, 25)), behind("test_", hex(35, 35, 25)), behind("test_pub_", hex(31, 31, 25)), behind("live_pub_", hex(31, 31, 25))]),
    ("looker", &[low(20, 20, 30), low(24, 24, 30)]), ("mailchimp", &[low(36, 36, 20), hex(32, 32, 25)]),
    ("mailgun", &[behind("key-", hex(32, 32, 25)), behind("pubkey-", hex(32, 32, 25)), url(50, 50, 30)]), ("mapbox", &[b64(85, 85, 30)]),
    ("mattermost", &[low(26, 26, 30)]), ("messagebird message-bird message_bird", &[low(25, 25, 30), u()]), ("netlify", &[url(40, 46, 30)]),
    ("newrelic new-relic new_relic", &[low(64, 64, 30), behind("NRJS-", hex(19, 19, 20)), behind("NRII-", url(32, 32, 30)), behind("NRAK-", low(27, 27, 30)), hex(40, 40, 25)]),
    ("nytimes newyorktimes", &[url(32, 32, 30)]), ("okta", &[behind("00", url(40, 40, 30))]), ("plaid", &[low(24, 24, 35), low(30, 30, 35)]),
    ("privateai private_ai private-ai", &[low(32, 32, 30)]), ("rapidapi", &[url(50, 50, 30)]), ("sendbird", &[u(), hex(40, 40, 25)]), ("sentry", &[hex(64, 64, 30)]),
    ("snyk", &[u()]), ("sonar", &[url(40, 40, 30)]), ("sourcegraph", &[hex(40, 40, 25)]), ("squarespace", &[u()]),
    ("sumologic sumo", &[behind("su", low(12, 12, 30)), low(64, 64, 30)]), ("telegram", &[b64(35, 35, 30)]), ("travis", &[low(22, 22, 30)]),
    ("twitch", &[low(30, 30, 30)]), ("twitter", &[low(45, 45, 30), low(25, 25, 30), low(50, 50, 30), b64(80, 120, 30)]), ("yandex", &[url(38, 45, 30)]),
    ("zendesk", &[low(40, 40, 30)]),
    // From the vendors' documentation
    ("abuseipdb", &[hex(80, 80, 25)]), ("accuweather", &[low(32, 32, 30)]), ("airbrake", &[hex(32, 32, 25), hex(40, 40, 25)]), ("alchemy", &[url(32, 32, 30)]),
    ("alphavantage alpha_vantage", &[upp(16, 16, 30)]), ("amplitude", &[hex(32, 32, 25)]), ("apilayer", &[low(32, 32, 30), hex(32, 32, 25)]),
    ("assemblyai", &[hex(32, 32, 25)]), ("auth0", &[url(64, 64, 30), url(32, 32, 30)]), ("aviationstack", &[hex(32, 32, 25)]),
    ("azure", &[low(32, 32, 30), hex(32, 32, 25), low(84, 84, 30), b64(88, 88, 30)]), ("backblaze", &[low(31, 31, 30), hex(25, 25, 25)]),
    ("bitly bit.ly", &[hex(40, 40, 25)]), ("braintree", &[hex(32, 32, 25), low(16, 16, 30)]), ("braze", &[u()]), ("browserstack", &[low(20, 20, 30)]),
    ("buildkite", &[hex(40, 40, 25)]), ("bugsnag", &[hex(32, 32, 25)]), ("circleci circle_ci", &[hex(40, 40, 25)]), ("clickup", &[behind("pk_", url(30, 50, 30))]),
    ("clockify", &[low(48, 48, 30), b64(48, 48, 30)]), ("cloudinary", &[url(27, 27, 30)]), ("cloudsmith", &[hex(40, 40, 25)]), ("coinmarketcap cmc_pro", &[u()]),
    ("convertkit", &[url(22, 22, 30)]), ("crowdin", &[low(20, 20, 30), hex(80, 80, 25)]), ("cryptocompare", &[hex(64, 64, 25)]), ("currencylayer", &[hex(32, 32, 25)]),
    ("customerio customer.io", &[hex(20, 20, 25)]), ("deepgram", &[hex(40, 40, 25)]), ("deepl", &[u()]), ("deepseek", &[behind("sk-", hex(32, 32, 25))]),
    ("elevenlabs", &[hex(32, 32, 25), behind("sk_", hex(48, 48, 25))]), ("etherscan", &[upp(34, 34, 30)]),
    ("exchangerate exchangerate-api", &[hex(24, 24, 25), hex(32, 32, 25)]), ("fixer fixerio", &[hex(32, 32, 25)]),
    ("foursquare", &[upp(48, 48, 30), behind("fsq3", b64(44, 44, 30))]), ("geoapify", &[hex(32, 32, 25)]), ("getresponse", &[low(32, 32, 30)]),
    ("giphy", &[low(32, 32, 30)]), ("graphhopper", &[u()]), ("heremaps here_api hereapi", &[url(43, 43, 30), url(86, 86, 30)]), ("hetzner", &[low(64, 64, 30)]),
    ("honeybadger", &[low(20, 20, 30), hex(32, 32, 25)]), ("hunter hunterio hunter.io", &[hex(40, 40, 25)]),
    ("iexcloud", &[behind("sk_", hex(32, 32, 25)), behind("pk_", hex(32, 32, 25))]), ("imgbb", &[hex(32, 32, 25)]), ("infura", &[hex(32, 32, 25)]),
    ("ipinfo", &[hex(14, 14, 20)]), ("ipstack", &[hex(32, 32, 25)]), ("iterable", &[hex(32, 32, 25)]), ("jotform", &[hex(32, 32, 25)]),
    ("jumpcloud", &[hex(40, 40, 25), u()]), ("klaviyo", &[behind("pk_", hex(34, 34, 25))]), ("lastfm last.fm", &[hex(32, 32, 25)]), ("linode", &[hex(64, 64, 25)]),
    ("locationiq", &[behind("pk.", hex(32, 32, 25))]), ("loggly", &[u()]), ("lokalise", &[hex(40, 40, 25)]), ("mailboxlayer", &[hex(32, 32, 25)]),
    ("mailjet", &[hex(32, 32, 25)]), ("mailtrap", &[hex(32, 32, 25)]), ("mandrill", &[url(22, 22, 30)]), ("mapquest", &[low(32, 32, 30)]),
    ("marketstack", &[hex(32, 32, 25)]), ("mediastack", &[hex(32, 32, 25)]), ("mistral", &[low(32, 32, 30)]), ("mixpanel", &[hex(32, 32, 25)]),
    ("newsapi", &[hex(32, 32, 25)]), ("nexmo", &[hex(8, 8, 20), low(16, 16, 30)]), ("numverify", &[hex(32, 32, 25)]), ("onelogin", &[hex(64, 64, 25)]),
    ("onesignal", &[u(), low(48, 48, 30)]), ("openai", &[hex(32, 32, 25), low(48, 48, 30)]), ("opencage opencagedata", &[hex(32, 32, 25)]),
    ("openexchangerates", &[hex(32, 32, 25)]), ("openweather openweathermap", &[hex(32, 32, 25)]), ("opsgenie", &[u()]), ("pagerduty", &[url(20, 20, 30)]),
    ("papertrail", &[low(20, 20, 30)]), ("pinecone", &[u()]), ("pipedrive", &[hex(40, 40, 25)]), ("pivotaltracker pivotal", &[hex(32, 32, 25)]),
    ("polygon", &[low(32, 32, 30)]), ("positionstack", &[hex(32, 32, 25)]), ("postmark", &[u()]), ("pubnub", &[u()]), ("pusher", &[hex(20, 20, 25)]),
    ("pushover", &[low(30, 30, 30)]), ("pushbullet", &[behind("o.", low(32, 32, 30))]), ("rollbar", &[hex(32, 32, 25)]), ("scaleway", &[u()]),
    ("scraperapi", &[hex(32, 32, 25)]), ("securitytrails", &[low(32, 32, 30)]), ("segment", &[low(32, 32, 30)]), ("serpapi serp", &[hex(64, 64, 25)]),
    ("shodan", &[low(32, 32, 30)]), ("slack", &[hex(32, 32, 25), low(24, 24, 30)]), ("softlayer sl_key sl_api slapi sl-api sl-key", &[low(64, 64, 30)]),
    ("ibm_key ibm-key ibm_cloud ibmcloud", &[url(44, 44, 30)]), ("cl_account cloudant", &[low(24, 24, 30), hex(64, 64, 25)]), ("sparkpost", &[hex(40, 40, 25)]),
    ("spotify", &[hex(32, 32, 25)]), ("storyblok", &[low(22, 22, 30)]), ("strava", &[hex(40, 40, 25)]), ("telnyx", &[url(59, 59, 30)]), ("tiingo", &[hex(40, 40, 25)]),
    ("todoist", &[hex(40, 40, 25)]), ("tomtom", &[low(32, 32, 30)]), ("trello", &[hex(32, 32, 25), hex(64, 64, 25)]), ("twelvedata", &[hex(32, 32, 25)]),
    ("twilio", &[hex(32, 32, 25)]), ("typesense", &[low(32, 32, 30)]), ("unsplash", &[url(43, 43, 30)]), ("uploadcare", &[hex(20, 20, 25)]),
    ("uptimerobot", &[url(36, 60, 30)]), ("urlscan", &[u()]), ("vercel", &[low(24, 24, 30)]), ("virustotal", &[hex(64, 64, 25)]),
    ("vonage", &[hex(8, 8, 20), low(16, 16, 30)]), ("vultr", &[upp(36, 36, 30)]), ("wakatime", &[u()]), ("wandb", &[hex(40, 40, 25)]), ("weatherapi", &[hex(31, 31, 25)]),
    ("weatherbit", &[hex(32, 32, 25)]), ("weatherstack", &[hex(32, 32, 25)]), ("webflow", &[hex(64, 64, 25)]), ("wit", &[upp(32, 32, 30), low(32, 32, 30)]),
    ("yelp", &[url(128, 128, 30)]), ("youneedabudget ynab", &[url(43, 43, 30)]), ("zoom", &[low(22, 22, 30), low(32, 32, 30)]), ("toggl", &[hex(32, 32, 25)]),
    ("tmdb themoviedb", &[hex(32, 32, 25)]), ("datagov nasa_api", &[low(40, 40, 30)]),
];

/// Vendors of whose keys no more is known than that they are random.
#[rustfmt::skip]
pub(super) const GENERIC: &[&str] = &[
    "github", "gitlab", "binance", "bybit", "kaggle", "openrouter", "anthropic", "huggingface", "replicate", "perplexity", "grafana", "pulumi",
    "terraform", "jenkins", "sonarqube", "sonarcloud", "stripe", "shopify", "sendgrid", "mongodb", "supabase", "appwrite", "firebase", "digitalocean",
    "namecheap", "godaddy", "gandi", "porkbun", "typeform", "surveymonkey", "calendly", "bitwarden", "crowdstrike", "auth0_client", "databricks", "snowflake",
    "elastic_cloud", "fivetran", "airbyte", "paypal", "adyen", "mollie", "paddle", "chargebee", "recurly", "xero", "quickbooks", "freshdesk",
    "freshservice", "hubspot_app", "pipefy", "monday_api", "smartsheet", "asana_app", "todoist_app", "basecamp", "zapier", "intercom_app", "drift_api", "helpscout",
    "gorgias", "kustomer", "statuspage", "statuscake", "pingdom", "logdna", "papertrail_api", "logz", "splunk", "honeycomb", "lightstep", "instana",
    "appdynamics", "mux", "vimeo", "brightcove", "algolia_admin", "meilisearch", "elasticsearch", "redis_cloud", "upstash",
];
