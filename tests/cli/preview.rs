//! What `preview` draws is what the live system serves: before the plan is applied, and after.

use crate::support::sandbox::{Run, Sandbox};
use crate::support::server::Server;
use crate::support::{http, server};
use serde_json::Value;
use std::fs;
use std::path::Path;

/// Languages that all titles have, that some have, that a shorter tag answers, and that none has.
const LANGUAGES: [&str; 5] = ["sv", "en", "fi", "sv-FI", "ar"];

/// A menu: ids and titles, in order.
type Menu = Vec<(String, String)>;

/// The real fleet with its server and a token that may do everything.
struct World {
    sandbox: Sandbox,
    server: Server,
    token: String,
}

impl World {
    fn new() -> Self {
        let sandbox = Sandbox::with_real_fleet();
        let server = Server::start(&sandbox);
        let token = server::token(&sandbox, server::ALL_SCOPES);
        sandbox.write("token", &token);
        Self { sandbox, server, token }
    }

    fn run(&self, arguments: &[&str]) -> Run {
        let connection = ["--system", &self.server.address, "--token-file", "token"];
        self.sandbox.run(&[arguments, &connection].concat())
    }

    fn preview(&self, case: &Case) -> [Menu; 2] {
        let Case { clinic, surface, language } = case;
        let run = self.run(&["preview", clinic, "--surface", surface, "--language", language]);
        assert_eq!(run.code, Some(0), "{}", run.stderr);
        drawn(&run.stdout)
    }

    fn served(&self, path: &str) -> Value {
        let asked = async {
            let address = format!("{}/api/v1/{path}", self.server.address);
            http::client().get(address).bearer_auth(&self.token).send().await?.error_for_status()?.json::<Value>().await
        };
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        runtime.block_on(asked).expect("the system answers")
    }

    fn menu(&self, case: &Case) -> Menu {
        let Case { clinic, surface, language } = case;
        let menu = self.served(&format!("clinics/{clinic}/menu?surface={surface}&language={language}"));
        let text = |button: &Value, key: &str| button[key].as_str().expect("a text").to_owned();
        let buttons = menu["buttons"].as_array().expect("buttons");
        buttons.iter().map(|button| (text(button, "id"), text(button, "title"))).collect()
    }

    fn cases(&self) -> Vec<Case> {
        let mut cases = Vec::new();
        for clinic in clinics(&self.sandbox.path("clinics")) {
            for surface in ["app", "web"] {
                let case = |language| Case { clinic: clinic.clone(), surface, language };
                cases.extend(LANGUAGES.map(case));
            }
        }
        cases
    }
}

/// The clinics that the files of a folder are about.
fn clinics(folder: &Path) -> Vec<String> {
    let mut clinics = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            clinics.extend(self::clinics(&path));
        } else {
            let text = fs::read_to_string(path).expect("a file");
            clinics.extend(text.lines().find_map(|line| line.strip_prefix("clinic: ")).map(str::to_owned));
        }
    }
    clinics
}

#[derive(Debug)]
struct Case {
    clinic: String,
    surface: &'static str,
    language: &'static str,
}

/// The buttons of both phones of a picture.
fn drawn(svg: &str) -> [Menu; 2] {
    let (before, after) = svg.split_once(">After</text>").expect("two phones");
    let (_, before) = before.split_once(">Before</text>").expect("the first phone");
    [before, after].map(|phone| {
        let buttons = phone.split("data-button=\"").skip(1);
        let parts = buttons.map(|button| {
            let (id, rest) = button.split_once('"').expect("an id");
            let title =
                rest.split_once("<title>").and_then(|(_, title)| title.split_once("</title>")).expect("a title").0;
            (id.to_owned(), title.replace("&#39;", "'").replace("&#34;", "\"").replace("&#38;", "&"))
        });
        parts.collect()
    })
}

#[test]
fn what_is_drawn_is_what_the_live_system_then_serves() {
    let world = World::new();
    let cases = world.cases();
    assert_eq!(cases.len(), 18 * 2 * LANGUAGES.len(), "every clinic, both surfaces, every language");
    let pictures: Vec<_> = cases.iter().map(|case| world.preview(case)).collect();
    for (case, [before, _]) in cases.iter().zip(&pictures) {
        assert_eq!(*before, world.menu(case), "before the apply: {case:?}");
    }
    let apply = world.run(&["apply", "--yes"]);
    assert_eq!(apply.code, Some(0), "{}", apply.stderr);
    for (case, [_, after]) in cases.iter().zip(&pictures) {
        assert_eq!(*after, world.menu(case), "after the apply: {case:?}");
    }
    let changed = pictures.iter().filter(|[before, after]| before != after).count();
    assert!(changed >= 2 * 5, "the fleet's plan changes menus: {changed}");
}

#[test]
fn a_preview_says_what_it_cannot_draw() {
    let sandbox = Sandbox::with_real_fleet();
    sandbox.write("clinics/nowhere.yaml", "clinic: nowhere\n");
    sandbox.edit("clinics/stockholm/trollsjon.yaml", "waive:", "waived:");
    insta::assert_snapshot!(
        "an_invalid_fleet",
        sandbox.transcript(&[&["preview", "norrtull", "--system", "embedded"]])
    );
    sandbox.edit("clinics/stockholm/trollsjon.yaml", "waived:", "waive:");
    insta::assert_snapshot!(
        "no_picture",
        sandbox.transcript(&[
            &["preview", "nosuch", "--system", "embedded", "--quiet"],
            &["preview", "Norrtull"],
            &["preview", "norrtull", "--language", "?"],
            &["preview", "nowhere", "--system", "embedded", "--quiet"],
        ])
    );
}

#[test]
fn a_preview_is_text_where_that_is_asked_for_and_goes_to_a_file() {
    let sandbox = Sandbox::with_real_fleet();
    let embedded = ["--system", "embedded", "--quiet"];
    let run = |arguments: &[&str]| sandbox.run(&[&["preview"], arguments, &embedded].concat());
    let text = ["vintergatan", "kantarellen"].map(|clinic| run(&[clinic, "--format", "text"]).stdout).join("\n");
    insta::assert_snapshot!("text", text);
    let printed = run(&["norrtull"]).stdout;
    let kept = run(&["norrtull", "--out", "menu.svg"]);
    assert_eq!((kept.code, kept.stdout.as_str()), (Some(0), ""), "{}", kept.stderr);
    assert_eq!(sandbox.read("menu.svg"), printed);
}
