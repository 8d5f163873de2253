//! A button of the patient's menu.

use super::{ButtonId, Language, Slug};
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;
use std::collections::BTreeMap;
use std::fmt;

/// A text that is short as a rule: up to 23 bytes need no memory of their own, and copies share what is longer.
pub type ShortText = SmolStr;

/// A button as the live system holds it, or as it should.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Button {
    /// Its key in the clinic.
    pub id: ButtonId,
    /// What pressing it does.
    pub leads_to: LeadsTo,
    /// Its text, per language.
    pub title: BTreeMap<Language, String>,
    /// Whether patients see it.
    pub active: bool,
    /// Where patients see it.
    pub shown_in: ShownIn,
}

impl Button {
    /// Whether patients see a button that starts a new message: the kind that depends on messaging.
    #[must_use]
    pub fn opens_messages(&self) -> bool {
        self.active && self.leads_to == LeadsTo::NewMessage
    }
}

/// What pressing a button does.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", from = "String")]
pub enum LeadsTo {
    /// A new message to the clinic; the only target that depends on messaging.
    NewMessage,
    /// The booking of an appointment.
    BookAppointment,
    /// The drop-in queue.
    DropIn,
    /// A form of the clinic system.
    Form(Slug),
    /// A telephone number (E.164).
    Phone(ShortText),
    /// A web page: https, with a host, without user or password.
    Link(ShortText),
    /// Something that a live system holds and that files cannot say; kept byte for byte.
    Other(ShortText),
}

impl LeadsTo {
    /// Reads the value in a file.
    ///
    /// # Errors
    /// [`LeadsToError`] names the part that is wrong.
    pub fn parse(text: &str) -> Result<Self, LeadsToError> {
        match text.split_once(':') {
            None => Self::word(text).ok_or(LeadsToError::Unknown),
            Some(("form", form)) => Slug::parse(form).map(Self::Form).map_err(|_| LeadsToError::Form),
            Some(("phone", number)) if is_e164(number) => Ok(Self::Phone(number.into())),
            Some(("phone", _)) => Err(LeadsToError::Phone),
            Some(("link", link)) => check_link(link).map(|()| Self::Link(link.into())),
            Some(_) => Err(LeadsToError::Unknown),
        }
    }

    /// Reads the value of a live system; never fails.
    #[must_use]
    pub fn from_live(text: &str) -> Self {
        Self::parse(text).unwrap_or_else(|_| Self::Other(text.into()))
    }

    fn word(text: &str) -> Option<Self> {
        match text {
            "new_message" => Some(Self::NewMessage),
            "book_appointment" => Some(Self::BookAppointment),
            "drop_in" => Some(Self::DropIn),
            _ => None,
        }
    }
}

/// Why a text is no target of a button.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LeadsToError {
    /// No known word or prefix.
    #[error(
        "expected `new_message`, `book_appointment`, `drop_in`, `form:<slug>`, `phone:<number>` or `link:<https URL>`"
    )]
    Unknown,
    /// `form:` without a slug.
    #[error("expected `form:` and a slug such as `form:renew-prescription`")]
    Form,
    /// `phone:` without a number in E.164.
    #[error("expected `phone:` and a number in international form such as `phone:+46701740605`")]
    Phone,
    /// `link:` with another scheme than https.
    #[error("a link must use https")]
    NotHttps,
    /// `link:` with something that is not a web address.
    #[error("expected `link:` and a web address with a host, without user or password")]
    Link,
}

fn is_e164(number: &str) -> bool {
    number.strip_prefix('+').is_some_and(|digits| {
        (2..=15).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit()) && !digits.starts_with('0')
    })
}

fn check_link(link: &str) -> Result<(), LeadsToError> {
    // Browsers drop blanks and control characters, and so does the parser of URLs; what is sent is the text as written.
    if link.contains(|c: char| c.is_whitespace() || c.is_control()) {
        return Err(LeadsToError::Link);
    }
    let url = url::Url::parse(link).map_err(|_| LeadsToError::Link)?;
    if url.scheme() != "https" {
        return Err(LeadsToError::NotHttps);
    }
    let bare = url.username().is_empty() && url.password().is_none();
    (bare && url.host().is_some()).then_some(()).ok_or(LeadsToError::Link)
}

impl fmt::Display for LeadsTo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NewMessage => f.write_str("new_message"),
            Self::BookAppointment => f.write_str("book_appointment"),
            Self::DropIn => f.write_str("drop_in"),
            Self::Form(form) => write!(f, "form:{form}"),
            Self::Phone(number) => write!(f, "phone:{number}"),
            Self::Link(link) => write!(f, "link:{link}"),
            Self::Other(text) => f.write_str(text),
        }
    }
}

impl From<LeadsTo> for String {
    fn from(target: LeadsTo) -> Self {
        target.to_string()
    }
}

impl From<String> for LeadsTo {
    fn from(text: String) -> Self {
        Self::from_live(&text)
    }
}

/// One place where patients meet a clinic's menu.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Surface {
    /// The patient app.
    App,
    /// The patient web.
    Web,
}

impl Surface {
    /// Both surfaces.
    pub const ALL: [Self; 2] = [Self::App, Self::Web];
}

impl fmt::Display for Surface {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::App => "app",
            Self::Web => "web",
        })
    }
}

/// The surfaces that show a button: never none.
///
/// Serialised as a list of surfaces, `["app", "web"]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(into = "Vec<Surface>", try_from = "Vec<Surface>")]
pub enum ShownIn {
    /// App and web: the default.
    #[default]
    Both,
    /// The app only.
    App,
    /// The web only.
    Web,
}

impl ShownIn {
    /// Whether `surface` shows the button.
    #[must_use]
    pub const fn includes(self, surface: Surface) -> bool {
        matches!((self, surface), (Self::Both, _) | (Self::App, Surface::App) | (Self::Web, Surface::Web))
    }

    /// The surfaces, app first.
    #[must_use]
    pub fn surfaces(self) -> Vec<Surface> {
        Surface::ALL.into_iter().filter(|surface| self.includes(*surface)).collect()
    }

    /// The set of these surfaces; `None` when there is none.
    #[must_use]
    pub fn of(surfaces: &[Surface]) -> Option<Self> {
        match (surfaces.contains(&Surface::App), surfaces.contains(&Surface::Web)) {
            (true, true) => Some(Self::Both),
            (true, false) => Some(Self::App),
            (false, true) => Some(Self::Web),
            (false, false) => None,
        }
    }
}

impl From<ShownIn> for Vec<Surface> {
    fn from(shown: ShownIn) -> Self {
        shown.surfaces()
    }
}

impl TryFrom<Vec<Surface>> for ShownIn {
    type Error = &'static str;
    fn try_from(surfaces: Vec<Surface>) -> Result<Self, Self::Error> {
        Self::of(&surfaces).ok_or("a button must be shown in `app`, `web` or both")
    }
}

#[cfg(test)]
mod tests {
    use super::{LeadsTo, LeadsToError};

    #[test]
    fn a_target_reads_back_as_it_is_written() {
        let texts = [
            "new_message",
            "book_appointment",
            "drop_in",
            "form:renew",
            "phone:+46701740605",
            "link:https://a.example/b?c",
        ];
        for text in texts {
            assert_eq!(LeadsTo::parse(text).map(String::from).as_deref(), Ok(text));
        }
    }

    #[test]
    fn what_is_no_target_is_refused_for_its_reason() {
        let cases = [
            ("", LeadsToError::Unknown),
            ("New_message", LeadsToError::Unknown),
            ("form:", LeadsToError::Form),
            ("phone:0701740605", LeadsToError::Phone),
            ("phone:+0701740605", LeadsToError::Phone),
            ("link:http://a.example", LeadsToError::NotHttps),
            ("link:https://", LeadsToError::Link),
            ("link:https://user@a.example", LeadsToError::Link),
            ("link:https://user:word@a.example", LeadsToError::Link),
            ("link: https://a.example", LeadsToError::Link),
            ("link:https://a.example/b c", LeadsToError::Link),
            ("link:https://a.example/\u{a0}", LeadsToError::Link),
        ];
        for (text, error) in cases {
            assert_eq!(LeadsTo::parse(text), Err(error), "{text}");
            assert_eq!(String::from(LeadsTo::from_live(text)), text, "a live system may hold it");
        }
    }
}
