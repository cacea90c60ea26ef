//! What script catches: the text of an exception, which says nothing of the reason.

use super::messages::{Caller, Message, chromium, chromium_call, firefox, firefox_call, webkit};
use super::{Exception, Subject};
use crate::explain::catalogue::Slot;
use crate::profile::ProfileName;
use crate::report::{ExceptionName, Outcome};
use crate::scenario::{Call, Global};
use crate::trace::ThrowCheck;

/// The exception that script catches in the browser of this name, where its text is known.
pub(super) fn exception(browser: ProfileName, subject: &Subject) -> Option<Exception> {
    let (name, message) = match &subject.report().outcome {
        Outcome::NetworkError(error) => {
            let name = error.error?;
            (name, network_error(browser, subject, name)?)
        }
        Outcome::Threw(threw) => (threw.error?, thrown(browser, &threw.because)?),
        _ => return None,
    };
    let (id, message) = (message.id, message.text(&slots(browser, subject)));
    Some(Exception { id, name, message })
}

fn slots(browser: ProfileName, subject: &Subject) -> [Slot; 3] {
    let is_constructed = matches!(subject.call(), Call::Fetch { header_edits, .. } if !header_edits.is_empty());
    let caller = match subject.page.global {
        _ if is_constructed => Caller::Constructor,
        Global::Window => Caller::Window,
        Global::Worker | Global::ServiceWorker => Caller::Worker,
    };
    let call = match browser {
        ProfileName::Chromium => chromium_call(caller),
        ProfileName::Firefox => firefox_call(caller),
        ProfileName::Spec | ProfileName::Webkit => "",
    };
    [("url", subject.first_url().into()), ("method", subject.case.written_method().into()), ("call", call.into())]
}

/// The message of a network error, which is the same for every reason.
fn network_error(browser: ProfileName, subject: &Subject, name: ExceptionName) -> Option<Message> {
    use ProfileName::{Chromium, Firefox, Spec, Webkit};
    let is_import = matches!(subject.call(), Call::Import { .. });
    let is_xhr = matches!(subject.call(), Call::Xhr { .. });
    match (browser, name) {
        (Chromium, ExceptionName::AbortError) => Some(chromium::SCRIPT_ABORT),
        (Firefox, ExceptionName::AbortError) => Some(firefox::SCRIPT_ABORT),
        (Webkit, ExceptionName::AbortError) => Some(webkit::SCRIPT_ABORT),
        (Chromium, _) if is_import => Some(chromium::IMPORT_FAILED),
        (Firefox, _) if is_import => Some(firefox::IMPORT_FAILED),
        (Webkit, _) if is_import => None,
        (Chromium, _) if is_xhr => Some(chromium::SCRIPT_XHR_SYNC),
        (Firefox, _) if is_xhr => Some(firefox::SCRIPT_XHR_SYNC),
        (Webkit, _) if is_xhr => Some(webkit::SCRIPT_XHR_SYNC),
        (Chromium, _) => Some(chromium::SCRIPT_FETCH),
        (Firefox, _) => Some(firefox::SCRIPT_FETCH),
        (Webkit, _) => Some(webkit::SCRIPT_FETCH),
        (Spec, _) => None,
    }
}

/// The message of an API that refuses.
fn thrown(browser: ProfileName, check: &ThrowCheck) -> Option<Message> {
    use ProfileName::{Chromium, Firefox, Webkit};
    match (browser, check) {
        (Chromium, ThrowCheck::MethodNoCors) => Some(chromium::CTOR_NOCORS_METHOD),
        (Chromium, ThrowCheck::MethodForbidden) => Some(chromium::CTOR_FORBIDDEN_METHOD),
        (Chromium, ThrowCheck::MethodNotToken) => Some(chromium::CTOR_BAD_METHOD),
        (Chromium, ThrowCheck::UrlCredentials) => Some(chromium::CTOR_CREDENTIALS),
        (Chromium, ThrowCheck::OnlyIfCached) => Some(chromium::CTOR_ONLY_IF_CACHED),
        (Firefox, ThrowCheck::MethodNoCors | ThrowCheck::MethodForbidden | ThrowCheck::MethodNotToken) => {
            Some(firefox::CTOR_METHOD)
        }
        (Firefox, ThrowCheck::UrlCredentials) => Some(firefox::CTOR_CREDENTIALS),
        (Webkit, ThrowCheck::MethodNoCors) => Some(webkit::CTOR_NOCORS_METHOD),
        (Webkit, ThrowCheck::MethodForbidden) => Some(webkit::CTOR_FORBIDDEN_METHOD),
        (Webkit, ThrowCheck::MethodNotToken) => Some(webkit::CTOR_BAD_METHOD),
        (Webkit, ThrowCheck::Url | ThrowCheck::UrlCredentials) => Some(webkit::CTOR_CREDENTIALS),
        (Webkit, ThrowCheck::OnlyIfCached) => Some(webkit::CTOR_ONLY_IF_CACHED),
        _ => None,
    }
}
