//! Whether a person holds a right, in two lines: now, and after the plan.

use super::text;
use crate::ask::{Admission, Answer, CanI, Ground, Through};
use crate::domain::{DirectionKind, Role};
use crate::report::Paint;
use std::fmt::Write as _;

/// The answer for a person to read.
#[must_use]
pub fn can_i(answer: &CanI, paint: Paint) -> String {
    let CanI { format: _, clinic, person, name, right, now, after, declared, blocked } = answer;
    let kind = DirectionKind::giving(*right);
    let title = paint.title(format!("{} ({person}), {right} in {clinic}", text(name)));
    let mut lines = format!("{title}\n  now         {}\n", one(now, kind, paint));
    let _ = writeln!(lines, "  after plan  {}", one(after, kind, paint));
    let rules: Vec<_> = blocked.iter().map(|rule| format!("`{rule}`")).collect();
    if !declared {
        lines.push_str("  No file is about this clinic: a run leaves it as it is.\n");
    } else if !rules.is_empty() {
        let _ = writeln!(lines, "  A run leaves this clinic as it is: it is blocked by {}.", rules.join(", "));
    }
    lines
}

fn one(answer: &Answer, kind: DirectionKind, paint: Paint) -> String {
    let word = if answer.may { paint.added("yes:") } else { paint.removed("no:") };
    let place = answer.admitted_by.first().map(|line| &line.location).or(answer.location.as_ref());
    let place = place.map_or_else(String::new, |place| format!("  {}", paint.aside(text(&place.to_string()))));
    format!("{word} {}{place}", reason(answer, kind.key()))
}

fn reason(answer: &Answer, direction: &str) -> String {
    match answer.because {
        Ground::LeftTheClinic => "the person has left the clinic".to_owned(),
        Ground::NotAProfessional => not_a_professional(answer),
        Ground::DirectionOff => format!("`{direction}` is off"),
        Ground::NotListed => format!("the person is not in the list of `{direction}`"),
        Ground::Everyone => format!("`{direction}` is on, everyone may, and this is an active professional"),
        Ground::Listed => format!("`{direction}` is on, and {}", admitted(answer)),
    }
}

fn not_a_professional(answer: &Answer) -> String {
    let roles: Vec<_> = answer.roles.iter().map(role).collect();
    match roles.as_slice() {
        [] => "the person is no healthcare professional of this clinic".to_owned(),
        roles => format!("the person is {}, and no healthcare professional of this clinic", roles.join(" and ")),
    }
}

fn role(role: &Role) -> String {
    match role {
        Role::HealthcareProfessional => "a healthcare professional".to_owned(),
        Role::Scheduler => "a scheduler".to_owned(),
        Role::Administrator => "an administrator".to_owned(),
        Role::Other(other) => format!("`{}`", text(other)),
    }
}

fn admitted(answer: &Answer) -> String {
    match answer.admitted_by.first() {
        None => "the person is in its list".to_owned(),
        Some(Admission { through: Through::Name, location: _ }) => "its list names the person".to_owned(),
        Some(Admission { through: Through::Group { group }, location: _ }) => {
            format!("its list names the group `{group}`")
        }
        Some(Admission { through: Through::Title { title }, location: _ }) => {
            format!("its list names the title `{title}`")
        }
    }
}
