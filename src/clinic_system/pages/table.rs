//! All pages: the areas, each with its own rows.

use super::route::PageRoute;
use super::{accounts, asset, console, home, password, patient, set_up, sign_in, work};

const AREAS: &[&[PageRoute]] = &[
    home::ROUTES,
    asset::ROUTES,
    sign_in::ROUTES,
    set_up::ROUTES,
    password::ROUTES,
    accounts::ROUTES,
    console::ROUTES,
    patient::ROUTES,
    work::ROUTES,
];

/// Every page of the system, and everything that its forms do.
pub fn pages() -> impl Iterator<Item = &'static PageRoute> {
    AREAS.iter().copied().flatten()
}
