//! Values that a live system shows and would not take: a plan that would have to send one back is blocked, and says
//! which, so that no write of the clinic runs into a refusal half-way.

use super::world::{File, button, live, plan};
use clinicctl::domain::{Button, ClinicState, DesiredButton, LeadsTo};
use clinicctl::plan::ClinicPlan;

const FILE: &str = "clinic: norrtull
patient_interface:
  buttons:
    - {id: book, leads_to: drop_in, title: {sv: Boka, en: Book}, active: false}
    - {id: renew}
";

/// What the file says about the button `book`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Says {
    Nothing,
    Active,
    ActiveAndTitle,
    ActiveAndTarget,
}

fn book() -> Button {
    button("book", "book_appointment", &[("sv", "Boka tid"), ("en", "Book appointment")])
}

fn titled(sv: &str) -> Button {
    button("book", "book_appointment", &[("sv", sv), ("en", "Book appointment")])
}

fn planned(book: Button, says: Says, order: [&str; 2]) -> ClinicPlan {
    let file = File::new(FILE);
    let whole = file.button(&Button { active: false, leads_to: LeadsTo::DropIn, ..titles_of_the_file() });
    let nothing = file.partial("book");
    let declared = match says {
        Says::Nothing => nothing,
        Says::Active => DesiredButton { active: whole.active, ..nothing },
        Says::ActiveAndTitle => DesiredButton { active: whole.active, title: whole.title, ..nothing },
        Says::ActiveAndTarget => DesiredButton { active: whole.active, leads_to: whole.leads_to, ..nothing },
    };
    let listed = order.map(|id| if id == "book" { declared.clone() } else { file.partial(id) });
    let mut desired = file.clinic();
    desired.buttons = Some(file.buttons(listed.into()));
    let renew = button("renew", "form:renew", &[("sv", "Förnya recept"), ("en", "Renew prescription")]);
    plan(&file, &desired, &live(ClinicState { buttons: vec![book, renew], ..ClinicState::new() }, Vec::new()))
}

fn titles_of_the_file() -> Button {
    button("book", "drop_in", &[("sv", "Boka"), ("en", "Book")])
}

#[test]
fn a_plan_never_sends_back_what_the_system_would_refuse() {
    let long = || titled(&"x".repeat(41));
    let odd = || Button { leads_to: LeadsTo::from_live("chat-room:4"), ..book() };
    let bare = || Button { title: [].into(), active: false, leads_to: LeadsTo::DropIn, ..book() };
    let cases = [
        (long(), Says::Active, Some("title in `sv` has 41 characters")),
        (titled("Boka\ntid"), Says::Active, Some("title in `sv` holds a tab, a line break")),
        (titled(" "), Says::Active, Some("title in `sv` is blank")),
        (long(), Says::ActiveAndTarget, Some("title in `sv` has 41 characters")),
        (long(), Says::ActiveAndTitle, None),
        (odd(), Says::Active, Some("leads to `chat-room:4`")),
        (odd(), Says::ActiveAndTitle, Some("leads to `chat-room:4`")),
        (odd(), Says::ActiveAndTarget, None),
        (Button { active: true, ..bare() }, Says::Active, Some("no title in any language")),
        (titled(&"x".repeat(40)), Says::Active, None),
        (book(), Says::Active, None),
    ];
    for (book, says, refused) in cases {
        let plan = planned(book.clone(), says, ["book", "renew"]);
        let blocked: Vec<_> = plan.blocked.iter().map(|blocked| blocked.rule.as_str()).collect();
        assert_eq!(blocked.contains(&"live-value-refused"), refused.is_some(), "{book:?} {says:?}: {blocked:?}");
        assert_eq!(plan.work.is_none(), refused.is_some(), "{book:?} {says:?}");
        if let Some(part) = refused {
            let detail = &plan.blocked[0].detail;
            assert!(detail.contains("`book`") && detail.contains(part), "{detail}");
        }
    }
}

#[test]
fn what_is_not_written_may_stand_as_it_is() {
    for book in [titled(&"x".repeat(300)), Button { leads_to: LeadsTo::from_live("chat-room:4"), ..book() }] {
        assert_eq!(planned(book.clone(), Says::Nothing, ["book", "renew"]).blocked, []);
        let moved = planned(book, Says::Nothing, ["renew", "book"]);
        assert_eq!(moved.blocked, []);
        assert_eq!(moved.changes.len(), 1, "the order alone is written");
    }
}
