//! `Retry-After` (RFC 9110, 10.2.3) in all the spellings that systems use.

use jiff::Timestamp;
use reqwest::header::{DATE, HeaderMap, RETRY_AFTER};
use std::time::Duration;

/// The shortest wait: a system that says `0`, something negative, or a date that is over, is not asked again at once.
pub(super) const SHORTEST: Duration = Duration::from_secs(1);

/// The longest time that a run waits at one go, whatever it may spend: nobody watches a line that stands still for
/// longer, and a pipeline is cheaper to start again than to keep.
pub(super) const LONGEST: Duration = Duration::from_secs(600);

/// One time that a system names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum ComeBack {
    /// In so long, at least [`SHORTEST`].
    In(Duration),
    /// On this date, which the system spells so.
    At(Timestamp, String),
}

/// How long the system asks to be left alone, at least [`SHORTEST`]; `None` if it says nothing that can be read.
/// Where it says so twice, the longer time counts: the request then comes too early for neither.
///
/// A date is measured against the `Date` of the same answer, since the clock here may be wrong; against `now` where
/// the answer has none.
#[must_use]
pub fn asked(headers: &HeaderMap, now: Timestamp) -> Option<Duration> {
    let answered = headers.get(DATE).and_then(|value| date(value.to_str().ok()?));
    let now = answered.unwrap_or(now);
    let times = said(headers).map(|said| match said {
        ComeBack::In(time) => time,
        // A date that is over is no time at all.
        ComeBack::At(date, _) => Duration::try_from(date.duration_since(now)).unwrap_or_default(),
    });
    times.max().map(|time| time.max(SHORTEST))
}

/// What to tell people of it: the latest date, which is the same on every clock, or else the longest time.
pub(super) fn come_back(headers: &HeaderMap) -> Option<ComeBack> {
    said(headers).max_by_key(|said| match said {
        ComeBack::In(time) => (Timestamp::MIN, *time),
        ComeBack::At(date, _) => (*date, Duration::ZERO),
    })
}

/// Every time that can be read.
fn said(headers: &HeaderMap) -> impl Iterator<Item = ComeBack> {
    headers.get_all(RETRY_AFTER).iter().filter_map(|value| value.to_str().ok()).flat_map(times)
}

/// The times in one value of the header. Proxies join several with a comma, which most dates have inside too.
fn times(text: &str) -> Vec<ComeBack> {
    let mut parts = text.split(',').map(str::trim).peekable();
    let mut times = Vec::new();
    while let Some(part) = parts.next() {
        let joined = parts.peek().map(|next| format!("{part}, {next}"));
        if let Some(time) = joined.and_then(at) {
            parts.next();
            times.push(time);
        } else {
            times.extend(at(part.to_owned()).or_else(|| seconds(part).map(|time| ComeBack::In(time.max(SHORTEST)))));
        }
    }
    times
}

fn at(text: String) -> Option<ComeBack> {
    date(&text).map(|date| ComeBack::At(date, text))
}

fn date(text: &str) -> Option<Timestamp> {
    Timestamp::try_from(httpdate::parse_http_date(text.trim()).ok()?).ok()
}

/// Seconds, for which some systems write a sign or a fraction.
fn seconds(text: &str) -> Option<Duration> {
    if !text.bytes().all(|byte| byte.is_ascii_digit() || b"+-.".contains(&byte)) {
        return None;
    }
    let seconds: f64 = text.parse().ok()?;
    // More than fits is longer than anybody waits.
    Some(Duration::try_from_secs_f64(seconds.max(0.0)).unwrap_or(Duration::MAX))
}

/// `5 s`, `90 s`, `15 min`, `3 h`, `12 days`: rounded up, so that nobody comes back too early.
pub(super) fn spelled(time: Duration) -> String {
    let seconds = time.as_secs().saturating_add(u64::from(time.subsec_nanos() > 0));
    match seconds {
        0..=120 => format!("{seconds} s"),
        121..=7_200 => format!("{} min", seconds.div_ceil(60)),
        7_201..=172_800 => format!("{} h", seconds.div_ceil(3_600)),
        _ => format!("{} days", seconds.div_ceil(86_400)),
    }
}

#[cfg(test)]
mod tests {
    use super::{ComeBack, asked, come_back, spelled};
    use jiff::Timestamp;
    use proptest::prelude::*;
    use reqwest::header::{DATE, HeaderMap, HeaderValue, RETRY_AFTER};
    use std::time::Duration;

    fn now() -> Timestamp {
        "2026-11-22T22:00:00Z".parse().expect("a time")
    }

    fn waits(values: &[&[u8]]) -> Option<u64> {
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append(RETRY_AFTER, HeaderValue::from_bytes(value).expect("a header"));
        }
        asked(&headers, now()).map(|wait| wait.as_secs())
    }

    #[test]
    fn every_spelling_is_obeyed_and_nothing_else_is_made_up() {
        let cases: &[(&str, Option<u64>)] = &[
            ("5", Some(5)),
            (" 5 ", Some(5)),
            ("+5", Some(5)),
            ("007", Some(7)),
            ("1.5", Some(1)),
            ("0", Some(1)),
            ("-1", Some(1)),
            ("-99999999", Some(1)),
            ("600", Some(600)),
            ("99999999", Some(99_999_999)),
            ("99999999999999999999999999", Some(u64::MAX)),
            ("Sun, 22 Nov 2026 22:01:30 GMT", Some(90)),
            ("Sunday, 22-Nov-26 22:01:30 GMT", Some(90)),
            ("Sun Nov 22 22:01:30 2026", Some(90)),
            ("Sun, 22 Nov 2026 21:00:00 GMT", Some(1)),
            ("Thu, 01 Jan 1970 00:00:00 GMT", Some(1)),
            ("5, 90", Some(90)),
            ("90,5", Some(90)),
            ("5, Sun, 22 Nov 2026 22:01:30 GMT", Some(90)),
            ("Sun, 22 Nov 2026 22:01:30 GMT, 5", Some(90)),
            ("Sun, 22 Nov 2026 22:01:30 GMT,120", Some(120)),
            ("Sun, 22 Nov 2026 22:01:30 GMT, Sun, 22 Nov 2026 22:02:30 GMT", Some(150)),
            ("Sun, 22 Nov 2026 22:02:30 GMT,Sunday, 22-Nov-26 22:01:30 GMT", Some(150)),
            ("Sun Nov 22 22:01:30 2026, Sun, 22 Nov 2026 22:00:30 GMT, 7", Some(90)),
            ("Sun, 5, Sun, 22 Nov 2026 22:01:30 GMT, soon", Some(90)),
            ("Sun, 22 Nov 2026 21:00:00 GMT, -3", Some(1)),
            ("soon", None),
            ("", None),
            (" ", None),
            ("5 s", None),
            ("0x10", None),
            ("1e3", None),
            ("inf", None),
            ("NaN", None),
            (".", None),
            ("--5", None),
            ("2026-11-22T22:01:30Z", None),
            ("Sun, 32 Nov 2026 22:01:30 GMT", None),
        ];
        for (text, expected) in cases {
            assert_eq!(waits(&[text.as_bytes()]), *expected, "{text:?}");
        }
    }

    #[test]
    fn of_two_the_longer_one_counts_and_one_that_cannot_be_read_counts_for_nothing() {
        assert_eq!(waits(&[]), None);
        assert_eq!(waits(&[b"5", b"90"]), Some(90));
        assert_eq!(waits(&[b"90", b"soon"]), Some(90));
        assert_eq!(waits(&[b"5", b"Sun, 22 Nov 2026 22:01:30 GMT"]), Some(90));
        assert_eq!(waits(&[b"\xff\xfe"]), None);
    }

    #[test]
    fn a_date_is_measured_against_the_answers_own_where_it_has_one() {
        let waits = |said: &str, date: &str| {
            let value = |text| HeaderValue::from_str(text).expect("a header");
            let headers = HeaderMap::from_iter([(RETRY_AFTER, value(said)), (DATE, value(date))]);
            asked(&headers, now()).map(|wait| wait.as_secs())
        };
        let later = "Mon, 23 Nov 2026 09:00:30 GMT";
        assert_eq!(waits(later, "Mon, 23 Nov 2026 09:00:00 GMT"), Some(30));
        assert_eq!(waits(later, "Mon, 23 Nov 2026 10:00:00 GMT"), Some(1));
        assert_eq!(waits(later, "today"), Some(11 * 3600 + 30));
        assert_eq!(waits("5", "Mon, 23 Nov 2026 09:00:00 GMT"), Some(5));
    }

    #[test]
    fn people_are_told_the_latest_date_as_it_is_spelled_or_the_longest_time() {
        let told = |said: &[&'static str]| {
            let value = |text: &&'static str| (RETRY_AFTER, HeaderValue::from_static(text));
            come_back(&said.iter().map(value).collect()).map(|said| match said {
                ComeBack::In(time) => spelled(time),
                ComeBack::At(_, date) => date,
            })
        };
        let (sooner, later) = ("Sun, 22 Nov 2026 22:01:30 GMT", "Sunday, 22-Nov-26 22:02:30 GMT");
        assert_eq!(told(&["5, 90", "7"]), Some("90 s".to_owned()));
        assert_eq!(told(&["7200", sooner, later]), Some(later.to_owned()));
        assert_eq!(told(&["Sunday, 22-Nov-26 22:02:30 GMT, Sun, 22 Nov 2026 22:01:30 GMT, 5"]), Some(later.to_owned()));
        assert_eq!(told(&["-1"]), Some("1 s".to_owned()));
        assert_eq!(told(&["soon"]), None);
    }

    #[test]
    fn a_time_is_spelled_for_people_and_never_too_short() {
        for (milliseconds, text) in [
            (0, "0 s"),
            (1, "1 s"),
            (12_000, "12 s"),
            (120_000, "120 s"),
            (120_001, "3 min"),
            (3_600_000, "60 min"),
            (7_200_001, "3 h"),
            (172_800_001, "3 days"),
        ] {
            assert_eq!(spelled(Duration::from_millis(milliseconds)), text);
        }
        assert_eq!(spelled(Duration::MAX), "213503982334602 days");
    }

    fn a_time() -> impl Strategy<Value = (String, u64)> {
        let date = |seconds: u64| {
            let at = now() + Duration::from_secs(seconds);
            (at.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string(), seconds)
        };
        prop_oneof![(1..9000u64).prop_map(|seconds| (seconds.to_string(), seconds)), (1..9000u64).prop_map(date)]
    }

    proptest! {
        #[test]
        fn of_times_that_are_joined_in_any_mix_the_longest_counts(times in proptest::collection::vec(a_time(), 1..6)) {
            let texts: Vec<_> = times.iter().map(|(text, _)| text.as_str()).collect();
            prop_assert_eq!(waits(&[texts.join(", ").as_bytes()]), times.iter().map(|(_, seconds)| *seconds).max());
        }

        #[test]
        fn any_header_is_a_wait_of_a_second_or_more_or_none(value in proptest::collection::vec(any::<u8>(), 0..40)) {
            let Ok(value) = HeaderValue::from_bytes(&value) else { return Ok(()) };
            let headers = HeaderMap::from_iter([(RETRY_AFTER, value)]);
            prop_assert!(asked(&headers, now()).is_none_or(|wait| wait >= Duration::from_secs(1)));
        }
    }
}
