//! The words of a command line, by the quoting rules of bash.

use super::super::excerpt::{Draft, Excerpt};
use super::super::line::line_at;
use super::super::problem::{Problem, ProblemKind};
use super::super::span::Span;

/// More than this is no command that a person typed.
pub(super) const LONGEST: usize = 64 * 1024;

/// The words of a command line.
#[derive(Debug)]
pub(super) struct Words {
    pub(super) words: Vec<Excerpt>,
    pub(super) problems: Vec<Problem>,
    /// The start of the line after the command.
    pub(super) next: usize,
}

/// Reads the command line that starts at `at`, over as many lines as its quotes and backslashes make it.
pub(super) fn words(text: &str, at: usize) -> Words {
    let mut limit = text.len().min(at.saturating_add(LONGEST));
    while !text.is_char_boundary(limit) {
        limit -= 1;
    }
    let mut shell = Shell { text, at, limit, words: Vec::new(), word: None, problems: Vec::new() };
    let next = match shell.run() {
        Ok(()) => line_at(text, shell.at).next,
        Err(Unclosed { quote, resume }) => {
            shell.word = None;
            shell.problems.push(ProblemKind::UnclosedQuote.at(quote));
            resume
        }
    };
    shell.end_word();
    Words { words: shell.words, problems: shell.problems, next }
}

struct Shell<'t> {
    text: &'t str,
    at: usize,
    limit: usize,
    words: Vec<Excerpt>,
    word: Option<Draft>,
    problems: Vec<Problem>,
}

/// A quote that is not closed: the command ends with the line it is on.
struct Unclosed {
    quote: Span,
    resume: usize,
}

impl Shell<'_> {
    fn byte(&self, ahead: usize) -> Option<u8> {
        let at = self.at + ahead;
        if at < self.limit { self.text.as_bytes().get(at).copied() } else { None }
    }

    fn run(&mut self) -> Result<(), Unclosed> {
        while let Some(byte) = self.byte(0) {
            match byte {
                b'\r' | b'\n' => return Ok(()),
                b' ' | b'\t' => {
                    self.end_word();
                    self.at += 1;
                }
                b'|' | b';' | b'&' => return Ok(()),
                b'#' if self.word.is_none() => return Ok(()),
                b'>' | b'<' => self.redirection(),
                b'\\' => self.backslash(),
                b'\'' => self.single()?,
                b'"' => self.double()?,
                b'$' if self.byte(1) == Some(b'\'') => self.ansi_c()?,
                b'$' if self.byte(1) == Some(b'"') => {
                    self.at += 1;
                    self.double()?;
                }
                _ => {
                    self.substitution();
                    self.literal();
                }
            }
        }
        Ok(())
    }

    fn end_word(&mut self) {
        self.words.extend(self.word.take().map(Draft::finish));
    }

    fn word(&mut self) -> &mut Draft {
        self.word.get_or_insert_with(|| Draft::at(self.at))
    }

    /// Takes the character that is here as it is.
    fn literal(&mut self) {
        let length = self.text.get(self.at..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8);
        let (text, span) = (self.text, Span::new(self.at, self.at + length));
        self.word().literal(text, span);
        self.at += length;
    }

    /// Notes what only a shell can replace.
    fn substitution(&mut self) {
        let starts = match (self.byte(0), self.byte(1)) {
            (Some(b'`'), _) => true,
            (Some(b'$'), Some(next)) => next == b'(' || next == b'{' || next == b'_' || next.is_ascii_alphabetic(),
            _ => false,
        };
        if starts && !self.problems.iter().any(|problem| problem.kind == ProblemKind::Substitution) {
            self.problems.push(ProblemKind::Substitution.at(Span::new(self.at, self.at + 1)));
        }
    }

    /// `2>&1`, `> file`: neither it nor its target is a word of the command.
    fn redirection(&mut self) {
        if self.word.as_ref().is_some_and(|word| word.bytes().iter().all(u8::is_ascii_digit)) {
            self.word = None;
        }
        self.end_word();
        while matches!(self.byte(0), Some(b'>' | b'<' | b'&' | b'|')) {
            self.at += 1;
        }
        while matches!(self.byte(0), Some(b' ' | b'\t')) {
            self.at += 1;
        }
        while self.byte(0).is_some_and(|byte| !matches!(byte, b' ' | b'\t' | b'\r' | b'\n' | b'|' | b';' | b'&')) {
            self.at += 1;
        }
    }

    fn backslash(&mut self) {
        self.at += 1;
        match self.byte(0) {
            None => {}
            Some(b'\r' | b'\n') => {
                let next = line_at(self.text, self.at).next;
                self.at = next.min(self.limit);
                if self.byte(0) == Some(b'>') && matches!(self.byte(1), Some(b' ' | b'\t')) {
                    // NB: the prompt that the shell shows before a line that continues a command.
                    self.at += 1;
                }
            }
            Some(_) => self.literal(),
        }
    }

    fn unclosed(&self, start: usize) -> Unclosed {
        Unclosed { quote: Span::new(start, start + 1), resume: line_at(self.text, start).next }
    }

    fn single(&mut self) -> Result<(), Unclosed> {
        let start = self.at;
        let inside = self.text.get(start + 1..self.limit).unwrap_or("");
        let length = inside.find('\'').ok_or_else(|| self.unclosed(start))?;
        let (text, span) = (self.text, Span::new(start + 1, start + 1 + length));
        self.word().literal(text, span);
        self.at = span.end + 1;
        Ok(())
    }

    fn double(&mut self) -> Result<(), Unclosed> {
        let start = self.at;
        self.word();
        self.at += 1;
        loop {
            match self.byte(0) {
                None => return Err(self.unclosed(start)),
                Some(b'"') => {
                    self.at += 1;
                    return Ok(());
                }
                Some(b'\\') if matches!(self.byte(1), Some(b'"' | b'\\' | b'$' | b'`' | b'\n' | b'\r')) => self.backslash(),
                Some(_) => {
                    self.substitution();
                    self.literal();
                }
            }
        }
    }

    /// `$'...'`
    fn ansi_c(&mut self) -> Result<(), Unclosed> {
        let start = self.at;
        self.word();
        self.at += 2;
        loop {
            match self.byte(0) {
                None => return Err(self.unclosed(start)),
                Some(b'\'') => {
                    self.at += 1;
                    return Ok(());
                }
                Some(b'\\') => self.escape(),
                Some(_) => self.literal(),
            }
        }
    }

    /// An escape of `$'...'`; one that means nothing stands for itself.
    fn escape(&mut self) {
        let start = self.at;
        self.at += 1;
        let Some(letter) = self.byte(0) else { return };
        let plain: Option<&[u8]> = match letter {
            b'n' => Some(b"\n"),
            b't' => Some(b"\t"),
            b'r' => Some(b"\r"),
            b'a' => Some(b"\x07"),
            b'b' => Some(b"\x08"),
            b'e' | b'E' => Some(b"\x1b"),
            b'f' => Some(b"\x0c"),
            b'v' => Some(b"\x0b"),
            b'\\' => Some(b"\\"),
            b'\'' => Some(b"'"),
            b'"' => Some(b"\""),
            b'?' => Some(b"?"),
            _ => None,
        };
        if let Some(plain) = plain {
            self.at += 1;
            let span = Span::new(start, self.at);
            self.word().derived(plain, span);
            return;
        }
        let (skip, radix, most) = match letter {
            b'x' => (1, 16, 2),
            b'u' => (1, 16, 4),
            b'U' => (1, 16, 8),
            b'0'..=b'7' => (0, 8, 3),
            _ => return self.stands_for_itself(start),
        };
        let mut number = 0_u32;
        let mut count = 0;
        while count < most
            && let Some(digit) = self.byte(skip + count).and_then(|byte| char::from(byte).to_digit(radix))
        {
            number = number.wrapping_mul(radix).wrapping_add(digit);
            count += 1;
        }
        let mut buffer = [0; 4];
        let value = match (letter, char::from_u32(number)) {
            _ if count == 0 => return self.stands_for_itself(start),
            (b'u' | b'U', Some(found)) => found.encode_utf8(&mut buffer).as_bytes(),
            (b'u' | b'U', None) => return self.stands_for_itself(start),
            _ => {
                buffer = [(number & 0xff) as u8, 0, 0, 0];
                &buffer[..1]
            }
        };
        self.at += skip + count;
        let span = Span::new(start, self.at);
        self.word().derived(value, span);
    }

    fn stands_for_itself(&mut self, start: usize) {
        let (text, span) = (self.text, Span::new(start, self.at));
        self.word().literal(text, span);
        self.literal();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_as_bash_makes_them() {
        for (line, expected) in [
            ("curl a b", vec!["curl", "a", "b"]),
            ("curl 'a b' \"c d\"", vec!["curl", "a b", "c d"]),
            ("curl a'b'\"c\"d", vec!["curl", "abcd"]),
            (r"curl 'it'\''s'", vec!["curl", "it's"]),
            (r#"curl "a\"b\\c\$d\e""#, vec!["curl", r#"a"b\c$d\e"#]),
            ("curl \\\n  -H \\\r\n 'x'\nmore", vec!["curl", "-H", "x"]),
            ("curl a \\\n> b", vec!["curl", "a", "b"]),
            ("curl 'two\nlines' x", vec!["curl", "two\nlines", "x"]),
            (r"curl $'a\n\t\x41\u00e9\101\'\q'", vec!["curl", "a\n\tA\u{e9}A'\\q"]),
            ("curl '' x", vec!["curl", "", "x"]),
            ("curl a # b", vec!["curl", "a"]),
            ("curl a#b", vec!["curl", "a#b"]),
            ("curl a && b", vec!["curl", "a"]),
            ("curl a 2>/dev/null b >x", vec!["curl", "a", "b"]),
            ("curl a\\", vec!["curl", "a"]),
        ] {
            let found = words(line, 0);
            let texts: Vec<_> = found.words.iter().map(|word| word.text().into_owned()).collect();
            assert_eq!(texts, expected, "{line}");
            assert_eq!(found.problems, [], "{line}");
        }
    }

    #[test]
    fn what_cannot_be_read_is_pointed_at() {
        for (line, kind, place, next) in [
            ("curl 'abc\nGET / HTTP/1.1\n", ProblemKind::UnclosedQuote, 5..6, 10),
            ("curl \"abc\n", ProblemKind::UnclosedQuote, 5..6, 10),
            ("curl $'abc\\'\nx", ProblemKind::UnclosedQuote, 5..6, 13),
            ("curl a$TOKEN \"$(x)\"", ProblemKind::Substitution, 6..7, 19),
        ] {
            let found = words(line, 0);
            assert_eq!(found.problems, [kind.at(Span::new(place.start, place.end))], "{line}");
            assert_eq!(found.next, next, "{line}");
        }
    }

    #[test]
    fn quoted_values_keep_their_place() {
        let line = r"curl -H 'A: it'\''s'";
        let words = words(line, 0).words;
        let value = words[2].split_at_byte(b':').unwrap().1.trimmed();
        assert_eq!(value.bytes(), b"it's");
        assert_eq!(value.span.of(line), r"it'\''s");
        assert_eq!(value.locate(3..4).of(line), "s");
    }
}
