//! `listed-twice`: the same person stands twice in one list.

use super::Rule;

pub(super) const RULE: Rule = Rule::error(
    "listed-twice",
    "the same person, title or group twice in one list",
    "Whoever takes one of the two lines out believes that the access is gone. It is not.\n\n\
     Guilty, where both lines mean Karin Holm:\n\n    \
     accessible_to:\n      - karin.holm@norrtull.example\n      - SE2321000131-N1001\n\n\
     Keep one of the lines. Being listed by name and also through a group or a title is fine: these are two reasons, and \
     each can end on its own.",
);
