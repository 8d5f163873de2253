//! The change log shows everybody's texts, and none of them does anything.

use clinicctl::domain::{ActorKind, ClinicId, LastChange, LogEntry};
use clinicctl::report::{Paint, history, history_json};
use serde_json::{Value, json};

/// What no terminal may be given: an escape, a carriage return, a line break, a turn of direction, and very much text.
fn hostile() -> String {
    format!("a\u{1b}[2J\r\nb\u{202e}c\u{200b}{}", "x".repeat(70 * 1024))
}

fn entry() -> LogEntry {
    let change = LastChange { by: hostile(), kind: ActorKind::Person, at: hostile(), reference: Some(hostile()) };
    LogEntry {
        seq: 1,
        clinic: ClinicId::parse("norrtull").expect("an id"),
        resource: hostile(),
        change,
        before: json!({ "title": {"sv": hostile()} }),
        after: Value::String(hostile()),
    }
}

#[test]
fn hostile_texts_are_escaped_and_cut() {
    let text = history(&[entry(), entry()], Paint::Plain);
    assert!(text.chars().all(|c| c == '\n' || !c.is_control() && c != '\u{202e}' && c != '\u{200b}'), "{text:?}");
    assert_eq!(text.lines().count(), 2 * 3, "three lines for each entry: {text}");
    assert!(text.lines().all(|line| line.chars().count() < 400), "{text}");
    let document = history_json("embedded", &[entry()]);
    assert!(document.chars().all(|c| c == '\n' || !c.is_control() && c != '\u{202e}'), "{document:?}");
    let read: Value = serde_json::from_str(&document).expect("JSON");
    assert_eq!(read["entries"][0]["by"], hostile(), "nothing is lost");
}

#[test]
fn an_empty_log_is_said_to_be_empty() {
    assert_eq!(history(&[], Paint::Plain), "The change log is empty.\n");
    assert!(history_json("embedded", &[]).contains("\"entries\": []"));
}
