// The one place that makes URLs of scripts: for workers of this page's own build, and nothing else.

interface Policy {
  createScriptURL(url: string): string;
}

interface Factory {
  createPolicy(name: string, rules: Policy): Policy;
}

const rules: Policy = {
  createScriptURL(url) {
    const { origin, pathname } = new URL(url, document.baseURI);
    const own = new URL("./", document.baseURI);
    if (origin !== own.origin || !pathname.startsWith(own.pathname)) throw new TypeError(`${url} is no script of this page.`);
    return url;
  },
};

const factory = (globalThis as { trustedTypes?: Factory }).trustedTypes;
const policy = factory?.createPolicy("corscope", rules) ?? rules;

/** The URL of a script of this page, as `new Worker()` and `navigator.serviceWorker.register()` take it. */
export function scriptUrl(url: URL): string {
  return policy.createScriptURL(url.href);
}
