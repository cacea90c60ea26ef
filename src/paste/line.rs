//! Lines of the text, and what stands around an HTTP message in them: marks, quotes, colours, prompts.

use super::excerpt::{Draft, Excerpt};
use super::span::Span;
use super::start_line;
use crate::infra::bytes::{is_http_tab_or_space, is_token};

/// A line of the text.
#[derive(Debug, Clone)]
pub(super) struct Line {
    /// Its bytes without what ends it.
    pub(super) span: Span,
    /// Where the next one starts.
    pub(super) next: usize,
}

impl Line {
    /// With what ends it.
    pub(super) fn whole(&self) -> Span {
        Span::new(self.span.start, self.next)
    }
}

/// The line that starts at `at`. CRLF, LF and a lone CR end lines; so does CR CR LF, which terminals make of CRLF.
pub(super) fn line_at(text: &str, at: usize) -> Line {
    let rest = text.as_bytes().get(at..).unwrap_or_default();
    let len = rest.iter().position(|&byte| byte == b'\n' || byte == b'\r').unwrap_or(rest.len());
    let ending = match rest.get(len..).unwrap_or_default() {
        [b'\r', b'\r', b'\n', ..] => 3,
        [b'\r', b'\n', ..] => 2,
        [_, ..] => 1,
        [] => 0,
    };
    Line { span: Span::new(at, at + len), next: at + len + ending }
}

/// Every line of the text.
pub(super) fn lines(text: &str) -> impl Iterator<Item = Line> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        (at < text.len()).then(|| {
            let line = line_at(text, at);
            at = line.next;
            line
        })
    })
}

/// What stands before the content of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    /// Nothing.
    None,
    /// `>`: sent.
    Sent,
    /// `<`: received.
    Received,
    /// `*`: curl's own words.
    Note,
    /// `{` or `}`: bytes that went by.
    Data,
}

/// A line without its decoration.
#[derive(Debug, Clone)]
pub(super) struct Content {
    pub(super) mark: Mark,
    /// What follows the mark and one space, with any further space around it.
    pub(super) rest: Excerpt,
}

impl Content {
    pub(super) fn is_blank(&self) -> bool {
        self.rest.bytes().iter().all(|&byte| is_http_tab_or_space(byte))
    }

    /// How many tabs and spaces it starts with.
    pub(super) fn indent(&self) -> usize {
        self.rest.bytes().iter().take_while(|&&byte| is_http_tab_or_space(byte)).count()
    }
}

/// What holds for a whole paste.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Dialect {
    /// Every line stands behind the `>` of a quotation.
    quoted: bool,
    /// Marks are those of `curl -v`.
    pub(super) marks: bool,
    /// After each line stands an empty one, as some programs copy text: one empty line alone ends nothing.
    pub(super) spaced: bool,
}

impl Dialect {
    pub(super) fn of(text: &str) -> Self {
        let mut dialect = Self { quoted: false, marks: true, spaced: false };
        let (mut quoted, mut inner) = (true, false);
        for line in lines(text) {
            let trimmed = uncoloured(text, line.span).trimmed();
            match trimmed.bytes() {
                [] => {}
                [b'>', ..] => {
                    let within = trimmed.from(1).trimmed();
                    inner |= matches!(within.bytes(), [b'<' | b'>' | b'*', b' ', ..]) || start_line::is_status_line(&within);
                }
                _ => quoted = false,
            }
        }
        dialect.quoted = quoted && inner;
        dialect.marks = lines(text).any(|line| {
            let content = dialect.content(text, line.span);
            match content.mark {
                Mark::Sent => start_line::is_request_line(&content.rest.trimmed()),
                Mark::Received => start_line::is_status_line(&content.rest.trimmed()),
                Mark::Note => is_known_note(content.rest.trimmed().bytes()),
                Mark::None | Mark::Data => false,
            }
        });
        dialect.spaced = dialect.is_spaced(text);
        dialect
    }

    /// Whether no two lines touch, and a header follows each start line across the gap.
    fn is_spaced(self, text: &str) -> bool {
        let (mut said, mut headers, mut touching, mut started) = (0, 0, false, false);
        for line in lines(text) {
            let content = self.content(text, line.span);
            if content.is_blank() {
                touching = false;
                continue;
            }
            if touching {
                return false;
            }
            let rest = content.rest.trimmed();
            if started {
                let name = rest.split_at_byte(b':').map(|(name, _)| name);
                if !name.is_some_and(|name| is_token(name.bytes())) {
                    return false;
                }
                headers += 1;
            }
            started = start_line::is_request_line(&rest) || start_line::is_status_line(&rest);
            (said, touching) = (said + 1, true);
        }
        said > 2 && headers > 0 && !started
    }

    /// The line without quotation, colours and marks.
    pub(super) fn content(self, text: &str, span: Span) -> Content {
        let mut line = uncoloured(text, span);
        if self.quoted {
            let unquoted = line.trimmed();
            if unquoted.bytes().first() == Some(&b'>') {
                line = unquoted.from(1);
                if line.bytes().first().copied().is_some_and(is_http_tab_or_space) {
                    line = line.from(1);
                }
            }
        }
        if !self.marks {
            return Content { mark: Mark::None, rest: line };
        }
        let trimmed = line.trimmed();
        let mark = match trimmed.bytes() {
            [b'>'] | [b'>', b' ' | b'\t', ..] => Mark::Sent,
            [b'<'] | [b'<', b' ' | b'\t', ..] => Mark::Received,
            [b'*', b' ' | b'\t', ..] => Mark::Note,
            [b'{' | b'}', b' ', b'[', .., b']'] if trimmed.bytes().ends_with(b" data]") => Mark::Data,
            _ => return Content { mark: Mark::None, rest: line },
        };
        Content { mark, rest: trimmed.from(2) }
    }
}

/// A line without the escape sequences by which a terminal colours it.
fn uncoloured(text: &str, span: Span) -> Excerpt {
    let bytes = span.of(text).as_bytes();
    if !bytes.contains(&0x1b) {
        return Excerpt::literal(text, span);
    }
    let mut draft = Draft::at(span.start);
    let mut at = 0;
    while let Some(rest) = bytes.get(at..)
        && !rest.is_empty()
    {
        match escape_length(rest) {
            0 => {
                let run = rest.iter().skip(1).position(|&byte| byte == 0x1b).map_or(rest.len(), |found| found + 1);
                draft.literal(text, Span::new(span.start + at, span.start + at + run));
                at += run;
            }
            length => at += length,
        }
    }
    draft.finish()
}

/// The length of the escape sequence that `bytes` starts with: CSI (colours) or OSC (links, titles).
fn escape_length(bytes: &[u8]) -> usize {
    const LONGEST: usize = 4096;
    let bytes = bytes.get(..LONGEST).unwrap_or(bytes);
    match bytes {
        [0x1b, b'[', rest @ ..] => {
            let parameters = rest.iter().take_while(|&&byte| matches!(byte, 0x20..=0x3f)).count();
            if matches!(rest.get(parameters), Some(0x40..=0x7e)) { parameters + 3 } else { 0 }
        }
        [0x1b, b']', rest @ ..] => {
            let end = rest.iter().position(|&byte| byte == 0x07 || byte == 0x1b);
            match end.map(|end| (end, rest.get(end), rest.get(end + 1))) {
                Some((end, Some(0x07), _)) => end + 3,
                Some((end, Some(0x1b), Some(b'\\'))) => end + 4,
                _ => 0,
            }
        }
        _ => 0,
    }
}

/// Whether this is how one of curl's notes starts.
pub(super) fn is_known_note(note: &[u8]) -> bool {
    const STARTS: &[&[u8]] = &[
        b"Added ",
        b"ALPN",
        b"Can not multiplex",
        b"Closing connection",
        b"Connected to ",
        b"connect to ",
        b"Connection #",
        b"Could not resolve",
        b"Empty reply",
        b"Established ",
        b"Failed to connect",
        b"Found bundle",
        b"Host ",
        b"Hostname ",
        b"IPv4: ",
        b"IPv6: ",
        b"Issue another request",
        b"Ignoring the response-body",
        b"Mark bundle",
        b"RESOLVE ",
        b"Re-using ",
        b"Request completely sent off",
        b"shutting down connection",
        b"Trying ",
        b"upload completely sent off",
        b"Uses proxy",
        b"using HTTP/",
        b"We are completely uploaded",
    ];
    STARTS.iter().any(|start| note.starts_with(start))
}

/// Where, in a line of a body, a note starts that curl glued to it because the body does not end its last line.
pub(super) fn glued_note(line: &[u8]) -> Option<usize> {
    let mut from = 0;
    while let Some(at) = line.get(from..)?.windows(2).position(|pair| pair == b"* ").map(|found| from + found) {
        let note = line.get(at + 2..)?;
        let note = note.get(note.iter().take_while(|&&byte| byte == b' ').count()..)?;
        if at > 0 && is_known_note(note) {
            return Some(at);
        }
        from = at + 1;
    }
    None
}

/// Where, in a line of a body, the status line of the next answer starts, glued to it for the same reason.
pub(super) fn glued_status_line(line: &Excerpt) -> Option<usize> {
    let bytes = line.bytes();
    let at = bytes.windows(5).rposition(|window| window == b"HTTP/")?;
    (at > 0 && start_line::is_status_line(&line.from(at).trimmed())).then_some(at)
}

/// curl's progress meter.
pub(super) fn is_progress(line: &[u8]) -> bool {
    let has = |part: &[u8]| line.windows(part.len()).any(|window| window == part);
    match line.first() {
        Some(b'%') => line.starts_with(b"% Total"),
        Some(b'D') => line.starts_with(b"Dload  Upload"),
        Some(b'0'..=b'9') => has(b"--:--:-- "),
        _ => false,
    }
}

/// A line that separates, such as `---`, or the empty prompt at the end of a terminal session.
pub(super) fn is_ornament(line: &[u8]) -> bool {
    let ruler = matches!(line.first(), Some(b'-' | b'=' | b'_' | b'#' | b'~')) && {
        line.len() >= 2 && line.iter().all(|byte| Some(byte) == line.first())
    };
    ruler || line == b"..." || is_prompt(line)
}

fn is_prompt(line: &[u8]) -> bool {
    const LONGEST: usize = 200;
    match std::str::from_utf8(line) {
        Ok("$" | "#" | "%" | ">" | "❯" | "➜") => true,
        Ok(line) => {
            line.len() <= LONGEST
                && (line.ends_with(['$', '#', '%', '❯']) && line.contains(['@', '~', '/'])
                    || line.starts_with("PS ") && line.ends_with('>'))
        }
        Err(_) => false,
    }
}

/// Where the word `curl` starts in a line that is a command: at its start, or behind a prompt.
pub(super) fn command_at(line: &[u8], within_body: bool) -> Option<usize> {
    if !within_body && is_command(line) {
        return Some(0);
    }
    let mut from = 0;
    while let Some(at) =
        line.get(from..)?.windows(6).position(|window| window == b" curl " || window == b" curl.").map(|found| from + found)
    {
        if is_command(line.get(at + 1..)?) && ends_in_prompt(line.get(..at)?) {
            return Some(at + 1);
        }
        from = at + 1;
    }
    None
}

fn is_command(line: &[u8]) -> bool {
    line.starts_with(b"curl ") || line.starts_with(b"curl\t") || line.starts_with(b"curl.exe ")
}

/// Whether the last word of `before` is a prompt: `$`, `user@host:~$`, `PS C:\>`.
fn ends_in_prompt(before: &[u8]) -> bool {
    const LONGEST: usize = 256;
    let before = String::from_utf8_lossy(before.get(before.len().saturating_sub(LONGEST)..).unwrap_or_default());
    let word = before.rsplit([' ', '\t']).next().unwrap_or("");
    let Some(mark) = word.chars().last().filter(|mark| matches!(mark, '$' | '#' | '%' | '>' | '❯' | '➜')) else {
        return false;
    };
    let name = word.strip_suffix(mark).unwrap_or("");
    if name.is_empty() {
        return before.len() == word.len() || before.contains(['@', '~']) || mark == '❯' || mark == '➜';
    }
    match mark {
        '>' => before.starts_with("PS "),
        _ => name.contains(['@', '~', ':', '/']),
    }
}

/// The marker of a code fence: its character, how often it stands there, and whether more text follows.
pub(super) fn fence(line: &[u8]) -> Option<(u8, usize, bool)> {
    let &mark = line.first().filter(|mark| matches!(mark, b'`' | b'~'))?;
    let count = line.iter().take_while(|&&byte| byte == mark).count();
    let info = line.get(count..)?;
    (count >= 3 && !info.contains(&b'`')).then_some((mark, count, !info.is_empty()))
}
