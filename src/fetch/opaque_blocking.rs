//! Opaque Response Blocking, as far as a response's header and status decide: <https://github.com/annevk/orb>. Each browser that has
//! it has its own.
//!
//! OUT OF SCOPE: what only the body tells.

use crate::deviations::Deviation;
use crate::http::blocking::determine_nosniff;
use crate::http::extract::extract_mime_type;
use crate::http::header_list::Fields;
use crate::http::status;
use crate::infra::mime::MimeType;
use crate::profile::Profile;
use crate::scenario::Call;

/// Whether an opaque response is kept from `call`: its type is that of data, and must not be guessed, or it is one that never is.
pub(crate) fn is_kept_from(profile: Profile, call: &Call, headers: &(impl Fields + ?Sized)) -> bool {
    is_looked_at(profile, call) && has_type_kept(profile, headers)
}

/// Whether an opaque response that `call` gets is not read to its end.
pub(crate) fn is_not_read(profile: Profile, call: &Call, headers: &(impl Fields + ?Sized)) -> bool {
    (profile.has(Deviation::DataKeptFromFetch) || is_looked_at(profile, call)) && has_type_kept(profile, headers)
}

/// NB: a font itself is never opaque.
fn is_looked_at(profile: Profile, call: &Call) -> bool {
    is_of_element(call) || call.preloads_as("font") && !profile.has(Deviation::PreloadOfFontsByCors)
}

fn has_type_kept(profile: Profile, headers: &(impl Fields + ?Sized)) -> bool {
    let Some(mime_type) = extract_mime_type(headers) else { return false };
    let is_text = mime_type.essence() == "text/plain" && !profile.has(Deviation::TextLeftToElements);
    profile.has(Deviation::DataKeptFromElements)
        && (profile.has(Deviation::NeverGuessedKept) && is_never_guessed(&mime_type)
            || (is_data(&mime_type) || is_text) && determine_nosniff(headers))
}

/// Whether a type is one that is never guessed from a body.
pub(crate) fn has_type_never_guessed(headers: &(impl Fields + ?Sized)) -> bool {
    extract_mime_type(headers).is_some_and(|mime_type| is_never_guessed(&mime_type))
}

/// Whether an opaque response is kept from a preload, whose type nobody else may have looked at yet.
pub(crate) fn is_preload_kept_from(profile: Profile, call: &Call, headers: &(impl Fields + ?Sized)) -> bool {
    matches!(call, Call::Preload { .. }) && is_kept_from(profile, call, headers)
}

/// Whether Firefox says of an opaque response that it keeps it from `call` because it is neither successful nor JavaScript, CSS or a
/// medium. NB: to those that are meant, it would be of no use anyway.
pub(crate) fn is_failure_kept_from(call: &Call, status: u16, headers: &(impl Fields + ?Sized)) -> bool {
    let Some(mime_type) = extract_mime_type(headers) else { return false };
    // NB: a picture is shown whatever its status is, if there is one.
    let is_medium = matches!(call, Call::Img { .. } | Call::Media { .. }) || call.preloads_as("image");
    let may_be_medium = is_medium && !status::is_null_body(status);
    let is_safe = mime_type.is_javascript() || matches!(mime_type.essence(), "text/css" | "image/svg+xml");
    is_of_element(call) && !status::is_ok(status) && !is_safe && !may_be_medium
}

/// Whether it looks at what an element gets that made this call.
pub(crate) fn is_of_element(call: &Call) -> bool {
    matches!(call, Call::Img { .. } | Call::Media { .. } | Call::Script { .. } | Call::Stylesheet { .. })
        || ["image", "script", "style"].iter().any(|attribute| call.preloads_as(attribute))
}

/// Archives, documents of offices, and other types whose bodies are never looked into, because no element could use them.
fn is_never_guessed(mime_type: &MimeType) -> bool {
    const OF_APPLICATIONS: [&str; 31] = [
        "gzip",
        "msexcel",
        "mspowerpoint",
        "msword",
        "msword-template",
        "pdf",
        "vnd.ces-quickpoint",
        "vnd.ces-quicksheet",
        "vnd.ces-quickword",
        "vnd.ms-excel",
        "vnd.ms-excel.sheet.macroenabled.12",
        "vnd.ms-powerpoint",
        "vnd.ms-powerpoint.presentation.macroenabled.12",
        "vnd.ms-word",
        "vnd.ms-word.document.12",
        "vnd.ms-word.document.macroenabled.12",
        "vnd.msword",
        "vnd.openxmlformats-officedocument.presentationml.presentation",
        "vnd.openxmlformats-officedocument.presentationml.template",
        "vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "vnd.openxmlformats-officedocument.spreadsheetml.template",
        "vnd.openxmlformats-officedocument.wordprocessingml.document",
        "vnd.openxmlformats-officedocument.wordprocessingml.template",
        "vnd.presentation-openxml",
        "vnd.presentation-openxmlm",
        "vnd.spreadsheet-openxml",
        "vnd.wordprocessing-openxml",
        "x-gzip",
        "x-protobuf",
        "x-protobuffer",
        "zip",
    ];
    let essence = mime_type.essence();
    let is_other = matches!(essence, "multipart/byteranges" | "multipart/signed" | "text/csv" | "text/event-stream");
    is_other || essence.strip_prefix("application/").is_some_and(|subtype| OF_APPLICATIONS.contains(&subtype))
}

/// HTML, XML and JSON.
fn is_data(mime_type: &MimeType) -> bool {
    let essence = mime_type.essence();
    let is_xml = matches!(essence, "text/xml" | "application/xml") || essence.ends_with("+xml") && essence != "image/svg+xml";
    let is_json = matches!(essence, "application/json" | "text/json") || essence.ends_with("+json");
    essence == "text/html" || is_xml || is_json
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::header_list::Header;
    use crate::profile::{CHROMIUM, FIREFOX, SPEC, WEBKIT};

    fn headers(content_type: &str, is_sure: bool) -> Vec<Header> {
        let mut headers = vec![Header(b"Content-Type".into(), content_type.as_bytes().into())];
        if is_sure {
            headers.push(Header(b"X-Content-Type-Options".into(), b"nosniff".into()));
        }
        headers
    }

    fn call(api: &str) -> Call {
        serde_json::from_str(&format!(r#"{{ "api": "{api}", "url": "/" }}"#)).unwrap()
    }

    #[test]
    fn by_type() {
        // API, type, whether it must not be guessed; in the standard, Chromium, Firefox, WebKit
        for (api, content_type, is_sure, expected) in [
            ("img", "text/html", false, [false; 4]),
            ("img", "text/html", true, [false, true, true, false]),
            ("script", "text/html", true, [false, true, true, false]),
            ("img", "text/plain", true, [false, true, false, false]),
            ("img", "application/problem+json", true, [false, true, true, false]),
            ("img", "image/svg+xml", true, [false; 4]),
            ("img", "application/xhtml+xml", true, [false, true, true, false]),
            ("img", "", true, [false; 4]),
            ("preload\", \"as\": \"image", "text/html", true, [false, true, true, false]),
            ("preload\", \"as\": \"font", "text/html", true, [false, true, false, false]),
            ("preload\", \"as\": \"fetch", "text/html", true, [false; 4]),
            ("script", "text/event-stream", false, [false, true, true, false]),
            ("stylesheet", "Application/PDF;x=y", true, [false, true, true, false]),
            ("img", "application/vnd.ms-excel", false, [false, true, true, false]),
            ("script", "multipart/signed", false, [false, true, true, false]),
            ("script", "application/dash+xml", false, [false; 4]),
            ("font", "application/zip", false, [false; 4]),
        ] {
            let headers = headers(content_type, is_sure);
            let found = [SPEC, CHROMIUM, FIREFOX, WEBKIT].map(|profile| is_kept_from(profile, &call(api), headers.as_slice()));
            assert_eq!(found, expected, "{api} {content_type} {is_sure}");
        }
    }

    #[test]
    fn by_status() {
        for (api, status, content_type, expected) in [
            ("img", 404, "image/png", false),
            ("img", 304, "image/png", true),
            ("script", 404, "text/html", true),
            ("script", 200, "text/html", false),
            ("script", 404, "text/javascript", false),
            ("stylesheet", 305, "image/png", true),
            ("stylesheet", 305, "text/css", false),
            ("font", 404, "font/ttf", false),
        ] {
            let headers = headers(content_type, false);
            assert_eq!(is_failure_kept_from(&call(api), status, headers.as_slice()), expected, "{api} {status} {content_type}");
        }
    }
}
