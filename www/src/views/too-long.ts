// Texts that only the worker reads: what is drawn on the page's own thread is not made of them.

/** In UTF-16 units. */
export const LONGEST = 200_000;

export const TOO_LONG = "This text is too long to look at that here. Keep the exchange that matters, and remove the others.";
