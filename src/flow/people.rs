//! Whom an issue or a page names: the host's own fields, mentions and authors, and the names of those who are given by
//! account id alone. It finds no name in running text: that is the privacy room's work.
//!
//! INVARIANT: a text that names an account leaves only after the account's name was asked for: [`named`] fails when the site
//! does not answer, and whoever wants to send something stops there. An account that is gone has no name; that is no failure.

use std::collections::{BTreeMap, BTreeSet};

use super::read::adf;
use super::session::Session;
use super::stop::Stop;
use super::task::together;
use crate::content::{self, Block};
use crate::policy::AsApp;
use crate::product::confluence::{self, Known, PageRead};
use crate::product::{Unanswered, jira};
use crate::protocol::{Fault, Refusal};
use crate::record::Person;

/// What was asked of accounts in this invocation: their names, or that the site knows none.
pub(super) type Asked = BTreeMap<String, Option<Known>>;

/// Everybody an issue names in its fields, its comments and their mentions, and the comments that came apart from it.
pub(crate) fn of_issue(fields: &jira::Fields, more: &[jira::Comment]) -> Vec<Person> {
    let comments = || fields.comment.iter().flat_map(|comments| &comments.comments).chain(more);
    let named = [("reporter", &fields.reporter), ("assignee", &fields.assignee), ("creator", &fields.creator)];
    let own = named.into_iter().filter_map(|(role, person)| identity(person.as_ref()?, role));
    let authors = comments().filter_map(|comment| identity(comment.author.as_ref()?, "commenter"));
    let mut people: Vec<Person> = own.chain(authors).collect();
    let known: BTreeSet<String> = people.iter().filter_map(|person| person.account_id.clone()).collect();
    let bodies = fields.description.iter().chain(comments().filter_map(|comment| comment.body.as_ref()));
    let mentions = bodies.filter_map(|body| adf(body).ok()).flat_map(|document| mentioned(&document.blocks));
    // The name of a field is the site's own: it need not be asked for.
    let is_known = |person: &Person| person.account_id.as_ref().is_some_and(|id| known.contains(id));
    people.extend(mentions.filter(|person| !(person.name.is_empty() && is_known(person))));
    people
}

/// Everybody a page of these blocks names: who made it, who wrote this version of it, and whom it mentions or points to.
pub(crate) fn of_page<'b>(page: &PageRead, blocks: impl IntoIterator<Item = &'b Block>) -> Vec<Person> {
    let authors = [("author", &page.author_id), ("editor", &page.version.author_id)];
    let authors = authors.into_iter().filter_map(|(role, id)| Some(unnamed(id.clone()?, Some(role))));
    let linked = content::accounts(page.storage()).map(|id| unnamed(id.to_owned(), None));
    let mut people: Vec<Person> = authors.chain(linked).chain(mentioned(blocks)).collect();
    people.sort();
    people.dedup();
    people
}

/// Gives everybody who is known by an account id alone the names the site has for it: as the person at the page, or by the
/// right to read as the app.
///
/// # Errors
/// [`Refusal::NamesHidden`] when the site does not say, and what the product says when it does not answer.
pub(crate) async fn named(
    session: &Session,
    right: Option<&AsApp<'_>>,
    people: Vec<Person>,
) -> Result<Vec<Person>, Stop> {
    let wanted =
        people.iter().filter(|person| person.name.is_empty()).filter_map(|person| person.account_id.as_deref());
    let wanted: BTreeSet<&str> = wanted.filter(|id| is_account_id(id)).collect();
    ask(session, right, wanted).await?;
    let asked = session.asked.borrow();
    let mut named = Vec::with_capacity(people.len());
    for person in people {
        let found = person.account_id.as_ref().filter(|_| person.name.is_empty()).and_then(|id| asked.get(id));
        let Some(known) = found.and_then(Option::as_ref) else {
            named.push(person);
            continue;
        };
        let email = known.email().map(str::to_owned);
        named.extend(known.names().map(|name| Person {
            name: name.to_owned(),
            email: email.clone(),
            ..person.clone()
        }));
    }
    named.sort();
    named.dedup();
    Ok(named)
}

/// Asks for the accounts that were not asked for yet, so many at a time as the product answers.
async fn ask(session: &Session, right: Option<&AsApp<'_>>, wanted: BTreeSet<&str>) -> Result<(), Stop> {
    let new: Vec<&str> = wanted.into_iter().filter(|id| !session.asked.borrow().contains_key(*id)).collect();
    for some in new.chunks(confluence::NAMED * AT_ONCE) {
        let calls = some.chunks(confluence::NAMED).map(|ids| look_up(session, right, ids));
        for found in together(calls.collect()).await {
            let found = found?.into_iter().map(|known| (known.account_id.clone(), Some(known)));
            session.asked.borrow_mut().extend(found);
        }
    }
    let mut asked = session.asked.borrow_mut();
    for id in new {
        asked.entry(id.to_owned()).or_insert(None);
    }
    Ok(())
}

async fn look_up(session: &Session, right: Option<&AsApp<'_>>, ids: &[&str]) -> Result<Vec<Known>, Stop> {
    let call = confluence::users(ids);
    let answer = match right {
        Some(right) => session.ask_as_app(right, call).await?,
        None => session.ask(call).await?,
    };
    confluence::read_users(&answer).map_err(hidden)
}

/// What it is when no names are to be had. Nothing is missing that the asking one could name, so it is no "not found".
fn hidden(why: Unanswered) -> Stop {
    match why {
        Unanswered::Forbidden | Unanswered::Missing => Refusal::NamesHidden.into(),
        Unanswered::Conflict
        | Unanswered::Rejected
        | Unanswered::TooLarge
        | Unanswered::Unavailable
        | Unanswered::Malformed => Fault::ProductUnavailable.into(),
    }
}

fn identity(person: &jira::Person, role: &str) -> Option<Person> {
    Some(Person {
        account_id: person.account_id.clone(),
        name: person.display_name.clone().filter(|name| !name.trim().is_empty())?,
        email: person.email_address.clone(),
        role: Some(role.to_owned()),
    })
}

/// What a mention shows is what somebody wrote there; the account's own name is another thing.
fn mentioned<'b>(blocks: impl IntoIterator<Item = &'b Block>) -> Vec<Person> {
    let named = content::mentions(blocks).into_iter().flat_map(|mention| {
        let shown = mention.text.trim_start_matches('@').trim().to_owned();
        let account = mention.account_id.clone().map(|id| unnamed(id, None));
        let shown = (!shown.is_empty()).then_some(Person {
            account_id: mention.account_id,
            name: shown,
            email: None,
            role: None,
        });
        shown.into_iter().chain(account)
    });
    named.collect()
}

fn unnamed(account_id: String, role: Option<&str>) -> Person {
    Person { account_id: Some(account_id), name: String::new(), email: None, role: role.map(str::to_owned) }
}

/// Whether it has an account id's form: letters, digits, colons, hyphens and underscores, 128 at most. What has not is no account's.
fn is_account_id(id: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b':' | b'-' | b'_');
    !id.is_empty() && id.len() <= 128 && id.bytes().all(fits)
}

/// Look-ups at a time: a page may hold as many ids as somebody cares to write.
const AT_ONCE: usize = 4;
