//! Masking as the app works with it: the admin's rules opened, a masker by them for each request, the check that no
//! planted value leaves, the counts of what left, and the admin's page. What is found and how is [`crate::privacy`]'s.
//!
//! | file | what |
//! |---|---|
//! | `rules` | the rules of this installation, and a masker for texts of given places |
//! | `gate` | requests that may leave |
//! | `store` | where the two sealed records lie |
//! | `admin` | the admin page's section: read and change the rules |
//! | `words` | own words, phrases and patterns |
//! | `canaries` | planted values |
//! | `containers` | the class of each project and space |
//! | `shown` | the section's view |
//! | `trial` | what would be masked in a text |
//! | `findings` | personal data in a ticket, by kind and count |

mod admin;
mod canaries;
mod containers;
mod findings;
mod gate;
mod rules;
mod shown;
mod store;
mod trial;
mod words;

pub(crate) use admin::{open, reset, set_kind};
pub(crate) use canaries::{plant, remove as remove_canary};
pub(crate) use containers::{list as containers, set as set_class};
pub(crate) use findings::findings;
pub(crate) use gate::Cleared;
pub(crate) use rules::Rules;
pub(crate) use trial::attempt;
pub(crate) use words::{add as add_word, remove as remove_word};
