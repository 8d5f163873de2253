//! Characters that nobody sees are refused wherever they stand; those that a language needs are not.

use super::{findings_of, parsed, set, snapshot, trees};
use clinicctl::diagnostic::{Style, render};
use clinicctl::source::read;

/// Every character that must be refused, from the definition and not from the code: control characters but tab and
/// line breaks, three without width, and those that turn the direction of text.
fn refused() -> Vec<(char, &'static str)> {
    let control = (0..=0x1f).chain(0x7f..=0x9f).chain([0x200b, 0x2060, 0xfeff]);
    let control = control.filter(|code| ![0x09, 0x0a, 0x0d].contains(code));
    let turning = (0x202a..=0x202e).chain(0x2066..=0x2069).chain([0x200e, 0x200f, 0x61c]);
    let named = |name: &'static str| move |code: u32| (char::from_u32(code).expect("a character"), name);
    control.map(named("control-character")).chain(turning.map(named("bidirectional-control"))).collect()
}

#[test]
fn refused_characters_are_found_anywhere() {
    for (c, refusal) in refused() {
        for (before, after) in
            [("# å", " comment\nclinic: a\n"), ("clinic: åsa", "b\n"), ("åk", "ey: v\n"), ("a: 'q", "'\n")]
        {
            let text = format!("{before}{c}{after}");
            let flaws = read(&text).flaws;
            let told: Vec<_> = flaws.iter().map(|flaw| (flaw.refusal, flaw.span.range())).collect();
            assert_eq!(told, [(refusal, before.len()..before.len() + c.len_utf8())], "{text:?}");
        }
    }
}

#[test]
fn no_other_character_is_refused() {
    let refused: Vec<char> = refused().into_iter().map(|(c, _)| c).collect();
    for c in ('\0'..=char::MAX).filter(|c| !refused.contains(c)) {
        let text = format!("# {c}\n");
        let flaws = read(&text).flaws;
        assert!(flaws.iter().all(|flaw| flaw.refusal == "no-document"), "{c:?}: {flaws:?}");
    }
}

#[test]
fn a_refused_character_hides_no_later_flaw() {
    for c in ['\0', '\u{feff}', '\u{1b}'] {
        let text = format!("clinic: a{c}b\nlabels: {{a: 1, a: 2}}\n");
        let flaws = read(&text).flaws;
        let told: Vec<_> = flaws.iter().map(|flaw| flaw.refusal).collect();
        assert_eq!(told, ["control-character", "duplicate-key"], "{c:?}");
    }
}

#[test]
fn what_the_parser_makes_of_a_refused_character_is_not_told() {
    for (text, told) in [
        ("clinic: a\n\u{0}\nlabels: {}\n", vec!["control-character"]),
        ("clinic: a\n\u{feff}\nlabels: {}\n", vec!["control-character"]),
        ("\u{0}\nclinic: a\nlabels: {}\n", vec!["control-character"]),
        ("# \u{0}\nclinic: a\nlabels: [\n", vec!["control-character", "syntax"]),
    ] {
        let flaws = read(text).flaws;
        assert_eq!(flaws.iter().map(|flaw| flaw.refusal).collect::<Vec<_>>(), told, "{text:?}: {flaws:?}");
    }
}

#[test]
fn a_run_of_refused_characters_is_told_once() {
    let flaws = read("clinic: a\0\0\0b\n").flaws;
    assert_eq!(flaws.len(), 1);
    assert_eq!(flaws[0].span.range(), 9..12);
}

#[test]
fn a_file_of_nothing_else_is_told_briefly() {
    let flaws = read(&"a\0".repeat(100_000)).flaws;
    assert!(flaws.len() <= 100, "{} flaws", flaws.len());
    let help = flaws.last().and_then(|flaw| flaw.help.clone()).expect("the last flaw has a help");
    assert!(help.ends_with("only the first 100 flaws of a file are shown"), "{help}");
}

#[test]
fn byte_order_mark_and_every_line_break_are_fine() {
    let meant = read("clinic: å\nlabels:\n  wave: pilot\n");
    for (mark, line_break) in [("\u{feff}", "\n"), ("", "\r\n"), ("\u{feff}", "\r\n"), ("", "\r")] {
        let text = format!("{mark}clinic: å\nlabels:\n  wave: pilot\n").replace('\n', line_break);
        let sources = set("clinics/a.yaml", &text);
        let parsed = parsed(&sources);
        assert_eq!(parsed.findings, [], "{text:?}");
        let tree = parsed.document.expect("a document");
        let expected =
            trees::outline(meant.document.as_ref().expect("a document"), "clinic: å\nlabels:\n  wave: pilot\n");
        assert_eq!(
            trees::outline(&tree, &text),
            expected.replace("\\n", &line_break.escape_debug().to_string()),
            "{text:?}"
        );
        let wave = tree.get("labels").and_then(|labels| labels.value.get("wave")).expect("labels has wave");
        let file = sources.iter().next().expect("a file").0;
        let place = sources.locate(clinicctl::source::Place { file, span: wave.key.span });
        assert_eq!((place.line, place.column), (3, 3), "{text:?}");
    }
}

#[test]
fn the_first_column_is_the_one_after_the_byte_order_mark() {
    let sources = set("clinics/a.yaml", "\u{feff}clinic: \u{202e}a\n");
    let drawn = render(&findings_of(&sources), &sources, Style::PLAIN);
    assert!(drawn.contains("clinics/a.yaml:1:9"), "{drawn}");
}

#[test]
fn what_is_not_seen_is_drawn_as_an_escape() {
    let text = "# \u{1b}[31mred\u{7}\nclinic: norr\u{202e}tull\nlabels:\n\twave: \u{200b}a\u{200b}\n  \u{feff}b: 1\n";
    let sources = set("clinics/hidden.yaml", text);
    snapshot("characters-drawn", &render(&findings_of(&sources), &sources, Style::PLAIN));
}
