// The contract of a command of `drydock`. One command a file, one line in main.ts.

export interface CliCommand {
  /** One line for the overview. */
  readonly summary: string;
  /** The whole help. */
  readonly help: string;
  /** The exit code: 0 all well, 1 something was found wrong, 2 the command line cannot be understood or a file cannot be read. */
  readonly run: (args: readonly string[]) => Promise<number>;
}

/** Ends a command with a message on stderr and exit code 2. Thrown by commands, caught in main.ts. */
export class UsageError extends Error {}
