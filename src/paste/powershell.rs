//! PowerShell's `Invoke-WebRequest`, as developer tools copy it and people write it, read as the request that it sends.

use super::command::Command;
use super::excerpt::{Draft, Excerpt};
use super::line::line_at;
use super::message::{PastedBody, PastedField, PastedForm, PastedRequest};
use super::problem::{Problem, ProblemKind};
use super::span::Span;
use crate::infra::bytes::is_token;

/// More than this is no command that a person pasted.
const LONGEST: usize = 64 * 1024;

/// What sends a request.
const COMMANDS: [&str; 4] = ["invoke-webrequest", "invoke-restmethod", "iwr", "irm"];

/// Whether a line starts a command, or the session that developer tools write above it.
pub(super) fn starts(line: &[u8]) -> bool {
    let line = line.strip_prefix(b"PS> ").unwrap_or(line);
    let word = line.split(|byte| matches!(byte, b' ' | b'\t' | b'`')).next().unwrap_or_default();
    COMMANDS.iter().any(|command| word.eq_ignore_ascii_case(command.as_bytes()))
        || line.starts_with(b"$")
            && line.windows(11).any(|window| window.eq_ignore_ascii_case(b"new-object "))
            && line.windows(17).any(|window| window.eq_ignore_ascii_case(b"webrequestsession"))
}

/// Reads the statements from `at` on, up to the first command that sends a request. Nothing where there is none.
pub(super) fn read(text: &str, at: usize) -> Option<Command> {
    let mut limit = text.len().min(at.saturating_add(LONGEST));
    while !text.is_char_boundary(limit) {
        limit -= 1;
    }
    let mut reading = Reading { text, at, limit, fields: Vec::new(), cookies: Vec::new(), problems: Vec::new() };
    loop {
        reading.white_space();
        let rest = text.get(reading.at..limit)?;
        if rest.starts_with('$') {
            reading.assignment()?;
            continue;
        }
        let word = rest.split([' ', '\t', '`', '\r', '\n']).next().unwrap_or_default();
        if !COMMANDS.iter().any(|command| word.eq_ignore_ascii_case(command)) {
            return None;
        }
        reading.at += word.len();
        return reading.command(at);
    }
}

struct Reading<'t> {
    text: &'t str,
    at: usize,
    limit: usize,
    fields: Vec<PastedField>,
    /// Names and values.
    cookies: Vec<(Excerpt, Excerpt)>,
    problems: Vec<Problem>,
}

impl Reading<'_> {
    fn rest(&self) -> &str {
        self.text.get(self.at..self.limit).unwrap_or_default()
    }

    fn byte(&self) -> Option<u8> {
        self.rest().as_bytes().first().copied()
    }

    /// Spaces, and lines that a backtick continues.
    fn space(&mut self) {
        loop {
            let rest = self.rest();
            let length = match rest.as_bytes() {
                [b' ' | b'\t', ..] => 1,
                [b'`', b'\r', b'\n', ..] => 3,
                [b'`', b'\n', ..] => 2,
                _ => return,
            };
            self.at += length;
        }
    }

    /// All space, lines' ends among it, and comments.
    fn white_space(&mut self) {
        loop {
            self.space();
            let rest = self.rest();
            let length = match rest.as_bytes() {
                [b'\r' | b'\n' | b';', ..] => 1,
                [b'#', ..] => rest.find('\n').unwrap_or(rest.len()),
                _ => return,
            };
            self.at += length;
        }
    }

    /// `$session = New-Object ...`, `$session.UserAgent = "..."`, `$session.Cookies.Add((New-Object ... ("name", "value", ...)))`
    fn assignment(&mut self) -> Option<()> {
        let end = line_at(self.text, self.at).span.end.min(self.limit);
        let statement = self.text.get(self.at..end)?.to_ascii_lowercase();
        let is_agent = statement.contains(".useragent");
        let is_cookie = statement.contains("net.cookie(");
        let mut strings = Vec::new();
        while self.at < end {
            match self.byte()? {
                b'"' | b'\'' => strings.push(self.string()?),
                _ => self.at += self.rest().chars().next().map_or(1, char::len_utf8),
            }
        }
        let mut strings = strings.into_iter();
        match (strings.next(), strings.next()) {
            (Some(agent), None) if is_agent => self.add("User-Agent", agent),
            (Some(name), Some(value)) if is_cookie => self.cookies.push((name, value)),
            _ => {}
        }
        Some(())
    }

    fn add(&mut self, name: &str, value: Excerpt) {
        let span = value.span;
        self.fields.push(PastedField { name: Excerpt::derived(name.as_bytes(), span), value, span });
    }

    /// The parameters of a command.
    fn command(mut self, start: usize) -> Option<Command> {
        let (mut url, mut method, mut body, mut length) = (None, None, None, None);
        loop {
            self.space();
            match self.byte() {
                None | Some(b'\r' | b'\n' | b';' | b'|' | b')' | b'}') => break,
                Some(b'-') => {
                    let from = self.at;
                    let name = self.word();
                    let name = name.trim_end_matches(':').to_ascii_lowercase();
                    match name.as_str() {
                        "-uri" => url = self.value(),
                        "-method" | "-custommethod" => method = self.value(),
                        "-headers" => self.headers()?,
                        "-contenttype" => {
                            if let Some(value) = self.value() {
                                self.add("Content-Type", value);
                            }
                        }
                        "-useragent" => {
                            if let Some(value) = self.value() {
                                self.add("User-Agent", value);
                            }
                        }
                        "-body" => {
                            self.space();
                            let from = self.at;
                            length = self.text_length();
                            body = Some(Span::new(from, self.at));
                        }
                        "-infile" => {
                            self.space();
                            let from = self.at;
                            self.skip_value();
                            let span = Span::new(from, self.at);
                            self.problems.push(ProblemKind::File { option: "-InFile".into() }.at(span));
                            body = Some(span);
                        }
                        "-websession"
                        | "-outfile"
                        | "-timeoutsec"
                        | "-maximumredirection"
                        | "-proxy"
                        | "-credential"
                        | "-sessionvariable"
                        | "-httpversion" => self.skip_value(),
                        "-usebasicparsing"
                        | "-usedefaultcredentials"
                        | "-skipcertificatecheck"
                        | "-passthru"
                        | "-disablekeepalive"
                        | "-skiphttperrorcheck"
                        | "-allowinsecureredirect"
                        | "-skipheadervalidation" => {}
                        _ => {
                            let option = self.text.get(from..self.at).unwrap_or_default().to_owned();
                            self.problems.push(ProblemKind::UnknownOption { option }.at(Span::new(from, self.at)));
                        }
                    }
                }
                // The URL may stand without its name.
                Some(byte) if url.is_none() && byte != b'`' => url = self.value(),
                Some(_) => self.skip_value(),
            }
        }
        let span = Span::new(start, self.at);
        let next = line_at(self.text, self.at).next;
        let target = url?;
        self.drop_pseudo_headers();
        self.cookie();
        let empty = PastedRequest::new(PastedForm::PowerShell, span);
        let is_sent = body.is_some_and(|body| !body.is_empty());
        let request = PastedRequest {
            start_line: target.span,
            method: method.unwrap_or(empty.method),
            target,
            headers: self.fields,
            body: body.filter(|_| is_sent).map(|body| PastedBody { span: Some(body), length }),
            ..empty
        };
        Some(Command { requests: vec![request], problems: self.problems, next, plausible: true })
    }

    /// `@{ "name"="value"; name = "value" }`
    fn headers(&mut self) -> Option<()> {
        self.space();
        if !self.rest().starts_with("@{") {
            let from = self.at;
            self.skip_value();
            self.problems.push(ProblemKind::OnlyScriptKnows.at(Span::new(from, self.at)));
            return Some(());
        }
        self.at += 2;
        loop {
            self.white_space();
            if self.byte()? == b'}' {
                self.at += 1;
                return Some(());
            }
            let name = match self.byte()? {
                b'"' | b'\'' => self.string()?,
                _ => {
                    let from = self.at;
                    while self.byte().is_some_and(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_')) {
                        self.at += 1;
                    }
                    Excerpt::literal(self.text, Span::new(from, self.at))
                }
            };
            self.white_space();
            if self.byte()? != b'=' {
                return None;
            }
            self.at += 1;
            let value = self.value()?;
            let span = name.span.hull(value.span);
            if is_token(name.bytes()) {
                self.fields.push(PastedField { name, value, span });
            } else {
                self.problems.push(ProblemKind::NotAName.at(name.span));
            }
        }
    }

    /// A string, a bare word, or what only the shell knows.
    fn value(&mut self) -> Option<Excerpt> {
        self.space();
        let from = self.at;
        match self.byte()? {
            b'"' | b'\'' => self.string(),
            b'$' | b'(' => {
                self.skip_value();
                let span = Span::new(from, self.at);
                self.problems.push(ProblemKind::Substitution.at(span));
                Some(Excerpt::literal(self.text, span))
            }
            _ => {
                self.word();
                Some(Excerpt::literal(self.text, Span::new(from, self.at))).filter(|word| !word.bytes().is_empty())
            }
        }
    }

    /// Passes over a value, and gives the length of what it says if it is a string.
    fn text_length(&mut self) -> Option<u64> {
        if !matches!(self.byte(), Some(b'"' | b'\'')) {
            self.skip_value();
            return None;
        }
        let text = self.string();
        if text.is_none() {
            self.at = self.limit;
        }
        text.map(|text| text.bytes().len() as u64)
    }

    fn word(&mut self) -> String {
        let ends = [' ', '\t', '\r', '\n', ';', '|', '`', ')', '}'];
        let word = self.rest().split(ends).next().unwrap_or_default().to_owned();
        self.at += word.len();
        word
    }

    /// Passes over a value: a string, a word, or what stands in parentheses. It is at least one character.
    fn skip_value(&mut self) {
        self.space();
        let from = self.at;
        match self.byte() {
            Some(b'"' | b'\'') => {
                if self.string().is_none() {
                    self.at = self.limit;
                }
            }
            Some(b'(') => {
                let mut depth = 0_usize;
                while let Some(byte) = self.byte() {
                    match byte {
                        b'(' => depth += 1,
                        b')' => depth = depth.saturating_sub(1),
                        b'"' | b'\'' => {
                            if self.string().is_none() {
                                self.at = self.limit;
                            }
                            continue;
                        }
                        _ => {}
                    }
                    self.at += self.rest().chars().next().map_or(1, char::len_utf8);
                    if depth == 0 {
                        break;
                    }
                }
            }
            _ => {
                self.word();
            }
        }
        if self.at == from {
            self.at += self.rest().chars().next().map_or(0, char::len_utf8);
        }
    }

    /// A string in quotes. Nothing where they are not closed.
    fn string(&mut self) -> Option<Excerpt> {
        let quote = self.rest().chars().next()?;
        let opening = Span::new(self.at, self.at + 1);
        self.at += 1;
        let mut draft = Draft::at(self.at);
        loop {
            let Some(found) = self.rest().chars().next() else {
                self.problems.push(ProblemKind::UnclosedQuote.at(opening));
                return None;
            };
            let from = self.at;
            self.at += found.len_utf8();
            let after = self.rest().chars().next();
            if found == quote {
                if after != Some(quote) {
                    return Some(draft.finish());
                }
                self.at += quote.len_utf8();
                draft.derived(&[quote as u8], Span::new(from, self.at));
            } else if found == '`' && quote == '"' {
                let Some(escaped) = after else { continue };
                self.at += escaped.len_utf8();
                let says = match escaped {
                    'n' => '\n',
                    'r' => '\r',
                    't' => '\t',
                    '0' => '\0',
                    other => other,
                };
                draft.derived(says.encode_utf8(&mut [0; 4]).as_bytes(), Span::new(from, self.at));
            } else if let Some((says, length)) = Some(from).filter(|_| found == '$' && quote == '"').and_then(|at| self.code(at))
            {
                self.at = from + length;
                draft.derived(says.encode_utf8(&mut [0; 4]).as_bytes(), Span::new(from, self.at));
            } else {
                if found == '$' && quote == '"' && after.is_some_and(|after| after.is_alphabetic() || matches!(after, '(' | '{'))
                {
                    self.problems.push(ProblemKind::Substitution.at(Span::new(from, self.at)));
                }
                draft.literal(self.text, Span::new(from, self.at));
            }
        }
    }

    /// `$([char]233)`, as developer tools write what is not ASCII: the character, and how long that is.
    fn code(&self, at: usize) -> Option<(char, usize)> {
        let rest = self.text.get(at..self.limit)?;
        let digits = rest.strip_prefix("$([char]")?;
        let (digits, _) = digits.split_once(')')?;
        let found = char::from_u32(digits.parse().ok()?)?;
        Some((found, "$([char]".len() + digits.len() + 1))
    }

    /// The pseudo-headers, which developer tools write without their colons.
    fn drop_pseudo_headers(&mut self) {
        const PSEUDO: [&str; 4] = ["authority", "method", "path", "scheme"];
        if PSEUDO.iter().all(|name| self.fields.iter().any(|field| field.name.bytes() == name.as_bytes())) {
            self.fields.retain(|field| !PSEUDO.iter().any(|name| field.name.bytes() == name.as_bytes()));
        }
    }

    /// The cookies of the session as one header.
    fn cookie(&mut self) {
        let mut cookies = std::mem::take(&mut self.cookies).into_iter();
        let Some((name, value)) = cookies.next() else { return };
        let mut draft = Draft::at(name.span.start);
        let mut add = |name: &Excerpt, value: &Excerpt| {
            draft.append(name);
            draft.derived(b"=", Span::new(name.span.end, value.span.start.max(name.span.end)));
            draft.append(value);
        };
        add(&name, &value);
        let mut end = value.span.end;
        for (name, value) in cookies {
            draft.derived(b"; ", Span::new(end, name.span.start.max(end)));
            draft.append(&name);
            draft.derived(b"=", Span::new(name.span.end, value.span.start.max(name.span.end)));
            draft.append(&value);
            end = value.span.end;
        }
        let value = draft.finish();
        self.add("Cookie", value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Option<String> {
        let command = read(text, 0)?;
        let request = &command.requests[0];
        let headers: Vec<_> =
            request.headers.iter().map(|field| format!("{}: {}", field.name.text(), field.value.text())).collect();
        let body = request.body.and_then(|body| body.span).map_or("", |span| span.of(text));
        let problems: Vec<_> = command.problems.iter().map(|problem| &problem.kind).collect();
        let rest = &text[command.next..];
        Some(format!("{} {} {headers:?} {body} {problems:?} {rest}", request.method.text(), request.target.text()))
    }

    #[test]
    fn commands_are_read() {
        for (text, expected) in [
            ("Invoke-WebRequest https://a.example/x\nmore", Some("GET https://a.example/x []  [] more")),
            ("iwr -Uri 'https://a.example/it''s' -Method Put", Some("Put https://a.example/it's []  [] ")),
            (
                "Invoke-RestMethod `\r\n -Uri \"https://a.example/\" `\r\n -Headers @{\r\n\"x-a\"=\"b`\"c\"\r\nX-B = 'd'; \"y\"=\"$([char]233)\"} -Body \"{`\"a`\":1}\"\r\n",
                Some("GET https://a.example/ [\"x-a: b\\\"c\", \"X-B: d\", \"y: é\"] \"{`\"a`\":1}\" [] "),
            ),
            (
                "Invoke-WebRequest -Uri $url -Headers $h -Foo",
                Some("GET $url []  [Substitution, OnlyScriptKnows, UnknownOption { option: \"-Foo\" }] "),
            ),
            ("Invoke-WebRequest -Uri \"https://a.example/", None),
            ("Invoke-WebRequest -Headers @{\"a\"", None),
            ("irm https://a.example/ }\nmore", Some("GET https://a.example/ []  [] more")),
            ("irm -TimeoutSec 5 `https://a.example/", Some("GET https://a.example/ []  [] ")),
            ("irm -Verbose }", None),
            ("irm ` }", None),
            ("$x = 1\nls", None),
        ] {
            assert_eq!(shown(text).as_deref(), expected, "{text}");
        }
    }
}
