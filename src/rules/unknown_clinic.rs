//! `unknown-clinic`: the files name a clinic that the live system does not have.

use super::judge::weigh;
use super::near::nearest;
use super::{AskedAbout, Judgement, Policy, Rule};
use crate::domain::{ClinicId, DesiredClinic};
use jiff::civil::Date;

pub(super) const RULE: Rule = Rule::error(
    "unknown-clinic",
    "a clinic of the files does not exist in the live system",
    "Clinics are not created here, so that a typing error cannot become a clinic. What the file says reaches nobody, and \
     the clinic that was meant stays as it is.\n\n\
     Guilty, where the live system knows `norrtull`:\n\n    clinic: nortull\n\n\
     Write the id as the live system spells it. If the clinic closed or was merged into another, delete its file; if it \
     is new, have it created in the live system first.",
);

/// The judgement on a clinic that the live system does not have; `None` if the fleet does not ask the rule. The
/// clinic cannot be written either way. `known` are the ids that the live system has.
pub fn unknown_clinic<'a>(
    desired: &DesiredClinic,
    known: impl Iterator<Item = &'a ClinicId>,
    policy: &Policy,
    today: Date,
) -> Option<Judgement> {
    let message = format!("the live system has no clinic `{}`", desired.clinic);
    let breach = RULE.breach(AskedAbout::Clinic, Some(desired.place), message);
    let near = nearest(desired.clinic.as_str(), known.map(ClinicId::as_str));
    let help = near.map(|near| format!("did you mean `{near}`?"));
    let help = help.unwrap_or_else(|| "have the clinic created in the live system, or delete its file".to_owned());
    weigh(breach.help(help), false, policy, today)
}
