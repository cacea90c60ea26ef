//! How people write a list of allowed origins: a call, a regular expression, a pattern with `*`, or origins.

use serde::Serialize;

use super::NotUnderstood;
use super::regex::{Node, Regex, Sample, samples};

/// What a text was read as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "page", derive(tsify::Tsify))]
pub enum AllowListKind {
    /// Whole origins.
    Origins,
    /// What an origin starts with.
    Start,
    /// What an origin ends with.
    End,
    /// What is somewhere in an origin.
    Inside,
    /// A pattern in which `*` stands for anything.
    Wildcard,
    /// A regular expression.
    Regex,
}

/// A list of allowed origins, ready to be asked.
#[derive(Debug, Clone)]
pub(super) struct Written {
    pub kind: AllowListKind,
    matchers: Vec<Matcher>,
}

#[derive(Debug, Clone)]
enum Matcher {
    Whole(String),
    Start(String),
    End(String),
    Inside(String),
    Regex(Regex),
}

/// What the calls are named that look at the end, at the start, or anywhere, in the languages that servers are written in.
const CALLS: [(&str, AllowListKind); 19] = [
    ("endsWith", AllowListKind::End),
    ("endswith", AllowListKind::End),
    ("EndsWith", AllowListKind::End),
    ("ends_with", AllowListKind::End),
    ("end_with?", AllowListKind::End),
    ("HasSuffix", AllowListKind::End),
    ("startsWith", AllowListKind::Start),
    ("startswith", AllowListKind::Start),
    ("StartsWith", AllowListKind::Start),
    ("starts_with", AllowListKind::Start),
    ("start_with?", AllowListKind::Start),
    ("HasPrefix", AllowListKind::Start),
    ("includes", AllowListKind::Inside),
    ("contains", AllowListKind::Inside),
    ("Contains", AllowListKind::Inside),
    ("include?", AllowListKind::Inside),
    ("indexOf", AllowListKind::Inside),
    ("strpos", AllowListKind::Inside),
    ("find", AllowListKind::Inside),
];

/// The longest text that is read, in bytes.
const LONGEST: usize = 4_000;

impl Written {
    pub(super) fn read(text: &str) -> Result<Self, NotUnderstood> {
        let start = text.len() - text.trim_start().len();
        let text = text.trim();
        if text.is_empty() || text.len() > LONGEST {
            return Err(NotUnderstood { at: start });
        }
        let unread = |at: usize| NotUnderstood { at: start + at };
        if let Some((pattern, flags, at)) = slashed(text) {
            return Self::regex(pattern, flags.contains('i')).map_err(|within| unread(at + within));
        }
        if let Some(pattern) = text.strip_prefix('~') {
            // nginx: `~*` does not tell capital letters from small ones.
            let (pattern, ignore_case) = pattern.strip_prefix('*').map_or((pattern, false), |pattern| (pattern, true));
            let pattern = pattern.trim().trim_matches(['"', '\'']);
            let at = text.find(pattern).unwrap_or_default();
            return Self::regex(pattern, ignore_case).map_err(|within| unread(at + within));
        }
        let literals = literals(text);
        if let Some((pattern, at)) = python(text, &literals) {
            return Self::regex(&pattern, false).map_err(|_| unread(at));
        }
        if text.starts_with('[') && !literals.is_empty() && text.contains(']') {
            return Ok(Self::origins(literals.into_iter().map(|literal| literal.text)));
        }
        let call = CALLS.iter().find(|(name, _)| text.contains(&format!("{name}(")) || text.contains(&format!("{name} ")));
        match (call, literals.last()) {
            (Some((_, kind)), Some(literal)) => {
                let text = literal.text.clone();
                let matcher = match kind {
                    AllowListKind::End => Matcher::End(text),
                    AllowListKind::Start => Matcher::Start(text),
                    _ => Matcher::Inside(text),
                };
                return Ok(Self { kind: *kind, matchers: vec![matcher] });
            }
            (None, Some(literal)) if text.contains(" in ") => {
                return Ok(Self { kind: AllowListKind::Inside, matchers: vec![Matcher::Inside(literal.text.clone())] });
            }
            (None, Some(literal)) if text.contains("==") => return Ok(Self::origins([literal.text.clone()])),
            (None, Some(literal)) if literal.is_all_of(text) => return Self::bare(&literal.text).map_err(|at| unread(at + 1)),
            (Some(_), None) => return Err(unread(0)),
            _ => {}
        }
        Self::bare(text).map_err(unread)
    }

    /// A text by itself.
    fn bare(text: &str) -> Result<Self, usize> {
        let is_regex = text.starts_with('^')
            || text.ends_with('$')
            || ["\\.", ".*", ".+", "[", "|", "\\d"].iter().any(|mark| text.contains(mark));
        if is_regex {
            return Self::regex(text, false);
        }
        if text.contains('*') {
            return Ok(Self::wildcard(text));
        }
        let pieces: Vec<&str> = text.split([',', ' ', ';']).filter(|piece| !piece.is_empty()).collect();
        match pieces.iter().find(|piece| piece.contains(['(', ')', '=', '"', '\''])) {
            Some(piece) => Err(text.find(piece).unwrap_or_default()),
            None => Ok(Self::origins(pieces.into_iter().map(str::to_owned))),
        }
    }

    fn origins(origins: impl IntoIterator<Item = String>) -> Self {
        Self { kind: AllowListKind::Origins, matchers: origins.into_iter().map(Matcher::Whole).collect() }
    }

    /// At an error, where in the pattern it is, in bytes.
    fn regex(pattern: &str, ignore_case: bool) -> Result<Self, usize> {
        let bytes = |at: usize| pattern.char_indices().nth(at).map_or(pattern.len(), |(byte, _)| byte);
        let regex = Regex::read(pattern, ignore_case).map_err(|unread| bytes(unread.at))?;
        Ok(Self { kind: AllowListKind::Regex, matchers: vec![Matcher::Regex(regex)] })
    }

    fn wildcard(text: &str) -> Self {
        let any = || Node::Repeat { node: Box::new(Node::Any), least: 0, most: None };
        let node = |character| if character == '*' { any() } else { Node::Char(character) };
        let inside = text.chars().map(node);
        let node = Node::Concat([Node::Start].into_iter().chain(inside).chain([Node::End]).collect());
        Self { kind: AllowListKind::Wildcard, matchers: vec![Matcher::Regex(Regex { node, ignore_case: false })] }
    }

    /// Whether `origin` gets in. None where that takes too long to find out.
    pub(super) fn lets_in(&self, origin: &str) -> Option<bool> {
        let mut is_decided = true;
        for matcher in &self.matchers {
            let found = match matcher {
                Matcher::Whole(whole) => Some(whole == origin),
                Matcher::Start(start) => Some(origin.starts_with(&**start)),
                Matcher::End(end) => Some(origin.ends_with(&**end)),
                Matcher::Inside(inside) => Some(origin.contains(&**inside)),
                Matcher::Regex(regex) => regex.finds(origin),
            };
            match found {
                Some(true) => return Some(true),
                Some(false) => {}
                None => is_decided = false,
            }
        }
        is_decided.then_some(false)
    }

    /// Texts that say what is meant, with `filler` for what is left open.
    pub(super) fn samples(&self, filler: &str) -> Vec<Sample> {
        let of = |matcher: &Matcher| match matcher {
            Matcher::Whole(text) | Matcher::Start(text) | Matcher::End(text) | Matcher::Inside(text) => {
                vec![Sample { text: text.clone(), dots: Vec::new() }]
            }
            Matcher::Regex(regex) => samples(&regex.node, filler),
        };
        self.matchers.iter().flat_map(of).collect()
    }
}

/// The pattern and the flags of `/.../i`, wherever it stands, and where it starts.
fn slashed(text: &str) -> Option<(&str, &str, usize)> {
    let is_call = |before: &str| {
        let before = before.trim_end();
        before.is_empty() || before.ends_with(['(', '=', '\'', '"', '~', ',', ':'])
    };
    let start = text.char_indices().find(|(at, character)| *character == '/' && text.get(..*at).is_some_and(is_call))?.0;
    // A URL has two slashes, and a pattern does not start with one.
    let rest = text.get(start + 1..).filter(|rest| !rest.starts_with('/'))?;
    let mut is_escaped = false;
    let mut in_class = false;
    for (at, character) in rest.char_indices() {
        match character {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            '[' => in_class = true,
            ']' => in_class = false,
            '/' if !in_class => {
                let flags = rest.get(at + 1..)?;
                let end = flags.find(|flag: char| !flag.is_ascii_alphabetic()).unwrap_or(flags.len());
                return Some((rest.get(..at)?, flags.get(..end)?, start + 1));
            }
            _ => {}
        }
    }
    None
}

/// A text between quotes.
struct Literal {
    text: String,
    /// Where its first quote is.
    start: usize,
    /// One after its last quote.
    end: usize,
    is_raw: bool,
}

impl Literal {
    fn is_all_of(&self, text: &str) -> bool {
        self.start == 0 && self.end == text.len()
    }
}

fn literals(text: &str) -> Vec<Literal> {
    let mut found = Vec::new();
    let mut rest = 0;
    while let Some((start, quote)) =
        text.get(rest..).and_then(|tail| tail.char_indices().find(|(_, character)| matches!(character, '"' | '\'' | '`')))
    {
        let start = rest + start;
        let Some(length) = text.get(start + 1..).and_then(|tail| tail.find(quote)) else { break };
        let end = start + length + 2;
        let is_raw = quote == '`' || text.get(..start).is_some_and(|before| before.ends_with('r'));
        found.push(Literal { text: text.get(start + 1..end - 1).unwrap_or_default().to_owned(), start, end, is_raw });
        rest = end;
    }
    found
}

/// The pattern of `re.match(r"...", origin)` and its like, as one that is looked for anywhere; and where it starts.
fn python(text: &str, literals: &[Literal]) -> Option<(String, usize)> {
    let literal = literals.first()?;
    let before = text.get(..literal.start)?.trim_end_matches('r');
    let call = before.trim_end().strip_suffix('(')?;
    let pattern = if literal.is_raw { literal.text.clone() } else { literal.text.replace("\\\\", "\\") };
    let at = literal.start + 1;
    match call {
        _ if call.ends_with("fullmatch") => Some((format!("^(?:{pattern})$"), at)),
        _ if call.ends_with("re.match") => Some((format!("^(?:{pattern})"), at)),
        _ if ["re.search", "re.compile", "RegExp", "Regexp.new", "MustCompile", "MatchString", "Regex::new"]
            .iter()
            .any(|name| call.ends_with(name)) =>
        {
            Some((pattern, at))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_write() {
        use AllowListKind::{End, Inside, Origins, Regex, Start, Wildcard};
        // the text, what it is, an origin that gets in, one that does not
        for (text, kind, inside, outside) in [
            ("https://a.example", Origins, "https://a.example", "https://b.example"),
            (" \"https://a.example\" ", Origins, "https://a.example", "https://b.example"),
            ("https://a.example, https://b.example", Origins, "https://b.example", "https://c.example"),
            ("[\"https://a.example\", 'https://b.example'].includes(origin)", Origins, "https://b.example", "https://a"),
            ("origin === 'https://a.example'", Origins, "https://a.example", "https://a.example.b"),
            ("origin.endsWith(\"a.example\")", End, "https://xa.example", "https://a.example.b"),
            ("strings.HasSuffix(origin, \".a.example\")", End, "https://x.a.example", "https://a.example"),
            ("origin.end_with? '.a.example'", End, "https://x.a.example", "https://a.example"),
            ("origin.startswith('https://a')", Start, "https://ab", "http://a"),
            ("origin.includes(`a.example`)", Inside, "https://a.example.b", "https://b"),
            ("origin.indexOf('a.example') !== -1", Inside, "https://a.example.b", "https://b"),
            ("'a.example' in origin", Inside, "https://a.example.b", "https://b"),
            ("https://*.a.example", Wildcard, "https://x.a.example", "https://a.example"),
            ("*", Wildcard, "https://a.example", ""),
            ("/a\\.example$/", Regex, "https://a.example", "https://aaexample"),
            ("/A\\.example$/i", Regex, "https://a.example", "https://aaexample"),
            ("/[/]a$/.test(origin)", Regex, "https://a", "https://ba"),
            ("origin: /^https:\\/\\/a$/", Regex, "https://a", "https://ab"),
            ("origin.match(/a\\.example$/)", Regex, "https://a.example", "https://aaexample"),
            ("~^https://a\\.example$", Regex, "https://a.example", "https://a.example.b"),
            ("~* \"A\\.example$\"", Regex, "https://a.example", "https://a.example.b"),
            ("re.match(r\"https://a\\.example\", origin)", Regex, "https://a.example.b", "xhttps://a.example"),
            ("re.fullmatch(r'https://a\\.example', origin)", Regex, "https://a.example", "https://a.example.b"),
            ("new RegExp(\"a\\\\.example$\")", Regex, "https://a.example", "https://aaexample"),
            ("regexp.MustCompile(`a\\.example$`)", Regex, "https://a.example", "https://aaexample"),
            ("^https://a\\.example$", Regex, "https://a.example", "https://a.example.b"),
            ("https://(a|b)\\.example", Regex, "https://b.example", "https://c.example"),
        ] {
            let written = Written::read(text).unwrap_or_else(|error| panic!("{text}: {error:?}"));
            assert_eq!(written.kind, kind, "{text}");
            assert_eq!(written.lets_in(inside), Some(true), "{text} {inside}");
            assert_eq!(written.lets_in(outside), Some(outside.is_empty()), "{text} {outside}");
        }
    }

    #[test]
    fn what_is_not_understood() {
        for (text, at) in [
            ("", 0),
            ("  ", 2),
            ("/a(?!b)/", 3),
            ("  /a(?!b)/", 5),
            ("~ ^a(?=b)", 5),
            ("isAllowed(origin)", 0),
            ("allowed = origin", 8),
            ("origin.endsWith(suffix)", 0),
        ] {
            assert_eq!(Written::read(text).err(), Some(NotUnderstood { at }), "{text:?}");
        }
    }
}
