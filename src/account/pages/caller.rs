//! What a request tells of where it comes from.

use std::convert::Infallible;
use std::net::{IpAddr, SocketAddr};

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::{HeaderMap, header, request::Parts};
use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};

use crate::account::model::{Phone, device};
use crate::app::App;
use crate::web::session;

/// Keeps the number of the person who signs in here, so that only the password is typed. It opens nothing.
const PHONE_COOKIE: &str = "__Host-so";

/// Address, device and cookies of a request.
#[derive(Debug)]
pub struct Caller {
    /// For the throttle: an IPv4 address, or the half of an IPv6 address that names a household.
    pub address: String,
    /// Browser and device in words.
    pub device: String,
    /// SHA-256 of the session key that came along, whether it still opens anything or not.
    pub key_hash: Option<Vec<u8>>,
    /// The number remembered on this machine.
    pub remembered: Option<Phone>,
}

impl FromRequestParts<App> for Caller {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(address)| address.ip());
        let agent = parts.headers.get(header::USER_AGENT).and_then(|agent| agent.to_str().ok()).unwrap_or_default();
        Ok(Self {
            address: address(peer, &parts.headers, &app.settings.proxies),
            device: device::words(agent),
            key_hash: session::session_key(&parts.headers).map(|key| session::hash(&key)),
            remembered: remembered(&parts.headers),
        })
    }
}

impl Caller {
    /// SHA-256 of the session key; empty, which opens nothing, when none came along.
    pub fn key(&self) -> &[u8] {
        self.key_hash.as_deref().unwrap_or_default()
    }
}

/// The number remembered on this machine, if it is one.
pub fn remembered(headers: &HeaderMap) -> Option<Phone> {
    CookieJar::from_headers(headers).get(PHONE_COOKIE)?.value().parse().ok()
}

/// Remembers the number, or forgets it.
pub fn remember(phone: Option<&Phone>) -> Cookie<'static> {
    let value = phone.map_or_else(String::new, |phone| phone.as_str().to_owned());
    let cookie = Cookie::build((PHONE_COOKIE, value)).path("/").secure(true).http_only(true).same_site(SameSite::Lax);
    if phone.is_some() { cookie.permanent().build() } else { cookie.removal().build() }
}

/// Who is counted. Behind a proxy on this very machine, or one that the settings name, the last address it names is the
/// browser's; a header from anywhere else is only somebody's word.
fn address(peer: Option<IpAddr>, headers: &HeaderMap, proxies: &[IpAddr]) -> String {
    let forwarded = || {
        let line = headers.get_all("x-forwarded-for").iter().next_back()?.to_str().ok()?;
        line.rsplit(',').next()?.trim().parse::<IpAddr>().ok()
    };
    match peer {
        Some(peer) if peer.to_canonical().is_loopback() || proxies.contains(&peer.to_canonical()) => {
            counted(forwarded().unwrap_or(peer))
        }
        Some(peer) => counted(peer),
        None => "unknown".to_owned(),
    }
}

fn counted(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(four) => four.to_string(),
        IpAddr::V6(six) => {
            let [a, b, c, d, ..] = six.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(peer: &str, forwarded: &str) -> String {
        let mut headers = HeaderMap::new();
        if !forwarded.is_empty() {
            headers.insert("x-forwarded-for", forwarded.parse().unwrap());
        }
        address(peer.parse().ok(), &headers, &["172.30.39.1".parse().unwrap()])
    }

    #[test]
    fn only_a_proxy_of_this_machine_or_of_the_settings_is_believed() {
        assert_eq!(seen("172.30.39.1", "203.0.113.7"), "203.0.113.7");
        assert_eq!(seen("172.30.39.2", "203.0.113.7"), "172.30.39.2");
        assert_eq!(seen("203.0.113.9", "198.51.100.1"), "203.0.113.9");
        assert_eq!(seen("127.0.0.1", "198.51.100.1, 203.0.113.7"), "203.0.113.7");
        assert_eq!(seen("::1", "nonsense"), "0:0:0:0::/64");
        assert_eq!(seen("127.0.0.1", ""), "127.0.0.1");
        assert_eq!(seen("", "203.0.113.7"), "unknown");
    }

    #[test]
    fn a_household_counts_once_in_ipv6_and_a_mapped_address_as_ipv4() {
        assert_eq!(seen("2001:db8:1:2:3:4:5:6", ""), seen("2001:db8:1:2::99", ""));
        assert_ne!(seen("2001:db8:1:2::1", ""), seen("2001:db8:1:3::1", ""));
        assert_eq!(seen("::ffff:203.0.113.9", ""), "203.0.113.9");
    }
}
