//! Access answers: yes or no, with the reason.

use super::start;
use clinic_wire::AccessAnswer;
use serde_json::json;

#[tokio::test]
async fn an_answer_says_yes_or_why_not() {
    let world = start().await;
    world.set("vasa", "incoming", false, json!("everyone")).await;
    for (clinic, person, action, reason, setting) in [
        ("norrtull", "st-2", "send", None, None),
        ("norrtull", "st-1", "respond", None, None),
        ("norrtull", "st-1", "send", Some("not-listed"), Some("messaging/healthcare-initiated.accessible_to")),
        ("norrtull", "st-2", "respond", Some("not-listed"), Some("messaging/incoming.accessible_to")),
        ("norrtull", "st-3", "send", Some("left-the-clinic"), None),
        ("norrtull", "st-4", "respond", Some("not-a-professional"), None),
        ("norrtull", "st-9", "respond", Some("unknown-person"), None),
        ("norrtull", "åäö", "send", Some("unknown-person"), None),
        ("vasa", "st-9", "respond", Some("direction-off"), Some("messaging/incoming.enabled")),
        ("vasa", "st-9", "send", Some("direction-off"), Some("messaging/healthcare-initiated.enabled")),
    ] {
        let answer = world.get(&format!("/api/v1/clinics/{clinic}/access?person={person}&action={action}")).await;
        let said: AccessAnswer = serde_json::from_str(&answer.text).unwrap();
        assert_eq!(serde_json::to_value(&said).unwrap(), answer.json(), "nothing beyond the contract is answered");
        assert_eq!((said.clinic.as_str(), said.person.as_str(), said.action.as_str()), (clinic, person, action));
        assert_eq!(
            (said.allowed, said.reason.as_deref(), said.setting.as_deref()),
            (reason.is_none(), reason, setting)
        );
        assert!(said.detail.contains(clinic), "{}", said.detail);
        let revision = if clinic == "vasa" { 2 } else { 1 };
        assert_eq!((said.revision, answer.header("etag")), (revision, format!("\"{revision}\"").as_str()));
    }
}

#[tokio::test]
async fn a_question_that_cannot_be_read_is_refused() {
    let world = start().await;
    for query in
        ["", "person=st-1", "action=send", "person=&action=send", "person=st-1&action=Send", "person=%00&action=send"]
    {
        let answer = world.get(&format!("/api/v1/clinics/norrtull/access?{query}")).await;
        assert_eq!((answer.status.as_u16(), answer.slug().as_str()), (400, "malformed-query"), "{query}");
    }
    let nowhere = world.get("/api/v1/clinics/nowhere/access?person=st-1&action=send").await;
    assert_eq!(nowhere.slug(), "unknown-clinic");
}
