//! The files of pkg/: wasm-bindgen's glue with a loader of our own, each as an ECMAScript module and as CommonJS.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use base64::prelude::{BASE64_STANDARD, Engine};

use crate::wasm::Bindings;

/// The loader of the main entry, in which the module stands as base64.
const INLINED: &str = include_str!("../../js/inlined.js");
/// The loader of the entry without the module.
const SLIM: &str = include_str!("../../js/slim.js");
/// The types of the latter.
const SLIM_TYPES: &str = include_str!("../../js/slim.d.ts");

/// What carries plain data over the boundary.
const PLAIN: &str = include_str!("../../js/plain.js");

/// Those of the module itself, which is a file to find and not a thing to import.
const WASM_TYPES: &str = "// The WebAssembly module of `corscope/slim`: give `init` the URL that a bundler or a server has for this file.\nexport {};\n";

/// Where wasm-bindgen's own loader starts; everything before it is the surface, everything after it is replaced.
const LOADER: &str = "\nlet wasmModule, wasmInstance, wasm;\n";

/// Writes the package and says which files a host loads.
pub fn write(bindings: &Bindings, folder: &Path) -> Result<Vec<PathBuf>> {
    empty(folder)?;
    let file = |name: &str, content: &[u8]| file(folder, name, content);
    let surface = surface(bindings)?;
    let inlined = format!("{surface}\n{}", INLINED.replace("{{WASM}}", &BASE64_STANDARD.encode(&bindings.wasm)));
    let slim = format!("{surface}\n{SLIM}");
    let types = types(bindings);

    file("index.d.ts", types.as_bytes())?;
    file("index.d.cts", types.as_bytes())?;
    file("slim.d.ts", format!("export * from \"./index.js\";\n\n{SLIM_TYPES}").as_bytes())?;
    file("slim.d.cts", format!("export * from \"./index.cjs\";\n\n{SLIM_TYPES}").as_bytes())?;
    file("corscope.wasm.d.cts", WASM_TYPES.as_bytes())?;
    file("slim.cjs", common_js(&slim)?.as_bytes())?;
    file("index.cjs", common_js(&inlined)?.as_bytes())?;
    Ok(vec![file("index.js", inlined.as_bytes())?, file("slim.js", slim.as_bytes())?, file("corscope.wasm", &bindings.wasm)?])
}

/// Writes the engine of the page, which is its own only user.
pub fn write_page(bindings: &Bindings, folder: &Path) -> Result<Vec<PathBuf>> {
    empty(folder)?;
    file(folder, "engine.d.ts", format!("{}\n{SLIM_TYPES}", types(bindings)).as_bytes())?;
    let engine = format!("{}\n{SLIM}", surface(bindings)?);
    Ok(vec![file(folder, "engine.js", engine.as_bytes())?, file(folder, "engine.wasm", &bindings.wasm)?])
}

fn empty(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder).with_context(|| format!("cannot empty {}", folder.display()))?;
    }
    fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))
}

fn file(folder: &Path, name: &str, content: &[u8]) -> Result<PathBuf> {
    let path = folder.join(name);
    fs::write(&path, content).with_context(|| format!("cannot write {}", path.display()))?;
    Ok(path)
}

/// wasm-bindgen's glue without its loader, and with the hand-written half in the place of its import.
fn surface(bindings: &Bindings) -> Result<String> {
    let (surface, _) = bindings.glue.split_once(LOADER).context("the loader in wasm-bindgen's glue is not where it was")?;
    let surface = surface.split_once("*/\n").context("wasm-bindgen's glue does not start as it did")?.1;
    let (import, surface) = surface.split_once('\n').context("wasm-bindgen's glue has one line")?;
    if !(import.starts_with("import {") && import.ends_with("js/plain.js';")) {
        bail!("wasm-bindgen's glue does not start with the import of js/plain.js: {import}");
    }
    Ok(format!("{}\n{}", PLAIN.replace("export function", "function"), surface))
}

fn types(bindings: &Bindings) -> String {
    // NB: this declaration would need more than ES2022 of who compiles against it. The method itself is there.
    let types = bindings.types.lines().filter(|line| line.trim() != "[Symbol.dispose](): void;");
    types.map(|line| format!("{line}\n")).collect()
}

/// The same module as CommonJS. Node finds the names for `import` by the form of the last lines.
fn common_js(module: &str) -> Result<String> {
    let mut lines = vec!["\"use strict\";".to_owned()];
    let mut names = Vec::new();
    for line in module.lines() {
        let Some(declaration) = line.strip_prefix("export ") else {
            lines.push(line.to_owned());
            continue;
        };
        let rest = declaration.strip_prefix("async ").unwrap_or(declaration);
        let Some(rest) = rest.strip_prefix("function ").or_else(|| rest.strip_prefix("class ")) else {
            bail!("no way is known to make this line CommonJS: {line}");
        };
        names.extend(rest.split([' ', '(']).next().map(str::to_owned));
        lines.push(declaration.to_owned());
    }
    lines.extend(names.iter().map(|name| format!("exports.{name} = {name};")));
    Ok(lines.join("\n") + "\n")
}

#[cfg(test)]
mod tests {
    use super::common_js;

    #[test]
    fn exports_become_assignments() {
        let module =
            "let a;\nexport function one(b) {\n    return b;\n}\nexport class Two {\n}\nexport async function three() {\n}\n";
        let expected = "\"use strict\";\nlet a;\nfunction one(b) {\n    return b;\n}\nclass Two {\n}\nasync function three() {\n}\n\
            exports.one = one;\nexports.Two = Two;\nexports.three = three;\n";
        assert_eq!(common_js(module).unwrap(), expected);
    }

    #[test]
    fn other_exports_are_refused() {
        assert!(common_js("export { one };\n").is_err());
        assert!(common_js("export default 1;\n").is_err());
    }
}
