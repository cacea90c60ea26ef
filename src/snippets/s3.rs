use super::values::{Values, quoted};
use super::{Note, Server, SnippetFile};

pub(super) const SERVER: Server = Server { id: "s3", name: "Amazon S3", files, notes };

/// The methods that a bucket can be asked with.
const METHODS: [&str; 5] = ["GET", "HEAD", "POST", "PUT", "DELETE"];

fn files(values: &Values) -> Vec<SnippetFile> {
    let goes = "Into the bucket's permissions, under Cross-origin resource sharing (CORS).";
    vec![SnippetFile { name: "cors.json", language: "json", goes, text: text(values) }]
}

fn notes(values: &Values) -> Vec<Note> {
    let few = values.methods.iter().any(|method| !METHODS.contains(method)).then_some(Note::FewMethods);
    // NB: a bucket that names the origin always allows credentials with it.
    let credentials = (!values.credentials && values.listed().is_some()).then_some(Note::CredentialsAllowed);
    few.into_iter().chain(credentials).chain([Note::CacheKey]).collect()
}

fn text(values: &Values) -> String {
    let origins = values.listed().map_or("\"*\"".into(), quoted);
    let methods: Vec<&str> = values.methods.iter().copied().filter(|method| METHODS.contains(method)).collect();
    let mut text = format!("[\n  {{\n    \"AllowedOrigins\": [{origins}],\n    \"AllowedMethods\": [{}],\n", quoted(&methods));
    text += &format!(
        "    \"AllowedHeaders\": [{}],\n    \"ExposeHeaders\": [{}]",
        quoted(&values.request_headers),
        quoted(&values.exposed_headers)
    );
    if let Some(seconds) = values.max_age {
        text += &format!(",\n    \"MaxAgeSeconds\": {seconds}");
    }
    text + "\n  }\n]\n"
}
