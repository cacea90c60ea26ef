//! What a repair has to reach.

use crate::http::modes::{RequestMode, ResponseType};
use crate::report::{FetchReport, Outcome};
use crate::scenario::Call;
use crate::trace::ThrowCheck;

/// What a repair has to reach.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Goal<'a> {
    /// Script reads the answer.
    Read,
    /// There is an answer: more was not asked for, without CORS.
    Load,
    /// Script reads this header of the answer.
    Header(&'a str),
}

impl Goal<'_> {
    /// What whoever makes `call` wants, by how it ended.
    pub(super) fn of(call: &Call, report: &FetchReport) -> Self {
        let Some(request) = &report.request else {
            let is_no_cors = matches!(call, Call::Fetch { init, .. } if init.mode.as_deref() == Some("no-cors"));
            let needs_cors = matches!(&report.outcome, Outcome::Threw(threw) if matches!(threw.because, ThrowCheck::MethodNoCors | ThrowCheck::StreamMode));
            let reads = matches!(call, Call::Fetch { .. } | Call::Xhr { .. } | Call::EventSource { .. });
            return if reads && (needs_cors || !is_no_cors) { Self::Read } else { Self::Load };
        };
        match &report.outcome {
            // NB: the answer to a beacon is for nobody, and a classic script that a worker imports always runs unread.
            _ if matches!(call, Call::Beacon { .. } | Call::ImportScripts { .. }) => Self::Load,
            Outcome::Response(_) => Self::Read,
            _ if matches!(request.mode, RequestMode::Cors | RequestMode::SameOrigin) => Self::Read,
            _ => Self::Load,
        }
    }

    /// Whether a fetch that ended like this has reached it.
    pub(super) fn is_reached(self, report: &FetchReport) -> bool {
        let Outcome::Response(response) = &report.outcome else { return false };
        let is_readable = !matches!(response.response_type, ResponseType::Opaque | ResponseType::OpaqueRedirect);
        match self {
            Self::Load => true,
            Self::Read => is_readable,
            Self::Header(name) => {
                is_readable && response.headers.iter().any(|header| header.0.as_bytes().eq_ignore_ascii_case(name.as_bytes()))
            }
        }
    }
}
