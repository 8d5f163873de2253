//! `live-value-refused`: a value that stands live, that the files do not declare, and that no write may carry.

use super::asked::Asked;
use super::rule::InResult;
use super::{AskedAbout, Breach, Resulting, Rule};
use crate::domain::{Button, LeadsTo, title_flaw};

pub(super) const RULE: Rule = Rule::error(
    "live-value-refused",
    "a button must be written, and a part of it that the files leave alone is one that the live system refuses",
    "A button is written whole. What the files do not declare is sent back as it stands, and a live system may show \
     what it no longer takes: a title of more than 40 characters, a target that is none. The write would be refused \
     after others of the same clinic were done, so none is begun.\n\n\
     Guilty, where the live button has a Swedish title of 57 characters:\n\n    - {id: book, active: false}\n\n\
     Declare the part as well, so that the write mends it: `title: {sv: Boka tid}`. Or mend it in the console.",
)
.in_result(InResult::Saying(of_clinic));

fn of_clinic(resulting: &Resulting<'_>, breaches: &mut Vec<Breach>) {
    let (asked, live) = (Asked::wanted(resulting), &resulting.live.state);
    for button in &resulting.wanted.buttons {
        // Everything that the files declare has its form, so what has none was copied from the live button.
        if live.button(&button.id) != Some(button) {
            of_button(&asked, button, breaches);
        }
    }
}

fn of_button(asked: &Asked<'_>, button: &Button, breaches: &mut Vec<Breach>) {
    let Button { id, leads_to, title, active: _, shown_in: _ } = button;
    let mut report = |thing: AskedAbout, part: String, field: &str| {
        let message = format!("the button `{id}` has to be written, and {part}, which the live system refuses");
        let breach = RULE.breach(thing, asked.button_place(id), message);
        breaches.push(breach.help(format!("declare `{field}` of the button too, or mend it in the console")));
    };
    for (language, text) in title {
        if let Some(flaw) = title_flaw(text) {
            let part = format!("its live title in `{language}` {flaw}");
            report(AskedAbout::Title(id.clone(), language.clone()), part, &format!("title.{language}"));
        }
    }
    if title.is_empty() {
        report(AskedAbout::Button(id.clone()), "it has no title in any language".to_owned(), "title");
    }
    if let LeadsTo::Other(target) = leads_to {
        report(AskedAbout::Button(id.clone()), format!("it leads to `{target}`"), "leads_to");
    }
}
