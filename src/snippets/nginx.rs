use super::values::{Origins, Values, literal};
use super::{Note, Server, SnippetFile};

pub(super) const SERVER: Server = Server { id: "nginx", name: "nginx", files, notes };

/// The longest text that certainly fits into the hash tables that nginx makes of a `map`, whatever the processor's cache lines.
const LONGEST_KEY: usize = 32;

/// What an application behind may send of its own.
const HIDDEN: [&str; 6] = ["Origin", "Credentials", "Methods", "Headers", "Max-Age", "Expose-Headers"];

fn files(values: &Values) -> Vec<SnippetFile> {
    vec![
        SnippetFile {
            name: "cors-server.conf",
            language: "nginx",
            goes: "Into the `server` block, or include it there.",
            text: server(values),
        },
        SnippetFile {
            name: "cors-http.conf",
            language: "nginx",
            goes: "Into the `http` block: a file in /etc/nginx/conf.d is included there.",
            text: http(values),
        },
    ]
}

fn notes(_: &Values) -> Vec<Note> {
    vec![Note::OwnAddHeader, Note::OtherUpstreams]
}

fn server(values: &Values) -> String {
    let mut text = String::from("# What the application behind says itself, so that nothing is said twice.\n");
    for name in HIDDEN {
        let name = if name == "Max-Age" || name == "Expose-Headers" { name.to_owned() } else { format!("Allow-{name}") };
        text += &format!("proxy_hide_header Access-Control-{name};\n");
    }
    text += "\n# `always`: errors too. A header whose value is empty is not sent.\n";
    match values.origins {
        Origins::Fixed(origin) => text += &format!("add_header Access-Control-Allow-Origin \"{origin}\" always;\n"),
        Origins::OneOf(_) => {
            text += "add_header Vary Origin always;\nadd_header Access-Control-Allow-Origin $cors_origin always;\n";
        }
    }
    for (name, value) in values.always() {
        text += &format!("add_header {name} \"{value}\" always;\n");
    }
    for (name, _) in values.of_preflight() {
        text += &format!("add_header {name} ${} always;\n", variable(name));
    }
    text + "\n# A preflight is answered here, before any login is asked for.\nif ($cors_preflight) {\n    return 204;\n}\n"
}

fn http(values: &Values) -> String {
    let mut text = String::from("map \"$request_method:$http_access_control_request_method\" $cors_preflight {\n");
    text += "    default \"\";\n    \"~^OPTIONS:.\" 1;\n}\n";
    for (name, value) in values.of_preflight() {
        text += &format!("map $cors_preflight ${} {{\n    default \"\";\n    1 \"{value}\";\n}}\n", variable(name));
    }
    if let Origins::OneOf(origins) = &values.origins {
        text += "map $http_origin $cors_origin {\n    default \"\";\n";
        for origin in origins {
            if origin.len() <= LONGEST_KEY {
                text += &format!("    \"{origin}\" \"{origin}\";\n");
            } else {
                // Patterns are in no hash table, so they may be long.
                text += &format!("    \"~^{}$\" \"{origin}\";\n", literal(origin));
            }
        }
        text += "}\n";
    }
    text
}

/// `$cors_allow_methods` for `Access-Control-Allow-Methods`.
fn variable(name: &str) -> String {
    name.to_ascii_lowercase().replacen("access-control", "cors", 1).replace('-', "_")
}
