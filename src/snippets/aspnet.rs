use super::values::{Values, quoted};
use super::{Note, Server, SnippetFile};

pub(super) const SERVER: Server = Server { id: "aspnet", name: "ASP.NET Core", files, notes };

fn files(values: &Values) -> Vec<SnippetFile> {
    let goes = "Into Program.cs: `AddCors` before `builder.Build()`, and `UseCors` after it, before everything that answers.";
    vec![SnippetFile { name: "Program.cs", language: "csharp", goes, text: text(values) }]
}

fn notes(_: &Values) -> Vec<Note> {
    vec![Note::First, Note::OnePlace]
}

fn text(values: &Values) -> String {
    let mut text = String::from("builder.Services.AddCors(options => options.AddDefaultPolicy(policy => policy\n");
    text += &match values.listed() {
        None => "    .AllowAnyOrigin()\n".to_owned(),
        Some(origins) => format!("    .WithOrigins({})\n", quoted(origins)),
    };
    text += &format!("    .WithMethods({})", quoted(&values.methods));
    for (call, names) in [("WithHeaders", &values.request_headers), ("WithExposedHeaders", &values.exposed_headers)] {
        if !names.is_empty() {
            text += &format!("\n    .{call}({})", quoted(names));
        }
    }
    if values.credentials {
        text += "\n    .AllowCredentials()";
    }
    if let Some(seconds) = values.max_age {
        text += &format!("\n    .SetPreflightMaxAge(TimeSpan.FromSeconds({seconds}))");
    }
    text += "));\n\nvar app = builder.Build();\n\n";
    text +=
        "// The handler of errors stands outside, and runs what is inside of it once more: so its answer has the headers too.\n";
    text + "app.UseExceptionHandler(\"/error\");\napp.UseCors();\n"
}
