//! `unused-list`: a list that has no effect.

use super::Rule;

pub(super) const RULE: Rule = Rule::warning(
    "unused-list",
    "a list is declared while the direction is off",
    "Whoever reads the file believes that these people can send or respond. They cannot, as long as the switch is off.\n\n\
     Guilty:\n\n    messaging:\n      incoming:\n        enabled: false\n        \
     accessible_to: [{group: triage-nurses}]\n\n\
     Switch the direction on, or take the list out until it is needed. Where the list is kept on purpose, for a pause \
     with a reopening, waive the rule and say until when.",
);
