//! The words of a command line by the rules of Windows: first `cmd.exe` takes its carets away, then the program that is
//! called takes the quotes away.

use super::super::excerpt::{Draft, Excerpt};
use super::super::line::line_at;
use super::super::problem::ProblemKind;
use super::super::span::Span;
use super::shell::{LONGEST, Words};

/// Whether the command that starts at `at` is written for `cmd.exe`: a caret before a quote or at the end of its first line.
pub(super) fn is_cmd(text: &str, at: usize) -> bool {
    let line = line_at(text, at).span;
    let line = text.get(at..line.end).unwrap_or_default();
    line.contains("^\"") || line.trim_end().ends_with(" ^")
}

/// Reads the command line that starts at `at`, over as many lines as its carets make it.
pub(super) fn words(text: &str, at: usize) -> Words {
    let units = Units { text, at, limit: text.len().min(at.saturating_add(LONGEST)), is_quoted: false };
    let mut arguments = Arguments { text, word: None, words: Vec::new() };
    let (mut quote, mut backslashes, mut next) = (None, Vec::new(), text.len());
    for unit in units {
        next = line_at(text, unit.span.start).next;
        match unit.found {
            '\\' => backslashes.push(unit),
            '"' => {
                // Two backslashes before a quote are one; an odd one makes the quote a letter.
                let is_letter = backslashes.len() % 2 == 1;
                let half = backslashes.len() / 2;
                backslashes.drain(..).take(half).for_each(|unit| arguments.letter(&unit));
                match quote {
                    _ if is_letter => arguments.letter(&unit),
                    Some(_) => quote = None,
                    None => {
                        arguments.start(unit.span.end);
                        quote = Some(unit.span);
                    }
                }
            }
            found => {
                backslashes.drain(..).for_each(|unit| arguments.letter(&unit));
                if quote.is_none() && matches!(found, ' ' | '\t') {
                    arguments.end();
                } else {
                    arguments.letter(&unit);
                }
            }
        }
    }
    backslashes.drain(..).for_each(|unit| arguments.letter(&unit));
    arguments.end();
    let problems = quote.map(|quote| ProblemKind::UnclosedQuote.at(quote)).into_iter().collect();
    Words { words: arguments.words, problems, next }
}

/// A character that the program gets, and what stands for it in the text.
struct Unit {
    found: char,
    span: Span,
}

/// What `cmd.exe` leaves of a line.
struct Units<'t> {
    text: &'t str,
    at: usize,
    limit: usize,
    /// Within quotes that have no caret, carets are letters.
    is_quoted: bool,
}

impl Iterator for Units<'_> {
    type Item = Unit;

    fn next(&mut self) -> Option<Unit> {
        let start = self.at;
        let mut rest = self.text.get(start..self.limit)?.chars();
        let mut found = rest.next()?;
        let mut end = start + found.len_utf8();
        if found == '^' && !self.is_quoted {
            // The caret takes the meaning of what follows away; before the end of a line it continues the line.
            let after = self.text.get(end..self.limit)?;
            let continued = after.strip_prefix("\r\n").or_else(|| after.strip_prefix('\n'));
            if let Some(continued) = continued {
                self.at = self.limit - continued.trim_start_matches([' ', '\t']).len();
                return Some(Unit { found: ' ', span: Span::new(start, self.at) });
            }
            found = rest.next()?;
            end += found.len_utf8();
        } else if matches!(found, '\r' | '\n') || !self.is_quoted && matches!(found, '&' | '|' | '<' | '>') {
            return None;
        } else if found == '"' {
            self.is_quoted = !self.is_quoted;
        }
        self.at = end;
        Some(Unit { found, span: Span::new(start, end) })
    }
}

struct Arguments<'t> {
    text: &'t str,
    word: Option<Draft>,
    words: Vec<Excerpt>,
}

impl Arguments<'_> {
    fn start(&mut self, at: usize) {
        self.word.get_or_insert_with(|| Draft::at(at));
    }

    fn letter(&mut self, unit: &Unit) {
        self.start(unit.span.start);
        let Some(word) = &mut self.word else { return };
        if unit.span.end - unit.span.start == unit.found.len_utf8() {
            word.literal(self.text, unit.span);
        } else {
            word.derived(unit.found.encode_utf8(&mut [0; 4]).as_bytes(), unit.span);
        }
    }

    fn end(&mut self) {
        self.words.extend(self.word.take().map(Draft::finish));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_as_windows_makes_them() {
        for (line, expected, rest) in [
            (r#"curl ^"https://a.example/?a=1^&b=2^" ^"#, vec!["curl", "https://a.example/?a=1&b=2"], ""),
            (
                "curl \"https://a.example/\" ^\n  -H \"x: 1\" ^\r\n  -d \"{\\\"a\\\":1}\"\nmore",
                vec!["curl", "https://a.example/", "-H", "x: 1", "-d", "{\"a\":1}"],
                "more",
            ),
            (
                "curl ^\"a^\" --data-raw ^\"^{^\\^\"a^\\^\":^\\^\"b^%^&c^\\^\"^}^\"\n",
                vec!["curl", "a", "--data-raw", "{\"a\":\"b%&c\"}"],
                "",
            ),
            (r#"curl ^"C:\\x\\^" "a^b" c\d ^"#, vec!["curl", r"C:\\x\", "a^b", r"c\d"], ""),
            ("curl ^\"^\" x & y", vec!["curl", "", "x"], ""),
            ("curl ^\"é^\" ^😀", vec!["curl", "é", "😀"], ""),
        ] {
            let found = words(line, 0);
            let texts: Vec<_> = found.words.iter().map(|word| word.text().into_owned()).collect();
            assert_eq!(texts, expected, "{line}");
            assert_eq!(found.problems, [], "{line}");
            assert_eq!(line.get(found.next..), Some(rest), "{line}");
        }
    }

    #[test]
    fn a_quote_that_stays_open_is_pointed_at() {
        let found = words("curl ^\"abc\nx", 0);
        assert_eq!(found.problems, [ProblemKind::UnclosedQuote.at(Span::new(5, 7))]);
    }

    #[test]
    fn it_is_known_by_its_carets() {
        for (line, expected) in
            [("curl ^\"x^\"", true), ("curl \"x\" ^\n -H", true), ("curl 'x' \\\n -H ^\"", false), ("curl a^b", false)]
        {
            assert_eq!(is_cmd(line, 0), expected, "{line}");
        }
    }
}
