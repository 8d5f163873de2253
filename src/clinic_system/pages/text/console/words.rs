//! The words for settings and buttons, wherever in the console they are spoken of.

use super::Texts;
use crate::pages::console::Kind;
use crate::pages::shown::shown;

#[derive(Debug)]
pub(crate) struct Words {
    pub(crate) initiated: &'static str,
    pub(crate) initiated_switch: &'static str,
    pub(crate) incoming: &'static str,
    pub(crate) incoming_switch: &'static str,
    pub(crate) access: &'static str,
    pub(crate) everyone: &'static str,
    pub(crate) nobody: &'static str,
    pub(crate) order: &'static str,
    pub(crate) button: fn(&str) -> String,
    pub(crate) leads_to: &'static str,
    pub(crate) title: fn(&str) -> String,
    pub(crate) active: &'static str,
    pub(crate) shown_in: &'static str,
    pub(crate) app: &'static str,
    pub(crate) web: &'static str,
    pub(crate) content: &'static str,
    on: &'static str,
    off: &'static str,
    yes: &'static str,
    no: &'static str,
    kinds: [&'static str; 7],
    languages: [(&'static str, &'static str); 10],
}

impl Words {
    pub(crate) const fn switch(&self, on: bool) -> &'static str {
        if on { self.on } else { self.off }
    }

    pub(crate) const fn yes_or_no(&self, yes: bool) -> &'static str {
        if yes { self.yes } else { self.no }
    }

    /// What a kind of target is called.
    pub(crate) const fn kind(&self, kind: Kind) -> &'static str {
        let [new_message, book_appointment, drop_in, form, phone, link, other] = self.kinds;
        match kind {
            Kind::NewMessage => new_message,
            Kind::BookAppointment => book_appointment,
            Kind::DropIn => drop_in,
            Kind::Form => form,
            Kind::Phone => phone,
            Kind::Link => link,
            Kind::Other => other,
        }
    }

    /// What a language is called; by its tag if nobody has named it.
    pub(crate) fn language(&self, tag: &str) -> String {
        let known = self.languages.iter().find(|(known, _)| known.eq_ignore_ascii_case(tag));
        known.map_or_else(|| shown(tag), |(_, name)| (*name).to_owned())
    }
}

pub(crate) static TEXTS: Texts<Words> = Texts {
    sv: Words {
        initiated: "Konversationer som vården startar",
        initiated_switch: "Låt vårdpersonal starta konversationer",
        incoming: "Inkommande meddelanden",
        incoming_switch: "Låt patienter och andra mottagningar starta och lämna över konversationer",
        access: "Åtkomst",
        everyone: "All vårdpersonal",
        nobody: "Ingen",
        order: "Knapparnas ordning",
        button: |name| format!("Knappen ”{name}”"),
        leads_to: "Leder till",
        title: |language| format!("Titel på {language}"),
        active: "Aktiv",
        shown_in: "Visas i",
        app: "app",
        web: "webb",
        content: "Innehåll",
        on: "På",
        off: "Av",
        yes: "Ja",
        no: "Nej",
        kinds: ["Nytt meddelande", "Tidsbokning", "Drop-in", "Formulär", "Telefonsamtal", "Webbsida", "Något annat"],
        languages: [
            ("sv", "svenska"),
            ("en", "engelska"),
            ("ar", "arabiska"),
            ("fa", "persiska"),
            ("fi", "finska"),
            ("pl", "polska"),
            ("se", "nordsamiska"),
            ("so", "somaliska"),
            ("ti", "tigrinska"),
            ("uk", "ukrainska"),
        ],
    },
    en: Words {
        initiated: "Professional-initiated conversations",
        initiated_switch: "Allow healthcare professionals to start conversations",
        incoming: "Incoming messages",
        incoming_switch: "Allow patients and other clinics to start/handover conversations",
        access: "Accessibility",
        everyone: "All healthcare professionals",
        nobody: "Nobody",
        order: "Order of the buttons",
        button: |name| format!("The button “{name}”"),
        leads_to: "Leads to",
        title: |language| format!("Title in {language}"),
        active: "Active",
        shown_in: "Shown in",
        app: "app",
        web: "web",
        content: "Content",
        on: "On",
        off: "Off",
        yes: "Yes",
        no: "No",
        kinds: ["New message", "Appointment booking", "Drop-in", "Form", "Phone call", "Web page", "Something else"],
        languages: [
            ("sv", "Swedish"),
            ("en", "English"),
            ("ar", "Arabic"),
            ("fa", "Persian"),
            ("fi", "Finnish"),
            ("pl", "Polish"),
            ("se", "Northern Sami"),
            ("so", "Somali"),
            ("ti", "Tigrinya"),
            ("uk", "Ukrainian"),
        ],
    },
};
