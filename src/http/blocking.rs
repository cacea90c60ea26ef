//! Responses that a destination may not get, by their `Content-Type` and `X-Content-Type-Options`.

use super::extract::extract_mime_type;
use super::header_list::{Fields, joined, split_value};
use super::modes::Destination;
use crate::infra::mime::MimeType;

/// Why a response [is blocked by its MIME type](https://fetch.spec.whatwg.org/#should-response-to-request-be-blocked-due-to-mime-type?).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MimeTypeBlocked {
    /// A script that is audio, an image or video.
    Media {
        /// What it is.
        mime_type: MimeType,
    },
    /// A script that is a table.
    Csv,
}

/// Why a response [is blocked by nosniff](https://fetch.spec.whatwg.org/#should-response-to-request-be-blocked-due-to-nosniff?).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NosniffBlocked {
    /// A script whose type is not JavaScript, or unknown.
    Script {
        /// What it is.
        mime_type: Option<MimeType>,
    },
    /// A style sheet whose type is not `text/css`, or unknown.
    Style {
        /// What it is.
        mime_type: Option<MimeType>,
    },
}

/// <https://fetch.spec.whatwg.org/#should-response-to-request-be-blocked-due-to-mime-type?>
///
/// # Errors
/// Why it is blocked.
pub fn check_mime_type(destination: Destination, response: &(impl Fields + ?Sized)) -> Result<(), MimeTypeBlocked> {
    // 3.-4. Only a script that is certainly none is blocked. OPTIMIZATION: nothing else needs its MIME type.
    if !destination.is_script_like() {
        return Ok(());
    }
    // 1.-2. A response without a MIME type is allowed.
    let Some(mime_type) = extract_mime_type(response) else { return Ok(()) };
    // 4.
    if matches!(mime_type.kind(), "audio" | "image" | "video") {
        return Err(MimeTypeBlocked::Media { mime_type });
    }
    if mime_type.essence() == "text/csv" {
        return Err(MimeTypeBlocked::Csv);
    }
    // 5. Anything else is allowed.
    Ok(())
}

/// <https://fetch.spec.whatwg.org/#determine-nosniff>
pub fn determine_nosniff(response: &(impl Fields + ?Sized)) -> bool {
    // 1.-4. The first value only.
    let value = joined(response, b"x-content-type-options");
    value.is_some_and(|value| split_value(&value).next().is_some_and(|first| first.eq_ignore_ascii_case(b"nosniff")))
}

/// <https://fetch.spec.whatwg.org/#should-response-to-request-be-blocked-due-to-nosniff?>
///
/// # Errors
/// Why it is blocked.
pub fn check_nosniff(destination: Destination, response: &(impl Fields + ?Sized)) -> Result<(), NosniffBlocked> {
    // 1. Without nosniff it is allowed. OPTIMIZATION: as is what steps 4 and 5 do not ask about.
    let concerned = destination.is_script_like() || destination == Destination::Style;
    if !concerned || !determine_nosniff(response) {
        return Ok(());
    }
    // 2.-3.
    let mime_type = extract_mime_type(response);
    // 4. A script has to be JavaScript.
    if destination.is_script_like() && !mime_type.as_ref().is_some_and(MimeType::is_javascript) {
        return Err(NosniffBlocked::Script { mime_type });
    }
    // 5. A style sheet has to be CSS.
    if destination == Destination::Style && mime_type.as_ref().is_none_or(|mime_type| mime_type.essence() != "text/css") {
        return Err(NosniffBlocked::Style { mime_type });
    }
    // 6. Anything else is allowed.
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nosniff() {
        for (values, is) in [
            (&["nosniff"][..], true),
            (&["NoSniff,foo"], true),
            (&["nosniff,"], true),
            (&["nosniff", "x"], true),
            (&[" nosniff "], true),
            (&["foo, nosniff"], false),
            (&["", "nosniff"], false),
            (&["\"nosniff\""], false),
            (&["nosniff;x"], false),
            (&[""], false),
            (&[], false),
        ] {
            let fields: Vec<_> = values.iter().map(|value| ("X-Content-Type-Options", *value)).collect();
            assert_eq!(determine_nosniff(&fields[..]), is, "{values:?}");
        }
    }

    #[test]
    fn blocks() {
        use Destination::{Empty, Image, Script, Style, Worker};
        const NOSNIFF: (&str, &str) = ("x-content-type-options", "nosniff");
        // destination, Content-Type, blocked by its MIME type, blocked by nosniff
        for (destination, content_type, by_type, by_nosniff) in [
            (Script, Some("image/png"), true, true),
            (Script, Some("AUDIO/x"), true, true),
            (Worker, Some("video/x"), true, true),
            (Script, Some("text/csv;x=y"), true, true),
            (Script, Some("text/html"), false, true),
            (Script, Some("text/javascript"), false, false),
            (Script, Some("text/html, text/javascript"), false, false),
            (Script, Some("application/json"), false, true),
            (Script, Some("bogus"), false, true),
            (Script, None, false, true),
            (Style, Some("text/css;x=y"), false, false),
            (Style, Some("text/html"), false, true),
            (Style, Some("image/png"), false, true),
            (Style, None, false, true),
            (Image, Some("text/html"), false, false),
            (Empty, Some("image/png"), false, false),
        ] {
            let mut fields: Vec<_> = content_type.map(|value| ("Content-Type", value)).into_iter().collect();
            assert_eq!(check_mime_type(destination, &fields[..]).is_err(), by_type, "{destination:?} {content_type:?}");
            assert_eq!(check_nosniff(destination, &fields[..]), Ok(()), "{destination:?} {content_type:?}");
            fields.push(NOSNIFF);
            assert_eq!(check_nosniff(destination, &fields[..]).is_err(), by_nosniff, "{destination:?} {content_type:?}");
        }
    }
}
