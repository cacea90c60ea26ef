use super::values::{Origins, Values, quoted};
use super::{Note, Server, SnippetFile};

pub(super) const SERVER: Server = Server { id: "express", name: "Express, with cors", files, notes };

fn files(values: &Values) -> Vec<SnippetFile> {
    let goes = "Right after `const app = express()`, before every other `app.use`.";
    vec![SnippetFile { name: "app.js", language: "javascript", goes, text: text(values) }]
}

fn notes(_: &Values) -> Vec<Note> {
    vec![Note::First, Note::OnePlace, Note::InstallNpm]
}

fn text(values: &Values) -> String {
    // NB: without `allowedHeaders` the library allows whatever is asked for, and an empty list allows nothing.
    format!("import cors from \"cors\";\n\napp.use(\n  cors({{\n{}  }}),\n);\n", options(values, "allowedHeaders", "    "))
}

/// The options that `cors` and its kin for Fastify have in common.
pub(super) fn options(values: &Values, headers: &str, indent: &str) -> String {
    let Values { methods, request_headers, exposed_headers, credentials, max_age, .. } = values;
    let mut text = format!("{indent}{}\n{indent}methods: [{}],\n", origin(values), quoted(methods));
    text += &format!("{indent}{headers}: [{}],\n", quoted(request_headers));
    if !exposed_headers.is_empty() {
        text += &format!("{indent}exposedHeaders: [{}],\n", quoted(exposed_headers));
    }
    if *credentials {
        text += &format!("{indent}credentials: true,\n");
    }
    if let Some(seconds) = max_age {
        text += &format!("{indent}maxAge: {seconds},\n");
    }
    text
}

/// The option that says whom to allow.
pub(super) fn origin(values: &Values) -> String {
    match &values.origins {
        Origins::Fixed(origin) => format!("origin: \"{origin}\","),
        Origins::OneOf(origins) => format!("origin: [{}],", quoted(origins)),
    }
}
