use super::hono::listed_headers;
use super::values::{Origins, Values, quoted};
use super::{Note, Server, SnippetFile};

pub(super) const SERVER: Server = Server { id: "cloudfront", name: "Amazon CloudFront", files, notes };

/// For how many seconds browsers remember a preflight's answer that does not say.
const DEFAULT_MAX_AGE: u32 = 5;

fn files(values: &Values) -> Vec<SnippetFile> {
    let goes = "For `aws cloudfront create-response-headers-policy --response-headers-policy-config file://cors.json`; \
                then choose the policy in the distribution's behaviours.";
    vec![SnippetFile { name: "cors.json", language: "json", goes, text: text(values) }]
}

fn notes(values: &Values) -> Vec<Note> {
    let accept = values.request_headers.is_empty().then_some(Note::AcceptOnly);
    let cache = matches!(values.origins, Origins::OneOf(_)).then_some(Note::CacheKey);
    accept.into_iter().chain(cache).collect()
}

fn text(values: &Values) -> String {
    let list = |items: &[&str]| format!("{{ \"Quantity\": {}, \"Items\": [{}] }}", items.len(), quoted(items));
    let mut text = String::from("{\n  \"Name\": \"cors\",\n  \"CorsConfig\": {\n");
    text += &format!("    \"AccessControlAllowOrigins\": {},\n", list(values.listed().unwrap_or(&["*"])));
    text += &format!("    \"AccessControlAllowMethods\": {},\n", list(&values.methods));
    text += &format!("    \"AccessControlAllowHeaders\": {},\n", list(listed_headers(values)));
    if !values.exposed_headers.is_empty() {
        text += &format!("    \"AccessControlExposeHeaders\": {},\n", list(&values.exposed_headers));
    }
    text += &format!("    \"AccessControlAllowCredentials\": {},\n", values.credentials);
    text += &format!("    \"AccessControlMaxAgeSec\": {},\n", values.max_age.unwrap_or(DEFAULT_MAX_AGE));
    text + "    \"OriginOverride\": true\n  }\n}\n"
}
