// The loader of the main entry: the module stands in this file and is there as soon as the file has run.

let wasm;

function bytes(base64) {
    const text = atob(base64);
    const bytes = new Uint8Array(text.length);
    for (let index = 0; index < text.length; index += 1) {
        bytes[index] = text.charCodeAt(index);
    }
    return bytes;
}

wasm = new WebAssembly.Instance(new WebAssembly.Module(bytes("{{WASM}}")), __wbg_get_imports()).exports;
wasm.__wbindgen_start();
