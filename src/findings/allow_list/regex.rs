//! Regular expressions, as far as lists of allowed origins use them: read, matched, and turned around into texts that match.
//!
//! Own code and no library, because what is asked for is the shape of the pattern (which dot has no backslash, what is left open),
//! and libraries give matches only.

/// What a part of a pattern matches.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Node {
    /// These characters, one after the other.
    Concat(Vec<Node>),
    /// One of these.
    Alternate(Vec<Node>),
    /// One character.
    Char(char),
    /// Any character: a dot.
    Any,
    /// A character in one of the ranges, or in none.
    Class { ranges: Vec<(char, char)>, negated: bool },
    /// The start of the text.
    Start,
    /// The end of the text.
    End,
    /// Between a word and what is none, or not there.
    Boundary { negated: bool },
    /// A part, that many times.
    Repeat { node: Box<Node>, least: usize, most: Option<usize> },
}

/// A pattern that is not understood, and where.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Unread {
    /// In characters.
    pub at: usize,
}

/// The longest pattern that is read, in characters.
const LONGEST: usize = 1_000;
/// How deep groups may be in each other.
const DEEPEST: usize = 30;
/// The most that a number in braces may be.
const MOST: usize = 1_000;
/// How many steps one match may take.
const STEPS: usize = 50_000;

/// A pattern that is ready to match.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Regex {
    pub node: Node,
    pub ignore_case: bool,
}

impl Regex {
    /// Reads a pattern as it stands between the slashes of JavaScript, which the other dialects share as far as this goes.
    pub(super) fn read(pattern: &str, ignore_case: bool) -> Result<Self, Unread> {
        let mut reader = Reader { characters: pattern.chars().collect(), at: 0, depth: 0 };
        if reader.characters.len() > LONGEST {
            return Err(Unread { at: LONGEST });
        }
        let case = reader.eat_all("(?i)");
        let node = reader.alternate()?;
        match reader.peek() {
            Some(_) => Err(reader.unread()),
            None => Ok(Self { node, ignore_case: ignore_case || case }),
        }
    }

    /// Whether it matches somewhere in `text`. None where that takes too long to find out.
    pub(super) fn finds(&self, text: &str) -> Option<bool> {
        let mut matcher = Matcher { text: text.as_bytes(), ignore_case: self.ignore_case, steps: STEPS };
        let found = (0..=text.len()).any(|start| matcher.matches(std::slice::from_ref(&self.node), start, &mut |_, _| true));
        (matcher.steps > 0).then_some(found)
    }
}

struct Reader {
    characters: Vec<char>,
    at: usize,
    depth: usize,
}

impl Reader {
    fn peek(&self) -> Option<char> {
        self.characters.get(self.at).copied()
    }

    fn next(&mut self) -> Option<char> {
        let next = self.peek()?;
        self.at += 1;
        Some(next)
    }

    fn eat(&mut self, wanted: char) -> bool {
        let is_there = self.peek() == Some(wanted);
        self.at += usize::from(is_there);
        is_there
    }

    fn eat_all(&mut self, wanted: &str) -> bool {
        let length = wanted.chars().count();
        let is_there =
            self.characters.get(self.at..self.at + length).is_some_and(|found| found.iter().copied().eq(wanted.chars()));
        self.at += if is_there { length } else { 0 };
        is_there
    }

    /// What is at the last character, or just before it, is not understood.
    fn unread(&self) -> Unread {
        Unread { at: self.at }
    }

    fn alternate(&mut self) -> Result<Node, Unread> {
        let mut choices = vec![self.concat()?];
        while self.eat('|') {
            choices.push(self.concat()?);
        }
        Ok(if choices.len() == 1 { choices.swap_remove(0) } else { Node::Alternate(choices) })
    }

    fn concat(&mut self) -> Result<Node, Unread> {
        let mut nodes = Vec::new();
        while self.peek().is_some_and(|next| !matches!(next, '|' | ')')) {
            let node = self.atom()?;
            nodes.push(self.repeated(node)?);
        }
        Ok(Node::Concat(nodes))
    }

    fn atom(&mut self) -> Result<Node, Unread> {
        let start = self.at;
        match self.next() {
            Some('^') => Ok(Node::Start),
            Some('$') => Ok(Node::End),
            Some('.') => Ok(Node::Any),
            Some('[') => self.class(),
            Some('(') => self.group(),
            Some('\\') => self.escape(),
            Some('*' | '+' | '?') | None => Err(Unread { at: start }),
            Some(character) => Ok(Node::Char(character)),
        }
    }

    fn group(&mut self) -> Result<Node, Unread> {
        let start = self.at;
        if self.eat('?') && !self.eat(':') {
            // A name: `(?<name>...)` or `(?P<name>...)`. What looks around is not understood.
            self.eat('P');
            let is_name = self.eat('<') && self.peek().is_some_and(|next| next.is_ascii_alphabetic() || next == '_');
            while is_name && self.peek().is_some_and(|next| next != '>') {
                self.at += 1;
            }
            if !is_name || !self.eat('>') {
                return Err(Unread { at: start });
            }
        }
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(Unread { at: start });
        }
        let node = self.alternate()?;
        self.depth -= 1;
        if self.eat(')') { Ok(node) } else { Err(self.unread()) }
    }

    fn escape(&mut self) -> Result<Node, Unread> {
        let start = self.at;
        let class = |ranges: &[(char, char)], negated| Node::Class { ranges: ranges.to_vec(), negated };
        Ok(match self.next() {
            Some('d') => class(DIGITS, false),
            Some('D') => class(DIGITS, true),
            Some('w') => class(WORD, false),
            Some('W') => class(WORD, true),
            Some('s') => class(SPACE, false),
            Some('S') => class(SPACE, true),
            Some('b') => Node::Boundary { negated: false },
            Some('B') => Node::Boundary { negated: true },
            Some('A') => Node::Start,
            Some('z' | 'Z') => Node::End,
            Some('t') => Node::Char('\t'),
            Some('n') => Node::Char('\n'),
            Some('r') => Node::Char('\r'),
            Some(character) if !character.is_ascii_alphanumeric() => Node::Char(character),
            _ => return Err(Unread { at: start }),
        })
    }

    fn class(&mut self) -> Result<Node, Unread> {
        let start = self.at;
        let negated = self.eat('^');
        let mut ranges = Vec::new();
        let mut is_first = true;
        loop {
            let character = match self.next() {
                None => return Err(Unread { at: start }),
                Some(']') if !is_first => return Ok(Node::Class { ranges, negated }),
                Some('\\') => match self.escape()? {
                    Node::Char(character) => character,
                    Node::Class { ranges: more, negated: false } => {
                        ranges.extend(more);
                        is_first = false;
                        continue;
                    }
                    _ => return Err(Unread { at: self.at - 1 }),
                },
                Some(character) => character,
            };
            is_first = false;
            let is_range = self.peek() == Some('-') && self.characters.get(self.at + 1).is_some_and(|after| *after != ']');
            if !is_range {
                ranges.push((character, character));
                continue;
            }
            self.at += 1;
            let last = match self.next() {
                Some('\\') => match self.escape()? {
                    Node::Char(last) => last,
                    _ => return Err(Unread { at: self.at - 1 }),
                },
                Some(last) => last,
                None => return Err(Unread { at: start }),
            };
            ranges.push((character, last));
        }
    }

    fn repeated(&mut self, node: Node) -> Result<Node, Unread> {
        let start = self.at;
        let (least, most) = match self.peek() {
            Some('*') => (0, None),
            Some('+') => (1, None),
            Some('?') => (0, Some(1)),
            Some('{') => match self.bounds() {
                Some(bounds) => bounds,
                // What is no number of times is a brace.
                None => return Ok(node),
            },
            _ => return Ok(node),
        };
        self.at += 1;
        if least > MOST || most.is_some_and(|most| most > MOST || most < least) {
            return Err(Unread { at: start });
        }
        // Whether as many as possible or as few is tried first makes no difference to whether it matches.
        self.eat('?');
        if matches!(self.peek(), Some('*' | '+' | '?')) {
            return Err(self.unread());
        }
        Ok(Node::Repeat { node: Box::new(node), least, most })
    }

    /// `{2}`, `{2,}` or `{2,3}`, with the reader left at its last brace; or nothing, with the reader where it was.
    fn bounds(&mut self) -> Option<(usize, Option<usize>)> {
        let rest = self.characters.get(self.at + 1..)?;
        let length = rest.iter().position(|character| *character == '}')?;
        let inside: String = rest.get(..length)?.iter().collect();
        let bounds = match inside.split_once(',') {
            None => inside.parse().ok().map(|times| (times, Some(times))),
            Some((least, "")) => least.parse().ok().map(|least| (least, None)),
            Some((least, most)) => least.parse().ok().zip(most.parse().ok().map(Some)),
        }?;
        self.at += length + 1;
        Some(bounds)
    }
}

const DIGITS: &[(char, char)] = &[('0', '9')];
const WORD: &[(char, char)] = &[('0', '9'), ('A', 'Z'), ('a', 'z'), ('_', '_')];
const SPACE: &[(char, char)] = &[('\t', '\r'), (' ', ' ')];

impl Node {
    /// Whether it matches this one character.
    pub(super) fn takes(&self, byte: u8, ignore_case: bool) -> bool {
        let found = char::from(byte);
        let both = [found.to_ascii_lowercase(), found.to_ascii_uppercase()];
        let cases = if ignore_case { &both[..] } else { std::slice::from_ref(&found) };
        match self {
            Self::Char(character) => cases.contains(character),
            Self::Any => true,
            Self::Class { ranges, negated } => {
                let is_in = |character: &char| ranges.iter().any(|(first, last)| (first..=last).contains(&character));
                cases.iter().any(is_in) != *negated
            }
            _ => false,
        }
    }
}

struct Matcher<'a> {
    text: &'a [u8],
    ignore_case: bool,
    steps: usize,
}

/// What has to match after a part, from a place in the text.
type Rest<'r, 'a> = &'r mut dyn FnMut(&mut Matcher<'a>, usize) -> bool;

impl<'a> Matcher<'a> {
    /// Whether `nodes` match from `at`, and `rest` from where they end.
    fn matches(&mut self, nodes: &[Node], at: usize, rest: Rest<'_, 'a>) -> bool {
        self.steps = self.steps.saturating_sub(1);
        if self.steps == 0 {
            return false;
        }
        let Some((first, after)) = nodes.split_first() else { return rest(self, at) };
        match first {
            Node::Concat(inner) => self.matches(inner, at, &mut |matcher, at| matcher.matches(after, at, rest)),
            Node::Alternate(choices) => choices.iter().any(|choice| {
                self.matches(std::slice::from_ref(choice), at, &mut |matcher, at| matcher.matches(after, at, rest))
            }),
            Node::Start => at == 0 && self.matches(after, at, rest),
            Node::End => at == self.text.len() && self.matches(after, at, rest),
            Node::Boundary { negated } => (self.is_boundary(at) != *negated) && self.matches(after, at, rest),
            Node::Repeat { node, least, most } => {
                self.repeat(node, *least, *most, at, &mut |matcher, at| matcher.matches(after, at, rest))
            }
            one => self.text.get(at).is_some_and(|byte| one.takes(*byte, self.ignore_case)) && self.matches(after, at + 1, rest),
        }
    }

    fn repeat(&mut self, node: &Node, least: usize, most: Option<usize>, at: usize, rest: Rest<'_, 'a>) -> bool {
        if least == 0 && rest(self, at) {
            return true;
        }
        if most == Some(0) {
            return false;
        }
        self.matches(std::slice::from_ref(node), at, &mut |matcher, end| {
            // NB: a part that matches nothing would do so for ever.
            (end > at || least > 0) && matcher.repeat(node, least.saturating_sub(1), most.map(|most| most - 1), end, rest)
        })
    }

    fn is_boundary(&self, at: usize) -> bool {
        let is_word = |at: Option<usize>| {
            at.and_then(|at| self.text.get(at)).is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'_')
        };
        is_word(at.checked_sub(1)) != is_word(Some(at))
    }
}

/// A text that matches, as far as a pattern says what it wants.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Sample {
    pub text: String,
    /// Where a dot stands for any character, in bytes.
    pub dots: Vec<usize>,
}

/// How many samples are made of a pattern.
const SAMPLES: usize = 64;

/// Texts that match `node`, with `filler` wherever it leaves a piece of text open.
pub(super) fn samples(node: &Node, filler: &str) -> Vec<Sample> {
    let mut all = extended(vec![Sample::default()], node, filler);
    all.dedup();
    all
}

fn extended(before: Vec<Sample>, node: &Node, filler: &str) -> Vec<Sample> {
    let push = |text: &str| {
        let mut after = before.clone();
        after.iter_mut().for_each(|sample| sample.text.push_str(text));
        after
    };
    match node {
        Node::Concat(nodes) => nodes.iter().fold(before, |before, node| extended(before, node, filler)),
        Node::Alternate(choices) => {
            let mut all: Vec<Sample> = choices.iter().flat_map(|choice| extended(before.clone(), choice, filler)).collect();
            all.truncate(SAMPLES);
            all
        }
        Node::Char(character) => push(character.encode_utf8(&mut [0; 4])),
        Node::Any => {
            let mut after = before.clone();
            for sample in &mut after {
                sample.dots.push(sample.text.len());
                sample.text.push('.');
            }
            after
        }
        Node::Class { .. } => match CHOICE.bytes().find(|byte| node.takes(*byte, false)) {
            Some(byte) => push(char::from(byte).encode_utf8(&mut [0; 4])),
            None => Vec::new(),
        },
        Node::Start | Node::End | Node::Boundary { .. } => before,
        Node::Repeat { node, least, most } => {
            let is_open = matches!(**node, Node::Any | Node::Class { .. }) && most.is_none_or(|most| most >= filler.len());
            if is_open && filler.bytes().all(|byte| node.takes(byte, false)) {
                return push(filler);
            }
            let mut all = if *least == 0 { before.clone() } else { Vec::new() };
            let times = (*least).clamp(1, SAMPLES);
            all.extend((0..times).fold(before, |before, _| extended(before, node, filler)));
            all.truncate(SAMPLES);
            all
        }
    }
}

/// What a class of characters is filled with: the first of these that it takes.
const CHOICE: &str = "a0-._:/zAbcdefghijklmnopqrstuvwxy123456789BCDEFGHIJKLMNOPQRSTUVWXYZ";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_matches() {
        for (pattern, text, expected) in [
            ("", "a", true),
            ("a", "bab", true),
            ("^a$", "a", true),
            ("^a$", "ab", false),
            ("^a.c$", "abc", true),
            ("^a\\.c$", "abc", false),
            ("^a\\.c$", "a.c", true),
            ("^(a|bc)d$", "bcd", true),
            ("^(?:a|bc)d$", "abd", false),
            ("^(?<x>a)(?P<y>b)$", "ab", true),
            ("^a*b$", "aaab", true),
            ("^a*?b$", "b", true),
            ("^a+b$", "b", false),
            ("^a?b$", "aab", false),
            ("^a{2}$", "aa", true),
            ("^a{2}$", "aaa", false),
            ("^a{2,}$", "aaaa", true),
            ("^a{2,3}$", "aaaa", false),
            ("^a{x}$", "a{x}", true),
            ("^[a-c]+$", "abc", true),
            ("^[^a-c]+$", "abc", false),
            ("^[a-z0-9-]+$", "a-9", true),
            ("^[\\w.-]+$", "a_b.c-d", true),
            ("^[]]$", "]", true),
            ("^\\d+$", "12", true),
            ("^\\D\\W\\S$", "a.b", true),
            ("\\bb\\b", "a b c", true),
            ("\\bb\\b", "abc", false),
            ("^a\\Bb$", "ab", true),
            ("\\Aa\\z", "a", true),
            ("(?i)^AbC$", "aBc", true),
            ("^AbC$", "abc", false),
            ("^(a*)*$", "aaaa", true),
            ("^(a|b|)*c$", "abac", true),
            ("^https?:\\/\\/(.+\\.)?example\\.com(:\\d+)?$", "https://app.example.com:8443", true),
            ("^https?:\\/\\/(.+\\.)?example\\.com(:\\d+)?$", "https://appexample.com", false),
        ] {
            assert_eq!(Regex::read(pattern, false).unwrap().finds(text), Some(expected), "{pattern} {text}");
        }
        assert_eq!(Regex::read("^A[b-c]$", true).unwrap().finds("aC"), Some(true));
    }

    #[test]
    fn what_takes_too_long_is_not_decided() {
        let pattern = Regex::read("^(a+)+$", false).unwrap();
        assert_eq!(pattern.finds(&("a".repeat(40) + "b")), None);
    }

    #[test]
    fn what_is_not_understood() {
        for (pattern, at) in [
            ("a(?=b)", 2),
            ("a(?!b)", 2),
            ("(?<=b)", 1),
            ("(a)\\1", 4),
            ("\\p{L}", 1),
            ("a)", 1),
            ("(a", 2),
            ("[a", 1),
            ("*", 0),
            ("a**", 2),
            ("a++", 2),
            ("a{3,2}", 1),
            ("a{9999}", 1),
            ("a\\", 2),
        ] {
            assert_eq!(Regex::read(pattern, false), Err(Unread { at }), "{pattern}");
        }
        assert_eq!(Regex::read(&"(".repeat(100), false), Err(Unread { at: DEEPEST + 1 }));
        assert_eq!(Regex::read(&"a".repeat(2_000), false), Err(Unread { at: LONGEST }));
    }

    #[test]
    fn texts_that_match() {
        for (pattern, filler, expected) in [
            ("^https://a\\.b$", "", &["https://a.b"][..]),
            ("^https?://a.b$", "", &["http://a.b", "https://a.b"]),
            ("(x|y)z", "", &["xz", "yz"]),
            (".*\\.b", "", &[".b"]),
            (".*\\.b", "app", &["app.b"]),
            ("[a-z]+\\.b", "app", &["app.b"]),
            ("\\d+b", "app", &["0b"]),
            ("a{2}", "", &["aa"]),
            ("[^x]", "", &["a"]),
        ] {
            let found = samples(&Regex::read(pattern, false).unwrap().node, filler);
            assert_eq!(found.iter().map(|sample| &*sample.text).collect::<Vec<_>>(), expected, "{pattern} {filler}");
        }
        let dotted = samples(&Regex::read("a.b\\.c", false).unwrap().node, "");
        assert_eq!(dotted, [Sample { text: "a.b.c".into(), dots: vec![1] }]);
    }
}
