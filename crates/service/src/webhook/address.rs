//! Where a call may go. Whoever names an address could otherwise make the platform call what only the platform can reach.

use std::collections::BTreeSet;
use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use hyper::Uri;
use hyper::http::uri::Authority;

/// Characters of an address.
const ADDRESS_MAX_CHARS: usize = 200;

/// Why an address cannot be called.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    /// It is no address, holds a password, or is too long.
    #[error("请填写完整的网址，如 https://example.cn/hook ，不能包含用户名和密码，最长{ADDRESS_MAX_CHARS}个字符。")]
    Unreadable,
    /// What is sent could be read on the way.
    #[error("接收地址应以 https:// 开头。")]
    Insecure,
    /// It lies in a network of the platform's own.
    #[error("不能推送到内部网络的地址。")]
    Inside,
}

/// A host that may be called, with what stands after it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    pub(super) secure: bool,
    /// A name, or an address of the internet without brackets.
    pub(super) host: String,
    pub(super) port: u16,
    /// As it stands in the `Host` header.
    pub(super) authority: String,
    pub(super) path: String,
    /// Whether whoever runs the platform has named the host, so that it may lie inside.
    pub(super) named: bool,
}

impl Address {
    /// Reads an address. `inside` are the hosts that whoever runs the platform has named; of these alone one may be on
    /// this machine, and then without TLS.
    ///
    /// # Errors
    /// It cannot be called, whatever its name stands for.
    pub fn read(text: &str, inside: &BTreeSet<String>) -> Result<Self, AddressError> {
        let uri: Uri = text.trim().parse().map_err(|_| AddressError::Unreadable)?;
        let (Some(scheme), Some(authority)) = (uri.scheme_str(), uri.authority()) else { return Err(AddressError::Unreadable) };
        if text.len() > ADDRESS_MAX_CHARS || !is_plain(authority) {
            return Err(AddressError::Unreadable);
        }
        let host = authority.host().trim_start_matches('[').trim_end_matches(']').to_ascii_lowercase();
        let named = inside.contains(&host);
        let secure = scheme == "https";
        let open_here = scheme == "http" && named && is_this_machine(&host);
        if !(secure || open_here) {
            return Err(AddressError::Insecure);
        }
        if !named && host.parse().is_ok_and(|ip| !is_public(ip)) {
            return Err(AddressError::Inside);
        }
        let port = authority.port_u16().unwrap_or(if secure { 443 } else { 80 });
        let path = uri.path_and_query().map_or("/", |path| path.as_str()).to_owned();
        Ok(Self { secure, host, port, authority: authority.to_string(), path, named })
    }

    /// Whether the host may be called there. Names are resolved again for every call: what one stands for can change.
    pub(super) fn may_be_at(&self, ip: IpAddr) -> bool {
        self.named || is_public(ip)
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}://{}{}", if self.secure { "https" } else { "http" }, self.authority, self.path)
    }
}

/// A host, with a port that is a number if there is one, and no password.
fn is_plain(authority: &Authority) -> bool {
    let bare = authority.as_str() == authority.host();
    !authority.host().is_empty() && !authority.as_str().contains('@') && (bare || authority.port_u16().is_some())
}

fn is_this_machine(host: &str) -> bool {
    host == "localhost" || host.parse::<IpAddr>().is_ok_and(|ip| ip.to_canonical().is_loopback())
}

/// Whether an address belongs to the public internet (IANA special-purpose registries; `IpAddr::is_global` is not stable).
fn is_public(ip: IpAddr) -> bool {
    match ip.to_canonical() {
        IpAddr::V4(four) => is_public_v4(four),
        IpAddr::V6(six) => is_public_v6(six),
    }
}

fn is_public_v4(ip: Ipv4Addr) -> bool {
    let special = ip.is_private() || ip.is_loopback() || ip.is_link_local() || ip.is_documentation() || ip.is_multicast();
    let [a, b, c, _] = ip.octets();
    let shared = a == 100 && (64..128).contains(&b);
    let protocols = (a, b, c) == (192, 0, 0);
    let benchmarks = a == 198 && (b == 18 || b == 19);
    !(special || shared || protocols || benchmarks || a == 0 || a >= 240)
}

/// Global unicast, without what leads back to addresses of version 4 and without the examples of documents.
fn is_public_v6(ip: Ipv6Addr) -> bool {
    let [a, b, ..] = ip.segments();
    let teredo_or_protocols = a == 0x2001 && b < 0x200;
    let documents = (a == 0x2001 && b == 0xdb8) || (a == 0x3fff && b < 0x1000);
    let six_to_four = a == 0x2002;
    (0x2000..0x4000).contains(&a) && !teredo_or_protocols && !documents && !six_to_four
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_lies_outside_is_called() {
        let inside = BTreeSet::from(["oa.example.cn".to_owned(), "10.1.2.3".to_owned(), "127.0.0.1".to_owned()]);
        for (text, expected) in [
            ("https://example.cn/hook?a=1", Ok("https://example.cn/hook?a=1")),
            ("https://Example.cn:8443", Ok("https://Example.cn:8443/")),
            ("https://[2400:3200::1]/x", Ok("https://[2400:3200::1]/x")),
            ("https://8.8.8.8/", Ok("https://8.8.8.8/")),
            ("https://oa.example.cn/hook", Ok("https://oa.example.cn/hook")),
            ("https://10.1.2.3/", Ok("https://10.1.2.3/")),
            ("http://127.0.0.1:9/x", Ok("http://127.0.0.1:9/x")),
            ("http://10.1.2.3/", Err(AddressError::Insecure)),
            ("http://example.cn/", Err(AddressError::Insecure)),
            ("http://127.0.0.2/", Err(AddressError::Insecure)),
            ("ftp://example.cn/", Err(AddressError::Insecure)),
            ("https://127.0.0.2/", Err(AddressError::Inside)),
            ("https://10.0.0.1/", Err(AddressError::Inside)),
            ("https://169.254.169.254/latest", Err(AddressError::Inside)),
            ("https://[::1]/", Err(AddressError::Inside)),
            ("https://[::ffff:192.168.0.1]/", Err(AddressError::Inside)),
            ("https://[64:ff9b::7f00:1]/", Err(AddressError::Inside)),
            ("https://user:pass@example.cn/", Err(AddressError::Unreadable)),
            ("example.cn", Err(AddressError::Unreadable)),
            ("https://example.cn:x/", Err(AddressError::Unreadable)),
            ("https://example.cn:99999/", Err(AddressError::Unreadable)),
            ("https://", Err(AddressError::Unreadable)),
            ("", Err(AddressError::Unreadable)),
        ] {
            let read = Address::read(text, &inside).map(|address| address.to_string());
            assert_eq!(read.as_deref().map_err(|error| *error), expected, "{text}");
        }
        assert_eq!(Address::read(&format!("https://example.cn/{}", "a".repeat(200)), &inside), Err(AddressError::Unreadable));
    }

    #[test]
    fn special_addresses_are_not_public() {
        for (text, public) in [
            ("1.1.1.1", true),
            ("223.5.5.5", true),
            ("0.0.0.0", false),
            ("100.64.0.1", false),
            ("100.128.0.1", true),
            ("172.16.0.1", false),
            ("172.32.0.1", true),
            ("192.0.0.8", false),
            ("192.0.2.1", false),
            ("198.18.0.1", false),
            ("224.0.0.1", false),
            ("255.255.255.255", false),
            ("2400:3200::1", true),
            ("::", false),
            ("fd00::1", false),
            ("fe80::1", false),
            ("ff02::1", false),
            ("2001:db8::1", false),
            ("2001::1", false),
            ("2002:7f00:1::", false),
            ("::7f00:1", false),
        ] {
            assert_eq!(is_public(text.parse().unwrap()), public, "{text}");
        }
    }
}
