//! The address that a request came from, which lockout counts by.

use crate::connection::Peer;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName};
use std::net::{IpAddr, Ipv4Addr};

const X_FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// Whoever has connected; if that is one of our own proxies, whoever it says it speaks for. Nobody else is believed:
/// a guesser would give every guess an address of its own.
pub(super) fn of(parts: &Parts, proxies: &[IpAddr]) -> IpAddr {
    let peer = parts.extensions.get::<Peer>().map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |peer| peer.0.to_canonical());
    if proxies.contains(&peer) { forwarded(&parts.headers, proxies).unwrap_or(peer) } else { peer }
}

/// The last address that is not a proxy of ours: each proxy writes behind what it was told, and what stands before the
/// last stranger is the stranger's own word.
fn forwarded(headers: &HeaderMap, proxies: &[IpAddr]) -> Option<IpAddr> {
    let texts = headers.get_all(X_FORWARDED_FOR).iter().filter_map(|value| value.to_str().ok());
    let addresses: Vec<&str> = texts.flat_map(|text| text.split(',')).map(str::trim).collect();
    let strangers =
        addresses.iter().rev().map(|text| text.parse::<IpAddr>().ok().map(|address| address.to_canonical()));
    strangers.into_iter().find(|address| address.is_none_or(|address| !proxies.contains(&address))).flatten()
}

#[cfg(test)]
mod tests {
    use super::of;
    use crate::connection::Peer;
    use axum::http::Request;

    fn judged(peer: &str, forwarded: &[&str]) -> String {
        let request =
            forwarded.iter().fold(Request::builder(), |request, value| request.header("X-Forwarded-For", *value));
        let (mut parts, ()) = request.body(()).unwrap().into_parts();
        parts.extensions.insert(Peer(peer.parse().unwrap()));
        of(&parts, &["10.0.0.1".parse().unwrap(), "10.0.0.2".parse().unwrap()]).to_string()
    }

    #[test]
    fn only_our_own_proxies_are_believed_and_only_their_own_words() {
        for (peer, forwarded, expected) in [
            ("192.0.2.7", &[][..], "192.0.2.7"),
            ("192.0.2.7", &["198.51.100.1"], "192.0.2.7"),
            ("10.0.0.1", &["198.51.100.1"], "198.51.100.1"),
            ("::ffff:10.0.0.1", &["198.51.100.1"], "198.51.100.1"),
            ("10.0.0.1", &["203.0.113.9, 198.51.100.1"], "198.51.100.1"),
            ("10.0.0.1", &["203.0.113.9", "198.51.100.1, 10.0.0.2"], "198.51.100.1"),
            ("10.0.0.1", &["203.0.113.9, nonsense"], "10.0.0.1"),
            ("10.0.0.1", &["10.0.0.2"], "10.0.0.1"),
            ("10.0.0.1", &[], "10.0.0.1"),
        ] {
            assert_eq!(judged(peer, forwarded), expected, "{peer} {forwarded:?}");
        }
    }
}
