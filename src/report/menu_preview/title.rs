//! Which of a button's titles a reader of one language gets.

use crate::domain::Language;
use crate::plan::DrawnButton;
use std::collections::BTreeMap;

/// The title for a reader whose language has none: the language of the clinic system's own country.
const SYSTEM_LANGUAGE: &str = "sv";

/// A title as a reader of one language meets it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Title<'p> {
    /// The words, as they are. Any text.
    pub(super) text: &'p str,
    /// Their origin.
    pub(super) source: Source<'p>,
}

/// The origin of a title's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Source<'p> {
    /// The reader's language, or a shorter form of it.
    Asked,
    /// Another language, because there is no title in the reader's.
    Instead {
        /// The reader's.
        asked: &'p Language,
        /// That of the words.
        shown: &'p Language,
    },
    /// There is no title at all: the button shows its id.
    Id,
}

impl<'p> Title<'p> {
    /// What a clinic system shows: the title in the `asked` language, else in a shorter form of it (`sv-FI`, then `sv`:
    /// the lookup of RFC 4647), else in Swedish, else the first by tag, else the button's id.
    pub(super) fn of(button: &'p DrawnButton, asked: &'p Language) -> Self {
        let DrawnButton { id, leads_to: _, title } = button;
        let found = shorter_forms(asked.as_str()).find_map(|tag| in_language(title, tag));
        if let Some((_, text)) = found {
            return Self { text, source: Source::Asked };
        }
        let instead = in_language(title, SYSTEM_LANGUAGE).or_else(|| title.iter().next());
        instead.map_or(Self { text: id.as_str(), source: Source::Id }, |(shown, text)| Self {
            text,
            source: Source::Instead { asked, shown },
        })
    }
}

/// `sv-Latn-FI`, `sv-Latn`, `sv`.
fn shorter_forms(tag: &str) -> impl Iterator<Item = &str> {
    let ends = tag.match_indices('-').map(|(at, _)| at).rev();
    std::iter::once(tag.len()).chain(ends).map(|end| &tag[..end])
}

fn in_language<'p>(title: &'p BTreeMap<Language, String>, tag: &str) -> Option<(&'p Language, &'p String)> {
    title.iter().find(|(known, _)| known.as_str().eq_ignore_ascii_case(tag))
}
