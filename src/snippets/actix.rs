use super::values::{Origins, Values, quoted};
use super::{Note, Server, SnippetFile};

pub(super) const SERVER: Server = Server { id: "actix", name: "actix-web, with actix-cors", files, notes };

fn files(values: &Values) -> Vec<SnippetFile> {
    let goes = "Beside the server, whose `App` ends with `.wrap(cors())`: the last one is the outermost.";
    vec![SnippetFile { name: "cors.rs", language: "rust", goes, text: text(values) }]
}

fn notes(values: &Values) -> Vec<Note> {
    let vary = matches!(values.origins, Origins::OneOf(_)).then_some(Note::NoVaryOnRefusedPreflights);
    let always = [Note::RefusesByStatus, Note::Outermost, Note::ActixErrors, Note::OnePlace, Note::AddCrates];
    vary.into_iter().chain(always).collect()
}

fn text(values: &Values) -> String {
    let mut text = String::from("use actix_cors::Cors;\n\npub fn cors() -> Cors {\n    Cors::default()\n");
    match values.listed() {
        None => text += "        .allow_any_origin()\n        .send_wildcard()\n",
        Some(origins) => {
            for origin in origins {
                text += &format!("        .allowed_origin(\"{origin}\")\n");
            }
        }
    }
    text += &format!("        .allowed_methods([{}])\n", quoted(&values.methods));
    if !values.request_headers.is_empty() {
        text += &format!("        .allowed_headers([{}])\n", quoted(&values.request_headers));
    }
    if !values.exposed_headers.is_empty() {
        text += &format!("        .expose_headers([{}])\n", quoted(&values.exposed_headers));
    }
    if values.credentials {
        text += "        .supports_credentials()\n";
    }
    if let Some(seconds) = values.max_age {
        text += &format!("        .max_age({seconds})\n");
    }
    text + "}\n"
}
