//! A fetch and its report, and what every browser's words about it look up.

use std::borrow::Cow;
use std::sync::Arc;

use url::{Host, Url};

use super::directive::Directive;
use crate::Answer;
use crate::cors::preflight::AllowList;
use crate::error_code::NetworkErrorCode as Code;
use crate::explain::case::Case;
use crate::explain::diagnose::{self, list_name};
use crate::fetch::opaque_blocking::is_kept_from;
use crate::http::extract::{extract_mime_type, extract_tokens};
use crate::http::header_list::{Header, joined};
use crate::http::modes::{CredentialsMode, Destination, RedirectMode, RequestMode};
use crate::http::response::{Location, Response};
use crate::http::status;
use crate::infra::address_space::IpAddressSpace;
use crate::infra::origin::{Origin, url_is_potentially_trustworthy};
use crate::network::{FailureKind, Purpose, WireResponse};
use crate::profile::{Profile, ProfileName};
use crate::report::{Exchange, FailedCheck, FetchReport, NetworkError, Outcome};
use crate::scenario::{Call, Fetch, Global, Page};
use crate::spec::Algorithm;
use crate::trace::{EventKind, PreloadKey, Upgrade};

/// A fetch and its report.
pub(super) struct Subject<'a> {
    pub profile: Profile,
    pub page: &'a Page,
    pub case: Case<'a>,
    origin: Option<Origin>,
    /// The page's fetches and their reports, as far as they are known.
    others: (&'a [Fetch], &'a [FetchReport]),
}

/// An exchange whose answer was looked at.
#[derive(Clone, Copy)]
pub(super) struct Answered<'a> {
    pub exchange: &'a Exchange,
    pub answer: &'a WireResponse,
}

/// Where a network error comes from, as far as all browsers ask.
pub(super) enum Trouble<'a> {
    /// The answer to a preflight does not let the request go out.
    Preflight(Answered<'a>),
    /// A preflight has no answer, or none that can be read.
    PreflightLost(&'a Exchange),
    /// An answer does not pass the CORS check.
    Check(Answered<'a>),
    /// Something else.
    Other,
}

impl<'a> Subject<'a> {
    pub(super) fn new(
        profile: Profile,
        page: &'a Page,
        fetch: &'a Fetch,
        report: &'a FetchReport,
        others: (&'a [Fetch], &'a [FetchReport]),
    ) -> Self {
        let case = Case::new(page, fetch, report);
        let origin = Origin::parse(&case.origin).filter(|origin| matches!(origin, Origin::Tuple(_)));
        Self { profile, page, case, origin, others }
    }

    /// The preload that it has the response or the error of.
    pub(super) fn used_preload(&self) -> Option<Self> {
        let failed = self.error().and_then(|error| match error.failed {
            Some(FailedCheck::Preload { preload, .. }) => Some(preload),
            _ => None,
        });
        let consumed = || {
            self.report().events.iter().find_map(|event| match event.what {
                EventKind::PreloadConsumed { preload } => Some(preload),
                _ => None,
            })
        };
        let preload = failed.or_else(consumed)?;
        let (fetches, reports) = self.others;
        Some(Self::new(self.profile, self.page, fetches.get(preload)?, reports.get(preload)?, self.others))
    }

    /// What that preload was answered at last.
    pub(super) fn preload_answered(&self) -> Option<Answered<'a>> {
        self.used_preload()?.last_answered()
    }

    pub(super) fn call(&self) -> &'a Call {
        &self.case.fetch.call
    }

    pub(super) fn report(&self) -> &'a FetchReport {
        self.case.report
    }

    /// Whether an XHR came as far as to be given headers.
    pub(super) fn has_opened(&self) -> bool {
        !matches!(&self.report().outcome, Outcome::Threw(threw) if threw.step.algorithm == Algorithm::XhrOpen)
    }

    /// The network error in which it ended, if it did.
    pub(super) fn error(&self) -> Option<&'a NetworkError> {
        match &self.report().outcome {
            Outcome::NetworkError(error) => Some(error),
            _ => None,
        }
    }

    pub(super) fn trouble(&self, error: &NetworkError) -> Trouble<'a> {
        let Some(exchange) = error.exchange.and_then(|index| self.report().exchanges.get(index)) else { return Trouble::Other };
        match (error.code, exchange.request.purpose, &exchange.response) {
            (
                Code::PreflightCors
                | Code::PreflightStatus
                | Code::PreflightParse
                | Code::PreflightMethod
                | Code::PreflightAuthorization
                | Code::PreflightHeader,
                _,
                Some(answer),
            ) => Trouble::Preflight(Answered { exchange, answer }),
            (Code::CorsCheck, _, Some(answer)) => Trouble::Check(Answered { exchange, answer }),
            (_, Purpose::Preflight, _) => Trouble::PreflightLost(exchange),
            _ => Trouble::Other,
        }
    }

    /// The exchange of the error, or the last one.
    pub(super) fn last_exchange(&self) -> Option<&'a Exchange> {
        let exchanges = &self.report().exchanges;
        self.error().and_then(|error| exchanges.get(error.exchange?)).or(exchanges.last())
    }

    /// The answer to it.
    pub(super) fn last_answered(&self) -> Option<Answered<'a>> {
        let exchange = self.last_exchange()?;
        Some(Answered { exchange, answer: exchange.response.as_ref()? })
    }

    /// The URL that script or an element asked for.
    pub(super) fn first_url(&self) -> &'a str {
        let url = self.report().request.as_ref().map_or_else(|| self.case.fetch.call.url(), |request| &request.url);
        // NB: in Firefox `fetch()` keeps the fragment apart, and so an empty one is not shown.
        let is_apart = self.profile.name() == ProfileName::Firefox && matches!(self.call(), Call::Fetch { .. });
        url.strip_suffix('#').filter(|_| is_apart).unwrap_or(url)
    }

    /// The URL at a hop, upgraded if it was, as consoles name it.
    pub(super) fn url(&self, hop: usize) -> Cow<'a, str> {
        // NB: the part of WebKit that prints does not know what became of a redirect's URL.
        let is_told = hop == 0 || self.profile.name() != ProfileName::Webkit;
        if is_told { self.asked_url(hop) } else { self.written_url(hop) }
    }

    /// The URL at a hop as the network was asked for it.
    pub(super) fn asked_url(&self, hop: usize) -> Cow<'a, str> {
        let written = self.written_url(hop);
        match self.upgrade(hop) {
            Some(_) => Cow::Owned(written.replacen("http:", "https:", 1)),
            None => written,
        }
    }

    /// The hop of the last URL, which is that of a redirect's target where a redirect was refused for its scheme.
    pub(super) fn last_url_hop(&self) -> usize {
        let last = self.report().exchanges.last().map_or(0, |exchange| exchange.hop);
        let ended = self.error().map_or(0, |error| error.hop + usize::from(error.code == Code::LocationScheme));
        ended.max(last)
    }

    /// The last URL, as it was written.
    pub(super) fn last_url(&self) -> Cow<'a, str> {
        self.written_url(self.last_url_hop())
    }

    /// Why the URL at a hop was made secure before it was asked for.
    pub(super) fn upgrade(&self, hop: usize) -> Option<Upgrade> {
        self.report().events.iter().filter(|event| event.hop == hop).find_map(|event| match event.what {
            EventKind::Upgraded { by, .. } => Some(by).filter(|by| *by != Upgrade::Hsts),
            _ => None,
        })
    }

    /// The URL at a hop as it was written, with its fragment, which a redirect without one inherits.
    pub(super) fn written_url(&self, hop: usize) -> Cow<'a, str> {
        let Some(before) = hop.checked_sub(1) else { return Cow::Borrowed(self.first_url()) };
        let redirect = self.report().exchanges.iter().rev().find(|exchange| exchange.hop == before);
        let target =
            redirect.and_then(|exchange| Answered { exchange, answer: exchange.response.as_ref()? }.target(self.profile));
        let Some(mut target) = target else { return self.case.url(hop) };
        // NB: Chromium and Firefox do not hand on an empty one.
        let keeps_empty = !matches!(self.profile.name(), ProfileName::Chromium | ProfileName::Firefox);
        let is_handed_on = |fragment: &str| !fragment.is_empty() || keeps_empty;
        if target.fragment().is_none()
            && let Some((_, fragment)) = self.written_url(before).split_once('#').filter(|(_, fragment)| is_handed_on(fragment))
        {
            target.set_fragment(Some(fragment));
        }
        Cow::Owned(target.into())
    }

    /// The URL that an exchange asked for, with its fragment.
    pub(super) fn url_of(&self, exchange: &Exchange) -> Cow<'a, str> {
        self.url(exchange.hop)
    }

    /// Whether redirects are followed.
    pub(super) fn follows(&self) -> bool {
        self.report().request.as_ref().is_some_and(|request| request.redirect == RedirectMode::Follow)
    }

    /// The mode of the request.
    pub(super) fn mode(&self) -> Option<RequestMode> {
        self.report().request.as_ref().map(|request| request.mode)
    }

    /// Whether a URL is of the page's own origin.
    pub(super) fn is_same_origin(&self, url: &str) -> bool {
        match (&self.origin, Url::parse(url)) {
            (Some(origin), Ok(url)) => origin.is_of_url(&url),
            _ => false,
        }
    }

    /// Whether the page, or one that it is in, came over HTTPS.
    pub(super) fn is_page_secure(&self) -> bool {
        let ancestors = self.page.ancestors.iter().map(String::as_str);
        ancestors.chain([&*self.page.url, &*self.case.origin]).any(|url| url.starts_with("https:"))
    }

    /// The URL of the document whose security forbids mixed content: of the top-level one, if that came over HTTPS. A document
    /// of which only the origin is known is taken for its first page.
    pub(super) fn mixed_page(&self) -> Cow<'a, str> {
        let is_in_document = self.page.global == Global::Window;
        // NB: a document in a process of its own, as a sandboxed one is, knows the origin only.
        let is_apart = self.origin.is_none() && !self.page.url.starts_with("data:");
        match self.page.ancestors.last().filter(|top| is_in_document && top.starts_with("https:")) {
            Some(top) => Url::parse(top).map_or(Cow::Borrowed(top.as_str()), |mut url| {
                if is_apart {
                    url.set_path("");
                    url.set_query(None);
                }
                Cow::Owned(url.into())
            }),
            None => Cow::Borrowed(&self.page.url),
        }
    }

    /// Whether the request was at a foreign origin, at this hop or before.
    pub(super) fn was_cross_origin(&self, hop: usize) -> bool {
        (0..=hop).any(|hop| !self.is_same_origin(&self.url(hop)))
    }

    /// The answer that script or markup gets, if it gets one.
    pub(super) fn taken(&self) -> Option<Answered<'a>> {
        let exchange = self.report().exchanges.last()?;
        let answered = Answered { exchange, answer: exchange.response.as_ref()? };
        matches!(self.report().outcome, Outcome::Response(_)).then_some(answered)
    }

    /// The response to a request without CORS, where it is of another origin.
    pub(super) fn opaque(&self) -> Option<Answered<'a>> {
        let answered = self.last_answered()?;
        (self.mode() == Some(RequestMode::NoCors) && self.was_cross_origin(answered.exchange.hop)).then_some(answered)
    }

    /// Whether it is kept from the element that wanted it, by its type.
    pub(super) fn is_kept_from_element(&self) -> bool {
        self.opaque().is_some_and(|answered| is_kept_from(self.profile, self.call(), answered.headers()))
    }

    /// Whether the insecure URL of a request is mixed content.
    pub(super) fn is_mixed(&self, url: &str) -> bool {
        let is_insecure = |url: &Url| url.scheme() == "http" && !url_is_potentially_trustworthy(url);
        // NB: what the page's policy upgrades is none.
        let is_upgraded = self.page.upgrade_insecure_requests;
        self.is_page_secure() && !is_upgraded && Url::parse(url).is_ok_and(|url| is_insecure(&url))
    }

    /// Whether it is an image or a medium, which a secure page gets upgraded where it can be.
    pub(super) fn is_upgradeable(&self) -> bool {
        let destination = self.report().request.as_ref().map(|request| request.destination);
        matches!(destination, Some(Destination::Image | Destination::Audio | Destination::Video))
    }

    /// The host of an image or a medium that a secure page gets from this machine without security, which is no mixed content.
    pub(super) fn insecure_local(&self) -> Option<Host<String>> {
        let url = Url::parse(self.first_url()).ok().filter(|_| self.is_upgradeable() && self.is_page_secure())?;
        let is_local = url.scheme() == "http" && url_is_potentially_trustworthy(&url);
        url.host().filter(|_| is_local).map(|host| host.to_owned())
    }

    /// The attribute `as`, where this is a preload.
    pub(super) fn preload_attribute(&self) -> Option<&'a str> {
        match &self.case.fetch.call {
            Call::Preload { destination, .. } => Some(destination.as_str()),
            _ => None,
        }
    }

    /// In what the request differs from an earlier preload of the same URL, which is not used because of that.
    pub(super) fn preload_differs(&self) -> Option<PreloadKey> {
        self.report().events.iter().find_map(|event| match event.what {
            EventKind::PreloadNotMatched { differs, .. } => Some(differs),
            _ => None,
        })
    }

    /// The directive of the page's Content Security Policy that the request falls under, where the policy is known.
    pub(super) fn directive(&self) -> Option<Directive> {
        Directive::of(self.page.content_security_policy.as_deref()?, self.call())
    }

    /// Whether a page with a public address asks for something that is not.
    pub(super) fn leads_inside(&self) -> bool {
        let of_page = || Url::parse(&self.page.url).ok()?.host().map(|host| IpAddressSpace::of_host(&host));
        let page = self.page.address_space.or_else(of_page).unwrap_or(IpAddressSpace::Public);
        page == IpAddressSpace::Public && self.address_space(self.first_url()) != "public"
    }

    /// How Chromium names how far the address of a URL reaches.
    pub(super) fn address_space(&self, url: &str) -> &'static str {
        let of_url = || Url::parse(url).ok()?.host().map(|host| IpAddressSpace::of_host(&host));
        match self.case.fetch.address_space.or_else(of_url).unwrap_or(IpAddressSpace::Public) {
            IpAddressSpace::Loopback => "loopback",
            IpAddressSpace::Local => "local",
            IpAddressSpace::Public => "public",
        }
    }

    /// Why no answer came, where the scenario says so.
    pub(super) fn failure(&self) -> Option<FailureKind> {
        let answer = self.case.fetch.answers.get(self.last_exchange()?.answer?)?;
        match answer {
            Answer::Failure(failure) => Some(failure.failure),
            Answer::Response(_) => None,
        }
    }
}

impl<'a> Answered<'a> {
    pub(super) fn headers(&self) -> &'a [Header] {
        &self.answer.headers
    }

    /// The lines of this name, joined.
    pub(super) fn value(&self, name: &[u8]) -> Option<Cow<'a, [u8]>> {
        joined(self.headers(), name)
    }

    pub(super) fn allow_origin(&self) -> Option<Cow<'a, [u8]>> {
        self.value(b"access-control-allow-origin")
    }

    pub(super) fn allow_credentials(&self) -> Option<Cow<'a, [u8]>> {
        self.value(b"access-control-allow-credentials")
    }

    /// The `Origin` that was sent.
    pub(super) fn origin(&self) -> Cow<'a, [u8]> {
        joined(&self.exchange.request.headers, b"origin").unwrap_or_default()
    }

    /// Whether `Access-Control-Allow-Methods` has an element that is no token.
    pub(super) fn has_bad_methods(&self) -> bool {
        extract_tokens(self.headers(), b"access-control-allow-methods").is_err()
    }

    /// The elements of a list of the answer, tokens or not.
    pub(super) fn elements(&self, list: AllowList) -> impl Iterator<Item = &'a [u8]> {
        diagnose::elements(self.headers(), list_name(list))
    }

    /// The header names that the preflight asked for, in their order.
    pub(super) fn asked_headers(&self) -> impl Iterator<Item = &'a [u8]> {
        diagnose::elements(self.exchange.request.headers.as_slice(), "access-control-request-headers")
    }

    /// The header names that the preflight asked for and its answer does not allow.
    pub(super) fn refused_headers(&self, credentials: CredentialsMode) -> impl Iterator<Item = &'a [u8]> {
        let answered = *self;
        let by_wildcard = credentials != CredentialsMode::Include && self.elements(AllowList::Headers).any(|name| name == b"*");
        let is_listed = move |name: &[u8]| answered.elements(AllowList::Headers).any(|listed| listed.eq_ignore_ascii_case(name));
        self.asked_headers().filter(move |name| !by_wildcard && !is_listed(name))
    }

    /// The essence of its MIME type, or nothing where it has none.
    pub(super) fn essence(&self) -> Option<String> {
        extract_mime_type(self.headers()).map(|mime_type| mime_type.essence().to_owned())
    }

    /// Whether it is a redirect that says where to.
    pub(super) fn has_location(&self, profile: Profile) -> bool {
        status::is_redirect_of(profile, self.answer.status) && self.value(b"location").is_some_and(|value| !value.is_empty())
    }

    /// Where the answer redirects to.
    pub(super) fn target(&self, profile: Profile) -> Option<Url> {
        match self.location(profile) {
            Location::Url(url) => Some(url),
            Location::Null | Location::Failure(_) => None,
        }
    }

    /// Whether it is a redirect whose `Location` does not parse.
    pub(super) fn leads_nowhere(&self, profile: Profile) -> bool {
        matches!(self.location(profile), Location::Failure(_))
    }

    fn location(&self, profile: Profile) -> Location {
        let mut response = Response::local(self.answer.status, b"", self.answer.headers.clone());
        response.url_list = Arc::new(Url::parse(&self.exchange.request.url).into_iter().collect());
        response.location_url(profile, None)
    }
}

/// A URL without its user name and its password.
pub(super) fn without_userinfo(url: &str) -> Cow<'_, str> {
    Url::parse(url).map_or(Cow::Borrowed(url), |url| Cow::Owned(without_credentials(&url)))
}

/// The same of one that has been parsed.
pub(super) fn without_credentials(url: &Url) -> String {
    let mut url = url.clone();
    // NB: these fail only for URLs that cannot have them.
    let _ = (url.set_username(""), url.set_password(None));
    url.into()
}

/// What the words of all three call an element of a header: bytes that are not UTF-8 are replaced.
pub(super) fn lossy(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
