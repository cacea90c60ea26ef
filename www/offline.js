// The service worker: keeps the files of this build, so that the page works without a network. Nothing else is kept, and no
// request to another host is touched.

const VERSION = "%VERSION%";
const FILES = ["%FILES%"];

const SCOPE = new URL("./", self.location.href);
/** NB: other pages of the same origin have caches too. */
const OURS = `corscope ${SCOPE.pathname} `;
const NAME = `${OURS}${VERSION}`;
const KNOWN = new Set(["", ...FILES].map((file) => new URL(file, SCOPE).href));

self.addEventListener("install", (event) => {
  event.waitUntil(keep().then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(forget().then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  url.hash = "";
  if (request.method !== "GET" || !KNOWN.has(url.href)) return;
  // What a new build has changed is asked for first: its document names its files by their contents.
  event.respondWith(request.mode === "navigate" ? newest(request, url.href) : kept(request, url.href));
});

async function keep() {
  const cache = await caches.open(NAME);
  await cache.addAll([...KNOWN].map((url) => new Request(url, { cache: "no-cache" })));
}

async function forget() {
  const names = (await caches.keys()).filter((name) => name.startsWith(OURS) && name !== NAME);
  await Promise.all(names.map((name) => caches.delete(name)));
}

async function newest(request, url) {
  try {
    return await fetch(request);
  } catch (error) {
    const stored = await (await caches.open(NAME)).match(url);
    if (stored === undefined) throw error;
    return stored;
  }
}

async function kept(request, url) {
  const stored = await (await caches.open(NAME)).match(url);
  return stored ?? fetch(request);
}
