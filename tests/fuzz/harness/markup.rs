//! Tags that nest, and nothing raw between them: what no parser could read otherwise than we meant it.

/// Elements of HTML that have no end.
const VOID: &[&str] = &["area", "br", "col", "hr", "img", "input", "link", "meta", "wbr"];
/// Elements whose text is no markup.
const RAW: &[&str] = &["script", "style"];

/// Well-formed XML of the kind that we write: no CDATA, no entities of our own.
pub(crate) fn is_xml(text: &str) {
    nests(text, &[], &[]);
}

/// HTML in which every element that may have an end has one.
pub(crate) fn is_html(text: &str) {
    nests(text, VOID, RAW);
}

fn nests(text: &str, void: &[&str], raw: &[&str]) {
    let (mut rest, mut open) = (text, Vec::new());
    while let Some((before, behind)) = rest.split_once('<') {
        plain(before);
        let (tag, after) = behind.split_once('>').unwrap_or_else(|| panic!("a tag that does not end: {behind}"));
        rest = after;
        assert!(!tag.contains('<'), "`<` in the tag {tag}");
        if tag.starts_with(['?', '!']) {
            continue;
        }
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name.trim()), "{text}");
            continue;
        }
        let name = tag.split([' ', '\n', '/']).next().unwrap_or_default();
        assert!(name.chars().all(|c| c.is_ascii_alphanumeric() || "-:_".contains(c)) && !name.is_empty(), "{tag}");
        attributes(&tag[name.len()..]);
        if raw.contains(&name) {
            rest = rest.split_once(&format!("</{name}>")).expect("its end").1;
        } else if !tag.ends_with('/') && !void.contains(&name) {
            open.push(name);
        }
    }
    plain(rest);
    assert!(open.is_empty(), "{open:?} have no end: {text}");
}

/// A text between tags: no tag ends in it, and every `&` begins a reference.
fn plain(text: &str) {
    assert!(!text.contains('>'), "a raw `>`: {text}");
    for behind in text.split('&').skip(1) {
        let name = behind.split_once(';').unwrap_or_else(|| panic!("a raw `&`: {text}")).0;
        assert!(name.chars().all(|c| c.is_ascii_alphanumeric() || c == '#') && name.len() < 10, "a raw `&`: {text}");
    }
    let forbidden = |c: char| c == '\u{fffe}' || c == '\u{ffff}' || (c.is_control() && c != '\n');
    assert!(!text.contains(forbidden), "no character of XML: {text:?}");
}

/// Outside of their quotes attributes are names.
fn attributes(text: &str) {
    for (at, part) in text.split('"').enumerate() {
        if at % 2 == 1 {
            plain(part);
        } else {
            let name = |c: char| c.is_ascii_alphanumeric() || "-:_=/ \n".contains(c);
            assert!(part.chars().all(name), "an attribute that ends early: {text}");
        }
    }
    assert_eq!(text.matches('"').count() % 2, 0, "a value that does not end: {text}");
}
