//! The browser: Chromium behind chromedriver, spoken to in the W3C's WebDriver protocol and, through it, in Chromium's
//! own DevTools protocol.

use crate::support::{http, packages};
use reqwest::Method;
use serde_json::{Value, json};
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::Duration;
use tempfile::TempDir;
use tokio::runtime::Runtime;

/// What Debian calls the browser, its driver, and letters to write with.
const PACKAGES: &str = "chromium chromium-driver fonts-liberation";
/// The key under which the protocol hands out elements.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";
/// The elements that may have a name, in the regions that have one.
const GUESS: &str = "const [region, selector, name] = arguments, bare = text => (text || '').replace(/\\s+/g, '');
    const of = id => document.getElementById(id)?.textContent;
    const spoken = e => [e.getAttribute('aria-label'), (e.getAttribute('aria-labelledby') || '').split(' ').map(of).join(''),
        e.querySelector(':scope > legend')?.textContent];
    const named = e => [...spoken(e), e.textContent, e.title, e.value, ...[...e.labels || []].map(l => l.textContent)];
    const regions = 'section, nav, form, fieldset, li, [role]';
    const inside = region === null ? [document] : [...document.querySelectorAll(regions)]
        .filter(e => spoken(e).some(text => bare(text) === bare(region)));
    return inside.flatMap(e => [...e.querySelectorAll(selector)])
        .filter(e => e.checkVisibility() && named(e).some(text => bare(text).includes(bare(name))));";
/// Without a sandbox, because root has none, and without talk to anybody but the server under test.
const ARGUMENTS: [&str; 11] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--hide-scrollbars",
    "--no-proxy-server",
];

/// A running chromedriver; it ends with the last of its sessions.
struct Driver {
    process: Child,
    address: String,
    runtime: Runtime,
    http: reqwest::Client,
}

/// One browser with a profile of its own: cookies of two sessions never meet.
pub(super) struct Session {
    driver: Arc<Driver>,
    path: String,
    /// Kept as long as the browser writes to it.
    _profile: TempDir,
}

/// An element of the page that is shown at the moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Element(String);

impl Session {
    /// Starts a browser.
    pub(super) fn start() -> Self {
        Self::on(Arc::new(Driver::start()))
    }

    /// One more browser, for another person.
    pub(super) fn another(&self) -> Self {
        Self::on(Arc::clone(&self.driver))
    }

    fn on(driver: Arc<Driver>) -> Self {
        let profile = tempfile::Builder::new().prefix("clinicctl-browser-").tempdir().expect("a folder for a profile");
        let mut arguments = ARGUMENTS.map(str::to_owned).to_vec();
        arguments.push(format!("--user-data-dir={}", profile.path().display()));
        let binary = packages::need("chromium", PACKAGES);
        let options = json!({"args": arguments, "binary": binary});
        let wanted = json!({"capabilities": {"alwaysMatch": {"goog:chromeOptions": options}}});
        let session = driver.call(Method::POST, "/session", Some(wanted)).expect("a browser starts");
        let id = session["sessionId"].as_str().expect("a session has an id");
        Self { path: format!("/session/{id}"), driver, _profile: profile }
    }

    /// Goes to an address, and waits until it is loaded.
    pub(super) fn go(&self, url: &str) {
        self.post("/url", json!({"url": url}));
    }

    /// What a script answers; it is run whether the page may run scripts or not.
    pub(super) fn script(&self, script: &str, arguments: Value) -> Value {
        self.post("/execute/sync", json!({"script": script, "args": arguments}))
    }

    /// The same while a page may be being left, which is an error.
    pub(super) fn try_script(&self, script: &str, arguments: Value) -> Result<Value, String> {
        self.try_post("/execute/sync", json!({"script": script, "args": arguments}))
    }

    /// What a script hands to its last argument.
    pub(super) fn script_later(&self, script: &str, arguments: Value) -> Value {
        self.post("/execute/async", json!({"script": script, "args": arguments}))
    }

    /// Presses keys wherever the focus is.
    pub(super) fn keys(&self, keys: &str) {
        let presses = keys.chars().flat_map(|key| ["keyDown", "keyUp"].map(|what| json!({"type": what, "value": key})));
        let presses: Vec<_> = presses.collect();
        self.post("/actions", json!({"actions": [{"type": "key", "id": "keyboard", "actions": presses}]}));
    }

    /// The element that has the focus.
    pub(super) fn focused(&self) -> Option<Element> {
        self.get("/element/active").ok().as_ref().and_then(Element::of)
    }

    /// The elements that `selector` finds and that a screen reader calls by this name; where a region is named, only those
    /// inside of it.
    ///
    /// A script guesses which elements may have the name; the browser itself says whether they do. (Asking the browser for
    /// all names at once crashes it now and then, while a page is being left.)
    pub(super) fn named(&self, region: Option<&str>, selector: &str, name: &str) -> Result<Vec<Element>, String> {
        let guessed = self.try_script(GUESS, json!([region, selector, name]))?;
        let mut found = Vec::new();
        for element in guessed.as_array().into_iter().flatten().filter_map(Element::of) {
            let label = self.get(&format!("/element/{}/computedlabel", element.0))?;
            let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
            if words(label.as_str().unwrap_or_default()) == name {
                found.push(element);
            }
        }
        Ok(found)
    }

    /// Clicks an element; an error where there is nothing to click, or something else lies on top.
    pub(super) fn click(&self, element: &Element) -> Result<(), String> {
        let clicked = self.try_post(&format!("/element/{}/click", element.0), json!({}));
        match clicked {
            // The protocol does not know that a style sheet can show what is in a closed `<details>`.
            Err(error) if error.contains("not interactable") => self.click_in_the_middle(element),
            clicked => clicked.map(drop),
        }
    }

    fn click_in_the_middle(&self, element: &Element) -> Result<(), String> {
        let script = "const e = arguments[0];
            e.scrollIntoView({block: 'center', behavior: 'instant'});
            const box = [...e.getClientRects()].find(r => r.width > 1 && r.height > 1);
            if (!box) return 'it is not shown';
            const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
            const top = document.elementFromPoint(x, y);
            const hit = top && (e.contains(top) || top.contains(e) && top.tagName === 'LABEL');
            return hit ? [Math.floor(x), Math.floor(y)] : `it is covered by ${top && top.outerHTML}`;";
        let place = self.script(script, json!([element.argument()]));
        let (Some(x), Some(y)) = (place[0].as_i64(), place[1].as_i64()) else { return Err(place.to_string()) };
        let moved = json!({"type": "pointerMove", "duration": 0, "x": x, "y": y});
        let pressed = ["pointerDown", "pointerUp"].map(|what| json!({"type": what, "button": 0}));
        let [down, up] = pressed;
        let mouse = json!({"type": "pointer", "id": "mouse", "actions": [moved, down, up]});
        self.post("/actions", json!({"actions": [mouse]}));
        Ok(())
    }

    /// Empties a field and types into it.
    pub(super) fn write(&self, element: &Element, text: &str) -> Result<(), String> {
        let path = format!("{}/element/{}", self.path, element.0);
        self.driver.call(Method::POST, &format!("{path}/clear"), Some(json!({})))?;
        self.driver.call(Method::POST, &format!("{path}/value"), Some(json!({"text": text}))).map(drop)
    }

    /// Asks Chromium in its own protocol.
    pub(super) fn devtools(&self, command: &str, parameters: Value) -> Value {
        self.post("/goog/cdp/execute", json!({"cmd": command, "params": parameters}))
    }

    /// The same while a page may be being left.
    pub(super) fn try_devtools(&self, command: &str, parameters: Value) -> Result<Value, String> {
        self.try_post("/goog/cdp/execute", json!({"cmd": command, "params": parameters}))
    }

    fn get(&self, path: &str) -> Result<Value, String> {
        self.driver.call(Method::GET, &format!("{}{path}", self.path), None)
    }

    fn post(&self, path: &str, body: Value) -> Value {
        self.try_post(path, body).unwrap_or_else(|error| panic!("the browser refuses `{path}`: {error}"))
    }
}

impl Session {
    fn try_post(&self, path: &str, body: Value) -> Result<Value, String> {
        self.driver.call(Method::POST, &format!("{}{path}", self.path), Some(body))
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        // A browser that is gone already has nothing to close.
        drop(self.driver.call(Method::DELETE, &self.path, None));
    }
}

impl Element {
    fn of(value: &Value) -> Option<Self> {
        value[ELEMENT].as_str().map(|id| Self(id.to_owned()))
    }

    /// The element as an argument of a script.
    pub(super) fn argument(&self) -> Value {
        json!({ELEMENT: self.0})
    }
}

impl Driver {
    fn start() -> Self {
        let program = packages::need("chromedriver", PACKAGES);
        let mut command = Command::new(program);
        command.arg("--port=0").env("LC_ALL", "C.UTF-8").stdout(Stdio::piped()).stderr(Stdio::null());
        let mut process = command.spawn().expect("chromedriver starts");
        let mut talk = BufReader::new(process.stdout.take().expect("stdout is piped")).lines().map_while(Result::ok);
        let port = talk.find_map(|line| line.strip_suffix('.')?.rsplit_once("successfully on port ")?.1.parse().ok());
        let port: u16 = port.expect("chromedriver says its port");
        std::thread::spawn(move || talk.for_each(drop));
        let http = client();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        Self { process, address: format!("http://127.0.0.1:{port}"), runtime, http }
    }

    /// What chromedriver answers, or why it refuses.
    fn call(&self, method: Method, path: &str, body: Option<Value>) -> Result<Value, String> {
        let request = self.http.request(method, format!("{}{path}", self.address));
        let request = match body {
            Some(body) => request.json(&body),
            None => request,
        };
        let answered = async {
            let response = request.send().await?;
            let good = response.status().is_success();
            response.json::<Value>().await.map(|answer| (good, answer["value"].clone()))
        };
        let (good, value) = self.runtime.block_on(answered).map_err(|error| format!("chromedriver: {error}"))?;
        if good { Ok(value) } else { Err(format!("{}: {}", value["error"], value["message"])) }
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        let _already_gone = self.process.kill();
        let _ = self.process.wait();
    }
}

/// A client that speaks to this machine alone.
pub(super) fn client() -> reqwest::Client {
    // A browser that has crashed answers never.
    http::builder().timeout(Duration::from_secs(30)).build().expect("a client")
}
