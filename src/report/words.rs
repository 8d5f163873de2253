//! Numbers and nouns in sentences.

/// `1 clinic`, `2,140 clinics`: the plural is the noun with an `s`, or what follows a `/`, as in `person/people`.
#[must_use]
pub fn count(number: usize, noun: &str) -> String {
    let (one, many) = noun.split_once('/').map_or_else(|| (noun, format!("{noun}s")), |(one, many)| (one, many.into()));
    format!("{} {}", thousands(number), if number == 1 { one } else { &many })
}

/// A number with commas between its thousands: `2,140`.
#[must_use]
pub fn thousands(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{count, thousands};

    #[test]
    fn thousands_are_grouped_from_the_right() {
        for (number, text) in [(0, "0"), (999, "999"), (1_000, "1,000"), (2_140, "2,140"), (1_234_567, "1,234,567")] {
            assert_eq!(thousands(number), text);
        }
    }

    #[test]
    fn nouns_agree_with_their_number() {
        assert_eq!(count(0, "clinic"), "0 clinics");
        assert_eq!(count(1, "clinic"), "1 clinic");
        assert_eq!(count(1, "person/people"), "1 person");
        assert_eq!(count(2, "person/people"), "2 people");
    }
}
