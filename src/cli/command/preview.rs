//! `preview CLINIC`: what patients see before and after.

use super::plan;
use crate::cli::args::OutputArgs;
use crate::cli::args::PreviewArgs;
use crate::cli::args::PreviewFormat;
use crate::cli::error::Failure;
use crate::cli::exit::Exit;
use crate::cli::fleet::Reading;
use crate::cli::planning;
use crate::cli::planning::Checked;
use crate::cli::planning::Valid;
use crate::cli::results::unwritten;
use crate::cli::signal;
use crate::cli::system;
use crate::cli::system::Connection;
use crate::cli::system::Embedded;
use crate::cli::terminal::Terminal;
use crate::diagnostic::escape;
use crate::diff::Members;
use crate::domain::ClinicId;
use crate::domain::DesiredClinic;
use crate::domain::DesiredFleet;
use crate::domain::Language;
use crate::execute::Observed;
use crate::files;
use crate::plan::ClinicPlan;
use crate::plan::PictureRow;
use crate::plan::PlanContext;
use crate::plan::Unread;
use crate::plan::menus;
use crate::plan::plan_clinic;
use crate::report::picture;
use crate::report::picture::Scene;
use crate::rules::Policy;
use crate::rules::nearest;
use std::io::IsTerminal;
use std::path::Path;

/// Reads one clinic, plans it, and draws its menus; also of a clinic that stays as it is.
pub(super) async fn run(args: &PreviewArgs, terminal: &Terminal) -> Result<Exit, Failure> {
    let valid = match planning::check(&args.path)? {
        Checked::Valid(valid) => *valid,
        Checked::Invalid(reading) => return plan::refuse(&reading, &OutputArgs::default(), terminal),
    };
    let desired = desired(&valid.fleet, args)?;
    let embedded = Embedded::of_fleet(&args.path, &valid.fleet, fleet_file(&valid));
    let connection = system::connect(&args.system, embedded, valid.fleet.embedded, terminal).await?;
    let mut rows = signal::unless_ended(pictures(&valid, desired, args.prune, &connection)).await?;
    if let Some(surface) = args.surface {
        rows.retain_mut(|row| row.surfaces.contains(&surface));
        rows.iter_mut().for_each(|row| row.surfaces = vec![surface]);
    }
    let language = language(args, &valid.fleet, &rows)?;
    let scenes: Vec<_> = rows.iter().map(|row| Scene::of(row, &language)).collect();
    show(args, &scenes, terminal)?;
    Ok(Exit::Done)
}

/// The clinic as the files want it.
fn desired<'f>(fleet: &'f DesiredFleet, args: &PreviewArgs) -> Result<&'f DesiredClinic, Failure> {
    fleet.clinics.get(&args.clinic).map(Box::as_ref).ok_or_else(|| {
        let failure =
            Failure::usage(format!("no file of the fleet `{}` is about a clinic `{}`", fleet.name, args.clinic));
        match nearest(args.clinic.as_str(), fleet.clinics.keys().map(ClinicId::as_str)) {
            Some(near) => failure.hint(format!("did you mean `{near}`?")),
            None => failure.hint("see the ids behind `clinic:` in the files"),
        }
    })
}

fn fleet_file(valid: &Valid) -> &str {
    &valid.reading.sources.file(valid.fleet.place.file).path
}

/// Every menu of the clinic as it is and as the plan would leave it.
async fn pictures(
    valid: &Valid,
    desired: &DesiredClinic,
    prune: bool,
    connection: &Connection,
) -> Result<Vec<PictureRow>, Failure> {
    let Valid { fleet, reading } = valid;
    let clinic = &desired.clinic;
    let policy = Policy::of(fleet, desired);
    let members = Members::default();
    let Reading { sources, today, .. } = reading;
    let context = PlanContext { sources, layers: &fleet.layers, members: &members, prune, today: *today };
    let read = connection.client.observe(std::slice::from_ref(clinic), |_, observed| observed).await;
    let mut read = read.map_err(|error| planning::unread(&error, connection))?;
    let plan = match read.pop().map_or(Observed::Missing, |(_, observed)| observed) {
        Observed::Live(live) => {
            let plan = plan_clinic(desired, &live, policy, &context);
            if plan.blocked.is_empty() {
                let wanted = plan.work.as_ref().map_or(&live.state, |work| &work.wanted);
                return Ok(menus(clinic, &live.state, wanted));
            }
            plan
        }
        Observed::Missing => {
            let known = connection.client.clinic_ids().await;
            ClinicPlan::unknown(desired, known.iter(), &policy, &context)
        }
        Observed::Forbidden => ClinicPlan::unread(clinic, &Unread::Forbidden),
        Observed::Failed(why) => ClinicPlan::unread(clinic, &Unread::Failed(why)),
    };
    Err(blocked(&plan))
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
fn language(args: &PreviewArgs, fleet: &DesiredFleet, rows: &[PictureRow]) -> Result<Language, Failure> {
    let of_fleet = fleet.languages.default.as_ref().or(fleet.languages.required.first());
    let of_titles = rows.iter().flat_map(picture::languages).next();
    let language = args.language.as_ref().or(of_fleet).or(of_titles).cloned();
    language.ok_or_else(|| Failure::usage("neither the fleet nor a title names a language").hint("say `--language sv`"))
}

fn show(args: &PreviewArgs, scenes: &[Scene<'_>], terminal: &Terminal) -> Result<(), Failure> {
    let text = match (args.format.unwrap_or_else(|| usual(args.out.as_deref())), &args.out) {
        (PreviewFormat::Svg, _) => picture::document(&args.clinic, scenes),
        (PreviewFormat::Text, Some(_)) => picture::text(&args.clinic, scenes, crate::report::Paint::Plain),
        (PreviewFormat::Text, None) => picture::text(&args.clinic, scenes, terminal.paint()),
    };
    match &args.out {
        Some(file) => files::write(file, text.as_bytes()).map_err(|error| Failure::from_error(Exit::Failed, &error)),
        None => terminal.result(&text).map_err(unwritten),
    }
}

/// A person at a terminal reads text; a file or another program gets the picture.
fn usual(out: Option<&Path>) -> PreviewFormat {
    let read = out.is_none() && std::io::stdout().is_terminal();
    if read { PreviewFormat::Text } else { PreviewFormat::Svg }
}
