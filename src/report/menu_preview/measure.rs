//! How wide a text is, where it breaks, and in which direction it runs.
//!
//! A picture does not know which letters its reader has. The widths are those of wide and bold ones (Verdana, DejaVu
//! Sans), so that a line never runs out of its button: with narrower letters it only ends a little early.

/// Widths are in hundredths of the size of the letters.
pub(super) type Width = u32;

/// What stands for the rest of a text that is cut.
const ELLIPSIS: char = '…';

/// The width of a text.
pub(super) fn width(text: &str) -> Width {
    text.chars().map(width_of).sum()
}

fn width_of(c: char) -> Width {
    match c {
        _ if joins_the_one_before(c) => 0,
        'i' | 'j' | 'l' | 'I' | '|' | '!' | '\'' | '.' | ',' | ':' | ';' | ' ' => 40,
        'f' | 'r' | 't' | '(' | ')' | '[' | ']' | '/' | '\\' | '-' => 50,
        'm' | 'w' | 'M' | 'W' | '@' | '%' | ELLIPSIS => 108,
        'a'..='z' | '0'..='9' => 70,
        'A'..='Z' => 84,
        '\u{1100}'..='\u{115f}' | '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}' => 105,
        '\u{fe30}'..='\u{fe6f}' | '\u{ff00}'..='\u{ff60}' | '\u{ffe0}'..='\u{ffe6}' => 105,
        '\u{2190}'..='\u{2bff}' => 105,
        '\u{1f000}'.. => 130,
        _ => 78,
    }
}

/// Marks that are drawn over or under the character before them, and the selectors of its look.
const fn joins_the_one_before(c: char) -> bool {
    matches!(c,
        '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5bd}' | '\u{610}'..='\u{61a}'
        | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{6d6}'..='\u{6dc}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}'
        | '\u{20d0}'..='\u{20ff}' | '\u{fe00}'..='\u{fe0f}' | '\u{fe20}'..='\u{fe2f}' | '\u{1f3fb}'..='\u{1f3ff}')
}

/// The text in at most `most` lines of this width, broken between words if that is possible, and cut with `…` where it
/// is too long.
pub(super) fn lines(text: &str, width: Width, most: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut rest = text.trim();
    while lines.len() + 1 < most && self::width(rest) > width {
        let (line, left) = rest.split_at(end_of_line(rest, width));
        lines.push(line.trim_end().to_owned());
        rest = left.trim_start();
    }
    lines.push(cut(rest, width));
    lines
}

/// The byte at which a line ends: behind its last word that fits, or inside of a word that is longer than a line.
fn end_of_line(text: &str, width: Width) -> usize {
    let end = fitting(text, width);
    let blank = text[..end].rfind(char::is_whitespace).filter(|at| *at > 0);
    let word_ends = text[end..].starts_with(char::is_whitespace);
    if word_ends { end } else { blank.unwrap_or(end) }
}

/// The text, or as much of its beginning as fits, and an ellipsis.
fn cut(text: &str, width: Width) -> String {
    if self::width(text) <= width {
        return text.to_owned();
    }
    let end = fitting(text, width.saturating_sub(width_of(ELLIPSIS)));
    format!("{}{ELLIPSIS}", text[..end].trim_end())
}

/// How many bytes of the text fit, at least one character; a mark is never parted from its character.
fn fitting(text: &str, width: Width) -> usize {
    let mut used = 0;
    let over = |(at, c): &(usize, char)| {
        used += width_of(*c);
        used > width && *at > 0
    };
    text.char_indices().find(over).map_or(text.len(), |(at, _)| at)
}

/// Whether the text runs from right to left: its first letter with a direction decides.
pub(super) fn runs_leftwards(text: &str) -> bool {
    let leftwards = |c: char| {
        matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}' | '\u{10800}'..='\u{10fff}'
            | '\u{1e800}'..='\u{1efff}')
    };
    text.chars().find(|c| c.is_alphabetic()).is_some_and(leftwards)
}

#[cfg(test)]
mod tests {
    use super::{lines, runs_leftwards, width};
    use proptest::prelude::*;

    #[test]
    fn a_text_breaks_between_words_and_is_cut_where_it_is_too_long() {
        for (text, drawn) in [
            ("Boka tid", vec!["Boka tid"]),
            ("", vec![""]),
            ("Reseptin uusiminen verkossa", vec!["Reseptin uusiminen", "verkossa"]),
            ("Reseptin uusiminen verkossa tai puhelimella", vec!["Reseptin uusiminen", "verkossa tai puheli…"]),
            ("Vaccinationsbokningssidan", vec!["Vaccinationsbokning", "ssidan"]),
            ("预约医生就诊时间和疫苗接种服务", vec!["预约医生就诊时间和疫苗", "接种服务"]),
        ] {
            assert_eq!(lines(text, 1250, 2), drawn, "{text}");
        }
    }

    #[test]
    fn a_mark_stays_with_its_letter() {
        let text = "e\u{301}".repeat(40);
        for line in lines(&text, 1000, 2) {
            assert!(line.starts_with('e') && (line.ends_with('\u{301}') || line.ends_with('…')), "{line:?}");
        }
    }

    #[test]
    fn the_first_letter_says_the_direction() {
        for (text, leftwards) in
            [("حجز موعد", true), ("12 תור", true), ("Boka tid", false), ("Boka حجز", false), ("123", false)]
        {
            assert_eq!(runs_leftwards(text), leftwards, "{text}");
        }
    }

    proptest! {
        #[test]
        fn lines_are_never_too_wide_nor_too_many(text in any::<String>(), most in 1usize..4) {
            let lines = lines(&text, 1200, most);
            prop_assert!(!lines.is_empty() && lines.len() <= most);
            prop_assert!(lines.iter().all(|line| width(line) <= 1200), "{lines:?}");
        }
    }
}
