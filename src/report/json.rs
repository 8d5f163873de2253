//! Documents for programs.

use super::outcome::{Changes, Refusal, became, clinic_became, of_step, since, why};
use super::{ClinicCounts, Files, OutcomeCounts, Run};
use crate::diagnostic;
use crate::diagnostic::to_json_text;
use crate::diff::Change;
use crate::execute::{ClinicOutcome, Edit, StepOutcome, Stop};
use crate::plan::Plan;
use serde_json::{Value, json};

/// The plan as `clinicctl-plan/1`.
#[must_use]
pub fn plan_json(plan: &Plan) -> String {
    ended(to_json_text(plan))
}

/// The plan and what became of it, as `clinicctl-apply/1`.
#[must_use]
pub fn applied_json(run: &Run<'_>) -> String {
    let Run { plan, outcomes, ended: how, exit } = *run;
    let OutcomeCounts { created, updated, deleted, already_so, clinics } = OutcomeCounts::of(plan, outcomes);
    let ClinicCounts { done: _, already_so: clinics_already_so, conflict, refused, failed, skipped } = clinics;
    let changes = Changes::of(plan);
    ended(to_json_text(&json!({
        "format": "clinicctl-apply/1",
        "summary": {
            "create": created, "update": updated, "delete": deleted, "already_so": already_so,
            "clinics_done": clinics.finished(), "clinics_already_so": clinics_already_so,
            "clinics_stopped": clinics.stopped(), "clinics_conflict": conflict, "clinics_refused": refused,
            "clinics_failed": failed, "clinics_skipped": skipped,
        },
        "ended": how,
        "exit": exit,
        "clinics": outcomes.iter().map(|outcome| clinic(outcome, &changes)).collect::<Vec<_>>(),
        "plan": plan,
    })))
}

/// The findings of the files as `clinicctl-findings/1`.
pub(super) fn files_json(files: &Files<'_>) -> String {
    ended(to_json_text(&diagnostic::json(files.findings, files.sources)))
}

/// Ends the last line, so that a shell's prompt does not stand behind the document.
pub(super) fn ended(mut json: String) -> String {
    json.push('\n');
    json
}

fn clinic(outcome: &ClinicOutcome, changes: &Changes<'_>) -> Value {
    let steps: Vec<_> = outcome.steps.iter().map(|(id, step)| self::step(outcome, *id, step, changes)).collect();
    json!({
        "clinic": outcome.clinic,
        "outcome": clinic_became(outcome.status()),
        "steps": steps,
        "stop": outcome.stop.as_ref().map(|stop| self::stop(outcome, stop, changes)),
    })
}

fn step(outcome: &ClinicOutcome, id: u32, step: &StepOutcome, changes: &Changes<'_>) -> Value {
    let change = changes.get(id);
    let detail = match step {
        StepOutcome::Stopped(error) => Some(error.to_string()),
        StepOutcome::Skipped => since(outcome, step, changes),
        StepOutcome::Done | StepOutcome::AlreadySo => None,
    };
    let refused = of_step(step, change).into_iter().map(
        |Refusal { pointer, detail, location }| json!({ "pointer": pointer, "detail": detail, "location": location }),
    );
    json!({
        "change": id,
        "address": change.map(|change| &change.address),
        "outcome": became(step),
        "detail": detail,
        "refused": refused.collect::<Vec<_>>(),
    })
}

fn stop(outcome: &ClinicOutcome, stop: &Stop, changes: &Changes<'_>) -> Value {
    let detail = why(outcome, stop, changes);
    match stop {
        Stop::Step => json!({ "because": "step", "detail": detail }),
        Stop::Conflict(conflict) => {
            let edits: Vec<_> = conflict.edits.iter().map(edit).collect();
            json!({ "because": "conflict", "detail": detail, "edits": edits })
        }
        Stop::NotKept(resources) => json!({ "because": "not_kept", "detail": detail, "resources": resources }),
        Stop::ReadBack(resources) => {
            let resources: Vec<_> =
                resources.iter().map(|(resource, last)| json!({ "resource": resource, "last_change": last })).collect();
            json!({ "because": "read_back", "detail": detail, "resources": resources })
        }
        Stop::NotReadBack(reason) => json!({ "because": "not_read_back", "detail": reason }),
        Stop::Interrupted(reason) => json!({ "because": "interrupted", "detail": reason }),
        Stop::NotStarted(reason) => json!({ "because": "not_started", "detail": reason }),
    }
}

fn edit(edit: &Edit) -> Value {
    let Edit { change: Change { resource, before, after, fields: _ }, last_change } = edit;
    json!({ "resource": resource, "before": before, "after": after, "last_change": last_change })
}
