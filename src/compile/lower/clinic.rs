//! One clinic: its layers merged.

use super::{Groups, buttons, said};
use crate::compile::chains::Chains;
use crate::compile::layers::LayerStack;
use crate::compile::shape::{Access, Clinic, Line, LineWho, Messaging, Waiver as WaiverLine};
use crate::diagnostic::Finding;
use crate::domain::{AccessRule, DesiredClinic, DesiredDirection, DirectionKind, Listed, Waiver, Who};
use std::sync::Arc;

/// Merges the layers of one clinic. `None` if it has no usable id.
pub(super) fn lower(
    clinic: Clinic,
    chains: &Chains<'_>,
    groups: &Groups,
    findings: &mut Vec<Finding>,
) -> Option<DesiredClinic> {
    let Clinic { name, labels, expects, layer, waivers } = clinic;
    let name = name?;
    let chain = chains.chain(&layer);
    let messaging = LayerStack::of(chain.layers.iter().copied(), |layer| &layer.messaging);
    Some(DesiredClinic {
        place: name.place,
        labels,
        expects: expects.map(said),
        healthcare_initiated: direction(&messaging, DirectionKind::HealthcareInitiated, groups),
        incoming: direction(&messaging, DirectionKind::Incoming, groups),
        buttons: buttons::lower(&name, &chain, findings),
        extends: chain.names.into_iter().cloned().collect(),
        waivers: waivers.into_iter().map(waiver).collect(),
        clinic: name.value,
    })
}

fn direction(messaging: &LayerStack<'_, Messaging>, kind: DirectionKind, groups: &Groups) -> DesiredDirection {
    let direction = messaging.part(|messaging| messaging.direction(kind).as_ref());
    DesiredDirection {
        enabled: direction.part(|direction| direction.enabled.as_ref()).said(|enabled| *enabled),
        accessible_to: direction
            .part(|direction| direction.accessible_to.as_ref())
            .said(|access| access_rule(access, groups)),
    }
}

fn access_rule(access: &Access, groups: &Groups) -> AccessRule {
    match access {
        Access::Everyone => AccessRule::Everyone,
        Access::Listed(lines) => {
            let mut people = Vec::with_capacity(lines.len());
            people.extend(lines.iter().filter_map(|line| listed(line, groups)));
            AccessRule::Listed(people)
        }
    }
}

/// One line; `None` for a group that does not exist, which has its finding.
fn listed(Line { who, place }: &Line, groups: &Groups) -> Option<Listed> {
    let who = match who {
        LineWho::Person(person) => Who::Person(person.clone()),
        LineWho::Title(title) => Who::Title(title.clone()),
        LineWho::Group(name) => Who::Group(Arc::clone(groups.get(name)?)),
    };
    Some(Listed { who, place: *place })
}

fn waiver(WaiverLine { rule, reason, until }: WaiverLine) -> Waiver {
    Waiver { rule: rule.value, reason, until, place: rule.place }
}
