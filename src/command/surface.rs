//! The verb `surface`: everything the app can ask of the products and the network, from the tables the code itself uses.
//! The manifest's scopes and hosts are compared with it.

use serde::{Deserialize, Serialize};

use super::refused::Refused;
use crate::flow::route;
use crate::product::{AS_APP, SURFACE};
use crate::protocol::{Actor, Method, Product};

/// A line of `surface`: nothing to say.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SurfaceIn {}

/// The app's reach.
#[derive(Serialize)]
pub struct SurfaceOut {
    operations: Vec<OperationOut>,
    hosts: Vec<String>,
}

#[derive(Serialize)]
struct OperationOut {
    product: Product,
    method: Method,
    pattern: &'static str,
    r#as: Actor,
    scopes: [&'static str; 1],
}

/// Lists the app's reach.
///
/// # Errors
/// None; the type is that of every verb.
pub fn surface(_: SurfaceIn) -> Result<SurfaceOut, Refused> {
    let as_user = SURFACE.iter().map(|endpoint| (endpoint, Actor::User));
    let operations =
        as_user.chain(AS_APP.iter().map(|endpoint| (endpoint, Actor::App))).map(|(endpoint, actor)| OperationOut {
            product: endpoint.product,
            method: endpoint.method,
            pattern: endpoint.pattern,
            r#as: actor,
            scopes: [endpoint.scope],
        });
    Ok(SurfaceOut { operations: operations.collect(), hosts: route::hosts() })
}
