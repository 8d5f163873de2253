//! What a button may lead to: the contract's grammar, read by the server on its own.

/// The longest target. A link longer than what browsers surely carry leads nowhere.
const LONGEST: usize = 2000;

/// Whether `text` is a target of a button.
///
/// # Errors
/// A sentence that says what would be right.
pub(crate) fn check(text: &str) -> Result<(), String> {
    if text.len() > LONGEST {
        return Err(format!("is longer than {LONGEST} bytes"));
    }
    let (word, rest) = text.split_once(':').map_or((text, None), |(word, rest)| (word, Some(rest)));
    match (word, rest) {
        ("new_message" | "book_appointment" | "drop_in", None) => Ok(()),
        ("form", Some(form)) if super::clinic::is_slug(form) => Ok(()),
        ("form", Some(_)) => Err("expected `form:` and a slug such as `form:renew-prescription`".into()),
        ("phone", Some(number)) if is_e164(number) => Ok(()),
        ("phone", Some(_)) => Err("expected `phone:` and a number in E.164 form such as `phone:+46701740605`".into()),
        ("link", Some(link)) => check_link(link),
        _ => Err("expected `new_message`, `book_appointment`, `drop_in`, `form:<slug>`, `phone:<E.164>` or \
                  `link:<https URL>`"
            .into()),
    }
}

/// E.164: a plus sign and up to fifteen digits, of which the first is not zero.
fn is_e164(number: &str) -> bool {
    number.strip_prefix('+').is_some_and(|digits| {
        (2..=15).contains(&digits.len()) && !digits.starts_with('0') && digits.bytes().all(|b| b.is_ascii_digit())
    })
}

fn check_link(link: &str) -> Result<(), String> {
    // The parser would silently drop tabs and line breaks.
    if link.contains(|c: char| c.is_whitespace() || c.is_control()) {
        return Err("expected a web address without spaces".into());
    }
    let url = url::Url::parse(link).map_err(|error| format!("expected `link:` and a web address: {error}"))?;
    if url.scheme() != "https" {
        return Err("a link must use https".into());
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err("a link must not carry a user or password".into());
    }
    url.has_host().then_some(()).ok_or_else(|| "a link needs a host".into())
}

#[cfg(test)]
mod tests {
    use super::check;

    #[test]
    fn the_grammar_is_kept() {
        for good in [
            "new_message",
            "book_appointment",
            "drop_in",
            "form:renew-prescription",
            "phone:+46701740605",
            "link:https://norrtull.example/vagen?a=1#b",
        ] {
            assert_eq!(check(good), Ok(()), "{good}");
        }
        let long = format!("link:https://norrtull.example/{}", "a".repeat(2000));
        for bad in [
            "",
            "new-message",
            "new_message:",
            "New_message",
            "form:",
            "form:Recept",
            "phone:0701740605",
            "phone:+0701740605",
            "phone:+4670174060500000",
            "link:http://norrtull.example",
            "link:https://user@norrtull.example",
            "link:https://:secret@norrtull.example",
            "link:https://",
            "link:https://norrtull.example/a b",
            "link:https://norrtull.example/\n",
            "link:javascript:alert(1)",
            "mailto:a@norrtull.example",
            &long,
        ] {
            assert!(check(bad).is_err(), "{bad}");
        }
    }
}
