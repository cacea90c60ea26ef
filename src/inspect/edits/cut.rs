//! Taking a part out of a text in such a way that what stands around it still makes sense.

use super::Edit;
use crate::paste::{PastedForm, Span};

/// The text without the part of a message of this form: a header, an option, an argument.
pub(super) fn without(text: &str, form: PastedForm, part: Span) -> Edit {
    let span = match form {
        PastedForm::Command => argument(text, part),
        PastedForm::Call | PastedForm::PowerShell | PastedForm::Har | PastedForm::Postman | PastedForm::Scenario => {
            element(text, form, part)
        }
        _ => lines(text, part),
    };
    Edit { span, insert: String::new() }
}

/// The whole lines of a part, with the end of the last one.
pub(super) fn lines(text: &str, part: Span) -> Span {
    let rest = after(text, part.end);
    let end = part.end + rest.find('\n').map_or(rest.len(), |at| at + 1);
    Span { start: line_start(text, part.start), end }
}

/// The whole lines of a message, and the empty ones below.
pub(super) fn message(text: &str, part: Span) -> Span {
    let mut span = lines(text, part);
    while !after(text, span.end).is_empty() {
        let next = lines(text, Span { start: span.end, end: span.end });
        if !is_blank(part_of(text, next)) {
            break;
        }
        span.end = next.end;
    }
    span
}

/// An element of a list that stands in a string: its comma goes with it.
pub(super) fn listed(text: &str, part: Span) -> Edit {
    Edit { span: with_comma(text, part), insert: String::new() }
}

pub(super) fn line_start(text: &str, at: usize) -> usize {
    before(text, at).rfind('\n').map_or(0, |at| at + 1)
}

/// A command's argument with the option that it is for.
fn argument(text: &str, part: Span) -> Span {
    let quotes = ['\'', '"', '$', '^'];
    let bare = before(text, part.start).trim_end_matches(quotes);
    // The option may be glued to its argument.
    let spaced = bare.trim_end_matches([' ', '\t']);
    let start = spaced.rfind(char::is_whitespace).map_or(0, |at| at + 1);
    let start =
        if before(text, part.start).get(start..).is_some_and(|option| option.starts_with('-')) { start } else { part.start };
    let rest = after(text, part.end);
    let end = text.len() - rest.trim_start_matches(quotes).len();
    let indent = before(text, start).trim_end_matches([' ', '\t']).len();
    let is_first = indent == line_start(text, start);
    let behind = after(text, end).trim_start_matches([' ', '\t']);
    let continues = behind.strip_prefix(['\\', '^']).is_some_and(|rest| rest.starts_with(['\n', '\r']));
    let is_last = behind.is_empty() || behind.starts_with(['\n', '\r']);
    match (is_first, continues, is_last) {
        (true, true, _) => lines(text, Span { start, end }),
        // The line before goes on no more.
        (true, false, true) => {
            let above = before(text, start).trim_end().trim_end_matches(['\\', '^']).trim_end_matches([' ', '\t']).len();
            Span { start: above, end }
        }
        (true, ..) => Span { start, end: text.len() - behind.len() },
        (false, ..) => Span { start: indent, end },
    }
}

/// A member of an object, an element of a list, or a statement, with the quotes around it and the comma behind it.
fn element(text: &str, form: PastedForm, part: Span) -> Span {
    let Span { mut start, mut end } = part;
    if before(text, start).ends_with(['"', '\'', '`']) {
        start -= 1;
    }
    if after(text, end).starts_with(['"', '\'', '`']) {
        end += 1;
    }
    if form == PastedForm::Call {
        let (outer, inner) = (before(text, start).trim_end(), after(text, end).trim_start());
        let close = text.len() - inner.len() + 1;
        if let (Some(call), true) = (outer.strip_suffix('('), inner.starts_with(')')) {
            // `xhr.setRequestHeader(name, value);`
            let is_name = |character: char| character.is_alphanumeric() || matches!(character, '.' | '_' | '$');
            start = call.trim_end_matches(is_name).len();
            end = close;
        } else if let (Some(list), true) = (outer.strip_suffix('['), inner.starts_with(']')) {
            // `[name, value]`
            (start, end) = (list.len(), close);
        }
    }
    with_comma(text, Span { start, end })
}

/// With the comma, or the semicolon, that parts it from what comes next; or from what comes before, where it is the last one.
fn with_comma(text: &str, part: Span) -> Span {
    let Span { mut start, mut end } = part;
    let rest = after(text, end).trim_start();
    if rest.starts_with([',', ';']) {
        end = text.len() - rest.len() + 1;
    } else if let Some(rest) = before(text, start).trim_end().strip_suffix(',') {
        return Span { start: rest.len(), end };
    }
    let is_first = is_blank(part_of(text, Span { start: line_start(text, start), end: start }));
    let line = after(text, end).split('\n').next().unwrap_or_default();
    if is_first && is_blank(line) {
        return lines(text, Span { start, end });
    }
    let spaces = line.len() - line.trim_start_matches([' ', '\t']).len();
    if spaces == line.len() {
        start = before(text, start).trim_end_matches([' ', '\t']).len();
    } else {
        end += spaces;
    }
    Span { start, end }
}

fn is_blank(text: &str) -> bool {
    text.trim().is_empty()
}

fn before(text: &str, at: usize) -> &str {
    text.get(..at).unwrap_or_default()
}

fn after(text: &str, at: usize) -> &str {
    text.get(at..).unwrap_or_default()
}

fn part_of(text: &str, part: Span) -> &str {
    text.get(part.start..part.end).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each text with what stands between its bars taken out.
    #[test]
    fn what_stands_around_still_makes_sense() {
        use PastedForm::{Call, Command, Har, Marked, Plain, PowerShell};
        for (form, marked, expected) in [
            (Plain, "A: 1\n|B: 2|\r\nC: 3", "A: 1\nC: 3"),
            (Marked, "> A: 1\n> |B: 2|", "> A: 1\n"),
            (Command, "curl -H '|A: 1|' https://b.example", "curl https://b.example"),
            (Command, "curl https://b.example -H \"|A: 1|\"", "curl https://b.example"),
            (Command, "curl -H|A:1| https://b.example", "curl https://b.example"),
            (Command, "curl b.example \\\n  -H '|A: 1|' \\\n  -H 'B: 2'\n", "curl b.example \\\n  -H 'B: 2'\n"),
            (Command, "curl b.example \\\n  -H '|A: 1|'\n\nHTTP/1.1 200\n", "curl b.example\n\nHTTP/1.1 200\n"),
            (Command, "curl b.example \\\n  -H $'|A: 1|' -i\n", "curl b.example \\\n  -i\n"),
            (Command, "curl ^\"b.example^\" ^\r\n  -H ^\"|A: 1|^\"\r\n", "curl ^\"b.example^\"\r\n"),
            (Call, "f({ headers: { '|A': '1|' } })", "f({ headers: { } })"),
            (Call, "f({ headers: { |A: '1|', B: '2' } })", "f({ headers: { B: '2' } })"),
            (Call, "f({ headers: { B: '2', |A: \"1|\" } })", "f({ headers: { B: '2' } })"),
            (Call, "f({\n  a: {\n    '|A': '1|',\n    'B': '2'\n  }\n})", "f({\n  a: {\n    'B': '2'\n  }\n})"),
            (Call, "f({\n  |a: 'b|',\n  c\n})", "f({\n  c\n})"),
            (Call, "f({ headers: [['|A', '1|'], ['B', '2']] })", "f({ headers: [['B', '2']] })"),
            (Call, "f({ |keepalive: true| })", "f({ })"),
            (Call, "x.open('GET', u);\nx.setRequestHeader('|A', '1|');\nx.send();", "x.open('GET', u);\nx.send();"),
            (Call, "x.open('GET', u); |x.withCredentials = true|; x.send();", "x.open('GET', u); x.send();"),
            (Har, "[{\"name\":\"B\"},|{\"name\":\"A\"}|]", "[{\"name\":\"B\"}]"),
            (Har, "[\n  |{\n    \"name\": \"A\"\n  }|,\n  {}\n]", "[\n  {}\n]"),
            (PowerShell, "-Headers @{\n\"|A\"=\"1|\"\n  \"B\"=\"2\"\n}", "-Headers @{\n  \"B\"=\"2\"\n}"),
            (PowerShell, "-Headers @{ |A = \"1|\"; B = \"2\" }", "-Headers @{ B = \"2\" }"),
        ] {
            let parts: Vec<&str> = marked.split('|').collect();
            let text = parts.concat();
            let start = parts[0].len();
            let Edit { span, insert } = without(&text, form, Span { start, end: start + parts[1].len() });
            assert_eq!([&text[..span.start], &*insert, &text[span.end..]].concat(), expected, "{marked}");
        }
    }

    #[test]
    fn a_message_goes_with_the_empty_lines_below() {
        let text = "GET / HTTP/1.1\nA: 1\n\n  \nHTTP/1.1 200 OK\n\n";
        assert_eq!(message(text, Span { start: 4, end: 17 }), Span { start: 0, end: 24 });
        assert_eq!(message(text, Span { start: 24, end: 30 }), Span { start: 24, end: text.len() });
    }

    #[test]
    fn an_element_of_a_list_takes_its_comma_along() {
        for (marked, expected) in [("L: |a|, b\n", "L: b\n"), ("L: a,|b|\n", "L: a\n"), ("L: a, |b|, c", "L: a, c")] {
            let parts: Vec<&str> = marked.split('|').collect();
            let (text, start) = (parts.concat(), parts[0].len());
            let Edit { span, .. } = listed(&text, Span { start, end: start + parts[1].len() });
            assert_eq!([&text[..span.start], &text[span.end..]].concat(), expected, "{marked}");
        }
    }
}
