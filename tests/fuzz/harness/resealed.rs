//! A saved plan that somebody has edited and sealed again: the digest is one that anybody can make.

use clinicctl::plan::{Plan, SavedPlan};
use serde_json::Value;

/// The plan that an edited document is, if it has the shape of one. Its text has a digest that fits.
pub(crate) fn resealed(document: Value) -> Option<SavedPlan> {
    let Value::Object(mut plan) = document else { return None };
    let _digest = plan.remove("digest");
    Some(SavedPlan {
        prune: plan.remove("prune")?.as_bool()?,
        binding: serde_json::from_value(plan.remove("binding")?).ok()?,
        instance: plan.remove("instance").and_then(|instance| serde_json::from_value(instance).ok()),
        limits: serde_json::from_value(plan.remove("limits")?).ok()?,
        work: serde_json::from_value(plan.remove("work")?).ok()?,
        plan: serde_json::from_value(plan.into()).ok().filter(|plan: &Plan| plan.format == "clinicctl-plan/1")?,
    })
}
