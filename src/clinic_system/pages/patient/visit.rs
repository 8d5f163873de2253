//! A patient at a clinic: which clinic, on which surface, and where its buttons lead.

use crate::clinic::ClinicState;
use crate::pages::call::Call;
use crate::pages::refusal::Refusal;
use crate::pages::shown::shown;
use crate::{leads_to, menu};
use clinic_wire::MenuButton;

/// What all pages of one clinic's patients know.
#[derive(Debug)]
pub(super) struct Visit {
    pub(super) clinic: String,
    pub(super) name: String,
    /// Whether the page is shown as the app shows it; else as the web does.
    pub(super) app: bool,
    pub(super) buttons: Vec<Button>,
    state: ClinicState,
}

/// A button of the menu.
#[derive(Debug)]
pub(super) struct Button {
    pub(super) title: String,
    /// Where it leads; a target that no browser should follow leads nowhere.
    pub(super) href: Option<String>,
    /// Whether it leads to a new message.
    pub(super) message: bool,
    leads_to: String,
}

impl Visit {
    pub(super) async fn of(call: &Call) -> Result<Self, Refusal> {
        let row = call.clinic().await?;
        let state = row.state()?;
        let app = call.query.one("surface") == Some("app");
        let surface = if app { "app" } else { "web" };
        let menu = menu::of(state.clone(), surface, Some(call.language().tag()));
        let mut visit = Self { name: shown(&row.name), clinic: row.clinic, app, buttons: Vec::new(), state };
        visit.buttons = menu.into_iter().map(|button| visit.button(button)).collect();
        Ok(visit)
    }

    /// The address of a page of this clinic, on the same surface.
    pub(super) fn href(&self, rest: &str) -> String {
        let surface = if self.app { "?surface=app" } else { "" };
        format!("/p/{}{rest}{surface}", self.clinic)
    }

    /// The address of the menu on the other surface.
    pub(super) fn other_surface(&self) -> String {
        format!("/p/{}{}", self.clinic, if self.app { "" } else { "?surface=app" })
    }

    /// Whether patients may write to the clinic.
    pub(super) const fn open(&self) -> bool {
        self.state.messaging.incoming.enabled
    }

    /// Whether no button leads anywhere but to a new message.
    pub(super) fn no_other_way(&self) -> bool {
        !self.buttons.iter().any(|button| !button.message && button.href.is_some())
    }

    /// What the button is called that leads here, if there is one.
    pub(super) fn title_of(&self, leads_to: &str) -> Option<String> {
        self.buttons.iter().find(|button| button.leads_to == leads_to).map(|button| button.title.clone())
    }

    fn button(&self, button: MenuButton) -> Button {
        let MenuButton { id: _, title, leads_to } = button;
        Button { title: shown(&title), href: self.target(&leads_to), message: leads_to == "new_message", leads_to }
    }

    fn target(&self, text: &str) -> Option<String> {
        // A live system may hold any text.
        leads_to::check(text).ok()?;
        match text.split_once(':') {
            Some(("form", form)) => Some(self.href(&format!("/form/{form}"))),
            Some(("phone", number)) => Some(format!("tel:{number}")),
            Some(("link", link)) => Some(link.to_owned()),
            _ => Some(self.href(match text {
                "new_message" => "/new",
                "book_appointment" => "/book",
                _ => "/drop-in",
            })),
        }
    }
}
