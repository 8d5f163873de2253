//! `Retry-After` (RFC 9110, 10.2.3) in all the spellings that systems use.

use jiff::Timestamp;
use reqwest::header::HeaderMap;
use reqwest::header::RETRY_AFTER;
use std::time::Duration;

/// The shortest wait: a system that says `0`, something negative, or a date that is over, is not asked again at once.
pub(super) const SHORTEST: Duration = Duration::from_secs(1);

/// The longest time that a run waits at one go, whatever it may spend: nobody watches a line that stands still for
/// longer, and a pipeline is cheaper to start again than to keep.
pub(super) const LONGEST: Duration = Duration::from_secs(600);

/// How long the system asks to be left alone, at least [`SHORTEST`]; `None` where it says nothing that can be read.
/// Where it says so twice, the longer time counts: the request then comes too early for neither.
#[must_use]
pub fn asked(headers: &HeaderMap, now: Timestamp) -> Option<Duration> {
    let said = headers.get_all(RETRY_AFTER).iter().filter_map(|value| value.to_str().ok());
    said.filter_map(|text| time(text, now)).max()
}

/// One value of the header. Proxies join two with a comma, which dates have too.
fn time(text: &str, now: Timestamp) -> Option<Duration> {
    let time = date(text, now).or_else(|| text.split(',').filter_map(seconds).max());
    time.map(|time| time.max(SHORTEST))
}

fn date(text: &str, now: Timestamp) -> Option<Duration> {
    let date = Timestamp::try_from(httpdate::parse_http_date(text.trim()).ok()?).ok()?;
    // A date that is over is no time at all.
    Some(Duration::try_from(date.duration_since(now)).unwrap_or_default())
}

/// Seconds, for which some systems write a sign or a fraction.
fn seconds(text: &str) -> Option<Duration> {
    let text = text.trim();
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
    use super::asked;
    use super::spelled;
    use jiff::Timestamp;
    use proptest::prelude::*;
    use reqwest::header::HeaderMap;
    use reqwest::header::HeaderValue;
    use reqwest::header::RETRY_AFTER;
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

    proptest! {
        #[test]
        fn any_header_is_a_wait_of_a_second_or_more_or_none(value in proptest::collection::vec(any::<u8>(), 0..40)) {
            let Ok(value) = HeaderValue::from_bytes(&value) else { return Ok(()) };
            let headers = HeaderMap::from_iter([(RETRY_AFTER, value)]);
            prop_assert!(asked(&headers, now()).is_none_or(|wait| wait >= Duration::from_secs(1)));
        }
    }
}
