//! [IP address space](https://wicg.github.io/local-network-access/#ip-address-space-section) of Local Network Access.
//!
//! CORRECTION 8: the draft's check of a request contradicts itself in three places, and no two browsers share it. So the
//! spaces are here, and the check is not.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use serde::{Deserialize, Serialize};
use url::Host;

use super::origin::is_localhost_name;

/// How far an address reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub enum IpAddressSpace {
    /// This machine.
    Loopback,
    /// This network.
    Local,
    /// Everybody.
    Public,
}

impl IpAddressSpace {
    /// The space of `address`. It is less public than another if it is smaller.
    pub const fn of(address: IpAddr) -> Self {
        match address {
            IpAddr::V4(address) => Self::of_v4(address),
            IpAddr::V6(address) => match address.to_ipv4_mapped() {
                Some(embedded) => Self::of_v4(embedded),
                None => Self::of_v6(address),
            },
        }
    }

    /// The space of a host, as far as its name says: an address, or a name that is kept for this machine or this network.
    /// Any other name may lead anywhere, and is taken to be public.
    pub fn of_host(host: &Host<impl AsRef<str>>) -> Self {
        match host {
            Host::Ipv4(address) => Self::of(IpAddr::V4(*address)),
            Host::Ipv6(address) => Self::of(IpAddr::V6(*address)),
            Host::Domain(domain) if is_localhost_name(domain.as_ref()) => Self::Loopback,
            Host::Domain(domain) if domain.as_ref().trim_end_matches('.').ends_with(".local") => Self::Local,
            Host::Domain(_) => Self::Public,
        }
    }

    const fn of_v4(address: Ipv4Addr) -> Self {
        match address.octets() {
            // NB: 0.0.0.0 alone comes before the rest of 0.0.0.0/8.
            [127, ..] | [198, 18 | 19, ..] | [0, 0, 0, 0] => Self::Loopback,
            [0 | 10, ..] | [100, 64..=127, ..] | [172, 16..=31, ..] | [192, 168, ..] | [169, 254, ..] => Self::Local,
            _ => Self::Public,
        }
    }

    const fn of_v6(address: Ipv6Addr) -> Self {
        match address.segments() {
            [0, 0, 0, 0, 0, 0, 0, 0 | 1] => Self::Loopback,
            // fc00::/7, fe80::/10, fec0::/10, 2001:db8::/32, 3fff::/20
            [0xfc00..=0xfdff | 0xfe80..=0xfeff, ..] | [0x2001, 0x0db8, ..] | [0x3fff, 0..=0x0fff, ..] => Self::Local,
            _ => Self::Public,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spaces() {
        use IpAddressSpace::{Local, Loopback, Public};
        for (address, space) in [
            ("127.0.0.1", Loopback),
            ("127.255.255.255", Loopback),
            ("198.18.0.1", Loopback),
            ("198.19.255.255", Loopback),
            ("198.20.0.0", Public),
            ("0.0.0.0", Loopback),
            ("0.1.2.3", Local),
            ("10.0.0.1", Local),
            ("100.64.0.1", Local),
            ("100.127.255.255", Local),
            ("100.128.0.0", Public),
            ("172.15.255.255", Public),
            ("172.16.0.0", Local),
            ("172.32.0.0", Public),
            ("192.168.1.1", Local),
            ("192.169.0.0", Public),
            ("169.254.169.254", Local),
            ("93.184.215.14", Public),
            ("::1", Loopback),
            ("::", Loopback),
            ("::2", Public),
            ("fc00::1", Local),
            ("fdff::1", Local),
            ("fe80::1", Local),
            ("febf::1", Local),
            ("fec0::1", Local),
            ("feff::1", Local),
            ("ff02::1", Public),
            ("2001:db8::1", Local),
            ("2001:db9::1", Public),
            ("3fff::1", Local),
            ("3fff:fff::1", Local),
            ("3fff:1000::1", Public),
            ("::ffff:192.168.0.1", Local),
            ("::ffff:127.0.0.1", Loopback),
            ("::ffff:8.8.8.8", Public),
            ("2606:4700::1111", Public),
        ] {
            assert_eq!(IpAddressSpace::of(address.parse().unwrap()), space, "{address}");
        }
        assert!(Loopback < Local && Local < Public);
    }
}
