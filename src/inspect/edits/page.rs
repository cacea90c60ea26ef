//! What the page asks, edited.

use url::Url;

use super::{Edit, Places, cut, quoted};
use crate::paste::{Asked, PastedField, PastedForm, PastedMessage, PastedRequest, Span, requested_names};
use crate::repair::{Change, Member};
use crate::scenario::Call;

impl<'a> Places<'a> {
    /// Adds the edits of a change that the page makes.
    pub(super) fn add_of_page(&mut self, change: &Change) -> Option<()> {
        let asked = self.editing.paste.asked(self.editing.replay.fetches.get(self.index)?)?;
        let request = match asked {
            Asked::Actual(request) | Asked::Preflight(request) => request,
        };
        match (change, asked) {
            (Change::SetMethod { method }, _) => self.set_method(asked, request, method),
            (Change::RemoveRequestHeader { name }, _) => self.remove_header(asked, name),
            (Change::RenameRequestHeader { name, to }, Asked::Preflight(_)) => {
                let names = requested_names(request);
                let named = names.iter().find(|asked| asked.is(name.as_bytes()))?;
                self.put(request.form, named.span, to)
            }
            (Change::RenameRequestHeader { name, to }, Asked::Actual(_)) => {
                let field = self.said(request, name)?;
                let is_bare = request.form == PastedForm::Call && !self.is_quoted(field.name.span);
                self.put(request.form, field.name.span, to)?;
                if let Some(edit) = self.edits.last_mut().filter(|_| is_bare && to.contains('-')) {
                    edit.insert = format!("'{to}'");
                }
                Some(())
            }
            (Change::SetRequestHeader { name, value }, Asked::Actual(_)) => match self.said(request, name) {
                Some(field) => self.set_value(request.form, field, value),
                None => self.add_header(request, name, value),
            },
            (Change::SetUrl { url }, Asked::Actual(_)) => self.ask(request, url),
            (Change::MoveHeaderToQuery { name }, Asked::Actual(_)) => {
                let mut scenario = self.editing.replay.scenario.clone();
                change.make(&mut scenario, self.index);
                self.remove_header(asked, name)?;
                self.set_target(request, scenario.fetches.get(self.index)?.call.url())
            }
            (Change::DropCredentials, Asked::Actual(_)) => self.drop_credentials(request),
            (Change::SetMember { member, value }, Asked::Actual(_)) => {
                let value = quoted(request.form, value)?;
                self.set_option(request, member.as_str(), &value)
            }
            (Change::LeaveOut { member: Member::Mode }, Asked::Actual(_)) if request.form != PastedForm::Call => {
                let field = request.headers.iter().find(|field| field.name.is(b"sec-fetch-mode"))?;
                self.set_value(request.form, field, "cors")
            }
            (Change::LeaveOut { member }, Asked::Actual(_)) => {
                let option = request.options.members.iter().find(|option| option.name == member.as_str())?;
                self.edits.push(cut::without(self.text(), request.form, option.span));
                Some(())
            }
            _ => None,
        }
    }

    /// The header that the text itself has under this name: it may be implied, by a body for instance.
    fn said(&self, request: &'a PastedRequest, name: &str) -> Option<&'a PastedField> {
        let is_said =
            |field: &&PastedField| field.name.is(name.as_bytes()) && field.name.span.of(self.text()).eq_ignore_ascii_case(name);
        request.headers.iter().find(is_said)
    }

    fn is_quoted(&self, span: Span) -> bool {
        self.text().get(..span.start).is_some_and(|before| before.ends_with(['"', '\'', '`']))
    }

    fn set_method(&mut self, asked: Asked, request: &PastedRequest, method: &str) -> Option<()> {
        let place = self.editing.replay.fetches.get(self.index)?.method?;
        let is_said = place.of(self.text()).eq_ignore_ascii_case(&request.method.text()) || matches!(asked, Asked::Preflight(_));
        match request.form {
            _ if is_said && !place.is_empty() => self.put(request.form, place, method),
            PastedForm::Call => self.set_option(request, "method", method),
            PastedForm::Command => self.add_argument(request, &format!("-X {method}")),
            _ => None,
        }
    }

    fn remove_header(&mut self, asked: Asked<'a>, name: &str) -> Option<()> {
        match asked {
            Asked::Actual(request) => {
                self.said(request, name)?;
                self.cut(request.form, request.headers.iter().filter(|field| field.name.is(name.as_bytes())));
            }
            Asked::Preflight(request) => {
                let names = requested_names(request);
                let named = names.iter().find(|asked| asked.is(name.as_bytes()))?;
                let field = request
                    .headers
                    .iter()
                    .find(|field| field.span.start <= named.span.start && named.span.end <= field.span.end)?;
                if names.len() > 1 {
                    self.edits.push(cut::listed(self.text(), named.span));
                } else {
                    self.edits.push(cut::without(self.text(), request.form, field.span));
                }
            }
        }
        Some(())
    }

    /// Adds a header that the text does not have.
    fn add_header(&mut self, request: &PastedRequest, name: &str, value: &str) -> Option<()> {
        match request.form {
            PastedForm::Command => {
                let header = quoted(request.form, &format!("{name}: {value}"))?;
                self.add_argument(request, &format!("-H \"{header}\""))
            }
            _ => None,
        }
    }

    /// Adds an argument behind the first word of a command.
    fn add_argument(&mut self, request: &PastedRequest, argument: &str) -> Option<()> {
        let word = request.span.of(self.text());
        let end = request.span.start + word.find(char::is_whitespace)?;
        self.edits.push(Edit { span: Span { start: end, end }, insert: format!(" {argument}") });
        Some(())
    }

    /// Sets an option of a call of `fetch()`.
    fn set_option(&mut self, request: &PastedRequest, name: &str, value: &str) -> Option<()> {
        if !matches!(request.call.as_deref(), Some(Call::Fetch { .. })) || request.form != PastedForm::Call {
            return None;
        }
        if let Some(option) = request.options.members.iter().find(|option| option.name == name) {
            // NB: whether or not the value has quotes, it gets them.
            let quotes = usize::from(self.is_quoted(Span { start: option.value.start, end: option.value.start }));
            let span = Span { start: option.value.start - quotes, end: option.value.end + quotes };
            self.edits.push(Edit { span, insert: format!("\"{value}\"") });
            return Some(());
        }
        let (at, insert) = match request.options.object {
            Some(object) => (object.start + 1, format!(" {name}: \"{value}\",")),
            None => (request.target.span.end + 1, format!(", {{ {name}: \"{value}\" }}")),
        };
        self.edits.push(Edit { span: Span { start: at, end: at }, insert });
        Some(())
    }

    /// Takes out what makes the call ask with credentials.
    fn drop_credentials(&mut self, request: &PastedRequest) -> Option<()> {
        let options = request.options.members.iter().filter(|option| matches!(option.name, "credentials" | "withCredentials"));
        let cookies = request.headers.iter().filter(|field| field.name.is(b"cookie"));
        let spans: Vec<Span> = options.map(|option| option.span).chain(cookies.map(|field| field.span)).collect();
        if spans.is_empty() {
            return None;
        }
        let text = self.text();
        self.edits.extend(spans.into_iter().map(|span| cut::without(text, request.form, span)));
        Some(())
    }

    /// Asks for another URL. What was asked and answered on the way to it goes.
    fn ask(&mut self, request: &PastedRequest, url: &str) -> Option<()> {
        let editing = self.editing;
        let base = Url::parse(&editing.replay.scenario.page.url).ok();
        let new = base.map_or_else(|| Url::parse(url), |base| base.join(url)).ok()?;
        let report = editing.replay.report.fetches.get(self.index)?;
        let pasted = editing.replay.fetches.get(self.index)?;
        let is_new = |sent: &str| Url::parse(sent).is_ok_and(|sent| sent == new);
        let is_base = |message: &PastedMessage| message.span() == request.span;
        // Whether the text has the request to the new URL already.
        let is_asked = editing.paste.messages.iter().any(|message| {
            let PastedMessage::Request(other) = message else { return false };
            !is_base(message) && other.method.value == request.method.value && other.url.as_deref().is_some_and(is_new)
        });
        let mut messages = Vec::new();
        for (_, place) in report.exchanges.iter().zip(&pasted.exchanges).filter(|(exchange, _)| !is_new(&exchange.request.url)) {
            messages.extend(place.response);
            messages.extend(place.request);
        }
        let messages: Vec<&PastedMessage> = messages.into_iter().filter_map(|index| editing.paste.messages.get(index)).collect();
        let is_document = |message: &&&PastedMessage| {
            let form = match message {
                PastedMessage::Request(request) => request.form,
                PastedMessage::Response(response) => response.form,
                PastedMessage::Failure(failure) => failure.form,
            };
            matches!(form, PastedForm::Har | PastedForm::Postman | PastedForm::Scenario)
        };
        if messages.iter().find(is_document).is_none() {
            for message in messages.into_iter().filter(|message| is_asked || !is_base(message)) {
                self.edits.push(Edit { span: cut::message(self.text(), message.span()), insert: String::new() });
            }
            if is_asked && request.form != PastedForm::Call && request.form != PastedForm::Command {
                return Some(());
            }
        }
        self.set_target(request, url)
    }

    /// Writes another URL into a request.
    fn set_target(&mut self, request: &PastedRequest, url: &str) -> Option<()> {
        let target = request.target.span;
        match request.form {
            PastedForm::Call
            | PastedForm::Command
            | PastedForm::PowerShell
            | PastedForm::Har
            | PastedForm::Postman
            | PastedForm::Bruno
            | PastedForm::Scenario => return self.put(request.form, target, url),
            _ => {}
        }
        let (new, old) = (Url::parse(url).ok()?, Url::parse(request.url.as_deref()?).ok()?);
        let is_path = request.target.bytes().starts_with(b"/");
        if let Some(authority) = new.host_str().filter(|_| is_path) {
            let authority = new.port().map_or_else(|| authority.to_owned(), |port| format!("{authority}:{port}"));
            let host = request.headers.iter().find(|field| field.name.is(b"host")).map(|field| &field.value);
            let place = request.authority.as_ref().or(host).filter(|place| place.text() != authority);
            self.edits.extend(place.map(|place| Edit { span: place.span, insert: authority.clone() }));
            if let Some(scheme) = request.scheme.as_ref().filter(|scheme| scheme.text() != new.scheme()) {
                self.edits.push(Edit { span: scheme.span, insert: new.scheme().to_owned() });
            }
        }
        // NB: a path says no scheme, so another one needs the whole URL.
        let is_said = request.scheme.is_some() || new.scheme() == old.scheme();
        let insert = match is_path && is_said {
            true => new[url::Position::BeforePath..url::Position::AfterQuery].to_owned(),
            false => new.to_string(),
        };
        self.edits.push(Edit { span: target, insert });
        Some(())
    }
}
