//! What script may see: <https://fetch.spec.whatwg.org/#concept-filtered-response>

use crate::cors::expose::{Exposure, Visibility, basic_visibility};
use crate::deviations::Deviation;
use crate::fetch::Fetching;
use crate::http::header_list::{Header, HeaderList};
use crate::http::modes::{ResponseType, Tainting};
use crate::http::request::Request;
use crate::http::response::{Response, ResponseBody};
use crate::http::status;
use crate::profile::Profile;
use crate::report::{HeaderReport, ResponseReport};
use crate::scenario::Call;
use crate::spec::Algorithm;
use crate::trace::{EventKind, Trace};

impl<T: Trace> Fetching<'_, T> {
    /// Main fetch's step 14: the response gets the type that its request's tainting says.
    pub(crate) fn filter(&mut self, request: &Request, response: &mut Response) {
        // 14.1. Only a CORS response has names exposed.
        // CORRECTION 7: "non-null or failure" in 14.1.3 means neither null nor failure.
        if request.response_tainting == Tainting::Cors {
            let exposure = Exposure::of(&response.header_list, request.credentials_mode);
            let what = EventKind::ExposeHeaders { names: exposure.count(), unparsable: exposure.unparsable().is_some() };
            self.record(Algorithm::MainFetch.step("14.1"), request, || what);
        }
        // 14.2.
        response.response_type = match request.response_tainting {
            Tainting::Basic => ResponseType::Basic,
            Tainting::Cors => ResponseType::Cors,
            Tainting::Opaque => ResponseType::Opaque,
        };
        let response_type = response.response_type;
        self.record(Algorithm::MainFetch.step("14.2"), request, || EventKind::Filtered { response_type });
    }
}

/// Every header line of `response`, and whether script can read it.
pub(crate) fn header_reports(profile: Profile, call: &Call, request: &Request, response: &Response) -> Vec<HeaderReport> {
    let headers = &response.header_list;
    let mut exposure = Exposure::of(headers, request.credentials_mode);
    if profile.has(Deviation::ExposedUpToError) && !matches!(call, Call::Xhr { .. }) {
        exposure = exposure.up_to_error();
    }
    let why = |name: &[u8]| match response.response_type {
        ResponseType::Cors => exposure.visibility(name),
        ResponseType::Opaque | ResponseType::OpaqueRedirect => Visibility::Opaque,
        ResponseType::Error => Visibility::NetworkError,
        ResponseType::Basic | ResponseType::Default => basic_visibility(name),
    };
    let report = |Header(name, value): &Header| {
        let why = why(name.as_bytes());
        HeaderReport { name: name.clone(), value: value.clone(), readable: why.is_readable(), why }
    };
    headers.iter().map(report).collect()
}

/// The response as script sees it.
pub(crate) fn response_report(
    profile: Profile,
    call: &Call,
    request: &Request,
    response: &Response,
    headers: &[HeaderReport],
) -> ResponseReport {
    let is_opaque = matches!(response.response_type, ResponseType::Opaque | ResponseType::OpaqueRedirect);
    let readable = headers.iter().filter(|header| header.readable);
    let mut readable: Vec<Header> = readable.map(|header| Header(header.name.clone(), header.value.clone())).collect();
    if profile.has(Deviation::ContentTypeLinesJoinedTight) {
        join_content_types(&mut readable);
    }
    // NB: an opaque-redirect filtered response keeps its URL list, an opaque one does not.
    let url = match response.response_type {
        ResponseType::Opaque => None,
        _ => response.url_list.last(),
    };
    let mut url = url.map(|url| url[..url::Position::AfterQuery].to_owned()).unwrap_or_default();
    // NB: who made the request does not know of its upgrade.
    if request.is_upgraded
        && response.url_list.len() == 1
        && matches!(call, Call::Fetch { .. })
        && profile.has(Deviation::ResponseUrlBeforeUpgrade)
        && let Some(rest) = url.strip_prefix("https")
    {
        url = ["http", rest].concat();
    }
    let is_redirected = response.url_list.len() > 1 || response.is_upgraded && profile.has(Deviation::UpgradeIsRedirect);
    ResponseReport {
        response_type: response.response_type,
        status: if is_opaque { 0 } else { response.status },
        status_text: if is_opaque { Default::default() } else { response.status_message.clone() },
        url,
        redirected: response.response_type != ResponseType::Opaque && is_redirected,
        headers: HeaderList::from(readable).sort_and_combine(),
        null_body: is_opaque || response.body == ResponseBody::Null || status::is_null_body(response.status),
        tainting: request.response_tainting,
        timing_allowed: response.timing_allow_passed,
    }
}

/// Makes one line of all that are called `Content-Type`, with a comma and no blank between them.
fn join_content_types(headers: &mut Vec<Header>) {
    let is_content_type = |header: &Header| header.0.as_bytes().eq_ignore_ascii_case(b"Content-Type");
    let values: Vec<&[u8]> = headers.iter().filter(|header| is_content_type(header)).map(|header| header.1.as_bytes()).collect();
    if values.len() < 2 {
        return;
    }
    let joined = values.join(&b',');
    let mut is_first = true;
    headers.retain_mut(|header| {
        if !is_content_type(header) {
            return true;
        }
        header.1 = joined.as_slice().into();
        std::mem::take(&mut is_first)
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_types_become_one_line() {
        for (values, expected) in
            [(&["a/b"][..], &["a/b"][..]), (&["a/b", "c/d", ""], &["a/b,c/d,"]), (&["a/b", "a/b"], &["a/b,a/b"]), (&[], &[])]
        {
            let line = |value: &&str| Header(b"content-Type".into(), value.as_bytes().into());
            let other = || [Header(b"X-A".into(), b"1".into())];
            let mut headers: Vec<Header> = values.iter().map(line).chain(other()).collect();
            join_content_types(&mut headers);
            let expected: Vec<Header> = expected.iter().map(line).chain(other()).collect();
            assert_eq!(headers, expected);
        }
    }
}
