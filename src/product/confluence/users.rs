//! Names of people by their account ids: a page says of its authors and mentions the id alone.
//! It asks for no profile beyond name and address, and for nobody by name.

use serde::Deserialize;
use serde_json::json;

use super::endpoint;
use crate::product::{Endpoint, Unanswered, read};
use crate::protocol::Method;
use crate::protocol::op::{ProductAnswer, ProductCall};

/// `POST /wiki/api/v2/users-bulk`: people by their account ids, those the asking one may see.
pub const USERS: Endpoint = endpoint(Method::Post, "/wiki/api/v2/users-bulk", "read:user:confluence");

/// People asked for together, at most: fewer than the product answers with.
pub const NAMED: usize = 100;

/// Looks people up. Ids of people who are gone or hidden are passed over.
#[must_use]
pub fn users(account_ids: &[&str]) -> ProductCall {
    USERS.call(&[], &[], Some(json!({"accountIds": account_ids}).to_string()))
}

/// A person the product knows.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Known {
    /// The account id.
    pub account_id: String,
    /// As the site shows the person; none where they do not show it.
    #[serde(default)]
    display_name: Option<String>,
    /// What everybody sees of them.
    #[serde(default)]
    public_name: Option<String>,
    /// Empty where they do not show it.
    #[serde(default)]
    email: Option<String>,
}

impl Known {
    /// What texts call the person by, most telling first.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        let names = [&self.display_name, &self.public_name].into_iter().flatten();
        names.map(|name| name.trim()).filter(|name| !name.is_empty())
    }

    /// The e-mail address.
    #[must_use]
    pub fn email(&self) -> Option<&str> {
        self.email.as_deref().map(str::trim).filter(|email| !email.is_empty())
    }
}

/// Reads the answer of [`users`].
///
/// # Errors
/// As [`Unanswered`].
pub fn read_users(answer: &ProductAnswer) -> Result<Vec<Known>, Unanswered> {
    #[derive(Deserialize)]
    struct Body {
        results: Vec<Known>,
    }
    read(answer).map(|body: Body| body.results)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_who_hides_the_name_is_known_by_the_public_one() {
        let answer = |body: &str| ProductAnswer { status: 200, body: body.to_owned() };
        let known = read_users(&answer(
            r#"{"results":[{"accountId":"1","displayName":null,"publicName":"Zoe","email":""},
                {"accountId":"2","displayName":"Ann Lee","publicName":"Annie","email":"ann@example.com"}]}"#,
        ));
        let known = known.unwrap();
        let shown: Vec<_> = known.iter().map(|one| (one.names().collect::<Vec<_>>(), one.email())).collect();
        assert_eq!(shown, [(vec!["Zoe"], None), (vec!["Ann Lee", "Annie"], Some("ann@example.com"))]);
        assert_eq!(read_users(&answer("{}")).err(), Some(Unanswered::Malformed));
    }
}
