use super::values::{Values, quoted};
use super::{Note, Server, SnippetFile};

pub(super) const SERVER: Server = Server { id: "starlette", name: "FastAPI and Starlette", files, notes };

/// For how many seconds browsers remember a preflight's answer that does not say. The library always says something.
const DEFAULT_MAX_AGE: u32 = 5;

fn files(values: &Values) -> Vec<SnippetFile> {
    let goes = "At the end of the file that makes `app`, after all routes: from there on `app` is the wrapped one.";
    vec![SnippetFile { name: "main.py", language: "python", goes, text: text(values) }]
}

fn notes(values: &Values) -> Vec<Note> {
    let lists_it = values.request_headers.iter().any(|name| name.eq_ignore_ascii_case("content-type"));
    let content_type = (!lists_it).then_some(Note::ContentTypeAllowed);
    content_type.into_iter().chain([Note::RefusesByStatus, Note::Outermost, Note::OnePlace]).collect()
}

fn text(values: &Values) -> String {
    let origins = values.listed().map_or("\"*\"".into(), quoted);
    let mut text = String::from("from starlette.middleware.cors import CORSMiddleware\n\n");
    text += "# Around the whole application: `app.add_middleware` would put it inside of what answers an unexpected error.\n";
    text += &format!("app = CORSMiddleware(\n    app,\n    allow_origins=[{origins}],\n");
    text +=
        &format!("    allow_methods=[{}],\n    allow_headers=[{}],\n", quoted(&values.methods), quoted(&values.request_headers));
    if !values.exposed_headers.is_empty() {
        text += &format!("    expose_headers=[{}],\n", quoted(&values.exposed_headers));
    }
    if values.credentials {
        text += "    allow_credentials=True,\n";
    }
    text + &format!("    max_age={},\n)\n", values.max_age.unwrap_or(DEFAULT_MAX_AGE))
}
