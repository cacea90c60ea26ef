//! What the network panels of developer tools show of a request, as it is copied out of them: a label or a header's name, and
//! its value beside it or on the line below.

use super::excerpt::Excerpt;
use super::line::{Line, line_at};
use super::message::{PastedFailure, PastedField, PastedForm, PastedMessage, PastedRequest, PastedResponse, PastedResponseKind};
use super::problem::{Problem, ProblemKind};
use super::reader::MAX_HEADERS;
use super::span::Span;
use super::start_line::StartLine;
use crate::infra::bytes::{is_http_tab_or_space, is_token};
use crate::network::FailureKind;

/// What was read of a panel.
#[derive(Debug)]
pub(super) struct Panel {
    pub(super) request: Option<PastedRequest>,
    /// A response, or a word that none came.
    pub(super) answer: Option<PastedMessage>,
    /// Its lines.
    pub(super) parts: Vec<(Span, PanelPart)>,
    pub(super) problems: Vec<Problem>,
    /// The URL that it names.
    pub(super) url: Option<Excerpt>,
    /// Where the text goes on.
    pub(super) next: usize,
}

/// What lines of a panel are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PanelPart {
    Blank,
    /// A label that says nothing about the exchange.
    Note,
    /// What a request line or a status line says.
    Start(Side),
    /// A pseudo-header.
    Pseudo(Side),
    /// The header at an index.
    Header(Side, usize),
    /// A problem of the panel, by index.
    Problem(usize),
}

/// Whose line it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Request,
    Answer,
}

/// Which part of a panel the lines belong to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Section {
    General,
    Headers(Side),
}

/// The first line from `at` on that is not empty.
fn first_line(text: &str, mut at: usize) -> Option<Excerpt> {
    while at < text.len() {
        let line = line_at(text, at);
        let rest = Excerpt::literal(text, line.span).trimmed();
        if !rest.bytes().is_empty() {
            return Some(rest);
        }
        at = line.next;
    }
    None
}

/// Whether the lines from `at` on are a message as on the wire, which is read elsewhere.
fn is_raw(text: &str, at: usize) -> bool {
    first_line(text, at).is_some_and(|line| StartLine::read(&line).is_some())
}

/// What a label stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Label {
    Url,
    Method,
    Status,
    Scheme,
    Host,
    Path,
    /// Of no matter here.
    Other,
}

const LABELS: &[(&str, Label)] = &[
    ("Request URL", Label::Url),
    ("URL", Label::Url),
    ("Request Method", Label::Method),
    ("Status Code", Label::Status),
    ("Status", Label::Status),
    ("Scheme", Label::Scheme),
    ("Host", Label::Host),
    ("Filename", Label::Path),
    ("Remote Address", Label::Other),
    ("Referrer Policy", Label::Other),
    ("Address", Label::Other),
    ("Version", Label::Other),
    ("Transferred", Label::Other),
    ("Request Priority", Label::Other),
    ("DNS Resolution", Label::Other),
    ("Source", Label::Other),
    ("Initiator", Label::Other),
];

/// Words of the panel that stand alone on their lines.
const FURNITURE: &[&str] = &[
    "view source",
    "view parsed",
    "view decoded",
    "raw",
    "learn more",
    "headers",
    "payload",
    "preview",
    "response",
    "initiator",
    "timing",
    "cookies",
    "provisional headers are shown",
    "provisional headers are shown.",
    "disable cache to see full headers.",
    "provisional headers are shown. disable cache to see full headers.",
];

/// The section that a line is the title of; what stands in parentheses behind it is a count or a size.
fn title(text: &str, line: &Line) -> Option<Section> {
    let rest = Excerpt::literal(text, line.span).trimmed();
    let said = rest.text();
    let name = match said.split_once('(') {
        Some((name, rest)) if rest.ends_with(')') => name,
        _ => said.as_ref(),
    };
    let name = name.trim().trim_end_matches(':').trim_start_matches(['▼', '▾', '▶', '▸']).trim();
    // NB: elsewhere the short ones are the names of tabs.
    let is_short = || is_raw(text, line.next) || first_line(text, line.next).is_some_and(|line| has_inline_name(&line));
    match name.to_ascii_lowercase().as_str() {
        "general" | "summary" => Some(Section::General),
        "response headers" => Some(Section::Headers(Side::Answer)),
        "request headers" => Some(Section::Headers(Side::Request)),
        "response" if is_short() => Some(Section::Headers(Side::Answer)),
        "request" if is_short() => Some(Section::Headers(Side::Request)),
        _ => None,
    }
}

/// Whether a line is the title of a part of a panel.
pub(super) fn is_title(text: &str, line: &Line) -> bool {
    title(text, line).is_some()
}

/// Whether a panel can start with this line.
pub(super) fn starts(text: &str, line: &Line) -> bool {
    let rest = Excerpt::literal(text, line.span).trimmed();
    let below = || Excerpt::literal(text, line_at(text, line.next).span).trimmed();
    match rest.bytes() {
        b"Scheme" => matches!(below().bytes(), b"http" | b"https"),
        method if is_method(method) => is_url(&below()),
        _ => {
            let is_label = |label: &str| {
                let rest = rest.bytes().strip_prefix(label.as_bytes());
                rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(b":"))
            };
            ["Request URL", "Request Method", "Status Code"].into_iter().any(is_label) || is_title(text, line)
        }
    }
}

fn is_method(word: &[u8]) -> bool {
    matches!(word, b"GET" | b"HEAD" | b"POST" | b"PUT" | b"PATCH" | b"DELETE" | b"OPTIONS")
}

fn is_url(line: &Excerpt) -> bool {
    line.bytes().starts_with(b"https://") || line.bytes().starts_with(b"http://")
}

/// Reads the panel that starts at `at`. Nothing where there is no more than its first line.
pub(super) fn read(text: &str, at: usize) -> Option<Panel> {
    let mut reader = Reader {
        text,
        section: Section::General,
        url: None,
        method: None,
        status: None,
        scheme: None,
        authority: None,
        path: None,
        request: Vec::new(),
        answer: Vec::new(),
        parts: Vec::new(),
        problems: Vec::new(),
        spans: [None, None],
        goes_on_raw: false,
    };
    let mut next = at;
    while next < text.len() {
        match reader.line(next) {
            Some(after) => next = after,
            None => break,
        }
    }
    reader.finish(at, next)
}

struct Reader<'t> {
    text: &'t str,
    section: Section,
    url: Option<Excerpt>,
    method: Option<Excerpt>,
    status: Option<Excerpt>,
    scheme: Option<Excerpt>,
    authority: Option<Excerpt>,
    path: Option<Excerpt>,
    request: Vec<PastedField>,
    answer: Vec<PastedField>,
    parts: Vec<(Span, PanelPart)>,
    problems: Vec<Problem>,
    /// All that belongs to the request, and to the answer.
    spans: [Option<Span>; 2],
    /// Whether the last title stands above a message as on the wire.
    goes_on_raw: bool,
}

/// A name and its value, beside it or below it.
struct Entry {
    name: Excerpt,
    value: Excerpt,
    /// Both lines, or the one.
    whole: Span,
    next: usize,
}

impl Reader<'_> {
    fn excerpt(&self, line: &Line) -> Excerpt {
        Excerpt::literal(self.text, line.span).trimmed()
    }

    /// Reads one line or two, and says where the next one starts; nothing where the panel ends.
    fn line(&mut self, at: usize) -> Option<usize> {
        let line = line_at(self.text, at);
        let rest = self.excerpt(&line);
        if rest.bytes().is_empty() {
            self.parts.push((line.whole(), PanelPart::Blank));
            return Some(line.next);
        }
        if let Some(section) = title(self.text, &line) {
            return self.title(section, &line);
        }
        if is_method(rest.bytes()) {
            return self.method_and_url(&line, rest);
        }
        let lower = rest.text().to_ascii_lowercase();
        if FURNITURE.contains(&lower.as_str()) || lower.starts_with("provisional headers are shown") {
            self.parts.push((line.whole(), PanelPart::Note));
            return Some(line.next);
        }
        let entry = self.entry(&line, &rest)?;
        if self.section == Section::General
            && let Some(label) = label_of(&entry.name)
        {
            return self.label(label, entry);
        }
        self.header(entry)
    }

    fn title(&mut self, section: Section, line: &Line) -> Option<usize> {
        if section == Section::General && !self.is_empty() || self.has_section(section) {
            return None;
        }
        self.section = section;
        self.parts.push((line.whole(), PanelPart::Note));
        self.goes_on_raw = is_raw(self.text, line.next);
        Some(line.next)
    }

    /// Firefox puts the URL on the line below the method.
    fn method_and_url(&mut self, line: &Line, method: Excerpt) -> Option<usize> {
        let below = line_at(self.text, line.next);
        let url = self.excerpt(&below);
        if !is_url(&url) || self.url.is_some() {
            return None;
        }
        self.url = Some(url.clone());
        self.method = Some(method.clone());
        let whole = Span::new(line.span.start, below.next);
        self.add(Side::Request, &Entry { name: method, value: url, whole, next: below.next }, PanelPart::Start(Side::Request));
        Some(below.next)
    }

    fn is_empty(&self) -> bool {
        self.url.is_none() && self.status.is_none() && self.method.is_none() && self.request.is_empty() && self.answer.is_empty()
    }

    fn has_section(&self, section: Section) -> bool {
        match section {
            Section::General => false,
            Section::Headers(Side::Request) => !self.request.is_empty(),
            Section::Headers(Side::Answer) => !self.answer.is_empty(),
        }
    }

    fn entry(&self, line: &Line, rest: &Excerpt) -> Option<Entry> {
        let bytes = rest.bytes();
        let pseudo = usize::from(bytes.first() == Some(&b':'));
        let colon = bytes.iter().skip(pseudo).position(|&byte| byte == b':').map(|at| at + pseudo);
        let name = rest.slice(0..colon.unwrap_or(bytes.len())).trimmed();
        let is_name = |name: &[u8]| is_token(name.strip_prefix(b":").unwrap_or(name));
        if !(is_name(name.bytes()) || self.section == Section::General && label_of(&name).is_some()) {
            return None;
        }
        let beside = colon.map(|at| rest.from(at + 1).trimmed());
        match beside {
            Some(value) if !value.bytes().is_empty() => Some(Entry { name, value, whole: line.whole(), next: line.next }),
            _ => {
                let below = line_at(self.text, line.next);
                let value = self.excerpt(&below);
                let is_other = is_title(self.text, &below) || beside.is_some() && has_inline_name(&value);
                if is_other {
                    let value = Excerpt::empty(rest.span.end);
                    return beside.map(|_| Entry { name, value, whole: line.whole(), next: line.next });
                }
                if StartLine::read(&value).is_some() || below.span.is_empty() && below.next >= self.text.len() && beside.is_none()
                {
                    return None;
                }
                Some(Entry { name, value, whole: Span::new(line.span.start, below.next), next: below.next })
            }
        }
    }

    fn add(&mut self, side: Side, entry: &Entry, part: PanelPart) {
        let span = entry.name.span.hull(entry.value.span);
        let known = match side {
            Side::Request => self.spans.first_mut(),
            Side::Answer => self.spans.last_mut(),
        };
        if let Some(known) = known {
            *known = Some(known.map_or(span, |known| known.hull(span)));
        }
        self.parts.push((entry.whole, part));
    }

    fn label(&mut self, label: Label, entry: Entry) -> Option<usize> {
        let known = match label {
            Label::Url => &mut self.url,
            Label::Method => &mut self.method,
            Label::Status => &mut self.status,
            Label::Scheme => &mut self.scheme,
            Label::Host => &mut self.authority,
            Label::Path => &mut self.path,
            Label::Other => {
                self.parts.push((entry.whole, PanelPart::Note));
                return Some(entry.next);
            }
        };
        if known.is_some() {
            // The next request.
            return None;
        }
        *known = Some(entry.value.clone());
        let side = if label == Label::Status { Side::Answer } else { Side::Request };
        self.add(side, &entry, PanelPart::Start(side));
        if label == Label::Status && entry.value.bytes().iter().all(u8::is_ascii_digit) {
            return Some(self.reason(entry.next));
        }
        Some(entry.next)
    }

    /// Firefox puts the reason phrase on the line below the status.
    fn reason(&mut self, at: usize) -> usize {
        let line = line_at(self.text, at);
        let rest = self.excerpt(&line);
        let is_reason = !rest.bytes().is_empty()
            && rest.bytes().iter().all(|&byte| byte.is_ascii_alphabetic() || is_http_tab_or_space(byte))
            && (rest.bytes().contains(&b' ') || rest.is(b"ok"))
            && label_of(&rest).is_none()
            && !is_title(self.text, &line);
        if !is_reason {
            return at;
        }
        self.parts.push((line.whole(), PanelPart::Note));
        line.next
    }

    fn header(&mut self, entry: Entry) -> Option<usize> {
        let pseudo = entry.name.bytes().strip_prefix(b":").map(<[u8]>::to_ascii_lowercase);
        let side = match (self.section, pseudo.as_deref()) {
            (_, Some(b"status")) => Side::Answer,
            (_, Some(_)) => Side::Request,
            (Section::Headers(side), None) => side,
            // NB: where the titles were not copied, the answer's headers come first.
            (Section::General, None) if self.is_empty() => return None,
            (Section::General, None) => Side::Answer,
        };
        self.section = Section::Headers(side);
        if let Some(name) = pseudo {
            let known = match name.as_slice() {
                b"status" => &mut self.status,
                b"authority" => &mut self.authority,
                b"method" => &mut self.method,
                b"path" => &mut self.path,
                b"scheme" => &mut self.scheme,
                _ => {
                    self.problems.push(ProblemKind::UnknownPseudoHeader.at(entry.name.span));
                    self.add(side, &entry, PanelPart::Problem(self.problems.len() - 1));
                    return Some(entry.next);
                }
            };
            known.get_or_insert_with(|| entry.value.clone());
            self.add(side, &entry, PanelPart::Pseudo(side));
            return Some(entry.next);
        }
        let fields = if side == Side::Request { &mut self.request } else { &mut self.answer };
        if fields.len() >= MAX_HEADERS {
            let kind = ProblemKind::TooManyHeaders { limit: MAX_HEADERS };
            self.problems.push(kind.at(entry.name.span));
            self.add(side, &entry, PanelPart::Problem(self.problems.len() - 1));
            return None;
        }
        let index = fields.len();
        let span = entry.name.span.hull(entry.value.span);
        fields.push(PastedField { name: entry.name.clone(), value: entry.value.clone(), span });
        self.add(side, &entry, PanelPart::Header(side, index));
        Some(entry.next)
    }

    fn finish(mut self, at: usize, next: usize) -> Option<Panel> {
        let is_only_titles = self.spans.iter().all(Option::is_none);
        let end = if is_only_titles { self.parts.last().map_or(at, |(span, _)| span.end) } else { next };
        if is_only_titles && (end <= at || !self.parts.iter().any(|(_, part)| *part == PanelPart::Note)) {
            return None;
        }
        self.parts.retain(|(span, _)| span.end <= end);
        // NB: what follows as on the wire says the same, and more.
        if self.goes_on_raw {
            for (side, headers) in [(Side::Request, self.request.is_empty()), (Side::Answer, self.answer.is_empty())] {
                if headers {
                    self.drop_side(side);
                }
            }
        }
        let Self { url, method, status, scheme, authority, path, request, answer, parts, problems, spans, .. } = self;
        let [asked, answered] = spans;
        let request = asked.map(|span| {
            let start = Span::new(span.start, span.start);
            let target = url.clone().or(path).unwrap_or_else(|| Excerpt::derived(b"/", start));
            let empty = PastedRequest::new(PastedForm::Panel, span);
            PastedRequest {
                start_line: if target.span.is_empty() { span } else { target.span },
                method: method.unwrap_or(empty.method),
                target,
                headers: request,
                authority,
                scheme,
                ..empty
            }
        });
        let answer = answered.map(|span| answer_of(status, answer, span));
        Some(Panel { request, answer, parts, problems, url, next: end })
    }

    fn drop_side(&mut self, side: Side) {
        let [asked, answered] = &mut self.spans;
        *(if side == Side::Request { asked } else { answered }) = None;
        for (_, part) in &mut self.parts {
            if matches!(part, PanelPart::Start(of) | PanelPart::Pseudo(of) if *of == side) {
                *part = PanelPart::Note;
            }
        }
    }
}

/// The response, or the word that there is none.
fn answer_of(status: Option<Excerpt>, headers: Vec<PastedField>, span: Span) -> PastedMessage {
    let form = PastedForm::Panel;
    let said = status.unwrap_or_else(|| Excerpt::empty(span.start));
    let digits = said.bytes().iter().take_while(|byte| byte.is_ascii_digit()).count();
    let number = if digits == 3 { said.slice(0..3).text().parse().ok() } else { None };
    if number.is_none() && headers.is_empty() {
        let failure = if said.text().contains("mixed") { FailureKind::Aborted } else { FailureKind::Connection };
        return PastedMessage::Failure(PastedFailure { form, span, failure, answers: None });
    }
    let reason = said.from(digits).trimmed();
    // NB: where it came from stands behind it in parentheses.
    let plain = reason.bytes().iter().position(|&byte| byte == b'(').unwrap_or(reason.bytes().len());
    PastedMessage::Response(PastedResponse {
        form,
        span,
        start_line: if said.span.is_empty() { span } else { said.span },
        version: None,
        status: number.unwrap_or(200),
        status_span: said.slice(0..digits).span,
        reason: reason.slice(0..plain).trimmed(),
        headers,
        body: None,
        kind: PastedResponseKind::Final,
        answers: None,
    })
}

fn label_of(name: &Excerpt) -> Option<Label> {
    LABELS.iter().find(|(label, _)| name.bytes() == label.as_bytes()).map(|(_, label)| *label)
}

/// Whether a line is a name and a value.
fn has_inline_name(line: &Excerpt) -> bool {
    let rest = line.from(usize::from(line.bytes().first() == Some(&b':')));
    rest.split_at_byte(b':').is_some_and(|(name, value)| is_token(name.bytes()) && matches!(value.bytes(), [] | [b' ', ..]))
}
