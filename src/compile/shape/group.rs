//! Documents that open with `group`.

use super::Placed;
use super::fields::{Fields, list, placed};
use super::shaper::{Shaper, Value};
use super::value::{key, person};
use crate::domain::{GroupName, PersonRef};

/// A group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::compile) struct Group {
    /// The name, if it is one.
    pub(in crate::compile) name: Option<Placed<GroupName>>,
    /// The people.
    pub(in crate::compile) members: Vec<Placed<PersonRef>>,
}

/// Reads a document that opens with `group`.
pub(super) fn group(shaper: &mut Shaper, value: Value<'_>) -> Option<Group> {
    let mut fields = Fields::of(shaper, value)?;
    let name = fields.required(shaper, "group", placed(key(GroupName::parse)));
    let members = fields.required(shaper, "members", |shaper, value| list(shaper, value, placed(person)));
    fields.finish(shaper);
    Some(Group { name, members: members.unwrap_or_default() })
}
