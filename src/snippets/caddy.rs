use super::values::{Origins, Values};
use super::{Note, Server, SnippetFile};

pub(super) const SERVER: Server = Server { id: "caddy", name: "Caddy", files, notes };

fn files(values: &Values) -> Vec<SnippetFile> {
    let goes = "At the top of the Caddyfile; then write `import cors` in the site.";
    vec![SnippetFile { name: "Caddyfile", language: "caddyfile", goes, text: text(values) }]
}

fn notes(_: &Values) -> Vec<Note> {
    vec![Note::CaddyHandle, Note::CaddyUpstream]
}

fn text(values: &Values) -> String {
    let mut text = String::from(
        "(cors) {\n    @cors_preflight {\n        method OPTIONS\n        header Access-Control-Request-Method *\n    }\n",
    );
    match &values.origins {
        Origins::Fixed(origin) => text += &format!("    header Access-Control-Allow-Origin \"{origin}\"\n"),
        Origins::OneOf(origins) => {
            text += "    @cors_allowed {\n";
            for origin in origins {
                text += &format!("        header Origin \"{origin}\"\n");
            }
            text += "    }\n    header +Vary Origin\n    header @cors_allowed Access-Control-Allow-Origin {http.request.header.Origin}\n";
        }
    }
    for (name, value) in values.always() {
        text += &format!("    header {name} \"{value}\"\n");
    }
    for (name, value) in values.of_preflight() {
        text += &format!("    header @cors_preflight {name} \"{value}\"\n");
    }
    text + "    # A preflight is answered here, before any login is asked for.\n    handle @cors_preflight {\n        respond 204\n    }\n}\n"
}
