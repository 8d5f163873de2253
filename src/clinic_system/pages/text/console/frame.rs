//! The words around every page of a clinic: its sidebar, and what is said after a save.

use super::Texts;

#[derive(Debug)]
pub(crate) struct Frame {
    pub(crate) clinics: &'static str,
    pub(crate) messages: &'static str,
    pub(crate) settings: &'static str,
    pub(crate) clinic: &'static str,
    pub(crate) interface: &'static str,
    pub(crate) history: &'static str,
    pub(crate) saved: &'static str,
    pub(crate) beside: &'static str,
    pub(crate) same: &'static str,
    pub(crate) problem: &'static str,
    pub(crate) managed: &'static str,
    /// By whom, when, and the reference if there is one.
    pub(crate) managed_by: fn(&str, &str) -> String,
    pub(crate) reference: &'static str,
    pub(crate) drift: &'static str,
    pub(crate) last_changed: fn(&str, &str) -> String,
    pub(crate) never_changed: &'static str,
}

pub(crate) static TEXTS: Texts<Frame> = Texts {
    sv: Frame {
        clinics: "Mottagningar",
        messages: "Meddelanden",
        settings: "Inställningar",
        clinic: "Mottagning",
        interface: "Patientgränssnitt",
        history: "Historik",
        saved: "Sparat.",
        beside: "Sparat. Någon annan har samtidigt ändrat något annat på mottagningen; det finns kvar.",
        same: "Det var redan så. Ingenting behövde sparas.",
        problem: "Ingenting har sparats",
        managed: "Hanteras som konfiguration",
        managed_by: |by, when| format!("Senast satt av {by}, {when}."),
        reference: "Referens:",
        drift: "En ändring här syns som avvikelse vid nästa körning och kan skrivas över.",
        last_changed: |by, when| format!("Senast ändrat av {by}, {when}"),
        never_changed: "Aldrig ändrat",
    },
    en: Frame {
        clinics: "Clinics",
        messages: "Messages",
        settings: "Settings",
        clinic: "Clinic",
        interface: "Patient interface",
        history: "History",
        saved: "Saved.",
        beside: "Saved. Meanwhile somebody else changed something else at the clinic; that is kept.",
        same: "It was so already. Nothing needed saving.",
        problem: "Nothing was saved",
        managed: "Managed as configuration",
        managed_by: |by, when| format!("Last set by {by}, {when}."),
        reference: "Reference:",
        drift: "A change made here will show as drift at the next run, and may be overwritten.",
        last_changed: |by, when| format!("Last changed by {by}, {when}"),
        never_changed: "Never changed",
    },
};
