//! `preview CLINIC`: what patients see before and after.

use super::plan;
use crate::ask::Subject;
use crate::cli::args::{OutputArgs, PreviewArgs, PreviewFormat};
use crate::cli::asking::About;
use crate::cli::error::Failure;
use crate::cli::exit::Exit;
use crate::cli::planning::Checked;
use crate::cli::results::unwritten;
use crate::cli::terminal::Terminal;
use crate::cli::{asking, planning, results, signal};
use crate::diagnostic::escape;
use crate::domain::{ClinicId, DesiredFleet, Language, Languages};
use crate::files;
use crate::plan::{ClinicPlan, PictureRow, menus};
use crate::report::menu_preview::Scene;
use crate::report::{Printed, menu_preview};
use crate::rules::nearest;
use std::path::Path;

/// Reads one clinic, plans it, and draws its menus; also of a clinic that stays as it is.
pub(super) async fn run(args: &PreviewArgs, terminal: &Terminal) -> Result<Exit, Failure> {
    args.out.as_deref().map_or(Ok(()), refuse_unwritable)?;
    let valid = match planning::check(&args.path, &args.system)? {
        Checked::Valid(valid) => *valid,
        Checked::Invalid(reading) => return plan::refuse(&reading, &OutputArgs::default(), terminal),
    };
    refuse_undeclared(&valid.fleet, args)?;
    let Languages { default, required } = valid.fleet.languages.clone();
    let of_fleet = default.or_else(|| required.into_iter().next());
    let about = About { clinic: &args.clinic, prune: args.prune };
    let asked = signal::unless_ended(asking::ask(valid, about, &args.system, terminal)).await?;
    let mut rows = pictures(asked.subject())?;
    if let Some(surface) = args.surface {
        rows.retain_mut(|row| row.surfaces.contains(&surface));
        rows.iter_mut().for_each(|row| row.surfaces = vec![surface]);
    }
    let language = language(args, of_fleet, &rows)?;
    let scenes: Vec<_> = rows.iter().map(|row| Scene::of(row, &language)).collect();
    show(args, &scenes, terminal)?;
    Ok(Exit::Done)
}

/// A picture that could not be kept is not drawn.
fn refuse_unwritable(out: &Path) -> Result<(), Failure> {
    results::refuse_unwritable(&format!("--out {}", out.display()), out, "without `--out` it goes to stdout")
}

/// A clinic that no file is about stays as it is.
fn refuse_undeclared(fleet: &DesiredFleet, args: &PreviewArgs) -> Result<(), Failure> {
    if fleet.clinics.contains_key(&args.clinic) {
        return Ok(());
    }
    let failure = Failure::usage(format!("no file of the fleet `{}` is about a clinic `{}`", fleet.name, args.clinic));
    Err(match nearest(args.clinic.as_str(), fleet.clinics.keys().map(ClinicId::as_str)) {
        Some(near) => failure.hint(format!("did you mean `{near}`?")),
        None => failure.hint("see the ids behind `clinic:` in the files"),
    })
}

/// Every menu of the clinic as it is and as the plan would leave it.
fn pictures(Subject { live, files, .. }: Subject<'_>) -> Result<Vec<PictureRow>, Failure> {
    let plan = files.map(|files| files.plan);
    if let Some(plan) = plan.filter(|plan| !plan.blocked.is_empty()) {
        return Err(blocked(plan));
    }
    let wanted = plan.and_then(|plan| plan.work.as_ref()).map_or(&live.state, |work| &work.wanted);
    Ok(menus(&live.clinic, &live.state, wanted))
}

/// A clinic that no plan writes has no menu after it.
fn blocked(plan: &ClinicPlan) -> Failure {
    let reasons: Vec<_> =
        plan.blocked.iter().map(|blocked| format!("{} (`{}`)", blocked.detail, blocked.rule)).collect();
    let help = plan.findings.iter().flat_map(|finding| &finding.help).map(|help| escape(help).into_owned());
    let message =
        format!("the clinic `{}` is blocked, and no plan changes its menu: {}", plan.clinic, reasons.join("; "));
    Failure::new(Exit::Partly, message).hints(help)
}

/// The language that was asked for, else the fleet's, else the first that a title has.
fn language(args: &PreviewArgs, of_fleet: Option<Language>, rows: &[PictureRow]) -> Result<Language, Failure> {
    let of_titles = rows.iter().flat_map(menu_preview::languages).next();
    let language = args.language.clone().or(of_fleet).or_else(|| of_titles.cloned());
    language.ok_or_else(|| Failure::usage("neither the fleet nor a title names a language").hint("say `--language sv`"))
}

fn show(args: &PreviewArgs, scenes: &[Scene<'_>], terminal: &Terminal) -> Result<(), Failure> {
    let drawn = match (args.format.unwrap_or_else(|| usual(args.out.as_deref(), terminal)), &args.out) {
        (PreviewFormat::Svg, _) => menu_preview::document(&args.clinic, scenes),
        (PreviewFormat::Text, Some(_)) => menu_preview::text(&args.clinic, scenes, crate::report::Paint::Plain),
        (PreviewFormat::Text, None) => menu_preview::text(&args.clinic, scenes, terminal.paint()),
    };
    let drawn = Printed::from(drawn);
    match &args.out {
        Some(file) => files::write(file, drawn.as_bytes()).map_err(|error| Failure::from_error(Exit::Failed, &error)),
        None => terminal.result(drawn).map_err(unwritten),
    }
}

/// A person at a terminal reads text; a file or another program gets the picture.
fn usual(out: Option<&Path>, terminal: &Terminal) -> PreviewFormat {
    let read = out.is_none() && terminal.shows_results();
    if read { PreviewFormat::Text } else { PreviewFormat::Svg }
}
