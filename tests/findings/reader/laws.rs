//! Reading never panics, every place lies in its text, and what is read means what another reader reads.

use clinicctl::source::{Content, Node, Reading, Span, Style, read};
use proptest::prelude::*;
use proptest::strategy::Union;
use serde_yaml::Value;

/// Law 10: every place lies inside its text, on character boundaries, and inside the place of what holds it.
fn places_lie_inside(text: &str, reading: &Reading) -> Result<(), TestCaseError> {
    for flaw in &reading.flaws {
        lies_inside(text, flaw.span)?;
        flaw.also.iter().try_for_each(|(span, _)| lies_inside(text, *span))?;
    }
    let mut open: Vec<&Node> = reading.document.iter().collect();
    while let Some(node) = open.pop() {
        lies_inside(text, node.span)?;
        let inner: Vec<Span> = match &node.content {
            Content::Scalar(_) => vec![],
            Content::List(nodes) => nodes.iter().map(|node| node.span).collect(),
            Content::Map(entries) => entries.iter().flat_map(|entry| [entry.key.span, entry.value.span]).collect(),
        };
        for span in inner {
            lies_inside(text, span)?;
            prop_assert!(
                node.span.start <= span.start && span.end <= node.span.end,
                "{span:?} outside {:?} in {text:?}",
                node.span
            );
        }
        match &node.content {
            Content::Scalar(_) => {}
            Content::List(nodes) => open.extend(nodes),
            Content::Map(entries) => open.extend(entries.iter().map(|entry| &entry.value)),
        }
    }
    Ok(())
}

fn lies_inside(text: &str, span: Span) -> Result<(), TestCaseError> {
    prop_assert!(text.get(span.range()).is_some(), "{span:?} in {text:?}");
    Ok(())
}

/// Every place is tight: it begins and ends with something that is seen.
fn places_are_tight(text: &str, node: &Node) -> Result<(), TestCaseError> {
    let written = &text[node.span.range()];
    prop_assert_eq!(written.trim(), written, "in {:?}", text);
    match &node.content {
        Content::Scalar(scalar) => {
            let plain = scalar.style == Style::Plain && !scalar.text.is_empty() && !written.contains('\n');
            prop_assert!(!plain || written == &*scalar.text, "{written:?} in {text:?}");
            let quoted = scalar.style == Style::Quoted;
            prop_assert!(!quoted || written.starts_with(['"', '\'']) && written.ends_with(['"', '\'']), "{written:?}");
        }
        Content::List(nodes) => nodes.iter().try_for_each(|node| places_are_tight(text, node))?,
        Content::Map(entries) => entries.iter().try_for_each(|entry| places_are_tight(text, &entry.value))?,
    }
    Ok(())
}

/// Text that is often nearly YAML: pieces of it in any order.
fn nearly_yaml() -> impl Strategy<Value = String> {
    let pieces = [
        "a",
        "b: ",
        "- ",
        "? ",
        ": ",
        "\n",
        "\n  ",
        "\n    ",
        "\t",
        "[",
        "]",
        "{",
        "}",
        ", ",
        "\"",
        "'",
        "# c",
        " #",
        "&x ",
        "*x",
        "!t ",
        "!!str ",
        "<<: ",
        "|\n",
        ">-\n",
        "|2+\n",
        "---\n",
        "...\n",
        "%YAML 1.2\n",
        "å",
        "👩‍⚕️",
        "\u{feff}",
        "\0",
        "\u{202e}",
        "\r\n",
        "\r",
        "\\",
        "\\u202e",
        "\u{85}",
        "key: value\n",
        "- item\n",
        "~",
        "@",
        "`",
        "%",
        "\u{2028}",
    ];
    prop::collection::vec(prop::sample::select(pieces.to_vec()), 0..40).prop_map(|pieces| pieces.concat())
}

/// Lists and maps opened in each other up to 400 times, and whether that is too deep.
fn deep() -> impl Strategy<Value = (String, bool)> {
    let pieces = vec![("[", 1), ("{", 1), ("- ", 1), ("{a: ", 1), ("[a: ", 2), ("? ", 1), ("&a [", 1), ("[{a: ", 2)];
    (prop::sample::select(pieces), 1usize..400, any::<bool>()).prop_map(|((piece, levels), times, end)| {
        (format!("{}{}", piece.repeat(times), if end { "x\n" } else { "" }), levels * times > 17)
    })
}

/// A tree that both readers can hold: texts for keys, no duplicates.
fn tree() -> impl Strategy<Value = Value> {
    let text = "[a-zåäö .:#'\"\\-\\[\\]{}&*!|>%@,?~=\n\t0-9_]{0,12}";
    let leaf = Union::new([
        text.prop_map(Value::String).boxed(),
        any::<bool>().prop_map(Value::Bool).boxed(),
        any::<i32>().prop_map(|n| Value::Number(n.into())).boxed(),
        Just(Value::Null).boxed(),
    ]);
    leaf.prop_recursive(5, 60, 6, |inner| {
        let map = prop::collection::btree_map("[a-zåäö .:#-]{1,8}", inner.clone(), 0..6);
        let map = map
            .prop_map(|map| Value::Mapping(map.into_iter().map(|(key, value)| (Value::String(key), value)).collect()));
        Union::new([prop::collection::vec(inner, 0..6).prop_map(Value::Sequence).boxed(), map.boxed()])
    })
}

/// What our tree means to the other reader: plain scalars are read by it alone.
fn meaning(node: &Node) -> Value {
    match &node.content {
        Content::List(nodes) => Value::Sequence(nodes.iter().map(meaning).collect()),
        Content::Map(entries) => {
            let pair =
                |entry: &clinicctl::source::Entry| (Value::String(entry.key.text.to_string()), meaning(&entry.value));
            Value::Mapping(entries.iter().map(pair).collect())
        }
        Content::Scalar(scalar) if scalar.style == Style::Plain => {
            serde_yaml::from_str(&scalar.text).unwrap_or_else(|_| Value::String(scalar.text.to_string()))
        }
        Content::Scalar(scalar) => Value::String(scalar.text.to_string()),
    }
}

/// Another way to write a tree: as JSON, which is YAML's flow style with quoted texts.
fn as_flow(value: &Value) -> String {
    serde_json::to_string_pretty(value).expect("a tree of texts is JSON")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn places_lie_inside_any_text(text in any::<String>()) {
        places_lie_inside(&text, &read(&text))?;
    }

    #[test]
    fn places_lie_inside_what_is_nearly_yaml(text in nearly_yaml()) {
        places_lie_inside(&text, &read(&text))?;
    }

    #[test]
    fn depth_is_bounded_without_a_fall((text, too_deep) in deep()) {
        let reading = read(&text);
        places_lie_inside(&text, &reading)?;
        prop_assert!(!too_deep || reading.flaws.iter().any(|flaw| flaw.refusal == "too-deep"), "{text:?}: {reading:?}");
        prop_assert!(!too_deep || reading.document.is_none());
    }

    #[test]
    fn what_is_read_means_what_another_reader_reads(tree in tree(), crlf: bool, mark: bool) {
        let block = serde_yaml::to_string(&tree).expect("a tree can be written");
        for text in [block, as_flow(&tree)] {
            let text = if crlf { text.replace('\n', "\r\n") } else { text };
            let text = format!("{}{text}", if mark { "\u{feff}" } else { "" });
            let theirs: Value = serde_yaml::from_str(text.trim_start_matches('\u{feff}')).expect("they read it");
            let reading = read(&text);
            prop_assert_eq!(&reading.flaws, &[], "{}", text);
            places_lie_inside(&text, &reading)?;
            let document = reading.document.expect("a tree is a document");
            prop_assert_eq!(meaning(&document), theirs, "{}", text);
            places_are_tight(&text, &document)?;
        }
    }
}

#[test]
fn a_key_is_found_twice_in_maps_of_any_size() {
    for size in [1, 2, 31, 32, 33, 34, 100] {
        for twice in 0..size {
            let keys: String = (0..size).map(|n| format!("v{n}: 1\n")).collect();
            let text = format!("left-out: *a\n{keys}v{twice}: 2\nleft-out: 2\n");
            let flaws = read(&text).flaws;
            let told = flaws.iter().filter(|flaw| flaw.refusal == "duplicate-key");
            let firsts: Vec<_> = told.map(|flaw| &text[flaw.also.as_ref().expect("a first place").0.range()]).collect();
            assert_eq!(firsts, [format!("v{twice}"), "left-out".to_owned()], "of {size}");
        }
    }
}

#[test]
fn no_text_costs_more_than_a_few_times_its_length() {
    let length = 1024 * 1024;
    for piece in [
        "[",
        "{",
        "- ",
        "? ",
        "[{",
        "a: ",
        "&a ",
        "!t ",
        "\"",
        "'",
        "a: 1\n",
        "[a]\n",
        "*a ",
        "[a, ",
        "- a\n",
        "å: [1]\n",
        "\0a",
        "#",
        "\\",
        "\"\\",
        "? - ",
    ] {
        let text = piece.repeat(length / piece.len());
        let _ = read(&text);
    }
    let keys: String = (0..60_000).map(|n| format!("key{n}: 1\n")).collect();
    let reading = read(&keys);
    assert_eq!(reading.flaws, []);
    let nested = format!("{}{}", "[".repeat(200), "a, ".repeat(200_000));
    let _ = read(&nested);
}
