// The command line's exit codes; documented in the README. Append only.

/** What a command ended with. */
export const exitCodes = {
  /** Done; nothing to look at. */
  ok: 0,
  /** Done, and something needs a person: errors in a file, a batch kept back, deliveries that failed, wait or are unknown. */
  findings: 1,
  /** The command was used wrongly, or a file, folder or name could not be read or found. Nothing was changed. */
  usage: 2,
  /** Another process is using the data folder for the same work, or the data folder cannot be used. Nothing was changed. */
  busy: 3,
} as const;

/** One of {@link exitCodes}. */
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
