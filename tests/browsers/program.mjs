// Starts the programs that the recorder needs, and ends each by its own number.

import { spawn } from "node:child_process";

/** How long a program has to end by itself, in milliseconds. */
const LEAVE = 5000;

/** Starts a program. `{ child, ended, stop() }`; a program that is not there rejects with what to install. */
export async function startProgram(command, args, { missing, ...options }) {
  const child = spawn(command, args, options);
  const ended = new Promise((resolve) => child.once("exit", (code, signal) => resolve(signal ?? `status ${code}`)));
  await new Promise((resolve, reject) => {
    child.once("spawn", resolve);
    child.once("error", (error) => reject(new Error(error.code === "ENOENT" ? `${command} is not there: ${missing}` : `${command}: ${error.message}`)));
  });
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill("SIGTERM");
    const timer = setTimeout(() => child.kill("SIGKILL"), LEAVE);
    await ended;
    clearTimeout(timer);
  };
  return { child, ended, stop };
}

/** `promise`, or a failure with `message` after `limit` milliseconds. */
export function bounded(promise, limit, message) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(message)), limit);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

export const sleep = (time) => new Promise((resolve) => setTimeout(resolve, time));
