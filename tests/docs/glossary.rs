//! The glossary's words are the code's words: a renamed type takes its word along, or this fails.

use super::{files, page, root};
use std::fs;

#[test]
fn every_word_of_the_glossary_is_a_word_of_the_code() {
    let glossary = page("docs/glossary.md");
    let words: Vec<_> = glossary.rows().into_iter().filter_map(|row| row.first().copied()).collect();
    let code = normal(&code());
    let unknown: Vec<_> = words.iter().filter(|word| !code.contains(&normal(word))).collect();
    assert!(unknown.is_empty(), "the code has other words for {unknown:?}");
    assert!((20..=30).contains(&words.len()), "{} words", words.len());
    assert!(words.is_sorted(), "the words stand in the order of the alphabet: {words:?}");
}

#[test]
fn a_word_is_found_however_the_code_spells_it() {
    let code = normal("struct RetryBudget; const CHANGE_LOG: &str = \"clinic-system\";");
    for word in ["retry budget", "change log", "clinic system"] {
        assert!(code.contains(&normal(word)), "{word}");
    }
    for part in ["budge", "logs", "retry log"] {
        assert!(!code.contains(&normal(part)), "{part}");
    }
}

/// The code of the tool without its comments.
fn code() -> String {
    let mut found = Vec::new();
    files(&root().join("src"), &mut found);
    let sources = found.iter().filter(|path| path.extension().is_some_and(|extension| extension == "rs"));
    let texts = sources.map(|path| fs::read_to_string(root().join(path)).expect("a source"));
    let mut code = String::new();
    for text in texts {
        let lines = text.lines().filter(|line| !line.trim_start().starts_with("//"));
        code.extend(lines.flat_map(|line| [line, "\n"]));
    }
    code
}

/// Words in lower case with one blank around each, whether they were written `like_this`, `LikeThis` or `like-this`.
fn normal(text: &str) -> String {
    let mut words = String::from(" ");
    let mut before = ' ';
    for c in text.chars() {
        if c.is_uppercase() && before.is_lowercase() {
            words.push(' ');
        }
        match c.is_alphanumeric() {
            true => words.extend(c.to_lowercase()),
            false if !words.ends_with(' ') => words.push(' '),
            false => {}
        }
        before = c;
    }
    if !words.ends_with(' ') {
        words.push(' ');
    }
    words
}
