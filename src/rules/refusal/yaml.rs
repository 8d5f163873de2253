//! Refusals of YAML that can mean more than one thing, or more than it shows.

use crate::rules::Rule;

pub(in crate::rules) const SYNTAX: Rule = Rule::refusal(
    "syntax",
    "a file is not YAML",
    "The text breaks off or contradicts itself at this place, so that nobody can say what it means.\n\n\
     Guilty, because the list is never closed:\n\n    \
     accessible_to: [karin.holm@norrtull.example\n\n\
     Look at the place and at the line before it: an indentation, a quote or a bracket is usually missing.",
);

pub(in crate::rules) const SEVERAL_DOCUMENTS: Rule = Rule::refusal(
    "several-documents",
    "more than one document in a file",
    "One file holds one document, so that a change of one clinic is a change of one file.\n\n\
     Guilty:\n\n    clinic: norrtull\n    ---\n    clinic: solna\n\n\
     Move everything from `---` on into a file of its own.",
);

pub(in crate::rules) const NO_DOCUMENT: Rule = Rule::refusal(
    "no-document",
    "a file without a document",
    "An empty file, or one that holds only comments, says nothing; most often it was truncated by mistake.\n\n\
     Restore its content, or delete the file.",
);

pub(in crate::rules) const TOO_DEEP: Rule = Rule::refusal(
    "too-deep",
    "more than 16 levels inside each other",
    "Nothing in the format is deeper than six levels. A deeper file was not written for this tool.\n\n\
     Compare the indentation with the schema: `clinicctl schema clinic`.",
);

pub(in crate::rules) const DUPLICATE_KEY: Rule = Rule::refusal(
    "duplicate-key",
    "the same key twice in one map",
    "Some readers would take the first, some the last. A reviewer who reads one of them approves the other.\n\n\
     Guilty:\n\n    incoming:\n      enabled: true\n      enabled: false\n\n\
     Keep the line that is meant.",
);

pub(in crate::rules) const ANCHOR: Rule = Rule::refusal(
    "anchor",
    "a YAML anchor (`&name`)",
    "Anchors share text inside one file in a way that a review of a changed line does not show.\n\n\
     Guilty:\n\n    title: &standard {sv: Nytt meddelande, en: New message}\n\n\
     Write the value where it is used; share what many clinics have in common through a baseline.",
);

pub(in crate::rules) const ALIAS: Rule = Rule::refusal(
    "alias",
    "a YAML alias (`*name`)",
    "An alias repeats a value from another place of the file, so that a change there changes this line unseen.\n\n\
     Guilty:\n\n    title: *standard\n\n\
     Write the value out; share what many clinics have in common through a baseline.",
);

pub(in crate::rules) const MERGE_KEY: Rule = Rule::refusal(
    "merge-key",
    "a YAML merge key (`<<`)",
    "Readers of YAML disagree on what a merge key means. Layers do the same and say where each value comes from.\n\n\
     Guilty:\n\n    incoming:\n      <<: *open\n\n\
     Put the shared part into a baseline and name it with `extends`.",
);

pub(in crate::rules) const TAG: Rule = Rule::refusal(
    "tag",
    "a YAML tag (`!name`)",
    "A tag changes what a value is, and readers disagree on how.\n\n\
     Guilty:\n\n    enabled: !!str true\n\n\
     Delete the tag.",
);

pub(in crate::rules) const COMPLEX_KEY: Rule = Rule::refusal(
    "complex-key",
    "a key that is a list or a map",
    "Keys of this format are single words.\n\n\
     Guilty:\n\n    ? [incoming, outgoing]\n    : {enabled: true}\n\n\
     Write one line for each key.",
);
