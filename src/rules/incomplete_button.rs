//! `incomplete-button`: a new button that is only half described.

use super::Rule;

pub(super) const RULE: Rule = Rule::error(
    "incomplete-button",
    "a button that does not exist yet lacks `leads_to` or `title`",
    "Of a button that exists, the files may declare any part and leave the rest alone. One that does not exist has no \
     rest: without a target and a text it cannot be created.\n\n\
     Guilty, where the clinic has no button `book`:\n\n    - {id: book, active: true}\n\n\
     Add `leads_to` and `title`, or correct the id if an existing button is meant.",
);
