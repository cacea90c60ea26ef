use super::values::{Origins, Values, quoted};
use super::{Note, Server, SnippetFile};

pub(super) const SERVER: Server = Server { id: "go", name: "Go, with net/http alone", files, notes };

fn files(values: &Values) -> Vec<SnippetFile> {
    let goes = "Beside the server, which serves `cors(handler)` instead of `handler`.";
    vec![SnippetFile { name: "cors.go", language: "go", goes, text: text(values) }]
}

fn notes(_: &Values) -> Vec<Note> {
    vec![Note::Outermost, Note::OnePlace]
}

fn text(values: &Values) -> String {
    let mut text = String::from("package main\n\nimport \"net/http\"\n\n");
    let allow = match &values.origins {
        Origins::Fixed(origin) => format!("\t\theader.Set(\"Access-Control-Allow-Origin\", \"{origin}\")\n"),
        Origins::OneOf(origins) => {
            "\t\theader.Add(\"Vary\", \"Origin\")\n\t\tswitch origin := r.Header.Get(\"Origin\"); origin {\n\t\tcase ".to_owned()
                + &quoted(origins)
                + ":\n\t\t\theader.Set(\"Access-Control-Allow-Origin\", origin)\n\t\t}\n"
        }
    };
    text += "// cors adds the CORS headers to whatever next answers, and answers preflights itself.\n";
    text +=
        "func cors(next http.Handler) http.Handler {\n\treturn http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {\n";
    text += "\t\theader := w.Header()\n";
    text += &allow;
    for (name, value) in values.always() {
        text += &format!("\t\theader.Set(\"{name}\", \"{value}\")\n");
    }
    text += "\t\tif r.Method != http.MethodOptions || r.Header.Get(\"Access-Control-Request-Method\") == \"\" {\n";
    text += "\t\t\tnext.ServeHTTP(w, r)\n\t\t\treturn\n\t\t}\n";
    for (name, value) in values.of_preflight() {
        text += &format!("\t\theader.Set(\"{name}\", \"{value}\")\n");
    }
    text + "\t\tw.WriteHeader(http.StatusNoContent)\n\t})\n}\n"
}
