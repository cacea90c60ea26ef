// Five exchanges to start from: each stands for a mistake, or a surprise, that is met every day.

import type { Question } from "./question.ts";

export interface Example {
  name: string;
  question: Question;
}

const PAGE = "https://app.example";

export const EXAMPLES: readonly Example[] = [
  {
    name: "No Allow-Origin",
    question: {
      page: PAGE,
      credentials: "",
      mode: "",
      paste: `GET /items HTTP/1.1
Host: api.example
Origin: https://app.example

HTTP/1.1 200 OK
Content-Type: application/json
Cache-Control: no-store

[{"id": 1}]
`,
    },
  },
  {
    name: "Preflight refused",
    question: {
      page: PAGE,
      credentials: "",
      mode: "",
      paste: `OPTIONS /items/1 HTTP/1.1
Host: api.example
Origin: https://app.example
Access-Control-Request-Method: PUT
Access-Control-Request-Headers: content-type

HTTP/1.1 204 No Content
Access-Control-Allow-Origin: https://app.example
Access-Control-Allow-Methods: GET, POST
Access-Control-Allow-Headers: content-type

PUT /items/1 HTTP/1.1
Host: api.example
Origin: https://app.example
Content-Type: application/json

{"name": "lamp"}
`,
    },
  },
  {
    name: "* with credentials",
    question: {
      page: PAGE,
      credentials: "include",
      mode: "",
      paste: `GET /me HTTP/1.1
Host: api.example
Origin: https://app.example
Cookie: session=8f2a

HTTP/1.1 200 OK
Content-Type: application/json
Access-Control-Allow-Origin: *
Access-Control-Allow-Credentials: true

{"name": "Ada"}
`,
    },
  },
  {
    name: "Redirect to another origin",
    question: {
      page: PAGE,
      credentials: "",
      mode: "",
      paste: `GET /report HTTP/1.1
Host: api.example
Origin: https://app.example

HTTP/1.1 302 Found
Location: https://files.example/report.json
Access-Control-Allow-Origin: https://app.example

GET /report.json HTTP/1.1
Host: files.example
Origin: null

HTTP/1.1 200 OK
Content-Type: application/json
Access-Control-Allow-Origin: https://app.example

{"total": 3}
`,
    },
  },
  {
    name: "Allowed, but a header is hidden",
    question: {
      page: PAGE,
      credentials: "",
      mode: "",
      paste: `GET /items?page=2 HTTP/1.1
Host: api.example
Origin: https://app.example

HTTP/1.1 200 OK
Content-Type: application/json
Access-Control-Allow-Origin: https://app.example
X-Total-Count: 42

[{"id": 21}]
`,
    },
  },
];
