//! `ended-waiver`: a waiver whose last day has passed.

use super::declared::{Declared, Told};
use super::{AskedAbout, Rule};

pub(super) const RULE: Rule = Rule::warning(
    "ended-waiver",
    "the last day of a waiver has passed",
    "The waiver no longer covers anything, and the rule speaks again. A line that has no effect hides what the clinic \
     agreed to mend.\n\n\
     Guilty, on 1 April 2027:\n\n    \
     waive: [{rule: single-responder, reason: \"Two more nurses start in March\", until: 2027-03-31}]\n\n\
     Delete the line if the cause is mended; otherwise agree on a new day and a reason that holds.",
)
.in_files(in_files);

fn in_files(declared: &Declared<'_>, told: &mut Vec<Told>) {
    for waiver in &declared.clinic.waivers {
        let Some(last) = waiver.until.filter(|last| *last < declared.today) else { continue };
        let message = format!("the waiver of `{}` ended after {last} and covers nothing", waiver.rule);
        let finding = RULE.finding(waiver.place, message).help("delete it, or agree on a new day and say why");
        told.push(Told { thing: AskedAbout::Clinic, finding });
    }
}
