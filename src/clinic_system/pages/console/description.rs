//! A resource in words: what the change log keeps as JSON, as an administrator would say it. The log of a live system
//! may hold anything; what is no resource is shown as it stands.

use super::people::Directory;
use super::target::Target;
use crate::clinic::ClinicState;
use crate::language;
use crate::pages::language::Language;
use crate::pages::shown::shown;
use crate::pages::text;
use crate::pages::text::console::words::Words;
use clinic_wire::{Access, ButtonBody, DirectionBody, OrderBody};
use serde::de::DeserializeOwned;
use serde_json::Value;

/// What is needed to put a clinic's resources into words.
#[derive(Debug)]
pub(super) struct Describer<'a> {
    pub(super) language: Language,
    pub(super) state: &'a ClinicState,
    pub(super) directory: &'a Directory,
}

/// One thing about a resource.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fact {
    pub(super) label: String,
    pub(super) said: Description,
}

/// What is said about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Description {
    One(String),
    /// Several, in an order that means nothing.
    Set(Vec<String>),
    /// Several, in an order that matters.
    Row(Vec<String>),
}

/// What two versions say about one thing; `None` if a version says nothing about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pair {
    pub(super) label: String,
    pub(super) one: Option<Description>,
    pub(super) other: Option<Description>,
}

impl Description {
    /// As one line.
    pub(super) fn line(&self) -> String {
        match self {
            Self::One(text) => text.clone(),
            Self::Set(items) => items.join(", "),
            Self::Row(items) => items.join(" → "),
        }
    }
}

impl Pair {
    pub(super) fn differs(&self) -> bool {
        self.one != self.other
    }
}

/// The facts of two versions beside each other, in the order of the first that has them.
pub(super) fn pairs(one: Vec<Fact>, other: Vec<Fact>) -> Vec<Pair> {
    let mut pairs: Vec<Pair> =
        one.into_iter().map(|Fact { label, said }| Pair { label, one: Some(said), other: None }).collect();
    for Fact { label, said } in other {
        match pairs.iter_mut().find(|pair| pair.label == label) {
            Some(pair) => pair.other = Some(said),
            None => pairs.push(Pair { label, one: None, other: Some(said) }),
        }
    }
    pairs
}

impl Describer<'_> {
    fn words(&self) -> &'static Words {
        text::console::words::TEXTS.of(self.language)
    }

    /// What a resource is called.
    pub(super) fn resource(&self, resource: &str) -> String {
        let words = self.words();
        match resource {
            "messaging/healthcare-initiated" => words.initiated.to_owned(),
            "messaging/incoming" => words.incoming.to_owned(),
            "button-order" => words.order.to_owned(),
            other => match other.strip_prefix("buttons/") {
                Some(id) => (words.button)(&self.button(id)),
                None => shown(other),
            },
        }
    }

    /// How a button is called: by its title where it still has one.
    pub(super) fn button(&self, id: &str) -> String {
        let button = self.state.button(id);
        let title = button.and_then(|button| language::choose(&button.title, Some(self.language.tag())));
        shown(title.unwrap_or(id))
    }

    /// The facts of a resource as the change log keeps it; none if it is gone.
    pub(super) fn facts(&self, resource: &str, value: &Value) -> Vec<Fact> {
        if value.is_null() {
            return Vec::new();
        }
        let facts = match resource {
            "messaging/healthcare-initiated" => {
                read(value).map(|body| self.direction(self.words().initiated_switch, &body))
            }
            "messaging/incoming" => read(value).map(|body| self.direction(self.words().incoming_switch, &body)),
            "button-order" => read(value).map(|body| self.order(&body)),
            _ => read(value).map(|body| self.button_facts(&body)),
        };
        let as_it_stands =
            || vec![Fact { label: self.words().content.to_owned(), said: Description::One(shown(&value.to_string())) }];
        facts.unwrap_or_else(as_it_stands)
    }

    fn direction(&self, label: &str, body: &DirectionBody) -> Vec<Fact> {
        let DirectionBody { enabled, accessible_to } = body;
        vec![
            fact(label, self.words().switch(*enabled)),
            Fact { label: self.words().access.to_owned(), said: self.access(accessible_to) },
        ]
    }

    fn access(&self, access: &Access) -> Description {
        match access {
            Access::Everyone(_) => Description::One(self.words().everyone.to_owned()),
            Access::People(ids) if ids.is_empty() => Description::One(self.words().nobody.to_owned()),
            Access::People(ids) => Description::Set(ids.iter().map(|id| self.directory.name(id)).collect()),
        }
    }

    fn order(&self, body: &OrderBody) -> Vec<Fact> {
        let row = body.order.iter().map(|id| self.button(id)).collect();
        vec![Fact { label: self.words().order.to_owned(), said: Description::Row(row) }]
    }

    fn button_facts(&self, body: &ButtonBody) -> Vec<Fact> {
        let words = self.words();
        let ButtonBody { leads_to, title, active, shown_in } = body;
        let mut facts = vec![fact(words.leads_to, Target::read(leads_to).said(words))];
        let titled = |(tag, text): (&String, &String)| fact(&(words.title)(&words.language(tag)), shown(text));
        facts.extend(title.iter().map(titled));
        facts.push(fact(words.active, words.yes_or_no(*active)));
        facts.push(Fact { label: words.shown_in.to_owned(), said: Description::Set(self.surfaces(shown_in)) });
        facts
    }

    fn surfaces(&self, places: &[String]) -> Vec<String> {
        let words = self.words();
        let word = |place: &String| match place.as_str() {
            "app" => words.app.to_owned(),
            "web" => words.web.to_owned(),
            other => shown(other),
        };
        places.iter().map(word).collect()
    }
}

fn fact(label: &str, said: impl Into<String>) -> Fact {
    Fact { label: label.to_owned(), said: Description::One(said.into()) }
}

fn read<T: DeserializeOwned>(value: &Value) -> Option<T> {
    serde_json::from_value(value.clone()).ok()
}

#[cfg(test)]
mod tests {
    use super::{Description, Fact, Pair, pairs};

    #[test]
    fn what_one_version_alone_says_is_kept() {
        let one = |label: &str, text: &str| Fact { label: label.to_owned(), said: Description::One(text.to_owned()) };
        let said = |text: &str| Some(Description::One(text.to_owned()));
        let found = pairs(vec![one("a", "1"), one("b", "2")], vec![one("c", "3"), one("b", "2")]);
        let pair = |label: &str, one, other| Pair { label: label.to_owned(), one, other };
        let expected = [pair("a", said("1"), None), pair("b", said("2"), said("2")), pair("c", None, said("3"))];
        assert_eq!(found, expected);
        assert_eq!(found.iter().map(Pair::differs).collect::<Vec<_>>(), [true, false, true]);
    }
}
