//! The names and ports of the recordings: what their placeholders stand for, and which servers answer.

use url::{Host, Url};

/// What `{{ID}}` stands for in a replay. A recording's own prefix was another one for each case; nothing depends on it.
pub(super) const ID: &str = "case";

/// The origins that the placeholders stand for, as `tests/corpus/README.md` lists them.
const ORIGINS: [(&str, &str); 11] = [
    ("A", "http://a.test:8101"),
    ("A2", "http://a.test:8102"),
    ("X", "http://x.a.test:8101"),
    ("B", "http://b.test:8103"),
    ("C", "http://c.test:8104"),
    ("P", "http://a.test"),
    ("Q", "http://b.test"),
    ("S", "https://a.test:8201"),
    ("S2", "https://a.test:8204"),
    ("T", "https://b.test:8202"),
    ("U", "https://c.test:8203"),
];

/// `text` with every placeholder replaced by what it stands for. What is no placeholder stays as it is.
pub(super) fn expand(text: &str) -> String {
    let mut expanded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{{") {
        expanded.push_str(before);
        match after.split_once("}}").and_then(|(name, after)| Some((meaning(name)?, after))) {
            Some((meaning, after)) => {
                expanded.push_str(meaning);
                rest = after;
            }
            None => {
                expanded.push_str("{{");
                rest = after;
            }
        }
    }
    expanded.push_str(rest);
    expanded
}

fn meaning(name: &str) -> Option<&'static str> {
    if name == "ID" {
        return Some(ID);
    }
    let origin = |name: &str| ORIGINS.iter().find(|(known, _)| *known == name).map(|(_, origin)| *origin);
    match name.strip_suffix(".host") {
        Some(name) => origin(name)?.split_once("://").map(|(_, host)| host),
        None => origin(name),
    }
}

/// The origin of the page `name` (`A`, `P` or `S`).
pub(super) fn page_origin(name: &str) -> Option<&'static str> {
    ORIGINS.iter().find(|(known, _)| *known == name).map(|(_, origin)| *origin)
}

/// How a recording names the server of `url`: by its placeholder where it has one, else by its origin.
pub(super) fn server_name(url: &Url) -> String {
    let origin = url.origin().ascii_serialization();
    match ORIGINS.iter().find(|(_, known)| *known == origin) {
        Some((name, _)) => (*name).to_owned(),
        None => origin,
    }
}

/// Whether the host of `url` is one that the recorder's machine knew. It had no network to ask for others.
pub(super) fn is_named(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => matches!(name, "a.test" | "x.a.test" | "b.test" | "c.test" | "localhost"),
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

/// Whether one of the recorder's servers answers at `url`: it listened at fixed ports, for the hosts of `*.test` that
/// the placeholders name and for this machine's own names, and spoke either plain HTTP or TLS at each port.
pub(super) fn has_server(url: &Url) -> bool {
    let port = match (url.scheme(), url.port_or_known_default()) {
        ("http", Some(port)) => matches!(port, 80 | 8101..=8104),
        ("https", Some(port)) => matches!(port, 8201..=8204),
        _ => false,
    };
    is_named(url) && port
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_expand() {
        for (text, expected) in [
            ("{{A}}/{{ID}}/m", "http://a.test:8101/case/m"),
            ("http://{{X.host}}/", "http://x.a.test:8101/"),
            ("{{P}}", "http://a.test"),
            ("{{A2}},{{S2}}", "http://a.test:8102,https://a.test:8204"),
            ("{{", "{{"),
            ("{{Z}}{{A}}", "{{Z}}http://a.test:8101"),
            ("{}", "{}"),
        ] {
            assert_eq!(expand(text), expected, "{text}");
        }
    }

    #[test]
    fn servers_have_names() {
        for (url, name, answers) in [
            ("http://a.test:8101/case/m", "A", true),
            ("http://a.test/", "P", true),
            ("https://a.test:8204/", "S2", true),
            ("http://localhost:8104/", "http://localhost:8104", true),
            ("https://b.test:8103/", "https://b.test:8103", false),
            ("http://b.test:9/", "http://b.test:9", false),
            ("http://nosuch.test/", "http://nosuch.test", false),
        ] {
            let url = Url::parse(url).unwrap();
            assert_eq!((server_name(&url).as_str(), has_server(&url)), (name, answers), "{url}");
        }
    }
}
