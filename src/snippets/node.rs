use super::values::{Origins, Values, quoted};
use super::{Note, Server, SnippetFile};

pub(super) const SERVER: Server = Server { id: "node", name: "Node, without a framework", files, notes };

fn files(values: &Values) -> Vec<SnippetFile> {
    let goes = "Beside the server; its handler begins with `if (cors(request, response)) return;`.";
    vec![SnippetFile { name: "cors.js", language: "javascript", goes, text: text(values) }]
}

fn notes(_: &Values) -> Vec<Note> {
    vec![Note::First, Note::OnePlace]
}

fn text(values: &Values) -> String {
    let mut text = String::new();
    let allow = match &values.origins {
        Origins::Fixed(origin) => format!("  response.setHeader(\"Access-Control-Allow-Origin\", \"{origin}\");\n"),
        Origins::OneOf(origins) => {
            text += &format!("const ALLOWED_ORIGINS = new Set([{}]);\n\n", quoted(origins));
            "  const { origin } = request.headers;\n  \
             response.appendHeader(\"Vary\", \"Origin\");\n  \
             if (ALLOWED_ORIGINS.has(origin)) response.setHeader(\"Access-Control-Allow-Origin\", origin);\n"
                .into()
        }
    };
    text += "/** Adds the CORS headers. Says whether the request was a preflight, which has its answer then. */\n";
    text += "export function cors(request, response) {\n";
    text += &allow;
    for (name, value) in values.always() {
        text += &format!("  response.setHeader(\"{name}\", \"{value}\");\n");
    }
    text += "  if (request.method !== \"OPTIONS\" || request.headers[\"access-control-request-method\"] === undefined) return false;\n";
    for (name, value) in values.of_preflight() {
        text += &format!("  response.setHeader(\"{name}\", \"{value}\");\n");
    }
    text + "  response.writeHead(204).end();\n  return true;\n}\n"
}
