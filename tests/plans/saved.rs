//! A saved plan reads back equal, and nothing else reads at all.

use super::strategies::{desired, live_clinic, sources};
use super::world::{clinic_id, header, today};
use clinicctl::diff::Members;
use clinicctl::domain::{DesiredClinic, Layers, Limit, LiveClinic};
use clinicctl::plan::{
    Assembled, Binding, ClinicPlan, GuardSettings, Header, Instance, PlanContext, SAVED_PLAN_MAX, SavedPlan,
    SavedPlanError, Unread, assemble, plan_clinic,
};
use clinicctl::rules::Policy;
use proptest::collection::vec;
use proptest::prelude::*;
use std::collections::BTreeSet;

/// A plan, and the clinics that it was made against.
#[derive(Debug)]
pub(super) struct World {
    pub(super) clinics: Vec<LiveClinic>,
    pub(super) saved: SavedPlan,
}

/// How a run was called, and which system it met.
#[derive(Debug)]
struct Run {
    prune: bool,
    binding: Binding,
    instance: Option<Instance>,
    /// What may happen to how many clinics and people, and whether more of it is accepted.
    limits: [u64; 2],
    accepts: bool,
}

fn run() -> impl Strategy<Value = Run> {
    let binding = prop_oneof![
        Just(Binding::Origin("https://clinics.example".to_owned())),
        Just(Binding::Embedded("0b6f".to_owned())),
    ];
    let instance = prop::option::of((1u64..3).prop_map(|epoch| Instance { id: "0b6f".to_owned(), epoch }));
    (any::<bool>(), binding, instance, [0u64..5, 0u64..8], any::<bool>())
        .prop_map(|(prune, binding, instance, limits, accepts)| Run { prune, binding, instance, limits, accepts })
}

/// The plan of several clinics, of which the fourth cannot be read, with guards that it exceeds.
pub(super) fn world() -> impl Strategy<Value = World> {
    (vec(prop_oneof![1 => clinic(), 3 => busy_clinic()], 0..5), run())
        .prop_map(|(clinics, run)| World::of(clinics, run))
}

/// The same where several clinics are written, and more than a guard allows.
pub(super) fn busy_world() -> impl Strategy<Value = World> {
    let guarded = run().prop_map(|run| Run { limits: [0, 0], ..run });
    (vec(busy_clinic(), 2..4), guarded).prop_map(|(clinics, run)| World::of(clinics, run))
}

fn clinic() -> impl Strategy<Value = (DesiredClinic, LiveClinic)> {
    (desired(), live_clinic())
}

/// Most of what is drawn breaks a rule, and is not written then.
fn busy_clinic() -> impl Strategy<Value = (DesiredClinic, LiveClinic)> {
    let is_written = |(desired, live): &(DesiredClinic, LiveClinic)| {
        let (sources, layers, members) = (sources(), Layers::default(), Members::default());
        [false, true].into_iter().all(|prune| {
            let context = PlanContext { sources: &sources, layers: &layers, members: &members, prune, today: today() };
            plan_clinic(desired, live, Policy::default(), &context).work.is_some()
        })
    };
    clinic().prop_filter("nothing is written", is_written)
}

fn saved() -> impl Strategy<Value = SavedPlan> {
    world().prop_map(|world| world.saved)
}

impl World {
    fn of(clinics: Vec<(DesiredClinic, LiveClinic)>, run: Run) -> Self {
        let Run { prune, binding, instance, limits, accepts } = run;
        let (sources, layers, members) = (sources(), Layers::default(), Members::default());
        let context = PlanContext { sources: &sources, layers: &layers, members: &members, prune, today: today() };
        let named = clinics.into_iter().enumerate().map(|(at, (desired, live))| {
            let clinic = clinic_id(&format!("clinic-{at}"));
            (DesiredClinic { clinic: clinic.clone(), ..desired }, LiveClinic { clinic, ..live })
        });
        let clinics: Vec<_> = named.collect();
        let planned = clinics.iter().enumerate().map(|(at, (desired, live))| match at {
            3 => ClinicPlan::unread(&live.clinic, &Unread::Forbidden),
            _ => plan_clinic(desired, live, Policy::default(), &context),
        });
        let names = ["clinics_changed", "people_losing_access"];
        let limits = names.into_iter().zip(limits).map(|(name, limit)| (name.to_owned(), Limit::Count(limit)));
        let accepted = if accepts { names.map(str::to_owned).into() } else { BTreeSet::new() };
        let guards = GuardSettings { limits: limits.collect(), accepted, clinics_in_folder: 5 };
        let header = Header { guards, system: binding.name().to_owned(), ..header(4) };
        let Assembled { plan, work, limits } = assemble(header, planned.collect());
        let saved = SavedPlan { plan, prune, binding, instance, limits, work };
        Self { clinics: clinics.into_iter().map(|(_, live)| live).collect(), saved }
    }
}

fn empty() -> SavedPlan {
    let Assembled { plan, work, limits } = assemble(header(1), Vec::new());
    let binding = Binding::Embedded("0b6f".to_owned());
    SavedPlan { plan, prune: false, binding, instance: None, limits, work }
}

/// The refusal of a text that must not be read.
fn refusal(text: &str) -> SavedPlanError {
    SavedPlan::from_json(text).expect_err("this must be refused")
}

proptest! {
    #[test]
    fn a_saved_plan_reads_back_equal(saved in saved()) {
        prop_assert_eq!(SavedPlan::from_json(&saved.to_json()), Ok(saved));
    }

    #[test]
    fn its_text_hides_nothing_from_a_terminal(saved in saved()) {
        let hidden = |c: char| c == '\u{202e}' || (c.is_control() && c != '\n');
        prop_assert!(!saved.to_json().contains(hidden));
    }

    #[test]
    fn its_layout_is_free(saved in saved()) {
        let value: serde_json::Value = serde_json::from_str(&saved.to_json()).expect("it is JSON");
        prop_assert!(value.get("digest").is_some());
        let tabs = saved.to_json().replace("\n  ", "\r\n\t");
        prop_assert_eq!(SavedPlan::from_json(&tabs), Ok(saved));
    }

    #[test]
    fn a_changed_byte_is_refused_or_means_nothing(saved in saved(), at: prop::sample::Index, byte in 0u8..128) {
        let mut bytes = saved.to_json().into_bytes();
        let at = at.index(bytes.len());
        bytes[at] = byte;
        if let Ok(text) = String::from_utf8(bytes) {
            prop_assert!(SavedPlan::from_json(&text).is_ok_and(|read| read == saved) || SavedPlan::from_json(&text).is_err());
        }
    }

    #[test]
    fn a_cut_text_is_refused(saved in saved(), at: prop::sample::Index) {
        let text = saved.to_json();
        let cut: String = text.chars().take(at.index(text.trim_end().chars().count())).collect();
        prop_assert!(matches!(refusal(&cut), SavedPlanError::Shape(_)));
    }

    #[test]
    fn ids_are_unique_and_steps_carry_out_their_changes(saved in saved()) {
        let ids: Vec<u32> = saved.plan.changes.iter().map(|change| change.id).collect();
        let counted: Vec<u32> = (1..).take(ids.len()).collect();
        prop_assert_eq!(&ids, &counted);
        let steps = saved.work.iter().flat_map(|work| work.steps.iter().map(|step| (&work.clinic, step)));
        let steps: Vec<_> = steps.map(|(clinic, step)| (clinic, step.id, step.write.resource(), &step.waits_for)).collect();
        let rows = saved.plan.changes.iter();
        let rows: Vec<_> = rows.map(|row| (&row.clinic, row.id, row.address.resource.clone(), &row.waits_for)).collect();
        prop_assert_eq!(steps, rows);
        for change in &saved.plan.changes {
            let same_clinic = |id: &u32| saved.plan.changes.iter().any(|other| other.id == *id && other.clinic == change.clinic);
            prop_assert!(change.waits_for.iter().all(same_clinic));
        }
    }
}

#[test]
fn what_is_no_plan_is_refused_as_such() {
    for text in ["", "{}", "[]", "null", "format: clinicctl-plan/1", r#"{"format": "clinicctl-plan/1"}"#] {
        assert!(matches!(refusal(text), SavedPlanError::Shape(_)), "{text}");
    }
    let deep = format!("{}{}", r#"{"format": "clinicctl-plan/1", "work": "#, "[".repeat(100_000));
    assert!(matches!(refusal(&deep), SavedPlanError::Shape(_)));
}

#[test]
fn another_format_is_named() {
    let text = empty().to_json().replace("clinicctl-plan/1", "clinicctl-plan/2");
    let error = refusal(&text);
    assert_eq!(error.to_string(), "this plan has the format `clinicctl-plan/2`; this version reads `clinicctl-plan/1`");
}

/// What an older version saved holds nothing that tells one state of a clinic from another.
#[test]
fn a_plan_of_an_older_version_is_told_to_be_made_anew() {
    let mut text: serde_json::Value = serde_json::from_str(&empty().to_json()).expect("it is JSON");
    text.as_object_mut().expect("an object").remove("limits");
    let error = refusal(&text.to_string());
    assert_eq!(error, SavedPlanError::Older);
    assert!(error.to_string().contains("made by an older version") && error.to_string().contains("make a new plan"));
}

#[test]
fn an_unknown_field_is_refused() {
    let text = empty().to_json();
    for (known, with_more) in [
        (r#""prune": false"#, r#""prune": false, "force": true"#),
        (r#""clinics_changed": 0"#, r#""clinics_changed": 0, "clinics_skipped": 0"#),
        (r#""embedded": "0b6f""#, r#""embedded": "0b6f", "origin": "https://other.example""#),
    ] {
        assert!(text.contains(known), "{known}");
        assert!(matches!(refusal(&text.replace(known, with_more)), SavedPlanError::Shape(_)), "{with_more}");
    }
}

#[test]
fn a_duplicate_key_is_refused_whichever_is_read() {
    let text = empty().to_json();
    for twice in
        [r#""prune": true, "prune": false"#, r#""prune": false, "prune": true"#, r#""prune": false, "prune": false"#]
    {
        refusal(&text.replace(r#""prune": false"#, twice));
    }
}

#[test]
fn another_spelling_of_the_same_values_is_refused() {
    let text = empty().to_json();
    for (written, same) in [("malardalen", r"m\u0061lardalen"), (r#""clinics": 0"#, r#""clinics": 0.0"#)] {
        assert!(text.contains(written), "{written}");
        refusal(&text.replace(written, same));
    }
}

#[test]
fn an_edit_with_the_old_digest_is_refused() {
    let text = empty().to_json();
    for (written, edited) in [("0b6f", "0b70"), (r#""prune": false"#, r#""prune": true"#), ("malardalen", "malardalem")]
    {
        assert_eq!(refusal(&text.replace(written, edited)), SavedPlanError::Digest, "{edited}");
    }
}

#[test]
fn a_text_beyond_the_limit_is_not_even_parsed() {
    let text = " ".repeat(SAVED_PLAN_MAX + 1);
    assert_eq!(refusal(&text), SavedPlanError::TooLarge { bytes: SAVED_PLAN_MAX + 1 });
}
