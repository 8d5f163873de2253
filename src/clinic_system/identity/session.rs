//! Sessions: begun by a password, ended by the person, by time, or by whatever ends the account.

use super::error::IdentityError;
use super::lockout::Attempt;
use super::password;
use super::person::{Person, Place};
use super::secret::Secret;
use super::time::{ago, is_older, text};
use crate::store::{SessionRow, Store, StoreError, WriteFailure};
use clinic_wire::StaffItem;
use jiff::{SignedDuration, Timestamp};
use std::net::IpAddr;

/// How long a session may lie unused. A console at a reception service is left alone between two patients, not for a
/// lunch break.
const IDLE: SignedDuration = SignedDuration::from_mins(30);
/// How long a session may last in all: a long working day, after which a stolen one is worth nothing.
const ABSOLUTE: SignedDuration = SignedDuration::from_hours(12);
/// How old "last seen" may get before it is written again: a write for every page would be wasted, and the idle limit
/// is kept to within this.
const SEEN_EVERY: SignedDuration = SignedDuration::from_mins(1);

/// What becomes of an attempt to sign in.
#[derive(Debug)]
pub(crate) enum SignIn {
    /// A new session.
    Done(Secret),
    /// The account does not exist, cannot be signed in to, or has another password: it is not said which.
    Wrong,
    /// Too many attempts have failed; the password was not looked at.
    Locked,
}

/// Signs somebody in. The attempt is counted before its password is looked at, so that many at once cannot all slip in
/// under the limit; an account that does not exist is counted and hashed for like any other.
pub(crate) async fn sign_in(
    store: &Store,
    login: &str,
    password: &str,
    address: IpAddr,
) -> Result<SignIn, IdentityError> {
    let login = login.to_lowercase();
    let Attempt::Counted(attempt) = Attempt::begin(store, Some(&login), address).await? else {
        return Ok(SignIn::Locked);
    };
    let found = store.credential(&login).await?;
    let open =
        found.filter(|found| found.active == 1 && still_works_here(found.staff.as_deref(), found.document.as_deref()));
    let (account, stored) = open.map_or((None, None), |found| (Some(found.id), found.password));
    let right = password::matches(stored, password).await?;
    let Some(account) = account.filter(|_| right) else {
        return Ok(SignIn::Wrong);
    };
    attempt.succeeded(store).await?;
    let (secret, now) = (Secret::random()?, Timestamp::now());
    store.begin_session(&secret.digest(), &account, &text(now), &ago(now, IDLE)).await?;
    Ok(SignIn::Done(secret))
}

/// Ends a session.
pub(crate) async fn sign_out(store: &Store, secret: &Secret) -> Result<(), WriteFailure> {
    store.end_session(&secret.digest()).await
}

/// Whose session this is; `None` if it has ended, or where its account or its staff member is no longer active.
/// Nothing is remembered between two requests, so whatever ends a session ends it at once, on every replica.
pub(crate) async fn signed_in(store: &Store, secret: &Secret) -> Result<Option<Person>, StoreError> {
    let id = secret.digest();
    let Some(row) = store.session(&id).await? else { return Ok(None) };
    let now = Timestamp::now();
    if !holds(&row, now) {
        // It opens nothing any more, whether or not it can be removed now.
        let _removed = store.end_session(&id).await;
        return Ok(None);
    }
    if is_older(&row.seen, SEEN_EVERY, now) {
        // A session that could not be noted ends earlier; the page is answered all the same.
        let _noted = store.touch_session(&id, &text(now)).await;
    }
    Ok(Some(person(row)))
}

fn holds(row: &SessionRow, now: Timestamp) -> bool {
    row.active == 1
        && !is_older(&row.seen, IDLE, now)
        && !is_older(&row.created, ABSOLUTE, now)
        && still_works_here(row.staff.as_deref(), row.document.as_deref())
}

/// Whether an account may be used as far as its staff member is concerned: it has none, or an active one.
fn still_works_here(staff: Option<&str>, document: Option<&str>) -> bool {
    staff.is_none() || document.and_then(staff_item).is_some_and(|person| person.active)
}

fn person(row: SessionRow) -> Person {
    let SessionRow { account, login, name, global_administrator, staff, clinic, document, .. } = row;
    let member = document.as_deref().and_then(staff_item);
    let has = |role: &str| member.as_ref().is_some_and(|member| member.roles.iter().any(|known| known == role));
    let (professional, administrator) = (has("healthcare_professional"), has("administrator"));
    let place = staff.zip(clinic).map(|(staff, clinic)| Place { staff, clinic, professional, administrator });
    Person { account, login, name, global_administrator: global_administrator == 1, place }
}

fn staff_item(document: &str) -> Option<StaffItem> {
    serde_json::from_str(document).ok()
}
