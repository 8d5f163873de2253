//! Where a post comes from. A form of another site is refused by what the browser says about its sender, before its
//! token is even looked at.

use axum::http::{HeaderMap, HeaderName, header};

const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Whether a post was sent by a page of this very host. Browsers send `Origin` with every post and, newer ones,
/// `Sec-Fetch-Site`: what is sent must agree, and at least one must be. A proxy in front may end TLS, so of the origin
/// only host and port are compared, and it must hand on `Host` as it came.
pub(super) fn is_ours(headers: &HeaderMap) -> bool {
    let text = |name: &HeaderName| headers.get(name).map(|value| value.to_str().unwrap_or_default());
    let host = text(&header::HOST).unwrap_or_default();
    let origin = text(&header::ORIGIN).map(|origin| !host.is_empty() && host_of(origin) == Some(host));
    let site = text(&SEC_FETCH_SITE).map(|site| site == "same-origin");
    match (origin, site) {
        (None, None) => false,
        (origin, site) => origin.unwrap_or(true) && site.unwrap_or(true),
    }
}

fn host_of(origin: &str) -> Option<&str> {
    origin.strip_prefix("https://").or_else(|| origin.strip_prefix("http://"))
}

#[cfg(test)]
mod tests {
    use super::is_ours;
    use axum::http::{HeaderMap, HeaderName};

    fn judged(pairs: &[(&'static str, &str)]) -> bool {
        let header = |&(name, value): &(&'static str, &str)| (HeaderName::from_static(name), value.parse().unwrap());
        is_ours(&pairs.iter().map(header).collect::<HeaderMap>())
    }

    #[test]
    fn only_our_own_host_posts() {
        let host = ("host", "clinics.example:7410");
        let (ours, theirs) = (("origin", "http://clinics.example:7410"), ("origin", "https://evil.example"));
        let (same, cross) = (("sec-fetch-site", "same-origin"), ("sec-fetch-site", "cross-site"));
        assert!(judged(&[host, ours]));
        assert!(judged(&[host, ("origin", "https://clinics.example:7410"), same]));
        assert!(judged(&[host, same]));
        for bad in [
            &[host][..],
            &[host, theirs],
            &[host, theirs, same],
            &[host, ours, cross],
            &[host, cross],
            &[host, ours, ("sec-fetch-site", "same-site")],
            &[host, ("sec-fetch-site", "none")],
            &[host, ("origin", "null")],
            &[host, ("origin", "http://clinics.example")],
            &[host, ("origin", "clinics.example:7410")],
            &[host, ("origin", "http://clinics.example:7410.evil.example")],
            &[ours],
            &[("host", ""), ("origin", "http://")],
        ] {
            assert!(!judged(bad), "{bad:?}");
        }
    }
}
