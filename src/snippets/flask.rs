use super::values::{Origins, Values, quoted};
use super::{Note, Server, SnippetFile};

pub(super) const SERVER: Server = Server { id: "flask", name: "Flask", files, notes };

fn files(values: &Values) -> Vec<SnippetFile> {
    let goes = "Right after `app = Flask(__name__)`, before every other `before_request`.";
    vec![SnippetFile { name: "app.py", language: "python", goes, text: text(values) }]
}

fn notes(_: &Values) -> Vec<Note> {
    vec![Note::First, Note::OnePlace, Note::FlaskDebug]
}

fn text(values: &Values) -> String {
    let mut text = String::from("from flask import request\n\n");
    let allow = match &values.origins {
        Origins::Fixed(origin) => format!("    response.headers[\"Access-Control-Allow-Origin\"] = \"{origin}\"\n"),
        Origins::OneOf(origins) => {
            text += &format!("ALLOWED_ORIGINS = {{{}}}\n\n", quoted(origins));
            "    response.vary.add(\"Origin\")\n    \
             origin = request.headers.get(\"Origin\")\n    \
             if origin in ALLOWED_ORIGINS:\n        \
             response.headers[\"Access-Control-Allow-Origin\"] = origin\n"
                .into()
        }
    };
    text += "\ndef is_preflight():\n    return request.method == \"OPTIONS\" and \"Access-Control-Request-Method\" in request.headers\n\n\n";
    text += "@app.before_request\ndef answer_preflight():\n    if is_preflight():\n        return \"\", 204\n\n\n";
    text += "@app.after_request\ndef add_cors_headers(response):\n";
    text += &allow;
    for (name, value) in values.always() {
        text += &format!("    response.headers[\"{name}\"] = \"{value}\"\n");
    }
    text += "    if is_preflight():\n";
    for (name, value) in values.of_preflight() {
        text += &format!("        response.headers[\"{name}\"] = \"{value}\"\n");
    }
    text + "    return response\n"
}
