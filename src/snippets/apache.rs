use super::values::{Origins, Values};
use super::{Note, Server, SnippetFile};

pub(super) const SERVER: Server = Server { id: "apache", name: "Apache httpd", files, notes };

fn files(values: &Values) -> Vec<SnippetFile> {
    let text = text(values);
    let goes = "Into the `<VirtualHost>`, not into a `<Directory>` or .htaccess: those come after the login.";
    vec![SnippetFile { name: "cors.conf", language: "apache", goes, text }]
}

fn notes(_: &Values) -> Vec<Note> {
    vec![Note::ApacheModules]
}

fn text(values: &Values) -> String {
    let mut text =
        String::from("Define cors_preflight \"%{REQUEST_METHOD} == 'OPTIONS' && -n req('Access-Control-Request-Method')\"\n");
    if let Origins::OneOf(origins) = &values.origins {
        let listed: Vec<String> = origins.iter().map(|origin| format!("'{origin}'")).collect();
        text += &format!("Define cors_allowed \"req('Origin') in {{ {} }}\"\n", listed.join(", "));
    }
    text += "\n# What the application behind says itself, so that nothing is said twice.\n";
    for name in ["Allow-Origin", "Allow-Credentials", "Allow-Methods", "Allow-Headers", "Max-Age", "Expose-Headers"] {
        text += &format!("Header onsuccess unset Access-Control-{name}\n");
    }
    text += "\n# `always`: errors too.\n";
    match values.origins {
        Origins::Fixed(origin) => text += &format!("Header always set Access-Control-Allow-Origin \"{origin}\"\n"),
        Origins::OneOf(_) => {
            text += "Header always merge Vary Origin\n";
            text += "Header always set Access-Control-Allow-Origin \"expr=%{req:Origin}\" \"expr=${cors_allowed}\"\n";
        }
    }
    for (name, value) in values.always() {
        text += &format!("Header always set {name} \"{value}\"\n");
    }
    for (name, value) in values.of_preflight() {
        text += &format!("Header always set {name} \"{value}\" \"expr=${{cors_preflight}}\"\n");
    }
    text += "\n# A preflight is answered here, before any login is asked for.\nRewriteEngine On\n";
    text + "RewriteCond expr \"${cors_preflight}\"\nRewriteRule ^ - [R=204,L]\n"
}
