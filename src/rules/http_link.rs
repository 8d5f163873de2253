//! `http-link`: a button that leads to an unprotected page.

use super::asked::Asked;
use super::rule::InResult;
use super::{AskedAbout, Breach, Rule};
use crate::domain::LeadsTo;

pub(super) const RULE: Rule = Rule::error(
    "http-link",
    "a link that is not https",
    "On the way to a page without https anybody can read what a patient looks for, and put another page in its place.\n\n\
     Guilty:\n\n    - {id: advice, leads_to: \"link:http://advice.example\"}\n\n\
     Write `https://`, after trying that the page answers there. A link may hold neither user nor password. A link that \
     already stands in the live system is a warning as long as the files do not activate its button.",
).in_result(InResult::State(in_state));

/// A live system can hold links that no file may say; patients meet those of active buttons.
fn in_state(asked: &Asked<'_>, breaches: &mut Vec<Breach>) {
    for button in asked.state.buttons.iter().filter(|button| button.active) {
        let LeadsTo::Other(target) = &button.leads_to else { continue };
        if !target.starts_with("link:") {
            continue;
        }
        let message = format!("the active button `{}` leads to `{target}`, which is no https address", button.id);
        let breach = RULE.breach(AskedAbout::Button(button.id.clone()), asked.button_place(&button.id), message);
        breaches.push(breach.help("declare `leads_to: link:https://...` with a host and without user or password"));
    }
}
