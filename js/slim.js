// The loader of the entry without the module: the page says where it is, once.

let wasm = new Proxy({}, {
    get() {
        throw new Error("{{ENTRY}} is not ready: `await init(...)` first, with corscope/{{MODULE}} or where it is");
    },
});
let ready = false;

export function initSync(source) {
    start(source instanceof WebAssembly.Module ? source : new WebAssembly.Module(source));
}

export async function init(source) {
    if (!ready) {
        start(await compile(await source));
    }
}

async function compile(source) {
    if (source instanceof WebAssembly.Module) {
        return source;
    }
    if (typeof source === "string" || source instanceof URL) {
        source = await fetch(source);
    }
    if (typeof Response === "undefined" || !(source instanceof Response)) {
        return WebAssembly.compile(source);
    }
    if (!source.ok) {
        throw new Error(`{{ENTRY}}: ${source.url} answered with status ${source.status} instead of the WebAssembly module`);
    }
    // A stream is compiled as it comes in, but only under this type.
    const streams = source.headers.get("content-type") === "application/wasm" && "compileStreaming" in WebAssembly;
    return streams ? WebAssembly.compileStreaming(source) : WebAssembly.compile(await source.arrayBuffer());
}

// A second instance would orphan the objects of the first.
function start(module) {
    if (ready) {
        return;
    }
    wasm = new WebAssembly.Instance(module, __wbg_get_imports()).exports;
    wasm.__wbindgen_start();
    ready = true;
}
