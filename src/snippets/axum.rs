use super::values::{Origins, Values};
use super::{Note, Server, SnippetFile};

pub(super) const SERVER: Server = Server { id: "axum", name: "axum, with tower-http", files, notes };

/// The methods that the crate has constants for.
const KNOWN: [&str; 6] = ["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH"];

fn files(values: &Values) -> Vec<SnippetFile> {
    let goes = "Beside the router, which ends with `.layer(cors())`: the last layer is the outermost.";
    vec![SnippetFile { name: "cors.rs", language: "rust", goes, text: text(values) }]
}

fn notes(_: &Values) -> Vec<Note> {
    vec![Note::Outermost, Note::OnePlace, Note::AddCrates]
}

fn text(values: &Values) -> String {
    let method = |name: &&str| match KNOWN.contains(name) {
        true => format!("Method::{name}"),
        false => format!("Method::from_bytes(b\"{name}\").expect(\"a method\")"),
    };
    let methods: Vec<String> = values.methods.iter().map(method).collect();
    let mut uses = String::from("use axum::http::Method;\n");
    let mut chain = String::from("    CorsLayer::new()\n");
    match &values.origins {
        Origins::Fixed("*") => chain += "        .allow_origin(tower_http::cors::Any)\n",
        Origins::Fixed(origin) => {
            chain += &format!("        .allow_origin(HeaderValue::from_static(\"{origin}\"))\n");
        }
        Origins::OneOf(origins) => {
            chain += "        .allow_origin([\n";
            for origin in origins {
                chain += &format!("            HeaderValue::from_static(\"{origin}\"),\n");
            }
            chain += "        ])\n";
        }
    }
    chain += &format!("        .allow_methods([{}])\n", methods.join(", "));
    for (call, names) in [("allow_headers", &values.request_headers), ("expose_headers", &values.exposed_headers)] {
        if !names.is_empty() {
            // NB: `from_static` takes lower case alone.
            let names: Vec<String> =
                names.iter().map(|name| format!("HeaderName::from_static(\"{}\")", name.to_ascii_lowercase())).collect();
            chain += &format!("        .{call}([{}])\n", names.join(", "));
        }
    }
    if values.credentials {
        chain += "        .allow_credentials(true)\n";
    }
    if let Some(seconds) = values.max_age {
        chain += &format!("        .max_age(std::time::Duration::from_secs({seconds}))\n");
    }
    let used: Vec<&str> =
        ["HeaderName", "HeaderValue", "Method"].into_iter().filter(|name| chain.contains(&format!("{name}::"))).collect();
    if used.len() > 1 {
        uses = format!("use axum::http::{{{}}};\n", used.join(", "));
    }
    format!("{uses}use tower_http::cors::CorsLayer;\n\npub fn cors() -> CorsLayer {{\n{chain}}}\n")
}
