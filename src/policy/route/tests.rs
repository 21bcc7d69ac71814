use super::*;
use crate::provider::{Route, RouteFields};
use crate::random::Xorshift;
use crate::record::Breaker;

fn route(provider: &str, region: Option<&str>, endpoint: Option<&str>) -> Route {
    let fields = RouteFields {
        provider: provider.to_owned(),
        model: "model".to_owned(),
        region: region.map(str::to_owned),
        project: (provider == "vertex").then(|| "project".to_owned()),
        endpoint: endpoint.map(str::to_owned),
        ..RouteFields::default()
    };
    Route::parse(&fields).unwrap()
}

#[track_caller]
fn lies_in(provider: &str, region: Option<&str>, endpoint: Option<&str>, expected: &str) {
    assert_eq!(boundary(&route(provider, region, endpoint)).as_str(), expected, "{provider} {region:?}");
}

#[test]
fn knows_where_each_route_is_processed() {
    lies_in("vertex", Some("eu"), None, "eu");
    lies_in("vertex", Some("europe-west1"), None, "eu");
    lies_in("vertex", Some("europe-west12"), None, "eu");
    lies_in("vertex", Some("us"), None, "us");
    lies_in("vertex", Some("us-central1"), None, "us");
    lies_in("vertex", Some("global"), None, "global");
    lies_in("gemini", None, None, "global");
    lies_in("openai", None, None, "global");
    lies_in("openai", Some("eu"), None, "eu");
    lies_in("openai", Some("jp"), None, "jp");
    lies_in("openai-compatible", None, Some("https://llm.example/v1"), "own:llm.example");
}

#[test]
fn london_and_zurich_are_not_in_the_union() {
    lies_in("vertex", Some("europe-west2"), None, "europe-west2");
    lies_in("vertex", Some("europe-west6"), None, "europe-west6");
    lies_in("vertex", Some("asia-northeast1"), None, "asia-northeast1");
}

const KNOWN: Facts = Facts { input: Some(10_000), is_gone: false, embeds: true };
const NEED: Need = Need::Text { input: 1_000, output: 1_000 };

/// r1 and r2 in the EU, r3 anywhere, r4 on a server of the customer's.
struct Site {
    routes: Vec<Route>,
    facts: Vec<Facts>,
    health: Vec<Option<Health>>,
    classes: BTreeMap<DataClass, BTreeSet<Boundary>>,
    fallbacks: Vec<(RouteId, RouteId)>,
    monthly: Option<u64>,
    spent: u64,
    chosen: usize,
}

const NAMES: [&str; 4] = ["r1", "r2", "r3", "r4"];

fn id(number: usize) -> RouteId {
    RouteId::new(u32::try_from(number).unwrap())
}

fn site() -> Site {
    Site {
        routes: vec![
            route("vertex", Some("eu"), None),
            route("openai", Some("eu"), None),
            route("openai", None, None),
            route("openai-compatible", None, Some("https://llm.example/v1")),
        ],
        facts: vec![KNOWN; 4],
        health: vec![None; 4],
        classes: BTreeMap::new(),
        fallbacks: Vec::new(),
        monthly: None,
        spent: 0,
        chosen: 0,
    }
}

impl Site {
    fn decide(&self, classes: &[DataClass], need: Need) -> Result<Choice, No> {
        let order = std::iter::once(self.chosen).chain((0..4).filter(|at| *at != self.chosen));
        let candidates: Vec<Candidate<'_>> = order
            .map(|at| Candidate {
                name: NAMES[at],
                id: Some(id(at + 1)),
                route: &self.routes[at],
                facts: self.facts[at],
                health: self.health[at].as_ref(),
            })
            .collect();
        let rules =
            Rules { classes: &self.classes, fallbacks: &self.fallbacks, monthly: self.monthly, spent: self.spent };
        let classes: BTreeSet<DataClass> = classes.iter().copied().collect();
        decide(&Asked { classes: &classes, need, now: Millis(1_000) }, &rules, &candidates)
    }

    fn names(&self, classes: &[DataClass]) -> Result<Vec<String>, No> {
        let choice = self.decide(classes, NEED)?;
        Ok(std::iter::once(&choice.first).chain(&choice.then).map(|allowed| allowed.name.clone()).collect())
    }

    fn rests(mut self, at: usize, until: u64) -> Site {
        let breaker = Breaker::Open { until: Millis(until), times: 1 };
        self.health[at] = Some(Health { breaker, ..Health::default() });
        self
    }

    fn allows(mut self, class: DataClass, boundaries: &[&str]) -> Site {
        self.classes.insert(class, boundaries.iter().map(|name| Boundary::parse(name).unwrap()).collect());
        self
    }

    fn pairs(mut self, pairs: &[(usize, usize)]) -> Site {
        self.fallbacks = pairs.iter().map(|(from, to)| (id(*from), id(*to))).collect();
        self
    }
}

#[test]
fn takes_the_chosen_route_and_no_other_by_itself() {
    assert_eq!(site().names(&[DataClass::Restricted]), Ok(vec!["r1".to_owned()]));
    let open = site().rests(0, 9_000);
    assert_eq!(open.names(&[]), Err(No::Resting(Rests { until: Millis(9_000) })));
}

/// Ledger: SY-12, ES-29.
#[test]
fn falls_back_along_an_allowed_pair_inside_the_boundary_alone() {
    let pairs = [(1, 2), (1, 3), (1, 4), (2, 4), (3, 1), (1, 1)];
    assert_eq!(site().pairs(&pairs).names(&[]), Ok(vec!["r1".to_owned(), "r2".to_owned()]));
    assert_eq!(site().pairs(&pairs).rests(0, 9_000).names(&[]), Ok(vec!["r2".to_owned()]));
    assert_eq!(site().pairs(&[(2, 1)]).names(&[]), Ok(vec!["r1".to_owned()]), "a pair has a direction");
    let mut third = site().pairs(&[(3, 1), (3, 2)]);
    third.chosen = 2;
    assert_eq!(third.names(&[]), Ok(vec!["r3".to_owned()]), "from anywhere into the union is another boundary");
}

/// Every class of the text has to allow it; the strictest that does not is named.
#[test]
fn refuses_what_a_class_may_not_leave_for() {
    let site = site().allows(DataClass::Internal, &["eu", "global"]).allows(DataClass::Restricted, &["atlassian"]);
    let eu = Boundary::parse("eu").unwrap();
    assert!(site.names(&[DataClass::Internal]).is_ok());
    assert!(site.names(&[DataClass::Public]).is_ok(), "no rule was made for it");
    assert!(site.names(&[]).is_ok(), "words of our own");
    let both = site.names(&[DataClass::Internal, DataClass::Restricted]);
    assert_eq!(both, Err(No::Class(DataClass::Restricted, eu)));
    let nowhere = self::site().allows(DataClass::Public, &[]);
    assert!(matches!(nowhere.names(&[DataClass::Public]), Err(No::Class(DataClass::Public, _))));
}

#[test]
fn refuses_when_the_month_is_used_up() {
    let mut site = site();
    site.monthly = Some(10_000);
    site.spent = 8_000;
    assert!(site.names(&[]).is_ok());
    site.spent = 8_001;
    let until = Millis(1_000).next_month();
    assert_eq!(site.names(&[]), Err(No::Budget { monthly: 10_000, spent: 8_001, until }));
}

#[test]
fn a_model_that_is_gone_too_small_or_cannot_is_left_out() {
    let mut site = site().pairs(&[(1, 2)]);
    site.facts[0].is_gone = true;
    assert_eq!(site.names(&[]), Ok(vec!["r2".to_owned()]));
    site.facts[1].input = Some(999);
    assert_eq!(site.names(&[]), Err(No::Gone));
    site.facts[0] = Facts { input: Some(999), ..KNOWN };
    assert_eq!(site.names(&[]), Err(No::TooLong));
    site.facts[0] = Facts { embeds: false, ..KNOWN };
    assert_eq!(site.decide(&[], Need::Vectors { tokens: 1 }).err(), Some(No::NoVectors));
}

#[test]
fn without_a_route_there_is_none() {
    let asked = Asked { classes: &BTreeSet::new(), need: NEED, now: Millis(0) };
    let rules = Rules { classes: &BTreeMap::new(), fallbacks: &[], monthly: None, spent: 0 };
    assert_eq!(decide(&asked, &rules, &[]), Err(No::NoRoute));
}

#[test]
fn says_who_may_change_what_forbids() {
    for (no, who, code) in [
        (No::NoRoute, Who::Admin, Refusal::NoRoute),
        (No::Class(DataClass::Public, Boundary::global()), Who::Admin, Refusal::ClassBoundary),
        (No::Gone, Who::Admin, Refusal::ModelGone),
        (No::Budget { monthly: 1, spent: 1, until: Millis(0) }, Who::Admin, Refusal::BudgetSpent),
        (No::TooLong, Who::Writer, Refusal::TooLarge),
        (No::Resting(Rests { until: Millis(0) }), Who::Time, Refusal::RouteResting),
    ] {
        assert_eq!((no.who(), no.refusal().0), (who, code));
    }
}

struct Random(Xorshift);

impl Random {
    fn below(&mut self, most: usize) -> usize {
        self.0.below(most)
    }

    fn site(&mut self) -> Site {
        let mut site = site();
        site.chosen = self.below(4);
        for at in 0..4 {
            site.routes[at] = match self.below(5) {
                0 => route("vertex", Some("eu"), None),
                1 => route("openai", Some("eu"), None),
                2 => route("gemini", None, None),
                3 => route("vertex", Some("us"), None),
                _ => route("openai-compatible", None, Some("https://llm.example/v1")),
            };
            site.facts[at].is_gone = self.below(6) == 0;
            if self.below(4) == 0 {
                site = site.rests(at, 500 + u64::try_from(self.below(2)).unwrap() * 1_000);
            }
        }
        for class in DataClass::ALL {
            if self.below(2) == 0 {
                let all = ["eu", "us", "global", "own:llm.example", "atlassian"];
                let some: Vec<&str> = all.into_iter().filter(|_| self.below(3) > 0).collect();
                site = site.allows(class, &some);
            }
        }
        let pairs: Vec<(usize, usize)> = (0..self.below(9)).map(|_| (1 + self.below(4), 1 + self.below(4))).collect();
        site = site.pairs(&pairs);
        site.monthly = (self.below(2) == 0).then_some(4_000);
        site.spent = u64::try_from(self.below(3_000)).unwrap();
        site
    }

    fn classes(&mut self) -> Vec<DataClass> {
        DataClass::ALL.into_iter().filter(|_| self.below(2) == 0).collect()
    }
}

/// Ledger: SY-12, ES-31.
#[test]
fn no_route_outside_the_allowed_boundaries_is_ever_chosen() {
    let mut random = Random(Xorshift::seeded(1));
    let mut chosen = 0;
    for _ in 0..20_000 {
        let (site, classes) = (random.site(), random.classes());
        let Ok(choice) = site.decide(&classes, NEED) else { continue };
        let home = boundary(&site.routes[site.chosen]);
        for allowed in std::iter::once(&choice.first).chain(&choice.then) {
            chosen += 1;
            let lies = boundary(allowed.route());
            assert_eq!(lies, home);
            assert!(classes.iter().all(|class| site.classes.get(class).is_none_or(|set| set.contains(&lies))));
            let at = NAMES.iter().position(|name| *name == allowed.name()).unwrap();
            let pair = (id(site.chosen + 1), id(at + 1));
            assert!(at == site.chosen || site.fallbacks.contains(&pair));
            assert!(!site.facts[at].is_gone);
        }
        assert!(site.monthly.is_none_or(|most| site.spent + 2_000 <= most));
    }
    assert!(chosen > 5_000, "{chosen}");
}

#[test]
fn removing_a_permission_never_adds_a_route() {
    let mut random = Random(Xorshift::seeded(2));
    for _ in 0..20_000 {
        let (mut site, classes) = (random.site(), random.classes());
        let before = site.names(&classes).unwrap_or_default();
        match random.below(4) {
            0 => {
                if !site.fallbacks.is_empty() {
                    site.fallbacks.remove(random.below(site.fallbacks.len()));
                }
            }
            1 => {
                let class = DataClass::ALL[random.below(4)];
                let set = site.classes.entry(class).or_insert_with(|| {
                    ["eu", "us", "global", "own:llm.example"].map(|name| Boundary::parse(name).unwrap()).into()
                });
                set.pop_first();
            }
            2 => site.monthly = Some(site.monthly.map_or(3_000, |most| most - 500)),
            _ => {
                let at = random.below(4);
                site = site.rests(at, 9_000);
            }
        }
        let after = site.names(&classes).unwrap_or_default();
        assert!(after.iter().all(|name| before.contains(name)), "{before:?} {after:?}");
    }
}
