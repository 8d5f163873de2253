//! The impact of a whole plan in numbers.

use super::clinic::Clinic;
use super::menu::Buttons;
use super::people::Person;
use crate::domain::Right;

/// How many, and in how many clinics.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// How many. A person counts once for each clinic: it is that clinic's patients who gain or lose a responder.
    pub number: usize,
    /// In how many clinics.
    pub clinics: usize,
}

/// The impact of a whole plan in numbers. A button counts once for each clinic, wherever patients see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Totals {
    /// People who lose at least one right.
    pub lose: Tally,
    /// People who may no longer start conversations.
    pub lose_send: Tally,
    /// People who may no longer answer them.
    pub lose_respond: Tally,
    /// People who gain at least one right.
    pub gain: Tally,
    /// People who may start conversations from now on.
    pub gain_send: Tally,
    /// People who may answer them from now on.
    pub gain_respond: Tally,
    /// Clinics that are left with one person who may respond.
    pub single_responders: usize,
    /// Buttons that patients see appear.
    pub appear: Tally,
    /// Buttons that patients see disappear.
    pub disappear: Tally,
    /// Buttons that patients see at another place.
    pub moved: Tally,
    /// Buttons that patients see with another title or target.
    pub altered: Tally,
}

impl Tally {
    fn add(&mut self, number: usize) {
        self.number += number;
        self.clinics += usize::from(number > 0);
    }
}

impl Totals {
    /// The impact of these clinics together.
    #[must_use]
    pub fn of<'c, 'p: 'c>(clinics: impl IntoIterator<Item = &'c Clinic<'p>>) -> Self {
        let mut totals = Self::default();
        clinics.into_iter().for_each(|clinic| totals.add(clinic));
        totals
    }

    fn add(&mut self, clinic: &Clinic<'_>) {
        self.lose.add(clinic.lose.len());
        self.lose_send.add(with(&clinic.lose, Right::Send));
        self.lose_respond.add(with(&clinic.lose, Right::Respond));
        self.gain.add(clinic.gain.len());
        self.gain_send.add(with(&clinic.gain, Right::Send));
        self.gain_respond.add(with(&clinic.gain, Right::Respond));
        self.single_responders += usize::from(clinic.single_responder.is_some());
        let Buttons { appear, disappear, moved, altered } = &clinic.buttons;
        self.appear.add(appear.len());
        self.disappear.add(disappear.len());
        self.moved.add(moved.len());
        self.altered.add(altered.len());
    }
}

fn with(people: &[Person<'_>], right: Right) -> usize {
    people.iter().filter(|person| person.rights.contains(&right)).count()
}
