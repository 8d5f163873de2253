//! Personal identity numbers: found in every usual spelling, and nowhere else. All numbers are computed here.

use clinicctl::rules;
use clinicctl::source::FileId;
use jiff::civil::Date;
use proptest::prelude::*;

/// One of the numbers that the tax agency publishes for tests, in parts so that it stands nowhere whole.
pub(super) const SOMEBODY: [&str; 4] = ["1981", "1218", "98", "76"];

/// Day and serial with the right check digit.
#[derive(Debug, Clone)]
struct Number {
    century: String,
    day: String,
    serial: String,
}

fn check_digit(nine: &str) -> u32 {
    let share = |(at, b): (usize, u8)| {
        let digit = u32::from(b - b'0') * if at.is_multiple_of(2) { 2 } else { 1 };
        digit / 10 + digit % 10
    };
    (10 - nine.bytes().enumerate().map(share).sum::<u32>() % 10) % 10
}

impl Number {
    fn new(date: Date, coordination: bool, serial: u16) -> Self {
        let day = date.day() + if coordination { 60 } else { 0 };
        let day = format!("{:02}{:02}{day:02}", date.year() % 100, date.month());
        let nine = format!("{day}{serial:03}");
        let serial = format!("{serial:03}{}", check_digit(&nine));
        Self { century: format!("{:02}", date.year() / 100), day, serial }
    }

    fn spellings(&self) -> Vec<String> {
        let Self { century, day, serial } = self;
        let signs = ["", "-", "+", " ", "\u{2013}"];
        let short = signs.iter().map(|sign| format!("{day}{sign}{serial}"));
        let long = signs.iter().map(|sign| format!("{century}{day}{sign}{serial}"));
        short.chain(long).collect()
    }

    fn with_wrong_check_digit(&self) -> Self {
        let last = self.serial[3..].parse::<u32>().expect("is a digit");
        Self { serial: format!("{}{}", &self.serial[..3], (last + 1) % 10), ..self.clone() }
    }
}

prop_compose! {
    fn numbers()(year in 1890_i16..2030, month in 1_i8..=12, day in 1_i8..=28, serial in 1_u16..1000, coordination: bool)
        -> Number {
        Number::new(Date::new(year, month, day).expect("every month has 28 days"), coordination, serial)
    }
}

fn found(text: &str) -> usize {
    rules::in_text(FileId(0), text).iter().filter(|finding| finding.rule == "personal-number").count()
}

proptest! {
    #[test]
    fn every_spelling_is_found_where_it_stands(
        number in numbers(),
        before in prop::sample::select(vec!["", "# ", "label: ", "'", "[", "(", "å ", "seen:", "a@"]),
        after in prop::sample::select(vec!["", "\n", ".", ", ", "'", "]", "@x.example", " - who"]),
    ) {
        for spelling in number.spellings() {
            let text = format!("{before}{spelling}{after}");
            let findings = rules::in_text(FileId(0), &text);
            prop_assert_eq!(findings.len(), 1, "{}", text);
            let range = findings[0].labels[0].place.span.range();
            prop_assert_eq!(&text[range], spelling.as_str());
            prop_assert!(!findings[0].message.contains(&number.serial));
            prop_assert!(!findings[0].message.contains(&number.day));
        }
    }

    #[test]
    fn a_wrong_check_digit_is_no_number(number in numbers()) {
        for spelling in number.with_wrong_check_digit().spellings() {
            prop_assert_eq!(found(&spelling), 0, "{}", spelling);
        }
    }

    #[test]
    fn part_of_something_longer_is_no_number(number in numbers(), digit in 0..10) {
        for spelling in number.spellings() {
            for text in [
                format!("{digit}{spelling}"),
                format!("{spelling}{digit}"),
                format!("x{spelling}"),
                format!("{spelling}x"),
                format!("{spelling}å"),
                format!("_{spelling}"),
                format!("+{spelling}"),
                format!("{digit}.{spelling}"),
                format!("SE2321000131-{spelling}"),
                format!("{spelling}-446655440000"),
            ] {
                prop_assert_eq!(found(&text), 0, "{}", text);
            }
        }
    }

    #[test]
    fn ten_bare_digits_of_a_web_address_are_no_number(number in numbers()) {
        let Number { century, day, serial } = &number;
        prop_assert_eq!(found(&format!("link:https://x.example/{day}{serial}")), 0);
        prop_assert_eq!(found(&format!("link:https://x.example/{century}{day}{serial}")), 1);
        prop_assert_eq!(found(&format!("link:https://x.example/?who={day}-{serial}")), 1);
    }

    #[test]
    fn any_text_is_read_without_a_panic(text in "[0-9+ \u{2013}å:/.-]{0,60}") {
        for finding in rules::in_text(FileId(0), &text) {
            prop_assert!(text.get(finding.labels[0].place.span.range()).is_some());
        }
    }
}

#[test]
fn an_impossible_day_is_no_number() {
    for day in ["811301", "810001", "810230", "810229", "810100", "810132", "810160", "810192"] {
        for serial in 0..1000 {
            let nine = format!("{day}{serial:03}");
            assert_eq!(found(&format!("{nine}{}", check_digit(&nine))), 0, "{nine}");
        }
    }
}

#[test]
fn a_leap_day_is_one() {
    let text = |day: &str| format!("{day}123{}", check_digit(&format!("{day}123")));
    assert_eq!(found(&text("800229")), 1);
    assert_eq!(found(&text("000289")), 1);
    assert_eq!(found(&format!("19{}", text("000229"))), 0);
    assert_eq!(found(&format!("20{}", text("000229"))), 1);
}

#[test]
fn the_other_numbers_of_a_fleet_are_innocent() {
    for text in
        ["phone:+46701740605", "org 232100-0131", "SE2321000131-N1001", "at: 2026-11-20T09:12:44Z", "revision: 42"]
    {
        assert_eq!(found(text), 0, "{text}");
    }
}

#[test]
fn the_published_number_is_found_and_each_one_of_several() {
    let whole = SOMEBODY.concat();
    assert_eq!(found(&whole), 1);
    assert_eq!(found(&format!("{whole}, {whole} {whole}\n# {whole}")), 4);
}
