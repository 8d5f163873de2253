//! The API: one table of routes, from which the router and the OpenAPI document are both built, so that no route can
//! be without its scope or its description.

mod answer;
mod app;
pub mod bodies;
mod body;
mod call;
mod conversations;
mod json;
mod openapi;
mod operations;
mod page;
mod problem;
mod query;
mod reads;
mod route;
mod router;
mod shape;
mod snapshot;
mod table;
mod writes;

pub(crate) use app::App;
pub(crate) use body::let_it_end;
pub use openapi::openapi;
pub(crate) use query::well_encoded;
pub use route::Route;
pub(crate) use router::{router, unknown, unreadable};
pub(crate) use shape::button as shape_of_button;
pub use table::routes;
