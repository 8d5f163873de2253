//! `messaging` and its two directions.

use super::access::access;
use super::fields::Fields;
use super::shaper::{Shaper, Value};
use super::value::switch;
use super::{Access, Setting};
use crate::domain::DirectionKind;

/// The declarations of one layer about messaging.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::compile) struct Messaging {
    healthcare_initiated: Setting<Direction>,
    incoming: Setting<Direction>,
}

/// The declarations of one layer about one direction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::compile) struct Direction {
    /// The switch.
    pub(in crate::compile) enabled: Setting<bool>,
    /// The accessibility.
    pub(in crate::compile) accessible_to: Setting<Access>,
}

impl Messaging {
    /// One of the two directions.
    pub(in crate::compile) const fn direction(&self, kind: DirectionKind) -> &Setting<Direction> {
        match kind {
            DirectionKind::HealthcareInitiated => &self.healthcare_initiated,
            DirectionKind::Incoming => &self.incoming,
        }
    }
}

/// Reads `messaging`.
pub(super) fn messaging(shaper: &mut Shaper, value: Value<'_>) -> Option<Messaging> {
    let mut fields = Fields::of(shaper, value)?;
    let messaging = Messaging {
        healthcare_initiated: fields.setting(shaper, "healthcare_initiated", direction),
        incoming: fields.setting(shaper, "incoming", direction),
    };
    fields.finish(shaper);
    Some(messaging)
}

fn direction(shaper: &mut Shaper, value: Value<'_>) -> Option<Direction> {
    let mut fields = Fields::of(shaper, value)?;
    let direction = Direction {
        enabled: fields.setting(shaper, "enabled", switch),
        accessible_to: fields.setting(shaper, "accessible_to", access),
    };
    fields.finish(shaper);
    Some(direction)
}
