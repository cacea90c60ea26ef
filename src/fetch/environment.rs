//! The page as the algorithms need it: URLs parsed, origins made, policies derived.

use std::cell::OnceCell;
use std::sync::Arc;

use url::Url;

use crate::cookies::site_for_cookies;
use crate::fetch::secure::PageSecurity;
use crate::http::modes::{EmbedderPolicy, ReferrerPolicy};
use crate::infra::address_space::IpAddressSpace;
use crate::infra::bytes::ByteString;
use crate::infra::origin::{OpaqueOrigin, Origin};
use crate::infra::url_parser;
use crate::profile::Profile;
use crate::scenario::{BlobUrl, Global, LocalNetworkPermission, Page, ScenarioError, ThirdPartyCookies};

/// An [environment settings object](https://html.spec.whatwg.org/#environment-settings-object), as far as a fetch asks it.
#[derive(Debug)]
pub(crate) struct Environment<'a> {
    /// Whose answer is asked for.
    pub(crate) profile: Profile,
    /// The creation URL.
    pub(crate) url: Url,
    /// The API base URL.
    pub(crate) base_url: Url,
    pub(crate) origin: Origin,
    pub(crate) global: Global,
    pub(crate) site_for_cookies: Origin,
    partition_key: OnceCell<Arc<str>>,
    /// The origin of the top-level document.
    pub(crate) top: Origin,
    pub(crate) third_party_cookies: ThirdPartyCookies,
    pub(crate) address_space: IpAddressSpace,
    pub(crate) local_network: LocalNetworkPermission,
    /// Whether it came securely, or from this machine.
    pub(crate) is_secure_context: bool,
    pub(crate) referrer_policy: ReferrerPolicy,
    pub(crate) embedder_policy: EmbedderPolicy,
    pub(crate) security: PageSecurity,
    pub(crate) accept_language: &'a ByteString,
    pub(crate) blobs: &'a [BlobUrl],
    pub(crate) no_prompts: bool,
}

impl<'a> Environment<'a> {
    /// Reads the page.
    ///
    /// # Errors
    /// A URL or an origin that is none.
    pub(crate) fn new(page: &'a Page, profile: Profile) -> Result<Self, ScenarioError> {
        let url = parse_url("page.url", &page.url)?;
        let base_url = match &page.base_url {
            Some(base) => parse_url("page.baseUrl", base)?,
            None => url.clone(),
        };
        let origin = match &page.origin {
            Some(origin) => parse_origin("page.origin", origin)?,
            // NB: a URL without an origin of its own (`data:`, `file:`) gives the page one opaque origin, which is itself.
            None => match Origin::of_url(&url) {
                Origin::Opaque(_) => Origin::Opaque(OpaqueOrigin::Page),
                tuple @ Origin::Tuple(_) => tuple,
            },
        };
        let ancestors = (page.ancestors.iter().enumerate())
            .map(|(index, document)| parse_document(&format!("page.ancestors[{index}]"), document))
            .collect::<Result<Vec<_>, _>>()?;
        let security = PageSecurity::new(profile, page.global, &origin, &ancestors, page.upgrade_insecure_requests);
        let address_space = page.address_space.unwrap_or_else(|| match &origin {
            Origin::Tuple(origin) => IpAddressSpace::of_host(&origin.host),
            Origin::Opaque(_) => IpAddressSpace::Public,
        });
        let is_secure_context = ancestors.iter().chain([&origin]).all(Origin::is_potentially_trustworthy);
        Ok(Self {
            profile,
            partition_key: OnceCell::new(),
            top: ancestors.last().unwrap_or(&origin).clone(),
            third_party_cookies: page.third_party_cookies,
            address_space,
            local_network: page.local_network,
            is_secure_context,
            site_for_cookies: site_for_cookies(profile, &origin, &url, &ancestors),
            url,
            base_url,
            origin,
            global: page.global,
            referrer_policy: page.referrer_policy,
            embedder_policy: page.embedder_policy,
            security,
            accept_language: &page.accept_language,
            blobs: &page.blobs,
            no_prompts: page.no_prompts || page.global != Global::Window,
        })
    }
}

impl Environment<'_> {
    /// The [network partition key](https://fetch.spec.whatwg.org/#network-partition-keys): the site of the top-level
    /// document. The HTTP cache is partitioned by it too.
    ///
    /// OPTIMIZATION: most fetches without a preflight never ask for it.
    pub(crate) fn partition_key(&self) -> &Arc<str> {
        self.partition_key.get_or_init(|| self.top.site().into())
    }

    /// The origin of the URL that the page names as its referrer, if its policy lets it.
    pub(crate) fn referrer_source(&self) -> Origin {
        Origin::of_url(if self.url.scheme() == "about" { &self.base_url } else { &self.url })
    }
}

fn parse_url(place: &str, text: &str) -> Result<Url, ScenarioError> {
    url_parser::parse(text).map_err(|reason| ScenarioError::Url { place: place.into(), found: text.into(), reason })
}

/// The origin of a document, of which either that or the URL is known.
fn parse_document(place: &str, text: &str) -> Result<Origin, ScenarioError> {
    let of_url = || url_parser::parse(text).ok().map(|url| Origin::of_url(&url)).filter(|origin| !origin.is_opaque());
    parse_origin(place, text).or_else(|error| of_url().ok_or(error))
}

fn parse_origin(place: &str, text: &str) -> Result<Origin, ScenarioError> {
    Origin::parse(text).ok_or_else(|| ScenarioError::Origin { place: place.into(), found: text.into() })
}
