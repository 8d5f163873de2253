//! What the tests of conversations share: settings set as a program sets them, and pages read as people read them.
#![expect(clippy::unwrap_used, reason = "a test whose system does not work has nothing more to say")]

use super::world::{Browser, Page, World};
use clinic_system::{ActorName, Scope};
use clinic_wire::Actor;
use reqwest::Method;
use serde_json::{Value, json};

impl World {
    /// A request of a program that may do everything.
    pub(crate) async fn api(&self, method: Method, path: &str, body: Option<&Value>) -> (u16, Value) {
        let name = ActorName::parse("pipeline").unwrap();
        let token = self.running.issue_token(&name, Actor::Service, &Scope::ALL.into()).unwrap();
        let browser = self.browser();
        let revision = browser.request(Method::GET, &format!("/api/v1/clinics/{}", path.split('/').next().unwrap()));
        let revision = revision.bearer_auth(&token).send().await.unwrap().json::<Value>().await.unwrap();
        let request = browser.request(method, &format!("/api/v1/clinics/{path}")).bearer_auth(&token);
        let mut request = request.header("If-Match", format!("\"{}\"", revision["revision"]));
        if let Some(body) = body {
            request = request.json(body);
        }
        let answer = request.send().await.unwrap();
        (answer.status().as_u16(), answer.json().await.unwrap())
    }

    /// Sets a direction of a clinic.
    pub(crate) async fn set(&self, clinic: &str, direction: &str, enabled: bool, accessible_to: Value) {
        let body = json!({"enabled": enabled, "accessible_to": accessible_to});
        let (status, answer) = self.api(Method::PUT, &format!("{clinic}/messaging/{direction}"), Some(&body)).await;
        assert_eq!(status, 200, "{answer}");
    }

    /// Makes a button of Norrtull, active.
    pub(crate) async fn button(&self, id: &str, leads_to: &str, shown_in: &[&str]) {
        let title = json!({"sv": format!("Knapp {id}"), "en": format!("Button {id}")});
        let body = json!({"leads_to": leads_to, "title": title, "active": true, "shown_in": shown_in});
        let (status, answer) = self.api(Method::PUT, &format!("norrtull/buttons/{id}"), Some(&body)).await;
        assert!(status < 300, "{answer}");
    }
}

impl Browser {
    /// Fills in the form that stands at `page` and sends it to `path`, with the key that the form carries.
    pub(crate) async fn write(&mut self, page: &str, path: &str, fields: &[(&str, &str)]) -> Page {
        let page = self.get(page).await;
        let once = page.between("name=\"once\" value=\"", "\"");
        self.submit(&page, path, &[&[("once", once.as_str())], fields].concat()).await
    }

    /// The number of the patient that this browser is.
    pub(crate) async fn patient(&mut self) -> String {
        let page = self.get("/p/norrtull?lang=en").await;
        format!("pt-{}", page.between("demonstration patient pt-", "."))
    }
}

impl Page {
    /// The first text between two others.
    pub(crate) fn between(&self, before: &str, after: &str) -> String {
        let (_, rest) = self.text.split_once(before).unwrap_or_else(|| panic!("no {before} in {}", self.text));
        rest.split_once(after).unwrap().0.to_owned()
    }

    /// Every text between two others.
    pub(crate) fn all_between(&self, before: &str, after: &str) -> Vec<String> {
        self.text.split(before).skip(1).map(|rest| rest.split_once(after).unwrap().0.to_owned()).collect()
    }

    #[track_caller]
    pub(crate) fn says(&self, text: &str) {
        assert!(self.text.contains(text), "the page does not say {text:?}: {}", self.text);
    }

    #[track_caller]
    pub(crate) fn is_silent_about(&self, text: &str) {
        assert!(!self.text.contains(text), "the page says {text:?}: {}", self.text);
    }

    /// Where it leads, of a page that leads on.
    #[track_caller]
    pub(crate) fn leads(&self) -> String {
        assert_eq!(self.status, 303, "{}", self.text);
        self.header("location").to_owned()
    }
}
