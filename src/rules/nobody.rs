//! What `nobody-answers` and `nobody-sends` share: a direction that is on without a person who may use it.

use super::asked::Asked;
use super::declared::{Declared, Told};
use super::{AskedAbout, Breach, Rule};
use crate::domain::DirectionKind;

/// One direction with the texts of its rule.
pub(super) struct Nobody {
    /// Which direction.
    pub(super) direction: DirectionKind,
    /// The message, up to the reason.
    pub(super) says: &'static str,
    /// What would be right.
    pub(super) help: &'static str,
}

impl Nobody {
    /// Evaluates the files alone: the direction is on and its list admits no one.
    pub(super) fn in_files(&self, rule: &Rule, declared: &Declared<'_>, told: &mut Vec<Told>) {
        let Some((switch, list)) = declared.nobody(self.direction) else { return };
        let (at, also) = declared.own_first(list, switch);
        let finding = rule.finding(at, self.message("the list is empty")).also(also, "together with this");
        told.push(Told { thing: AskedAbout::Direction(self.direction), finding: finding.help(self.help) });
    }

    /// Evaluates a state with its directory: no person who is admitted can use it.
    pub(super) fn in_state(&self, rule: &Rule, asked: &Asked<'_>, breaches: &mut Vec<Breach>) {
        if !asked.state.direction(self.direction).enabled || asked.holders(self.direction, 1) > 0 {
            return;
        }
        let message = self.message("nobody who is admitted is active and a healthcare professional of this clinic");
        let breach = rule.breach(AskedAbout::Direction(self.direction), asked.list_place(self.direction), message);
        breaches.push(breach.help(self.help));
    }

    fn message(&self, why: &str) -> String {
        format!("{}: {why}", self.says)
    }
}
