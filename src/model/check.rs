//! What content a system refuses: titles of the wrong length, an order that is no permutation, and people who are
//! added to a list though they may not message.

use super::Fault;
use crate::domain::{Access, Button, ButtonId, ClinicState, Directory, StaffId, TITLE_MAX};
use crate::plan::Write;
use std::collections::BTreeSet;

/// Everything that is wrong with the content of `write`; nothing if it can be accepted.
pub(super) fn faults(write: &Write, state: &ClinicState, directory: &Directory) -> Vec<Fault> {
    match write {
        Write::PutDirection { direction, to } => {
            added(&state.direction(*direction).accessible_to, &to.accessible_to, directory)
        }
        Write::PutButton(button) => titles(button),
        Write::DeleteButton(_) => Vec::new(),
        Write::PutOrder(order) => permutation(order, state),
    }
}

/// Whoever is in `after` and was not in `before` must be an active professional of the clinic. Whoever stands in the
/// list already may stay, leavers too.
fn added(before: &Access, after: &Access, directory: &Directory) -> Vec<Fault> {
    let Access::Listed(people) = after else { return Vec::new() };
    let stays = |id: &StaffId| matches!(before, Access::Listed(stood) if stood.contains(id));
    let may = |id: &StaffId| directory.get(id).is_some_and(|member| member.may_message());
    let wrong = people.iter().enumerate().filter(|(_, id)| !stays(id) && !may(id));
    wrong
        .map(|(at, id)| Fault {
            pointer: format!("/accessible_to/{at}"),
            detail: format!("`{id}` is no active healthcare professional of this clinic"),
        })
        .collect()
}

fn titles(button: &Button) -> Vec<Fault> {
    let long = button.title.iter().filter(|(_, text)| !(1..=TITLE_MAX).contains(&text.chars().count()));
    long.map(|(language, _)| Fault {
        pointer: format!("/title/{language}"),
        detail: format!("a title has 1 to {TITLE_MAX} characters"),
    })
    .collect()
}

fn permutation(order: &[ButtonId], state: &ClinicState) -> Vec<Fault> {
    let named: BTreeSet<_> = order.iter().collect();
    let standing: BTreeSet<_> = state.buttons.iter().map(|button| &button.id).collect();
    if named == standing && named.len() == order.len() {
        return Vec::new();
    }
    vec![Fault {
        pointer: "/order".to_owned(),
        detail: "the order must name exactly the clinic's buttons, each once".to_owned(),
    }]
}
