//! Personal data and secrets in a ticket, by kind and count: in its title, texts, comments and names of attachments.
//! It says never which; and it counts every kind, also one that is not masked in the ticket's project.

use std::collections::BTreeMap;

use super::rules::Rules;
use crate::flow::people;
use crate::flow::session::Session;
use crate::flow::spot::Text;
use crate::flow::stop::Stop;
use crate::product::jira::Fields;

/// How many values of each kind are in a ticket the asking user has read.
///
/// # Errors
/// When the masking rules cannot be read: own words are a part of what is found.
pub(crate) async fn findings(
    session: &Session,
    fields: &Fields,
    texts: &[Text],
) -> Result<BTreeMap<String, u32>, Stop> {
    let people = people::of_issue(fields, &[]);
    let mut masker = Rules::open(session).await?.masker_of_all(&people);
    let texts: Vec<String> = fields
        .summary
        .iter()
        .cloned()
        .chain(texts.iter().map(|text| crate::content::print_markdown(&text.document)))
        .chain(fields.attachment.iter().map(|attachment| attachment.filename.clone()))
        .collect();
    texts.iter().for_each(|text| masker.learn(text));
    for text in &texts {
        let _ = masker.mask(text);
    }
    Ok(crate::flow::task_of::counts(&masker).collect())
}
