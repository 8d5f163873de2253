//! A clinic system with people who can sign in, and browsers without a screen.
#![expect(clippy::unwrap_used, reason = "a test whose system does not work has nothing more to say")]

use crate::support::{http, store};
use clinic_system::{Config, Limits, Location, Needs, Running, Seed, Server};
use reqwest::header::HeaderMap;
use reqwest::{Client, Method, RequestBuilder, StatusCode};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;
use tempfile::TempDir;

/// Two clinics, each with a professional and an administrator; one person with every role; somebody who has left.
const SEED: &str = r#"
system: Demonstration
clinics:
  - clinic: norrtull
    name: Norrtulls vårdcentral
    messaging:
      healthcare_initiated: {enabled: true, accessible_to: everyone}
      incoming: {enabled: true, accessible_to: everyone}
    buttons:
      - {id: new-message, leads_to: new_message, title: {en: New message, sv: Nytt meddelande}, active: true}
    staff:
      - {id: st-1, name: Anna Berg, email: anna@norrtull.example, title: nurse, roles: [healthcare_professional]}
      - {id: st-2, name: Pia Ek, email: pia@norrtull.example, title: secretary, roles: [administrator]}
      - {id: st-3, name: Alla Roller, email: alla@norrtull.example, title: physician, roles: [healthcare_professional, administrator]}
      - {id: st-4, name: Lars Ek, email: lars@norrtull.example, title: nurse, roles: [healthcare_professional], active: false}
      - {id: st-5, name: Siv Plan, email: siv@norrtull.example, title: secretary, roles: [scheduler]}
  - clinic: vasa
    name: Vasa vårdcentral
    staff:
      - {id: st-8, name: Eva Lind, email: eva@vasa.example, title: nurse, roles: [healthcare_professional]}
      - {id: st-9, name: Ulf Lind, email: ulf@vasa.example, title: secretary, roles: [administrator]}
"#;

/// The password of everybody.
pub(crate) const PASSWORD: &str = "correct horse battery staple";
/// The global administrator who is there from the beginning.
pub(crate) const ROOT: &str = "root@demo.example";

/// A running system.
pub(crate) struct World {
    pub(crate) running: Running,
    database: Location,
    folder: TempDir,
}

impl World {
    /// A system without any account.
    pub(crate) async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self::on(store::location(&file(&folder)), folder, Limits::default()).await
    }

    /// The same behind a proxy on this machine.
    pub(crate) async fn behind_proxy() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let limits = Limits { proxies: vec!["127.0.0.1".parse().unwrap()], ..Limits::default() };
        Self::on(store::location(&file(&folder)), folder, limits).await
    }

    /// The same on a file, for which it does not wait when another program holds it.
    pub(crate) async fn impatient() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let limits = Limits { busy_time: Duration::from_millis(1), ..Limits::default() };
        Self::on(file(&folder).into(), folder, limits).await
    }

    /// A system without any account, whose data are on PostgreSQL, in this database.
    pub(crate) async fn on_postgres(address: &str) -> Self {
        Self::on(Location::parse(address).unwrap(), tempfile::tempdir().unwrap(), Limits::default()).await
    }

    async fn on(database: Location, folder: TempDir, limits: Limits) -> Self {
        let seed = Seed::parse(SEED).unwrap();
        let running = Server::start(config(&database, Some(seed), limits)).await.unwrap();
        Self { running, database, folder }
    }

    /// A system that [`ROOT`] administers.
    pub(crate) async fn start() -> Self {
        Self::new().await.with_root().await
    }

    /// The same with its first account.
    pub(crate) async fn with_root(self) -> Self {
        let world = self;
        let code = world.running.set_up_code().await.unwrap().expect("nobody has an account");
        let mut browser = world.browser();
        let page = browser.get("/set-up").await;
        let fields = [("code", code.as_str()), ("name", "Root"), ("login", ROOT), ("password", PASSWORD)];
        assert_eq!(browser.submit(&page, "/set-up", &fields).await.status, 303);
        world
    }

    /// Another server on the same database.
    pub(crate) async fn replica(&self) -> Running {
        Server::start(config(&self.database, None, Limits::default())).await.unwrap()
    }

    pub(crate) fn browser(&self) -> Browser {
        Browser::of(&self.running)
    }

    /// A browser that is signed in as somebody new: of this staff id, or of none.
    pub(crate) async fn signed_in(&self, login: &str, staff: &str, global: bool) -> Browser {
        self.account(login, staff, global).await;
        self.sign_in(login).await
    }

    /// A browser that is signed in as somebody who has an account.
    pub(crate) async fn sign_in(&self, login: &str) -> Browser {
        let mut browser = self.browser();
        let answer = browser.sign_in(login, PASSWORD).await;
        assert_eq!(answer.status, 303, "{}", answer.text);
        browser
    }

    /// Makes an account as an administrator does, and chooses its password as its holder does.
    pub(crate) async fn account(&self, login: &str, staff: &str, global: bool) {
        let link = self.link(login, staff, global).await;
        let mut holder = self.browser();
        let page = holder.get(&link).await;
        let (path, code) = link.split_once("?code=").unwrap();
        let chosen = holder.submit(&page, path, &[("code", code), ("password", PASSWORD)]).await;
        assert_eq!(chosen.status, 303, "{}", chosen.text);
    }

    /// Makes an account and says the path of its one-time link.
    pub(crate) async fn link(&self, login: &str, staff: &str, global: bool) -> String {
        let mut root = self.sign_in(ROOT).await;
        let page = root.get("/admin/accounts").await;
        let mut fields = vec![("name", login), ("login", login), ("staff", staff)];
        fields.extend(global.then_some(("global", "on")));
        let made = root.submit(&page, "/admin/accounts", &fields).await;
        assert_eq!(made.status, 200, "{}", made.text);
        made.link()
    }

    /// Runs a statement behind the system's back: the way to make time pass, and people leave.
    pub(crate) async fn sql(&self, statement: &'static str) -> u64 {
        store::touch(&file(&self.folder), statement, &[]).await
    }

    /// The first column of the rows of a query.
    pub(crate) async fn texts(&self, query: &'static str) -> Vec<String> {
        store::texts(&file(&self.folder), query).await
    }

    /// Where its data are, where they are in a file.
    pub(crate) fn file(&self) -> PathBuf {
        file(&self.folder)
    }

    /// Everything that the database's files hold.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        let files = ["", "-wal"].map(|end| PathBuf::from(format!("{}{end}", file(&self.folder).display())));
        files.iter().filter_map(|file| std::fs::read(file).ok()).flatten().collect()
    }

    /// Whether the database's files hold this text.
    pub(crate) fn holds(&self, text: &str) -> bool {
        self.bytes().windows(text.len()).any(|window| window == text.as_bytes())
    }
}

fn file(folder: &TempDir) -> PathBuf {
    folder.path().join("clinics.db")
}

fn config(database: &Location, seed: Option<Seed>, limits: Limits) -> Config {
    Config { listen: "127.0.0.1:0".parse().unwrap(), database: database.clone(), seed, limits }
}

/// A browser: it keeps cookies, and says with a form where it comes from.
#[derive(Clone)]
pub(crate) struct Browser {
    pub(crate) origin: String,
    pub(crate) cookies: BTreeMap<String, String>,
    http: Client,
}

impl Browser {
    pub(crate) fn of(running: &Running) -> Self {
        Self::at(format!("http://{}", running.local_addr()))
    }

    /// A browser for the system at this address.
    pub(crate) fn at(origin: String) -> Self {
        Self { origin, cookies: BTreeMap::new(), http: http::client() }
    }

    /// A request with this browser's cookies, and nothing else.
    pub(crate) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let request = self.http.request(method, format!("{}{path}", self.origin)).header("Accept", "text/html");
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        if cookies.is_empty() { request } else { request.header("Cookie", cookies.join("; ")) }
    }

    pub(crate) async fn get(&mut self, path: &str) -> Page {
        let request = self.request(Method::GET, path);
        self.send(request).await
    }

    /// Posts a form of `page`.
    pub(crate) async fn submit(&mut self, page: &Page, path: &str, fields: &[(&str, &str)]) -> Page {
        let token = page.token();
        self.post(path, &[&[("token", token.as_str())], fields].concat()).await
    }

    /// Posts these fields.
    pub(crate) async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Page {
        let request = self.request(Method::POST, path).header("Origin", &self.origin);
        self.send(with_form(request.header("Sec-Fetch-Site", "same-origin"), fields)).await
    }

    /// The token that a form of a page with this need carries: pages without a session bind their forms to the browser,
    /// all others to the session, of which the top bar has the token. Empty where there is none.
    pub(crate) async fn token_for(&mut self, needs: Needs) -> String {
        if !matches!(needs, Needs::Nobody | Needs::Visitor) {
            let page = self.get("/").await;
            return if page.text.contains("name=\"token\"") { page.token() } else { String::new() };
        }
        // Signed in, the sign-in page leads on; the same browser without its session is shown the form.
        let mut visitor = self.clone();
        visitor.cookies.remove("__Host-session");
        let token = visitor.get("/sign-in").await.token();
        self.cookies.extend(visitor.cookies);
        token
    }

    pub(crate) async fn sign_in(&mut self, login: &str, password: &str) -> Page {
        let page = self.get("/sign-in").await;
        self.submit(&page, "/sign-in", &[("login", login), ("password", password)]).await
    }

    /// Whether it sees a page that only signed-in people see.
    pub(crate) async fn is_signed_in(&mut self) -> bool {
        self.get("/").await.text.contains("action=\"/sign-out\"")
    }

    pub(crate) fn session(&self) -> String {
        self.cookies.get("__Host-session").cloned().unwrap_or_default()
    }

    /// Sends a request and keeps the cookies of its answer.
    pub(crate) async fn send(&mut self, request: RequestBuilder) -> Page {
        let response = request.send().await.unwrap();
        let (status, headers) = (response.status(), response.headers().clone());
        let page = Page { status, headers, text: response.text().await.unwrap() };
        assert!(!status.is_server_error(), "{page:?}");
        for (name, value, attributes) in page.cookies() {
            if attributes.contains(&"Max-Age=0".to_owned()) {
                self.cookies.remove(&name);
            } else {
                self.cookies.insert(name, value);
            }
        }
        page
    }
}

/// The request with a form of these fields.
pub(crate) fn with_form(request: RequestBuilder, fields: &[(&str, &str)]) -> RequestBuilder {
    let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    request.header("Content-Type", "application/x-www-form-urlencoded").body(body)
}

/// An answer.
#[derive(Debug)]
pub(crate) struct Page {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
}

impl Page {
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// The token of the page's own form, which stands behind that of the top bar.
    pub(crate) fn token(&self) -> String {
        let mark = "name=\"token\" value=\"";
        let (_, rest) = self.text.rsplit_once(mark).unwrap_or_else(|| panic!("no form in {}", self.text));
        rest.split('"').next().unwrap().to_owned()
    }

    /// The path and query of the one-time link that it shows.
    pub(crate) fn link(&self) -> String {
        let (_, rest) = self.text.split_once("/choose-password?code=").expect("a link");
        format!("/choose-password?code={}", rest.split('"').next().unwrap())
    }

    /// The cookies that it sets: name, value, attributes.
    pub(crate) fn cookies(&self) -> Vec<(String, String, Vec<String>)> {
        let cookie = |text: &str| {
            let mut parts = text.split("; ").map(str::to_owned);
            let (name, value) =
                parts.next().unwrap().split_once('=').map(|(n, v)| (n.to_owned(), v.to_owned())).unwrap();
            (name, value, parts.collect())
        };
        self.headers.get_all("set-cookie").iter().map(|value| cookie(value.to_str().unwrap())).collect()
    }

    /// Whether it sends its reader to the sign-in page.
    pub(crate) fn asks_to_sign_in(&self) -> bool {
        self.status == 303 && self.header("location").starts_with("/sign-in?next=")
    }
}
