//! Names and values, as a query and a form carry them.

use url::form_urlencoded;

/// The most fields of one request. The largest form has a few for each person of a clinic.
const MOST: usize = 10_000;

/// The fields of a query or a form, in the order in which they came.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Fields(Vec<(String, String)>);

impl Fields {
    /// Reads `name=value&...`. A NUL, which no browser lets anybody type and not every store keeps, becomes the
    /// character for what cannot be shown.
    pub(crate) fn read(bytes: &[u8]) -> Self {
        let kept = |text: String| if text.contains('\0') { text.replace('\0', "\u{fffd}") } else { text };
        let fields = form_urlencoded::parse(bytes).into_owned().take(MOST);
        Self(fields.map(|(name, value)| (kept(name), kept(value))).collect())
    }

    /// The first value of a name.
    pub(crate) fn one(&self, name: &str) -> Option<&str> {
        self.all(name).next()
    }

    /// The first value of a name without white space around it; empty if there is none.
    pub(crate) fn text(&self, name: &str) -> &str {
        self.one(name).unwrap_or_default().trim()
    }

    /// Every value of a name.
    pub(crate) fn all<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The name and value of every field.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::Fields;

    #[test]
    fn fields_are_read_in_their_order_and_no_nul_gets_through() {
        let fields = Fields::read(b"a=1&b=x%00y&a=2&c%00=+z+");
        assert_eq!(fields.all("a").collect::<Vec<_>>(), ["1", "2"]);
        assert_eq!(fields.one("b"), Some("x\u{fffd}y"));
        assert_eq!(fields.text("c\u{fffd}"), "z");
    }
}
