//! Languages of titles: which tags are accepted, and which title a reader of one language gets.

use oxilangtag::LanguageTag;
use std::collections::BTreeMap;

/// The title for a reader whose language has none: the language of the system's own country.
const SYSTEM_LANGUAGE: &str = "sv";

/// `tag` in its canonical case; `None` if it is no BCP 47 language tag.
pub(crate) fn normal(tag: &str) -> Option<String> {
    LanguageTag::parse_and_normalize(tag).ok().map(LanguageTag::into_inner)
}

/// The title for a reader of `language`: in that language, else in a shorter form of it (`sv-FI`, then `sv`: the
/// lookup of RFC 4647), else in Swedish, else the first by tag. `None` if there is no title at all.
pub(crate) fn choose<'a>(title: &'a BTreeMap<String, String>, language: Option<&str>) -> Option<&'a str> {
    let asked = language.into_iter().flat_map(shorter_forms);
    let found = asked.chain([SYSTEM_LANGUAGE]).find_map(|tag| in_language(title, tag));
    found.or_else(|| title.values().next().map(String::as_str))
}

/// `sv-Latn-FI`, `sv-Latn`, `sv`.
fn shorter_forms(tag: &str) -> impl Iterator<Item = &str> {
    let ends = tag.match_indices('-').map(|(at, _)| at).rev();
    std::iter::once(tag.len()).chain(ends).map(|end| &tag[..end])
}

fn in_language<'a>(title: &'a BTreeMap<String, String>, tag: &str) -> Option<&'a str> {
    title.iter().find(|(known, _)| known.eq_ignore_ascii_case(tag)).map(|(_, text)| text.as_str())
}

#[cfg(test)]
mod tests {
    use super::choose;
    use std::collections::BTreeMap;

    #[test]
    fn the_nearest_title_is_chosen() {
        let titles = |tags: &[&str]| -> BTreeMap<String, String> {
            tags.iter().map(|tag| ((*tag).to_owned(), format!("in {tag}"))).collect()
        };
        for (known, asked, chosen) in [
            (vec!["en", "sv"], Some("en"), Some("in en")),
            (vec!["en", "sv"], Some("EN-gb"), Some("in en")),
            (vec!["en", "sv", "sv-FI"], Some("sv-fi"), Some("in sv-FI")),
            (vec!["en", "sv"], Some("fi"), Some("in sv")),
            (vec!["en", "sv"], None, Some("in sv")),
            (vec!["fi", "en"], Some("ar"), Some("in en")),
            (vec![], Some("sv"), None),
        ] {
            assert_eq!(choose(&titles(&known), asked), chosen, "{known:?} {asked:?}");
        }
    }
}
