// The policies whose snippets are run. Between them they have every member set and unset, one origin and several, and the values
// that are easily got wrong: a port, an address of IPv6, a name longer than the tables of some servers, lists that are empty.

export const POLICIES = {
  public: { origins: "any", methods: ["PUT"], requestHeaders: ["Content-Type"], exposedHeaders: ["X-Version"], maxAge: 600 },
  bare: { origins: "any" },
  one: {
    origins: { list: ["https://app.example"] },
    methods: ["PUT", "PATCH"],
    requestHeaders: ["Authorization", "Content-Type", "X-Token"],
    exposedHeaders: ["X-Version", "X-Total"],
    credentials: true,
    maxAge: 600,
  },
  several: {
    origins: {
      list: ["https://app.example", "http://localhost:3000", "http://[::1]:3000", "https://a-rather-long-name.of-some-team.staging.example"],
    },
    methods: ["PUT", "DELETE", "PROPFIND"],
    requestHeaders: ["authorization", "content-type"],
    exposedHeaders: ["X-Total"],
    credentials: true,
  },
  reading: { origins: { list: ["https://app.example", "http://localhost:3000"] } },
};
