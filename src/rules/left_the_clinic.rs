//! `left-the-clinic`: a list names somebody who no longer works there.

use super::Rule;

pub(super) const RULE: Rule = Rule::error(
    "left-the-clinic",
    "a listed person has left the clinic",
    "Whoever left must not read what patients write. And a list that still names them looks longer than it is, until the \
     last one who could answer is on holiday.\n\n\
     Guilty, where the directory says that Karin Holm is inactive:\n\n    \
     accessible_to: [karin.holm@norrtull.example, anna.berg@norrtull.example]\n\n\
     Delete the line. Where the live list holds the leaver already this is a warning, and the next write of the list \
     leaves them out.",
);
