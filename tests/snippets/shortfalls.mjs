// The differences between a server and the policy that a note may admit: each says whether a difference is of its kind.

export const SHORTFALLS = {
  contentTypeAllowed: ({ kind, row, is, promised }) => kind === "verdict" && row.name === "a POST of JSON" && promised === "PF-HEADER" && is.startsWith("200"),
  noVaryOnRefusedPreflights: ({ kind, isPreflight, status }) => kind === "vary" && isPreflight && status === 400,
  refusesByStatus: ({ kind, is, promised, exchanges }) => {
    const isBlocked = (verdict) => /^PF-/.test(verdict);
    return kind === "verdict" && isBlocked(is) && isBlocked(promised) && exchanges.at(-1).status === 400;
  },
};
