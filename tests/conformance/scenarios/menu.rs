//! What a patient sees.

use crate::conformance::bench::{Scenario, incoming, order};
use crate::support::world::{clinic_id, titled};
use clinicctl::domain::Surface::{App, Web};
use clinicctl::domain::{Direction, LeadsTo};
use clinicctl::plan::Write;

pub(crate) const TABLE: &[Scenario] = &[
    ("app and web show their own buttons, and none that is hidden", |bench| {
        assert_eq!(bench.menu(App), ["new-message", "book"]);
        assert_eq!(bench.menu(Web), ["new-message"]);
    }),
    ("a button that opens is seen", |bench| {
        bench.changes(&Write::PutButton(titled("renew", LeadsTo::DropIn)));
        assert_eq!(bench.menu(App), ["new-message", "book", "renew"]);
        assert_eq!(bench.menu(Web), ["new-message", "renew"]);
    }),
    ("the menu is in the order of the buttons", |bench| {
        bench.changes(&order(&["renew", "book", "new-message"]));
        assert_eq!(bench.menu(App), ["book", "new-message"]);
    }),
    ("titles are in the patient's language", |bench| {
        let titles =
            |texts: [&str; 2]| ["new-message", "book"].map(str::to_owned).into_iter().zip(texts.map(str::to_owned));
        assert!(bench.titles(App, "sv").into_iter().eq(titles(["Knapp new-message", "Knapp book"])));
        assert!(bench.titles(App, "en").into_iter().eq(titles(["Button new-message", "Button book"])));
    }),
    ("a button for a new message is seen while incoming is off: systems do not hide it", |bench| {
        bench.changes(&incoming(Direction::off()));
        assert_eq!(bench.menu(Web), ["new-message"]);
    }),
    ("a menu says where its buttons lead", |bench| {
        let clinic = clinic_id("norrtull");
        let menu = bench.system().menu(&clinic, App, "sv").expect("the clinic is there");
        assert_eq!(
            menu.iter().map(|button| button.leads_to.as_str()).collect::<Vec<_>>(),
            ["new_message", "book_appointment"]
        );
    }),
    ("a clinic without buttons has an empty menu", |bench| {
        let menu = bench.system().menu(&clinic_id("skanstull"), App, "sv");
        assert_eq!(menu, Some(Vec::new()));
    }),
    ("an unknown clinic has no menu", |bench| {
        assert_eq!(bench.system().menu(&clinic_id("nowhere"), App, "sv"), None);
    }),
];
