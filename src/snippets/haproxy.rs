use super::values::{Origins, Values};
use super::{Note, Server, SnippetFile};

pub(super) const SERVER: Server = Server { id: "haproxy", name: "HAProxy", files, notes };

fn files(values: &Values) -> Vec<SnippetFile> {
    let goes = "Into the `frontend`, before its other `http-request` rules.";
    vec![SnippetFile { name: "haproxy.cfg", language: "haproxy", goes, text: text(values) }]
}

fn notes(_: &Values) -> Vec<Note> {
    vec![Note::BeforeLogin]
}

fn text(values: &Values) -> String {
    let mut text = String::new();
    let is_preflight = "{ var(txn.cors_preflight) -m found }";
    if let Origins::OneOf(origins) = &values.origins {
        let listed: Vec<String> = origins.iter().map(|origin| format!("\"{origin}\"")).collect();
        text += &format!(
            "    http-request set-var(txn.cors_origin) req.fhdr(Origin) if {{ req.fhdr(Origin) -m str {} }}\n",
            listed.join(" ")
        );
    }
    text += "    http-request set-var(txn.cors_preflight) bool(true) if METH_OPTIONS { req.fhdr(Access-Control-Request-Method) -m found }\n";
    text += "    # A preflight is answered here, before any login is asked for.\n";
    text += &format!("    http-request return status 204 if {is_preflight}\n");
    text += "    # After every answer, errors of HAProxy's own too. What the application behind says itself is removed first.\n";
    text += "    http-after-response del-header Access-Control- -m beg\n";
    match values.origins {
        Origins::Fixed(origin) => {
            text += &format!("    http-after-response set-header Access-Control-Allow-Origin \"{origin}\"\n");
        }
        Origins::OneOf(_) => {
            text += "    http-after-response add-header Vary Origin\n";
            text += "    http-after-response set-header Access-Control-Allow-Origin %[var(txn.cors_origin)] if { var(txn.cors_origin) -m found }\n";
        }
    }
    for (name, value) in values.always() {
        text += &format!("    http-after-response set-header {name} \"{value}\"\n");
    }
    for (name, value) in values.of_preflight() {
        text += &format!("    http-after-response set-header {name} \"{value}\" if {is_preflight}\n");
    }
    text
}
