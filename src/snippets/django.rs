use super::values::{Values, quoted};
use super::{Note, Server, SnippetFile};

pub(super) const SERVER: Server = Server { id: "django", name: "Django, with django-cors-headers", files, notes };

fn files(values: &Values) -> Vec<SnippetFile> {
    let goes = "At the end of settings.py.";
    vec![SnippetFile { name: "settings.py", language: "python", goes, text: text(values) }]
}

fn notes(_: &Values) -> Vec<Note> {
    vec![Note::OnePlace, Note::InstallPip]
}

fn text(values: &Values) -> String {
    let mut text = String::from("INSTALLED_APPS = [*INSTALLED_APPS, \"corsheaders\"]\n");
    text += "# First, so that a preflight is answered before any login is asked for, and errors have the headers too.\n";
    text += "MIDDLEWARE = [\"corsheaders.middleware.CorsMiddleware\", *MIDDLEWARE]\n\n";
    match values.listed() {
        None => text += "CORS_ALLOW_ALL_ORIGINS = True\n",
        Some(origins) => text += &format!("CORS_ALLOWED_ORIGINS = [{}]\n", quoted(origins)),
    }
    text += &format!("CORS_ALLOW_METHODS = [{}]\n", quoted(&values.methods));
    text += &format!("CORS_ALLOW_HEADERS = [{}]\n", quoted(&values.request_headers));
    if !values.exposed_headers.is_empty() {
        text += &format!("CORS_EXPOSE_HEADERS = [{}]\n", quoted(&values.exposed_headers));
    }
    if values.credentials {
        text += "CORS_ALLOW_CREDENTIALS = True\n";
    }
    match values.max_age {
        Some(seconds) => text + &format!("CORS_PREFLIGHT_MAX_AGE = {seconds}\n"),
        None => text + "# Not said, so that browsers take their own: the library would say a day.\nCORS_PREFLIGHT_MAX_AGE = 0\n",
    }
}
