//! The table is honest: sorted, complete, and every row says what it has to.

use clinicctl::rules::{self, RuleKind};
use std::collections::BTreeSet;

#[test]
fn names_are_sorted_unique_and_in_kebab_case() {
    let names: Vec<&str> = rules::ALL.iter().map(|rule| rule.name).collect();
    let sorted: BTreeSet<&str> = names.iter().copied().collect();
    assert_eq!(names, sorted.into_iter().collect::<Vec<_>>());
    for name in names {
        let kebab =
            name.split('-').all(|word| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b == b'8'));
        assert!(kebab, "`{name}`");
    }
}

#[test]
fn find_finds_every_row_and_nothing_else() {
    for rule in rules::ALL {
        assert_eq!(rules::find(rule.name).map(|found| found.name), Some(rule.name));
    }
    assert!(rules::find("").is_none() && rules::find("dead").is_none() && rules::find("zzz").is_none());
}

#[test]
fn exactly_four_rules_are_fixed_and_so_is_every_refusal() {
    let fixed = rules::ALL.iter().filter(|rule| rule.fixed && rule.kind == RuleKind::Rule).map(|rule| rule.name);
    assert_eq!(fixed.collect::<Vec<_>>(), ["dead-button", "nobody-answers", "nobody-sends", "personal-number"]);
    let refusals = rules::ALL.iter().filter(|rule| rule.kind == RuleKind::Refusal);
    assert!(refusals.clone().all(|rule| rule.fixed) && refusals.count() > 40);
}

#[test]
fn every_row_explains_itself() {
    for rule in rules::ALL {
        let text = rule.explained();
        assert!(text.starts_with(&format!("{} (", rule.name)), "{text}");
        assert!(text.contains(rule.says) && text.contains("\n\n"), "{text}");
        assert!(rule.explanation.len() > 80, "{} hardly explains itself", rule.name);
        assert!(!rule.says.ends_with('.') && rule.explanation.trim() == rule.explanation, "{}", rule.name);
        assert!(!text.contains("\n\n\n") && !text.contains(" \n"), "{text:?}");
        if rule.kind == RuleKind::Rule {
            assert!(rule.explanation.contains("\n\nGuilty"), "{} shows no guilty case", rule.name);
        }
        let waivable = text.contains("waive:\n");
        assert_eq!(waivable, !rule.fixed, "{text}");
    }
}
