// The servers: how each is found, and started with a snippet between the lines of its shell.

import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { chmod, copyFile, mkdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { connect as open, createServer } from "node:net";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { bounded, sleep, startProgram } from "../browsers/program.mjs";

const run = promisify(execFile);
const HERE = fileURLToPath(new URL(".", import.meta.url));
const TARGET = fileURLToPath(new URL("../../target/snippets/", import.meta.url));
const APACHE_MODULES = "/usr/lib/apache2/modules";
const PYTHON = `${TARGET}venv/bin/python`;
const LOGIN = "Basic dTpw";
/** The password `p`, hashed as cheaply as can be. */
const BCRYPT = "$2b$04$abcdefghijklmnopqrstuudMegMbPN37MbpdEfAtP66w1z0RBCtLG";

/** How long a server may take until it listens, in milliseconds. */
const START = 30_000;

/** What `pattern` finds in what the command prints, or nothing where there is no such command. */
async function printed(command, args, pattern) {
  const done = await run(command, args).catch((error) => error);
  return pattern.exec(`${done.stdout}${done.stderr}`)?.[1];
}

/** The versions of npm packages, as `name version`. */
async function npmVersions(...names) {
  const version = async (name) => JSON.parse(await readFile(`${HERE}node/node_modules/${name}/package.json`, "utf8")).version;
  const texts = names.map(async (name) => `${name} ${await version(name)}`);
  return Promise.all(texts).then((texts) => [...texts, `Node ${process.versions.node}`].join(", "), () => undefined);
}

/** The versions of Python packages, as `name version`. */
async function pipVersions(...names) {
  const program = "import sys; from importlib.metadata import version; print(', '.join(f'{n} {version(n)}' for n in sys.argv[1:]))";
  const packages = await printed(PYTHON, ["-c", program, ...names], /^(\S+ \d.*)$/m);
  return packages && `${packages}, Python ${await printed(PYTHON, ["--version"], /Python (\S+)/)}`;
}

/** The versions of crates, as the lock file has them. */
async function crateVersions(...names) {
  const rust = await printed("rustc", ["--version"], /rustc (\S+)/);
  const lock = await readFile(`${HERE}rust/Cargo.lock`, "utf8");
  const version = (name) => `${name} ${new RegExp(`name = "${name}"\nversion = "([^"]+)"`).exec(lock)[1]}`;
  return rust && [...names.map(version), `Rust ${rust}`].join(", ");
}

async function shell(name, values) {
  const text = await readFile(`${HERE}shells/${name}`, "utf8");
  return text.replace(/@(\w+)@\n?/g, (slot, key) => (key in values ? values[key] + (slot.endsWith("\n") && key !== "snippet" ? "\n" : "") : slot));
}

/** Writes the shell into the server's folder with the snippet's only file in its place. */
const fill = (name, file) => async (server) => {
  const { snippet, dir } = server;
  await writeFile(`${dir}/${file}`, await shell(name, { login: LOGIN, bcrypt: BCRYPT, ...server, snippet: snippet.files[0].text }));
};

/** Writes the shell, and beside it the snippet's files under their own names. */
const beside = (name, file) => async (server) => {
  const { snippet, dir } = server;
  for (const { name, text } of snippet.files) await writeFile(`${dir}/${name}`, text);
  await writeFile(`${dir}/${file}`, await shell(name, { login: LOGIN, ...server }));
};

const node = (id, name, ...packages) => ({
  id,
  version: () => npmVersions(...packages),
  write: fill(`${id}.js`, "app.js"),
  command: ({ dir, port }) => [process.execPath, [`${dir}/app.js`, port]],
});

const python = (id, ...packages) => ({
  id,
  version: () => pipVersions(...packages),
  write: fill(`${id}.py`, "app.py"),
  command: ({ dir, port }) => [PYTHON, [`${dir}/app.py`, port]],
});

const rust = (id, ...crates) => ({
  id,
  version: () => crateVersions(...crates),
  command: ({ policy, port }) => [`${TARGET}rust/debug/corscope-snippets`, [id, policy, port]],
});

async function passwords(dir) {
  await writeFile(`${dir}/htpasswd`, `u:{SHA}${createHash("sha1").update("p").digest("base64")}\n`);
}

export const SERVERS = [
  {
    id: "nginx",
    version: () => printed("nginx", ["-v"], /(nginx)\/([\d.]+)/).then((found) => found && printed("nginx", ["-v"], /nginx\/([\d.]+)/)).then((number) => number && `nginx ${number}`),
    async write(server) {
      await passwords(server.dir);
      await beside("nginx.conf", "nginx.conf")(server);
    },
    down: "502",
    command: ({ dir }) => ["nginx", ["-p", dir, "-c", `${dir}/nginx.conf`, "-e", "stderr"]],
  },
  {
    id: "apache",
    version: () => printed("apache2", ["-v"], /Apache\/([\d.]+)/).then((number) => number && `Apache httpd ${number}`),
    async write(server) {
      await passwords(server.dir);
      await mkdir(`${server.dir}/documents`);
      await writeFile(`${server.dir}/documents/error.html`, "not there");
      // Apache does not serve as root.
      const user = process.getuid() === 0 ? "User www-data\nGroup www-data" : "";
      await beside("apache.conf", "apache.conf")({ ...server, modules: APACHE_MODULES, user });
    },
    command: ({ dir }) => ["apache2", ["-X", "-f", `${dir}/apache.conf`]],
  },
  {
    id: "haproxy",
    version: () => printed("haproxy", ["-v"], /version (\d[\d.]*\d)/).then((number) => number && `HAProxy ${number}`),
    write: fill("haproxy.cfg", "haproxy.cfg"),
    command: ({ dir }) => ["haproxy", ["-db", "-q", "-f", `${dir}/haproxy.cfg`]],
  },
  {
    id: "caddy",
    version: () => printed("caddy", ["version"], /v?(\d[\d.]+)/).then((number) => number && `Caddy ${number}`),
    write: fill("Caddyfile", "Caddyfile"),
    down: "502",
    command: ({ dir }) => ["caddy", ["run", "--adapter", "caddyfile", "--config", `${dir}/Caddyfile`]],
  },
  node("express", "Express", "express", "cors"),
  node("fastify", "Fastify", "fastify", "@fastify/cors"),
  node("hono", "Hono", "hono", "@hono/node-server"),
  node("koa", "Koa", "koa", "@koa/cors"),
  {
    id: "node",
    version: async () => `Node ${process.versions.node}`,
    write: beside("node.js", "app.js"),
    command: ({ dir, port }) => [process.execPath, [`${dir}/app.js`, port]],
  },
  python("flask", "flask"),
  {
    ...python("django", "django", "django-cors-headers"),
    async write(server) {
      await fill("django_settings.py", "settings.py")(server);
      await fill("django.py", "app.py")(server);
    },
  },
  python("starlette", "fastapi", "starlette", "uvicorn"),
  rust("axum", "axum", "tower-http"),
  rust("actix", "actix-web", "actix-cors"),
  {
    id: "go",
    version: () => printed("go", ["version"], /go(\d[\d.]*)/).then((number) => number && `Go ${number}`),
    async write(server) {
      const { dir } = server;
      await writeFile(`${dir}/go.mod`, "module snippet\n");
      await beside("go.go", "main.go")(server);
      const unformatted = (await run("gofmt", ["-l", dir])).stdout;
      if (unformatted !== "") throw new Error(`gofmt would write these otherwise:\n${unformatted}`);
      await run("go", ["build", "-o", "server"], { cwd: dir, env: { ...process.env, GOCACHE: `${TARGET}go-cache`, GOFLAGS: "-mod=mod" } });
    },
    command: ({ dir, port }) => [`${dir}/server`, [port]],
  },
];

/** A folder of its own, empty. */
async function folder(name) {
  const dir = `${TARGET}${name}`;
  await rm(dir, { recursive: true, force: true });
  await mkdir(dir, { recursive: true });
  await chmod(dir, 0o755);
  return dir;
}

/** Lets programs under target/ import what is installed for them. */
export async function linkPackages() {
  await mkdir(TARGET, { recursive: true });
  await rm(`${TARGET}node_modules`, { force: true });
  await symlink(`${HERE}node/node_modules`, `${TARGET}node_modules`);
}

/** Compiles the Rust servers with the snippets of all policies: `written` has `[policy, snippets]`. */
export async function buildRust(written) {
  const dir = await folder("rust-snippets");
  for (const [policy, snippets] of written) {
    for (const { id, language, text } of snippets.flatMap(({ id, files }) => files.map((file) => ({ id, ...file })))) {
      if (language === "rust") await writeFile(`${dir}/${id}-${policy}.rs`, text);
    }
  }
  const env = { ...process.env, SNIPPETS: dir, CARGO_TARGET_DIR: `${TARGET}rust` };
  await run("cargo", ["build", "--quiet", "--locked", "--manifest-path", `${HERE}rust/Cargo.toml`], { env });
}

/** A port of the loopback interface that is free. */
async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function listens(port) {
  return new Promise((resolve) => {
    const socket = open(port, "127.0.0.1");
    socket.once("connect", () => resolve(true));
    socket.once("error", () => resolve(false));
    socket.once("close", () => socket.destroy());
    socket.once("connect", () => socket.destroy());
  });
}

/** Starts `server` with `snippet`: `{ port, stop() }`. */
export async function startServer(server, { snippet, policy, upstream }) {
  const dir = await folder(`${server.id}-${policy}`);
  const [port, nobody] = [await freePort(), await freePort()];
  const place = { snippet, policy, upstream, dir, port, nobody };
  await server.write?.(place);
  const [command, args] = server.command(place);
  const env = { ...process.env, HOME: dir, XDG_CONFIG_HOME: dir, XDG_DATA_HOME: dir, NODE_ENV: "test" };
  const program = await startProgram(command, args.map(String), { cwd: dir, env, stdio: ["ignore", "pipe", "pipe"], missing: "see .ci/run" });
  let said = "";
  for (const stream of [program.child.stdout, program.child.stderr]) stream.on("data", (data) => (said += data));
  let isOver = false;
  const untilListens = async () => {
    while (!isOver && !(await listens(port))) await sleep(20);
  };
  const ended = program.ended.then((how) => {
    throw new Error(`${server.id} ended with ${how} before it listened:\n${said}`);
  });
  try {
    await bounded(Promise.race([untilListens(), ended]), START, `${server.id} does not listen:\n${said}`);
  } catch (error) {
    await program.stop();
    throw error;
  } finally {
    isOver = true;
    ended.catch(() => {});
  }
  return { port, stop: program.stop };
}
