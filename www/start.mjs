// npm start: builds everything, and serves it: node www/start.mjs [PORT]

import { install, run } from "../scripts/install.mjs";
import { main } from "./serve.mjs";

install();
run("npm", ["run", "build:page"]);
await main(process.argv[2]);
