//! The [URL parser](https://url.spec.whatwg.org/#concept-url-parser), where the `url` crate needs help.

use url::{ParseError, Url};

/// <https://url.spec.whatwg.org/#concept-url-parser>, without a base URL.
pub(crate) fn parse(text: &str) -> Result<Url, ParseError> {
    Url::parse(text).map(with_whole_path_encoded)
}

/// <https://url.spec.whatwg.org/#concept-url-parser>, with a base URL.
pub(crate) fn join(base: &Url, text: &str) -> Result<Url, ParseError> {
    base.join(text).map(with_whole_path_encoded)
}

/// NB: U+005E (^) is in the [path percent-encode set](https://url.spec.whatwg.org/#path-percent-encode-set), and the
/// `url` crate's (2.5) does not have it. An opaque path is encoded less, and stays.
fn with_whole_path_encoded(mut url: Url) -> Url {
    if !url.cannot_be_a_base() && url.path().contains('^') {
        let path = url.path().replace('^', "%5E");
        url.set_path(&path);
    }
    url
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_caret_is_encoded_in_a_path() {
        let base = Url::parse("http://a.example/b/c").unwrap();
        for (text, expected) in [
            ("n^`{}", "http://a.example/b/n%5E%60%7B%7D"),
            ("/%5e/^%/%2F^", "http://a.example/%5e/%5E%/%2F%5E"),
            ("n?^#^", "http://a.example/b/n?^#^"),
            ("data:^", "data:^"),
            ("http://u^@a.example/", "http://u%5E@a.example/"),
        ] {
            assert_eq!(join(&base, text).unwrap().as_str(), expected, "{text}");
        }
        assert_eq!(parse("https://a.example/^").unwrap().as_str(), "https://a.example/%5E");
        assert!(parse("^").is_err());
    }
}
