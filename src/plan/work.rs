//! What carries a plan out in one clinic, and what must still be so on the day on which it does.

use super::impact::impact;
use super::{Impact, PlannedPerson, RightRow, Step, person};
use crate::diff::{Change, Resolution, diff};
use crate::domain::{ClinicId, ClinicState, LiveClinic, Revision, Right, StaffId};
use crate::rules::{Judgement, Policy, Resulting, judge};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What executing needs to know about one clinic, and what a saved plan needs to be held against it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClinicWork {
    /// The clinic.
    pub clinic: ClinicId,
    /// The revision that the plan was made against: the first step's precondition.
    pub revision: Revision,
    /// The whole state that the plan was made against: after an answer that never came, only this tells a write of
    /// ours from an edit that nobody reviewed; and after a restore, a clinic from another one of the same revision.
    pub before: ClinicState,
    /// The writes, in order.
    pub steps: Vec<Step>,
    /// The whole state afterwards.
    pub wanted: ClinicState,
    /// What the fleet says about rules, to judge a saved plan again.
    pub policy: Policy,
    /// Everybody whom the directions that change are about, in the order of ids.
    pub people: Vec<PlannedPerson>,
}

/// In what a clinic is not as a saved plan found it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Moved {
    /// It is at another revision.
    Revision {
        /// The one that the plan was made against.
        planned: Revision,
        /// The one now.
        now: Revision,
    },
    /// It is at the same revision with other contents, which a system is that was restored: from what the plan found to
    /// what it is.
    State(Revision, Vec<Change>),
    /// These ids mean other people now.
    People(Vec<StaffId>),
    /// These people would notice something else than the plan shows.
    Impact(Vec<StaffId>),
}

impl ClinicWork {
    /// Asks the rules again, on the day on which a saved plan is applied and with that day's directory. A judgement
    /// that blocks means that this clinic must not be written.
    #[must_use]
    pub fn judge_again(&self, live: &LiveClinic, today: jiff::civil::Date) -> Vec<Judgement> {
        judge(&Resulting {
            live,
            wanted: &self.wanted,
            desired: None,
            resolution: &Resolution::default(),
            policy: &self.policy,
            today,
        })
    }

    /// In what `live` is not the clinic that the plan was made against. A revision is only a number: what counts is that
    /// the state is the same, and that ids mean the same people.
    #[must_use]
    pub fn moved(&self, live: &LiveClinic) -> Option<Moved> {
        if live.revision != self.revision {
            return Some(Moved::Revision { planned: self.revision, now: live.revision });
        }
        if live.state != self.before {
            return Some(Moved::State(self.revision, diff(&self.before, &live.state)));
        }
        let others: Vec<_> = self.others(live).collect();
        (!others.is_empty()).then_some(Moved::People(others))
    }

    /// Whether people would notice of the work in `live` what they would have noticed when it was planned. Somebody who
    /// has come or gone since may make the difference.
    #[must_use]
    pub fn moved_impact(&self, live: &LiveClinic) -> Option<Moved> {
        let planned = Noticed::of(impact(&self.as_planned(), &self.wanted));
        let now = Noticed::of(impact(live, &self.wanted));
        let people: BTreeSet<_> = planned.0.symmetric_difference(&now.0).map(|(person, _)| person.clone()).collect();
        (!people.is_empty()).then(|| Moved::Impact(people.into_iter().collect()))
    }

    /// The people of the work who have another name now.
    pub fn renamed(&self, live: &LiveClinic) -> BTreeMap<StaffId, String> {
        let now = self.people.iter().filter_map(|person| Some((person, live.directory.get(&person.id)?)));
        let renamed = now.filter(|(person, member)| person.name != member.name);
        renamed.map(|(person, member)| (person.id.clone(), member.name.clone())).collect()
    }

    fn others(&self, live: &LiveClinic) -> impl Iterator<Item = StaffId> {
        let now = self.people.iter().filter_map(|person| Some((person, live.directory.get(&person.id)?)));
        now.filter(|(person, member)| !person.is(member)).map(|(person, _)| person.id.clone())
    }

    /// The clinic that the plan was made against, as far as the work tells.
    pub(super) fn as_planned(&self) -> LiveClinic {
        LiveClinic {
            clinic: self.clinic.clone(),
            name: String::new(),
            hsa_id: None,
            revision: self.revision,
            state: self.before.clone(),
            last_changes: BTreeMap::new(),
            directory: person::directory(&self.people),
        }
    }
}

/// What one person can notice.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Of {
    Gain(Right),
    Lose(Right),
    AnswersAlone,
}

/// Who notices what, whatever they are called.
struct Noticed(BTreeSet<(StaffId, Of)>);

impl Noticed {
    fn of(Impact { gain, lose, menus: _, single_responders, pictures: _ }: Impact) -> Self {
        let gain = gain.into_iter().map(|RightRow { person, right, .. }| (person, Of::Gain(right)));
        let lose = lose.into_iter().map(|RightRow { person, right, .. }| (person, Of::Lose(right)));
        let alone = single_responders.into_iter().map(|row| (row.person, Of::AnswersAlone));
        Self(gain.chain(lose).chain(alone).collect())
    }
}
