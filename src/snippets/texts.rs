//! What the snippets say to people, beside the snippets themselves.

use serde::Serialize;

/// Why a snippet was not run.
pub(super) const NOT_RUN: &str =
    "Not run here: it needs a service or a toolchain that our tests do not have. Try it before you trust it.";

/// What is worth knowing about a snippet before it is pasted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "page", derive(tsify::Tsify))]
#[non_exhaustive]
pub enum Note {
    /// A difference: `Content-Type` is always allowed.
    ContentTypeAllowed,
    /// A difference: what is not allowed is refused with a status, and browsers say something else about it.
    RefusesByStatus,
    /// A difference: a preflight that is refused has no `Vary`.
    NoVaryOnRefusedPreflights,
    /// A difference: credentials are always allowed.
    CredentialsAllowed,
    /// A difference: `PATCH` and other methods cannot be allowed.
    FewMethods,
    /// A difference: answers that never reach the function have no headers.
    OnlyOwnAnswers,
    /// It has to come before everything that answers.
    First,
    /// It has to be the outermost layer.
    Outermost,
    /// It has to stand before whatever asks for a login.
    BeforeLogin,
    /// nginx: a block with an `add_header` of its own inherits none.
    OwnAddHeader,
    /// nginx: other upstreams than proxies have directives of their own.
    OtherUpstreams,
    /// Apache: the modules that it needs.
    ApacheModules,
    /// Caddy: what the site does goes into `handle`.
    CaddyHandle,
    /// Caddy: how headers of the application behind are removed.
    CaddyUpstream,
    /// An application behind must not add headers of its own.
    OnePlace,
    /// Flask: errors in debug mode.
    FlaskDebug,
    /// actix-web: middleware that returns an error.
    ActixErrors,
    /// An empty list would allow every header, or is refused.
    AcceptOnly,
    /// What to install.
    InstallNpm,
    /// What to install.
    InstallPip,
    /// What to add to Cargo.toml.
    AddCrates,
    /// What to add to the Gemfile.
    AddGem,
    /// The cache has to keep answers for different origins apart.
    CacheKey,
}

impl Note {
    /// Its words.
    pub const fn text(self) -> &'static str {
        match self {
            Self::ContentTypeAllowed => {
                "Content-Type is allowed as a request header even where the policy does not list it: the library always adds it."
            }
            Self::RefusesByStatus => {
                "A preflight that asks for what is not allowed gets the status 400. That stops browsers too, but their consoles then \
                 speak of the status, or of a missing header, and not of what was not allowed."
            }
            Self::NoVaryOnRefusedPreflights => {
                "A preflight that is refused gets an answer without `Vary: Origin`. It matters only to a cache that was told to keep \
                 answers to OPTIONS: tell it not to, or to make Origin part of its key."
            }
            Self::CredentialsAllowed => "Credentials are allowed for every listed origin, and this cannot be turned off.",
            Self::FewMethods => "Only GET, HEAD, PUT, POST and DELETE can be allowed: other methods of the policy are left out.",
            Self::OnlyOwnAnswers => {
                "Only answers of this code have the headers. Errors that the platform makes itself, such as a time-out, have none."
            }
            Self::First => "Put it before everything else that answers, logins first of all: a preflight never carries one.",
            Self::Outermost => "It has to be the outermost layer: what answers outside of it has no CORS headers.",
            Self::BeforeLogin => "Put it before the rules that ask for a login: a preflight never carries one.",
            Self::OwnAddHeader => {
                "A `location` with an `add_header` of its own inherits none of these: write them there as well, with `include`."
            }
            Self::OtherUpstreams => {
                "`proxy_hide_header` is for `proxy_pass`; FastCGI and uWSGI have `fastcgi_hide_header` and `uwsgi_hide_header`."
            }
            Self::ApacheModules => "It needs two modules: `a2enmod headers rewrite`.",
            Self::CaddyHandle => {
                "What the site does goes into a `handle { }` beside `import cors`, so that a preflight is answered before a login is asked for."
            }
            Self::CaddyUpstream => {
                "If the application behind sends CORS headers too, add `header_down -Access-Control-*` within `reverse_proxy`: \
                 twice is as bad as never."
            }
            Self::OnePlace => "Only one of proxy and application may add CORS headers: twice is as bad as never.",
            Self::FlaskDebug => "In debug mode Flask shows errors itself, without these headers.",
            Self::ActixErrors => {
                "Middleware that returns `Err` instead of an answer goes past it, and its answer has no CORS headers: return an answer."
            }
            Self::AcceptOnly => {
                "`Accept` needs no permission. It stands there because the list must not be empty: that would mean every header, or an error."
            }
            Self::InstallNpm => "The library comes from npm, by the name that is imported.",
            Self::InstallPip => "The library comes from PyPI: `pip install django-cors-headers`.",
            Self::AddCrates => "The library is a crate: `cargo add` it, tower-http with its feature `cors`.",
            Self::AddGem => "Add `gem \"rack-cors\"` to the Gemfile.",
            Self::CacheKey => {
                "The answers depend on who asks: `Origin` has to be part of the cache key, and has to be passed on to the server behind."
            }
        }
    }
}
