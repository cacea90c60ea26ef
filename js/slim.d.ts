/** The WebAssembly module of this package, `corscope/{{MODULE}}`, or where it is. */
export type ModuleSource =
  | ArrayBuffer
  | ArrayBufferView
  | string
  | (typeof globalThis extends { URL: { prototype: infer T } } ? T : never)
  | (typeof globalThis extends { Response: { prototype: infer T } } ? T : never)
  | (typeof globalThis extends { WebAssembly: { Module: { prototype: infer T } } } ? T & object : never);

/** Loads the module. Everything else in this entry throws until it has. Later calls do nothing. */
export function init(source: ModuleSource | PromiseLike<ModuleSource>): Promise<void>;

/** Loads the module at once, from its bytes or compiled. On the main thread of a page `init` is kinder. */
export function initSync(
  source:
    | ArrayBuffer
    | ArrayBufferView
    | (typeof globalThis extends { WebAssembly: { Module: { prototype: infer T } } } ? T & object : never),
): void;
