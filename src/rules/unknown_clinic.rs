//! `unknown-clinic`: the files name a clinic that the live system does not have.

use super::Rule;

pub(super) const RULE: Rule = Rule::error(
    "unknown-clinic",
    "a clinic of the files does not exist in the live system",
    "Clinics are not created here, so that a typing error cannot become a clinic. What the file says reaches nobody, and \
     the clinic that was meant stays as it is.\n\n\
     Guilty, where the live system knows `norrtull`:\n\n    clinic: nortull\n\n\
     Write the id as the live system spells it. If the clinic closed or was merged into another, delete its file; if it \
     is new, have it created in the live system first.",
);
