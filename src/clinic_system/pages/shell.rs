//! What surrounds every page: the top bar, the sidebar, the switch of languages, the way out.

use super::language::Language;
use super::viewer::Viewer;
use super::{asset, text};
use url::form_urlencoded::Serializer;

/// The data of `layout.html`. The first field of every page's template.
#[derive(Debug)]
pub(crate) struct Shell {
    pub(crate) text: &'static text::shell::Shell,
    pub(crate) language: Language,
    pub(crate) title: String,
    pub(crate) style: String,
    pub(crate) icon: String,
    /// The areas that the reader may use.
    pub(crate) areas: Vec<Link>,
    /// The groups of links beside the page; without any, there is no sidebar.
    pub(crate) sidebar: Vec<Group>,
    pub(crate) languages: Vec<LanguageLink>,
    /// The name of who is signed in.
    pub(crate) name: Option<String>,
    pub(crate) sign_out_token: String,
    form_token: String,
}

/// The same page in a language.
#[derive(Debug)]
pub(crate) struct LanguageLink {
    pub(crate) language: Language,
    pub(crate) href: String,
    pub(crate) current: bool,
}

/// A link of a navigation.
#[derive(Debug, Clone)]
pub(crate) struct Link {
    pub(crate) label: String,
    pub(crate) href: String,
    pub(crate) current: bool,
}

/// Links of a sidebar under one heading.
#[derive(Debug, Clone)]
pub(crate) struct Group {
    pub(crate) heading: String,
    pub(crate) links: Vec<Link>,
}

impl Shell {
    pub(super) fn new(viewer: &Viewer, title: String) -> Self {
        let text = text::shell::TEXTS.of(viewer.language);
        Self {
            text,
            language: viewer.language,
            title,
            style: asset::STYLE.href(),
            icon: asset::ICON.href(),
            areas: areas(viewer, text),
            sidebar: Vec::new(),
            languages: Language::ALL.map(|language| language_link(viewer, language)).into(),
            name: viewer.person.as_ref().map(|person| person.name.clone()),
            sign_out_token: viewer.session_token(),
            form_token: viewer.form_token(),
        }
    }

    /// The same with a sidebar.
    #[must_use]
    pub(crate) fn with_sidebar(self, sidebar: Vec<Group>) -> Self {
        Self { sidebar, ..self }
    }

    /// The hidden field that every posting form carries, as HTML.
    pub(crate) fn token_field(&self) -> String {
        format!(r#"<input type="hidden" name="token" value="{}">"#, self.form_token)
    }
}

impl Link {
    /// A link; it is the current one where `path` is its page.
    pub(crate) fn exact(label: &str, href: impl Into<String>, path: &str) -> Self {
        let href = href.into();
        Self { label: label.to_owned(), current: href == path, href }
    }

    /// A link; it is the current one where `path` is its page or one below it.
    pub(crate) fn new(label: &str, href: impl Into<String>, path: &str) -> Self {
        let href = href.into();
        let below = path.strip_prefix(href.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        Self { label: label.to_owned(), current: below, href }
    }
}

/// The sidebar of the pages that are about the whole system.
pub(crate) fn system_sidebar(viewer: &Viewer) -> Vec<Group> {
    let text = text::shell::TEXTS.of(viewer.language);
    let link = |label, href| Link::exact(label, href, &viewer.path);
    let mut links = vec![link(text.clinics, "/admin")];
    if viewer.person.as_ref().is_some_and(|person| person.global_administrator) {
        links.push(link(text.accounts, "/admin/accounts"));
    }
    vec![Group { heading: text.system.to_owned(), links }]
}

fn areas(viewer: &Viewer, text: &text::shell::Shell) -> Vec<Link> {
    let Some(person) = &viewer.person else { return Vec::new() };
    let link = |label, href| Link::new(label, href, &viewer.path);
    let rows = [
        (person.is_administrator(None), link(text.clinics, "/admin")),
        (person.is_professional(None), link(text.conversations, "/work")),
    ];
    rows.into_iter().filter(|(may, _)| *may).map(|(_, link)| link).collect()
}

/// The address of this very page, its query kept, in another language.
fn language_link(viewer: &Viewer, language: Language) -> LanguageLink {
    let kept = viewer.query.iter().filter(|(name, _)| *name != "lang");
    let query = Serializer::new(String::new()).extend_pairs(kept).append_pair("lang", language.tag()).finish();
    LanguageLink { language, href: format!("{}?{query}", viewer.path), current: viewer.language == language }
}
