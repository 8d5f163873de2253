//! The professionals' pages: the conversations that they may see, and what they may do in them. Whatever they may not
//! do is said with the setting that forbids it, in the words of the console.

mod conversation;
mod handover;
mod list;
mod new;
mod worker;

use super::route::Needs::Professional;
use super::route::PageRoute;
use futures_util::FutureExt;

pub(super) const ROUTES: &[PageRoute] = &[
    PageRoute::get("/work", Professional, |call| list::show(call).boxed()),
    PageRoute::get("/work/{clinic}/new", Professional, |call| new::show(call).boxed()),
    PageRoute::post("/work/{clinic}/new/patient", Professional, |call| new::to_patient(call).boxed()),
    PageRoute::post("/work/{clinic}/new/clinic", Professional, |call| new::to_clinic(call).boxed()),
    PageRoute::get("/work/{clinic}/conversations/{conversation}", Professional, |call| {
        conversation::show(call).boxed()
    }),
    PageRoute::post("/work/{clinic}/conversations/{conversation}", Professional, |call| {
        conversation::reply(call).boxed()
    }),
    PageRoute::post("/work/{clinic}/conversations/{conversation}/handover", Professional, |call| {
        handover::hand_over(call).boxed()
    }),
];
