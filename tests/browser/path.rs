//! The whole path to a clinic that takes messages, step by step as its administrators know it: by the mouse without
//! JavaScript, by the keyboard alone, and by `clinicctl apply`. All three end in the same live state, and in the button that
//! leads the patient to a new message.

use super::demo::{Demo, SYSTEM};
use super::page::{Name, Page, within};
use crate::support::server::Server;
use serde_json::{Value, json};

/// A new clinic: both directions off and open to nobody, no button to a new message.
const CLINIC: &str = "lingonbacken";

/// The same end, as a clinic's file says it.
const FILE: &str = "clinic: lingonbacken
messaging:
  healthcare_initiated: {enabled: true, accessible_to: everyone}
  incoming:
    enabled: true
    accessible_to: [olga.ekdahl@lingonbacken.example, sanna.kaya@lingonbacken.example]
patient_interface:
  buttons:
    - {id: new-message, leads_to: new_message, title: {sv: Nytt meddelande, en: New message}, active: true}
";

/// How a person works on a page.
trait Hands {
    fn press(&self, name: Name<'_>);
    fn fill(&self, name: Name<'_>, text: &str);
}

struct Mouse<'a>(&'a Page);

struct Keyboard<'a>(&'a Page);

impl Hands for Mouse<'_> {
    fn press(&self, name: Name<'_>) {
        self.0.press(name);
    }

    fn fill(&self, name: Name<'_>, text: &str) {
        self.0.fill(name, text);
    }
}

impl Hands for Keyboard<'_> {
    fn press(&self, name: Name<'_>) {
        self.0.press_by_key(name);
    }

    fn fill(&self, name: Name<'_>, text: &str) {
        self.0.fill_by_key(name, text);
    }
}

#[test]
fn the_path_is_clicked_through_without_scripts() {
    let demo = Demo::start();
    let page = demo.visitor();
    page.scripts(false);
    demo.sign_in(&page, SYSTEM);
    through_the_console(&page, &Mouse(&page));
    arrived(&demo, &page);
}

#[test]
fn the_path_is_gone_by_the_keyboard_alone() {
    let demo = Demo::start();
    let page = demo.visitor();
    demo.sign_in(&page, SYSTEM);
    through_the_console(&page, &Keyboard(&page));
    arrived(&demo, &page);
}

#[test]
fn the_path_is_applied_from_a_file() {
    let demo = Demo::start();
    std::fs::remove_dir_all(demo.sandbox.path("clinics")).expect("the sandbox has a fleet");
    demo.sandbox.write("clinics/fleet.yaml", "fleet: demo\nlanguages: {default: sv, required: [sv, en]}\n");
    demo.sandbox.write("clinics/lingonbacken.yaml", FILE);
    demo.sandbox.write("token", &demo.token);
    let Server { address, .. } = &demo.server;
    let connection = ["--system", address, "--token-file", "token", "--reference", "9f3c2ab"];
    let run = demo.sandbox.run(&[&["apply", "--yes"], &connection[..]].concat());
    assert_eq!(run.code, Some(0), "{}{}", run.stdout, run.stderr);
    arrived(&demo, &demo.visitor());
}

/// Each step by its label, from the start page of somebody who is signed in.
fn through_the_console(page: &Page, hands: &dyn Hands) {
    const INITIATED: &str = "Professional-initiated conversations";
    const INCOMING: &str = "Incoming messages";
    const MENU: &str = "Menu";
    const EVERYONE: &str = "Accessible for all healthcare professionals";
    hands.press("Clinics".into());
    hands.fill("Search clinics".into(), "lingon");
    hands.press("Search".into());
    hands.press("Lingonbackens vårdcentral".into());
    hands.press(within(MENU, "Settings"));

    hands.press("Allow healthcare professionals to start conversations".into());
    hands.press(within(INITIATED, EVERYONE));
    hands.press(within(INITIATED, "Save"));
    page.sees("Saved.");

    hands.press("Allow patients and other clinics to start/handover conversations".into());
    for (part, person) in [("ekd", "Olga Ekdahl nurse"), ("SANNA", "Sanna Kaya nurse")] {
        hands.fill(within(INCOMING, "Find people"), part);
        hands.press(within(INCOMING, "Search"));
        hands.press(within(INCOMING, person));
    }
    hands.press(within(INCOMING, "Save"));
    page.sees("Saved.");

    hands.press(within(MENU, "Patient interface"));
    hands.press("Create button".into());
    hands.press("New message".into());
    hands.fill("Title in Swedish".into(), "Nytt meddelande");
    hands.fill("Title in English".into(), "New message");
    hands.press("Active".into());
    hands.press("Save".into());
    page.sees("Saved.");
}

/// The clinic is as it should be, and a patient can write to it from the app and from the web.
fn arrived(demo: &Demo, page: &Page) {
    assert_eq!(demo.live(CLINIC), goal());
    page.scripts(false);
    for surface in ["web", "app"] {
        page.open(&format!("/p/{CLINIC}?surface={surface}&lang=en"));
        page.screenshot(&format!("path-{surface}"));
        page.press("New message");
        page.sees("Write to Lingonbackens vårdcentral. You will get an answer here.");
        page.fill("Message", &format!("Hello from the {surface}"));
        page.press("Send");
        page.sees(&format!("Hello from the {surface}"));
        assert!(page.path().starts_with(&format!("/p/{CLINIC}/conversations/")), "{}", page.path());
    }
}

#[test]
fn a_button_that_somebody_left_dead_leads_to_the_other_ways() {
    let demo = Demo::start();
    let page = demo.visitor();
    demo.sign_in(&page, SYSTEM);
    page.open("/admin/norrtull/settings");
    page.press("Allow patients and other clinics to start/handover conversations");
    page.press(within("Incoming messages", "Save"));
    page.sees("A button to a new message is active in the patients' menu, but the clinic takes no messages.");
    page.open("/p/norrtull?lang=en");
    page.press("New message");
    page.sees("Norrtulls vårdcentral takes no messages from patients. The button therefore leads nowhere.");
    assert!(page.offers("Book appointment") && page.offers("Renew prescription") && !page.offers("Send"));
    page.screenshot("dead-button");
}

/// The clinic's live state, of which the change log knows who made it.
fn goal() -> Value {
    json!({
        "clinic": CLINIC, "name": "Lingonbackens vårdcentral", "hsa_id": "SE4999000013-L00",
        "messaging": {
            "healthcare_initiated": {"enabled": true, "accessible_to": "everyone"},
            "incoming": {"enabled": true, "accessible_to": ["st-1403", "st-1404"]},
        },
        "buttons": [
            {"id": "book", "leads_to": "book_appointment", "title": {"en": "Book appointment", "sv": "Boka tid"},
                "active": true, "shown_in": ["app", "web"]},
            {"id": "new-message", "leads_to": "new_message", "title": {"en": "New message", "sv": "Nytt meddelande"},
                "active": true, "shown_in": ["app", "web"]},
        ],
    })
}
