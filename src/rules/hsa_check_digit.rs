//! `hsa-check-digit`: an HSA-id whose organisation number cannot be right.

use super::Rule;

pub(super) const RULE: Rule = Rule::warning(
    "hsa-check-digit",
    "the check digit of the organisation number in an HSA-id is wrong",
    "The ten digits after `SE` are an organisation number, and its last digit is computed from the others. Where it does \
     not fit, a digit was mistyped or two were swapped, and the line means nobody.\n\n\
     Guilty, because the organisation number would have to end in 1:\n\n    members: [SE2321000132-N1001]\n\n\
     Compare the id with the directory. Test systems use made-up ids; waive the rule there.",
);
