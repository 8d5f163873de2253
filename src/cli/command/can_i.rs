//! `can-i PERSON send|respond --clinic C`: whether a person holds a right, now and after the plan.

use super::{plan, unwritten};
use crate::ask::PersonError;
use crate::cli::args::{CanIArgs, Output};
use crate::cli::asking::About;
use crate::cli::error::Failure;
use crate::cli::exit::Exit;
use crate::cli::planning::Checked;
use crate::cli::terminal::Terminal;
use crate::cli::{asking, planning, signal};
use crate::diagnostic::escape;
use crate::domain::ClinicId;
use crate::{ask, report};

/// Answers. A no is an answer and no failure, so that the exit code is 0 either way; 2 says that an apply would change
/// it.
pub(super) async fn run(args: &CanIArgs, terminal: &Terminal) -> Result<Exit, Failure> {
    let CanIArgs { person, right, path, clinic, system, detailed_exitcode, output } = args;
    let valid = match planning::check(path, system)? {
        Checked::Valid(valid) => *valid,
        Checked::Invalid(reading) => return plan::refuse(&reading, &(*output).into(), terminal),
    };
    let about = About { clinic, prune: false };
    let asked = signal::unless_ended(asking::ask(valid, about, system, terminal)).await?;
    let subject = asked.subject();
    let member = ask::find_person(person, &subject.live.directory).map_err(|error| unclear(person, clinic, error))?;
    let answer = ask::can_i(subject, member, (*right).into());
    let text = match output.output {
        Output::Human => report::can_i(&answer, terminal.paint()),
        Output::Json => report::can_i_json(&answer),
    };
    terminal.result(text).map_err(unwritten)?;
    let changes = *detailed_exitcode && answer.now.may != answer.after.may;
    Ok(if changes { Exit::Changes } else { Exit::Done })
}

fn unclear(person: &str, clinic: &ClinicId, error: PersonError) -> Failure {
    match error {
        PersonError::Nobody(alike) => {
            let failure = Failure::usage(format!("`{person}` is nobody in the directory of `{clinic}`"));
            match alike.as_slice() {
                [] => failure.hint("write the e-mail address, HSA-id or staff id that the directory has"),
                alike => failure.hint(format!("did you mean {}?", escape(&alike.join(" or ")))),
            }
        }
        PersonError::Several(people) => {
            let failure = Failure::usage(format!("`{person}` could be {}", people.join(" or ")));
            failure.hint("write the staff id of the one who is meant")
        }
    }
}
