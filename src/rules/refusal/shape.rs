//! Refusals of documents that are YAML and do not say what the format asks for.

use crate::rules::Rule;

pub(in crate::rules) const UNKNOWN_KIND: Rule = Rule::refusal(
    "unknown-kind",
    "the first key says no kind of document",
    "The first key tells what a document is: `fleet`, `baseline`, `group` or `clinic`.\n\n\
     Guilty:\n\n    messaging: {}\n    clinic: norrtull\n\n\
     Put the line that names the document first.",
);

pub(in crate::rules) const UNKNOWN_KEY: Rule = Rule::refusal(
    "unknown-key",
    "a key that the format does not know",
    "A key with a typing error would otherwise be ignored, and the setting that was meant would silently stay as it is.\n\n\
     Guilty:\n\n    incomming: {enabled: true}\n\n\
     Use the nearest known key, which the finding names, or see `clinicctl schema`.",
);

pub(in crate::rules) const MISSING_KEY: Rule = Rule::refusal(
    "missing-key",
    "a key that the document must have is not there",
    "Without it the document cannot be understood, and guessing is not for settings that patients meet.\n\n\
     Guilty, because a group needs its members:\n\n    group: triage-nurses\n\n\
     Add the key that the finding names.",
);

pub(in crate::rules) const WRONG_TYPE: Rule = Rule::refusal(
    "wrong-type",
    "a value of another type than its key has",
    "A list where a map belongs, or a number where a text belongs, means that something else was meant.\n\n\
     Guilty, because `12` without quotes is a number:\n\n    clinic: 12\n\n\
     Write the type that the finding asks for; quotes make a text of a number.",
);

pub(in crate::rules) const EMPTY_VALUE: Rule = Rule::refusal(
    "empty-value",
    "a key with nothing after it",
    "It could mean nobody, everybody or no opinion; each of them would be somebody's surprise.\n\n\
     Guilty:\n\n    accessible_to:\n\n\
     Write `[]` for nobody, `unmanaged` to leave the setting to the live system, or delete the key.",
);

pub(in crate::rules) const NOT_A_SWITCH: Rule = Rule::refusal(
    "not-a-switch",
    "something else than `true` or `false` where a switch is meant",
    "Readers of YAML disagree on whether `yes`, `no`, `on` and `off` are switches or texts.\n\n\
     Guilty:\n\n    enabled: yes\n\n\
     Write `true` or `false`, without quotes.",
);

pub(in crate::rules) const BAD_ID: Rule = Rule::refusal(
    "bad-id",
    "an id outside its alphabet",
    "Ids of clinics, buttons, baselines, groups and titles of staff are 1 to 63 lower-case letters `a` to `z`, digits and \
     hyphens, and do not start with a hyphen. They stand in addresses and in file names.\n\n\
     Guilty:\n\n    clinic: Norrtulls vårdcentral\n\n\
     Write the id as the live system spells it, such as `norrtull`.",
);

pub(in crate::rules) const BAD_PERSON: Rule = Rule::refusal(
    "bad-person",
    "a line that names no person",
    "A person is named by e-mail address, by HSA-id or by the live system's staff id; never by name, since two \
     colleagues can share one.\n\n\
     Guilty:\n\n    accessible_to: [Karin Holm]\n\n\
     Write `karin.holm@norrtull.example` or the person's HSA-id. For many people at once, write `{group: triage-nurses}` \
     or `{title: nurse}`.",
);

pub(in crate::rules) const BAD_LANGUAGE: Rule = Rule::refusal(
    "bad-language",
    "a text that is no language tag",
    "Languages are named by their tags (BCP 47), by which the patient app chooses the text.\n\n\
     Guilty:\n\n    title: {swedish: Boka tid}\n\n\
     Write `sv`, `en`, `fi`, `ar` and so on.",
);

pub(in crate::rules) const BAD_TITLE: Rule = Rule::refusal(
    "bad-title",
    "a title that is empty, longer than 40 characters, or holds a tab or a line break",
    "The patient app cannot show such a title, and the live system refuses it.\n\n\
     Guilty:\n\n    title: {sv: \"\"}\n\n\
     Shorten the title to what fits on a button: 1 to 40 characters on one line.",
);

pub(in crate::rules) const BAD_LEADS_TO: Rule = Rule::refusal(
    "bad-leads-to",
    "a target that no button can have",
    "A button leads to `new_message`, `book_appointment`, `drop_in`, `form:<slug>`, `phone:<number in international \
     form>` or `link:<https address>`.\n\n\
     Guilty:\n\n    leads_to: phone:070-174 06 05\n\n\
     Write one of these forms, such as `phone:+46701740605`.",
);

pub(in crate::rules) const BAD_SURFACE: Rule = Rule::refusal(
    "bad-surface",
    "a button that is shown nowhere, or somewhere unknown",
    "A button is shown in the patient app, on the patient web, or in both. One that nobody should see is inactive.\n\n\
     Guilty:\n\n    shown_in: []\n\n\
     Write `[app]`, `[web]` or `[app, web]`, or `active: false`.",
);

pub(in crate::rules) const BAD_DATE: Rule = Rule::refusal(
    "bad-date",
    "a text that is no day of the calendar",
    "Days are written year, month, day, so that nobody can swap day and month.\n\n\
     Guilty:\n\n    until: 31/3/2027\n\n\
     Write `2027-03-31`.",
);

pub(in crate::rules) const BAD_LIMIT: Rule = Rule::refusal(
    "bad-limit",
    "a limit of a guard that is neither a number, nor a percentage, nor `off`",
    "A guard that is misread protects nobody.\n\n\
     Guilty:\n\n    guards: {clinics_changed: a quarter}\n\n\
     Write a number such as `50`, a percentage from `0%` to `100%`, or `off`.",
);

pub(in crate::rules) const BAD_LABEL: Rule = Rule::refusal(
    "bad-label",
    "a label that no selection could name",
    "Labels choose clinics on the command line (`-l region=stockholm`), so they need a plain form.\n\n\
     Guilty:\n\n    labels: {region: \"stockholm,uppsala\"}\n\n\
     Write the form that the finding asks for; one value a label.",
);

pub(in crate::rules) const SYSTEM_URL: Rule = Rule::refusal(
    "system-url",
    "an address of a live system in the files",
    "Which system a run writes to is decided where it runs, so that files that were tried on a test system cannot be \
     turned on another by a change of one line. The files may only say `embedded`.\n\n\
     Guilty:\n\n    system: https://clinics.example\n\n\
     Write `system: embedded` or nothing, and name the system with `--system` or `CLINICCTL_SYSTEM`.",
);

pub(in crate::rules) const UNKNOWN_WORD: Rule = Rule::refusal(
    "unknown-word",
    "a word outside the few that the key allows",
    "The key has a short list of words, and this is none of them.\n\n\
     Guilty:\n\n    unlisted_buttons: delete\n\n\
     Write one of the words that the finding names, here `keep` or `remove`.",
);
