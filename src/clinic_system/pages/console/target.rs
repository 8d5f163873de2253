//! What a button leads to, as the form asks for it: a kind, and for some kinds one text.

use crate::leads_to;
use crate::pages::shown::shown;
use crate::pages::text::console::words::Words;

/// A kind of target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    NewMessage,
    BookAppointment,
    DropIn,
    Form,
    Phone,
    Link,
    /// What a live system holds and nobody could enter.
    Other,
}

/// A target: its kind, and the text of kinds that have one (of [`Kind::Other`], all of it).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Target {
    pub(super) kind: Kind,
    pub(super) text: String,
}

impl Kind {
    /// The kinds that can be chosen.
    pub(super) const CHOICES: [Self; 6] =
        [Self::NewMessage, Self::BookAppointment, Self::DropIn, Self::Form, Self::Phone, Self::Link];

    /// The word of the contract.
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::NewMessage => "new_message",
            Self::BookAppointment => "book_appointment",
            Self::DropIn => "drop_in",
            Self::Form => "form",
            Self::Phone => "phone",
            Self::Link => "link",
            Self::Other => "other",
        }
    }

    pub(super) fn of_word(word: &str) -> Option<Self> {
        Self::CHOICES.into_iter().chain([Self::Other]).find(|kind| kind.word() == word)
    }

    /// Whether it needs a text.
    pub(super) const fn has_text(self) -> bool {
        matches!(self, Self::Form | Self::Phone | Self::Link)
    }
}

impl Target {
    /// Takes a target apart.
    pub(super) fn read(leads_to: &str) -> Self {
        let (word, text) = leads_to.split_once(':').unwrap_or((leads_to, ""));
        let kind = Kind::of_word(word).filter(|_| leads_to::check(leads_to).is_ok());
        match kind {
            Some(kind) => Self { kind, text: text.to_owned() },
            None => Self { kind: Kind::Other, text: leads_to.to_owned() },
        }
    }

    /// The target as the contract writes it.
    pub(super) fn written(&self) -> String {
        if self.kind == Kind::Other {
            return self.text.clone();
        }
        let word = self.kind.word();
        if self.kind.has_text() { format!("{word}:{}", self.text) } else { word.to_owned() }
    }

    /// The target in words.
    pub(super) fn said(&self, words: &Words) -> String {
        if self.kind == Kind::Other {
            return shown(&self.text);
        }
        let name = words.kind(self.kind);
        if self.kind.has_text() { format!("{name}: {}", shown(&self.text)) } else { name.to_owned() }
    }
}

#[cfg(test)]
mod tests {
    use super::{Kind, Target};

    #[test]
    fn a_target_comes_back_as_it_was() {
        for (text, kind) in [
            ("new_message", Kind::NewMessage),
            ("form:renew-prescription", Kind::Form),
            ("phone:+46701740605", Kind::Phone),
            ("link:https://norrtull.example/a:b", Kind::Link),
            ("link:http://norrtull.example", Kind::Other),
            ("mailto:a@norrtull.example", Kind::Other),
            ("other", Kind::Other),
            ("", Kind::Other),
        ] {
            let target = Target::read(text);
            assert_eq!((target.kind, target.written().as_str()), (kind, text));
        }
    }
}
