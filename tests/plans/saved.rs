//! A saved plan reads back equal, and nothing else reads at all.

use super::strategies::desired;
use super::strategies::live_clinic;
use super::strategies::sources;
use super::world::clinic_id;
use super::world::header;
use super::world::today;
use clinicctl::diff::Members;
use clinicctl::domain::DesiredClinic;
use clinicctl::domain::Layers;
use clinicctl::domain::LiveClinic;
use clinicctl::domain::Revision;
use clinicctl::plan::Assembled;
use clinicctl::plan::Binding;
use clinicctl::plan::ClinicPlan;
use clinicctl::plan::GuardSettings;
use clinicctl::plan::Header;
use clinicctl::plan::Moved;
use clinicctl::plan::PlanContext;
use clinicctl::plan::SAVED_PLAN_MAX;
use clinicctl::plan::SavedPlan;
use clinicctl::plan::SavedPlanError;
use clinicctl::plan::Unread;
use clinicctl::plan::assemble;
use clinicctl::plan::plan_clinic;
use clinicctl::rules::Policy;
use proptest::collection::vec;
use proptest::prelude::*;
use std::collections::BTreeMap;

/// The plan of several clinics, one of them unknown to the system, with guards that it exceeds.
fn saved() -> impl Strategy<Value = SavedPlan> {
    (vec((desired(), live_clinic()), 0..4), any::<bool>(), binding()).prop_map(|(clinics, prune, binding)| {
        let (sources, layers, members) = (sources(), Layers::default(), Members::default());
        let context = PlanContext { sources: &sources, layers: &layers, members: &members, prune, today: today() };
        let planned = clinics.into_iter().enumerate().map(|(at, (desired, live))| {
            let clinic = clinic_id(&format!("clinic-{at}"));
            let desired = DesiredClinic { clinic: clinic.clone(), ..desired };
            match at {
                3 => ClinicPlan::unread(&clinic, &Unread::Forbidden),
                _ => plan_clinic(&desired, &LiveClinic { clinic, ..live }, Policy::default(), &context),
            }
        });
        let limits = BTreeMap::from([("clinics_changed".to_owned(), clinicctl::domain::Limit::Count(0))]);
        let header = Header { guards: GuardSettings { limits, ..GuardSettings::default() }, ..header(4) };
        let Assembled { plan, work } = assemble(header, planned.collect());
        SavedPlan { plan, prune, binding, work }
    })
}

fn binding() -> impl Strategy<Value = Binding> {
    prop_oneof![Just(Binding::Origin("https://clinics.example".to_owned())), Just(Binding::Embedded("0b6f".to_owned())),]
}

fn empty() -> SavedPlan {
    let Assembled { plan, work } = assemble(header(1), Vec::new());
    SavedPlan { plan, prune: false, binding: Binding::Embedded("0b6f".to_owned()), work }
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

proptest! {
    #[test]
    fn a_plan_is_stale_where_a_revision_moved(saved in saved(), moved: prop::sample::Index) {
        let mut live: BTreeMap<_, _> = saved.work.iter().map(|work| (work.clinic.clone(), work.revision)).collect();
        prop_assert_eq!(saved.stale(&live), vec![]);
        let Some(at) = (!saved.work.is_empty()).then(|| moved.index(saved.work.len())) else { return Ok(()) };
        let clinic = saved.work[at].clinic.clone();
        let planned = saved.work[at].revision;
        live.insert(clinic.clone(), Revision(planned.0 + 1));
        let now = Some(Revision(planned.0 + 1));
        prop_assert_eq!(saved.stale(&live), vec![Moved { clinic: clinic.clone(), planned, now }]);
        live.remove(&clinic);
        prop_assert_eq!(saved.stale(&live), vec![Moved { clinic, planned, now: None }]);
    }
}
