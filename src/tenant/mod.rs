//! Installation and principal: values that only the context parser can make.
//! It reads the platform's context, never a caller's payload.

use crate::protocol::{Environment, Extension, Fault, Product, RawContext, Refusal, Source};
use crate::vault::TenantContext;

/// An installation of the app on a site.
#[derive(Debug, Clone)]
pub struct Tenant {
    cloud_id: String,
    installation_id: String,
    environment_id: String,
    environment: Environment,
    site_url: String,
}

impl Tenant {
    /// The site.
    #[must_use]
    pub fn cloud_id(&self) -> &str {
        &self.cloud_id
    }

    /// Whether this is a developer's environment.
    #[must_use]
    pub fn is_development(&self) -> bool {
        self.environment == Environment::Development
    }

    /// The site's address without a slash at its end; empty when the platform did not say it.
    #[must_use]
    pub fn site_url(&self) -> &str {
        &self.site_url
    }

    /// What every sealed value is bound to.
    #[must_use]
    pub fn sealing(&self) -> TenantContext<'_> {
        TenantContext {
            cloud_id: &self.cloud_id,
            installation_id: &self.installation_id,
            environment_id: &self.environment_id,
        }
    }
}

/// The person at the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    account_id: String,
}

impl User {
    /// The platform's id; never a name or address.
    #[must_use]
    pub fn account_id(&self) -> &str {
        &self.account_id
    }
}

/// One invocation: whose, from where, opened on what.
#[derive(Debug, Clone)]
pub struct Invocation {
    /// The installation.
    pub tenant: Tenant,
    /// Where it comes from.
    pub source: Source,
    /// The product of the page.
    pub product: Option<Product>,
    /// What the page was opened on.
    pub extension: Extension,
    user: Option<User>,
}

impl Invocation {
    /// Reads the platform's context.
    ///
    /// # Errors
    /// [`Fault::Internal`] when the platform names no site or installation, or a UI call no user.
    pub fn parse(raw: RawContext) -> Result<Self, Fault> {
        let present = |value: Option<String>| value.filter(|v| !v.is_empty() && v.len() <= 512).ok_or(Fault::Internal);
        let user = match (raw.source, raw.account_id) {
            (Source::Ui, Some(account_id)) if !account_id.is_empty() => Some(User { account_id }),
            (Source::Ui, _) => return Err(Fault::Internal),
            _ => None,
        };
        Ok(Invocation {
            tenant: Tenant {
                cloud_id: present(raw.cloud_id)?,
                installation_id: present(raw.installation_id)?,
                environment_id: present(raw.environment_id)?,
                environment: raw.environment_type.unwrap_or(Environment::Production),
                site_url: raw.site_url.map(|url| url.trim_end_matches('/').to_owned()).unwrap_or_default(),
            },
            source: raw.source,
            product: raw.product,
            extension: raw.extension,
            user,
        })
    }

    /// The person at the page.
    ///
    /// # Errors
    /// [`Refusal::NotAllowedHere`] for an invocation without one.
    pub fn user(&self) -> Result<&User, Refusal> {
        self.user.as_ref().ok_or(Refusal::NotAllowedHere)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn raw(source: Source, account: Option<&str>) -> RawContext {
        RawContext {
            source,
            product: None,
            cloud_id: Some("c".to_owned()),
            installation_id: Some("i".to_owned()),
            environment_id: Some("e".to_owned()),
            environment_type: None,
            account_id: account.map(str::to_owned),
            site_url: Some("https://site.example/".to_owned()),
            module_key: None,
            locale: None,
            extension: Extension::default(),
        }
    }

    #[test]
    fn a_page_call_without_a_user_is_refused() {
        assert!(Invocation::parse(raw(Source::Ui, None)).is_err());
        assert!(Invocation::parse(raw(Source::Ui, Some(""))).is_err());
    }

    #[test]
    fn an_event_has_no_user_even_if_the_context_names_one() {
        let invocation = Invocation::parse(raw(Source::Consumer, Some("a"))).unwrap();
        assert_eq!(invocation.user(), Err(Refusal::NotAllowedHere));
    }

    #[test]
    fn an_unknown_environment_counts_as_production() {
        assert!(!Invocation::parse(raw(Source::Ui, Some("a"))).unwrap().tenant.is_development());
    }

    #[test]
    fn a_context_without_a_site_is_refused() {
        let mut context = raw(Source::Ui, Some("a"));
        context.cloud_id = None;
        assert!(Invocation::parse(context).is_err());
    }
}
