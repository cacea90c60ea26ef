//! What may decide, and is not modelled here: it is put on record, so that nothing that was not checked looks fine.

use crate::fetch::Fetching;
use crate::http::modes::{RequestMode, ResponseType};
use crate::http::request::Request;
use crate::http::response::Response;
use crate::infra::address_space::IpAddressSpace;
use crate::infra::origin::Origin;
use crate::scenario::Call;
use crate::spec::{Algorithm, Step};
use crate::trace::{EventKind, NotChecked, Trace};

impl<T: Trace> Fetching<'_, T> {
    /// Local Network Access, which a request meets that goes to a less public place than the one that its page came from.
    /// It looks at the address that the connection has; here only the host is known.
    pub(crate) fn record_local_network_access(&mut self, http_request: &Request) {
        let target = http_request.current_url().host().map(|host| IpAddressSpace::of_host(&host));
        let page = match &self.environment.origin {
            Origin::Tuple(origin) => IpAddressSpace::of_host(&origin.host),
            Origin::Opaque(_) => IpAddressSpace::Public,
        };
        if target.is_some_and(|target| target < page) {
            self.record_one(Algorithm::IpAddressSpace.step(""), http_request, NotChecked::LocalNetworkAccess);
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
