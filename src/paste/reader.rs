//! Reads the text line by line into messages.

use std::marker::PhantomData;

use super::Recognised;
use super::bruno;
use super::call;
use super::command::{self, Command};
use super::console::PastedConsole;
use super::excerpt::Excerpt;
use super::har;
use super::json::{self, Json};
use super::line::{self, Content, Dialect, Line, Mark, line_at};
use super::message::{
    PastedBody, PastedFailure, PastedField, PastedForm, PastedMessage, PastedRequest, PastedResponse, PastedResponseKind, field,
};
use super::notes::{self, Clues, LastWords, NoteKind, Security};
use super::panel::{self, Panel, PanelPart, Side};
use super::part::{PastedPart, PastedPartKind};
use super::postman;
use super::powershell;
use super::problem::{Problem, ProblemKind};
use super::recorded::Recorded;
use super::span::Span;
use super::start_line::{self, StartLine};
use super::stated::{self, Stated, StatedFetch};
use crate::explain::console::{recognise, request_lines};
use crate::extent::Extent;
use crate::infra::bytes::is_token;
use crate::infra::json::Malformed;
use crate::network::{FailureKind, HttpVersion};
use crate::scenario::Scenario;

/// How much text is read, in bytes.
pub(super) const MAX_TEXT: usize = 1024 * 1024;
const MAX_MESSAGES: usize = 200;
pub(super) const MAX_HEADERS: usize = 1000;
const MAX_FOLDS: usize = 100;
const MAX_PROBLEMS: usize = 100;
/// How often something that looks like a call is read: each time may take long, and come to nothing.
const MAX_ATTEMPTS: usize = 200;
/// How often something that looks like a JSON document is read.
const MAX_DOCUMENTS: usize = 20;

/// The messages of a text, before they are related to each other.
#[derive(Debug, Default)]
pub(super) struct Reading {
    pub(super) messages: Vec<PastedMessage>,
    /// For each message, what was known when it started.
    pub(super) clues: Vec<Clues>,
    pub(super) console: Vec<PastedConsole>,
    pub(super) parts: Vec<PastedPart>,
    pub(super) problems: Vec<Problem>,
    /// What the first JSON document is, or means to be.
    pub(super) document: Option<Recognised>,
    /// The first scenario that is stated as JSON.
    pub(super) scenario: Option<Scenario>,
    /// For each of its fetches, the message that is its call, and those that are its answers.
    pub(super) fetches: Vec<(usize, Vec<usize>)>,
    /// The requests of documents that have answers beside them.
    pub(super) recorded: Vec<Recorded>,
    /// Whether there is something that only [`Whole`](crate::extent::Whole) may know.
    pub(super) later: bool,
}

/// Reads a text.
pub(super) fn read<E: Extent>(text: &str) -> Reading {
    let mut end = text.len().min(MAX_TEXT);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let (head, rest) = text.split_at(end);
    let mut reader = Reader {
        extent: PhantomData::<E>,
        text: head,
        at: 0,
        dialect: Dialect::of(head),
        fence: None,
        state: State::Outside,
        clues: Clues::default(),
        command: None,
        script: first_call(head),
        attempts: MAX_ATTEMPTS,
        consoles: MAX_ATTEMPTS,
        documents: MAX_DOCUMENTS,
        stray_until: 0,
        last_marked: None,
        out: Reading::default(),
    };
    reader.run();
    let mut out = reader.out;
    if !rest.is_empty() {
        let span = Span::new(end, text.len());
        let problem = add_problem(&mut out.problems, ProblemKind::TooLong { limit: MAX_TEXT }, span);
        out.parts.push(PastedPart { span, kind: PastedPartKind::Problem { problem } });
    }
    out
}

struct Reader<'t, E> {
    extent: PhantomData<E>,
    text: &'t str,
    at: usize,
    dialect: Dialect,
    /// The code fence that is open.
    fence: Option<(u8, usize)>,
    state: State,
    clues: Clues,
    /// A command whose requests are not among the messages yet, and its part.
    command: Option<(Vec<PastedRequest>, usize)>,
    /// Where the first call of a script is, and with it the script around the calls.
    script: Option<usize>,
    /// How many more things that look like calls are read.
    attempts: usize,
    /// How many more lines are held against the browsers' messages.
    consoles: usize,
    /// How many more JSON documents are read.
    documents: usize,
    /// Up to where header lines were looked at that have no start line.
    stray_until: usize,
    /// The content of the last marked line, to know its echo by.
    last_marked: Option<(usize, Excerpt)>,
    out: Reading,
}

/// Where in a message the reader is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// In none.
    Outside,
    /// Among the headers of a message.
    Headers {
        message: usize,
        mark: Mark,
        /// How far its header lines are indented, once there is one.
        indent: Option<usize>,
    },
    /// After the headers of a message that may have a body.
    Body { message: usize, measured: Measured },
}

/// Whether a body's declared length was tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Measured {
    Yes,
    NotYet,
}

impl<E: Extent> Reader<'_, E> {
    fn run(&mut self) {
        if self.dialect.spaced {
            self.problem(ProblemKind::DoubleSpaced, Span::new(0, line_at(self.text, 0).span.end));
        }
        if self.text.starts_with('\u{feff}') {
            self.part(Span::new(0, 3), PastedPartKind::Ornament);
            self.at = 3;
        }
        while self.at < self.text.len() {
            let line = line_at(self.text, self.at);
            let content = self.dialect.content(self.text, line.span);
            self.at = line.next;
            match content.mark {
                Mark::Sent => self.sent(&line, &content),
                Mark::Received => self.received(&line, &content),
                Mark::Note => self.note(&line, &content),
                Mark::Data => self.part(line.whole(), PastedPartKind::Note),
                Mark::None => self.unmarked(&line, &content),
            }
        }
        self.close_headers();
        self.send_command();
    }

    /// A line behind `>`.
    fn sent(&mut self, line: &Line, content: &Content) {
        let rest = content.rest.trimmed();
        if start_line::is_request_line(&rest) {
            // NB: what the command sent is here in full, so it is no message of its own.
            if let Some((requests, _)) = self.command.take() {
                self.clues.urls.extend(requests.iter().map(|request| request.target.text().into_owned()));
            }
            return self.start(line, &rest, content.mark);
        }
        match self.state {
            State::Headers { mark: Mark::Sent, .. } => self.header_line(line, content),
            State::Body { message, .. } if !content.is_blank() => self.body_line(line, &content.rest, message),
            _ if content.is_blank() => self.part(line.whole(), PastedPartKind::Blank),
            _ => self.unreadable(line.whole(), line.span, ProblemKind::Unreadable),
        }
    }

    /// A line behind `<`.
    fn received(&mut self, line: &Line, content: &Content) {
        let rest = content.rest.trimmed();
        if start_line::is_status_line(&rest) {
            return self.start(line, &rest, content.mark);
        }
        match self.state {
            State::Headers { mark: Mark::Received, .. } => self.header_line(line, content),
            _ if content.is_blank() => self.part(line.whole(), PastedPartKind::Blank),
            State::Body { message, .. } if self.is_chunked(message) && header_name(&rest).is_some() => {
                self.unreadable(line.whole(), line.span, ProblemKind::Trailer);
            }
            State::Body { message, .. } => self.body_line(line, &content.rest, message),
            _ => self.unreadable(line.whole(), line.span, ProblemKind::Unreadable),
        }
    }

    fn is_chunked(&self, message: usize) -> bool {
        let headers = self.out.messages.get(message).map_or(&[][..], PastedMessage::headers);
        field(headers, "transfer-encoding").is_some() || field(headers, "trailer").is_some()
    }

    /// A line behind `*`.
    fn note(&mut self, line: &Line, content: &Content) {
        match self.clues.read(&content.rest) {
            NoteKind::Failed(failure) if self.waits_for_answer() => self.failure(line, failure),
            _ => self.part(line.whole(), PastedPartKind::Note),
        }
    }

    /// Whether the last thing in the paste is a request; or nothing is, yet.
    fn waits_for_answer(&self) -> bool {
        self.command.is_some()
            || match self.out.messages.last() {
                None | Some(PastedMessage::Request(_)) => true,
                Some(PastedMessage::Response(response)) => response.kind == PastedResponseKind::Interim,
                Some(PastedMessage::Failure(_)) => false,
            }
    }

    fn failure(&mut self, line: &Line, failure: FailureKind) {
        self.close_headers();
        if self.is_full(line) {
            return;
        }
        self.send_command();
        let message =
            self.push(PastedMessage::Failure(PastedFailure { form: PastedForm::Plain, span: line.span, failure, answers: None }));
        self.part(line.whole(), PastedPartKind::Failure { message });
    }

    /// A line without a mark: raw HTTP, a body, a command, an echo.
    fn unmarked(&mut self, line: &Line, content: &Content) {
        let rest = content.rest.trimmed();
        if let Some(words) = notes::last_words(rest.bytes()) {
            return match words {
                LastWords::Failed(failure) if self.waits_for_answer() => self.failure(line, failure),
                _ => self.part(line.whole(), PastedPartKind::Note),
            };
        }
        if line::is_progress(rest.bytes()) {
            return self.progress(line, &rest);
        }
        if self.is_fence(rest.bytes()) {
            self.close_headers();
            self.state = State::Outside;
            return self.part(line.whole(), PastedPartKind::Ornament);
        }
        match self.state {
            State::Outside => self.outside(line, content, &rest),
            State::Headers { message, mark: Mark::None, .. } => self.among_plain_headers(line, content, &rest, message),
            State::Headers { .. } => self.among_marked_headers(line, &rest),
            State::Body { message, measured } => self.within_body(line, content, &rest, message, measured),
        }
    }

    /// The progress meter, to which curl glues its next note.
    fn progress(&mut self, line: &Line, rest: &Excerpt) {
        if let Some(at) = line::glued_note(rest.bytes()) {
            self.clues.read(&rest.from(at + 2).trimmed());
        }
        self.part(line.whole(), PastedPartKind::Note);
    }

    fn is_fence(&mut self, line: &[u8]) -> bool {
        // NB: without an open one, a fence within a body is the body's.
        let may_open = !matches!(self.state, State::Body { .. });
        match (line::fence(line), self.fence) {
            (Some((mark, count, _)), None) if may_open => {
                self.fence = Some((mark, count));
                true
            }
            (Some((mark, count, false)), Some((open, least))) if mark == open && count >= least => {
                self.fence = None;
                true
            }
            _ => false,
        }
    }

    fn outside(&mut self, line: &Line, content: &Content, rest: &Excerpt) {
        if content.is_blank() {
            return self.part(line.whole(), PastedPartKind::Blank);
        }
        if StartLine::read_leniently(rest).is_some() {
            return self.start(line, rest, Mark::None);
        }
        if starts_with_pseudo_header(rest) {
            return self.start_pseudo(line, content);
        }
        if let Some(at) = line::command_at(rest.bytes(), false) {
            return self.command(line, rest, at);
        }
        if E::WHOLE && (self.document(line, rest) || self.saved(line, rest)) || self.call(line, rest) {
            return;
        }
        if line::is_ornament(rest.bytes()) {
            return self.part(line.whole(), PastedPartKind::Ornament);
        }
        if E::WHOLE && (self.panel(line) || self.console(line, rest)) {
            return;
        }
        if !self.out.console.is_empty() && notes::is_of_console(rest.bytes()) {
            return self.part(line.whole(), PastedPartKind::Note);
        }
        if self.is_script(line) {
            return self.part(line.whole(), PastedPartKind::Script);
        }
        if E::WHOLE
            && let Some(headless) = self.headless(line)
        {
            return self.start_headless(headless, line, content);
        }
        self.out.later |= !E::WHOLE;
        let kind = if start_line::resembles_status_line(rest.bytes()) {
            ProblemKind::StatusLine
        } else if header_name(rest).is_some() {
            ProblemKind::StrayHeaders
        } else {
            ProblemKind::Unreadable
        };
        self.unreadable(line.whole(), rest.span, kind);
    }

    /// What developer tools' panel shows, if it starts with this line.
    fn panel(&mut self, line: &Line) -> bool {
        if !panel::starts(self.text, line) || self.attempts == 0 {
            return false;
        }
        self.attempts -= 1;
        let Some(panel) = panel::read(self.text, line.span.start) else { return false };
        let Panel { request, answer, parts, problems, url, next } = panel;
        if (request.is_some() || answer.is_some()) && self.is_full(line) {
            return true;
        }
        self.send_command();
        self.clues.urls.extend(url.map(|url| url.text().into_owned()));
        let request = request.map(|request| self.push(PastedMessage::Request(request)));
        let answer = answer.map(|answer| self.push(answer));
        let places: Vec<_> = problems.into_iter().filter_map(|problem| Some(self.problem(problem.kind, problem.span?))).collect();
        for (span, part) in parts {
            let of = |side| if side == Side::Request { request } else { answer };
            let kind = match part {
                PanelPart::Blank => Some(PastedPartKind::Blank),
                PanelPart::Note => Some(PastedPartKind::Note),
                PanelPart::Start(side) => of(side).map(|message| PastedPartKind::StartLine { message }),
                PanelPart::Pseudo(side) => of(side).map(|message| PastedPartKind::PseudoHeader { message }),
                PanelPart::Header(side, line) => of(side).map(|message| PastedPartKind::Header { message, line }),
                PanelPart::Problem(index) => places.get(index).map(|&problem| PastedPartKind::Problem { problem }),
            };
            self.part(span, kind.unwrap_or(PastedPartKind::Note));
        }
        self.at = next;
        true
    }

    /// Which message the header lines from here on are of, whose start line was not copied.
    fn headless(&mut self, line: &Line) -> Option<Side> {
        if line.span.start < self.stray_until {
            return None;
        }
        const OF_ANSWERS: [&str; 5] = ["vary", "set-cookie", "server", "etag", "last-modified"];
        const OF_REQUESTS: [&str; 4] = ["host", "referer", "user-agent", "sec-fetch-mode"];
        let (mut side, mut count, mut at) = (None, 0, line.span.start);
        while count < MAX_HEADERS && at < self.text.len() {
            let line = line_at(self.text, at);
            let content = self.dialect.content(self.text, line.span);
            let Some(name) = header_name(&content.rest.trimmed()) else { break };
            let name = String::from_utf8_lossy(&name).to_ascii_lowercase();
            let of_answer = ["access-control-allow-", "access-control-expose-", "access-control-max-"];
            if of_answer.iter().any(|start| name.starts_with(start)) || OF_ANSWERS.contains(&name.as_str()) {
                side = side.or(Some(Side::Answer));
            } else if name.starts_with("access-control-request-") || OF_REQUESTS.contains(&name.as_str()) {
                side = side.or(Some(Side::Request));
            }
            (count, at) = (count + 1, line.next);
        }
        // OPTIMIZATION: the lines of a block that is of no message are not looked at again.
        self.stray_until = at;
        side.filter(|_| count > 1)
    }

    /// A message starts with its headers.
    fn start_headless(&mut self, side: Side, line: &Line, content: &Content) {
        if self.is_full(line) {
            return;
        }
        self.send_command();
        let span = content.rest.trimmed().span;
        let start = Span::new(span.start, span.start);
        let message = match side {
            Side::Request => PastedMessage::Request(PastedRequest {
                target: Excerpt::derived(b"/", start),
                ..PastedRequest::new(PastedForm::Headers, span)
            }),
            Side::Answer => PastedMessage::Response(PastedResponse { status: 200, ..empty_response(PastedForm::Headers, span) }),
        };
        let message = self.push(message);
        self.state = State::Headers { message, mark: Mark::None, indent: None };
        self.header_line(line, content);
    }

    fn among_plain_headers(&mut self, line: &Line, content: &Content, rest: &Excerpt, message: usize) {
        // NB: neither a start line nor a command can be a header: there is a space before any colon in them.
        if !content.is_blank() && StartLine::read(rest).is_some() {
            return self.start(line, rest, Mark::None);
        }
        if let Some(at) = line::command_at(rest.bytes(), false) {
            return self.command(line, rest, at);
        }
        if panel::is_title(self.text, line) {
            self.close_headers();
            self.state = State::Outside;
            return self.outside(line, content, rest);
        }
        if let Some(name) = pseudo_header(rest)
            && self.starts_another(message, &name)
        {
            self.close_headers();
            return self.start_pseudo(line, content);
        }
        self.header_line(line, content);
    }

    /// Whether a pseudo-header belongs to the next message: this one has it already, or is of the other kind.
    fn starts_another(&self, message: usize, name: &str) -> bool {
        match self.out.messages.get(message) {
            Some(PastedMessage::Request(request)) if request.form == PastedForm::Pseudo => match name {
                "method" => !request.method.bytes().is_empty(),
                "path" => !request.target.bytes().is_empty(),
                "authority" => request.authority.is_some(),
                "scheme" => request.scheme.is_some(),
                "status" => true,
                _ => false,
            },
            Some(PastedMessage::Request(_)) => name == "status",
            Some(PastedMessage::Response(_)) => true,
            _ => false,
        }
    }

    /// An unmarked line among marked headers: `curl -iv` on a terminal writes each line twice.
    fn among_marked_headers(&mut self, line: &Line, rest: &Excerpt) {
        if let Some((message, last)) = &self.last_marked
            && last.bytes() == rest.bytes()
        {
            let message = *message;
            return self.part(line.whole(), PastedPartKind::Echo { message });
        }
        if rest.bytes().is_empty() {
            return self.part(line.whole(), PastedPartKind::Blank);
        }
        if StartLine::read(rest).is_some() {
            return self.start(line, rest, Mark::None);
        }
        if let Some(at) = line::command_at(rest.bytes(), false) {
            return self.command(line, rest, at);
        }
        self.unreadable(line.whole(), rest.span, ProblemKind::Unmarked);
    }

    fn within_body(&mut self, line: &Line, content: &Content, rest: &Excerpt, message: usize, measured: Measured) {
        // OPTIMIZATION: a body of a known length is not read, if the text after it looks like the end of a body.
        if measured == Measured::NotYet && !content.is_blank() {
            self.state = State::Body { message, measured: Measured::Yes };
            if StartLine::read(rest).is_none()
                && let Some(end) = self.declared_end(message, line.span.start)
            {
                let span = Span::new(line.span.start, end);
                self.at = end;
                self.body(span, span, message);
                // NB: what is glued to it, or the end of its last line, is read next.
                return;
            }
        }
        if content.is_blank() {
            return self.part(line.whole(), PastedPartKind::Blank);
        }
        if StartLine::read(rest).is_some() {
            return self.start(line, rest, Mark::None);
        }
        if starts_with_pseudo_header(rest) {
            return self.start_pseudo(line, content);
        }
        if let Some(at) = line::command_at(rest.bytes(), true) {
            return self.command(line, rest, at);
        }
        // NB: within a page's source or a script that was fetched, a call is the body's.
        let follows_gap = self.out.parts.last().is_some_and(|part| part.kind == PastedPartKind::Blank);
        if follows_gap && starts_statement(rest.bytes()) && self.call(line, rest) {
            return;
        }
        if follows_gap && panel::is_title(self.text, line) {
            self.state = State::Outside;
            return self.outside(line, content, rest);
        }
        self.body_line(line, &content.rest, message);
    }

    /// Where the body that starts at `start` ends by its `Content-Length`, if what follows confirms it.
    fn declared_end(&self, message: usize, start: usize) -> Option<usize> {
        const FARTHEST: usize = 4096;
        let length = usize::try_from(declared_length(self.out.messages.get(message)?.headers())?).ok()?;
        let end = start.checked_add(length).filter(|&end| length > 0 && end <= self.text.len())?;
        let after = self.text.get(end..)?;
        let near = after.get(..FARTHEST).unwrap_or(after);
        let space = near.len() - near.trim_start().len();
        if after.len() == space {
            return Some(end);
        }
        let line = line_at(self.text, end + space);
        let content = self.dialect.content(self.text, line.span);
        let rest = content.rest.trimmed();
        let follows = match content.mark {
            Mark::None => {
                StartLine::read(&rest).is_some()
                    || starts_with_pseudo_header(&rest)
                    || line::command_at(rest.bytes(), true).is_some()
                    || space > 0 && self.fence.is_some() && line::fence(rest.bytes()).is_some()
            }
            Mark::Sent => start_line::is_request_line(&rest),
            Mark::Received => start_line::is_status_line(&rest),
            Mark::Note => line::is_known_note(rest.bytes()),
            Mark::Data => true,
        };
        follows.then_some(end)
    }

    /// A line of a body, and what may be glued to its end.
    fn body_line(&mut self, line: &Line, content: &Excerpt, message: usize) {
        let bytes = content.bytes();
        let note = if self.dialect.marks { line::glued_note(bytes) } else { None };
        let next = note.or_else(|| line::glued_status_line(content).filter(|_| self.headers_follow(line.next)));
        if let Some(cut) = next.map(|at| content.locate(at..at + 1).start).filter(|&cut| cut > line.span.start) {
            self.at = cut;
            let span = Span::new(line.span.start, cut);
            return self.body(span, span, message);
        }
        if header_name(&content.trimmed()).is_some_and(|name| starts_with_ignoring_case(&name, b"access-control-")) {
            self.warn_once(ProblemKind::HeadersInBody, content.trimmed().span, message);
        }
        self.body(line.whole(), line.span, message);
    }

    fn is_blank_at(&self, at: usize) -> bool {
        self.dialect.content(self.text, line_at(self.text, at).span).is_blank()
    }

    /// Whether the line at `at` is blank or a header.
    fn headers_follow(&self, at: usize) -> bool {
        let content = self.dialect.content(self.text, line_at(self.text, at).span);
        content.is_blank() || header_name(&content.rest.trimmed()).is_some()
    }

    fn body(&mut self, whole: Span, span: Span, message: usize) {
        self.part(whole, PastedPartKind::Body { message });
        let Some(message) = self.out.messages.get_mut(message) else { return };
        let hull = message.span_mut();
        *hull = hull.hull(span);
        if let Some(body) = message.body_mut() {
            let body = body.get_or_insert(PastedBody { span: None, length: None });
            body.span = Some(body.span.map_or(span, |known| known.hull(span)));
        }
    }

    /// Whether no further message is read; then this line and all that follow are left out.
    fn is_full(&mut self, line: &Line) -> bool {
        let waiting = self.command.as_ref().map_or(0, |(requests, _)| requests.len());
        if self.out.messages.len() + waiting < MAX_MESSAGES {
            return false;
        }
        let rest = Span::new(line.span.start, self.text.len());
        self.unreadable(rest, rest, ProblemKind::TooManyMessages { limit: MAX_MESSAGES });
        self.at = self.text.len();
        self.state = State::Outside;
        true
    }

    /// A message starts with this line.
    fn start(&mut self, line: &Line, rest: &Excerpt, mark: Mark) {
        self.close_headers();
        if self.is_full(line) {
            return;
        }
        let Some(start_line) = StartLine::read_leniently(rest) else { return };
        if mark == Mark::None || matches!(start_line, StartLine::Status { .. }) {
            self.send_command();
        }
        let form = if mark == Mark::None { PastedForm::Plain } else { PastedForm::Marked };
        let message = match start_line {
            StartLine::Request { method, target, version } => {
                if version.is_none() {
                    self.problem(ProblemKind::NoVersion, rest.span);
                }
                if target.bytes().iter().any(|&byte| byte == b' ' || byte == b'\t') {
                    self.problem(ProblemKind::SpaceInTarget, target.span);
                }
                PastedMessage::Request(PastedRequest { method, target, version, ..PastedRequest::new(form, rest.span) })
            }
            StartLine::Status { version, status, digits, reason } => PastedMessage::Response(PastedResponse {
                version: Some(version),
                status,
                status_span: digits.span,
                reason,
                ..empty_response(form, rest.span)
            }),
        };
        let message = self.push(message);
        self.part(line.whole(), PastedPartKind::StartLine { message });
        self.last_marked = (mark != Mark::None).then(|| (message, rest.clone()));
        self.state = State::Headers { message, mark, indent: None };
    }

    /// A message starts with this pseudo-header.
    fn start_pseudo(&mut self, line: &Line, content: &Content) {
        if self.is_full(line) {
            return;
        }
        self.send_command();
        let rest = content.rest.trimmed();
        let message = if pseudo_header(&rest).is_some_and(|name| name == "status") {
            PastedMessage::Response(empty_response(PastedForm::Pseudo, rest.span))
        } else {
            // NB: what it does not say yet, a line below may.
            let method = Excerpt::empty(rest.span.start);
            PastedMessage::Request(PastedRequest { method, ..PastedRequest::new(PastedForm::Pseudo, rest.span) })
        };
        let message = self.push(message);
        self.state = State::Headers { message, mark: Mark::None, indent: None };
        self.header_line(line, content);
    }

    /// A line among the headers of a message: a header, the rest of one, or the end.
    fn header_line(&mut self, line: &Line, content: &Content) {
        let State::Headers { message, mark, indent } = self.state else { return };
        if content.is_blank() {
            self.part(line.whole(), PastedPartKind::Blank);
            if self.dialect.spaced && !self.is_blank_at(line.next) {
                return;
            }
            return self.close_headers();
        }
        let rest = content.rest.trimmed();
        if mark != Mark::None {
            self.last_marked = Some((message, rest.clone()));
        }
        let own = content.indent();
        let first = indent.is_none();
        self.state = State::Headers { message, mark, indent: Some(indent.unwrap_or(own)) };
        if !first && own > indent.unwrap_or(own) && self.fold(line, &rest, message) {
            return;
        }
        if pseudo_header(&rest).is_some() {
            return self.pseudo(line, &rest, message);
        }
        let Some((name, value)) = rest.split_at_byte(b':') else {
            return self.unreadable(line.whole(), rest.span, ProblemKind::NoColon);
        };
        let (spaced, name) = (name.span, name.trimmed());
        if name.bytes().is_empty() {
            return self.unreadable(line.whole(), rest.span, ProblemKind::EmptyName);
        }
        if !is_token(name.bytes()) {
            return self.unreadable(line.whole(), name.span, ProblemKind::NotAName);
        }
        if spaced.end > name.span.end {
            self.problem(ProblemKind::SpaceBeforeColon, Span::new(name.span.end, spaced.end));
        }
        let value = value.trimmed();
        self.doubtful_characters(&value);
        self.field(line, message, PastedField { name, value, span: rest.span });
    }

    fn field(&mut self, line: &Line, message: usize, field: PastedField) {
        let Some(target) = self.out.messages.get_mut(message) else { return };
        let span = field.span;
        let hull = target.span_mut();
        *hull = hull.hull(span);
        let Some(headers) = target.headers_mut() else { return };
        if headers.len() >= MAX_HEADERS {
            return self.unreadable(line.whole(), span, ProblemKind::TooManyHeaders { limit: MAX_HEADERS });
        }
        headers.push(field);
        let line_index = headers.len() - 1;
        self.part(line.whole(), PastedPartKind::Header { message, line: line_index });
    }

    /// Continues the header above: <https://www.rfc-editor.org/rfc/rfc9112#section-5.2>.
    fn fold(&mut self, line: &Line, rest: &Excerpt, message: usize) -> bool {
        let full = ProblemKind::TooManyHeaders { limit: MAX_HEADERS };
        let (last, index) = match self.out.parts.last().map(|part| part.kind) {
            Some(PastedPartKind::Header { message, line }) => (message, line),
            Some(PastedPartKind::Problem { problem }) if self.out.problems.get(problem).is_some_and(|it| it.kind == full) => {
                self.unreadable(line.whole(), rest.span, full);
                return true;
            }
            _ => return false,
        };
        let target = self.out.messages.get_mut(message).filter(|_| last == message);
        let Some(target) = target else { return false };
        let hull = target.span_mut();
        *hull = hull.hull(rest.span);
        let Some(field) = target.headers_mut().and_then(|headers| headers.get_mut(index)) else { return false };
        if field.value.seams() > 2 * MAX_FOLDS {
            self.unreadable(line.whole(), rest.span, full);
            return true;
        }
        let mut value = field.value.draft();
        if !value.bytes().is_empty() {
            value.derived(b" ", Span::new(field.value.span.end, rest.span.start));
        }
        value.append(rest);
        field.value = value.finish();
        field.span = field.span.hull(rest.span);
        self.problem(ProblemKind::Folded, rest.span);
        self.doubtful_characters(rest);
        self.part(line.whole(), PastedPartKind::Header { message, line: index });
        true
    }

    /// A pseudo-header, which describes its message and is none of its headers.
    fn pseudo(&mut self, line: &Line, rest: &Excerpt, message: usize) {
        let Some(name) = pseudo_header(rest) else { return };
        let value = rest.from(name.len() + 2).trimmed();
        let known = match (self.out.messages.get_mut(message), name.as_str()) {
            (Some(PastedMessage::Request(request)), _) => {
                request.span = request.span.hull(rest.span);
                match name.as_str() {
                    "method" if request.form == PastedForm::Pseudo => request.method = value,
                    "path" if request.form == PastedForm::Pseudo => request.target = value,
                    "authority" => request.authority = Some(value),
                    "scheme" => request.scheme = Some(value),
                    _ => return self.unreadable(line.whole(), rest.span, ProblemKind::UnknownPseudoHeader),
                }
                true
            }
            (Some(PastedMessage::Response(response)), "status") if response.form == PastedForm::Pseudo => {
                response.span = response.span.hull(rest.span);
                response.status_span = value.span;
                match std::str::from_utf8(value.bytes()).ok().filter(|digits| digits.len() == 3).map(str::parse) {
                    Some(Ok(status)) => response.status = status,
                    _ => {
                        response.kind = PastedResponseKind::Unreadable;
                        return self.unreadable(line.whole(), value.span, ProblemKind::StatusLine);
                    }
                }
                true
            }
            _ => false,
        };
        if known {
            self.part(line.whole(), PastedPartKind::PseudoHeader { message });
        } else {
            self.unreadable(line.whole(), rest.span, ProblemKind::UnknownPseudoHeader);
        }
    }

    /// The headers of the message, if the reader is among some, are complete.
    fn close_headers(&mut self) {
        let State::Headers { message, mark, .. } = self.state else { return };
        self.state = State::Outside;
        self.last_marked = None;
        let Some(found) = self.out.messages.get_mut(message) else { return };
        let length = declared_length(found.headers());
        let streamed = field(found.headers(), "transfer-encoding").is_some();
        let may_have_body = match found {
            PastedMessage::Request(request) => {
                if request.form == PastedForm::Pseudo {
                    complete_pseudo_request(request, &mut self.out.problems);
                }
                if length.is_some_and(|length| length > 0) || streamed {
                    request.body = Some(PastedBody { span: None, length });
                }
                // NB: people leave `Content-Length` out where the body is plain to see.
                let usual = !matches!(request.method.bytes(), b"GET" | b"HEAD" | b"OPTIONS" | b"CONNECT");
                mark == Mark::None && (request.body.is_some() || usual && length.is_none())
            }
            PastedMessage::Response(response) => {
                // NB: 101 ends the exchange: what follows is no HTTP.
                if matches!(response.status, 100 | 102..=199) {
                    response.kind = PastedResponseKind::Interim;
                }
                let none = matches!(response.status, 100..=199 | 204 | 304) || length == Some(0);
                if !none && (length.is_some() || streamed) {
                    response.body = Some(PastedBody { span: None, length });
                }
                !none
            }
            PastedMessage::Failure(_) => false,
        };
        if may_have_body {
            self.state = State::Body { message, measured: Measured::NotYet };
        }
    }

    /// A command, whose first word starts at `at` in `rest`; what stands before it is a prompt, or the end of a body.
    fn command(&mut self, line: &Line, rest: &Excerpt, at: usize) {
        let start = rest.locate(at..at + 1).start;
        let Command { requests, problems, next, plausible } = command::read(self.text, start);
        let state = self.state;
        if !plausible {
            return match state {
                State::Outside => self.unreadable(line.whole(), rest.span, ProblemKind::Unreadable),
                State::Headers { .. } => self.unreadable(line.whole(), rest.span, ProblemKind::NoColon),
                State::Body { message, .. } => self.body(line.whole(), line.span, message),
            };
        }
        self.close_headers();
        self.send_command();
        let before = Span::new(line.span.start, start);
        if !before.is_empty() {
            match state {
                State::Body { message, .. } if before.of(self.text).starts_with(['{', '[', '<', '"']) => {
                    self.body(before, before, message);
                }
                _ => self.part(before, PastedPartKind::Ornament),
            }
        }
        self.take(start, requests, problems, next);
    }

    /// Goes on behind a command or a call, whose requests wait for what it sent.
    fn take(&mut self, start: usize, requests: Vec<PastedRequest>, problems: Vec<Problem>, next: usize) {
        self.state = State::Outside;
        for problem in problems {
            if let Some(span) = problem.span {
                self.problem(problem.kind, span);
            }
        }
        self.at = next;
        self.clues = Clues::default();
        let part = self.out.parts.len();
        self.out.parts.push(PastedPart { span: Span::new(start, next), kind: PastedPartKind::Command { message: None } });
        self.command = (!requests.is_empty()).then_some((requests, part));
    }

    /// A PowerShell command or a request of Bruno, if one starts with this line.
    fn saved(&mut self, line: &Line, rest: &Excerpt) -> bool {
        if bruno::starts(rest.bytes()) && self.attempts > 0 {
            self.attempts -= 1;
            let Some(Command { requests, problems, next, .. }) = bruno::read(self.text, line.span.start) else { return false };
            self.send_command();
            self.take(line.span.start, requests, problems, next);
            return true;
        }
        if !powershell::starts(rest.bytes()) || self.attempts == 0 {
            return false;
        }
        self.attempts -= 1;
        let prompt = if rest.bytes().starts_with(b"PS> ") { 4 } else { 0 };
        let start = rest.from(prompt).span.start;
        let Some(Command { requests, problems, next, .. }) = powershell::read(self.text, start) else { return false };
        self.send_command();
        self.take(line.span.start, requests, problems, next);
        true
    }

    /// A call in a script, if one starts in this line.
    fn call(&mut self, line: &Line, rest: &Excerpt) -> bool {
        let Some(at) = self.script.filter(|_| self.attempts > 0).and_then(|_| call::call_at(rest.bytes())) else { return false };
        self.attempts -= 1;
        let start = rest.locate(at..at + 1).start;
        let Some(Command { requests, problems, next, .. }) = call::read(self.text, start) else { return false };
        self.close_headers();
        self.send_command();
        let before = Span::new(line.span.start, start);
        if !before.is_empty() {
            self.part(before, PastedPartKind::Script);
        }
        self.take(start, requests, problems, next);
        true
    }

    /// A JSON document, if one that is known starts with this line.
    fn document(&mut self, line: &Line, rest: &Excerpt) -> bool {
        if !rest.bytes().starts_with(b"{") || self.documents == 0 {
            return false;
        }
        self.documents -= 1;
        let json::Read { json: Some(json), wrong, end } = json::read(self.text, rest.span.start) else { return false };
        if let Some(wrong) = wrong {
            return self.broken(line, &json, wrong);
        }
        let kind = if stated::is_scenario(&json) {
            Recognised::Scenario
        } else if har::is_har(&json) {
            Recognised::Har
        } else if postman::is_postman(&json) {
            Recognised::Postman
        } else {
            return false;
        };
        self.out.document.get_or_insert(kind);
        self.send_command();
        let next = line_at(self.text, end);
        let is_alone = Span::new(end, next.span.end).of(self.text).trim().is_empty();
        self.at = if is_alone { next.next } else { end };
        let span = Span::new(line.span.start, self.at);
        if kind == Recognised::Har {
            self.part(span, PastedPartKind::Document);
            self.har(&json, har::End::Whole);
            return true;
        }
        if kind == Recognised::Postman {
            self.part(span, PastedPartKind::Document);
            self.postman(&json);
            return true;
        }
        match stated::read(&json) {
            Ok(stated) => {
                self.part(span, PastedPartKind::Document);
                self.stated(stated);
            }
            Err(unfit) => {
                let problem = self.problem(ProblemKind::Scenario { message: unfit.message }, unfit.span);
                self.part(span, PastedPartKind::Problem { problem });
            }
        }
        true
    }

    /// A document that is no JSON from a place on. What stands before it in a HAR is read all the same.
    fn broken(&mut self, line: &Line, json: &Json, wrong: Malformed) -> bool {
        let all = Span::new(line.span.start, self.text.len());
        let said = all.of(self.text);
        let kind = if stated::resembles_scenario(said) {
            Recognised::Scenario
        } else if har::resembles_har(said) {
            Recognised::Har
        } else if postman::resembles_postman(said) {
            Recognised::Postman
        } else {
            return false;
        };
        self.out.document.get_or_insert(kind);
        self.send_command();
        let problem = self.problem(ProblemKind::Json { fault: wrong.fault }, character_at(self.text, wrong.at));
        let is_read = kind == Recognised::Har && har::is_har(json);
        let place = if is_read { wrong.at } else { all.start };
        let cut = character_at(self.text, place).start.max(all.start);
        let (read, rest) = (Span::new(all.start, cut), Span::new(cut, all.end));
        if !read.is_empty() {
            self.part(read, PastedPartKind::Document);
        }
        self.part(rest, PastedPartKind::Problem { problem });
        if is_read {
            self.har(json, har::End::Cut);
        }
        self.at = self.text.len();
        true
    }

    /// The entries of a HAR as messages.
    fn har(&mut self, json: &Json, end: har::End) {
        let mut problems = Vec::new();
        for har::Entry { request, answer, started, page, is_navigation } in har::read(json, end, &mut problems) {
            let request = self.push(PastedMessage::Request(request));
            let answers = answer.into_iter().map(|mut answer| {
                answer.set_answers(request);
                self.push(answer)
            });
            let answers = answers.collect();
            self.out.recorded.push(Recorded { request, answers, started, page, is_navigation });
        }
        for problem in problems {
            if let Some(span) = problem.span {
                self.problem(problem.kind, span);
            }
        }
    }

    /// The requests of a collection as messages.
    fn postman(&mut self, json: &Json) {
        let mut problems = Vec::new();
        for postman::Saved { request, answers } in postman::read(json, &mut problems) {
            let request = self.push(PastedMessage::Request(request));
            let answers = answers.into_iter().map(|mut answer| {
                answer.set_answers(request);
                self.push(answer)
            });
            let answers = answers.collect();
            self.out.recorded.push(Recorded { request, answers, started: None, page: None, is_navigation: false });
        }
        for problem in problems {
            if let Some(span) = problem.span {
                self.problem(problem.kind, span);
            }
        }
    }

    /// A scenario that was read: its calls and answers are messages.
    fn stated(&mut self, Stated { scenario, fetches }: Stated) {
        let mut places = Vec::new();
        for StatedFetch { request, answers } in fetches {
            let request = self.push(request);
            let answers = answers.into_iter().map(|mut answer| {
                answer.set_answers(request);
                self.push(answer)
            });
            places.push((request, answers.collect()));
        }
        if self.out.scenario.is_none() {
            self.out.scenario = Some(scenario);
            self.out.fetches = places;
        }
    }

    /// A message of a browser's console, if this line has one.
    fn console(&mut self, line: &Line, rest: &Excerpt) -> bool {
        if self.consoles == 0 {
            return false;
        }
        self.consoles -= 1;
        let message = self.out.console.len();
        if let Some(found) = recognise(rest.span.of(self.text)).into_iter().next() {
            self.out.console.push(PastedConsole::new(found, rest.span.start));
            self.part(line.whole(), PastedPartKind::Console { message });
            return true;
        }
        // NB: Firefox writes some over several lines.
        let Some(found) = request_lines(self.text, rest.span.start) else { return false };
        self.at = line_at(self.text, found.end).next;
        self.out.console.push(PastedConsole::new(found, 0));
        self.part(Span::new(line.span.start, self.at), PastedPartKind::Console { message });
        true
    }

    /// Whether a line is of a script that has calls: before the first one, or after one and before any other message.
    fn is_script(&self, line: &Line) -> bool {
        let is_between_calls = match self.out.messages.last() {
            None => self.command.as_ref().is_none_or(|(requests, _)| is_of_call(requests)),
            Some(PastedMessage::Request(request)) => request.form == PastedForm::Call,
            Some(_) => false,
        };
        self.script.is_some_and(|first| line.span.start <= first || self.command.is_some()) && is_between_calls
    }

    /// What the last command sent is not in the paste, so the command itself stands for it.
    fn send_command(&mut self) {
        let Some((requests, part)) = self.command.take() else { return };
        let first = self.out.messages.len();
        for request in requests {
            if self.out.messages.len() < MAX_MESSAGES {
                self.push(PastedMessage::Request(request));
            } else {
                self.problem(ProblemKind::TooManyMessages { limit: MAX_MESSAGES }, request.span);
                break;
            }
        }
        if let Some(part) = self.out.parts.get_mut(part)
            && self.out.messages.len() > first
        {
            part.kind = PastedPartKind::Command { message: Some(first) };
        }
    }

    fn push(&mut self, message: PastedMessage) -> usize {
        self.out.messages.push(message);
        self.out.clues.push(self.clues.clone());
        self.out.messages.len() - 1
    }

    /// Adds a part, or makes the last one longer.
    fn part(&mut self, span: Span, kind: PastedPartKind) {
        match self.out.parts.last_mut() {
            Some(last) if last.kind == kind && last.span.end == span.start => last.span.end = span.end,
            _ => self.out.parts.push(PastedPart { span, kind }),
        }
    }

    fn problem(&mut self, kind: ProblemKind, span: Span) -> usize {
        add_problem(&mut self.out.problems, kind, span)
    }

    /// Text that takes part in nothing. Lines of the same kind, with at most space between them, are one problem.
    fn unreadable(&mut self, whole: Span, span: Span, kind: ProblemKind) {
        let merges = matches!(kind, ProblemKind::Unreadable | ProblemKind::StrayHeaders | ProblemKind::TooManyHeaders { .. });
        let last = self.out.problems.len().checked_sub(1);
        if let Some(problem) = last
            && merges
            && let Some(Problem { kind: known, span: Some(place), .. }) = self.out.problems.get_mut(problem)
            && *known == kind
            && self.text.get(place.end..span.start).is_some_and(|between| between.trim().is_empty())
        {
            place.end = span.end;
            return self.part(whole, PastedPartKind::Problem { problem });
        }
        let problem = self.problem(kind, span);
        self.part(whole, PastedPartKind::Problem { problem });
    }

    /// A problem that is told once for each message.
    fn warn_once(&mut self, kind: ProblemKind, span: Span, message: usize) {
        let start = self.out.messages.get(message).map_or(0, |message| message.span().start);
        let told = |problem: &Problem| problem.kind == kind && problem.span.is_some_and(|span| span.start >= start);
        if !self.out.problems.iter().any(told) {
            self.problem(kind, span);
        }
    }

    /// Characters in a value that came in by mistake, or will not be taken.
    fn doubtful_characters(&mut self, value: &Excerpt) {
        let control = value.bytes().iter().position(|&byte| matches!(byte, 0 | 0x0a | 0x0d));
        if let Some((at, &byte)) = control.and_then(|at| value.bytes().get(at).map(|byte| (at, byte))) {
            self.problem(ProblemKind::ControlCharacter { byte }, value.locate(at..at + 1));
        }
        let text = value.text();
        let invisible = |&(_, found): &(usize, char)| matches!(found, '\u{a0}' | '\u{ad}' | '\u{2000}'..='\u{200f}' | '\u{2028}'..='\u{202f}' | '\u{2060}' | '\u{3000}' | '\u{feff}');
        if let Some((at, found)) = text.char_indices().find(invisible) {
            let character = format!("U+{:04X}", u32::from(found));
            self.problem(ProblemKind::InvisibleCharacter { character }, value.locate(at..at + found.len_utf8()));
        }
    }
}

/// Whether a line starts as one does that people paste a call with.
fn starts_statement(line: &[u8]) -> bool {
    let starts = ["fetch(", "await fetch(", "axios", "await axios", "const ", "let ", "var "];
    starts.iter().any(|start| line.starts_with(start.as_bytes()))
}

fn is_of_call(requests: &[PastedRequest]) -> bool {
    requests.iter().all(|request| request.form == PastedForm::Call)
}

/// Where the first call of a script stands, if the text has one.
fn first_call(text: &str) -> Option<usize> {
    let places = line::lines(text).filter_map(|line| Some(line.span.start + call::call_at(line.span.of(text).as_bytes())?));
    places.take(MAX_ATTEMPTS).find(|at| call::read(text, *at).is_some())
}

/// The character at a byte, or the last one.
fn character_at(text: &str, mut at: usize) -> Span {
    at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    match text.get(at..).and_then(|rest| rest.chars().next()) {
        Some(found) => Span::new(at, at + found.len_utf8()),
        None => Span::new(at - text.chars().next_back().map_or(0, char::len_utf8), at),
    }
}

/// Adds a problem, and says so where there are too many. Gives the index of the one that covers `span`.
pub(super) fn add_problem(problems: &mut Vec<Problem>, kind: ProblemKind, span: Span) -> usize {
    let last = problems.len().saturating_sub(1);
    if problems.len() < MAX_PROBLEMS {
        problems.push(kind.at(span));
        return problems.len() - 1;
    }
    match problems.get_mut(last) {
        Some(Problem { kind: ProblemKind::TooManyProblems { .. }, span: Some(place), .. }) => {
            *place = place.hull(span);
            last
        }
        _ => {
            problems.push(ProblemKind::TooManyProblems { limit: MAX_PROBLEMS }.at(span));
            problems.len() - 1
        }
    }
}

/// The name of a header line, if the line looks like one.
fn header_name(line: &Excerpt) -> Option<Vec<u8>> {
    let (name, _) = line.split_at_byte(b':')?;
    is_token(name.bytes()).then(|| name.bytes().to_vec())
}

/// The name of a pseudo-header, without its colons.
fn pseudo_header(line: &Excerpt) -> Option<String> {
    let rest = line.bytes().strip_prefix(b":")?;
    let name = rest.get(..rest.iter().position(|&byte| byte == b':')?)?;
    (!name.is_empty() && name.iter().all(|byte| byte.is_ascii_lowercase() || *byte == b'-'))
        .then(|| String::from_utf8_lossy(name).into_owned())
}

/// Whether a message can start with this line.
fn starts_with_pseudo_header(line: &Excerpt) -> bool {
    pseudo_header(line).is_some_and(|name| matches!(name.as_str(), "method" | "path" | "authority" | "scheme" | "status"))
}

fn starts_with_ignoring_case(bytes: &[u8], start: &[u8]) -> bool {
    bytes.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start))
}

/// The value of `Content-Length`, if it is a number; at most what JavaScript counts exactly.
fn declared_length(headers: &[PastedField]) -> Option<u64> {
    const MOST: u64 = (1 << 53) - 1;
    let value = &field(headers, "content-length")?.value;
    let digits = std::str::from_utf8(value.bytes()).ok()?;
    let number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    // NB: digits that do not fit are too many.
    number.then(|| digits.parse().unwrap_or(MOST).min(MOST))
}

fn empty_response(form: PastedForm, span: Span) -> PastedResponse {
    PastedResponse {
        form,
        span,
        start_line: span,
        version: (form == PastedForm::Pseudo).then_some(HttpVersion::Http2),
        status: 0,
        status_span: Span::new(span.start, span.start),
        reason: Excerpt::empty(span.end),
        headers: Vec::new(),
        body: None,
        kind: PastedResponseKind::Final,
        answers: None,
    }
}

/// What a block of pseudo-headers leaves out.
fn complete_pseudo_request(request: &mut PastedRequest, problems: &mut Vec<Problem>) {
    let span = request.start_line;
    if request.method.bytes().is_empty() {
        add_problem(problems, ProblemKind::NoMethod, span);
        request.method = Excerpt::derived(b"GET", span);
    }
    if request.target.bytes().is_empty() {
        request.target = Excerpt::derived(b"/", span);
    }
}

impl Clues {
    /// Whether the connection is known to be secure.
    pub(super) const fn scheme(&self) -> Option<&'static str> {
        match self.security {
            Some(Security::Secure) => Some("https"),
            Some(Security::Plain) => Some("http"),
            None => None,
        }
    }
}
