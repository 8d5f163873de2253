//! The address of a clinic system.

use std::fmt;
use url::{Host, Url};

/// The root of a clinic system, to which `/api/v1` is appended: https anywhere, http for loopback addresses only.
///
/// There is never a user, a password, a query or a fragment in it, so that it may be shown and stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SystemUrl(Url);

/// Why a text is no address of a clinic system. The text itself is not repeated: it may hold a password.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SystemUrlError {
    /// Not a URL.
    #[error("the system's address is no URL such as `https://clinics.example`")]
    Url(#[source] url::ParseError),
    /// Neither https nor http.
    #[error("the system's address begins with `{0}:`; it must begin with `https://`")]
    Scheme(String),
    /// http to another machine.
    #[error(
        "`http://` is for this machine only (`localhost`, `127.0.0.1`, `[::1]`), because it would show the token to \
         the network; write `https://`"
    )]
    PlainHttp,
    /// `https://user:password@host`.
    #[error("the system's address holds a user or a password; the token is given separately")]
    User,
    /// `?...` or `#...`.
    #[error("the system's address ends in a query or a fragment; it must end in a host or a path")]
    Query,
}

impl SystemUrl {
    /// Reads an address. A path is kept as a prefix.
    ///
    /// # Errors
    /// [`SystemUrlError`] says which part is wrong.
    pub fn parse(text: &str) -> Result<Self, SystemUrlError> {
        let url = Url::parse(text).map_err(SystemUrlError::Url)?;
        if !matches!(url.scheme(), "https" | "http") {
            return Err(SystemUrlError::Scheme(url.scheme().to_owned()));
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(SystemUrlError::User);
        }
        if url.query().is_some() || url.fragment().is_some() {
            return Err(SystemUrlError::Query);
        }
        let system = Self(url);
        if system.is_plain() && !system.is_loopback() {
            return Err(SystemUrlError::PlainHttp);
        }
        Ok(system)
    }

    /// Scheme, host, port and path prefix, without a slash at the end: what a saved plan is bound to. The prefix
    /// belongs to it, because two systems behind one gateway are two.
    #[must_use]
    pub fn origin(&self) -> String {
        self.0.as_str().trim_end_matches('/').to_owned()
    }

    /// Whether requests stay on this machine.
    #[must_use]
    pub fn is_loopback(&self) -> bool {
        match self.0.host() {
            Some(Host::Domain(name)) => name == "localhost",
            Some(Host::Ipv4(address)) => address.is_loopback(),
            Some(Host::Ipv6(address)) => address.is_loopback(),
            None => false,
        }
    }

    /// Whether requests are not encrypted.
    pub(super) fn is_plain(&self) -> bool {
        self.0.scheme() == "http"
    }

    /// The URL of a path below the root. Each segment is percent-encoded, so that none can become two.
    pub(super) fn at<'a>(&self, segments: impl IntoIterator<Item = &'a str>) -> Url {
        let mut url = self.0.clone();
        // A URL with a host always has path segments.
        if let Ok(mut path) = url.path_segments_mut() {
            path.pop_if_empty().extend(segments);
        }
        url
    }
}

impl fmt::Display for SystemUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.origin())
    }
}

#[cfg(test)]
mod tests {
    use super::SystemUrl;

    fn origin(text: &str) -> Result<String, String> {
        SystemUrl::parse(text).map(|system| system.origin()).map_err(|error| error.to_string())
    }

    #[test]
    fn https_is_fine_anywhere_and_http_on_this_machine() {
        for (text, expected) in [
            ("https://clinics.example", "https://clinics.example"),
            ("https://clinics.example:8443/", "https://clinics.example:8443"),
            ("https://CLINICS.example:443/region//", "https://clinics.example/region"),
            ("http://localhost:7000", "http://localhost:7000"),
            ("http://127.0.0.1:7000", "http://127.0.0.1:7000"),
            ("http://127.255.0.9", "http://127.255.0.9"),
            ("http://[::1]:7000/a", "http://[::1]:7000/a"),
        ] {
            assert_eq!(origin(text).as_deref(), Ok(expected), "{text}");
        }
    }

    #[test]
    fn what_could_leak_or_mislead_is_refused() {
        for (text, part) in [
            ("", "no URL"),
            ("clinics.example", "no URL"),
            ("localhost:7000", "begins with `localhost:`"),
            ("ftp://clinics.example", "begins with `ftp:`"),
            ("file:///etc/passwd", "begins with `file:`"),
            ("http://clinics.example", "this machine only"),
            ("http://localhost.clinics.example", "this machine only"),
            ("http://127.0.0.1.clinics.example", "this machine only"),
            ("http://10.0.0.1", "this machine only"),
            ("http://[::ffff:10.0.0.1]", "this machine only"),
            ("http://0.0.0.0", "this machine only"),
            ("https://canary:secret@clinics.example", "user or a password"),
            ("https://canary@clinics.example", "user or a password"),
            ("http://127.0.0.1@clinics.example", "user or a password"),
            ("https://clinics.example?token=canary", "query"),
            ("https://clinics.example/#canary", "query"),
        ] {
            let error = origin(text).expect_err(text);
            assert!(error.contains(part), "{text}: {error}");
            assert!(!error.contains("canary"), "{error}");
        }
    }

    #[test]
    fn paths_are_appended_below_the_prefix_and_encoded() {
        for (root, expected) in [
            ("https://clinics.example", "https://clinics.example/api/a%2Fb"),
            ("https://clinics.example/x/", "https://clinics.example/x/api/a%2Fb"),
        ] {
            let system = SystemUrl::parse(root).expect("an address");
            assert_eq!(system.at(["api", "a/b"]).as_str(), expected);
        }
    }
}
