//! Documents for programs.

use super::Files;
use super::OutcomeCounts;
use super::outcome::became;
use crate::diagnostic;
use crate::diagnostic::to_json_text;
use crate::execute::ClinicOutcome;
use crate::execute::StepOutcome;
use crate::execute::Stop;
use crate::plan::Plan;
use serde_json::Value;
use serde_json::json;

/// The plan as `clinicctl-plan/1`.
#[must_use]
pub fn plan_json(plan: &Plan) -> String {
    ended(to_json_text(plan))
}

/// The plan and what became of it, as `clinicctl-apply/1`.
#[must_use]
pub fn applied_json(plan: &Plan, outcomes: &[ClinicOutcome]) -> String {
    let OutcomeCounts { created, updated, deleted, already_so, finished, stopped } = OutcomeCounts::of(plan, outcomes);
    ended(to_json_text(&json!({
        "format": "clinicctl-apply/1",
        "summary": {
            "create": created, "update": updated, "delete": deleted, "already_so": already_so,
            "clinics_done": finished, "clinics_stopped": stopped,
        },
        "clinics": outcomes.iter().map(clinic).collect::<Vec<_>>(),
        "plan": plan,
    })))
}

/// The findings of the files as `clinicctl-findings/1`.
pub(super) fn files_json(files: &Files<'_>) -> String {
    ended(to_json_text(&diagnostic::json(files.findings, files.sources)))
}

/// Ends the last line, so that a shell's prompt does not stand behind the document.
fn ended(mut json: String) -> String {
    json.push('\n');
    json
}

fn clinic(outcome: &ClinicOutcome) -> Value {
    let ClinicOutcome { clinic, steps, stop } = outcome;
    let steps: Vec<_> = steps.iter().map(|(id, step)| self::step(*id, step)).collect();
    json!({ "clinic": clinic, "steps": steps, "stop": stop.as_ref().map(self::stop) })
}

fn step(id: u32, step: &StepOutcome) -> Value {
    let detail = match step {
        StepOutcome::Stopped(error) => Some(error.to_string()),
        StepOutcome::Done | StepOutcome::AlreadySo | StepOutcome::Skipped => None,
    };
    json!({ "change": id, "outcome": became(step), "detail": detail })
}

fn stop(stop: &Stop) -> Value {
    match stop {
        Stop::Step => json!({ "because": "step" }),
        Stop::Conflict(conflict) => json!({ "because": "conflict", "detail": conflict.why }),
        Stop::NotKept(resources) => json!({ "because": "not_kept", "resources": resources }),
        Stop::ReadBack(resources) => {
            let resources: Vec<_> =
                resources.iter().map(|(resource, last)| json!({ "resource": resource, "last_change": last })).collect();
            json!({ "because": "read_back", "resources": resources })
        }
        Stop::NotReadBack(reason) => json!({ "because": "not_read_back", "detail": reason }),
        Stop::Interrupted(reason) => json!({ "because": "interrupted", "detail": reason }),
        Stop::NotStarted(reason) => json!({ "because": "not_started", "detail": reason }),
    }
}
