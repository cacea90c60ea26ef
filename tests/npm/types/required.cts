// The same through CommonJS.

import corscope = require("corscope");
import slim = require("corscope/slim");

const report: corscope.Report = corscope.evaluate({ page: { url: "https://app.example/" }, fetches: [] });
slim.initSync(new Uint8Array());
export const fetches: slim.FetchReport[] = report.fetches;
