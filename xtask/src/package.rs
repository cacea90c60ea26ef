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

/// Those of a module itself, which is a file to find and not a thing to import.
const WASM_TYPES: &str =
    "// The WebAssembly module of `{{ENTRY}}`: give `init` the URL that a bundler or a server has for this file.\nexport {};\n";

/// Where wasm-bindgen's own loader starts; everything before it is the surface, everything after it is replaced.
const LOADER: &str = "\nlet wasmModule, wasmInstance, wasm;\n";

/// A module of the package, and the names of its files: one with the module inside, one without, and the module alone.
struct Entry<'a> {
    bindings: &'a Bindings,
    inlined: &'static str,
    slim: &'static str,
    wasm: &'static str,
    /// How the one without is imported.
    name: &'static str,
}

/// Writes the package, of the engine alone and of all there is, and says which files a host loads.
pub fn write(engine: &Bindings, whole: &Bindings, folder: &Path) -> Result<Vec<PathBuf>> {
    empty(folder)?;
    let mut written = Vec::new();
    for entry in [
        Entry { bindings: engine, inlined: "index", slim: "slim", wasm: "corscope.wasm", name: "corscope/slim" },
        Entry { bindings: whole, inlined: "explain", slim: "explain-slim", wasm: "explain.wasm", name: "corscope/explain/slim" },
    ] {
        written.extend(write_entry(&entry, folder)?);
    }
    Ok(written)
}

fn write_entry(entry: &Entry, folder: &Path) -> Result<Vec<PathBuf>> {
    let Entry { bindings, inlined: inlined_name, slim: slim_name, wasm, name } = entry;
    let file = |name: String, content: &[u8]| file(folder, &name, content);
    let loader = |text: &str| text.replace("{{ENTRY}}", name).replace("{{MODULE}}", wasm);
    let surface = surface(bindings)?;
    let inlined = format!("{surface}\n{}", INLINED.replace("{{WASM}}", &BASE64_STANDARD.encode(&bindings.wasm)));
    let slim = format!("{surface}\n{}", loader(SLIM));
    let types = types(bindings);

    file(format!("{inlined_name}.d.ts"), types.as_bytes())?;
    file(format!("{inlined_name}.d.cts"), types.as_bytes())?;
    for (extension, module) in [("d.ts", "js"), ("d.cts", "cjs")] {
        let types = format!("export * from \"./{inlined_name}.{module}\";\n\n{}", loader(SLIM_TYPES));
        file(format!("{slim_name}.{extension}"), types.as_bytes())?;
    }
    file(format!("{wasm}.d.cts"), loader(WASM_TYPES).as_bytes())?;
    file(format!("{slim_name}.cjs"), common_js(&slim)?.as_bytes())?;
    file(format!("{inlined_name}.cjs"), common_js(&inlined)?.as_bytes())?;
    Ok(vec![
        file(format!("{inlined_name}.js"), inlined.as_bytes())?,
        file(format!("{slim_name}.js"), slim.as_bytes())?,
        file((*wasm).to_owned(), &bindings.wasm)?,
    ])
}

/// The types of the module that the page loads first, but for those of its loader.
const FIRST_TYPES: &str = "import type { Inspection } from \"./engine.js\";\n\n\
    /** What `inspect` says, as far as a first answer needs it. */\n\
    export function inspectFirst(page: string, text: string, credentials?: string | null, mode?: string | null): Inspection;\n\n";

/// Writes the engine of the page, which is its own only user: a module for the first answer, and one with everything.
pub fn write_page(first: &Bindings, whole: &Bindings, folder: &Path) -> Result<Vec<PathBuf>> {
    empty(folder)?;
    let loader = |name: &str, text: &str| text.replace("{{ENTRY}}", name).replace("{{MODULE}}", &format!("{name}.wasm"));
    file(folder, "first.d.ts", format!("{FIRST_TYPES}{}", loader("first", SLIM_TYPES)).as_bytes())?;
    file(folder, "engine.d.ts", format!("{}\n{}", types(whole), loader("engine", SLIM_TYPES)).as_bytes())?;
    let mut written = Vec::new();
    for (name, bindings) in [("first", first), ("engine", whole)] {
        let glue = format!("{}\n{}", surface(bindings)?, loader(name, SLIM));
        written.push(file(folder, &format!("{name}.js"), glue.as_bytes())?);
        written.push(file(folder, &format!("{name}.wasm"), &bindings.wasm)?);
    }
    Ok(written)
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
