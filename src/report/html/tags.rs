//! What the filter of the page goes by: the clinics and the kinds of each thing on it.

use crate::domain::ClinicId;
use std::collections::BTreeSet;
use std::fmt;

/// A choice of the filter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Added,
    Changed,
    Removed,
    Losing,
    Drift,
    Blocked,
}

impl Kind {
    /// All of them, in the order of the choices.
    pub(super) const ALL: [Self; 6] =
        [Self::Losing, Self::Drift, Self::Removed, Self::Changed, Self::Added, Self::Blocked];

    /// As the filter offers it.
    pub(super) const fn label(self) -> &'static str {
        match self {
            Self::Added => "Added",
            Self::Changed => "Changed",
            Self::Removed => "Removed",
            Self::Losing => "Losing access",
            Self::Drift => "Changed by hand (drift and conflict)",
            Self::Blocked => "Blocked",
        }
    }
}

/// The word in the page.
impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Added => "added",
            Self::Changed => "changed",
            Self::Removed => "removed",
            Self::Losing => "losing",
            Self::Drift => "drift",
            Self::Blocked => "blocked",
        })
    }
}

/// What one thing on the page is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Tags {
    /// Ids of clinics, with blanks between them.
    pub(super) clinics: String,
    /// Kinds, with blanks between them.
    pub(super) kinds: String,
}

impl Tags {
    /// About these clinics, and of these kinds.
    pub(super) fn new<'a>(clinics: impl IntoIterator<Item = &'a ClinicId>, kinds: &BTreeSet<Kind>) -> Self {
        Self { clinics: joined(clinics), kinds: joined(kinds) }
    }
}

fn joined(words: impl IntoIterator<Item = impl ToString>) -> String {
    words.into_iter().map(|word| word.to_string()).collect::<Vec<_>>().join(" ")
}
