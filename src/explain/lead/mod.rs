//! Where a line of a console is all there is: what it says for sure, what may be behind it, and how to find out.
//!
//! ```
//! use corscope::explain::console::recognise;
//! use corscope::explain::lead;
//!
//! let lead = lead(
//!     &recognise(
//!         "Access to fetch at 'https://api.example/me' from origin 'https://app.example' has been blocked by CORS policy: \
//!          No 'Access-Control-Allow-Origin' header is present on the requested resource.",
//!     ),
//!     None,
//! )
//! .unwrap();
//! assert_eq!(lead.causes[0].id.id(), "cause-error-answer");
//! assert_eq!(lead.curl.unwrap(), "curl -i https://api.example/me \\\n  -H 'Origin: https://app.example'");
//! ```
//!
//! | file | what is in it |
//! |---|---|
//! | `family` | which messages are about the same trouble, and the causes of each, the likeliest first |
//! | `texts` | every text, in one table |

mod family;
mod texts;

use serde::Serialize;
use url::Url;

use self::family::{Family, family, is_of_preflight};
use self::texts::LeadText;
use super::case::server;
use super::catalogue::{Slot, fill};
use super::console::ConsoleMessage;
use super::shown::{shown_line, shown_text};
use crate::http::header_list::HeaderList;
use crate::infra::bytes::ByteString;
use crate::network::{Purpose, WireRequest};
use crate::render;

pub use texts::CauseId;

/// What a line of a console says and leaves open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[non_exhaustive]
pub struct Lead {
    /// What it says for sure, one sentence each.
    pub known: Vec<String>,
    /// What may be behind it, the likeliest first.
    pub causes: Vec<Cause>,
    /// The one thing to do next.
    pub next: String,
    /// A `curl` command whose output tells the causes apart; nothing where no server's answer would.
    #[cfg_attr(feature = "wasm", tsify(type = "string | null"))]
    pub curl: Option<String>,
}

/// Something that may be behind a message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[non_exhaustive]
pub struct Cause {
    /// What it is, under its stable id.
    #[cfg_attr(feature = "wasm", tsify(type = "CauseId"))]
    pub id: CauseId,
    /// What it is, in one sentence.
    pub sentence: String,
    /// How to tell that it is this one.
    pub how_to_tell: String,
}

/// What the messages of a console leave open. `page` is the origin of the page, for messages that do not name it; nothing comes of
/// no message.
pub fn lead(messages: &[ConsoleMessage], page: Option<&str>) -> Option<Lead> {
    let first = messages.iter().min_by_key(|message| family(message).vagueness())?;
    let facts = Facts::new(first, messages, page);
    let slots = facts.slots();
    let curl = facts.curl();
    let next = match (facts.family.next(&facts), &curl) {
        (LeadText::NextAnswer | LeadText::NextPreflight | LeadText::NextHttps, None) => LeadText::NextRequest.text().to_owned(),
        (next @ (LeadText::NextOpen | LeadText::NextElement), Some(_)) => next.text().to_owned() + LeadText::ThenCommand.text(),
        (next, _) => next.text().to_owned(),
    };
    let cause = |id: CauseId| Cause { id, sentence: fill(id.sentence(), &slots), how_to_tell: fill(id.how_to_tell(), &slots) };
    Some(Lead {
        known: facts.known(&slots),
        causes: facts.family.causes(&facts).into_iter().map(cause).collect(),
        next: fill(&next, &slots),
        curl,
    })
}

/// What the messages say.
struct Facts<'a> {
    family: Family,
    /// The page's origin.
    page: Option<&'a str>,
    /// The URL that was asked, the last one after redirects.
    url: Option<&'a str>,
    /// Whether there were redirects.
    redirected: bool,
    /// Whether it is about the answer to a preflight.
    of_preflight: bool,
    /// The status of the answer.
    status: Option<u16>,
    /// The value of a header, or of a list in one.
    value: Option<&'a str>,
    /// The name of a request header.
    name: Option<&'a str>,
    /// The method.
    method: Option<&'a str>,
    /// Chromium's name of a network error, or what WebKit says of one.
    net_error: Option<&'a str>,
}

impl<'a> Facts<'a> {
    fn new(first: &'a ConsoleMessage, messages: &'a [ConsoleMessage], page: Option<&'a str>) -> Self {
        let of_browser = || messages.iter().filter(|message| message.browser == first.browser);
        let any = |name: &str| of_browser().find_map(|message| message.slot(name)).filter(|value| !value.is_empty());
        let own = |names: &[&str]| names.iter().find_map(|name| first.slot(name)).filter(|value| !value.is_empty());
        let family = family(first);
        let hint = own(&["hint"]);
        Self {
            family,
            page: any("origin").or(page).filter(|page| !page.is_empty()),
            url: own(&["url", "target"]).or_else(|| any("url")),
            redirected: any("redirected").is_some() || own(&["target"]).is_some(),
            of_preflight: is_of_preflight(first, of_browser()),
            status: any("status").or_else(|| any("code")).and_then(|status| status.parse().ok()).filter(|status| *status > 0),
            value: own(&["value", "token"]).or(hint),
            name: match family {
                Family::AuthorizationWildcard => Some("authorization"),
                Family::Header => own(&["name"]).or(hint),
                _ => own(&["name"]),
            },
            method: own(&["method"]).filter(|method| *method != "OPTIONS").or(if family == Family::Method { hint } else { None }),
            net_error: any("net_error").or_else(|| any("description")),
        }
    }

    fn slots(&self) -> Vec<Slot> {
        let missing = |text: LeadText| text.text().to_owned();
        let shown = |value: Option<&str>| value.map_or_else(String::new, shown_text);
        vec![
            ("page", self.page.map_or_else(|| missing(LeadText::YourPage), shown_text)),
            ("server", self.url.map_or_else(|| missing(LeadText::TheServer), server)),
            ("url", self.url.map_or_else(|| missing(LeadText::TheUrl), |url| shown_line(url.as_bytes()))),
            ("status", self.status.map_or_else(String::new, |status| status.to_string())),
            ("value", shown(self.value)),
            ("name", shown(self.name)),
            ("method", shown(self.method)),
            ("error", shown(self.net_error)),
        ]
    }

    /// What is known, in sentences.
    fn known(&self, slots: &[Slot]) -> Vec<String> {
        let mut known = Vec::new();
        let mut say = |is_known: bool, text: LeadText| {
            if is_known {
                known.push(fill(text.text(), slots));
            }
        };
        say(self.page.is_some(), LeadText::KnownPage);
        say(self.url.is_some(), LeadText::KnownUrl);
        say(self.redirected, LeadText::KnownRedirected);
        say(self.of_preflight, LeadText::KnownPreflight);
        say(!self.of_preflight && self.family.is_about_answer(), LeadText::KnownSent);
        say(self.family == Family::NoAnswer && !self.of_preflight, LeadText::KnownNoAnswer);
        say(self.family.sends_nothing(), LeadText::KnownNothingSent);
        say(self.status.is_some(), LeadText::KnownStatus);
        say(self.family.is_with_credentials(), LeadText::KnownCredentials);
        say(self.value.is_some() && self.family.names_allow_origin(), LeadText::KnownAllowOrigin);
        say(self.method.is_some(), LeadText::KnownMethod);
        say(self.name.is_some(), LeadText::KnownName);
        say(self.net_error.is_some() && self.family == Family::NoAnswer, LeadText::KnownError);
        known
    }

    /// The command that asks the server as the browser did.
    fn curl(&self) -> Option<String> {
        let mut url = Url::parse(self.url?).ok().filter(|url| matches!(url.scheme(), "http" | "https"))?;
        let asks_by = self.family.asks_by(self.of_preflight)?;
        if self.family == Family::Mixed {
            url.set_scheme("https").ok()?;
        }
        let page = self.page.map_or_else(|| LeadText::OriginOfPage.text().to_owned(), str::to_owned);
        let mut headers = HeaderList::default();
        let mut add = |name: &'static [u8], value: &str| headers.append(name, value.as_bytes());
        add(b"Origin", &page);
        if asks_by == Purpose::Preflight {
            add(b"Access-Control-Request-Method", self.method.unwrap_or(if self.name.is_some() { "GET" } else { "POST" }));
            if let Some(name) = self.name.map(str::to_ascii_lowercase) {
                add(b"Access-Control-Request-Headers", &name);
            } else if self.method.is_none() {
                add(b"Access-Control-Request-Headers", "content-type");
            }
        }
        url.set_fragment(None);
        let method = if asks_by == Purpose::Preflight { &b"OPTIONS"[..] } else { b"GET" };
        let request = WireRequest {
            purpose: asks_by,
            method: ByteString::from(method),
            url: url.into(),
            headers,
            credentials: false,
            has_body: false,
        };
        Some(render::to_curl(&request))
    }
}

#[cfg(test)]
mod tests;
