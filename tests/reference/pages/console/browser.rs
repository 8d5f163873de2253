//! A browser without JavaScript: it follows redirects, keeps the fields of a form as the page has them, and sends what
//! a person has changed and pressed.
#![expect(clippy::unwrap_used, reason = "a test whose system does not work has nothing more to say")]

use super::world::World;
use crate::support::store;
use clinic_system::Limits;
use reqwest::{Method, StatusCode};
use sha2::{Digest, Sha256};
use std::fmt::Write;

/// Somebody who is signed in.
pub(super) struct Browser<'a> {
    world: &'a World,
    secret: String,
    language: &'static str,
}

/// A page as it came.
#[derive(Debug)]
pub(super) struct Page {
    pub(super) status: StatusCode,
    /// The address where it was found in the end.
    pub(super) address: String,
    pub(super) text: String,
}

/// The fields of a page's form.
#[derive(Debug, Clone)]
pub(super) struct Form {
    action: String,
    fields: Vec<(String, String)>,
}

/// The system of the other tests.
pub(super) async fn world() -> World {
    World::start().await
}

pub(super) async fn world_of(seed: &str) -> World {
    World::with(seed, Limits::default()).await
}

impl<'a> Browser<'a> {
    /// A global administrator of this name.
    pub(super) async fn global(world: &'a World, name: &str) -> Self {
        const ACCOUNT: &str = "INSERT INTO accounts (id, login, name, global_administrator, active, created)
                               VALUES ($1, $1, $1, 1, 1, $2)";
        store::touch(&world.file(), ACCOUNT, &[name, &now()]).await;
        Self::begin(world, name).await
    }

    /// A staff member, under this name.
    pub(super) async fn staff(world: &'a World, name: &str, staff: &str) -> Self {
        const ACCOUNT: &str = "INSERT INTO accounts (id, login, name, staff, global_administrator, active, created)
                               VALUES ($1, $1, $1, $2, 0, 1, $3)";
        store::touch(&world.file(), ACCOUNT, &[name, staff, &now()]).await;
        Self::begin(world, name).await
    }

    /// A session as signing in would begin it.
    async fn begin(world: &'a World, account: &str) -> Self {
        const SESSION: &str = "INSERT INTO sessions (id, account, created, seen) VALUES ($1, $2, $3, $3)";
        let secret = hex(&Sha256::digest(account));
        store::touch(&world.file(), SESSION, &[&derived(&secret, "stored"), account, &now()]).await;
        Self { world, secret, language: "en" }
    }

    pub(super) fn in_swedish(self) -> Self {
        Self { language: "sv", ..self }
    }

    pub(super) async fn get(&self, path: &str) -> Page {
        let mut path = path.to_owned();
        loop {
            let page = self.send(Method::GET, &path, None).await;
            let Some(next) = redirected(&page) else { return page };
            path = next;
        }
    }

    /// Presses a button of a form, and follows where it leads.
    pub(super) async fn press(&self, form: &Form, button: &str) -> Page {
        let page = self.press_only(form, button).await;
        match redirected(&page) {
            Some(next) => self.get(&next).await,
            None => page,
        }
    }

    /// Presses a button of a form, and stays with its answer.
    pub(super) async fn press_only(&self, form: &Form, button: &str) -> Page {
        // A form that somebody else has opened is sent as one's own: what it says is what matters here.
        let form = form.clone().with("token", &derived(&self.secret, "form")).with("do", button);
        self.send(Method::POST, &form.action, Some(&form.fields)).await
    }

    async fn send(&self, method: Method, path: &str, fields: Option<&[(String, String)]>) -> Page {
        let cookie = format!("__Host-session={}; __Host-language={}", self.secret, self.language);
        let mut request = self.world.bare(method.clone(), path).header("Cookie", cookie).header("Accept", "text/html");
        if let Some(fields) = fields {
            let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
            let own = self.world.url("");
            request = request.header("Origin", own).body(body);
            request = request.header("Content-Type", "application/x-www-form-urlencoded");
        }
        let response = request.send().await.unwrap();
        let status = response.status();
        let location = response.headers().get("location").map(|value| value.to_str().unwrap().to_owned());
        let text = response.text().await.unwrap();
        assert!(!status.is_server_error(), "{method} {path}: {status} {text}");
        Page { status, address: location.unwrap_or_else(|| path.to_owned()), text }
    }
}

fn redirected(page: &Page) -> Option<String> {
    (page.status == StatusCode::SEE_OTHER).then(|| page.address.split('#').next().unwrap_or_default().to_owned())
}

impl Page {
    /// What a reader sees: the text of the main part without its tags.
    pub(super) fn seen(&self) -> String {
        let main = self.main();
        let mut seen = String::new();
        for piece in main.split('<').skip(1) {
            let text = piece.split_once('>').map_or("", |(_, text)| text);
            seen.push_str(&unescaped(text));
            seen.push(' ');
        }
        seen.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    pub(super) fn main(&self) -> &str {
        let start = self.text.find("<main").unwrap_or_else(|| panic!("a page without main: {}", self.text));
        &self.text[start..]
    }

    #[track_caller]
    pub(super) fn shows(&self, text: &str) -> &Self {
        assert!(self.seen().contains(text), "`{text}` is not on the page: {}", self.seen());
        self
    }

    #[track_caller]
    pub(super) fn hides(&self, text: &str) -> &Self {
        assert!(!self.seen().contains(text), "`{text}` is on the page: {}", self.seen());
        self
    }

    /// The part of the page between two texts of its source.
    pub(super) fn between(&self, start: &str, end: &str) -> &str {
        let after = self.main().split_once(start).unwrap_or_else(|| panic!("no {start}: {}", self.main())).1;
        after.split_once(end).map_or(after, |(part, _)| part)
    }

    /// The posting form of the main part as it stands.
    pub(super) fn form(&self) -> Form {
        let form = self.between("method=\"post\"", "</form>");
        let action = attribute(form, "action").unwrap();
        let fields = form.split("<input").skip(1).filter_map(|input| field(input.split('>').next()?));
        Form { action, fields: fields.collect() }
    }
}

/// What an input would send.
fn field(tag: &str) -> Option<(String, String)> {
    let choice = matches!(attribute(tag, "type").as_deref(), Some("checkbox" | "radio"));
    let sent = !choice || tag.split_whitespace().any(|word| word == "checked");
    sent.then(|| Some((attribute(tag, "name")?, attribute(tag, "value").unwrap_or_default()))).flatten()
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let value = tag.split_once(&format!(" {name}=\""))?.1;
    Some(unescaped(value.split('"').next()?))
}

fn unescaped(text: &str) -> String {
    [("&#34;", "\""), ("&#39;", "'"), ("&#60;", "<"), ("&#62;", ">"), ("&#38;", "&")]
        .into_iter()
        .fold(text.to_owned(), |text, (escaped, plain)| text.replace(escaped, plain))
}

impl Form {
    /// The form with another value in a field.
    pub(super) fn with(mut self, name: &str, value: &str) -> Self {
        self.fields.retain(|(known, _)| known != name);
        self.and(name, value)
    }

    /// The form with one more value: a box ticked.
    pub(super) fn and(mut self, name: &str, value: &str) -> Self {
        self.fields.push((name.to_owned(), value.to_owned()));
        self
    }

    /// The form without a value: a box unticked.
    pub(super) fn without(mut self, name: &str, value: &str) -> Self {
        let before = self.fields.len();
        self.fields.retain(|field| *field != (name.to_owned(), value.to_owned()));
        assert!(self.fields.len() < before, "{name}={value} was not ticked: {:?}", self.fields);
        self
    }

    /// The values of a field.
    pub(super) fn values(&self, name: &str) -> Vec<&str> {
        self.fields.iter().filter(|(known, _)| known == name).map(|(_, value)| value.as_str()).collect()
    }
}

fn now() -> String {
    jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

fn derived(secret: &str, purpose: &str) -> String {
    hex(&Sha256::digest(format!("clinicctl {purpose} {secret}")))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").unwrap();
        text
    })
}
