//! A line for each response header: whether script can read it, and why.

use super::HeaderLine;
use super::case::{Case, lines, server};
use super::catalogue::LineId;
use super::diagnose::elements;
use crate::cors::expose::Visibility;
use crate::http::header_list::Header;
use crate::infra::bytes::is_token;
use crate::report::HeaderReport;

const EXPOSE: &str = "access-control-expose-headers";

/// A line for each of the report's response headers.
pub(super) fn headers(case: &Case) -> Vec<HeaderLine> {
    case.report.response_headers.iter().map(|header| line(case, header)).collect()
}

fn line(case: &Case, header: &HeaderReport) -> HeaderLine {
    let id = match header.why {
        Visibility::SameOrigin => LineId::SeenSameOrigin,
        Visibility::Safelisted => LineId::SeenSafelisted,
        Visibility::Exposed => LineId::SeenExposed,
        Visibility::ExposedByWildcard => LineId::SeenExposedByWildcard,
        Visibility::Forbidden => LineId::HiddenForbidden,
        Visibility::NotExposed if is_exposed_on_preflight(case, header) => LineId::HiddenExposedOnPreflight,
        Visibility::NotExposed => LineId::HiddenNotExposed,
        Visibility::WildcardWithCredentials => LineId::HiddenWildcardWithCredentials,
        Visibility::ExposeUnparsable => LineId::HiddenExposeUnparsable,
        Visibility::Opaque => LineId::HiddenOpaque,
        Visibility::NetworkError => LineId::HiddenNetworkError,
    };
    let slots = [("server", server(&case.url(case.last_hop()))), ("lines", lines(&[expose(case, header)], case.credentials()))];
    HeaderLine { id, name: header.name.clone(), readable: header.readable, sentence: id.say(&slots) }
}

/// Whether the preflight's answer names the header in `Access-Control-Expose-Headers`, where that has no effect.
fn is_exposed_on_preflight(case: &Case, header: &HeaderReport) -> bool {
    let name = header.name.as_bytes();
    let preflight = case.preflight_answer(case.last_hop());
    preflight.is_some_and(|answer| elements(&answer.headers, EXPOSE).any(|exposed| exposed.eq_ignore_ascii_case(name)))
}

/// The line that exposes the header, and what is exposed already.
fn expose(case: &Case, header: &HeaderReport) -> Header {
    let answer = case.report.exchanges.last().and_then(|exchange| exchange.response.as_ref());
    let exposed =
        answer.into_iter().flat_map(|answer| elements(&answer.headers, EXPOSE)).filter(|name| is_token(name) && *name != b"*");
    let names: Vec<&[u8]> = exposed.chain([header.name.as_bytes()]).collect();
    Header(b"Access-Control-Expose-Headers".into(), names.join(&b", "[..]).into())
}
