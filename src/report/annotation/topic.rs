//! What annotations are about.

use crate::diagnostic::escape_cut;
use crate::rules;
use std::borrow::Cow;

/// The longest name of a rule that is shown, three times as long as ours: a plan of another version may know others.
const LONGEST: usize = 100;

/// What a annotation is about: a rule, or something that only a plan knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(in crate::report) enum Topic<'a> {
    /// A rule or refusal of the book.
    Rule(&'a str),
    /// People who may no longer do something.
    AccessLost,
    /// The live system was changed outside the files, and the plan takes it back.
    Drift,
    /// The live system was changed outside the files, and the files changed too.
    Conflict,
    /// A guard of this name.
    Guard(&'a str),
    /// A clinic that could not be read.
    Unread,
}

impl Topic<'_> {
    /// A stable word for it, escaped.
    pub(in crate::report) fn id(&self) -> Cow<'_, str> {
        match self {
            Self::Rule(name) => escape_cut(name, LONGEST),
            Self::AccessLost => Cow::Borrowed("access-lost"),
            Self::Drift => Cow::Borrowed("drift"),
            Self::Conflict => Cow::Borrowed("conflict"),
            Self::Guard(name) => Cow::Owned(format!("guard-{}", escape_cut(name, LONGEST).replace('_', "-"))),
            Self::Unread => Cow::Borrowed("clinic-not-read"),
        }
    }

    /// What it says, in one line.
    pub(in crate::report) fn says(&self) -> &'static str {
        match self {
            Self::Rule(name) => rules::find(name).map_or("a rule of another version of clinicctl", |rule| rule.says),
            Self::AccessLost => "people may no longer do something that they may do now",
            Self::Drift => "somebody changed the live system after the last apply",
            Self::Conflict => "somebody changed the live system after the last apply, and the files changed too",
            Self::Guard(_) => "the plan exceeds a limit that stops an apply until it is accepted by name",
            Self::Unread => "a clinic could not be read, so that nothing is written to it",
        }
    }

    /// Why it matters, and what to do.
    pub(in crate::report) fn explanation(&self) -> &'static str {
        match self {
            Self::Rule(name) => {
                rules::find(name).map_or("The version that made this plan can explain it.", |rule| rule.explanation)
            }
            Self::AccessLost => {
                "Nothing has to be wrong. Ask whether the people who are named know about it, and whether enough of \
                 their colleagues are left."
            }
            Self::Drift => {
                "The files say what they said at the last apply, so that the plan sets the value back. Where the change \
                 was meant, write it into the files instead."
            }
            Self::Conflict => {
                "The plan would overwrite what somebody did on purpose. Ask the person before it is applied."
            }
            Self::Guard(_) => {
                "One commit may not change too much at once by mistake. Where it is meant, run again with `--accept` and \
                 the guard's name; the limit stands under `guards:` in the fleet's file."
            }
            Self::Unread => {
                "The other clinics of the plan are not affected. Run again later, or ask whoever runs the system."
            }
        }
    }
}
