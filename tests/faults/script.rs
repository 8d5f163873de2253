//! What goes wrong in one schedule, as a value: which request meets which fault, and what somebody changes in the
//! console before which request.

use super::scene::moved_write;
use crate::support::fault_proxy::{Back, Fault, Said, Way, Which};
use crate::support::world::console_edit;
use clinicctl::client::Limits;
use clinicctl::domain::ClinicId;
use clinicctl::plan::Write;
use proptest::prelude::*;
use proptest::sample::select;
use std::fmt;
use std::time::Duration;

/// The faults by the number of their request, and the edits.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Script {
    pub(super) faults: Vec<(usize, Fault)>,
    pub(super) edits: Vec<Edit>,
}

/// Somebody in the console.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Edit {
    /// The request before which it happens.
    pub(super) at: usize,
    /// Which of the schedule's clinics.
    pub(super) clinic: usize,
    pub(super) write: Write,
}

impl Script {
    /// How long a run may wait for an answer: not long, where one never comes.
    pub(super) fn limits(&self) -> Limits {
        let silent = self.faults.iter().any(|(_, fault)| fault.back == Back::Hold);
        let first_byte = if silent { SILENCE } else { Limits::default().first_byte };
        Limits { first_byte, ..Limits::default() }
    }
}

/// What an answer that comes has come in, nearly always: where it has not, that is one more fault.
const SILENCE: Duration = Duration::from_millis(50);

impl Edit {
    /// An edit as a failing test prints it.
    pub(super) fn of(at: usize, clinic: usize, write: &str) -> Self {
        Self { at, clinic, write: serde_json::from_str(write).expect("a write") }
    }

    /// The same with the people of its clinic.
    pub(super) fn in_its_clinic(&self, clinics: &[ClinicId]) -> (ClinicId, Write) {
        let clinic = clinics[self.clinic % clinics.len()].clone();
        let write = moved_write(self.write.clone(), &clinic);
        (clinic, write)
    }
}

/// Any script: a few faults and edits among the first requests of a run.
pub(super) fn script() -> impl Strategy<Value = Script> {
    let faults = prop::collection::vec((0..REQUESTS, fault()), 0..=4);
    let edit = (0..REQUESTS, 0..3_usize, console_edit()).prop_map(|(at, clinic, write)| Edit { at, clinic, write });
    (faults, prop::collection::vec(edit, 0..=2)).prop_map(|(faults, edits)| Script { faults, edits })
}

/// A run of one to three small clinics has rarely more.
const REQUESTS: usize = 18;

/// What a way to a system and back can do, and no lie: nobody says that a write failed who let it pass.
fn fault() -> impl Strategy<Value = Fault> {
    let late = (0..4_usize).prop_map(Way::Late);
    let on_its_way = prop_oneof![
        4 => Just(Way::Pass),
        1 => (1..4_usize).prop_map(Way::Delay),
        1 => select(vec![Way::Twice(Which::First), Way::Twice(Which::Second)]),
    ];
    let silent = select(vec![Way::Pass, Way::Stop, Way::Delay(1)]).prop_map(|way| Fault { way, back: Back::Hold });
    prop_oneof![
        1 => silent,
        4 => refused().prop_map(|back| Fault { way: Way::Stop, back }),
        4 => (late, lost()).prop_map(|(way, back)| Fault { way, back }),
        12 => (on_its_way, prop_oneof![1 => Just(Back::Give), 3 => lost(), 2 => spoilt()])
            .prop_map(|(way, back)| Fault { way, back }),
    ]
}

/// What may be said of a request that was not passed on.
fn refused() -> impl Strategy<Value = Back> {
    let problem = select(vec![401, 403, 404, 409, 429, 500, 502, 503, 504]).prop_map(Said::Problem);
    let come_back = (select(vec![429, 503]), when()).prop_map(|(status, when)| Said::ComeBack(status, when));
    let said = prop_oneof![4 => problem, 2 => come_back, 1 => Just(Said::LoginPage), 1 => Just(Said::Elsewhere(307))];
    prop_oneof![1 => Just(Back::Lose), 3 => said.prop_map(Back::Say)]
}

/// `Retry-After` in several spellings.
fn when() -> impl Strategy<Value = &'static str> {
    select(vec!["1", "0", "-1", "99999999", "soon", "Sun, 06 Nov 1994 08:49:37 GMT"])
}

/// What leaves it open whether a request was carried out.
fn lost() -> impl Strategy<Value = Back> {
    let gateway = select(vec![500, 502, 503, 504]).prop_map(|status| Back::Say(Said::Problem(status)));
    let come_back = when().prop_map(|when| Back::Say(Said::ComeBack(503, when)));
    prop_oneof![6 => Just(Back::Lose), 2 => gateway, 1 => come_back, 2 => Just(Back::Say(Said::LoginPage))]
}

/// What comes of an answer on its way back.
fn spoilt() -> impl Strategy<Value = Back> {
    let headers = [Said::Without("etag"), Said::With("etag", "W/\"3\""), Said::With("etag", "3"), Said::Body("[1,")];
    prop_oneof![
        2 => (0..400_usize).prop_map(Back::Cut),
        1 => Just(Back::Drip),
        1 => Just(Back::HangUp),
        2 => select(headers.to_vec()).prop_map(Back::Say),
    ]
}

impl fmt::Display for Script {
    /// As the Rust that makes it, with the names of the proxy's enums in scope.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let edits = self.edits.iter().map(|edit| {
            let write = serde_json::to_string(&edit.write).unwrap_or_default();
            format!("Edit::of({}, {}, r#\"{write}\"#)", edit.at, edit.clinic)
        });
        let edits: Vec<_> = edits.collect();
        write!(f, "Script {{ faults: vec!{:?}, edits: vec![{}] }}", self.faults, edits.join(", "))
    }
}
