//! The page of a plan, read as text: what stands on it, in which order, and how large it becomes.

use super::hostile::hostile;
use super::menu_preview::row;
use super::scenarios::scenarios;
use clinicctl::domain::ClinicId;
use clinicctl::plan::Plan;
use clinicctl::report::{Format, Paint, render_plan};
use serde_json::json;
use std::collections::BTreeSet;

fn page(plan: &Plan) -> String {
    render_plan(Format::Html, plan, Paint::Plain).to_string()
}

/// The words of a page without its look, its script and its pictures; a line for each thing that begins a line.
fn outline(page: &str) -> String {
    let mut text = page.to_owned();
    for (from, to) in [("<style>", "</style>"), ("<script>", "</script>"), ("<svg", "</figcaption>")] {
        while let Some(start) = text.find(from) {
            let end = text[start..].find(to).map_or(text.len(), |end| start + end + to.len());
            text.replace_range(start..end, if from == "<svg" { "(pictures)" } else { "" });
        }
    }
    let (_, body) = text.split_once("<body>").expect("a body");
    let words = body.split('<').map(|part| {
        let (tag, text) = part.split_once('>').unwrap_or(("", part));
        let begins = ["p", "h1", "h2", "h3", "h4", "li", "dt", "dd", "summary", "label"];
        let begins = begins.contains(&tag.split(' ').next().unwrap_or_default());
        let heading = if tag.starts_with("h1") || tag.starts_with("h2") { "\n" } else { "" };
        format!("{heading}{}{text}", if begins { "\n" } else { "" })
    });
    let lines = words.collect::<String>();
    let lines = lines.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join("\n").replace("&#39;", "'").replace("&#34;", "\"")
}

#[test]
fn the_page_tells_the_verdict_first_then_people_menus_changes_and_remarks() {
    for scenario in scenarios().iter().filter(|scenario| scenario.name != "real-fleet") {
        insta::assert_snapshot!(format!("page_{}", scenario.name), outline(&page(&scenario.plan)));
    }
}

#[test]
fn the_same_plan_gives_the_same_bytes() {
    for scenario in scenarios() {
        assert_eq!(page(&scenario.plan), page(&scenario.plan.clone()), "{}", scenario.name);
    }
}

#[test]
fn no_hostile_text_leaves_its_place_on_the_page() {
    for case in hostile() {
        let page = page(&case.plan);
        let unseen =
            page.chars().find(|c| (c.is_control() && *c != '\n') || "\u{202e}\u{2066}\u{200b}\u{feff}".contains(*c));
        assert_eq!(unseen, None, "{}", case.name);
        for (element, number) in
            [("<script", 1), ("<style", 1), ("<img", 0), ("<iframe", 0), ("<b>out", 0), ("<form", 1)]
        {
            assert_eq!(page.matches(element).count(), number, "{}: {element}", case.name);
        }
        assert!(page.len() < 1024 * 1024, "{}: {} bytes", case.name, page.len());
    }
}

/// A plan whose menus change in `clinics` clinics, in the same way or each in its own.
fn menus(clinics: usize, alike: bool) -> Plan {
    let rows = (0..clinics).map(|number| {
        let title = if alike { "Boka".to_owned() } else { format!("Boka {number}") };
        let menu = [("book", "drop_in", json!({"sv": title, "en": title}))];
        let mut row = row(&[], &menu);
        row.clinic = ClinicId::parse(&format!("clinic-{number}")).expect("an id");
        row
    });
    let mut plan = super::plan(&json!({}));
    plan.impact.pictures = rows.collect();
    plan
}

#[test]
fn menus_that_look_alike_are_drawn_once_and_named_for_all() {
    let page = page(&menus(1_000, true));
    assert_eq!(page.matches("<svg class=\"cm\"").count(), 4, "before and after, in two languages");
    assert!(page.contains("<h3>1000 clinics</h3>") && page.contains("clinic-0, clinic-1, "), "all are named");
}

#[test]
fn a_thousand_different_menus_stay_a_page_that_can_be_sent() {
    let page = page(&menus(1_000, false));
    assert!(page.len() < 3 * 1024 * 1024, "{} bytes", page.len());
    assert!(page.contains("draws those of the other 880 clinics"), "the rest are named");
    assert!(page.contains("clinic-999"), "all are named");
}

/// The plan of the project's own fleet, a hundred times over: each time for clinics of other names, with files of their own.
fn a_thousand_changed_clinics() -> Plan {
    let real = scenarios().iter().find(|scenario| scenario.name == "real-fleet").expect("the real fleet");
    let json = serde_json::to_string(&real.plan).expect("a document");
    let clinics: BTreeSet<_> = real.plan.changes.iter().map(|change| change.clinic.to_string()).collect();
    let copy = |number: usize| -> Plan {
        let renamed = |json: String, clinic: &String| {
            let json = json.replace(&format!("\"{clinic}"), &format!("\"{clinic}-{number}"));
            json.replace(&format!("/{clinic}.yaml"), &format!("/{clinic}-{number}.yaml"))
        };
        serde_json::from_str(&clinics.iter().fold(json.clone(), renamed)).expect("a plan")
    };
    let mut whole = copy(0);
    for plan in (1..100).map(copy) {
        whole.changes.extend(plan.changes);
        whole.impact.lose.extend(plan.impact.lose);
        whole.impact.gain.extend(plan.impact.gain);
        whole.impact.menus.extend(plan.impact.menus);
        whole.impact.pictures.extend(plan.impact.pictures);
        whole.findings.extend(plan.findings);
    }
    whole
}

#[test]
fn a_plan_of_a_thousand_changed_clinics_stays_a_page_that_can_be_sent() {
    let plan = a_thousand_changed_clinics();
    let page = page(&plan);
    assert!(plan.impact.pictures.len() >= 500 && plan.impact.lose.len() >= 1_000);
    assert!(page.len() < 4 * 1024 * 1024, "{} bytes", page.len());
    assert!(page.matches("<svg class=\"cm\"").count() < 100, "menus that look alike are drawn once");
}
