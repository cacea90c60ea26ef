//! Which directive of a Content Security Policy a request falls under. Whether that one blocks it is for the scenario to say;
//! consoles name it.

use crate::scenario::Call;

/// The directive that a console names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Directive {
    /// The directive that is meant for such a request.
    pub effective: &'static str,
    /// The one that stands in the policy for it: the same, or one that it falls back to.
    pub used: &'static str,
    /// The latter, as it stands there.
    pub text: String,
}

impl Directive {
    /// The directive of `policy` that `call` falls under, if any.
    pub(super) fn of(policy: &str, call: &Call) -> Option<Self> {
        let names = names(call);
        let effective = names.first()?;
        names.iter().find_map(|used| Some(Self { effective, used, text: find(policy, used)? }))
    }
}

/// The first directive of this name: the others do not count.
fn find(policy: &str, wanted: &str) -> Option<String> {
    policy.split(';').map(|directive| directive.split_ascii_whitespace().collect::<Vec<_>>()).find_map(|tokens| {
        let (name, values) = tokens.split_first()?;
        name.eq_ignore_ascii_case(wanted).then(|| [&[wanted], values].concat().join(" "))
    })
}

/// The directive that is meant for a request, and what it falls back to.
/// <https://w3c.github.io/webappsec-csp/#directive-fallback-list>
fn names(call: &Call) -> &'static [&'static str] {
    const CONNECT: &[&str] = &["connect-src", "default-src"];
    const IMAGE: &[&str] = &["img-src", "default-src"];
    const MEDIA: &[&str] = &["media-src", "default-src"];
    const SCRIPT: &[&str] = &["script-src-elem", "script-src", "default-src"];
    const STYLE: &[&str] = &["style-src-elem", "style-src", "default-src"];
    const FONT: &[&str] = &["font-src", "default-src"];
    match call {
        Call::Fetch { .. } | Call::Xhr { .. } | Call::EventSource { .. } | Call::Beacon { .. } | Call::WebSocket { .. } => {
            CONNECT
        }
        Call::Img { .. } => IMAGE,
        Call::Media { .. } | Call::Track { .. } => MEDIA,
        Call::Script { .. } | Call::Import { .. } | Call::ImportScripts { .. } => SCRIPT,
        Call::Stylesheet { .. } => STYLE,
        Call::Font { .. } => FONT,
        Call::Worker { .. } => &["worker-src", "child-src", "script-src", "default-src"],
        Call::Iframe { .. } => &["frame-src", "child-src", "default-src"],
        Call::Preload { destination, .. } => match destination.to_ascii_lowercase().as_str() {
            "image" => IMAGE,
            "track" => MEDIA,
            "script" => SCRIPT,
            "style" => STYLE,
            "font" => FONT,
            _ => CONNECT,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn directives_by_call() {
        for (call, policy, expected) in [
            (r#""fetch""#, "connect-src 'self'", Some(("connect-src", "connect-src", "connect-src 'self'"))),
            (r#""fetch""#, " Connect-Src  'self' ;connect-src *", Some(("connect-src", "connect-src", "connect-src 'self'"))),
            (r#""xhr""#, "img-src *; default-src 'none'", Some(("connect-src", "default-src", "default-src 'none'"))),
            (r#""eventSource""#, "connect-src", Some(("connect-src", "connect-src", "connect-src"))),
            (r#""fetch""#, "img-src 'self'", None),
            (r#""fetch""#, "", None),
            (r#""img""#, "default-src 'self'; img-src a.example", Some(("img-src", "img-src", "img-src a.example"))),
            (r#""script""#, "script-src 'self'", Some(("script-src-elem", "script-src", "script-src 'self'"))),
            (r#""import""#, "script-src-elem 'self'", Some(("script-src-elem", "script-src-elem", "script-src-elem 'self'"))),
            (r#""stylesheet""#, "default-src 'self'", Some(("style-src-elem", "default-src", "default-src 'self'"))),
            (r#""font""#, "font-src 'self'", Some(("font-src", "font-src", "font-src 'self'"))),
            (r#""preload", "as": "IMAGE""#, "default-src a.example", Some(("img-src", "default-src", "default-src a.example"))),
            (r#""preload", "as": "track""#, "default-src a.example", Some(("media-src", "default-src", "default-src a.example"))),
            (
                r#""preload", "as": "script""#,
                "script-src a.example",
                Some(("script-src-elem", "script-src", "script-src a.example")),
            ),
            (r#""preload", "as": "style""#, "style-src a.example", Some(("style-src-elem", "style-src", "style-src a.example"))),
            (r#""preload", "as": "font""#, "default-src a.example", Some(("font-src", "default-src", "default-src a.example"))),
            (
                r#""preload", "as": "fetch""#,
                "default-src a.example",
                Some(("connect-src", "default-src", "default-src a.example")),
            ),
            (r#""worker""#, "script-src 'self'", Some(("worker-src", "script-src", "script-src 'self'"))),
        ] {
            let call: Call = serde_json::from_str(&format!(r#"{{ "api": {call}, "url": "/" }}"#)).unwrap();
            let found = Directive::of(policy, &call);
            let found = found.as_ref().map(|found| (found.effective, found.used, found.text.as_str()));
            assert_eq!(found, expected, "{call:?} {policy}");
        }
    }
}
