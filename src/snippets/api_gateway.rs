use super::values::{Values, quoted};
use super::{Note, Server, SnippetFile};

pub(super) const SERVER: Server = Server { id: "api-gateway", name: "Amazon API Gateway, HTTP API", files, notes };

fn files(values: &Values) -> Vec<SnippetFile> {
    let goes = "Into the template, as the `AWS::Serverless::HttpApi` of the functions; routes for `OPTIONS` are not needed.";
    vec![SnippetFile { name: "template.yaml", language: "yaml", goes, text: text(values) }]
}

fn notes(_: &Values) -> Vec<Note> {
    vec![Note::OnePlace]
}

fn text(values: &Values) -> String {
    let origins = values.listed().map_or("\"*\"".into(), quoted);
    let mut text =
        String::from("Resources:\n  Api:\n    Type: AWS::Serverless::HttpApi\n    Properties:\n      CorsConfiguration:\n");
    text += &format!("        AllowOrigins: [{origins}]\n        AllowMethods: [{}]\n", quoted(&values.methods));
    for (member, names) in [("AllowHeaders", &values.request_headers), ("ExposeHeaders", &values.exposed_headers)] {
        if !names.is_empty() {
            text += &format!("        {member}: [{}]\n", quoted(names));
        }
    }
    if values.credentials {
        text += "        AllowCredentials: true\n";
    }
    if let Some(seconds) = values.max_age {
        text += &format!("        MaxAge: {seconds}\n");
    }
    text
}
