//! The page of a plan in a browser: good for everybody, whole without a script, harmless whatever the plan says.

use super::page::{Look, Page};
use crate::report::hostile::hostile;
use crate::report::scenarios::scenarios;
use crate::support::sandbox::Sandbox;
use crate::support::tools;
use clinicctl::plan::Plan;
use clinicctl::report::{Format, Paint, render_plan};
use serde_json::{Value, json};

/// Pages in a folder, and a browser before them: no server, as when a page arrives as an attachment.
pub(super) struct Desk {
    sandbox: Sandbox,
    pub(super) page: Page,
}

impl Desk {
    pub(super) fn new() -> Self {
        let sandbox = Sandbox::new();
        let page = Page::new(&format!("file://{}", sandbox.path("").display()));
        Self { sandbox, page }
    }

    /// Shows the page of a plan.
    pub(super) fn show(&self, plan: &Plan) {
        self.sandbox.write("plan.html", &render_plan(Format::Html, plan, Paint::Plain));
        self.page.open("/plan.html");
    }
}

/// Opens everything that is folded.
fn unfold(page: &Page) {
    page.script("document.querySelectorAll('details').forEach(folded => folded.open = true);");
}

fn strings(found: &Value) -> Vec<String> {
    found.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}

#[test]
fn the_page_of_a_plan_is_good_for_everybody() {
    let desk = Desk::new();
    let axe = tools::axe();
    let mut faults = Vec::new();
    for scenario in scenarios() {
        for (look, what) in [(Look::Light, "light"), (Look::Dark, "dark")] {
            for width in [1280, 320] {
                desk.page.look(look);
                desk.page.width(width);
                desk.show(&scenario.plan);
                desk.page.screenshot(&format!("plan-{}-{what}-{width}", scenario.name));
                unfold(&desk.page);
                let mut found = desk.page.axe(&axe);
                let over = desk.page.overflow();
                found.extend((over > 0).then(|| format!("{over} pixels lie to the right of the screen")));
                faults.extend(found.into_iter().map(|fault| format!("{} ({what}, {width}): {fault}", scenario.name)));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn the_page_says_the_same_without_a_script_but_for_the_filter() {
    let desk = Desk::new();
    for scenario in scenarios() {
        desk.show(&scenario.plan);
        assert!(desk.page.text().contains("clinics shown"), "the filter works: {}", scenario.name);
        desk.page.script("document.getElementById('filter').remove();");
        let with = desk.page.text();
        desk.page.scripts(false);
        desk.show(&scenario.plan);
        assert_eq!(desk.page.text(), with, "{}", scenario.name);
        desk.page.scripts(true);
    }
}

#[test]
fn the_filter_works_by_the_keyboard_alone() {
    let desk = Desk::new();
    let real = scenarios().iter().find(|scenario| scenario.name == "real-fleet").expect("the real fleet");
    desk.show(&real.plan);
    assert_eq!(desk.page.walk(), Vec::<String>::new());
    desk.show(&real.plan);
    desk.page.fill_by_key("Clinic", "NORR");
    desk.page.sees("1 of 10 clinics shown");
    let text = desk.page.text();
    assert!(text.contains("norrtull") && text.contains("Tomasz Lund"), "{text}");
    for hidden in ["alvdansen", "Sanna Kaya", "people gain access in 3 clinics\n"] {
        assert!(!text.contains(hidden), "{hidden} is still there: {text}");
    }
    assert!(text.contains("10 of 18 clinics change"), "the verdict stays: {text}");
    desk.page.keys("\u{E003}\u{E003}\u{E003}\u{E003}\u{E004}L");
    desk.page.sees("4 of 10 clinics shown");
    assert!(!desk.page.text().contains("What patients see"), "menus take nobody's access");
}

/// Elements, attributes and addresses that the page has no use for.
const FOREIGN: &str = "
    const ours = ('html head meta title style body a header p h1 h2 h3 h4 main section ul li span b bdi code form div label input ' +
        'select option article details summary small strong figure figcaption dl dt dd del ins footer script pre ' +
        'svg desc rect path text g').split(' ');
    const all = [...document.querySelectorAll('*')];
    const found = all.filter(e => !ours.includes(e.localName)).map(e => `element ${e.outerHTML.slice(0, 200)}`);
    for (const e of all) for (const a of e.attributes) {
        if (a.name.startsWith('on') || a.name === 'style' || a.name === 'src') found.push(`attribute ${a.name}`);
        if (/href$/.test(a.name) && !/^#[a-z]+$/.test(a.value)) found.push(`address ${a.value}`);
    }
    if (document.scripts.length !== 1) found.push(`${document.scripts.length} scripts`);
    for (const r of performance.getEntriesByType('resource')) found.push(`request ${r.name}`);
    return found;";

#[test]
fn no_hostile_text_does_anything_in_a_browser() {
    let desk = Desk::new();
    for case in hostile() {
        desk.show(&case.plan);
        unfold(&desk.page);
        assert_eq!(strings(&desk.page.script(FOREIGN)), Vec::<String>::new(), "{}", case.name);
        assert!(desk.page.text().contains("clinics shown"), "{}: our own script still runs", case.name);
        assert!(desk.page.overflow() <= 0, "{}: it makes the page wide", case.name);
    }
}

#[test]
fn the_policy_of_the_page_lets_nothing_else_in() {
    let desk = Desk::new();
    desk.show(&scenarios()[0].plan);
    let intrude = "
        const done = [];
        addEventListener('securitypolicyviolation', e => done.push(e.effectiveDirective));
        const add = (name, fill) => { const e = document.createElement(name); fill(e); document.body.append(e); };
        add('script', e => e.textContent = 'window.intruded = true');
        add('style', e => e.textContent = 'body { display: none }');
        add('img', e => e.src = 'data:image/gif;base64,R0lGODlhAQABAAAAACw=');
        window.done = done;";
    desk.page.script(intrude);
    desk.page.script("return new Promise(done => setTimeout(done));");
    assert_eq!(
        desk.page.script("return window.intruded === undefined && getComputedStyle(document.body).display !== 'none';"),
        true
    );
    let stopped = strings(&desk.page.script("return window.done;"));
    for directive in ["script-src-elem", "style-src-elem", "img-src"] {
        assert!(stopped.iter().any(|found| found == directive), "{directive}: {stopped:?}");
    }
}

/// Titles of every kind of width.
const TITLES: [&str; 8] = [
    "Wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww",
    "Förnya recept och beställ vaccination mm",
    "MMMMMMM MMMMMMM MMMMMMM MMMMMMMM MMMMMMM",
    "iiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiii",
    "حجز موعد مع الطبيب في العيادة القريبة مني",
    "预约医生就诊时间和疫苗接种服务以及其他各种健康咨询服务和检查项目预约",
    "👩‍⚕️👨‍👩‍👧‍👦🏥💊💉🩺🧑‍⚕️🚑👩‍⚕️👨‍👩‍👧‍👦🏥💊💉🩺🧑‍⚕️🚑",
    "e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}",
];

#[test]
fn every_title_stays_inside_its_button() {
    let desk = Desk::new();
    let buttons: Vec<_> = TITLES
        .iter()
        .enumerate()
        .map(|(at, title)| json!({"id": format!("b{at}"), "leads_to": "drop_in", "title": {"sv": title}}))
        .collect();
    let picture = json!([{"clinic": "eken", "surfaces": ["app"], "before": [], "after": buttons}]);
    let mut plan = scenarios()[0].plan.clone();
    plan.impact.pictures = serde_json::from_value(picture).expect("a picture");
    desk.show(&plan);
    desk.page.screenshot("plan-titles");
    let wide = "return [...document.querySelectorAll('.cm-button text')]
        .filter(e => e.getComputedTextLength() > Number(e.parentNode.getAttribute('width')))
        .map(e => `${e.textContent}: ${e.getComputedTextLength()}`);";
    assert_eq!(strings(&desk.page.script(wide)), Vec::<String>::new());
    assert_eq!(desk.page.script("return document.querySelectorAll('.cm-comes').length;"), TITLES.len());
}
