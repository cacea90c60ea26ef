// Which browser this is, as far as its engine decides.

import type { ProfileName } from "../../engine/engine.js";

export interface ThisBrowser {
  profile: ProfileName;
  name: string;
}

/** NB: every browser on an iPhone is WebKit, whatever it calls itself. */
export function thisBrowser(userAgent = navigator.userAgent): ThisBrowser {
  if (/Firefox\/\d/.test(userAgent)) return { profile: "firefox", name: "Firefox" };
  if (/Chrom(?:e|ium)\/\d/.test(userAgent)) return { profile: "chromium", name: /Edg\/\d/.test(userAgent) ? "Edge" : "Chromium" };
  if (/AppleWebKit\/\d/.test(userAgent)) return { profile: "webkit", name: "WebKit" };
  return { profile: "spec", name: "this browser" };
}
