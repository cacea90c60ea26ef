//! [Port blocking](https://fetch.spec.whatwg.org/#port-blocking).

use url::Url;

/// Every bad port, ascending: the first column of the standard's table.
const BAD_PORTS: [u16; 83] = [
    0, 1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104, 109, 110, 111,
    113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514, 515, 526, 530, 531, 532, 540, 548, 554,
    556, 563, 587, 601, 636, 989, 990, 993, 995, 1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666,
    6667, 6668, 6669, 6679, 6697, 10080,
];

/// <https://fetch.spec.whatwg.org/#bad-port>
pub fn is_bad_port(port: u16) -> bool {
    BAD_PORTS.binary_search(&port).is_ok()
}

/// <https://fetch.spec.whatwg.org/#block-bad-port>: the port because of which `url` is not fetched.
pub fn block_bad_port(url: &Url) -> Option<u16> {
    // 1. The request's current URL is what the caller gives.
    // 2. HTTP(S) only. A default port is null, and never bad.
    matches!(url.scheme(), "http" | "https").then(|| url.port()).flatten().filter(|&port| is_bad_port(port))
    // 3. Otherwise it is allowed.
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_ascending_without_repetition() {
        assert!(BAD_PORTS.is_sorted_by(|a, b| a < b));
    }

    #[test]
    fn ports() {
        for (url, blocked) in [
            ("https://b.example:6679/", Some(6679)),
            ("https://b.example:0/", Some(0)),
            ("http://b.example:4190/", Some(4190)),
            ("https://b.example:10080/", Some(10080)),
            ("http://b.example:6667/", Some(6667)),
            ("http://b.example/", None),
            ("http://b.example:80/", None),
            ("https://b.example:443/", None),
            ("https://b.example:8080/", None),
            ("ftp://b.example:22/", None),
            ("ws://b.example:6667/", None),
        ] {
            assert_eq!(block_bad_port(&Url::parse(url).unwrap()), blocked, "{url}");
        }
    }
}
