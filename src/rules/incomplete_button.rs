//! `incomplete-button`: a new button that is only half described.

use super::rule::InResult;
use super::{AskedAbout, Breach, Resulting, Rule};
use crate::domain::DesiredButton;

pub(super) const RULE: Rule = Rule::error(
    "incomplete-button",
    "a button that does not exist yet lacks `leads_to` or `title`",
    "Of a button that exists, the files may declare any part and leave the rest alone. One that does not exist has no \
     rest: without a target and a text it cannot be created.\n\n\
     Guilty, where the clinic has no button `book`:\n\n    - {id: book, active: true}\n\n\
     Add `leads_to` and `title`, or correct the id if an existing button is meant.",
)
.in_result(InResult::Saying(of_clinic));

fn of_clinic(resulting: &Resulting<'_>, breaches: &mut Vec<Breach>) {
    let listed = resulting.desired.and_then(|desired| desired.buttons.as_ref()).map(|buttons| &buttons.listed);
    for button in listed.into_iter().flatten() {
        let Some(lacking) = lacking(button) else { continue };
        if resulting.live.state.button(&button.id).is_some() {
            continue;
        }
        let message = format!("the button `{}` does not exist yet and lacks {lacking}", button.id);
        let breach = RULE.breach(AskedAbout::Button(button.id.clone()), Some(button.place), message);
        breaches.push(breach.help("add what is lacking, or correct the id if an existing button is meant"));
    }
}

fn lacking(button: &DesiredButton) -> Option<&'static str> {
    match (button.leads_to.is_none(), button.title.is_empty()) {
        (true, true) => Some("`leads_to` and `title`"),
        (true, false) => Some("`leads_to`"),
        (false, true) => Some("`title`"),
        (false, false) => None,
    }
}
