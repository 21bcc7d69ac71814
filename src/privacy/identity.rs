//! Persons the host names in its own fields (reporter, assignee, mentions, authors), and the forms a text may use for them.
//! It does not search; [`super::detector::person`] does.

/// One person: whatever form a text uses, the token carries one number.
#[derive(Clone, Default)]
pub struct Identity {
    /// The host's account id, where known; two identities of one id are one person.
    pub id: Option<String>,
    /// The forms to look for. See [`Identity::forms_of`].
    pub forms: Vec<String>,
    /// What the person is in this request ("reporter"); goes to the model as a legend, never into the token.
    pub role: Option<String>,
}

impl Identity {
    /// An identity from a display name and, where the host tells it, an e-mail address.
    pub fn named(display_name: &str, email: Option<&str>) -> Identity {
        Identity { id: None, forms: Identity::forms_of(display_name, email), role: None }
    }

    /// The forms a text may use for a person.
    pub fn forms_of(display_name: &str, _email: Option<&str>) -> Vec<String> {
        vec![display_name.to_owned()]
    }
}
