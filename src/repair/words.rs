//! A repair in plain words.

use url::Url;

use super::candidates::is_of_answers;
use super::change::{Change, Member};
use super::search::Found;
use super::texts::{ChangeText, LineText};
use super::{RepairBy, Safety};
use crate::explain::catalogue::{Slot, fill};
use crate::explain::shown::{shown, shown_line, shown_text};
use crate::http::status;
use crate::infra::origin::Origin;
use crate::network::Purpose;
use crate::report::Exchange;
use crate::scenario::{Call, OutsidePolicy};

/// The words of a repair.
pub(super) struct Words {
    pub(super) title: String,
    pub(super) what: Vec<String>,
    pub(super) why: String,
    pub(super) safety_note: String,
    pub(super) assumed: Vec<String>,
}

/// The words of what was found for the fetch at `index`.
pub(super) fn words(found: &Found, index: usize, by: RepairBy, safety: Safety, page: &str) -> Words {
    let teller = Teller { found, index };
    let mut texts: Vec<(ChangeText, String)> = found.changes.iter().map(|change| teller.change(change)).collect();
    // NB: the order in which a person would do it: the preflight comes first, and the origin before what hangs on it.
    texts.sort_by_key(|(text, _)| *text as usize);
    // The title is that of what matters most.
    let main = texts.iter().map(|(text, _)| *text).min_by_key(|text| weight(*text)).unwrap_or(ChangeText::AllowOrigin);
    let mut title = main.title().to_owned();
    if by == RepairBy::Both {
        let other = texts.iter().map(|(text, _)| *text).find(|text| is_of_page(*text) != is_of_page(main));
        if let Some(other) = other {
            title = [&*title, ". ", other.title()].concat();
        }
    }
    let note = match safety {
        Safety::NothingNew => LineText::NothingNew,
        Safety::SameSiteLoads => LineText::SameSiteLoads,
        Safety::Named => LineText::Named,
        Safety::Public => LineText::Public,
        Safety::NamedWithCredentials => LineText::NamedWithCredentials,
        Safety::EverybodyLoads => LineText::EverybodyLoads,
    };
    let assumed = found.run.assumed().map(|exchange| {
        let mut slots = of_exchange(exchange);
        slots.push(("status", exchange.response.as_ref().map_or(0, |response| response.status).to_string()));
        say(LineText::Assumed, &slots)
    });
    Words {
        title,
        what: texts.into_iter().map(|(_, what)| what).collect(),
        why: main.why().to_owned(),
        safety_note: say(note, &[("page", shown_text(page))]),
        assumed: assumed.collect(),
    }
}

pub(super) fn say(text: LineText, slots: &[Slot]) -> String {
    fill(text.text(), slots)
}

/// What matters most in a repair is the least.
const fn weight(text: ChangeText) -> u8 {
    match text {
        ChangeText::PreflightStatus
        | ChangeText::AnswerDirectly
        | ChangeText::AnswerUnauthorized
        | ChangeText::CrossOrigin
        | ChangeText::LeaveOutMode => 0,
        ChangeText::AllowOrigin | ChangeText::ResourcePolicy => 1,
        ChangeText::AllowCredentials => 2,
        ChangeText::Vary => 9,
        _ => 3,
    }
}

const fn is_of_page(text: ChangeText) -> bool {
    text as usize >= ChangeText::Url as usize
}

struct Teller<'a> {
    found: &'a Found,
    index: usize,
}

impl Teller<'_> {
    fn change(&self, change: &Change) -> (ChangeText, String) {
        let mut slots = self.of_request();
        let line = |name: &str, value: &str| ("line", [&*shown_text(name), ": ", &shown_line(value.as_bytes())].concat());
        let text = match change {
            Change::SetHeader { fetch, answer, name, value } => {
                slots.extend(self.of_answer(*fetch, *answer));
                slots.push(line(&name.to_string(), &value.to_string()));
                match name.as_bytes() {
                    b"Access-Control-Allow-Origin" => ChangeText::AllowOrigin,
                    b"Access-Control-Allow-Credentials" => ChangeText::AllowCredentials,
                    b"Access-Control-Allow-Methods" => ChangeText::AllowMethods,
                    b"Access-Control-Allow-Headers" => ChangeText::AllowHeaders,
                    b"Access-Control-Expose-Headers" => ChangeText::ExposeHeaders,
                    b"Cross-Origin-Resource-Policy" => ChangeText::ResourcePolicy,
                    b"Content-Type" => ChangeText::ContentType,
                    b"Location" => ChangeText::Location,
                    _ => ChangeText::Vary,
                }
            }
            Change::RemoveHeader { fetch, answer, name } => {
                slots.extend(self.of_answer(*fetch, *answer));
                slots.push(("name", shown_text(&name.to_string())));
                ChangeText::LeaveOutAnswerHeader
            }
            Change::ReplaceLine { fetch, answer, name, value, .. } => {
                slots.extend(self.of_answer(*fetch, *answer));
                slots.push(line(&name.to_string(), &value.to_string()));
                ChangeText::OtherAnswerLine
            }
            Change::SetStatus { fetch, answer, status } => {
                slots.extend(self.of_answer(*fetch, *answer));
                slots.push(("status", status.to_string()));
                match self.purpose(*answer) {
                    Some(Purpose::Preflight) => ChangeText::PreflightStatus,
                    _ if *status == 401 => ChangeText::AnswerUnauthorized,
                    _ => ChangeText::AnswerDirectly,
                }
            }
            Change::SetUrl { url } => {
                slots.push(("url", shown_text(url)));
                ChangeText::Url
            }
            Change::SetMethod { method } => {
                slots.push(("method", shown_text(method)));
                ChangeText::Method
            }
            Change::SetRequestHeader { name, value } => {
                slots.push(line(name, value));
                match name.eq_ignore_ascii_case("content-type") {
                    true => ChangeText::SimpleContentType,
                    false => ChangeText::RequestHeader,
                }
            }
            Change::RenameRequestHeader { name, to } => {
                slots.extend([("name", shown_text(name)), ("to", shown_text(to))]);
                ChangeText::RenameHeader
            }
            Change::RemoveRequestHeader { name } => {
                slots.push(("name", shown_text(name)));
                if is_of_answers(name) { ChangeText::RemoveAnswerHeader } else { ChangeText::RemoveHeader }
            }
            Change::MoveHeaderToQuery { name } => {
                slots.push(("name", shown_text(name)));
                ChangeText::HeaderToQuery
            }
            Change::DropUploadListener => ChangeText::UploadListener,
            Change::DropCredentials => {
                let how = match self.found.run.scenario.fetches.get(self.index).map(|fetch| &fetch.call) {
                    Some(Call::Fetch { .. }) => LineText::CredentialsOfFetch,
                    Some(Call::Xhr { .. } | Call::EventSource { .. }) => LineText::CredentialsOfXhr,
                    _ => LineText::CredentialsOfElement,
                };
                slots.push(("credentials", say(how, &[])));
                ChangeText::DropCredentials
            }
            Change::AddCrossOrigin => ChangeText::CrossOrigin,
            Change::SetMember { member: Member::Cache, value } if value == "reload" => ChangeText::Reload,
            Change::SetMember { member, value } => {
                slots.extend([("member", member.as_str().into()), ("value", shown_text(value))]);
                ChangeText::Member
            }
            Change::LeaveOut { member: Member::Mode } => ChangeText::LeaveOutMode,
            Change::LeaveOut { member } => {
                slots.push(("member", member.as_str().into()));
                ChangeText::LeaveOut
            }
            Change::WholeBody => ChangeText::WholeBody,
            Change::FreshStream => ChangeText::FreshStream,
            Change::AllowInPolicy { policy: OutsidePolicy::IntegrityPolicy } => ChangeText::IntegrityPolicy,
            Change::AllowInPolicy { .. } => ChangeText::ContentSecurityPolicy,
        };
        (text, fill(text.what(), &slots))
    }

    /// The slots of the last request, or of one that never went out: to a `data:` URL, for instance.
    fn of_request(&self) -> Vec<Slot> {
        let report = &self.found.run.report;
        match (report.exchanges.last(), &report.request) {
            (Some(exchange), _) => of_exchange(exchange),
            (None, Some(request)) => slots_of(request.method.as_bytes(), &request.url),
            (None, None) => slots_of(b"", ""),
        }
    }

    fn exchange(&self, answer: usize) -> Option<&Exchange> {
        let place = self.found.run.sources.iter().position(|source| *source == super::book::Source::Known(answer))?;
        self.found.run.report.exchanges.iter().find(|exchange| exchange.answer == Some(place))
    }

    fn purpose(&self, answer: usize) -> Option<Purpose> {
        self.exchange(answer).map(|exchange| exchange.request.purpose)
    }

    /// The slots of an answer of the scenario, and what a sentence calls it.
    fn of_answer(&self, fetch: usize, answer: usize) -> Vec<Slot> {
        let Some(exchange) = self.exchange(answer).filter(|_| fetch == self.index) else {
            return vec![("answer", say(LineText::TheEarlierAnswer, &[]))];
        };
        let mut slots = of_exchange(exchange);
        let status = exchange.response.as_ref().map_or(0, |response| response.status);
        slots.push(("status", status.to_string()));
        let text = match exchange.request.purpose {
            Purpose::Preflight => LineText::ThePreflight,
            Purpose::Actual if status::is_redirect(status) => LineText::TheRedirect,
            Purpose::Actual if status >= 400 => LineText::TheError,
            Purpose::Actual => LineText::TheAnswer,
        };
        slots.push(("answer", say(text, &slots)));
        slots
    }
}

/// The slots of a request on the wire.
fn of_exchange(exchange: &Exchange) -> Vec<Slot> {
    slots_of(exchange.request.method.as_bytes(), &exchange.request.url)
}

fn slots_of(method: &[u8], url: &str) -> Vec<Slot> {
    let server = match Url::parse(url).map(|url| Origin::of_url(&url)) {
        Ok(Origin::Tuple(tuple)) => shown_text(&tuple.to_string()),
        _ => shown_text(url),
    };
    vec![("server", server), ("url", shown_text(url)), ("method", shown(method))]
}
