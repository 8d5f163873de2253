//! Words for what a person does with pages: open, press, fill, see.
//!
//! Everything is found by its accessible name: what a screen reader cannot name, a test cannot press. Nothing is waited for
//! by the clock; each word tries until it succeeds, and gives up after [`PATIENCE`].

use super::driver::{Element, Session};
use crate::support::tools;
use base64::Engine;
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

/// Longer than any page takes on a busy machine.
const PATIENCE: Duration = Duration::from_secs(20);
/// Between two tries, so that the browser gets a turn on the processor.
const TURN: Duration = Duration::from_millis(15);
/// What can be pressed.
const PRESSED: &str = "a[href], button, summary, input:is([type=checkbox], [type=radio], [type=submit])";
/// What can be written into.
const FILLED: &str = "textarea, input:not([type=checkbox], [type=radio], [type=submit], [type=hidden])";
/// The Tab key in the protocol's alphabet.
const TAB: char = '\u{E004}';
/// The Enter key.
const ENTER: &str = "\u{E007}";
/// The key that goes on to the next of several choices.
const DOWN: &str = "\u{E015}";
/// The most stops that a page has for the Tab key.
const STOPS: usize = 150;

/// The name of a thing on a page, and of the region that it is in where several things have that name.
#[derive(Debug, Clone, Copy)]
pub(super) struct Name<'a> {
    region: Option<&'a str>,
    name: &'a str,
}

/// What is called `name` in the region called `region`.
pub(super) const fn within<'a>(region: &'a str, name: &'a str) -> Name<'a> {
    Name { region: Some(region), name }
}

impl<'a> From<&'a str> for Name<'a> {
    fn from(name: &'a str) -> Self {
        Self { region: None, name }
    }
}

/// How a page is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Look {
    Light,
    Dark,
    ForcedColours,
}

/// A browser with one person before it.
pub(super) struct Page {
    session: Session,
    system: String,
}

impl Page {
    /// A new browser that knows the system at this address.
    pub(super) fn new(system: &str) -> Self {
        let page = Self { session: Session::start(), system: system.to_owned() };
        page.width(1280);
        page
    }

    /// A browser of somebody else.
    pub(super) fn another(&self) -> Self {
        let page = Self { session: self.session.another(), system: self.system.clone() };
        page.width(1280);
        page
    }

    /// A browser of somebody else, at another system.
    pub(super) fn at(&self, system: &str) -> Self {
        Self { system: system.to_owned(), ..self.another() }
    }

    /// Goes to a path of the system.
    pub(super) fn open(&self, path: &str) {
        self.session.go(&format!("{}{path}", self.system));
    }

    /// Presses the button, link or box of this name.
    pub(super) fn press<'a>(&self, name: impl Into<Name<'a>>) {
        let name = name.into();
        self.until(&format!("press {name:?}"), || {
            let element = self.only(PRESSED, name)?;
            self.session.click(&element)
        });
    }

    /// Writes into the field of this name, in place of what stood there.
    pub(super) fn fill<'a>(&self, name: impl Into<Name<'a>>, text: &str) {
        let name = name.into();
        self.until(&format!("fill {name:?}"), || {
            let element = self.only(FILLED, name)?;
            self.session.write(&element, text)
        });
    }

    /// Waits until the page shows this text.
    pub(super) fn sees(&self, text: &str) {
        self.until(
            &format!("see {text:?}"),
            || if self.text().contains(text) { Ok(()) } else { Err("not there".into()) },
        );
    }

    /// What a script answers, whether the page may run scripts or not.
    pub(super) fn script(&self, script: &str) -> Value {
        self.session.script(script, json!([]))
    }

    /// What stands on the page.
    pub(super) fn text(&self) -> String {
        let text = self.session.script("return document.body ? document.body.innerText : '';", json!([]));
        text.as_str().unwrap_or_default().to_owned()
    }

    /// Whether the page has something to press of this name.
    pub(super) fn offers<'a>(&self, name: impl Into<Name<'a>>) -> bool {
        let Name { region, name } = name.into();
        self.session.named(region, PRESSED, name).is_ok_and(|found| !found.is_empty())
    }

    /// Whether the box of this name is ticked.
    pub(super) fn ticked<'a>(&self, name: impl Into<Name<'a>>) -> bool {
        self.property(PRESSED, name.into(), "checked") == true
    }

    /// What stands in the field of this name.
    pub(super) fn filled<'a>(&self, name: impl Into<Name<'a>>) -> String {
        self.property(FILLED, name.into(), "value").as_str().unwrap_or_default().to_owned()
    }

    fn property(&self, selector: &str, name: Name<'_>, property: &str) -> Value {
        let mut value = Value::Null;
        self.until(&format!("find {name:?}"), || {
            let element = self.only(selector, name)?;
            let script = "return arguments[0][arguments[1]];";
            value = self.session.try_script(script, json!([element.argument(), property]))?;
            Ok(())
        });
        value
    }

    /// The path of the page, with its query.
    pub(super) fn path(&self) -> String {
        let path = self.session.script("return location.pathname + location.search;", json!([]));
        path.as_str().unwrap_or_default().to_owned()
    }

    /// Waits until the path of the page, with its query, ends with this.
    pub(super) fn arrives(&self, end: &str) {
        self.until(
            &format!("arrive at {end:?}"),
            || if self.path().ends_with(end) { Ok(()) } else { Err(self.path()) },
        );
    }

    /// Moves the focus by the Tab key alone to what has this name, and sees that each stop on the way shows its focus.
    fn tab_to(&self, selector: &str, name: Name<'_>) {
        let mut wanted = None;
        self.until(&format!("find {name:?}"), || self.only(selector, name).map(|found| wanted = Some(found)));
        for _ in 0..STOPS {
            self.session.keys(&TAB.to_string());
            self.choose_by_arrows(&wanted);
            let Some(element) = self.session.focused() else { continue };
            assert!(self.shows_focus(&element), "{element:?} does not show its focus\n{}", self.where_we_are());
            if Some(&element) == wanted.as_ref() {
                return;
            }
        }
        panic!("the Tab key never comes to {name:?}\n{}", self.where_we_are());
    }

    /// The Tab key stops once at choices of which one can be made; arrows go from one to the next.
    fn choose_by_arrows(&self, wanted: &Option<Element>) {
        let Some(wanted) = wanted else { return };
        let elsewhere = "const e = arguments[0], f = document.activeElement;
            return e !== f && e.type === 'radio' && f.type === 'radio' && e.name === f.name;";
        for _ in 0..STOPS {
            if self.session.script(elsewhere, json!([wanted.argument()])) != true {
                return;
            }
            self.keys(DOWN);
        }
    }

    /// Moves the focus to what has this name, and presses it, by keys alone.
    pub(super) fn press_by_key<'a>(&self, name: impl Into<Name<'a>>) {
        self.tab_to(PRESSED, name.into());
        let kind = "document.isLeft = true;
            const e = document.activeElement;
            return ['checkbox', 'radio'].includes(e.type) ? 'box' : e.matches('a, [type=submit]') ? 'way' : 'other';";
        let kind = self.session.script(kind, json!([]));
        self.keys(if kind == "box" { " " } else { ENTER });
        if kind == "way" {
            let arrived = "return !document.isLeft && document.readyState === 'complete';";
            self.until("leave the page", || match self.session.try_script(arrived, json!([])) {
                Ok(Value::Bool(true)) => Ok(()),
                said => Err(format!("{said:?}")),
            });
        }
    }

    /// Moves the focus to the field of this name, and types into it what is to stand there.
    pub(super) fn fill_by_key<'a>(&self, name: impl Into<Name<'a>>, text: &str) {
        self.tab_to(FILLED, name.into());
        self.keys(text);
    }

    /// Types into what has the focus.
    pub(super) fn keys(&self, text: &str) {
        self.session.keys(text);
    }

    /// Goes through the whole page with the Tab key: what it cannot reach, and what does not show its focus.
    pub(super) fn walk(&self) -> Vec<String> {
        let prepare = "window.meantByTheTest = new Set(); document.activeElement.blur(); scrollTo(0, 0);";
        self.session.script(prepare, json!([]));
        let step = "const e = document.activeElement, seen = window.meantByTheTest, s = getComputedStyle(e);
            if (e === document.body || seen.has(e)) return [e === document.body && seen.size === 0 ? 'go on' : 'done'];
            seen.add(e);
            const shown = s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2;
            return ['go on', shown ? '' : `does not show its focus: ${e.outerHTML}`];";
        let mut faults = Vec::new();
        for _ in 0..STOPS {
            self.session.keys(&TAB.to_string());
            let said = self.session.script(step, json!([]));
            faults.extend(said[1].as_str().filter(|fault| !fault.is_empty()).map(str::to_owned));
            if said[0] == "done" {
                break;
            }
        }
        let missed =
            "const all = 'a[href], button:enabled, input:enabled:not([type=hidden]), select, textarea, summary';
            const radio = e => e.type === 'radio';
            return [...document.querySelectorAll(all)]
                .filter(e => e.checkVisibility() && !radio(e) && !window.meantByTheTest.has(e))
                .map(e => `cannot be reached: ${e.outerHTML}`);";
        let missed = self.session.script(missed, json!([]));
        faults.extend(missed.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned));
        faults
    }

    fn shows_focus(&self, element: &Element) -> bool {
        let script = "const e = arguments[0];
            if (e === document.body) return true;
            const s = getComputedStyle(e);
            return e.matches(':focus-visible') && s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2;";
        self.session.script(script, json!([element.argument()])) == true
    }

    /// Makes the window this wide.
    pub(super) fn width(&self, width: u32) {
        self.window(width, 900);
    }

    /// Makes the window this wide and high.
    pub(super) fn window(&self, width: u32, height: u32) {
        let metrics = json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": false});
        self.session.devtools("Emulation.setDeviceMetricsOverride", metrics);
    }

    /// Shows pages as the reader's system asks for it.
    pub(super) fn look(&self, look: Look) {
        let (scheme, forced) = match look {
            Look::Light => ("light", "none"),
            Look::Dark => ("dark", "none"),
            Look::ForcedColours => ("dark", "active"),
        };
        let features = json!([{"name": "prefers-color-scheme", "value": scheme}, {"name": "forced-colors", "value": forced},
            {"name": "prefers-reduced-motion", "value": "reduce"}]);
        self.session.devtools("Emulation.setEmulatedMedia", json!({"features": features}));
    }

    /// Switches the page's own scripts on or off.
    pub(super) fn scripts(&self, on: bool) {
        self.session.devtools("Emulation.setScriptExecutionDisabled", json!({"value": !on}));
    }

    /// How much of the page lies to the right of the window, in pixels.
    pub(super) fn overflow(&self) -> i64 {
        let script = "return document.documentElement.scrollWidth - document.documentElement.clientWidth;";
        self.session.script(script, json!([])).as_i64().unwrap_or(i64::MAX)
    }

    /// What the style sheet adds behind the first element that this selector finds.
    pub(super) fn generated(&self, selector: &str) -> String {
        let script = "return getComputedStyle(document.querySelector(arguments[0]), '::after').content;";
        self.session.script(script, json!([selector])).as_str().unwrap_or_default().to_owned()
    }

    /// Keeps a picture of the whole page in the target folder.
    pub(super) fn screenshot(&self, name: &str) {
        self.until(&format!("picture {name:?}"), || self.try_screenshot(name));
    }

    fn try_screenshot(&self, name: &str) -> Result<(), String> {
        let size = self.session.try_devtools("Page.getLayoutMetrics", json!({}))?["cssContentSize"].clone();
        let clip = json!({"x": 0, "y": 0, "width": size["width"], "height": size["height"], "scale": 1});
        let folder = tools::target().join("screenshots");
        fs::create_dir_all(&folder).expect("a folder for screenshots");
        let asked = json!({"format": "png", "captureBeyondViewport": true, "clip": clip});
        self.keep(asked, &folder.join(format!("{name}.png")))
    }

    /// Keeps a picture of what the window shows.
    pub(super) fn picture(&self, file: &Path) {
        self.until("take a picture", || self.keep(json!({"format": "png"}), file));
    }

    /// An error where the page is just being laid out.
    fn keep(&self, asked: Value, file: &Path) -> Result<(), String> {
        let data = self.session.try_devtools("Page.captureScreenshot", asked)?["data"].clone();
        let picture = base64::engine::general_purpose::STANDARD.decode(data.as_str().unwrap_or_default());
        fs::write(file, picture.expect("base64")).expect("the picture can be kept");
        Ok(())
    }

    /// Fields and buttons that only their colour makes visible: a reader with colours of their own would not see them.
    pub(super) fn without_borders(&self) -> Vec<String> {
        let script =
            "return [...document.querySelectorAll('button, .button, input:not([type=hidden]), select, textarea')]
            .filter(e => e.checkVisibility() && parseFloat(getComputedStyle(e).borderTopWidth) < 1)
            .filter(e => !['checkbox', 'radio'].includes(e.type) || getComputedStyle(e).appearance === 'none')
            .map(e => `has no border: ${e.outerHTML}`);";
        let found = self.session.script(script, json!([]));
        found.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
    }

    /// What axe finds wrong with the page, one line each.
    pub(super) fn axe(&self, script: &str) -> Vec<String> {
        self.session.script(script, json!([]));
        let run = "const done = arguments[arguments.length - 1];
            axe.run(document, {resultTypes: ['violations']}).then(
                found => done(found.violations.flatMap(v => v.nodes.map(n => `${v.id}: ${v.help}: ${n.html}: ${n.failureSummary}`))),
                error => done([String(error)]));";
        let found = self.session.script_later(run, json!([]));
        let text = |line: &Value| line.as_str().unwrap_or_default().to_owned();
        found
            .as_array()
            .map(|lines| lines.iter().map(text).collect())
            .unwrap_or_else(|| vec![format!("axe said {found}")])
    }

    /// The one element of this name. What a page is about goes before what surrounds every page.
    fn only(&self, selector: &str, name: Name<'_>) -> Result<Element, String> {
        let Name { region, name } = name;
        let found = self.session.named(region, selector, name)?;
        let in_main = |element: &&Element| {
            let script = "return arguments[0].closest('main') !== null;";
            self.session.script(script, json!([element.argument()])) == true
        };
        let found = match found.as_slice() {
            [] | [_] => found,
            several => several.iter().filter(in_main).cloned().collect(),
        };
        match found.as_slice() {
            [element] => Ok(element.clone()),
            [] => Err(format!("nothing on the page is called {name:?}")),
            several => Err(format!("{} things on the page are called {name:?}", several.len())),
        }
    }

    fn until(&self, what: &str, mut attempt: impl FnMut() -> Result<(), String>) {
        let end = Instant::now() + PATIENCE;
        loop {
            match attempt() {
                Ok(()) => return,
                Err(error) if Instant::now() > end => panic!("cannot {what}: {error}\n{}", self.where_we_are()),
                Err(_) => std::thread::sleep(TURN),
            }
        }
    }

    /// For the person who reads that a test has failed.
    fn where_we_are(&self) -> String {
        // Without a picture the text must do.
        drop(self.try_screenshot("failed"));
        format!("on {}:\n{}", self.path(), self.text())
    }
}
