// The page's Content Security Policy: nothing but its own files, no markup from strings, nobody else to talk to.

const DIRECTIVES = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types corscope",
];

/** For the page's `meta` element. */
export const META_CSP = DIRECTIVES.join("; ");

/** For the header, which can also say who may frame the page: nobody. */
export const HEADER_CSP = [...DIRECTIVES, "frame-ancestors 'none'"].join("; ");
