//! The admin's rules for models, how the routes are, and the comparison of models on our own tickets.
//! Connecting a route is elsewhere; what follows from the rules is [`crate::policy::route`]'s.
//!
//! | file | what |
//! |---|---|
//! | `rules` | fallbacks, classes, the month's tokens |
//! | `shown` | the section's view |
//! | `bakeoff` | a comparison: started, gone on with in events, cancelled |
//! | `baking` | one task of it |

mod bakeoff;
mod baking;
mod rules;
mod shown;

pub(crate) use bakeoff::{cancel, go_on, latest, start};
pub(crate) use rules::{set_budget, set_class, set_fallback};
pub(crate) use shown::{health, open};
