//! Who may do what: every route of the system, taken from the tables that the router is built from, with every kind of
//! caller.

use super::world::{Browser, Page, ROOT, World};
use clinic_system::{ActorName, Needs, PageRoute, Scope, pages, routes};
use clinic_wire::Actor;
use reqwest::Method;

/// The kinds of callers, and what each may use at Norrtull. Stated here a second time, on purpose without the product's
/// own words for it.
const CALLERS: [(Caller, &[Needs]); 8] = {
    use Needs::{ClinicAdministrator, GlobalAdministrator, Nobody, Professional, SignedIn, Visitor};
    [
        (Caller::Nobody, &[Nobody, Visitor]),
        (Caller::InventedSession, &[Nobody, Visitor]),
        (Caller::Scheduler, &[Nobody, Visitor, SignedIn]),
        (Caller::Professional, &[Nobody, Visitor, SignedIn, Professional]),
        (Caller::Administrator, &[Nobody, Visitor, SignedIn, ClinicAdministrator]),
        (Caller::ProfessionalElsewhere, &[Nobody, Visitor, SignedIn]),
        (Caller::AdministratorElsewhere, &[Nobody, Visitor, SignedIn]),
        (Caller::Global, &[Nobody, Visitor, SignedIn, ClinicAdministrator, GlobalAdministrator]),
    ]
};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Caller {
    Nobody,
    InventedSession,
    Scheduler,
    Professional,
    Administrator,
    ProfessionalElsewhere,
    AdministratorElsewhere,
    Global,
}

impl Caller {
    async fn browser(self, world: &World) -> Browser {
        let (login, staff) = match self {
            Self::Nobody => return world.browser(),
            Self::InventedSession => {
                let mut browser = world.browser();
                browser.cookies.insert("__Host-session".into(), "0a".repeat(32));
                return browser;
            }
            Self::Global => return world.sign_in(ROOT).await,
            Self::Scheduler => ("siv@norrtull.example", "st-5"),
            Self::Professional => ("anna@norrtull.example", "st-1"),
            Self::Administrator => ("pia@norrtull.example", "st-2"),
            Self::ProfessionalElsewhere => ("eva@vasa.example", "st-8"),
            Self::AdministratorElsewhere => ("ulf@vasa.example", "st-9"),
        };
        world.signed_in(login, staff, false).await
    }

    /// Whether this caller works at the other clinic: a path without a clinic is open to their role all the same.
    fn may(self, route: &PageRoute, at_norrtull: &[Needs]) -> bool {
        let anywhere = !route.path().contains("{clinic}");
        let elsewhere = match self {
            Self::ProfessionalElsewhere => route.needs() == Needs::Professional,
            Self::AdministratorElsewhere => route.needs() == Needs::ClinicAdministrator,
            Self::Nobody
            | Self::InventedSession
            | Self::Scheduler
            | Self::Professional
            | Self::Administrator
            | Self::Global => false,
        };
        at_norrtull.contains(&route.needs()) || (anywhere && elsewhere)
    }
}

/// A path of this route at Norrtull.
pub(super) fn path(route: &PageRoute) -> String {
    let segment = |part: &str| match part {
        "{clinic}" => "norrtull".to_owned(),
        part if part.starts_with('{') => "none".to_owned(),
        part => part.to_owned(),
    };
    route.path().split('/').map(segment).collect::<Vec<_>>().join("/")
}

/// Uses a route as a browser does: a form is posted with everything that it has to bring along.
pub(super) async fn visit(browser: &mut Browser, route: &PageRoute) -> Page {
    if route.method() == Method::GET {
        return browser.get(&path(route)).await;
    }
    let token = browser.token_for(route.needs()).await;
    browser.post(&path(route), &[("token", token.as_str())]).await
}

#[tokio::test]
async fn each_page_opens_to_those_who_may_and_to_nobody_else() {
    let world = World::start().await;
    let mut closed = 0;
    for (caller, at_norrtull) in CALLERS {
        let browser = caller.browser(&world).await;
        let mut open = 0;
        for route in pages() {
            // Each use with the same session, also after the one that ends it.
            let mut browser = if route.path() == "/sign-out" { another(&world, caller).await } else { browser.clone() };
            let answer = visit(&mut browser, route).await;
            let refused = answer.asks_to_sign_in() || answer.status == 403;
            let what = format!("{caller:?}: {} {} answers {}", route.method(), route.path(), answer.status);
            assert_eq!(!refused, caller.may(route, at_norrtull), "{what}");
            let signed_in = !matches!(caller, Caller::Nobody | Caller::InventedSession);
            assert!(!refused || signed_in != answer.asks_to_sign_in(), "{what}: who is signed in is not asked to");
            (open, closed) = if refused { (open, closed + 1) } else { (open + 1, closed) };
        }
        assert!(open > 0, "{caller:?}");
    }
    assert!(closed > 20);
}

/// A session of its own for somebody who has an account by now.
async fn another(world: &World, caller: Caller) -> Browser {
    match caller {
        Caller::Nobody | Caller::InventedSession => caller.browser(world).await,
        Caller::Global => world.sign_in(ROOT).await,
        Caller::Scheduler => world.sign_in("siv@norrtull.example").await,
        Caller::Professional => world.sign_in("anna@norrtull.example").await,
        Caller::Administrator => world.sign_in("pia@norrtull.example").await,
        Caller::ProfessionalElsewhere => world.sign_in("eva@vasa.example").await,
        Caller::AdministratorElsewhere => world.sign_in("ulf@vasa.example").await,
    }
}

#[tokio::test]
async fn a_session_opens_no_route_of_the_api() {
    let world = World::start().await;
    let mut root = world.sign_in(ROOT).await;
    let mut tried = 0;
    for route in routes().iter().filter(|route| route.scope().is_some()) {
        let path =
            route.path().replace("{clinic}", "norrtull").replace("{button}", "book").replace("{conversation}", "c");
        let request = root.request(route.method(), &path).header("If-Match", "\"1\"");
        assert_eq!(root.send(request).await.status, 401, "{} {path}", route.method());
        tried += 1;
    }
    assert!(tried > 5);
}

#[tokio::test]
async fn a_token_of_the_api_opens_no_page() {
    let world = World::start().await;
    let name = ActorName::parse("pipeline").unwrap();
    let token = world.running.issue_token(&name, Actor::Service, &Scope::ALL.into()).unwrap();
    let mut browser = world.browser();
    let closed = pages().filter(|route| !matches!(route.needs(), Needs::Nobody | Needs::Visitor));
    for route in closed {
        let request = browser.request(route.method(), &path(route)).header("Origin", &browser.origin);
        let answer = browser.send(request.bearer_auth(&token)).await;
        assert!(answer.asks_to_sign_in(), "{} {}: {}", route.method(), route.path(), answer.status);
    }
}

#[tokio::test]
async fn signing_in_leads_on_to_the_page_that_was_asked_for() {
    let world = World::start().await;
    let mut browser = world.browser();
    let asked = browser.get("/admin/accounts").await;
    assert_eq!(asked.header("location"), "/sign-in?next=%2Fadmin%2Faccounts");
    let page = browser.get(asked.header("location")).await;
    assert!(page.text.contains("value=\"/admin/accounts\""), "{}", page.text);
    for (next, leads) in
        [("/admin/accounts", "/admin/accounts"), ("//evil.example", "/"), ("https://evil.example", "/")]
    {
        let page = browser.get("/sign-in").await;
        let fields = [("login", ROOT), ("password", super::world::PASSWORD), ("next", next)];
        let answer = browser.clone().submit(&page, "/sign-in", &fields).await;
        assert_eq!((answer.status.as_u16(), answer.header("location")), (303, leads));
    }
}
