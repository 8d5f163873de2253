//! Whatever findings and files hold, what is drawn is short, safe and in order.

use super::{findings_of, set, snapshot};
use clinicctl::diagnostic::{Colour, Finding, Style, escape, escape_cut, json, render, summary, to_json_text};
use clinicctl::source::{FileId, Place, SourceFile, SourceSet, Span};
use proptest::prelude::*;

fn file(path: &str, text: &str) -> SourceFile {
    SourceFile { path: path.into(), text: text.to_owned(), unreadable: None }
}

fn place(sources: &SourceSet, file: u32, what: &str) -> Place {
    let file = FileId(file);
    let start = sources.file(file).text.find(what).expect("the text holds what is marked");
    Place { file, span: Span::new(start, start + what.len()) }
}

fn two_files() -> SourceSet {
    let first = "clinic: norrtull\nextends: primary-care\n";
    SourceSet::new(vec![file("clinics/b.yaml", "# again\nclinic: norrtull\n"), file("clinics/a.yaml", first)])
}

fn across_files(sources: &SourceSet) -> Vec<Finding> {
    let twice =
        Finding::error("duplicate-document", place(sources, 1, "norrtull"), "the clinic `norrtull` is declared twice");
    let unused = Finding::warning("unused-list", place(sources, 0, "primary-care"), "this is \u{202e}doubtful");
    let nowhere = Finding {
        labels: Vec::new(),
        ..Finding::error("no-fleet", twice.labels[0].place, "no file declares the fleet")
    };
    vec![
        twice
            .labelled("here again")
            .also(place(sources, 0, "norrtull"), "first here")
            .help("keep one of them")
            .help("or rename one"),
        unused.labelled("\u{1b}[31mthis"),
        nowhere.help("add a `fleet.yaml`"),
    ]
}

#[test]
fn findings_are_drawn_across_files_and_in_order() {
    let sources = two_files();
    snapshot("drawing-across-files", &render(&across_files(&sources), &sources, Style::PLAIN));
}

#[test]
fn colours_are_written_only_when_asked_for() {
    let sources = two_files();
    let style = Style { colour: Colour::Coloured, ..Style::PLAIN };
    let coloured = render(&across_files(&sources), &sources, style);
    assert!(coloured.contains("\u{1b}["), "no colours in {coloured:?}");
    assert_eq!(without_colours(&coloured), render(&across_files(&sources), &sources, Style::PLAIN));
}

#[test]
fn findings_as_json() {
    let sources = two_files();
    snapshot("drawing-json", &to_json_text(&json(&across_files(&sources), &sources)));
}

#[test]
fn json_is_safe_to_print_and_means_the_same() {
    let hidden = "a\u{0}\u{1b}\u{7f}\u{85}\u{200b}\u{202e}\u{2066}\u{2028}\u{feff}\u{e0041}å👩‍⚕️";
    let text = to_json_text(&hidden);
    assert!(
        text.chars()
            .all(|c| !c.is_control() && !"\u{200b}\u{202e}\u{2066}\u{2028}\u{feff}\u{e0041}\u{200d}".contains(c)),
        "{text}"
    );
    assert!(text.contains("\\u202e") && text.contains("\\udb40\\udc41") && text.contains('å'), "{text}");
    assert_eq!(serde_json::from_str::<String>(&text).expect("JSON"), hidden);
}

#[test]
fn summaries() {
    let sources = two_files();
    let all = across_files(&sources);
    for (findings, said) in [
        (vec![], "no errors and no warnings"),
        (vec![all[0].clone()], "1 error in 1 file"),
        (vec![all[1].clone(), all[1].clone()], "2 warnings in 1 file"),
        (vec![all[2].clone()], "1 error"),
        (all.clone(), "2 errors and 1 warning in 2 files"),
    ] {
        assert_eq!(summary(&findings), said);
    }
}

#[test]
fn escaping() {
    for (raw, escaped) in [
        ("plain text, åäö, رسالة, 👩", "plain text, åäö, رسالة, 👩"),
        ("a\u{1b}[31m\r\n\tb", "a\\u{1b}[31m\\u{d}\\u{a}\\u{9}b"),
        (
            "\u{202e}\u{2066}\u{200b}\u{200d}\u{2028}\u{feff}\u{85}",
            "\\u{202e}\\u{2066}\\u{200b}\\u{200d}\\u{2028}\\u{feff}\\u{85}",
        ),
    ] {
        assert_eq!(escape(raw), escaped);
    }
    for (raw, most, shown) in
        [("abc", 3, "abc"), ("abcd", 3, "ab…"), ("a\u{1b}", 3, "a\\…"), ("åäö", 2, "å…"), ("ab", 1, "…"), ("a", 0, "")]
    {
        assert_eq!(escape_cut(raw, most), shown, "{raw:?} in {most}");
    }
}

#[test]
fn a_line_of_a_mebibyte_is_drawn_briefly() {
    let key = "k".repeat(200_000);
    let rest = "x: 1, ".repeat(100_000);
    let text = format!("{{{key}: 1, å: \u{202e}, {rest} {key}: 2}}");
    let sources = set("clinics/long.yaml", &text);
    let findings = findings_of(&sources);
    assert!(findings.len() > 90, "{} findings", findings.len());
    let drawn = render(&findings, &sources, Style::PLAIN);
    assert!(drawn.len() < findings.len() * 2_000, "{} bytes", drawn.len());
    assert!(drawn.lines().all(|line| line.chars().count() < 500), "a line is too long");
}

#[test]
fn labels_far_apart_are_drawn_without_what_lies_between() {
    let text = format!("a: 1\n{}a: 2\nb: [{}{{c: 1, c: 2}}]\n", "# nothing\n".repeat(5000), "long, ".repeat(50));
    let sources = set("clinics/far.yaml", &text);
    snapshot("drawing-far-apart", &render(&findings_of(&sources), &sources, Style::PLAIN));
}

fn without_colours(text: &str) -> String {
    let mut plain = String::new();
    let mut pieces = text.split('\u{1b}');
    plain.extend(pieces.next());
    for piece in pieces {
        plain.push_str(piece.split_once('m').expect("a colour ends with `m`").1);
    }
    plain
}

proptest! {
    #[test]
    fn nothing_raw_reaches_the_terminal(
        text in any::<String>(), path in any::<String>(), message in any::<String>(), label in any::<String>(),
        spans in prop::collection::vec((0usize..60, 0usize..60, 0u32..3), 0..4), width in 0usize..200, coloured: bool,
    ) {
        let sources = SourceSet::new(vec![file(&path, &text), file("b.yaml", "clinic: \u{202e}\t\u{1b}")]);
        let at = |(start, end, file): (usize, usize, u32)| Place { file: FileId(file), span: Span::new(start, end) };
        let mut finding = Finding::error("syntax", at((0, 0, 0)), message.clone()).labelled(label.clone()).help(message);
        for span in spans {
            finding = finding.also(at(span), label.clone());
        }
        let colour = if coloured { Colour::Coloured } else { Colour::Plain };
        let drawn = render(&[finding.clone(), finding.clone()], &sources, Style { colour, width });
        let seen = if coloured { without_colours(&drawn) } else { drawn };
        let raw = seen.chars().find(|c| *c != '\n' && escape(&c.to_string()) != c.to_string());
        prop_assert_eq!(raw, None, "{}", seen);
        let json = to_json_text(&json(&[finding], &sources));
        prop_assert!(json.chars().all(|c| c == '\n' || escape(&c.to_string()) == c.to_string()), "{}", json);
    }

    #[test]
    fn cut_texts_keep_their_length(text in any::<String>(), most in 0usize..50) {
        let cut = escape_cut(&text, most);
        prop_assert!(cut.chars().count() <= most);
        prop_assert!(cut == escape(&text) || cut.ends_with('…') || most == 0);
    }
}
