// The page's Content Security Policy: nothing but its own files, no markup from strings, nobody else to talk to.

const DIRECTIVES = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "manifest-src 'self'",
  "worker-src 'self'",
  "frame-src 'self'", // try.html, when a person asks for it.
  "base-uri 'none'",
  "form-action 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types corscope",
];

/** For the page's `meta` element. */
export const META_CSP = DIRECTIVES.join("; ");

/** For the header, which can also say who may frame the page: nobody. */
export const HEADER_CSP = [...DIRECTIVES, "frame-ancestors 'none'"].join("; ");

// The document that sends a request to another server, after a press of the button that says so: it may ask anybody, and runs
// nothing but its own script.
const TRY_DIRECTIVES = [
  "default-src 'none'",
  "script-src 'self'",
  "connect-src http: https:",
  "img-src http: https: data: blob:",
  "base-uri 'none'",
  "form-action 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
];

/** For the `meta` element of try.html. */
export const TRY_META_CSP = TRY_DIRECTIVES.join("; ");

/** For its header: only this page may frame it. */
export const TRY_HEADER_CSP = [...TRY_DIRECTIVES, "frame-ancestors 'self'"].join("; ");
