//! A request as a page's function sees it: the reader may do this, and of a post the sender and the token are right.

use super::fields::Fields;
use super::language::Language;
use super::refusal::Refusal;
use super::shell::Shell;
use super::text::Texts;
use super::viewer::Viewer;
use crate::api::App;
use crate::clinic;
use crate::identity::Person;
use crate::store::ClinicRow;
use std::net::IpAddr;
use std::sync::Arc;

/// One request.
#[derive(Debug)]
pub(crate) struct Call {
    pub(crate) app: Arc<App>,
    pub(crate) viewer: Viewer,
    /// Where this system is, as the browser says it with a post (`https://clinics.example`); empty otherwise.
    pub(crate) origin: String,
    /// The address that the request came from.
    pub(crate) address: IpAddr,
    pub(crate) path: Vec<(String, String)>,
    pub(crate) query: Fields,
    /// The fields of the form; empty if the page is only looked at.
    pub(crate) form: Fields,
}

impl Call {
    /// The language of the reader.
    pub(crate) const fn language(&self) -> Language {
        self.viewer.language
    }

    /// Who is signed in; an error if nobody is, which cannot be on a page that needs more than `Visitor`.
    pub(crate) fn person(&self) -> Result<&Person, Refusal> {
        self.viewer.person.as_ref().ok_or(Refusal::Forbidden)
    }

    /// The patient that the browser is.
    pub(crate) fn patient(&self) -> String {
        self.viewer.patient()
    }

    /// The words of an area in the reader's language.
    pub(crate) const fn text<T>(&self, texts: &'static Texts<T>) -> &'static T {
        texts.of(self.viewer.language)
    }

    /// What surrounds a page of this title.
    pub(crate) fn shell(&self, title: impl Into<String>) -> Shell {
        self.viewer.shell(title)
    }

    /// A parameter of the path.
    pub(crate) fn segment(&self, name: &str) -> &str {
        self.path.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    /// The clinic of the path.
    pub(crate) async fn clinic(&self) -> Result<ClinicRow, Refusal> {
        let clinic = self.segment("clinic");
        let row = if clinic::is_slug(clinic) { self.app.store.clinic(clinic).await? } else { None };
        row.ok_or(Refusal::UnknownPage)
    }
}
