//! Rows of a plan: changes with the lines of the files that say so, and verdicts of the rules.

use super::Because;
use super::Blocked;
use super::FieldRow;
use super::FindingRow;
use super::Origin;
use super::PlannedChange;
use super::Step;
use crate::diagnostic::Finding;
use crate::diff::Change;
use crate::diff::FieldChange;
use crate::domain::Address;
use crate::domain::ClinicId;
use crate::domain::DesiredClinic;
use crate::domain::Field;
use crate::domain::LiveClinic;
use crate::domain::Resource;
use crate::domain::Said;
use crate::rules::Judgement;
use crate::rules::Standing;
use crate::source::Place;
use crate::source::SourceSet;

/// Where the rows of one clinic come from.
#[derive(Debug, Clone, Copy)]
pub(super) struct Origins<'a> {
    pub(super) desired: &'a DesiredClinic,
    pub(super) live: &'a LiveClinic,
    pub(super) sources: &'a SourceSet,
}

impl Origins<'_> {
    /// A change as the plan shows it, carried out by `step`.
    pub(super) fn row(&self, step: &Step, change: Change) -> PlannedChange {
        let action = change.action();
        let Change { resource, before, after, fields } = change;
        PlannedChange {
            id: step.id,
            clinic: self.live.clinic.clone(),
            action,
            before,
            after,
            waits_for: step.waits_for.clone(),
            because: Because::Intent,
            applied: None,
            last_change: self.live.last_changes.get(&resource).cloned(),
            fields: fields.into_iter().map(|field| self.field_row(&resource, field)).collect(),
            address: Address { clinic: self.live.clinic.clone(), resource },
        }
    }

    fn field_row(&self, resource: &Resource, change: FieldChange) -> FieldRow {
        let FieldChange { field, before, after } = change;
        let declared = declared(self.desired, resource, &field);
        FieldRow { path: field, before, after, origin: declared.map(|declared| self.origin(declared)) }
    }

    fn origin(&self, Declared { place, shadows }: Declared<'_>) -> Origin {
        let shadows = shadows.iter().map(|place| self.sources.locate(*place)).collect();
        Origin { location: self.sources.locate(place), shadows }
    }
}

/// The places of one declared value.
#[derive(Debug, Clone, Copy)]
struct Declared<'a> {
    place: Place,
    shadows: &'a [Place],
}

impl<'a> Declared<'a> {
    fn of<T>(said: &'a Said<T>) -> Self {
        Self { place: said.place, shadows: &said.shadows }
    }
}

/// Where the files say this value; `None` where it follows from a default or a removal.
fn declared<'a>(desired: &'a DesiredClinic, resource: &Resource, field: &Field) -> Option<Declared<'a>> {
    match resource {
        Resource::Direction(kind) => match field {
            Field::Enabled => desired.direction(*kind).enabled.as_ref().map(Declared::of),
            Field::AccessibleTo => desired.direction(*kind).accessible_to.as_ref().map(Declared::of),
            Field::LeadsTo | Field::Title(_) | Field::Active | Field::ShownIn | Field::Order => None,
        },
        Resource::Button(id) => {
            let button = desired.buttons.as_ref()?.listed.iter().find(|button| button.id == *id)?;
            match field {
                Field::LeadsTo => button.leads_to.as_ref().map(Declared::of),
                Field::Title(language) => button.title.get(language).map(Declared::of),
                Field::Active => button.active.as_ref().map(Declared::of),
                Field::ShownIn => button.shown_in.as_ref().map(Declared::of),
                Field::Enabled | Field::AccessibleTo | Field::Order => None,
            }
        }
        Resource::ButtonOrder => {
            desired.buttons.as_ref().map(|buttons| Declared { place: buttons.order, shadows: &[] })
        }
    }
}

/// A verdict of the rules as the plan shows it.
pub(super) fn finding_row(clinic: &ClinicId, judgement: &Judgement, sources: &SourceSet) -> FindingRow {
    let Judgement { breach, severity, standing } = judgement;
    FindingRow {
        rule: breach.rule.to_owned(),
        severity: *severity,
        clinic: Some(clinic.clone()),
        message: breach.message.clone(),
        help: breach.help.clone(),
        already_so: *standing == Standing::AlreadySo,
        waived: match standing {
            Standing::Waived(reason) => Some(reason.clone()),
            Standing::New | Standing::AlreadySo => None,
        },
        location: breach.place.map(|place| sources.locate(place)),
    }
}

/// Why a judgement blocks its clinic, where it does.
pub(super) fn blocked(clinic: &ClinicId, judgement: &Judgement) -> Option<Blocked> {
    judgement.blocks().then(|| Blocked {
        clinic: clinic.clone(),
        rule: judgement.breach.rule.to_owned(),
        detail: judgement.breach.message.clone(),
    })
}

impl FindingRow {
    /// A finding about the files, as a plan shows it: with its primary place.
    #[must_use]
    pub fn of(finding: &Finding, sources: &SourceSet) -> Self {
        let Finding { rule, severity, message, labels, help } = finding;
        Self {
            rule: (*rule).to_owned(),
            severity: *severity,
            clinic: None,
            message: message.clone(),
            help: help.clone(),
            already_so: false,
            waived: None,
            location: labels.first().map(|label| sources.locate(label.place)),
        }
    }
}
