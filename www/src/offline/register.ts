// Keeps the page for the time without a network, once it has been loaded whole.

import { scriptUrl } from "../trusted.ts";

/** Registers the service worker, where there can be one. A page that cannot be kept works as before. */
export function keepForOffline(): void {
  if (!import.meta.env.PROD || !("serviceWorker" in navigator) || !isSecureContext) return;
  const register = () => void navigator.serviceWorker.register(scriptUrl(new URL("./offline.js", document.baseURI))).catch(() => {});
  if (document.readyState === "complete") register();
  else addEventListener("load", register, { once: true });
}
