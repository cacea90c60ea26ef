use super::hono::listed_headers;
use super::values::{Origins, Values, quoted};
use super::{Note, Server, SnippetFile};

pub(super) const SERVER: Server = Server { id: "koa", name: "Koa, with @koa/cors", files, notes };

fn files(values: &Values) -> Vec<SnippetFile> {
    let goes = "Right after `const app = new Koa()`, before every other `app.use`.";
    vec![SnippetFile { name: "app.js", language: "javascript", goes, text: text(values) }]
}

fn notes(values: &Values) -> Vec<Note> {
    let accept = values.request_headers.is_empty().then_some(Note::AcceptOnly);
    [Note::First].into_iter().chain(accept).chain([Note::OnePlace, Note::InstallNpm]).collect()
}

fn text(values: &Values) -> String {
    let mut text = String::from("import cors from \"@koa/cors\";\n\n");
    let origin = match &values.origins {
        Origins::Fixed(origin) => format!("    origin: \"{origin}\",\n"),
        Origins::OneOf(origins) => {
            text += &format!("const allowedOrigins = [{}];\n", quoted(origins));
            // NB: without an origin the library would leave preflights and errors to others. One that does not fit is as good as none.
            "    origin: (ctx) => allowedOrigins.find((origin) => origin === ctx.get(\"Origin\")) ?? allowedOrigins[0],\n".into()
        }
    };
    text += &format!("app.use(\n  cors({{\n{origin}    allowMethods: [{}],\n", quoted(&values.methods));
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
