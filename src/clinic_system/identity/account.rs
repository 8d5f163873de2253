//! Accounts: how they begin, get a password, and end.

use super::code::Code;
use super::error::IdentityError;
use super::lockout::Attempt;
use super::password;
use super::password::Password;
use super::time::{after, text};
use crate::hex;
use crate::store::{NewAccountRow, Store};
use crate::token::ActorName;
use jiff::{SignedDuration, Timestamp};
use std::net::IpAddr;

/// How long the set-up code of a first start is good: whoever starts a system is at its terminal.
const SET_UP: SignedDuration = SignedDuration::from_hours(1);
/// How long a link for choosing a password is good: over a weekend.
const LINK: SignedDuration = SignedDuration::from_hours(72);
/// The longest login. An e-mail address cannot be longer (RFC 5321, with its errata).
const LOGIN_MAX: usize = 254;

/// Somebody who is to get an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Newcomer {
    login: String,
    name: ActorName,
    staff: Option<String>,
    global_administrator: bool,
}

/// What is wrong about a newcomer, field by field.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Unfit {
    /// The login is no e-mail address.
    pub(crate) login: bool,
    /// The name cannot stand in a change log.
    pub(crate) name: bool,
}

/// What becomes of an act with a one-time code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Redeemed {
    /// It is done.
    Done,
    /// The code is unknown, used, too old, or for nothing any more: it is not said which.
    Refused,
    /// Too many attempts from this address have failed.
    Locked,
}

/// What becomes of a newcomer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Created {
    /// There is an account of this id.
    Done(String),
    /// The login is in use, or the staff member is nobody of this system or has an account already.
    Taken,
}

impl Newcomer {
    /// Checks what was said about somebody.
    pub(crate) fn parse(login: &str, name: &str, staff: &str, global_administrator: bool) -> Result<Self, Unfit> {
        let fits = is_login(login);
        let staff = Some(staff.to_owned()).filter(|staff| !staff.is_empty());
        match ActorName::parse(name) {
            Ok(name) if fits => Ok(Self { login: login.to_lowercase(), name, staff, global_administrator }),
            parsed => Err(Unfit { login: !fits, name: parsed.is_err() }),
        }
    }

    fn row(&self, password: Option<String>) -> Result<NewAccountRow, IdentityError> {
        let mut id = [0; 8];
        getrandom::fill(&mut id)?;
        Ok(NewAccountRow {
            id: format!("ac-{}", hex::encode(&id)),
            login: self.login.clone(),
            name: self.name.as_str().to_owned(),
            password,
            staff: self.staff.clone(),
            global_administrator: i64::from(self.global_administrator),
            created: text(Timestamp::now()),
        })
    }
}

/// A code with which the first account can be made, if there is none yet. A code from before is worth nothing then.
pub(crate) async fn set_up_code(store: &Store) -> Result<Option<Code>, IdentityError> {
    let code = Code::random()?;
    let put = store.put_set_up_code(&code.digest(), &after(Timestamp::now(), SET_UP)).await?;
    Ok(put.then_some(code))
}

/// Makes the first account, of a global administrator, with the code of the first start.
pub(crate) async fn set_up(
    store: &Store,
    code: &str,
    newcomer: &Newcomer,
    password: &Password,
    address: IpAddr,
) -> Result<Redeemed, IdentityError> {
    redeem(store, code, address, async |code: Code| {
        let row = newcomer.row(Some(password::hash(password).await?))?;
        Ok(store.set_up(&code.digest(), &row).await?)
    })
    .await
}

/// Makes an account without a password; [`link`] is how it gets one.
pub(crate) async fn create(store: &Store, newcomer: &Newcomer) -> Result<Created, IdentityError> {
    let row = newcomer.row(None)?;
    let made = store.add_account(&row).await?;
    Ok(if made { Created::Done(row.id) } else { Created::Taken })
}

/// Gives somebody an account and this password, or their account this password.
pub(crate) async fn admit(store: &Store, newcomer: &Newcomer, password: &Password) -> Result<(), IdentityError> {
    let hash = password::hash(password).await?;
    if !store.set_password(&newcomer.login, &hash).await? {
        store.add_account(&newcomer.row(Some(hash))?).await?;
    }
    Ok(())
}

/// A code with which the holder of an account chooses a password; `None` if there is no such active account. An
/// older code of the account is worth nothing then.
pub(crate) async fn link(store: &Store, account: &str) -> Result<Option<Code>, IdentityError> {
    let code = Code::random()?;
    let put = store.put_account_code(account, &code.digest(), &after(Timestamp::now(), LINK)).await?;
    Ok(put.then_some(code))
}

/// Chooses the password of the account that the code is for, and ends its sessions.
pub(crate) async fn choose_password(
    store: &Store,
    code: &str,
    password: &Password,
    address: IpAddr,
) -> Result<Redeemed, IdentityError> {
    redeem(store, code, address, async |code: Code| {
        let (hash, claim) = (password::hash(password).await?, Code::random()?.digest());
        Ok(store.choose_password(&code.digest(), &claim, &hash, &text(Timestamp::now())).await?)
    })
    .await
}

/// Uses a one-time code for `act`, which says whether the code is good. Guesses count against their address.
async fn redeem(
    store: &Store,
    code: &str,
    address: IpAddr,
    act: impl AsyncFnOnce(Code) -> Result<bool, IdentityError>,
) -> Result<Redeemed, IdentityError> {
    let Attempt::Counted(attempt) = Attempt::begin(store, None, address).await? else {
        return Ok(Redeemed::Locked);
    };
    let Some(code) = Code::parse(code) else { return Ok(Redeemed::Refused) };
    if !act(code).await? {
        return Ok(Redeemed::Refused);
    }
    attempt.succeeded(store).await?;
    Ok(Redeemed::Done)
}

/// Something before the one `@`, something after it, nothing that would need quotes, spaces or line breaks.
fn is_login(text: &str) -> bool {
    let part =
        |part: &str| !part.is_empty() && !part.contains(|c: char| c.is_whitespace() || c.is_control() || c == '@');
    text.len() <= LOGIN_MAX && text.split_once('@').is_some_and(|(local, domain)| part(local) && part(domain))
}

#[cfg(test)]
mod tests {
    use super::{Newcomer, Unfit};

    #[test]
    fn a_newcomer_has_an_address_and_a_name() {
        let unfit = |login: &str, name: &str| Newcomer::parse(login, name, "", false).err();
        assert_eq!(unfit("Anna.Berg@norrtull.example", "Anna Berg"), None);
        let (login, name) = (Unfit { login: true, name: false }, Unfit { login: false, name: true });
        for bad in ["", "anna", "@norrtull.example", "anna@", "a b@norrtull.example", "a@b@c", "a@b\n"] {
            assert_eq!(unfit(bad, "Anna"), Some(login.clone()), "{bad:?}");
        }
        for bad in ["", " ", "a\nb"] {
            assert_eq!(unfit("a@norrtull.example", bad), Some(name.clone()), "{bad:?}");
        }
        assert_eq!(unfit("", ""), Some(Unfit { login: true, name: true }));
    }
}
