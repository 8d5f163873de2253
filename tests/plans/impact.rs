//! Impact, judged a second time: everybody, everything that they may do, and both menus, before and after.
//!
//! Stated from the domain alone: a person may send or respond where that direction is on, the person works there and is
//! a healthcare professional, and the list names the person or says everyone. A patient sees, in the order of the menu,
//! the buttons that are active and shown there.

use super::strategies::{desired, live_clinic, sources};
use super::world::today;
use clinicctl::diff::Members;
use clinicctl::domain::{
    Access, ClinicState, Layers, LiveClinic, Right, Role, RuleSetting, ShownIn, StaffMember, Surface,
};
use clinicctl::plan::{Impact, PlanContext, plan_clinic};
use clinicctl::rules::Policy;
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

fn may(person: &StaffMember, right: Right, state: &ClinicState) -> bool {
    let direction = match right {
        Right::Send => &state.healthcare_initiated,
        Right::Respond => &state.incoming,
    };
    let listed = match &direction.accessible_to {
        Access::Everyone => true,
        Access::Listed(people) => people.iter().any(|id| *id == person.id),
    };
    let professional = person.roles.iter().any(|role| *role == Role::HealthcareProfessional);
    direction.enabled && person.active && professional && listed
}

/// Key, target and texts of every button that a patient sees.
type Menu = Vec<(String, String, Vec<(String, String)>)>;

fn menu(state: &ClinicState, surface: Surface) -> Menu {
    let mut seen = Vec::new();
    for button in &state.buttons {
        let shown = match (button.shown_in, surface) {
            (ShownIn::Both, _) | (ShownIn::App, Surface::App) | (ShownIn::Web, Surface::Web) => true,
            (ShownIn::App, Surface::Web) | (ShownIn::Web, Surface::App) => false,
        };
        if button.active && shown {
            let title = button.title.iter().map(|(language, text)| (language.to_string(), text.clone()));
            seen.push((button.id.to_string(), button.leads_to.to_string(), title.collect()));
        }
    }
    seen
}

/// Everything that somebody notices, in words.
fn noticed(live: &LiveClinic, after: &ClinicState) -> BTreeSet<String> {
    let (mut all, before) = (BTreeSet::new(), &live.state);
    for person in live.directory.staff() {
        for right in [Right::Send, Right::Respond] {
            match (may(person, right, before), may(person, right, after)) {
                (false, true) => drop(all.insert(format!("{} ({}) gains {right}", person.id, person.name))),
                (true, false) => drop(all.insert(format!("{} ({}) loses {right}", person.id, person.name))),
                (true, true) | (false, false) => {}
            }
        }
    }
    for surface in [Surface::App, Surface::Web] {
        let (before, after) = (menu(before, surface), menu(after, surface));
        let ids = |menu: &Menu| menu.iter().map(|(id, ..)| id.clone()).collect::<Vec<_>>();
        if ids(&before) != ids(&after) {
            all.insert(format!("{surface}: {:?} -> {:?}", ids(&before), ids(&after)));
        }
        if before != after {
            all.insert(format!("{surface} looks: {before:?} -> {after:?}"));
        }
    }
    let responders = |state| live.directory.staff().iter().filter(move |person| may(person, Right::Respond, state));
    if let (before, [only]) = (responders(before).count(), responders(after).collect::<Vec<_>>().as_slice())
        && before != 1
    {
        all.insert(format!("{} ({}) is left alone", only.id, only.name));
    }
    all
}

/// The same of an impact, and how many things it says.
fn told(Impact { gain, lose, menus, single_responders, pictures }: &Impact) -> (BTreeSet<String>, usize) {
    let mut all = BTreeSet::new();
    all.extend(gain.iter().map(|row| format!("{} ({}) gains {}", row.person, row.name, row.right)));
    all.extend(lose.iter().map(|row| format!("{} ({}) loses {}", row.person, row.name, row.right)));
    all.extend(single_responders.iter().map(|row| format!("{} ({}) is left alone", row.person, row.name)));
    let ids = |ids: &[clinicctl::domain::ButtonId]| ids.iter().map(ToString::to_string).collect::<Vec<_>>();
    all.extend(menus.iter().map(|row| format!("{}: {:?} -> {:?}", row.surface, ids(&row.before), ids(&row.after))));
    let drawn = |buttons: &[clinicctl::plan::DrawnButton]| -> Menu {
        let texts = |title: &BTreeMap<clinicctl::domain::Language, String>| {
            title.iter().map(|(language, text)| (language.to_string(), text.clone())).collect()
        };
        buttons.iter().map(|button| (button.id.to_string(), button.leads_to.clone(), texts(&button.title))).collect()
    };
    for row in pictures {
        let looks = format!("looks: {:?} -> {:?}", drawn(&row.before), drawn(&row.after));
        all.extend(row.surfaces.iter().map(|surface| format!("{surface} {looks}")));
    }
    let pictured: usize = pictures.iter().map(|row| row.surfaces.len()).sum();
    (all, gain.len() + lose.len() + single_responders.len() + menus.len() + pictured)
}

/// No rule is asked that may be left out, so that few clinics are blocked.
fn policy() -> Policy {
    let off = clinicctl::rules::ALL.iter().map(|rule| (rule.name.to_owned(), RuleSetting::Off));
    Policy { settings: off.collect(), ..Policy::default() }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_impact_is_what_everybody_notices(live in live_clinic(), desired in desired(), prune: bool) {
        let (sources, layers, members) = (sources(), Layers::default(), Members::default());
        let context = PlanContext { sources: &sources, layers: &layers, members: &members, prune, today: today() };
        let plan = plan_clinic(&desired, &live, policy(), &context);
        let after = plan.work.as_ref().map_or(&live.state, |work| &work.wanted);
        let (told, number) = told(&plan.impact);
        prop_assert_eq!(&told, &noticed(&live, after));
        prop_assert_eq!(told.len(), number, "nothing is said twice");
        let alike = plan.impact.pictures.windows(2).any(|two| (&two[0].before, &two[0].after) == (&two[1].before, &two[1].after));
        prop_assert!(!alike, "one picture where app and web change in the same way");
    }
}
