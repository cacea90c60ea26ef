// Runs cases in one browser, one after the other, and gives what was seen.

import { readFileSync } from "node:fs";
import { ORIGINS, expand, mapStrings } from "./origins.mjs";
import { consoleLines, observation } from "./observation.mjs";
import { sleep } from "./program.mjs";
import { Servers } from "./server.mjs";
import { instructions } from "./recording.mjs";

/** Which recorder this is: what is printed in a case is the case's, whatever it names. */
const RECORDER = 2;
/** How often a case is tried: a browser that hangs is started anew. */
const TRIES = 2;
/** What a case may take beyond its own waits and limits, in milliseconds. */
const GRACE = 15_000;
/** What a step may take that has no limit of its own, as page/runner.js has it. */
const PATIENCE = 8000;
/** How long the page may take to ask for its first case. */
const OPENING = 40_000;
/** How long lines may still come after a case that has the browser for itself. */
const LATE = 500;

/** What the document or worker that runs a case is made of. Its headers are the case's own. */
const OWN_CONTEXTS = new Set(["/__/frame.html", "/__/worker.js"]);

const OWN_FILES = {
  "/__/page.html": "text/html",
  "/__/frame.html": "text/html",
  "/__/runner.js": "text/javascript",
  "/__/host.js": "text/javascript",
  "/__/worker.js": "text/javascript",
};

export class Session {
  #start;
  #engine;
  #alone;
  #browser;
  #servers = new Servers((path, body) => this.#own(path, body));
  #page;
  #localNetwork;
  #policy = [];
  #number = 0;
  #awaited;
  #reply;
  #stopping;

  /** `start(localNetwork)` starts a browser: `{ open(url), console(), stop() }`. `engine` is its name. `alone` gives every case one of
   * its own. */
  constructor(engine, start, { alone = false } = {}) {
    this.#engine = engine;
    this.#start = start;
    this.#alone = alone;
  }

  listen(certificate) {
    return this.#servers.listen(certificate);
  }

  /** What was seen in a case: a line of a recording. */
  async record(recording) {
    for (let trial = 1; ; trial += 1) {
      try {
        return await this.#run(recording);
      } catch (error) {
        if (this.#stopping !== undefined) throw error;
        await this.#close();
        if (trial === TRIES) throw new Error(`${recording.id}: ${error.message}`);
      }
    }
  }

  /** Ends the browser and the servers. */
  stop() {
    this.#stopping ??= this.#close().then(() => this.#servers.close());
    return this.#stopping;
  }

  async #run(recording) {
    if (this.#alone || recording.localNetwork !== this.#localNetwork) await this.#close();
    this.#localNetwork = recording.localNetwork;
    await this.#open(recording.page ?? "A");
    this.#number += 1;
    // A name that occurs nowhere else, so that it can be found again in what the browser prints.
    const id = `zq${this.#number.toString(36).padStart(4, "0")}`;
    const meant = mapStrings(instructions(recording), (text) => expand(text, id));
    this.#servers.add(id, meant.server);
    this.#policy = meant.policy ?? [];
    try {
      const limit = GRACE + meant.steps.reduce((sum, step) => sum + (step.wait ?? 0) + (step.init?.timeout ?? step.timeout ?? PATIENCE), 0);
      const { seen, failure } = await this.#exchange({ id, ctx: meant.ctx ?? "page", steps: meant.steps }, limit);
      if (failure !== undefined) throw new Error(`the page cannot run it: ${failure}`);
      if (this.#alone) await sleep(LATE);
      const lines = await this.#browser.console();
      const expect = observation(recording, id, seen, this.#servers.take(id));
      const made = { recorder: RECORDER, recordedOn: new Date().toISOString().slice(0, 10), recordedIn: { [this.#engine]: numberOf(this.#browser.version) } };
      return { ...instructions(recording), ...made, expect: { [this.#engine]: expect }, console: { [this.#engine]: consoleLines(lines, id) } };
    } finally {
      this.#servers.take(id);
    }
  }

  async #open(page) {
    if (this.#page === page) return;
    this.#browser ??= await this.#start(this.#localNetwork);
    // Whoever asked for the end while it started did not see it.
    if (this.#stopping !== undefined) {
      await this.#close();
      throw new Error("interrupted");
    }
    // A page that still waits for a case must not take the one that is meant for the next page.
    this.#reply?.({ stop: true });
    this.#reply = undefined;
    const asked = this.#await(OPENING, `the page ${page} did not ask for a case`);
    await this.#browser.open(`${ORIGINS[page]}/__/page.html?g=${page}&t=0`);
    await asked;
    await this.#browser.console();
    this.#page = page;
  }

  async #close() {
    const browser = this.#browser;
    this.#browser = this.#page = undefined;
    this.#reply?.({ stop: true });
    this.#reply = undefined;
    await browser?.stop();
  }

  /** Gives the waiting page a case, and waits for what it says. */
  async #exchange(job, limit) {
    const reply = this.#reply;
    if (reply === undefined) throw new Error("the page is gone");
    this.#reply = undefined;
    const answer = this.#await(limit, "the browser did not say how it ended");
    reply(job);
    const done = await answer;
    if (done.id !== job.id) throw new Error("the page was loaded anew");
    return done;
  }

  #await(limit, message) {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#awaited = undefined;
        reject(new Error(message));
      }, limit);
      this.#awaited = (done) => {
        clearTimeout(timer);
        this.#awaited = undefined;
        resolve(done);
      };
    });
  }

  #own(path, body) {
    const type = OWN_FILES[path];
    if (type !== undefined) {
      const headers = OWN_CONTEXTS.has(path) ? this.#policy : [];
      return { type, headers, body: readFileSync(new URL(`page/${path.slice("/__/".length)}`, import.meta.url), "utf8") };
    }
    if (path !== "/__/next") return undefined;
    return new Promise((resolve) => {
      this.#reply = (job) => resolve({ type: "application/json", body: JSON.stringify(job) });
      this.#awaited?.(JSON.parse(body));
    });
  }
}

/** The number in what a browser says of its version. */
function numberOf(version) {
  return /\d[\d.]*/.exec(version)?.[0] ?? "unknown";
}
