//! A `curl` command line, read as the request that it sends.

mod cmd;
mod options;
mod shell;

use super::excerpt::{Draft, Excerpt};
use super::message::{PastedBody, PastedField, PastedForm, PastedRequest, field};
use super::problem::{Problem, ProblemKind};
use super::span::Span;
use options::{Argument, Flag, argument_of_long, argument_of_short};

/// A command, and what it sends.
#[derive(Debug)]
pub(super) struct Command {
    /// One request for each URL.
    pub(super) requests: Vec<PastedRequest>,
    pub(super) problems: Vec<Problem>,
    /// Where the command ends: the start of the line after it.
    pub(super) next: usize,
    /// Whether it is a command, and not a sentence about curl.
    pub(super) plausible: bool,
}

/// Reads the command whose first word, `curl`, starts at `at`.
pub(super) fn read(text: &str, at: usize) -> Command {
    let read = if cmd::is_cmd(text, at) { cmd::words } else { shell::words };
    let shell::Words { words, mut problems, next } = read(text, at);
    let span = Span::new(at, words.iter().map(|word| word.span.end).max().unwrap_or(at));
    let mut words = words.into_iter();
    let curl = words.next().map_or(Span::new(at, at), |word| word.span);
    let plausible = words.as_slice().iter().any(is_telling);
    let mut requests = Vec::new();
    let mut more = More::Yes;
    while more == More::Yes {
        let mut read = Reading { curl, ..Reading::default() };
        more = read.words(&mut words, &mut problems);
        requests.extend(read.finish(span, &mut problems));
    }
    Command { requests, problems, next, plausible }
}

/// Whether a word is an option, or what a URL looks like.
fn is_telling(word: &Excerpt) -> bool {
    let bytes = word.bytes();
    bytes.starts_with(b"-")
        || bytes.starts_with(b"$")
        || bytes.starts_with(b"localhost")
        || bytes.iter().rev().skip(1).any(|&byte| matches!(byte, b'.' | b'/' | b'['))
}

/// Whether `--next` starts another request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum More {
    Yes,
    No,
}

/// The options so far.
#[derive(Debug, Default)]
struct Reading {
    curl: Span,
    urls: Vec<Excerpt>,
    method: Option<Excerpt>,
    headers: Vec<PastedField>,
    data: Vec<Data>,
    query: Vec<Data>,
    form: Option<Span>,
    json: Option<Span>,
    upload: Option<Span>,
    head: bool,
    get: bool,
}

#[derive(Debug)]
struct Data {
    value: Excerpt,
    /// Whether it is sent as it stands: it neither names a file nor is encoded.
    exact: bool,
}

impl Reading {
    fn words(&mut self, words: &mut impl Iterator<Item = Excerpt>, problems: &mut Vec<Problem>) -> More {
        let mut options = true;
        while let Some(word) = words.next() {
            match word.bytes() {
                b"--" if options => options = false,
                [b'-', b'-', ..] if options => {
                    let name = word.from(2).text().into_owned();
                    match argument_of_long(&name) {
                        Argument::None(Flag::Next) => return More::Yes,
                        Argument::None(flag) => self.flag(flag),
                        Argument::Takes(option) => match words.next() {
                            Some(argument) => self.option(option, &word, &argument, problems),
                            None => problems.push(ProblemKind::NoArgument { option: format!("--{name}") }.at(word.span)),
                        },
                        Argument::Unknown => {
                            problems.push(ProblemKind::UnknownOption { option: format!("--{name}") }.at(word.span))
                        }
                    }
                }
                [b'-', b':'] if options => return More::Yes,
                [b'-', _, ..] if options => self.cluster(&word, words, problems),
                [] => {}
                _ => self.urls.push(word),
            }
        }
        More::No
    }

    /// Several options of one letter in a word, the last of which may have its argument there too.
    fn cluster(&mut self, word: &Excerpt, words: &mut impl Iterator<Item = Excerpt>, problems: &mut Vec<Problem>) {
        for (at, &letter) in word.bytes().iter().enumerate().skip(1) {
            let shown = || format!("-{}", char::from(letter));
            match argument_of_short(letter) {
                Argument::None(flag) => self.flag(flag),
                Argument::Unknown => {
                    problems.push(ProblemKind::UnknownOption { option: shown() }.at(word.locate(at..at + 1)));
                    return;
                }
                Argument::Takes(option) => {
                    let glued = word.from(at + 1);
                    let argument = if glued.bytes().is_empty() { words.next() } else { Some(glued) };
                    match argument {
                        Some(argument) => self.option(option, word, &argument, problems),
                        None => problems.push(ProblemKind::NoArgument { option: shown() }.at(word.span)),
                    }
                    return;
                }
            }
        }
    }

    fn flag(&mut self, flag: Flag) {
        match flag {
            Flag::Head => self.head = true,
            Flag::Get => self.get = true,
            Flag::Next | Flag::Other => {}
        }
    }

    fn option(&mut self, option: options::Option, word: &Excerpt, argument: &Excerpt, problems: &mut Vec<Problem>) {
        use options::Option;
        let starts_with_at = argument.bytes().first() == Some(&b'@');
        let file = || ProblemKind::File { option: word.text().into_owned() }.at(argument.span);
        let whole = word.span.hull(argument.span);
        match option {
            Option::Other => {}
            Option::Url => self.urls.push(argument.clone()),
            Option::Request => self.method = Some(argument.clone()),
            Option::Header if starts_with_at => problems.push(file()),
            Option::Header => self.header(argument, problems),
            Option::UserAgent => self.add("User-Agent", argument.clone()),
            Option::Origin => self.add("Origin", argument.clone()),
            Option::Referer => self.add("Referer", argument.slice(0..without_auto(argument.bytes()))),
            Option::Cookie if argument.bytes().contains(&b'=') => self.add("Cookie", argument.clone()),
            Option::Cookie => problems.push(file()),
            Option::User => {
                let value = format!("Basic {}", base64(argument.bytes()));
                self.add("Authorization", Excerpt::derived(value.as_bytes(), argument.span));
            }
            Option::Bearer => {
                self.add("Authorization", prefixed(b"Bearer ", word.span, argument));
            }
            Option::Range => {
                self.add("Range", prefixed(b"bytes=", word.span, argument));
            }
            Option::Data => self.data.push(Data { value: argument.clone(), exact: !starts_with_at }),
            Option::RawData => self.data.push(Data { value: argument.clone(), exact: true }),
            Option::UrlEncoded => self.data.push(Data { value: argument.clone(), exact: false }),
            Option::UrlQuery => self.query.push(Data { value: argument.clone(), exact: false }),
            Option::Json => {
                self.json = Some(whole);
                self.data.push(Data { value: argument.clone(), exact: !starts_with_at });
            }
            Option::Form => self.form = Some(self.form.map_or(whole, |form| form.hull(whole))),
            Option::Upload => self.upload = Some(whole),
        }
    }

    fn add(&mut self, name: &str, value: Excerpt) {
        let span = value.span;
        self.headers.push(PastedField { name: Excerpt::derived(name.as_bytes(), span), value, span });
    }

    /// `Name: value`; `Name;` sends an empty one, `Name:` sends none.
    fn header(&mut self, argument: &Excerpt, problems: &mut Vec<Problem>) {
        let (name, value) = match argument.split_at_byte(b':') {
            Some((name, value)) if !value.trimmed().bytes().is_empty() => (name.trimmed(), value.trimmed()),
            Some(_) => return,
            None => match argument.split_at_byte(b';') {
                Some((name, rest)) if rest.trimmed().bytes().is_empty() => (name.trimmed(), rest.trimmed()),
                _ => return problems.push(ProblemKind::NoColon.at(argument.span)),
            },
        };
        if name.bytes().is_empty() {
            problems.push(ProblemKind::EmptyName.at(argument.span));
        } else if !crate::infra::bytes::is_token(name.bytes()) {
            problems.push(ProblemKind::NotAName.at(name.span));
        } else {
            self.headers.push(PastedField { name, value, span: argument.span });
        }
    }

    fn finish(mut self, span: Span, problems: &mut Vec<Problem>) -> Vec<PastedRequest> {
        if self.urls.is_empty() {
            problems.push(ProblemKind::NoUrl.at(self.curl));
            return Vec::new();
        }
        if self.get {
            self.query.append(&mut self.data);
        }
        let body = self.body();
        let method = self.method.take().unwrap_or_else(|| {
            let (implied, span): (&[u8], Span) = match (self.head, &body, self.upload) {
                (true, ..) => (b"HEAD", self.curl),
                (_, _, Some(upload)) => (b"PUT", upload),
                (_, Some(body), _) => (b"POST", body.span.unwrap_or(self.curl)),
                _ => (b"GET", self.curl),
            };
            Excerpt::derived(implied, span)
        });
        let request = |target: &Excerpt| PastedRequest {
            method: method.clone(),
            target: with_query(target, &self.query),
            headers: self.headers.clone(),
            body,
            ..PastedRequest::new(PastedForm::Command, span)
        };
        self.urls.iter().map(request).collect()
    }

    /// The body, and the `Content-Type` that its kind implies.
    fn body(&mut self) -> Option<PastedBody> {
        let imply = |headers: &mut Vec<PastedField>, name: &str, value: &[u8], span: Span| {
            if field(headers, name).is_none() {
                headers.push(PastedField {
                    name: Excerpt::derived(name.as_bytes(), span),
                    value: Excerpt::derived(value, span),
                    span,
                });
            }
        };
        if let Some(form) = self.form {
            imply(&mut self.headers, "Content-Type", b"multipart/form-data; boundary=------------------------", form);
            return Some(PastedBody { span: Some(form), length: None });
        }
        if let Some(upload) = self.upload {
            return Some(PastedBody { span: Some(upload), length: None });
        }
        let span = self.data.iter().map(|data| data.value.span).reduce(Span::hull)?;
        if let Some(json) = self.json {
            imply(&mut self.headers, "Content-Type", b"application/json", json);
            imply(&mut self.headers, "Accept", b"application/json", json);
        } else {
            imply(&mut self.headers, "Content-Type", b"application/x-www-form-urlencoded", span);
        }
        let exact = self.data.iter().all(|data| data.exact);
        // NB: curl joins several with `&`; JSON is joined without.
        let joints = if self.json.is_some() { 0 } else { self.data.len() - 1 };
        let length = self.data.iter().map(|data| data.value.bytes().len()).sum::<usize>() + joints;
        Some(PastedBody { span: Some(span), length: exact.then_some(length as u64) })
    }
}

/// `-G` and `--url-query` put data into the query.
fn with_query(target: &Excerpt, data: &[Data]) -> Excerpt {
    let mut draft = target.draft();
    let mut joint: &[u8] = if target.bytes().contains(&b'?') { b"&" } else { b"?" };
    for data in data {
        draft.derived(joint, data.value.span);
        draft.append(&data.value);
        joint = b"&";
    }
    draft.finish()
}

/// A value that an option makes of its argument.
fn prefixed(prefix: &[u8], option: Span, argument: &Excerpt) -> Excerpt {
    let mut draft = Draft::at(option.start);
    draft.derived(prefix, option);
    draft.append(argument);
    draft.finish()
}

/// The length of a referrer without curl's own `;auto`.
fn without_auto(argument: &[u8]) -> usize {
    argument.strip_suffix(b";auto").unwrap_or(argument).len()
}

/// <https://www.rfc-editor.org/rfc/rfc4648#section-4>
fn base64(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for chunk in bytes.chunks(3) {
        let group = chunk.iter().fold(0_u32, |group, &byte| group << 8 | u32::from(byte)) << (8 * (3 - chunk.len()));
        for place in 0..4 {
            let digit = (group >> (18 - 6 * place)) & 0x3f;
            out.push(if place > chunk.len() { '=' } else { ALPHABET.get(digit as usize).map_or('=', |&byte| char::from(byte)) });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_all(text: &str) -> Vec<String> {
        let command = read(text, 0);
        let request = |request: &PastedRequest| {
            let headers: Vec<_> = request.headers.iter().map(|f| format!("{}: {}", f.name.text(), f.value.text())).collect();
            let body = request.body.map_or("-".into(), |body| format!("{:?}", body.length));
            format!("{} {} [{}] {body}", request.method.text(), request.target.text(), headers.join(" | "))
        };
        let mut all: Vec<_> = command.requests.iter().map(request).collect();
        all.extend(command.problems.iter().map(|problem| format!("{:?} {}", problem.kind, problem.span.unwrap().of(text))));
        all
    }

    #[test]
    fn commands() {
        let form = "Content-Type: application/x-www-form-urlencoded";
        for (command, expected) in [
            ("curl https://a.example/x", vec!["GET https://a.example/x [] -".to_owned()]),
            ("curl -sSLi -XPUT a.example", vec!["PUT a.example [] -".into()]),
            ("curl -I a.example", vec!["HEAD a.example [] -".into()]),
            (
                "curl -i 'https://a.example/x?a=b&c' -H 'Origin: https://app.example' -H \"X-A: it's \\\"1\\\"\" -H 'X-Empty;' -H Accept:",
                vec!["GET https://a.example/x?a=b&c [Origin: https://app.example | X-A: it's \"1\" | X-Empty: ] -".into()],
            ),
            ("curl a.example -d a=b -d c=d", vec![format!("POST a.example [{form}] Some(7)")]),
            ("curl a.example -d @file", vec![format!("POST a.example [{form}] None")]),
            ("curl a.example --data-raw @file", vec![format!("POST a.example [{form}] Some(5)")]),
            (
                "curl a.example --json '{\"a\":1}'",
                vec!["POST a.example [Content-Type: application/json | Accept: application/json] Some(7)".into()],
            ),
            (
                "curl a.example -H 'content-type: application/json' --data-raw '{\n}'",
                vec!["POST a.example [content-type: application/json] Some(3)".into()],
            ),
            ("curl -G a.example/x -d a=b --data-urlencode c=d", vec!["GET a.example/x?a=b&c=d [] -".into()]),
            ("curl -T file a.example", vec!["PUT a.example [] None".into()]),
            (
                "curl -F a=b a.example",
                vec!["POST a.example [Content-Type: multipart/form-data; boundary=------------------------] None".into()],
            ),
            (
                "curl -u joe:pw -b 'a=b; c=d' -A me -e 'https://app.example/;auto' -r 0-9 a.example",
                vec![
                    "GET a.example [Authorization: Basic am9lOnB3 | Cookie: a=b; c=d | User-Agent: me | \
                     Referer: https://app.example/ | Range: bytes=0-9] -"
                        .into(),
                ],
            ),
            (
                "curl --oauth2-bearer t0 -m 5 -o out -w '%{http_code}' a.example",
                vec!["GET a.example [Authorization: Bearer t0] -".into()],
            ),
            (
                "curl -I a.example --next b.example -: -X PUT c.example",
                vec!["HEAD a.example [] -".into(), "GET b.example [] -".into(), "PUT c.example [] -".into()],
            ),
            ("curl a.example b.example", vec!["GET a.example [] -".into(), "GET b.example [] -".into()]),
            ("curl --origin https://app.example a.example", vec!["GET a.example [Origin: https://app.example] -".into()]),
            ("curl a.example 2>&1 | tee out", vec!["GET a.example [] -".into()]),
            ("curl a.example > out", vec!["GET a.example [] -".into()]),
            ("curl -- -a.example", vec!["GET -a.example [] -".into()]),
            ("curl --bogus a.example", vec!["GET a.example [] -".into(), "UnknownOption { option: \"--bogus\" } --bogus".into()]),
            ("curl -i", vec!["NoUrl curl".into()]),
            ("curl a.example -H", vec!["GET a.example [] -".into(), "NoArgument { option: \"-H\" } -H".into()]),
            ("curl a.example -H 'Bad Name: x'", vec!["GET a.example [] -".into(), "NotAName Bad Name".into()]),
            ("curl a.example -b jar", vec!["GET a.example [] -".into(), "File { option: \"-b\" } jar".into()]),
        ] {
            assert_eq!(read_all(command), expected, "{command}");
        }
    }

    #[test]
    fn base64_of_each_length() {
        for (bytes, expected) in [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("joe:pw", "am9lOnB3")] {
            assert_eq!(base64(bytes.as_bytes()), expected);
        }
    }
}
