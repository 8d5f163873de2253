//! The words of the list of clinics.

use super::Texts;

#[derive(Debug)]
pub(crate) struct Clinics {
    pub(crate) title: &'static str,
    pub(crate) lead: &'static str,
    pub(crate) search: &'static str,
    pub(crate) search_button: &'static str,
    pub(crate) show_all: &'static str,
    pub(crate) none: &'static str,
    pub(crate) none_found: fn(&str) -> String,
    pub(crate) count: fn(usize) -> String,
    pub(crate) clinic: &'static str,
    pub(crate) initiated: &'static str,
    pub(crate) incoming: &'static str,
    pub(crate) buttons: &'static str,
    pub(crate) active: fn(usize) -> String,
    pub(crate) pages: &'static str,
    pub(crate) previous: &'static str,
    pub(crate) next: &'static str,
}

pub(crate) static TEXTS: Texts<Clinics> = Texts {
    sv: Clinics {
        title: "Mottagningar",
        lead: "Välj den mottagning som du vill administrera.",
        search: "Sök mottagning",
        search_button: "Sök",
        show_all: "Visa alla",
        none: "Det finns ingen mottagning som du får administrera.",
        none_found: |search| format!("Ingen mottagning heter något med ”{search}”."),
        count: |count| if count == 1 { "1 mottagning".to_owned() } else { format!("{count} mottagningar") },
        clinic: "Mottagning",
        initiated: "Vården startar",
        incoming: "Inkommande",
        buttons: "Knappar",
        active: |count| if count == 1 { "1 aktiv".to_owned() } else { format!("{count} aktiva") },
        pages: "Sidor",
        previous: "Föregående",
        next: "Nästa",
    },
    en: Clinics {
        title: "Clinics",
        lead: "Choose the clinic that you want to administer.",
        search: "Search clinics",
        search_button: "Search",
        show_all: "Show all",
        none: "There is no clinic that you may administer.",
        none_found: |search| format!("No clinic is called anything with “{search}”."),
        count: |count| if count == 1 { "1 clinic".to_owned() } else { format!("{count} clinics") },
        clinic: "Clinic",
        initiated: "Clinic starts",
        incoming: "Incoming",
        buttons: "Buttons",
        active: |count| format!("{count} active"),
        pages: "Pages",
        previous: "Previous",
        next: "Next",
    },
};
