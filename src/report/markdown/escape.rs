//! Texts of files and live systems in Markdown, so that no reader of Markdown takes them for more than text.
//!
//! Escaping with backslashes or entities is not enough: GitHub and GitLab look for mentions, references, commits and
//! addresses in the text that results. They leave code spans alone. So a word that can only be a word stands as it is,
//! and everything else in a code span, which a text cannot end: its backticks and hidden characters are spelt out, and
//! so are its bars, which would end the cell of a table.

use crate::diagnostic::{Disarmer, Notation, escape_cut};
use crate::plan::Shadow;
use crate::source::Location;

/// The longest text in a code span, in characters: the longest title twice over.
const LONGEST_CODE: usize = 80;
/// The longest sentence, in characters; what follows explains nothing any more.
const LONGEST_SENTENCE: usize = 400;
/// The longest path, in characters: longer paths are not real.
const LONGEST_PATH: usize = 160;

/// `raw` as a code span.
pub(super) fn code(raw: &str) -> String {
    span(&escape_cut(raw, LONGEST_CODE))
}

/// A sentence or a name: words that can only be words, and code spans for the rest. What stands between backticks in a
/// sentence of ours becomes a code span too. Never put it at the start of a line: `1.` would begin a list.
pub(super) fn text(raw: &str) -> String {
    let safe = escape_cut(raw, LONGEST_SENTENCE);
    let mut text = String::with_capacity(safe.len() + 16);
    let mut rest: &str = &safe;
    while let Some((prose, tail)) = rest.split_once('`') {
        push_prose(&mut text, prose);
        // One without a second quotes nothing.
        let (quoted, after) = tail.split_once('`').unwrap_or(("`", tail));
        push_code(&mut text, quoted);
        rest = after;
    }
    push_prose(&mut text, rest);
    text
}

/// `file:line:column` as a code span.
pub(super) fn place(Location { file, line, column }: &Location) -> String {
    span(&format!("{}:{line}:{column}", escape_cut(file, LONGEST_PATH)))
}

/// The lines that are not heard, each with its layer: ``, instead of `a.yaml:3:4` (baseline `a`)``.
pub(super) fn shadows(shadows: &[Shadow]) -> String {
    let one = |Shadow { location, layer }: &Shadow| format!("{} ({})", place(location), text(&layer.to_string()));
    let all: Vec<_> = shadows.iter().map(one).collect();
    if all.is_empty() { String::new() } else { format!(", instead of {}", all.join(", ")) }
}

/// `safe`, which has no hidden characters, between backticks; and without a command for whoever prints the comment.
fn span(safe: &str) -> String {
    let safe = &*Disarmer::within_a_line(Notation::Text).disarm(safe.to_owned());
    let mut span = String::with_capacity(safe.len() + 2);
    span.push('`');
    let inner = safe.trim_matches(' ');
    let (before, after) =
        (safe.len() - safe.trim_start_matches(' ').len(), safe.trim_start_matches(' ').len() - inner.len());
    // A span loses a blank at each end, and one of blanks alone is not seen.
    span.extend(std::iter::repeat_n("\\u{20}", before));
    for c in inner.chars() {
        match c {
            '`' => span.push_str("\\u{60}"),
            '|' => span.push_str("\\u{7c}"),
            other => span.push(other),
        }
    }
    span.extend(std::iter::repeat_n("\\u{20}", after));
    if safe.is_empty() {
        return "(empty)".to_owned();
    }
    span.push('`');
    span
}

fn push_prose(text: &mut String, prose: &str) {
    for (at, word) in prose.split(' ').enumerate() {
        if at > 0 && !text.ends_with(' ') {
            text.push(' ');
        }
        push_word(text, word);
    }
}

/// The punctuation around a word stays outside of its code span.
fn push_word(text: &mut String, word: &str) {
    let core = word.trim_start_matches(['(', '"']);
    let (before, core) = word.split_at(word.len() - core.len());
    let kept = core.trim_end_matches(['.', ',', ';', ':', '!', '?', ')', '"']);
    let (core, after) = core.split_at(kept.len());
    text.push_str(before);
    if is_only_a_word(core) {
        text.push_str(core)
    } else {
        push_code(text, core)
    }
    text.push_str(after);
}

/// Two spans must not touch: their backticks would become those of one.
fn push_code(text: &mut String, code: &str) {
    if text.ends_with('`') {
        text.push(' ');
    }
    text.push_str(&span(code));
}

/// Whether `word` can only be read as a word or a number: letters with hyphens and apostrophes inside, not as
/// long as a commit if all of them are hexadecimal digits; or a short number. Signs beyond ASCII mean nothing to a
/// reader of Markdown.
fn is_only_a_word(word: &str) -> bool {
    let number = |c: char| c.is_ascii_digit() || c == ',';
    if word.is_empty() || (word.len() <= LONGEST_NUMBER && word.chars().all(number)) {
        return true;
    }
    let letter = |c: char| c.is_ascii_alphabetic() || (!c.is_ascii() && !c.is_whitespace());
    let inside = |c: char| letter(c) || c == '-' || c == '\'';
    let ends_well = word.starts_with(letter) && word.ends_with(letter);
    ends_well
        && word.chars().all(inside)
        && !word.chars().all(|c| c.is_ascii_hexdigit() && word.len() >= SHORTEST_COMMIT)
}

/// `999,999`.
const LONGEST_NUMBER: usize = 6;
/// The shortest text that GitHub and GitLab try as the name of a commit.
const SHORTEST_COMMIT: usize = 7;

#[cfg(test)]
mod tests {
    use super::{code, text};

    #[test]
    fn words_stay_words_and_the_rest_is_code() {
        for (raw, shown) in [
            ("Tomasz Lund", "Tomasz Lund"),
            ("Anna-Lena O'Brien (st-1009), 2,140 times!", "Anna-Lena O'Brien (`st-1009`), 2,140 times!"),
            ("the button `book` has no title in `en`", "the button `book` has no title in `en`"),
            ("@everyone: see #12", "`@everyone`: see `#12`"),
            ("defaced by deadbeef", "`defaced` by `deadbeef`"),
            ("`a`@b", "`a` `@b`"),
            ("one ` alone", "one `\\u{60}` alone"),
            ("one `@alone", "one `\\u{60}` `@alone`"),
            ("` a ` b", "`\\u{20}a\\u{20}` b"),
            ("a``b", "a(empty)b"),
            ("www.a.example", "`www.a.example`"),
            ("Åsa שלום", "Åsa שלום"),
        ] {
            assert_eq!(text(raw), shown, "{raw}");
        }
    }

    #[test]
    fn a_code_span_cannot_be_ended_from_inside() {
        for (raw, shown) in [
            ("a`b", "`a\\u{60}b`"),
            ("a|b", "`a\\u{7c}b`"),
            (" ", "`\\u{20}`"),
            (" a ", "`\\u{20}a\\u{20}`"),
            ("a\nb", "`a\\u{a}b`"),
            ("", "(empty)"),
        ] {
            assert_eq!(code(raw), shown, "{raw:?}");
        }
    }
}
