// Values that decide something: for each place the plain ones, and those that are nearly right.
// Where a function takes `own`, that is the serialised origin that the server sees.

const long = (character, length) => character.repeat(length);

/** Header values for Access-Control-Allow-Origin that are nearly `own`. Lists are several lines. */
export const nearOrigins = (own) => [
  `${own}/`, ` ${own}`, `${own}\t`, `${own}, ${own}`, `${own},*`, `*, ${own}`, `${own} {{B}}`, "null", "NULL", "Null", "", " ", "*", " *", "*\t", "**", "*,",
  '"*"', `"${own}"`, `'${own}'`, `<${own}>`, `${own};`, `${own}.`, `${own}/x`, `${own}#`, `${own}?`, "HTTP://A.TEST:8101", "http://A.test:8101", "a.test:8101", "//a.test:8101",
  "http://a.test", "http://a.test:80", "http://a.test:", "https://a.test", "https://a.test:8101", "https://a.test:443", "http://a.test:08101", "http://x@a.test:8101", "{{A2}}", "{{X}}", "{{B}}", "{{C}}", "{{S}}", "{{P}}",
  "http://*.test:8101", "*.a.test", "http://*", "https://*", "all", "none", "true", "undefined", "about:blank", "data:", "file://", "*\x0b", "\xa0*", `${own}\xa0`, `${own}\x0c`, `\xef\xbb\xbf${own}`, `${own}\x7f`, `${own}\x01`,
  `${own}é`, long("x", 1100), [own, own], [own, ""], ["", own], ["*", own], ["*", "*"], [own, "null"],
];

/** Access-Control-Allow-Credentials. */
export const NEAR_CREDENTIALS = [
  "True", "TRUE", "tRue", "false", "", " true ", "\ttrue", "true,true", "true, true", "true,", ",true", '"true"', "'true'", "1", "yes", "?1", "t", "tru", "truee", "*", "true\x0b", "\xa0true", "true;q=1", "null",
  ["true", "true"], ["true", ""], ["", "true"], ["false", "true"], ["true", "false"],
];

/** Access-Control-Allow-Methods, for a method. */
export const goodMethods = (method) => [method, `${method}, GET`, `GET,${method}`, `POST , ${method}`, `${method},${method}`, `,${method}`, `${method},`, `\t${method}`];
export const nearMethods = (method) => [
  "", ",", "GET", "POST", "*", "**", "*,", `*, ${method}`, "PUT, *", method.toLowerCase(), method.toUpperCase(), `"${method}"`, `${method} GET`, `${method};GET`, `GET, @`, `${method}, G@T`, `${method}\x0b`, `\xa0${method}`, `${method}X`,
  method.slice(0, -1), `[${method}]`, `${method}, é`, `${method},,,GET`, "GET,HEAD,POST", "GET\t,\tPUT", ["GET", method], [method, "@"], ["", method], ["*", method], null,
];

/** Access-Control-Allow-Headers, for the names that have to be in it. */
export const goodHeaders = (names) => [names.join(","), names.join(", "), names.join(" ,\t").toUpperCase(), ["x-zz", ...names].join(", "), [...names, "x-zz"].join(","), `,${names.join(",")},`];
export const nearHeaders = (names) => [
  "", ",", "*", "* ", "**", "*,", "x-*", "*, authorization", "*, x-zz", `"${names.join(",")}"`, names.join(" "), names.join(";"), `${names.join(",")}, @`, names.slice(1).join(","), names.slice(0, -1).join(","), "authorization", "content-type",
  names.map((name) => name.replaceAll("-", "_")).join(","), `${names.join(",")}, x-é`, `${names.join(",")}:`, `(${names.join(",")})`, ["*", names.join(",")], [names.join(","), "@"], ["", names.join(",")], names, null,
];

/** Access-Control-Max-Age. */
export const MAX_AGES = [
  "600", "600", "600", "5", "1", "2", "0", "-1", "-0", "+600", "", " ", "abc", "1.5", "600,0", "600, 600", "0,600", "6 0", '"600"', "00600", "600s", "600;", "86400", "7201", "99999", "4294967296", "9223372036854775807", "99999999999999999999", "-99999999999999999999", "0x10", "1e3", " 600 ", "\t600",
  "\xa0600", "600\x0b", "*", ["0", "600"], ["600", "0"], ["600", "600"], ["", "600"],
];

/** Access-Control-Expose-Headers. */
export const EXPOSED = [
  "*", "*", "*, x-one", "x-one, *", "*, authorization", "* ", "**", "x-one", "X-One", "x-one, x-two", "x-one,,x-two,", "X-ONE,\"y\"", "x-one x-two", "x-one;x-two", "x-one, x y", "*, x y", "*, @", "@", "x-none", "", ",", "etag", "ETag, Vary", "set-cookie, x-one", "content-length", "x-*", "x-oné", "\"x-one\"",
  ["x-one", "x-two"], ["x-one", "@"], ["*", "x-one"], ["", "x-two"],
];

/** Statuses of a preflight's answer, and of the last answer, that are not the usual ones. */
export const PREFLIGHT_STATUSES = [201, 202, 205, 206, 226, 250, 299, 300, 301, 302, 303, 304, 305, 307, 308, 309, 400, 401, 403, 404, 405, 407, 429, 500, 501, 503, 599, 600, 999];
export const FINAL_STATUSES = [201, 202, 203, 204, 205, 206, 226, 299, 300, 304, 305, 306, 309, 310, 399, 400, 401, 403, 404, 405, 407, 416, 418, 429, 500, 501, 503, 599, 600, 999];
export const REDIRECT_STATUSES = [301, 302, 303, 307, 308];
export const NEAR_REDIRECT_STATUSES = [300, 304, 305, 306, 309, 310, 201, 200];

/** Location, for a hop that should go to `path` on the server `to`. Lists are several lines, null is none. */
export const nearLocations = (to, path) => [
  null, "", " ", "#f", "?q", path, `./${path}`, `/{{ID}}/${path}`, `//{{${to}.host}}/{{ID}}/${path}`, ` {{${to}}}/{{ID}}/${path}`, `{{${to}}}/{{ID}}/${path} `, `{{${to}}}/{{ID}}/${path}#f`, `{{${to}}}/{{ID}}/${path}?q=1`, `{{${to}}}/{{ID}}/../{{ID}}/${path}`,
  `http://u:p@{{${to}.host}}/{{ID}}/${path}`, `http://u@{{${to}.host}}/{{ID}}/${path}`, `http://@{{${to}.host}}/{{ID}}/${path}`, `http://:@{{${to}.host}}/{{ID}}/${path}`, `http://:p@{{${to}.host}}/{{ID}}/${path}`, `https://{{${to}.host}}/{{ID}}/${path}`,
  `HTTP://{{${to}.host}}/{{ID}}/${path}`, `http:\\\\{{${to}.host}}\\{{ID}}\\${path}`, `http:/{{${to}.host}}/{{ID}}/${path}`, `{{${to}}}/{{ID}}/${path}?é`, `{{${to}}}/{{ID}}/${path}?a b`, `{{${to}}}/{{ID}}/${path}?a"b`, "data:text/plain,x", "data:text/javascript,1", "about:blank", "javascript:1", "blob:{{A}}/x", "file:///etc/hosts", "ftp://b.test/", "mailto:x@y",
  "foo:bar", "http://[", "http://", "http://b.test:9/", "http://nosuch.test/", [`{{${to}}}/{{ID}}/${path}`, `{{${to}}}/{{ID}}/${path}`], [`{{${to}}}/{{ID}}/${path}`, `{{B}}/{{ID}}/h0`],
];

export const METHODS = { GET: 30, POST: 16, PUT: 14, DELETE: 8, HEAD: 5, PATCH: 4, patch: 3, OPTIONS: 3, put: 2, post: 1, get: 1, delete: 1, head: 1, FOO: 3, foo: 1, QUERY: 2, PROPFIND: 1 };
export const NEAR_METHODS = ["Get", "hEAD", "Put", "Patch", "pATCH", "DELETe", "TRACE", "trace", "CONNECT", "Track", "GET ", "G@T", "GET,PUT", "é", "!#$%&'*+-.^_`|~", "LINK", "query", "options", "x", "NULL", "*", "A".repeat(300)];

/** Request headers that are nearly safelisted, or not quite what they look like. */
export const HEADERS = [
  ["X-A", "1"], ["x-a", "2"], ["X-B", "b"], ["X-B", ""], ["X-Requested-With", "XMLHttpRequest"], ["Authorization", "Bearer t"], ["Content-Type", "application/json"], ["Content-Type", "text/plain"], ["Content-Type", "text/plain;charset=utf-8"], ["Accept", "text/html"], ["Accept-Language", "de-DE,de;q=0.5"],
  ["Content-Language", "en"], ["Range", "bytes=0-1"], ["If-None-Match", '"x"'], ["If-Modified-Since", "Thu, 01 Jan 2026 00:00:00 GMT"], ["Cache-Control", "no-cache"], ["Pragma", "no-cache"], ["Last-Event-ID", "3"], ["Priority", "u=0"], ["User-Agent", "zz"],
];
export const NEAR_HEADERS = [
  ["Accept", "a(b"], ["Accept", "a/b, c/d;q=0.1"], ["Accept", "a\tb"], ["Accept", "\x01"], ["Accept", "é"], ["Accept", ""], ["Accept-Language", "x!y"], ["Accept-Language", "de_DE"], ["Accept-Language", "é"], ["Accept-Language", "*"], ["Content-Language", "e@n"], ["Content-Language", "en;q=1, de"], ["Content-Language", "a\tb"],
  ...["text/plain;", "text/plain;;", "text/plain; ;", "text/plain;x", "text/plain;x=", "text/plain;=x", 'text/plain;a="b', "text/plain;a=b;a=c", "text/plain; a=b,c", "text/plain;charset=é", "text/plain,text/plain", "text/plain,", ",text/plain", " text/plain ", "Text/PLAIN", "text/ plain", "text/plain\t;x=y", "text/plain;a=(b)", "text/plainx", "text", "multipart/form-data", "multipart/form-data;boundary=a?b", "application/x-www-form-urlencoded", "application/x-www-form-urlencoded ; charset=UTF-8", "application/x-www-form-urlencoded,x", "application/csp-report", "application/json;charset=utf-8", "image/png", "*/*", ""].map((type) => ["Content-Type", type]),
  ...["bytes=0-", "bytes=-1", "bytes=5-2", "bytes=-", "bytes=0-1,3-4", "bytes = 0-1", "bytes=0 -1", "bytes= 0-", "Bytes=0-1", "BYTES=0-", "bytes=+0-1", "bytes=00-01", "bytes=0x1-", "bytes=a-b", "items=0-1", "bytes=9223372036854775806-", "bytes=9223372036854775807-", "bytes=18446744073709551615-", "bytes=18446744073709551616-", "bytes=0-99999999999999999999", "bytes=0-1,", "bytes", "0-1", ""].map((range) => ["Range", range]),
  ...["2", "1.", "-1", "1.5", "x", "1e3", "", "1,2", "on", "0"].flatMap((value) => ["DPR", "Width", "Viewport-Width", "Downlink", "RTT", "Device-Memory"].map((name) => [name, value])),
  ["ECT", "4g"], ["ECT", "5g"], ["ECT", "slow-2g"], ["Save-Data", "on"], ["Save-Data", "ON"], ["Save-Data", "off"], ["Sec-CH-UA", "x"], ["Sec-X", "1"], ["Sec-", "1"], ["Cookie", "x=1"], ["Cookie2", "x"], ["Host", "c.test"], ["Origin", "{{B}}"], ["Referer", "{{B}}/"], ["Via", "1"], ["DNT", "1"], ["Date", "x"], ["TE", "x"], ["Proxy-X", "1"],
  ["Accept-Charset", "x"], ["Accept-Encoding", "x"], ["Access-Control-Request-Method", "PUT"], ["Access-Control-Request-Headers", "x"], ["Connection", "close"], ["Content-Length", "9"], ["Keep-Alive", "1"], ["Transfer-Encoding", "x"], ["Upgrade", "x"], ["Set-Cookie", "x=1"], ["X-HTTP-Method-Override", "PUT"], ["X-HTTP-Method-Override", "TRACE"], ["X-HTTP-Method", "get, Connect"], ["X-Method-Override", "x, track,"],
  ["X-HTTP-Method-Override", "TRACEX"], ["If-Match", "*"], ["If-Range", '"x"'], ["If-Unmodified-Since", "Thu, 01 Jan 2026 00:00:00 GMT"], ["X-é", "1"], ["X A", "1"], ["", "1"], ["X-A", "a\nb"], ["X-A", "\u0660"], ["X-A", "é"], ["X-A", " 1 "], ["X-A", "a\x01b"], ["X-Empty", ""], ["x!#$%&'*+-.^_`|~", "1"], ["1", "1"], ["Idempotency-Key", "1"], ["Access-Control-Request-Private-Network", "true"], ["Service-Worker", "script"], ["Purpose", "prefetch"], ["Upgrade-Insecure-Requests", "1"], ["X-Csrf-Token", "1"], ["traceparent", "0"],
];

/** Headers whose length or bytes decide. */
export const LENGTH_HEADERS = ["Accept", "Accept-Language", "Content-Language", "Content-Type", "Range", "X-A"];
export const LENGTHS = [62, 63, 64, 65, 126, 127, 128, 129, 130, 255, 1023, 1024, 1025];

/** A value of the given length that its header takes for safe. */
export function valueOfLength(name, length) {
  if (name === "Content-Type") return `text/plain;x=${long("a", length)}`.slice(0, Math.max(length, 12));
  if (name === "Range") return `bytes=${long("0", length)}`.slice(0, Math.max(length, 8) - 2) + "1-";
  return long("a", length);
}

export const BODIES = ["x", "", { blob: "x" }, { blob: "{}", type: "application/json" }, { usp: "a=1" }, { bytes: [1, 2] }];
export const NEAR_BODIES = [{ form: [["a", "b"]] }, { bytes: [] }, { blob: "", type: "text/plain" }, "é".repeat(200), ...["text/plain;charset=utf-8", "text/plain; a=b,c", "text/plain;;", "TEXT/PLAIN", "x", "text/plain;x=é", "application/x-www-form-urlencoded", "image/png", "multipart/form-data"].map((type) => ({ blob: "x", type }))];

/** What a server may say besides: names that script may see or not, and headers that decide elsewhere. */
export const RESPONSE_HEADERS = [
  ["X-One", "1"], ["X-Two", "2"], ["X-Two", "2b"], ["ETag", '"e"'], ["Content-Disposition", "inline"], ["Content-Language", "de"], ["Expires", "0"], ["Last-Modified", "Thu, 01 Jan 2026 00:00:00 GMT"], ["Pragma", "p"], ["Authorization", "q"], ["Vary", "Origin"], ["Set-Cookie", "r=1; path=/{{ID}}"], ["Set-Cookie2", "z"],
  ["Timing-Allow-Origin", "*"], ["X-Content-Type-Options", "nosniff"], ["Cache-Control", "max-age=600"], ["Cache-Control", "no-store"], ["Content-Range", "bytes 0-1/2"], ["Server-Timing", "a"], ["X-Empty", ""], ["Content-Type", "application/json"], ["Content-Type", "text/html"],
];
export const CORP = ["same-origin", "same-site", "cross-origin", "Same-Origin", "bad", "", "same-origin, same-origin", ["same-origin", "cross-origin"]];

/** How long, and for whom, a response may be kept. */
export const CACHING = [
  [["Cache-Control", "max-age=600"]], [["Cache-Control", "max-age=600"], ["Vary", "Origin"]], [["Cache-Control", "max-age=600"], ["ETag", '"e"']], [["Cache-Control", "max-age=0"], ["ETag", '"e"']], [["Cache-Control", "no-cache"], ["ETag", '"e"']], [["Cache-Control", "no-store"]], [["Cache-Control", "private, max-age=600"]],
  [["Cache-Control", "public, max-age=2"], ["ETag", '"e"']], [["Cache-Control", "max-age=600"], ["Vary", "*"]], [["Cache-Control", "max-age=600"], ["Vary", "X-A"]], [["Cache-Control", "max-age=600"], ["Vary", "Cookie"]], [["Expires", "Fri, 01 Jan 2100 00:00:00 GMT"]], [["Expires", "0"], ["ETag", '"e"']], [["Last-Modified", "Thu, 01 Jan 2026 00:00:00 GMT"]],
  [["ETag", '"e"']], [["ETag", '"e"'], ["Vary", "Origin"]], [["Cache-Control", "max-age=0, must-revalidate"], ["Last-Modified", "Thu, 01 Jan 2026 00:00:00 GMT"]], [["Cache-Control", "max-age=600, immutable"]], [["Cache-Control", "max-age=0, stale-while-revalidate=60"], ["ETag", '"e"']],
  ...["max-age=600, max-age=0", "max-age=0, max-age=600", "max-age=600, no-cache", "max-age=600, no-store", 'max-age="600"', "max-age = 600", "MAX-AGE=600", "max-age=abc", "max-age=-1", "max-age=1.5", "max-age=600s", "max-age=", "max-age", "max-age=600;public", "s-maxage=600", "public", "must-understand, no-store", 'no-cache="x-one"', 'private="x-one"', "max-age=9223372036854775807", "max-age=99999999999999999999", "x, max-age=600", "maxage=600", ""].map((value) => [["Cache-Control", value], ["ETag", '"e"']]),
  ...[["max-age=0", "max-age=600"], ["max-age=600", "max-age=0"], ["public", "max-age=600"], ["max-age=600", "no-cache"]].map((values) => [...values.map((value) => ["Cache-Control", value]), ["ETag", '"e"']]),
  ...["599", "600", "601", "1", "abc", "", "5.5", "600, 0"].map((value) => [["Cache-Control", "max-age=600"], ["Age", value], ["ETag", '"e"']]),
  ...["X-A, X-B", "x-a", "Accept", "Origin, X-A", "Accept-Language", "Content-Type", "Authorization", "Range", "X-A, *", ""].map((value) => [["Cache-Control", "max-age=600"], ["Vary", value]]), [["Cache-Control", "max-age=600"], ["Vary", "Origin"], ["Vary", "X-A"], ["ETag", '"e"']],
  ...["-1", "", "tomorrow", "Fri, 01 Jan 2100 00:00:00", "Friday, 01-Jan-99 00:00:00 GMT", "Fri Jan  1 00:00:00 2100", "Thu, 01 Jan 1970 00:00:00 GMT"].map((value) => [["Expires", value], ["ETag", '"e"']]), [["Expires", "Fri, 01 Jan 2100 00:00:00 GMT"], ["Cache-Control", "max-age=0"], ["ETag", '"e"']],
  [["Pragma", "no-cache"], ["Cache-Control", "max-age=600"]], [["Pragma", "no-cache"], ["Expires", "Fri, 01 Jan 2100 00:00:00 GMT"]], [["ETag", 'W/"e"'], ["Cache-Control", "max-age=600"]], [["ETag", "e"], ["Cache-Control", "max-age=0"]], [["ETag", ""], ["Cache-Control", "max-age=0"]],
];
