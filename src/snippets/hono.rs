use super::express::origin;
use super::values::{Values, quoted};
use super::{Note, Server, SnippetFile};

pub(super) const SERVER: Server = Server { id: "hono", name: "Hono", files, notes };

fn files(values: &Values) -> Vec<SnippetFile> {
    let goes = "Right after `const app = new Hono()`, before every other `app.use`.";
    vec![SnippetFile { name: "app.js", language: "javascript", goes, text: text(values) }]
}

fn notes(values: &Values) -> Vec<Note> {
    let accept = values.request_headers.is_empty().then_some(Note::AcceptOnly);
    [Note::First].into_iter().chain(accept).chain([Note::OnePlace]).collect()
}

fn text(values: &Values) -> String {
    let mut text = String::from("import { cors } from \"hono/cors\";\n\napp.use(\n  cors({\n");
    text += &format!("    {}\n    allowMethods: [{}],\n", origin(values), quoted(&values.methods));
    text += &format!("    allowHeaders: [{}],\n", quoted(listed_headers(values)));
    if !values.exposed_headers.is_empty() {
        text += &format!("    exposeHeaders: [{}],\n", quoted(&values.exposed_headers));
    }
    if values.credentials {
        text += "    credentials: true,\n";
    }
    if let Some(seconds) = values.max_age {
        text += &format!("    maxAge: {seconds},\n");
    }
    text + "  }),\n);\n"
}

/// The request headers to list where an empty list would allow them all.
pub(super) fn listed_headers<'a>(values: &'a Values) -> &'a [&'a str] {
    if values.request_headers.is_empty() { &["Accept"] } else { &values.request_headers }
}
