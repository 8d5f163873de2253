//! What one person may do at one clinic: pure. A refusal names one thing, the first of these that forbids it: who the
//! person is (no setting would help), the switch (nobody may), the list (others may).

use crate::clinic::Direction;
use clinic_wire::{Access, DirectionState, Messaging, StaffItem};

/// The only role that may message.
const PROFESSIONAL: &str = "healthcare_professional";

/// What a person may want to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Action {
    /// Start a conversation with a patient, and write in it.
    Send,
    /// Answer what a patient or another clinic has started.
    Respond,
}

/// What a decision about one clinic stands on.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Facts<'a> {
    /// The clinic.
    pub(crate) clinic: &'a str,
    /// Its settings.
    pub(crate) messaging: &'a Messaging,
    /// The person in question, as this clinic's directory knows them; `None` if it does not, or nobody is in question.
    pub(crate) person: Option<&'a StaffItem>,
}

/// Allowed, or why not.
pub(crate) type Verdict = Result<(), Forbidden>;

/// A refusal: of which clinic, and for what reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Forbidden {
    /// The clinic whose setting or directory forbids it.
    pub(crate) clinic: String,
    /// The one thing that forbids it.
    pub(crate) why: Why,
}

/// The one setting or fact that forbids something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Why {
    /// The clinic's directory does not know the person.
    UnknownPerson,
    /// The person has left.
    LeftTheClinic,
    /// The person is no healthcare professional of the clinic.
    NotAProfessional,
    /// The direction is switched off.
    DirectionOff(Direction),
    /// The direction's list does not name the person.
    NotListed(Direction),
    /// The conversation is somebody else's.
    NotTheirs,
}

impl Action {
    /// Both.
    pub(crate) const ALL: [Self; 2] = [Self::Send, Self::Respond];

    /// Its word in addresses.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Send => "send",
            Self::Respond => "respond",
        }
    }

    /// The action with this word.
    pub(crate) fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|action| action.word() == word)
    }

    /// That the person in question may do it, as a sentence.
    pub(crate) fn allowed_at(self, clinic: &str) -> String {
        match self {
            Self::Send => format!("the person may start conversations with patients at `{clinic}`"),
            Self::Respond => format!("the person may answer patients and other clinics at `{clinic}`"),
        }
    }

    /// The direction whose settings decide it.
    pub(crate) const fn direction(self) -> Direction {
        match self {
            Self::Send => Direction::HealthcareInitiated,
            Self::Respond => Direction::Incoming,
        }
    }

    /// What writing in a conversation of this direction is.
    pub(crate) const fn within(direction: Direction) -> Self {
        match direction {
            Direction::HealthcareInitiated => Self::Send,
            Direction::Incoming => Self::Respond,
        }
    }
}

impl Facts<'_> {
    /// Whether the person may do this.
    pub(crate) fn may(&self, action: Action) -> Verdict {
        self.professional()?;
        self.open(action.direction())?;
        self.listed(action.direction())
    }

    /// Whether the person may read what this direction governs: the switch does not matter, because what was written
    /// while it was on does not disappear.
    pub(crate) fn may_read(&self, direction: Direction) -> Verdict {
        self.professional()?;
        self.listed(direction)
    }

    /// Whether the person is a professional of this clinic today, and so may speak in its name to another clinic.
    pub(crate) fn professional(&self) -> Verdict {
        let Some(person) = self.person else { return self.forbid(Why::UnknownPerson) };
        if !person.active {
            return self.forbid(Why::LeftTheClinic);
        }
        if !person.roles.iter().any(|role| role == PROFESSIONAL) {
            return self.forbid(Why::NotAProfessional);
        }
        Ok(())
    }

    /// Whether the direction is on.
    pub(crate) fn open(&self, direction: Direction) -> Verdict {
        if self.state(direction).enabled { Ok(()) } else { self.forbid(Why::DirectionOff(direction)) }
    }

    /// The refusal at this clinic for this reason.
    pub(crate) fn forbid(&self, why: Why) -> Verdict {
        Err(Forbidden { clinic: self.clinic.to_owned(), why })
    }

    fn listed(&self, direction: Direction) -> Verdict {
        let listed = match &self.state(direction).accessible_to {
            Access::Everyone(_) => true,
            Access::People(people) => self.person.is_some_and(|person| people.contains(&person.id)),
        };
        if listed { Ok(()) } else { self.forbid(Why::NotListed(direction)) }
    }

    const fn state(&self, direction: Direction) -> &DirectionState {
        direction.within(self.messaging)
    }
}

impl Forbidden {
    /// The refusal as a sentence.
    pub(crate) fn detail(&self) -> String {
        let clinic = &self.clinic;
        match self.why {
            Why::UnknownPerson => format!("the directory of `{clinic}` does not know the person"),
            Why::LeftTheClinic => format!("the person has left `{clinic}`"),
            Why::NotAProfessional => format!("the person is no healthcare professional of `{clinic}`"),
            Why::NotTheirs => "the conversation is somebody else's".to_owned(),
            Why::DirectionOff(Direction::HealthcareInitiated) => {
                format!("`{clinic}` does not let its professionals start conversations")
            }
            Why::DirectionOff(Direction::Incoming) => {
                format!("`{clinic}` does not take messages from patients and other clinics")
            }
            Why::NotListed(Direction::HealthcareInitiated) => {
                format!("the person is not among those at `{clinic}` who may start conversations")
            }
            Why::NotListed(Direction::Incoming) => {
                format!("the person is not among those at `{clinic}` who may answer patients and other clinics")
            }
        }
    }
}

impl Why {
    /// The stable word for the reason.
    pub(crate) const fn slug(self) -> &'static str {
        match self {
            Self::UnknownPerson => "unknown-person",
            Self::LeftTheClinic => "left-the-clinic",
            Self::NotAProfessional => "not-a-professional",
            Self::DirectionOff(_) => "direction-off",
            Self::NotListed(_) => "not-listed",
            Self::NotTheirs => "not-theirs",
        }
    }

    /// The setting that forbids it, such as `messaging/incoming.enabled`; `None` if no setting would help.
    pub(crate) fn setting(self) -> Option<String> {
        match self {
            Self::DirectionOff(direction) => Some(format!("{}.enabled", direction.resource())),
            Self::NotListed(direction) => Some(format!("{}.accessible_to", direction.resource())),
            Self::UnknownPerson | Self::LeftTheClinic | Self::NotAProfessional | Self::NotTheirs => None,
        }
    }
}
