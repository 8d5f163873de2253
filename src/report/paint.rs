//! Colours, and their absence. A sign or a word always says the same thing that the colour says.

use anstyle::{AnsiColor, Style};
use std::fmt::Display;

/// Whether text is coloured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paint {
    /// With ANSI colours.
    Coloured,
    /// As it is.
    Plain,
}

impl Paint {
    /// What is added.
    #[must_use]
    pub fn added(self, text: impl Display) -> String {
        self.with(AnsiColor::Green.on_default(), text)
    }

    /// What is changed.
    #[must_use]
    pub fn changed(self, text: impl Display) -> String {
        self.with(AnsiColor::Yellow.on_default(), text)
    }

    /// What is removed or wrong.
    #[must_use]
    pub fn removed(self, text: impl Display) -> String {
        self.with(AnsiColor::Red.on_default(), text)
    }

    /// What a line is about.
    #[must_use]
    pub fn title(self, text: impl Display) -> String {
        self.with(Style::new().bold(), text)
    }

    /// What may be skipped.
    #[must_use]
    pub fn aside(self, text: impl Display) -> String {
        self.with(Style::new().dimmed(), text)
    }

    fn with(self, style: Style, text: impl Display) -> String {
        match self {
            Self::Coloured => format!("{style}{text}{style:#}"),
            Self::Plain => text.to_string(),
        }
    }
}
