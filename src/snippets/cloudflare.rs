use super::values::{Origins, Values, quoted};
use super::{Note, Server, SnippetFile};

pub(super) const SERVER: Server = Server { id: "cloudflare", name: "Cloudflare Workers", files, notes };

fn files(values: &Values) -> Vec<SnippetFile> {
    let goes = "The Worker in front of the API, on its route.";
    vec![SnippetFile { name: "worker.js", language: "javascript", goes, text: text(values) }]
}

fn notes(_: &Values) -> Vec<Note> {
    vec![Note::OnlyOwnAnswers]
}

fn text(values: &Values) -> String {
    let mut text = String::new();
    let allow = match &values.origins {
        Origins::Fixed(origin) => format!("  headers.set(\"Access-Control-Allow-Origin\", \"{origin}\");\n"),
        Origins::OneOf(origins) => {
            text += &format!("const ALLOWED_ORIGINS = new Set([{}]);\n\n", quoted(origins));
            "  const origin = request.headers.get(\"Origin\");\n  \
             headers.append(\"Vary\", \"Origin\");\n  \
             headers.delete(\"Access-Control-Allow-Origin\");\n  \
             if (ALLOWED_ORIGINS.has(origin)) headers.set(\"Access-Control-Allow-Origin\", origin);\n"
                .into()
        }
    };
    text += "function addCors(request, headers) {\n";
    text += &allow;
    for (name, value) in values.always() {
        text += &format!("  headers.set(\"{name}\", \"{value}\");\n");
    }
    text += "}\n\nexport default {\n  async fetch(request) {\n";
    text += "    if (request.method === \"OPTIONS\" && request.headers.has(\"Access-Control-Request-Method\")) {\n";
    text += "      const headers = new Headers();\n      addCors(request, headers);\n";
    for (name, value) in values.of_preflight() {
        text += &format!("      headers.set(\"{name}\", \"{value}\");\n");
    }
    text += "      return new Response(null, { status: 204, headers });\n    }\n";
    text += "    // A copy, because the headers of an answer that was fetched cannot be changed.\n";
    text += "    const answer = await fetch(request);\n    const response = new Response(answer.body, answer);\n";
    text + "    addCors(request, response.headers);\n    return response;\n  },\n};\n"
}
