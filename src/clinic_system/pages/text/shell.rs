//! The words around every page.

use super::Texts;

#[derive(Debug)]
pub(crate) struct Shell {
    pub(crate) product: &'static str,
    pub(crate) skip: &'static str,
    pub(crate) areas: &'static str,
    pub(crate) clinics: &'static str,
    pub(crate) conversations: &'static str,
    pub(crate) menu: &'static str,
    pub(crate) languages: &'static str,
    pub(crate) sign_in: &'static str,
    pub(crate) sign_out: &'static str,
    pub(crate) problems: &'static str,
    pub(crate) system: &'static str,
    pub(crate) accounts: &'static str,
    pub(crate) footer: &'static str,
}

pub(crate) static TEXTS: Texts<Shell> = Texts {
    sv: Shell {
        product: "Mottagning",
        skip: "Hoppa till innehållet",
        areas: "Områden",
        clinics: "Mottagningar",
        conversations: "Konversationer",
        menu: "Meny",
        languages: "Språk",
        sign_in: "Logga in",
        sign_out: "Logga ut",
        problems: "Det här behöver rättas",
        system: "System",
        accounts: "Konton",
        footer: "Referenssystem för clinicctl. Inget riktigt vårdsystem: skriv inga uppgifter om riktiga personer.",
    },
    en: Shell {
        product: "Mottagning",
        skip: "Skip to the content",
        areas: "Areas",
        clinics: "Clinics",
        conversations: "Conversations",
        menu: "Menu",
        languages: "Language",
        sign_in: "Sign in",
        sign_out: "Sign out",
        problems: "This needs to be put right",
        system: "System",
        accounts: "Accounts",
        footer: "Reference system of clinicctl. Not a real care system: write nothing about real people.",
    },
};
