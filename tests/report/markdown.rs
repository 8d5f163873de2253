//! The comment of a pull request: it says the same as the plan, fits, and is nothing but text, whatever the plan says.
//!
//! Read by a reader of GitHub's Markdown. What GitHub and GitLab do after that (mentions, references, commits, emoji,
//! mathematics) they do to texts outside of code, so that those are searched.

use super::hostile::{Hostile, hostile};
use super::plan;
use super::scenarios::scenarios;
use clinicctl::plan::Plan;
use clinicctl::report::{Format, Paint, render_plan};
use comrak::nodes::{AstNode, NodeValue};
use comrak::{Arena, Options, parse_document};
use serde_json::{Value, json};

fn comment(plan: &Plan) -> String {
    render_plan(Format::Markdown, plan, Paint::Plain).to_string()
}

fn options() -> Options<'static> {
    let mut options = Options::default();
    let extension = &mut options.extension;
    extension.autolink = true;
    extension.table = true;
    extension.strikethrough = true;
    extension.tasklist = true;
    extension.footnotes = true;
    extension.superscript = true;
    extension.math_dollars = true;
    extension.math_code = true;
    extension.alerts = true;
    options
}

/// What stands in a comment, read as GitHub reads it.
#[derive(Debug, Default)]
struct Reading {
    /// Blocks, and what their inlines are when they are neither text nor code.
    skeleton: Vec<String>,
    /// The texts of each block, with `\u{fffc}` for what stands in code.
    prose: Vec<String>,
    /// HTML as it is.
    html: Vec<String>,
}

fn read(comment: &str) -> Reading {
    let arena = Arena::new();
    let mut reading = Reading::default();
    walk(parse_document(&arena, comment, &options()), &mut reading);
    reading
}

fn walk<'a>(node: &'a AstNode<'a>, reading: &mut Reading) {
    let mut push = |text: &str| {
        if let Some(last) = reading.prose.last_mut() {
            last.push_str(text);
        }
    };
    let value = &node.data.borrow().value;
    if let NodeValue::Text(text) = value {
        push(text);
    } else if let NodeValue::Code(_) = value {
        push("\u{fffc}");
    } else if let NodeValue::SoftBreak | NodeValue::LineBreak = value {
        push("\n");
    } else if let NodeValue::HtmlBlock(html) = value {
        reading.html.push(html.literal.clone());
    } else if let NodeValue::HtmlInline(html) = value {
        reading.html.push(format!("inline {html}"));
    } else if !matches!(value, NodeValue::Strong) {
        let name = format!("{value:?}");
        reading.skeleton.push(name.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default().to_owned());
        reading.prose.push(String::new());
    }
    node.children().for_each(|child| walk(child, reading));
}

/// What GitHub or GitLab would make something of in `prose`, if anything.
fn suspicious(prose: &str) -> Option<String> {
    let forbidden = ["@", "#", "~", "$", "^", "{", "}", "[", "]", "<", ">", "*", "_", "\\", "`", "|", "://", "www."];
    let sign = forbidden.iter().find(|sign| prose.contains(**sign)).map(|sign| (*sign).to_owned());
    let words = prose.split(|c: char| !c.is_ascii_alphanumeric());
    let commit = |word: &&str| word.len() >= 7 && word.chars().all(|c| c.is_ascii_hexdigit());
    let mixed = |word: &&str| word.chars().any(|c| c.is_ascii_digit()) && word.chars().any(|c| c.is_ascii_alphabetic());
    let reference =
        prose.char_indices().zip(prose.chars().skip(1)).find(|((_, a), b)| "!&%-".contains(*a) && b.is_ascii_digit());
    let emoji = prose
        .split(' ')
        .find(|word| word.starts_with(':') && word.len() > 1 && word.chars().nth(1).is_some_and(char::is_alphanumeric));
    sign.or_else(|| words.clone().find(commit).map(str::to_owned))
        .or_else(|| words.clone().find(mixed).map(str::to_owned))
        .or_else(|| reference.map(|((at, _), _)| prose[at..].to_owned()))
        .or_else(|| emoji.map(str::to_owned))
}

#[test]
fn the_comments_of_the_scenarios() {
    for scenario in scenarios() {
        insta::assert_snapshot!(format!("markdown_{}", scenario.name), comment(&scenario.plan));
    }
}

/// A name is enough where it tells who is meant.
#[test]
fn people_are_told_by_name_and_namesakes_by_id_too() {
    let row = |id: &str, name: &str| json!({"clinic": "eken", "person": id, "name": name, "right": "respond"});
    let lose = [row("st-1", "Anna Berg"), row("st-2", "Anna Berg"), row("st-3", "Maja Virtanen"), row("st-4", "")];
    let impact = json!({"gain": [], "lose": lose, "menus": [], "single_responders": [], "pictures": []});
    let comment = comment(&plan(&json!({ "impact": impact })));
    let told = "respond: `st-4`, Anna Berg (`st-1`), Anna Berg (`st-2`), Maja Virtanen";
    assert!(comment.contains(&format!("| {told} |")), "{comment}");
}

/// What `drift` shows has no impact: that nobody loses anything is not what it says.
#[test]
fn drift_alone_counts_no_people_and_takes_nobody_for_unconcerned() {
    let scenario = scenarios().iter().find(|scenario| scenario.name == "real-fleet").expect("the fleet");
    let (all, drift) = (comment(&scenario.plan), comment(&scenario.plan.of_drift()));
    for said in ["People who lose access", "Who notices"] {
        assert!(all.contains(said) && !drift.contains(said), "{said}: {drift}");
    }
    assert!(drift.contains("Tomasz Lund") && !drift.contains("without anybody noticing"), "{drift}");
}

#[test]
fn a_hostile_text_is_never_more_than_text() {
    let mut blocks = None;
    for Hostile { name, text: _, plan } in hostile() {
        let comment = comment(&plan);
        let Reading { skeleton, prose, html } = read(&comment);
        for prose in &prose {
            assert_eq!(suspicious(prose), None, "{name}: {prose}");
        }
        for html in &html {
            assert!(is_ours(html), "{name}: {html}");
        }
        let blocks = blocks.get_or_insert_with(|| skeleton.clone());
        assert_eq!(*blocks, skeleton, "{name} changes what the comment is made of:\n{comment}");
    }
}

/// The marker, and details that hold ids and numbers.
fn is_ours(html: &str) -> bool {
    let html = html.trim();
    let inner = html.strip_prefix("<details><summary>").and_then(|html| html.strip_suffix("</summary>"));
    let id = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-/ :,".contains(c);
    let marker = html.strip_prefix("<!-- clinicctl:").and_then(|html| html.strip_suffix(" -->"));
    html == "</details>"
        || inner.is_some_and(|inner| inner.replace("<code>", "").replace("</code>", "").chars().all(id))
        || marker
            .is_some_and(|name| name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || "-_".contains(c)))
}

#[test]
fn no_line_begins_with_what_gitlab_would_do() {
    for Hostile { name, text: _, plan } in hostile() {
        let comment = comment(&plan);
        let first = |line: &&str| {
            line.starts_with(['/', '~', '=', '>', '\t']) || line.starts_with("```") || line.starts_with("---")
        };
        assert_eq!(comment.lines().find(first), None, "{name}");
    }
}

#[test]
fn the_search_for_suspicious_texts_finds_them() {
    for text in ["@x", "see #1", "GH-1", "!1", "~label", "deadbeef", ":tada:", "www.x.example", "st-1", "a `b`", "$x$"]
    {
        assert!(suspicious(text).is_some(), "{text}");
    }
    assert_eq!(suspicious("5 of 18 clinics: Anna-Lena \u{fffc} (2,140)!"), None);
    assert!(read("a <b>x</b>").html.iter().any(|html| !is_ours(html)));
}

#[test]
fn the_first_line_finds_the_comment_again_and_no_name_can_end_it() {
    let first = |fleet: &str| {
        let mut plan = plan(&json!({}));
        fleet.clone_into(&mut plan.fleet);
        comment(&plan).lines().next().unwrap_or_default().to_owned()
    };
    assert_eq!(first("malardalen"), "<!-- clinicctl:malardalen -->");
    assert_eq!(first("a--b-"), "<!-- clinicctl:a--b- -->");
    assert_eq!(first("--> x"), "<!-- clinicctl:--_3e__20_x -->");
    assert_ne!(first("a>b"), first("a_3e_b"));
}

/// So many clinics in which everything happens that a comment tells.
fn large(clinics: usize) -> Plan {
    let id = |n: usize| format!("vardcentralen-{n:05}");
    let person = |n: usize, k: usize, right: &str| json!({"clinic": id(n), "person": format!("st-{n}-{k}"), "name": format!("Person Persson {n} {k}"), "right": right});
    let origin = |n: usize| json!({"file": format!("clinics/{}.yaml", id(n)), "line": 7, "column": 5, "layer": "clinic", "shadows": []});
    let change = |n: usize| {
        json!({"id": n + 1, "address": format!("{}/buttons/book", id(n)), "clinic": id(n), "action": "delete",
        "before": null, "after": null, "waits_for": [], "because": if n.is_multiple_of(2) { "intent" } else { "drift" },
        "last_change": {"by": "karin.holm", "kind": "person", "at": "2026-11-18T15:20:31Z"},
        "fields": [{"path": "active", "before": true, "after": null, "origin": origin(n)}]})
    };
    let all = |row: &dyn Fn(usize) -> Value| (0..clinics).map(row).collect::<Vec<_>>();
    plan(&json!({
        "summary": {"clinics": clinics * 2, "clinics_changed": clinics, "create": 0, "update": 0, "delete": clinics},
        "changes": all(&change),
        "impact": {
            "lose": (0..clinics).flat_map(|n| [person(n, 1, "send"), person(n, 2, "respond"), person(n, 3, "respond")]).collect::<Vec<_>>(),
            "gain": all(&|n| person(n, 4, "send")), "single_responders": [], "pictures": [],
            "menus": all(&|n| json!({"clinic": id(n), "surface": "app", "before": ["book"], "after": []})),
        },
        "blocked": (0..clinics).map(|n| json!({"clinic": id(n + clinics), "rule": "left-the-clinic", "detail": "Anna Berg has left the clinic"})).collect::<Vec<_>>(),
        "findings": all(&|n| json!({"rule": "long-title", "severity": "warning", "clinic": id(n), "message": "the title is long"})),
        "guards": [{"guard": "people_losing_access", "limit": 50, "actual": clinics * 3, "accepted": false}],
    }))
}

#[test]
fn a_comment_fits_however_much_changes() {
    for clinics in [0, 1, 10, 40, 100, 200, 1_000, 10_000] {
        let comment = comment(&large(clinics));
        assert!(comment.len() + comment.lines().count() <= 60_000, "{clinics}: {}", comment.len());
        let count = |tag: &str| comment.matches(tag).count();
        assert_eq!(count("<details>"), count("</details>"), "{clinics}");
        assert_eq!(count("<details>"), count("</summary>"), "{clinics}");
    }
}

#[test]
fn what_is_left_out_is_counted_and_losses_stand_before_it() {
    let comment = comment(&large(1_000));
    let at = |text: &str| comment.find(text).unwrap_or_else(|| panic!("{text} in {comment}"));
    let details = at("<details>");
    for before in [
        "3000 people",
        "3,000 people lose access in 1,000 clinics",
        "undo edits by hand",
        "people_losing_access",
        "| and ",
        "- and 9",
    ] {
        if before != "3000 people" {
            assert!(at(before) < details, "{before}");
        }
    }
    let shown = comment.matches("| **`vardcentralen-").count();
    assert!(
        comment.contains(&format!(
            "| and {} more clinics | {} people |",
            1_000 - shown,
            thousands((1_000 - shown) * 3)
        )),
        "{comment}"
    );
    let blocks = comment.matches("<details>").count() - 1;
    assert!(
        comment.contains(&format!("**{} blocks with {0} changes in {0} clinics left out**", 1_000 - blocks)),
        "{comment}"
    );
}

fn thousands(number: usize) -> String {
    clinicctl::report::thousands(number)
}

#[test]
fn people_are_named_as_long_as_all_of_them_fit() {
    assert!(comment(&large(40)).contains("Person Persson 39 3"), "40 clinics fit by name");
    let many = comment(&large(400));
    assert!(!many.contains("Person Persson"), "none is named where not all can be");
    assert!(
        many.contains("| respond: 2 people; send: 1 person |")
            || many.contains("| send: 1 person; respond: 2 people |"),
        "{many}"
    );
}
