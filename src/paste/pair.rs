//! Relates the messages of a paste to each other: which answer belongs to which request, and what each request's URL is.

use url::Url;

use super::message::{
    PastedField, PastedForm, PastedMessage, PastedRequest, PastedResponse, PastedResponseKind, PastedRole, field,
};
use super::notes::Clues;
use super::problem::ProblemKind;
use super::reader::{Reading, add_problem};
use super::span::Span;
use crate::infra::bytes::ByteString;

/// The host of a request that does not say which, under a top-level domain that is nobody's:
/// <https://www.rfc-editor.org/rfc/rfc6761#section-6.4>.
pub(super) const UNKNOWN_HOST: &str = "https://unknown.invalid/";

/// An answer of the paste, and the request that it answers as far as that is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reply {
    /// The message that is the answer.
    pub(super) message: usize,
    /// The request that it answers, where that is a message too.
    pub(super) request: Option<usize>,
    /// What that is for, where it is known.
    pub(super) role: Option<PastedRole>,
    /// Its method, where it is known.
    pub(super) method: Option<ByteString>,
    /// Its URL, where it is known.
    pub(super) url: Option<Url>,
}

/// How a URL's scheme was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SchemeFrom {
    /// The paste says so.
    Said,
    /// It is likely.
    Guessed,
}

/// What relating the messages gives.
#[derive(Debug, Default)]
pub(super) struct Pairs {
    pub(super) replies: Vec<Reply>,
    /// The requests whose scheme was guessed.
    pub(super) guessed: Vec<(usize, Url)>,
    /// Whether the answers stand above their requests.
    pub(super) answers_first: bool,
}

/// Relates the messages, and fills in what they say of each other.
pub(super) fn pair(reading: &mut Reading, page: Option<&Url>) -> Pairs {
    roles(reading);
    tunnels(reading);
    echoes(&mut reading.messages);
    for index in 0..reading.messages.len() {
        if reading.messages.get(index).is_some_and(|message| message.form().is_paired() && message.form() != PastedForm::Scenario)
        {
            url_of(reading, index, page, None, &mut Vec::new());
        }
    }
    let order = order(&reading.messages);
    let mut pairs = Pairs { answers_first: order.answers_first, ..Pairs::default() };
    let nothing_asked = !reading.messages.iter().any(is_page_request);
    let lone = order.pairs.len() == 1;
    let mut last: Option<(Option<Url>, ByteString)> = None;
    for (request, reply) in order.pairs {
        if let Some(index) = request {
            let previous = last.as_ref().and_then(|(url, _)| url.clone());
            url_of(reading, index, page, previous.as_ref(), &mut pairs.guessed);
        }
        let Some(message) = reply else {
            last = None;
            continue;
        };
        let answered = request.and_then(|index| reading.messages.get(index)).and_then(PastedMessage::as_request);
        let known = match (answered, last.take()) {
            (Some(request), _) => {
                let url = request.url.as_deref().and_then(|url| Url::parse(url).ok());
                Reply { message, request: None, role: Some(request.role), method: Some(request.method.value.clone()), url }
            }
            // An answer without a request follows a redirect: it answers the request that the redirect leads to.
            (None, Some((url, method))) => {
                Reply { message, request: None, role: Some(PastedRole::Actual), method: Some(method), url }
            }
            (None, None) => orphan(reading, message, nothing_asked, lone),
        };
        let reply = Reply { request, ..known };
        if let (Some(request), Some(message)) = (request, reading.messages.get_mut(message)) {
            message.set_answers(request);
        }
        last = reading
            .messages
            .get(message)
            .and_then(PastedMessage::as_response)
            .and_then(|response| after_redirect(response, &reply));
        pairs.replies.push(reply);
    }
    pairs
}

/// An answer to a request that the paste does not have.
fn orphan(reading: &Reading, message: usize, nothing_asked: bool, lone: bool) -> Reply {
    let response = reading.messages.get(message).and_then(PastedMessage::as_response);
    let role = match response.is_some_and(resembles_preflight_answer) {
        true if !lone => Some(PastedRole::Preflight),
        _ if nothing_asked => Some(PastedRole::Actual),
        _ => None,
    };
    // NB: a console's message says where it came from.
    let is_somewhere = nothing_asked && role == Some(PastedRole::Actual) && reading.console.is_empty();
    let url = if is_somewhere { Url::parse(UNKNOWN_HOST).ok() } else { None };
    Reply { message, request: None, role, method: None, url }
}

/// Whether a response looks like the answer to a preflight, and not to what script asked for.
pub(super) fn resembles_preflight_answer(response: &PastedResponse) -> bool {
    const TELLING: [&str; 3] = ["access-control-allow-methods", "access-control-allow-headers", "access-control-max-age"];
    let telling = TELLING.iter().any(|name| field(&response.headers, name).is_some());
    telling && response.body.is_none_or(|body| body.span.is_none()) && (200..300).contains(&response.status)
}

/// What each request is for.
fn roles(reading: &mut Reading) {
    let Reading { messages, problems, .. } = reading;
    for request in messages.iter_mut().filter_map(PastedMessage::as_request_mut) {
        if request.form == PastedForm::Scenario {
            continue;
        }
        request.role = match request.method.bytes() {
            b"CONNECT" => PastedRole::Tunnel,
            b"OPTIONS" if field(&request.headers, "access-control-request-method").is_some() => PastedRole::Preflight,
            // NB: a panel of which the request's headers were not copied.
            b"OPTIONS" if request.form == PastedForm::Panel && request.headers.is_empty() => PastedRole::Preflight,
            b"OPTIONS" => {
                add_problem(problems, ProblemKind::BareOptions, request.method.span);
                PastedRole::BareOptions
            }
            _ => PastedRole::Actual,
        };
    }
}

/// The answers of proxies to `CONNECT`.
fn tunnels(reading: &mut Reading) {
    let mut connecting = false;
    let count = reading.messages.len();
    for (index, message) in reading.messages.iter_mut().enumerate() {
        match message {
            message if message.form().is_paired() => connecting = false,
            PastedMessage::Request(request) if request.role == PastedRole::Tunnel => connecting = true,
            PastedMessage::Request(_) | PastedMessage::Failure(_) => connecting = false,
            PastedMessage::Response(response) => {
                let says_so = response.reason.is(b"connection established") && response.headers.is_empty();
                if response.kind == PastedResponseKind::Final && (connecting || says_so && index + 1 < count) {
                    // NB: a proxy that refuses sends its final answer in the tunnel's place: no page gets to see it.
                    response.kind = PastedResponseKind::Tunnel;
                    connecting = false;
                }
            }
        }
    }
}

/// `curl -iv` writes each response twice: behind marks, and plain.
fn echoes(messages: &mut [PastedMessage]) {
    let marked: Vec<_> = messages
        .iter()
        .enumerate()
        .filter(|(_, message)| message.as_response().is_some_and(|response| response.form == PastedForm::Marked))
        .map(|(index, message)| (index, fingerprint(message)))
        .collect();
    let mut taken = vec![false; marked.len()];
    for message in messages.iter_mut() {
        if !message.as_response().is_some_and(|response| response.form == PastedForm::Plain) {
            continue;
        }
        let print = fingerprint(message);
        let twin = marked.iter().zip(&mut taken).find(|((_, known), taken)| !**taken && *known == print);
        if let (Some(((of, _), taken)), PastedMessage::Response(response)) = (twin, message) {
            *taken = true;
            response.kind = PastedResponseKind::Echo { of: *of };
        }
    }
}

fn fingerprint(message: &PastedMessage) -> Option<(u16, Vec<(ByteString, ByteString)>)> {
    let response = message.as_response()?;
    let pair = |field: &PastedField| (field.name.value.clone(), field.value.value.clone());
    Some((response.status, response.headers.iter().map(pair).collect()))
}

/// Requests and their answers, in the order of the exchange.
struct Order {
    pairs: Vec<(Option<usize>, Option<usize>)>,
    answers_first: bool,
}

fn is_page_request(message: &PastedMessage) -> bool {
    message.as_request().is_some_and(|request| request.role != PastedRole::Tunnel)
}

/// Which answer stands to which request, by their order alone.
fn order(messages: &[PastedMessage]) -> Order {
    let events: Vec<_> = messages
        .iter()
        .enumerate()
        .filter(|(_, message)| !message.form().is_paired() && (is_page_request(message) || message.is_reply()))
        .map(|(index, message)| (index, message.is_reply()))
        .collect();
    let replies = events.iter().filter(|(_, reply)| *reply).count();
    let starts_with_reply = events.first().is_some_and(|(_, reply)| *reply);
    let ends_with_request = events.last().is_some_and(|(_, reply)| !*reply);
    // As developer tools show it: the answer above what was asked.
    if starts_with_reply && ends_with_request && replies * 2 == events.len() {
        let of = |wanted: bool| events.iter().filter(move |(_, reply)| *reply == wanted).map(|(index, _)| Some(*index));
        return Order { pairs: of(false).zip(of(true)).collect(), answers_first: true };
    }
    let mut pairs = Vec::new();
    let mut rest = events.as_slice();
    while !rest.is_empty() {
        let asked = rest.iter().take_while(|(_, reply)| !*reply).count();
        let (requests, after) = rest.split_at(asked);
        let answered = after.iter().take_while(|(_, reply)| *reply).count();
        let (answers, after) = after.split_at(answered);
        rest = after;
        // Where there are fewer answers, the first requests got none.
        let silent = asked.saturating_sub(answered);
        let (unanswered, requests) = requests.split_at(silent);
        pairs.extend(unanswered.iter().map(|(request, _)| (Some(*request), None)));
        // NB: no request is answered twice. What stands first, and looks like it, answers the preflight.
        let surplus = if asked == 0 { 0 } else { answered.saturating_sub(asked) };
        let is_of_preflight = |(index, _): &&(usize, bool)| {
            messages.get(*index).and_then(PastedMessage::as_response).is_some_and(resembles_preflight_answer)
        };
        let (preflights, answers) = answers.split_at(answers.iter().take(surplus).take_while(is_of_preflight).count());
        pairs.extend(preflights.iter().map(|(answer, _)| (None, Some(*answer))));
        let mut requests = requests.iter();
        pairs.extend(answers.iter().map(|(answer, _)| (requests.next().map(|(request, _)| *request), Some(*answer))));
    }
    Order { pairs, answers_first: false }
}

/// What a redirect leads to, if the response is one:
/// [HTTP-redirect fetch](https://fetch.spec.whatwg.org/#concept-http-redirect-fetch), URL and method alone.
fn after_redirect(response: &PastedResponse, reply: &Reply) -> Option<(Option<Url>, ByteString)> {
    if !matches!(response.status, 301 | 302 | 303 | 307 | 308) {
        return None;
    }
    let location = field(&response.headers, "location")?.value.text();
    let url = match &reply.url {
        Some(base) => base.join(&location).ok(),
        None => Url::parse(&location).ok(),
    };
    let method = reply.method.clone().unwrap_or_else(|| ByteString::from(b"GET"));
    let becomes_get = match response.status {
        301 | 302 => method == b"POST",
        303 => method != b"GET" && method != b"HEAD",
        _ => false,
    };
    Some((url, if becomes_get { ByteString::from(b"GET") } else { method }))
}

/// Works out the URL of a request.
fn url_of(reading: &mut Reading, index: usize, page: Option<&Url>, previous: Option<&Url>, guessed: &mut Vec<(usize, Url)>) {
    let Reading { messages, clues, problems, .. } = reading;
    let Some(request) = messages.get_mut(index).and_then(PastedMessage::as_request_mut) else { return };
    let no_clues = Clues::default();
    let clues = clues.get(index).unwrap_or(&no_clues);
    match work_out(request, clues, page, previous) {
        Ok((mut url, from)) => {
            url.set_fragment(None);
            request.url = Some(url.to_string());
            if from == SchemeFrom::Guessed {
                guessed.push((index, url));
            }
        }
        Err((kind, span)) => {
            add_problem(problems, kind, span);
            // NB: the target is known all the same.
            let target = request.target.text();
            request.url = Url::parse(UNKNOWN_HOST).and_then(|base| base.join(&target)).ok().map(|url| url.to_string());
        }
    }
}

fn work_out(
    request: &PastedRequest,
    clues: &Clues,
    page: Option<&Url>,
    previous: Option<&Url>,
) -> Result<(Url, SchemeFrom), (ProblemKind, Span)> {
    let target = request.target.text();
    let bad = |found: &str| (ProblemKind::Url { found: found.to_owned() }, request.target.span);
    if request.form == PastedForm::Call {
        let url = page.map_or_else(|| Url::parse(&target), |page| page.join(&target));
        return url.map(|url| (url, SchemeFrom::Said)).map_err(|_| bad(&target));
    }
    if matches!(request.form, PastedForm::Command | PastedForm::Postman | PastedForm::Bruno) {
        // NB: curl takes `http` where the URL has no scheme.
        let full = if target.contains("://") { target.into_owned() } else { format!("http://{target}") };
        let url = Url::parse(&full).ok().filter(|url| matches!(url.scheme(), "http" | "https"));
        return url.map(|url| (url, SchemeFrom::Said)).ok_or_else(|| bad(&full));
    }
    if let Ok(url) = Url::parse(&target)
        && matches!(url.scheme(), "http" | "https")
    {
        return Ok((url, SchemeFrom::Said));
    }
    let host = request.authority.as_ref().or_else(|| field(&request.headers, "host").map(|field| &field.value));
    let host = host.filter(|host| !host.bytes().is_empty()).ok_or((ProblemKind::NoHost, request.start_line))?;
    let host = host.text();
    let path = if target == "*" { "/" } else { target.as_ref() };
    if !path.starts_with('/') {
        return Err(bad(path));
    }
    let with = |scheme: &str| Url::parse(&format!("{scheme}://{host}{path}"));
    let secure = with("https").map_err(|_| bad(&format!("{host}{path}")))?;
    let named = clues.urls.iter().rev().filter_map(|url| Url::parse(url).ok()).chain(previous.cloned());
    let plain = with("http").unwrap_or_else(|_| secure.clone());
    let by_name = named.into_iter().find_map(|url| {
        let mut url = url;
        url.set_fragment(None);
        [&secure, &plain].into_iter().find(|known| **known == url).map(|known| known.scheme().to_owned())
    });
    let said = match (&request.scheme, by_name, request.form) {
        (Some(scheme), ..) => Some(scheme.text().into_owned()),
        (None, Some(scheme), _) => Some(scheme),
        (None, None, PastedForm::Marked) => clues.scheme().map(str::to_owned),
        (None, None, _) => None,
    };
    match said.as_deref() {
        Some("https") => Ok((secure, SchemeFrom::Said)),
        Some("http") => Ok((plain, SchemeFrom::Said)),
        _ => match guess(request, &secure, &host, page) {
            Guess::Secure => Ok((secure, SchemeFrom::Guessed)),
            Guess::Plain => Ok((plain, SchemeFrom::Guessed)),
        },
    }
}

enum Guess {
    Secure,
    Plain,
}

/// The likeliest scheme of a request that does not say.
fn guess(request: &PastedRequest, url: &Url, host: &str, page: Option<&Url>) -> Guess {
    use crate::network::HttpVersion::{Http2, Http3};
    let explicit = host.rsplit_once(':').map(|(_, port)| port);
    let local = is_local(url);
    if matches!(request.version, Some(Http2 | Http3)) || explicit == Some("443") {
        Guess::Secure
    } else if explicit == Some("80") || local {
        Guess::Plain
    } else if field(&request.headers, "sec-fetch-mode").is_some() || field(&request.headers, "sec-fetch-site").is_some() {
        // NB: browsers send these to secure places alone.
        Guess::Secure
    } else if page.is_some_and(|page| page.scheme() == "http" && !is_local(page)) {
        Guess::Plain
    } else {
        Guess::Secure
    }
}

fn is_local(url: &Url) -> bool {
    match url.host() {
        Some(url::Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(url::Host::Ipv4(address)) => address.is_loopback() || address.is_private(),
        Some(url::Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}
