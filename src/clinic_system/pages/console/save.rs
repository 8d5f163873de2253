//! Saving what a form says, when others may have saved since the form was opened.
//!
//! The form carries the clinic's revision. If the clinic has moved on, the change log says what has become of it
//! since. If none of that touched what the form is about, the form is saved on the new revision, and says so; if it
//! did, nothing is saved, and whoever sent the form sees both and decides.

use crate::clinic::{ClinicState, Write};
use crate::pages::call::Call;
use crate::pages::refusal::Refusal;
use crate::store::{Outcome, WriteRequest};
use clinic_wire::{Actor, ChangeEntry, FieldProblem};
use serde_json::{Value, json};

/// How often a save starts again because others save beside it: each round one of them got through.
const ROUNDS: usize = 20;
/// How far back a form is followed. One that is older is asked about.
const FOLLOWED: i64 = 500;

/// What became of a save.
#[derive(Debug)]
pub(super) enum Saved {
    /// It is so now.
    Done(Note),
    /// Somebody else changed the same thing since the form was opened; nothing was saved.
    Conflict(Box<Conflict>),
    /// It cannot be so in this clinic.
    Unfit(Vec<FieldProblem>),
    /// The button is not there.
    UnknownButton,
}

/// What is to be said about a save.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Note {
    /// It was saved.
    Saved,
    /// It was saved beside changes of others to other things.
    Beside,
    /// It was so already.
    Same,
}

/// Two versions of one thing.
#[derive(Debug)]
pub(super) struct Conflict {
    /// The revision of the clinic with their version.
    pub(super) revision: u64,
    pub(super) state: ClinicState,
    /// Their version as the body of a write would say it; null if it is gone.
    pub(super) theirs: Value,
    pub(super) mine: Value,
    /// Their last change, where the log still reaches it.
    pub(super) change: Option<Box<ChangeEntry>>,
}

impl Note {
    /// All of them.
    const ALL: [Self; 3] = [Self::Saved, Self::Beside, Self::Same];

    /// The word by which it travels in an address.
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Saved => "saved",
            Self::Beside => "beside",
            Self::Same => "same",
        }
    }

    pub(super) fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|note| note.word() == word)
    }
}

/// The revision that a form was opened with.
pub(super) fn revision(call: &Call, field: &str) -> Result<u64, Refusal> {
    call.form.text(field).parse().map_err(|_| Refusal::UnreadableForm)
}

/// Saves `write` for who is signed in, by a form that was opened at `opened`.
pub(super) async fn save(call: &Call, clinic: &str, opened: u64, write: Write) -> Result<Saved, Refusal> {
    let mut at = opened;
    for _ in 0..ROUNDS {
        match call.app.store.write(request(call, clinic, at, &write)?).await? {
            Outcome::Done { revision, .. } if revision == at => return Ok(Saved::Done(Note::Same)),
            Outcome::Done { .. } if at == opened => return Ok(Saved::Done(Note::Saved)),
            Outcome::Done { .. } => return Ok(Saved::Done(Note::Beside)),
            Outcome::UnknownClinic => return Err(Refusal::UnknownPage),
            Outcome::UnknownButton => return Ok(Saved::UnknownButton),
            Outcome::Unfit(problems) => return Ok(Saved::Unfit(problems)),
            Outcome::Stale { revision, current } => match meanwhile(call, clinic, opened, &write).await? {
                Meanwhile::Elsewhere(now) if opened < revision => at = now,
                Meanwhile::Elsewhere(_) => return Ok(Saved::Conflict(conflict(current, revision, &write, None)?)),
                Meanwhile::Here(change) => {
                    let both = conflict(current, revision, &write, change)?;
                    if both.theirs != both.mine {
                        return Ok(Saved::Conflict(both));
                    }
                    // Both want the same: writing it once more changes nothing, and says so.
                    at = both.revision;
                }
            },
        }
    }
    Err(Refusal::Busy)
}

/// What others have changed since a form was opened, newest first.
pub(super) async fn since(call: &Call, clinic: &str, opened: u64) -> Result<Vec<ChangeEntry>, Refusal> {
    Ok(call.app.store.changes_since(clinic, opened, FOLLOWED).await?)
}

fn request(call: &Call, clinic: &str, at: u64, write: &Write) -> Result<WriteRequest, Refusal> {
    let by = call.person()?.name.clone();
    let write = write.clone();
    Ok(WriteRequest {
        clinic: clinic.to_owned(),
        precondition: Some(at),
        write,
        by,
        kind: Actor::Person,
        reference: None,
    })
}

/// Others have changed something since the form was opened.
enum Meanwhile {
    /// Elsewhere in the clinic, which is at this revision now; what the form is about is as it was.
    Elsewhere(u64),
    /// In what the form is about.
    Here(Option<Box<ChangeEntry>>),
}

async fn meanwhile(call: &Call, clinic: &str, opened: u64, write: &Write) -> Result<Meanwhile, Refusal> {
    let since = since(call, clinic, opened).await?;
    let followed = i64::try_from(since.len()).is_ok_and(|length| length < FOLLOWED);
    let now = opened + since.len() as u64;
    let own: Vec<ChangeEntry> = since.into_iter().filter(|entry| concerns(write, entry)).collect();
    // Newest first: before the first of them it was as the form showed it, after the last as it is.
    let ends = own.last().zip(own.first());
    let back = ends.is_none_or(|(first, last)| first.before == last.after && !matches!(write, Write::Order(_)));
    if followed && back {
        Ok(Meanwhile::Elsewhere(now))
    } else {
        Ok(Meanwhile::Here(own.into_iter().next().map(Box::new)))
    }
}

/// Whether a change touched what `write` is about. A button that comes or goes changes the order as well.
fn concerns(write: &Write, entry: &ChangeEntry) -> bool {
    let comes_or_goes = entry.resource.starts_with("buttons/") && (entry.before.is_null() || entry.after.is_null());
    entry.resource == write.resource() || (matches!(write, Write::Order(_)) && comes_or_goes)
}

fn conflict(
    current: Value,
    revision: u64,
    write: &Write,
    change: Option<Box<ChangeEntry>>,
) -> Result<Box<Conflict>, Refusal> {
    let state: ClinicState = serde_json::from_value(current).map_err(|error| {
        tracing::error!(%error, "a clinic's state could not be read");
        Refusal::Failed
    })?;
    let (theirs, mine) = (write.said(&state), wanted(write));
    Ok(Box::new(Conflict { revision, state, theirs, mine, change }))
}

/// What is to be saved, as the change log would say it.
fn wanted(write: &Write) -> Value {
    match write {
        Write::Direction(_, body) => json!(body),
        Write::PutButton(_, body) => json!(body),
        Write::DeleteButton(_) => Value::Null,
        Write::Order(body) => json!(body),
    }
}
