use super::express::options;
use super::values::Values;
use super::{Note, Server, SnippetFile};

pub(super) const SERVER: Server = Server { id: "fastify", name: "Fastify, with @fastify/cors", files, notes };

fn files(values: &Values) -> Vec<SnippetFile> {
    let goes = "Right after `const app = fastify()`, before hooks, plugins and routes.";
    vec![SnippetFile { name: "app.js", language: "javascript", goes, text: text(values) }]
}

fn notes(_: &Values) -> Vec<Note> {
    vec![Note::First, Note::OnePlace, Note::InstallNpm]
}

fn text(values: &Values) -> String {
    let options = options(values, "allowedHeaders", "  ");
    format!("import cors from \"@fastify/cors\";\n\nawait app.register(cors, {{\n{options}}});\n")
}
