//! The list of clinics, and who may see which.

use super::browser::{Browser, world, world_of};
use std::fmt::Write;

#[tokio::test]
async fn a_global_administrator_finds_every_clinic_by_a_part_of_its_name() {
    let world = world().await;
    let kim = Browser::global(&world, "Kim").await;
    kim.get("/admin").await.shows("Norrtulls vårdcentral").shows("Vasa").shows("2 clinics");
    assert!(kim.get("/admin").await.text.contains("href=\"/admin/accounts\""), "the way to the accounts");
    kim.get("/admin?q=TULL").await.shows("Norrtulls vårdcentral").hides("Vasa").shows("1 clinic");
    kim.get("/admin?q=vasa").await.shows("Vasa").hides("Norrtull");
    kim.get("/admin?q=%3Cb%3E").await.shows("No clinic is called anything with “<b>”.");
}

#[tokio::test]
async fn an_administrator_of_one_clinic_sees_and_opens_that_one_alone() {
    let world = world().await;
    let pia = Browser::staff(&world, "Pia", "st-4").await;
    let page = pia.get("/admin").await;
    page.shows("Norrtulls vårdcentral").hides("Vasa");
    assert!(!page.text.contains("/admin/accounts"), "accounts are not theirs");
    for page in ["settings", "interface", "interface/new", "interface/buttons/book", "history"] {
        assert_eq!(pia.get(&format!("/admin/norrtull/{page}")).await.status, 200, "{page}");
        assert_eq!(pia.get(&format!("/admin/vasa/{page}")).await.status, 403, "{page}");
    }
    let anna = Browser::staff(&world, "Anna", "st-1").await;
    for page in ["", "/norrtull", "/norrtull/settings", "/norrtull/interface", "/norrtull/history"] {
        assert_eq!(anna.get(&format!("/admin{page}")).await.status, 403, "{page}");
    }
}

#[tokio::test]
async fn what_there_is_not_is_not_found() {
    let world = world().await;
    let kim = Browser::global(&world, "Kim").await;
    for page in [
        "nowhere/settings",
        "norrtull/interface/buttons/none",
        "norrtull/interface/buttons/none/delete",
        "A%00/history",
    ] {
        assert_eq!(kim.get(&format!("/admin/{page}")).await.status, 404, "{page}");
    }
}

#[tokio::test]
async fn a_clinics_address_leads_to_its_settings_with_the_sidebar_of_the_domain() {
    let world = world().await;
    let kim = Browser::global(&world, "Kim").await;
    let page = kim.get("/admin/norrtull").await;
    assert_eq!(page.address, "/admin/norrtull/settings");
    let sidebar = page
        .text
        .split_once("class=\"sidebar\"")
        .map_or("", |(_, rest)| rest.split("</details>").next().unwrap_or_default());
    for (heading, label, href) in [
        ("Messages", "Settings", "/admin/norrtull/settings"),
        ("Clinic", "Patient interface", "/admin/norrtull/interface"),
        ("Clinic", "History", "/admin/norrtull/history"),
    ] {
        assert!(sidebar.contains(heading) && sidebar.contains(&format!(">{label}</a>")), "{sidebar}");
        assert!(sidebar.contains(&format!("href=\"{href}\"")), "{sidebar}");
    }
    assert!(sidebar.contains("aria-current=\"page\">Settings</a>"), "{sidebar}");
}

#[tokio::test]
async fn many_clinics_come_in_pages() {
    let mut seed = "system: Large\nclinics:\n".to_owned();
    for number in 0..60 {
        writeln!(seed, "  - {{clinic: c-{number:02}, name: Clinic {number:02}}}").expect("a text takes a line");
    }
    let world = world_of(&seed).await;
    let kim = Browser::global(&world, "Kim").await;
    kim.get("/admin").await.shows("60 clinics").shows("Clinic 24").hides("Clinic 25").shows("Next").hides("Previous");
    kim.get("/admin?page=3").await.shows("Clinic 59").hides("Clinic 49").shows("Previous").hides("Next");
    kim.get("/admin?page=99").await.shows("Clinic 59");
    kim.get("/admin?q=c-0&page=x").await.shows("10 clinics").hides("Next");
}
