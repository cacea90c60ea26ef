use super::express::options;
use super::values::Values;
use super::{Note, Server, SnippetFile};

pub(super) const SERVER: Server = Server { id: "firebase", name: "Cloud Functions for Firebase, with cors", files, notes };

fn files(values: &Values) -> Vec<SnippetFile> {
    let goes = "Into the functions' index.js; what `api` did goes between the inner braces.";
    vec![SnippetFile { name: "index.js", language: "javascript", goes, text: text(values) }]
}

fn notes(_: &Values) -> Vec<Note> {
    vec![Note::OnlyOwnAnswers, Note::InstallNpm]
}

fn text(values: &Values) -> String {
    let mut text = String::from("import cors from \"cors\";\nimport { onRequest } from \"firebase-functions/v2/https\";\n\n");
    text += &format!("const withCors = cors({{\n{}}});\n\n", options(values, "allowedHeaders", "  "));
    text += "export const api = onRequest((request, response) => {\n  withCors(request, response, () => {\n";
    text + "    response.json({ ok: true });\n  });\n});\n"
}
