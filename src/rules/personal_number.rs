//! `personal-number`: a personal identity number in a file.

use super::Rule;
use crate::diagnostic::Finding;
use crate::source::{FileId, Place, Span};
use jiff::civil::Date;

pub(super) const RULE: Rule = Rule::error(
    "personal-number",
    "a Swedish personal identity number in a file, comments included",
    "Files are copied to every laptop and kept for ever in the history; a patient's or a colleague's personal identity \
     number must not be among them. Coordination numbers count as well.\n\n\
     Found are ten and twelve digits in the usual spellings (`YYMMDD-NNNN`, `YYMMDD+NNNN`, `YYYYMMDD-NNNN`, and without \
     the sign) that hold a real date and a right check digit and stand alone. Part of an HSA-id, of a telephone number \
     or of a longer number is not found, and an organisation number holds no date.\n\n\
     Guilty, with digits for the letters:\n\n    # asked for by YYMMDD-NNNN\n\n\
     Name people by e-mail address, HSA-id or staff id. Deleting the line does not delete it from the history: tell \
     whoever is responsible for personal data. The finding never repeats the whole number.",
).fixed().in_text(in_text);

/// What stands between the day and the last four digits. A space too: people write it, although a time of day after a
/// date (`261122 1430`) can look the same; it is better to write such a date with hyphens than to miss a number.
const SIGNS: &[char] = &['-', '+', ' ', '\u{a0}', '\u{2010}', '\u{2011}', '\u{2012}', '\u{2013}', '\u{2212}'];

/// Added to the day in a coordination number.
const COORDINATION: i8 = 60;

/// The fewest digits that a number can begin with.
const FEWEST: usize = "YYMMDD".len();

fn in_text(file: FileId, text: &str, findings: &mut Vec<Finding>) {
    let mut at = 0;
    while let Some(start) = next_run(text.as_bytes(), at) {
        let run = digits(text, start);
        at = start + run.len();
        if let Some(candidate) = Candidate::at(text, start, run).filter(|candidate| candidate.is_personal(text)) {
            at = candidate.end;
            findings.push(finding(Place { file, span: Span::new(start, at) }, &candidate));
        }
    }
}

/// Where the next run of enough digits begins. Such a run covers one of every so many bytes, and no others need be
/// looked at.
fn next_run(text: &[u8], from: usize) -> Option<usize> {
    let mut probe = from + FEWEST - 1;
    while let Some(byte) = text.get(probe) {
        if !byte.is_ascii_digit() {
            probe += FEWEST;
            continue;
        }
        let before = text[from..probe].iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
        let after = text[probe..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        if before + after >= FEWEST {
            return Some(probe - before);
        }
        probe += after + FEWEST;
    }
    None
}

/// The digits from `start` on.
fn digits(text: &str, start: usize) -> &str {
    let rest = text.get(start..).unwrap_or_default();
    let end = rest.bytes().position(|b| !b.is_ascii_digit()).unwrap_or(rest.len());
    rest.get(..end).unwrap_or_default()
}

/// Digits in one of the usual spellings.
#[derive(Debug, Clone, Copy)]
struct Candidate<'a> {
    /// `YYMMDD` or `YYYYMMDD`.
    day: &'a str,
    /// The sign before the last four, if one is written.
    sign: Option<char>,
    /// The last four digits.
    serial: &'a str,
    /// The first byte.
    start: usize,
    /// The byte after the last.
    end: usize,
}

impl<'a> Candidate<'a> {
    fn at(text: &'a str, start: usize, run: &'a str) -> Option<Self> {
        match run.len() {
            10 | 12 => {
                let (day, serial) = run.split_at(run.len() - 4);
                Some(Self { day, sign: None, serial, start, end: start + run.len() })
            }
            6 | 8 => {
                let sign = text.get(start + run.len()..)?.chars().next().filter(|sign| SIGNS.contains(sign))?;
                let at = start + run.len() + sign.len_utf8();
                let serial = digits(text, at);
                (serial.len() == 4).then_some(Self { day: run, sign: Some(sign), serial, start, end: at + 4 })
            }
            _ => None,
        }
    }

    fn is_personal(&self, text: &str) -> bool {
        self.check_digit_holds() && self.is_real_day() && self.stands_alone(text)
    }

    /// Luhn, over the ten digits that the number always has.
    fn check_digit_holds(&self) -> bool {
        let century = self.day.len() - 6;
        let digits = self.day.bytes().skip(century).chain(self.serial.bytes()).map(|b| u32::from(b - b'0'));
        let share = |(at, digit): (usize, u32)| if at % 2 == 0 { digit * 2 / 10 + digit * 2 % 10 } else { digit };
        digits.enumerate().map(share).sum::<u32>().is_multiple_of(10)
    }

    /// Whether the day is a possible birthday; without a century, in any. Organisation numbers fail here: their third
    /// digit is at least 2, so that they name no month.
    fn is_real_day(&self) -> bool {
        let (year, month_day) = self.day.split_at(self.day.len() - 4);
        let (Ok(year), Ok(number)) = (year.parse::<i16>(), month_day.parse::<i16>()) else { return false };
        let year = if year < 100 { 2000 + year } else { year };
        let (Ok(month), Ok(day)) = (i8::try_from(number / 100), i8::try_from(number % 100)) else { return false };
        let day = if day > COORDINATION { day - COORDINATION } else { day };
        (1800..2100).contains(&year) && Date::new(year, month, day).is_ok()
    }

    /// Whether the digits are a whole word: not part of a longer number, an HSA-id, a telephone number (`+46...`), or,
    /// if nothing but their length tells them from any other number, of a web address.
    fn stands_alone(&self, text: &str) -> bool {
        let (before, after) = (&text[..self.start], &text[self.end..]);
        let mut left = before.chars().rev();
        let mut right = after.chars();
        let joined = joins(left.next(), left.next()) || joins(right.next(), right.next());
        let telephone = before.ends_with('+');
        let ten_digits = self.sign.is_none() && self.day.len() == 6;
        !(joined || telephone || ten_digits && ends_in_address(before))
    }
}

/// Whether a number goes on in `neighbour`, looking one character further.
fn joins(neighbour: Option<char>, beyond: Option<char>) -> bool {
    match neighbour {
        Some('-' | '+') => beyond.is_some_and(char::is_alphanumeric),
        Some('.' | ',') => beyond.is_some_and(|c| c.is_ascii_digit()),
        Some(c) => c.is_alphanumeric() || c == '_',
        None => false,
    }
}

/// Whether a web address runs on at the end of `before`.
fn ends_in_address(before: &str) -> bool {
    let word = before.rsplit(char::is_whitespace).next().unwrap_or_default();
    word.contains("://")
}

/// The message shows the year's last digits and the form, never the number.
fn finding(place: Place, candidate: &Candidate<'_>) -> Finding {
    let Candidate { day, sign, .. } = candidate;
    let stars = "*".repeat(day.len() - 2);
    let sign = sign.map(String::from).unwrap_or_default();
    let message = format!("this is a personal identity number: `{}{stars}{sign}****`", &day[..2]);
    let help = "name people by e-mail address, HSA-id or staff id; write a date with hyphens and a telephone number \
                in international form";
    RULE.finding(place, message).labelled("a real date and a right check digit").help(help)
}
