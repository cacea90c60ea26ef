// A dedicated worker that runs one case.
importScripts("/__/runner.js");
