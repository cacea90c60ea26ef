//! MIME types: <https://mimesniff.spec.whatwg.org/#mime-type>.

use std::fmt;

use super::bytes::{is_http_whitespace, is_token, is_token_byte, isomorphic_decode, matches_ignoring_case, token_prefix, trim};

/// A MIME type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MimeType {
    /// Type and subtype in lower case: its [essence](https://mimesniff.spec.whatwg.org/#mime-type-essence).
    essence: String,
    /// Its parameters in order; the names are in lower case and unique.
    parameters: Vec<(String, String)>,
}

/// The type and the subtype that a value starts with, as they were written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Essence<'a> {
    kind: &'a [u8],
    subtype: &'a [u8],
}

impl Essence<'_> {
    /// Whether it is this type and this subtype, in whatever case.
    pub fn is(self, kind: &[u8], subtype: &[u8]) -> bool {
        matches_ignoring_case(self.kind, kind) && matches_ignoring_case(self.subtype, subtype)
    }
}

/// The first half of [parse a MIME type](https://mimesniff.spec.whatwg.org/#parse-a-mime-type), which is the only one that
/// can fail: the essence, and the parameters.
fn parse_essence(value: &[u8]) -> Option<(Essence<'_>, &[u8])> {
    // 1.-2. Without whitespace around it.
    // 3.-9. Type and subtype, and then a semicolon or the end, maybe with whitespace before it.
    let (essence, rest) = leading_essence(trim(value, is_http_whitespace))?;
    let parameters = trim_start(rest);
    matches!(parameters, [] | [b';', ..]).then_some((essence, parameters))
}

/// What `value` starts with, if that is a token, a slash and a token, and what follows.
pub fn leading_essence(value: &[u8]) -> Option<(Essence<'_>, &[u8])> {
    let (kind, rest) = value.split_at(token_prefix(value));
    let rest = rest.strip_prefix(b"/")?;
    let (subtype, rest) = rest.split_at(token_prefix(rest));
    (!kind.is_empty() && !subtype.is_empty()).then_some((Essence { kind, subtype }, rest))
}

/// The essence of `value` without parsing its parameters, which never cause failure: None for failure.
pub fn essence(value: &[u8]) -> Option<Essence<'_>> {
    parse_essence(value).map(|(essence, _)| essence)
}

impl MimeType {
    /// <https://mimesniff.spec.whatwg.org/#parse-a-mime-type> of the isomorphic decoding of `value`: None for failure.
    pub fn parse(value: &[u8]) -> Option<Self> {
        // 1.-9. Type and subtype.
        let (Essence { kind, subtype }, mut rest) = parse_essence(value)?;
        // 10. Both in lower case.
        let essence = format!("{}/{}", isomorphic_decode(kind), isomorphic_decode(subtype)).to_ascii_lowercase();
        let mut parameters: Vec<(String, String)> = Vec::new();
        // 11. While there is a semicolon:
        while let [b';', after @ ..] = rest {
            // 11.1.-11.4. Whitespace, then a name up to a semicolon or an equals sign, in lower case.
            let after = trim_start(after);
            let end = after.iter().position(|byte| matches!(byte, b';' | b'=')).unwrap_or(after.len());
            let (name, after) = after.split_at(end);
            rest = after;
            // 11.5. No equals sign: the next one.
            let [b'=', after @ ..] = after else { continue };
            // 11.6. Nothing after it: the end.
            if after.is_empty() {
                break;
            }
            // 11.7.-11.9. A quoted string and whatever follows it, or a value without whitespace after it.
            let value = if after.starts_with(b"\"") {
                let (value, after) = collect_quoted_string(after);
                rest = after.get(after.iter().position(|&byte| byte == b';').unwrap_or(after.len())..).unwrap_or_default();
                value
            } else {
                let (value, after) = after.split_at(after.iter().position(|&byte| byte == b';').unwrap_or(after.len()));
                rest = after;
                let value = trim_end(value);
                if value.is_empty() {
                    continue;
                }
                value.to_vec()
            };
            // 11.10. The first of each name, if name and value are made of what they may be.
            let name = isomorphic_decode(name).to_ascii_lowercase();
            if is_token(name.as_bytes())
                && value.iter().copied().all(is_quoted_string_byte)
                && parameters.iter().all(|(known, _)| *known != name)
            {
                parameters.push((name, isomorphic_decode(&value)));
            }
        }
        // 12.
        Some(Self { essence, parameters })
    }

    /// <https://mimesniff.spec.whatwg.org/#mime-type-essence>
    pub fn essence(&self) -> &str {
        &self.essence
    }

    /// The type: what stands before the slash.
    pub fn kind(&self) -> &str {
        self.essence.split_once('/').map_or("", |(kind, _)| kind)
    }

    /// The value of the parameter `name`, given in lower case.
    pub fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters.iter().find(|(known, _)| known == name).map(|(_, value)| &**value)
    }

    /// Gives the parameter `name`, in lower case, this value.
    pub fn set_parameter(&mut self, name: &str, value: &str) {
        match self.parameters.iter_mut().find(|(known, _)| known == name) {
            Some((_, old)) => *old = value.into(),
            None => self.parameters.push((name.into(), value.into())),
        }
    }

    /// <https://mimesniff.spec.whatwg.org/#javascript-mime-type>
    pub fn is_javascript(&self) -> bool {
        matches!(
            &*self.essence,
            "application/ecmascript"
                | "application/javascript"
                | "application/x-ecmascript"
                | "application/x-javascript"
                | "text/ecmascript"
                | "text/javascript"
                | "text/javascript1.0"
                | "text/javascript1.1"
                | "text/javascript1.2"
                | "text/javascript1.3"
                | "text/javascript1.4"
                | "text/javascript1.5"
                | "text/jscript"
                | "text/livescript"
                | "text/x-ecmascript"
                | "text/x-javascript"
        )
    }
}

/// <https://mimesniff.spec.whatwg.org/#serialize-a-mime-type>
impl fmt::Display for MimeType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.essence)?;
        for (name, value) in &self.parameters {
            if !value.is_empty() && value.chars().all(|c| u8::try_from(c).is_ok_and(is_token_byte)) {
                write!(f, ";{name}={value}")?;
            } else {
                write!(f, ";{name}=\"{}\"", value.replace('\\', "\\\\").replace('"', "\\\""))?;
            }
        }
        Ok(())
    }
}

/// [Collect an HTTP quoted string](https://fetch.spec.whatwg.org/#collect-an-http-quoted-string), extracting its value:
/// the value, and what follows. `input` starts with the quotation mark.
fn collect_quoted_string(input: &[u8]) -> (Vec<u8>, &[u8]) {
    // 1.-4. After the quotation mark.
    let mut rest = input.get(1..).unwrap_or_default();
    let mut value = Vec::new();
    // 5. Bytes, escaped bytes, and the end.
    loop {
        match rest {
            [] => return (value, rest),
            [b'"', after @ ..] => return (value, after),
            [b'\\'] => {
                value.push(b'\\');
                return (value, &[]);
            }
            [b'\\', byte, after @ ..] | [byte, after @ ..] => {
                value.push(*byte);
                rest = after;
            }
        }
    }
}

/// <https://mimesniff.spec.whatwg.org/#http-quoted-string-token-code-point>
const fn is_quoted_string_byte(byte: u8) -> bool {
    matches!(byte, b'\t' | 0x20..=0x7E | 0x80..=0xFF)
}

fn trim_start(mut bytes: &[u8]) -> &[u8] {
    while let [first, rest @ ..] = bytes
        && is_http_whitespace(*first)
    {
        bytes = rest;
    }
    bytes
}

fn trim_end(mut bytes: &[u8]) -> &[u8] {
    while let [rest @ .., last] = bytes
        && is_http_whitespace(*last)
    {
        bytes = rest;
    }
    bytes
}

/// Whether `value` is a media type to its end: `type/subtype` and parameters, each with a name and a token or a quoted string.
pub fn is_media_type(value: &[u8]) -> bool {
    let is_token_byte = |byte: u8| matches!(byte, 0x21..=0x7f) && !b"()<>@,;:\\\"/[]?=".contains(&byte);
    let skip_blanks = |rest: &mut &[u8]| {
        while let [b' ' | b'\t', after @ ..] = *rest {
            *rest = after;
        }
    };
    let token = |rest: &mut &[u8]| {
        let length = rest.iter().take_while(|&&byte| is_token_byte(byte)).count();
        *rest = rest.get(length..).unwrap_or_default();
        skip_blanks(rest);
        length > 0
    };
    let byte = |rest: &mut &[u8], wanted: u8| {
        let is_there = rest.first() == Some(&wanted);
        if is_there {
            *rest = rest.get(1..).unwrap_or_default();
            skip_blanks(rest);
        }
        is_there
    };
    let quoted = |rest: &mut &[u8]| {
        let Some(mut inside) = rest.strip_prefix(b"\"") else { return false };
        loop {
            match inside {
                [b'"', after @ ..] => {
                    *rest = after;
                    skip_blanks(rest);
                    return true;
                }
                [b'\\', _, after @ ..] | [_, after @ ..] => inside = after,
                [] => return false,
            }
        }
    };
    let mut rest = value;
    skip_blanks(&mut rest);
    if !(token(&mut rest) && byte(&mut rest, b'/') && token(&mut rest)) {
        return false;
    }
    while !rest.is_empty() {
        if !(byte(&mut rest, b';') && token(&mut rest) && byte(&mut rest, b'=') && (token(&mut rest) || quoted(&mut rest))) {
            return false;
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn media_types() {
        for (value, is) in [
            ("text/plain", true),
            ("text/plain ; a=b; c=\"d;\\\"\"", true),
            ("text/{plain}", true),
            ("", false),
            ("text", false),
            ("text/", false),
            ("text/plain;", false),
            ("text/plain;;a=b", false),
            ("text/plain;a", false),
            ("text/plain;a=", false),
            ("text/plain;a=\"b", false),
            ("text/plain;a=(b)", false),
            ("text/plain, text/plain", false),
            ("text/plain text/plain", false),
            ("text/plain\u{80}", false),
        ] {
            assert_eq!(is_media_type(value.as_bytes()), is, "{value}");
        }
    }

    #[test]
    fn parsing() {
        for (value, serialized) in [
            (&b"text/plain"[..], Some("text/plain")),
            (b"TEXT/Plain;CHARSET=x", Some("text/plain;charset=x")),
            (b" \t\r\ntext/plain \t\r\n", Some("text/plain")),
            (b"text/plain;", Some("text/plain")),
            (b"text/plain;garbage", Some("text/plain")),
            (b"text/plain ;charset=utf-8", Some("text/plain;charset=utf-8")),
            (b"text/html;charset=\"utf-8\"", Some("text/html;charset=utf-8")),
            (b"text/html;charset=\"a\\\"b\\\\c\"junk;x=y", Some("text/html;charset=\"a\\\"b\\\\c\";x=y")),
            (b"text/html;charset=\"open", Some("text/html;charset=open")),
            (b"text/html;charset=\"open\\", Some("text/html;charset=\"open\\\\\"")),
            (b"text/html;charset=\"\"", Some("text/html;charset=\"\"")),
            (b"text/html;charset=;x=y", Some("text/html;x=y")),
            (b"text/html;charset=", Some("text/html")),
            (b"text/html;a=1;A=2", Some("text/html;a=1")),
            (b"text/html;a b=1;c=2", Some("text/html;c=2")),
            (b"text/html; charset = utf-8", Some("text/html")),
            (b"text/html;x=\xe9", Some("text/html;x=\"\u{e9}\"")),
            (b"text/html;x=\x7f", Some("text/html")),
            (b"text/html;;;x=y;;", Some("text/html;x=y")),
            (b"*/*", Some("*/*")),
            (b"text/plain,", None),
            (b"text/plain,text/plain", None),
            (b",text/plain", None),
            (b"text /plain", None),
            (b"text/ plain", None),
            (b"text/plain\x0c", None),
            (b"text/plain\x0b", None),
            (b"text", None),
            (b"text/", None),
            (b"/plain", None),
            (b"text/;x=y", None),
            (b"t\xe9xt/plain", None),
            (b"", None),
        ] {
            let parsed = MimeType::parse(value);
            assert_eq!(parsed.as_ref().map(MimeType::to_string).as_deref(), serialized, "{}", value.escape_ascii());
            let essence = essence(value);
            assert_eq!(essence.is_some(), parsed.is_some());
            if let (Some(essence), Some(parsed)) = (essence, parsed) {
                let (kind, subtype) = parsed.essence().split_once('/').unwrap();
                assert!(essence.is(kind.as_bytes(), subtype.as_bytes()));
                assert!(!essence.is(kind.as_bytes(), b"x") && !essence.is(b"x", subtype.as_bytes()));
            }
        }
    }

    #[test]
    fn javascript() {
        for (value, is) in [
            ("text/javascript", true),
            ("TEXT/JavaScript1.5;x=y", true),
            ("application/x-ecmascript", true),
            ("text/livescript", true),
            ("text/javascript1.6", false),
            ("application/json", false),
            ("text/plain", false),
        ] {
            assert_eq!(MimeType::parse(value.as_bytes()).unwrap().is_javascript(), is, "{value}");
        }
    }
}
