use super::values::{Origins, Values, quoted};
use super::{Note, Server, SnippetFile};

pub(super) const SERVER: Server = Server { id: "spring", name: "Spring Boot, with Spring Security", files, notes };

fn files(values: &Values) -> Vec<SnippetFile> {
    let goes =
        "Into a package that Spring scans; a filter chain of your own takes the line `http.cors(...)` instead of the bean `api`.";
    vec![SnippetFile { name: "CorsConfig.java", language: "java", goes, text: text(values) }]
}

fn notes(_: &Values) -> Vec<Note> {
    vec![Note::BeforeLogin, Note::OnePlace]
}

fn text(values: &Values) -> String {
    let origins = match &values.origins {
        Origins::Fixed(origin) => format!("\"{origin}\""),
        Origins::OneOf(origins) => quoted(origins),
    };
    let mut text = String::new();
    for name in [
        "java.util.List",
        "org.springframework.context.annotation.Bean",
        "org.springframework.context.annotation.Configuration",
        "org.springframework.security.config.Customizer",
        "org.springframework.security.config.annotation.web.builders.HttpSecurity",
        "org.springframework.security.web.SecurityFilterChain",
        "org.springframework.web.cors.CorsConfiguration",
        "org.springframework.web.cors.CorsConfigurationSource",
        "org.springframework.web.cors.UrlBasedCorsConfigurationSource",
    ] {
        text += &format!("import {name};\n");
    }
    text += "\n@Configuration\npublic class CorsConfig {\n    @Bean\n    CorsConfigurationSource corsConfigurationSource() {\n";
    text += "        var cors = new CorsConfiguration();\n";
    text += &format!("        cors.setAllowedOrigins(List.of({origins}));\n");
    text += &format!("        cors.setAllowedMethods(List.of({}));\n", quoted(&values.methods));
    text += &format!("        cors.setAllowedHeaders(List.of({}));\n", quoted(&values.request_headers));
    if !values.exposed_headers.is_empty() {
        text += &format!("        cors.setExposedHeaders(List.of({}));\n", quoted(&values.exposed_headers));
    }
    if values.credentials {
        text += "        cors.setAllowCredentials(true);\n";
    }
    if let Some(seconds) = values.max_age {
        text += &format!("        cors.setMaxAge({seconds}L);\n");
    }
    text += "        var source = new UrlBasedCorsConfigurationSource();\n";
    text += "        source.registerCorsConfiguration(\"/**\", cors);\n        return source;\n    }\n\n";
    text += "    // `cors` puts the filter before those that ask for a login, which preflights never carry.\n";
    text += "    @Bean\n    SecurityFilterChain api(HttpSecurity http) throws Exception {\n";
    text += "        http.cors(Customizer.withDefaults());\n";
    text + "        http.authorizeHttpRequests(requests -> requests.anyRequest().authenticated());\n        return http.build();\n    }\n}\n"
}
