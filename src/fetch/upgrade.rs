//! Upgrades: schemes that become `https` before anything is checked, and what a request keeps of the time before.
//!
//! <https://w3c.github.io/webappsec-upgrade-insecure-requests/#upgrade-request> and
//! <https://w3c.github.io/webappsec-mixed-content/#upgrade-algorithm>

use std::sync::Arc;

use crate::deviations::Deviation;
use crate::fetch::Fetching;
use crate::fetch::secure::{upgrade_insecure_request, upgrade_mixed_content};
use crate::http::modes::{CredentialsMode, RequestMode, Tainting};
use crate::http::request::{Client, Request};
use crate::scenario::Call;
use crate::spec::{Algorithm, Step};
use crate::trace::{EventKind, Trace, Upgrade};

impl<T: Trace> Fetching<'_, T> {
    /// Steps 5 and 6 of main fetch.
    pub(super) fn upgrade(&mut self, request: &mut Request) {
        let environment = self.environment;
        if request.client == Client::Null {
            return;
        }
        let (step, by, tainted_before) = if upgrade_insecure_request(&environment.security, request) {
            let step = Algorithm::UpgradeInsecureRequest.step("");
            (step, Upgrade::UpgradeInsecureRequests, Deviation::TaintedBeforePolicyUpgrade)
        } else if upgrade_mixed_content(&environment.security, request) {
            (Algorithm::UpgradeMixedContent.step(""), Upgrade::MixedContent, Deviation::TaintedBeforeMixedContentUpgrade)
        } else {
            return;
        };
        let profile = environment.profile;
        // NB: step 7 or 12 refuses it as it is.
        if !request.is_same_origin()
            && request.mode == RequestMode::SameOrigin
            && profile.has(Deviation::SameOriginModeBeforeUpgrade)
            && (request.hop() == 0 || profile.has(Deviation::TaintingBeforeUpgrade))
        {
            return;
        }
        if request.hop() == 0 {
            request.is_upgraded = true;
        } else if profile.has(tainted_before) {
            request.taint_before = request.redirect_taint();
        }
        request.upgraded_here = true;
        self.set_https(request, step, by);
        // NB: it was of another origin before, for the scheme is a part of that.
        if request.is_same_origin() {
            self.upgraded_to_own(request, tainted_before);
        }
    }

    /// What a request keeps of the time before its upgrade, which has made it one to the page's own origin.
    fn upgraded_to_own(&self, request: &mut Request, tainted_before: Deviation) {
        if request.response_tainting != Tainting::Basic {
            return;
        }
        let profile = self.environment.profile;
        let decides_before = request.hop() == 0 && profile.has(Deviation::CredentialsBeforeUpgrade);
        if profile.has(Deviation::TaintingBeforeUpgrade) || decides_before && matches!(self.fetch.call, Call::EventSource { .. })
        {
            request.tainted_by_upgrade = true;
        } else if request.mode != RequestMode::Cors {
            // NB: without CORS the response alone is looked at.
        } else if decides_before && !matches!(self.fetch.call, Call::Fetch { .. } | Call::Xhr { .. } | Call::Font { .. }) {
            if request.credentials_mode == CredentialsMode::SameOrigin {
                request.credentials_mode = CredentialsMode::Omit;
            }
        } else if request.hop() > 0 && profile.has(tainted_before) {
            request.response_tainting = Tainting::Cors;
        }
    }

    /// Makes the current URL an `https` one; its port stays, unless it was the default.
    pub(super) fn set_https(&mut self, request: &mut Request, step: Step, by: Upgrade) {
        let last = Arc::make_mut(&mut request.url_list).last_mut();
        if last.is_some_and(|url| url.set_scheme("https").is_ok()) {
            let url = request.current_url().to_string();
            self.record(step, request, || EventKind::Upgraded { by, url });
        }
    }
}
