//! The two languages of the pages, and which one a reader gets.

use super::cookies;
use super::cookies::Cookies;
use super::fields::Fields;
use axum::http::{HeaderMap, header};

/// A language of the pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Language {
    Swedish,
    English,
}

impl Language {
    /// All of them.
    pub(crate) const ALL: [Self; 2] = [Self::Swedish, Self::English];

    /// Its tag.
    pub(crate) const fn tag(self) -> &'static str {
        match self {
            Self::Swedish => "sv",
            Self::English => "en",
        }
    }

    /// Its name in itself.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Swedish => "Svenska",
            Self::English => "English",
        }
    }

    /// The language of this tag.
    pub(crate) fn of_tag(tag: &str) -> Option<Self> {
        let primary = tag.split('-').next().unwrap_or_default();
        Self::ALL.into_iter().find(|language| primary.eq_ignore_ascii_case(language.tag()))
    }

    /// What was asked for in the address, else what was chosen before, else what the browser prefers, else Swedish.
    pub(crate) fn choose(query: &Fields, cookies: &Cookies, headers: &HeaderMap) -> Self {
        let asked = query.one("lang").and_then(Self::of_tag);
        let chosen = || cookies.one(cookies::LANGUAGE).and_then(Self::of_tag);
        let preferred = || headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok().and_then(preferred);
        asked.or_else(chosen).or_else(preferred).unwrap_or(Self::Swedish)
    }
}

/// The known language of the highest weight; of equal ones the first (RFC 9110, 12.5.4).
fn preferred(text: &str) -> Option<Language> {
    let weighed = text.split(',').filter_map(|part| {
        let (tag, parameters) = part.split_once(';').unwrap_or((part, ""));
        let weight = parameters.trim().strip_prefix("q=").map_or(Some(1.0), |q| q.trim().parse::<f32>().ok())?;
        (weight > 0.0).then_some((Language::of_tag(tag.trim())?, weight))
    });
    let best = weighed.reduce(|best, next| if next.1 > best.1 { next } else { best });
    best.map(|(language, _)| language)
}

#[cfg(test)]
mod tests {
    use super::{Language, preferred};

    #[test]
    fn the_heaviest_known_language_wins() {
        for (text, expected) in [
            ("sv-SE,sv;q=0.9,en;q=0.8", Some(Language::Swedish)),
            ("en-GB", Some(Language::English)),
            ("de, en;q=0.3, sv;q=0.7", Some(Language::Swedish)),
            ("sv;q=0, EN;q=0.1", Some(Language::English)),
            ("de", None),
            ("svenska", None),
            ("", None),
        ] {
            assert_eq!(preferred(text), expected, "{text}");
        }
    }
}
