//! Moments, as people at a clinic say them.

use crate::pages::language::Language;
use crate::pages::shown::shown;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

/// The zone of the clinics. Where the machine does not know it, times are those of UTC, and say so.
const ZONE: &str = "Europe/Stockholm";

const MONTHS_SV: [&str; 12] =
    ["jan.", "feb.", "mars", "apr.", "maj", "juni", "juli", "aug.", "sep.", "okt.", "nov.", "dec."];
const MONTHS_EN: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// A moment: for machines, and in words.
#[derive(Debug, Clone)]
pub(crate) struct Moment {
    pub(crate) machine: String,
    pub(crate) words: String,
}

impl Moment {
    /// The moment of an RFC 3339 text; what is none is shown as it is.
    pub(crate) fn read(at: &str, language: Language) -> Self {
        let time = at.parse::<Timestamp>().map(local);
        let words = time.map_or_else(|_| shown(at), |time| words(&time, language));
        Self { machine: shown(at), words }
    }
}

/// What the clocks of the clinics say.
pub(crate) fn local(time: Timestamp) -> Zoned {
    time.in_tz(ZONE).unwrap_or_else(|_| time.to_zoned(TimeZone::UTC))
}

fn words(time: &Zoned, language: Language) -> String {
    let month = usize::from(time.month().unsigned_abs()).saturating_sub(1);
    let zone = if time.time_zone() == &TimeZone::UTC { " UTC" } else { "" };
    let (day, year, clock) = (time.day(), time.year(), time.strftime("%H:%M"));
    match language {
        Language::Swedish => format!("{day} {} {year} kl. {clock}{zone}", MONTHS_SV.get(month).unwrap_or(&"")),
        Language::English => format!("{day} {} {year}, {clock}{zone}", MONTHS_EN.get(month).unwrap_or(&"")),
    }
}

#[cfg(test)]
mod tests {
    use super::{Moment, words};
    use crate::pages::language::Language;
    use jiff::tz::TimeZone;

    #[test]
    fn a_moment_is_said_in_both_languages() {
        let time = "2026-11-18T05:20:31Z".parse::<jiff::Timestamp>().unwrap().to_zoned(TimeZone::UTC);
        assert_eq!(words(&time, Language::Swedish), "18 nov. 2026 kl. 05:20 UTC");
        assert_eq!(words(&time, Language::English), "18 Nov 2026, 05:20 UTC");
    }

    #[test]
    fn what_is_no_moment_is_shown() {
        assert_eq!(Moment::read("soon\u{202e}", Language::English).words, "soon\\u{202e}");
    }
}
