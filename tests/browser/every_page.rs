//! Every page that the router knows, as people meet it who do not look or point as most others do: with a screen reader, by
//! the keyboard alone, in the dark, in colours of their own, on a narrow screen, without JavaScript.

use super::demo::{Demo, KARIN, SYSTEM};
use super::page::{Look, Page};
use crate::support::sandbox::Sandbox;
use crate::support::server::Server;
use crate::support::tools;
use clinic_system::{Needs, PageRoute, pages};

/// The clinic of every page that is of one.
const CLINIC: &str = "norrtull";

/// A page to look at, and the name of its pictures.
struct Visit {
    path: String,
    name: String,
}

#[test]
fn every_page_is_good_for_everybody() {
    let demo = Demo::start();
    let axe = tools::axe();
    let visitor = demo.visitor();
    let (karin, system) = (visitor.another(), visitor.another());
    demo.sign_in(&karin, KARIN);
    demo.sign_in(&system, SYSTEM);
    let conversation = conversation(&visitor);
    let mut faults = Vec::new();
    for route in looked_at() {
        let page = match route.needs() {
            Needs::Nobody | Needs::Visitor => &visitor,
            Needs::SignedIn | Needs::Professional | Needs::ClinicAdministrator => &karin,
            Needs::GlobalAdministrator => &system,
        };
        for visit in visits(route, &conversation) {
            faults.extend(looked_over(page, &visit, &axe));
        }
    }
    let fresh = Sandbox::with_real_fleet();
    let server = Server::start(&fresh);
    let set_up = visitor.at(&server.address);
    faults.extend(looked_over(&set_up, &Visit { path: "/set-up".to_owned(), name: "set-up".to_owned() }, &axe));
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// The routes of pages that are looked at. A system that is in use shows no set-up page: that one has a system of its own.
fn looked_at() -> impl Iterator<Item = &'static PageRoute> {
    pages()
        .filter(|route| route.method() == "GET" && !route.path().starts_with("/assets/") && route.path() != "/set-up")
}

/// The key of a conversation that the visitor has started.
fn conversation(visitor: &Page) -> String {
    visitor.open(&format!("/p/{CLINIC}/new?lang=en"));
    visitor.fill("Message", "Hello! May I renew my prescription by message?");
    visitor.press("Send");
    visitor.sees("May I renew my prescription");
    let path = visitor.path();
    let (_, key) = path.split_once("/conversations/").expect("a sent message leads to its conversation");
    key.split('?').next().unwrap_or_default().to_owned()
}

/// What stands for the parameters of a route; a patient's pages have the layout of a phone too.
fn visits(route: &PageRoute, conversation: &str) -> Vec<Visit> {
    let parameters =
        [("clinic", CLINIC), ("conversation", conversation), ("button", "book"), ("form", "renew-prescription")];
    let filled = |path: &str, (name, value): &(&str, &str)| path.replace(&format!("{{{name}}}"), value);
    let path = parameters.iter().fold(route.path().to_owned(), |path, parameter| filled(&path, parameter));
    assert!(!path.contains('{'), "say what stands for the parameters of {path}");
    let name = match route.path().replace(['{', '}'], "").trim_matches('/') {
        "" => "start".to_owned(),
        path => path.replace('/', "-"),
    };
    let mut visits = vec![Visit { path: path.clone(), name: name.clone() }];
    if ["/p/{clinic}", "/p/{clinic}/new"].contains(&route.path()) {
        visits.push(Visit { path: format!("{path}?surface=app"), name: format!("{name}-app") });
    }
    visits
}

/// What is wrong with a page.
fn looked_over(page: &Page, visit: &Visit, axe: &str) -> Vec<String> {
    let Visit { path, name } = visit;
    let mut faults = Vec::new();
    let mut fault = |what: &str, found: Vec<String>| {
        faults.extend(found.into_iter().map(|found| format!("{path} ({what}): {found}")));
    };
    for (language, look, what, width) in [("en", Look::Light, "light", 1280), ("sv", Look::Dark, "dark", 320)] {
        page.look(look);
        page.width(width);
        page.open(&in_language(path, language));
        fault(what, narrow(page));
        fault(what, page.axe(axe));
        page.screenshot(&format!("{name}-{what}"));
    }
    page.width(1280);
    fault("keyboard", page.walk());
    page.look(Look::ForcedColours);
    fault("forced colours", page.without_borders());
    page.screenshot(&format!("{name}-forced-colours"));
    page.look(Look::Light);
    fault("scripts off", without_scripts(page, path));
    faults
}

fn in_language(path: &str, language: &str) -> String {
    let joint = if path.contains('?') { '&' } else { '?' };
    format!("{path}{joint}lang={language}")
}

fn narrow(page: &Page) -> Vec<String> {
    let overflow = page.overflow();
    if overflow > 0 { vec![format!("{overflow} pixels lie to the right of the screen")] } else { Vec::new() }
}

/// A script may add comfort; what the page says, it says without.
fn without_scripts(page: &Page, path: &str) -> Vec<String> {
    page.open(path);
    let with = page.text();
    page.scripts(false);
    page.open(path);
    let without = page.text();
    page.scripts(true);
    if with == without { Vec::new() } else { vec![format!("the page says\n{without}\nand with scripts\n{with}")] }
}
