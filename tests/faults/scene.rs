//! Small clinics as a seed and a file say them: what is live, and what the files want.

use crate::support::invariants::{broken, may_be_wanted};
use crate::support::world::{button, clinic_id, directory, language, listed, on, professional, state};
use clinicctl::domain::{Access, Button, ClinicId, ClinicState, Direction, Directory, LeadsTo, StaffId, StaffMember};
use clinicctl::plan::Write;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};

/// One clinic of a schedule.
#[derive(Debug, Clone)]
pub(super) struct Scene {
    pub(super) clinic: ClinicId,
    pub(super) live: ClinicState,
    pub(super) directory: Directory,
    wanted: ClinicState,
    declares: Declares,
}

/// What the files say something about; the rest stays as it is live.
#[derive(Debug, Clone, Copy)]
struct Declares {
    healthcare_initiated: bool,
    incoming: bool,
    buttons: bool,
}

/// A clinic that the rules would let an apply change.
pub(super) fn scene(name: String) -> impl Strategy<Value = Scene> {
    let part = || prop::bool::weighted(0.85);
    let declares = (part(), part(), part()).prop_map(|(healthcare_initiated, incoming, buttons)| Declares {
        healthcare_initiated,
        incoming,
        buttons,
    });
    (state(), state(), directory(), declares).prop_filter_map("the rules block it", move |drawn| {
        let (live, wanted, directory, declares) = drawn;
        let result = ClinicState {
            healthcare_initiated: one(declares.healthcare_initiated, &wanted, &live).healthcare_initiated.clone(),
            incoming: one(declares.incoming, &wanted, &live).incoming.clone(),
            buttons: one(declares.buttons, &wanted, &live).buttons.clone(),
        };
        // What the files alone break already stops a run before its first request.
        let valid = broken(&wanted, &directory).is_empty();
        let may = valid && may_be_wanted(&live, &result, &directory) && result != live;
        let clinic = clinic_id(&name);
        may.then(|| Scene {
            live: moved_state(live, &clinic),
            directory: moved_directory(&directory, &clinic),
            wanted: moved_state(wanted, &clinic),
            clinic,
            declares,
        })
    })
}

/// Two clinics with seven writes between them: one opens its front door, one closes it.
pub(super) fn pair(name: &str) -> [Scene; 2] {
    let people = || Directory::new((1..=3).map(professional).collect());
    let declares = Declares { healthcare_initiated: true, incoming: true, buttons: true };
    let shut = ClinicState { buttons: vec![button("book", LeadsTo::BookAppointment)], ..ClinicState::new() };
    let mut renamed = button("book", LeadsTo::BookAppointment);
    renamed.title.insert(language("sv"), "Boka".to_owned());
    let open = ClinicState {
        healthcare_initiated: on(Access::Everyone),
        incoming: on(listed([1, 2])),
        buttons: vec![button("write", LeadsTo::NewMessage), renamed],
    };
    let closed = ClinicState { incoming: Direction { enabled: false, ..on(listed([1, 2])) }, ..open.clone() };
    let closed = ClinicState { buttons: open.buttons[1..].to_vec(), ..closed };
    [("opens", shut, open.clone()), ("shuts", open, closed)].map(|(what, live, wanted)| {
        let clinic = clinic_id(&format!("{name}-{what}"));
        Scene {
            live: moved_state(live, &clinic),
            directory: moved_directory(&people(), &clinic),
            wanted: moved_state(wanted, &clinic),
            clinic,
            declares,
        }
    })
}

fn one<'a>(first: bool, yes: &'a ClinicState, no: &'a ClinicState) -> &'a ClinicState {
    if first { yes } else { no }
}

impl Scene {
    /// The same clinic as another commit wants it.
    pub(super) fn wanted_otherwise(&self, runner: &mut TestRunner) -> Self {
        let valid = |wanted: &ClinicState| {
            broken(wanted, &self.directory).is_empty() && may_be_wanted(&self.live, wanted, &self.directory)
        };
        let clinic = self.clinic.clone();
        let wanted = state().prop_map(move |wanted| moved_state(wanted, &clinic)).prop_filter("a rule breaks", valid);
        let wanted = wanted.new_tree(runner).expect("there are such").current();
        Self {
            wanted,
            declares: Declares { healthcare_initiated: true, incoming: true, buttons: true },
            ..self.clone()
        }
    }

    /// The clinic as a seed says it.
    pub(super) fn seed(&self) -> Value {
        let staff: Vec<_> = self.directory.staff().iter().map(person).collect();
        let (healthcare_initiated, incoming) = (&self.live.healthcare_initiated, &self.live.incoming);
        json!({
            "clinic": self.clinic, "name": format!("Vårdcentralen {}", self.clinic), "staff": staff,
            "messaging": {"healthcare_initiated": healthcare_initiated, "incoming": incoming},
            "buttons": self.live.buttons,
        })
    }

    /// The clinic as a file says it; JSON is YAML.
    pub(super) fn file(&self) -> Value {
        let Declares { healthcare_initiated, incoming, buttons } = self.declares;
        let mut file = json!({"clinic": self.clinic});
        if healthcare_initiated {
            file["messaging"]["healthcare_initiated"] = json!(self.wanted.healthcare_initiated);
        }
        if incoming {
            file["messaging"]["incoming"] = json!(self.wanted.incoming);
        }
        if buttons {
            let (listed, order) = (&self.wanted.buttons, self.wanted.order());
            file["patient_interface"] = json!({"buttons": listed, "order": order, "unlisted_buttons": "remove"});
        }
        file
    }
}

fn person(member: &StaffMember) -> Value {
    let StaffMember { id, name, email, hsa_id, title, roles, active } = member;
    let (email, hsa_id) = (email.as_ref().map(ToString::to_string), hsa_id.as_ref().map(ToString::to_string));
    let title = title.as_ref().map(ToString::to_string);
    let person = json!({"id": id, "name": name, "title": title, "roles": roles, "active": active});
    let Value::Object(mut person) = person else { unreachable!("it is written as an object") };
    person.extend(email.map(|email| ("email".to_owned(), json!(email))));
    person.extend(hsa_id.map(|hsa_id| ("hsa_id".to_owned(), json!(hsa_id))));
    Value::Object(person)
}

/// What somebody does in the console, with the people of this clinic.
pub(super) fn moved_write(write: Write, clinic: &ClinicId) -> Write {
    match write {
        Write::PutDirection { direction, to } => Write::PutDirection { direction, to: moved(to, clinic) },
        other @ (Write::PutButton(_) | Write::DeleteButton(_) | Write::PutOrder(_)) => other,
    }
}

/// The path below the clinic and the body of a write.
pub(super) fn request(write: &Write) -> (String, Option<Value>) {
    let body = match write {
        Write::PutDirection { to, .. } => Some(json!(to)),
        Write::PutButton(Button { id: _, leads_to, title, active, shown_in }) => {
            Some(json!({"leads_to": leads_to, "title": title, "active": active, "shown_in": shown_in}))
        }
        Write::DeleteButton(_) => None,
        Write::PutOrder(order) => Some(json!({"order": order})),
    };
    (write.resource().to_string(), body)
}

fn moved_state(state: ClinicState, clinic: &ClinicId) -> ClinicState {
    let ClinicState { healthcare_initiated, incoming, buttons } = state;
    let (healthcare_initiated, incoming) = (moved(healthcare_initiated, clinic), moved(incoming, clinic));
    ClinicState { healthcare_initiated, incoming, buttons }
}

fn moved_directory(directory: &Directory, clinic: &ClinicId) -> Directory {
    let member = |member: &StaffMember| StaffMember { id: moved_id(&member.id, clinic), ..member.clone() };
    Directory::new(directory.staff().iter().map(member).collect())
}

fn moved(direction: Direction, clinic: &ClinicId) -> Direction {
    let accessible_to = match direction.accessible_to {
        Access::Everyone => Access::Everyone,
        Access::Listed(people) => Access::Listed(people.iter().map(|id| moved_id(id, clinic)).collect()),
    };
    Direction { accessible_to, ..direction }
}

/// The same person in this clinic: ids are unique in a whole system.
fn moved_id(id: &StaffId, clinic: &ClinicId) -> StaffId {
    StaffId::parse(&format!("{clinic}-{id}")).expect("a staff id")
}
