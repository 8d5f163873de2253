//! `unknown-person`: a list names somebody whom the clinic does not have.

use super::Rule;

pub(super) const RULE: Rule = Rule::error(
    "unknown-person",
    "a listed person is not in the directory of the clinic, or could be several people",
    "A colleague who should answer patients would silently be left out. The usual causes are a typing error, a new \
     e-mail address, and somebody who works at another clinic.\n\n\
     Guilty, where the directory has karin.holm@norrtull.example:\n\n    \
     accessible_to: [karin.holm@nortull.example]\n\n\
     Use the spelling that the directory has; the finding names a near one where there is one. Where a spelling means \
     several people, use the staff id. A member of a group may work elsewhere: that is a warning, and only where none of \
     the clinics that were read knows the person.",
);
