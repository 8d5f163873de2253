//! Refusals of files and their bytes, before any YAML.

use crate::rules::Rule;

pub(in crate::rules) const TOO_LARGE: Rule = Rule::refusal(
    "too-large",
    "a file is larger than 1 MiB",
    "A clinic needs a few kilobytes. A larger file is almost always something else that was saved into the folder, and \
     nobody could review it.\n\n\
     Move the file out of the folder, or split it: one document a file.",
);

pub(in crate::rules) const NOT_UTF8: Rule = Rule::refusal(
    "not-utf8",
    "a file is not UTF-8 text",
    "In another encoding `å`, `ä` and `ö` are other bytes, and a patient would read a title with broken letters.\n\n\
     Save the file as UTF-8; every editor offers it where the file is saved. A byte order mark is fine.",
);

pub(in crate::rules) const UNREADABLE: Rule = Rule::refusal(
    "unreadable",
    "a file could not be read",
    "The operating system refused to hand over a file of the folder. Going on without it would mean a fleet with a \
     clinic fewer, so the run stops.\n\n\
     Look at the file's permissions and owner, or at the disk.",
);

pub(in crate::rules) const NOT_A_FILE: Rule = Rule::refusal(
    "not-a-file",
    "something named like a YAML file is not a regular file",
    "A pipe, a socket or a device can say something else every time it is read. Configuration that is reviewed must be \
     the configuration that is applied.\n\n\
     Put a regular file in its place, or rename it so that it ends in neither `.yaml` nor `.yml`.",
);

pub(in crate::rules) const LINK_LEAVES_FOLDER: Rule = Rule::refusal(
    "link-leaves-folder",
    "a symbolic link leads out of the folder",
    "What a link outside the folder leads to is not reviewed together with the folder, and can be changed by people who \
     may not change it.\n\n\
     Copy the file into the folder, or share its content through a baseline.",
);

pub(in crate::rules) const CONTROL_CHARACTER: Rule = Rule::refusal(
    "control-character",
    "a control character or an invisible zero-width character in a file",
    "Characters that nobody sees make two ids look alike and let text disappear in a review. NUL, other control \
     characters, U+200B, U+2060 and U+FEFF (except as a byte order mark) are refused everywhere, comments included.\n\n\
     Guilty, with U+200B after the name:\n\n    \
     clinic: norrtull<U+200B>\n\n\
     Delete the character. It usually came in by copying from a web page or a chat.",
);

pub(in crate::rules) const BIDIRECTIONAL_CONTROL: Rule = Rule::refusal(
    "bidirectional-control",
    "a character that turns the direction of writing around",
    "These characters let a line look different from what it says, so that a reviewer approves something else than what \
     is applied. Letters of languages that are written from right to left are welcome; they need no such character.\n\n\
     Guilty, with U+202E inside the title:\n\n    \
     title: {sv: Skriv<U+202E>till oss}\n\n\
     Delete the character.",
);
