//! What programs that run pipelines take for commands in what a job prints, read as their published sources do it, and
//! more strictly where these look for more: GitHub's runner (`ActionCommand.cs`), the agent of Azure Pipelines, the
//! service messages of TeamCity, and the sections of GitLab's logs (`build_trace_section_regex`).

/// The commands in a text of which none is ours.
pub(crate) fn commands(printed: &str) -> Vec<String> {
    let bare = without_colours(printed);
    [printed, &bare].iter().flat_map(|text| lines(text)).filter(|line| is_command(line)).map(str::to_owned).collect()
}

/// The commands in what `-o github` printed, but for the marks that this format is there for.
pub(crate) fn commands_beside_marks(printed: &str) -> Vec<String> {
    let rest = |line: &str| mark(line).map_or_else(|| line.to_owned(), |rest| format!("mark {rest}"));
    commands(&printed.split('\n').map(rest).collect::<Vec<_>>().join("\n"))
}

/// What follows the first words of a mark: `::error file=a.yaml,line=1,col=2,title=b::c`.
fn mark(line: &str) -> Option<&str> {
    let rest = ["error", "warning", "notice"].iter().find_map(|word| line.strip_prefix(&format!("::{word} ")))?;
    let (properties, message) = rest.split_once("::")?;
    let keys: Vec<_> = properties.split(',').map(|pair| pair.split('=').next().unwrap_or_default()).collect();
    let ours = [&["title"][..], &["file", "line", "col", "title"]].contains(&keys.as_slice());
    (ours && !message.is_empty()).then_some(rest)
}

fn is_command(line: &str) -> bool {
    let blank = |c: char| c.is_whitespace() || c.is_control() || ['\u{200b}', '\u{feff}'].contains(&c);
    // No command has a name that begins with a colon.
    let named = line.trim_start_matches(blank).strip_prefix("::").is_some_and(|name| !name.starts_with(':'));
    named || names_one(line) || is_section(line)
}

/// `##[...]`, `##vso[...]`, `##teamcity[...]`.
fn names_one(line: &str) -> bool {
    let after = |(at, _): (usize, &str)| {
        line[at..].trim_start_matches('#').trim_start_matches(|c: char| c.is_ascii_alphabetic()).starts_with('[')
    };
    line.match_indices("##").any(after)
}

fn is_section(line: &str) -> bool {
    line.contains("section_start:") || line.contains("section_end:")
}

/// Lines as .NET, Ruby and Python part them.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.split(['\n', '\r', '\u{b}', '\u{c}', '\u{1c}', '\u{1d}', '\u{1e}', '\u{85}', '\u{2028}', '\u{2029}'])
}

/// The text without the sequences that colour it or move the cursor.
fn without_colours(text: &str) -> String {
    let mut bare = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(['\u{1b}', '\u{9b}']) {
        bare.push_str(&rest[..at]);
        let whole = &rest[at..];
        let numbers = whole.strip_prefix("\u{1b}[").or_else(|| whole.strip_prefix('\u{9b}')).unwrap_or_default();
        let end = numbers.trim_start_matches(|c: char| c.is_ascii_digit() || c == ';' || c == '?');
        if end.starts_with(|c: char| c.is_ascii_alphabetic()) {
            rest = &end[1..];
        } else {
            let first = whole.chars().next().map_or(0, char::len_utf8);
            bare.push_str(&whole[..first]);
            rest = &whole[first..];
        }
    }
    bare + rest
}

#[test]
fn what_the_runners_obey_is_found_and_nothing_else() {
    for text in [
        "::error::x",
        "a\n \u{a0}\u{feff}::set-output name=a::b",
        "a\r::debug::x",
        "a ##[command]x",
        "a ##vso[task.complete]x",
        "##teamcity[x]",
        "###[x",
        "section_start:1700000000:a\r\u{1b}[0K",
        "\u{1b}[1m::error::x",
        "#\u{1b}[1m#[x",
    ] {
        assert!(!commands(text).is_empty(), "{text:?}");
        assert!(!commands_beside_marks(text).is_empty(), "{text:?}");
    }
    for text in ["a ::error::x", "::: a::b", "a: ::b", ":x:", "# #[x]", "## [x]", "[x]", "section_start 1", "\u{1b}[0m"]
    {
        assert_eq!(commands(text), [""; 0], "{text:?}");
    }
    let mark = "::error file=a.yaml,line=1,col=2,title=b::c ::d";
    assert!(commands_beside_marks(mark).is_empty() && !commands(mark).is_empty());
    for text in ["::error title=b::c ##[d]", "::debug title=b::c", " ::error title=b::c", "::error name=b::c"] {
        assert!(!commands_beside_marks(text).is_empty(), "{text:?}");
    }
}
