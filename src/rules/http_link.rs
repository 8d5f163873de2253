//! `http-link`: a button that leads to an unprotected page.

use super::Rule;

pub(super) const RULE: Rule = Rule::error(
    "http-link",
    "a link that is not https",
    "On the way to a page without https anybody can read what a patient looks for, and put another page in its place.\n\n\
     Guilty:\n\n    - {id: advice, leads_to: \"link:http://advice.example\"}\n\n\
     Write `https://`, after trying that the page answers there. A link may hold neither user nor password. A link that \
     already stands in the live system is a warning as long as the files do not activate its button.",
);
