//! What a plan says of clinics that were not read, and in which order it says things.

use super::world::File;
use super::world::clinic_id;
use super::world::header;
use clinicctl::diagnostic::Finding;
use clinicctl::diagnostic::Severity;
use clinicctl::domain::DesiredClinic;
use clinicctl::plan::Assembled;
use clinicctl::plan::Blocked;
use clinicctl::plan::ClinicPlan;
use clinicctl::plan::FindingRow;
use clinicctl::plan::Header;
use clinicctl::plan::Unread;
use clinicctl::plan::assemble;

fn unread(clinic: &str, unread: &Unread) -> ClinicPlan {
    let file = File::new("clinic: norrtull\n");
    ClinicPlan::unread(&DesiredClinic { clinic: clinic_id(clinic), ..file.clinic() }, unread, file.sources())
}

#[test]
fn a_clinic_without_live_state_is_blocked_at_its_line() {
    let table = [
        (Unread::Unknown, "unknown-clinic", "the live system knows no clinic `norrtull`"),
        (Unread::Forbidden, "forbidden", "the token may not read the clinic `norrtull`"),
        (
            Unread::Failed("it answered 500".to_owned()),
            "unreadable",
            "the clinic `norrtull` could not be read: it answered 500",
        ),
    ];
    for (why, rule, detail) in table {
        let plan = unread("norrtull", &why);
        let blocked = Blocked { clinic: clinic_id("norrtull"), rule: rule.to_owned(), detail: detail.to_owned() };
        assert_eq!(plan.blocked, [blocked]);
        assert_eq!(plan.findings.len(), 1);
        assert_eq!(plan.findings[0].severity, Severity::Error);
        assert_eq!(
            plan.findings[0].location.as_ref().map(ToString::to_string).as_deref(),
            Some("clinics/norrtull.yaml:1:9")
        );
        assert!(plan.changes.is_empty() && plan.work.is_none());
    }
}

#[test]
fn clinics_stand_in_the_order_of_their_ids_and_findings_in_that_of_their_places() {
    let file = File::new("clinic: norrtull\nlabels: {}\n");
    let warning = |piece, message| {
        let finding = Finding::warning("unknown-person", file.place(piece), message);
        FindingRow::of(&finding, file.sources())
    };
    let nowhere = FindingRow { location: None, ..warning("labels", "nowhere") };
    let findings =
        vec![nowhere, warning("labels", "second"), warning("labels", "also second"), warning("clinic", "first")];
    let clinics = vec![unread("b", &Unread::Forbidden), unread("a", &Unread::Forbidden)];
    let Assembled { plan, work } = assemble(Header { findings, ..header(2) }, clinics);
    let blocked: Vec<&str> = plan.blocked.iter().map(|row| row.clinic.as_str()).collect();
    assert_eq!(blocked, ["a", "b"]);
    let said: Vec<&str> = plan.findings.iter().map(|row| row.message.as_str()).collect();
    let wanted = [
        "first",
        "the token may not read the clinic `a`",
        "the token may not read the clinic `b`",
        "also second",
        "second",
        "nowhere",
    ];
    assert_eq!(said, wanted);
    assert_eq!((plan.summary.clinics, plan.summary.clinics_changed, work.len()), (2, 0, 0));
}

#[test]
fn a_fleet_without_clinics_plans_nothing() {
    let Assembled { plan, work } = assemble(header(0), Vec::new());
    assert_eq!(plan.summary, Default::default());
    assert!(plan.changes.is_empty() && plan.guards.is_empty() && work.is_empty());
}
