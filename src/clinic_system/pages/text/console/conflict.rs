//! The words for two people who save the same thing.

use super::Texts;

#[derive(Debug)]
pub(crate) struct Conflict {
    pub(crate) title: &'static str,
    pub(crate) lead: &'static str,
    pub(crate) theirs: &'static str,
    pub(crate) theirs_by: fn(&str, &str) -> String,
    pub(crate) theirs_unknown: &'static str,
    pub(crate) mine: &'static str,
    pub(crate) mine_says: &'static str,
    pub(crate) differs: &'static str,
    pub(crate) gone: &'static str,
    pub(crate) nothing: &'static str,
    pub(crate) keep: &'static str,
    pub(crate) save: &'static str,
}

pub(crate) static TEXTS: Texts<Conflict> = Texts {
    sv: Conflict {
        title: "Någon annan hann före",
        lead: "Medan du hade sidan öppen ändrade någon annan samma sak. Ingenting av ditt är borta, och ingenting är \
               sparat. Jämför och bestäm vad som ska gälla.",
        theirs: "Gäller nu",
        theirs_by: |by, when| format!("Sparat av {by}, {when}"),
        theirs_unknown: "Sparat av någon annan",
        mine: "Din version",
        mine_says: "Inte sparad",
        differs: "skiljer sig",
        gone: "Borttagen",
        nothing: "Inget",
        keep: "Behåll det som gäller nu",
        save: "Spara min version ändå",
    },
    en: Conflict {
        title: "Somebody else was first",
        lead: "While you had the page open, somebody else changed the same thing. Nothing of yours is lost, and nothing \
               is saved. Compare, and decide what is to hold.",
        theirs: "Holds now",
        theirs_by: |by, when| format!("Saved by {by}, {when}"),
        theirs_unknown: "Saved by somebody else",
        mine: "Your version",
        mine_says: "Not saved",
        differs: "differs",
        gone: "Removed",
        nothing: "Nothing",
        keep: "Keep what holds now",
        save: "Save my version on top",
    },
};
