//! `not-a-professional`: a list names somebody who may not message.

use super::Rule;

pub(super) const RULE: Rule = Rule::error(
    "not-a-professional",
    "a listed person is no healthcare professional of the clinic",
    "Only healthcare professionals may read and write patients' messages. Somebody without that role at this clinic gets \
     nothing by being listed, and whoever wrote the list believes otherwise.\n\n\
     Guilty, where Bo Ek is a scheduler here:\n\n    accessible_to: [bo.ek@norrtull.example]\n\n\
     Name a colleague who has the role, or have the role given in the live system if it is missing by mistake.",
);
