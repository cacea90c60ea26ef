use super::values::Values;
use super::{Note, Server, SnippetFile};

pub(super) const SERVER: Server = Server { id: "rails", name: "Rails, with rack-cors", files, notes };

fn files(values: &Values) -> Vec<SnippetFile> {
    let goes = "Into config/initializers.";
    vec![SnippetFile { name: "cors.rb", language: "ruby", goes, text: text(values) }]
}

fn notes(_: &Values) -> Vec<Note> {
    vec![Note::OnePlace, Note::AddGem]
}

fn text(values: &Values) -> String {
    let origins = values.listed().map_or("\"*\"".into(), super::values::quoted);
    let methods: Vec<String> = values.methods.iter().map(|method| method.to_ascii_lowercase()).collect();
    let quoted = super::values::quoted;
    let mut text = String::from(
        "# First of all, so that a preflight is answered before any login is asked for, and errors have the headers too.\n",
    );
    text += "Rails.application.config.middleware.insert_before 0, Rack::Cors do\n  allow do\n";
    text += &format!("    origins {origins}\n    resource \"*\",\n      methods: %i[{}],\n", methods.join(" "));
    text +=
        &format!("      headers: [{}],\n      expose: [{}],\n", quoted(&values.request_headers), quoted(&values.exposed_headers));
    text += &format!("      credentials: {}", values.credentials);
    if let Some(seconds) = values.max_age {
        text += &format!(",\n      max_age: {seconds}");
    }
    text + "\n  end\nend\n"
}
