//! `serve --demo` and the first start of `serve`: what is printed, and that it works.

use crate::pages::world::{Browser, PASSWORD};
use crate::support::sandbox::Sandbox;
use std::io::{BufRead, BufReader};
use std::process::{Child, Stdio};

/// A server, and what it said when it started.
struct Started {
    process: Child,
    said: String,
}

impl Started {
    /// Starts a server and reads what it says up to the line with `last`.
    fn new(sandbox: &Sandbox, arguments: &[&str], last: &str) -> Self {
        let arguments = [&["serve", "--listen", "127.0.0.1:0"], arguments].concat();
        let mut process = sandbox.command(&arguments).stderr(Stdio::piped()).spawn().expect("the server starts");
        let mut talk = BufReader::new(process.stderr.take().expect("stderr is piped"));
        let mut said = String::new();
        while !said.lines().any(|line| line.contains(last)) {
            assert!(talk.read_line(&mut said).expect("the server talks") > 0, "{said}");
        }
        std::thread::spawn(move || talk.lines().for_each(drop));
        Self { process, said }
    }

    fn demo(sandbox: &Sandbox) -> Self {
        Self::new(sandbox, &["--demo"], "new at every start")
    }

    /// The word behind the first of these words.
    fn after(&self, words: &str) -> String {
        let (_, rest) = self.said.split_once(words).unwrap_or_else(|| panic!("no {words:?} in {}", self.said));
        rest.split_whitespace().next().unwrap_or_default().trim_end_matches([',', ';', '.']).to_owned()
    }

    fn browser(&self) -> Browser {
        Browser::at(self.after("listens on"))
    }
}

impl Drop for Started {
    fn drop(&mut self) {
        let _already_gone = self.process.kill();
        let _ = self.process.wait();
    }
}

#[tokio::test]
async fn everybody_whom_the_demonstration_names_can_sign_in_with_what_it_prints() {
    let sandbox = Sandbox::new();
    let started = Started::demo(&sandbox);
    let password = started.after("the password");
    let logins: Vec<&str> = started.said.split_whitespace().filter(|word| word.contains('@')).collect();
    assert_eq!(logins.len(), 4, "{}", started.said);
    for login in logins {
        assert!(login.ends_with(".example"), "{login}");
        assert_eq!(started.browser().sign_in(login, &password).await.status, 303, "{login}");
        assert_eq!(started.browser().sign_in(login, "demo").await.status, 422, "{login}");
    }
    let root = started.after("API");
    assert_eq!(started.browser().get(root.trim_start_matches(&started.browser().origin)).await.status, 200);
    assert!(sandbox.path(".clinicctl/demo.sqlite").exists());
    assert!(!started.said.contains("set-up"), "somebody has an account");
}

#[tokio::test]
async fn every_start_has_a_new_password_and_the_same_system() {
    let sandbox = Sandbox::new();
    let first = Started::demo(&sandbox);
    let (old, login) = (first.after("the password"), "system@demo.example");
    let mut browser = first.browser();
    browser.sign_in(login, &old).await;
    let page = browser.get("/admin/accounts").await;
    browser.submit(&page, "/admin/accounts", &[("name", "Ny"), ("login", "ny@demo.example")]).await;
    drop(first);
    let second = Started::demo(&sandbox);
    let new = second.after("the password");
    assert_ne!(new, old);
    let mut browser = second.browser();
    assert_eq!(browser.sign_in(login, &old).await.status, 422);
    assert_eq!(browser.sign_in(login, &new).await.status, 303);
    assert!(browser.get("/admin/accounts").await.text.contains("ny@demo.example"), "what was done is kept");
}

#[tokio::test]
async fn a_system_that_somebody_uses_is_no_demonstration() {
    let sandbox = Sandbox::with_real_fleet();
    let arguments = ["--database", "system.db", "--seed", "examples/live-system.yaml"];
    drop(Started::new(&sandbox, &arguments, "listens on"));
    let run = sandbox.run(&["serve", "--demo", "--database", "system.db", "--listen", "127.0.0.1:0"]);
    assert_eq!(run.code, Some(1), "{}", run.stderr);
    assert!(run.stderr.contains("not a demonstration"), "{}", run.stderr);
    let started = Started::new(&sandbox, &arguments, "set-up");
    assert_eq!(started.browser().sign_in("system@demo.example", "demo").await.status, 422, "nobody was let in");
}

#[tokio::test]
async fn the_first_start_prints_a_code_that_lets_one_person_in() {
    let sandbox = Sandbox::new();
    let started = Started::new(&sandbox, &["--database", "new.db"], "set-up");
    let (address, code) = (started.after("first account at"), started.after("the code"));
    let mut browser = started.browser();
    let page = browser.get(address.trim_start_matches(&browser.origin.clone())).await;
    let fields = [("code", code.as_str()), ("name", "Root"), ("login", "root@demo.example"), ("password", PASSWORD)];
    assert_eq!(browser.submit(&page, "/set-up", &fields).await.status, 303);
    assert_eq!(browser.sign_in("root@demo.example", PASSWORD).await.status, 303);
    drop(started);
    let second = Started::new(&sandbox, &["--database", "new.db", "-vv"], "listens on");
    assert_eq!(second.browser().get("/set-up").await.status, 303, "no second first account");
}
