//! What may decide, and is not modelled here: it is put on record, so that nothing that was not checked looks fine.

use crate::deviations::Deviation;
use crate::error_code::NetworkErrorCode;
use crate::fetch::{Fetching, Interrupted};
use crate::http::modes::{RequestMode, ResponseType};
use crate::http::request::Request;
use crate::http::response::Response;
use crate::infra::address_space::IpAddressSpace;
use crate::profile::Profile;
use crate::report::Evidence;
use crate::scenario::{Call, LocalNetworkPermission};
use crate::spec::{Algorithm, Step};
use crate::trace::{EventKind, NotChecked, Trace};

impl<T: Trace> Fetching<'_, T> {
    /// Local Network Access, which a request meets that goes to a less public place than the one that its page came from.
    ///
    /// CORRECTION 8: the draft contradicts itself here, so the standard's answer is only put on record as not checked.
    pub(crate) fn check_local_network_access(&mut self, http_request: &Request) -> Result<(), Interrupted> {
        let of_host = || http_request.current_url().host().map(|host| IpAddressSpace::of_host(&host));
        let environment = self.environment;
        let gate = Gate {
            page: environment.address_space,
            target: self.fetch.address_space.or_else(of_host).unwrap_or(IpAddressSpace::Public),
            is_secure_context: environment.is_secure_context,
            permission: environment.local_network,
        };
        match gate.verdict(environment.profile) {
            Verdict::Passed => Ok(()),
            Verdict::NotChecked => {
                self.record_one(Algorithm::IpAddressSpace.step(""), http_request, NotChecked::LocalNetworkAccess);
                Ok(())
            }
            Verdict::Failed(code) => {
                let hop = http_request.hop();
                Err(self.network_error(http_request, code).evidence([Evidence::Url { hop }]).into())
            }
        }
    }

    /// What the response meets between fetch and whoever asked for it.
    pub(crate) fn record_not_checked(&mut self, request: &Request, response: &Response) {
        if response.response_type == ResponseType::Opaque {
            self.record_one(Algorithm::MainFetch.step("20"), request, NotChecked::OpaqueResponseBlocking);
        }
        if request.mode == RequestMode::WebSocket {
            self.record_one(Algorithm::EstablishWebSocket.step(""), request, NotChecked::WebSocketHandshake);
        }
        let has_demands = matches!(
            self.fetch.call,
            Call::EventSource { .. } | Call::Font { .. } | Call::Import { .. } | Call::Script { module: true, .. }
        );
        if has_demands {
            self.record_one(Algorithm::MainFetch.step("24"), request, NotChecked::Consumer);
        }
    }

    fn record_one(&mut self, step: Step, request: &Request, what: NotChecked) {
        self.record(step, request, || EventKind::NotChecked { what });
    }
}

/// What Local Network Access looks at.
#[derive(Debug, Clone, Copy)]
struct Gate {
    page: IpAddressSpace,
    target: IpAddressSpace,
    is_secure_context: bool,
    permission: LocalNetworkPermission,
}

/// What comes of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Passed,
    NotChecked,
    Failed(NetworkErrorCode),
}

impl Gate {
    fn verdict(self, profile: Profile) -> Verdict {
        let asks_securely = profile.has(Deviation::LocalNetworkNeedsPermissionSecurely);
        let asks = asks_securely || profile.has(Deviation::LocalNetworkNeedsPermission);
        if self.target >= self.page {
            return Verdict::Passed;
        }
        if !asks {
            return if profile.has(Deviation::LocalNetworkOpen) { Verdict::Passed } else { Verdict::NotChecked };
        }
        // NB: only what is public is kept away: a page of the local network may reach this machine.
        if self.page != IpAddressSpace::Public {
            return Verdict::Passed;
        }
        match self.permission {
            _ if asks_securely && !self.is_secure_context => Verdict::Failed(NetworkErrorCode::LocalNetworkInsecure),
            LocalNetworkPermission::Denied => Verdict::Failed(NetworkErrorCode::LocalNetworkDenied),
            LocalNetworkPermission::Granted => Verdict::Passed,
            LocalNetworkPermission::Unknown => Verdict::NotChecked,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::{CHROMIUM, FIREFOX, SPEC, WEBKIT};

    #[test]
    fn local_networks_by_browser() {
        use IpAddressSpace::{Local, Loopback, Public};
        use LocalNetworkPermission::{Denied, Granted, Unknown};
        use Verdict::{NotChecked, Passed};
        let denied = Verdict::Failed(NetworkErrorCode::LocalNetworkDenied);
        let insecure = Verdict::Failed(NetworkErrorCode::LocalNetworkInsecure);
        for (page, target, is_secure_context, permission, expected) in [
            (Public, Public, false, Denied, [Passed; 4]),
            (Loopback, Public, false, Denied, [Passed; 4]),
            (Public, Loopback, true, Unknown, [NotChecked, NotChecked, NotChecked, Passed]),
            (Public, Local, true, Granted, [NotChecked, Passed, Passed, Passed]),
            (Public, Local, true, Denied, [NotChecked, denied, denied, Passed]),
            (Public, Local, false, Granted, [NotChecked, insecure, Passed, Passed]),
            (Public, Loopback, false, Denied, [NotChecked, insecure, denied, Passed]),
            (Local, Loopback, false, Denied, [NotChecked, Passed, Passed, Passed]),
        ] {
            let gate = Gate { page, target, is_secure_context, permission };
            assert_eq!([SPEC, CHROMIUM, FIREFOX, WEBKIT].map(|profile| gate.verdict(profile)), expected, "{gate:?}");
        }
    }
}
