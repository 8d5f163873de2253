//! Conversations on PostgreSQL: the scenarios that depend on what the database does.

use super::{SEED, handover, keys, lists};
use crate::reference::world::World;
use crate::support::postgres;
use clinic_system::Limits;

async fn start() -> World {
    World::on_postgres(&postgres::database(), SEED, Limits::default()).await
}

#[tokio::test]
async fn lists_are_the_same_on_postgres() {
    lists::finding(start().await).await;
    lists::paging(start().await).await;
}

#[tokio::test]
async fn handing_over_is_the_same_on_postgres() {
    handover::going(start().await).await;
    handover::deciding(start().await).await;
}

#[tokio::test]
async fn keys_hold_on_postgres() {
    keys::starting_once(start().await).await;
    keys::saying_once(start().await).await;
    keys::at_once(start().await).await;
}
