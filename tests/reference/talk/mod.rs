//! Conversations and access answers over HTTP: what is allowed, what is refused and by which setting, and that no two
//! answers disagree.

mod access;
mod agreement;
mod bodies;
mod conversations;
mod handover;
mod keys;
mod lists;
mod on_postgres;
mod people;

use super::world::{Answer, World, send};
use clinic_system::Limits;
use reqwest::Method;
use serde_json::{Value, json};

/// Three clinics: one with people of every sort, two beside it.
const SEED: &str = r#"
system: Conversations
clinics:
  - clinic: norrtull
    name: Norrtulls vårdcentral
    messaging:
      healthcare_initiated: {enabled: true, accessible_to: [st-2, st-3]}
      incoming: {enabled: true, accessible_to: [st-1, st-3, st-4]}
    staff:
      - {id: st-1, name: Anna Berg, email: anna@norrtull.example, title: nurse, roles: [healthcare_professional]}
      - {id: st-2, name: Åsa Öberg, email: asa@norrtull.example, title: physician, roles: [administrator, healthcare_professional]}
      - {id: st-3, name: Lars Ek, email: lars@norrtull.example, title: nurse, roles: [healthcare_professional], active: false}
      - {id: st-4, name: Pia Ek, email: pia@norrtull.example, title: secretary, roles: [scheduler]}
      - {id: st-5, name: Ali Sund, email: ali@norrtull.example, title: nurse, roles: [healthcare_professional]}
  - clinic: vasa
    name: Vasa vårdcentral
    messaging:
      incoming: {enabled: true, accessible_to: everyone}
    staff:
      - {id: st-9, name: Eva Lind, email: eva@vasa.example, title: nurse, roles: [healthcare_professional]}
  - clinic: torp
    name: Torps vårdcentral
    staff:
      - {id: st-8, name: Olle Torp, email: olle@torp.example, title: nurse, roles: [healthcare_professional]}
"#;

async fn start() -> World {
    World::with(SEED, Limits::default()).await
}

fn professional(id: &str) -> Value {
    json!({"professional": id})
}

fn patient(id: &str) -> Value {
    json!({"patient": id})
}

fn clinic(id: &str) -> Value {
    json!({"clinic": id})
}

impl World {
    async fn post(&self, path: &str, body: &Value) -> Answer {
        send(self.request(Method::POST, &format!("/api/v1/clinics/{path}")).json(body)).await
    }

    async fn post_once(&self, path: &str, key: &str, body: &Value) -> Answer {
        let request = self.request(Method::POST, &format!("/api/v1/clinics/{path}"));
        send(request.header("Idempotency-Key", key).json(body)).await
    }

    /// Starts a conversation, and returns its key.
    async fn begin(&self, at: &str, from: &Value, to: &Value) -> String {
        let body = json!({"from": from, "to": to, "text": "Hej"});
        let answer = self.post(&format!("{at}/conversations"), &body).await;
        assert_eq!(answer.status, 201, "{}", answer.text);
        answer.json()["id"].as_str().expect("a key").to_owned()
    }

    async fn reply(&self, at: &str, id: &str, from: &Value) -> Answer {
        self.post(&format!("{at}/conversations/{id}/replies"), &json!({"from": from, "text": "Svar"})).await
    }

    async fn hand(&self, at: &str, id: &str, from: &Value, to: &str) -> Answer {
        let body = json!({"from": from, "to": clinic(to), "text": "Kan ni ta över?"});
        self.post(&format!("{at}/conversations/{id}/handover"), &body).await
    }

    /// Reads a conversation in the name of `reader`.
    async fn look(&self, at: &str, id: &str, reader: &Value) -> Answer {
        self.get(&format!("/api/v1/clinics/{at}/conversations/{id}?{}", query(reader))).await
    }

    async fn list(&self, at: &str, reader: &Value) -> Answer {
        self.get(&format!("/api/v1/clinics/{at}/conversations?{}", query(reader))).await
    }

    async fn ask(&self, at: &str, person: &str, action: &str) -> Value {
        self.get(&format!("/api/v1/clinics/{at}/access?person={person}&action={action}")).await.json()
    }

    /// Sets a direction of a clinic.
    async fn set(&self, at: &str, direction: &str, enabled: bool, accessible_to: Value) {
        let revision = self.clinic(at).await["revision"].as_u64().expect("a revision");
        let body = json!({"enabled": enabled, "accessible_to": accessible_to});
        let answer = self.put(&format!("{at}/messaging/{direction}"), revision, &body).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
    }
}

/// `{"patient": "pt-1"}` as a query.
fn query(party: &Value) -> String {
    let (key, id) = party.as_object().and_then(|party| party.iter().next()).expect("one key");
    format!("{key}={}", id.as_str().expect("a text"))
}

/// The ids of a page.
fn ids(answer: &Answer) -> Vec<String> {
    let page = answer.json();
    let items = page["items"].as_array().unwrap_or_else(|| panic!("no page: {}", answer.text));
    items.iter().map(|conversation| conversation["id"].as_str().expect("a key").to_owned()).collect()
}

/// Which clinic refuses, and by which setting or for which reason.
#[track_caller]
fn refused(answer: &Answer) -> (String, String) {
    assert_eq!((answer.status.as_u16(), answer.slug().as_str()), (403, "not-allowed"), "{}", answer.text);
    let problem = answer.json();
    let text = |member: &str| problem[member].as_str().map(str::to_owned);
    let reason = text("reason").expect("every refusal has a reason");
    let by_setting = matches!(reason.as_str(), "direction-off" | "not-listed");
    assert_eq!(problem["setting"].is_string(), by_setting, "{problem}");
    (text("clinic").expect("every refusal names its clinic"), text("setting").unwrap_or(reason))
}

/// The same for a refusal that `norrtull` makes.
#[track_caller]
fn refused_by(answer: &Answer, what: &str) {
    assert_eq!(refused(answer), ("norrtull".to_owned(), what.to_owned()));
}
