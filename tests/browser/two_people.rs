//! Two people who save the same form: both versions stand side by side, and nothing of either is lost.

use super::demo::{Demo, KARIN, SYSTEM};
use super::page::{Page, within};
use crate::support::tools;

const INCOMING: &str = "Incoming messages";
const EVERYONE: &str = "Accessible for all healthcare professionals";

/// Sara takes the switch off while Karin, who has the form open, lets everybody respond.
fn both_save(demo: &Demo) -> (Page, Page) {
    let (sara, karin) = (demo.visitor(), demo.visitor());
    demo.sign_in(&sara, SYSTEM);
    demo.sign_in(&karin, KARIN);
    sara.open("/admin/norrtull/settings");
    karin.open("/admin/norrtull/settings");
    sara.press("Allow patients and other clinics to start/handover conversations");
    sara.press(within(INCOMING, "Save"));
    sara.sees("Saved.");
    karin.press(within(INCOMING, EVERYONE));
    karin.press(within(INCOMING, "Save"));
    karin.sees("Somebody else was first");
    (sara, karin)
}

#[test]
fn the_second_one_sees_both_versions_and_decides() {
    let demo = Demo::start();
    let (_sara, karin) = both_save(&demo);
    for said in
        ["Holds now", "Saved by", "Sara Systemsson", "Your version", "Not saved", "All healthcare professionals"]
    {
        karin.sees(said);
    }
    assert_eq!(karin.axe(&tools::axe()), [] as [String; 0]);
    karin.screenshot("two-people");
    let before = demo.live("norrtull")["messaging"]["incoming"].clone();
    assert!(before["enabled"] == false && before["accessible_to"].is_array(), "nothing is saved yet: {before}");
    karin.press("Save my version on top");
    karin.sees("Saved.");
    let after = demo.live("norrtull")["messaging"]["incoming"].clone();
    assert!(after["enabled"] == true && after["accessible_to"] == "everyone", "{after}");
    karin.press("History");
    for name in ["Sara Systemsson", "Karin Holm"] {
        karin.sees(name);
    }
}

#[test]
fn the_second_one_may_keep_what_holds() {
    let demo = Demo::start();
    let (_sara, karin) = both_save(&demo);
    karin.press("Keep what holds now");
    karin.sees("Incoming messages");
    assert!(!karin.ticked("Allow patients and other clinics to start/handover conversations"));
    let live = demo.live("norrtull")["messaging"]["incoming"].clone();
    assert!(live["enabled"] == false && live["accessible_to"].is_array(), "{live}");
}
