//! Which messages are about the same trouble, and what may be behind each.

use super::Facts;
use super::texts::{CauseId, LeadText};
use crate::explain::console::ConsoleMessage;
use crate::explain::diagnose::{self, HeaderNotAllowed};
use crate::network::{Purpose, WireResponse};
use crate::profile::ProfileName;

/// What messages can be about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Family {
    /// `Access-Control-Allow-Origin` is missing; in WebKit, or names another origin.
    Missing,
    /// It names another origin.
    Mismatch,
    /// It has several values.
    Several,
    /// It has something that is no origin.
    Invalid,
    /// It is `*`, with credentials.
    Wildcard,
    /// `Access-Control-Allow-Credentials` is not `true`.
    Credentials,
    /// The status of the answer to a preflight.
    PreflightStatus,
    /// The preflight was redirected.
    PreflightRedirect,
    /// Something about the preflight.
    Preflight,
    /// The method is not allowed.
    Method,
    /// A request header is not allowed.
    Header,
    /// A list of the preflight's answer cannot be read.
    List,
    /// `*` and `Authorization`.
    AuthorizationWildcard,
    /// No answer came.
    NoAnswer,
    /// The server answered with an error status.
    Status,
    /// Insecure content on a secure page, blocked.
    Mixed,
    /// The same, and not blocked.
    MixedUpgraded,
    /// This machine or the local network.
    LocalNetwork,
    /// The same, of a page that is not secure.
    LocalNetworkInsecure,
    /// A URL that is neither http nor https.
    Scheme,
    /// A page that is a file, or a URL of one.
    File,
    /// The page's own Content Security Policy.
    Policy,
    /// Mode same-origin.
    SameOriginMode,
    /// Mode no-cors, and redirects that are not followed.
    NoCorsRedirect,
    /// Cross-Origin-Resource-Policy, or the page's Cross-Origin-Embedder-Policy.
    ResourcePolicy,
    /// Opaque Response Blocking.
    OpaqueBlocked,
    /// The integrity value does not match.
    Integrity,
    /// Integrity without CORS.
    IntegrityWithoutCors,
    /// A redirect to a URL with a user name or a password.
    RedirectCredentials,
    /// Too many redirects.
    RedirectLoop,
    /// A redirect that was not wanted.
    RedirectMode,
    /// A redirect to something that is neither http nor https.
    RedirectScheme,
    /// A redirect, and a check of its answer or the one behind it.
    Redirect,
    /// A port that is closed to pages.
    Port,
    /// A canvas that cannot be read.
    Canvas,
    /// A request header that no page may set.
    HeaderSet,
    /// A response header that is hidden.
    HeaderGet,
    /// The arguments of the call itself.
    Call,
    /// The type of the answer.
    ContentType,
    /// A login that the browser may not ask for.
    Login,
    /// Script aborted it.
    Aborted,
    /// The browser has CORS turned off.
    Disabled,
    /// A warning that stops nothing.
    Harmless,
    /// A preload that is not used.
    PreloadNotUsed,
    /// The attribute `as` of a preload.
    PreloadDestination,
    /// That it failed, and nothing else.
    Unsaid,
}

/// What a message is about.
pub(super) fn family(message: &ConsoleMessage) -> Family {
    let id = message.id.trim_start_matches("legacy.").trim_start_matches("CorsError.");
    match message.browser {
        ProfileName::Chromium => chromium(id.strip_prefix("Preflight").unwrap_or(id)),
        ProfileName::Firefox => firefox(id),
        ProfileName::Webkit => webkit(id),
        ProfileName::Spec => Family::Unsaid,
    }
}

fn chromium(id: &str) -> Family {
    match id {
        "MissingAllowOriginHeader" | "MissingAllowOriginHeader.fetch" | "kNoCorsInformation" => Family::Missing,
        "AllowOriginMismatch" | "issue.corsOriginMismatch" => Family::Mismatch,
        "MultipleAllowOriginValues" => Family::Several,
        "InvalidAllowOriginValue" | "issue.corsInvalidHeaderValues" => Family::Invalid,
        "WildcardOriginNotAllowed" | "issue.corsWildcardOriginNotAllowed" => Family::Wildcard,
        "InvalidAllowCredentials" | "issue.corsAllowCredentialsRequired" => Family::Credentials,
        "InvalidStatus" => Family::PreflightStatus,
        "DisallowedRedirect" => Family::PreflightRedirect,
        "issue.corsPreflightResponseInvalid" => Family::Preflight,
        "MethodDisallowedByPreflightResponse" | "issue.corsMethodDisallowedByPreflightResponse" => Family::Method,
        "HeaderDisallowedByPreflightResponse" | "issue.corsHeaderDisallowedByPreflightResponse" => Family::Header,
        "InvalidAllowMethodsPreflightResponse" | "InvalidAllowHeadersPreflightResponse" => Family::List,
        "deprecation.authorization-wildcard" => Family::AuthorizationWildcard,
        "net.failed" => Family::NoAnswer,
        "net.status" => Family::Status,
        "mixed.blocked" => Family::Mixed,
        "mixed.allowed" | "mixed.upgraded" | "mixed.not-upgraded.local" | "mixed.not-upgraded.ip" => Family::MixedUpgraded,
        "InsecureLocalNetwork" => Family::LocalNetworkInsecure,
        "InvalidLocalNetworkAccess"
        | "LocalNetworkAccessPermissionDenied"
        | "MissingAllowPrivateNetwork"
        | "InvalidAllowPrivateNetwork"
        | "UnexpectedPrivateNetworkAccess"
        | "MissingPrivateNetworkAccessId"
        | "MissingPrivateNetworkAccessName"
        | "PrivateNetworkAccessPermissionUnavailable"
        | "MissingAllowExternal"
        | "InvalidAllowExternal" => Family::LocalNetwork,
        "CorsDisabledScheme" | "fetch.bad-scheme" | "xhr.ftp" | "issue.corsDisabledScheme" => Family::Scheme,
        "local-resource" | "file.unique-origin" => Family::File,
        "csp.connect" | "csp.violated" => Family::Policy,
        "DisallowedByMode" | "fetch.same-origin-mode" | "redirect.same-origin-mode" | "issue.corsDisallowedByMode" => {
            Family::SameOriginMode
        }
        "NoCorsRedirectModeNotFollow" | "issue.corsNoCorsRedirectModeNotFollow" => Family::NoCorsRedirect,
        "RedirectContainsCredentials" | "issue.corsRedirectContainsCredentials" => Family::RedirectCredentials,
        "fetch.sri" | "sri.mismatch" => Family::Integrity,
        "sri.not-cors" | "sri.ineligible" => Family::IntegrityWithoutCors,
        "canvas.export" | "canvas.read" => Family::Canvas,
        "preload.as-invalid" | "preload.as-unsupported" => Family::PreloadDestination,
        _ if id.starts_with("preload.") => Family::PreloadNotUsed,
        "header.set" => Family::HeaderSet,
        "header.get" => Family::HeaderGet,
        "script.abort" => Family::Aborted,
        "eventsource.mime" | "module.mime" | "script.mime" | "script.nosniff" | "style.mime" => Family::ContentType,
        _ if id.starts_with("ctor.") => Family::Call,
        _ => Family::Unsaid,
    }
}

fn firefox(id: &str) -> Family {
    match id {
        "CORSMissingAllowOrigin2" | "CORSMissingAllowOrigin" => Family::Missing,
        "CORSAllowOriginNotMatchingOrigin" => Family::Mismatch,
        "CORSMultipleAllowOriginNotAllowed" => Family::Several,
        "CORSNotSupportingCredentials" => Family::Wildcard,
        "CORSMissingAllowCredentials" => Family::Credentials,
        "CORSPreflightDidNotSucceed3" => Family::PreflightStatus,
        "CORSExternalRedirectNotAllowed" => Family::PreflightRedirect,
        "CORSMethodNotFound" => Family::Method,
        "CORSMissingAllowHeaderFromPreflight2" | "CORSMissingAllowHeaderFromPreflight" => Family::Header,
        "CORSInvalidAllowMethod" | "CORSInvalidAllowHeader" => Family::List,
        "CORSAllowHeaderFromPreflightDeprecation" => Family::AuthorizationWildcard,
        "CORSDidNotSucceed2" => Family::NoAnswer,
        "CORSDisabled" => Family::Disabled,
        "CORSRequestNotHttp" => Family::Scheme,
        "BlockMixedActiveContent" | "BlockMixedDisplayContent" => Family::Mixed,
        "MixedContentAutoUpgrade" | "upgradeInsecureRequest" | "LoadingMixedActiveContent2" | "LoadingMixedDisplayContent2" => {
            Family::MixedUpgraded
        }
        "IneligibleResource" => Family::IntegrityWithoutCors,
        "IntegrityMismatch3" => Family::Integrity,
        "CORPBlocked" => Family::ResourcePolicy,
        "CSPGenericViolation" | "CSPScriptViolation" | "CSPStyleViolation" => Family::Policy,
        "ResourceBlockedORB" => Family::OpaqueBlocked,
        "LocalNetworkAccessPermissionRequired" | "LocalNetworkAccessDetected" => Family::LocalNetwork,
        "ReferrerPolicyDisallowRelaxingMessage" => Family::Harmless,
        "script.abort" => Family::Aborted,
        _ if id.starts_with("ctor.") => Family::Call,
        _ => Family::Unsaid,
    }
}

fn webkit(id: &str) -> Family {
    match id {
        "acao.mismatch" | "acao" => Family::Missing,
        "acao.wildcard" => Family::Wildcard,
        "acao.multiple" => Family::Several,
        "acac" => Family::Credentials,
        "preflight.status" | "preflight" => Family::PreflightStatus,
        "preflight.method" => Family::Method,
        "preflight.header" => Family::Header,
        "preflight.methods.invalid" | "preflight.headers.invalid" => Family::List,
        "preflight.blocked" | "preflight.response-blocked" => Family::Preflight,
        "redirect.denied" | "redirect.not-allowed" | "url.not-shown" | "redirect.sync" => Family::Redirect,
        "redirect.scheme" | "redirect.scheme.element" | "redirect.scheme.nocors" => Family::RedirectScheme,
        "redirect.credentials" => Family::RedirectCredentials,
        "redirect.mode-error" => Family::RedirectMode,
        "redirect.limit" | "redirect.limit.web" => Family::RedirectLoop,
        "scheme" | "ftp" => Family::Scheme,
        "local-resource" => Family::File,
        "same-origin-mode" | "same-origin-redirect" | "unsafe-attempt" => Family::SameOriginMode,
        "nocors-redirect" => Family::NoCorsRedirect,
        "port" => Family::Port,
        "tail.net" | "network.terminated" | "network.parse" => Family::NoAnswer,
        "script" | "media" | "track" => Family::Missing,
        "corp" | "coep.worker" | "coep.frame" | "coep.redirect" => Family::ResourcePolicy,
        "auth" => Family::Login,
        "mixed.blocked" | "mixed.blocked.localhost" | "mixed.legacy" => Family::Mixed,
        "mixed.upgraded" | "mixed.localhost-image" => Family::MixedUpgraded,
        "csp.redirect" | "csp.connect" | "csp.connect.default" | "csp.load" | "csp.load.default" => Family::Policy,
        "integrity" => Family::Integrity,
        "canvas" => Family::Canvas,
        "preload.as-empty" | "preload.as-invalid" => Family::PreloadDestination,
        "header.set" => Family::HeaderSet,
        "sync" => Family::Call,
        "script.abort" => Family::Aborted,
        "eventsource.mime" | "script.mime" | "script.nosniff" | "style.mime" => Family::ContentType,
        _ if id.starts_with("ctor.") => Family::Call,
        _ => Family::Unsaid,
    }
}

/// Whether a message is about the answer to a preflight; in Firefox, a second message says so.
pub(super) fn is_of_preflight<'a>(message: &ConsoleMessage, mut all: impl Iterator<Item = &'a ConsoleMessage>) -> bool {
    match family(message) {
        Family::PreflightStatus
        | Family::PreflightRedirect
        | Family::Preflight
        | Family::Method
        | Family::Header
        | Family::List => true,
        family if message.browser == ProfileName::Firefox => {
            // NB: Firefox shows preflights as requests of their own.
            message.slot("method") == Some("OPTIONS")
                || family.is_about_answer() && all.any(|other| other.id == "CORSDidNotSucceed2")
        }
        _ => message.id.contains("Preflight"),
    }
}

impl Family {
    /// How little a message of it says: of several, the one that says most is explained.
    pub(super) const fn vagueness(self) -> u8 {
        match self {
            Self::Unsaid | Self::Harmless => 3,
            Self::NoAnswer | Self::Status | Self::Aborted => 2,
            Self::MixedUpgraded | Self::AuthorizationWildcard => 1,
            _ => 0,
        }
    }

    /// Whether it is about an answer that came.
    pub(super) const fn is_about_answer(self) -> bool {
        matches!(
            self,
            Self::Missing
                | Self::Mismatch
                | Self::Several
                | Self::Invalid
                | Self::Wildcard
                | Self::Credentials
                | Self::Status
                | Self::ResourcePolicy
                | Self::OpaqueBlocked
                | Self::Integrity
                | Self::ContentType
        )
    }

    /// Whether nothing went out.
    pub(super) const fn sends_nothing(self) -> bool {
        matches!(
            self,
            Self::Mixed | Self::Scheme | Self::File | Self::NoCorsRedirect | Self::Port | Self::Call | Self::LocalNetworkInsecure
        )
    }

    pub(super) const fn is_with_credentials(self) -> bool {
        matches!(self, Self::Wildcard | Self::Credentials)
    }

    /// Whether the message shows a value of `Access-Control-Allow-Origin`.
    pub(super) const fn names_allow_origin(self) -> bool {
        matches!(self, Self::Mismatch | Self::Several | Self::Invalid)
    }

    /// How the command asks; nothing where no server's answer would tell the causes apart.
    pub(super) const fn asks_by(self, of_preflight: bool) -> Option<Purpose> {
        match self {
            Self::Scheme
            | Self::File
            | Self::Policy
            | Self::SameOriginMode
            | Self::NoCorsRedirect
            | Self::Port
            | Self::HeaderSet
            | Self::Call
            | Self::Aborted
            | Self::Disabled
            | Self::PreloadNotUsed
            | Self::PreloadDestination
            | Self::Harmless => None,
            Self::AuthorizationWildcard => Some(Purpose::Preflight),
            _ if of_preflight => Some(Purpose::Preflight),
            _ => Some(Purpose::Actual),
        }
    }

    /// The one thing to do next.
    pub(super) fn next(self, facts: &Facts) -> LeadText {
        match self {
            Self::Unsaid | Self::Status | Self::Aborted => LeadText::NextLine,
            Self::NoAnswer if facts.net_error == Some("net::ERR_FAILED") => LeadText::NextLine,
            Self::NoAnswer => LeadText::NextOpen,
            Self::Mixed | Self::MixedUpgraded => LeadText::NextHttps,
            Self::LocalNetwork | Self::LocalNetworkInsecure => LeadText::NextAddress,
            Self::Scheme | Self::File => LeadText::NextUrl,
            Self::Policy => LeadText::NextPolicy,
            Self::SameOriginMode | Self::NoCorsRedirect | Self::HeaderSet | Self::Call | Self::Port => LeadText::NextCall,
            Self::Canvas | Self::IntegrityWithoutCors | Self::PreloadNotUsed | Self::PreloadDestination => LeadText::NextElement,
            Self::Disabled => LeadText::NextSetting,
            Self::Harmless => LeadText::NextNothing,
            Self::Integrity | Self::OpaqueBlocked | Self::ContentType | Self::ResourcePolicy | Self::HeaderGet | Self::Login => {
                LeadText::NextAnswer
            }
            _ if facts.of_preflight => LeadText::NextPreflight,
            _ => LeadText::NextAnswer,
        }
    }

    /// What may be behind it, the likeliest first.
    pub(super) fn causes(self, facts: &Facts) -> Vec<CauseId> {
        use CauseId as C;
        match self {
            Self::Missing if facts.of_preflight => match facts.status {
                Some(401 | 403) => vec![C::OptionsLogin, C::NoCors],
                Some(300..=399) => vec![C::RedirectSlash, C::RedirectHttps, C::RedirectLogin],
                Some(500..) => vec![C::ServerFails, C::OptionsNotHandled],
                Some(400..) => vec![C::OptionsNotHandled, C::NoCors],
                Some(_) => vec![C::OptionsNotHandled, C::OriginNotListed, C::NoCors],
                None => vec![C::OptionsNotHandled, C::OptionsLogin, C::OriginNotListed, C::NoCors],
            },
            Self::Missing => match facts.status {
                Some(500..) => vec![C::ServerFails, C::ErrorAnswer],
                Some(400..) => vec![C::ErrorAnswer, C::NoCors],
                Some(300..=399) => vec![C::Redirected, C::NoCors],
                Some(_) => vec![C::NoCors, C::OriginNotListed, C::Stored],
                None if facts.redirected => vec![C::Redirected, C::ErrorAnswer, C::NoCors, C::OriginNotListed],
                None => vec![C::ErrorAnswer, C::NoCors, C::OriginNotListed, C::Redirected, C::Stored],
            },
            Self::Mismatch if facts.value.is_some() && facts.value == facts.page => vec![C::Tainted, C::Invisible],
            Self::Mismatch => vec![C::OneOrigin, C::Spelling, C::StoredOther],
            Self::Several if is_list(facts.value) => vec![C::ListOfOrigins, C::ProxyAndApplication],
            Self::Several => vec![C::ProxyAndApplication, C::ListOfOrigins],
            Self::Invalid => vec![C::Setting, C::Pattern],
            Self::Wildcard => vec![C::WildcardSetting, C::CredentialsNeedless],
            Self::Credentials => match facts.value {
                Some(_) => vec![C::CredentialsSpelling, C::CredentialsNeedless],
                None => vec![C::CredentialsOff, C::CredentialsSpelling, C::CredentialsNeedless],
            },
            Self::PreflightStatus => match facts.status {
                Some(401 | 403) => vec![C::OptionsLogin, C::Firewall],
                Some(404 | 405 | 410 | 501) => vec![C::OptionsNotHandled],
                Some(300..=399) => vec![C::RedirectSlash, C::RedirectHttps, C::RedirectLogin],
                Some(500..) => vec![C::ServerFails],
                _ => vec![C::OptionsNotHandled, C::OptionsLogin, C::ServerFails, C::Firewall],
            },
            Self::PreflightRedirect => vec![C::RedirectSlash, C::RedirectHttps, C::RedirectLogin],
            Self::Preflight => vec![C::OptionsNotHandled, C::OptionsLogin, C::RedirectSlash, C::NoCors],
            Self::Method => match facts.method {
                Some(method) if method.bytes().any(|byte| byte.is_ascii_lowercase()) => vec![C::MethodCase, C::MethodNotListed],
                _ => vec![C::MethodNotListed, C::OptionsNotHandled, C::WildcardLiteral],
            },
            Self::Header => header(facts.name),
            Self::List => vec![C::ListSyntax],
            Self::AuthorizationWildcard => vec![C::AuthorizationWildcard],
            Self::NoAnswer => no_answer(facts),
            Self::Status => vec![C::Status],
            Self::Mixed => vec![C::HttpUrl, C::HttpRedirect],
            Self::MixedUpgraded => vec![C::HttpUrl],
            Self::LocalNetwork => vec![C::PermissionDenied, C::LocalAddress],
            Self::LocalNetworkInsecure => vec![C::InsecurePage, C::LocalAddress],
            Self::Scheme => vec![C::SchemeMissing, C::FilePage],
            Self::File => vec![C::FilePage],
            Self::Policy => vec![C::PagePolicy],
            Self::SameOriginMode => vec![C::SameOriginMode],
            Self::NoCorsRedirect => vec![C::NoCorsRedirect],
            Self::ResourcePolicy => vec![C::ResourcePolicy, C::EmbedderPolicy],
            Self::OpaqueBlocked => vec![C::WrongContent, C::ContentType],
            Self::Integrity => vec![C::ContentChanged, C::IntegrityWithoutCors],
            Self::IntegrityWithoutCors => vec![C::IntegrityWithoutCors],
            Self::RedirectCredentials => vec![C::RedirectCredentials],
            Self::RedirectLoop => vec![C::RedirectLoop],
            Self::RedirectMode => vec![C::RedirectMode],
            Self::RedirectScheme => vec![C::RedirectScheme],
            Self::Redirect => vec![C::Redirected, C::Tainted],
            Self::Port => vec![C::BadPort],
            Self::Canvas => vec![C::TaintedCanvas],
            Self::PreloadNotUsed => vec![C::PreloadDiffers],
            Self::PreloadDestination => vec![C::PreloadDestination],
            Self::HeaderSet => vec![C::ForbiddenHeader],
            Self::HeaderGet => vec![C::NotExposed],
            Self::Call => vec![C::Call],
            Self::ContentType => vec![C::ContentType, C::WrongContent],
            Self::Login => vec![C::LoginMissing],
            Self::Aborted => vec![C::Aborted],
            Self::Disabled => vec![C::BrowserSetting],
            Self::Harmless => vec![C::Harmless],
            Self::Unsaid => vec![C::CorsBlocked, C::Unreachable, C::Blocker],
        }
    }
}

/// Whether a value has at least two pieces that differ.
fn is_list(value: Option<&str>) -> bool {
    let mut pieces = value.unwrap_or_default().split([',', ' ']).filter(|piece| !piece.is_empty());
    pieces.next().is_some_and(|first| pieces.any(|piece| piece != first))
}

/// Why a request header is not allowed, as far as its name tells.
fn header(name: Option<&str>) -> Vec<CauseId> {
    use CauseId as C;
    let name = name.unwrap_or_default();
    match diagnose::header_not_allowed(name.as_bytes(), &[], false, &WireResponse::default(), None) {
        HeaderNotAllowed::OfResponse => vec![C::HeaderOfResponse],
        HeaderNotAllowed::OfLibrary(_) => vec![C::HeaderOfLibrary, C::HeaderNotListed],
        HeaderNotAllowed::RequestedWith => vec![C::RequestedWith, C::HeaderNotListed],
        _ if name.eq_ignore_ascii_case("authorization") => vec![C::AuthorizationWildcard, C::HeaderNotListed],
        _ => vec![C::HeaderNotListed, C::HeaderSpelling, C::WildcardLiteral],
    }
}

/// Why no answer came.
fn no_answer(facts: &Facts) -> Vec<CauseId> {
    use CauseId as C;
    let error = facts.net_error.unwrap_or_default();
    let has = |part: &str| error.contains(part);
    if error == "net::ERR_FAILED" && facts.status.is_some() {
        return vec![C::CorsBlocked];
    }
    if error == "net::ERR_FAILED" {
        return vec![C::CorsBlocked, C::Blocker];
    }
    if has("BLOCKED_BY_CLIENT") || has("BLOCKED_BY_ADMINISTRATOR") || has("blocker") {
        return vec![C::Blocker];
    }
    if has("BLOCKED_BY_ORB") {
        return vec![C::WrongContent, C::ContentType];
    }
    if has("BLOCKED_BY_RESPONSE") {
        return vec![C::ResourcePolicy, C::EmbedderPolicy];
    }
    if has("BLOCKED_BY_LOCAL_NETWORK") || has("BLOCKED_BY_PRIVATE_NETWORK") {
        return vec![C::PermissionDenied, C::LocalAddress];
    }
    if has("CERT") || has("SSL") || has("certificate") || has("TLS") {
        return vec![C::Certificate, C::WrongScheme];
    }
    if has("NAME_NOT_RESOLVED") || has("hostname") {
        return vec![C::NameNotFound, C::Blocker];
    }
    if has("CONNECTION_REFUSED") || has("ADDRESS_UNREACHABLE") || has("refused") {
        return vec![C::Refused, C::WrongScheme];
    }
    if has("TIMED_OUT") || has("timed") {
        return vec![C::TimedOut];
    }
    if has("TOO_MANY_REDIRECTS") {
        return vec![C::RedirectLoop];
    }
    if has("UNSAFE_PORT") {
        return vec![C::BadPort];
    }
    if has("INTERNET_DISCONNECTED") || has("offline") || has("NETWORK_CHANGED") {
        return vec![C::Offline];
    }
    if has("EMPTY_RESPONSE") || has("CONNECTION_RESET") || has("CONNECTION_CLOSED") || has("HTTP2") || has("INVALID_HTTP") {
        return vec![C::Closed, C::WrongScheme];
    }
    if has("ABORTED") {
        return vec![C::Aborted];
    }
    vec![C::Certificate, C::Refused, C::NameNotFound, C::Blocker, C::LocalAddress]
}
