//! The browser: Chromium behind chromedriver, spoken to in the W3C's WebDriver protocol and, through it, in Chromium's
//! own DevTools protocol.

use crate::support::packages;
use reqwest::Method;
use serde_json::Value;
use serde_json::json;
use std::io::BufRead;
use std::io::BufReader;
use std::process::Child;
use std::process::Command;
use std::process::Stdio;
use std::sync::Arc;
use tempfile::TempDir;
use tokio::runtime::Runtime;

/// What Debian calls the browser, its driver, and letters to write with.
const PACKAGES: &str = "chromium chromium-driver fonts-liberation";
/// The key under which the protocol hands out elements.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";
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

    /// The elements of one of these roles, with this name, as a screen reader would know them.
    pub(super) fn named(&self, roles: &[&str], name: &str) -> Vec<Element> {
        let root = self.devtools("DOM.getDocument", json!({"depth": 0}));
        let asked = json!({"nodeId": root["root"]["nodeId"], "accessibleName": name});
        let found = self.devtools("Accessibility.queryAXTree", asked);
        let nodes = found["nodes"].as_array().cloned().unwrap_or_default();
        let fits = |node: &&Value| node["ignored"] != true && roles.iter().any(|role| node["role"]["value"] == *role);
        nodes.iter().filter(fits).filter_map(|node| self.element(&node["backendDOMNodeId"])).collect()
    }

    /// The DevTools protocol names nodes in another way than WebDriver: a variable of the page carries one across.
    fn element(&self, node: &Value) -> Option<Element> {
        let object = self.devtools("DOM.resolveNode", json!({"backendNodeId": node}));
        let keep = "function () { window.meantByTheTest = this; }";
        let asked = json!({"objectId": object["object"]["objectId"], "functionDeclaration": keep});
        self.devtools("Runtime.callFunctionOn", asked);
        Element::of(&self.script("return window.meantByTheTest;", json!([])))
    }

    /// The name and the role of an element.
    pub(super) fn name_and_role(&self, element: &Element) -> (String, String) {
        let ask = |what| self.get(&format!("/element/{}/{what}", element.0)).unwrap_or_default();
        let text = |value: Value| value.as_str().unwrap_or_default().to_owned();
        (text(ask("computedlabel")), text(ask("computedrole")))
    }

    /// Clicks an element; an error where something covers it or it is not shown.
    pub(super) fn click(&self, element: &Element) -> Result<(), String> {
        self.driver.call(Method::POST, &format!("{}/element/{}/click", self.path, element.0), Some(json!({}))).map(drop)
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

    fn get(&self, path: &str) -> Result<Value, String> {
        self.driver.call(Method::GET, &format!("{}{path}", self.path), None)
    }

    fn post(&self, path: &str, body: Value) -> Value {
        let answered = self.driver.call(Method::POST, &format!("{}{path}", self.path), Some(body));
        answered.unwrap_or_else(|error| panic!("the browser refuses `{path}`: {error}"))
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
        // The second test to come here finds it done.
        drop(rustls::crypto::ring::default_provider().install_default());
        let http = reqwest::Client::builder().no_proxy().build().expect("a client");
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
