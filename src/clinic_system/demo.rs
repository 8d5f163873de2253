//! The demonstration: a system filled with the example fleet's clinics, and four people who can sign in to it.
//!
//! There is no default password: every start chooses a new one and says it once. A database that is not of a
//! demonstration is left alone.

use crate::config::Config;
use crate::identity::{Code, IdentityError, Newcomer, Password, admit};
use crate::seed::{Seed, SeedError};
use crate::serve::{Running, ServeError, Server};

/// The clinic whose page a visitor of the demonstration is sent to first.
const CLINIC: &str = "norrtull";

/// Who can sign in: login, name, staff id, what they may do. All of them are made up, like their clinics.
const PEOPLE: [(&str, &str, &str, Who); 4] = [
    ("system@demo.example", "Sara Systemsson", "", Who::GlobalAdministrator),
    ("karin.holm@norrtull.example", "Karin Holm", "st-1007", Who::ClinicAdministrator),
    ("anna.berg@norrtull.example", "Anna Berg", "st-1001", Who::Professional),
    ("elsa.nygren@norrtull.example", "Elsa Nygren", "st-1008", Who::OtherProfessional),
];

/// What somebody of the demonstration may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Who {
    GlobalAdministrator,
    ClinicAdministrator,
    Professional,
    OtherProfessional,
}

/// Somebody who can sign in to the demonstration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemoSignIn {
    /// What they sign in with.
    pub login: &'static str,
    /// What they may do, as a phrase.
    pub may: &'static str,
}

/// How to use a demonstration that runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Demo {
    /// The password of everybody, new at this start.
    pub password: String,
    /// Who can sign in.
    pub people: Vec<DemoSignIn>,
    /// The clinic to look at first.
    pub clinic: &'static str,
}

/// Why a demonstration did not start.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// The system did not start.
    #[error(transparent)]
    Serve(#[from] ServeError),
    /// The clinics that the demonstration shows cannot be used.
    #[error("the demonstration cannot be filled")]
    Seed(#[from] SeedError),
    /// The database holds a system that somebody uses.
    #[error("the database holds a system that is not a demonstration; it was left as it is")]
    InUse,
    /// The people could not be let in.
    #[error("the people of the demonstration could not be let in")]
    People(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl Server {
    /// Starts a demonstration. The configuration's own seed is not used.
    ///
    /// # Errors
    /// [`DemoError`]; nothing is left running then.
    pub async fn start_demo(config: Config) -> Result<(Running, Demo), DemoError> {
        let running = Self::start(Config { seed: Some(seed()?), ..config }).await?;
        match open_doors(&running).await {
            Ok(password) => Ok((running, Demo { password, people: PEOPLE.map(sign_in).into(), clinic: CLINIC })),
            Err(error) => {
                running.shutdown().await;
                Err(error)
            }
        }
    }
}

fn seed() -> Result<Seed, SeedError> {
    Seed::parse(include_str!("../../examples/live-system.yaml"))
}

/// Gives everybody a new password, the same for all: it is printed, and one is enough to print.
async fn open_doors(running: &Running) -> Result<String, DemoError> {
    let store = running.store();
    if !is_demonstration(running).await.map_err(people)? {
        return Err(DemoError::InUse);
    }
    let text = Code::random().map_err(|error| people(error.into()))?.text().to_lowercase();
    let Ok(password) = Password::parse(&text) else { return Err(DemoError::InUse) };
    for (login, name, staff, who) in PEOPLE {
        let Ok(newcomer) = Newcomer::parse(login, name, staff, who == Who::GlobalAdministrator) else { continue };
        admit(store, &newcomer, &password).await.map_err(people)?;
    }
    Ok(text)
}

fn people(error: IdentityError) -> DemoError {
    DemoError::People(Box::new(error))
}

/// Whether the system was filled just now, and nobody had an account in it, or it has the demonstration's people.
async fn is_demonstration(running: &Running) -> Result<bool, IdentityError> {
    let (administrator, ..) = PEOPLE[0];
    let (store, new) = (running.store(), running.seeded() == Some(true));
    Ok(store.credential(administrator).await?.is_some() || (new && !store.has_accounts().await?))
}

fn sign_in((login, _, _, who): (&'static str, &str, &str, Who)) -> DemoSignIn {
    let may = match who {
        Who::GlobalAdministrator => "administers all clinics and all accounts",
        Who::ClinicAdministrator => "administers Norrtulls vårdcentral, and works there",
        Who::Professional => "works there and answers patients",
        Who::OtherProfessional => "works there, and is not among those who answer patients",
    };
    DemoSignIn { login, may }
}

#[cfg(test)]
mod tests {
    use super::{PEOPLE, Who, seed};

    #[test]
    fn the_people_of_the_demonstration_are_in_its_seed() {
        let seed = seed().unwrap();
        for (login, name, staff, who) in PEOPLE {
            assert!(login.ends_with(".example"), "{login}");
            let Some(clinic) = seed.clinics.iter().find(|clinic| clinic.staff.iter().any(|person| person.id == staff))
            else {
                assert_eq!((who, staff), (Who::GlobalAdministrator, ""));
                continue;
            };
            let person = clinic.staff.iter().find(|person| person.id == staff).unwrap();
            assert_eq!((clinic.clinic.as_str(), person.name.as_str(), person.active), (super::CLINIC, name, true));
            let administrator = person.roles.contains(&crate::seed::SeedRole::Administrator);
            assert_eq!(administrator, who == Who::ClinicAdministrator, "{name}");
        }
    }
}
