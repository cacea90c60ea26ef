//! [XMLHttpRequest](https://xhr.spec.whatwg.org/): `open`, `setRequestHeader`, `send`.

use crate::deviations::Deviation;
use crate::fetch::construct::{extract, normalized};
use crate::fetch::environment::Environment;
use crate::http::header_list::HeaderList;
use crate::http::method;
use crate::http::modes::{CredentialsMode, RequestMode};
use crate::http::request::{BodySource, Request, RequestBody, UseCorsPreflight};
use crate::http::request_header::{is_forbidden_request_header, is_header_name, is_header_value, normalize_value};
use crate::infra::bytes::ByteString;
use crate::infra::mime::{MimeType, is_media_type};
use crate::infra::url_parser;
use crate::profile::Profile;
use crate::report::{ExceptionName, Threw};
use crate::scenario::Body;
use crate::spec::{Algorithm, Step};
use crate::trace::{DropReason, Event, EventKind, ThrowCheck, Trace};

/// The arguments of the three methods, and the attributes that count.
pub(crate) struct Xhr<'a> {
    pub(crate) method: &'a str,
    pub(crate) url: &'a str,
    pub(crate) headers: &'a [(String, String)],
    pub(crate) with_credentials: bool,
    pub(crate) upload_listener: bool,
    pub(crate) sync: bool,
    pub(crate) body: Option<&'a Body>,
    pub(crate) username: Option<&'a str>,
    pub(crate) password: Option<&'a str>,
}

fn threw(error: ExceptionName, because: ThrowCheck, step: Step) -> Threw {
    Threw { error: Some(error), because, step }
}

impl Xhr<'_> {
    /// The request that `send()` makes.
    pub(crate) fn request(&self, environment: &Environment<'_>, trace: &mut impl Trace) -> Result<Request, Threw> {
        let mut request = self.open(environment, trace)?;
        for (line, (name, value)) in self.headers.iter().enumerate() {
            set_request_header(environment.profile, &mut request.header_list, line, name, value, trace)?;
        }
        self.send(environment.profile, &mut request, trace)?;
        Ok(request)
    }

    /// <https://xhr.spec.whatwg.org/#the-open()-method>
    fn open(&self, environment: &Environment<'_>, trace: &mut impl Trace) -> Result<Request, Threw> {
        let method = ByteString::from_isomorphic(self.method).map_err(|_| {
            threw(ExceptionName::TypeError, ThrowCheck::NotByteString { member: "method" }, Algorithm::XhrOpen.step(""))
        })?;
        // 2. 3.
        if !method::is_method(method.as_bytes()) {
            return Err(threw(ExceptionName::SyntaxError, ThrowCheck::MethodNotToken, Algorithm::XhrOpen.step("2")));
        }
        if method::is_forbidden(method.as_bytes()) {
            return Err(threw(ExceptionName::SecurityError, ThrowCheck::MethodForbidden, Algorithm::XhrOpen.step("3")));
        }
        // 4.
        let method = normalized(method, trace);
        // 5. 6.
        let mut url = url_parser::join(&environment.base_url, self.url)
            .map_err(|_| threw(ExceptionName::SyntaxError, ThrowCheck::Url, Algorithm::XhrOpen.step("6")))?;
        // 8. A user name and a password may be given apart. Where the URL cannot have them, they are ignored.
        if url.has_host() {
            if let Some(username) = self.username {
                let _ = url.set_username(username);
            }
            if let Some(password) = self.password {
                let _ = url.set_password(Some(password));
            }
        }
        // 11.
        let mut request = Request::new(url, environment.origin.clone());
        request.method = method;
        Ok(request)
    }

    /// <https://xhr.spec.whatwg.org/#the-send()-method>
    fn send(&self, profile: Profile, request: &mut Request, trace: &mut impl Trace) -> Result<(), Threw> {
        // 3. 4.
        if let Some(body) = self.body
            && !matches!(request.method.as_bytes(), b"GET" | b"HEAD")
        {
            let (body, implied_type) = match body {
                // 4.2. 4.6.
                Body::Document { html, length } => {
                    let implied: &[u8] = if *html { b"text/html;charset=UTF-8" } else { b"application/xml;charset=UTF-8" };
                    (RequestBody { source: BodySource::Known, length: Some(*length) }, Some(ByteString::from(implied)))
                }
                // 4.3.
                body => extract(body, false)?,
            };
            // NB: a Blob whose type does not parse implies none.
            let is_dropped = |implied: &ByteString| {
                matches!(self.body, Some(Body::Blob { .. }))
                    && (profile.has(Deviation::XhrBlobTypeParsed) && !is_media_type(implied.as_bytes())
                        || profile.has(Deviation::XhrBlobTypeParsedLoosely) && MimeType::parse(implied.as_bytes()).is_none())
            };
            let implied_type = implied_type.filter(|implied| !is_dropped(implied));
            request.body = Some(body);
            let set = request.header_list.get(b"Content-Type");
            self.imply_content_type(profile, &mut request.header_list, implied_type, trace);
            request.replaced_type = set.filter(|set| request.header_list.get(b"Content-Type").as_ref() != Some(set));
        }
        // 5. 6.
        request.unsafe_request = true;
        request.mode = RequestMode::Cors;
        // NB: who reports no progress asks for no permission because of it.
        let is_heard = !(self.sync && profile.has(Deviation::UploadListenerNeedsAsync)
            || request.body.is_none() && profile.has(Deviation::UploadListenerNeedsBody));
        request.use_cors_preflight = (self.upload_listener && is_heard).then_some(UseCorsPreflight::UploadListener);
        request.credentials_mode = if self.with_credentials { CredentialsMode::Include } else { CredentialsMode::SameOrigin };
        Ok(())
    }

    /// Steps 4.4 to 4.6 of `send`: script's own `Content-Type` stays, but its charset becomes true.
    fn imply_content_type(
        &self,
        profile: Profile,
        headers: &mut HeaderList,
        implied_type: Option<ByteString>,
        trace: &mut impl Trace,
    ) {
        match (headers.get(b"Content-Type"), implied_type) {
            // 4.5. Text is always sent as UTF-8, whatever script says.
            (Some(author), _) => {
                let is_text = matches!(self.body, Some(Body::Document { .. } | Body::UrlSearchParams { .. } | Body::Text { .. }));
                if is_text && profile.has(Deviation::CharsetReplacedInPlace) {
                    if let Some(replaced) = with_charset_replaced(author.as_bytes()) {
                        headers.set(b"Content-Type", replaced);
                    }
                } else if is_text
                    && let Some(mut mime_type) = MimeType::parse(author.as_bytes())
                    && mime_type.parameter("charset").is_some_and(|charset| !charset.eq_ignore_ascii_case("UTF-8"))
                {
                    mime_type.set_parameter("charset", "UTF-8");
                    headers.set(b"Content-Type", mime_type.to_string().as_bytes());
                }
            }
            // 4.6.
            (None, Some(value)) => {
                headers.set(b"Content-Type", value.as_bytes());
                trace.record(|| Event {
                    step: Algorithm::XhrSend.step("4.6"),
                    hop: 0,
                    what: EventKind::ContentTypeImplied { value },
                });
            }
            (None, None) => {}
        }
    }
}

/// `content_type` with what follows `charset=`, wherever that stands, replaced by `UTF-8`; nothing where it has none.
fn with_charset_replaced(content_type: &[u8]) -> Option<Vec<u8>> {
    let is_blank = |byte: &u8| matches!(byte, 0..=b' ');
    let found = content_type.windows(7).enumerate().filter(|(_, word)| word.eq_ignore_ascii_case(b"charset"));
    for (start, _) in found {
        let after = start + 7;
        let equals = after + content_type[after..].iter().take_while(|byte| is_blank(byte)).count();
        // NB: what it is a part of does not matter, as long as something separates it from what is before.
        let is_word = start > 0 && matches!(content_type[start - 1], 0..=b' ' | b';');
        if !is_word || content_type.get(equals) != Some(&b'=') {
            continue;
        }
        let is_before_value = |byte: &u8| is_blank(byte) || matches!(byte, b'"' | b'\'');
        let value = equals + 1 + content_type[equals + 1..].iter().take_while(|byte| is_before_value(byte)).count();
        let is_of_value = |byte: &u8| !is_before_value(byte) && *byte != b';';
        let end = value + content_type[value..].iter().take_while(|byte| is_of_value(byte)).count();
        return Some([&content_type[..value], b"UTF-8", &content_type[end..]].concat());
    }
    None
}

/// <https://xhr.spec.whatwg.org/#the-setrequestheader()-method>
fn set_request_header(
    profile: Profile,
    headers: &mut HeaderList,
    line: usize,
    name: &str,
    value: &str,
    trace: &mut impl Trace,
) -> Result<(), Threw> {
    let step = |number| Algorithm::XhrSetRequestHeader.step(number);
    let bytes = |text| {
        ByteString::from_isomorphic(text)
            .map_err(|_| threw(ExceptionName::TypeError, ThrowCheck::NotByteString { member: "headers" }, step("")))
    };
    let (name, value) = (bytes(name)?, bytes(value)?);
    // 3.
    let value = ByteString::from(normalize_value(value.as_bytes()));
    // 4.
    if !is_header_name(name.as_bytes()) {
        return Err(threw(ExceptionName::SyntaxError, ThrowCheck::HeaderName { line }, step("4")));
    }
    if !is_header_value(value.as_bytes()) {
        return Err(threw(ExceptionName::SyntaxError, ThrowCheck::HeaderValue { line }, step("4")));
    }
    // 5. The rule on methods in headers sees this one value only.
    if is_forbidden_request_header(profile, name.as_bytes(), value.as_bytes()) {
        trace.record(|| Event {
            step: step("5"),
            hop: 0,
            what: EventKind::HeaderDropped { name, value, reason: DropReason::Forbidden },
        });
        return Ok(());
    }
    // 6. A second value joins the first.
    headers.combine(name.as_bytes(), value.as_bytes());
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn charsets_in_place() {
        for (given, expected) in [
            ("text/plain;charset=utf-8", Some("text/plain;charset=UTF-8")),
            ("text/plain ; Charset = latin1 ;x=y", Some("text/plain ; Charset = UTF-8 ;x=y")),
            ("text/plain;charset=\"utf-8\"", Some("text/plain;charset=\"UTF-8\"")),
            ("text/plain charset=utf-8", Some("text/plain charset=UTF-8")),
            ("text/plain;xcharset=utf-8", None),
            ("text/plain;charset", None),
            ("text/plain", None),
            ("charset=x", None),
        ] {
            let found = with_charset_replaced(given.as_bytes()).map(|value| String::from_utf8(value).unwrap());
            assert_eq!(found.as_deref(), expected, "{given}");
        }
    }
}
