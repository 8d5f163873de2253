//! Every small state, every person, every action, against the rules said once more in the plainest way.

use super::{Action, Conversation, Counterpart, Facts, Verdict, opening};
use crate::clinic::Direction;
use clinic_wire::{Access, DirectionState, Everyone, Messaging, Party, StaffItem};

const HERE: &str = "norrtull";
const DIRECTIONS: [Direction; 2] = [Direction::HealthcareInitiated, Direction::Incoming];

/// One direction in the plainest words.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Plain {
    on: bool,
    /// Whether the person in question is named, or everyone is.
    named: bool,
    everyone: bool,
}

/// A person in the plainest words.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Somebody {
    known: bool,
    active: bool,
    professional: bool,
}

#[derive(Debug, Clone, Copy)]
struct World {
    healthcare_initiated: Plain,
    incoming: Plain,
    me: Somebody,
}

fn worlds() -> Vec<World> {
    let both = [false, true];
    let plain: Vec<Plain> = both
        .into_iter()
        .flat_map(|on| {
            [(false, false), (true, false), (true, true)].map(|(named, everyone)| Plain { on, named, everyone })
        })
        .collect();
    let mut people = vec![Somebody { known: false, active: false, professional: false }];
    people.extend(
        both.into_iter().flat_map(|active| both.map(|professional| Somebody { known: true, active, professional })),
    );
    let mut worlds = Vec::new();
    for &healthcare_initiated in &plain {
        for &incoming in &plain {
            worlds.extend(people.iter().map(|&me| World { healthcare_initiated, incoming, me }));
        }
    }
    worlds
}

impl World {
    fn direction(self, direction: Direction) -> Plain {
        match direction {
            Direction::HealthcareInitiated => self.healthcare_initiated,
            Direction::Incoming => self.incoming,
        }
    }

    fn ask<T>(self, question: impl FnOnce(&Facts<'_>) -> T) -> T {
        let messaging =
            Messaging { healthcare_initiated: self.healthcare_initiated.state(), incoming: self.incoming.state() };
        let person = self.me.known.then(|| self.me.item());
        question(&Facts { clinic: HERE, messaging: &messaging, person: person.as_ref() })
    }
}

impl Plain {
    fn state(self) -> DirectionState {
        let named = if self.named { vec!["st-0".to_owned(), "st-me".to_owned()] } else { vec!["st-0".to_owned()] };
        let accessible_to = if self.everyone { Access::Everyone(Everyone::Everyone) } else { Access::People(named) };
        DirectionState { enabled: self.on, accessible_to, last_change: None }
    }
}

impl Somebody {
    fn item(self) -> StaffItem {
        let roles =
            if self.professional { vec!["administrator", "healthcare_professional"] } else { vec!["scheduler"] };
        StaffItem {
            id: "st-me".to_owned(),
            name: "Maja Virtanen".to_owned(),
            email: Some("maja@norrtull.example".to_owned()),
            hsa_id: None,
            title: "nurse".to_owned(),
            roles: roles.into_iter().map(str::to_owned).collect(),
            active: self.active,
        }
    }
}

/// The rules once more: every reason against it, the most telling first. None is a yes.
fn against(world: World, direction: Direction, writing: bool) -> Vec<String> {
    let word = match direction {
        Direction::HealthcareInitiated => "messaging/healthcare-initiated",
        Direction::Incoming => "messaging/incoming",
    };
    let Somebody { known, active, professional } = world.me;
    let Plain { on, named, everyone: _ } = world.direction(direction);
    let all = [
        (!known, "unknown-person".to_owned()),
        (!active, "left-the-clinic".to_owned()),
        (!professional, "not-a-professional".to_owned()),
        (writing && !on, format!("{word}.enabled")),
        (!named, format!("{word}.accessible_to")),
    ];
    all.into_iter().filter(|(holds, _)| *holds).map(|(_, why)| format!("{HERE}: {why}")).collect()
}

/// What a verdict says, in the words of [`against`].
fn said(verdict: &Verdict) -> Option<String> {
    let forbidden = verdict.as_ref().err()?;
    let why = forbidden.why.setting().unwrap_or_else(|| forbidden.why.slug().to_owned());
    Some(format!("{}: {why}", forbidden.clinic))
}

fn conversations() -> Vec<Conversation> {
    let withs = [Counterpart::Patient("pt-1".to_owned()), Counterpart::Clinic("vasa".to_owned())];
    let conversation =
        |governed_by, with: &Counterpart| Conversation { clinic: HERE.to_owned(), governed_by, with: with.clone() };
    DIRECTIONS.into_iter().flat_map(|direction| withs.each_ref().map(|with| conversation(direction, with))).collect()
}

fn parties() -> Vec<Party> {
    let patient = |id: &str| Party::Patient(id.to_owned());
    let clinic = |id: &str| Party::Clinic(id.to_owned());
    vec![
        Party::Professional("st-me".to_owned()),
        patient("pt-1"),
        patient("pt-2"),
        patient("vasa"),
        clinic("vasa"),
        clinic("torp"),
        clinic("pt-1"),
        clinic(HERE),
    ]
}

#[test]
fn what_a_person_may_do_is_what_the_rules_say() {
    for world in worlds() {
        for action in Action::ALL {
            let expected = against(world, action.direction(), true);
            assert_eq!(said(&world.ask(|facts| facts.may(action))), expected.first().cloned(), "{action:?} {world:?}");
        }
        for direction in DIRECTIONS {
            let expected = against(world, direction, false);
            assert_eq!(said(&world.ask(|facts| facts.may_read(direction))), expected.first().cloned(), "{world:?}");
        }
    }
}

#[test]
fn who_reads_and_who_answers_is_what_the_rules_say() {
    for world in worlds() {
        for (conversation, party) in
            conversations().iter().flat_map(|one| parties().into_iter().map(move |party| (one, party)))
        {
            let theirs = match &party {
                Party::Professional(_) => None,
                Party::Patient(id) => Some(conversation.with == Counterpart::Patient(id.clone())),
                Party::Clinic(id) => Some(conversation.with == Counterpart::Clinic(id.clone())),
            };
            let expected = |writing| match theirs {
                Some(true) => None,
                Some(false) => Some(format!("{HERE}: not-theirs")),
                None => against(world, conversation.governed_by, writing).first().cloned(),
            };
            let read = world.ask(|facts| conversation.may_read(facts, &party));
            let reply = world.ask(|facts| conversation.may_reply(facts, &party));
            assert_eq!(said(&read), expected(false), "{party:?} reads {conversation:?} in {world:?}");
            assert_eq!(said(&reply), expected(true), "{party:?} answers {conversation:?} in {world:?}");
            assert!(reply.is_err() || read.is_ok(), "who may answer may read");
        }
    }
}

#[test]
fn who_starts_is_what_the_rules_say() {
    let (mut begun, mut unfit) = (0, 0);
    for (from, to) in parties().into_iter().flat_map(|from| parties().into_iter().map(move |to| (from.clone(), to))) {
        let Ok(conversation) = opening(HERE, &from, &to) else {
            unfit += 1;
            continue;
        };
        begun += 1;
        let started = match &from {
            Party::Professional(_) => Direction::HealthcareInitiated,
            Party::Patient(_) | Party::Clinic(_) => Direction::Incoming,
        };
        assert_eq!((conversation.clinic.as_str(), conversation.governed_by), (HERE, started), "{from:?} to {to:?}");
        for world in worlds() {
            let expected = match &from {
                Party::Professional(_) => against(world, started, true).first().cloned(),
                Party::Patient(_) | Party::Clinic(_) => {
                    (!world.incoming.on).then(|| format!("{HERE}: messaging/incoming.enabled"))
                }
            };
            let verdict = world.ask(|facts| conversation.may_start(facts, &from));
            assert_eq!(said(&verdict), expected, "{from:?} to {to:?} in {world:?}");
            let other_side = conversation.with.party();
            assert_eq!(
                world.ask(|facts| conversation.may_reply(facts, &other_side)),
                Ok(()),
                "the other side may always answer"
            );
        }
    }
    // A professional to each of three patients; three patients and three other clinics to the clinic.
    assert_eq!((begun, unfit), (9, 55));
}

#[test]
fn who_hands_over_is_what_the_rules_say() {
    for world in worlds() {
        for (conversation, open) in conversations().iter().flat_map(|one| [(one, false), (one, true)]) {
            let mut expected = against(world, conversation.governed_by, true);
            expected.extend((!open).then(|| "torp: messaging/incoming.enabled".to_owned()));
            let takes = Plain { on: open, named: false, everyone: false };
            let shut = Plain { on: !open, named: true, everyone: true };
            let there = Messaging { healthcare_initiated: shut.state(), incoming: takes.state() };
            let other = Facts { clinic: "torp", messaging: &there, person: None };
            let verdict = world.ask(|facts| conversation.may_hand_over(facts, &other));
            assert_eq!(said(&verdict), expected.first().cloned(), "{conversation:?} in {world:?}");
        }
    }
}

#[test]
fn a_conversation_that_was_handed_over_obeys_its_new_clinic() {
    for conversation in conversations() {
        let handed = conversation.handed_to("torp").expect("torp takes no part yet");
        assert_eq!((handed.clinic.as_str(), handed.governed_by), ("torp", Direction::Incoming));
        assert_eq!(handed.with, conversation.with);
        assert!(conversation.handed_to(HERE).is_err());
        assert_eq!(
            conversation.handed_to("vasa").is_err(),
            conversation.with == Counterpart::Clinic("vasa".to_owned())
        );
    }
}

/// What opens a setting further never takes anything from anybody.
#[test]
fn opening_takes_nothing_away() {
    let wider = |plain: Plain| {
        [Plain { on: true, ..plain }, Plain { named: true, ..plain }, Plain { named: true, everyone: true, ..plain }]
    };
    for world in worlds() {
        for incoming in wider(world.incoming) {
            let opened = World { incoming, ..world };
            for (conversation, party) in
                conversations().iter().flat_map(|one| parties().into_iter().map(move |party| (one, party)))
            {
                let may = |world: World| {
                    world.ask(|facts| {
                        (conversation.may_read(facts, &party).is_ok(), conversation.may_reply(facts, &party).is_ok())
                    })
                };
                let ((read, reply), (reads, replies)) = (may(world), may(opened));
                assert!(reads >= read && replies >= reply, "{party:?} in {conversation:?}: {world:?} to {opened:?}");
            }
        }
    }
}
