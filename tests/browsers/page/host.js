// The page: asks the recorder for one case after the other, runs each in its context, and says what was seen.
"use strict";

const HTML = `<!doctype html><meta charset="utf-8"><script src="${location.origin}/__/runner.js"></scr` + "ipt>";

const CONTEXTS = {
  page: runCase,
  worker: inWorker,
  frame: (job) => inFrame(job, { src: "/__/frame.html" }),
  sandbox: (job) => inFrame(job, { sandbox: "allow-scripts", src: "/__/frame.html" }),
  "sandbox-srcdoc": (job) => inFrame(job, { sandbox: "allow-scripts", srcdoc: HTML }),
  srcdoc: (job) => inFrame(job, { srcdoc: HTML }),
  data: (job) => inFrame(job, { src: `data:text/html,${encodeURIComponent(HTML)}` }),
  blob: (job) => inFrame(job, { src: URL.createObjectURL(new Blob([HTML], { type: "text/html" })) }),
};

function inWorker(job) {
  return new Promise((resolve, reject) => {
    const worker = new Worker("/__/worker.js");
    worker.onmessage = ({ data }) => {
      worker.terminate();
      resolve(data);
    };
    worker.onerror = (event) => reject(new Error(event.message));
    worker.postMessage(job);
  });
}

function inFrame(job, attributes) {
  return new Promise((resolve) => {
    const frame = document.createElement("iframe");
    for (const [name, value] of Object.entries(attributes)) frame.setAttribute(name, value);
    addEventListener("message", function listen({ source, data }) {
      if (source !== frame.contentWindow) return;
      if (data === "ready") {
        frame.contentWindow.postMessage(job, "*");
        return;
      }
      removeEventListener("message", listen);
      frame.remove();
      resolve(data);
    });
    document.body.append(frame);
  });
}

async function exchange(done) {
  const response = await fetch("/__/next", { method: "POST", body: JSON.stringify(done), cache: "no-store" });
  return response.json();
}

async function work() {
  let done = {};
  for (;;) {
    const job = await exchange(done);
    if (job.stop) return;
    try {
      done = { id: job.id, seen: await CONTEXTS[job.ctx](job) };
    } catch (error) {
      done = { id: job.id, failure: `${error.name}: ${error.message}` };
    }
  }
}

addEventListener("load", () => setTimeout(work));
