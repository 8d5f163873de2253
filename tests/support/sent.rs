//! What a run sent to one clinic and was told about it, read from the proxy's tape.

use super::fault_proxy::{Message, Taped};
use super::history::Sent;
use serde_json::Value;

/// The writes to `clinic` that were answered as done and changed something, once for each such answer.
pub(crate) fn sent(tape: &[Taped], clinic: &str) -> Vec<Sent> {
    let path = format!("/api/v1/clinics/{clinic}/");
    let writes = tape.iter().filter(|taped| !taped.is_read());
    writes
        .filter_map(|taped| Some((taped, taped.request.path().strip_prefix(&path)?)))
        .flat_map(|(taped, resource)| {
            let under = taped.request.revision("if-match");
            let done = taped.answers.iter().filter(|answer| answer.status() < 300);
            let left = done.filter_map(|answer| answer.revision("etag"));
            let knew = knew(tape, clinic, taped.arrived);
            left.filter(move |left| Some(*left) != under).map(move |left| Sent {
                resource: resource.to_owned(),
                under,
                left,
                knew,
            })
        })
        .collect()
}

/// The writes to `clinic` that were passed on and never answered, as they would stand in a history had they been done.
pub(crate) fn unanswered(tape: &[Taped], clinic: &str) -> Vec<Sent> {
    let path = format!("/api/v1/clinics/{clinic}/");
    let writes = tape.iter().filter(|taped| !taped.is_read() && taped.answers.is_empty());
    writes
        .filter_map(|taped| {
            let resource = taped.request.path().strip_prefix(&path)?.to_owned();
            let under = taped.request.revision("if-match");
            Some(Sent { resource, under, left: under? + 1, knew: knew(tape, clinic, taped.arrived) })
        })
        .collect()
}

/// The newest revision of a clinic that was told before this moment, by reads and by answers to writes.
fn knew(tape: &[Taped], clinic: &str, moment: usize) -> u64 {
    let told = tape.iter().filter_map(|taped| Some((taped, taped.told.as_ref()?)));
    let before = told.filter(|(_, (_, at))| *at < moment);
    before.filter_map(|(taped, (answer, _))| revision(taped, answer, clinic)).max().unwrap_or_default()
}

/// The revision of this clinic that an answer tells.
fn revision(taped: &Taped, answer: &Message, clinic: &str) -> Option<u64> {
    if answer.status() >= 300 {
        return None;
    }
    if !taped.is_read() {
        let ours = taped.request.path().starts_with(&format!("/api/v1/clinics/{clinic}/"));
        return answer.revision("etag").filter(|_| ours);
    }
    let text = std::str::from_utf8(&answer.body).ok()?;
    let lines = text.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    let found = lines.filter(|line| line["clinic"] == clinic).filter_map(|line| line["revision"].as_u64());
    found.max()
}
