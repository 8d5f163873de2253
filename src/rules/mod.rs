//! What a clinic must obey: one file a rule, listed in one table.
//!
//! A rule is asked at up to three moments: of the raw text of a file, of the files alone (layers merged), and of the
//! state that a plan would lead to. The reader's refusals (`duplicate-key`, ...) are in the table too, so that
//! `clinicctl explain` knows every name that a finding can carry; they are raised when the text is read.

mod asked;
mod check;
mod dead_button;
mod declared;
mod duplicate_title;
mod ended_waiver;
mod files;
mod hsa_check_digit;
mod http_link;
mod idle_check;
mod incomplete_button;
mod judge;
mod left_the_clinic;
mod listed_twice;
mod live_value_refused;
mod long_title;
mod missing_translation;
mod near;
mod no_way_in;
mod nobody;
mod nobody_answers;
mod nobody_sends;
mod not_a_professional;
mod people;
mod personal_number;
mod placeholder_title;
mod policy;
mod refusal;
mod rule;
mod single_responder;
mod unknown_clinic;
mod unknown_member;
mod unknown_person;
mod unused_list;

pub use files::{Broken, in_clinic, in_files, in_text};
pub use judge::{AskedAbout, Breach, Judgement, Resulting, Status, judge};
pub use near::{nearest, nearest_person as near_person};
pub use policy::{Policy, WaivedRule};
pub use rule::{Rule, RuleKind, Severity};
pub use unknown_clinic::unknown_clinic;
pub use unknown_member::unknown_members;

/// Every rule and refusal, sorted by name.
pub const ALL: &[&Rule] = &[
    &refusal::yaml::ALIAS,
    &refusal::yaml::ANCHOR,
    &refusal::shape::BAD_DATE,
    &refusal::shape::BAD_ID,
    &refusal::shape::BAD_LABEL,
    &refusal::shape::BAD_LANGUAGE,
    &refusal::shape::BAD_LEADS_TO,
    &refusal::shape::BAD_LIMIT,
    &refusal::shape::BAD_PERSON,
    &refusal::fleet::BAD_SEED,
    &refusal::shape::BAD_SURFACE,
    &refusal::shape::BAD_TITLE,
    &refusal::fleet::BASELINE_CYCLE,
    &refusal::text::BIDIRECTIONAL_CONTROL,
    &refusal::fleet::BUTTON_TWICE,
    &check::RULE,
    &refusal::fleet::CHECK_TWICE,
    &refusal::yaml::COMPLEX_KEY,
    &refusal::text::CONTROL_CHARACTER,
    &dead_button::RULE,
    &refusal::fleet::DUPLICATE_DOCUMENT,
    &refusal::yaml::DUPLICATE_KEY,
    &duplicate_title::RULE,
    &refusal::shape::EMPTY_VALUE,
    &ended_waiver::RULE,
    &refusal::fleet::FIXED_RULE,
    &hsa_check_digit::RULE,
    &http_link::RULE,
    &idle_check::RULE,
    &incomplete_button::RULE,
    &left_the_clinic::RULE,
    &refusal::text::LINK_LEAVES_FOLDER,
    &listed_twice::RULE,
    &live_value_refused::RULE,
    &long_title::RULE,
    &refusal::yaml::MERGE_KEY,
    &refusal::shape::MISSING_KEY,
    &missing_translation::RULE,
    &refusal::fleet::NO_CLINICS,
    &refusal::yaml::NO_DOCUMENT,
    &refusal::fleet::NO_FILES,
    &refusal::fleet::NO_FLEET,
    &no_way_in::RULE,
    &nobody_answers::RULE,
    &nobody_sends::RULE,
    &refusal::text::NOT_A_FILE,
    &not_a_professional::RULE,
    &refusal::shape::NOT_A_SWITCH,
    &refusal::text::NOT_UTF8,
    &refusal::fleet::ORDER_TWICE,
    &refusal::fleet::ORDER_UNKNOWN_BUTTON,
    &personal_number::RULE,
    &placeholder_title::RULE,
    &refusal::fleet::REMOVE_WITHOUT_BUTTONS,
    &refusal::yaml::SEVERAL_DOCUMENTS,
    &refusal::fleet::SEVERAL_FLEETS,
    &single_responder::RULE,
    &refusal::yaml::SYNTAX,
    &refusal::shape::SYSTEM_URL,
    &refusal::yaml::TAG,
    &refusal::yaml::TOO_DEEP,
    &refusal::text::TOO_LARGE,
    &refusal::fleet::UNKNOWN_BASELINE,
    &unknown_clinic::RULE,
    &refusal::fleet::UNKNOWN_GROUP,
    &refusal::fleet::UNKNOWN_GUARD,
    &refusal::shape::UNKNOWN_KEY,
    &refusal::shape::UNKNOWN_KIND,
    &unknown_person::RULE,
    &refusal::fleet::UNKNOWN_RULE,
    &refusal::shape::UNKNOWN_WORD,
    &refusal::text::UNREADABLE,
    &unused_list::RULE,
    &refusal::fleet::WAIVER_WITHOUT_REASON,
    &refusal::shape::WRONG_TYPE,
];

/// The rule or refusal whose name is most like `name`, if one is like it at all.
#[must_use]
pub fn near(name: &str) -> Option<&'static str> {
    near::nearest(name, ALL.iter().map(|rule| rule.name))
}

/// The rule or refusal of this name.
#[must_use]
pub fn find(name: &str) -> Option<&'static Rule> {
    ALL.binary_search_by(|rule| rule.name.cmp(name)).ok().and_then(|at| ALL.get(at).copied())
}
