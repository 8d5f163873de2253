//! Lists of literals in messages.

/// A text in backticks, or what an empty one is called.
pub(super) fn shown(text: &str) -> String {
    if text.is_empty() { "an empty text".to_owned() } else { format!("`{text}`") }
}

/// "`a`, `b` and `c`".
pub(super) fn quoted(words: &[&str]) -> String {
    joined(words, "and")
}

/// "`a`, `b` or `c`".
pub(super) fn alternatives(words: &[&str]) -> String {
    joined(words, "or")
}

fn joined(words: &[&str], last: &str) -> String {
    let quote = |word: &&str| format!("`{word}`");
    match words {
        [] => String::new(),
        [only] => quote(only),
        [before @ .., end] => {
            format!("{} {last} {}", before.iter().map(quote).collect::<Vec<_>>().join(", "), quote(end))
        }
    }
}
