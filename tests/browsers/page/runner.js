// Runs the steps of a case where it stands, in a document or a worker, and tells what script sees. A case arrives as a message.
"use strict";

/** After how many milliseconds a step is given up, unless it says itself. */
const PATIENCE = 8000;
/** How long to wait after a step, in milliseconds, so that the servers' logs tell one step's requests from the next one's. */
const PAUSE = 15;
/** How long a beacon, which tells nothing, is given to leave. */
const BEACON = 300;

const sleep = (time) => new Promise((resolve) => setTimeout(resolve, time));

const APIS = {
  fetch: runFetch,
  xhr: runXhr,
  img: (step) => runElement(step, imageElement(step), imageTaint),
  script: runScript,
  css: (step) => runElement(step, styleElement(step), styleRules),
  preload: (step) => runElement(step, preloadElement(step), () => ({})),
  font: runFont,
  eventsource: runEventSource,
  beacon: runBeacon,
  import: runImport,
};

/** The outcome of every step, and when it began. */
async function runCase({ steps }) {
  const seen = [];
  for (const step of steps) {
    if (step.wait !== undefined) await sleep(step.wait);
    const at = Date.now();
    const patience = step.init?.timeout ?? step.timeout ?? PATIENCE;
    let outcome;
    try {
      outcome = await APIS[step.api ?? "fetch"](step, patience);
    } catch (error) {
      outcome = { out: "ctor-error", err: error.name };
    }
    seen.push({ at, outcome });
    await sleep(PAUSE);
  }
  return seen;
}

/** A promise that is kept by whoever comes first: what `start` resolves with, or `late` after `patience`. */
function within(patience, late, start) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve(late()), patience);
    const settle = (value) => {
      clearTimeout(timer);
      resolve(value);
    };
    try {
      start(settle);
    } catch (error) {
      clearTimeout(timer);
      reject(error);
    }
  });
}

function makeBody(body) {
  if (body === undefined || body === null || typeof body === "string") return body;
  if (body.blob !== undefined) return new Blob([body.blob], { type: body.type ?? "" });
  if (body.usp !== undefined) return new URLSearchParams(body.usp);
  if (body.bytes !== undefined) return new Uint8Array(body.bytes);
  if (body.form !== undefined) {
    const form = new FormData();
    for (const [name, value] of body.form) form.append(name, value);
    return form;
  }
  return new ReadableStream({
    start(controller) {
      controller.enqueue(new TextEncoder().encode(body.stream));
      controller.close();
    },
  });
}

/** Gives every header to `give`, and returns those that it threw on, or nothing where there are none. */
function giveHeaders(headers, give) {
  const errors = [];
  for (const [name, value] of headers) {
    try {
      give(name, value);
    } catch (error) {
      errors.push([name, value, { name: error.name, message: error.message }]);
    }
  }
  return errors.length === 0 ? {} : { hErr: errors };
}

async function runFetch(step, patience) {
  const { headers, timeout, body, ...init } = step.init ?? {};
  const controller = new AbortController();
  init.signal = controller.signal;
  let errors = {};
  let request;
  try {
    if (body !== undefined) init.body = makeBody(body);
    if (headers !== undefined && step.via === "Headers") {
      init.headers = new Headers();
      errors = giveHeaders(headers, (name, value) => init.headers.append(name, value));
    } else if (headers !== undefined && (step.via ?? "init") === "init") {
      init.headers = headers;
    }
    request = new Request(step.url, init);
    if (headers !== undefined && (step.via === "append" || step.via === "set")) {
      errors = giveHeaders(headers, (name, value) => request.headers[step.via](name, value));
    }
  } catch (error) {
    return { out: "ctor-error", ...errors, err: error.name };
  }
  const { method, mode, credentials, cache, redirect } = request;
  const req = { method, mode, credentials, cache, redirect, headers: [...request.headers] };
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    controller.abort();
  }, patience);
  try {
    const response = await fetch(request);
    const { type, status, url, redirected } = response;
    const res = { type, status, url, redirected, headers: [...response.headers], nullBody: response.body === null };
    // The connection is free for the next request only when the body has been read.
    await response.arrayBuffer().catch(() => {});
    return { out: "resolved", req, ...errors, res };
  } catch (error) {
    return late ? { out: "timeout", req, ...errors } : { out: "rejected", req, ...errors, err: error.name };
  } finally {
    clearTimeout(timer);
  }
}

function runXhr(step, patience) {
  const xhr = new XMLHttpRequest();
  let errors = {};
  const see = () => ({ status: xhr.status, url: xhr.responseURL, all: xhr.getAllResponseHeaders() ?? "" });
  const ended = (out, error) => {
    if (out === "resolved") for (const name of step.get ?? []) xhr.getResponseHeader(name);
    return { out, ...errors, ...error, res: see() };
  };
  const late = () => {
    xhr.onload = xhr.onerror = xhr.onabort = null;
    xhr.abort();
    return ended("timeout");
  };
  return within(patience, late, (settle) => {
    try {
      const account = step.user === undefined ? [] : [step.user, step.password ?? null];
      xhr.open(step.method || "GET", step.url, step.sync !== true, ...account);
      if (step.wc !== undefined) xhr.withCredentials = step.wc;
      if (step.rt !== undefined) xhr.responseType = step.rt;
      if (step.upload) xhr.upload.addEventListener("progress", () => {});
      errors = giveHeaders(step.headers ?? [], (name, value) => xhr.setRequestHeader(name, value));
      if (step.sync !== true) {
        xhr.onload = () => settle(ended("resolved"));
        xhr.onerror = () => settle(ended("rejected"));
        xhr.onabort = () => settle(ended("rejected"));
      }
      xhr.send(makeBody(step.body));
      if (step.sync === true) settle(ended("resolved"));
    } catch (error) {
      const isNetwork = step.sync === true && error.name === "NetworkError";
      settle(isNetwork ? ended("rejected", { err: error.name }) : { out: "ctor-error", ...errors, err: error.name, ev: [] });
    }
  });
}

function imageElement(step) {
  const image = new Image();
  setCrossorigin(image, step);
  image.src = step.url;
  return image;
}

function imageTaint(image) {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 1;
  const context = canvas.getContext("2d");
  context.drawImage(image, 0, 0);
  try {
    context.getImageData(0, 0, 1, 1);
    return { taint: false };
  } catch (error) {
    return { taint: error.name };
  }
}

function styleElement(step) {
  const link = document.createElement("link");
  link.rel = "stylesheet";
  setCrossorigin(link, step);
  link.href = step.url;
  return link;
}

function preloadElement(step) {
  const link = document.createElement("link");
  link.rel = "preload";
  if (step.as !== undefined) link.setAttribute("as", step.as);
  setCrossorigin(link, step);
  link.href = step.url;
  return link;
}

function styleRules(link) {
  try {
    return { rules: link.sheet.cssRules.length };
  } catch (error) {
    return { rules: error.name };
  }
}

function setCrossorigin(element, step) {
  if (step.crossorigin !== undefined) element.setAttribute("crossorigin", step.crossorigin);
}

/** Waits for the element's `load` or `error`; `look` says what of it script may see. */
async function runElement(step, element, look) {
  const patience = step.timeout ?? PATIENCE;
  const outcome = await within(patience, () => ({ out: "timeout" }), (settle) => {
    element.onload = () => settle({ out: "resolved", ...look(element) });
    element.onerror = () => settle({ out: "rejected" });
    // A picture is fetched without being in the document.
    if (!(element instanceof Image)) (document.head ?? document.documentElement).append(element);
  });
  // A browser may drop what was preloaded for an element that is gone.
  if (step.api !== "preload") element.remove();
  return outcome;
}

async function runScript(step) {
  const script = document.createElement("script");
  setCrossorigin(script, step);
  if (step.module) script.type = "module";
  script.src = step.url;
  let error;
  const listen = (event) => {
    error = { muted: event.message === "Script error.", err: null };
  };
  addEventListener("error", listen);
  const outcome = await runElement(step, script, () => error ?? {});
  removeEventListener("error", listen);
  return outcome;
}

let fonts = 0;

function runFont(step, patience) {
  const url = step.url.replace(/["\\\n\r\f]/g, (character) => `\\${character.charCodeAt(0).toString(16)} `);
  const font = new FontFace(`recorded-${(fonts += 1)}`, `url("${url}")`);
  return within(patience, () => ({ out: "timeout" }), (settle) => {
    font.load().then(() => settle({ out: "resolved" }), (error) => settle({ out: "rejected", err: error.name }));
  });
}

async function runEventSource(step, patience) {
  const source = new EventSource(step.url, { withCredentials: step.wc === true });
  const ev = [];
  const outcome = await within(patience, () => ({ out: "timeout", ev, readyState: source.readyState }), (settle) => {
    source.onopen = () => ev.push("open");
    source.onmessage = () => {
      ev.push("msg");
      settle({ out: "resolved", ev });
    };
    source.onerror = () => {
      ev.push(`error${source.readyState}`);
      settle({ out: "rejected", ev, readyState: source.readyState });
    };
  });
  source.close();
  return outcome;
}

async function runBeacon(step) {
  const ok = navigator.sendBeacon(step.url, makeBody(step.body));
  await sleep(BEACON);
  return { out: "resolved", ok };
}

function runImport(step, patience) {
  return within(patience, () => ({ out: "timeout" }), (settle) => {
    import(step.url).then(
      (module) => settle({ out: "resolved", keys: Object.keys(module) }),
      (error) => settle({ out: "rejected", err: error.name }),
    );
  });
}

// In a worker and in a frame the case comes from the page, and the outcome goes back to it.
if (typeof document === "undefined") {
  addEventListener("message", async ({ data }) => postMessage(await runCase(data)));
} else if (parent !== self) {
  addEventListener("message", async ({ data }) => parent.postMessage(await runCase(data), "*"));
  parent.postMessage("ready", "*");
}
