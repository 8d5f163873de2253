//! Refusals of documents that are right one by one and do not fit together.

use crate::rules::Rule;

pub(in crate::rules) const NO_FILES: Rule = Rule::refusal(
    "no-files",
    "a folder without YAML files, or no folder",
    "An empty folder never means an empty fleet: it is a wrong path, a failed checkout or an accident.\n\n\
     Look at the path. Files end in `.yaml` or `.yml`; hidden files are not read.",
);

pub(in crate::rules) const NO_FLEET: Rule = Rule::refusal(
    "no-fleet",
    "no document that starts with `fleet:`",
    "One document speaks for all: the languages that patients are served in, the severities and the guards. Without it \
     part of the folder is probably missing.\n\n\
     Add one:\n\n    fleet: malardalen\n    languages: {default: sv, required: [sv, en]}",
);

pub(in crate::rules) const SEVERAL_FLEETS: Rule = Rule::refusal(
    "several-fleets",
    "more than one document that starts with `fleet:`",
    "Two of them could say different things about the same clinics.\n\n\
     Keep one, or keep two fleets in two folders.",
);

pub(in crate::rules) const NO_CLINICS: Rule = Rule::refusal(
    "no-clinics",
    "a fleet without a clinic",
    "There would be nothing to do, which hides that the clinics were lost on the way.\n\n\
     Look at the path and at the checkout; a clinic's document starts with `clinic:`.",
);

pub(in crate::rules) const DUPLICATE_DOCUMENT: Rule = Rule::refusal(
    "duplicate-document",
    "the same clinic, baseline or group twice",
    "Two files that speak for one clinic would fight, and which of them wins must never depend on a file's name.\n\n\
     Guilty, in two files:\n\n    clinic: norrtull\n\n\
     Keep one; if it was copied to start another clinic, change its id.",
);

pub(in crate::rules) const UNKNOWN_BASELINE: Rule = Rule::refusal(
    "unknown-baseline",
    "`extends` names a baseline that no file declares",
    "The clinic would lose everything that it shares with others.\n\n\
     Guilty:\n\n    extends: primary-car\n\n\
     Use the nearest known name, which the finding gives, or add the baseline.",
);

pub(in crate::rules) const BASELINE_CYCLE: Rule = Rule::refusal(
    "baseline-cycle",
    "baselines that extend each other in a circle",
    "There would be no last layer, so nobody could say which value wins.\n\n\
     Guilty:\n\n    baseline: a\n    extends: b\n\n    baseline: b\n    extends: a\n\n\
     Take one `extends` out.",
);

pub(in crate::rules) const UNKNOWN_GROUP: Rule = Rule::refusal(
    "unknown-group",
    "a list names a group that no file declares",
    "Nobody would be admitted through it, and messages could stay unanswered.\n\n\
     Guilty:\n\n    accessible_to: [{group: triage-nurse}]\n\n\
     Use the nearest known name, which the finding gives, or add the group.",
);

pub(in crate::rules) const BUTTON_TWICE: Rule = Rule::refusal(
    "button-twice",
    "a button twice in one list",
    "Buttons merge by id between layers; inside one list, two of them would be two opinions on one button.\n\n\
     Guilty:\n\n    buttons:\n      - {id: book, active: true}\n      - {id: book, active: false}\n\n\
     Keep one, or give the other an id of its own.",
);

pub(in crate::rules) const ORDER_UNKNOWN_BUTTON: Rule = Rule::refusal(
    "order-unknown-button",
    "`order` names a button that the files do not list",
    "Only listed buttons are moved; the place of another one is not ours to decide.\n\n\
     Guilty, without a button `book` in any layer:\n\n    order: [new-message, book]\n\n\
     List the button under `buttons` (its id alone is enough), or take it out of `order`.",
);

pub(in crate::rules) const ORDER_TWICE: Rule = Rule::refusal(
    "order-twice",
    "`order` names a button twice",
    "A button has one place in the menu.\n\n\
     Guilty:\n\n    order: [book, new-message, book]\n\n\
     Keep the place that is meant.",
);

pub(in crate::rules) const REMOVE_WITHOUT_BUTTONS: Rule = Rule::refusal(
    "remove-without-buttons",
    "`unlisted_buttons: remove` without any `buttons`",
    "It would remove every button of the clinic's menu, which is almost never meant by leaving a key out.\n\n\
     Guilty:\n\n    patient_interface: {unlisted_buttons: remove}\n\n\
     List the buttons that stay, or write `buttons: []` if the menu is meant to become empty.",
);

pub(in crate::rules) const UNKNOWN_RULE: Rule = Rule::refusal(
    "unknown-rule",
    "a rule that does not exist",
    "A severity or a waiver for a rule with a typing error would do nothing, and nobody would notice.\n\n\
     Guilty:\n\n    rules: {single-respnder: error}\n\n\
     Use the nearest known name, which the finding gives; `clinicctl explain` lists them.",
);

pub(in crate::rules) const FIXED_RULE: Rule = Rule::refusal(
    "fixed-rule",
    "a rule that can be neither lowered nor waived",
    "Dead buttons, messages that nobody may answer or send, personal identity numbers and everything that makes files \
     ambiguous hurt patients whatever the reason.\n\n\
     Guilty:\n\n    waive: [{rule: dead-button, reason: \"Reopens in August\"}]\n\n\
     Mend the cause; for a summer closing, hide the button while incoming is off.",
);

pub(in crate::rules) const UNKNOWN_GUARD: Rule = Rule::refusal(
    "unknown-guard",
    "a guard that does not exist",
    "A limit for a guard with a typing error would protect nobody.\n\n\
     Guilty:\n\n    guards: {clinic_changed: 25%}\n\n\
     Use the nearest known name, which the finding gives.",
);

pub(in crate::rules) const WAIVER_WITHOUT_REASON: Rule = Rule::refusal(
    "waiver-without-reason",
    "a waiver without a reason",
    "The reason appears in every plan, so that the next reviewer knows why this clinic is different.\n\n\
     Guilty:\n\n    waive: [{rule: single-responder}]\n\n\
     Say why, and until when if you know: `{rule: single-responder, reason: \"Two more nurses start in March\", until: \
     2027-03-31}`.",
);

pub(in crate::rules) const BAD_SEED: Rule = Rule::refusal(
    "bad-seed",
    "what `embedded: {seed: ...}` names is no seed that may be read",
    "Whoever proposes a change writes this path, and the run may happen on a machine that holds secrets. So the seed obeys \
     the rules of the fleet's own files: a regular file that ends in `.yaml` or `.yml`, inside of the checkout, not hidden, \
     not behind a link that leads out, at most 128 MiB. The checkout is the nearest folder, from the fleet's upwards, that \
     holds `.git`; without one, the folder around the fleet's. What stands in the file must be a clinic system as \
     `schemas/live-system.schema.json` describes it; of what is not, only the first place is shown.\n\n\
     Guilty:\n\n    embedded: {seed: ~/live-system.yaml}\n\n\
     Put the file into the checkout, and write its path relative to the file that names it: \
     `../examples/live-system.yaml`.",
);

pub(in crate::rules) const CHECK_TWICE: Rule = Rule::refusal(
    "check-twice",
    "two checks with one name",
    "A finding names the check that is broken, and a reader must find that check and no other.\n\n\
     Guilty:\n\n    checks:\n      - {check: open, because: One, enabled: {incoming: true}}\n      \
     - {check: open, because: Two, enabled: {incoming: false}}\n\n\
     Keep one of them, or give the other a name of its own.",
);
