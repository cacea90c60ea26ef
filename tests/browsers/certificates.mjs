// Certificates for the servers, of an authority that is thrown away.

import { execFileSync } from "node:child_process";
import { X509Certificate, createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { HOSTS } from "./origins.mjs";

/** Makes an authority and a certificate for every host in `directory`: `{ key, cert, authority }`, all PEM, and `keyHash`, by which a browser can be told to trust it. */
export function makeCertificates(directory) {
  const file = (name) => join(directory, name);
  const openssl = (...args) => {
    try {
      execFileSync("openssl", args, { stdio: ["ignore", "ignore", "pipe"] });
    } catch (error) {
      throw new Error(error.code === "ENOENT" ? "openssl is not there: install the Debian package openssl" : `openssl ${args[0]}: ${error.stderr}`);
    }
  };
  const newKey = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
  const names = [...HOSTS, "localhost"].map((host) => `DNS:${host}`).join(",");
  writeFileSync(file("extensions"), `subjectAltName=${names},IP:127.0.0.1\nextendedKeyUsage=serverAuth\nbasicConstraints=CA:FALSE\n`);
  openssl("req", "-x509", ...newKey, "-days", "30", "-subj", "/CN=Recorder", "-keyout", file("ca.key"), "-out", file("ca.pem"));
  openssl("req", ...newKey, "-subj", "/CN=a.test", "-keyout", file("server.key"), "-out", file("server.csr"));
  openssl(
    "x509", "-req", "-days", "30", "-in", file("server.csr"), "-CA", file("ca.pem"), "-CAkey", file("ca.key"),
    "-CAcreateserial", "-extfile", file("extensions"), "-out", file("server.pem"),
  );
  const read = (name) => readFileSync(file(name), "utf8");
  const cert = read("server.pem");
  const publicKey = new X509Certificate(cert).publicKey.export({ type: "spki", format: "der" });
  return { key: read("server.key"), cert, authority: read("ca.pem"), keyHash: createHash("sha256").update(publicKey).digest("base64") };
}
