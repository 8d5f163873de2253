//! Buttons: created, replaced, deleted; the length of their titles.

use crate::conformance::bench::{Scenario, a_new_button, delete, ids, incoming};
use crate::conformance::system::{How, Reply};
use crate::support::world::{button, button_id, language, titled};
use clinicctl::domain::{Button, Direction, LeadsTo, ShownIn};
use clinicctl::plan::Write;

pub(crate) const TABLE: &[Scenario] = &[
    ("a new button goes to the end", |bench| {
        assert_eq!(bench.changes(&a_new_button()).how, How::Created);
        assert_eq!(ids(&bench.seen()), ["new-message", "book", "renew", "write"]);
    }),
    ("new buttons stand in the order of their creation", |bench| {
        bench.changes(&put("b"));
        bench.changes(&put("a"));
        assert_eq!(ids(&bench.seen())[3..], ["b", "a"]);
    }),
    ("a button is replaced whole and where it stands", |bench| {
        let book = Button { shown_in: ShownIn::Web, ..button("book", LeadsTo::DropIn) };
        assert_eq!(bench.changes(&Write::PutButton(book.clone())).how, How::Set);
        assert_eq!(bench.seen().state.buttons[1], book, "the English title is gone, too");
    }),
    ("a button that is so already does not change", |bench| {
        bench.changes_nothing(&Write::PutButton(titled("new-message", LeadsTo::NewMessage)));
    }),
    ("a button is hidden and shown again", |bench| {
        let shown = titled("new-message", LeadsTo::NewMessage);
        bench.changes(&Write::PutButton(Button { active: false, ..shown.clone() }));
        bench.changes(&Write::PutButton(shown));
    }),
    ("every target is kept as it was written", |bench| {
        let link = "link:https://norrtull.example/vagen?a=1#b";
        for target in
            ["new_message", "book_appointment", "drop_in", "form:renew-prescription", "phone:+46701740605", link]
        {
            let leads_to = LeadsTo::parse(target).expect("a target");
            bench.changes(&Write::PutButton(button("write", leads_to.clone())));
            assert_eq!(bench.seen().state.button(&button_id("write")).map(|button| &button.leads_to), Some(&leads_to));
        }
    }),
    ("a button may be shown in the app, in the web or in both", |bench| {
        for shown_in in [ShownIn::App, ShownIn::Web, ShownIn::Both] {
            bench.changes(&Write::PutButton(Button { shown_in, ..button("write", LeadsTo::DropIn) }));
        }
    }),
    ("a title may have one character", |bench| {
        bench.changes(&with_title("å"));
    }),
    ("a title may have forty characters, however many bytes these are", |bench| {
        bench.changes(&with_title(&"a".repeat(40)));
        bench.changes(&with_title(&"å".repeat(40)));
        bench.changes(&with_title(&"🙂".repeat(40)));
    }),
    ("a title may not have forty-one characters", |bench| {
        bench.refuses(&with_title(&"a".repeat(41)), &["/title/sv"]);
    }),
    ("a title may not be empty", |bench| {
        bench.refuses(&with_title(""), &["/title/sv"]);
    }),
    ("every title that is too long is pointed at", |bench| {
        let mut long = titled("write", LeadsTo::DropIn);
        long.title.values_mut().for_each(|text| *text = "a".repeat(41));
        long.title.insert(language("fi"), "Varaa".to_owned());
        bench.refuses(&Write::PutButton(long), &["/title/en", "/title/sv"]);
    }),
    ("a new button whose title is too long does not come to be", |bench| {
        bench.refuses(&with_title(&"å".repeat(41)), &["/title/sv"]);
        assert_eq!(ids(&bench.seen()).len(), 3);
    }),
    ("a button may open while incoming is off, though it is unwise", |bench| {
        bench.changes(&incoming(Direction::off()));
        bench.changes(&a_new_button());
    }),
    ("a clinic may have two buttons for a new message", |bench| {
        bench.changes(&a_new_button());
        assert_eq!(
            bench.seen().state.buttons.iter().filter(|button| button.leads_to == LeadsTo::NewMessage).count(),
            2
        );
    }),
    ("a button is deleted, and the others close up", |bench| {
        let done = bench.changes(&delete("book"));
        assert_eq!((done.how, done.now), (How::Deleted, None));
        assert_eq!(ids(&bench.seen()), ["new-message", "renew"]);
    }),
    ("a button cannot be deleted twice", |bench| {
        let revision = bench.changes(&delete("book")).revision;
        assert_eq!(bench.reply(Some(revision), &delete("book")), Reply::NotFound);
        assert_eq!(bench.seen().revision, revision);
    }),
    ("a button that never was cannot be deleted", |bench| {
        let before = bench.seen();
        assert_eq!(bench.reply(Some(before.revision), &delete("write")), Reply::NotFound);
        assert_eq!(bench.seen(), before);
        assert_eq!(bench.log(), []);
    }),
    ("a button that comes back is new and goes to the end", |bench| {
        bench.changes(&delete("new-message"));
        let again = Write::PutButton(titled("new-message", LeadsTo::NewMessage));
        assert_eq!(bench.changes(&again).how, How::Created);
        assert_eq!(ids(&bench.seen()), ["book", "renew", "new-message"]);
    }),
    ("all buttons may go", |bench| {
        for id in ["renew", "new-message", "book"] {
            bench.changes(&delete(id));
        }
        assert_eq!(bench.seen().state.buttons, []);
    }),
];

fn put(id: &str) -> Write {
    Write::PutButton(button(id, LeadsTo::DropIn))
}

fn with_title(text: &str) -> Write {
    let title = [(language("sv"), text.to_owned())].into();
    Write::PutButton(Button { title, ..button("write", LeadsTo::DropIn) })
}
