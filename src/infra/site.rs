//! The registrable domain of a host, by the [Public Suffix List](https://publicsuffix.org/list/).

/// <https://url.spec.whatwg.org/#host-registrable-domain> of a domain in ASCII: the public suffix and one label more.
/// None for a public suffix itself. A trailing dot is kept.
pub fn registrable_domain(domain: &str) -> Option<&str> {
    with_trailing_dot(domain, psl::domain_str)
}

/// <https://url.spec.whatwg.org/#host-public-suffix> of a domain in ASCII. A trailing dot is kept.
pub fn public_suffix(domain: &str) -> Option<&str> {
    with_trailing_dot(domain, psl::suffix_str)
}

/// What `find` finds at the end of `domain`, looking at it without its trailing dot and giving the dot back.
fn with_trailing_dot(domain: &str, find: impl Fn(&str) -> Option<&str>) -> Option<&str> {
    let bare = domain.strip_suffix('.').unwrap_or(domain);
    let before = bare.strip_suffix(find(bare)?)?;
    domain.get(before.len()..)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn registrable_domains() {
        for (domain, registrable) in [
            ("example.com", Some("example.com")),
            ("www.example.com", Some("example.com")),
            ("a.b.www.example.co.uk", Some("example.co.uk")),
            ("co.uk", None),
            ("com", None),
            ("localhost", None),
            ("a.localhost", Some("a.localhost")),
            ("b.a.localhost", Some("a.localhost")),
            ("a.example", Some("a.example")),
            ("w.a.example", Some("a.example")),
            ("alice.github.io", Some("alice.github.io")),
            ("github.io", None),
            ("www.example.com.", Some("example.com.")),
            ("com.", None),
            ("example.com..", None),
            ("", None),
            (".", None),
            ("www.xn--85x722f.com.cn", Some("xn--85x722f.com.cn")),
            ("xn--85x722f.xn--55qx5d.cn", Some("xn--85x722f.xn--55qx5d.cn")),
            ("xn--55qx5d.cn", None),
            ("www.ck", Some("www.ck")),
            ("a.b.ck", Some("a.b.ck")),
            ("b.ck", None),
        ] {
            assert_eq!(registrable_domain(domain), registrable, "{domain}");
        }
    }

    #[test]
    fn public_suffixes() {
        for (domain, suffix) in [
            ("example.com", "com"),
            ("example.com.", "com."),
            ("localhost", "localhost"),
            ("localhost.", "localhost."),
            ("a.localhost", "localhost"),
            ("alice.github.io", "github.io"),
        ] {
            assert_eq!(public_suffix(domain), Some(suffix), "{domain}");
        }
    }
}
